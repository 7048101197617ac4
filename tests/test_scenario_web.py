"""The word rings= in every address: pages, answers and files then speak of a scenario, and say so."""

from __future__ import annotations

import io
import json
import re
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page

from geo.output.scenario import scenario_json
from geo.plan import Plan, load_plan
from geo.scenario import compare
from tests.running import Atlas
from tests.toy import write_toy
from webapp import create_app
from webapp.payloads import MOST_SCENARIOS, PayloadCache, to_json
from webapp.settings import Settings

Json = dict[str, Any]
OpenPage = Callable[..., Page]
RINGS, BASE = "400,1200,2500", "500,1500,3000"
DISTANCES = [400, 1200, 2500]
# Answers of which nothing depends on where the rings lie.
WITHOUT_VIEW = ("/api/reconcile", "/api/trends")
FILES = (
    *("/metrics.csv", "/metrics.xlsx", "/metrics/balance/water.csv", "/conflicts.csv", "/conflicts.xlsx"),
    *("/projects.csv", "/projects.xlsx", "/projects.geojson", "/export/rings.geojson", "/export/all.geojson"),
)
SITE = {"type": "Polygon", "coordinates": [[[116.03, 28.70], [116.032, 28.70], [116.032, 28.702], [116.03, 28.70]]]}


@pytest.fixture
def assessor(plan: Plan) -> Iterator[FlaskClient]:
    """Asks an application of its own, whose workers end with the test."""
    made = create_app(Settings(), plan)
    yield made.test_client()
    made.extensions["atlas_workers"].stop()


def marks(value: object, name: str) -> Iterator[object]:
    """Every value that stands under a name, at any depth."""
    if isinstance(value, dict):
        yield from (one for key, one in value.items() if key == name)
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from marks(one, name)


def view_routes(client: FlaskClient) -> list[tuple[str, dict[str, str]]]:
    """Every described GET route that takes an extent, with an example."""
    found = []
    for path, item in client.get("/openapi.json").get_json()["paths"].items():
        words = item.get("get", {}).get("parameters", [])
        if "extent" not in [word["name"] for word in words] or path == "/api/scenario":
            continue
        assert "rings" in [word["name"] for word in words], path
        needed = [word for word in words if word.get("required")]
        for word in needed:
            path = path.replace(f"{{{word['name']}}}", str(word["example"]))
        found.append((path, {word["name"]: str(word["example"]) for word in needed if word["in"] == "query"}))
    return found


def pages(app: Flask) -> list[str]:
    """Every page that can be asked for by an address alone."""
    filled = {"layer_id": "rings", "place_id": "science_island:island", "figure_id": "s0_ring_1_to"}
    found = []
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.rule.startswith(("/api/", "/static", "/export", "/healthz")):
            continue
        if rule.endpoint == "static" or {"kind"} & rule.arguments or rule.rule == "/openapi.json":
            continue
        path = rule.rule
        for name in rule.arguments:
            path = re.sub(rf"<(?:[^<>:]*:)?{name}>", filled[name], path)
        found.append(path)
    return [path for path in found if app.test_client().get(path).mimetype == "text/html"]


def test_every_route_with_an_extent_takes_rings_and_says_so(client: FlaskClient) -> None:
    routes = view_routes(client)
    assert len(routes) > 8
    for path, words in routes:
        if path in WITHOUT_VIEW:
            continue
        answer = client.get(path, query_string={**words, "rings": RINGS})
        assert answer.status_code == 200, path
        content = json.loads(answer.data)
        assert set(marks(content, "scenario")) == {True}, path
        assert DISTANCES in marks(content, "rings"), path


def test_distances_of_the_data_are_the_base_plan_unmarked(client: FlaskClient) -> None:
    for path, words in view_routes(client):
        plain = client.get(path, query_string=words).data
        assert client.get(path, query_string={**words, "rings": BASE}).data == plain, path
        assert True not in list(marks(json.loads(plain), "scenario")), path


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_says_that_it_is_a_scenario_and_leads_back(app: Flask, client: FlaskClient, lang: str) -> None:
    found = pages(app)
    assert {"/", "/metrics", "/about", "/projects", "/assess", "/conflicts", "/trends", "/sources"} <= set(found)
    texts = {"zh": "400、1\u2009200", "en": "400, 1,200"}
    for path in found:
        if path == "/whatif":
            continue  # it is about scenarios from end to end
        told = client.get(path, query_string={"rings": RINGS, "reading": "annulus", "lang": lang})
        page = told.get_data(as_text=True)
        assert told.status_code == 200, path
        (bar,) = re.findall(r'<p class="scenario-bar".*?</p>', page, re.DOTALL)
        assert texts[lang] in bar, path
        assert f'href="{quote(path)}?reading=annulus&amp;lang={lang}"' in bar, path
        links = re.findall(r'<a href="([^"]*)" data-keeps-view', page)
        assert links
        assert all(f"rings={RINGS}" in link for link in links), path
        plain = client.get(path, query_string={"rings": BASE, "lang": lang}).get_data(as_text=True)
        assert "scenario-bar" not in plain, path


