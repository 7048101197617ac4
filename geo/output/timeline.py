"""The time bar as the world outside reads it: who is under way when, counted where the atlas shows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from geo import timeline
from geo.output.features import Json
from geo.plan import EXTENT_LAYERS, Plan
from geo.projects import Row, rows
from geo.timeline import STAGE_KEYS, Activity, Term, stage_of


def timeline_json(plan: Plan) -> Json:
    """Years, extents, every project with its term and place, and what is under way in each year.

    Sums are total investments of whole projects in 10,000 CNY, not what is spent in a year.
    """
    listed = rows(plan, plan.view())
    scopes = _scopes(listed)
    return {
        **_years(),
        "scopes": {scope: len(terms) for scope, terms in scopes.items()},
        "series": {scope: [_year(one) for one in timeline.yearly(terms)] for scope, terms in scopes.items()},
        "projects": [_project(row) for row in listed],
    }


def moment_json(plan: Plan, moment: str) -> Json:
    """The plan at a year ("2021") or month ("2021-07"): extent, counts of stages, counts by place, stages by project.

    QueryError for a text that is neither.
    """
    listed = rows(plan, plan.view())
    before, after = timeline.bracket(moment, [int(year) for year in EXTENT_LAYERS])
    drawn = [EXTENT_LAYERS[str(year)] for year in dict.fromkeys((before, after)) if year is not None]
    return {
        **_years(),
        "moment": moment,
        "extent": {"before": before, "after": after, "layers": drawn},
        "counts": {scope: _counts(terms, moment) for scope, terms in _scopes(listed).items()},
        "places": _places(plan, listed, moment),
        "stages": {row.project.id: list(timeline.stages(row.term, moment)) for row in listed},
    }


def _years() -> Json:
    years = {"first": timeline.FIRST_YEAR, "last": timeline.LAST_YEAR}
    return {"years": years, "extents": [int(year) for year in EXTENT_LAYERS]}


def _scopes(listed: Sequence[Row]) -> dict[str, list[Term]]:
    return {"zone": [row.term for row in listed if row.project.is_in_zone], "all": [row.term for row in listed]}


def _year(one: Activity) -> Json:
    return {
        "year": int(one.moment),
        "under_way": len(one.under_way),
        "possible": len(one.possible),
        "sum_of_rows_1e4_cny": one.sum_of_rows_1e4_cny,
        "without_parts_1e4_cny": one.without_parts_1e4_cny,
        "silent": one.silent,
    }


def _project(row: Row) -> Json:
    names = ("id", "name_zh", "name_en", "start", "end", "phase", "source", "in_zone", "part_of")
    facts = {name: getattr(row.project, name) for name in (*names, "investment_1e4_cny")}
    return {**facts, "basis": row.term.basis, "placement": row.entry.placement, "at": row.entry.at}


def _counts(terms: Sequence[Term], moment: str) -> Json:
    found = Counter(stage_of(one, moment) for one in terms)
    return {stage: found[stage] for stage in STAGE_KEYS}


def _places(plan: Plan, listed: Sequence[Row], moment: str) -> list[Json]:
    """The places of the projects in the zone, drawn things and areas first, the zone as a whole last."""
    held: dict[str | None, list[Row]] = {}
    for row in listed:
        if row.entry.placement in ("drawn", "area", "zone"):
            held.setdefault(row.entry.at, []).append(row)
    last = held.pop(None, [])
    places = [_place(plan, at, here, moment) for at, here in held.items()]
    return places + ([_place(plan, None, last, moment)] if last else [])


def _place(plan: Plan, at: str | None, here: Sequence[Row], moment: str) -> Json:
    catalogue = plan.catalogue
    names = (catalogue.zone_zh, catalogue.zone_en)
    if at is not None:
        feature = plan.shapes[at].feature
        names = (feature.name_zh, feature.name_en)
    return {
        "at": at,
        "name_zh": names[0],
        "name_en": names[1],
        "drawn": any(row.entry.placement == "drawn" for row in here),
        **_counts([row.term for row in here], moment),
        "projects": [row.project.id for row in here],
    }
