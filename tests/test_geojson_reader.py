"""The strict reader of GeoJSON: good files to the centimetre, bad ones refused with the place, none of them slowly."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import crs
from geo.errors import CrsError, FormatError, GeoError, GeometryError, LimitError, UnplacedError
from geo.formats.geojson import Limits, ReadSites, read_geojson
from tests.test_crs import TOWNS, metres_apart

EAST, NORTH = 406_000.0, 3_176_000.0  # a corner near the lake, EPSG:4548
SQUARE = [[116.05, 28.70], [116.06, 28.70], [116.06, 28.71], [116.05, 28.71], [116.05, 28.70]]


def box_m(x: float, y: float, width: float, height: float) -> list[list[float]]:
    """The closed ring of a rectangle whose corner lies x, y metres from the corner near the lake."""
    west, south = EAST + x, NORTH + y
    east, north = west + width, south + height
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def polygon(*rings: Any) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features: Any, **members: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features), **members}


def named(name: str) -> dict[str, Any]:
    return {"type": "name", "properties": {"name": name}}


def read(value: Any, **options: Any) -> ReadSites:
    return read_geojson(json.dumps(value).encode(), **options)


def area_m2(found: ReadSites, number: int = 1) -> float:
    return crs.plane_area_m2(crs.to_metres(found.sites[number - 1].geometry, "EPSG:4548"))


def names(notes: Any) -> list[str]:
    return [note.name for note in notes]


def says(value: Any, kind: type[GeoError], words: str, **options: Any) -> GeoError:
    """The error of a value, which is exactly of `kind`, says `words`, and speaks Chinese too."""
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    with pytest.raises(GeoError, match=words) as caught:
        read_geojson(data, **options)
    assert type(caught.value) is kind
    assert any("\u4e00" <= letter <= "\u9fff" for letter in caught.value.zh)
    return caught.value


# Good files


@pytest.mark.parametrize(
    "value",
    [
        polygon(SQUARE),
        {"type": "MultiPolygon", "coordinates": [[SQUARE]]},
        {"type": "GeometryCollection", "geometries": [polygon(SQUARE)]},
        feature(polygon(SQUARE)),
        collection(feature(polygon(SQUARE))),
    ],
)
def test_every_form_of_an_area_gives_the_same_site(value: Any) -> None:
    (site,) = read(value).sites
    assert (site.number, site.feature) == (1, 1)
    assert site.geometry.equals_exact(shapely.Polygon(SQUARE), 0.0)


def test_sites_are_numbered_and_keep_their_properties_unchanged() -> None:
    hostile = "{{ 7*191 }}</script>${1}`\u2028 甲"
    first = feature(polygon(SQUARE), name=hostile, far=1.5, floors=3, open=True, nothing=None, tags=["a"], deep={})
    found = read(collection(feature({"type": "Point", "coordinates": [116, 28]}), first, feature(polygon(SQUARE))))
    assert [(site.number, site.feature) for site in found.sites] == [(1, 2), (2, 3)]
    assert found.sites[0].properties == {"name": hostile, "far": 1.5, "floors": 3, "open": True, "nothing": None}
    assert names(found.sites[0].notices) == ["columns_left_out"]
    assert [(skip.feature, skip.en) for skip in found.skipped] == [(1, "Feature 1 is a Point: a site needs an area.")]
    assert "点" in found.skipped[0].text("zh")


@pytest.mark.parametrize("code", ["EPSG:4548", "EPSG:4527", "EPSG:32650", "EPSG:3857"])
def test_vertices_in_metres_are_read_to_a_millimetre(code: str) -> None:
    lonlat = np.array(SQUARE)
    ring = np.column_stack(crs.project(lonlat[:, 0], lonlat[:, 1], code)).tolist()
    (site,) = read(polygon(ring), crs=code).sites
    for expected, read_back in zip(SQUARE, site.geometry.exterior.coords, strict=True):
        assert metres_apart((expected[0], expected[1]), read_back) < 0.001


def test_hole_counts_off() -> None:
    found = read(polygon(box_m(0, 0, 300, 200), box_m(100, 50, 50, 40)[::-1]), crs="EPSG:4548")
    assert area_m2(found) == pytest.approx(300 * 200 - 50 * 40, abs=0.01)
    assert found.sites[0].notices == ()


@pytest.mark.parametrize(
    ("boxes", "expected", "is_united"),
    [
        ([(0, 0, 100, 100), (50, 50, 100, 100)], 20_000 - 2_500, True),
        ([(0, 0, 100, 100), (100, 0, 100, 100)], 20_000, True),  # one shared edge
        ([(0, 0, 100, 100), (0, 0, 100, 100)], 10_000, True),
        ([(0, 0, 300, 300), (100, 100, 10, 10), (290, 0, 20, 300)], 90_000 + 3_000, True),
        ([(0, 0, 100, 100), (200, 0, 100, 100)], 20_000, False),
        ([(0, 0, 100, 100), (100, 100, 100, 100)], 20_000, False),  # one shared corner
    ],
)
@pytest.mark.parametrize("as_collection", [False, True])
def test_overlapping_parts_count_once(boxes: Any, expected: float, is_united: bool, as_collection: bool) -> None:
    rings = [[box_m(*box)] for box in boxes]
    several: dict[str, Any] = {"type": "MultiPolygon", "coordinates": rings}
    if as_collection:
        several = {"type": "GeometryCollection", "geometries": [polygon(*ring) for ring in rings]}
    found = read(several, crs="EPSG:4548", metric="EPSG:4548")
    assert area_m2(found) == pytest.approx(expected, abs=0.01)
    assert ("parts_united" in names(found.sites[0].notices)) is is_united


@pytest.mark.parametrize("count", [1, 2, 5])
def test_z_m_and_more_are_dropped_and_said(count: int) -> None:
    found = read(polygon([[*position, *([7.5] * count)] for position in SQUARE]))
    assert found.sites[0].geometry.equals_exact(shapely.Polygon(SQUARE), 0.0)
    assert not found.sites[0].geometry.has_z
    assert names(found.sites[0].notices) == ["z_dropped"]


@pytest.mark.parametrize(
    ("rings", "expected"),
    [
        ([SQUARE[:-1]], ["ring_closed"]),
        ([SQUARE[::-1]], ["winding_turned"]),
        ([SQUARE[:-1][::-1]], ["ring_closed", "winding_turned"]),
        ([SQUARE[:3]], ["ring_closed"]),
    ],
)
def test_open_and_turned_rings_are_put_right_and_said(rings: Any, expected: list[str]) -> None:
    (site,) = read(polygon(*rings)).sites
    assert names(site.notices) == expected
    assert site.geometry.exterior.is_ccw
    assert site.geometry.equals(shapely.Polygon(rings[0]))


def test_byte_order_mark_is_left_out_and_said() -> None:
    found = read_geojson(b"\xef\xbb\xbf" + json.dumps(polygon(SQUARE)).encode())
    assert names(found.notices) == ["bom", "crs_by_rfc", "datum_by_rfc"]


@pytest.mark.parametrize(
    "geometries",
    [
        [feature(None), feature(polygon(SQUARE))],
        [feature({"type": "LineString", "coordinates": SQUARE}), feature(polygon(SQUARE))],
        [
            feature(
                {
                    "type": "GeometryCollection",
                    "geometries": [{"type": "MultiPoint", "coordinates": SQUARE}, polygon(SQUARE)],
                }
            )
        ],
    ],
)
def test_null_and_mixed_geometry_is_listed_and_the_areas_are_read(geometries: Any) -> None:
    found = read(collection(*geometries))
    assert len(found.sites) == 1
    assert [skip.feature for skip in found.skipped] == [1]


@pytest.mark.parametrize("bad_id", ["<img src=x onerror=alert(1)>", {"a": 1}, [1], 1, None, "__proto__"])
def test_ids_of_the_file_are_harmless(bad_id: Any) -> None:
    one = {**feature(polygon(SQUARE), __proto__="x", constructor="y"), "id": bad_id}
    found = read(collection(one, one))
    assert [site.number for site in found.sites] == [1, 2]
    assert found.sites[0].properties == {"__proto__": "x", "constructor": "y"}


# Shifted datums


@pytest.mark.parametrize("town", TOWNS)
@pytest.mark.parametrize(("datum", "column"), [("gcj02", 1), ("bd09", 2)])
def test_every_vertex_is_shifted_to_within_1_m_of_published_pairs(town: Any, datum: str, column: int) -> None:
    lon, lat = town[column]
    ring = [[lon, lat], [lon + 0.01, lat], [lon, lat + 0.01]]
    found = read(polygon(ring), datum=datum)
    corner = found.sites[0].geometry.exterior.coords[0]
    assert metres_apart(corner, town[0]) < 1
    note = next(note for note in found.notices if note.name == "datum_shifted")
    moved = metres_apart(town[column], town[0])
    shown = [int(word.replace(",", "")) for word in note.en.split("moved by ")[1].split(" m")[0].split(" to ")]
    assert shown[0] - 10 <= moved <= shown[-1] + 10
    assert "datum_by_rfc" not in names(found.notices)


def test_shifted_coordinates_in_metres_are_shifted_back() -> None:
    shifted = [crs.project(*crs.to_datum(lon, lat, "gcj02"), "EPSG:3857") for lon, lat in SQUARE]
    (site,) = read(polygon(shifted), crs="EPSG:3857", datum="gcj02").sites
    for expected, found in zip(SQUARE, site.geometry.exterior.coords, strict=True):
        assert metres_apart((expected[0], expected[1]), found) < 0.1


@pytest.mark.parametrize("datum", ["wgs84", "cgcs2000", "CGCS2000"])
def test_named_datum_that_moves_nothing_needs_no_word(datum: str) -> None:
    assert names(read(polygon(SQUARE), datum=datum).notices) == ["crs_by_rfc"]


@pytest.mark.parametrize("datum", ["beijing54", "", "gcj-02\x00"])
def test_unknown_datum_is_refused(datum: str) -> None:
    says(polygon(SQUARE), CrsError, "use one of wgs84", datum=datum)


# Coordinate systems


@pytest.mark.parametrize(
    "name",
    [
        "EPSG:4548",
        "urn:ogc:def:crs:EPSG::4548",
        "http://www.opengis.net/def/crs/EPSG/0/4548",
    ],
)
@pytest.mark.parametrize("asked", [None, "EPSG:4548", "4548"])
def test_crs_member_is_read_and_may_be_asked_for_too(name: str, asked: str | None) -> None:
    found = read(collection(feature(polygon(box_m(0, 0, 10, 10))), crs=named(name)), crs=asked)
    assert found.crs == "EPSG:4548"
    assert area_m2(found) == pytest.approx(100, abs=0.01)
    assert names(found.notices) == ["crs", "datum_of_crs"]


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4490"])
@pytest.mark.parametrize("asked", [None, "EPSG:4326", "EPSG:4490"])
def test_degrees_of_wgs84_and_cgcs2000_agree(name: str, asked: str | None) -> None:
    assert len(read({**polygon(SQUARE), "crs": named(name)}, crs=asked).sites) == 1


@pytest.mark.parametrize(
    ("member", "asked", "words"),
    [
        (named("EPSG:4548"), "EPSG:4527", "names EPSG:4548, but EPSG:4527 was asked for"),
        (named("EPSG:4326"), "EPSG:4548", "names EPSG:4326, but EPSG:4548 was asked for"),
        (named("EPSG:2362"), None, "no public transformation"),  # Xi'an 1980, zone 39
        (named("urn:ogc:def:crs:EPSG::2414"), None, "no public transformation"),  # Beijing 1954
        (named("EPSG:27700"), None, "does not take"),
        (named("<script>\n"), None, "does not take"),
        (named("\ud7ff" * 5_000), None, "does not take"),
        ({"type": "link", "properties": {"href": "http://127.0.0.1/"}}, None, "never followed"),
        (None, None, "unknown"),
        ("EPSG:4548", None, "does not take"),
        ({"type": "name"}, None, "does not take"),
        (["EPSG:4548"], None, "does not take"),
    ],
)
def test_crs_member_that_cannot_hold_is_refused(member: Any, asked: str | None, words: str) -> None:
    says({**polygon(SQUARE), "crs": member}, UnplacedError, words, crs=asked)


def test_two_systems_in_one_file_are_refused() -> None:
    other = {**feature(polygon(SQUARE)), "crs": named("EPSG:4548")}
    says(collection(other, crs=named("EPSG:4326")), UnplacedError, "is named in it too")


@pytest.mark.parametrize("asked", ["EPSG:2362", "EPSG:2414", "Xian 1980"])
def test_old_datum_asked_for_is_refused_with_the_reason(asked: str) -> None:
    says(polygon(SQUARE), CrsError, "no public transformation", crs=asked)


def shuffled(ring: Any, change: Any) -> Any:
    return polygon([change(*position) for position in ring])


@pytest.mark.parametrize(
    ("value", "asked", "words", "choices"),
    [
        (polygon(box_m(0, 0, 9, 9)), None, "looks like metres of EPSG:4548 or EPSG:32650", ("EPSG:4548", "EPSG:32650")),
        (shuffled(box_m(0, 0, 9, 9), lambda x, y: (x + 39e6, y)), None, "metres of EPSG:4527", ("EPSG:4527",)),
        (shuffled(box_m(0, 0, 9, 9), lambda x, y: (x + 39e6, y)), "EPSG:4548", "EPSG:4527", ("EPSG:4527",)),
        (shuffled(box_m(0, 0, 9, 9), lambda x, y: (x + 38e6, y)), None, "zone number 38", ()),
        (shuffled(box_m(0, 0, 9, 9), lambda x, y: (x + 20e6, y)), None, "zone number 20", ()),
        (shuffled(box_m(0, 0, 9, 9), lambda x, y: (y, x)), None, "X north before Y east", ()),
        (shuffled(box_m(0, 0, 9, 9), lambda x, y: (y, x)), "EPSG:4548", "X north before Y east", ()),
        (shuffled(box_m(0, 0, 9, 9), lambda x, y: (y, x + 39e6)), None, "EPSG:4527 with X north", ()),
        (polygon([[12918000, 3338000], [12919000, 3338000], [12919000, 3339000]]), None, "3857", ("EPSG:3857",)),
        (polygon([[500, 700], [600, 700], [600, 800]]), None, "fit no system", ()),
        (polygon([[1e30, 1e30], [2e30, 1e30], [2e30, 2e30]]), "EPSG:4548", "outside the area of use", ()),
        (polygon([*box_m(0, 0, 9, 9)[:2], [116.05, 28.7]]), "EPSG:4548", "position 3 .116.05, 28.7. is outside", ()),
        (polygon(SQUARE), "EPSG:4548", "looks like degrees", ("EPSG:4490", "EPSG:4326")),
        (shuffled(SQUARE, lambda x, y: (y, x)), None, "position 1 .28.7, 116.05.: axes swapped", ()),
        (polygon([*SQUARE[:2], [28.71, 116.06]]), None, "position 3 .28.71, 116.06.: axes swapped", ()),
        (shuffled(SQUARE, lambda x, y: (y, x)), "EPSG:4490", "axes swapped", ()),
    ],
)
def test_numbers_that_fit_no_place_are_refused_with_an_offer(value: Any, asked: Any, words: str, choices: Any) -> None:
    error = says(value, UnplacedError, words, crs=asked)
    assert isinstance(error, UnplacedError)
    assert error.choices == choices


@pytest.mark.parametrize(
    ("ring", "words"),
    [
        ([[0, 0], [1, 0], [1, 1]], "position 1 is 0, 0"),
        ([*SQUARE[:2], [0.0, 0.0], *SQUARE[2:]], "position 3 is 0, 0"),
        ([*SQUARE[:2], [-0.0, 0], *SQUARE[2:]], "position 3 is 0, 0"),
        ([[179, 10], [-179, 10], [-179, 11], [179, 11]], "position 1: .* half the globe"),
        ([[-180, -90], [180, -90], [180, 90], [-180, 90]], "whole world"),
        ([[170, 50], [175, 50], [-170, 60]], "position 2: .* half the globe"),
    ],
)
def test_what_is_no_place_is_refused(ring: Any, words: str) -> None:
    says(polygon(ring), UnplacedError, words)


# Outlines at fault


@pytest.mark.parametrize(
    ("geometry", "words"),
    [
        (polygon(), "without any position"),
        (polygon([]), "without any position"),
        (polygon(SQUARE, []), "without any position"),
        ({"type": "MultiPolygon", "coordinates": []}, "without any position"),
        ({"type": "MultiPolygon", "coordinates": [[SQUARE], []]}, "without any position"),
        ({"type": "GeometryCollection", "geometries": []}, "without any position"),
        (polygon(SQUARE[:1]), "ring 1 has 1 different"),
        (polygon(SQUARE[:2]), "ring 1 has 2 different"),
        (polygon([*SQUARE[:2], SQUARE[0]]), "ring 1 has 2 different"),
        (polygon([SQUARE[0]] * 9), "ring 1 has 1 different"),
        (polygon(SQUARE, [[116.052, 28.702]] * 4), "ring 2 has 1 different"),
        (polygon([[116, 28], [116.1, 28.1], [116.2, 28.2]]), "ring 1 has all positions on one line"),
        (polygon([[116, 28], [116.1, 28], [116.3, 28], [116, 28]]), "on one line"),
        (polygon([[116, 28], [116.3, 28.1], [116.6, 28.2], [116.15, 28.05]]), "on one line"),
        (polygon([[116, 28], [116.1, 28.1], [116.1, 28], [116, 28.1]]), "ring 1: the outline crosses itself at 116.05"),
        (polygon(SQUARE, [[116.1, 28.702], [116.11, 28.702], [116.11, 28.703]]), "ring 2: a hole lies outside"),
        (polygon(SQUARE, [[116.04, 28.702], [116.055, 28.702], [116.055, 28.703]]), "crosses itself at 116.05"),
        (polygon(SQUARE, SQUARE), "two rings are the same|crosses itself"),
        (
            polygon(SQUARE, [[p[0] / 2 + 58.0275, p[1] / 2 + 14.3525] for p in SQUARE], [[116.054, 28.704]]),
            "ring 3 has 1 different",
        ),
        (polygon([*SQUARE[:3], [116.07, 28.72], SQUARE[2], *SQUARE[3:]]), "a spike"),
        (polygon([*SQUARE[:2], [116.06, 28.80], *SQUARE[2:]]), "a spike"),
        (polygon([SQUARE[0], [116.055, 28.7], [116.055, 28.69], [116.055, 28.7], *SQUARE[1:]]), "a spike"),
    ],
)
def test_outline_at_fault_is_refused_with_the_place(geometry: Any, words: str) -> None:
    error = says(collection(feature(polygon(SQUARE)), feature(geometry)), GeometryError, words)
    assert error.en.startswith("Feature 2")
    assert error.zh.startswith("第 2 个要素")


def test_bow_tie_is_refused_in_degrees_and_metres() -> None:
    west, south, east, north = EAST, NORTH, EAST + 200, NORTH + 100
    tie = polygon([[west, south], [east, north], [east, south], [west, north]])
    parts = {"type": "MultiPolygon", "coordinates": [[box_m(500, 0, 10, 10)], tie["coordinates"]]}
    lon, lat = crs.unproject(EAST + 100, NORTH + 50, "EPSG:4548")
    for options in ({"crs": "EPSG:4548"}, {"crs": "EPSG:4548", "metric": "EPSG:4527"}):
        easting = EAST + 100 + (39e6 if "metric" in options else 0)
        error = says(parts, GeometryError, "part 2, ring 1", **options)
        assert (
            f"{lon:.7f}, {lat:.7f} [{options.get('metric', 'EPSG:4548')} {easting:.2f}, {NORTH + 50:.2f}]" in error.en
        )
        assert "positions 1, 3." in error.en


@pytest.mark.parametrize("count", [101, 301, 1_001])
def test_star_is_refused_and_never_repaired(count: int) -> None:
    turns = [2 * math.pi * (count // 2) * step / count for step in range(count)]
    star = polygon([[116.05 + 0.01 * math.cos(turn), 28.70 + 0.01 * math.sin(turn)] for turn in turns])
    says(star, GeometryError, "crosses itself")


def comb(count: int, *, upright: bool) -> list[list[float]]:
    teeth = [p for k in range(count) for p in ((k, 1), (k, count), (k + 0.5, count), (k + 0.5, 1))]
    ring = [(0, 0), *teeth, (count, 0)]
    return [[EAST + (x if upright else y), NORTH + (y if upright else x)] for x, y in ring]


def zigzag(count: int) -> list[list[float]]:
    steps = [p for k in range(count) for p in ((k / 100, -k / 100), (9_000 + k / 100, 9_000 - k / 100 - 0.005))]
    return [[EAST + x, NORTH + y] for x, y in (*steps, (9_900, 8_000), (9_900, -9_900), (0, -9_900))]


@pytest.mark.parametrize(
    "geometry",
    [
        polygon(zigzag(5_000)),  # valid, but 10,000 edges lie side by side: seconds to find so
        {
            "type": "MultiPolygon",
            "coordinates": [[comb(2_000, upright=True)], [comb(2_000, upright=False)]],
        },  # 16 million crossings
        polygon(zigzag(2_000)[::-1]),
    ],
)
def test_tangle_is_refused_by_what_may_cross_in_it(geometry: Any) -> None:
    error = says(geometry, LimitError, "limit: encounters", crs="EPSG:4548")
    assert isinstance(error, LimitError)
    assert (error.limit, error.most) == ("encounters", 2_000_000)


# Text that is no GeoJSON


def with_number(digits: str) -> bytes:
    return json.dumps(polygon([*SQUARE[:2], ["@", 28.71]])).replace('"@"', digits).encode()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (with_number("NaN"), "Line 1, column .*NaN is no number"),
        (with_number("Infinity"), "Infinity is no number"),
        (with_number("-Infinity"), "-Infinity is no number"),
        (with_number("1e999"), "1e999 is too large"),
        (with_number("-1E+400"), "too large"),
        (json.dumps(feature(polygon(SQUARE), x="@")).replace('"@"', "1e999").encode(), "1e999 is too large"),
        (with_number("1" * 5_000), "more than 100 digits"),
        (with_number("0." + "1" * 5_000), "more than 100 digits"),
        (json.dumps(feature(polygon(SQUARE), x="@")).replace('"@"', "9" * 5_000).encode(), "more than 100 digits"),
        (with_number('"116.06"'), "position 3 is not two numbers"),
        (with_number("true"), "position 3 is not two numbers"),
        (with_number("null"), "position 3 is not two numbers"),
        (with_number("[116]"), "position 3 is not two numbers"),
        (b"[" * 100_000, "more than 32 deep"),
        (b'{"a":' * 100_000, "more than 32 deep"),
        (b'{"type":"Polygon","coordinates":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "more than 32 deep"),
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"{", "ends too early"),
        (json.dumps(polygon(SQUARE)).encode()[:-9], "ends too early"),
        (b'{"type":"Poly', "column 9: The text that begins here has no end"),
        (b'{"type":"Polygon",\n"coordinates":[[[1,2],[3,4],]]}', "Line 2"),
        (b"<kml/>", "Line 1, column 1"),
        (b"PK\x03\x04", "Line 1, column 1"),
        (json.dumps(polygon(SQUARE)).encode("utf-16"), "Byte 1 .*UTF-8"),
        ('{"名称":1}'.encode("gb18030"), "not UTF-8"),
        (b'{"a":"\xed\xa0\x80"}', "not UTF-8"),
        (b'{"type":"Polygon","type":"Point"}', "stands twice"),
        (b'{"a":{"__proto__":1,"__proto__":2}}', "__proto__” stands twice"),
        (b'{"type":"Feature","properties":{"a":1,"\\u0061":2},"geometry":null}', "stands twice"),
        (b'{"a":"\\ud800"}', "Line 1, column 6: A text holds half of a character"),
        (b'{"\\uDFFF":1}', "half of a character"),
        (b'{"a":["\\ud83d\\ud83d"]}', "half of a character"),
        (b'{"a":"\\u0000"}', "NUL"),
        (b'{"a":"\\\\\\u0000"}', "NUL"),
        (b'{"\\u0000":1}', "NUL"),
        (b'{"a":"\x00"}', "Line 1, column 7"),
        (b"[]", "no GeoJSON"),
        (b"null", "no GeoJSON"),
        (b'{"type":"Topology"}', "no GeoJSON"),
        (b'{"type":["Feature"]}', "no GeoJSON"),
        (b'{"type":"FeatureCollection"}', "no list of features"),
        (b'{"type":"FeatureCollection","features":{}}', "no list of features"),
        (b'{"type":"FeatureCollection","features":[1]}', "Feature 1 is no Feature"),
        (b'{"type":"Feature","properties":{}}', "Feature 1 is no Feature"),
        (b'{"type":"Feature","properties":[],"geometry":null}', "properties that are no object"),
        (b'{"type":"Feature","geometry":[1]}', "geometry that is no object"),
        (b'{"type":"Feature","geometry":{"type":"Circle"}}', "no geometry type"),
        (b'{"type":"Feature","geometry":{"type":{}}}', "no geometry type"),
        (b'{"type":"GeometryCollection"}', "collection without geometries"),
        (b'{"type":"GeometryCollection","geometries":[1]}', "collection without geometries"),
        (b'{"type":"Polygon"}', "no lists of positions"),
        (b'{"type":"Polygon","coordinates":"x"}', "no lists of positions"),
        (b'{"type":"MultiPolygon","coordinates":[1]}', "no lists of positions"),
        (b'{"type":"Polygon","coordinates":[1]}', "ring that is no list"),
        (b'{"type":"Polygon","coordinates":[[1,2]]}', "position 1 is not two numbers"),
    ],
)
def test_what_is_no_geojson_is_refused_with_the_place(data: bytes, words: str) -> None:
    says(data, FormatError, words)


def test_whole_characters_of_two_halves_are_kept() -> None:
    data = json.dumps(feature(polygon(SQUARE), name="😀 \\ud800")).encode()
    assert b"\\ud83d\\ude00" in data
    assert read_geojson(data).sites[0].properties == {"name": "😀 \\ud800"}


@pytest.mark.parametrize(
    "value",
    [collection(), collection(feature(None)), {"type": "Point", "coordinates": [116, 28]}],
)
def test_file_without_an_area_is_refused(value: Any) -> None:
    says(value, GeometryError, "holds no area")


# Limits


def bar(count: int) -> list[list[float]]:
    """A ring of about 2 `count` positions without any tangle."""
    top = [[116.05 + step * 1e-6, 28.71] for step in range(count)]
    return [[x, 28.70] for x, _ in top] + top[::-1]


@pytest.mark.parametrize(
    ("value", "limit"),
    [
        (polygon(bar(100_000)), "vertices"),
        ({"type": "MultiPolygon", "coordinates": [[SQUARE]] * 10_001}, "vertices"),
        ({"type": "LineString", "coordinates": bar(100_000)}, "vertices"),
        (collection(*[feature(polygon(SQUARE))] * 2_001), "features"),
        (collection(*[feature(None)] * 60_000), "features"),
        (collection(*[None] * 2_001), "features"),
        (feature(polygon(SQUARE), **{f"c{k}": k for k in range(5_000)}), "columns"),
        (feature(polygon(SQUARE), **{f"c{k}": None for k in range(501)}), "columns"),
        (feature({"type": "Point"}, **{f"c{k}": k for k in range(501)}), "columns"),
        (feature(polygon(SQUARE), text="x" * 10_000_000), "bytes"),
    ],
)
def test_limit_is_named(value: Any, limit: str) -> None:
    error = says(value, LimitError, f"limit: {limit}")
    assert isinstance(error, LimitError)
    assert (error.limit, error.most) == (limit, getattr(Limits(), limit))


@pytest.mark.parametrize("data", [b" " * 10_000_001, b"\xff" * 10_000_001, b"[" * 10_000_001])
def test_bytes_are_counted_before_they_are_read(data: bytes) -> None:
    says(data, LimitError, "10,000,000 bytes")


@pytest.mark.parametrize("data", [b'"\\' * 4_000_000, b'{"a":' + b'"\\"' * 3_000_000, b"[ " * 31 + b" " * 9_000_000])
def test_long_nonsense_is_refused(data: bytes) -> None:
    says(data, FormatError, "Line 1")


def test_as_much_as_the_limits_allow_is_read() -> None:
    exact = Limits(features=2, vertices=10, columns=1)
    found = read(collection(feature(polygon(SQUARE), a=1), feature(polygon(SQUARE), b=2)), limits=exact)
    assert len(found.sites) == 2
    for less in (Limits(features=1), Limits(vertices=9), Limits(columns=0), Limits(depth=3), Limits(bytes=99)):
        with pytest.raises((LimitError, FormatError)):
            read(collection(feature(polygon(SQUARE), a=1), feature(polygon(SQUARE), b=2)), limits=less)


def test_brackets_in_texts_do_not_count() -> None:
    text = '[[1,2],{"' * 10_000
    assert read(feature(polygon(SQUARE), note=text), limits=Limits(vertices=5)).sites[0].properties == {"note": text}


# Laws

GOOD = json.dumps(
    collection(
        feature(polygon(SQUARE), name="甲", far=1.5),
        feature(
            {"type": "MultiPolygon", "coordinates": [[SQUARE], [[[116.07, 28.7], [116.08, 28.7], [116.08, 28.72]]]]}
        ),
        crs=named("EPSG:4326"),
    )
).encode()


def quiet(data: bytes, **options: Any) -> None:
    """Read, and let nothing but a GeoError come out; what is read is valid and on the globe."""
    try:
        found = read_geojson(data, **options)
    except GeoError:
        return
    for site in found.sites:
        assert site.geometry.is_valid
        assert site.geometry.area > 0
    json.dumps([site.properties for site in found.sites], allow_nan=False, ensure_ascii=False).encode()


@settings(max_examples=200)
@given(st.binary(max_size=300))
def test_random_bytes_are_refused_or_read(data: bytes) -> None:
    quiet(data)
    quiet(b'{"type":"Polygon","coordinates":' + data)


@settings(max_examples=300)
@given(
    st.integers(0, len(GOOD) - 1),
    st.integers(0, 12),
    st.one_of(st.binary(max_size=3), st.sampled_from([b"[", b"]", b"{", b"null", b"-", b"e9", b"0", b'"', b"1e999"])),
    st.sampled_from([None, "EPSG:4548", "EPSG:4490"]),
)
def test_mutations_of_a_good_file_are_refused_or_read(at: int, cut: int, put: bytes, asked: str | None) -> None:
    quiet(GOOD[:at] + put + GOOD[at + cut :], crs=asked, metric="EPSG:4548")


ANY_NUMBER = st.one_of(st.floats(allow_nan=False, allow_infinity=False), st.integers(), st.floats(115.9, 116.2))


@settings(max_examples=300)
@given(
    st.lists(st.lists(ANY_NUMBER, min_size=2, max_size=3), min_size=1, max_size=8),
    st.sampled_from([None, "EPSG:4548", "EPSG:4527", "EPSG:3857"]),
    st.sampled_from([None, "gcj02", "bd09"]),
)
def test_any_numbers_are_refused_or_read(ring: Any, asked: str | None, datum: str | None) -> None:
    quiet(json.dumps(polygon(ring)).encode(), crs=asked, datum=datum)


@settings(max_examples=100)
@given(
    st.lists(
        st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(1, 40), st.integers(1, 40)),
        max_size=6,
        min_size=1,
    )
)
def test_union_counts_each_square_metre_once(boxes: list[tuple[int, int, int, int]]) -> None:
    grid = np.zeros((100, 100), dtype=bool)
    for x, y, width, height in boxes:
        grid[y : y + height, x : x + width] = True
    found = read({"type": "MultiPolygon", "coordinates": [[box_m(*box)] for box in boxes]}, crs="EPSG:4548")
    assert area_m2(found) == pytest.approx(int(grid.sum()), abs=0.01)
