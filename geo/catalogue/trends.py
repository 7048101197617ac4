"""Indicators over the years: which figures of the ledger stand in one line, and why others stand beside it.

The file holds no number. A line names metrics, and the subjects or features that its figures speak of; the points are
the figures that agree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geo.catalogue.figures import THEMES
from geo.catalogue.files import Reader
from geo.catalogue.ledger import Figure, Metric
from geo.catalogue.references import LEDGER
from geo.catalogue.schema import check_form
from geo.catalogue.wording import shown


@dataclass(frozen=True)
class IndicatorLine:
    """The figures that are counted in one way: of these metrics, and of these subjects and features if any are named.

    A subject is the Chinese or the English half of a figure's subject, or the whole cell.
    """

    name_zh: str
    name_en: str
    metrics: tuple[str, ...]
    subjects: tuple[str, ...] = ()
    features: tuple[str, ...] = ()

    def takes(self, figure: Figure) -> bool:
        """Whether a figure stands in this line; figures of project rows never do.

        >>> figure = Figure("x", "S0", "p", "高新区 / Zone", None, "gdp", 1, "1e8_cny", "", 2013, "")
        >>> [IndicatorLine("", "", ("gdp",), (name,)).takes(figure) for name in ("Zone", "高新区", "City")]
        [True, True, False]
        """
        return (
            figure.project is None
            and figure.metric in self.metrics
            and (not self.subjects or not _names(figure).isdisjoint(self.subjects))
            and (not self.features or figure.feature in self.features)
        )


@dataclass(frozen=True)
class Indicator:
    """What is followed over the years: its lines, and why they are not one line ("" if there is but one)."""

    id: str
    theme: str
    name_zh: str
    name_en: str
    why_zh: str
    why_en: str
    lines: tuple[IndicatorLine, ...]


def read_trends(
    reader: Reader, file: str, metrics: Mapping[str, Metric], figures: Sequence[Figure]
) -> tuple[Indicator, ...]:
    """The indicators of a file in its order; those with a fault are left out, with the faults noted.

    What the ledger may lack because of a fault of its own is not told a second time.
    """
    value = reader.json(file)
    broken = None if value is None else check_form(reader, file, "trends", value)
    if value is None or broken is None:
        return ()
    found: dict[str, Indicator] = {}
    is_ledger_sound = not any(fault.file.startswith(LEDGER) for fault in reader.faults)
    for number, row in enumerate(value["indicators"]):
        if ("indicators", number) in broken:
            continue
        indicator = _indicator(row)
        spot = (file, f"indicators[{number + 1}]")
        if indicator.id in found:
            reader.fault(*spot, "twice", key=shown(indicator.id))
            continue
        found[indicator.id] = indicator
        _check_own(reader, spot, indicator)
        if is_ledger_sound:
            _check_ledger(reader, spot, indicator, metrics, figures)
    return tuple(found.values())


def _indicator(row: Mapping[str, Any]) -> Indicator:
    lists = ("metrics", "subjects", "features")
    lines = tuple(
        IndicatorLine(line["name_zh"], line["name_en"], *(tuple(line.get(name, ())) for name in lists))
        for line in row["lines"]
    )
    return Indicator(**{"why_zh": "", "why_en": "", **row, "lines": lines})


def _check_own(reader: Reader, spot: tuple[str, str], indicator: Indicator) -> None:
    if indicator.theme not in THEMES:
        file, where = spot
        reader.fault(file, f"{where}.theme", "not_a_choice", value=shown(indicator.theme), choices=", ".join(THEMES))
    if len(indicator.lines) > 1 and not (indicator.why_zh.strip() and indicator.why_en.strip()):
        reader.fault(*spot, "trend_why", lines=len(indicator.lines))


def _check_ledger(
    reader: Reader,
    spot: tuple[str, str],
    indicator: Indicator,
    metrics: Mapping[str, Metric],
    figures: Sequence[Figure],
) -> None:
    file, where = spot
    subjects = {name for figure in figures for name in _names(figure)}
    features = {figure.feature for figure in figures}
    for number, line in enumerate(indicator.lines, 1):
        place = f"{where}.lines[{number}]"
        for metric in line.metrics:
            if metric not in metrics:
                reader.fault(file, place, "unknown_metric", metric=shown(metric))
        nothing = [*(name for name in line.subjects if name not in subjects)]
        nothing += [name for name in line.features if name not in features]
        for name in nothing:
            reader.fault(file, place, "trend_of_nothing", told=shown(name))
    taken = [figure for line in indicator.lines for figure in figures if line.takes(figure)]
    for name, count in Counter(figure.id for figure in taken).items():
        if count > 1:
            reader.fault(file, where, "trend_shared", figure=shown(name))
    measures = dict.fromkeys(figure.measure for figure in taken)
    if len(measures) > 1:
        reader.fault(file, where, "trend_measures", measures=", ".join(measures))


def _names(figure: Figure) -> set[str]:
    """The ways to name the subject of a figure: the whole cell, and each of its two languages."""
    return {figure.subject, *figure.subject.split(" / ")}