def test_page_links_that_keep_the_extent_keep_the_scenario(client: FlaskClient) -> None:
    for path in ("/places/science_island:island", "/metrics", "/layers/rings", "/conflicts", "/projects"):
        page = client.get(path, query_string={"rings": RINGS, "extent": "2013"}).get_data(as_text=True)
        page = re.sub(r"<a [^>]*data-leaves-scenario>", "", page)
        kept = [unquote(link) for link in re.findall(r'(?:href|action)="(/[^"]*)"', page) if "extent=2013" in link]
        assert kept, path
        assert [link for link in kept if f"rings={RINGS}" not in link] == [], path


@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_files_say_it_in_their_name_and_inside(client: FlaskClient, path: str, lang: str) -> None:
    answer = client.get(path, query_string={"rings": RINGS, "lang": lang})
    assert answer.status_code == 200
    name = unquote(answer.headers["Content-Disposition"])
    assert f"{'情景' if lang == 'zh' else 'scenario'}-400-1200-2500" in name
    content = answer.data
    if path.endswith(".xlsx"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"".join(book.read(part) for part in book.namelist() if part.endswith(".xml"))
    said = "不是基准方案" if path.endswith("geojson") or lang == "zh" else "not the base plan"
    assert said.encode() in content
    plain = client.get(path, query_string={"lang": lang})
    assert "400-1200-2500" not in unquote(plain.headers["Content-Disposition"])


@pytest.mark.parametrize("path", ["/api/layers", "/metrics", "/export/rings.geojson", "/api/scenario", "/"])
@pytest.mark.parametrize("rings", ["", "a", "400,1200", "1200,400,3000", "90,1200,2500", "nan,1,2", "400,1200,20001"])
def test_rings_that_cannot_be_are_refused_with_what_can(client: FlaskClient, path: str, rings: str) -> None:
    answer = client.get(path, query_string={"rings": rings, "lang": "en"}, headers={"Accept": "application/json"})
    assert answer.status_code == 400
    problem = answer.get_json()
    assert (problem["parameter"], problem["code"]) == ("rings", "bad_rings")
    assert re.search(r"metres|outwards", problem["detail"])


def test_scenario_answers_what_the_core_says(client: FlaskClient, plan: Plan) -> None:
    view = plan.view("2013", "annulus", DISTANCES)
    expected = scenario_json(plan, view, compare(plan, plan.view("2013", "annulus"), view))
    words = {"rings": RINGS, "extent": "2013", "reading": "annulus"}
    found = client.get("/api/scenario", query_string=words)
    assert found.get_json() == json.loads(to_json(expected))
    posted = client.post("/api/scenario", json={**words, "rings": DISTANCES})
    assert posted.data == found.data
    assert posted.headers["Cache-Control"] == "no-store"


def test_scenario_against_another_one_differs_by_that(client: FlaskClient) -> None:
    words = {"rings": RINGS, "extent": "2025", "against": "300,1200,2500", "against_extent": "2013"}
    found = client.get("/api/scenario", query_string=words).get_json()
    assert (found["base"]["rings"], found["base"]["extent"], found["base"]["is_base"]) == (
        [300, 1200, 2500],
        "2013",
        False,
    )
    base = client.get("/api/metrics", query_string={"rings": "300,1200,2500", "extent": "2013"}).get_json()
    other = client.get("/api/metrics", query_string={"rings": RINGS}).get_json()
    for zone, old, new in zip(found["zones"], base["zones"], other["zones"], strict=True):
        assert (zone["id"], zone["base_area_m2"], zone["area_m2"]) == (old["id"], old["area_m2"], new["area_m2"])
        assert zone["delta_m2"] == pytest.approx(new["area_m2"] - old["area_m2"], abs=0.02)


def test_scenario_tells_verdicts_when_asked(client: FlaskClient) -> None:
    assert "verdicts" not in client.get("/api/scenario", query_string={"rings": RINGS}).get_json()
    found = client.post("/api/scenario", json={"rings": [200, 400, 600], "verdicts": True}).get_json()
    old, new = (
        {site["id"]: site for site in client.get("/api/conflicts", query_string=words).get_json()["sites"]}
        for words in ({}, {"rings": "200,400,600"})
    )
    for change in found["verdicts"]:
        pair = old[change["id"]]["assessment"]["verdict"], new[change["id"]]["assessment"]["verdict"]
        assert (change["from"], change["to"]) == pair
    assert found["verdicts"]


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"[]", b"{", b'{"rings": [400, NaN, 2500]}', b'{"rings": [400, Infinity, 2500]}', b"[" * 3000),
        *(b'{"rings": "400,1200,2500"}', b'{"rings": [true, 1200, 2500]}', b'{"rings": ["400", 1200, 2500]}'),
        *(b'{"rings": [1e999, 1200, 2500]}', b'{"rings": [400, 1200]}', b'{"rings": [2500, 1200, 400]}'),
        *(b'{"rings": [400, 1200, 2500], "else": 1}', b'{"extent": 2025}', b'{"extent": "1999"}', b'{"verdicts": 1}'),
        *(b'{"rings": [400], "rings": [400, 1200, 2500]}', b'{"against": [400]}', b'{"against_reading": "x"}', b"\xff"),
    ],
)
def test_body_that_says_something_else_is_refused(client: FlaskClient, body: bytes) -> None:
    answer = client.post("/api/scenario", data=body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.get_json()["detail"]


def test_body_of_another_type_or_too_large_is_refused(client: FlaskClient) -> None:
    assert client.post("/api/scenario", data=b"{}", content_type="text/plain").status_code == 415
    assert client.post("/api/scenario", data=b" " * 5000, content_type="application/json").status_code == 413
    assert client.post("/api/scenario?rings=1,2,3", json={}).status_code == 400


def test_site_is_assessed_in_the_scenario(assessor: FlaskClient) -> None:
    words = {"rings": "2000,4000,6000", "lang": "en"}
    plain = assessor.post("/api/assess", json=SITE).get_json()
    moved = assessor.post("/api/assess", query_string=words, json=SITE).get_json()
    part = assessor.post("/assess/answer", query_string=words, json=SITE).get_data(as_text=True)
    lon, lat = plain["centre"]
    middle = assessor.get("/api/membership", query_string={"lon": lon, "lat": lat}).get_json()
    assert 500 < middle["distance_to_lake_m"] < 2000
    assert (plain["home_zone"], moved["home_zone"]) == (middle["zone"], "ring_1")
    assert (plain["scenario"], moved["scenario"]) == (False, True)
    assert moved["rings"] == [2000, 4000, 6000]
    assert "Ring 1" in part


def test_payloads_of_scenarios_are_few_and_push_out_no_other(tmp_path: Path) -> None:
    plan = load_plan(write_toy(tmp_path / "data"))
    cache, made = PayloadCache(), []

    def ask(view_of: int | None) -> bytes:
        view = plan.view() if view_of is None else plan.view(distances_m=(200 + view_of, 1500, 3000))
        return cache.get(("key",), lambda: made.append(view_of) or f"{view_of}".encode(), view).plain

    ask(None)
    for number in range(MOST_SCENARIOS + 10):
        assert ask(number) == f"{number}".encode()
    assert len(cache) == MOST_SCENARIOS + 1
    made.clear()
    assert ask(None) == b"None"
    assert ask(MOST_SCENARIOS) == f"{MOST_SCENARIOS}".encode()
    assert made == []  # both are kept
    assert ask(0) == b"0"
    assert made == [0]  # the oldest is not


def test_payloads_hold_when_many_ask_at_once(tmp_path: Path) -> None:
    plan = load_plan(write_toy(tmp_path / "data"))
    cache, wrong = PayloadCache(), []

    def run() -> None:
        for number in [*range(60), *range(60)]:
            view = plan.view(distances_m=(200 + number, 1500, 3000))
            found = cache.get(("key",), lambda number=number: f"{number}".encode(), view)  # type: ignore[misc]
            if found.plain != f"{number}".encode():
                wrong.append(number)

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(cache) == MOST_SCENARIOS


def test_other_data_without_rules_or_ledger_answer_too(tmp_path: Path) -> None:
    client = create_app(Settings(), load_plan(write_toy(tmp_path / "data"))).test_client()
    found = client.post("/api/scenario", json={"rings": [499, 1500, 3000], "verdicts": True}).get_json()
    assert found["verdicts"] == []
    assert {place["id"] for place in found["moved"]} == {"places:across", "sites:edge"}
    for path in ("/", "/metrics", "/conflicts", "/projects", "/places", "/about"):
        assert client.get(path, query_string={"rings": "499,1500,3000"}).status_code == 200, path


def ring_path(page: Page, zone: str) -> str:
    return page.locator(f"path.ring-{zone}").first.get_attribute("d") or ""


def test_map_draws_the_scenario_and_keeps_it_while_one_goes_on(atlas: Atlas, open_page: OpenPage) -> None:
    address = f"{atlas.url}/?view=116.04,28.70,12&lang=en"
    plain = open_page(address)
    plain.wait_for_selector("body[data-ready=true]")
    assert plain.locator("#tb-rings").is_hidden()
    page = open_page(f"{address}&rings={RINGS}#kept")
    page.wait_for_selector("body[data-ready=true]")
    assert ring_path(page, "ring_2") != ring_path(plain, "ring_2")
    assert page.locator("#tb-rings").inner_text().startswith("scenario: 400 / 1,200 / 2,500 m")
    page.locator("label", has_text="Annulus").click()
    page.wait_for_function("() => location.search.includes('reading=annulus')")
    assert re.search(rf"rings={RINGS}&reading=annulus&lang=en$", page.evaluate("location.search"))  # their order
    assert f"rings={RINGS}" in (
        page.locator("a[data-keeps-view]", has_text="Figures").first.get_attribute("href") or ""
    )
    page.locator("[data-leaves-scenario]").click()
    page.wait_for_selector("body[data-ready=true]")
    assert page.locator("#scenario-bar").count() == 0
    found = page.evaluate("location.search + location.hash")
    assert "rings=" not in found
    assert found.endswith("#kept")
    assert "reading=annulus" in found  # what was chosen meanwhile stays
