"""Which coordinate system and datum a file is in: what it says itself, what was asked for, and whether they agree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from geo import crs
from geo.errors import CrsError, UnplacedError
from geo.formats.geojson.facts import Note

_EPSG = re.compile(
    r"(?:urn:(?:ogc|x-ogc):def:crs:EPSG:[\d.]{0,9}:|https?://www\.opengis\.net/def/crs/EPSG/[\d.]{1,9}/|EPSG:)(\d{1,6})",
    re.IGNORECASE,
)
_CRS84 = re.compile(
    r"(?:urn:ogc:def:crs:OGC:[\d.]{0,9}:|https?://www\.opengis\.net/def/crs/OGC/[\d.]{1,9}/|OGC:)?CRS84", re.IGNORECASE
)
_DEGREES = ("EPSG:4326", crs.LONLAT)
_SHOWN = 80


@dataclass(frozen=True)
class System:
    """The system that the coordinates of a file are in, and the datum that they are shifted to."""

    crs: str
    datum: str
    notices: tuple[Note, ...]

    @property
    def is_degrees(self) -> bool:
        """Whether the coordinates are longitude and latitude."""
        return self.crs in _DEGREES


def read_system(value: Any, asked: str | None, datum: str | None) -> System:
    """The system of a parsed file (see `read_features`): the one `asked` for or its own; RFC 7946 says WGS 84.

    CrsError for an `asked` system or a `datum` that the atlas does not take; UnplacedError if the file's own is none
    of them, cannot be read or contradicts the one asked for.

    >>> read_system({"type": "Polygon"}, None, "gcj02").crs
    'EPSG:4326'
    """
    wanted = None if asked is None else crs.allowed_crs(asked)
    taken = "wgs84" if datum is None else datum.strip().lower()
    crs.from_datum(0.0, 0.0, taken)
    own = [_own(member) for member in _members(value)]
    known = {code for code in own if code is not None}
    for code in known:
        _check_agreement(code, wanted, known)
    if None in own and wanted is None:
        raise UnplacedError(
            "The file says that its coordinate system is unknown (crs is null). Choose a CRS.",
            "文件声明坐标系未知（crs 为 null）。请选择坐标系。",
            _choices(),
        )
    chosen = wanted or min(known, default=None)
    notices = [_crs_note(chosen, in_file=bool(known))]
    if datum is None:
        notices.append(_datum_note(chosen or _DEGREES[0]))
    return System(chosen or _DEGREES[0], taken, tuple(notices))


def _members(value: dict[str, Any]) -> Iterator[Any]:
    """The `crs` members of the file, its features and their geometries (GeoJSON of 2008 allowed all of them)."""
    found = value.get("features") if value.get("type") == "FeatureCollection" else None
    waiting: list[Any] = [value, *(found if isinstance(found, list) else ())]
    while waiting:
        item = waiting.pop()
        if not isinstance(item, dict):
            continue
        if "crs" in item:
            yield item["crs"]
        inner = item.get("geometries")
        waiting.extend((item.get("geometry"), *(inner if isinstance(inner, list) else ())))


def _own(member: Any) -> str | None:
    """The system that a `crs` member names, as "EPSG:n"; None for null; UnplacedError for what is not taken."""
    if member is None:
        return None
    kind = member.get("type") if isinstance(member, dict) else None
    properties = member.get("properties") if isinstance(member, dict) else None
    named = properties if isinstance(properties, dict) else {}
    if kind == "link":
        raise UnplacedError(
            "The file links to its coordinate system. Links are never followed: name it as EPSG:n.",
            "文件以链接说明坐标系。图集不访问链接：请以 EPSG:n 写明。",
            _choices(),
        )
    name = named.get("name") if kind == "name" else None
    if kind == "EPSG" and type(named.get("code")) is int:
        name = f"EPSG:{str(named['code'])[:7]}"
    if isinstance(name, str) and _CRS84.fullmatch(name):
        return _DEGREES[0]
    match = _EPSG.fullmatch(name) if isinstance(name, str) else None
    try:
        return crs.allowed_crs(match[1] if match else _shown(name))
    except CrsError as error:
        raise UnplacedError(
            f"The file names its coordinate system. {error.en}", f"文件注明了坐标系。{error.zh}", _choices()
        ) from None


def _shown(name: Any) -> str:
    text = name if isinstance(name, str) else "?"
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text[:_SHOWN])


def _check_agreement(code: str, wanted: str | None, known: set[str]) -> None:
    for other in (*known, *(() if wanted is None else (wanted,))):
        if code != other and not (code in _DEGREES and other in _DEGREES):
            asked_en, asked_zh = ("was asked for", "所选为") if other == wanted else ("is named in it too", "又注明")
            raise UnplacedError(
                f"The file names {code}, but {other} {asked_en}. Only one can be right: choose it, or mend the file.",
                f"文件注明 {code}，{asked_zh} {other}，两者只能有一个正确：请改选，或改正文件。",
                (code, other),
            )


def _choices() -> tuple[str, ...]:
    return tuple(f"EPSG:{number}" for number in crs.ALLOWED)


def _crs_note(code: str | None, *, in_file: bool) -> Note:
    if code is None:
        return Note(
            "crs_by_rfc",
            "The file names no coordinate system: read as longitude and latitude, as RFC 7946 says.",
            "文件未注明坐标系：按 RFC 7946 读作经纬度。",
        )
    where_en, where_zh = ("named in the file", "文件注明") if in_file else ("as asked for", "按所选")
    return Note(
        "crs", f"Coordinate system: {code} ({crs.crs_name(code)}), {where_en}.", f"坐标系：{code}（{where_zh}）。"
    )


def _datum_note(code: str) -> Note:
    if code in _DEGREES:
        return Note(
            "datum_by_rfc",
            "No datum was chosen: read as WGS 84, which the atlas takes as one with CGCS2000 (decimetres at most). "
            "Coordinates from Chinese web maps (GCJ-02, BD-09) lie 500 to 1,200 m off: choose their datum.",
            "未选择基准：按 WGS 84 读取，图集视同 CGCS2000（相差至多数分米）。"
            "取自国内网络地图的坐标（GCJ-02、BD-09）会偏 500 至 1200 米，须选择相应基准。",
        )
    return Note(
        "datum_of_crs",
        f"No datum was chosen: the one of {code} is taken, and nothing is shifted.",
        f"未选择基准：采用 {code} 自身的基准，不作偏移。",
    )
