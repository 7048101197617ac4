"""What stands on a site and near it: overlaps with their interval, things without an outline, distances."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache

import shapely
from shapely.geometry.base import BaseGeometry

from geo.assess.facts import Distance, Meeting
from geo.plan import EXTENT_LAYERS, Plan
from geo.view import SYMBOLIC, Shape

EXISTING = "existing"
# How far beyond its anchor a thing without an outline may reach (assumed): a long park is no circle, and of a bare
# point nobody knows the size; 500 m is the radius of 79 ha, more than any park of the sources but the Forest Park.
SYMBOL_REACH, POINT_REACH_M = 2.0, 500.0
NEAREST_OF = ("water", "parks", "metro", "roads", "sites")
_QUAD_SEGS = 16
SEEN = 1e-9  # of a site: less is the rounding of clipped outlines


def meetings(plan: Plan, site_m: BaseGeometry, accuracy_m: float) -> tuple[Meeting, ...]:
    """Every feature of the plan that the site overlaps or may overlap, in the order of the catalogue.

    `site_m` is in metres, `accuracy_m` the bound of its outline. Extents and computed rings are left out.
    """
    found = (_meeting(plan, shape, site_m, accuracy_m) for shape in _things(plan))
    return tuple(one for one in found if one is not None)


def share_with(shapes: Iterable[Shape], site_m: BaseGeometry, accuracy_m: float) -> tuple[float, float, float]:
    """(share, low, high): how much of the site lies in outlines taken together, and the least and most it may be."""
    drawn = [shape for shape in shapes if shape.area_m2 is not None]
    parts = []
    for sign in (0.0, -1.0, 1.0):
        grown = [_grown(shape.geometry_m, sign * math.hypot(shape.accuracy_m, accuracy_m)) for shape in drawn]
        overlap = shapely.intersection(site_m, shapely.union_all(grown)) if grown else shapely.Polygon()
        parts.append(min(overlap.area / site_m.area, 1.0))
    share, low, high = parts
    return share, min(low, share), max(high, share)


def shapes_of(plan: Plan, layer: str, status: str = "") -> list[Shape]:
    """The shapes of a layer, of one status if it is named; none of a layer that the folder does not have."""
    found = (shape for shape in plan.shapes.values() if shape.feature.layer == layer)
    return [shape for shape in found if not status or shape.feature.status == status]


def undrawn_near(plan: Plan, shapes: Iterable[Shape], site_m: BaseGeometry, accuracy_m: float) -> tuple[Shape, ...]:
    """The shapes without an outline that may touch the site.

    A symbolic footprint may reach twice its radius from its centre, a bare point 500 m; what is known only in words may
    lie anywhere in the area that it belongs to, or, if in none, anywhere.
    """
    return tuple(shape for shape in shapes if shape.area_m2 is None and _may_touch(plan, shape, site_m, accuracy_m))


def distances(plan: Plan, site_m: BaseGeometry, accuracy_m: float) -> tuple[Distance, ...]:
    """The nearest feature of each of the layers that people ask for; a symbol counts as its centre."""
    found = []
    for layer in NEAREST_OF:
        located = [(_anchor(shape), shape) for shape in shapes_of(plan, layer) if shape.geometry_m is not None]
        if not located:
            continue
        far_m, shape = min(((float(site_m.distance(place)), shape) for place, shape in located), key=lambda row: row[0])
        slack_m = shape.accuracy_m + accuracy_m
        found.append(Distance(layer, shape.feature.id, far_m, max(0.0, far_m - slack_m), far_m + slack_m))
    return tuple(found)


def _things(plan: Plan) -> list[Shape]:
    left_out = set(EXTENT_LAYERS.values())
    return [shape for shape in plan.shapes.values() if shape.feature.layer not in left_out]


def _meeting(plan: Plan, shape: Shape, site_m: BaseGeometry, accuracy_m: float) -> Meeting | None:
    name = shape.feature.id
    if shape.area_m2 is not None:
        share, low, high = share_with([shape], site_m, accuracy_m)
        return Meeting(name, True, share, low, high) if high > SEEN else None
    if shape.length_m is not None:
        return Meeting(name, True, None, None, None) if site_m.intersects(shape.geometry_m) else None
    if shape.geometry is None or not _may_touch(plan, shape, site_m, accuracy_m):
        return None
    return Meeting(name, False, None, None, None)


def _may_touch(plan: Plan, shape: Shape, site_m: BaseGeometry, accuracy_m: float) -> bool:
    slack_m = math.hypot(shape.accuracy_m, accuracy_m)
    if shape.anchor_m is not None:
        reach_m = SYMBOL_REACH * (shape.symbol_radius_m or 0.0) if _is_symbol(shape) else POINT_REACH_M
        return float(site_m.distance(shape.anchor_m)) <= slack_m + reach_m
    area = plan.shapes.get(shape.feature.placed_in or "")
    if area is None or area.geometry_m is None:
        return True
    return float(site_m.distance(area.geometry_m)) <= math.hypot(area.accuracy_m, accuracy_m)


def _is_symbol(shape: Shape) -> bool:
    return shape.feature.geometry_basis == SYMBOLIC


def _anchor(shape: Shape) -> BaseGeometry:
    return shape.anchor_m if shape.anchor_m is not None else shape.geometry_m


@lru_cache(maxsize=512)
def _grown(shape: BaseGeometry, slack_m: float) -> BaseGeometry:
    """The plan's own shapes grown or shrunk: few, and asked for again with every site."""
    return shape if slack_m == 0 else shape.buffer(slack_m, quad_segs=_QUAD_SEGS)
