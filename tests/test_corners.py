"""Pasted lists of corners: each notation against values worked out another way, every fault with its row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

import pyproj
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import CrsError, FormatError, GeoError, LimitError, QueryError, UnplacedError
from geo.formats.corners import MAX_BYTES, MAX_ROWS, CornerReading, read_corners

METRIC = "EPSG:4548"
TO_PLANE = pyproj.Transformer.from_crs(4490, 4548, always_xy=True)
TO_UTM = pyproj.Transformer.from_crs(4326, 32650, always_xy=True)
TO_SCREEN = pyproj.Transformer.from_crs(4326, 3857, always_xy=True)
GEOD = pyproj.Geod(ellps="GRS80")
NEAR_M = 0.1

Pair = tuple[float, float]
SQUARE: list[Pair] = [(116.05, 28.70), (116.06, 28.70), (116.06, 28.71), (116.05, 28.71)]


def lines(rows: Sequence[str]) -> str:
    return "\n".join(rows)


def plane(corner: Pair) -> Pair:
    east, north = TO_PLANE.transform(*corner)
    return float(east), float(north)


def angle(degrees: float, marks: str = "°'\"") -> str:
    """Degrees, minutes and seconds to the thousandth (3 cm), by whole thousandths of a second."""
    thousandths = round(degrees * 3_600_000)
    whole, rest = divmod(thousandths, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    return f"{whole}{marks[0]}{minutes:02d}{marks[1]}{rest // 1000:02d}.{rest % 1000:03d}{marks[2]}"


def widened(text: str) -> str:
    return "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text)


Writer = Callable[[Sequence[Pair]], str]
NOTATIONS: dict[str, Writer] = {
    "lon, lat": lambda s: lines([f"{a:.7f}, {b:.7f}" for a, b in s]),
    "lat tab lon": lambda s: lines([f"{b:.7f}\t{a:.7f}" for a, b in s]),
    "spaces": lambda s: lines([f"  {a:.7f}   {b:.7f} " for a, b in s]),
    "on one line": lambda s: "; ".join(f"{a:.7f} {b:.7f}" for a, b in s),
    "on one line, Chinese signs": lambda s: "；".join(f"{a:.7f}，{b:.7f}" for a, b in s) + "。",
    "semicolons inside": lambda s: lines([f"{a:.7f}; {b:.7f}" for a, b in s]),
    "blank lines": lambda s: "\n\n".join(f"{a:.7f} {b:.7f}" for a, b in s),
    "full width": lambda s: widened(lines([f"{a:.7f},{b:.7f}" for a, b in s])),
    "decimal degrees": lambda s: lines([f"{a:.7f}°E {b:.7f}°N" for a, b in s]),
    "letters before": lambda s: lines([f"E{a:.7f} N{b:.7f}" for a, b in s]),
    "angles": lambda s: lines([f"{angle(a)}E, {angle(b)}N" for a, b in s]),
    "angles, latitude first": lambda s: lines([f"N {angle(b)} E {angle(a)}" for a, b in s]),
    "angles without letters": lambda s: lines([f"{angle(b, '°′″')} {angle(a, '°′″')}" for a, b in s]),
    "Chinese angles": lambda s: lines([f"东经{angle(a, '度分秒')}，北纬{angle(b, '度分秒')}" for a, b in s]),
    "named": lambda s: lines([f"J{n},{a:.7f},{b:.7f}" for n, (a, b) in enumerate(s, 1)]),
    "named by numbers": lambda s: lines([f"{n} {a:.7f} {b:.7f}" for n, (a, b) in enumerate(s, 1)]),
    "named like labels": lambda s: lines([f"N{n} {a:.7f}E {b:.7f}N" for n, (a, b) in enumerate(s, 1)]),
    "named with a dash": lambda s: lines([f"P-{n}\t{b:.7f}\t{a:.7f}\t35.2" for n, (a, b) in enumerate(s, 1)]),
    "X north, Y east": lambda s: lines([f"{y:.3f},{x:.3f}" for x, y in map(plane, s)]),
    "easting, northing": lambda s: lines([f"{x:.3f} {y:.3f}" for x, y in map(plane, s)]),
    "X= Y=": lambda s: lines([f"X={y:.3f} Y={x:.3f}" for x, y in map(plane, s)]),
    "units": lambda s: lines([f"{x:.3f} m, {y:.3f} m" for x, y in map(plane, s)]),
    "heights": lambda s: lines([f"{x:.3f} {y:.3f} 21.5" for x, y in map(plane, s)]),
    "thousands": lambda s: lines([f"{x:,.3f}, {y:,.3f}" for x, y in map(plane, s)]),
    "thousands, tab": lambda s: lines([f"{y:,.3f}\t{x:,.3f}" for x, y in map(plane, s)]),
    "thousands, spaces": lambda s: lines([f"E {x:,.3f} N {y:,.3f}".replace(",", " ") for x, y in map(plane, s)]),
    "thousands, thin": lambda s: lines([f"{x:,.3f} {y:,.3f}".replace(",", "\u2009") for x, y in map(plane, s)]),
    "zone 39": lambda s: lines([f"{y:.3f}, {x + 39e6:.3f}" for x, y in map(plane, s)]),
    "zone 39, easting first": lambda s: lines([f"{x + 39e6:.3f}\t{y:.3f}" for x, y in map(plane, s)]),
    "spreadsheet": lambda s: (
        "点号\tX坐标(m)\tY坐标(m)\r\n"
        + "".join(f"J{n}\t{y:,.3f}\t{x:,.3f}\r\n" for n, (x, y) in enumerate(map(plane, s), 1))
    ),
    "head": lambda s: "序号 经度 纬度\n" + lines([f"{n} {a:.7f} {b:.7f}" for n, (a, b) in enumerate(s, 5)]),
    "head, numbers and names": lambda s: (
        "序号,点号,X,Y\n" + lines([f"{n},J{n},{y:.3f},{x:.3f}" for n, (x, y) in enumerate(map(plane, s), 1)])
    ),
    "quoted cells": lambda s: '"lon","lat"\n' + lines([f'"{a:.7f}","{b:.7f}"' for a, b in s]),
    "KML": lambda s: " ".join(f"{a:.7f},{b:.7f},0" for a, b in s),
    "nested brackets": lambda s: str([[[round(a, 7), round(b, 7)] for a, b in s]]),
    "WKT": lambda s: f"POLYGON (({', '.join(f'{a:.7f} {b:.7f}' for a, b in [*s, s[0]])}))",
    "WKT of metres": lambda s: f"SRID=4548;POLYGON(({', '.join(f'{x:.3f} {y:.3f}' for x, y in map(plane, s))}))",
}


def read(text: str, crs: str | None = None, datum: str | None = None) -> tuple[CornerReading, ...]:
    return read_corners(text, METRIC, crs, datum)


def off_m(found: Sequence[Pair], expected: Sequence[Pair]) -> float:
    """The largest distance of a corner from where it is expected."""
    assert len(found) == len(expected)
    return max(float(GEOD.inv(*one, *two)[2]) for one, two in zip(found, expected, strict=True))


def says(text: str, kind: type[GeoError], words: str, **asked: str) -> GeoError:
    with pytest.raises(kind, match=words) as refused:
        read(text, **asked)
    assert any("\u4e00" <= letter <= "\u9fff" for letter in refused.value.zh)
    return refused.value


# Notations


@pytest.mark.parametrize("write", NOTATIONS.values(), ids=NOTATIONS)
def test_corners_of_one_square_are_the_same_in_every_notation(write: Writer) -> None:
    (found,) = read(write(SQUARE))
    assert len(found.rings) == 1
    assert off_m(found.rings[0], SQUARE) < NEAR_M
    assert found.needs_datum == (found.order in ("lon_lat", "lat_lon"))
    assert found.how_zh


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.floats(115.9, 116.3), st.floats(28.5, 28.95)), min_size=4, max_size=4, unique=True),
    st.sampled_from(sorted(NOTATIONS)),
)
def test_corners_of_any_quadrilateral_are_read_back(corners: list[Pair], name: str) -> None:
    corners = [(round(a, 6), round(b, 6)) for a, b in corners]
    if len(set(corners)) == 4:
        (found,) = read(NOTATIONS[name](corners))
        assert off_m(found.rings[0], corners) < NEAR_M


def test_angle_is_degrees_and_sixtieths() -> None:
    (found,) = read("116°30'36\"E 28°42'18\"N")
    assert found.rings == (((116 + 30 / 60 + 36 / 3600, 28 + 42 / 60 + 18 / 3600),),)


@pytest.mark.parametrize(
    ("name", "order", "crs"),
    [
        ("lon, lat", "lon_lat", "EPSG:4326"),
        ("lat tab lon", "lat_lon", "EPSG:4326"),
        ("thousands, tab", "north_east", "EPSG:4548"),
        ("easting, northing", "east_north", "EPSG:4548"),
        ("zone 39", "north_east", "EPSG:4527"),
    ],
)
def test_reading_names_its_order_and_system(name: str, order: str, crs: str) -> None:
    (found,) = read(NOTATIONS[name](SQUARE))
    assert (found.order, found.crs) == (order, crs)
    assert found.datum == (None if crs == "EPSG:4326" else "cgcs2000")


def test_closing_corner_is_left_out() -> None:
    (found,) = read(NOTATIONS["lon, lat"]([*SQUARE, SQUARE[0]]))
    assert found.corners == 4


def test_single_row_is_a_point() -> None:
    (found,) = read("J1 116.05 28.70")
    assert found.rings == (((116.05, 28.70),),)


BOUNDARY_FILE = """[属性描述]
格式版本号=1.01版本
数据产生日期=2025-6-4
坐标系=2000国家大地坐标系
几度分带=3
计量单位=米
带号=39
转换参数=0,0,0,0,0,0,0
[地块坐标]
8,1.0000,1,地块一,面,H-50-50,用途,,@
J1,1,3176000.0,39409000.0
J2,1,3176000.0,39409100.0
J3,1,3176100.0,39409100.0
J4,1,3176100.0,39409000.0
J1,1,3176000.0,39409000.0
J5,2,3176010.0,39409050.0
J6,2,3176010.0,39409060.0
J7,2,3176020.0,39409060.0
J5,2,3176010.0,39409050.0
"""


def test_boundary_point_file_keeps_its_hole() -> None:
    (found,) = read(BOUNDARY_FILE)
    assert [len(ring) for ring in found.rings] == [4, 3]
    hole = [TO_PLANE.transform(*corner) for corner in found.rings[1]]
    assert hole == [
        pytest.approx(corner, abs=1e-3) for corner in ((409050, 3176010), (409060, 3176010), (409060, 3176020))
    ]
    assert "1 outline, 1 hole(s)" in found.how_en


def test_wkt_keeps_its_hole() -> None:
    (found,) = read("POLYGON((116 28,117 28,117 29,116 28),(116.5 28.1,116.6 28.1,116.6 28.2,116.5 28.1))")
    assert found.rings[1] == ((116.5, 28.1), (116.6, 28.1), (116.6, 28.2))


# What was chosen


# (WGS 84, GCJ-02, BD-09) of Jiujiang, as the test fixtures of the library gcoord publish them.
@pytest.mark.parametrize(
    ("datum", "given_at"), [("gcj02", (116.001935, 29.7050822)), ("bd09", (116.0084664, 29.7109383))]
)
def test_shifted_datum_is_within_1_m_of_published_pairs(datum: str, given_at: Pair) -> None:
    (found,) = read(f"{given_at[1]}, {given_at[0]}", datum=datum)
    assert off_m(found.rings[0], [(115.9968499, 29.7076312)]) < 1
    assert (found.needs_datum, found.datum) == (False, datum)
    (unsaid,) = read(f"{given_at[1]}, {given_at[0]}")
    assert unsaid.rings == ((given_at,),)
    assert (unsaid.needs_datum, unsaid.datum) == (True, None)


@pytest.mark.parametrize(("code", "to"), [("EPSG:32650", TO_UTM), ("EPSG:3857", TO_SCREEN)])
def test_chosen_system_is_the_only_one_tried(code: str, to: pyproj.Transformer) -> None:
    rows = lines([f"{x:.3f}, {y:.3f}" for x, y in (to.transform(*corner) for corner in SQUARE)])
    (found,) = read(rows, crs=code)
    assert off_m(found.rings[0], SQUARE) < NEAR_M
    assert found.crs == code


@pytest.mark.parametrize(
    ("name", "crs", "words"),
    [
        ("lon, lat", "EPSG:4548", "looks like degrees, but EPSG:4548 is chosen"),
        ("X north, Y east", "EPSG:4326", "looks like metres without a zone number, but EPSG:4326 is chosen"),
        ("zone 39", "EPSG:4548", r"EPSG:4527\), but EPSG:4548 is chosen"),
        ("easting, northing", "EPSG:4527", "but EPSG:4527 is chosen"),
    ],
)
def test_chosen_system_that_fits_no_row_is_refused_with_others(name: str, crs: str, words: str) -> None:
    refused = says(NOTATIONS[name](SQUARE), UnplacedError, words, crs=crs)
    assert isinstance(refused, UnplacedError)
    assert refused.choices


def test_chosen_things_that_the_atlas_does_not_take_are_refused() -> None:
    says("116 28", CrsError, "no public transformation", crs="EPSG:2362")
    says("116 28", CrsError, "Unknown datum", datum="beijing54")
    says(NOTATIONS["WKT of metres"](SQUARE), QueryError, "names EPSG:4548, but EPSG:4527 is chosen", crs="EPSG:4527")


# Two readings


def test_degrees_outside_china_are_read_in_both_orders() -> None:
    found = read("10, 20\n11, 20\n11, 21")
    assert [reading.order for reading in found] == ["lon_lat", "lat_lon"]
    assert [reading.rings[0][0] for reading in found] == [(10, 20), (20, 10)]


def test_head_decides_between_two_orders() -> None:
    (found,) = read("lat lon\n10, 20\n11, 20\n11, 21")
    assert found.order == "lat_lon"


def test_number_or_latitude_gives_two_readings_the_likelier_first() -> None:
    rows = [f"{n} {a} {b}" for n, (a, b) in enumerate(SQUARE, 27)]
    first, second = read(lines(rows))
    assert off_m(first.rings[0], SQUARE) < NEAR_M
    assert second.rings[0][0] == (116.05, 27.0)
    assert "height" in second.how_en
    (headed,) = read("No. lon lat\n" + lines(rows))
    assert headed.rings == first.rings


def test_metres_of_two_planes_are_both_returned() -> None:
    found = read_corners(NOTATIONS["easting, northing"](SQUARE), "EPSG:32650")
    assert [reading.crs for reading in found] == ["EPSG:32650", "EPSG:4548"]
    assert off_m(found[1].rings[0], SQUARE) < NEAR_M


# Faults


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("", QueryError, "No coordinates are found"),
        ("瑶湖", QueryError, "No coordinates are found"),
        ("116.05,28.7\n116.06,28.7", QueryError, "needs 3 corners; 2 different"),
        ("116.05,28.7\n116.06,28.7\n116.05,28.7", QueryError, "needs 3 corners; 2 different"),
        ("116.05,28.7\n116.06,28.7\n3176053,409744", QueryError, r"Row 3 .* looks like metres"),
        ("116.05,28.7\n116.06,28.7\n216.06,28.71", QueryError, r"Row 3 .* looks like no position"),
        ("116.05,28.7\n116.06,28.7\n161.05,28.71", QueryError, r"Row 3 .* degrees outside China"),
        ("116.05,28.7\n116.06,28.7O\n116.06,28.71", QueryError, r"Row 2 .* letters or signs inside"),
        ("116.05,28.7\n116.06.1,28.7\n116.06,28.71", QueryError, r"Row 2 .* letters or signs inside"),
        ("116.05,28.7\n116.06\n116.06,28.71", QueryError, r"Row 2 \(116.06\) holds 1 number\(s\), most rows 2"),
        ("J1 116.05\nJ2 116.06 28.7\nJ3 116.06 28.71\nJ4 116.05 28.71", QueryError, "Row 1"),
        ("J1\nJ2 116.06 28.7\nJ3 116.06 28.71\nJ4 116.05 28.71", QueryError, "Row 1"),
        ("116.05,28.7\n116.06,28.7\n地块二\n116.06,28.71", QueryError, "Row 3 .* holds 0"),
        ("116.05 28.7 116.06 28.7 116.06 28.71", QueryError, "Row 1 .* holds 6 .* one corner a line"),
        ("3176053,39409744\n3176153,38409744\n3176153,39409844", QueryError, "Row 2 .* zone number 38"),
        ("3176053,39409744\n3176153,409744\n3176153,39409844", QueryError, "Row 2 .* without a zone number"),
        ("3176053,38409744\n3176153,38409744\n3176153,38409844", UnplacedError, "zone number 38; of these"),
        ("12918626,3337000\n12918726,3337000\n12918726,3337100", UnplacedError, "looks like metres of Web Mercator"),
        ("1000 2000\n1100 2000\n1100 2100", UnplacedError, "looks like no position"),
        ("lon lat\n28.7 116.05\n28.7 116.06\n28.71 116.06", UnplacedError, "order that labels and head say"),
        ("3.18E+06\t4.09E+05", QueryError, "spreadsheet has shortened"),
        ("116°75'00\"E 28°00'00\"N", QueryError, "end below 60"),
        ("坐标系=80国家大地坐标系\n3176053,409744", QueryError, "no public transformation"),
        ("北京54坐标\n3176053,409744", QueryError, "no public transformation"),
        ("带号=38\n3176053,409744", QueryError, "takes zone 39"),
        (BOUNDARY_FILE + "4,1.0,2,地块二,面,,,,@\nJ1,1,3176000.0,39409000.0", QueryError, "begins another plot"),
        (
            lines([f"{a} {b}" for a, b in [*SQUARE, SQUARE[0], (116.1, 28.8)]]),
            QueryError,
            "Row 5 .* closes the outline",
        ),
        ("J1,116,28\nJ2,117,28\nJ3,117,29\n\nJ1,116.5,28\nJ2,116.6,28", QueryError, "Row 5 .* first point, J1"),
        ("1 116 28\n2 117 28\n3 117 29\n\n1 116.5 28\n2 116.6 28", QueryError, "neither point numbers"),
        ("1 1 116.1 28.7\n1 1 116.2 28.7\n2 3 116.2 28.8", QueryError, "neither point numbers nor ring numbers"),
        ('{"type": "Polygon"}', FormatError, "Give it as a file"),
        ("<kml>", FormatError, "Give it as a file"),
        ("LINESTRING(116 28, 117 28)", FormatError, "LINESTRING is not read"),
        ("POLYGON((116 28, 117 28, 117 29)", FormatError, "brackets are not whole"),
        ("POLYGON((116 28, 117 28, (117 29))", FormatError, "brackets of the WKT do not match"),
        ("1 " * MAX_BYTES, LimitError, "at most 204,800"),
        ("1 2\n" * (MAX_ROWS + 1), LimitError, "at most 5,000"),
    ],
)
def test_fault_names_the_row_and_what_to_do(text: str, kind: type[GeoError], words: str) -> None:
    says(text, kind, words)


HOSTILE = [
    *("1", " ", "\n", "\t", "(", "°", '"', "\0", "e\u0301", "\ud800"),
    *(",111", "E ", "E", "E1 ", "1;", "1 2;", "[1", "x(", "1,(", "1°1'", "1.", "+1-", "1E+1", "1 111", "111\u2009"),
    *("lon", "几度分带=", "坐标系", "),(", ")  ,  ", "J1,", "\n1", "1\n", "1 2\n", "SRID=", "@\n", "西安"),
]


@pytest.mark.parametrize("piece", HOSTILE, ids=ascii)
@pytest.mark.parametrize("start", ["", "POLYGON((", "116.05,28.7\n"], ids=["bare", "wkt", "row"])
def test_hostile_text_of_the_full_length_comes_to_an_end(piece: str, start: str) -> None:
    room = MAX_BYTES - len(start)
    text = start + piece * (room // len(piece.encode("utf-8", "surrogatepass")))
    with suppress(GeoError):
        assert all(reading.corners <= MAX_ROWS for reading in read(text))


def test_longest_list_is_read_whole() -> None:
    rows = [(116 + n * 1e-5, 28 + (n * n % 977) * 1e-5) for n in range(MAX_ROWS)]
    (found,) = read(lines([f"J{n}\t{b:.7f}\t{a:.7f}" for n, (a, b) in enumerate(rows)]))
    assert found.corners == MAX_ROWS


@settings(max_examples=150)
@given(st.text(st.sampled_from("0123456789.,;°'\" \n\tENXYJ-+()[]@=度分秒东经北纬"), max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = read(text)
    except GeoError:
        return
    for reading in found:
        assert all(abs(lon) <= 180 and abs(lat) <= 90 for ring in reading.rings for lon, lat in ring)
