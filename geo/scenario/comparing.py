"""Two views of one plan compared: areas and places at once, verdicts of the drawn sites when they are asked for.

What was worked out is kept for the views that it was worked out of; a plan gives the same view to the same question.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache

from geo import membership, rings
from geo.assess import Conflicts, SiteCheck, check_sites
from geo.metrics import mapped_green
from geo.plan import Plan
from geo.rules import RuleVerdict
from geo.scenario.facts import Difference, GreenChange, PlaceChange, Reading, RuleChange, VerdictChange, ZoneChange
from geo.scenario.sentences import tell, tell_verdict
from geo.view import Shape, View

KEPT = 64  # differences, and checks of all sites, of one process; the oldest go

_Home = tuple[str, Mapping[str, float]]  # home zone and shares by zone


@lru_cache(maxsize=KEPT)
def compare(plan: Plan, base: View, other: View) -> Difference:
    """What follows if `plan` is read by `other` and not by `base`, two views of it; kept.

    >>> from geo.plan import load_plan
    >>> plan = load_plan("data")
    >>> difference = compare(plan, plan.view(), plan.view(distances_m=(400, 1500, 3000)))
    >>> difference.touched  # only the rings beside the line that was moved
    ('ring_1', 'ring_2')
    """
    zones, places = _zones(base, other), _places(plan, base, other)
    return Difference(
        base=_reading(base),
        other=_reading(other),
        zones=zones,
        places=places,
        green=_green(plan, base, other),
        sentences=tell(plan, other, zones, places),
    )


@lru_cache(maxsize=KEPT)
def verdict_changes(plan: Plan, base: View, other: View) -> tuple[VerdictChange, ...]:
    """The drawn sites of which a rule says something else in `other`, in the order of the data; empty without rules.

    This asks every rule of every drawn site, so it takes far longer than `compare`; it is kept too.
    """
    before = {site.id: site for site in checked_sites(plan, base).sites}
    changes = (_verdict_change(before[site.id], site) for site in checked_sites(plan, other).sites)
    return tuple(change for change in changes if change is not None)


@lru_cache(maxsize=KEPT)
def checked_sites(plan: Plan, view: View) -> Conflicts:
    """`geo.assess.check_sites` of a view, kept."""
    return check_sites(plan, view)


def _reading(view: View) -> Reading:
    return Reading(view.extent, view.reading, view.distances_m, view.is_base)


def _zones(base: View, other: View) -> tuple[ZoneChange, ...]:
    before, after = _edges(base), _edges(other)
    rows = []
    for zone in _in_order(base, other):
        old, new = (float(view.zones[zone].area) if zone in view.zones else 0.0 for view in (base, other))
        touched = base.extent != other.extent or before.get(zone) != after.get(zone)
        rows.append(ZoneChange(zone, old, new, touched))
    return tuple(rows)


def _in_order(base: View, other: View) -> list[str]:
    """The zones of both views from the shore outwards, water last; the longer list has the strip first."""
    first, second = sorted((list(base.zones), list(other.zones)), key=len, reverse=True)
    return list(dict.fromkeys((*(zone for zone in (*first, *second) if zone != rings.WATER), rings.WATER)))


def _edges(view: View) -> dict[str, tuple[float, float]]:
    """The inner and outer distance of each land zone."""
    edges_m = view.locator.edges_m
    return dict(zip(view.locator.zone_ids, zip((0.0, *edges_m), (*edges_m, math.inf), strict=True), strict=True))


def _places(plan: Plan, base: View, other: View) -> tuple[PlaceChange, ...]:
    before, after = _homes(base), _homes(other)
    return tuple(
        _place(other, plan.shapes[name], home, after[name])
        for name in plan.shapes
        if (home := before.get(name)) is not None
    )


def _place(other: View, shape: Shape, before: _Home, after: _Home) -> PlaceChange:
    name = shape.feature.id
    if shape.anchor_m is None:
        return PlaceChange(name, before[0], after[0], before[1], after[1])
    x, y = shape.anchor_m.x, shape.anchor_m.y
    bound_m = math.hypot(other.lake.accuracy_m, shape.accuracy_m)
    distance_m, ground = float(other.locator.distance_m(x, y)), other.locator.on_the_ground(x, y, bound_m)
    return PlaceChange(name, before[0], after[0], {}, {}, distance_m, bound_m, ground)


@lru_cache(maxsize=KEPT)
def _homes(view: View) -> Mapping[str, _Home]:
    """Home zone and shares of every located point and area by the atlas's line; `View.standings` without intervals."""
    found: dict[str, _Home] = {}
    if view.points:
        xs, ys = ([getattr(shape.anchor_m, axis) for shape in view.points] for axis in ("x", "y"))
        for shape, zone in zip(view.points, view.locator.locate_ring(xs, ys), strict=True):
            found[shape.feature.id] = (str(zone), {})
    if view.areas:
        names = (*view.zones, rings.OUTSIDE)
        table = membership.share_by_zone([shape.geometry_m for shape in view.areas], list(view.zones.values()))
        for shape, shares, home in zip(view.areas, table, membership.home_zone(table), strict=True):
            by_zone = {zone: float(share) for zone, share in zip(names, shares, strict=True) if share > 0}
            found[shape.feature.id] = (names[int(home)], by_zone)
    return found


def _green(plan: Plan, base: View, other: View) -> tuple[GreenChange, ...]:
    before, after = mapped_green(plan, base), mapped_green(plan, other)
    return tuple(GreenChange(zone, before.get(zone), after.get(zone)) for zone in _in_order(base, other))


def _verdict_change(before: SiteCheck, after: SiteCheck) -> VerdictChange | None:
    if before.found is None or after.found is None:
        return None
    old = {one.rule: one for one in before.found.verdicts}
    new = {one.rule: one for one in after.found.verdicts}
    pairs = [(old.get(rule), new.get(rule)) for rule in dict.fromkeys((*new, *old))]
    rules = tuple(change for pair in pairs if (change := _rule_change(*pair)) is not None)
    verdicts = before.found.verdict, after.found.verdict
    if not rules and verdicts[0] == verdicts[1]:
        return None
    return VerdictChange(after.id, after.names, *verdicts, rules, tell_verdict(after.names, verdicts, rules))


def _rule_change(before: RuleVerdict | None, after: RuleVerdict | None) -> RuleChange | None:
    one = after or before
    old, new = (told.verdict if told is not None else None for told in (before, after))
    return None if one is None or old == new else RuleChange(one.rule, one.name, old, new, one.reason)
