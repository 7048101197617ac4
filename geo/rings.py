"""The ring layers around the lake: a partition of an extent by distance from the shore.

All geometry is in metres of one plane CRS. `water` is a zone of its own; land is the extent minus all mapped water.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from shapely import MultiLineString, MultiPolygon, line_merge
from shapely.geometry.base import BaseGeometry

from geo.errors import QueryError

SHORE_BELT = "shore_belt"  # ring 1 reaches from the shore to its outer distance; the 100 m line lies inside it
ANNULUS = "annulus"  # ring 1 begins at the 100 m line; what lies between shore and line is the zone "strip"
READINGS = (SHORE_BELT, ANNULUS)
STRIP = "strip"
WATER = "water"
OUTSIDE = "outside"
QUADRANT_SEGMENTS = 64  # a buffer's corner is at most 0.03 % of its radius inside the true arc (1 - cos(pi/256))


def bands(
    distances_m: Sequence[float], strip_m: float, reading: str = SHORE_BELT
) -> tuple[tuple[float, ...], tuple[str, ...]]:
    """The distances that separate the zones, and the zone ids in order from the shore (one more than distances).

    A band holds its outer distance, not its inner one: (a, b]. QueryError for an unknown reading or for distances
    that do not grow from the strip outwards.

    >>> bands((500, 1500, 3000), 100)
    ((500.0, 1500.0, 3000.0), ('ring_1', 'ring_2', 'ring_3', 'ring_4'))
    >>> bands((500, 1500), 100, "annulus")
    ((100.0, 500.0, 1500.0), ('strip', 'ring_1', 'ring_2', 'ring_3'))
    """
    if reading not in READINGS:
        raise QueryError(
            f"Unknown reading {reading!r} of ring 1; use one of {', '.join(READINGS)}.",
            f"不认识的第一圈口径 {reading!r}；可用：{'、'.join(READINGS)}。",
        )
    edges = (float(strip_m), *(float(distance) for distance in distances_m))
    if len(edges) < 2 or edges[0] <= 0 or any(a >= b for a, b in itertools.pairwise(edges)):
        raise QueryError(
            f"Ring distances must grow outwards from the strip; found {edges}.",
            f"圈层距离须自岸线向外递增；现为 {edges}。",
        )
    rings = tuple(f"ring_{number}" for number in range(1, len(edges) + 1))
    return (edges, (STRIP, *rings)) if reading == ANNULUS else (edges[1:], rings)


def partition(
    extent: BaseGeometry,
    lake: BaseGeometry,
    water: BaseGeometry,
    *,
    edges_m: Sequence[float],
    zone_ids: Sequence[str],
) -> dict[str, BaseGeometry]:
    """The zones of `extent` by id, from the shore outwards, `water` last; they do not overlap and sum to the extent.

    `lake` is the lake that distances are measured from, `water` all mapped water including it. A zone that does not
    occur is an empty MultiPolygon. Lines and points that overlay leaves behind are dropped.

    >>> from shapely import box
    >>> zones = partition(box(-10, -10, 10, 10), box(-1, -1, 1, 1), box(-1, -1, 1, 1),
    ...                   edges_m=(2,), zone_ids=("ring_1", "ring_2"))
    >>> [round(zone.area, 1) for zone in zones.values()]  # 4 m2 of water; 4 sides of 2 x 2 and a disc of radius 2
    [28.6, 367.4, 4.0]
    """
    land = extent.difference(water)
    zones: dict[str, BaseGeometry] = {}
    inner = lake
    for zone_id, edge in zip(zone_ids, (*edges_m, None), strict=True):
        if edge is None:
            zones[zone_id] = areas_of(land.difference(inner))
            break
        outer = lake.buffer(edge, quad_segs=QUADRANT_SEGMENTS)
        zones[zone_id] = areas_of(land.intersection(outer).difference(inner))
        inner = outer
    zones[WATER] = areas_of(water.intersection(extent))
    return zones


def edge_lines(
    extent: BaseGeometry, lake: BaseGeometry, water: BaseGeometry, edges_m: Sequence[float]
) -> dict[float, BaseGeometry]:
    """For each distance the line at that distance from the lake, cut to the land of the extent.

    A distance whose line meets no land has an empty MultiLineString.

    >>> from shapely import box
    >>> lines = edge_lines(box(-10, -10, 10, 10), box(-1, -1, 1, 1), box(-1, -1, 1, 1), (2,))
    >>> round(lines[2].length, 1)  # four sides of 2 and a circle of radius 2
    20.6
    """
    land = extent.difference(water)
    lines = {edge: lake.buffer(edge, quad_segs=QUADRANT_SEGMENTS).boundary for edge in edges_m}
    return {edge: _lines(line.intersection(land)) for edge, line in lines.items()}


def _lines(geometry: BaseGeometry) -> MultiLineString:
    parts = getattr(geometry, "geoms", (geometry,))
    merged = line_merge(MultiLineString([part for part in parts if part.geom_type == "LineString" and part.length > 0]))
    return MultiLineString([part for part in getattr(merged, "geoms", (merged,)) if not part.is_empty])


def areas_of(geometry: BaseGeometry) -> MultiPolygon:
    """The polygons of a geometry, empty if there is none; lines and points that overlay left behind are dropped.

    >>> from shapely import LineString
    >>> areas_of(LineString([(0, 0), (1, 1)])).is_empty
    True
    """
    parts = getattr(geometry, "geoms", (geometry,))
    polygons = [part for part in parts if part.geom_type == "Polygon" and not part.is_empty]
    return MultiPolygon(polygons)
