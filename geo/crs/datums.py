"""The shifted datums of Chinese web maps: GCJ-02 (Amap, Tencent) and BD-09 (Baidu), both ways.

The shift follows the formulas that have been published for both; they hold to about a metre. Coordinates are degrees,
longitude first; numbers give numbers, arrays give arrays. Outside China nothing is shifted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from geo.errors import CrsError

Floats = npt.NDArray[np.float64]
Coords = tuple[Any, Any]
Shift = Callable[[Floats, Floats], tuple[Floats, Floats]]

# The ellipsoid of Krasovsky 1940, which the formula of GCJ-02 uses, and the point that it counts from.
_AXIS_M = 6378245.0
_ECCENTRICITY_2 = 0.00669342162296594323
_ORIGIN = (105.0, 35.0)
_CHINA = (72.004, 0.8293, 137.8347, 55.8271)  # west, south, east, north of the box in which the shift applies

_BAIDU_TURN = np.pi * 3000.0 / 180.0
_BAIDU_OFFSET = (0.0065, 0.006)

_CLOSE_DEG = 1e-12
_MAX_ROUNDS = 60


def gcj02_from_wgs84(lon: npt.ArrayLike, lat: npt.ArrayLike) -> Coords:
    """(lon, lat) in GCJ-02 of a position in WGS 84 or CGCS2000.

    >>> lon, lat = gcj02_from_wgs84(116.404, 39.915)
    >>> round(lon, 6), round(lat, 6)
    (116.410244, 39.916404)
    """
    return _forward(lon, lat, _gcj02)


def wgs84_from_gcj02(lon: npt.ArrayLike, lat: npt.ArrayLike) -> Coords:
    """(lon, lat) in WGS 84 of a position in GCJ-02, by iteration to 1e-12 degrees.

    >>> lon, lat = wgs84_from_gcj02(*gcj02_from_wgs84(116.0, 28.7))
    >>> round(lon, 9), round(lat, 9)
    (116.0, 28.7)
    """
    return _inverse(lon, lat, _gcj02)


def bd09_from_gcj02(lon: npt.ArrayLike, lat: npt.ArrayLike) -> Coords:
    """(lon, lat) in BD-09 of a position in GCJ-02.

    >>> lon, lat = bd09_from_gcj02(116.404, 39.915)
    >>> round(lon, 6), round(lat, 6)
    (116.410369, 39.921337)
    """
    return _forward(lon, lat, _bd09)


def gcj02_from_bd09(lon: npt.ArrayLike, lat: npt.ArrayLike) -> Coords:
    """(lon, lat) in GCJ-02 of a position in BD-09, by iteration to 1e-12 degrees.

    >>> lon, lat = gcj02_from_bd09(*bd09_from_gcj02(116.0, 28.7))
    >>> round(lon, 9), round(lat, 9)
    (116.0, 28.7)
    """
    return _inverse(lon, lat, _bd09)


def bd09_from_wgs84(lon: npt.ArrayLike, lat: npt.ArrayLike) -> Coords:
    """(lon, lat) in BD-09 of a position in WGS 84; outside China the same position.

    >>> bd09_from_wgs84(2.35, 48.86)
    (2.35, 48.86)
    """
    return bd09_from_gcj02(*gcj02_from_wgs84(lon, lat))


def wgs84_from_bd09(lon: npt.ArrayLike, lat: npt.ArrayLike) -> Coords:
    """(lon, lat) in WGS 84 of a position in BD-09.

    >>> lon, lat = wgs84_from_bd09(*bd09_from_wgs84(116.0, 28.7))
    >>> round(lon, 9), round(lat, 9)
    (116.0, 28.7)
    """
    return wgs84_from_gcj02(*gcj02_from_bd09(lon, lat))


def _same(lon: npt.ArrayLike, lat: npt.ArrayLike) -> Coords:
    return _like(*_pair(lon, lat))


DATUM_NAMES = MappingProxyType({"wgs84": "WGS 84", "cgcs2000": "CGCS2000", "gcj02": "GCJ-02", "bd09": "BD-09"})
# The shifted datums as WKT for files that name their system: no software knows a way from them to another datum, and
# none may take them for WGS 84. Both count on the ellipsoid of the formula.
SHIFTED_WKT = MappingProxyType(
    {
        datum: f'GEOGCS["{title}",DATUM["{title}",SPHEROID["Krasovsky 1940",6378245,298.3]],'
        'PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433],AXIS["Longitude",EAST],AXIS["Latitude",NORTH]]'
        for datum, title in (("gcj02", "GCJ-02 shifted, not WGS 84"), ("bd09", "BD-09 shifted, not WGS 84"))
    }
)
# From and to longitude and latitude; CGCS2000 and WGS 84 are one to the atlas.
DATUMS: Mapping[str, tuple[Callable[..., Coords], Callable[..., Coords]]] = MappingProxyType(
    {
        "wgs84": (_same, _same),
        "cgcs2000": (_same, _same),
        "gcj02": (wgs84_from_gcj02, gcj02_from_wgs84),
        "bd09": (wgs84_from_bd09, bd09_from_wgs84),
    }
)


def from_datum(lon: npt.ArrayLike, lat: npt.ArrayLike, datum: str) -> Coords:
    """(lon, lat) as the atlas keeps them, of a position in `datum`: wgs84, cgcs2000, gcj02 or bd09.

    CrsError for another datum.

    >>> from_datum(116.0, 28.7, "cgcs2000")
    (116.0, 28.7)
    """
    return _datum(datum)[0](lon, lat)


def to_datum(lon: npt.ArrayLike, lat: npt.ArrayLike, datum: str) -> Coords:
    """(lon, lat) in `datum` of a position of the atlas; the inverse of `from_datum`.

    >>> lon, lat = to_datum(116.404, 39.915, "gcj02")
    >>> round(lon, 6), round(lat, 6)
    (116.410244, 39.916404)
    """
    return _datum(datum)[1](lon, lat)


def _datum(datum: str) -> tuple[Callable[..., Coords], Callable[..., Coords]]:
    try:
        return DATUMS[str(datum).lower()]
    except KeyError:
        known = ", ".join(DATUMS)
        raise CrsError(
            f"Unknown datum {datum!r}; use one of {known}.",
            f"不认识的基准 {datum!r}；可用：{known.replace(', ', '、')}。",
        ) from None


def _gcj02(lons: Floats, lats: Floats) -> tuple[Floats, Floats]:
    """Where the published formula puts a position, inside China or not."""
    x, y = lons - _ORIGIN[0], lats - _ORIGIN[1]
    root = np.sqrt(np.abs(x))
    common = _wave(x, (20.0, 6.0), (20.0, 2.0))
    north_m = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + common
    north_m += _wave(y, (20.0, 1.0), (40.0, 1 / 3)) + _wave(y, (160.0, 1 / 12), (320.0, 1 / 30))
    east_m = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + common
    east_m += _wave(x, (20.0, 1.0), (40.0, 1 / 3)) + _wave(x, (150.0, 1 / 12), (300.0, 1 / 30))
    latitude = np.radians(lats)
    w2 = 1.0 - _ECCENTRICITY_2 * np.sin(latitude) ** 2
    meridian_m = _AXIS_M * (1.0 - _ECCENTRICITY_2) / w2**1.5
    parallel_m = _AXIS_M / np.sqrt(w2) * np.cos(latitude)
    return lons + np.degrees(east_m / parallel_m), lats + np.degrees(north_m / meridian_m)


def _wave(value: Floats, *terms: tuple[float, float]) -> Floats:
    """Two thirds of the sum of sines, each with an amplitude in metres and half turns a degree."""
    total = np.zeros_like(value)
    for amplitude, half_turns in terms:
        total += amplitude * np.sin(half_turns * np.pi * value)
    return total * 2.0 / 3.0


def _bd09(lons: Floats, lats: Floats) -> tuple[Floats, Floats]:
    radius = np.hypot(lons, lats) + 0.00002 * np.sin(lats * _BAIDU_TURN)
    angle = np.arctan2(lats, lons) + 0.000003 * np.cos(lons * _BAIDU_TURN)
    return radius * np.cos(angle) + _BAIDU_OFFSET[0], radius * np.sin(angle) + _BAIDU_OFFSET[1]


def _forward(lon: npt.ArrayLike, lat: npt.ArrayLike, shift: Shift) -> Coords:
    lons, lats = _pair(lon, lat)
    inside = _in_china(lons, lats)
    new_lons, new_lats = shift(np.where(inside, lons, 105.0), np.where(inside, lats, 35.0))
    return _like(np.where(inside, new_lons, lons), np.where(inside, new_lats, lats))


def _inverse(lon: npt.ArrayLike, lat: npt.ArrayLike, shift: Shift) -> Coords:
    """The position that `shift` moves to (lon, lat): a fixed point, for the shift changes slowly with the place."""
    lons, lats = _pair(lon, lat)
    inside = _in_china(lons, lats)
    goal_lons, goal_lats = np.where(inside, lons, 105.0), np.where(inside, lats, 35.0)
    guess_lons, guess_lats = goal_lons, goal_lats
    for _ in range(_MAX_ROUNDS):
        there_lons, there_lats = shift(guess_lons, guess_lats)
        step_lons, step_lats = goal_lons - there_lons, goal_lats - there_lats
        guess_lons, guess_lats = guess_lons + step_lons, guess_lats + step_lats
        if max(np.max(np.abs(step_lons), initial=0.0), np.max(np.abs(step_lats), initial=0.0)) < _CLOSE_DEG:
            break
    return _like(np.where(inside, guess_lons, lons), np.where(inside, guess_lats, lats))


def _in_china(lons: Floats, lats: Floats) -> npt.NDArray[np.bool_]:
    west, south, east, north = _CHINA
    result: npt.NDArray[np.bool_] = (lons >= west) & (lons <= east) & (lats >= south) & (lats <= north)
    return result


def _pair(lon: npt.ArrayLike, lat: npt.ArrayLike) -> tuple[Floats, Floats]:
    lons, lats = np.broadcast_arrays(np.asarray(lon, float), np.asarray(lat, float))
    if not (np.isfinite(lons).all() and np.isfinite(lats).all()):
        raise CrsError(
            "A coordinate is not a number. Give longitude and latitude in degrees.",
            "坐标不是数字。请以度为单位给出经度和纬度。",
        )
    return lons, lats


def _like(lons: Floats, lats: Floats) -> Coords:
    return (float(lons), float(lats)) if lons.ndim == 0 else (np.array(lons), np.array(lats))
