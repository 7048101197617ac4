"""Measures of one shape: the footprint of a stated area, and how far an accuracy moves an area.

Metres in, square metres out. A shape here is plain geometry; where it comes from is the catalogue's matter.
"""

from __future__ import annotations

import math

import numpy as np
import shapely
from shapely import Point, Polygon
from shapely.geometry.base import BaseGeometry

from geo.errors import GeometryError

FOOTPRINT_CORNERS = 128


def footprint(centre: Point, area_m2: float) -> Polygon:
    """A regular polygon of 128 corners around `centre` with exactly `area_m2`: the picture of a stated size.

    GeometryError if the area is not positive.

    >>> round(footprint(Point(0, 0), 20_000.0).area, 6)
    20000.0
    """
    if not area_m2 > 0:
        raise GeometryError(
            f"A footprint needs a positive area; found {area_m2} m2.", f"示意范围须有正的面积；现为 {area_m2} 平方米。"
        )
    step = 2 * math.pi / FOOTPRINT_CORNERS
    radius = math.sqrt(2 * area_m2 / (FOOTPRINT_CORNERS * math.sin(step)))
    angles = np.arange(FOOTPRINT_CORNERS) * step
    return Polygon(np.column_stack((centre.x + radius * np.cos(angles), centre.y + radius * np.sin(angles))))


def area_bound_m2(geometry_m: BaseGeometry, accuracy_m: float) -> float:
    """The 95 % bound of the area of a polygon whose corners are each known to `accuracy_m` (95 %), independently.

    Moving corner i moves the area by half the distance between its two neighbours times the move across it, so
    u = a/2 sqrt(sum |P(i+1) - P(i-1)|^2) over all rings. Zero for points and lines.

    >>> from shapely import box
    >>> round(area_bound_m2(box(0, 0, 1000, 1000), 10.0), 1)  # diagonals: 10/2 sqrt(4 x 2,000,000)
    14142.1
    """
    total = 0.0
    for part in shapely.get_parts(geometry_m):
        if part.geom_type == "Polygon":
            for ring in (part.exterior, *part.interiors):
                corners = np.asarray(ring.coords)[:-1, :2]
                spans = np.roll(corners, -1, axis=0) - np.roll(corners, 1, axis=0)
                total += float((spans**2).sum())
    return accuracy_m / 2 * math.sqrt(total)


def length_bound_m(geometry_m: BaseGeometry, accuracy_m: float) -> float:
    """The 95 % bound of the length of a line whose corners are each known to `accuracy_m` (95 %), independently.

    Moving corner i changes the length by the move along the difference of the two directions that meet there (at an
    end along the one direction), so u = a sqrt(sum |e(i) - e(i+1)|^2). Zero for points and polygons.

    >>> from shapely import LineString
    >>> round(length_bound_m(LineString([(0, 0), (500, 0), (1000, 0)]), 100.0), 1)  # the two ends: 100 sqrt(2)
    141.4
    """
    total = 0.0
    for part in shapely.get_parts(geometry_m):
        if part.geom_type == "LineString":
            steps = np.diff(np.asarray(part.coords)[:, :2], axis=0)
            lengths = np.hypot(steps[:, 0], steps[:, 1])
            ways = steps[lengths > 0] / lengths[lengths > 0, None]
            turns = np.diff(np.vstack((np.zeros(2), ways, np.zeros(2))), axis=0)
            total += float((turns**2).sum())
    return accuracy_m * math.sqrt(total)
