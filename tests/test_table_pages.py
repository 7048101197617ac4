"""The tables of the layers and the page of sources: every row, every figure, both languages, nothing runs."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from geo import units
from geo.plan import Plan, load_plan
from webapp import create_app
from webapp.licence import parse_licence
from webapp.settings import Settings
from webapp.tablecells import percents

HTML = {"Accept": "text/html"}
HOSTILE = "{{ 7*191 }}<img src=x onerror=alert(1)>\"'</td>"


class TableReader(HTMLParser):
    """The rows of #layer-table: for each the attributes of its tr, and by column its sort key, text and link."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.columns: list[str] = []
        self.rows: list[dict[str, Any]] = []
        self._cells: list[dict[str, str]] | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "th" and found.get("scope") == "col":
            self.columns.append(found.get("data-column", "map"))
        elif tag == "tr" and "data-feature" in found:
            self._cells = []
            self.rows.append({**found, "cells": self._cells})
        elif tag == "tr":
            self._cells = None
        elif self._cells is not None and tag in ("th", "td"):
            self._cells.append({"sort": found.get("data-sort", ""), "text": "", "href": ""})
        elif self._cells and tag == "a":
            self._cells[-1]["href"] = found["href"]

    def handle_data(self, data: str) -> None:
        if self._cells:
            self._cells[-1]["text"] = (self._cells[-1]["text"] + data).strip()

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self._cells = None

    def cell(self, row: int, column: str) -> dict[str, str]:
        found: dict[str, str] = self.rows[row]["cells"][self.columns.index(column)]
        return found


def layer_ids(client: FlaskClient) -> list[str]:
    return [layer["id"] for layer in client.get("/api/layers").json["layers"]]


def read(client: FlaskClient, path: str) -> str:
    response = client.get(path, headers=HTML)
    assert response.status_code == 200
    return str(response.get_data(as_text=True))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_table_has_a_row_for_every_feature_in_words_or_drawn(client: FlaskClient, lang: str) -> None:
    for layer in layer_ids(client):
        features = client.get(f"/api/layers/{layer}/features").json["features"]
        table = TableReader(read(client, f"/layers/{layer}?lang={lang}"))
        assert [row["data-feature"] for row in table.rows] == [one["id"] for one in features]
        assert [row["id"] for row in table.rows] == [one["id"].split(":")[1] for one in features]
        names = [table.cell(n, "name")["text"] for n in range(len(features))]
        assert names == [one["properties"][f"name_{lang}"] for one in features]
        assert all(len(row["cells"]) == len(table.columns) for row in table.rows)


@pytest.mark.parametrize("view", ["extent=2025&reading=shore_belt", "extent=2013&reading=annulus"])
def test_table_figures_are_those_of_the_api(client: FlaskClient, view: str) -> None:
    fields = {"accuracy": "accuracy_m", "area": "area_m2", "length": "length_m", "year": "data_year"}
    fields["shore"] = "distance_to_lake_m"
    for layer in layer_ids(client):
        table = TableReader(read(client, f"/layers/{layer}?{view}&lang=en"))
        for n, one in enumerate(client.get(f"/api/layers/{layer}?{view}").json["features"]):
            for column, name in fields.items():
                if column in table.columns:
                    key = table.cell(n, column)["sort"]
                    assert (float(key) if key else None) == one[name], (one["id"], column)
                else:
                    assert one[name] is None, (one["id"], column)
            stated = table.cell(n, "stated")["sort"]
            assert (float(stated) if stated else None) == (one["stated_area"] or {"area_m2": None})["area_m2"]


def test_table_area_is_written_with_its_bound(client: FlaskClient) -> None:
    table = TableReader(read(client, "/layers/water?lang=en"))
    for n, one in enumerate(client.get("/api/layers/water").json["features"]):
        assert one["area_m2"] > 1e6
        expected = units.format_area(one["area_m2"], "km2", "en", u_m2=one["area_u_m2"])
        assert "±" in expected
        assert table.cell(n, "area")["text"] == expected


def test_table_stated_area_keeps_unit_and_qualifier(client: FlaskClient) -> None:
    texts = {}
    for lang in ("zh", "en"):
        table = TableReader(read(client, f"/layers/sites?lang={lang}"))
        rows = [row["data-feature"] for row in table.rows]
        texts[lang] = table.cell(rows.index("sites:yaohu_airport"), "stated")["text"]
    assert texts == {"zh": "约 4\u2009000 亩", "en": "about 4,000 mu"}


def test_table_home_ring_and_shares_add_up(client: FlaskClient) -> None:
    table = TableReader(read(client, "/layers/places?lang=en"))
    for n, one in enumerate(client.get("/api/layers/places").json["features"]):
        zones = [zone for zone in one["zones"] or [] if zone["share"] > 0]
        shares = table.cell(n, "shares")["text"]
        assert shares.count("%") == len(zones)
        assert (table.cell(n, "home")["text"] != "–") == bool(one["home_zone"])
        whole = [int(part.split()[-1].rstrip("%")) for part in shares.split(", ") if "%" in part and "<" not in part]
        assert not zones or sum(whole) == pytest.approx(100, abs=0.5)


