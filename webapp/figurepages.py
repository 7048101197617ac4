"""The ledger on pages and as JSON: every stated figure with its source and its place, every project."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from flask import Blueprint, Response, request

from geo.catalogue import Figure, Project, in_lang
from geo.catalogue.figures import THEMES
from geo.output import ledger
from geo.plan import Plan
from geo.reconcile import Comparison, compare_figure, derived_checks
from webapp import comparisontext
from webapp.errors import none_listed, not_one_of
from webapp.language import reader_language
from webapp.ledgerwords import theme_names, zone_words
from webapp.payloads import PayloadCache, answer, to_json
from webapp.queries import read_query
from webapp.reconcilepages import map_address
from webapp.views import read_address, render_page
from webapp.words import words
from webapp.words.card import figures_words


def make_figure_pages(plan: Plan) -> Blueprint:
    """The routes /figures, /figures/{id} and /api/figures over one plan."""
    pages = Blueprint("figures", __name__)
    cache = PayloadCache()
    by_id = {figure.id: figure for figure in plan.catalogue.figures}
    checks = derived_checks(plan)

    @pages.get("/api/figures")
    def figure_list() -> Response:
        asked = _known(plan, read_query(*ledger.FILTERS))
        key = (plan.catalogue.version, "figures", *(asked.get(name, "") for name in ledger.FILTERS))
        return answer(cache.get(key, lambda: to_json(_figures_json(plan, asked))))

    @pages.get("/figures")
    def figures_page() -> Response:
        read_address(plan)
        return _list_page(plan, _known(plan, _page_filters()))

    @pages.get("/figures/<figure_id>")
    def figure_page(figure_id: str) -> Response:
        read_address(plan)
        if figure_id not in by_id:
            raise none_listed("figure", figure_id, "/figures")
        return _figure_page(plan, by_id[figure_id], checks)

    return pages


def _page_filters() -> dict[str, str]:
    return {name: request.args[name] for name in ledger.FILTERS if request.args.get(name)}


def _known(plan: Plan, asked: Mapping[str, str]) -> dict[str, str]:
    """The filters of a request; Problem 400 that lists what is possible for a value that no row can have."""
    catalogue = plan.catalogue
    features = {one.feature for one in catalogue.figures} | {one.placed_in for one in catalogue.projects}
    possible = {
        "source": list(catalogue.sources),
        "metric": list(catalogue.metrics),
        "feature": sorted(filter(None, features)),
        "project": [project.id for project in catalogue.projects],
        "theme": [*THEMES, *sorted({project.theme for project in catalogue.projects} - set(THEMES))],
    }
    for name, value in asked.items():
        if name in possible and value not in possible[name]:
            raise not_one_of(name, value, possible[name])
    return {name: value for name, value in asked.items() if name != "lang"}


def _figures_json(plan: Plan, asked: Mapping[str, str]) -> dict[str, object]:
    found = ledger.figures(plan, **asked)
    rows = [ledger.figure_json(plan, figure) for figure in found]
    return {"version": plan.catalogue.version, "count": len(rows), "figures": rows}


def _list_page(plan: Plan, asked: Mapping[str, str]) -> Response:
    lang, said = reader_language(), words()
    shown = ledger.figures(plan, **asked)
    # The annex of a source would bury the rest: figures of projects are listed when something is asked for.
    rows = [_row(plan, figure) for figure in shown if asked or figure.project is None]
    themes = Counter(plan.catalogue.metrics[figure.metric].theme for figure in plan.catalogue.figures)
    return render_page(
        "figures.html",
        rows=rows,
        asked=asked,
        themes=[(theme, name, themes[theme]) for theme, name in theme_names().items() if themes[theme]],
        words=said,
        page_data={"lang": lang, "words": said},
    )


def _row(plan: Plan, figure: Figure) -> dict[str, object]:
    lang = reader_language()
    metric = plan.catalogue.metrics[figure.metric]
    return {
        "figure": figure,
        "subject": in_lang(figure.subject, lang),
        "metric": metric.name_zh if lang == "zh" else metric.name_en,
        "theme": theme_names()[metric.theme],
        "value": ledger.figure_text(figure, lang),
        "place": in_lang(figure.place, lang),
        "note": in_lang(figure.note, lang),
    }


def _figure_page(plan: Plan, figure: Figure, derived: Sequence[Comparison]) -> Response:
    lang, said = reader_language(), figures_words()
    project = next((one for one in plan.catalogue.projects if one.id == figure.project), None)
    shape = plan.shapes.get(figure.feature or "")
    return render_page(
        "figure.html",
        row=_row(plan, figure),
        source=plan.catalogue.sources[figure.source],
        shape=shape,
        # The comparison of the figure itself, then the derived checks that it is a part of.
        checks=[_told(row, said) for row in (compare_figure(plan, figure), *_parts(derived, figure))],
        related=[_row(plan, other) for other in ledger.related(plan, figure)],
        theme=plan.catalogue.metrics[figure.metric].theme,
        map_url=map_address(shape) if shape else "",
        zone_words=zone_words(),
        project=project,
        project_rows=_project_rows(plan, project, figure),
        text=lambda cell: in_lang(cell, lang),
    )


def _parts(derived: Sequence[Comparison], figure: Figure) -> list[Comparison]:
    return [row for row in derived if figure in row.figures]


def _told(row: Comparison, said: Mapping[str, str]) -> dict[str, object]:
    zh = reader_language() == "zh"
    return {
        "row": row,
        "name": row.name[0 if zh else 1],
        "reason": row.reason[0 if zh else 1],
        "formula": row.formula[0 if zh else 1],
        "stated": comparisontext.stated_text(row),
        "measured": comparisontext.measured_text(row),
        "difference": comparisontext.difference_text(row, said),
        "picture": comparisontext.picture(row),
        "sides": comparisontext.side_names(row),
    }


def _project_rows(plan: Plan, project: Project | None, figure: Figure) -> list[dict[str, object]]:
    """The other figures of the same project."""
    if project is None:
        return []
    others = [one for one in plan.catalogue.figures if one.project == project.id and one.id != figure.id]
    return [_row(plan, one) for one in others]
