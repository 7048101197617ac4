"""Downloads over HTTP: type, name, notice, and what they refuse."""

from __future__ import annotations

import json
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient

from geo.plan import Plan
from webapp import create_app
from webapp.exports import attachment
from webapp.settings import Settings


def layer_ids(plan: Plan) -> list[str]:
    return [layer.id for layer in plan.catalogue.layers]


def test_export_every_layer_and_all_is_geojson(client: FlaskClient, plan: Plan) -> None:
    counts = {}
    for name in (*layer_ids(plan), "all"):
        response = client.get(f"/export/{name}.geojson")
        assert response.status_code == 200
        assert response.content_type == "application/geo+json"
        collection = json.loads(response.get_data())
        assert collection["type"] == "FeatureCollection"
        counts[name] = len(collection["features"])
    assert counts.pop("all") == sum(counts.values())


def test_export_name_is_chinese_with_an_ascii_fallback(client: FlaskClient) -> None:
    header = client.get("/export/water.geojson?lang=zh").headers["Content-Disposition"]
    header.encode("ascii")
    kind, plain, full = header.split("; ")
    assert (kind, plain) == ("attachment", 'filename="yaohu-atlas-water.geojson"')
    name = unquote(full.removeprefix("filename*=UTF-8''"), errors="strict")
    assert name.endswith(".geojson")
    assert "瑶湖" in name


def test_export_name_follows_the_language_of_the_browser(client: FlaskClient) -> None:
    response = client.get("/export/water.geojson", headers={"Accept-Language": "en"})
    name = unquote(response.headers["Content-Disposition"].split("UTF-8''")[1])
    assert name.isascii()
    assert {"Accept-Language", "Accept-Encoding"} <= set(response.headers["Vary"].split(", "))


@pytest.mark.parametrize(
    "name", ["a\r\nX-Bad: 1.geojson", 'a"; filename="b', "a;b/../c", "\N{RIGHT-TO-LEFT OVERRIDE}", "名'*%"]
)
def test_attachment_no_name_ends_the_header(name: str) -> None:
    header = attachment(name, "plain.geojson")
    head, _, encoded = header.partition("UTF-8''")
    assert head == 'attachment; filename="plain.geojson"; filename*='
    assert not set(encoded) & set("\r\n\"';/\\ ")
    assert encoded.isascii()
    assert unquote(encoded) == name


def test_export_says_that_it_is_not_reviewed(client: FlaskClient) -> None:
    collection = json.loads(client.get("/export/parks.geojson").get_data())
    assert collection["metadata"]["review"]["notice_en"] == "internal working map, not reviewed"
    assert all("内部工作底图，未经审核" in feature["properties"]["notice"] for feature in collection["features"])


def test_export_says_the_review_number_if_there_is_one(plan: Plan) -> None:
    client = create_app(Settings(map_review_no="赣S(2025)001号"), plan).test_client()
    text = client.get("/export/parks.geojson").get_data(as_text=True)
    assert "赣S(2025)001号" in text
    assert "not reviewed" not in text


def test_export_follows_extent_and_reading(client: FlaskClient) -> None:
    answers = {
        client.get(f"/export/rings.geojson?extent={extent}&reading={reading}").headers["ETag"]
        for extent in ("2013", "2025")
        for reading in ("shore_belt", "annulus")
    }
    assert len(answers) == 4


def test_export_is_not_sent_twice(client: FlaskClient) -> None:
    tag = client.get("/export/all.geojson").headers["ETag"]
    again = client.get("/export/all.geojson", headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.get_data() == b""


@pytest.mark.parametrize(
    "path",
    [
        "/export/nothing.geojson",
        "/export/water.json",
        "/export/water",
        "/export/../data/catalogue.json",
        "/export/..%2f..%2fdata%2flayers%2fwater.geojson",
        "/export/water%0d%0aX-Bad:1.geojson",
        "/export/WATER.geojson",
    ],
)
def test_export_unknown_names_are_not_found(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert "X-Bad" not in response.headers


def test_export_unknown_layer_says_what_there_is(client: FlaskClient, plan: Plan) -> None:
    problem = json.loads(client.get("/export/nothing.geojson").get_data())
    assert problem["possible"] == [*layer_ids(plan), "all"]


@pytest.mark.parametrize("words", ["extent=1999", "reading=", "format=kml", "extent=2013&extent=2025"])
def test_export_bad_words_are_refused(client: FlaskClient, words: str) -> None:
    assert client.get(f"/export/all.geojson?{words}").status_code == 400
