"""Projects under way in each year as two rows of bars: how many, and their investment; for the template to draw.

Across, everything is a share of the width (per cent); upwards it is pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo.timeline import Activity
from geo.units import format_number
from webapp.trendchart import Tick, value_axis

COUNTS = (22.0, 100.0)  # top and bottom of the upper bars, px
MONEY = (136.0, 214.0)
BAR = 0.64  # of the width of a year
_BILLION = {"zh": 1e4, "en": 1e5}  # how many 10,000 CNY the unit of the axis holds: 亿元, CNY billion
_EVERY = 5  # years that bear a number


@dataclass(frozen=True)
class Bar:
    """One year: its place across, and the tops of its bars (px); `possible` rows stand on top of the certain ones."""

    activity: Activity
    left: float
    width: float
    middle: float
    certain_top: float
    possible_top: float
    money_top: float
    is_labelled: bool

    @property
    def year(self) -> str:
        """The year."""
        return self.activity.moment

    @property
    def beside(self) -> tuple[str, str]:
        """The years beside it, whose numbers would touch its own."""
        return str(int(self.year) - 1), str(int(self.year) + 1)

    @property
    def bar(self) -> tuple[str, str]:
        """Where the bars of the year begin and how wide they are, per cent of the chart."""
        return f"{self.left + self.width * (1 - BAR) / 2:.3f}", f"{self.width * BAR:.3f}"


@dataclass(frozen=True)
class Chart:
    """The bars and the marks of both axes."""

    bars: tuple[Bar, ...]
    counts: tuple[Tick, ...]
    money: tuple[Tick, ...]


def chart_of(years: Sequence[Activity], lang: str) -> Chart:
    """The chart of an activity in each year; without any row under way the axes reach to one."""
    rows = value_axis(0, max((len(one.under_way) + len(one.possible) for one in years), default=0))
    money = value_axis(0, max((one.without_parts_1e4_cny for one in years), default=0) / _BILLION[lang])
    step = 100 / len(years)
    bars = []
    for number, one in enumerate(years):
        certain, most = len(one.under_way), len(one.under_way) + len(one.possible)
        bars.append(
            Bar(
                activity=one,
                left=round(number * step, 3),
                width=round(step, 3),
                middle=round((number + 0.5) * step, 3),
                certain_top=_down(certain, rows, COUNTS),
                possible_top=_down(most, rows, COUNTS),
                money_top=_down(one.without_parts_1e4_cny / _BILLION[lang], money, MONEY),
                is_labelled=int(one.moment) % _EVERY == 0,
            )
        )
    return Chart(tuple(bars), _ticks(rows, COUNTS, lang), _ticks(money, MONEY, lang))


def _down(value: float, axis: Sequence[float], room: tuple[float, float]) -> float:
    top, bottom = room
    return round(bottom - value / axis[-1] * (bottom - top), 2)


def _ticks(axis: Sequence[float], room: tuple[float, float], lang: str) -> tuple[Tick, ...]:
    """The lowest, the middle and the highest mark at most: bars of this height need no more."""
    shown = axis if len(axis) <= 3 else (axis[0], axis[-1])
    return tuple(Tick(_down(one, axis, room), format_number(one, 0 if one % 1 == 0 else 1, lang)) for one in shown)
