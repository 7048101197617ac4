"""The answer to a question about a site as a part of a page, and as a sheet for paper. Nothing is kept."""

from __future__ import annotations

from collections import Counter
from datetime import date
from urllib.parse import urlencode

from flask import Blueprint, Response, current_app, request
from flask_babel import gettext as _
from werkzeug.exceptions import RequestEntityTooLarge

from geo import crs
from geo.assess import Answer, Question
from geo.formats.geojson import DEFAULT
from geo.formats.geojson.facts import over_limit
from geo.output.sitesheet import CONFLICT_PART, corners, site_cut, site_geojson
from geo.plan import Plan
from geo.view import View
from webapp.assess.answerwords import COUNTED, crs_title, site_row, tell_all, tell_site
from webapp.assess.question import read_question
from webapp.errors import not_one_of, not_taken, unreadable
from webapp.exports import GEOJSON_TYPE, attachment
from webapp.language import mark_language
from webapp.payloads import to_json
from webapp.queries import VIEW_WORDS, read_query, read_view, whole_view_words
from webapp.settings import Settings
from webapp.tablecells import Reader
from webapp.tablepages import table_reader
from webapp.views import render_page

FORM_TYPE = "application/x-www-form-urlencoded"
MOST_NAME_LENGTH = 60
MOST_CORNERS = 1000  # in the table of a sheet; the file has them all
MOST_ROWS, MOST_SITES = 1000, 50  # of a file with many sites: in its table, and told in full; the API tells all
_FIRST_CHIP = 1000  # the page that takes the answer has chips of its own
_FORMS = ("sheet", "geojson")


def make_answers(plan: Plan, settings: Settings) -> Blueprint:
    """The routes /assess/answer and /assess/sheet over one plan; the answers come from the application's workers."""
    pages = Blueprint("answers", __name__)

    @pages.post("/assess/answer")
    def answer_part() -> Response:
        question = read_question(plan)
        view = plan.view(question.extent, question.reading, question.rings)
        return _answer_part(plan, view, _ask(question), each=question.each)

    @pages.post("/assess/sheet")
    def sheet() -> Response:
        question, name, form = read_form(plan)
        answered = _ask(question)
        if form == "geojson":
            view = plan.view(question.extent, question.reading, question.rings)
            found = answered.sites[0].found
            return _download(to_json(site_geojson(plan, view, found, name, settings.map_review_no)), name)
        return _sheet(plan, question, answered, name)

    return pages


def _ask(question: Question) -> Answer:
    found: Answer = current_app.extensions["atlas_workers"].ask(question)
    return found


def _answer_part(plan: Plan, view: View, answered: Answer, *, each: bool) -> Response:
    reader = table_reader(plan, view)
    verdicts = Counter(site.found.verdict for site in answered.sites)
    return render_page(
        "_answer.html",
        each=each,
        sites=[tell_site(plan, view, site, reader) for site in answered.sites[:MOST_SITES]],
        rows=[site_row(site, reader) for site in answered.sites[:MOST_ROWS]],
        site_count=len(answered.sites),
        site_counts=[(name, verdicts[name]) for name in COUNTED],
        first_chip=_FIRST_CHIP,
        **_shared(plan, view, answered, reader),
    )


def _sheet(plan: Plan, question: Question, answered: Answer, name: str) -> Response:
    view = plan.view(question.extent, question.reading, question.rings)
    reader = table_reader(plan, view)
    site = answered.sites[0]
    listed, cut = corners(plan, site.found), site_cut(plan, view, site.found)
    return render_page(
        "assessment_sheet.html",
        is_sheet=True,
        name=name or _("Site without a name"),
        name_given=name,
        site_text=question.data.decode(),
        asked=_words_of(question, view),
        told=tell_site(plan, view, site, reader),
        cut=cut,
        has_hatch=cut is not None and any(one.classes == CONFLICT_PART for one in cut.strokes),
        corners=listed[:MOST_CORNERS],
        corner_count=len(listed),
        has_rings=any(one.ring > 1 or one.part > 1 for one in listed),
        today=date.today().isoformat(),
        words=reader.words,
        other_lang="en" if reader.lang == "zh" else "zh",
        **_shared(plan, view, answered, reader),
    )


def _words_of(question: Question, view: View) -> str:
    """The words of the address under which the same site is asked again."""
    given = {"crs": question.crs, "datum": question.datum}
    words = {**whole_view_words(view), **{name: value for name, value in given.items() if value is not None}}
    return urlencode(words, safe=":,")


def _shared(plan: Plan, view: View, answered: Answer, reader: Reader) -> dict[str, object]:
    """What the macros of an assessment use beside the site itself."""
    reading = next(one for one in plan.catalogue.rings.readings if one.id == view.reading)
    return {
        "read": tell_all(answered, reader.lang),
        "view": view,
        "reading_name": reading.name_zh if reader.lang == "zh" else reading.name_en,
        "source_url": reader.source_url,
        "crs": plan.catalogue.metric_crs,
        "crs_title": crs_title(plan),
    }


def read_form(plan: Plan) -> tuple[Question, str, str]:
    """The question, the title and the form of the answer that a posted form asks for; Problem or GeoError if none."""
    words = read_query("crs", "datum", *VIEW_WORDS)
    view = read_view(plan, words)
    if "datum" in words and words["datum"] not in crs.DATUMS:
        raise not_one_of("datum", words["datum"], crs.DATUMS)
    if request.mimetype != FORM_TYPE:
        raise not_taken(request.mimetype, (FORM_TYPE,))
    # A site may be as large as in a question of its own; as a form it stands in memory, with signs in threes.
    request.max_content_length = request.max_form_memory_size = DEFAULT.bytes
    try:
        fields = request.form
    except RequestEntityTooLarge:
        raise over_limit(DEFAULT, "bytes", "bytes", "字节") from None
    site, form = fields.get("site", ""), fields.get("as", _FORMS[0])
    if not site:
        raise unreadable("missing_field", _("The form has no field named site. It holds the site as GeoJSON."))
    if form not in _FORMS:
        raise not_one_of("as", form, _FORMS)
    system = crs.allowed_crs(words["crs"]) if "crs" in words else None
    content = site.encode("utf-8", "replace")
    question = Question(content, system, words.get("datum"), view.extent, view.reading, rings=view.distances_m)
    return question, _title(fields.get("name", "")), form


def _title(text: str) -> str:
    """The title that a person typed, on one line and without signs that cannot be printed; Problem 400 if too long."""
    shown = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    if len(shown) > MOST_NAME_LENGTH:
        detail = _("The name has %(found)s characters. Give at most %(most)s.", found=len(shown), most=MOST_NAME_LENGTH)
        raise unreadable("name_too_long", detail, parameter="name")
    return shown


def _download(content: bytes, name: str) -> Response:
    answer = Response(content, content_type=GEOJSON_TYPE)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Content-Disposition"] = attachment(f"{name or 'site'}.geojson", "site.geojson")
    return mark_language(answer)
