"""The picture of an indicator: where its points, lines and labels stand, for the template to draw as SVG.

Across, everything is a share of the width (per cent), so that a chart shrinks with its page while its text keeps its
size; upwards it is pixels. All charts have the same years; each begins at zero.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from geo.catalogue import Figure
from geo.output.ledger import figure_text, qualified
from geo.trends import Trend
from geo.units import M2_PER_MU, MEASURES, decimals_of, format_exact, format_number
from webapp.trendlabels import Label, Spot, Stroke, aside, place_labels

TOP, BOTTOM, LOW_BOTTOM = 34.0, 184.0, 114.0  # of the plot within the chart, px; a single point needs less height
_ROOM = {"more_than": {"above": 14.0}, "nearly": {"below": 14.0}}  # of the arrow of a bound, px
_YEARS_ROOM = 24.0  # below the plot, px
SHAPES = ("circle", "square", "triangle", "diamond", "wedge", "hexagon")  # one for each line of an indicator
_STEPS = (1.0, 2.0, 5.0, 10.0)
_MOST_STEPS = 4
_YEAR_STEPS = (5, 10, 20, 50)
_MOST_YEARS = 5
# What the axis of a measure counts in: from how many base units on, how many of them it holds, its name.
_AXIS_UNITS: dict[str, dict[str, tuple[tuple[float, float, str], ...]]] = {
    "zh": {
        "area": ((1e5, 1e6, "平方公里"), (0, 1.0, "平方米")),
        "length": ((1e3, 1e3, "公里"), (0, 1.0, "米")),
        "persons": ((1e5, 1e4, "万人"), (0, 1.0, "人")),
        "count": ((0, 1.0, "数量"),),
        "ratio": ((0, 0.01, "%"),),
        "area_per_person": ((0, 1.0, "平方米/人"),),
        "cny": ((1e8, 1e8, "亿元"), (0, 1e4, "万元")),
        "usd": ((1e8, 1e8, "亿美元"), (0, 1e4, "万美元")),
        "cny_per_area": ((0, 1e4 / M2_PER_MU, "万元/亩"),),
    },
    "en": {
        "area": ((1e5, 1e6, "km²"), (0, 1.0, "m²")),
        "length": ((1e3, 1e3, "km"), (0, 1.0, "m")),
        "persons": ((0, 1.0, "people"),),
        "count": ((0, 1.0, "number"),),
        "ratio": ((0, 0.01, "%"),),
        "area_per_person": ((0, 1.0, "m² per person"),),
        "cny": ((1e9, 1e9, "CNY billion"), (0, 1e6, "CNY million")),
        "usd": ((1e9, 1e9, "USD billion"), (0, 1e6, "USD million")),
        "cny_per_area": ((0, 1e4 / M2_PER_MU, "10,000 CNY per mu"),),
    },
}


@dataclass(frozen=True)
class Tick:
    """A mark of an axis: its text, and where it stands (per cent across, or px down)."""

    at: float
    text: str


@dataclass(frozen=True)
class Mark:
    """A point: x in per cent and px beside that (where marks would hide each other), y in px, shape and value."""

    figure: Figure
    x: float
    aside: float
    y: float
    shape: str
    label: Label | None


@dataclass(frozen=True)
class Chart:
    """What is drawn of an indicator."""

    unit: str
    years: tuple[Tick, ...]
    values: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    strokes: tuple[Stroke, ...]
    zero: float
    bottom: float
    height: float


def year_axis(trends: Sequence[Trend]) -> tuple[int, int, int]:
    """First year, last year and step of the axis that all charts share: a step of room on either side.

    The present century's first decades where there is no point at all.
    """
    years = [figure.year for trend in trends for figure in trend.points if figure.year is not None] or [2010, 2020]
    low, high = min(years), max(years)
    for step in _YEAR_STEPS:
        first, last = (low - 1) // step * step, -(-(high + 1) // step) * step
        if (last - first) // step <= _MOST_YEARS:
            break
    return first, last, step


def value_axis(low: float, high: float) -> tuple[float, ...]:
    """The marks of an axis over these values, zero included: two to five steps of a round size.

    >>> value_axis(34.85, 114.0), value_axis(-3.0, 8.0), value_axis(0.0, 0.0)
    ((0.0, 50.0, 100.0, 150.0), (-5.0, 0.0, 5.0, 10.0), (0.0, 1.0))
    """
    low, high = min(low, 0.0), max(high, 0.0)
    span = high - low
    if not span:
        return (0.0, 1.0)
    power = 10.0 ** math.floor(math.log10(span / _MOST_STEPS))
    for size in _STEPS:
        step = size * power
        first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
        if last - first <= _MOST_STEPS:
            break
    return tuple(round(number * step, 9) for number in range(first, last + 1))


def chart_of(trend: Trend, axis: tuple[int, int, int], lang: str) -> Chart | None:
    """The chart of an indicator over the shared years (see `year_axis`) in one language; None without a point."""
    if not trend.points:
        return None
    factor, unit = axis_unit(trend.points, lang)
    ticks = value_axis(*(bound(figure.base for figure in trend.points) / factor for bound in (min, max)))
    first, last, step = axis
    bottom = BOTTOM if len(trend.points) > 1 else LOW_BOTTOM

    def across(figure: Figure) -> float:
        return ((figure.year or first) - first) / (last - first) * 100

    def down(value: float) -> float:
        return bottom - (value - ticks[0]) / (ticks[-1] - ticks[0]) * (bottom - TOP)

    def spot(figure: Figure) -> tuple[float, float]:
        return round(across(figure), 3), round(down(figure.base / factor), 2)

    places = [spot(figure) for figure in trend.points]
    texts = (value_label(figure, factor, lang) for figure in trend.points)
    strokes = [(*spot(join.first), *spot(join.last)) for line in trend.lines for join in line.segments]
    rooms = (_ROOM.get(figure.qualifier, {}) for figure in trend.points)
    found = zip(places, aside(places), texts, rooms, strict=True)
    spots = [Spot(x, dx, y, text, **room) for (x, y), dx, text, room in found]
    decimals = max(decimals_of(tick) for tick in ticks)
    return Chart(
        unit=unit,
        years=tuple(Tick(round((y - first) / (last - first) * 100, 3), str(y)) for y in range(first, last + 1, step)),
        values=tuple(Tick(round(down(tick), 2), format_number(tick, decimals, lang)) for tick in ticks),
        marks=tuple(_marks(trend, places, place_labels(spots, strokes, bottom))),
        strokes=tuple(strokes),
        zero=round(down(0.0), 2),
        bottom=bottom,
        height=bottom + _YEARS_ROOM,
    )


def axis_unit(points: Sequence[Figure], lang: str) -> tuple[float, str]:
    """How many base units one unit of the axis holds, and its name: that in which people read values so large."""
    largest = max(abs(figure.base) for figure in points)
    steps = _AXIS_UNITS[lang][points[0].measure]
    return next(((factor, name) for least, factor, name in steps if largest >= least), steps[-1][1:])


def _shaped(trend: Trend) -> Iterator[tuple[Figure, str]]:
    for number, line in enumerate(trend.lines):
        yield from ((figure, SHAPES[number % len(SHAPES)]) for figure in line.points)


def value_label(figure: Figure, factor: float, lang: str) -> str:
    """The value beside a point: in the unit of the axis where that is a shift of the decimal point, else as stated."""
    shift = math.log10(MEASURES[figure.unit][1] / factor)
    if abs(shift - round(shift)) > 1e-9:
        return figure_text(figure, lang)
    exact = Decimal(str(figure.value)).scaleb(round(shift))
    text = format_exact(exact, lang) + ("%" if figure.measure == "ratio" else "")
    return qualified(text, figure.qualifier, lang)


def _marks(trend: Trend, places: Sequence[tuple[float, float]], labels: Sequence[Label | None]) -> Iterator[Mark]:
    moved = aside(places)
    for (figure, shape), (x, y), dx, label in zip(_shaped(trend), places, moved, labels, strict=True):
        yield Mark(figure, x, dx, y, shape, label)
