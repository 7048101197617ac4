"""Reads the points and areas that a person hands over for membership: GeoJSON or CSV, by our own strict reader.

GeoJSON is a FeatureCollection, a Feature or a geometry of points and polygons in lon/lat; CSV has a header with `lon`
and `lat` and, if wanted, `name`. Nothing is guessed or mended: what cannot be read is refused with row and remedy.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import GeometryError, QueryError

DEPTHS = {"Point": 0, "Polygon": 2, "MultiPolygon": 3}  # how deep the lists of positions are nested
_NUMBER = re.compile(r"[+-]?\d{1,3}(\.\d{1,20})?", re.ASCII)
_LONLAT_CRS = re.compile(r".*(CRS84|EPSG::?(4326|4490))$")


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
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise QueryError(
            f"{path} is not UTF-8 text. Save it as UTF-8.", f"{path} 不是 UTF-8 文本。请另存为 UTF-8。"
        ) from None
    except OSError as error:
        raise QueryError(
            f"{path} cannot be read ({error.strerror}). Give the path of a CSV or GeoJSON file.",
            f"无法读取 {path}（{error.strerror}）。请给出 CSV 或 GeoJSON 文件的路径。",
        ) from None
    return parse_csv(text) if path.suffix.lower() == ".csv" else parse_geojson(text)


def parse_csv(text: str) -> list[NamedPlace]:
    """The points of a CSV text with a header that names `lon` and `lat`; `name` is optional.

    >>> [place.name for place in parse_csv("name,lon,lat\\nA,116.05,28.70\\n")]
    ['A']
    """
    try:
        rows = list(csv.reader(io.StringIO(text), strict=True))
    except csv.Error as error:
        raise QueryError(f"The CSV cannot be read: {error}.", f"CSV 无法读取：{error}。") from None
    header = [cell.strip().lower() for cell in rows[0]] if rows else []
    if any(header.count(column) != 1 for column in ("lon", "lat")):
        raise QueryError(
            f"The CSV needs the columns lon and lat, once each; found: {', '.join(header) or 'none'}.",
            f"CSV 须有 lon、lat 两列，各一次；现有：{'、'.join(header) or '无'}。",
        )
    return [_point(header, row, number) for number, row in enumerate(rows[1:], start=2) if row]


def parse_geojson(text: str) -> list[NamedPlace]:
    """The points and polygons of a GeoJSON text, named by `name`, `name_zh` or their number.

    >>> parse_geojson('{"type": "Point", "coordinates": [1, 2]}')
    [NamedPlace(name='feature 1', geometry=<POINT (1 2)>)]
    """
    try:
        data = json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_unique)
    except (ValueError, RecursionError) as error:
        raise QueryError(
            f"The file is not JSON that can be trusted: {error}. Expected GeoJSON, or CSV with the ending .csv.",
            "文件不是可靠的 JSON。应为 GeoJSON，或以 .csv 结尾的 CSV。",
        ) from None
    if not isinstance(data, dict):
        raise QueryError("The file holds no GeoJSON object.", "文件中没有 GeoJSON 对象。")
    _check_crs(data.get("crs"))
    found = data.get("features") if data.get("type") == "FeatureCollection" else [data]
    if not isinstance(found, list):
        raise QueryError("The FeatureCollection has no list of features.", "FeatureCollection 缺少 features 列表。")
    return [_place(feature, number) for number, feature in enumerate(found, start=1)]


def _point(header: list[str], row: list[str], number: int) -> NamedPlace:
    if len(row) != len(header):
        raise GeometryError(
            f"Row {number} has {len(row)} cells, the header {len(header)}. Mend the row and try again.",
            f"第 {number} 行有 {len(row)} 格，表头有 {len(header)} 格。请改正后再试。",
        )
    cells = dict(zip(header, row, strict=True))
    point = shapely.Point(_degrees(cells["lon"], number, 180), _degrees(cells["lat"], number, 90))
    return NamedPlace(cells.get("name") or f"row {number}", point)


def _place(feature: Any, number: int) -> NamedPlace:
    if not isinstance(feature, dict):
        _fault(number, "is no object", "不是对象")
    geometry = feature if feature.get("type") in DEPTHS else feature.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(geometry, dict) or kind not in DEPTHS:
        _fault(number, f"has no {', '.join(DEPTHS)} geometry", f"没有点或面图形（{'、'.join(DEPTHS)}）")
    _check_positions(geometry.get("coordinates"), DEPTHS[kind], number)
    try:
        shape = shapely.geometry.shape(geometry)
    except (ValueError, TypeError, IndexError, shapely.errors.ShapelyError):
        _fault(number, "has coordinates that make no geometry", "坐标不构成图形")
    if shape.is_empty or not shape.is_valid:
        _fault(number, f"is invalid: {shapely.is_valid_reason(shape)}", f"图形无效：{shapely.is_valid_reason(shape)}")
    properties = feature.get("properties")
    names = properties if isinstance(properties, dict) else {}
    return NamedPlace(str(names.get("name") or names.get("name_zh") or f"feature {number}"), shapely.force_2d(shape))


def _check_positions(coordinates: Any, depth: int, number: int) -> None:
    """GeometryError unless `coordinates` are positions in degrees, nested `depth` deep, in closed rings."""
    if not isinstance(coordinates, list) or not coordinates:
        _fault(number, "has coordinates that make no geometry", "坐标不构成图形")
    if depth:
        if depth == 1 and coordinates[0] != coordinates[-1]:
            _fault(number, "has a ring that is not closed", "有未闭合的环")
        for part in coordinates:
            _check_positions(part, depth - 1, number)
        return
    numbers = all(isinstance(value, int | float) and not isinstance(value, bool) for value in coordinates)
    if not numbers or not 2 <= len(coordinates) <= 3:
        _fault(number, "has a position that is not two or three numbers", "有的位置不是两个或三个数字")
    if not (abs(coordinates[0]) <= 180 and abs(coordinates[1]) <= 90):
        _fault(number, "is not in lon/lat degrees", "坐标不是经纬度")


def _check_crs(member: Any) -> None:
    """QueryError for a `crs` member that names another system: RFC 7946 knows only lon/lat."""
    named = member.get("properties") if isinstance(member, dict) else None
    name = named.get("name") if isinstance(named, dict) else None
    if member is not None and not (isinstance(name, str) and _LONLAT_CRS.fullmatch(name)):
        raise QueryError(
            f"The file names the coordinate system {name!r}. Convert it to lon/lat (EPSG:4326 or 4490) first.",
            f"文件注明坐标系 {name!r}。请先转换为经纬度（EPSG:4326 或 4490）。",
        )


def _fault(number: int, en: str, zh: str) -> NoReturn:
    raise GeometryError(f"Feature {number} {en}. Mend it and try again.", f"第 {number} 个要素{zh}。请改正后再试。")


def _degrees(cell: str, number: int, most: float) -> float:
    if not _NUMBER.fullmatch(cell.strip()) or abs(float(cell)) > most:
        raise GeometryError(
            f"Row {number}: {cell[:40]!r} is no coordinate in degrees (at most {most:g}).",
            f"第 {number} 行：{cell[:40]!r} 不是以度为单位的坐标（绝对值至多 {most:g}）。",
        )
    return float(cell)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    twice = [key for key, count in Counter(key for key, _ in pairs).items() if count > 1]
    if twice:
        raise ValueError(f"the name {twice[0]!r} stands twice in one object")
    return dict(pairs)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")
