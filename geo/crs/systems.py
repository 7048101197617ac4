"""The coordinate systems that the atlas takes, and the way between degrees and metres.

Longitude and latitude are CGCS2000 (EPSG:4490). WGS 84 (EPSG:4326) differs from it by a few decimetres at most, far
less than any line of the plan is known to, and the atlas takes the two as one.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt
import pyproj
import shapely
from pyproj.exceptions import ProjError
from shapely.geometry.base import BaseGeometry

from geo.errors import CrsError, GeometryError

Floats = npt.NDArray[np.float64]
Coords = tuple[Any, Any]  # two floats, or two arrays of one shape, as they came in

LONLAT = "EPSG:4490"
ALLOWED: Mapping[int, str] = MappingProxyType(
    {
        4326: "WGS 84",
        4490: "CGCS2000",
        4548: "CGCS2000 / 3-degree Gauss-Kruger CM 117E",
        4527: "CGCS2000 / 3-degree Gauss-Kruger zone 39",
        32650: "WGS 84 / UTM zone 50N",
        3857: "WGS 84 / Pseudo-Mercator",
    }
)
_GEOGRAPHIC = frozenset({4326, 4490})
_SCREEN_ONLY = 3857  # its areas are 30 % too large at the zone
_OLD_DATUMS = re.compile(r"xian|xi'an|1980|beijing|1954|西安|北京", re.IGNORECASE)

_HALF_EQUATOR_M = 20_037_508.342789244  # of Web Mercator; PROJ leads what lies beyond round the globe again
_WORLD = (-180.0, -90.0, 180.0, 90.0)
_EDGE_DEG = 1e-9  # 0.1 mm: rounding at the edge of an area of use is no reason to refuse a point
_local = threading.local()  # pyproj's transformers must not be shared between threads


def allowed_crs(code: str) -> str:
    """`code` as "EPSG:n" if the atlas takes that system; CrsError with the list and the reason if not.

    >>> allowed_crs("epsg:4490")
    'EPSG:4490'
    """
    match = re.fullmatch(r"\s*(?:EPSG:)?(\d{1,6})\s*", str(code), re.IGNORECASE)
    number = int(match.group(1)) if match else 0
    if number in ALLOWED:
        return f"EPSG:{number}"
    listed = ", ".join(f"EPSG:{n} ({name})" for n, name in ALLOWED.items())
    reason_en, reason_zh = _reason_refused(str(code), number)
    raise CrsError(
        f"The atlas does not take the coordinate system {code!r}. {reason_en} "
        f"Convert the data with the official parameters first, to one of: {listed}.",
        f"本图集不接受坐标系 {code!r}。{reason_zh}请先按官方参数转换到以下坐标系之一：{listed.replace(', ', '、')}。",
    )


def crs_name(code: str) -> str:
    """The name of a system that the atlas takes; CrsError for another.

    >>> crs_name("EPSG:4548")
    'CGCS2000 / 3-degree Gauss-Kruger CM 117E'
    """
    return ALLOWED[int(allowed_crs(code).removeprefix("EPSG:"))]


def projjson(code: str) -> dict[str, Any]:
    """A system that the atlas takes as PROJJSON, for files that name their system by it; CrsError for another.

    >>> projjson("EPSG:4548")["id"]
    {'authority': 'EPSG', 'code': 4548}
    """
    result: dict[str, Any] = pyproj.CRS.from_user_input(allowed_crs(code)).to_json_dict()
    return result


def _reason_refused(code: str, number: int) -> tuple[str, str]:
    name = code
    if number:
        try:
            name = pyproj.CRS.from_epsg(number).name
        except ProjError:
            return "There is no such EPSG code.", "没有这个 EPSG 编号。"
    if _OLD_DATUMS.search(name):
        return (
            f"{name} has no public transformation to CGCS2000: software shifts it by nothing at all (a ballpark), "
            "so every point would be wrong by tens of metres or more.",
            f"{name} 到 CGCS2000 没有公开的转换参数，软件会不作改正直接套用，点位误差可达数十米以上。",
        )
    return (
        "Its datum or area of use does not fit the plan, or it cannot be checked.",
        "其基准或适用范围与本规划不符，或无法核对。",
    )


def metric_crs(code: str) -> str:
    """`code` as "EPSG:n" if it is a plane system in metres that may be measured in; CrsError if not.

    Longitude and latitude are no plane, and Web Mercator is for the screen only.

    >>> metric_crs("EPSG:4548")
    'EPSG:4548'
    """
    crs = allowed_crs(code)
    if _number(crs) in _GEOGRAPHIC:
        raise CrsError(
            f"{crs} is in degrees; the plan is measured in metres. Use EPSG:4548, EPSG:4527 or EPSG:32650.",
            f"{crs} 以度为单位，规划量算须以米为单位。请使用 EPSG:4548、EPSG:4527 或 EPSG:32650。",
        )
    if _number(crs) == _SCREEN_ONLY:
        raise CrsError(
            "EPSG:3857 (Web Mercator) is for the screen only: areas come out 30 % too large here. Use EPSG:4548.",
            "EPSG:3857（Web 墨卡托）仅用于屏幕显示，在本区量算面积会偏大约 30%。请使用 EPSG:4548。",
        )
    return crs


def project(lon: npt.ArrayLike, lat: npt.ArrayLike, crs: str) -> Coords:
    """(x, y), easting and northing in metres in `crs`, of longitudes and latitudes in degrees.

    Numbers give numbers, arrays give arrays. For EPSG:4490 and EPSG:4326 the coordinates come back as they are.
    CrsError outside the area of use of `crs`, and for NaN.

    >>> x, y = project(117.0, 30.0, "EPSG:4548")
    >>> round(x, 3), round(y) // 1000
    (500000.0, 3320)
    """
    crs = allowed_crs(crs)
    lons, lats = _pair(lon, lat)
    _check_area(lons, lats, crs)
    if _number(crs) in _GEOGRAPHIC:
        return _like(lons, lats)
    return _like(*transformer(crs).transform(lons, lats))


def unproject(x: npt.ArrayLike, y: npt.ArrayLike, crs: str) -> Coords:
    """(lon, lat) in degrees of eastings and northings in `crs`; the inverse of `project`, with the same errors.

    >>> lon, lat = unproject(500000.0, 3320113.398, "EPSG:4548")
    >>> round(lon, 6), round(lat, 6)
    (117.0, 30.0)
    """
    crs = allowed_crs(crs)
    xs, ys = _pair(x, y)
    if _number(crs) in _GEOGRAPHIC:
        lons, lats = xs, ys
    else:
        lons, lats = (np.asarray(v, float) for v in transformer(crs).transform(xs, ys, direction="INVERSE"))
    if _number(crs) == _SCREEN_ONLY:
        lons = np.where(abs(xs) > _HALF_EQUATOR_M, 180 * (xs / _HALF_EQUATOR_M), lons)
    _check_area(lons, lats, crs)
    return _like(lons, lats)


def to_metres(geometry: BaseGeometry, crs: str) -> BaseGeometry:
    """A new geometry in metres of `crs` from one in longitude and latitude; heights are dropped.

    An empty geometry stays empty. GeometryError for what is no geometry; CrsError as `project` and `metric_crs`.

    >>> to_metres(shapely.Point(117, 30), "EPSG:4527").x
    39500000.0
    """
    crs = metric_crs(crs)
    return _transformed(geometry, lambda xy: np.column_stack(project(xy[:, 0], xy[:, 1], crs)))


def to_lonlat(geometry_m: BaseGeometry, crs: str) -> BaseGeometry:
    """A new geometry in longitude and latitude from one in metres of `crs`; the inverse of `to_metres`.

    >>> round(to_lonlat(shapely.Point(500000, 3320113.398), "EPSG:4548").y, 6)
    30.0
    """
    crs = metric_crs(crs)
    return _transformed(geometry_m, lambda xy: np.column_stack(unproject(xy[:, 0], xy[:, 1], crs)))


def transformer(definition: str) -> pyproj.Transformer:
    """From longitude and latitude on the system's own datum to its plane: a projection, never a shift of datum.

    >>> transformer("EPSG:4548").transform(117.0, 0.0)
    (500000.0, 0.0)
    """
    known: dict[str, pyproj.Transformer] = _local.__dict__.setdefault("transformers", {})
    if definition not in known:
        crs = pyproj.CRS.from_user_input(definition)
        known[definition] = pyproj.Transformer.from_crs(crs.geodetic_crs, crs, always_xy=True)
    return known[definition]


def _area_of_use(crs: str) -> tuple[float, float, float, float]:
    if _number(crs) in _GEOGRAPHIC:
        return _WORLD
    target = transformer(crs).target_crs
    area = target.area_of_use if target is not None else None
    return _WORLD if area is None else area.bounds


def _check_area(lons: Floats, lats: Floats, crs: str) -> None:
    bounds = west, south, east, north = _area_of_use(crs)
    inside = (lons >= west - _EDGE_DEG) & (lons <= east + _EDGE_DEG)
    inside &= (lats >= south - _EDGE_DEG) & (lats <= north + _EDGE_DEG)
    if not inside.all():
        at = int(np.flatnonzero(~inside.ravel())[0])
        raise _outside(crs, bounds, (float(lons.ravel()[at]), float(lats.ravel()[at])))


def _outside(crs: str, bounds: tuple[float, float, float, float], found: tuple[float, float]) -> CrsError:
    west, south, east, north = bounds
    lon, lat = found
    return CrsError(
        f"Longitude {lon:.6g}, latitude {lat:.6g} is outside the area of use of {crs} ({west:g} to {east:g} E, "
        f"{south:g} to {north:g} N). Check the order (longitude first) and the coordinate system.",
        f"经度 {lon:.6g}、纬度 {lat:.6g} 超出 {crs} 的适用范围（东经 {west:g} 至 {east:g} 度，"
        f"北纬 {south:g} 至 {north:g} 度）。请检查坐标顺序（经度在前）和坐标系。",
    )


def _transformed(geometry: BaseGeometry, function: Callable[[Floats], Floats]) -> BaseGeometry:
    result: BaseGeometry = shapely.transform(check_geometry(geometry), function)
    return result


def check_geometry(geometry: BaseGeometry) -> BaseGeometry:
    """`geometry` itself; GeometryError for None and whatever else is no geometry.

    >>> check_geometry(shapely.Point(1, 2)).x
    1.0
    """
    if not isinstance(geometry, BaseGeometry):
        raise GeometryError(
            f"Expected a geometry, found {type(geometry).__name__}; a row without a shape has nothing to measure.",
            f"应为几何图形，实际为 {type(geometry).__name__}；没有图形的记录无法量算。",
        )
    return geometry


def _pair(first: npt.ArrayLike, second: npt.ArrayLike) -> tuple[Floats, Floats]:
    one, two = np.broadcast_arrays(np.asarray(first, float), np.asarray(second, float))
    return one, two


def _like(first: npt.ArrayLike, second: npt.ArrayLike) -> Coords:
    one, two = np.array(first, float), np.array(second, float)
    return (float(one), float(two)) if one.ndim == 0 else (one, two)


def _number(crs: str) -> int:
    return int(crs.rsplit(":", 1)[1])
