"""Which corners make which ring: ring numbers of a boundary-point file, closing corners, the fewest that bound land."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from geo.errors import QueryError
from geo.formats.corners.facts import Position, Row, refuse

_FEWEST = 3
# J1 or 界1; not E116 or N28, where a label stands before whole degrees.
_NAME = re.compile(r"\s{0,9}((?![ENSWXYHZ]\d)[^\W\d_]{1,3}[-_]?\d{1,6})[\s,;:，；：]", re.IGNORECASE)


def ring_numbers(rows: Sequence[Row], columns: Sequence[Sequence[float]]) -> tuple[int, ...] | None:
    """The ring of each row by the columns of whole numbers before the coordinates; None if they cannot be read so.

    A column that is the same in all rows, or different in all (save that the last may repeat the first), names points.
    One that counts 1, 1, 1, 2, 2, 2 numbers rings. Two columns need one of that kind, or one of 1 alone.
    """
    if rows[0].ring is not None:
        return tuple(row.ring or 1 for row in rows) if not columns else None
    for column in columns:
        if _counts_rings(column):
            return tuple(int(number) for number in column)
    if not all(_names_points(column) for column in columns):
        return None
    if len(columns) > 1 and not any(set(column) == {1.0} for column in columns):
        return None
    return (1,) * len(rows)


def _names_points(column: Sequence[float]) -> bool:
    kept = column[:-1] if len(column) > 1 and column[0] == column[-1] else column
    return len(set(column)) == 1 or len(set(kept)) == len(kept)


def _counts_rings(column: Sequence[float]) -> bool:
    steps = {after - before for before, after in pairwise(column)}
    return column[0] == 1 and steps == {0.0, 1.0} and min(Counter(column).values()) >= _FEWEST


def make_rings(
    rows: Sequence[Row], numbers: Sequence[int], positions: Sequence[Position]
) -> tuple[tuple[Position, ...], ...]:
    """The rings without their closing corners. A single row is a point.

    QueryError for a ring of fewer than 3 corners, and for corners that go on after the outline has closed or where
    the names begin anew.
    """
    rings: dict[int, list[int]] = {}
    for at, number in enumerate(numbers):
        rings.setdefault(number, []).append(at)
    if len(rows) == 1:
        return ((positions[0],),)
    if len(rings) == 1:
        _check_names(rows)
    return tuple(_ring(rows, members, positions) for members in rings.values())


def _check_names(rows: Sequence[Row]) -> None:
    """QueryError if the names of the points begin anew: then a second outline does."""
    found = [match[1] if (match := _NAME.match(row.pasted)) else "" for row in rows]
    again = next((at for at, name in enumerate(found[1:-1], start=1) if name == found[0]), None)
    if found[0] and again is not None and len(set(found)) > 1:
        raise refuse(
            rows[again],
            f"has the name of the first point, {found[0]}, and more rows follow. Paste one outline at a time.",
            f"的点号与首点相同（{found[0]}），其后还有坐标。请一次粘贴一个地块的边线。",
        )


def _ring(rows: Sequence[Row], members: Sequence[int], positions: Sequence[Position]) -> tuple[Position, ...]:
    ring = [positions[at] for at in members]
    if len(ring) > 1 and ring[-1] == ring[0]:
        ring.pop()
    if len(set(ring)) < _FEWEST:
        raise QueryError(
            f"An area needs 3 corners; {len(set(ring))} different one(s) are found from row {rows[members[0]].number} "
            "on. Paste all corners, or one row alone for a point.",
            f"面至少需要 3 个拐点；自第 {rows[members[0]].number} 行起只有 {len(set(ring))} 个不同的拐点。"
            "请粘贴全部拐点；只要一个点时只留一行。",
        )
    for at, position in zip(members[_FEWEST:], ring[_FEWEST:], strict=False):
        if position == ring[0]:
            raise refuse(
                rows[at],
                "closes the outline, and more rows follow. Paste one outline at a time.",
                "已使边线闭合，其后还有坐标。请一次粘贴一个地块的边线。",
            )
    return tuple(ring)
