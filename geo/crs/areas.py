"""Areas: on the plane, as planning states them, and on the ellipsoid, as land surveys do."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyproj
import shapely
from shapely.geometry.base import BaseGeometry

from geo.crs.systems import check_geometry, transformer
from geo.errors import CrsError

Floats = npt.NDArray[np.float64]

_MAX_EDGE_M = 1000.0  # a geodesic of 1 km leaves its chord on the equal-area plane by less than 0.1 mm
_GEOD = pyproj.Geod(ellps="GRS80")


def plane_area_m2(geometry_m: BaseGeometry) -> float:
    """The area on the plane of a geometry in metres: what planning states. Points, lines and empty ones have 0.

    >>> plane_area_m2(shapely.box(0, 0, 20, 30))
    600.0
    """
    return float(check_geometry(geometry_m).area)


def ellipsoidal_area_m2(geometry_lonlat: BaseGeometry, *, centre: tuple[float, float]) -> float:
    """The area on the ellipsoid (GRS 80) of a geometry in longitude and latitude: what land surveys state.

    Edges are geodesics. They are cut to 1 km and laid on the Lambert azimuthal equal-area plane around `centre`
    (lon, lat), so the result stays within 1 ppm of a geodesic computation for shapes of 30 km near the centre.
    Holes count off, parts of a multipolygon add up; points, lines and empty geometries have 0.

    >>> square = shapely.box(116.0, 28.70, 116.01, 28.71)
    >>> round(ellipsoidal_area_m2(square, centre=(116.0, 28.7)) / 1e4, 1)
    108.3
    """
    polygons = [p for p in shapely.get_parts(check_geometry(geometry_lonlat)) if isinstance(p, shapely.Polygon)]
    total = 0.0
    for polygon in polygons:
        total += _ring_area_m2(polygon.exterior, centre)
        total -= sum(_ring_area_m2(ring, centre) for ring in polygon.interiors)
    return total


def _ring_area_m2(ring: shapely.LinearRing, centre: tuple[float, float]) -> float:
    if ring.is_empty:
        return 0.0
    lons, lats = _densify(np.asarray(shapely.get_coordinates(ring)))
    x, y = (np.asarray(v, float) for v in _equal_area(centre).transform(lons, lats))
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        raise CrsError(
            f"Longitude {lons[0]:.6g}, latitude {lats[0]:.6g} has no place on the equal-area plane of the plan. "
            "Check the order (longitude first).",
            f"经度 {lons[0]:.6g}、纬度 {lats[0]:.6g} 无法投影到本规划的等积平面。请检查坐标顺序（经度在前）。",
        )
    x, y = x - x[0], y - y[0]  # near zero the products keep their digits
    return abs(float(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1]))) / 2


def _densify(lonlat: Floats) -> tuple[Floats, Floats]:
    """The closed ring with points on its geodesics, at most `_MAX_EDGE_M` apart."""
    start, end = lonlat[:-1], lonlat[1:]
    azimuth, _, length_m = _GEOD.inv(start[:, 0], start[:, 1], end[:, 0], end[:, 1])
    counts = np.maximum(1, np.ceil(np.asarray(length_m) / _MAX_EDGE_M)).astype(np.intp)
    edge = np.repeat(np.arange(counts.size), counts)
    step = np.arange(edge.size) - np.repeat(np.cumsum(counts) - counts, counts)
    along_m = np.asarray(length_m)[edge] * step / counts[edge]
    lons, lats, _ = _GEOD.fwd(start[edge, 0], start[edge, 1], np.asarray(azimuth)[edge], along_m)
    # The ends are the vertices themselves, not their copies through a geodesic of length 0.
    lons, lats = np.where(step == 0, start[edge, 0], lons), np.where(step == 0, start[edge, 1], lats)
    return np.append(lons, lonlat[-1, 0]), np.append(lats, lonlat[-1, 1])


def _equal_area(centre: tuple[float, float]) -> pyproj.Transformer:
    lon, lat = float(centre[0]), float(centre[1])
    return transformer(f"+proj=laea +lat_0={lat!r} +lon_0={lon!r} +ellps=GRS80 +units=m +no_defs +type=crs")
