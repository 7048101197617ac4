"""POST /api/assess: sites whose answers are arithmetic, in every notation; laws on the real plan; refusals."""

from __future__ import annotations

import gzip
import http.client
import json
import math
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import crs
from geo.formats.geojson import Limits
from geo.plan import Plan, load_plan
from tests import toy
from tests.running import Atlas
from tests.test_catalogue_rules import toy_rules, write
from tests.test_crs import TOWNS, metres_apart
from webapp import create_app
from webapp.settings import Settings

Json = dict[str, Any]
GEOJSON = "application/geo+json"
PATH = "/api/assess"
few = settings(max_examples=8)


@pytest.fixture(scope="module")
def toy_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The toy with a rule of every kind."""
    plan = load_plan(write(tmp_path_factory.mktemp("toy") / "data", toy_rules()))
    made = create_app(Settings(), plan)
    yield made
    made.extensions["atlas_workers"].stop()


@pytest.fixture
def toy_client(toy_app: Flask) -> FlaskClient:
    return toy_app.test_client()


def feature(geometry: Json, **properties: Any) -> Json:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features: Json) -> Json:
    return {"type": "FeatureCollection", "features": list(features)}


def ask(client: FlaskClient, body: Any, **words: str) -> Json:
    """The answer to a body, which holds no NaN and is kept by nobody."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    response = client.post(PATH, data=data, content_type=GEOJSON, query_string=words)
    assert response.status_code == 200, response.get_data(as_text=True)
    assert response.content_type == "application/json; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers
    found: Json = json.loads(response.get_data(), parse_constant=pytest.fail)
    return found


def refused(client: FlaskClient, body: Any, status: int, **words: str) -> Json:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    response = client.post(PATH, data=data, content_type=GEOJSON, query_string={"lang": "en", **words})
    assert response.status_code == status, response.get_data(as_text=True)
    assert response.content_type == "application/problem+json"
    problem: Json = json.loads(response.get_data())
    assert problem["status"] == status
    return problem


# The table: sites of the toy in metres around the middle of its lake, which reaches to 1,000 m; edges at 1,500, 2,500
# and 4,000 m, the extent ends at 10,000 m. Shore and extent are known to 50 m.

TABLE: dict[str, tuple[shapely.Polygon, float, dict[str, tuple[float, float, float]]]] = {
    "in one ring": (shapely.box(1100, -100, 1400, 100), 60_000, {"ring_1": (1, 1, 1)}),
    "across three": (
        shapely.box(1000, -50, 4000, 50),
        300_000,
        {
            "ring_1": (1 / 6, 400 / 3000, 550 / 3000),
            "ring_2": (1 / 3, 900 / 3000, 1100 / 3000),
            "ring_3": (1 / 2, 1400 / 3000, 1550 / 3000),
            "ring_4": (0, 0, 50 / 3000),
            "water": (0, 0, 50 / 3000),
        },
    ),
    "on an edge": (
        shapely.box(1400, -50, 1600, 50),
        20_000,
        {"ring_1": (0.5, 0.25, 0.75), "ring_2": (0.5, 0.25, 0.75)},
    ),
    "across the border": (
        shapely.box(9900, -50, 10_100, 50),
        20_000,
        {"ring_4": (0.5, 0.25, 0.75), "outside": (0.5, 0.25, 0.75)},
    ),
    "over water": (
        shapely.box(900, -50, 1100, 50),
        20_000,
        {"ring_1": (0.5, 0.25, 0.75), "water": (0.5, 0.25, 0.75)},
    ),
    "with a hole": (
        shapely.box(1400, -100, 1600, 100).difference(shapely.box(1500, -50, 1550, 50)),
        35_000,
        {"ring_1": (20 / 35, 10 / 35, 25 / 35), "ring_2": (15 / 35, 10 / 35, 25 / 35)},
    ),
    "beyond it all": (shapely.box(12_000, 0, 12_100, 100), 10_000, {"outside": (1, 1, 1)}),
}
NOTATIONS: dict[str, tuple[Callable[..., tuple[Any, Any]], dict[str, str]]] = {
    "degrees": (lambda x, y: crs.unproject(x, y, toy.METRIC), {}),
    "metres": (lambda x, y: (x, y), {"crs": "EPSG:4548"}),
    "zone in front": (lambda x, y: crs.project(*crs.unproject(x, y, toy.METRIC), "EPSG:4527"), {"crs": "EPSG:4527"}),
    "GCJ-02": (lambda x, y: crs.to_datum(*crs.unproject(x, y, toy.METRIC), "gcj02"), {"datum": "gcj02"}),
    "BD-09": (lambda x, y: crs.to_datum(*crs.unproject(x, y, toy.METRIC), "bd09"), {"datum": "bd09"}),
}


