"""Chips: what they tell is what the data say, by mouse and keyboard, and never off the screen."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page

from tests.running import Atlas

OpenPage = Callable[..., Page]
DATA = Path(__file__).parent.parent / "data"
RINGS = json.loads((DATA / "rings.json").read_text(encoding="utf-8"))
SOURCES = {one["id"]: one for one in json.loads((DATA / "catalogue.json").read_text(encoding="utf-8"))["sources"]}
EDGES = dict(zip((100, 500, 1500, 3000), RINGS["edges"], strict=True))
TABLES = [DATA / f"facts/{name}.csv" for name in ("stated_figures", "public_figures")]
FIGURES = {row["id"]: row for path in TABLES for row in csv.DictReader(path.read_text("utf-8").splitlines())}
PHONE = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}


def card(page: Page) -> Page:
    page.wait_for_selector("body[data-ready=true]")
    page.wait_for_selector("#card-body [data-chip]")
    return page


def told(page: Page) -> str:
    """What the open popover says; there is exactly one."""
    page.wait_for_selector(".told:popover-open[data-placed]")
    [text] = page.locator(".told:popover-open").all_inner_texts()
    return str(text)


def close(page: Page) -> None:
    """Close what is told: it may lie over the next chip."""
    page.keyboard.press("Escape")
    page.wait_for_selector(".told:popover-open", state="detached")


def half(text: str, lang: str) -> str:
    """The reader's part of a place written in both languages."""
    return text.split(" / ")[lang == "en"]


def area_of(layer: str, slug: str) -> dict[str, Any]:
    collection = json.loads((DATA / "layers" / f"{layer}.geojson").read_text(encoding="utf-8"))
    [found] = [one for one in collection["features"] if one["properties"]["id"] in (slug, f"{layer}:{slug}")]
    properties: dict[str, Any] = found["properties"]
    return {**properties, "stated_area": FIGURES[properties["stated_figure"]]}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_stated_chip_tells_source_place_and_year(atlas: Atlas, open_page: OpenPage, lang: str) -> None:
    page = card(open_page(f"{atlas.url}/?sel=extent_2025:zone&lang={lang}"))
    said = area_of("extent_2025", "zone")["stated_area"]
    source = SOURCES[said["source"]]
    page.locator("#card-body [data-compare=stated] [data-chip=stated]").click()
    text = told(page)
    assert f"{source['id']} {source[f'title_{lang}']}" in text
    assert half(said["place"], lang) in text
    assert str(source["year"]) in text


def test_computed_chip_tells_method_system_and_bound(atlas: Atlas, open_page: OpenPage) -> None:
    page = card(open_page(f"{atlas.url}/?sel=science_island:island&lang=en"))
    page.locator("#card-body [data-chip=computed]").first.click()
    text = told(page)
    assert "EPSG:4548" in text
    assert f"a = {area_of('science_island', 'island')['accuracy_m']} m" in text
    assert "u = a/2" in text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_assumed_chip_tells_the_reason_of_its_own_edge(atlas: Atlas, open_page: OpenPage, lang: str) -> None:
    page = card(open_page(f"{atlas.url}/?sel=science_island:island&lang={lang}"))
    for zone, distance in (("ring_2", 1500), ("ring_3", 3000)):
        page.locator(f"[data-share={zone}] [data-chip=assumed]").click()
        assert EDGES[distance][f"reason_{lang}"] in told(page)
        close(page)


def test_escape_closes_the_chip_alone_and_gives_the_focus_back(atlas: Atlas, open_page: OpenPage) -> None:
    page = card(open_page(f"{atlas.url}/?sel=science_island:island&lang=en"))
    chip = page.locator("#card-body [data-chip=computed]").first
    chip.focus()
    page.keyboard.press("Enter")
    told(page)
    page.keyboard.press("Escape")
    assert page.locator(".told:popover-open").count() == 0
    assert chip.evaluate("(one) => one === document.activeElement")
    assert page.locator("#card").is_visible(), "Escape closed the card too"
    page.keyboard.press("Escape")
    page.wait_for_selector("#card", state="hidden")


