"""The land that agrees with a wish: zones, less what the rules forbid and what must stay clear, within distances.

Every step can only take land away, so a wish that is left out never costs land. Metres of the plan's metric CRS.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from geo import rings
from geo.assess.surroundings import EXISTING, POINT_REACH_M, SYMBOL_REACH, shapes_of
from geo.errors import QueryError
from geo.find.facts import CLEAR, LANDS, MOST_DISTANCE_M, Wish
from geo.landuse import land_use_table
from geo.plan import Plan
from geo.rules import ALLOWED, CONFLICT, INSIDE, NOTE, RING_USE, SEVERITY, Share, SiteFacts, judge_site
from geo.view import SYMBOLIC, Shape, View

_STATUS = {"parks": EXISTING, "water": EXISTING, "sites": ""}  # a planned park is no park yet; a planned site is taken
_QUAD_SEGS = 16
_ROUND = math.cos(math.pi / (4 * _QUAD_SEGS))  # of a radius: how near the chords of a drawn arc come to its centre


def check_wish(plan: Plan, view: View, wish: Wish) -> None:
    """Nothing; QueryError for land, zones, a class, distances or layers that the plan cannot answer for."""
    least, most = LANDS
    if not least <= wish.mu <= most:
        raise QueryError(
            f"{wish.mu:g} mu are wanted; give {least:g} to {most:,.0f} mu.",
            f"所需用地为 {wish.mu:g} 亩；应为 {least:g} 至 {most:.0f} 亩。",
        )
    if wish.land_use is not None:
        land_use_table(plan.catalogue.land_use).find(wish.land_use)
    for zone in wish.zones:
        if zone not in land_zones(view):
            known = ", ".join(land_zones(view))
            raise QueryError(f"No zone {zone!r}; the zones are: {known}.", f"没有分区 {zone!r}；可用：{known}。")
    for layer in wish.clear:
        if layer not in CLEAR:
            known = ", ".join(CLEAR)
            raise QueryError(
                f"{layer!r} cannot be kept clear of; use: {known}.", f"无法避开 {layer!r}；可用：{known}。"
            )
    for far_m in (wish.water_min_m, wish.metro_max_m, wish.road_max_m):
        if far_m is not None and not 0 <= far_m <= MOST_DISTANCE_M:
            raise QueryError(
                f"A distance of {far_m:g} m; give 0 to {MOST_DISTANCE_M:,.0f} m.",
                f"距离为 {far_m:g} 米；应为 0 至 {MOST_DISTANCE_M:.0f} 米。",
            )
    for layer, far_m, zh, en in (
        ("metro", wish.metro_max_m, "地铁站", "metro station"),
        ("roads", wish.road_max_m, "主要道路", "main road"),
    ):
        if far_m is not None and not targets(plan, layer):
            raise QueryError(
                f"The data folder maps no existing {en}, so no distance to one can be asked. Leave it out.",
                f"数据文件夹中没有已建{zh}，无法按其距离筛选。请去掉这一项。",
            )


def land_zones(view: View) -> tuple[str, ...]:
    """The zones of a view that are land, from the shore outwards."""
    return tuple(zone for zone in view.zones if zone != rings.WATER)


def barred_zones(plan: Plan, view: View, land_use: str | None) -> tuple[str, ...]:
    """The zones whose rule calls a conflict with a class of land use; none without a class or without rules."""
    return tuple(zone for zone in land_zones(view) if zone_severity(plan, zone, land_use) == SEVERITY[CONFLICT])


def zone_severity(plan: Plan, zone: str, land_use: str | None) -> int:
    """How much stands against a class in a zone, by its rule alone; 0 where the folder has no rules."""
    book = plan.catalogue.rules
    if book is None:
        return SEVERITY[ALLOWED]
    verdicts = judge_site(book, SiteFacts(zones={zone: Share(1.0, 1.0)}, land_use=land_use))
    return max((SEVERITY[one.verdict] for one in verdicts if one.kind == RING_USE), default=0)


def targets(plan: Plan, layer: str) -> tuple[Shape, ...]:
    """What a distance to a layer is measured to: existing features; of the metro its stations, if any are mapped."""
    located = [shape for shape in shapes_of(plan, layer, EXISTING) if shape.geometry_m is not None]
    stations = [shape for shape in located if shape.anchor_m is not None]
    return tuple(stations if layer == "metro" and stations else located)


def ground(plan: Plan, view: View, wish: Wish) -> BaseGeometry:
    """The land that agrees with a wish and that no rule about places forbids, as polygons in metres."""
    barred = barred_zones(plan, view, wish.land_use)
    wanted = [zone for zone in wish.zones or land_zones(view) if zone not in barred]
    land = shapely.union_all([view.zones[zone] for zone in wanted])
    land = shapely.difference(land, shapely.union_all([*_forbidden(plan), *_not_clear(plan, wish)]))
    for layer, far_m in (("metro", wish.metro_max_m), ("roads", wish.road_max_m)):
        if far_m is not None:
            near = [ground_of(one).buffer(far_m, quad_segs=_QUAD_SEGS) for one in targets(plan, layer)]
            land = shapely.intersection(land, shapely.union_all(near))
    for boundary in _boundaries(plan):
        land = shapely.intersection(land, boundary)
    return rings.areas_of(land)


def ground_of(shape: Shape) -> BaseGeometry:
    """What of a located shape is measured to: the place of a point or symbol, else its outline or line."""
    found: BaseGeometry = shape.geometry_m if shape.anchor_m is None else shape.anchor_m
    return found


def unplaced(plan: Plan, layer: str) -> tuple[Shape, ...]:
    """The features of a layer that cannot be kept clear of, because nobody knows where they are."""
    return tuple(shape for shape in shapes_of(plan, layer, _STATUS[layer]) if shape.geometry_m is None)


def _not_clear(plan: Plan, wish: Wish) -> Iterator[BaseGeometry]:
    """What must stay clear, as wide as it may be: outlines with their accuracy, points and symbols with their reach."""
    for layer in wish.clear:
        for shape in shapes_of(plan, layer, _STATUS[layer]):
            if shape.geometry_m is not None:
                yield _around(ground_of(shape), shape.accuracy_m + _reach_m(shape))
    if wish.water_min_m:
        yield from (_around(one, wish.water_min_m) for one in _outlines(shapes_of(plan, "water")))


def _reach_m(shape: Shape) -> float:
    """How far a thing without an outline may reach from its anchor, as the assessment of a site takes it."""
    if shape.anchor_m is None:
        return 0.0
    if shape.feature.geometry_basis == SYMBOLIC:
        return SYMBOL_REACH * (shape.symbol_radius_m or 0.0)
    return POINT_REACH_M


def _around(shape: BaseGeometry, far_m: float) -> BaseGeometry:
    """Everything nearer than `far_m` metres; arcs run outside the true circle, so that nothing nearer is left over."""
    return shape if far_m == 0 else shapely.buffer(shape, far_m / _ROUND, quad_segs=_QUAD_SEGS)


def _forbidden(plan: Plan) -> Iterator[BaseGeometry]:
    """The outlines on which a rule calls a conflict: kept features, and loaded slots that nothing may lie in."""
    loaded = {layer.id for layer in plan.catalogue.layers}
    for rule in plan.catalogue.rules.rules if plan.catalogue.rules else ():
        if rule.layer and rule.effect != NOTE:
            yield from _outlines(shapes_of(plan, rule.layer, rule.status))
        elif rule.slot in loaded and rule.conflict_where == INSIDE:
            yield from _outlines(shapes_of(plan, rule.slot, EXISTING))


def _boundaries(plan: Plan) -> Iterator[BaseGeometry]:
    """Loaded slots that a site must not reach beyond, such as a growth boundary."""
    loaded = {layer.id for layer in plan.catalogue.layers}
    for rule in plan.catalogue.rules.rules if plan.catalogue.rules else ():
        if rule.slot and rule.slot in loaded and rule.conflict_where != INSIDE:
            yield shapely.union_all(list(_outlines(shapes_of(plan, rule.slot, EXISTING))))


def _outlines(shapes: Sequence[Shape]) -> Iterator[BaseGeometry]:
    return (shape.geometry_m for shape in shapes if shape.area_m2 is not None)
