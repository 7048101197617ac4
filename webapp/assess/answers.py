"""The answer to a question about a site as a part of a page, and as a sheet for paper. Nothing is kept."""

from __future__ import annotations

from collections import Counter
from datetime import date
from urllib.parse import urlencode

from flask import Blueprint, Response, current_app
from flask_babel import gettext as _

from geo.assess import Answer, Question
from geo.output.sitesheet import CONFLICT_PART, corners, site_cut, site_geojson
from geo.plan import Plan
from geo.view import View
from webapp.assess.answerwords import COUNTED, crs_title, site_row, tell_all, tell_site
from webapp.assess.question import read_form, read_question
from webapp.exports import GEOJSON_TYPE, attachment
from webapp.language import mark_language
from webapp.payloads import to_json
from webapp.queries import whole_view_words
from webapp.settings import Settings
from webapp.tablecells import Reader
from webapp.tablepages import table_reader
from webapp.views import render_page

MOST_CORNERS = 1000  # in the table of a sheet; the file has them all
MOST_ROWS, MOST_SITES = 1000, 50  # of a file with many sites: in its table, and told in full; the API tells all
_FIRST_CHIP = 1000  # the page that takes the answer has chips of its own


def make_answers(plan: Plan, settings: Settings) -> Blueprint:
    """The routes /assess/answer and /assess/sheet over one plan; the answers come from the application's workers."""
    pages = Blueprint("answers", __name__)

    @pages.post("/assess/answer")
    def answer_part() -> Response:
        question = read_question(plan)
        view = question.view(plan)
        return _answer_part(plan, view, _ask(question), each=question.each)

    @pages.post("/assess/sheet")
    def sheet() -> Response:
        question, name, form = read_form(plan)
        answered = _ask(question)
        if form == "geojson":
            view = question.view(plan)
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
    view = question.view(plan)
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
        export_words=_words_of(question, view, "site_"),
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


def _words_of(question: Question, view: View, prefix: str = "") -> str:
    """The words of the address under which the same site is asked again; `prefix` stands before those of its system."""
    given = {f"{prefix}crs": question.crs, f"{prefix}datum": question.datum}
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


def _download(content: bytes, name: str) -> Response:
    answer = Response(content, content_type=GEOJSON_TYPE)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Content-Disposition"] = attachment(f"{name or 'site'}.geojson", "site.geojson")
    return mark_language(answer)
