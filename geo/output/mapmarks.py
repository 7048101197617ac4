"""Numbers on a small map: each near its place, none over another one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

RADIUS = 7.0
_AROUND = ((0, 0), (1, -1), (-1, -1), (1, 1), (-1, 1), (0, -1.4), (1.4, 0), (0, 1.4), (-1.4, 0))
_STEP = 13.0
_CORNER = 44.0  # what the scale bar and the arrow take, in units from their corners


@dataclass(frozen=True)
class Room:
    """A rectangle of the drawing that is taken, in units: x and y from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Room) -> bool:
        """Whether the two have more than an edge in common."""
        is_beside = self.right <= other.left or other.right <= self.left
        return not (is_beside or self.bottom <= other.top or other.bottom <= self.top)


@dataclass(frozen=True)
class Mark:
    """A number in a ring at a place of the drawing."""

    number: int
    x: float
    y: float


def place_marks(
    places: Sequence[tuple[int, tuple[float, float]]], taken: Sequence[Room], size: tuple[float, float]
) -> tuple[Mark, ...]:
    """A mark for each (number, place) that finds room: on its place, else a step beside it; the first come first.

    >>> place_marks([(1, (100.0, 100.0)), (2, (100.0, 100.0))], [], (300.0, 200.0))
    (Mark(number=1, x=100.0, y=100.0), Mark(number=2, x=100.0, y=81.8))
    """
    width, height = size
    rooms = [*taken, Room(0, height - _CORNER, width / 2.4, height), Room(width - _CORNER, 0, width, _CORNER)]
    marks = []
    for number, (x, y) in places:
        tried = [(x + step * dx, y + step * dy) for step in (_STEP, 1.6 * _STEP) for dx, dy in _AROUND]
        for at in tried:
            room = Room(at[0] - RADIUS, at[1] - RADIUS, at[0] + RADIUS, at[1] + RADIUS)
            is_seen = room.left >= 2 and room.top >= 2 and room.right <= width - 2 and room.bottom <= height - 2
            if is_seen and not any(room.meets(other) for other in rooms):
                rooms.append(room)
                marks.append(Mark(number, round(at[0], 1), round(at[1], 1)))
                break
    return tuple(marks)
