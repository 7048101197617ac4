"""Caching and compression: strong ETags, 304, gzip, HEAD."""

from __future__ import annotations

import gzip
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from geo.plan import Plan
from webapp import create_app
from webapp.settings import Settings

DATA_PATHS = ("/api/layers", "/api/layers/water", "/api/layers/rings/features", "/api/metrics", "/export/all.geojson")


@pytest.fixture(scope="module")
def app(plan: Plan) -> Flask:
    return create_app(Settings(), plan)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.mark.parametrize("path", DATA_PATHS)
def test_payload_is_packed_for_those_who_take_it(client: FlaskClient, path: str) -> None:
    plain = client.get(path)
    packed = client.get(path, headers={"Accept-Encoding": "br, gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.get_data()) == plain.get_data()
    assert len(packed.get_data()) < len(plain.get_data())
    assert plain.headers["ETag"] != packed.headers["ETag"]  # a strong ETag names bytes
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_payload_gzip_refused_by_weight_is_not_sent(client: FlaskClient) -> None:
    response = client.get("/api/layers", headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in response.headers


@pytest.mark.parametrize("encoding", ["", "gzip"])
@pytest.mark.parametrize("path", DATA_PATHS)
def test_payload_known_to_the_browser_is_not_sent_again(client: FlaskClient, path: str, encoding: str) -> None:
    headers = {"Accept-Encoding": encoding}
    tag = client.get(path, headers=headers).headers["ETag"]
    assert re.fullmatch(r'"[0-9a-f]+(-gz)?"', tag)
    again = client.get(path, headers={**headers, "If-None-Match": tag})
    assert (again.status_code, again.get_data()) == (304, b"")
    assert again.headers["ETag"] == tag
    other = client.get(path, headers={**headers, "If-None-Match": '"another"'})
    assert other.status_code == 200


def test_payload_is_the_same_from_another_process_of_the_same_data(plan: Plan, client: FlaskClient) -> None:
    twin = create_app(Settings(), plan).test_client()
    for path in DATA_PATHS:
        assert twin.get(path).headers["ETag"] == client.get(path).headers["ETag"]


@pytest.mark.parametrize("path", [*DATA_PATHS, "/", "/about", "/healthz", "/api/membership?lon=116&lat=28.7"])
def test_head_is_get_without_the_body(client: FlaskClient, path: str) -> None:
    got, head = client.get(path), client.head(path)
    assert head.status_code == got.status_code == 200
    assert head.get_data() == b""
    assert head.headers["Content-Type"] == got.headers["Content-Type"]
    assert head.headers["Content-Length"] == got.headers["Content-Length"]