def written(shape: shapely.Geometry, notation: str = "degrees") -> Json:
    """A shape of the toy as GeoJSON in a notation."""
    write_point = NOTATIONS[notation][0]
    moved = shapely.transform(shape, lambda at: np.column_stack(write_point(at[:, 0] + toy.EAST, at[:, 1] + toy.NORTH)))
    geometry: Json = shapely.geometry.mapping(moved)
    return geometry


@pytest.mark.parametrize("notation", NOTATIONS)
@pytest.mark.parametrize("name", TABLE)
def test_site_by_arithmetic_in_every_notation(toy_client: FlaskClient, name: str, notation: str) -> None:
    shape, area_m2, expected = TABLE[name]
    found = ask(toy_client, written(shape, notation), parts="true", **NOTATIONS[notation][1])
    slack = 1 if "datum" in NOTATIONS[notation][1] else 0.1  # metres
    assert found["area_m2"] == pytest.approx(area_m2, abs=slack * shape.length)
    assert found["area_mu"] == pytest.approx(area_m2 * 3 / 2000, abs=slack * shape.length * 3 / 2000)
    assert found["area_ellipsoidal_m2"] == pytest.approx(area_m2, rel=1e-3)  # the scale of the plane
    across = slack * shape.length / area_m2
    for row in found["zones"]:
        bounds = (row["share"], row["share_low"], row["share_high"])
        assert bounds == pytest.approx(expected.get(row["id"], (0, 0, 0)), abs=across), row["id"]
    back = crs.to_metres(shapely.geometry.shape(found["geometry"]), toy.METRIC)
    corners = shapely.get_coordinates(shapely.affinity.translate(shape, toy.EAST, toy.NORTH))
    gaps = shapely.distance(shapely.points(corners)[:, None], shapely.points(shapely.get_coordinates(back)))
    assert gaps.min(axis=1).max() < slack
    assert (found["crs_read"], found["datum_read"]) == (
        NOTATIONS[notation][1].get("crs", "EPSG:4326"),
        NOTATIONS[notation][1].get("datum", "wgs84"),
    )


@pytest.mark.parametrize(("datum", "column"), [("gcj02", 1), ("bd09", 2)])
def test_published_pair_is_read_within_1_m(toy_client: FlaskClient, datum: str, column: int) -> None:
    """Jiujiang lies 110 km north of the toy: outside, but on its plane."""
    (lon, lat), at = TOWNS[0][0], TOWNS[0][column]
    ring = [[at[0], at[1]], [at[0] + 0.001, at[1]], [at[0] + 0.001, at[1] + 0.001], [at[0], at[1]]]
    found = ask(toy_client, {"type": "Polygon", "coordinates": [ring]}, datum=datum, parts="true")
    corners = found["geometry"]["coordinates"][0]
    assert min(metres_apart((lon, lat), (corner[0], corner[1])) for corner in corners) < 1
    assert found["home_zone"] == "outside"


