"""GeoPackage 1.2: a table for each kind of shape of each layer, with headings, statements and the styles of the map."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from geo.errors import ChoiceError
from geo.output.exports.content import Content, Part
from geo.output.exports.fields import Field, cleaned, free_names
from geo.output.exports.formats import WORDS
from geo.output.exports.writers.gdal import Column, Layer, columns_of, multi_type, write_layer
from geo.output.exports.writers.qgis.styles import qml

_VERSION = {"VERSION": "1.2"}
_TABLES = Path(__file__).with_name("geopackage.sql")
# What the tables of the atlas itself are called and say.
_OWN = {
    "atlas_about": ("说明、来源与声明", "About: statements and sources"),
    "atlas_fields": ("字段表", "Field dictionary"),
    "layer_styles": ("QGIS 图式", "Styles for QGIS"),
}
_STYLE_NAME = "atlas"
_MOST_COLUMNS = 1900  # SQLite has 2,000, some of them not for us


@dataclass(frozen=True)
class _Written:
    """A part as it stands in the file."""

    part: Part
    columns: tuple[Column, ...]
    shape_column: str


def write(content: Content) -> bytes:
    """The file: areas and lines are always multi, rows known only in words make a table without shapes.

    A shifted datum gets a system of its own, which no software takes for WGS 84.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "atlas.gpkg"
        written = [_layer(path, content, part) for part in content.parts()]
        packed = path.with_stem("packed")
        with closing(sqlite3.connect(path, isolation_level=None)) as database:
            _describe(database, content, written)
            # A new file has no trace of what the clock said nor of how often this one was written.
            database.execute("VACUUM INTO ?", (str(packed),))
        return packed.read_bytes()


def _layer(path: Path, content: Content, part: Part) -> _Written:
    fields = part.table.fields
    if len(fields) > _MOST_COLUMNS:
        raise ChoiceError(
            f"A GeoPackage holds {_MOST_COLUMNS} columns, here are {len(fields)}. Take GeoParquet.",
            f"GeoPackage 最多 {_MOST_COLUMNS} 列，此处有 {len(fields)} 列。请改用 GeoParquet。",
            word="format",
            possible=("parquet", "geojson", "csv"),
        )
    columns = columns_of(fields, part.rows)
    row_id, shape_column = free_names(["fid", "geom"], [column.name for column in columns])
    shapes = None if part.kind == WORDS else tuple(row.geometry for row in part.rows)
    kind = multi_type(shapes or ())
    options = {"FID": row_id}
    if shapes is not None:
        options |= {"GEOMETRY_NAME": shape_column, "SPATIAL_INDEX": "YES"}
    layer = Layer(part.name, columns, shapes, content.target.srs, kind)
    if path.exists():
        write_layer(path, "GPKG", layer, options=options, append=True)
    else:
        write_layer(path, "GPKG", layer, options=options, dataset_options=_VERSION)
    return _Written(part, columns, shape_column)


def _describe(database: sqlite3.Connection, content: Content, written: Sequence[_Written]) -> None:
    """What GDAL does not write, and the date of the export in place of the clock."""
    database.execute("PRAGMA synchronous = OFF")
    database.executescript(_TABLES.read_text(encoding="utf-8"))
    database.execute("BEGIN")
    date = f"{content.text('exported', 'en')}T00:00:00.000Z"
    _titles(database, written)
    _headings(database, content, written)
    _statements(database, content, date)
    _dictionary(database, content)
    _styles(database, content, written, date)
    database.execute("UPDATE gpkg_contents SET last_change = ?", (date,))
    database.execute("COMMIT")


def _titles(database: sqlite3.Connection, written: Sequence[_Written]) -> None:
    """The titles of all tables in gpkg_contents; equal titles get a number, for an identifier stands once."""
    tables = {one.part.name: (one.part.title("zh"), one.part.title("en")) for one in written} | _OWN
    own = [(name, "attributes", name, 0) for name in _OWN]
    add = "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES (?, ?, ?, ?)"
    database.executemany(add, own)
    titles = free_names(f"{zh} / {en}" for zh, en in tables.values())
    change = "UPDATE gpkg_contents SET identifier = ?, description = ? WHERE table_name = ?"
    database.executemany(change, [(title, title, name) for name, title in zip(tables, titles, strict=True)])


def _headings(database: sqlite3.Connection, content: Content, written: Iterable[_Written]) -> None:
    """The extension `schema`; its names stand as headings in QGIS, in the language that was asked for."""
    for one in written:
        headings = free_names(column.field.title(content.wanted.lang) for column in one.columns)
        rows = [
            (one.part.name, column.name, heading, *_heading(column.field))
            for column, heading in zip(one.columns, headings, strict=True)
        ]
        database.executemany("INSERT INTO gpkg_data_columns VALUES (?, ?, ?, ?, ?, NULL, NULL)", rows)


def _heading(field: Field) -> tuple[str, str]:
    """The title of a column and its description, in both languages."""
    meanings = " / ".join(text for text in (field.meaning("zh"), field.meaning("en")) if text)
    unit = f"[{field.unit}]" if field.unit else ""
    description = " ".join(text for text in (unit, meanings) if text)
    return cleaned(f"{field.title_zh} / {field.title_en}"), cleaned(description)


def _statements(database: sqlite3.Connection, content: Content, date: str) -> None:
    rows = [(one.key, one.title_zh, one.title_en, one.text_zh, one.text_en) for one in content.statements]
    add = "INSERT INTO atlas_about (key, title_zh, title_en, text_zh, text_en) VALUES (?, ?, ?, ?, ?)"
    database.executemany(add, [tuple(map(cleaned, row)) for row in rows])
    said = cleaned("\n".join((*content.said("zh"), *content.said("en"))))
    head = "INSERT INTO gpkg_metadata VALUES (1, 'dataset', 'http://www.geopackage.org/spec120/', 'text/plain', ?)"
    database.execute(head, (said,))
    place = "INSERT INTO gpkg_metadata_reference VALUES ('geopackage', NULL, NULL, NULL, ?, 1, NULL)"
    database.execute(place, (date,))


def _dictionary(database: sqlite3.Connection, content: Content) -> None:
    """The field dictionary; a field of several tables stands once."""
    fields = {field.name: field for table in content.tables for field in table.fields}
    rows = [
        (one.name, one.short, one.kind, one.unit, one.title_zh, one.title_en, one.meaning_zh, one.meaning_en)
        for one in fields.values()
    ]
    columns = "name, short, kind, unit, title_zh, title_en, meaning_zh, meaning_en"
    add = f"INSERT INTO atlas_fields ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    database.executemany(add, [tuple(map(cleaned, row)) for row in rows])


def _styles(database: sqlite3.Connection, content: Content, written: Iterable[_Written], date: str) -> None:
    columns = (
        "f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML, styleSLD, "
        "useAsDefault, description, owner, update_time"
    )
    rows = [
        (
            one.part.name,
            one.shape_column,
            _STYLE_NAME,
            qml(content, one.part),
            cleaned(one.part.title(content.wanted.lang)),
            date,
        )
        for one in written
        if one.part.kind != WORDS
    ]
    add = f"INSERT INTO layer_styles ({columns}) VALUES ('', '', ?, ?, ?, ?, '', 1, ?, '', ?)"
    database.executemany(add, rows)
