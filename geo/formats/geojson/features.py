"""The areas of a parsed GeoJSON file: their rings and properties as given, with a place for every fault of form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NoReturn

import numpy as np

from geo.errors import FormatError, GeometryError
from geo.formats.geojson.facts import Area, Limits, Ring, RingPlace, Skipped, over_limit

_AREAS = ("Polygon", "MultiPolygon")
_OTHERS = {
    "Point": "点",
    "MultiPoint": "多点",
    "LineString": "线",
    "MultiLineString": "多线",
}
_KINDS = (*_AREAS, *_OTHERS, "GeometryCollection")
_Part = tuple[int, dict[str, Any]]


def read_features(value: Any, limits: Limits) -> tuple[list[Area], list[Skipped]]:
    """The areas of a FeatureCollection, Feature or geometry in file order, and what is no area.

    FormatError for what is no GeoJSON; GeometryError for an area without positions; LimitError for too much.

    >>> areas, skipped = read_features({"type": "Point", "coordinates": [116, 28]}, Limits())
    >>> areas, skipped[0].en
    ([], 'Feature 1 is a Point: a site needs an area.')
    """
    areas: list[Area] = []
    skipped: list[Skipped] = []
    vertices = 0
    for number, feature in enumerate(_features(value, limits), start=1):
        geometry, properties = _members(feature, number, limits)
        if geometry is None:
            skipped.append(Skipped(number, f"Feature {number} has no geometry.", f"第 {number} 个要素没有图形。"))
            continue
        polygons: list[list[Any]] = []
        for flat in _flat(geometry, number):
            if flat["type"] in _AREAS:
                polygons.extend(_polygons(flat, number))
            else:
                skipped.append(_left_out(flat["type"], number))
        vertices += sum(len(ring) for rings in polygons for ring in rings)
        if vertices > limits.vertices:
            raise over_limit(limits, "vertices", "positions", "个坐标位置")
        if polygons:
            areas.append(_area(number, polygons, properties))
    return areas, skipped


def _features(value: Any, limits: Limits) -> list[Any]:
    """The features of the file; a bare geometry is a feature without properties."""
    kind = value.get("type") if isinstance(value, dict) else None
    if kind == "FeatureCollection":
        found = value.get("features")
        if not isinstance(found, list):
            raise FormatError(
                "The FeatureCollection has no list of features. Export it again as GeoJSON.",
                "FeatureCollection 缺少 features 列表。请重新导出为 GeoJSON。",
            )
        if len(found) > limits.features:
            raise over_limit(limits, "features", "features", "个要素")
        return found
    if kind == "Feature":
        return [value]
    if isinstance(kind, str) and kind in _KINDS:
        return [{"type": "Feature", "properties": None, "geometry": value}]
    expected = ", ".join(("FeatureCollection", "Feature", *_KINDS))
    raise FormatError(
        f"The file is JSON but no GeoJSON: its type is none of {expected}.",
        f"文件是 JSON，但不是 GeoJSON：type 须为 {expected.replace(', ', '、')} 之一。",
    )


def _members(feature: Any, number: int, limits: Limits) -> tuple[dict[str, Any] | None, dict[str, Any]]:
    if not isinstance(feature, dict) or feature.get("type") != "Feature" or "geometry" not in feature:
        _malformed(f"Feature {number} is no Feature with a geometry", f"第 {number} 个要素不是带图形的 Feature")
    geometry, properties = feature["geometry"], feature.get("properties")
    if not isinstance(properties, dict | None):
        _malformed(f"Feature {number} has properties that are no object", f"第 {number} 个要素的 properties 不是对象")
    if not isinstance(geometry, dict | None):
        _malformed(f"Feature {number} has a geometry that is no object", f"第 {number} 个要素的 geometry 不是对象")
    if properties and len(properties) > limits.columns:
        raise over_limit(limits, "columns", "columns in a feature", "个字段（单个要素）")
    return geometry, properties or {}


def _flat(geometry: dict[str, Any], number: int) -> Iterator[dict[str, Any]]:
    """The geometries of a collection, or the geometry itself; the depth of the text bounds the recursion."""
    kind = geometry.get("type")
    if not isinstance(kind, str) or kind not in _KINDS:
        _malformed(f"Feature {number} has no geometry type of GeoJSON", f"第 {number} 个要素的图形类型不属于 GeoJSON")
    if kind != "GeometryCollection":
        yield geometry
        return
    members = geometry.get("geometries")
    if not isinstance(members, list) or not all(isinstance(member, dict) for member in members):
        _malformed(f"Feature {number} has a collection without geometries", f"第 {number} 个要素的图形集合没有图形列表")
    if not members:
        _empty(number)
    for member in members:
        yield from _flat(member, number)


def _polygons(geometry: dict[str, Any], number: int) -> list[list[Any]]:
    """The polygons of a geometry, each a list of rings, each a list; none of them empty."""
    coordinates = geometry.get("coordinates")
    polygons: Any = [coordinates] if geometry["type"] == "Polygon" else coordinates
    for nested in (polygons, *(polygons if isinstance(polygons, list) else ())):
        if not isinstance(nested, list):
            _malformed(f"Feature {number} has no lists of positions", f"第 {number} 个要素的坐标不是位置列表")
        if not nested:
            _empty(number)
    for ring in (ring for rings in polygons for ring in rings):
        if not isinstance(ring, list):
            _malformed(f"Feature {number} has a ring that is no list", f"第 {number} 个要素有的环不是列表")
        if not ring:
            _empty(number)
    return list(polygons)


def _area(number: int, polygons: list[list[Any]], properties: dict[str, Any]) -> Area:
    several = len(polygons) > 1
    parts, has_z = [], False
    for part, rings in enumerate(polygons, start=1):
        made = []
        for ring, positions in enumerate(rings, start=1):
            place = RingPlace(number, part if several else 0, ring)
            has_z |= _check_positions(positions, place)
            made.append(Ring(place, np.array([position[:2] for position in positions], dtype=float)))
        parts.append(tuple(made))
    return Area(number, tuple(parts), properties, has_z)


def _check_positions(positions: list[Any], place: RingPlace) -> bool:
    """Whether a position has more than two numbers; FormatError for one that is no two numbers or more.

    True and false are no numbers, nor are texts that look like some.
    """
    has_more = False
    for at, position in enumerate(positions, start=1):
        if type(position) is not list or len(position) < 2 or not {int, float}.issuperset(map(type, position)):
            en, zh = place.words(at)
            _malformed(f"{en} is not two numbers or more", f"{zh}不是两个或更多的数字")
        has_more |= len(position) > 2
    return has_more


def _left_out(kind: str, number: int) -> Skipped:
    return Skipped(
        number,
        f"Feature {number} is a {kind}: a site needs an area.",
        f"第 {number} 个要素是{_OTHERS[kind]}（{kind}）：地块须为面。",
    )


def _empty(number: int) -> NoReturn:
    raise GeometryError(
        f"Feature {number} has an area without any position. Draw it or take it out.",
        f"第 {number} 个要素的面没有任何坐标。请补绘或删去。",
    )


def _malformed(en: str, zh: str) -> NoReturn:
    raise FormatError(
        f"{en}. Export the data again as GeoJSON (RFC 7946).", f"{zh}。请重新导出为 GeoJSON（RFC 7946）。"
    )
