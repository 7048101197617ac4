"""The answer as a part of a page and as a sheet: the figures of the JSON, every verdict, hostile words, refusals."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from geo.plan import load_plan
from tests import toy
from tests.test_catalogue_rules import rule, write
from webapp import create_app
from webapp.assess.answers import MOST_CORNERS
from webapp.assess.question import MOST_NAME_LENGTH
from webapp.settings import Settings
from webapp.tablecells import adding_up

Json = dict[str, Any]
GEOJSON = "application/geo+json"
HOSTILE = "{{7*7}}<script>alert(1)</script>\"'&"
LANGUAGES = ("zh", "en")


def rules() -> list[Json]:
    """Rules without a slot, so that a site can pass: shore for parks, ring 2 for research, industry on a condition."""
    ring_1 = [{"code": "1401", "verdict": "allowed"}, {"code": "1101", "verdict": "conflict"}]
    met = {"condition_zh": "以研发为主", "condition_en": "it is mainly research"}
    ring_2 = [{"code": "0802", "verdict": "allowed"}, {"code": "1001", "verdict": "conditional", **met}]
    uses = {"ring_1": ring_1, "ring_2": ring_2}
    zones = ("ring_1", "ring_2", "ring_3", "ring_4", "strip", "outside")
    return [
        *(rule(f"{zone}_use", "ring_use", ring=zone, uses=uses.get(zone, [])) for zone in zones),
        rule("kept", "constraint", layer="water", status="existing", effect="conflict"),
        rule("parks", "constraint", layer="parks", status="existing", effect="note"),
        rule("density", "indicator", indicator="far", unit="count", classes=["1001"], minimum=0.5, maximum=2),
    ]


@pytest.fixture(scope="module")
def toy_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = write(tmp_path_factory.mktemp("toy") / "data", rules())
    path = folder / "catalogue.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), "slots": []}), "utf-8")
    made = create_app(Settings(), load_plan(folder))
    yield made
    made.extensions["atlas_workers"].stop()


@pytest.fixture
def toy_client(toy_app: Flask) -> FlaskClient:
    return toy_app.test_client()


def box(west: float, south: float, east: float, north: float, **properties: Any) -> Json:
    """A site of the toy from metres around the middle of its lake."""
    corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    ring = [toy.position(x, y) for x, y in corners]
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}


ACROSS = (1400, -50, 1600, 50)  # 2 ha, half of it in ring 1 and half in ring 2; the shore is known to 50 m


def part(client: FlaskClient, site: Json, **words: str) -> str:
    answer = client.post("/assess/answer", data=json.dumps(site), content_type=GEOJSON, query_string=words)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.get_data(as_text=True)


def asked(client: FlaskClient, site: Json, **words: str) -> Json:
    answer = client.post("/api/assess", data=json.dumps(site), content_type=GEOJSON, query_string=words)
    found: Json = answer.get_json()
    return found


def sheet(client: FlaskClient, site: Json, **fields: str) -> str:
    answer = client.post("/assess/sheet?lang=en", data={"site": json.dumps(site), **fields})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def plain(text: str) -> str:
    """What a reader sees of HTML, in one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def attribute(text: str, name: str) -> str:
    found = re.search(rf'data-{name}="([^"]*)"', text)
    assert found is not None, name
    return html.unescape(found[1])


def heading(text: str) -> str:
    found = re.search(r'class="answer-verdict"[^>]*>([^<]+)<', text)
    assert found is not None
    return html.unescape(found[1])


def zone_cells(text: str) -> dict[str, list[str]]:
    rows = re.findall(r'<tr data-zone="(\w+)"[^>]*>(.*?)</tr>', text, re.DOTALL)
    return {zone: re.findall(r'<td class="num">([^<]*)</td>', cells) for zone, cells in rows}