def test_parts_are_those_that_the_rules_speak_of(toy_client: FlaskClient) -> None:
    """From 900 to 2,000 m: 100 m of water, 500 m of ring 1, 500 m of ring 2; the area of the note begins at the shore.

    Corners are rounded to a centimetre, along 2.2 km at most.
    """
    site = written(shapely.box(900, -50, 2000, 50))
    found = ask(toy_client, site, parts="true")
    parts = {one["id"]: one["part"] for one in found["rules"]}
    assert {name: part_m2(part) for name, part in parts.items() if part} == pytest.approx(
        {"kept": 100 * 100, "ring_1_use": 500 * 100, "ring_2_use": 500 * 100, "area": 1000 * 100}, abs=22
    )
    assert [one["id"] for one in found["rules"] if one["verdict"] == "conflict"] == ["kept"]
    outside = ask(toy_client, written(TABLE["across the border"][0]), parts="true")
    (beyond,) = (one["part"] for one in outside["rules"] if one["id"] == "outside_use")
    assert part_m2(beyond) == pytest.approx(100 * 100, abs=22)
    plain = ask(toy_client, site)
    assert "geometry" not in plain
    assert all("part" not in one for one in plain["rules"])


def part_m2(part: Json) -> float:
    return float(crs.to_metres(shapely.geometry.shape(part), toy.METRIC).area)


# Several features


def test_features_are_one_site_and_ground_counts_once(toy_client: FlaskClient) -> None:
    """300 m and 300 m that share 100 m, and 100 m of ring 2 far away: 500 m and 100 m of 100 m width."""
    boxes = [shapely.box(1100, 0, 1400, 100), shapely.box(1300, 0, 1500, 100), shapely.box(2000, 0, 2100, 100)]
    found = ask(toy_client, collection(*(feature(written(box)) for box in boxes)))
    assert found["area_m2"] == pytest.approx(500 * 100, abs=0.1)
    shares = {row["id"]: row["share"] for row in found["zones"]}
    assert (shares["ring_1"], shares["ring_2"]) == pytest.approx((0.8, 0.2), abs=1e-5)
    assert found["features"] == [1, 2, 3]
    assert "features_united" in {note.get("name") for note in found["notices"]}
    apart = ask(toy_client, collection(*(feature(written(box)) for box in boxes[1:])))
    assert "features_united" not in {note.get("name") for note in apart["notices"]}


def test_each_feature_is_a_site_of_its_own(toy_client: FlaskClient) -> None:
    boxes = [shapely.box(1100, 0, 1400, 100), shapely.box(1300, 0, 1500, 100)]
    point = feature({"type": "Point", "coordinates": [116, 28.7]})
    body = collection(feature(written(boxes[0]), far=1), point, feature(written(boxes[1]), far=2))
    found = ask(toy_client, body, each="true")
    assert [(site["site"], site["features"]) for site in found["sites"]] == [(1, [1]), (2, [3])]
    assert [site["area_m2"] for site in found["sites"]] == pytest.approx([30_000, 20_000], abs=0.1)
    assert [site["indicators"] for site in found["sites"]] == [{"far": 1}, {"far": 2}]
    assert [one["feature"] for one in found["skipped"]] == [2]
    assert "zones" not in found
    alone = ask(toy_client, feature(written(boxes[0]), far=1))
    for name in ("zones", "rules", "verdict", "distances", "layers"):
        assert found["sites"][0][name] == alone[name]


def test_properties_that_differ_are_left_out_and_named(toy_client: FlaskClient) -> None:
    first, second = (written(shapely.box(x, 0, x + 100, 100)) for x in (1100, 1300))
    body = collection(
        feature(first, land_use="0802", far=1.5, accuracy_m=10, green_ratio=0.2),
        feature(second, land_use="0802", far=2, accuracy_m=30, name="{{ 7*191 }}"),
    )
    found = ask(toy_client, body)
    assert (found["land_use"], found["indicators"], found["accuracy_m"]) == ("0802", {"green_ratio": 0.2}, 30)
    (note,) = (one for one in found["notices"] if one.get("name") == "properties_differ")
    assert "far differently (1.5, 2)" in note["en"]
    assert "far 不一致（1.5、2）" in note["zh"]
    hostile = collection(feature(first, land_use="0802"), feature(second, land_use="<b>{{ 7*191 }}</b>"))
    assert "Feature 2" in refused(toy_client, hostile, 400)["detail"]


