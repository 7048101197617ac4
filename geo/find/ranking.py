"""Which of the places comes first, and why: verdict, certainty, way to the metro and to roads, room around.

Many places are compared by an estimate, the best of them by the whole assessment.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geo import crs
from geo.assess import Assessment, Candidate, Distance, assess
from geo.find.facts import Place, Wish, Words
from geo.find.fitting import Places, radius_of
from geo.find.ground import ground_of, targets, zone_severity
from geo.plan import Plan
from geo.rules import CONFLICT, NOTE, PLACE_RULES, SEVERITY, VERDICT_WORDS, overall
from geo.units import format_number
from geo.view import Shape, View

Floats = npt.NDArray[np.float64]
Key = tuple[int, int, int, int, int]

_STEP_M = 10.0  # ways and room are compared in tens of metres: the outlines know no less
_TENTHS = 10


@dataclass(frozen=True)
class _Judged:
    site_m: BaseGeometry
    found: Assessment
    place_verdict: str
    low: float
    metro: Distance | None
    road: Distance | None
    room_m: float

    @property
    def key(self) -> Key:
        """What the ranking compares, the smaller the better: two verdicts, certainty, way, room."""
        return (
            SEVERITY[self.found.verdict],
            SEVERITY[self.place_verdict],
            -tenths(self.low),
            round(sum(one.distance_m for one in (self.metro, self.road) if one) / _STEP_M),
            -round(self.room_m / _STEP_M),
        )


def tenths(share: float) -> int:
    """A share in whole tenths, rounded down: "at least" stays true.

    >>> tenths(0.29), tenths(0.3), tenths(1.0)
    (2, 3, 10)
    """
    return math.floor(share * _TENTHS + 1e-9)


def rank(plan: Plan, view: View, wish: Wish, ground: BaseGeometry, sites: Sequence[BaseGeometry]) -> tuple[Place, ...]:
    """The sites in the order of what they offer, each with the reason for its rank; none that is a conflict."""
    judged = [_judge(plan, view, wish, ground, site) for site in sites]
    kept = [one for one in judged if one.found.verdict != CONFLICT]
    kept.sort(key=lambda one: (*one.key, one.site_m.bounds))
    return tuple(
        Place(
            rank=number,
            site_m=one.site_m,
            found=one.found,
            place_verdict=one.place_verdict,
            home=next(row for row in one.found.zones if row.zone == one.found.home_zone),
            metro=one.metro,
            road=one.road,
            room_m=one.room_m,
            reason=_reason(kept, number - 1),
        )
        for number, one in enumerate(kept, 1)
    )


def estimate(plan: Plan, view: View, wish: Wish, ground: BaseGeometry, sites: Places) -> list[tuple[float, ...]]:
    """For each site what the ranking compares, quickly: the shore taken as straight, its zone that of its centre."""
    centres = shapely.centroid(sites)
    xy = shapely.get_coordinates(centres)
    radius_m = radius_of(wish.area_m2)
    zones = view.locator.locate_ring(xy[:, 0], xy[:, 1])
    severity = {str(zone): zone_severity(plan, str(zone), wish.land_use) for zone in np.unique(zones)}
    against = np.array([severity[str(zone)] for zone in zones])
    low = _likely(view, centres, [str(zone) for zone in zones], radius_m)
    way_m = np.zeros(len(sites))
    for layer in ("metro", "roads"):
        goals = [ground_of(one) for one in targets(plan, layer)]
        if goals:
            way_m += np.maximum(shapely.distance(centres, shapely.union_all(goals)) - radius_m, 0.0)
    room_m = shapely.distance(centres, shapely.boundary(ground)) - radius_m
    sure = np.floor(low * _TENTHS + 1e-9)
    columns = (against, -sure, np.round(way_m / _STEP_M), -np.round(room_m / _STEP_M), xy[:, 0], xy[:, 1])
    return [tuple(float(value) for value in row) for row in np.column_stack(columns)]


def spread(sites: Places, keys: Sequence[tuple[float, ...]], most: int, gap_m: float) -> list[int]:
    """The positions of at most `most` sites, best key first: `gap_m` apart while there are such, then any apart.

    Centres at least one diameter apart do not overlap; more places at one spot tell a reader less than one elsewhere.
    """
    order = sorted(range(len(sites)), key=keys.__getitem__)
    xy = shapely.get_coordinates(shapely.centroid(sites))
    radius_m = math.sqrt(shapely.area(sites[0]) / math.pi) if len(sites) else 0.0
    taken: list[int] = []
    for least_m in (2 * radius_m + gap_m, 2 * radius_m):
        for at in order:
            if len(taken) == most:
                return taken
            away_m = np.hypot(*(xy[taken] - xy[at]).T) if taken else np.array([math.inf])
            if away_m.min() >= least_m:
                taken.append(at)
    return taken


def _judge(plan: Plan, view: View, wish: Wish, ground: BaseGeometry, site_m: BaseGeometry) -> _Judged:
    site = crs.to_lonlat(site_m, plan.catalogue.metric_crs)
    found = assess(plan, view, Candidate(site, {"land_use": wish.land_use}))
    told = [one for one in found.verdicts if one.kind in PLACE_RULES and one.verdict != NOTE]
    return _Judged(
        site_m=site_m,
        found=found,
        place_verdict=overall(told),
        low=next(row.low for row in found.zones if row.zone == found.home_zone),
        metro=_nearest("metro", targets(plan, "metro"), site_m),
        road=_nearest("roads", targets(plan, "roads"), site_m),
        room_m=max(0.0, float(shapely.boundary(ground).distance(site_m))),
    )


def _nearest(layer: str, goals: Sequence[Shape], site_m: BaseGeometry) -> Distance | None:
    if not goals:
        return None
    far_m, shape = min(((float(site_m.distance(ground_of(one))), one) for one in goals), key=lambda row: row[0])
    return Distance(layer, shape.feature.id, far_m, max(0.0, far_m - shape.accuracy_m), far_m + shape.accuracy_m)


def _likely(view: View, centres: Places, zones: Sequence[str], radius_m: float) -> Floats:
    """The share of each circle that certainly lies in the zone of its centre, if shore and extent ran straight."""
    slack_m = view.lake.accuracy_m
    inner = dict(zip(view.locator.zone_ids, (0.0, *view.locator.edges_m), strict=True))
    outer = dict(zip(view.locator.zone_ids, (*view.locator.edges_m, math.inf), strict=True))
    from_shore = shapely.distance(centres, view.locator.lake)
    from_edge = shapely.distance(centres, shapely.boundary(view.locator.extent))
    nearest = np.array([inner.get(zone, 0.0) for zone in zones]) + slack_m
    furthest = np.array([outer.get(zone, 0.0) for zone in zones]) - slack_m
    part = _below((furthest - from_shore) / radius_m) - _below((nearest - from_shore) / radius_m)
    beyond = 1.0 - _below((from_edge - slack_m) / radius_m)
    found: Floats = np.clip(part - beyond, 0.0, 1.0)
    return found


def _below(cut: Floats) -> Floats:
    """The share of a circle of radius 1 on one side of a line at `cut` from its centre."""
    at = np.clip(cut, -1.0, 1.0)
    found: Floats = 1.0 - (np.arccos(at) - at * np.sqrt(1.0 - at * at)) / math.pi
    return found


def _reason(ranked: Sequence[_Judged], at: int) -> Words:
    """Why a place stands where it stands: by the first thing in which it differs from the one before (or after)."""
    if len(ranked) == 1:
        return "唯一比选出的位置。", "The only place that came of the comparison."
    mine, other = ranked[at], ranked[at - 1 if at else 1]
    name = ("第 2 名", "number 2") if at == 0 else (f"第 {at} 名", f"number {at}")
    words = _difference(mine, other)
    if words is None:
        return (
            f"各项与{name[0]}相同，按位置自西向东排列。",
            f"All that is compared is as with {name[1]}; then from west to east.",
        )
    zh, en = words
    lead_zh, lead_en = ("优于", "Before") if at == 0 else ("排在", "Behind")
    tail = "" if at == 0 else "之后"
    return f"{lead_zh}{name[0]}{tail}：{zh}。", f"{lead_en} {name[1]}: {en}."


def _difference(mine: _Judged, other: _Judged) -> Words | None:
    rows = zip(mine.key, other.key, _said(mine, other), strict=True)
    return next((words for one, two, words in rows if one != two), None)


def _said(mine: _Judged, other: _Judged) -> Iterator[Words]:
    pairs = [(mine.found.verdict, other.found.verdict), (mine.place_verdict, other.place_verdict)]
    for (one, two), (zh, en) in zip(
        pairs, (("结论", "verdict"), ("圈层与片区规则", "by rings and areas")), strict=True
    ):
        yield (
            f"{zh}为{VERDICT_WORDS[one][0]}，后者{VERDICT_WORDS[two][0]}",
            f"{en} {VERDICT_WORDS[one][1]}, there {VERDICT_WORDS[two][1]}",
        )
    low, there = (tenths(one.low) * 10 for one in (mine, other))
    yield f"在主圈层的把握至少 {low}%，后者 {there}%", f"at least {low}% surely in its home ring, there {there}%"
    way, away = (sum(one.distance_m for one in (each.metro, each.road) if one) for each in (mine, other))
    yield _lengths(way, away, "到地铁站与主要道路合计", "to station and main road together")
    yield _lengths(mine.room_m, other.room_m, "四周余地", "room around")


def _lengths(one_m: float, two_m: float, zh: str, en: str) -> Words:
    texts = [[format_number(round(far_m, -1), 0, lang) for far_m in (one_m, two_m)] for lang in ("zh", "en")]
    return f"{zh} {texts[0][0]} 米，后者 {texts[0][1]} 米", f"{texts[1][0]} m {en}, there {texts[1][1]} m"