@pytest.mark.parametrize(
    ("site", "verdict", "said"),
    [
        (box(*ACROSS, land_use="1101"), "conflict", "Conflict on 1.00 ha (50%)"),
        (box(1100, -100, 1400, 100, land_use="1401"), "allowed", "Allowed by all 2 rules asked"),
        (box(2100, -50, 2300, 50, land_use="1001", far=1.2), "conditional", "Conditional on 1 of 4 rules"),
        (box(2100, -50, 2300, 50, land_use="1001", far=3), "conflict", "Conflict with 1 of 4 rules"),
        (
            box(2100, -50, 2300, 50),
            "unknown",
            "Unknown for 2 of 4 rules",
        ),  # ring and density; water and parks are clear
        (box(4900, 4900, 5000, 5000, land_use="0802"), "conflict", "Conflict on the whole site"),  # the pond
    ],
)
def test_headline_says_verdict_and_how_much(toy_client: FlaskClient, site: Json, verdict: str, said: str) -> None:
    text = part(toy_client, site, lang="en")
    assert attribute(text, "verdict") == verdict == asked(toy_client, site)["verdict"]
    assert heading(text) == said
    counts = {name: int(count) for name, count in re.findall(r'data-count="(\w+)"><b>(\d+)</b>', text)}
    told = [one["verdict"] for one in asked(toy_client, site)["rules"]]
    assert counts == {name: told.count(name) for name in ("conflict", "conditional", "allowed", "unknown")}


def test_zones_have_area_share_and_interval_by_arithmetic(toy_client: FlaskClient) -> None:
    text = part(toy_client, box(*ACROSS), lang="en")
    # 100 m by 100 m in each ring: 1 ha, 15 mu; the edge may lie 50 m to either side, a quarter of the site
    assert zone_cells(text) == {zone: ["1.00", "15.0", "50%", "25–75%"] for zone in ("ring_1", "ring_2")}
    assert re.findall(r'data-size="\w+">([^<]+)<', text) == ["2.00", "30.0"]
    assert "±50 m" in plain(text)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_part_says_what_the_json_says(toy_client: FlaskClient, lang: str) -> None:
    site = box(900, -40, 1730, 35, land_use="1101", accuracy_m=12)
    found = asked(toy_client, site, parts="true")
    text = part(toy_client, site, lang=lang)
    assert float(attribute(text, "area-m2")) == found["area_m2"]
    assert float(attribute(text, "mu")) == found["area_mu"]
    assert attribute(text, "home") == found["home_zone"]
    shown = plain(text)
    for one in found["rules"]:
        assert one[f"reason_{lang}"] in shown
        assert one[f"name_{lang}"] in shown
        if one["verdict"] != "note":  # a note decides nothing, so nothing would change it
            assert one[f"what_would_change_{lang}"] in shown
    weights = {"conflict": 3, "unknown": 2, "conditional": 1, "allowed": 0}
    listed = text[text.index('class="answer-rules"') :]
    order = [
        weights[name]
        for name in re.findall(r'data-csv-row><span data-csv><span class="v \w+" data-verdict="(\w+)"', listed)
    ]
    assert order == sorted(order, reverse=True)
    assert json.loads(attribute(text, "parts")) == {one["id"]: one["part"] for one in found["rules"] if one["part"]}
    buttons = re.findall(r'data-rule="(\w+)" data-has-part', text)
    assert sorted(buttons) == sorted(json.loads(attribute(text, "parts")))
    shares = {row["id"]: row["share"] for row in found["zones"]}
    cells = zone_cells(text)
    for zone, (_ha, _mu, percent, _interval) in cells.items():
        assert float(percent.strip("<>%")) == pytest.approx(100 * shares[zone], abs=1)
    assert sum(float(row[0]) for row in cells.values()) == pytest.approx(found["area_m2"] / 1e4, abs=0.0051)
    for one in found["distances"]:
        assert f'data-near="{one["id"]}"' in text
    assert sorted(re.findall(r'data-meets="([^"]+)"', text)) == sorted(one["id"] for one in found["layers"])
    assert re.findall(r'data-source="(\w+)"', text) == found["sources"]