def test_accuracy_of_an_outline_widens_and_a_symbol_is_said_to_be_one(toy_client: FlaskClient) -> None:
    """120 m and the 50 m of the shore are 130 m together, more than the 100 m to either side of the edge."""
    edge = written(TABLE["on an edge"][0])
    found = ask(toy_client, feature(edge, accuracy_m=120, geometry_basis="symbolic_footprint"))
    assert found["accuracy_m"] == 120
    ring = next(row for row in found["zones"] if row["id"] == "ring_1")
    assert (ring["share_low"], ring["share_high"]) == pytest.approx((0, 1), abs=1e-6)
    assert "assumed_outline" in {note.get("name") for note in found["notices"]}
    for bad in (-1, 10_001, "120", True):
        assert "accuracy_m" in refused(toy_client, feature(edge, accuracy_m=bad), 400)["detail"]


def test_notices_of_the_reader_name_their_features(toy_client: FlaskClient) -> None:
    opened = [written(shapely.box(x, 0, x + 100, 100)) for x in (1100, 1300, 1500)]
    for geometry in opened[:2]:
        geometry["coordinates"] = [list(geometry["coordinates"][0])[:-1]]
    found = ask(toy_client, collection(*map(feature, opened)))
    closed = [note for note in found["notices"] if note.get("name") == "ring_closed"]
    assert [note["en"].partition(":")[0] for note in closed] == ["Features 1, 2"]
    assert closed[0]["zh"].startswith("第 1、2 个要素：")


# Refusals


@pytest.mark.parametrize(
    ("body", "words", "expected", "says"),
    [
        (b"{", {}, (400, "bad_question"), "Line 1"),
        (b"", {}, (400, "bad_question"), "empty"),
        (b"\xff\xfe", {}, (400, "bad_question"), "UTF-8"),
        (b'{"type":"Polygon","coordinates":[[[NaN,1],[2,3],[4,5]]]}', {}, (400, "bad_question"), "NaN"),
        ({"type": "Point", "coordinates": [116, 28.7]}, {}, (422, "not_measurable"), "holds no area"),
        (
            {"type": "Polygon", "coordinates": [[[116, 28.7], [116.01, 28.71], [116.01, 28.7], [116, 28.71]]]},
            {},
            (422, "not_measurable"),
            "Feature 1, ring 1: the outline crosses itself at 116.005",
        ),
        (
            {"type": "Polygon", "coordinates": [[[28.7, 116], [28.71, 116], [28.71, 116.1], [28.7, 116]]]},
            {},
            (422, "not_placed"),
            "swapped",
        ),
        (
            {"type": "Polygon", "coordinates": [[[4e5, 3.17e6], [4.1e5, 3.17e6], [4.1e5, 3.18e6]]]},
            {},
            (422, "not_placed"),
            "EPSG:4548",
        ),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1]]]}, {}, (422, "not_placed"), "0"),
        (
            {"type": "Polygon", "coordinates": [[[80, 30], [81, 30], [81, 31]]]},
            {},
            (422, "not_measurable"),
            "Feature 1",
        ),
        (TABLE["in one ring"][0], {"crs": "EPSG:2327"}, (400, "bad_question"), "EPSG:2327"),
        (TABLE["in one ring"][0], {"datum": "xian80"}, (400, "unknown_datum"), "gcj02"),
        (TABLE["in one ring"][0], {"each": "yes"}, (400, "unknown_each"), "true"),
        (TABLE["in one ring"][0], {"parts": "1"}, (400, "unknown_parts"), "true"),
        (TABLE["in one ring"][0], {"extent": "1999"}, (400, "unknown_extent"), "2025"),
        (TABLE["in one ring"][0], {"land_use": "1001"}, (400, "unknown_parameter"), "land_use"),
    ],
)
def test_what_cannot_be_answered_says_where_and_what_to_do(
    toy_client: FlaskClient, body: Any, words: dict[str, str], expected: tuple[int, str], says: str
) -> None:
    status, code = expected
    sent = written(body) if isinstance(body, shapely.Polygon) else body
    problem = refused(toy_client, sent, status, **words)
    assert problem["code"] == code
    assert says in problem["detail"]
    assert refused(toy_client, sent, status, **{**words, "lang": "zh"})["detail"] != problem["detail"]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "", "x"])
