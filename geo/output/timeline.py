"""The time bar as the world outside reads it: who is under way when, counted where the atlas shows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from geo import timeline
from geo.output.features import Json
from geo.plan import EXTENT_LAYERS, Plan
from geo.projects import Entry, entries
from geo.timeline import Activity, Term

IN_ZONE = ("yes", "partly")
OPEN, NONE = "open", "none"  # more than one stage is possible; nothing is stated about the time
STAGE_COUNTS = (*timeline.STAGES, OPEN, NONE)
SCOPES = ("zone", "all")


def timeline_json(plan: Plan) -> Json:
    """Years, extents, every project with its term and place, and what is under way in each year.

    Sums are total investments of whole projects in 10,000 CNY, not what is spent in a year.
    """
    terms = timeline.terms(plan.catalogue)
    scopes = _scopes(terms)
    return {
        **_years(),
        "scopes": {scope: len(listed) for scope, listed in scopes.items()},
        "series": {scope: [_year(one) for one in timeline.yearly(listed)] for scope, listed in scopes.items()},
        "projects": [_project(one, entry) for one, entry in zip(terms, entries(plan, plan.view()), strict=True)],
    }


def moment_json(plan: Plan, moment: str) -> Json:
    """The plan at a year ("2021") or month ("2021-07"): extent, counts of stages, counts by place, stages by project.

    QueryError for a text that is neither.
    """
    terms = timeline.terms(plan.catalogue)
    before, after = timeline.bracket(moment, [int(year) for year in EXTENT_LAYERS])
    drawn = [EXTENT_LAYERS[str(year)] for year in dict.fromkeys((before, after)) if year is not None]
    return {
        **_years(),
        "moment": moment,
        "extent": {"before": before, "after": after, "layers": drawn},
        "counts": {scope: _counts(listed, moment) for scope, listed in _scopes(terms).items()},
        "places": _places(plan, terms, moment),
        "stages": {one.project.id: list(timeline.stages(one, moment)) for one in terms},
    }


def stage_of(one: Term, moment: str) -> str:
    """The one stage of a project at a moment, "open" if several are possible, "none" if nothing is stated."""
    found = timeline.stages(one, moment)
    return NONE if not found else found[0] if len(found) == 1 else OPEN


def _years() -> Json:
    years = {"first": timeline.FIRST_YEAR, "last": timeline.LAST_YEAR}
    return {"years": years, "extents": [int(year) for year in EXTENT_LAYERS]}


def _scopes(terms: Sequence[Term]) -> dict[str, list[Term]]:
    return {"zone": [one for one in terms if one.project.in_zone in IN_ZONE], "all": list(terms)}


def _year(one: Activity) -> Json:
    return {
        "year": int(one.moment),
        "under_way": len(one.under_way),
        "possible": len(one.possible),
        "sum_of_rows_1e4_cny": one.sum_of_rows_1e4_cny,
        "without_parts_1e4_cny": one.without_parts_1e4_cny,
        "silent": one.silent,
    }


def _project(one: Term, entry: Entry) -> Json:
    names = ("id", "name_zh", "name_en", "start", "end", "phase", "source", "in_zone", "part_of")
    facts = {name: getattr(one.project, name) for name in (*names, "investment_1e4_cny")}
    return {**facts, "basis": one.basis, "placement": entry.placement, "at": entry.at}


def _counts(listed: Sequence[Term], moment: str) -> Json:
    found = Counter(stage_of(one, moment) for one in listed)
    return {stage: found[stage] for stage in STAGE_COUNTS}


def _places(plan: Plan, terms: Sequence[Term], moment: str) -> list[Json]:
    """The places of the projects in the zone, drawn things and areas first, the zone as a whole last."""
    held: dict[str | None, list[tuple[Term, Entry]]] = {}
    for one, entry in zip(terms, entries(plan, plan.view()), strict=True):
        if entry.placement in ("drawn", "area", "zone"):
            held.setdefault(entry.at, []).append((one, entry))
    last = held.pop(None, [])
    places = [_place(plan, at, rows, moment) for at, rows in held.items()]
    return places + ([_place(plan, None, last, moment)] if last else [])


def _place(plan: Plan, at: str | None, rows: Sequence[tuple[Term, Entry]], moment: str) -> Json:
    catalogue = plan.catalogue
    names = (catalogue.zone_zh, catalogue.zone_en)
    if at is not None:
        feature = plan.shapes[at].feature
        names = (feature.name_zh, feature.name_en)
    return {
        "at": at,
        "name_zh": names[0],
        "name_en": names[1],
        "drawn": any(entry.placement == "drawn" for _, entry in rows),
        **_counts([one for one, _ in rows], moment),
        "projects": [one.project.id for one, _ in rows],
    }
