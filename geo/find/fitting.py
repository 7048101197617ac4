"""Where a circle of a given area fits into land. Metres.

A circle is the most compact site, has no direction to choose, and does not look like a plot: it stands for a size at a
place. Its centre can be wherever the edge of the land is at least its radius away.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

Places = npt.NDArray[Any]  # of shapely polygons

CORNERS = 64  # of a drawn circle: its corners lie 0.08 % further from the centre than those of a true one
_QUAD_SEGS = 16
_FINE_M = 1.0  # how far the centre of the largest circle may be from the best one
_ANGLES = 2 * math.pi * np.arange(CORNERS) / CORNERS
_PER_RADIUS2 = CORNERS / 2 * math.sin(2 * math.pi / CORNERS)  # area of the drawn circle of radius 1


@dataclass(frozen=True)
class Room:
    """Where a circle fits: the land that it can cover in any position, and the places that are compared."""

    open_m: BaseGeometry
    sites: Places

    @property
    def open_m2(self) -> float:
        """The land that a circle can cover, in square metres."""
        return float(self.open_m.area)


def radius_of(area_m2: float) -> float:
    """The radius in metres, to a corner, of the drawn circle of exactly this area.

    >>> round(radius_of(math.pi * 100**2), 2)  # the true circle has 100
    100.08
    """
    return math.sqrt(area_m2 / _PER_RADIUS2)


def circles(centres: npt.ArrayLike, radius_m: float) -> Places:
    """A drawn circle around each of the centres (n x 2, metres).

    >>> round(circles([(0, 0)], radius_of(600.0))[0].area, 6)
    600.0
    """
    unit = np.column_stack([np.cos(_ANGLES), np.sin(_ANGLES)])
    rings = np.asarray(centres, float)[:, None, :] + radius_m * unit[None, :, :]
    found: Places = shapely.polygons(rings)
    return found


def room_for(ground: BaseGeometry, area_m2: float, step_m: float) -> Room:
    """Where a circle of `area_m2` fits into `ground`.

    Places stand on a lattice of fixed lines, multiples of `step_m` (but never so near that circles overlap), so that
    more land never costs a place; a piece of land that holds a circle and no lattice point has one place of its own.
    Every place lies within the ground. No land, or none that is wide enough, gives no place and an empty area.
    """
    radius_m = radius_of(area_m2)
    centres = ground.buffer(-radius_m, quad_segs=_QUAD_SEGS)
    nothing = Room(shapely.Polygon(), np.empty(0, dtype=object))
    if centres.is_empty:
        return nothing
    sites = circles(_places(centres, max(step_m, 2 * radius_m)), radius_m)
    shapely.prepare(ground)
    sites = sites[shapely.covers(ground, sites)]  # rounding of arcs must not put a site beyond its land
    if not sites.size:
        return nothing
    covered = shapely.intersection(centres.buffer(radius_m, quad_segs=_QUAD_SEGS), ground)
    return Room(covered, sites)


def largest_circle(ground: BaseGeometry) -> BaseGeometry | None:
    """The largest drawn circle within land; None without land.

    >>> round(largest_circle(shapely.box(0, 0, 10, 40)).area / math.pi, 1)  # of radius 5
    25.0
    """
    if ground.is_empty:
        return None
    spoke = shapely.maximum_inscribed_circle(ground, tolerance=_FINE_M)
    centre = spoke.coords[0]
    radius_m = shapely.boundary(ground).distance(shapely.Point(centre))
    circle: BaseGeometry = circles([centre], radius_m)[0]
    return circle if circle.area > 0 else None


def _places(centres: BaseGeometry, step_m: float) -> npt.NDArray[np.float64]:
    """The lattice points within `centres`, row by row from the south-west, then a point of each piece without one."""
    west, south, east, north = (side / step_m for side in centres.bounds)
    xs = np.arange(math.ceil(west), math.floor(east) + 1) * step_m
    ys = np.arange(math.ceil(south), math.floor(north) + 1) * step_m
    lattice = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
    pieces = shapely.get_parts(centres)
    held, piece = shapely.STRtree(pieces).query(shapely.points(lattice), predicate="intersects")
    bare = [one.representative_point() for one in np.delete(pieces, np.unique(piece))]
    own = [(point.x, point.y) for point in bare]
    return np.concatenate([lattice[np.unique(held)], np.asarray(own, float).reshape(-1, 2)])
