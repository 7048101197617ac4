"""POST /api/coordinates: readings of a pasted list over HTTP, and each refusal as a problem."""

from __future__ import annotations

import json
from pathlib import Path

import pyproj
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from geo.formats.corners import MAX_BYTES
from geo.plan import load_plan
from tests.toy import write_toy
from webapp import create_app
from webapp.settings import Settings

ADDRESS = "/api/coordinates"
TO_PLANE = pyproj.Transformer.from_crs(4490, 4548, always_xy=True)
SQUARE = [(116.0512345, 28.70), (116.06, 28.70), (116.06, 28.71)]


def ask(client: FlaskClient, text: str | bytes, kind: str = "text/plain; charset=utf-8", **words: str) -> TestResponse:
    return client.post(ADDRESS, data=text, content_type=kind, query_string=words)


def test_readings_hold_every_corner_within_a_decimetre(client: FlaskClient) -> None:
    metres = [TO_PLANE.transform(*corner) for corner in SQUARE]
    answer = ask(client, "点号\tX\tY\n" + "\n".join(f"J{n}\t{y:.3f}\t{x:.3f}" for n, (x, y) in enumerate(metres, 1)))
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    (reading,) = answer.get_json()["readings"]
    assert [TO_PLANE.transform(*corner) for corner in reading["rings"][0]] == [
        pytest.approx(m, abs=0.1) for m in metres
    ]
    del reading["rings"]
    assert reading == {
        "crs": "EPSG:4548",
        "datum": "cgcs2000",
        "order": "north_east",
        "how_zh": "EPSG:4548：X 北、Y 东",
        "how_en": "EPSG:4548: X north, Y east",
        "needs_datum": False,
        "corners": 3,
        "in_area": True,
    }


def test_readings_in_degrees_need_a_datum_until_it_is_given(client: FlaskClient) -> None:
    text = "\n".join(f"{lon}, {lat}" for lon, lat in SQUARE)
    (unsaid,) = ask(client, text).get_json()["readings"]
    assert (unsaid["needs_datum"], unsaid["datum"]) == (True, None)
    assert unsaid["rings"] == [[list(corner) for corner in SQUARE]]
    (said,) = ask(client, text, datum="gcj02").get_json()["readings"]
    assert (said["needs_datum"], said["datum"]) == (False, "gcj02")
    assert 0.003 < unsaid["rings"][0][0][0] - said["rings"][0][0][0] < 0.008  # about 500 m to the west


@pytest.mark.parametrize(("text", "in_area"), [("116 28.7", True), ("121.5 31.2", False), ("10 20", False)])
def test_readings_say_whether_they_lie_near_the_plan(client: FlaskClient, text: str, in_area: bool) -> None:
    found = ask(client, text).get_json()["readings"]
    assert {reading["in_area"] for reading in found} == {in_area}


def test_two_readings_are_both_given(client: FlaskClient) -> None:
    found = ask(client, "10, 20\n11, 20\n11, 21").get_json()["readings"]
    assert [reading["order"] for reading in found] == ["lon_lat", "lat_lon"]


@pytest.mark.parametrize(
    ("text", "words", "status", "said"),
    [
        (b"", {}, 400, "No coordinates are found"),
        (b"116.05 28.7\n116.06", {}, 400, "Row 2"),
        (b"\xff\xfe1 2", {}, 400, "not UTF-8"),
        (b"116 28.7", {"datum": "xian80"}, 400, "wgs84, cgcs2000, gcj02, bd09"),
        (b"116 28.7", {"crs": "EPSG:2362"}, 400, "no public transformation"),
        (b"116 28.7", {"elsewhere": "1"}, 400, "crs, datum, lang"),
        (b"1 " * MAX_BYTES, {}, 413, "204,800"),
        (b"1000 2000", {}, 422, "looks like no position"),
        (b"116 28.7", {"crs": "EPSG:4548"}, 422, "looks like degrees"),
    ],
)
def test_refusal_is_a_problem_in_the_language_of_the_reader(
    client: FlaskClient, text: bytes, words: dict[str, str], status: int, said: str
) -> None:
    answer = ask(client, text, lang="en", **words)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert said in answer.get_json()["detail"]
    chinese = ask(client, text, lang="zh", **words)
    assert (chinese.status_code, chinese.get_json()["lang"]) == (status, "zh")
    assert chinese.get_json()["detail"] != answer.get_json()["detail"]


@pytest.mark.parametrize("kind", ["application/json", "text/html", ""])
def test_body_that_is_no_plain_text_is_refused(client: FlaskClient, kind: str) -> None:
    answer = ask(client, "116 28.7", kind)
    assert answer.status_code == 415
    assert "text/plain" in answer.get_json()["detail"]


def test_list_is_asked_for_by_post_alone(client: FlaskClient) -> None:
    answer = client.get(ADDRESS)
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


def test_markup_in_a_row_comes_back_as_text(client: FlaskClient) -> None:
    answer = ask(client, "<b>{{7*191}}\n", lang="en")
    assert answer.status_code == 400
    assert ask(client, "{{7*191}} 116\n1 2 3 4 5 6 7", lang="en").status_code == 400
    assert "1337" not in json.dumps(answer.get_json())


def test_other_data_folder_reads_corners_too(tmp_path: Path) -> None:
    client = create_app(Settings(), load_plan(write_toy(tmp_path / "toy"))).test_client()
    (reading,) = ask(client, "116.05, 28.70").get_json()["readings"]
    assert reading["rings"] == [[[116.05, 28.7]]]
    assert reading["in_area"] is True
