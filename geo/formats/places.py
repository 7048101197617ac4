"""Reads the points and areas that a person hands over for membership: GeoJSON or CSV, by our own strict reader.

GeoJSON is a FeatureCollection (or one Feature) of points and polygons in lon/lat; CSV has a header with `lon` and
`lat` and, if wanted, `name`. Nothing is guessed: what cannot be read is refused with the row and the remedy.
"""

from __future__ import annotations

import csv
import io
import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import GeometryError, QueryError

KINDS = ("Point", "Polygon", "MultiPolygon")


@dataclass(frozen=True)
class NamedPlace:
    """A named point or area in lon/lat."""

    name: str
    geometry: BaseGeometry


def read_places(path: Path) -> list[NamedPlace]:
    """The places of a .csv, .geojson or .json file in file order.

    QueryError for a file that is missing, not UTF-8 or of another kind; GeometryError names the row at fault.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise QueryError(f"No file {path}. Give the path of a CSV or GeoJSON file.", f"找不到文件 {path}。") from None
    except (UnicodeDecodeError, OSError) as error:
        raise QueryError(
            f"{path} cannot be read as UTF-8 text ({error}). Save it as UTF-8.",
            f"{path} 无法按 UTF-8 读取。请另存为 UTF-8。",
        ) from None
    if path.suffix.lower() == ".csv":
        return parse_csv(text)
    return parse_geojson(text)


def parse_csv(text: str) -> list[NamedPlace]:
    """The points of a CSV text with a header that names `lon` and `lat`; `name` is optional.

    >>> [place.name for place in parse_csv("name,lon,lat\\nA,116.05,28.70\\n")]
    ['A']
    """
    rows = csv.DictReader(io.StringIO(text))
    header = [column.strip().lower() for column in rows.fieldnames or []]
    if "lon" not in header or "lat" not in header:
        raise QueryError(
            f"The CSV needs the columns lon and lat; found: {', '.join(header) or 'none'}.",
            f"CSV 须有 lon、lat 两列；现有：{'、'.join(header) or '无'}。",
        )
    places = []
    for number, row in enumerate(rows, start=2):
        cells = {str(key).strip().lower(): value for key, value in row.items()}
        point = shapely.Point(_degrees(cells["lon"], number, 180), _degrees(cells["lat"], number, 90))
        places.append(NamedPlace(cells.get("name") or f"row {number}", point))
    return places


def parse_geojson(text: str) -> list[NamedPlace]:
    """The points and polygons of a GeoJSON text, named by `name`, `name_zh` or their number.

    >>> parse_geojson('{"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [1, 2]}}')
    [NamedPlace(name='feature 1', geometry=<POINT (1 2)>)]
    """
    try:
        data = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise QueryError(
            f"The file is not JSON: {error}. Expected GeoJSON, or CSV with the ending .csv.",
            "文件不是 JSON。应为 GeoJSON，或以 .csv 结尾的 CSV。",
        ) from None
    found = data.get("features") if isinstance(data, dict) and data.get("type") == "FeatureCollection" else [data]
    if not isinstance(found, list):
        raise QueryError("The FeatureCollection has no list of features.", "FeatureCollection 缺少 features 列表。")
    return [_place(feature, number) for number, feature in enumerate(found, start=1)]


def _place(feature: Any, number: int) -> NamedPlace:
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    if not isinstance(geometry, dict) or geometry.get("type") not in KINDS:
        _fault(number, f"has no {', '.join(KINDS)} geometry", f"没有点或面图形（{'、'.join(KINDS)}）")
    try:
        shape = shapely.geometry.shape(geometry)
    except (ValueError, TypeError, IndexError, KeyError, AttributeError, shapely.errors.ShapelyError):
        _fault(number, "has coordinates that make no geometry", "坐标不构成图形")
    if shape.is_empty or not shape.is_valid:
        _fault(number, f"is invalid: {shapely.is_valid_reason(shape)}", f"图形无效：{shapely.is_valid_reason(shape)}")
    west, south, east, north = shape.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        _fault(number, "is not in lon/lat degrees", "坐标不是经纬度")
    properties = feature.get("properties") or {}
    name = properties.get("name") or properties.get("name_zh") if isinstance(properties, dict) else None
    return NamedPlace(str(name or f"feature {number}"), shape)


def _fault(number: int, en: str, zh: str) -> NoReturn:
    raise GeometryError(f"Feature {number} {en}. Mend it and try again.", f"第 {number} 个要素{zh}。请改正后再试。")


def _degrees(cell: str | None, number: int, most: float) -> float:
    try:
        value = float(cell or "")
    except ValueError:
        value = math.nan
    if not abs(value) <= most:
        raise GeometryError(
            f"Row {number}: {cell!r} is no coordinate in degrees (at most {most:g}).",
            f"第 {number} 行：{cell!r} 不是以度为单位的坐标（绝对值至多 {most:g}）。",
        )
    return value


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")
