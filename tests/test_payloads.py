"""Caching and compression: strong ETags, 304, 412, gzip, parts of files, HEAD."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from geo.plan import Plan
from webapp import create_app
from webapp.assets import init_assets
from webapp.payloads import PayloadCache
from webapp.settings import Settings

DATA_PATHS = ("/api/layers", "/api/layers/water", "/api/layers/rings/features", "/api/metrics", "/export/all.geojson")
SCRIPT, STYLE = "/static/vendor/leaflet-1.9.4/leaflet.js", "/static/css/base.css"
PICTURE = "/static/vendor/leaflet-1.9.4/images/layers.png"
STATIC = Path(__file__).parent.parent / "static"
LEAFLET = (STATIC / "vendor/leaflet-1.9.4/leaflet.js").read_bytes()


@pytest.mark.parametrize("path", [*DATA_PATHS, SCRIPT, STYLE])
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


@pytest.mark.parametrize(
    ("accepted", "is_packed"),
    [
        ("gzip", True),
        ("GZIP", True),
        ("gzip;q=0.1", True),
        ("br, *", True),
        ("gzip, identity", True),
        ("gzip;q=0.1, identity;q=0", True),
        ("gzip;q=0", False),
        ("gzip;q=0, *", False),
        ("*;q=0", False),
        ("gzip;q=0.1, identity;q=1", False),
        ("identity, *;q=0.1", False),
        ("br", False),
        ("", False),
    ],
)
@pytest.mark.parametrize("path", ["/api/layers", "/", SCRIPT])
def test_payload_gzip_follows_its_weight(client: FlaskClient, path: str, accepted: str, is_packed: bool) -> None:
    response = client.get(path, headers={"Accept-Encoding": accepted})
    assert (response.headers.get("Content-Encoding") == "gzip") == is_packed


@pytest.mark.parametrize(("path", "status"), [("/", 200), ("/about", 200), ("/nothing", 404)])
def test_payload_pages_are_packed_and_never_kept(client: FlaskClient, path: str, status: int) -> None:
    response = client.get(path, headers={"Accept-Encoding": "gzip", "Accept": "text/html"})
    assert response.status_code == status
    assert {"Accept-Encoding", "Accept-Language"} <= set(response.headers["Vary"].split(", "))
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers
    text = gzip.decompress(response.get_data()).decode()
    assert text.rstrip().endswith("</html>")
    nonce = re.search(r"'nonce-([\w-]+)'", response.headers["Content-Security-Policy"])
    assert nonce is not None
    assert f'nonce="{nonce.group(1)}"' in text


def test_payload_every_text_file_of_static_is_packed_or_small(client: FlaskClient) -> None:
    files = [path for path in STATIC.rglob("*") if path.suffix in (".js", ".css", ".svg")]
    assert len(files) > 30
    for path in files:
        response = client.get(f"/static/{path.relative_to(STATIC)}", headers={"Accept-Encoding": "gzip"})
        assert ("Content-Encoding" in response.headers) == (path.stat().st_size >= 600)


def test_payload_picture_is_sent_as_it_is(client: FlaskClient) -> None:
    response = client.get(PICTURE, headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in response.headers
    assert response.mimetype == "image/png"
    assert response.get_data() == (STATIC / PICTURE.removeprefix("/static/")).read_bytes()


def test_payload_file_changed_while_serving_is_sent_anew(plan: Plan, tmp_path: Path) -> None:
    app = create_app(Settings(), plan)
    app.static_folder = str(tmp_path)
    init_assets(app, PayloadCache())
    client = app.test_client()
    tags = []
    for text in ("a" * 700, "b" * 701):
        (tmp_path / "x.js").write_text(text)
        response = client.get("/static/x.js")
        assert response.get_data(as_text=True) == text
        tags.append(response.headers["ETag"])
    assert tags[0] != tags[1]
    again = client.get("/static/x.js", headers={"If-None-Match": tags[0]})
    assert again.status_code == 200


# What If-Match asks


@pytest.mark.parametrize("path", ["/api/layers", "/export/all.geojson", SCRIPT, PICTURE])
@pytest.mark.parametrize("wanted", ['"another"', 'W/"another"', '"a", "b"'])
@pytest.mark.parametrize("part", [{}, {"Range": "bytes=0-9"}])
def test_payload_if_match_of_another_version_is_refused_without_the_data(
    client: FlaskClient, path: str, wanted: str, part: dict[str, str]
) -> None:
    response = client.get(path, headers={"If-Match": wanted, **part})
    assert response.status_code == 412
    assert response.content_type == "application/problem+json"
    assert json.loads(response.get_data())["status"] == 412
    assert {"ETag", "Content-Disposition", "Content-Range"}.isdisjoint(response.headers)


@pytest.mark.parametrize("path", ["/api/layers", SCRIPT])
def test_payload_if_match_of_this_version_or_any_is_answered(client: FlaskClient, path: str) -> None:
    tag = client.get(path).headers["ETag"]
    for wanted in (tag, f'"another", {tag}', "*"):
        assert client.get(path, headers={"If-Match": wanted}).status_code == 200
        known = client.get(path, headers={"If-Match": wanted, "If-None-Match": tag})
        assert (known.status_code, known.get_data()) == (304, b"")


# Parts of files


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("bytes=0-9", LEAFLET[:10]),
        ("bytes=100-", LEAFLET[100:]),
        ("BYTES=-7", LEAFLET[-7:]),
        ("bytes=5-5", LEAFLET[5:6]),
    ],
)
def test_static_part_is_cut_from_the_plain_bytes(client: FlaskClient, asked: str, part: bytes) -> None:
    response = client.get(SCRIPT, headers={"Range": asked, "Accept-Encoding": "gzip"})
    assert response.status_code == 206
    assert "Content-Encoding" not in response.headers
    assert response.get_data() == part
    assert response.headers["Content-Range"].endswith(f"/{len(LEAFLET)}")


@pytest.mark.parametrize(
    "asked",
    ["pages=1-2", "bytes", "bytes=", "bytes=-", "bytes=9-1", "bytes=a-b", "bytes=0-1,4-5", "", "x"],
)
def test_static_range_of_unknown_kind_counts_as_none(client: FlaskClient, asked: str) -> None:
    response = client.get(SCRIPT, headers={"Range": asked})
    assert response.status_code == 200
    assert response.get_data() == LEAFLET


def test_static_range_of_head_counts_as_none(client: FlaskClient) -> None:
    response = client.head(SCRIPT, headers={"Range": "bytes=0-9"})
    assert response.status_code == 200
    assert int(response.headers["Content-Length"]) == len(LEAFLET)


def test_static_range_beyond_the_end_is_a_problem_with_the_length(client: FlaskClient) -> None:
    response = client.get(SCRIPT, headers={"Range": f"bytes={len(LEAFLET)}-"})
    assert response.status_code == 416
    assert response.content_type == "application/problem+json"
    assert response.headers["Content-Range"] == f"bytes */{len(LEAFLET)}"
    assert json.loads(response.get_data())["status"] == 416


def test_static_part_of_another_version_is_the_whole(client: FlaskClient) -> None:
    tag = client.get(SCRIPT).headers["ETag"]
    for condition, status in ((tag, 206), ('"another"', 200)):
        response = client.get(SCRIPT, headers={"Range": "bytes=0-9", "If-Range": condition})
        assert response.status_code == status


def test_payload_data_have_no_parts(client: FlaskClient) -> None:
    response = client.get("/api/layers", headers={"Range": "bytes=0-9"})
    assert response.status_code == 200
    assert response.get_data() == client.get("/api/layers").get_data()


@pytest.mark.parametrize("encoding", ["", "gzip"])
@pytest.mark.parametrize("path", [*DATA_PATHS, SCRIPT])
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


@pytest.mark.parametrize("path", [*DATA_PATHS, "/", "/about", "/healthz", "/api/membership?lon=116&lat=28.7", SCRIPT])
def test_head_is_get_without_the_body(client: FlaskClient, path: str) -> None:
    got, head = client.get(path), client.head(path)
    assert head.status_code == got.status_code == 200
    assert head.get_data() == b""
    assert head.headers["Content-Type"] == got.headers["Content-Type"]
    assert head.headers["Content-Length"] == got.headers["Content-Length"]
