"""XLSX: what the file says, a sheet for each table, and the field dictionary; for people who read and sort."""

from __future__ import annotations

from datetime import date

from geo.catalogue import Scalar
from geo.output.exports.content import Content, Row, Table
from geo.output.exports.fields import LARGEST_EXACT, NUMBER, TEXT, TRUTH, WHOLE, Field
from geo.output.exports.writers.geojson import DEGREE_DECIMALS, METRE_DECIMALS
from geo.output.exports.writers.pieces import point_of
from geo.output.sheets import Cell, Sheet, xlsx_bytes

_TRUTHS = {"zh": ("否", "是"), "en": ("no", "yes")}
_KINDS = {TEXT: ("文本", "text"), WHOLE: ("整数", "whole"), NUMBER: ("数", "number"), TRUTH: ("是或否", "yes or no")}
_PLACES = ("centre_lon", "lon")  # columns that say where a row is, in degrees of WGS 84


def write(content: Content) -> bytes:
    """The workbook. Codes are text, numbers numbers, truths words of the language; columns without a value left out.

    A table that does not say where its rows are gets two columns for a point on or inside each shape.
    """
    sheets = (_about(content), *(_sheet(content, table) for table in content.tables), _dictionary(content))
    return xlsx_bytes(sheets, made_on=date.fromisoformat(content.text("exported", "en")))


def _about(content: Content) -> Sheet:
    lang = content.wanted.lang
    rows = tuple((one.title(lang), one.text(lang)) for one in content.statements)
    return Sheet("说明" if lang == "zh" else "About", ("项目", "内容") if lang == "zh" else ("Item", "Text"), rows)


def _sheet(content: Content, table: Table) -> Sheet:
    lang = content.wanted.lang
    fields = _filled(table)
    places = _place_heads(content, table)
    head = (*(field.title(lang) for field in fields), *places)
    rows = []
    for row in table.rows:
        cells = [_cell(row.values.get(field.name), lang) for field in fields]
        rows.append((*cells, *(_place(content, row) if places else ())))
    return Sheet(table.title(lang), head, tuple(rows), has_filter=True)


def _filled(table: Table) -> list[Field]:
    """The columns that say something of at least one row."""
    return [one for one in table.fields if any(row.values.get(one.name) not in (None, "") for row in table.rows)]


def _place_heads(content: Content, table: Table) -> tuple[str, ...]:
    """The heads of the two columns of a point, none if there are such already or no row has a shape."""
    target = content.target
    names = {field.name for field in _filled(table)}
    if all(row.geometry is None for row in table.rows):
        return ()
    if target.is_geographic and not target.is_shifted and not names.isdisjoint(_PLACES):
        return ()
    if content.wanted.lang == "zh":
        words = ("经度（°）", "纬度（°）") if target.is_geographic else ("东坐标（m）", "北坐标（m）")
    else:
        words = ("longitude (°)", "latitude (°)") if target.is_geographic else ("easting (m)", "northing (m)")
    return tuple(f"{word} {target.tag}" for word in words)


def _place(content: Content, row: Row) -> tuple[Cell, Cell]:
    if row.geometry is None:
        return None, None
    decimals = DEGREE_DECIMALS if content.target.is_geographic else METRE_DECIMALS
    point = point_of(row.geometry)
    return round(point.x, decimals), round(point.y, decimals)


def _dictionary(content: Content) -> Sheet:
    """Every column of the workbook: its name in all formats, in Shapefiles, in both languages, and what it means."""
    is_zh = content.wanted.lang == "zh"
    found = {field.name: field for table in content.tables for field in _filled(table)}
    rows = tuple(_described(field, is_zh) for field in found.values())
    if is_zh:
        return Sheet("字段", ("字段名", "Shapefile 字段名", "类型", "单位", "中文", "英文", "含义", "英文含义"), rows)
    head = ("name", "name in Shapefiles", "kind", "unit", "Chinese", "English", "meaning in Chinese", "meaning")
    return Sheet("Fields", head, rows)


def _described(field: Field, is_zh: bool) -> tuple[Cell, ...]:
    kind = _KINDS[field.kind][0 if is_zh else 1]
    titles = (field.title_zh, field.title_en, field.meaning_zh, field.meaning_en)
    return (field.name, field.short, kind, field.unit, *titles)


def _cell(value: Scalar, lang: str) -> Cell:
    if isinstance(value, bool):
        return _TRUTHS[lang][value]
    is_too_large = isinstance(value, int) and abs(value) > LARGEST_EXACT  # a cell would round it
    return str(value) if is_too_large else value
