"""From two columns of numbers to places: the orders and systems that fit all rows, by the ranges of the numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo import crs
from geo.errors import CrsError

Floats = npt.NDArray[np.float64]

DEGREES = ("EPSG:4326", crs.LONLAT)
PREFIXED, MERCATOR = "EPSG:4527", "EPSG:3857"
CHINA = (73.0, 3.0, 136.0, 54.0)  # west, south, east, north in degrees
_ZONE_39_M = 39_000_000.0
_NORTHINGS_M, _EASTINGS_M = (1_000_000.0, 6_000_000.0), (100_000.0, 900_000.0)
_PLAIN = "EPSG:4548"
_LABELS = {"EN": ("lon_lat", "east_north"), "NE": ("lat_lon", "north_east"), "": (), "XY": (), "YX": ()}


@dataclass(frozen=True)
class Columns:
    """The two coordinate columns of all rows, and their labels: EN, NE, XY, YX or none."""

    first: Floats
    second: Floats
    labels: str
    has_angles: bool


@dataclass(frozen=True)
class Placed:
    """Longitudes and latitudes in degrees on the datum of the numbers, and the order and system that give them."""

    lons: Floats
    lats: Floats
    order: str
    code: str


def place_columns(columns: Columns, metric: str, asked: str | None) -> Iterator[Placed]:
    """Each way to place all rows: in the system `asked` for, or in those of degrees and of the plan's plane.

    An order in which some rows lie in China and others do not is no way to read them alike.
    """
    if columns.labels not in _LABELS:
        return
    in_degrees = abs(np.concatenate((columns.first, columns.second))).max() <= 180
    if in_degrees and (asked is None or asked in DEGREES):
        yield from _degrees(columns, asked or DEGREES[0])
    elif not in_degrees and not columns.has_angles and asked not in DEGREES:
        for code in systems_of(metric) if asked is None else (asked,):
            yield from _metres(columns, code)


def systems_of(metric: str) -> tuple[str, ...]:
    """The systems in metres that a list near a plan may be in: Gauss-Krueger with and without its zone number."""
    return tuple(dict.fromkeys((_PLAIN if metric == PREFIXED else metric, PREFIXED, _PLAIN)))


def in_china(lons: Floats, lats: Floats) -> npt.NDArray[np.bool_]:
    """Which positions lie in the box around China."""
    west, south, east, north = CHINA
    return np.asarray((lons >= west) & (lons <= east) & (lats >= south) & (lats <= north))


def _degrees(columns: Columns, code: str) -> Iterator[Placed]:
    for order in ("lon_lat", "lat_lon"):
        lons, lats = columns.first, columns.second
        if order == "lat_lon":
            lons, lats = lats, lons
        if _contradicts(columns.labels, order) or abs(lats).max() > 90:
            continue
        inside = in_china(lons, lats)
        if inside.all() or not inside.any():
            yield Placed(lons, lats, order, code)


def _metres(columns: Columns, code: str) -> Iterator[Placed]:
    for order in ("north_east", "east_north"):
        eastings, northings = columns.first, columns.second
        if order == "north_east":
            eastings, northings = northings, eastings
        if _contradicts(columns.labels, order) or not _fits(eastings, northings, code):
            continue
        try:
            lons, lats = crs.unproject(eastings, northings, code)
        except CrsError:  # outside the area of use
            continue
        if in_china(lons, lats).all():
            yield Placed(lons, lats, order, code)


def _contradicts(labels: str, order: str) -> bool:
    return bool(_LABELS[labels]) and order not in _LABELS[labels]


def _fits(eastings: Floats, northings: Floats, code: str) -> bool:
    if code == MERCATOR:
        return True
    plain = eastings - _ZONE_39_M if code == PREFIXED else eastings
    return _within(northings, _NORTHINGS_M) and _within(plain, _EASTINGS_M)


def _within(values: Floats, limits: tuple[float, float]) -> bool:
    return bool((values >= limits[0]).all() and (values <= limits[1]).all())