def test_table_links_keep_the_view_and_switch_the_layer_on(client: FlaskClient) -> None:
    text = read(client, "/layers/forest_park?extent=2013&reading=annulus&lang=en")
    link = TableReader(text).cell(0, "map")["href"]
    words = parse_qs(urlsplit(link).query)
    feature = client.get("/api/layers/forest_park").json["features"][0]["id"]
    assert words == {
        "extent": ["2013"],
        "on": ["forest_park"],
        "sel": [feature],
        "reading": ["annulus"],
        "lang": ["en"],
    }
    assert "/export/forest_park.geojson?extent=2013&amp;reading=annulus&amp;lang=en" in text
    visible = TableReader(read(client, "/layers/water")).cell(0, "map")["href"]
    assert parse_qs(urlsplit(visible).query) == {"sel": ["water:yaohu"]}


@pytest.mark.parametrize(("extent", "on"), [("2025", []), ("2013", ["extent_2025"])])
def test_table_of_an_extent_switches_on_the_one_that_is_not_shown(
    client: FlaskClient, extent: str, on: list[str]
) -> None:
    link = TableReader(read(client, f"/layers/extent_2025?extent={extent}")).cell(0, "map")["href"]
    assert parse_qs(urlsplit(link).query).get("on", []) == on


def test_table_sentence_says_how_many_are_drawn(client: FlaskClient) -> None:
    for layer in client.get("/api/layers").json["layers"]:
        text = read(client, f"/layers/{layer['id']}?lang=en")
        assert f"The map shows {layer['count']}; known only in words: {layer['not_drawn']}." in text


@pytest.mark.parametrize(("lang", "title", "name"), [("zh", "没有找到", "湖泊"), ("en", "Not found", "Lakes")])
def test_table_pages_speak_the_readers_language(client: FlaskClient, lang: str, title: str, name: str) -> None:
    refused = client.get(f"/layers/nothing?lang={lang}", headers=HTML)
    assert refused.status_code == 404
    assert title in refused.get_data(as_text=True)
    assert "<code>water</code>" in refused.get_data(as_text=True)
    for path in ("/layers/water", "/sources"):
        response = client.get(f"{path}?lang={lang}")
        assert response.headers["Content-Language"] == lang
        assert name in response.get_data(as_text=True)
        assert client.get(f"{path}?extent=1999", headers=HTML).status_code == 400


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_sources_names_every_source_layer_slot_and_row_in_words(plan: Plan, client: FlaskClient, lang: str) -> None:
    text = read(client, f"/sources?lang={lang}")
    for source in plan.catalogue.sources.values():
        assert f'<tr id="{source.id}">' in text
        assert getattr(source, f"title_{lang}") in text
        assert source.year is None or f">{source.year}<" in text
    for layer in layer_ids(client):
        assert text.count(f'data-layer-row="{layer}"') == 1
    for slot in plan.catalogue.slots:
        assert f'data-slot="{slot.id}"' in text
    in_words = [one for layer in plan.catalogue.layers for one in layer.features if one.geometry_basis == "none"]
    assert text.count("data-unplaced=") == len(in_words) > 20
    assert all(text.count(f'data-unplaced="{one.id}"') == 1 for one in in_words)
    assert text.count("<h3>") == len({one.placed_in for one in in_words})
    assert "CC BY 4.0" in text
    assert ("不是测绘成果" if lang == "zh" else "They are not survey data.") in text


def test_sources_counts_the_rows_of_each_source(plan: Plan, client: FlaskClient) -> None:
    text = read(client, "/sources?lang=en")
    row = text.split('data-layer-row="sites"')[1].split("</tr>")[0]
    sites = next(layer for layer in plan.catalogue.layers if layer.id == "sites").features
    for source in ("S0", "S1", "S2"):
        assert f">{source}</a> ({sum(one.source == source for one in sites)})" in row


def test_sources_without_a_licence_says_so(data_copy: Path) -> None:
    (data_copy / "LICENSE.md").unlink()
    client = create_app(Settings(data=data_copy), load_plan(data_copy)).test_client()
    assert "The data folder states no licence." in read(client, "/sources?lang=en")


@pytest.mark.parametrize("text", ["", "# Only a heading", "**", "a ** b", "<script>", "\x00"])
def test_licence_any_text_is_read(text: str) -> None:
    found = parse_licence(text)
    assert all(piece for paragraph in (*found.zh, *found.en) for piece, _ in paragraph)


def test_percents_of_a_whole_add_up_to_100() -> None:
    for shares in ([1 / 3] * 3, [1 / 7] * 7, [0.505, 0.495], [1.0], [0.25] * 4):
        assert sum(int(text.rstrip("%")) for text in percents(shares)) == 100
    assert percents([]) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_tables_hostile_text_stays_text(data_copy: Path, lang: str) -> None:
    for path in (data_copy / "layers").glob("*.geojson"):
        collection = json.loads(path.read_text(encoding="utf-8"))
        for feature in collection["features"]:
            keys = ("name_zh", "name_en", "note_zh", "note_en", "place", HOSTILE)
            feature["properties"] |= dict.fromkeys(keys, HOSTILE)
        path.write_text(json.dumps(collection), encoding="utf-8")
    (data_copy / "LICENSE.md").write_text(f"Keep {HOSTILE} **{HOSTILE}**.", encoding="utf-8")
    client = create_app(Settings(data=data_copy), load_plan(data_copy)).test_client()
    for path in ("/layers/sites", "/layers/places", "/sources"):
        text = read(client, f"{path}?lang={lang}")
        assert "<img" not in text
        assert "1337" not in text
        assert "&lt;img src=x onerror=alert(1)&gt;" in text
    table = TableReader(read(client, f"/layers/sites?lang={lang}"))
    assert table.cell(0, "name")["text"] == HOSTILE
