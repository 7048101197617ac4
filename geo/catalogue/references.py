"""What names a figure of the ledger instead of a value: stated areas, ring distances, residents, filled in.

A value is written out, or named by its figure: `stated_figure` of a feature, `figure` of a ring edge or a population.
One number then stands in one place of the folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from geo.catalogue.files import Reader
from geo.catalogue.ledger import Figure
from geo.catalogue.wording import shown

MOST_METRES = 100_000.0  # of a ring's distance, as in the schema
_EDGE = ("distance_m", "source", "place")
_POPULATION = ("persons", "year", "qualifier", "source", "place")

Figures = Mapping[str, Figure] | None  # None where the file that names the ledger could not be read
Row = dict[str, Any]
Spot = tuple[str, str]  # file, and the place in it
LEDGER = "facts/"


def fill_in_area(reader: Reader, file: str, where: str, properties: Row, figures: Figures) -> None:
    """Put the figure that `stated_figure` names in the place of the stated area of a feature."""
    name = properties.pop("stated_figure", None)
    if name is None:
        return
    if properties.get("stated_area") is not None:
        reader.fault(file, where, "area_twice")
        return
    figure = _named(reader, (file, where), name, figures, ("area", "km2, ha, mu, m2"))
    if figure is not None:
        facts = {"value": figure.value, "unit": figure.unit, "qualifier": figure.qualifier, "source": figure.source}
        properties["stated_area"] = {**facts, "place": figure.place, "figure": figure.id}


def filled_edge(reader: Reader, file: str, number: int, edge: Row, figures: Figures) -> Row | None:
    """A ring edge with its distance in metres, source and place; None after noting why it has none."""
    where = f"edges[{number}]"
    if "figure" not in edge:
        return _whole(reader, file, where, {"source": None, "place": None, **edge}, ("distance_m",))
    figure = _named(reader, (file, where), edge["figure"], figures, ("length", "m, km"))
    if figure is None or _is_double(reader, file, where, edge, _EDGE):
        return None
    if figure.base > MOST_METRES:
        reader.fault(
            file, where, "figure_unfit", figure=shown(figure.id), unit=figure.unit, expected="m, km (≤ 100 km)"
        )
        return None
    return {**edge, "distance_m": figure.base, "source": figure.source, "place": figure.place}


def filled_population(reader: Reader, file: str, number: int, row: Row, figures: Figures) -> Row | None:
    """A row of populations with persons, year, qualifier, source and place; None after noting why it has none."""
    where = f"populations[{number}]"
    if "figure" not in row:
        return _whole(reader, file, where, row, _POPULATION)
    figure = _named(reader, (file, where), row["figure"], figures, ("persons", "persons"))
    if figure is None or _is_double(reader, file, where, row, _POPULATION):
        return None
    if figure.year is None:
        reader.fault(file, where, "missing", key="year")
        return None
    facts = {"persons": int(figure.base), "year": figure.year, "qualifier": figure.qualifier}
    return {**row, **facts, "source": figure.source, "place": figure.place}


def _named(reader: Reader, spot: Spot, name: str, figures: Figures, wanted: tuple[str, str]) -> Figure | None:
    """The figure of that id if it is above zero and measures what is wanted, given as (measure, units).

    Nothing is said of a figure that may be missing because its table has a fault of its own.
    """
    if figures is None:
        return None
    figure = figures.get(name)
    if figure is None:
        if not any(fault.file.startswith(LEDGER) for fault in reader.faults):
            reader.fault(*spot, "no_such_figure", figure=shown(name))
    elif figure.measure != wanted[0] or figure.value <= 0:
        reader.fault(*spot, "figure_unfit", figure=shown(name), unit=figure.unit, expected=wanted[1])
    else:
        return figure
    return None


def _whole(reader: Reader, file: str, where: str, row: Row, keys: tuple[str, ...]) -> Row | None:
    missing = [key for key in keys if key not in row]
    for key in missing:
        reader.fault(file, where, "missing", key=key)
    return None if missing else row


def _is_double(reader: Reader, file: str, where: str, row: Row, keys: tuple[str, ...]) -> bool:
    double = [key for key in keys if key in row]
    if double:
        reader.fault(file, where, "figure_twice", keys=", ".join(double))
    return bool(double)
