"""Why a pasted list cannot be read: the row that differs, or what its numbers look like, and what to do."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from geo.errors import GeoError, UnplacedError
from geo.formats.corners.cells import STYLES, cells_of, scan
from geo.formats.corners.facts import Pasted, Row, refuse
from geo.formats.corners.placing import CHINA, DEGREES, MERCATOR, PREFIXED, systems_of

_KINDS = {
    "degrees": ("degrees", "度"),
    "degrees far away": ("degrees outside China", "中国以外的度"),
    "metres": ("metres without a zone number", "不带带号的米制坐标"),
    "mercator": ("metres of Web Mercator (EPSG:3857)", "网络墨卡托（EPSG:3857）的米制坐标"),
    "zone 39": ("metres with the zone number 39 (EPSG:4527)", "带 39 带号的米制坐标（EPSG:4527）"),
    "": ("no position", "不成位置的数"),
}
_MOST_VALUES = 5
_NORTHINGS_M, _EASTINGS_M, _PREFIXED_M = (1e6, 6e6), (1e5, 9e5), (13e6, 46e6)
_MERCATOR_M = ((8.0e6, 15.2e6), (0.3e6, 7.2e6))
_CODES = {"degrees": DEGREES, "degrees far away": DEGREES, "mercator": (MERCATOR,), "zone 39": (PREFIXED,)}


def why_unread(pasted: Pasted, metric: str, asked: str | None) -> GeoError:
    """The error of a list that no reading fits: the first row that is unlike the others, else what all look like."""
    counts = [_values(row) for row in pasted.rows]
    common = Counter(map(len, counts))
    usual = max(range(2, _MOST_VALUES + 1), key=lambda count: common[count])
    for row, values in zip(pasted.rows, counts, strict=True):
        if len(values) != usual:
            return _wrong_count(row, len(values), usual if common[usual] else 0)
        if _is_spoilt(row):
            return refuse(
                row,
                "holds letters or signs inside a number, or a label that belongs to none. Correct it.",
                "的数字中夹有字母或符号，或有不知归属的标注。请更正。",
            )
    kinds = [_kind(values) for values in counts]
    usual_kind = max(kinds, key=lambda kind: (kinds.count(kind), kind))
    for row, kind in zip(pasted.rows, kinds, strict=True):
        if kind != usual_kind:
            return _unlike(row, kind, usual_kind)
    return _nowhere(pasted.rows[0], usual_kind, metric, asked)


def _values(row: Row) -> list[float]:
    return [token.value.number for token in scan(row) if token.value is not None]


def _is_spoilt(row: Row) -> bool:
    found = [cells_of(scan(row), style) for style in STYLES]
    return all(cells is None or cells.spoilt for cells in found)


def _wrong_count(row: Row, found: int, usual: int) -> GeoError:
    if not usual:
        return refuse(
            row,
            f"holds {found} number(s). Paste one corner a line: two coordinates, a name before and a height after "
            "them if need be.",
            f"含 {found} 个数。请每行一个拐点：两个坐标，前面可有点号，后面可有高程。",
        )
    return refuse(
        row,
        f"holds {found} number(s), most rows {usual}. Make the rows alike, and leave out lines that are no corners.",
        f"含 {found} 个数，多数行为 {usual} 个。请使各行一致，并删去不是拐点的行。",
    )


def _unlike(row: Row, kind: str, usual: str) -> GeoError:
    (en, zh), (most_en, most_zh) = _named(kind), _named(usual)
    return refuse(
        row,
        f"looks like {en}, most rows like {most_en}. Correct it, or paste corners of one system alone.",
        f"像是{zh}，多数行像是{most_zh}。请更正，或只粘贴同一坐标系的拐点。",
    )


def _nowhere(row: Row, kind: str, metric: str, asked: str | None) -> GeoError:
    where_en, where_zh = row.words()
    choices = _CODES.get(kind, _plain_systems(metric) if kind == "metres" else ())
    en, zh = _named(kind)
    if kind and asked is not None and asked not in choices:
        return UnplacedError(
            f"{where_en} looks like {en}, but {asked} is chosen. Choose another system.",
            f"{where_zh}像是{zh}，而所选为 {asked}。请改选坐标系。",
            choices,
        )
    if kind == "mercator":
        return UnplacedError(
            f"{where_en} looks like {en}. Choose that system if it is so.",
            f"{where_zh}像是{zh}。如属实请选择该坐标系。",
            choices,
        )
    if kind.startswith("zone ") and kind != "zone 39":
        return UnplacedError(
            f"{where_en} looks like {en}; of these the atlas takes zone 39 (EPSG:4527) alone. Convert the corners.",
            f"{where_zh}像是{zh}；图集只接受 39 带（EPSG:4527）。请先转换。",
        )
    return UnplacedError(
        f"{where_en} can be read in no way: it looks like {en}. Give longitude and latitude in degrees, or easting and "
        f"northing of {metric}, in the order that labels and head say.",
        f"{where_zh}无法读取：像是{zh}。请给出以度为单位的经纬度，或 {metric} 的坐标（X 北、Y 东亦可），"
        "并与标注和表头一致。",
        choices,
    )


def _plain_systems(metric: str) -> tuple[str, ...]:
    return tuple(code for code in systems_of(metric) if code != PREFIXED)


def _named(kind: str) -> tuple[str, str]:
    zone = kind.removeprefix("zone ")
    return _KINDS.get(kind) or (f"metres with the zone number {zone}", f"带 {zone} 带号的米制坐标")


def _kind(values: list[float]) -> str:
    """What a row looks like by the first two neighbours that fit anything; degrees far away and nothing come last."""
    found = [_kind_of(one, two) for one, two in pairwise(values)]
    return next((kind for kind in found if kind not in ("", "degrees far away")), max(found))


def _kind_of(one: float, two: float) -> str:
    for x, y in ((one, two), (two, one)):
        if CHINA[0] <= x <= CHINA[2] and CHINA[1] <= y <= CHINA[3]:
            return "degrees"
        if _NORTHINGS_M[0] <= y <= _NORTHINGS_M[1]:
            if _EASTINGS_M[0] <= x <= _EASTINGS_M[1]:
                return "metres"
            if _PREFIXED_M[0] <= x < _PREFIXED_M[1] and _EASTINGS_M[0] <= x % 1e6 <= _EASTINGS_M[1]:
                is_mercator = x <= _MERCATOR_M[0][1]
                return "mercator" if is_mercator else f"zone {int(x // 1e6)}"
    for x, y in ((one, two), (two, one)):
        if all(low <= value <= high for value, (low, high) in zip((x, y), _MERCATOR_M, strict=True)):
            return "mercator"
    return "degrees far away" if abs(one) <= 180 and abs(two) <= 180 and min(abs(one), abs(two)) <= 90 else ""