def test_ground_of_a_rule_reads_as_in_the_table(toy_client: FlaskClient) -> None:
    text = part(toy_client, box(1400, -50, 1637, 50, land_use="1101"), lang="en")
    cells = zone_cells(text)["ring_1"]
    assert heading(text) == f"Conflict on {cells[0]} ha ({cells[2]})"
    assert f'data-title="{cells[0]} ha ({cells[2]})"' in text


@given(st.lists(st.floats(0, 1e4), max_size=9))
def test_digits_of_the_parts_add_up_to_the_whole(values: list[float]) -> None:
    whole = adding_up(values)
    assert sum(whole) == int(sum(values) + 0.5)
    assert all(abs(given - shown) <= 1 for given, shown in zip(values, whole, strict=True))


def test_each_feature_is_told_by_itself(toy_client: FlaskClient) -> None:
    sites = [box(*ACROSS, land_use="1101"), box(1100, -100, 1400, 100, land_use="1401")]
    text = part(toy_client, {"type": "FeatureCollection", "features": sites}, lang="en", each="true")
    rows = re.findall(r'<tr data-row="(\d)">(.*?)</tr>', text, re.DOTALL)
    assert [number for number, _cells in rows] == ["1", "2"]
    assert [re.findall(r'data-verdict="(\w+)"', cells) for _number, cells in rows] == [["conflict"], ["allowed"]]
    assert ["30.0" in cells for _number, cells in rows] == [True, False]
    assert re.findall(r'<details class="answer-site"[^>]* data-verdict="(\w+)"', text) == ["conflict", "allowed"]
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'popovertarget="([^"]+)"', text)) <= set(ids)


def test_property_names_stay_text(toy_client: FlaskClient) -> None:
    site = box(*ACROSS)
    site["properties"][HOSTILE] = [1]  # left out, and the notice names it
    for text in (part(toy_client, site, lang="en"), sheet(toy_client, site)):
        assert "<script>alert" not in text
        assert HOSTILE[:40] in html.unescape(text)


def test_title_stays_text_and_is_kept_for_the_other_language(toy_client: FlaskClient) -> None:
    text = sheet(toy_client, box(*ACROSS), name=HOSTILE + "\r\nb")
    assert "<script>alert" not in text
    shown = re.search(r"<h1>(.*?)</h1>", text)
    assert shown is not None
    assert html.unescape(shown[1]) == HOSTILE + " b"
    kept = re.findall(r'name="name" value="([^"]*)"', text)
    assert {html.unescape(one) for one in kept} == {HOSTILE + " b"}
    again = html.unescape(re.findall(r'<textarea name="site" hidden>(.*?)</textarea>', text, re.DOTALL)[0])
    assert json.loads(again) == box(*ACROSS)
    assert "lang=zh" in text


def test_corners_are_metres_north_and_east(toy_client: FlaskClient) -> None:
    text = sheet(toy_client, box(*ACROSS))
    found = [
        (float(x), float(y)) for x, y in re.findall(r"data-x>([\d.]+)</td><td class=\"num\" data-y>([\d.]+)<", text)
    ]
    west, south, east, north = ACROSS
    expected = {(toy.NORTH + y, toy.EAST + x) for x in (west, east) for y in (south, north)}
    assert len(found) == 4
    assert set(found) == expected  # to the centimetre that is shown
    assert "Ring (2 on: holes)" not in text


def test_corners_of_a_hole_and_of_a_long_outline(toy_client: FlaskClient) -> None:
    holed = box(*ACROSS)
    holed["geometry"]["coordinates"].append(toy.square(10, 1500, 0)[0])
    assert len(re.findall("data-x>", sheet(toy_client, holed))) == 8
    assert "Ring (2 on: holes)" in sheet(toy_client, holed)
    steps = MOST_CORNERS + 100
    across = [toy.position(1400 + 200 * n / steps, -50 + 0.01 * (n % 2)) for n in range(steps)]
    ring = [*across, toy.position(1600, 50), toy.position(1400, 50), across[0]]
    long = {"type": "Polygon", "coordinates": [ring]}
    text = sheet(toy_client, long)
    assert len(re.findall("data-x>", text)) == MOST_CORNERS
    assert f"{MOST_CORNERS} of {steps + 2} corners" in text


