"""From the numbers of a file to longitude and latitude: refused where they fit no place, shifted where asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn

import numpy as np

from geo import crs
from geo.errors import CrsError, QueryError, UnplacedError
from geo.formats.coordinates import read_position
from geo.formats.geojson.facts import Floats, Note, Ring
from geo.formats.geojson.systems import System

_EARTH_M = 6_371_008.8  # mean radius: a shift of a kilometre comes out right to a few metres
_HALF_TURN = 180.0
_METRIC = "EPSG:4548"
_SAME_PLANE = {"EPSG:4548": ("EPSG:4548", "EPSG:32650"), "EPSG:4527": ("EPSG:4527",)}
_CHINA_MERCATOR = ((8.0e6, 15.2e6), (0.3e6, 7.2e6))  # easting and northing of China in Web Mercator
_PREFIXED_M = (13e6, 46e6)  # eastings with the number of a 3 or 6-degree zone before them
_NORTHINGS_M = (1e6, 6e6)


def check_places(rings: Sequence[Ring], system: System) -> None:
    """UnplacedError, with ring and position, for the first position that has no place in `system`.

    In degrees: numbers beyond the globe (metres, or axes swapped), 0, 0, and edges longer than half the globe. In
    metres: degrees, and what lies outside the area of use.
    """
    for ring in rings:
        x, y = ring.positions.T
        if system.is_degrees:
            outside = np.flatnonzero((abs(x) > _HALF_TURN) | (abs(y) > _HALF_TURN / 2))
            if outside.size:
                _refuse_metres(ring, int(outside[0]))
            _check_globe(ring)
        else:
            if ((abs(x) <= _HALF_TURN) & (abs(y) <= _HALF_TURN)).all():
                _refuse_degrees(ring, system.crs)
            _check_use(ring, system.crs)


def to_wgs84(positions: Floats, system: System) -> Floats:
    """Longitude and latitude in WGS 84, two columns, of positions whose places are checked."""
    lons, lats = crs.unproject(positions[:, 0], positions[:, 1], system.crs)
    return np.column_stack(crs.from_datum(lons, lats, system.datum))


def shift_note(rings: Sequence[Ring], system: System) -> Note | None:
    """How far the datum moved the positions, in metres; None for a datum that moves nothing."""
    if system.datum in ("wgs84", "cgcs2000") or not rings:
        return None
    given = np.concatenate([ring.positions for ring in rings])
    before = np.column_stack(crs.unproject(given[:, 0], given[:, 1], system.crs))
    after = to_wgs84(given, system)
    east, north = np.radians(after - before).T
    moved = np.hypot(east * np.cos(np.radians(after[:, 1])), north) * _EARTH_M
    name = {"gcj02": "GCJ-02", "bd09": "BD-09"}[system.datum]
    least, most = round(float(moved.min())), round(float(moved.max()))
    metres_en = f"{least:,} m" if least == most else f"{least:,} to {most:,} m"
    metres_zh = f"{least} 米" if least == most else f"{least} 至 {most} 米"
    return Note(
        "datum_shifted",
        f"Shifted from {name} to WGS 84: each position moved by {metres_en}. The formula holds to about 1 m.",
        f"已由 {name} 改正到 WGS 84：各点移动 {metres_zh}。公开算式的精度约 1 米。",
    )


def _check_globe(ring: Ring) -> None:
    x, y = ring.positions.T
    nowhere = np.flatnonzero((x == 0) & (y == 0))
    if nowhere.size:
        en, zh = ring.place.words(int(nowhere[0]) + 1)
        raise UnplacedError(
            f"{en} is 0, 0, which programs write for a missing position. Mend it.",
            f"{zh}为 0, 0，通常是缺失坐标的填充值。请改正。",
        )
    jumps = np.flatnonzero(abs(np.diff(np.append(x, x[0]))) > _HALF_TURN)
    if jumps.size:
        en, zh = ring.place.words(int(jumps[0]) + 1)
        raise UnplacedError(
            f"{en}: the edge that begins here spans more than half the globe. An area across the antimeridian must be "
            "cut there; the whole world is no site.",
            f"{zh}：由此开始的边跨越半个地球以上。跨 180 度经线的面须在该处切开；全球范围不是地块。",
        )


def _check_use(ring: Ring, code: str) -> None:
    """UnplacedError for the first position outside the area of use of `code`, found by halving."""

    def fits(count: int) -> bool:
        try:
            crs.unproject(ring.positions[:count, 0], ring.positions[:count, 1], code)
        except CrsError:
            return False
        return True

    if fits(len(ring.positions)):
        return
    good, bad = 0, len(ring.positions)
    while bad - good > 1:
        middle = (good + bad) // 2
        good, bad = (middle, bad) if fits(middle) else (good, middle)
    x, y = (float(value) for value in ring.positions[bad - 1])
    hint_en, hint_zh, choices = _reading(x, y, other_than=code)
    en, zh = ring.place.words(bad)
    raise UnplacedError(
        f"{en} ({x:.10g}, {y:.10g}) is outside the area of use of {code}.{hint_en}",
        f"{zh}（{x:.10g}, {y:.10g}）超出 {code} 的适用范围。{hint_zh}",
        choices,
    )


def _refuse_degrees(ring: Ring, code: str) -> NoReturn:
    x, y = (float(value) for value in ring.positions[0])
    en, zh = ring.place.words(1)
    raise UnplacedError(
        f"{en} ({x:.10g}, {y:.10g}) looks like degrees, but {code} is in metres. Choose EPSG:4490 or EPSG:4326.",
        f"{zh}（{x:.10g}, {y:.10g}）像是度，而 {code} 以米为单位。请选择 EPSG:4490 或 EPSG:4326。",
        (crs.LONLAT, "EPSG:4326"),
    )


def _refuse_metres(ring: Ring, at: int) -> NoReturn:
    x, y = (float(value) for value in ring.positions[at])
    en, zh = ring.place.words(at + 1)
    if abs(x) <= _HALF_TURN / 2 and abs(y) <= _HALF_TURN:
        raise UnplacedError(
            f"{en} ({x:.10g}, {y:.10g}): axes swapped? GeoJSON has longitude first. Write longitude, latitude.",
            f"{zh}（{x:.10g}, {y:.10g}）：坐标轴是否颠倒？GeoJSON 经度在前。请改为经度、纬度。",
        )
    hint_en, hint_zh, choices = _reading(x, y)
    raise UnplacedError(
        f"{en} ({x:.10g}, {y:.10g}) is not in degrees.{hint_en}",
        f"{zh}（{x:.10g}, {y:.10g}）不是度。{hint_zh}",
        choices,
    )


def _reading(x: float, y: float, *, other_than: str = "") -> tuple[str, str, tuple[str, ...]]:
    """What numbers that are no degrees look like, in both languages, and the systems to choose from; never a choice."""
    try:
        found = read_position(f"{x:.3f}, {y:.3f}", _METRIC)
    except QueryError:
        found = ()
    for position in found:
        code, _, order = position.how_en.partition(": ")
        if order.startswith("X north"):
            return (
                f" Axes swapped? It looks like metres of {code} with X north before Y east. GeoJSON has the easting "
                "first: swap the columns, then choose the CRS.",
                f"坐标轴是否颠倒？像是 {code} 的米制坐标，X 北在前、Y 东在后。东坐标须在前：请对调两列后选择坐标系。",
                (),
            )
        choices = tuple(choice for choice in _SAME_PLANE.get(code, ()) if choice != other_than)
        if not choices:  # degrees among metres
            continue
        listed = " or ".join(choices)
        return (
            f" It looks like metres of {listed}: choose a CRS.",
            f"像是 {listed.replace(' or ', ' 或 ')} 的米制坐标：请选择坐标系。",
            choices,
        )
    return _far_reading(x, y)


def _far_reading(x: float, y: float) -> tuple[str, str, tuple[str, ...]]:
    for easting, northing in ((x, y), (y, x)):
        if _PREFIXED_M[0] <= easting < _PREFIXED_M[1] and _NORTHINGS_M[0] <= northing <= _NORTHINGS_M[1]:
            zone = int(easting // 1e6)
            if not (easting == x and _is_mercator(x, y)):
                return (
                    f" It looks like metres with the zone number {zone} before the easting; of these the atlas takes "
                    "zone 39 (EPSG:4527) alone. Convert the data first.",
                    f"像是东坐标前带 {zone} 带号的米制坐标；图集只接受 39 带（EPSG:4527）。请先转换。",
                    (),
                )
    if _is_mercator(x, y):
        return (
            " It looks like metres of Web Mercator (EPSG:3857): choose a CRS.",
            "像是 Web 墨卡托（EPSG:3857）的米制坐标：请选择坐标系。",
            ("EPSG:3857",),
        )
    if _is_mercator(y, x):
        return " Axes swapped? Write the easting first.", "坐标轴是否颠倒？请将东坐标写在前。", ()
    return (
        " The numbers fit no system that the atlas takes (local grids have no place on the globe): choose a CRS, or "
        "convert the data first.",
        "数值不符合图集接受的任何坐标系（地方独立坐标无法定位）：请选择坐标系，或先转换。",
        (),
    )


def _is_mercator(x: float, y: float) -> bool:
    (west, east), (south, north) = _CHINA_MERCATOR
    return west <= x <= east and south <= y <= north
