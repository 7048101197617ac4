"""GET and POST /api/scenario: ring distances in, what follows from them out, beside what they are held against."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, request
from flask_babel import gettext as _

from geo.errors import FormatError, LimitError, QueryError
from geo.formats.geojson import DEFAULT
from geo.formats.geojson.json_text import parse_json
from geo.output.scenario import scenario_json
from geo.plan import Plan
from geo.scenario import checked_rings, compare, rings_text, verdict_changes
from geo.view import View
from webapp.errors import Problem, not_one_of, not_taken, quote_found, unreadable
from webapp.language import reader_language
from webapp.payloads import JSON_TYPE, PayloadCache, answer, to_json
from webapp.queries import VIEW_WORDS, read_query, read_view

BODY_TYPE = "application/json"
SWITCHES = ("true", "false")
AGAINST = {"against": "rings", "against_extent": "extent", "against_reading": "reading"}
WORDS = (*VIEW_WORDS, *AGAINST, "verdicts")
MOST_BYTES = 4096


def make_scenario_api(plan: Plan) -> Blueprint:
    """The routes over one plan. Without `against` words a scenario is held against the base plan of the same extent
    and reading."""
    blueprint = Blueprint("scenario_api", __name__)
    cache = PayloadCache()

    @blueprint.get("/api/scenario")
    def asked() -> Response:
        return _answer(plan, cache, read_query(*WORDS))

    @blueprint.post("/api/scenario")
    def posted() -> Response:
        read_query()
        response = _answer(plan, cache, _words_of_body())
        response.headers["Cache-Control"] = "no-store"
        return response

    return blueprint


def _answer(plan: Plan, cache: PayloadCache, words: Mapping[str, str]) -> Response:
    view, base = read_view(plan, words), _read_base(plan, words)
    wants_verdicts = words.get("verdicts", SWITCHES[1])
    if wants_verdicts not in SWITCHES:
        raise not_one_of("verdicts", wants_verdicts, SWITCHES)

    def make() -> bytes:
        verdicts = verdict_changes(plan, base, view) if wants_verdicts == SWITCHES[0] else None
        return to_json(scenario_json(plan, view, compare(plan, base, view), verdicts))

    against = (base.extent, base.reading, rings_text(base.distances_m))
    # What is held against a scenario is as free as the scenario itself.
    free = view if base.is_base else base
    key = (plan.catalogue.version, wants_verdicts, *against, view.extent, view.reading, rings_text(view.distances_m))
    return answer(cache.get(key, make, free), JSON_TYPE)


def _read_base(plan: Plan, words: Mapping[str, str]) -> View:
    """What the scenario is held against: the base plan of its extent and reading, as far as `against` says no other."""
    wanted = {name: words[name] for name in ("extent", "reading") if name in words}
    wanted |= {name: words[word] for word, name in AGAINST.items() if word in words}
    try:
        return read_view(plan, wanted)
    except Problem as problem:
        named = {name: word for word, name in AGAINST.items()}
        word = named.get(str(problem.members.get("parameter")))
        raise unreadable(f"bad_{word}", f"{word}: {problem.detail}", parameter=word) from None


def _words_of_body() -> dict[str, str]:
    """The members of the posted object as the words of a query. Problem 400 for all that is not said here, 415 for
    another type."""
    if request.mimetype != BODY_TYPE:
        raise not_taken(request.mimetype, (BODY_TYPE,))
    request.max_content_length = MOST_BYTES
    try:
        body, _mark = parse_json(request.get_data(cache=False), DEFAULT)
    except (FormatError, LimitError):
        raise _bad_body() from None
    if not isinstance(body, dict):
        raise _bad_body()
    for name in body:
        if name not in WORDS:
            detail = _(
                "The member %(name)s is not known here. Use: %(known)s.", name=quote_found(name), known=", ".join(WORDS)
            )
            raise unreadable("unknown_member", detail, parameter=quote_found(name), possible=list(WORDS))
    return {name: _word(name, value) for name, value in body.items()}


def _word(name: str, value: Any) -> str:
    if name in ("rings", "against"):
        return _rings(name, value)
    if name == "verdicts" and isinstance(value, bool):
        return SWITCHES[0] if value else SWITCHES[1]
    if not isinstance(value, str):
        raise unreadable("not_text", _("%(name)s is no text. Put it in quotation marks.", name=name), parameter=name)
    return value


def _rings(name: str, value: Any) -> str:
    """A list of distances as the word of an address; numbers alone, for true is no distance."""
    is_list = isinstance(value, list) and all(type(one) in (int, float) and math.isfinite(one) for one in value)
    if not is_list:
        detail = _("%(name)s is a list of distances in metres, such as [400, 1200, 2500].", name=name)
        raise unreadable("bad_rings", detail, parameter=name)
    try:
        return rings_text(checked_rings(value))
    except QueryError as error:
        raise unreadable("bad_rings", error.text(reader_language()), parameter=name) from None


def _bad_body() -> Problem:
    detail = _('The body is no JSON object that can be read. Send one such as {"rings": [400, 1200, 2500]}.')
    return unreadable("bad_body", detail)
