"""Zipped Shapefiles: one for each kind of shape of each layer, with a field dictionary and what had to be shortened.

Rows known only in words make a .dbf alone. GDAL writes shapes and systems; the tables are `dbf`'s.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from geo.errors import ChoiceError
from geo.output.exports.content import Content, Part
from geo.output.exports.fields import TEXT, cleaned
from geo.output.exports.formats import WORDS
from geo.output.exports.writers.dbf import cuts, dbf_bytes
from geo.output.exports.writers.gbk import plain_for_gbk
from geo.output.exports.writers.gdal import Column, Layer, columns_of, multi_type, write_layer
from geo.output.sheets import Sheet, csv_bytes

_GBK = "gbk"
_ZIPPED_ON = (1980, 1, 1, 0, 0, 0)  # no clock: the same rows make the same bytes
_SHAPE_FILES = ("shp", "shx", "prj")
_README_ZH = (
    "属性字段名限 10 字节，全称与含义见 fields.csv。",
    "属性表（.dbf）不能区分空值与空文本；超过 254 字节的文本在此截短，以 … 结尾，全文见 texts.csv（如有）。",
    "名称以 _words 结尾的只有 .dbf，没有图形：这些条目仅有文字。",
)
_README_EN = (
    "Names of fields have 10 bytes; fields.csv gives their full names and meanings.",
    "A .dbf knows no difference between no value and an empty text; a text of more than 254 bytes is shortened there "
    "and ends with …; texts.csv, if there is one, holds it whole.",
    "What ends in _words is a .dbf alone, without shapes: these rows are known only in words.",
)
_GBK_NOTE_ZH = "编码 GBK；GBK 没有的上标 ¹ ² ³ 写作 1 2 3（km² 作 km2），真减号与特殊空格写作 - 与空格。"
_GBK_NOTE_EN = (
    "Encoding GBK; the raised figures ¹ ² ³, which GBK lacks, are written 1 2 3 (km² as km2), the true minus and "
    "special spaces as - and a space."
)


@dataclass(frozen=True)
class _Table:
    """A part with its columns, the texts as its encoding can say them."""

    part: Part
    columns: tuple[Column, ...]


def write(content: Content) -> bytes:
    """The zip; file names inside are ASCII.

    ChoiceError for a text that the encoding cannot say: it names the character and the row.
    """
    encoding = content.wanted.option("encoding")
    parts = content.parts()
    tables = [_Table(part, _columns(part, encoding)) for part in parts]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in _files(content, tables, encoding):
            entry = zipfile.ZipInfo(name, _ZIPPED_ON)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, data)
    return file.getvalue()


def _files(content: Content, tables: Sequence[_Table], encoding: str) -> Iterator[tuple[str, bytes]]:
    """The files in order: what to read first, then the layers."""
    yield "README.txt", _readme(content, encoding)
    yield "fields.csv", _dictionary(tables)
    texts = _whole_texts(tables, encoding)
    if texts.rows:
        yield "texts.csv", csv_bytes(texts)
    day = date.fromisoformat(content.text("exported", "en"))
    for table in tables:
        name = table.part.name
        yield from ((f"{name}.{ext}", data) for ext, data in _shapes(content, table.part))
        yield f"{name}.dbf", dbf_bytes(table.columns, encoding, day)
        yield f"{name}.cpg", encoding.upper().encode("ascii")


def _shapes(content: Content, part: Part) -> Iterator[tuple[str, bytes]]:
    if part.kind == WORDS:
        return
    shapes = tuple(row.geometry for row in part.rows)
    kind = multi_type(shapes)
    # Shapefiles know no multi areas or lines: each holds any number of parts.
    kind = kind if kind.endswith("Point") else kind.removeprefix("Multi")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "atlas.shp"
        layer = Layer("atlas", (), shapes, content.target.srs, kind)
        write_layer(path, "ESRI Shapefile", layer, options={})
        yield from ((ext, path.with_suffix(f".{ext}").read_bytes()) for ext in _SHAPE_FILES)


def _columns(part: Part, encoding: str) -> tuple[Column, ...]:
    columns = columns_of(part.table.fields, part.rows)
    if encoding != _GBK:
        return columns
    return tuple(_in_gbk(column, part) if column.kind == TEXT else column for column in columns)


def _in_gbk(column: Column, part: Part) -> Column:
    values = []
    for row, value in zip(part.rows, column.values, strict=True):
        text = None if value is None else plain_for_gbk(str(value))
        try:
            (text or "").encode(_GBK)
        except UnicodeEncodeError as error:
            raise _beyond(error.object[error.start], f"{row.id}, {column.field.name}") from None
        values.append(text)
    return replace(column, values=tuple(values))


def _beyond(char: str, place: str) -> ChoiceError:
    shown = f"{char!r} (U+{ord(char):04X})"
    return ChoiceError(
        f"GBK has no character {shown}; it stands in {place}. Use encoding=utf-8.",
        f"GBK 中没有字符 {shown}，见 {place}。请使用 encoding=utf-8。",
        word="encoding",
        possible=("utf-8",),
    )


def _readme(content: Content, encoding: str) -> bytes:
    notes_zh, notes_en = ([_GBK_NOTE_ZH], [_GBK_NOTE_EN]) if encoding == _GBK else ([], [])
    in_chinese = [*content.said("zh"), *_README_ZH, *notes_zh]
    lines = [*in_chinese, "", *content.said("en"), *_README_EN, *notes_en, ""]
    return cleaned("\r\n".join(lines)).encode("utf-8-sig")


def _dictionary(tables: Sequence[_Table]) -> bytes:
    """The fields of every file: the short name of one file may mean something else in another."""
    head = ("file", "short", "name", "kind", "unit", "title_zh", "title_en", "meaning_zh", "meaning_en")
    rows = []
    for table in tables:
        for one in table.columns:
            field, name = one.field, f"{table.part.name}.dbf"
            said = (field.title_zh, field.title_en, field.meaning_zh, field.meaning_en)
            rows.append((name, field.short, cleaned(field.name), one.kind, field.unit, *map(cleaned, said)))
    return csv_bytes(Sheet("fields", head, tuple(rows)))


def _whole_texts(tables: Sequence[_Table], encoding: str) -> Sheet:
    """The texts that a .dbf has shortened, whole and as the data have them."""
    head = ("file", "record", "id", "short", "name", "text")
    rows = [
        (f"{table.part.name}.dbf", cut.row + 1, table.part.rows[cut.row].id, field.short, field.name, text)
        for table in tables
        for cut in cuts(table.columns, encoding)
        for field, text in [(cut.column.field, cleaned(str(table.part.rows[cut.row].values[cut.column.field.name])))]
    ]
    return Sheet("texts", head, tuple(rows))
