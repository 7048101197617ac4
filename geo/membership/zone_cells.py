"""The cells over a list of zones, and the cells that each edge of a zone meets.

Places are counted in cells from the corner of the grid, so sizes and tolerances are plain numbers near 1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]
Shapes = npt.NDArray[Any]

_ROUNDING = 1e-10  # of the largest coordinate: far above what doubles lose, far below what a survey knows
_MIN_TOLERANCE = 1e-8  # in cells: above the rounding of a grid of a million columns
_PAD = 1e-6  # in cells: an edge this near to a cell is taken to meet it
_CELLS_PER_EDGE = 64
_MIN_CELLS, _MAX_CELLS = 2**12, 2**20
_MAX_CROSSINGS = 2**22  # pairs of cell and edge
_MAX_COVERED = 2**27  # cells in the boxes of all zones together


@dataclass(frozen=True)
class Frame:
    """Where the grid lies: column = int((x - x0) / cell + 1), row alike; a rim of one cell is outside every zone."""

    x0: float
    y0: float
    cell: float
    columns: int
    rows: int
    tolerance: float

    def to_cells(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Coordinates in cells.

        >>> u, v = Frame(10.0, 20.0, 2.0, 4, 4, 1e-9).to_cells(np.array([12.0]), np.array([20.0]))
        >>> u.tolist(), v.tolist()
        ([2.0], [1.0])
        """
        with np.errstate(over="ignore"):  # a point that far away is outside, as infinity is
            return (x - self.x0) * (1.0 / self.cell) + 1.0, (y - self.y0) * (1.0 / self.cell) + 1.0

    def to_metres(self, u: Floats, v: Floats) -> tuple[Floats, Floats]:
        """The inverse of `to_cells`.

        >>> x, y = Frame(10.0, 20.0, 2.0, 4, 4, 1e-9).to_metres(np.array([2.0]), np.array([1.0]))
        >>> x.tolist(), y.tolist()
        ([12.0], [20.0])
        """
        return (u - 1.0) * self.cell + self.x0, (v - 1.0) * self.cell + self.y0

    def to_table(self, u: Floats, v: Floats) -> Ints:
        """The place in the table of each point; far points fall on the rim.

        >>> Frame(0.0, 0.0, 1.0, 4, 4, 1e-9).to_table(np.array([1.5, -9.0]), np.array([1.5, 1.5])).tolist()
        [7, 6]
        """
        column = np.minimum(np.maximum(u, 0.0), self.columns + 1.0).astype(np.intp)
        row = np.minimum(np.maximum(v, 0.0), self.rows + 1.0).astype(np.intp)
        row *= self.columns + 2
        row += column
        return row


@dataclass(frozen=True)
class Edges:
    """All edges of all zones in cells: rows of (ax, ay, bx, by), the zone of each, and how near is too near."""

    ends: Floats
    zone: Ints
    margin: Floats  # the cross product below which a point is nearer to the edge's line than the tolerance


def rings(zones: Shapes) -> tuple[Floats, Ints, Ints]:
    """The vertices of all rings, the ring of each vertex and the zone of each ring.

    >>> rings(np.array([shapely.box(0, 0, 1, 1)], dtype=object))[1].tolist()
    [0, 0, 0, 0, 0]
    """
    parts, part_zone = shapely.get_parts(zones, return_index=True)
    lines, ring_part = shapely.get_rings(parts, return_index=True)
    coordinates, ring = shapely.get_coordinates(lines, return_index=True)
    return coordinates, ring, part_zone[ring_part]


def fit_frame(coordinates: Floats, ring: Ints, ring_zone: Ints) -> Frame:
    """A frame with square cells: many for many edges, but never so many that memory or time run away.

    >>> fit_frame(*rings(np.array([shapely.box(0, 0, 64, 64)], dtype=object))).cell
    1.0
    """
    (x_min, y_min), (x_max, y_max) = coordinates.min(axis=0), coordinates.max(axis=0)
    width, height = float(x_max - x_min), float(y_max - y_min)
    cells = min(max(_CELLS_PER_EDGE * ring.size, _MIN_CELLS), _MAX_CELLS)
    # A thin strip gets no more than `cells` cells along its length either.
    cell = max(math.sqrt(width) * math.sqrt(height) / math.sqrt(cells), max(width, height) / cells)
    length = np.abs(np.diff(coordinates, axis=0))[ring[1:] == ring[:-1]].sum()
    cell = max(cell, float(length) / _MAX_CROSSINGS)
    covered = sum(w / cell * (h / cell) for w, h in _box_sizes(coordinates, ring_zone[ring]))
    cell *= math.sqrt(max(1.0, covered / _MAX_COVERED))
    rounding = _ROUNDING * float(np.abs(coordinates).max())
    cell = max(cell, 64.0 * rounding)
    columns, rows = math.ceil(width / cell + 0.02), math.ceil(height / cell + 0.02)
    tolerance = rounding / cell + _MIN_TOLERANCE
    return Frame(float(x_min) - 0.01 * cell, float(y_min) - 0.01 * cell, cell, columns, rows, tolerance)


