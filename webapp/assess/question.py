"""The present request as a question about a site: a body of GeoJSON within its limit, and the words beside it."""

from __future__ import annotations

from collections.abc import Mapping

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from geo import crs
from geo.assess import Question
from geo.formats.geojson import DEFAULT
from geo.formats.geojson.facts import over_limit
from geo.plan import Plan
from webapp.errors import not_one_of, not_taken
from webapp.queries import VIEW_WORDS, read_query, read_view

BODY_TYPES = ("application/geo+json", "application/json")
SWITCHES = ("true", "false")
WORDS = ("crs", "datum", "each", "parts", *VIEW_WORDS)


def read_question(plan: Plan) -> Question:
    """The question that the present request asks; its body is read here and understood where it is answered.

    Problem 400 for a word that is not known, 415 for a body that is no GeoJSON by its type; CrsError for a system that
    the atlas does not take; LimitError for a body beyond the reader's limit.
    """
    words = read_query(*WORDS)
    view = read_view(plan, words)
    for name in ("each", "parts"):
        _switch(words, name)
    if request.mimetype not in BODY_TYPES:
        raise not_taken(request.mimetype, BODY_TYPES)
    if "datum" in words and words["datum"] not in crs.DATUMS:
        raise not_one_of("datum", words["datum"], crs.DATUMS)
    return Question(
        data=_body(),
        crs=crs.allowed_crs(words["crs"]) if "crs" in words else None,
        datum=words.get("datum"),
        extent=view.extent,
        reading=view.reading,
        each=_switch(words, "each"),
        rings=view.distances_m,
    )


def wants_parts() -> bool:
    """Whether the present request asks for geometries beside the figures; `read_question` has checked the word."""
    return request.args.get("parts") == SWITCHES[0]


def _switch(words: Mapping[str, str], name: str) -> bool:
    value = words.get(name, SWITCHES[1])
    if value not in SWITCHES:
        raise not_one_of(name, value, SWITCHES)
    return value == SWITCHES[0]


def _body() -> bytes:
    request.max_content_length = DEFAULT.bytes  # every other address takes far less
    try:
        return request.get_data(cache=False)
    except RequestEntityTooLarge:
        raise over_limit(DEFAULT, "bytes", "bytes", "字节") from None
