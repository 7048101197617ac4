"""The page over other data: what the shipped folder says by chance must come from the folder, not from the page."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from playwright.sync_api import Page
from pyproj import Transformer

from tests.running import ROOT, Atlas, running_atlas

OpenPage = Callable[..., Page]
EDGES = (50.0, 800.0, 1500.6, 3000.0)
ZONE = "Zone of another folder"
NOTE = "Ring 1 begins at 50 m here."
FROM_LEVEL = 14
TO_UTM = Transformer.from_crs(4490, 32650, always_xy=True)


def ready(page: Page) -> Page:
    page.wait_for_selector("body[data-ready=true]")
    return page


def change(path: Path, edit: Callable[[Any], None]) -> None:
    value = json.loads(path.read_text(encoding="utf-8"))
    edit(value)
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def edit_catalogue(value: Any) -> None:
    value |= {"metric_crs": "EPSG:32650", "zone_en": ZONE}
    for layer in value["layers"]:
        if layer["id"] == "sites":
            layer["min_zoom"] = FROM_LEVEL


def edit_rings(value: Any) -> None:
    value |= {"default_extent": "2013", "default_reading": "annulus"}
    for edge, distance in zip(value["edges"], EDGES, strict=True):
        if edge.pop("figure", None):  # what the ledger states of this plan holds for no other
            edge |= {"source": "S0", "place": "x"}
        edge["distance_m"] = distance
    for reading in value["readings"]:
        reading["note_en"] = NOTE if reading["id"] == "annulus" else "Another note."


def edit_water(value: Any) -> None:
    """Another lake comes first, and the lake of the rings is of several parts for the format."""
    value["features"].sort(key=lambda feature: feature["properties"]["id"] == "water:yaohu")
    lake = value["features"][-1]["geometry"]
    lake |= {"type": "MultiPolygon", "coordinates": [lake["coordinates"]]}


@pytest.fixture(scope="module")
def other_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(shutil.copytree(ROOT / "data", tmp_path_factory.mktemp("other") / "data"))
    change(folder / "catalogue.json", edit_catalogue)
    change(folder / "rings.json", edit_rings)
    change(folder / "layers/water.geojson", edit_water)
    return folder


@pytest.fixture(scope="module")
def other(other_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Atlas]:
    with running_atlas(other_data, tmp_path_factory.mktemp("other_store")) as running:
        yield running


def test_defaults_names_and_distances_are_those_of_the_data(other: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{other.url}/?lang=en"))
    assert page.locator("#extent-switch input[value='2013']").is_checked()
    assert page.locator("#reading-switch input[value=annulus]").is_checked()
    assert page.locator("#tb-extent").inner_text() == "2013"
    assert page.locator("#reading-note").inner_text() == NOTE
    assert page.locator(".brand small").inner_text() == ZONE
    head = page.locator("[data-fold=rings] .n").inner_text()
    assert head == "50 / 800 / 1,500.6 / 3,000 m from the shore"
    assert "1,500.6" in page.locator("#tb-note").inner_text()
    assert "1,500.6 m" in page.locator(".distance-text").all_text_contents()
    assert "extent=" not in page.url
    page.locator("#reading-switch input[value=shore_belt]").check(force=True)
    page.wait_for_function("() => document.getElementById('reading-note').textContent === 'Another note.'")
    ready(page)
    head = page.locator("[data-fold=rings] .n").inner_text()
    assert head == "800 / 1,500.6 / 3,000 m from the shore"
    assert "reading=shore_belt" in page.url
    page.go_back()
    page.wait_for_selector("[data-switch=strip]")


def test_ring_names_stand_in_their_ring(other: Atlas, other_data: Path, open_page: OpenPage) -> None:
    """West of the lake, where the side of the other lake is the wrong one."""
    page = ready(open_page(f"{other.url}/?view=116.026,28.672,14&off=sites,places,metro,roads,towns&lang=en"))
    page.wait_for_selector(".ring-name", state="attached")
    named = page.evaluate(
        """() => [...document.querySelectorAll('.ring-name')].map((text) => {
          const path = document.getElementById(text.querySelector('textPath').getAttribute('href').slice(1));
          const { x, y } = path.getPointAtLength(path.getTotalLength() / 2);
          const { lng, lat } = window.atlasMap.containerPointToLatLng([x, y]);
          return [text.textContent, lng, lat];
        })"""
    )
    water = json.loads((other_data / "layers/water.geojson").read_text(encoding="utf-8"))["features"]
    lake = shapely.geometry.shape(water[-1]["geometry"])
    lake_m = shapely.transform(lake, lambda xy: np.column_stack(TO_UTM.transform(*xy.T)))
    assert named
    for text, lon, lat in named:
        number = int(text.split()[1])
        distance = lake_m.distance(shapely.Point(TO_UTM.transform(lon, lat)))
        inner, outer = (*EDGES, 1e6)[number - 1 : number + 1]
        assert inner < distance < outer, (text, distance)


def test_system_of_figures_and_system_of_grid_are_both_said(other: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{other.url}/?sel=@116.02,28.70&lang=en"))
    assert page.locator("#tb-crs").inner_text() == "WGS 84 / EPSG:32650"
    assert page.locator("#tb-crs").get_attribute("title") == "WGS 84 / UTM zone 50N"
    assert page.locator("#tb-grid").inner_text() == "CGCS2000 / EPSG:4548"
    assert "EPSG:4548" in page.locator("#status").inner_text()
    page.wait_for_selector("#point-zone")
    row = page.locator("#point-section tr", has=page.locator("th", has_text="EPSG:32650"))
    said = "".join(row.locator("td").inner_text().replace(",", "").split())
    figures = [float(part) for part in said.replace("E", " ").replace("N", " ").split()]
    assert figures == pytest.approx(TO_UTM.transform(116.02, 28.70), abs=0.06)
    assert "EPSG:4548" not in page.locator("#card").inner_text()


def test_grid_of_the_system_of_the_plan_needs_no_words(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en"))
    assert page.locator("#tb-crs").inner_text() == "CGCS2000 / EPSG:4548"
    assert page.locator("#tb-grid").is_hidden()


def test_layer_below_its_least_level_is_not_drawn_and_its_row_says_so(other: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{other.url}/?view=116.1,28.7,{FROM_LEVEL - 1}&lang=en"))
    shape, row = "#atlas-map path[data-feature='sites:yaohu_airport']", page.locator("[data-row=sites] .m")
    assert page.locator("[data-switch=sites]").is_checked()
    assert page.locator(shape).count() == 0
    assert page.locator(".name-site").count() == 0
    assert row.inner_text() == f"level ≥ {FROM_LEVEL}"
    page.locator("#zoom-in").click()
    page.wait_for_selector(shape, state="attached")
    page.wait_for_function("() => !document.querySelector('[data-row=sites] .m').textContent.includes('≥')")
    page.locator("#zoom-out").click()
    page.wait_for_selector(shape, state="detached")


def test_finger_beside_an_area_of_several_parts_asks_about_the_point(other: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{other.url}/?lang=en", width=390, height=844, has_touch=True, is_mobile=True))
    spot = page.evaluate(
        """() => {
          const at = (x, y) => document.elementsFromPoint(x, y).filter((one) => one.classList.contains('hit'))
            .map((one) => one.dataset.feature);
          const onMap = (x, y) => Boolean(document.elementFromPoint(x, y).closest('#atlas-map'));
          for (let y = 150; y < 600; y += 7) for (let x = 20; x < 330; x += 3) {
            const around = [[10, 0], [-10, 0], [0, 10], [0, -10]].flatMap(([dx, dy]) => at(x + dx, y + dy));
            if (onMap(x, y) && !at(x, y).length && around.includes('water:yaohu')
              && around.every((id) => id === 'water:yaohu')) return [x, y];
          }
          return null;
        }"""
    )
    assert spot
    page.touchscreen.tap(*spot)
    page.wait_for_selector("#point-zone")
    assert (page.locator("#card").get_attribute("data-selection") or "").startswith("@")
