"""The geometry of a feature: from the coordinates of a file to a checked shape in lon, lat, or its fault."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import shapely
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

# Every metric CRS of the atlas is one for China, so a place outside these bounds is a slip, not a place.
CHINA_LON = (73.0, 136.0)
CHINA_LAT = (3.0, 54.0)
_NEST = {"Point": 0, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}


class ShapeFault(Exception):
    """What is wrong with the coordinates: where, the name of the fault (see wording) and its values."""

    def __init__(self, where: str, name: str, **values: object) -> None:
        super().__init__(f"{where}: {name}")
        self.where, self.name, self.values = where, name, values


def read_shape(geometry: dict[str, Any]) -> BaseGeometry:
    """The shape of a GeoJSON geometry whose form is checked (one of five types, a list of coordinates).

    Coordinates are degrees in lon, lat order. Raises ShapeFault for positions that are not two finite numbers inside
    China, for rings that are short or open, and for a polygon that crosses itself; nothing is repaired.

    >>> read_shape({"type": "Point", "coordinates": [116.05, 28.70]}).wkt
    'POINT (116.05 28.7)'
    """
    kind, coordinates = geometry["type"], geometry["coordinates"]
    for where, position in _positions(coordinates, _NEST[kind], "coordinates"):
        _check_position(where, position)
    if kind == "Point":
        return Point(coordinates)
    if kind in ("LineString", "MultiLineString"):
        return _lines(kind, coordinates)
    return _polygons(kind, coordinates)


def _positions(value: Any, depth: int, where: str) -> Iterator[tuple[str, Any]]:
    """Every position of nested coordinates with its path, counted from 1."""
    if depth == 0:
        yield where, value
        return
    if not isinstance(value, list) or not value:
        raise ShapeFault(where, "no_positions")
    for number, item in enumerate(value, 1):
        yield from _positions(item, depth - 1, f"{where}[{number}]")


def _check_position(where: str, position: Any) -> None:
    if not isinstance(position, list) or len(position) != 2 or not all(_is_number(part) for part in position):
        raise ShapeFault(where, "no_position")
    x, y = position
    if _inside(x, CHINA_LON) and _inside(y, CHINA_LAT):
        return
    if _inside(x, CHINA_LAT) and _inside(y, CHINA_LON):
        name = "swapped"
    else:
        name = "metres" if abs(x) > 180 or abs(y) > 180 else "not_in_china"
    raise ShapeFault(where, name, x=x, y=y)


def _is_number(value: Any) -> bool:
    # The bound also keeps out whole numbers that no float can hold.
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e9


def _inside(value: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= value <= bounds[1]


def _lines(kind: str, coordinates: list[Any]) -> BaseGeometry:
    parts = [coordinates] if kind == "LineString" else coordinates
    for number, part in enumerate(parts, 1):
        if len({tuple(position) for position in part}) < 2:
            raise ShapeFault(f"line {number}", "short_line")
    return LineString(coordinates) if kind == "LineString" else MultiLineString(coordinates)


def _polygons(kind: str, coordinates: list[Any]) -> BaseGeometry:
    parts = [coordinates] if kind == "Polygon" else coordinates
    for number, rings in enumerate(parts, 1):
        for ring_number, ring in enumerate(rings, 1):
            _check_ring(f"polygon {number}, ring {ring_number}", ring)
    made = [Polygon(rings[0], rings[1:]) for rings in parts]
    shape = made[0] if kind == "Polygon" else MultiPolygon(made)
    if not shapely.is_valid(shape):
        raise ShapeFault("geometry", "invalid", reason=shapely.is_valid_reason(shape))
    return shape


def _check_ring(where: str, ring: list[Any]) -> None:
    if ring[0] != ring[-1]:
        raise ShapeFault(where, "open_ring")
    if len({tuple(position) for position in ring}) < 3:
        raise ShapeFault(where, "short_ring")
