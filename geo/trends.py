"""Indicators over the years: the figures of the ledger as lines of points, and which of them count alike.

Two points are joined only if they measure the same of the same thing in the same way. Nothing is averaged, filled in
or corrected: what cannot be joined says why.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from geo.catalogue import Figure, Indicator, IndicatorLine, StatedArea
from geo.plan import EXTENT_LAYERS, Plan

Words = tuple[str, str]  # Chinese, English

_EXACT = ("", "about")  # what growth can be worked out from; "more than" and "nearly" are bounds, no values
_STEPPED = ("area", "ratio")  # grounds are added in steps, shares change in points: a yearly rate would say nothing
_OTHER_METRIC = ("指标不同", "another metric")
_OTHER_THING = ("说的不是同一对象", "they speak of different things")
_OTHER_MEASURE = ("量的不是同一种量", "they measure different things")
_TWO_OF_A_YEAR = (
    "{} 年有两个不同的数，不取其一，也不取平均",
    "{} has two different figures; neither is chosen, no mean is taken",
)
_BOUND = (
    "“以上”“近”给的是界限，不是确数，算不出变化",
    'a figure worded "more than" or "nearly" is a bound, no value: no change can be worked out',
)
_FROM_NOTHING = ("起点为零，算不出年均增速", "it begins at zero: no yearly rate")


@dataclass(frozen=True)
class Join:
    """Two successive points of a line; `reason` says why they are not joined, None if they are.

    `extents_differ`: one speaks of the zone in one extent, the other in another.
    """

    first: Figure
    last: Figure
    reason: Words | None
    extents_differ: bool = False


@dataclass(frozen=True)
class Growth:
    """The change between two joined points: in the base unit, and as a mean ratio a year (0.05 is 5 %).

    `yearly` is None for areas, which change in steps, for shares, which change in points, and from zero; both are
    None where `reason` says why.
    `qualifier` is "about" if one of the points is. Amounts of money are as stated: no change of prices is taken out.
    """

    first: Figure
    last: Figure
    absolute: float | None
    yearly: float | None
    qualifier: str
    reason: Words | None
    extents_differ: bool


@dataclass(frozen=True)
class TrendLine:
    """One way of counting: its points by year, figures without a year, and what lies between the points."""

    line: IndicatorLine
    points: tuple[Figure, ...]
    undated: tuple[Figure, ...]
    joins: tuple[Join, ...]
    growths: tuple[Growth, ...]

    @property
    def segments(self) -> tuple[Join, ...]:
        """The joins that are drawn."""
        return tuple(join for join in self.joins if join.reason is None)


@dataclass(frozen=True)
class Trend:
    """An indicator with its lines."""

    indicator: Indicator
    lines: tuple[TrendLine, ...]

    @property
    def points(self) -> tuple[Figure, ...]:
        """The points of all lines."""
        return tuple(figure for line in self.lines for figure in line.points)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures of all lines, those without a year after the points of their line."""
        return tuple(figure for line in self.lines for figure in (*line.points, *line.undated))

    @property
    def measure(self) -> str | None:
        """What its figures measure, None if it has none."""
        return next((figure.measure for figure in self.figures), None)

    @property
    def extents_differ(self) -> bool:
        """Whether a drawn line leads from one extent of the zone to the other."""
        return any(join.extents_differ for line in self.lines for join in line.segments)


def trends(plan: Plan, theme: str | None = None) -> tuple[Trend, ...]:
    """Every indicator of the plan, or those of one theme; empty if the data folder lists none."""
    found = (one for one in plan.catalogue.trends if theme in (None, one.theme))
    return tuple(trend_of(indicator, plan.catalogue.figures) for indicator in found)


def trend_of(indicator: Indicator, figures: Sequence[Figure]) -> Trend:
    """An indicator over these figures.

    >>> line = IndicatorLine("", "", ("gdp",))
    >>> made = [Figure(str(y), "S0", "p", "s", None, "gdp", v, "1e8_cny", "", y, "") for y, v in ((2025, 4), (2023, 1))]
    >>> found = trend_of(Indicator("i", "industries", "", "", "", "", (line,)), made).lines[0]
    >>> [point.year for point in found.points], found.growths[0].absolute, found.growths[0].yearly
    ([2023, 2025], 300000000.0, 1.0)
    """
    return Trend(indicator, tuple(_line(line, figures) for line in indicator.lines))


