"""The projects of the ledger, filtered: the page, its files for spreadsheets and GIS, and the same as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from flask import Blueprint, Response, make_response, redirect
from flask_babel import gettext as _

from geo.output import exports, projectsheets
from geo.output import projects as spoken
from geo.output.features import view_json
from geo.output.metricsheets import notes
from geo.output.projectmap import project_map
from geo.output.sheets import Sheet, csv_bytes, xlsx_bytes
from geo.plan import Plan
from geo.projects import Row, Wanted, arrange, facets, open_rows, possible_values, rows, select, totals
from geo.timeline import yearly
from geo.view import View
from webapp import projectchart
from webapp import projectrows as told_as
from webapp.exports import GEOJSON_TYPE, attachment
from webapp.language import mark_language, reader_language
from webapp.metricpages import FILE_TYPES
from webapp.payloads import answer, pack, to_json
from webapp.projectquery import PROJECT_WORDS, Asked, given_words, read_asked
from webapp.queries import VIEW_WORDS, is_canonical, read_query, read_view
from webapp.settings import Settings
from webapp.views import read_address, render_page
from webapp.words.projects import project_words

_KEPT_VIEWS = 32  # the four of the data and the last scenarios


@dataclass(frozen=True)
class Question:
    """A filter over the projects of one view, and what it finds in the order that is asked for."""

    plan: Plan
    view: View
    everyone: tuple[Row, ...]
    possible: Mapping[str, tuple[str, ...]]
    asked: Asked
    found: tuple[Row, ...]


def make_project_pages(plan: Plan, settings: Settings) -> Blueprint:
    """The routes /projects, its files and /api/projects over one plan."""
    pages = Blueprint("projects", __name__)

    @lru_cache(maxsize=_KEPT_VIEWS)
    def listed(extent: str, reading: str, distances_m: tuple[float, ...]) -> tuple[Row, ...]:
        return rows(plan, plan.view(extent, reading, distances_m))

    def question(words: dict[str, str], view: View) -> Question:
        everyone = listed(view.extent, view.reading, view.distances_m)
        possible = possible_values(plan, view, everyone)
        asked = read_asked(words, possible)
        found = arrange(select(everyone, asked.wanted), asked.sort, reader_language())
        return Question(plan, view, everyone, possible, asked, found)

    def strict() -> Question:
        words = read_query(*PROJECT_WORDS, *VIEW_WORDS)
        return question({name: value for name, value in words.items() if value}, read_view(plan, words))

    @pages.get("/projects")
    def page() -> Response:
        view = read_address(plan)
        one = question(given_words(), view)
        if is_canonical(PROJECT_WORDS):
            return _page(one)
        # A form without scripts names a word once for each box: its answer has the one address of the filter.
        return mark_language(make_response(redirect(one.asked.url())))

    @pages.get("/api/projects")
    def as_json() -> Response:
        return answer(pack(to_json(_json(strict()))))

    @pages.get("/projects.<any(csv, xlsx, geojson):kind>")
    def file(kind: str) -> Response:
        return _file(strict(), settings, kind)

    return pages


def _json(one: Question) -> dict[str, object]:
    moment = one.asked.wanted.moment
    possible = {"possible": len(open_rows(one.everyone, one.asked.wanted))} if moment else {}
    return {
        "version": one.plan.catalogue.version,
        "asked": one.asked.words,
        **view_json(one.view),
        **spoken.totals_json(totals(one.found)),
        **possible,
        "projects": [spoken.row_json(row, moment) for row in one.found],
    }


def _file(one: Question, settings: Settings, kind: str) -> Response:
    lang, number, moment = reader_language(), settings.map_review_no, one.asked.wanted.moment
    makers: dict[str, Callable[[], bytes]] = {
        "geojson": lambda: spoken.projects_geojson(one.plan, one.view, one.found, moment=moment, review_no=number),
        "csv": lambda: csv_bytes(_sheet(one, lang, number)),
        "xlsx": lambda: xlsx_bytes((_sheet(one, lang, number),)),
    }
    response = answer(pack(makers[kind]()), FILE_TYPES.get(kind, GEOJSON_TYPE))
    atlas = exports.ATLAS_ZH if lang == "zh" else exports.ATLAS_EN
    title, filtered = ("项目", "_筛选") if lang == "zh" else ("projects", "_filtered")
    scenario = exports.scenario_word(one.view, lang)
    name = f"{atlas}_{title}{filtered if one.asked.wanted.asked else ''}{f'_{scenario}' if scenario else ''}.{kind}"
    response.headers["Content-Disposition"] = attachment(name, f"yaohu-atlas-projects.{kind}")
    return mark_language(response)


def _sheet(one: Question, lang: str, number: str | None) -> Sheet:
    """The rows with what the filter was and the notices of every file below them."""
    wanted = one.asked.wanted
    sheet = projectsheets.projects_sheet(one.plan, one.view, one.found, lang, wanted.moment)
    told = told_as.Told(one.plan, one.view, one.everyone, lang)
    parts = [f"{chip.name} = {chip.text}" for chip in told_as.chips(told, one.asked)]
    asked = _("Filter: %(parts)s", parts="; ".join(parts) or _("none, all rows of the ledger"))
    open_count = len(open_rows(one.everyone, wanted))
    doubtful = [_("Possibly more rows, not listed, for their stage is not settled: %(count)s.", count=open_count)]
    more = (asked, *(doubtful if open_count else ()), *notes(one.plan, one.view, lang, number))
    return replace(sheet, notes=(*sheet.notes, *more))


def _page(one: Question) -> Response:
    lang, asked, wanted = reader_language(), one.asked, one.asked.wanted
    told = told_as.Told(one.plan, one.view, one.everyone, lang)
    found = facets(one.everyone, wanted, one.possible)
    timed = [row.term for row in select(one.everyone, wanted, but=("stage",))]
    placed = select(one.everyone, wanted, but=("at", "placement"))
    words, sums = project_words(), totals(one.found)
    return render_page(
        "projects.html",
        told=told,
        asked=asked,
        everyone=one.everyone,
        zone_counts=Counter(row.project.in_zone for row in one.everyone),
        numbered=sorted({row.project.source for row in one.everyone if row.project.no is not None}),
        groups=told_as.groups(told, asked, found),
        stages=told_as.stage_options(told, asked, found),
        placed=Counter(row.entry.placement for row in placed),
        chips=told_as.chips(told, asked),
        cleared=Asked(Wanted(), asked.sort, asked.kept).url(),
        ways_out=told_as.ways_out(told, asked) if not one.found else [],
        sums=sums,
        doubtful=len(open_rows(one.everyone, wanted)),
        chart=projectchart.chart_of(yearly(timed), lang),
        timed=len(timed),
        drawing=project_map(one.plan, one.view, one.everyone, placed),
        columns=told_as.column_names(),
        lines=list(told_as.lines(told, asked, one.found)),
        hidden=_hidden(asked),
        sums_said=projectsheets.sum_lines(sums, lang),
        page_data={"lang": lang, "words": words},
    )


def _hidden(asked: Asked) -> list[tuple[str, str]]:
    """What the form keeps without a field of its own."""
    kept = {**asked.kept, **{name: value for name, value in asked.words.items() if name in ("placed_in", "sort")}}
    return list(kept.items())
