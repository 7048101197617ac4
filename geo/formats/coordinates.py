"""Reads a position that a person types or pastes: degrees, degrees-minutes-seconds, or metres of the plan's CRS.

Ranges decide which number is which, labels help, and the answer says how it was read. Chinese survey tables name X
the northing and Y the easting, others the reverse; both are taken. Where two readings fit, both are returned.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from geo import crs
from geo.errors import CrsError, QueryError

_MARKS = str.maketrans({"度": "°", "º": "°", "分": "'", "′": "'", "’": "'", "秒": '"', "″": '"', "”": '"', "；": ";"})
_WORDS = (
    ("东经", "E"),
    ("北纬", "N"),
    ("经度", "E"),
    ("纬度", "N"),
    ("longitude", "E"),
    ("latitude", "N"),
    ("lon", "E"),
    ("lat", "N"),
)
_NUMBER = r"-?(?:\d{1,3}(?:[ ,]\d{3})+(?!\d)|\d{1,9})(?:\.\d{1,12})?"
_DMS = r"""\d{1,3}\s*°\s*\d{1,2}(?:\.\d+)?\s*'(?:\s*\d{1,2}(?:\.\d+)?\s*(?:"|''))?"""
_LABELLED = re.compile(rf"\s*(?P<label>[ENXY])\s*[:=]?\s*(?P<value>{_DMS}|{_NUMBER})\s*°?\s*[,;/]?", re.IGNORECASE)
_TRAILED = re.compile(rf"\s*(?P<value>{_DMS}|{_NUMBER})\s*°?\s*(?P<label>[EN])?\s*[,;/]?", re.IGNORECASE)
_BARE = re.compile(r"\s*(?P<value>-?\d{1,9}(?:\.\d{1,12})?)(?P<label>(?!))?\s*[,;/ ]?")

_CHINA = (73.0, 3.0, 136.0, 54.0)  # west, south, east, north in degrees
_NORTHINGS, _EASTINGS = (1_000_000.0, 6_000_000.0), (100_000.0, 900_000.0)
_PREFIXED = (25_000_000.0, 46_000_000.0)  # easting with the number of a 3-degree zone before it
_ZONE_M = 1_000_000.0
_ZONES = {39: "EPSG:4527"}  # the 3-degree zone of Nanchang


@dataclass(frozen=True)
class ReadPosition:
    """A position in lon/lat (degrees), and how the text was read."""

    lon: float
    lat: float
    how_en: str
    how_zh: str


def read_position(text: str, metric: str) -> tuple[ReadPosition, ...]:
    """The positions that `text` may mean, the likeliest first; empty if it is no pair of numbers.

    `metric` is the plan's CRS ("EPSG:4548"). QueryError for a pair of numbers that no reading fits.

    >>> [(found.lon, found.lat, found.how_en) for found in read_position("28.7, 116.05", "EPSG:4548")]
    [(116.05, 28.7, 'latitude, longitude')]
    >>> round(read_position("116°03'E 28°42'N", "EPSG:4548")[0].lon, 6)
    116.05
    """
    pair = _pair(text)
    if pair is None:
        return ()
    (first, one), (second, two) = pair
    if max(abs(first), abs(second)) <= 180:
        found = _degrees(first, second, one + two)
    else:
        found = _metres(first, second, metric)
    if not found:
        raise QueryError(
            f"The numbers {first:g} and {second:g} fit no position: give longitude and latitude in degrees, or easting "
            f"and northing of {metric}.",
            f"{first:g} 与 {second:g} 不构成位置：请给出以度为单位的经纬度，或 {metric} 的坐标（X 北、Y 东亦可）。",
        )
    return found


def _pair(text: str) -> tuple[tuple[float, str], tuple[float, str]] | None:
    """Two values with their labels (E, N, X, Y or none), if the text is nothing else."""
    plain = unicodedata.normalize("NFKC", text).strip()
    for word, letter in _WORDS:
        plain = re.sub(word, letter, plain, flags=re.IGNORECASE)
    plain = plain.translate(_MARKS)
    for pattern in (_BARE, _LABELLED, _TRAILED):
        found = _all(pattern, plain)
        if len(found) == 2:
            return found[0], found[1]
    return None


def _all(pattern: re.Pattern[str], text: str) -> list[tuple[float, str]]:
    values, at = [], 0
    while at < len(text):
        match = pattern.match(text, at)
        if not match or match.end() == at:
            return []
        values.append((_value(match["value"]), (match["label"] or "").upper()))
        at = match.end()
    return values


def _value(text: str) -> float:
    if "°" not in text:
        return float(text.replace(" ", "").replace(",", ""))
    degrees, minutes, seconds = ([float(part) for part in re.findall(r"\d+(?:\.\d+)?", text)] + [0.0])[:3]
    return degrees + minutes / 60 + seconds / 3600


def _degrees(first: float, second: float, labels: str) -> tuple[ReadPosition, ...]:
    orders = [
        (first, second, "longitude, latitude", "经度、纬度"),
        (second, first, "latitude, longitude", "纬度、经度"),
    ]
    if labels in ("EN", "NE"):
        orders = orders[:1] if labels == "EN" else orders[1:]
    valid = [order for order in orders if abs(order[1]) <= 90]
    west, south, east, north = _CHINA
    here = [order for order in valid if west <= order[0] <= east and south <= order[1] <= north]
    return tuple(ReadPosition(*order) for order in here or valid)


def _metres(first: float, second: float, metric: str) -> tuple[ReadPosition, ...]:
    found = []
    for northing, easting, order_en, order_zh in (
        (first, second, "X north, Y east", "X 北、Y 东"),
        (second, first, "easting, northing", "东坐标、北坐标"),
    ):
        prefix = int(easting // _ZONE_M) if _PREFIXED[0] <= easting < _PREFIXED[1] else 0
        plain = easting - prefix * _ZONE_M
        if not (_within(northing, _NORTHINGS) and _within(plain, _EASTINGS)):
            continue
        zone_en, zone_zh = (f", zone {prefix} before the easting", f"，东坐标带 {prefix} 带号") if prefix else ("", "")
        try:
            code = _ZONES[prefix] if prefix else metric
            lon, lat = crs.unproject(easting, northing, code)
        except (KeyError, CrsError):  # a zone far from here, or metres outside the area of use
            continue
        found.append(
            ReadPosition(float(lon), float(lat), f"{code}: {order_en}{zone_en}", f"{code}：{order_zh}{zone_zh}")
        )
    return tuple(found)


def _within(value: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= value <= limits[1]
