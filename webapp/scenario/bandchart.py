"""How firm an answer is as bars of bands over metres from the shore, for the templates to draw as SVG.

Across, everything is a share of the width (per cent), so that a bar shrinks with its page while its text keeps its
size.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from geo.plan import MOST_DISTANCE_M
from geo.sensitivity import Band, Moved, Sensitivity
from geo.units import format_number

_SEEN = 4.0  # per cent: in a narrower band no numeral fits
_NEAR = 9.0  # per cent: labels nearer than this would touch
_MOST_TICKS = 5
_STEPS = (1.0, 2.0, 5.0, 10.0)
_ROUND_M = 1000.0


@dataclass(frozen=True)
class Piece:
    """A band of a bar: where it begins, how wide it is, and where its numeral or mark stands, if there is room."""

    value: str
    left: float
    width: float
    middle: float

    @property
    def has_room(self) -> bool:
        """Whether a numeral fits."""
        return self.width >= _SEEN


@dataclass(frozen=True)
class Label:
    """A distance written at its place: `anchor` keeps it within the chart and apart from its neighbour."""

    at: float
    text: str
    anchor: str


@dataclass(frozen=True)
class Bar:
    """One moved distance: bands of the home ring and of the verdict, the base, what is open on the ground, the axis.

    `runs_off` says that a step lies beyond the end of the axis, which then ends before the distance does.
    """

    moved: Moved
    low_m: float
    high_m: float
    homes: tuple[Piece, ...]
    verdicts: tuple[Piece, ...]
    base: Label
    steps: tuple[Label, ...]
    ticks: tuple[Label, ...]
    open_from: float
    open_width: float
    runs_off: bool


def bar_of(moved: Moved, found: Sensitivity, lang: str, *, reach_m: float | None = None) -> Bar:
    """The bar of one distance; `reach_m` is where its axis ends if the distance itself goes further."""
    high_m = min(moved.high_m, reach_m or moved.high_m)
    span = high_m - moved.low_m

    def across(at_m: float) -> float:
        return round(min(max((at_m - moved.low_m) / span, 0.0), 1.0) * 100, 2)

    def pieces(bands: Iterable[Band]) -> tuple[Piece, ...]:
        ends = [(band.value, across(band.from_m), across(band.to_m)) for band in bands]
        return tuple(_piece(value, left, right, across(moved.base_m)) for value, left, right in ends if right > left)

    starts = [band.from_m for band in moved.homes[1:] if band.from_m <= high_m]
    left, right = across(moved.base_m - found.bound_m), across(moved.base_m + found.bound_m)
    return Bar(
        moved=moved,
        low_m=moved.low_m,
        high_m=high_m,
        homes=pieces(moved.homes),
        verdicts=pieces(moved.verdicts),
        base=_label(across(moved.base_m), moved.base_m, lang),
        steps=_apart([_label(across(at_m), at_m, lang) for at_m in starts]),
        ticks=tuple(_label(across(at_m), at_m, lang) for at_m in axis_ticks(moved.low_m, high_m)),
        open_from=left,
        open_width=round(right - left, 2),
        runs_off=any(band.from_m > high_m for band in (*moved.homes, *moved.verdicts)),
    )


def reach_of(moved: Moved) -> float:
    """Where the axis of a distance ends among others: at its neighbour, the last one's at twice its base.

    >>> reach_of(Moved("ring_3", 3000.0, "assumed", 1500.0, 20_000.0, ())), reach_of(Moved("a", 5.0, "", 1.0, 9.0, ()))
    (6000.0, 9.0)
    """
    return moved.high_m if moved.high_m < MOST_DISTANCE_M else min(2 * moved.base_m, moved.high_m)


def whole_reach_of(moved: Moved) -> float:
    """As `reach_of`, but so far that every step lies within.

    >>> bands = (Band(1500.0, 7683.0, "ring_4"), Band(7683.0, 20_000.0, "ring_3"))
    >>> whole_reach_of(Moved("ring_3", 3000.0, "assumed", 1500.0, 20_000.0, bands))
    9000.0
    """
    last_m = max(band.from_m for band in (*moved.homes, *moved.verdicts))
    if last_m < reach_of(moved):
        return reach_of(moved)
    return min(moved.high_m, math.ceil(last_m * 1.1 / _ROUND_M) * _ROUND_M)


def axis_ticks(low_m: float, high_m: float) -> tuple[float, ...]:
    """Round distances between two others, both included where they are round: five at most.

    >>> axis_ticks(100, 1500), axis_ticks(1500, 6000)
    ((500.0, 1000.0, 1500.0), (2000.0, 3000.0, 4000.0, 5000.0, 6000.0))
    """
    power = 10.0 ** math.floor(math.log10((high_m - low_m) / _MOST_TICKS))
    for size in _STEPS:
        step = size * power
        first, last = math.ceil(low_m / step - 1e-9), math.floor(high_m / step + 1e-9)
        if last - first < _MOST_TICKS:
            break
    return tuple(round(number * step, 9) for number in range(first, last + 1))


def _piece(value: str, left: float, right: float, base: float) -> Piece:
    """A band whose numeral keeps clear of the line of the base: in the wider part, if that line cuts the band."""
    begin, end = left, right
    if left < base < right:
        begin, end = (left, base) if base - left > right - base else (base, right)
    return Piece(value, left, round(right - left, 2), round((begin + end) / 2, 2))


def _label(at: float, value_m: float, lang: str) -> Label:
    anchor = "start" if at < _NEAR else "end" if at > 100 - _NEAR else "middle"
    return Label(at, format_number(value_m, 0, lang), anchor)


def _apart(labels: list[Label]) -> tuple[Label, ...]:
    """Two labels that would touch stand to both sides of their places."""
    if len(labels) == 2 and labels[1].at - labels[0].at < _NEAR:
        first, second = labels
        return Label(first.at, first.text, "end"), Label(second.at, second.text, "start")
    return tuple(labels)
