"""The tables of stated figures and of what they measure, read strictly: every fault with its line and its remedy."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from geo.catalogue.files import Reader
from geo.catalogue.ledger import PROJECT_METRICS, Figure, Metric
from geo.catalogue.tables import read_rows
from geo.catalogue.wording import shown
from geo.units import MEASURES

FIGURE_COLUMNS = (
    *("id", "source", "place", "subject", "feature", "metric", "value", "unit", "qualifier", "year", "note"),
)
METRIC_COLUMNS = ("metric", "theme", "name_zh", "name_en")
THEMES = (
    *("extent", "population", "ecology", "rings", "land", "housing", "infrastructure", "industries"),
    *("enterprises", "innovation", "investment", "transport"),
)
QUALIFIERS = ("", "about", "more_than", "nearly")
YEARS = (1900, 2100)
ID = re.compile(r"[a-z][a-z0-9_]{0,79}")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,6})?")


def read_metrics(reader: Reader, file: str) -> dict[str, Metric]:
    """The metrics of the folder by id, those of project rows included; faulty rows are left out."""
    found = {metric.id: metric for metric in PROJECT_METRICS}
    for where, cells in read_rows(reader, file, METRIC_COLUMNS):
        name = cells["metric"]
        if name in found:
            reader.fault(file, where, "twice", key=shown(name))
        elif not ID.fullmatch(name):
            reader.fault(file, where, "cell_form", column="metric", value=shown(name), **_SLUG)
        elif cells["theme"] not in THEMES:
            choices = ", ".join(THEMES)
            reader.fault(file, where, "cell_choice", column="theme", value=shown(cells["theme"]), choices=choices)
        elif not (cells["name_zh"].strip() and cells["name_en"].strip()):
            reader.fault(file, where, "cell_empty", column="name_zh, name_en")
        else:
            found[name] = Metric(name, cells["theme"], cells["name_zh"], cells["name_en"])
    return found


def read_figures(reader: Reader, files: Sequence[str], metrics: Mapping[str, Metric]) -> tuple[Figure, ...]:
    """The figures of all tables in file order; ids stand once in the whole ledger, faulty rows are left out."""
    found: dict[str, Figure] = {}
    for file in files:
        for where, cells in read_rows(reader, file, FIGURE_COLUMNS):
            if cells["id"] in found:
                reader.fault(file, where, "twice", key=shown(cells["id"]))
            elif _is_sound(reader, file, where, cells, metrics):
                found[cells["id"]] = _figure(cells, f"{file}, {where}")
    return tuple(found.values())


def number_of(text: str) -> float | None:
    """A decimal number as the tables write it (point, no thousands mark, at most six decimals), None for else.

    >>> number_of("286"), number_of("66.11"), number_of("1,000"), number_of("nan")
    (286, 66.11, None, None)
    """
    if not _NUMBER.fullmatch(text):
        return None
    return float(text) if "." in text else int(text)


_SLUG = {
    "form_en": "a lower-case letter, then lower-case letters, digits or _",
    "form_zh": "小写字母开头，后接小写字母、数字或 _",
}
_PLAIN = {"form_en": "a number such as 286 or 66.11", "form_zh": "286 或 66.11 这样的数"}
_YEAR = {
    "form_en": f"a year from {YEARS[0]} to {YEARS[1]}, or nothing",
    "form_zh": f"{YEARS[0]} 至 {YEARS[1]} 的年份，或留空",
}


def _is_sound(reader: Reader, file: str, where: str, cells: Mapping[str, str], metrics: Mapping[str, Metric]) -> bool:
    before = len(reader.faults)
    for column, good, form in (
        ("id", ID.fullmatch(cells["id"]), _SLUG),
        ("value", number_of(cells["value"]) is not None, _PLAIN),
        ("year", is_year(cells["year"]), _YEAR),
    ):
        if not good:
            reader.fault(file, where, "cell_form", column=column, value=shown(cells[column]), **form)
    for column, choices in (("unit", tuple(MEASURES)), ("qualifier", QUALIFIERS)):
        if cells[column] not in choices:
            known = ", ".join(filter(None, choices))
            reader.fault(file, where, "cell_choice", column=column, value=shown(cells[column]), choices=known)
    if cells["metric"] not in metrics:
        reader.fault(file, where, "unknown_metric", metric=shown(cells["metric"]))
    for column in ("place", "subject"):
        if not cells[column].strip():
            reader.fault(file, where, "cell_empty", column=column)
    return len(reader.faults) == before


def is_year(text: str) -> bool:
    """Whether a cell holds a year that can be, or nothing.

    >>> is_year("2025"), is_year(""), is_year("25"), is_year("3025")
    (True, True, False, False)
    """
    return not text or (re.fullmatch(r"[0-9]{4}", text) is not None and YEARS[0] <= int(text) <= YEARS[1])


def _figure(cells: Mapping[str, str], row: str) -> Figure:
    value = number_of(cells["value"])
    assert value is not None, "a sound row has a number"
    return Figure(
        id=cells["id"],
        source=cells["source"],
        place=cells["place"],
        subject=cells["subject"],
        feature=cells["feature"] or None,
        metric=cells["metric"],
        value=value,
        unit=cells["unit"],
        qualifier=cells["qualifier"],
        year=int(cells["year"]) if cells["year"] else None,
        note=cells["note"],
        row=row,
    )
