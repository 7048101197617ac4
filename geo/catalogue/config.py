"""What stands beside the layers: catalogue.json, rings.json and the table of land-use classes, as facts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from geo.catalogue.facts import (
    Group,
    LandUseClass,
    Layer,
    Population,
    RingEdge,
    RingInfo,
    RingReading,
    RingsConfig,
    Slot,
    Source,
)
from geo.catalogue.files import Reader
from geo.catalogue.references import Figures, filled_edge, filled_population
from geo.catalogue.schema import read_object
from geo.catalogue.tables import read_rows
from geo.catalogue.wording import shown

CATALOGUE = "catalogue.json"
RINGS = "rings.json"
LAND_USE = "standards/land_use.csv"
_COLUMNS = ["code", "parent", "name_zh", "name_en", "r", "g", "b", "green", "edition"]
_GREEN = ("counts", "part", "no")
_WATER_CODE = "17"  # inland water of the 2023 guide: lakes and rivers never count as green space
_CODE = re.compile(r"[0-9]{2}(?:[0-9]{2}){0,2}")


def read_catalogue(reader: Reader) -> dict[str, Any] | None:
    """The checked value of catalogue.json, or None if it cannot be read as a whole; its faults are noted."""
    value = read_object(reader, CATALOGUE, "catalogue")
    for source, count in Counter(row["id"] for row in value["sources"]).items() if value else ():
        if count > 1:
            reader.fault(CATALOGUE, "sources", "twice", key=source)
    return value


def read_rings(reader: Reader, figures: Figures) -> RingsConfig | None:
    """The ring plan of rings.json, or None after noting its faults: edges must grow, assumed ones need a reason.

    A stated distance is written out with source and place, or named by its figure of the ledger.
    """
    value = read_object(reader, RINGS, "rings")
    if value is None:
        return None
    edges = [filled_edge(reader, RINGS, number, edge, figures) for number, edge in enumerate(value["edges"], 1)]
    if None in edges:
        return None
    config = RingsConfig(
        lake=value["lake"],
        edges=tuple(RingEdge(**edge) for edge in edges if edge is not None),
        rings=tuple(RingInfo(**ring) for ring in value["rings"]),
        default_reading=value["default_reading"],
        default_extent=value["default_extent"],
        readings=tuple(RingReading(**reading) for reading in value["readings"]),
    )
    _check_edges(reader, config.edges)
    return config


def layers_of(value: dict[str, Any]) -> tuple[Layer, ...]:
    """The layers of a checked catalogue value, still without features, in draw order."""
    return tuple(Layer(**layer, features=()) for layer in value["layers"])


def sources_of(value: dict[str, Any]) -> dict[str, Source]:
    """The sources of a checked catalogue value by id; of two with one id the first is kept."""
    found = [Source(**{"note_zh": "", "note_en": "", **source}) for source in value["sources"]]
    kept: dict[str, Source] = {}
    for source in found:
        kept.setdefault(source.id, source)
    return kept


def groups_of(value: dict[str, Any]) -> tuple[Group, ...]:
    """The groups of a checked catalogue value."""
    return tuple(Group(**group) for group in value["groups"])


def populations_of(reader: Reader, value: dict[str, Any], figures: Figures) -> tuple[Population, ...]:
    """The stated populations of a checked catalogue value, written out or named by their figures of the ledger."""
    rows = enumerate(value["populations"], 1)
    filled = (filled_population(reader, CATALOGUE, number, row, figures) for number, row in rows)
    return tuple(Population(**row) for row in filled if row is not None)


def slots_of(value: dict[str, Any]) -> tuple[Slot, ...]:
    """The empty slots of a checked catalogue value."""
    return tuple(Slot(**slot) for slot in value["slots"])


def read_land_use(reader: Reader) -> tuple[LandUseClass, ...]:
    """The classes of the land-use table in file order; rows with faults are left out, with the faults noted."""
    classes = [_land_use_class(reader, where, cells) for where, cells in read_rows(reader, LAND_USE, _COLUMNS)]
    return _check_classes(reader, [item for item in classes if item is not None])


def _check_edges(reader: Reader, edges: Iterable[RingEdge]) -> None:
    last: float = 0
    written: dict[str, float] = {}  # a ring line is named by its distance, with six digits
    for number, edge in enumerate(edges, 1):
        where = f"edges[{number}]"
        if edge.distance_m <= last:
            reader.fault(RINGS, where, "edge_order", distance=edge.distance_m, last=last)
        last = max(last, edge.distance_m)
        digits = f"{edge.distance_m:g}"
        if written.setdefault(digits, edge.distance_m) != edge.distance_m:
            reader.fault(RINGS, where, "edge_same", distance=edge.distance_m, other=written[digits], digits=digits)
        if edge.basis == "assumed" and not (edge.reason_en.strip() and edge.reason_zh.strip()):
            reader.fault(RINGS, where, "edge_reason")
        if edge.basis == "stated" and not (edge.source and edge.place):
            reader.fault(RINGS, where, "edge_source")


def _land_use_class(reader: Reader, where: str, cells: dict[str, str]) -> LandUseClass | None:
    wrong = [
        name
        for name, good in (
            ("code", _CODE.fullmatch(cells["code"])),
            ("name_zh", cells["name_zh"]),
            ("name_en", cells["name_en"]),
            *((colour, _is_byte(cells[colour])) for colour in "rgb"),
            ("green", cells["green"] in _GREEN),
        )
        if not good
    ]
    for name in wrong:
        reader.fault(LAND_USE, where, "table_value", column=name, value=shown(cells[name]))
    if wrong:
        return None
    red, green, blue = (int(cells[colour]) for colour in "rgb")
    return LandUseClass(
        code=cells["code"],
        parent=cells["parent"],
        name_zh=cells["name_zh"],
        name_en=cells["name_en"],
        rgb=(red, green, blue),
        green=cells["green"],
        edition=cells["edition"],
    )


def _is_byte(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 3 and int(text) <= 255


def _check_classes(reader: Reader, classes: list[LandUseClass]) -> tuple[LandUseClass, ...]:
    codes = [item.code for item in classes]
    for number, item in enumerate(classes):
        if item.code in codes[:number]:
            reader.fault(LAND_USE, f"code {item.code}", "twice", key=item.code)
        is_above = item.parent in codes and item.parent != item.code and item.code.startswith(item.parent)
        if item.parent and not is_above:
            reader.fault(LAND_USE, f"code {item.code}", "table_parent", parent=shown(item.parent))
        if item.green == "counts" and item.code.startswith(_WATER_CODE):
            reader.fault(LAND_USE, f"code {item.code}", "table_green_water", code=item.code)
    return tuple(classes)