def test_conflict_is_hatched_where_it_lies(toy_client: FlaskClient) -> None:
    text = sheet(toy_client, box(*ACROSS, land_use="1101"))
    assert text.count('class="cut-conflict"') == 1
    assert "Hatched" in text
    assert "Hatched" not in sheet(toy_client, box(*ACROSS))


def test_file_of_the_site_holds_what_was_asked(toy_client: FlaskClient) -> None:
    site = box(*ACROSS, land_use="1101", far=1.5)
    fields = {"site": json.dumps(site), "name": "东侧/A", "as": "geojson"}
    answer = toy_client.post("/assess/sheet", data=fields)
    assert answer.mimetype == GEOJSON
    assert unquote(answer.headers["Content-Disposition"]).endswith("东侧/A.geojson")
    made = answer.get_json()["features"][0]
    assert {key: made["properties"][key] for key in ("name", "land_use", "far", "verdict")} == {
        "name": "东侧/A",
        "land_use": "1101",
        "far": 1.5,
        "verdict": "conflict",
    }
    assert asked(toy_client, made)["area_m2"] == pytest.approx(asked(toy_client, site)["area_m2"], abs=0.1)


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"name": "a"}, 400, "missing_field"),
        ({"site": "{", "name": "a"}, 400, "bad_question"),
        ({"site": json.dumps(box(*ACROSS)), "name": "x" * (MOST_NAME_LENGTH + 1)}, 400, "name_too_long"),
        ({"site": json.dumps(box(*ACROSS)), "as": "exe"}, 400, "unknown_as"),
        ({"site": '{"type": "Polygon", "coordinates": []}'}, 422, "not_measurable"),
        ({"site": "x" * 11_000_000}, 413, "over_limit"),
    ],
)
def test_form_that_cannot_be_used_is_refused(
    toy_client: FlaskClient, fields: dict[str, str], status: int, code: str
) -> None:
    answer = toy_client.post("/assess/sheet?lang=en", data=fields)
    assert (answer.status_code, answer.get_json()["code"]) == (status, code)
    page = toy_client.post("/assess/sheet?lang=zh", data=fields, headers={"Accept": "text/html"})
    assert (page.status_code, page.mimetype) == (status, "text/html")
    assert 'id="problem-detail"' in page.get_data(as_text=True)


def test_sheet_takes_more_than_other_forms_and_no_other_type(toy_client: FlaskClient) -> None:
    site = box(*ACROSS)
    site["properties"]["note"] = "x" * 600_000
    assert "answer-verdict" in sheet(toy_client, site)
    answer = toy_client.post("/assess/sheet", data=json.dumps(site), content_type=GEOJSON)
    assert (answer.status_code, answer.get_json()["code"]) == (415, "type_not_taken")
    assert toy_client.get("/assess/sheet").status_code == 405
    assert toy_client.post("/assess/sheet?page=1", data={"site": "{}"}).status_code == 400
    assert toy_client.post("/assess/sheet?datum=mars", data={"site": "{}"}).status_code == 400


def test_view_of_the_address_applies(toy_client: FlaskClient) -> None:
    site = box(6100, -50, 6300, 50)  # outside the extent of 2013, which ends at 6,000 m
    assert set(zone_cells(part(toy_client, site, extent="2013"))) == {"outside"}
    assert set(zone_cells(part(toy_client, site))) == {"ring_4"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_folder_without_rules_says_so_and_never_passes(tmp_path: Path, lang: str) -> None:
    made = create_app(Settings(), load_plan(toy.write_toy(tmp_path / "data")))
    try:
        client = made.test_client()
        text = part(client, box(*ACROSS, land_use="1401"), lang=lang)
        assert attribute(text, "verdict") == "unknown"
        assert 'class="answer-none"' in text
        assert 'class="answer-counts"' not in text
        assert zone_cells(text)["ring_1"][:2] == ["1.00", "15.0"]
        assert "no rules" in plain(sheet(client, box(*ACROSS)))
    finally:
        made.extensions["atlas_workers"].stop()
