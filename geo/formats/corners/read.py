"""From a pasted list to its readings: each hypothesis of how the rows are laid out is tried on all rows together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from geo import crs as systems
from geo.errors import CrsError, QueryError
from geo.formats.corners.cells import STYLES, cells_of, possible_groups, scan
from geo.formats.corners.facts import Cells, CornerReading, Head, Pasted, Row, Value
from geo.formats.corners.faults import why_unread
from geo.formats.corners.placing import DEGREES, MERCATOR, PREFIXED, Columns, Placed, in_china, place_columns
from geo.formats.corners.rings import make_rings, ring_numbers
from geo.formats.corners.text import split_text

_MOST_BEFORE, _MOST_AFTER = 2, 1
_HEIGHTS_M = (-500.0, 9_000.0)
_ORDERS = {
    "lon_lat": ("longitude, latitude", "经度、纬度"),
    "lat_lon": ("latitude, longitude", "纬度、经度"),
    "north_east": ("X north, Y east", "X 北、Y 东"),
    "east_north": ("easting, northing", "东坐标、北坐标"),
}
_UNMOVED = ("wgs84", "cgcs2000")


@dataclass(frozen=True)
class Layout:
    """Rows of one kind: columns of whole numbers before the coordinates, the coordinates, a height after them."""

    before: tuple[tuple[float, ...], ...]
    columns: Columns
    has_height: bool
    has_groups: bool


def read_corners(text: str, metric: str, crs: str | None = None, datum: str | None = None) -> tuple[CornerReading, ...]:
    """Every way in which all rows of a pasted list of corners can be read alike, the likeliest first; never none.

    `metric` is the plan's CRS. `crs` ("EPSG:n") and `datum` (wgs84, cgcs2000, gcj02, bd09) are what the person chose:
    with them only that is tried, and positions are shifted from the datum. Without a datum degrees stand as they are
    and `needs_datum` is true; metres of the plan's plane need none.

    Taken are: degrees, degrees-minutes-seconds, metres of Gauss-Krueger at 117° E with and without the zone number 39,
    in either order, with names or numbers before and a height after; a head row, the boundary-point text format, WKT.
    The list is one ring; ring numbers before the coordinates (1, 1, 1, 2, 2, 2) and WKT give holes. Blank lines part
    nothing. A closing corner is left out; a single row is a point.

    QueryError with the row for rows of different kinds, too few corners or several outlines; UnplacedError for numbers
    that fit no place; FormatError for another format; LimitError; CrsError for a `crs` or `datum` that is not taken.

    >>> read = read_corners("116.05, 28.70\\n116.06, 28.70\\n116.06, 28.71", "EPSG:4548")
    >>> [(found.rings[0][1], found.how_en, found.needs_datum) for found in read]
    [((116.06, 28.7), 'longitude, latitude', True)]
    """
    plane = systems.metric_crs(metric)
    wanted = None if crs is None else systems.allowed_crs(crs)
    taken = None if datum is None else datum.strip().lower()
    if taken is not None:
        systems.from_datum(0.0, 0.0, taken)
    pasted = split_text(text)
    asked = _agreed(pasted.crs, wanted)
    found: dict[tuple[object, ...], tuple[bool, bool, CornerReading]] = {}
    fault: QueryError | None = None
    for layout in _layouts(pasted):
        for placed in place_columns(layout.columns, plane, asked):
            if not _agrees(pasted.head, placed):
                continue
            try:
                made = _reading(pasted, layout, placed, taken)
            except QueryError as error:
                fault = fault or error
                continue
            key = (made.crs, made.order, made.rings)
            found.setdefault(key, (_is_in_china(placed), _is_near(placed, plane), made))
    if not found:
        raise fault or why_unread(pasted, plane, asked)
    return _ranked(list(found.values()))


def _ranked(found: list[tuple[bool, bool, CornerReading]]) -> tuple[CornerReading, ...]:
    """Readings in China, if there are any, those near the plan first."""
    here = [row for row in found if row[0]] or found
    return tuple(reading for _, _, reading in sorted(here, key=lambda row: not row[1]))


def _agreed(own: str | None, wanted: str | None) -> str | None:
    code = None if own is None else systems.allowed_crs(own)
    if code and wanted and code != wanted and not (code in DEGREES and wanted in DEGREES):
        raise QueryError(
            f"The text names {code}, but {wanted} is chosen. Only one can be right: choose it, or mend the text.",
            f"文本注明 {code}，所选为 {wanted}，两者只能有一个正确：请改选，或改正文本。",
        )
    return wanted or code


def _layouts(pasted: Pasted) -> Iterator[Layout]:
    """Every layout that all rows share; what parts thousands and where labels stand is the same in all of them."""
    seen = set()
    for groups in possible_groups(pasted.rows):
        if not _can_be_corner(pasted.rows[0], groups):
            continue
        tokens = [scan(row, groups) for row in pasted.rows]
        has_labels = any(piece.kind == "label" for pieces in tokens for piece in pieces)
        for style in STYLES if has_labels else STYLES[:1]:
            cells: list[Cells] = []
            for pieces in tokens:
                row = cells_of(pieces, style)
                if row is None or (cells and len(row.values) != len(cells[0].values)):
                    break
                cells.append(row)
            else:
                key = tuple(row.values for row in cells)
                if key not in seen:
                    seen.add(key)
                    yield from _splits(cells, pasted, bool(groups))


def _can_be_corner(row: Row, groups: str) -> bool:
    """Whether a row holds two numbers, and no more than a corner may: a text of the full length is soon refused."""
    found = [cells_of(scan(row, groups), style) for style in STYLES]
    return any(cells and 2 <= len(cells.values) <= 2 + _MOST_BEFORE + _MOST_AFTER for cells in found)


def _splits(cells: list[Cells], pasted: Pasted, has_groups: bool) -> Iterator[Layout]:
    count, head = len(cells[0].values), pasted.head
    for after in range(_MOST_AFTER + 1):
        before = count - 2 - after
        if not 0 <= before <= _MOST_BEFORE or (before and not head.has_names) or (after and not head.has_more):
            continue
        if all(_is_row(row, before, after) for row in cells):
            pair = cells[0].values[before : before + 2]
            names = tuple(tuple(row.values[at].number for row in cells) for at in range(before))
            first, second = (np.array([row.values[before + at].number for row in cells]) for at in (0, 1))
            labels = "".join(value.label for value in pair)
            if all("".join(v.label for v in row.values[before : before + 2]) == labels for row in cells):
                has_angles = any(value.is_angle for row in cells for value in row.values)
                yield Layout(names, Columns(first, second, labels, has_angles), bool(after), has_groups)


def _is_row(row: Cells, before: int, after: int) -> bool:
    names, pair, rest = row.values[:before], (before, before + 1), row.values[before + 2 :]
    return (
        all(value.is_whole and not value.is_angle and not value.label for value in names)
        and all(_can_be_height(value) for value in rest)
        and before not in row.words_after
        and not row.spoilt.intersection(pair)
    )


def _can_be_height(value: Value) -> bool:
    return not value.is_angle and value.label in ("", "H") and _HEIGHTS_M[0] <= value.number <= _HEIGHTS_M[1]


def _agrees(head: Head, placed: Placed) -> bool:
    """Whether a head row that names the order allows this one; longitude and latitude are in degrees."""
    if not head.order:
        return True
    if head.is_lonlat:
        return placed.order == head.order
    return placed.order in (head.order, {"east_north": "lon_lat", "north_east": "lat_lon"}[head.order])


def _is_in_china(placed: Placed) -> bool:
    return bool(in_china(placed.lons, placed.lats).all())


def _is_near(placed: Placed, metric: str) -> bool:
    try:
        systems.project(placed.lons, placed.lats, metric)
    except CrsError:
        return False
    return True


def _reading(pasted: Pasted, layout: Layout, placed: Placed, datum: str | None) -> CornerReading:
    numbers = ring_numbers(pasted.rows, layout.before)
    if numbers is None:
        raise QueryError(
            "The numbers before the coordinates are neither point numbers nor ring numbers. Number the rings 1, 2, ... "
            "in the order of the rows, or leave these columns out.",
            "坐标前的数字既非点号也非圈号。请按行序以 1、2…… 编圈号，或删去这些列。",
        )
    lons, lats = (placed.lons, placed.lats) if datum is None else systems.from_datum(placed.lons, placed.lats, datum)
    positions = list(zip(lons.tolist(), lats.tolist(), strict=True))
    rings = make_rings(pasted.rows, numbers, positions)
    needs_datum = datum is None and placed.code in (*DEGREES, MERCATOR)
    own = None if needs_datum else "wgs84" if placed.code == "EPSG:32650" else "cgcs2000"
    code = systems.LONLAT if placed.code in DEGREES and datum == "cgcs2000" else placed.code
    how_en, how_zh = _how(layout, placed, len(rings), datum)
    return CornerReading(rings, code, datum or own, placed.order, how_en, how_zh, needs_datum)


def _how(layout: Layout, placed: Placed, rings: int, datum: str | None) -> tuple[str, str]:
    """How the rows were read, as people say it; what was left out stands in it."""
    en, zh = _ORDERS[placed.order]
    if placed.code not in DEGREES:
        en, zh = f"{placed.code}: {en}", f"{placed.code}：{zh}"
    parts = [(en, zh)]
    if placed.code == PREFIXED:
        parts.append(("zone 39 before the easting", "东坐标带 39 带号"))
    if layout.columns.has_angles and placed.code in DEGREES:
        parts.append(("with degree signs", "带度分秒符号"))
    if layout.has_groups:
        parts.append(("marks between thousands", "含千位分隔符"))
    if layout.before:
        parts.append(("numbered in front", "前列为编号"))
    if layout.has_height:
        parts.append(("last column (height) left out", "末列（高程）略去"))
    if rings > 1:
        parts.append((f"1 outline, {rings - 1} hole(s)", f"外环 1 个、孔洞 {rings - 1} 个"))
    if datum is not None and datum not in _UNMOVED:
        parts.append((f"shifted from {systems.DATUM_NAMES[datum]}", f"由 {systems.DATUM_NAMES[datum]} 改正"))
    return ", ".join(part[0] for part in parts), "，".join(part[1] for part in parts)
