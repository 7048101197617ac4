"""The home ring of a feature along each movable distance."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

import shapely
from shapely.geometry.base import BaseGeometry

from geo import membership, rings
from geo.errors import GeometryError
from geo.plan import MOST_DISTANCE_M, Plan
from geo.sensitivity.bands import Moved, Sensitivity, bands_of, steps
from geo.view import Shape, View

_ARC = 0.001  # of a distance: by more than this no drawn arc stays inside the true one


def ring_changes(plan: Plan, view: View, shape: Shape) -> Sensitivity:
    """The home ring of a feature along each movable distance, while the other two stay.

    A point's ring is that of its distance to the lake: the step lies exactly there, and a ring holds its outer edge.
    An area is at home where the largest share lies. The area within x of the lake grows with x, so the zone inside the
    moved edge only gains, the one beyond only loses and the others stay: each zone is the largest along one stretch at
    most. GeometryError for a shape that has neither a place nor an area: a line, or what is known only in words.

    >>> from geo.plan import load_plan
    >>> plan = load_plan("data")
    >>> found = ring_changes(plan, plan.view(), plan.shapes["science_island:island"])
    >>> [(moved.ring, len(moved.homes)) for moved in found.distances]
    [('ring_1', 2), ('ring_2', 3), ('ring_3', 1)]
    """
    bound_m = math.hypot(view.lake.accuracy_m, shape.accuracy_m)
    if shape.anchor_m is not None:
        return _of_point(view, shape.anchor_m, bound_m)
    if shape.area_m2 is None:
        name = shape.feature.id
        raise GeometryError(
            f"{name} is in no ring: it has neither a place nor an area. Ask for an area or a point.",
            f"{name} 没有点位或范围，不属于任何圈层。请选择面或点。",
        )
    return of_area(view, shape.geometry_m, bound_m)


def all_ring_changes(plan: Plan, view: View) -> Mapping[str, Sensitivity]:
    """`ring_changes` of every area and point that stands in the view, by feature id, in the order of the catalogue.

    >>> from geo.plan import load_plan
    >>> plan = load_plan("data")
    >>> len(all_ring_changes(plan, plan.view())) == len(plan.view().standings)
    True
    """
    located = {shape.feature.id for shape in (*view.areas, *view.points)}
    return {name: ring_changes(plan, view, shape) for name, shape in plan.shapes.items() if name in located}


def movable(view: View) -> Iterator[tuple[int, Moved]]:
    """(position among the locator's edges, the distance without its answers) of each movable distance."""
    strip, *edges = view.config.edges
    known = [strip.distance_m, *(edge.distance_m for edge in edges), MOST_DISTANCE_M]
    fixed = len(view.locator.edges_m) - len(edges)
    for number, edge in enumerate(edges):
        at, low_m, high_m = number + fixed, known[number], known[number + 2]
        yield at, Moved(view.locator.zone_ids[at], edge.distance_m, edge.basis, low_m, float(high_m), ())


def _of_point(view: View, point: BaseGeometry, bound_m: float) -> Sensitivity:
    home, far_m = str(view.locator.locate_ring(point.x, point.y)), float(view.locator.distance_m(point.x, point.y))
    zones = view.locator.zone_ids
    distances = []
    for at, moved in movable(view):
        found = [(moved.low_m, home)]
        if home in zones and moved.low_m < far_m < moved.high_m:
            found = [(moved.low_m, zones[at + 1]), (far_m, zones[at])]
        distances.append(replace(moved, homes=bands_of(found, moved.high_m)))
    return Sensitivity(home, far_m, bound_m, tuple(distances))


def of_area(view: View, site_m: BaseGeometry, bound_m: float) -> Sensitivity:
    """`ring_changes` of an outline in metres; `bound_m` is the 95 % bound of shore and outline together."""
    locator = view.locator
    inside = shapely.intersection(site_m, locator.extent)
    land = shapely.difference(inside, locator.water)
    names = (*locator.zone_ids, rings.WATER, rings.OUTSIDE)
    rest_m2 = (float(inside.area - land.area), float(site_m.area - inside.area))
    kept: dict[float, float] = {}

    def within_m2(far_m: float) -> float:
        if far_m not in kept:
            kept[far_m] = float(shapely.intersection(land, reach(locator.lake, far_m)).area)
        return kept[far_m]

    def home(at: int, far_m: float) -> str:
        edges = (*locator.edges_m[:at], far_m, *locator.edges_m[at + 1 :])
        grown = (0.0, *(within_m2(edge) for edge in edges), float(land.area))
        sizes = [outer - inner for inner, outer in itertools.pairwise(grown)]
        largest: int = membership.home_zone([size / site_m.area for size in (*sizes, *rest_m2)])
        return names[largest]

    distances = []
    for at, moved in movable(view):
        found = steps(partial(home, at), knots(locator.lake, site_m, moved, 0.0))
        distances.append(replace(moved, homes=bands_of(found, moved.high_m)))
    base = home(0, locator.edges_m[0])
    return Sensitivity(base, None, bound_m, tuple(distances))


def reach(shape: BaseGeometry, far_m: float) -> BaseGeometry:
    """All within `far_m` of a shape (below 0: it shrinks), drawn as the rings are, so that shares agree with theirs."""
    return shape if far_m == 0 else shapely.buffer(shape, far_m, quad_segs=rings.QUADRANT_SEGMENTS)


def knots(lake: BaseGeometry, site_m: BaseGeometry, moved: Moved, slack_m: float) -> list[float]:
    """Distances to begin with: both ends, the base, and those between which edges can pass the site.

    `slack_m` is how far an edge may lie from where it is drawn.
    """
    west, south, east, north = site_m.bounds
    near_m = float(shapely.distance(lake, site_m))
    reached = (near_m - slack_m, near_m + slack_m + math.hypot(east - west, north - south))
    hints = (reached[0] * (1 - _ARC), reached[1] * (1 + _ARC))
    return sorted({moved.low_m, moved.base_m, moved.high_m, *(x for x in hints if moved.low_m < x < moved.high_m)})
