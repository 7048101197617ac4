"""Where names stand: inside an area, along a line, beside a point, at the first of a few places that is free."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import shapely
from ezdxf.enums import TextEntityAlignment as Align
from shapely.geometry.base import BaseGeometry

from geo.output.exports.formats import LINE, POINT
from geo.output.exports.writers.pieces import pieces, point_of

_BESIDE = 0.5  # from a point to its name, in heights of the text
_STEPS = (0.0, 1.4, -1.4, 2.8, -2.8)  # up and down from the middle of an area, in heights of the text
_ALONG = (0.5, 0.35, 0.65, 0.2, 0.8)  # of a line
_MOST = 2_000  # names that are kept clear of each other: more take the first place, as each looks at all before it

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Place:
    """Where a text is put: its point, how it lies to that, its direction in degrees, and the box it fills."""

    x: float
    y: float
    align: Align
    box: Box
    rotation: float = 0.0


class Names:
    """Keeps the places of the names of a drawing, whose texts are `height` high."""

    def __init__(self, height: float) -> None:
        self._height = height
        self._taken: list[Box] = []

    def place(self, geometry: BaseGeometry, kind: str, width: float) -> Place:
        """The first free place for the name of a shape; if none is, the first of all."""
        return self._take(list(self._places(geometry, kind, width)))

    def place_above(self, x: float, y: float, width: float) -> Place:
        """The place right above a point."""
        low = y + _BESIDE * self._height
        return self._take([Place(x, low, Align.BOTTOM_CENTER, (x - width / 2, low, x + width / 2, low + self._height))])

    def _take(self, places: list[Place]) -> Place:
        is_few = len(self._taken) < _MOST
        free = (place for place in places if not any(_overlap(place.box, box) for box in self._taken))
        chosen = next(free, places[0]) if is_few else places[0]
        self._taken.append(chosen.box)
        return chosen

    def _places(self, geometry: BaseGeometry, kind: str, width: float) -> Iterator[Place]:
        if kind == LINE:
            yield from self._along(geometry, width)
            return
        at = point_of(geometry)
        if kind == POINT:
            yield from self._beside(at.x, at.y, width)
            return
        for step in _STEPS:
            y = at.y + step * self._height
            yield Place(at.x, y, Align.MIDDLE_CENTER, _around(at.x, y, width, self._height))

    def _beside(self, x: float, y: float, width: float) -> Iterator[Place]:
        gap, height = _BESIDE * self._height, self._height
        yield Place(x + gap, y + gap, Align.BOTTOM_LEFT, (x + gap, y + gap, x + gap + width, y + gap + height))
        yield Place(x + gap, y - gap, Align.TOP_LEFT, (x + gap, y - gap - height, x + gap + width, y - gap))
        yield Place(x - gap, y + gap, Align.BOTTOM_RIGHT, (x - gap - width, y + gap, x - gap, y + gap + height))
        yield Place(x - gap, y - gap, Align.TOP_RIGHT, (x - gap - width, y - gap - height, x - gap, y - gap))

    def _along(self, geometry: BaseGeometry, width: float) -> Iterator[Place]:
        line = max(pieces(geometry), key=lambda piece: piece.length)
        for share in _ALONG:
            at = line.interpolate(share, normalized=True)
            degrees = _direction(line, share * line.length)
            turn = math.radians(degrees)
            across = abs(width * math.cos(turn)) + abs(self._height * math.sin(turn))
            upright = abs(width * math.sin(turn)) + abs(self._height * math.cos(turn))
            yield Place(at.x, at.y, Align.MIDDLE_CENTER, _around(at.x, at.y, across, upright), degrees)


def _direction(line: shapely.LineString, along: float) -> float:
    """The direction of a line at a distance along it, in degrees, so that text along it stands upright."""
    step = line.length / 100
    before, after = line.interpolate(max(along - step, 0)), line.interpolate(along + step)
    degrees = math.degrees(math.atan2(after.y - before.y, after.x - before.x))
    return (degrees + 90) % 180 - 90


def _around(x: float, y: float, width: float, height: float) -> Box:
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
