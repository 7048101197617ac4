"""The grid under a `ZoneIndex`: which cells one zone covers whole, and which edges meet the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from geo.membership.zone_cells import Edges, Frame, cross, crossed_cells, edges_in_cells, fit_frame, rings, spread

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]
Bools = npt.NDArray[np.bool_]
Shapes = npt.NDArray[Any]

NOWHERE = -1  # in the table: no zone; smaller numbers are boundary cells, slot = BOUNDARY - number
BOUNDARY = -2

_SPECK = 1e-6  # in cells: rounding may turn the line of a shorter edge, so GEOS is asked there
_MAX_EDGES = 64  # of one zone in one cell; above this GEOS, which keeps a tree, is quicker
_FILL_AT_ONCE = 2**22
# Where a boundary cell may have its reference point: tried in turn until no edge points straight at it.
_REFERENCES = tuple(((0.5 + k * 0.7548776662466927) % 1.0, (0.5 + k * 0.5698402909980532) % 1.0) for k in range(8))


@dataclass(frozen=True)
class ZoneGrid:
    """The finished index. A slot is a boundary cell; an entry is one zone with edges in it, in order of zones."""

    frame: Frame
    edges: Edges
    table: npt.NDArray[np.int32]
    slot_owner: Ints  # the zone that covers the whole cell behind the entries, or -1
    slot_entries: Ints  # where the entries of each slot begin, and the end
    reference: Floats  # rows of (u, v)
    entry_zone: Ints
    entry_inside: Bools  # whether the reference point is in the zone
    entry_asks_geos: Bools
    entry_pairs: Ints  # where the pairs of each entry begin, and the end
    pair_edge: Ints
    pair_left: Bools  # whether the reference point is left of the edge


def build_grid(zones: Shapes) -> ZoneGrid | None:
    """The grid of an array of prepared, valid polygons; None if nothing in it has a size.

    >>> zones = np.array([shapely.box(0, 0, 2, 2)], dtype=object)
    >>> grid = build_grid(zones)
    >>> int(grid.table[grid.frame.to_table(*grid.frame.to_cells(np.array([1.0]), np.array([1.0])))][0])
    0
    """
    coordinates, ring, ring_zone = rings(zones)
    if not ring.size:
        return None
    frame = fit_frame(coordinates, ring, ring_zone)
    edges = edges_in_cells(frame, coordinates, ring, ring_zone)
    edge, cell = crossed_cells(frame, edges.ends)
    owner = _owners(frame, zones, edges.zone[edge], cell)
    keep = (owner[cell] == NOWHERE) | (edges.zone[edge] < owner[cell])
    edge, cell = edge[keep], cell[keep]
    order = np.lexsort((edge, edges.zone[edge], cell))
    return _assembled(frame, edges, zones, owner, (edge[order], cell[order]))


def _owners(frame: Frame, zones: Shapes, zone: Ints, cell: Ints) -> npt.NDArray[np.int32]:
    """For every cell of the table the first zone that covers it whole, or -1.

    Between two neighbouring boundary cells of a zone in a row, its other cells are all in or all out: one is asked.
    """
    size = (frame.columns + 2) * (frame.rows + 2)
    key = np.unique(zone * size + cell)
    zone, cell = np.divmod(key, size)
    gap = np.flatnonzero((key[1:] - key[:-1] > 1) & _same_row(frame, zone, cell))
    zone, start, stop = zone[gap], cell[gap] + 1, cell[gap + 1] - 1
    row, column = np.divmod(start, frame.columns + 2)
    x, y = frame.to_metres(column + 0.5, row + 0.5)
    inside = np.flatnonzero(shapely.intersects_xy(zones[zone], x, y))[::-1]  # later zones first, earlier ones win
    owner = np.full(size, NOWHERE, dtype=np.int32)
    for run in np.split(inside, _portions((stop - start + 1)[inside])):
        index, covered = spread(start[run], stop[run])
        owner[covered] = zone[run][index]
    return owner


def _same_row(frame: Frame, zone: Ints, cell: Ints) -> Bools:
    row = cell // (frame.columns + 2)
    same: Bools = (zone[1:] == zone[:-1]) & (row[1:] == row[:-1])
    return same


def _portions(sizes: Ints) -> Ints:
    """Where to split so that no portion is much larger than `_FILL_AT_ONCE`."""
    portion = np.cumsum(sizes) // _FILL_AT_ONCE
    return np.flatnonzero(portion[1:] != portion[:-1]) + 1


def _assembled(
    frame: Frame, edges: Edges, zones: Shapes, owner: npt.NDArray[np.int32], pairs: tuple[Ints, Ints]
) -> ZoneGrid:
    edge, cell = pairs
    zone = edges.zone[edge]
    entry_pairs = _starts(cell, zone)
    entry_cell, entry_zone = cell[entry_pairs[:-1]], zone[entry_pairs[:-1]]
    slot_entries = _starts(entry_cell)
    slot_cell = entry_cell[slot_entries[:-1]]
    entry_slot = np.repeat(np.arange(slot_cell.size), np.diff(slot_entries))
    pair_slot = np.repeat(entry_slot, np.diff(entry_pairs))
    table = owner.copy()
    table[slot_cell] = BOUNDARY - np.arange(slot_cell.size)
    reference, clear = _references(frame, edges, slot_cell, edge, pair_slot)
    x, y = frame.to_metres(*reference[entry_slot].T)
    return ZoneGrid(
        frame=frame,
        edges=edges,
        table=table,
        slot_owner=owner[slot_cell].astype(np.intp),
        slot_entries=slot_entries,
        reference=reference,
        entry_zone=entry_zone,
        entry_inside=np.asarray(shapely.intersects_xy(zones[entry_zone], x, y), bool),
        entry_asks_geos=~clear[entry_slot] | _awkward(frame, edges, edge, entry_pairs),
        entry_pairs=entry_pairs,
        pair_edge=edge,
        pair_left=cross(edges.ends[edge], reference[pair_slot]) > 0,
    )


def _awkward(frame: Frame, edges: Edges, edge: Ints, entry_pairs: Ints) -> Bools:
    """Entries with more edges than are worth counting, or with an edge too short to have a direction."""
    specks = np.bincount(
        np.repeat(np.arange(entry_pairs.size - 1), np.diff(entry_pairs)),
        weights=edges.margin[edge] < _SPECK * frame.tolerance,
        minlength=entry_pairs.size - 1,
    )
    return (np.diff(entry_pairs) > _MAX_EDGES) | (specks > 0)


def _references(frame: Frame, edges: Edges, slot_cell: Ints, edge: Ints, pair_slot: Ints) -> tuple[Floats, Bools]:
    """A point in each boundary cell that is on the line of none of its edges, and whether one was found."""
    row, column = np.divmod(slot_cell, frame.columns + 2)
    corner = np.column_stack((column, row)).astype(float)
    reference = corner + np.array(_REFERENCES[0])
    clear = np.ones(slot_cell.size, dtype=bool)
    for offset in (*_REFERENCES[1:], None):
        near = np.abs(cross(edges.ends[edge], reference[pair_slot])) <= 4.0 * edges.margin[edge]
        clear = np.bincount(pair_slot[near], minlength=slot_cell.size) == 0
        if offset is None or clear.all():
            break
        reference = np.where(clear[:, None], reference, corner + np.array(offset))
    return reference, clear


def _starts(*keys: Ints) -> Ints:
    """Where each run of equal keys begins, and the end."""
    change = np.ones(keys[0].size + 1, dtype=bool)
    change[1:-1] = False
    for key in keys:
        change[1:-1] |= key[1:] != key[:-1]
    return np.flatnonzero(change)
