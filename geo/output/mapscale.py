"""The figures around a small map: kilometre lines of the metric CRS and a scale bar of a round length."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

_MOST_LINES = 5  # across the width
_CLEAR = 16.0  # units from a corner within which no figure fits
_ROUND = (1, 2, 5)


@dataclass(frozen=True)
class GridLine:
    """A line of the grid: its figure in kilometres, whether it runs north, and its place in units."""

    figure: str
    runs_north: bool
    at: float
    has_figure: bool


@dataclass(frozen=True)
class ScaleBar:
    """A bar of a round length: metres on the ground, units in the drawing, and the length in its own unit."""

    length_m: float
    length: float

    @property
    def unit(self) -> str:
        """The unit that the length reads in: km from one kilometre on, else m."""
        return "km" if self.length_m >= 1000 else "m"

    @property
    def figure(self) -> str:
        """The length in that unit."""
        return f"{self.length_m / 1000 if self.unit == 'km' else self.length_m:g}"


def round_down(value: float) -> float:
    """The largest of 1, 2, 5, 10, 20, ... (or 0.5, 0.2, ...) that is at most `value`, which is above 0.

    >>> [round_down(value) for value in (7.0, 5.0, 49.0, 0.3)]
    [5.0, 5.0, 20.0, 0.2]
    """
    power = 10.0 ** math.floor(math.log10(value))
    return max(step * power for step in _ROUND if step * power <= value * (1 + 1e-9))


def round_up(value: float) -> float:
    """The smallest of 1, 2, 5, 10, 20, ... (or 0.5, 0.2, ...) that is at least `value`, which is above 0.

    >>> [round_up(value) for value in (7.0, 5.0, 49.0, 0.3)]
    [10.0, 5.0, 50.0, 0.5]
    """
    power = 10.0 ** math.floor(math.log10(value))
    return min(step * power for step in (*_ROUND, 10) if step * power >= value * (1 - 1e-9))


def scale_bar(metres: float, most: float) -> ScaleBar:
    """The bar of the largest round length that is at most `most` units long, at `metres` to the unit.

    >>> scale_bar(10.0, 130.0)
    ScaleBar(length_m=1000.0, length=100.0)
    """
    length_m = round_down(metres * most)
    return ScaleBar(length_m, round(length_m / metres, 2))


def grid_lines(corner: tuple[float, float], metres: float, size: tuple[float, float]) -> Iterator[GridLine]:
    """The lines of the grid in a drawing of `size` units whose north-west `corner` is given in metres.

    The step is a round length that gives at most five lines across; figures near a corner are left out.

    >>> [(line.figure, line.at) for line in grid_lines((403_500.0, 3_176_100.0), 10.0, (400.0, 300.0))]
    [('404', 50.0), ('405', 150.0), ('406', 250.0), ('407', 350.0), ('3176', 10.0), ('3175', 110.0), ('3174', 210.0)]
    """
    (west, north), (width, height) = corner, size
    step = round_up(width * metres / _MOST_LINES)
    for number in range(math.ceil(west / step), math.floor((west + width * metres) / step) + 1):
        at = round((number * step - west) / metres, 1)
        yield GridLine(_figure(number * step), True, at, _CLEAR * 2 < at < width - _CLEAR * 2)
    for number in range(math.floor(north / step), math.ceil((north - height * metres) / step) - 1, -1):
        at = round((north - number * step) / metres, 1)
        yield GridLine(_figure(number * step), False, at, _CLEAR * 2 < at < height - _CLEAR * 3)


def _figure(metres: float) -> str:
    return f"{metres / 1000:.10g}"
