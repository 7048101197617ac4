"""What a writer is handed: tables of rows, their shapes in the system of the file, and what the file says of itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from shapely.geometry.base import BaseGeometry

from geo.catalogue import Layer, Scalar
from geo.output.exports.fields import Field, fields_of, free_names
from geo.output.exports.formats import AREA, KIND_WORDS, LINE, POINT, WORDS
from geo.output.exports.properties import OF_FILE
from geo.output.exports.target import Target
from geo.output.exports.wanted import Wanted
from geo.output.symbology import Look, look_of

PARCELS = "parcels"
OWN_TABLES = ("atlas_about", "atlas_fields", "layer_styles")  # of a GeoPackage of the atlas
_NOT_OURS = ("gpkg_", "sqlite_", "rtree_")  # how the tables of the format itself begin
_MIXED = "mixed"  # of Layer.geometry


@dataclass(frozen=True)
class Row:
    """A feature: its values by field name, and its shape in the system of the file (None if known only in words)."""

    id: str
    values: Mapping[str, Scalar]
    geometry: BaseGeometry | None

    @property
    def kind(self) -> str:
        """AREA, LINE, POINT or WORDS."""
        return kind_of(self.geometry)

    def name(self, lang: str) -> str:
        """The name in `lang`; that in the other language if it has none, "" if it has neither."""
        names = [str(self.values.get(f"name_{one}") or "") for one in ((lang, "en", "zh"))]
        return next((name for name in names if name), "")


@dataclass(frozen=True)
class Table:
    """Rows of one layer, or of an answer, with the same fields; `layer` is None where no layer of the plan is meant."""

    id: str
    title_zh: str
    title_en: str
    fields: tuple[Field, ...]
    rows: tuple[Row, ...]
    layer: Layer | None = None

    def title(self, lang: str) -> str:
        """The title in `lang`."""
        return self.title_zh if lang == "zh" else self.title_en


@dataclass(frozen=True)
class Part:
    """The rows of a table with one kind of shape, for formats whose tables hold one; `name` is unique in a file."""

    name: str
    kind: str  # AREA, LINE, POINT, WORDS
    table: Table
    rows: tuple[Row, ...]

    def title(self, lang: str) -> str:
        """The title of the table, with the kind where the layer has several."""
        zh, en = KIND_WORDS[self.kind]
        word = "" if self.name == self.table.id else (f"（{zh}）" if lang == "zh" else f" ({en})")
        return f"{self.table.title(lang)}{word}"


@dataclass(frozen=True)
class Statement:
    """Something that a file says of itself: `key` for programs, heading and text for people."""

    key: str
    title_zh: str
    title_en: str
    text_zh: str
    text_en: str

    def title(self, lang: str) -> str:
        """The heading in `lang`."""
        return self.title_zh if lang == "zh" else self.title_en

    def text(self, lang: str) -> str:
        """The text in `lang`."""
        return self.text_zh if lang == "zh" else self.text_en


@dataclass(frozen=True)
class Group:
    """A heading of the layer list with the layers under it, in draw order."""

    name_zh: str
    name_en: str
    layers: tuple[str, ...]


@dataclass(frozen=True)
class Content:
    """Everything that goes into a file.

    Tables stand in draw order, lowest first. `stem` names files inside a file. `classes` are the classes of land and
    sea use that rows carry, by code: name_zh, name_en, colour as #rrggbb. `extent` is that of the view (2013, 2025),
    `view` the whole of it for programs: extent, reading, rings in m, whether they make a scenario.
    """

    wanted: Wanted
    title_zh: str
    title_en: str
    stem: str
    tables: tuple[Table, ...]
    target: Target
    metric_crs: str
    statements: tuple[Statement, ...]
    extent: str
    groups: tuple[Group, ...] = ()
    classes: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)
    licence: str = ""
    view: Mapping[str, Any] = field(default_factory=dict)

    def title(self, lang: str) -> str:
        """The title in `lang`."""
        return self.title_zh if lang == "zh" else self.title_en

    def parts(self) -> tuple[Part, ...]:
        """The parts of all tables, whose names no other part has, nor a table that a GeoPackage needs for itself."""
        found = [part for table in self.tables for part in parts_of(table)]
        plain = [f"layer_{part.name}" if part.name.startswith(_NOT_OURS) else part.name for part in found]
        names = free_names(plain, OWN_TABLES)
        return tuple(replace(part, name=name) for part, name in zip(found, names, strict=True))

    def look(self, table: Table, row: Row) -> Look:
        """How the map draws a row of a table."""
        is_parcel = table.id == PARCELS  # as on the map, only parcels wear the national colours
        known = self.classes.get(str(row.values.get("land_use"))) if is_parcel else None
        values = {**row.values, "is_current": table.id == f"extent_{self.extent}"}
        return look_of(table.id, row.kind, values, known[2] if known else None)

    def said(self, lang: str) -> Iterator[str]:
        """What the file says of itself, a line each."""
        mark = "：" if lang == "zh" else ": "
        return (f"{one.title(lang)}{mark}{one.text(lang)}" for one in self.statements)

    def text(self, key: str, lang: str) -> str:
        """The text of one statement; "" if the file does not make it."""
        return next((one.text(lang) for one in self.statements if one.key == key), "")


def parts_of(table: Table) -> tuple[Part, ...]:
    """The parts of a table: areas, lines, points, rows known only in words.

    The rows of a layer of one kind keep its name; those of a mixed layer, and rows in words, get the kind behind it.
    """
    is_mixed = table.layer is not None and table.layer.geometry == _MIXED
    is_mixed |= len({row.kind for row in table.rows} - {WORDS}) > 1
    found = []
    for kind in (AREA, LINE, POINT, WORDS):
        rows = tuple(row for row in table.rows if row.kind == kind)
        if rows:
            name = f"{table.id}_{kind}" if is_mixed or kind == WORDS else table.id
            found.append(Part(name, kind, table, rows))
    return tuple(found)


def as_one(content: Content) -> Table:
    """All rows of all tables as one, with the fields of all and the layer in front, for formats that hold one table."""
    rows = [
        Row(row.id, {"layer": table.id, **row.values}, row.geometry) for table in content.tables for row in table.rows
    ]
    names = dict.fromkeys(name for row in rows for name in row.values)
    last = [name for name in OF_FILE if name in names]
    ordered = (*(name for name in names if name not in last), *last)
    fields = fields_of(ordered, [row.values for row in rows])
    return Table("all", content.title_zh, content.title_en, fields, tuple(rows))


def kind_of(geometry: BaseGeometry | None) -> str:
    """AREA, LINE or POINT, WORDS for None; a collection is none of the plan's and counts as an area.

    >>> import shapely
    >>> kind_of(shapely.Point(0, 0)), kind_of(shapely.box(0, 0, 1, 1)), kind_of(None)
    ('point', 'area', 'words')
    """
    if geometry is None:
        return WORDS
    if geometry.geom_type.endswith("LineString"):
        return LINE
    return POINT if geometry.geom_type.endswith("Point") else AREA
