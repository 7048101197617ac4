"""Comparisons as people read them: figures with their units and bounds, and the small picture of the difference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from geo import units
from geo.output.ledger import figure_text
from geo.reconcile import Comparison
from geo.units import MEASURES
from webapp.language import reader_language

WIDTH, MIDDLE, HALF = 160.0, 80.0, 72.0  # of the picture, in its own units
REACH = 0.2  # of the stated value: how far the picture reaches to each side


def stated_text(row: Comparison) -> str:
    """The stated side: a plain figure as it is worded, a derived one in its unit."""
    plain = next((figure for figure in row.figures if figure.id == row.id), None)
    if plain is not None:
        return figure_text(plain, reader_language())
    return _plain(row.stated, row.unit)


def measured_text(row: Comparison) -> str:
    """The measured side with its bound, "" if there is none."""
    if row.measured is None:
        return ""
    bound = row.measured.bound
    if MEASURES[row.unit][0] == "area":
        return units.format_area(row.measured.value, row.unit, reader_language(), u_m2=bound or None)
    if not bound:
        return _plain(row.measured.value, row.unit)
    factor, lang = MEASURES[row.unit][1], reader_language()
    decimals = units.bound_decimals(bound / factor)
    value, margin = (units.format_number(each / factor, decimals, lang) for each in (row.measured.value, bound))
    return f"{value} ± {margin} {units.unit_name(row.unit, lang)}"


def difference_text(row: Comparison, words: Mapping[str, str]) -> str:
    """The difference in the unit of the figure and as a share of the stated value, signed; "" without one."""
    if row.difference is None or row.measured is None or row.ratio is None:
        return ""
    if not row.difference:
        return "0"
    lang, (measure, factor) = reader_language(), MEASURES[row.unit]
    if measure in ("area", "length"):
        off, bound = row.difference / factor, row.measured.bound / factor
        amount = units.format_number(off, units.bound_decimals(bound) if bound else _decimals(off), lang)
    else:
        amount = _plain(row.difference, row.unit)
    share = units.format_number(row.ratio * 100, 1, lang)
    sign = "+" if row.difference > 0 else ""
    return words["difference_value"].replace("{amount}", sign + amount).replace("{ratio}", f"{sign}{share}%")


def side_names(row: Comparison) -> tuple[str, str] | None:
    """What stands on each side in the reader's language; None for stated and computed."""
    at = 0 if reader_language() == "zh" else 1
    return None if row.sides is None else (row.sides[0][at], row.sides[1][at])


@dataclass(frozen=True)
class Picture:
    """Where the parts of the picture stand, in its own units; `beyond` is -1 or 1 if the measured value runs off."""

    at: float
    low: float
    high: float
    beyond: int


def picture(row: Comparison) -> Picture | None:
    """The picture of a comparison: stated in the middle, measured and its bound on a scale of 20 % to each side."""
    if row.measured is None or row.ratio is None:
        return None
    bound = row.measured.bound / row.stated

    def place(share: float) -> float:
        return round(MIDDLE + HALF * min(1.0, max(-1.0, share / REACH)), 1)

    beyond = 0 if abs(row.ratio) <= REACH else 1 if row.ratio > 0 else -1
    return Picture(place(row.ratio), place(row.ratio - bound), place(row.ratio + bound), beyond)


def _plain(base: float, unit: str) -> str:
    """A value of the base unit in `unit`, with no more decimals than its size deserves."""
    value = base / MEASURES[unit][1]
    return units.format_value(round(value, _decimals(value)), unit, reader_language())


def _decimals(value: float) -> int:
    """Decimals for a value without a bound: about three figures, none from 100 on."""
    return 0 if not value or abs(value) >= 100 else 1 if abs(value) >= 10 else 2
