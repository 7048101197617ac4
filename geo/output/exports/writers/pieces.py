"""The single parts of a shape, and one place on or inside it: for formats that write each part, and for labels."""

from __future__ import annotations

import shapely
from shapely.geometry.base import BaseGeometry

_FINE = 1e-3  # of the size of a shape: how close the middle of it is sought


def pieces(geometry: BaseGeometry) -> tuple[BaseGeometry, ...]:
    """The points, lines and polygons that a geometry is made of, in their order, empty ones left out.

    >>> [piece.geom_type for piece in pieces(shapely.from_wkt("MULTIPOINT ((0 0), (1 1))"))]
    ['Point', 'Point']
    """
    parts = shapely.get_parts(geometry)
    if len(parts) == 1 and not hasattr(parts[0], "geoms"):
        return () if parts[0].is_empty else (parts[0],)
    return tuple(piece for part in parts for piece in pieces(part))


def polygons(geometry: BaseGeometry) -> tuple[shapely.Polygon, ...]:
    """The polygons of a geometry: outer rings anticlockwise, holes clockwise."""
    found = (piece for piece in pieces(geometry) if piece.geom_type == "Polygon")
    return tuple(shapely.geometry.polygon.orient(piece) for piece in found)


def point_of(geometry: BaseGeometry) -> shapely.Point:
    """A place for a label: a point itself, the middle of the longest line, where an area is widest (inside it).

    >>> point_of(shapely.from_wkt("LINESTRING (0 0, 4 0)")).wkt
    'POINT (2 0)'
    >>> round(point_of(shapely.box(0, 0, 2, 2)).x, 6)
    1.0
    """
    parts = pieces(geometry)
    areas = [part for part in parts if part.geom_type == "Polygon"]
    lines = [part for part in parts if part.geom_type in ("LineString", "LinearRing")]
    if areas:
        west, south, east, north = geometry.bounds
        circle = shapely.maximum_inscribed_circle(geometry, tolerance=_FINE * max(east - west, north - south))
        widest = shapely.Point(circle.coords[0])
        return widest if shapely.contains(geometry, widest) else shapely.point_on_surface(geometry)
    if lines:
        return max(lines, key=lambda line: line.length).interpolate(0.5, normalized=True)
    return parts[0]