def extents(plan: Plan) -> dict[str, StatedArea | None]:
    """The stated area of each extent of the zone by its name, None where no source states it."""
    found = {}
    for name, layer in EXTENT_LAYERS.items():
        stated = [one.feature.stated_area for one in plan.shapes.values() if one.feature.layer == layer]
        found[name] = next((area for area in stated if area), None)
    return found


def extent_of(figure: Figure) -> str | None:
    """The extent that a figure of the zone speaks of, None if it speaks of something else.

    >>> extent_of(Figure("x", "S0", "p", "s", "extent_2013:zone", "area", 231, "km2", "", 2013, ""))
    '2013'
    """
    layer = (figure.feature or "").partition(":")[0]
    return next((name for name, of_layer in EXTENT_LAYERS.items() if of_layer == layer), None)


def _line(line: IndicatorLine, figures: Sequence[Figure]) -> TrendLine:
    taken = [figure for figure in figures if line.takes(figure)]
    points = sorted((figure for figure in taken if figure.year is not None), key=_year)
    joins = tuple(_joins(points))
    undated = tuple(figure for figure in taken if figure.year is None)
    return TrendLine(line, tuple(points), undated, joins, tuple(_growths(joins)))


def _year(figure: Figure) -> int:
    assert figure.year is not None, "a point has a year"
    return figure.year


def _joins(points: Sequence[Figure]) -> Iterator[Join]:
    """What lies between the years: from each figure of one to each of the next, once where they agree."""
    years = [(year, list(group)) for year, group in groupby(points, _year)]
    for (year, before), (next_year, after) in pairwise(years):
        split = next((y for y, group in ((year, before), (next_year, after)) if len(_values(group)) > 1), None)
        first, last = before[-1], after[0]
        if split is None:
            reasons = (_why_not(one, other) for one in before for other in after)
            yield Join(first, last, next(filter(None, reasons), None), extent_of(first) != extent_of(last))
        else:
            yield Join(first, last, (_TWO_OF_A_YEAR[0].format(split), _TWO_OF_A_YEAR[1].format(split)))


def _values(group: Sequence[Figure]) -> set[tuple[float, str]]:
    return {(figure.base, figure.qualifier) for figure in group}


def _why_not(first: Figure, last: Figure) -> Words | None:
    """Why two figures do not count alike; None if they do."""
    if first.metric != last.metric:
        return _OTHER_METRIC
    if first.measure != last.measure:
        return _OTHER_MEASURE
    is_same_feature = first.feature is not None and first.feature == last.feature
    if is_same_feature or (first.subject == last.subject and _kind(first) == _kind(last)):
        return None
    return _OTHER_THING


def _kind(figure: Figure) -> str | None:
    """The feature of a figure; the extents of the zone are one kind, and the difference is said beside the line."""
    return "extent" if extent_of(figure) else figure.feature


def _growths(joins: Sequence[Join]) -> Iterator[Growth]:
    """The change along each segment; where a bound lies between two values, the change across it as well."""
    start: Join | None = None  # the segment at whose beginning the last value of an unbroken line stands
    for join in joins:
        if join.reason is not None:
            start = None
            continue
        yield _growth(join)
        if start is not None and _is_value(join.last):
            # A line leads across, so the two ends count alike.
            yield _growth(Join(start.first, join.last, None, extent_of(start.first) != extent_of(join.last)))
        if _is_value(join.last):
            start = None
        elif _is_value(join.first):
            start = join


def _is_value(figure: Figure) -> bool:
    return figure.qualifier in _EXACT


def _growth(join: Join) -> Growth:
    first, last = join.first, join.last
    if not (_is_value(first) and _is_value(last)):
        return Growth(first, last, None, None, "", _BOUND, join.extents_differ)
    qualifier = "about" if "about" in (first.qualifier, last.qualifier) else ""
    absolute = last.base - first.base
    if first.measure in _STEPPED:
        return Growth(first, last, absolute, None, qualifier, None, join.extents_differ)
    if first.base <= 0 or last.base < 0:
        return Growth(first, last, absolute, None, qualifier, _FROM_NOTHING, join.extents_differ)
    yearly = (last.base / first.base) ** (1 / (_year(last) - _year(first))) - 1
    return Growth(first, last, absolute, yearly, qualifier, None, join.extents_differ)
