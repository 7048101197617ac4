"""The present request as a question about a site: GeoJSON as body or in a form, and the words beside it."""

from __future__ import annotations

from collections.abc import Mapping

from flask import request
from flask_babel import gettext as _
from werkzeug.exceptions import RequestEntityTooLarge

from geo import crs
from geo.assess import Question
from geo.formats.geojson import DEFAULT
from geo.formats.geojson.facts import over_limit
from geo.plan import Plan
from geo.view import View
from webapp.errors import not_one_of, not_taken, unreadable
from webapp.queries import VIEW_WORDS, read_query, read_view

BODY_TYPES = ("application/geo+json", "application/json")
FORM_TYPE = "application/x-www-form-urlencoded"
FORMS = ("sheet", "geojson")  # of what is answered to a posted form
MOST_NAME_LENGTH = 60
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
    _check_datum(words)
    return _question(view, words, _body(), each=_switch(words, "each"))


def read_form(plan: Plan) -> tuple[Question, str, str]:
    """The question, the title and the form of the answer that a posted form asks for; Problem or GeoError if none."""
    words = read_query("crs", "datum", *VIEW_WORDS)
    view = read_view(plan, words)
    _check_datum(words)
    if request.mimetype != FORM_TYPE:
        raise not_taken(request.mimetype, (FORM_TYPE,))
    fields = _fields()
    data, form = _site_field(fields), fields.get("as", FORMS[0])
    if form not in FORMS:
        raise not_one_of("as", form, FORMS)
    return _question(view, words, data), _title(fields.get("name", "")), form


def read_posted(view: View, words: Mapping[str, str]) -> tuple[Question, str]:
    """The question and the title of a site that is posted as GeoJSON or in a form.

    `words` are those about the site alone: crs, datum, and its name where no form has it. Errors as `read_form`.
    """
    _check_datum(words)
    if request.mimetype == FORM_TYPE:
        fields = _fields()
        return _question(view, words, _site_field(fields)), _title(fields.get("name", ""))
    if request.mimetype not in BODY_TYPES:
        raise not_taken(request.mimetype, (*BODY_TYPES, FORM_TYPE))
    return _question(view, words, _body()), _title(words.get("name", ""))


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


def _fields() -> Mapping[str, str]:
    # A site may be as large as in a question of its own; as a form it stands in memory, with signs in threes.
    request.max_content_length = request.max_form_memory_size = DEFAULT.bytes
    try:
        return request.form
    except RequestEntityTooLarge:
        raise over_limit(DEFAULT, "bytes", "bytes", "字节") from None


def _site_field(fields: Mapping[str, str]) -> bytes:
    site = fields.get("site", "")
    if not site:
        raise unreadable("missing_field", _("The form has no field named site. It holds the site as GeoJSON."))
    return site.encode("utf-8", "replace")


def _check_datum(words: Mapping[str, str]) -> None:
    if "datum" in words and words["datum"] not in crs.DATUMS:
        raise not_one_of("datum", words["datum"], crs.DATUMS)


def _question(view: View, words: Mapping[str, str], data: bytes, *, each: bool = False) -> Question:
    system = crs.allowed_crs(words["crs"]) if "crs" in words else None
    return Question(data, system, words.get("datum"), view.extent, view.reading, each, view.distances_m)


def _title(text: str) -> str:
    """The title that a person typed, on one line and without signs that cannot be printed; Problem 400 if too long."""
    shown = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    if len(shown) > MOST_NAME_LENGTH:
        detail = _("The name has %(found)s characters. Give at most %(most)s.", found=len(shown), most=MOST_NAME_LENGTH)
        raise unreadable("name_too_long", detail, parameter="name")
    return shown
