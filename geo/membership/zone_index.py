"""The zone of each of many points, in any list of polygons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geo.membership.points import Floats, finite_points
from geo.membership.shares import valid_zones
from geo.membership.zone_grid import BOUNDARY, ZoneGrid, build_grid

Ints = npt.NDArray[np.intp]
Bools = npt.NDArray[np.bool_]

_AT_ONCE = 2**15  # points: what is in hand stays in the cache, and at most 64 edges each stay in bounds


@dataclass(frozen=True)
class ZoneIndex:
    """An index of polygons that answers which one each point is in.

    A grid of cells covers the zones. A cell that one zone covers whole answers at once. In the other cells the way
    from a known reference point to the point is counted for crossings with the few edges there; a point nearer to
    the line of an edge than rounding is put to GEOS. So the answer is that of `shapely.intersects`, zone by zone: a
    point on an edge is in, and where zones overlap or share an edge, the first in order wins. Zones may have holes
    and parts, be empty or overlap. GeometryError names the first zone that is no valid polygon.

    >>> index = ZoneIndex([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)])
    >>> index.locate([0.5, 1.0, 1.5, 2.5], [0.5, 0.5, 1.0, 0.5]).tolist()
    [0, 0, 1, -1]
    """

    zones: Sequence[BaseGeometry]
    _shapes: npt.NDArray[Any] = field(init=False, repr=False, compare=False)
    _grid: ZoneGrid | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        shapes = valid_zones(self.zones)
        shapely.prepare(shapes)
        # The first question builds GEOS's own tree: ask it here, so that threads later only read.
        shapely.intersects_xy(shapes, *shapely.bounds(shapes).T[:2])
        object.__setattr__(self, "zones", tuple(self.zones))
        object.__setattr__(self, "_shapes", shapes)
        object.__setattr__(self, "_grid", build_grid(shapes))

    def locate(self, x: npt.ArrayLike, y: npt.ArrayLike) -> Ints:
        """The position in the list of the zone of each point, -1 outside all; in the shape of the points.

        GeometryError names the first point whose coordinates are missing or not finite.

        >>> ZoneIndex([]).locate([1.0, 2.0], [1.0, 2.0]).tolist()
        [-1, -1]
        """
        xs, ys = finite_points(x, y)
        flat_x, flat_y = xs.ravel(), ys.ravel()
        found = np.full(flat_x.size, -1, dtype=np.intp)
        if self._grid is not None:
            for start in range(0, flat_x.size, _AT_ONCE):
                part = slice(start, start + _AT_ONCE)
                place = self._grid.frame.to_table(*self._grid.frame.to_cells(flat_x[part], flat_y[part]))
                found[part] = self._grid.table[place]
            hard = np.flatnonzero(found <= BOUNDARY)
            for start in range(0, hard.size, _AT_ONCE):
                some = hard[start : start + _AT_ONCE]
                found[some] = self._in_boundary_cells(self._grid, BOUNDARY - found[some], flat_x[some], flat_y[some])
        return found.reshape(xs.shape)

    def _in_boundary_cells(self, grid: ZoneGrid, slot: Ints, x: Floats, y: Floats) -> Ints:
        """The zone of each point in a boundary cell: its entries are asked in order, then the cell's owner."""
        found = grid.slot_owner[slot]
        entry, end = grid.slot_entries[slot], grid.slot_entries[slot + 1]
        points = np.column_stack(grid.frame.to_cells(x, y))
        asking = np.arange(slot.size)
        while asking.size:
            asked = entry[asking]
            inside, unsure = _crossed_into(grid, asked, slot[asking], points[asking])
            doubt = np.flatnonzero(unsure)
            zone = grid.entry_zone[asked]
            inside[doubt] = shapely.intersects_xy(self._shapes[zone[doubt]], x[asking[doubt]], y[asking[doubt]])
            found[asking[inside]] = zone[inside]
            entry[asking] += 1
            asking = asking[~inside & (entry[asking] < end[asking])]
        return found


def _crossed_into(grid: ZoneGrid, entry: Ints, slot: Ints, points: Floats) -> tuple[Bools, Bools]:
    """(inside, unsure): whether the way from the reference point leads into the zone of the entry, if it is sure.

    A vertex is on one side of the way or on the other by one formula, for both of its edges; so the way may pass
    through vertices, and rounding there only moves it to the other side of them.
    """
    inside, unsure = grid.entry_inside[entry], grid.entry_asks_geos[entry]
    sure = np.flatnonzero(~unsure)
    if not sure.size:
        return inside, unsure
    begin = grid.entry_pairs[entry[sure]]
    count = grid.entry_pairs[entry[sure] + 1] - begin
    first = np.cumsum(count) - count
    pair = np.arange(first[-1] + count[-1]) + np.repeat(begin - first, count)
    of = np.repeat(sure, count)
    edge = grid.pair_edge[pair]
    ax, ay, bx, by = grid.edges.ends[edge].T
    (px, py), (rx, ry) = points[of].T, grid.reference[slot[of]].T
    side = (bx - ax) * (py - ay) - (by - ay) * (px - ax)
    way_x, way_y = px - rx, py - ry
    a_left = way_x * (ay - ry) - way_y * (ax - rx) >= 0
    b_left = way_x * (by - ry) - way_y * (bx - rx) >= 0
    crossed = (a_left != b_left) & ((side > 0) != grid.pair_left[pair])
    inside[sure] ^= np.logical_xor.reduceat(crossed, first)
    unsure[sure] = np.logical_or.reduceat(np.abs(side) <= grid.edges.margin[edge], first)
    return inside, unsure