def assert_on_screen(page: Page, chip: Locator) -> None:
    """The popover of the chip stands wholly within the window, beside its chip and not on it."""
    chip.scroll_into_view_if_needed()
    chip.click()
    told(page)
    inner = page.locator(".told:popover-open").bounding_box()
    at = chip.bounding_box()
    size = page.viewport_size
    assert inner
    assert at
    assert size
    assert inner["x"] >= 0
    assert inner["y"] >= 0
    assert inner["x"] + inner["width"] <= size["width"]
    assert inner["y"] + inner["height"] <= size["height"]
    assert inner["y"] >= at["y"] + at["height"] or inner["y"] + inner["height"] <= at["y"]
    page.keyboard.press("Escape")


@pytest.mark.parametrize("path", ["/?sel=science_island:island", "/metrics?x=1", "/layers/sites?sort=stated"])
def test_phone_chips_answer_within_the_screen(atlas: Atlas, open_page: OpenPage, path: str) -> None:
    page = open_page(f"{atlas.url}{path}&lang=zh", **PHONE)
    if path.startswith("/?"):
        card(page)
    chips = page.locator("button.chip[popovertarget]:visible")
    assert chips.count() >= 3
    for position in {0, 1, chips.count() // 2, chips.count() - 1}:
        assert_on_screen(page, chips.nth(position))
    sizes = chips.evaluate_all("(all) => all.map((one) => parseFloat(getComputedStyle(one, '::before').height))")
    assert min(sizes) >= 44


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_figures_chips_tell_edges_sources_and_bounds(atlas: Atlas, open_page: OpenPage, lang: str) -> None:
    page = open_page(f"{atlas.url}/metrics?lang={lang}")
    stated, assumed = (page.locator(f"#zones [data-zone=ring_2] [data-chip={kind}]") for kind in ("stated", "assumed"))
    stated.click()
    assert half(FIGURES[EDGES[500]["figure"]]["place"], lang) in told(page)
    close(page)
    assumed.click()
    assert EDGES[1500][f"reason_{lang}"] in told(page)
    close(page)
    row = page.locator("[data-compared='extent_2025:zone']")
    row.locator("[data-chip=stated]").click()
    assert half(area_of("extent_2025", "zone")["stated_area"]["place"], lang) in told(page)
    close(page)
    row.locator("[data-chip=computed]").click()
    assert re.search(rf"\b{area_of('extent_2025', 'zone')['accuracy_m']} m", told(page))


def test_table_chip_tells_the_source_of_each_stated_figure(atlas: Atlas, open_page: OpenPage) -> None:
    page = open_page(f"{atlas.url}/layers/sites?lang=en")
    features = page.request.get(f"{atlas.url}/api/layers/sites").json()["features"]
    places = [half(one["stated_area"]["place"], "en") for one in features if one["stated_area"]]
    assert len(places) > 3
    page.locator("th[data-column=stated] [data-chip]").click()
    text = told(page)
    assert [place for place in places if place not in text] == []
    assert page.locator("th[data-column=stated]").get_attribute("aria-sort") is None, "the chip sorted the table"


def test_chips_answer_without_a_script(atlas: Atlas, open_page: OpenPage) -> None:
    page = open_page(f"{atlas.url}/metrics?lang=en", java_script_enabled=False)
    page.locator("#zones [data-chip=assumed]").first.click()
    assert EDGES[1500]["reason_en"] in page.locator(".told:popover-open").inner_text()


def test_chip_ids_of_a_page_are_unique(atlas: Atlas, open_page: OpenPage) -> None:
    for path in ("/metrics", "/layers/places"):
        page = open_page(f"{atlas.url}{path}?lang=en")
        ids = page.locator(".told").evaluate_all("(all) => all.map((one) => one.id)")
        targets = page.locator("[popovertarget]").evaluate_all(
            "(all) => all.map((one) => one.getAttribute('popovertarget'))"
        )
        assert len(ids) > 3
        assert len(set(ids)) == len(ids)
        assert sorted(targets) == sorted(ids)
