"""The answers for programs and the headers of every answer, on the shipped plan."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from geo import crs
from geo.plan import Plan

VIEWS = [(extent, reading) for extent in ("2013", "2025") for reading in ("shore_belt", "annulus")]
DATA_PATHS = ("/api/layers", "/api/layers/water", "/api/layers/rings/features", "/api/metrics", "/export/all.geojson")
LAKE = (115.96, 28.70)


def read(client: FlaskClient, path: str) -> Any:
    response = client.get(path)
    assert response.status_code == 200, response.get_data(as_text=True)
    assert response.content_type == "application/json; charset=utf-8"
    return json.loads(response.get_data(), parse_constant=pytest.fail)


def refusal(client: FlaskClient, path: str, status: int = 400) -> Any:
    response = client.get(path)
    assert response.status_code == status, response.get_data(as_text=True)
    assert response.content_type == "application/problem+json"
    return json.loads(response.get_data())


# The answers


def test_layers_lists_the_catalogue_in_draw_order(client: FlaskClient, plan: Plan) -> None:
    rows = read(client, "/api/layers")["layers"]
    assert [row["id"] for row in rows] == [layer.id for layer in plan.catalogue.layers]


@pytest.mark.parametrize(("extent", "reading"), VIEWS)
def test_layers_follow_extent_and_reading(client: FlaskClient, extent: str, reading: str) -> None:
    facts = read(client, f"/api/layers?extent={extent}&reading={reading}")["plan"]
    assert (facts["extent"], facts["reading"]) == (extent, reading)
    assert facts["land_area_m2"] + facts["water_area_m2"] == pytest.approx(facts["extent_area_m2"], rel=1e-6)


def test_layers_default_view(client: FlaskClient) -> None:
    assert (
        client.get("/api/layers").headers["ETag"]
        == client.get("/api/layers?reading=shore_belt&extent=2025").headers["ETag"]
    )


def test_layer_urls_of_the_rows_answer(client: FlaskClient) -> None:
    for row in read(client, "/api/layers")["layers"]:
        for name in ("features_url", "export_url"):
            assert client.get(row[name]).status_code == 200


def test_layer_detail_is_the_row_with_properties(client: FlaskClient) -> None:
    for row in read(client, "/api/layers")["layers"]:
        detail = read(client, f"/api/layers/{row['id']}")
        properties = detail.pop("features")
        base = {"extent": "2025", "reading": "shore_belt", "scenario": False, "rings": [500, 1500, 3000]}
        assert detail.pop("view") == base
        assert detail == row
        assert len(properties) == row["count"] + row["not_drawn"]
        collection = read(client, row["features_url"])
        assert [feature["properties"] for feature in collection["features"]] == properties


def test_features_have_at_most_six_decimals(client: FlaskClient) -> None:
    text = client.get("/api/layers/rings/features").get_data(as_text=True)
    coordinates = re.findall(r"\[(-?\d+\.?\d*),(-?\d+\.?\d*)\]", text)
    assert len(coordinates) > 100
    assert max(len(number.partition(".")[2]) for pair in coordinates for number in pair) == 6


def test_json_keeps_chinese_as_it_is(client: FlaskClient) -> None:
    assert "瑶湖".encode() in client.get("/api/layers").get_data()


def test_metrics_answer(client: FlaskClient) -> None:
    assert read(client, "/api/metrics?extent=2013") != read(client, "/api/metrics?extent=2025")


def test_health_names_the_version(client: FlaskClient, plan: Plan) -> None:
    state = read(client, "/healthz")
    assert (state["status"], state["version"]) == ("ok", plan.catalogue.version)


# Membership


def test_membership_in_the_lake_is_water(client: FlaskClient, plan: Plan) -> None:
    lon, lat = plan.shapes["water:yaohu"].geometry.representative_point().coords[0]
    found = read(client, f"/api/membership?lon={lon}&lat={lat}")
    assert found["zone"] == found["line"]["zone"] == "water"
    assert found["distance_to_lake_m"] == 0
    assert "water:yaohu" in [feature["id"] for feature in found["features"]]
    assert found["given"] == {"lon": lon, "lat": lat, "datum": "wgs84"}


@pytest.mark.parametrize(
    "position", ["lon=0&lat=0", "lon=-180&lat=-90", "lon=180&lat=90", "lon=116&lat=-28.7", "lon=112&lat=28.7"]
)
@pytest.mark.parametrize("datum", list(crs.DATUMS))
def test_membership_far_away_is_outside(client: FlaskClient, position: str, datum: str) -> None:
    found = read(client, f"/api/membership?{position}&datum={datum}")
    assert found["zone"] == "outside"
    assert found["ground"]["certain"] is True


@pytest.mark.parametrize("lon", ["113.2", "114.6", "115.4", "115.6", "116.3", "118.4", "118.6"])
def test_membership_near_the_edge_of_the_metric_crs_is_outside(client: FlaskClient, lon: str) -> None:
    assert read(client, f"/api/membership?lon={lon}&lat=28.7")["zone"] == "outside"


@pytest.mark.parametrize("datum", ["gcj02", "bd09"])
def test_membership_shifted_datum_is_taken_back(client: FlaskClient, datum: str) -> None:
    lon, lat = crs.to_datum(*LAKE, datum)
    found = read(client, f"/api/membership?lon={lon:.9f}&lat={lat:.9f}&datum={datum}")
    assert (found["lon"], found["lat"]) == pytest.approx(LAKE, abs=5e-6)  # half a metre
    assert found["given"]["datum"] == datum
    assert abs(found["given"]["lon"] - found["lon"]) > 0.002


@pytest.mark.parametrize("datum", ["gcj02", "bd09"])
def test_membership_shifted_datum_answers_no_more_decimals_than_a_centimetre(client: FlaskClient, datum: str) -> None:
    found = read(client, f"/api/membership?lon=115.965&lat=28.695&datum={datum}")
    for degrees in (found["lon"], found["lat"]):
        assert degrees == round(degrees, 7)


@pytest.mark.parametrize("text", ["116", "116.", "+116.0", " 116.0 ", "1.16e2", "116.00000000000000"])
def test_membership_numbers_in_their_usual_forms(client: FlaskClient, text: str) -> None:
    response = client.get("/api/membership", query_string={"lon": text, "lat": "28.7"})
    assert json.loads(response.get_data())["lon"] == 116.0


@pytest.mark.parametrize(
    "text",
    ["NaN", "nan", "Infinity", "-inf", "1e999", "1e-999", "0x74", "1_1_6", "116,5", "１１６", "true", "[116]", "116°",
     "116 28", "--116", "1" * 5000, "1." + "1" * 5000, "\x00", "{{ 7*191 }}", "e", "."],
    ids=lambda text: ascii(text[:12]),
)  # fmt: skip
@pytest.mark.parametrize("name", ["lon", "lat"])
def test_membership_garbage_numbers_are_refused_by_name(client: FlaskClient, name: str, text: str) -> None:
    words = {"lon": "116.0", "lat": "28.7", "lang": "en", name: text}
    response = client.get("/api/membership", query_string=words)
    problem = json.loads(response.get_data())
    assert response.status_code == 400
    assert (problem["code"], problem["parameter"]) == ("not_a_number", name)
    assert len(problem["detail"]) < 300
    assert "1337" not in problem["detail"]


@pytest.mark.parametrize(
    ("words", "missing"), [("lat=28.7", "lon"), ("lon=116", "lat"), ("lon=116&lat=", "lat"), ("", "lon")]
)
def test_membership_missing_coordinate_is_named(client: FlaskClient, words: str, missing: str) -> None:
    problem = refusal(client, f"/api/membership?{words}")
    assert (problem["code"], problem["parameter"]) == ("missing_parameter", missing)


@pytest.mark.parametrize(
    ("lon", "lat", "code", "said"),
    [
        ("28.7", "116.0", "axes_swapped", "axes swapped?"),
        ("-28.7", "-116.0", "axes_swapped", "axes swapped?"),
        ("399999", "3176543", "looks_like_metres", "EPSG:4548"),
        ("3176543", "399999", "looks_like_metres", "EPSG:4548"),
        ("39399999", "3176543", "looks_like_metres", "EPSG:4527"),
        ("3176543", "39399999", "looks_like_metres", "EPSG:4527"),
        ("181", "28.7", "out_of_range", "globe"),
        ("116", "180.5", "out_of_range", "globe"),
        ("116", "-91", "out_of_range", "globe"),
        ("999999999999", "0", "out_of_range", "globe"),
    ],
)
def test_membership_coordinates_off_the_globe_say_what_they_look_like(
    client: FlaskClient, lon: str, lat: str, code: str, said: str
) -> None:
    status = 400 if code == "out_of_range" else 422  # understood, but not to be worked with
    problem = refusal(client, f"/api/membership?lang=en&lon={lon}&lat={lat}", status)
    assert problem["code"] == code
    assert said in problem["detail"]
    assert lon in problem["detail"]


# Questions that cannot be answered


@pytest.mark.parametrize("path", [*DATA_PATHS, "/api/membership", "/healthz"])
def test_unknown_words_are_refused_with_the_known_ones(client: FlaskClient, path: str) -> None:
    problem = refusal(client, f"{path}?exent=2013")
    assert problem["code"] == "unknown_parameter"
    assert problem["parameter"] == "exent"
    assert "lang" in problem["possible"]


@pytest.mark.parametrize("path", DATA_PATHS)
def test_repeated_words_are_refused(client: FlaskClient, path: str) -> None:
    assert refusal(client, f"{path}?extent=2013&extent=2013")["code"] == "repeated_parameter"


@pytest.mark.parametrize("path", DATA_PATHS)
@pytest.mark.parametrize(
    ("name", "value", "possible"),
    [
        ("extent", "1999", ["2013", "2025"]),
        ("extent", "", ["2013", "2025"]),
        ("extent", "２０２５", ["2013", "2025"]),
        ("reading", "both", ["annulus", "shore_belt"]),
        ("lang", "fr", ["en", "zh"]),
        ("lang", "zh\r\nX-Bad: 1", ["en", "zh"]),
    ],
)
def test_unknown_values_are_refused_with_the_possible_ones(
    client: FlaskClient, path: str, name: str, value: str, possible: list[str]
) -> None:
    response = client.get(path, query_string={name: value})
    problem = json.loads(response.get_data())
    assert (response.status_code, problem["code"], problem["parameter"]) == (400, f"unknown_{name}", name)
    assert sorted(problem["possible"]) == possible
    assert "X-Bad" not in response.headers


def test_unknown_datum_is_refused(client: FlaskClient) -> None:
    problem = refusal(client, "/api/membership?lon=116&lat=28.7&datum=xian80")
    assert problem["possible"] == list(crs.DATUMS)


@pytest.mark.parametrize("path", ["/api/layers/nothing", "/api/layers/nothing/features", "/api/layers/__proto__"])
def test_unknown_layer_is_not_found_and_the_answer_lists_the_layers(client: FlaskClient, path: str, plan: Plan) -> None:
    assert refusal(client, path, 404)["possible"] == [layer.id for layer in plan.catalogue.layers]


@pytest.mark.parametrize("query", ["%", "%zz=1", "extent=%ff%fe", "=", "&&&", "a" * 5000, "lon=116;lat=28", "%00=%00"])
def test_broken_queries_never_fail(client: FlaskClient, query: str) -> None:
    assert client.get(f"/api/layers?{query}").status_code in (200, 400)