def test_body_of_another_type_is_not_taken(toy_client: FlaskClient, kind: str) -> None:
    response = toy_client.post(PATH, data=json.dumps(written(TABLE["in one ring"][0])), content_type=kind)
    assert response.status_code == 415
    assert json.loads(response.get_data())["possible"] == [GEOJSON, "application/json"]


def test_json_is_taken_as_geojson(toy_client: FlaskClient) -> None:
    data = json.dumps(written(TABLE["in one ring"][0]))
    assert toy_client.post(PATH, data=data, content_type="application/json; charset=utf-8").status_code == 200


@pytest.mark.parametrize("beyond", [1, 1_000_000])
def test_body_beyond_the_limit_names_it(toy_client: FlaskClient, beyond: int) -> None:
    most = Limits().bytes
    problem = refused(toy_client, b" " * (most + beyond), 413)
    assert (problem["limit"], problem["most"]) == ("bytes", most)
    assert "10,000,000 bytes" in problem["detail"]
    assert "empty" in refused(toy_client, b" " * most, 400)["detail"]  # the limit itself is read


def test_more_features_than_the_limit_names_it(toy_client: FlaskClient) -> None:
    body = collection(*[feature(written(TABLE["in one ring"][0]))] * (Limits().features + 1))
    assert refused(toy_client, body, 413)["limit"] == "features"


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE"])
def test_other_methods_keep_allow(toy_client: FlaskClient, method: str) -> None:
    response = toy_client.open(PATH, method=method)
    assert response.status_code == 405
    assert "POST" in response.headers["Allow"]


def test_other_addresses_still_take_little(toy_client: FlaskClient) -> None:
    assert toy_client.post("/csp-report", data=b"x" * 20_000).status_code == 413


def test_long_answer_is_packed_for_whoever_likes_that(toy_client: FlaskClient) -> None:
    sent = {"data": json.dumps(written(TABLE["across three"][0])), "content_type": GEOJSON}
    plain = toy_client.post(PATH, **sent)
    packed = toy_client.post(PATH, headers={"Accept-Encoding": "gzip"}, **sent)
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.get_data()) == plain.get_data()


def test_body_in_chunks_is_read_and_one_that_lies_harms_nobody(atlas: Atlas) -> None:
    body = json.dumps(polygon(quadrangle(116.03, 28.70))).encode()
    host, port = atlas.url.removeprefix("http://").split(":")
    line = http.client.HTTPConnection(host, int(port), timeout=60)
    line.request("POST", PATH, iter([body[:50], body[50:]]), {"Content-Type": GEOJSON}, encode_chunked=True)
    assert line.getresponse().status == 200
    line.close()
    head = f"POST {PATH} HTTP/1.1\r\nHost: {host}\r\nContent-Type: {GEOJSON}\r\n".encode()
    for length, sent in ((len(body) + 1000, body), (len(body) - 10, body), (0, b"")):
        with socket.create_connection((host, int(port)), timeout=60) as raw:
            raw.sendall(head + b"Content-Length: %d\r\n\r\n" % length + sent)
            if length < len(body):  # the rest is no request, and what came before it is half a file
                assert raw.recv(12) == b"HTTP/1.1 400"
        line = http.client.HTTPConnection(host, int(port), timeout=60)
        line.request("GET", "/healthz")
        assert line.getresponse().status == 200
        line.close()


def test_no_cookie_is_set_or_read(toy_client: FlaskClient) -> None:
    body = json.dumps(written(TABLE["in one ring"][0]))
    headers = {"Origin": "http://evil.example", "Cookie": "a=b"}
    response = toy_client.post(PATH, data=body, content_type=GEOJSON, headers=headers)
    assert response.status_code == 200
    assert "Set-Cookie" not in response.headers
    assert "Cookie" not in response.headers.get("Vary", "")
    assert "Access-Control-Allow-Origin" not in response.headers


