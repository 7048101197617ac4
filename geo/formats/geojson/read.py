"""From the bytes of a GeoJSON file to sites on the ground, with every change said."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import shapely
from shapely.geometry import MultiPolygon, Polygon

from geo import crs as systems_of_atlas
from geo.errors import CrsError, GeometryError
from geo.formats.geojson.facts import DEFAULT, Area, Limits, Note, ReadSites, Ring, Scalar, Site, Skipped
from geo.formats.geojson.features import read_features
from geo.formats.geojson.json_text import parse_json
from geo.formats.geojson.outlines import Ground, check_encounters, is_open, is_turned, make_polygon, unite
from geo.formats.geojson.placing import check_places, shift_note, to_wgs84
from geo.formats.geojson.systems import System, read_system

_BOM = Note("bom", "A byte order mark before the text was left out.", "已略去文本前的字节顺序标记（BOM）。")
_Z = Note(
    "z_dropped", "Heights and other numbers after the first two were left out.", "已略去高程等第三个及以后的数值。"
)
_UNITED = Note(
    "parts_united",
    "Parts overlap or share an edge: they were united, and their ground counts once.",
    "各部分有重叠或共边：已合并，面积只计一次。",
)
_LISTED = 5


def read_geojson(
    data: bytes,
    *,
    crs: str | None = None,
    datum: str | None = None,
    metric: str | None = None,
    limits: Limits = DEFAULT,
) -> ReadSites:
    """The areas of a GeoJSON file as sites in lon/lat, in file order; points, lines and null geometry are `skipped`.

    `crs` ("EPSG:n") and `datum` (wgs84, cgcs2000, gcj02, bd09) are what the person chose; without them the file's own
    `crs` member holds, then RFC 7946. `metric`, the CRS of the plan, lets messages give metres, and an outline that
    crosses itself there is refused too. A site may lie anywhere: whether it is in the plan is not asked here.

    FormatError: not GeoJSON. LimitError: more than `limits`. GeometryError (UnplacedError for the system): an outline
    that cannot be measured, or no area at all. CrsError: a `crs`, `datum` or `metric` that the atlas does not take.

    >>> ring = "[[116.05, 28.70], [116.06, 28.70], [116.06, 28.71]]"
    >>> read = read_geojson(f'{{"type": "Polygon", "coordinates": [{ring}]}}'.encode())
    >>> [site.geometry.wkt for site in read.sites]
    ['POLYGON ((116.05 28.7, 116.06 28.7, 116.06 28.71, 116.05 28.7))']
    >>> [note.name for note in read.sites[0].notices]
    ['ring_closed']
    """
    plane = None if metric is None else systems_of_atlas.metric_crs(metric)
    value, has_bom = parse_json(data, limits)
    areas, skipped = read_features(value, limits)
    system = read_system(value, crs, datum)
    if not areas:
        raise _nothing(skipped)
    rings = [ring for area in areas for part in area.parts for ring in part]
    check_places(rings, system)
    check_encounters([[ring for part in area.parts for ring in part] for area in areas], limits)
    ground = Ground(system, plane)
    sites = tuple(_site(number, area, ground) for number, area in enumerate(areas, start=1))
    shifted = shift_note(rings, system)
    notices = ((_BOM,) if has_bom else ()) + system.notices + ((shifted,) if shifted else ())
    return ReadSites(sites, tuple(skipped), notices, system.crs, system.datum)


def _site(number: int, area: Area, ground: Ground) -> Site:
    geometry, is_united = unite([make_polygon(part, ground) for part in area.parts])
    placed = _placed(geometry, area, ground)
    kept: dict[str, Scalar] = {
        name: value for name, value in area.properties.items() if not isinstance(value, dict | list)
    }
    notices = _ring_notes([ring for part in area.parts for ring in part])
    if area.has_z:
        notices.append(_Z)
    if is_united:
        notices.append(_UNITED)
    if len(kept) < len(area.properties):
        notices.append(_nested_note(area.properties))
    return Site(number, area.feature, placed, kept, tuple(notices))


def _placed(geometry: Polygon | MultiPolygon, area: Area, ground: Ground) -> Polygon | MultiPolygon:
    """`geometry` in lon/lat; GeometryError if it is valid in the file's coordinates only."""
    system: System = ground.system
    placed: Polygon | MultiPolygon = shapely.transform(geometry, lambda positions: to_wgs84(positions, system))
    faults = [shapely.is_valid_reason(placed)]
    if ground.metric is not None:
        with suppress(CrsError):  # far from the plan nothing is measured
            faults.append(shapely.is_valid_reason(systems_of_atlas.to_metres(placed, ground.metric)))
    for fault in faults:
        if fault != "Valid Geometry":
            raise GeometryError(
                f"Feature {area.feature} is valid as drawn, but not on the ground: {fault}. Where two lines "
                "touch, both need a position there.",
                f"第 {area.feature} 个要素在原坐标中有效，换算后无效：{fault}。两线相接处须都有位置点。",
            )
    return placed


def _ring_notes(rings: Sequence[Ring]) -> list[Note]:
    opened, turned = sum(map(is_open, rings)), sum(map(is_turned, rings))
    notes = []
    if opened:
        notes.append(
            Note(
                "ring_closed",
                f"Rings that were closed, the last position not being the first: {opened}.",
                f"首尾不一致、已自动闭合的环：{opened} 个。",
            )
        )
    if turned:
        notes.append(
            Note(
                "winding_turned",
                f"Rings whose winding was turned to that of RFC 7946 (the ground stays the same): {turned}.",
                f"已按 RFC 7946 调整绕向的环（范围不变）：{turned} 个。",
            )
        )
    return notes


def _nested_note(properties: dict[str, Any]) -> Note:
    names = [name for name, value in properties.items() if isinstance(value, dict | list)]
    shown = [name[:40] for name in names[:_LISTED]] + ["…"] * (len(names) > _LISTED)
    return Note(
        "columns_left_out",
        f"Columns with lists or objects were left out: {', '.join(shown)}.",
        f"已略去内容为列表或对象的字段：{'、'.join(shown)}。",
    )


def _nothing(skipped: Sequence[Skipped]) -> GeometryError:
    reasons_en = " ".join(skip.en for skip in skipped[:_LISTED])
    reasons_zh = "".join(skip.zh for skip in skipped[:_LISTED])
    return GeometryError(
        f"The file holds no area. {reasons_en} Draw sites as Polygon or MultiPolygon.".replace("  ", " "),
        f"文件中没有面。{reasons_zh}请将地块绘为 Polygon 或 MultiPolygon。",
    )
