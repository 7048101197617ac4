"""The verdict on a site along each movable distance."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import shapely
from shapely.geometry.base import BaseGeometry

from geo import crs, membership, rings
from geo.assess import Assessment, Candidate, assess
from geo.catalogue import Rule, RuleBook
from geo.plan import Plan
from geo.rules import RING_USE, RuleVerdict, Share, SiteFacts, judge_site, overall
from geo.rules.facts import NO_SHARE
from geo.sensitivity.bands import Moved, RuleBands, Sensitivity, bands_of, steps
from geo.sensitivity.homes import knots, movable, of_area, reach
from geo.view import View

_SILENT = ""  # where a rule says nothing of the site
_EXACT_M = 0.001  # lines known better than to a millimetre are taken as they are drawn, as `share_bounds` does


def verdict_changes(plan: Plan, view: View, site: Candidate) -> Sensitivity:
    """The home ring and the verdicts on a site along each movable distance; errors are those of `assess`.

    >>> import shapely
    >>> from geo.plan import load_plan
    >>> plan = load_plan("data")
    >>> found = verdict_changes(plan, plan.view(), Candidate(shapely.box(116.03, 28.70, 116.031, 28.701)))
    >>> found.home_zone, found.verdict
    ('ring_3', 'unknown')
    """
    return assessment_changes(plan, view, assess(plan, view, site))


def assessment_changes(plan: Plan, view: View, found: Assessment) -> Sensitivity:
    """`verdict_changes` of a site that was assessed in `view`.

    Rules about rings weigh the least and the most of the site that may lie in a ring. Both grow with the outer distance
    of that ring and shrink with its inner one, and what a rule says changes only where one of them passes nothing or
    the minor share of the rule book. Those distances are looked for, and between them the rules themselves are asked;
    what other rules say does not depend on distances. Without rules there are no verdicts.
    """
    site_m = crs.to_metres(found.geometry, plan.catalogue.metric_crs)
    homes = of_area(view, site_m, math.hypot(view.lake.accuracy_m, found.accuracy_m))
    book = plan.catalogue.rules
    if book is None:
        return homes
    own = replace(book, rules=tuple(rule for rule in book.rules if rule.kind == RING_USE))
    site = _Judged(view, found, site_m, homes.bound_m, own)
    pairs = zip(movable(view), homes.distances, strict=True)
    moved = tuple(_along(site, at, one) for (at, _bare), one in pairs)
    return replace(homes, distances=moved, verdict=found.verdict)


@dataclass(frozen=True)
class _Judged:
    """A site in metres that was assessed, and the rules about rings as a book of their own."""

    view: View
    found: Assessment
    site_m: BaseGeometry
    bound_m: float
    book: RuleBook


def _along(site: _Judged, at: int, moved: Moved) -> Moved:
    """One distance, the edge `at` of the locator, with the verdicts along it."""
    begun = knots(site.view.locator.lake, site.site_m, moved, site.bound_m)
    found = {at_m for count in _counts(site, at) for at_m, _count in steps(count, begun)}
    edges = sorted({*found, moved.low_m})
    said = []
    for low_m, high_m in zip(edges, (*edges[1:], moved.high_m), strict=True):
        here_m = moved.base_m if low_m <= moved.base_m < high_m else (low_m + high_m) / 2
        said.append((low_m, _ring_verdicts(site, at, here_m)))
    others = [one for one in site.found.verdicts if one.kind != RING_USE]
    overalls = [(low_m, overall((*others, *verdicts))) for low_m, verdicts in said]
    rules = [_rule_bands(rule, said, moved.high_m) for rule in site.book.rules]
    spoken = tuple(one for one in rules if any(band.value != _SILENT for band in one.bands))
    return replace(moved, verdicts=bands_of(overalls, moved.high_m), rules=spoken)


def _rule_bands(rule: Rule, said: list[tuple[float, tuple[RuleVerdict, ...]]], high_m: float) -> RuleBands:
    along = [(low_m, {one.rule: one.verdict for one in verdicts}.get(rule.id, _SILENT)) for low_m, verdicts in said]
    return RuleBands(rule.id, (rule.name_zh, rule.name_en), bands_of(along, high_m))


def _ring_verdicts(site: _Judged, at: int, far_m: float) -> tuple[RuleVerdict, ...]:
    """What the rules about rings say with the edge `at` of the locator at `far_m`."""
    locator = site.view.locator
    moved = replace(locator, edges_m=(*locator.edges_m[:at], far_m, *locator.edges_m[at + 1 :]))
    low, high = membership.share_bounds(site.site_m, moved, site.bound_m)
    names = (*locator.zone_ids, rings.WATER, rings.OUTSIDE)
    zones = {name: Share(float(a), float(b)) for name, a, b in zip(names, low, high, strict=True)}
    return judge_site(site.book, SiteFacts(zones=zones, land_use=site.found.land_use))


def _counts(site: _Judged, at: int) -> Iterator[Callable[[float], int]]:
    """Functions of the moved distance: how many of the limits of a rule a bound of a share reaches.

    Four of them decide: the least and the most of the site in the zone within the edge `at`, and in the one beyond.
    Each bound is that of `share_bounds`, for this edge alone.
    """
    limits = (NO_SHARE, site.book.minor_share)
    for slack_m in {0.0} if site.bound_m < _EXACT_M else {-site.bound_m, site.bound_m}:
        for part_m2 in _parts(site, at, slack_m):

            def count(far_m: float, part_m2: Callable[[float], float] = part_m2) -> int:
                share = part_m2(far_m) / site.site_m.area
                return sum(share >= limit for limit in limits)

            yield count


def _parts(site: _Judged, at: int, slack_m: float) -> tuple[Callable[[float], float], Callable[[float], float]]:
    """The size of the site within the edge `at` and beyond it, when every zone takes `slack_m` (below 0: gives way)."""
    locator = site.view.locator
    known = (0.0, *locator.edges_m)
    inside = shapely.intersection(site.site_m, reach(locator.extent, slack_m))
    land = shapely.difference(inside, reach(locator.water, -slack_m))
    within = shapely.difference(land, reach(locator.lake, known[at] - slack_m))
    beyond = land
    if at + 1 < len(locator.edges_m):
        beyond = shapely.intersection(land, reach(locator.lake, locator.edges_m[at + 1] + slack_m))
    return (
        lambda far_m: float(shapely.intersection(within, reach(locator.lake, far_m + slack_m)).area),
        lambda far_m: float(shapely.difference(beyond, reach(locator.lake, far_m - slack_m)).area),
    )