# Laws, over HTTP on the real plan

CORNERS = st.tuples(st.floats(115.92, 116.12), st.floats(28.62, 28.78))


def quadrangle(lon: float, lat: float) -> list[list[float]]:
    return [[lon, lat], [lon + 0.009, lat + 0.001], [lon + 0.007, lat + 0.008], [lon - 0.001, lat + 0.005]]


def polygon(ring: list[list[float]]) -> Json:
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


@few
@given(CORNERS, st.floats(0, 500))
def test_real_shares_sum_to_one_and_their_interval_holds_them(
    app: Flask, at: tuple[float, float], accuracy_m: float
) -> None:
    found = ask(app.test_client(), feature(polygon(quadrangle(*at)), accuracy_m=accuracy_m))
    assert math.fsum(row["share"] for row in found["zones"]) == pytest.approx(1, abs=5e-6)  # of 6 decimals
    assert math.fsum(row["area_m2"] for row in found["zones"]) == pytest.approx(found["area_m2"], abs=0.05)
    for row in found["zones"]:
        assert 0 <= row["share_low"] <= row["share"] <= row["share_high"] <= 1
    assert max(found["zones"], key=lambda row: row["share"])["share"] == next(
        row["share"] for row in found["zones"] if row["id"] == found["home_zone"]
    )


@few
@given(CORNERS, st.integers(0, 3))
def test_real_start_direction_and_points_between_change_nothing(
    app: Flask, at: tuple[float, float], start: int
) -> None:
    ring = quadrangle(*at)
    turned = [*ring[start:], *ring[:start]]
    middle = [(one + other) / 2 for one, other in zip(turned[0], turned[1], strict=True)]
    client = app.test_client()
    plain = ask(client, polygon(ring))
    other = ask(client, polygon([turned[0], middle, *turned[1:]][::-1]))
    # The middle of two positions in degrees lies a few millimetres beside their line on the plane.
    assert other["area_m2"] == pytest.approx(plain["area_m2"], abs=0.01 * 1000)
    for first, second in zip(plain["zones"], other["zones"], strict=True):
        assert second["share"] == pytest.approx(first["share"], abs=1e-5)


@few
@given(CORNERS, st.floats(20, 1000))
def test_real_larger_site_never_loses_ground_in_a_zone(app: Flask, at: tuple[float, float], more_m: float) -> None:
    """In metres: a parallel of latitude is no straight line on the plane, and a longer one bends more."""
    (x, y), client = map(float, crs.project(*at, "EPSG:4548")), app.test_client()

    def zones(width_m: float) -> list[Json]:
        box = shapely.geometry.mapping(shapely.box(x, y, x + width_m, y + 400))
        rows: list[Json] = ask(client, box, crs="EPSG:4548")["zones"]
        return rows

    for inner, outer in zip(zones(300), zones(300 + more_m), strict=True):
        assert outer["area_m2"] >= inner["area_m2"] - 0.02


def test_real_views_are_answered_by_name(app: Flask, plan: Plan) -> None:
    ring = polygon(quadrangle(116.03, 28.70))
    for extent, reading in plan.views:
        found = ask(app.test_client(), ring, extent=extent, reading=reading)
        assert (found["extent"], found["reading"]) == (extent, reading)
        assert [row["id"] for row in found["zones"]] == [*plan.view(extent, reading).zones, "outside"]


def test_folder_without_rules_answers_too(tmp_path: Path) -> None:
    made = create_app(Settings(), load_plan(toy.write_toy(tmp_path / "data")))
    try:
        found = ask(made.test_client(), written(TABLE["in one ring"][0]), parts="true")
    finally:
        made.extensions["atlas_workers"].stop()
    assert (found["rules"], found["verdict"]) == ([], "unknown")
    assert any("no rules" in note["en"] for note in found["notices"])