def _box_sizes(coordinates: Floats, zone: Ints) -> list[tuple[float, float]]:
    start = np.flatnonzero(np.append(True, zone[1:] != zone[:-1]))
    low, high = np.minimum.reduceat(coordinates, start), np.maximum.reduceat(coordinates, start)
    return [(float(w), float(h)) for w, h in high - low]


def edges_in_cells(frame: Frame, coordinates: Floats, ring: Ints, ring_zone: Ints) -> Edges:
    """The edges of all rings in cells of `frame`; those without length are left out.

    >>> shape = rings(np.array([shapely.box(0, 0, 64, 64)], dtype=object))
    >>> len(edges_in_cells(fit_frame(*shape), *shape).zone)
    4
    """
    points = np.column_stack(frame.to_cells(coordinates[:, 0], coordinates[:, 1]))
    ends = np.hstack((points[:-1], points[1:]))
    length = np.hypot(ends[:, 2] - ends[:, 0], ends[:, 3] - ends[:, 1])
    keep = (ring[1:] == ring[:-1]) & (length > 0)
    return Edges(ends[keep], ring_zone[ring[:-1][keep]], frame.tolerance * length[keep])


def crossed_cells(frame: Frame, ends: Floats) -> tuple[Ints, Ints]:
    """All pairs (edge, place in the table) of an edge and a cell that it meets or nearly meets.

    >>> edge, cell = crossed_cells(Frame(0.0, 0.0, 1.0, 3, 3, 1e-8), np.array([[1.5, 1.5, 3.5, 1.5]]))
    >>> cell.tolist()
    [6, 7, 8]
    """
    _, ay, _, by = ends.T
    first = np.floor(np.minimum(ay, by) - _PAD).clip(1, frame.rows).astype(np.intp)
    last = np.floor(np.maximum(ay, by) + _PAD).clip(1, frame.rows).astype(np.intp)
    edge, row = spread(first, last)
    low, high = _columns_in_row(ends, edge, row)
    first = np.floor(low - _PAD).clip(1, frame.columns).astype(np.intp)
    last = np.floor(high + _PAD).clip(1, frame.columns).astype(np.intp)
    pair, column = spread(first, last)
    return edge[pair], row[pair] * (frame.columns + 2) + column


def _columns_in_row(ends: Floats, edge: Ints, row: Ints) -> tuple[Floats, Floats]:
    """From where to where each edge runs within a row, in columns."""
    ax, ay, bx, by = ends[edge].T
    rise = by - ay
    flat = np.abs(rise) < 1e-3  # too flat to divide by: take the whole edge
    slope = (bx - ax) / np.where(flat, 1.0, rise)
    bottom = np.clip(row - _PAD, np.minimum(ay, by), np.maximum(ay, by))
    top = np.clip(row + 1 + _PAD, np.minimum(ay, by), np.maximum(ay, by))
    at_bottom = np.where(flat, ax, ax + (bottom - ay) * slope)
    at_top = np.where(flat, bx, ax + (top - ay) * slope)
    return np.minimum(at_bottom, at_top), np.maximum(at_bottom, at_top)


def spread(first: Ints, last: Ints) -> tuple[Ints, Ints]:
    """Pairs (i, k) for every k from first[i] to last[i].

    >>> [a.tolist() for a in spread(np.array([5, 8]), np.array([6, 8]))]
    [[0, 0, 1], [5, 6, 8]]
    """
    count = last - first + 1
    index = np.repeat(np.arange(first.size), count)
    return index, np.arange(index.size) - np.repeat(np.cumsum(count) - count - first, count)


def cross(ends: Floats, points: Floats) -> Floats:
    """Twice the area of the triangle of an edge and a point, above 0 if the point is on the left.

    >>> cross(np.array([[0.0, 0.0, 2.0, 0.0]]), np.array([[1.0, 3.0]])).tolist()
    [6.0]
    """
    ax, ay, bx, by = ends.T
    px, py = points.T
    return np.asarray((bx - ax) * (py - ay) - (by - ay) * (px - ax), float)
