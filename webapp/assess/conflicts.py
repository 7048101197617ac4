"""Every site of the sources against the rules: the page, its tables for spreadsheets, and the same as JSON."""

from __future__ import annotations

from flask import Blueprint, Response, request

from geo.assess import REASONS, Conflicts
from geo.output import exports
from geo.output.conflicts import REASON_NAMES, conflict_sheets, conflicts_json
from geo.output.metricsheets import notes
from geo.output.sheets import csv_bytes, xlsx_bytes
from geo.plan import Plan
from geo.scenario import checked_sites
from geo.view import View
from webapp.assess.conflictrows import card, line
from webapp.errors import not_one_of
from webapp.exports import attachment
from webapp.language import mark_language, reader_language
from webapp.metricpages import FILE_TYPES
from webapp.payloads import PayloadCache, answer, to_json
from webapp.queries import VIEW_WORDS, read_query, read_view
from webapp.settings import Settings
from webapp.tablepages import table_reader
from webapp.views import read_address, render_page

_TABLE_WORDS = ("rows", "none", "copied", "not_copied", "sorted_up", "sorted_down")


def make_conflict_pages(plan: Plan, settings: Settings) -> Blueprint:
    """The routes /conflicts, its files and /api/conflicts over one plan; each view is checked once."""
    pages = Blueprint("conflicts", __name__)
    kept = PayloadCache()

    def sheets(view: View, kind: str, lang: str) -> bytes:
        found = checked_sites(plan, view)
        both = conflict_sheets(plan, view, found, lang, notes(plan, view, lang, settings.map_review_no))
        return xlsx_bytes(both) if kind == "xlsx" else csv_bytes(both[0])

    @pages.get("/conflicts")
    def page() -> Response:
        view = read_address(plan)
        asked = request.args.get("why", "")
        if asked and asked not in REASONS:
            raise not_one_of("why", asked, REASONS)
        return _page(plan, view, checked_sites(plan, view), asked)

    @pages.get("/api/conflicts")
    def as_json() -> Response:
        view = read_view(plan, read_query(*VIEW_WORDS))
        key = (plan.catalogue.version, "json")
        return answer(kept.get(key, lambda: to_json(conflicts_json(plan, view, checked_sites(plan, view))), view))

    @pages.get("/conflicts.<any(csv, xlsx):kind>")
    def file(kind: str) -> Response:
        view, lang = read_view(plan, read_query(*VIEW_WORDS)), reader_language()
        key = (plan.catalogue.version, kind, lang)
        response = answer(kept.get(key, lambda: sheets(view, kind, lang), view), FILE_TYPES[kind])
        name = _file_name(plan, view, lang, kind)
        response.headers["Content-Disposition"] = attachment(name, f"yaohu-atlas-conflicts.{kind}")
        return mark_language(response)

    return pages


def _page(plan: Plan, view: View, found: Conflicts, asked: str) -> Response:
    reader = table_reader(plan, view)
    shown = [site for site in found.unchecked if asked in ("", site.reason)]
    at = 0 if reader.lang == "zh" else 1
    return render_page(
        "conflicts.html",
        found=found,
        asked=asked,
        reasons=[(name, REASON_NAMES[name][at], count) for name, count in found.reasons.items() if count],
        cards=[card(plan, site, one, reader) for site, one in found.checked],
        lines=[line(plan, site, reader) for site in shown],
        view=view,
        words=reader.words,
        crs=plan.catalogue.metric_crs,
        page_data={
            "lang": reader.lang,
            "words": {f"table_{key}": reader.words[f"table_{key}"] for key in _TABLE_WORDS},
        },
    )


def _file_name(plan: Plan, view: View, lang: str, kind: str) -> str:
    title = {"zh": "冲突核查", "en": "conflicts"}[lang]
    return f"{exports.stem(plan, view, title, None, lang)}.{kind}"
