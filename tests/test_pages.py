"""The pages as the server sends them, and the files they load."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from geo.plan import Plan, load_plan
from webapp import create_app
from webapp.settings import Settings


@pytest.mark.parametrize("path", ["/", "/about"])
def test_page_every_script_and_style_block_has_the_nonce_of_its_answer(client: FlaskClient, path: str) -> None:
    nonces = set()
    for _ in range(2):
        response = client.get(path)
        match = re.search(r"'nonce-([\w-]+)'", response.headers["Content-Security-Policy"])
        assert match is not None
        nonces.add(match.group(1))
        text = response.get_data(as_text=True)
        inline = [tag for tag in re.findall(r"<(?:script|style)\b[^>]*>", text) if "src=" not in tag]
        assert all(f'nonce="{match.group(1)}"' in tag for tag in inline)
        assert not re.search(r"<[^>]+\son[a-z]+\s*=", text), "inline handler"
    assert len(nonces) == 2


@pytest.mark.parametrize("path", ["/", "/about"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_page_asks_no_other_host(client: FlaskClient, path: str, lang: str) -> None:
    text = client.get(f"{path}?lang={lang}").get_data(as_text=True)
    assert re.findall(r"""(?:src|href|action)\s*=\s*["']?(?:[a-z]+:)?//[^"'\s>]*""", text) == []


@pytest.mark.parametrize("path", ["/", "/about"])
@pytest.mark.parametrize(
    ("lang", "notice"), [("zh", "内部工作底图，未经审核"), ("en", "internal working map, not reviewed")]
)
def test_page_says_language_and_review_state(client: FlaskClient, path: str, lang: str, notice: str) -> None:
    response = client.get(f"{path}?lang={lang}")
    text = response.get_data(as_text=True)
    assert response.headers["Content-Language"] == lang
    assert "Accept-Language" in response.headers["Vary"]
    assert re.search(rf'<html[^>]*\blang="{lang}', text)
    assert notice.lower() in text.lower()


@pytest.mark.parametrize("path", ["/", "/about", "/nothing"])
def test_page_shows_the_review_number_escaped(plan: Plan, path: str) -> None:
    client = create_app(Settings(map_review_no="<b>{{ 7*191 }}GS(2025)1"), plan).test_client()
    text = client.get(f"{path}?lang=en", headers={"Accept": "text/html"}).get_data(as_text=True)
    assert "GS(2025)1" in text
    assert "not reviewed" not in text
    assert "<b>{{" not in text
    assert "1337" not in text


def test_page_link_to_the_other_language_keeps_the_words(client: FlaskClient) -> None:
    text = client.get("/?extent=2013&sel=@115.9,28.7&lang=zh").get_data(as_text=True)
    link = re.search(r'href="(/\?[^"]*lang=en[^"]*)"', text)
    assert link is not None
    assert "extent=2013" in link.group(1)
    assert "sel=%40115.9%2C28.7" in link.group(1)


def test_page_words_of_the_address_are_escaped(client: FlaskClient) -> None:
    text = client.get('/?sel="><script>alert(1)</script>&{{7*191}}=1').get_data(as_text=True)
    assert "<script>alert" not in text
    assert "1337" not in text


def test_static_file_with_its_hash_is_kept_for_good_and_without_is_asked_for(client: FlaskClient) -> None:
    page = client.get("/").get_data(as_text=True)
    named = re.findall(r'"(/static/[^"?]+)\?v=([0-9a-f]{12})"', page)
    assert any(path.endswith("leaflet.js") for path, _ in named)
    for path, version in named:
        kept = client.get(f"{path}?v={version}", buffered=True)
        assert kept.status_code == 200
        assert "immutable" in kept.headers["Cache-Control"]
        for other in (path, f"{path}?v=000000000000"):
            assert client.get(other, buffered=True).headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(("name", "kind"), [("leaflet.js", "text/javascript"), ("leaflet.css", "text/css")])
def test_static_types_do_not_hang_on_the_machine(client: FlaskClient, name: str, kind: str) -> None:
    assert client.get(f"/static/vendor/leaflet-1.9.4/{name}", buffered=True).mimetype == kind


def test_pages_refuse_unknown_views_but_leave_the_browsers_words(client: FlaskClient) -> None:
    assert client.get("/?view=115.9,28.7,12&on=parks&sel=water:yaohu&from=chat").status_code == 200
    for words in ("extent=1999", "reading=x", "lang=fr"):
        assert client.get(f"/?{words}", headers={"Accept": "text/html"}).status_code == 400


def change(path: Path, edit: Callable[[Any], None]) -> None:
    value = json.loads(path.read_text(encoding="utf-8"))
    edit(value)
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


@pytest.fixture
def other_client(data_copy: Path) -> FlaskClient:
    """The pages over data with other names, another metric system, other distances and defaults."""

    def edit_rings(value: Any) -> None:
        value |= {"default_extent": "2013", "default_reading": "annulus"}
        value["edges"][2]["distance_m"] = 1500.6
        for reading in value["readings"]:
            reading["name_en"] = f"<i>{reading['id']}</i>"

    zone = {"metric_crs": "EPSG:32650", "zone_zh": "<b>另一片区</b>", "zone_en": "<b>Another zone</b>"}
    change(data_copy / "catalogue.json", lambda value: value.update(zone))
    change(data_copy / "rings.json", edit_rings)
    return create_app(Settings(data=data_copy), load_plan(data_copy)).test_client()


@pytest.mark.parametrize(
    ("lang", "zone", "distance"), [("zh", "另一片区", "1\u2009500.6 m"), ("en", "Another zone", "1,500.6 m")]
)
def test_page_says_zone_system_and_distances_of_the_data(
    other_client: FlaskClient, lang: str, zone: str, distance: str
) -> None:
    text = other_client.get(f"/about?lang={lang}").get_data(as_text=True)
    assert f"<small>&lt;b&gt;{zone}&lt;/b&gt;</small>" in text
    assert f"<b>{zone}" not in text
    assert distance in text
    assert "EPSG:32650" in text
    assert "EPSG:4548" not in text


def test_page_defaults_and_readings_are_those_of_the_data(other_client: FlaskClient) -> None:
    text = other_client.get("/?lang=en").get_data(as_text=True)
    data = re.search(r'<script type="application/json"[^>]*>(.*?)</script>', text, re.DOTALL)
    assert data is not None
    assert json.loads(data.group(1))["defaults"] == {"extent": "2013", "reading": "annulus"}
    for reading in ("shore_belt", "annulus"):
        assert f"<span>&lt;i&gt;{reading}&lt;/i&gt;</span>" in text


@pytest.mark.parametrize("words", ["extent=2013&reading=annulus", "extent=2025&reading=shore_belt"])
def test_about_downloads_are_of_the_view_of_its_address(client: FlaskClient, words: str) -> None:
    text = client.get(f"/about?{words}&lang=en").get_data(as_text=True)
    links = re.findall(r'href="(/export/[^"]+)"', text)
    assert len(links) > 10
    assert all(link.endswith(f".geojson?{words}&lang=en".replace("&", "&amp;")) for link in links), links
    assert client.get(links[-1].replace("&amp;", "&")).status_code == 200


def test_page_links_keep_a_valid_view_and_drop_the_rest(client: FlaskClient) -> None:
    text = client.get("/about?extent=2013&lang=en&x=1").get_data(as_text=True)
    assert 'href="/?extent=2013&amp;lang=en"' in text
    refused = client.get("/about?extent=1999&reading=annulus", headers={"Accept": "text/html"}).get_data(as_text=True)
    assert 'href="/?reading=annulus"' in refused
