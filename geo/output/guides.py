"""Themes and tour as a page shows them: figures put into the texts, layers of a step resolved, views as bounds."""

from __future__ import annotations

from geo import crs
from geo.catalogue import WHOLE_ZONE, Step, Theme, text_parts
from geo.output.features import MAP_DECIMALS, Json
from geo.output.ledger import figure_text
from geo.plan import Plan


def themes(plan: Plan, lang: str) -> list[Json]:
    """The themes in the order of their file: words in `lang`, and what the map shows."""
    return [
        {
            "id": theme.id,
            "name": theme.name_zh if lang == "zh" else theme.name_en,
            "title": theme.title_zh if lang == "zh" else theme.title_en,
            "parts": _parts(plan, theme.sentence_zh if lang == "zh" else theme.sentence_en, lang),
            "legend": list(theme.legend),
            "sources": _sources(plan, theme, lang),
            **_shown(plan, theme, theme.layers),
        }
        for theme in plan.catalogue.guides.themes
    ]


def tour(plan: Plan, lang: str) -> list[Json]:
    """The steps of the tour in order: words in `lang`, and what the map shows; a theme lends its layers and extent."""
    of_id = {theme.id: theme for theme in plan.catalogue.guides.themes}
    steps = []
    for step in plan.catalogue.guides.tour:
        theme = of_id.get(step.theme or "")
        shown = _shown(plan, step, step.layers or (theme.layers if theme else ()))
        shown["extent"] = shown["extent"] or (theme.extent if theme else None)
        steps.append(
            {
                "id": step.id,
                "title": step.title_zh if lang == "zh" else step.title_en,
                "parts": _parts(plan, step.text_zh if lang == "zh" else step.text_en, lang),
                "theme": step.theme,
                "select": step.select,
                "sources": _sources(plan, step, lang),
                **shown,
            }
        )
    return steps


def _parts(plan: Plan, text: str, lang: str) -> list[Json]:
    """A text in parts; where a figure stands, its words and its id, so that the page can lead to its source."""
    figures = {figure.id: figure for figure in plan.catalogue.figures}
    return [
        {"text": figure_text(figures[name], lang) if name else words, "figure": name}
        for words, name in text_parts(text)
    ]


def _sources(plan: Plan, row: Theme | Step, lang: str) -> list[Json]:
    found = [plan.catalogue.sources[source] for source in row.sources]
    return [{"id": one.id, "title": one.title_zh if lang == "zh" else one.title_en} for one in found]


def _shown(plan: Plan, row: Theme | Step, layers: tuple[str, ...]) -> Json:
    return {"layers": list(layers), "extent": row.extent, "year": row.year, "bounds": _bounds(plan, row)}


def _bounds(plan: Plan, row: Theme | Step) -> list[float] | None:
    """West, south, east, north of what a row looks at, in degrees; None if it leaves the map where it is."""
    if row.view is None or isinstance(row.view, tuple):
        return None if row.view is None else list(row.view)
    view = plan.view(row.extent)
    if row.view == WHOLE_ZONE:
        geometry = crs.to_lonlat(view.locator.extent, plan.catalogue.metric_crs)
    else:
        found = (*plan.shapes.values(), *view.computed["rings"])
        geometry = next((shape.geometry for shape in found if shape.feature.id == row.view), None)
    if geometry is None:  # a ring without land
        return None
    return [round(float(side), MAP_DECIMALS) for side in geometry.bounds]
