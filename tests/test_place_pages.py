"""A page for each thing: opens in both languages, names every source, has no broken link, and is right on the toy."""

from __future__ import annotations

import csv
import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from shapely import Polygon

from geo.plan import Plan, load_plan
from tests.test_figure_pages import Links
from tests.toy import EAST, figure_row, project_row, write_ledger, write_toy
from webapp import create_app
from webapp.settings import Settings

ROOT = Path(__file__).parent.parent
LANGUAGES = ("zh", "en")
Pages = dict[tuple[str, str], str]
COMPUTED = [*(f"rings:ring_{n}" for n in (1, 2, 3, 4)), *(f"ring_lines:{m}" for m in (100, 500, 1500, 3000))]


def files() -> Iterator[dict[str, Any]]:
    """The properties of every feature of the shipped files."""
    for path in sorted((ROOT / "data/layers").glob("*.geojson")):
        yield from (row["properties"] for row in json.loads(path.read_text("utf-8"))["features"])


def rows(name: str) -> list[dict[str, str]]:
    with (ROOT / f"data/facts/{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def text_of(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.get_data(as_text=True)


def expected_sources() -> dict[str, set[str]]:
    """The sources that each feature takes anything from, read from the files themselves."""
    found = {one["id"]: {one["source"]} for one in files()}
    for row in (*rows("stated_figures"), *rows("public_figures"), *rows("projects")):
        for feature in {row.get("feature"), row.get("placed_in")} - {None, ""}:
            found.setdefault(str(feature), {"public"}).add(row["source"])
    return found


@pytest.fixture(scope="module")
def pages(app: Flask) -> Pages:
    """Every place page of the shipped data in both languages, by id and language."""
    client = app.test_client()
    places = [*(one["id"] for one in files()), *COMPUTED]
    return {(place, lang): text_of(client, f"/places/{place}?lang={lang}") for place in places for lang in LANGUAGES}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_names_its_place_and_every_source_once(pages: Pages, lang: str) -> None:
    sources = expected_sources()
    for one in files():
        text = pages[one["id"], lang]
        assert f"<h1>{one[f'name_{lang}']}" in html.unescape(text)
        named = re.findall(r'class="source" data-source="(\w+)"', text)
        assert sorted(named) == sorted(sources[one["id"]]), one["id"]
    for feature in COMPUTED:
        named = re.findall(r'class="source" data-source="(\w+)"', pages[feature, lang])
        # The shore of the lake, which all of them are computed from, then the figures of the ledger.
        assert named[0] == "public"
        assert set(named) >= sources.get(feature, set())
        assert len(named) == len(set(named))


def test_no_page_has_a_broken_link(pages: Pages, client: FlaskClient) -> None:
    places = {place for place, _lang in pages}
    links: dict[tuple[str, str], set[str]] = {}
    for (place, _lang), text in pages.items():
        for href, _text in Links(text[text.index("<main") : text.index("</main>")]).links:
            parts = urlsplit(href)
            assert not parts.netloc, href
            if parts.path.startswith("/places/"):
                assert parts.path.removeprefix("/places/") in places, (place, href)
                continue
            # The map reads its words in the browser; in the other language it is the same page.
            query = "" if parts.path == "/" else urlencode([one for one in parse_qsl(parts.query) if one[0] != "lang"])
            links.setdefault((parts.path, query), set()).add(parts.fragment)
    assert len(links) > 100
    for (path, query), fragments in links.items():
        text = text_of(client, f"{path}?{query}")
        for fragment in fragments - {""}:
            if path == "/assess":  # there it names the area that is taken as the site
                assert fragment.removeprefix("pick=") in places, fragment
                continue
            assert f'id="{fragment}"' in text, (path, fragment)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_list_and_the_way_onwards_reach_every_place_once(pages: Pages, client: FlaskClient, lang: str) -> None:
    listed = re.findall(r'data-place="([^"]+)"', text_of(client, f"/places?lang={lang}"))
    assert sorted(listed) == sorted([*(one["id"] for one in files()), *COMPUTED])
    walked, here = [], listed[0]
    while here:
        walked.append(here)
        text = pages[here, lang]
        ways = {rel: re.search(rf'<a rel="{rel}" href="/places/([^?"]+)', text) for rel in ("prev", "next")}
        before = ways["prev"]
        assert (before[1] if before else None) == (walked[-2] if len(walked) > 1 else None)
        here = ways["next"][1] if ways["next"] else ""
    assert walked == listed


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", ["/places/water:none", "/api/places/water:none", "/places/%3Cb%3E"])
def test_unknown_place_is_not_found_and_says_where_to_look(client: FlaskClient, path: str, lang: str) -> None:
    answer = client.get(f"{path}?lang={lang}", headers={"Accept": "application/problem+json"})
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"
    assert answer.get_json()["code"] == "unknown_place"
    assert "/places" in answer.get_json()["detail"]


def test_view_of_the_address_applies_and_links_keep_it(client: FlaskClient) -> None:
    assert client.get("/places/rings:strip").status_code == 404
    text = text_of(client, "/places/rings:strip?reading=annulus&extent=2013&lang=en")
    onward = re.search(r'<a rel="next" href="/places/rings:ring_1\?([^"]+)"', text)
    assert onward is not None
    assert "reading=annulus" in onward[1]
    assert "extent=2013" in onward[1]
    assert client.get("/places/water:yaohu?extent=1999").status_code == 400
    assert client.get("/api/places/water:yaohu?page=2").status_code == 400
    small, large = (client.get(f"/api/places/roads:ziyang?extent={year}").get_json()["shares"] for year in (2013, 2025))
    assert small != large


def test_words_alone_have_no_map_but_say_where_they_count(client: FlaskClient) -> None:
    text = text_of(client, "/places/sites:hongdu_centre?lang=en")
    assert 'class="map-cut"' not in text
    sentence = re.search(r'<p class="notice" id="no-map">(.*?)</p>', text)
    assert sentence is not None
    assert 'data-place="places:aviation_city"' in sentence[1]
    assert 'id="no-map"' not in text_of(client, "/places/places:aviation_city")


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """The toy with a ledger: an area that agrees, one that differs, and two projects."""
    folder = write_toy(tmp_path_factory.mktemp("toy") / "data")
    figures = [
        figure_row("s0_across", feature="places:across", value=1, unit="km2", year="2013"),
        figure_row("s1_across", feature="places:across", value=3, unit="km2", source="S1"),
        figure_row("s0_length", feature="places:across", metric="length", value=4, unit="km"),
    ]
    projects = [
        project_row("in_words", placed_in="places:across", investment_1e4_cny="200000", start="2019", phase="planned"),
        project_row("drawn", feature="sites:edge"),
    ]
    return load_plan(write_ledger(folder, figures, projects))


@pytest.fixture(scope="module")
def toy_client(toy: Plan) -> FlaskClient:
    return create_app(Settings(), toy).test_client()


def test_square_across_two_rings_by_arithmetic(toy_client: FlaskClient) -> None:
    found = toy_client.get("/api/places/places:across").get_json()
    # 1,000 to 2,000 m from the middle of a lake that reaches to 1,000 m: 0 to 500 m and 500 to 1,000 m from its shore.
    assert {row["id"]: row["share"] for row in found["shares"] if row["share"]} == pytest.approx(
        {"ring_1": 0.5, "ring_2": 0.5}, abs=1e-5
    )
    assert sum(row["share"] for row in found["shares"]) == pytest.approx(1, abs=1e-5)
    near = {row["id"]: row for row in found["neighbours"]}
    assert len(near) == 6
    assert near["water:yaohu"]["relation"] == "touches"
    assert near["parks:one"]["relation"] == "holds"
    assert near["sites:edge"]["relation"] == "holds"
    assert near["sites:symbol"]["distance_m"] == 1000  # from x = 2,000 to its centre at 3,000
    assert (near["sites:symbol"]["low_m"], near["sites:symbol"]["high_m"]) == (900, 1100)  # 50 m each
    assert near["parks:planned"]["distance_m"] == 2100  # from x = 1,000 to -1,100
    assert [row["id"] for row in found["feature"]["members"]] == ["sites:words"]
    assert [row["id"] for row in found["projects"]] == ["in_words"]
    assert {row["id"]: row["verdict"] for row in found["figures"]} == {
        "s0_across": "agrees",
        "s1_across": "differs",
        "s0_length": "not_comparable",
    }
    assert {row["id"] for row in found["sources"]} == {"S0", "S1", "S2"}


def test_rings_share_the_land_among_them(toy_client: FlaskClient) -> None:
    found = [toy_client.get(f"/api/places/rings:ring_{number}").get_json() for number in (1, 2, 3, 4)]
    land_m2 = 20_000**2 - 2000**2 - 400**2
    # The belt of 500 m around a square of 2,000 m: four sides and a circle of corners.
    assert found[0]["share_of_land"] == pytest.approx((4 * 2000 * 500 + 3.14159 * 500**2) / land_m2, rel=1e-3)
    assert sum(one["share_of_land"] for one in found) == pytest.approx(1, abs=1e-5)
    assert [edge["distance_m"] for edge in found[1]["edges"]] == [500, 1500]
    assert "parks:one" in [one["id"] for one in found[0]["inside"]]  # 200 to 400 m from the shore


def test_extent_divides_into_its_own_zones(toy_client: FlaskClient) -> None:
    for year, side in (("2013", 12_000), ("2025", 20_000)):
        found = toy_client.get(f"/api/places/extent_{year}:zone?extent=2013").get_json()
        shares = {row["id"]: row["share"] for row in found["shares"]}
        assert shares["water"] == pytest.approx((2000**2 + 400**2) / side**2, rel=1e-4)
        assert sum(shares.values()) == pytest.approx(1, abs=1e-5)


def path_points(path: str) -> list[tuple[float, float]]:
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", path)]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def test_map_cut_is_true_to_scale_and_stands_on_the_grid(toy_client: FlaskClient) -> None:
    text = text_of(toy_client, "/places/places:across?lang=en")
    metres = float(re.findall(r'data-metres="([\d.]+)"', text)[0])
    outline = re.search(r'<path class="sel-line" d="([^"]+)"', text)
    assert outline is not None
    square = Polygon(path_points(outline[1]))
    assert square.area * metres**2 == pytest.approx(1e6, rel=0.01)
    assert (square.centroid.x, square.centroid.y) == pytest.approx((220, 165), abs=0.2)  # the middle of the drawing
    length_m, length = re.findall(r'id="cut-length"[^>]* data-metres="([\d.]+)" data-units="([\d.]+)"', text)[0]
    assert float(length) * metres == pytest.approx(float(length_m), rel=0.001)
    assert str(length_m)[0] in "125"
    figures = re.findall(r'x="([\d.]+)" y="11" data-east="([\d.]+)"', text)
    assert len(figures) >= 2
    for x, kilometres in figures:
        assert float(x) == pytest.approx(220 + (float(kilometres) * 1000 - (EAST + 1500)) / metres, abs=0.2)
    band = re.search(r'<path class="stipple-band" [^>]*stroke-width="([\d.]+)"', text)
    assert band is not None
    assert float(band[1]) * metres == pytest.approx(2 * 50, rel=0.05)  # the accuracy to both sides


@pytest.mark.parametrize("lang", LANGUAGES)
def test_folder_without_ledger_has_all_its_pages(tmp_path: Path, lang: str) -> None:
    plan = load_plan(write_toy(tmp_path / "data"))
    client = create_app(Settings(), plan).test_client()
    listed = re.findall(r'data-place="([^"]+)"', text_of(client, f"/places?lang={lang}"))
    assert set(plan.shapes) < set(listed)
    for place in listed:
        text_of(client, f"/places/{place}?lang={lang}")
    symbol = text_of(client, f"/places/sites:symbol?lang={lang}")
    assert {"zh": "约 3\u2009000 亩", "en": "about 3,000 mu"}[lang] in symbol
    assert 'class="area-line basis-symbolic"' in symbol
