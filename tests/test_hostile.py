"""A text that is code to template engines and browsers: as data it stays text, as an id or file name it is refused."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from geo.errors import DataError
from geo.plan import Plan, load_plan
from webapp import create_app
from webapp.settings import Settings

HOSTILE = "{{ 7*191 }}<img src=x onerror=alert(1)>${1}{% "
WORSE = "</script><script>alert(1)</script>`'\"\\\u2028{# __proto__"
EXECUTED = re.compile(r"1337\s*(?:<|&lt;|\\u003c|\})")  # what becomes of HOSTILE where a template engine takes it
PAGES = ("/", "/about", "/nothing", "/places", "/places/parks:aixihu_wetland", "/places/water:aixihu")


def change(path: Path, edit: Callable[[Any], None]) -> None:
    value = json.loads(path.read_text(encoding="utf-8"))
    edit(value)
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def set_name(value: Any) -> None:
    properties = value["features"][0]["properties"]
    properties["name_zh"] = properties["name_en"] = properties["note_zh"] = properties["note_en"] = HOSTILE


def set_property(value: Any) -> None:
    value["features"][0]["properties"].update({HOSTILE: HOSTILE, WORSE: WORSE, "__proto__": HOSTILE})


def set_titles(value: Any) -> None:
    layer = next(layer for layer in value["layers"] if layer["id"] == "parks")
    layer["title_zh"] = layer["title_en"] = HOSTILE
    value["title_zh"] = value["title_en"] = HOSTILE + WORSE
    value["groups"][0]["name_zh"] = value["sources"][0]["title_zh"] = HOSTILE


EDITS = {
    "name": ("layers/parks.geojson", set_name),
    "property": ("layers/parks.geojson", set_property),
    "titles": ("catalogue.json", set_titles),
}


def client_of(folder: Path) -> FlaskClient:
    return create_app(Settings(data=folder), load_plan(folder)).test_client()


@pytest.fixture(scope="module")
def client(plan: Plan) -> FlaskClient:
    return create_app(Settings(), plan).test_client()


def paths_of(client: FlaskClient) -> list[str]:
    rows = json.loads(client.get("/api/layers").get_data())["layers"]
    each = [(f"/api/layers/{row['id']}", row["features_url"], row["export_url"]) for row in rows]
    return [
        "/api/layers",
        "/api/metrics",
        "/healthz",
        "/export/all.geojson",
        *(path for paths in each for path in paths),
    ]


@pytest.mark.parametrize("kind", EDITS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_hostile_text_in_data_executes_nowhere(data_copy: Path, kind: str, lang: str) -> None:
    file, edit = EDITS[kind]
    change(data_copy / file, edit)
    client = client_of(data_copy)
    for path in (*paths_of(client), *PAGES):
        response = client.get(f"{path}{'&' if '?' in path else '?'}lang={lang}", headers={"Accept": "text/html"})
        assert response.status_code == (404 if path == "/nothing" else 200)
        text = response.get_data(as_text=True)
        assert not EXECUTED.search(text)
        if response.mimetype == "text/html":
            assert "<img src=x" not in text
            assert "<script>alert" not in text
        else:
            json.loads(text)


def test_hostile_name_is_kept_as_it_is(data_copy: Path) -> None:
    change(data_copy / "layers/parks.geojson", set_name)
    client = client_of(data_copy)
    first = json.loads(client.get("/api/layers/parks/features").get_data())["features"][0]["properties"]
    assert first["name_zh"] == first["name_en"] == first["note_en"] == HOSTILE
    exported = json.loads(client.get("/export/parks.geojson").get_data())["features"][0]["properties"]
    assert exported["name_zh"] == HOSTILE


def test_hostile_property_is_kept_as_it_is(data_copy: Path) -> None:
    change(data_copy / "layers/parks.geojson", set_property)
    client = client_of(data_copy)
    first = json.loads(client.get("/api/layers/parks/features").get_data())["features"][0]["properties"]
    assert {HOSTILE: HOSTILE, WORSE: WORSE, "__proto__": HOSTILE}.items() <= first["extra"].items()


def test_hostile_title_is_kept_and_the_download_name_is_harmless(data_copy: Path) -> None:
    change(data_copy / "catalogue.json", set_titles)
    client = client_of(data_copy)
    listed = json.loads(client.get("/api/layers").get_data())
    assert listed["plan"]["title_zh"] == HOSTILE + WORSE
    assert HOSTILE in [layer["title_zh"] for layer in listed["layers"]]
    header = client.get("/export/parks.geojson?lang=zh").headers["Content-Disposition"]
    assert header.isascii()
    assert not set(header) & set("\r\n<>`{}")


def test_hostile_text_never_reaches_the_shell(data_copy: Path) -> None:
    for file, edit in EDITS.values():
        change(data_copy / file, edit)
    app = create_app(Settings(data=data_copy), load_plan(data_copy))
    shell = app.extensions["atlas_shell"].shell()
    for piece in ("{{", "7*191", "<img", "onerror", "{%", "alert"):
        assert piece not in shell.html + shell.script


def feature_id(value: Any) -> None:
    value["features"][0]["properties"]["id"] = HOSTILE


def layer_id(value: Any) -> None:
    value["layers"][0]["id"] = HOSTILE


def group_id(value: Any) -> None:
    value["groups"][0]["id"] = HOSTILE


def file_name(value: Any) -> None:
    next(layer for layer in value["layers"] if layer["id"] == "parks")["file"] = HOSTILE


def file_path(value: Any) -> None:
    next(layer for layer in value["layers"] if layer["id"] == "parks")["file"] = "../../secret.geojson"


@pytest.mark.parametrize(
    ("file", "edit"),
    [
        ("layers/parks.geojson", feature_id),
        ("catalogue.json", layer_id),
        ("catalogue.json", group_id),
        ("catalogue.json", file_name),
        ("catalogue.json", file_path),
    ],
)
def test_hostile_id_or_file_name_is_refused_with_file_and_remedy(
    data_copy: Path, file: str, edit: Callable[[Any], None]
) -> None:
    change(data_copy / file, edit)
    with pytest.raises(DataError) as caught:
        load_plan(data_copy)
    named = [fault for fault in caught.value.faults if fault.file == file]
    assert named
    assert all(fault.remedy_en and fault.remedy_zh and fault.where for fault in named)


@pytest.mark.parametrize("text", [HOSTILE, WORSE, "a\r\nX-Bad: 1", "\x00", "../" * 20])
@pytest.mark.parametrize("word", ["lang", "extent", "reading", "lon", "datum", "sel", "unknown"])
def test_hostile_query_is_answered_as_text(client: FlaskClient, word: str, text: str) -> None:
    for path in ("/api/layers", "/api/membership", "/", "/about"):
        for accept in ("text/html", "application/json"):
            response = client.get(path, query_string={word: text}, headers={"Accept": accept})
            shown = response.get_data(as_text=True)
            assert response.status_code in (200, 400)
            assert "X-Bad" not in response.headers
            if response.mimetype == "text/html":
                assert "<img src=x" not in shown
                assert "<script>alert" not in shown
                assert not EXECUTED.search(shown)


@pytest.mark.parametrize(
    "text", ["%7B%7B7*191%7D%7D", "%3Cimg%20src=x%3E", "..%2f..%2fetc%2fpasswd", "%00", "%ff%fe", "a%0d%0ab"]
)
@pytest.mark.parametrize(
    "path", ["/{}", "/api/layers/{}", "/api/layers/{}/features", "/export/{}.geojson", "/static/{}"]
)
def test_hostile_address_is_not_found(client: FlaskClient, path: str, text: str) -> None:
    response = client.get(path.format(text), headers={"Accept": "text/html"})
    shown = response.get_data(as_text=True)
    assert response.status_code == 404
    assert response.mimetype != "text/html" or "<img src=x" not in shown
    assert not EXECUTED.search(shown)
    assert "root:" not in shown
