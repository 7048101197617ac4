"""The land by ring at the foot of the layers and the panel of figures, in a real browser."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from tests import residents
from tests.running import Atlas, running_atlas

OpenPage = Callable[..., Page]


def ready(page: Page) -> Page:
    page.wait_for_selector("body[data-ready=true]")
    return page


def answer(atlas: Atlas, words: str) -> Any:
    with urllib.request.urlopen(f"{atlas.url}/api/metrics?{words}") as response:
        return json.load(response)


def figures(page: Page) -> Page:
    """The page with its panel open and filled."""
    page.locator("#figures-open").click()
    page.wait_for_selector("[data-light=ring_1]")
    return page


def column(page: Page, number: int) -> list[float]:
    cells = page.locator(f"#figures [data-zone-row] > :nth-child({number})").all_inner_texts()
    return [float(re.sub(r"[^0-9.]", "", text)) for text in cells]


@pytest.fixture(scope="module")
def peopled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Atlas]:
    """The app over the toy with residents of its rings."""
    folder = tmp_path_factory.mktemp("peopled")
    with running_atlas(residents.write_residents(folder / "data"), folder) as running:
        yield running


def test_foot_of_the_layers_shows_the_land_by_ring(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en"))
    land = [zone for zone in answer(atlas, "extent=2025")["zones"] if zone["id"] != "water"]
    widths = page.eval_on_selector_all("#composition-bar i", "all => all.map(i => i.getBoundingClientRect().width)")
    whole = sum(zone["area_m2"] for zone in land)
    shares = [zone["area_m2"] / whole for zone in land]
    assert [width / sum(widths) for width in widths] == pytest.approx(shares, abs=0.01)
    told = [int(text.rstrip("%")) for text in page.locator("#composition-list b").all_inner_texts()]
    assert sum(told) == 100
    assert told == pytest.approx([100 * share for share in shares], abs=1)
    box = page.locator("#composition").bounding_box()
    assert box
    assert box["y"] + box["height"] <= 900  # it is on view without scrolling


def test_panel_says_area_shares_and_sites_of_each_zone(atlas: Atlas, open_page: OpenPage) -> None:
    page = figures(ready(open_page(f"{atlas.url}/?lang=en")))
    found = answer(atlas, "extent=2025")
    areas = column(page, 3)
    assert areas == pytest.approx([zone["area_m2"] / 1e6 for zone in found["zones"]], abs=0.05)
    assert sum(areas) == pytest.approx(found["closure"]["extent_m2"] / 1e6, abs=0.3)  # tenths, five of them
    assert sum(column(page, 5)) == 100
    assert column(page, 6) == [len(zone["sites"]) for zone in found["zones"]]
    bars = page.eval_on_selector_all("#figures .area-bar rect", "all => all.map(bar => bar.getBBox().width)")
    assert [bar / max(bars) for bar in bars] == pytest.approx([area / max(areas) for area in areas], abs=2e-3)


def test_panel_gives_no_data_with_a_reason_where_nothing_is_known(atlas: Atlas, open_page: OpenPage) -> None:
    page = figures(ready(open_page(f"{atlas.url}/?lang=en")))
    reasons = page.locator("#figures .reasons li").all_inner_texts()
    for zone in answer(atlas, "extent=2025")["zones"]:
        for green in zone["green"]:
            cell = page.locator(f"[data-green-row={zone['id']}] [data-metric={green['metric']}]")
            if cell.count():
                text = cell.inner_text()
                assert "no data" in text
                assert reasons[int(text.strip()[-1]) - 1] == green["reason_en"]
    said = page.locator("#figures .denominators").inner_text()
    for part in ("244.15 km²", "265.35 km²", "498,000", "S1, 2025", "not stated"):
        assert part in said


def test_panel_shows_park_green_per_head_and_whose_residents_it_counts(peopled: Atlas, open_page: OpenPage) -> None:
    page = figures(ready(open_page(f"{peopled.url}/?lang=en")))
    for zone, value in residents.PER_HEAD.items():
        assert page.locator(f"[data-green-row={zone}] [data-metric=park_green_per_head]").inner_text() == f"{value:.2f}"
    whole = page.locator("[data-green-row=extent] [data-metric=park_green_per_head]").inner_text()
    assert whole == "≥ 90.00"  # 90,000 m2 over 1,000 residents, with one park of unknown class
    said = page.locator("#figures .denominators").inner_text()
    for part in ("400 residents", "100 residents", "S4, 2024"):
        assert part in said


def test_panel_follows_extent_and_reading(atlas: Atlas, open_page: OpenPage) -> None:
    page = figures(ready(open_page(f"{atlas.url}/?lang=en")))
    assert page.locator("[data-light=strip]").count() == 0
    page.locator("#reading-switch input[value=annulus]").check(force=True)
    page.wait_for_selector("[data-light=strip]")
    page.locator("#extent-switch input[value='2013']").check(force=True)
    page.wait_for_function("() => document.getElementById('figures-view').textContent.includes('2013')")
    page.wait_for_selector("#figures tfoot :text('Extent 2013')")
    found = answer(atlas, "extent=2013&reading=annulus")
    assert column(page, 3) == pytest.approx([zone["area_m2"] / 1e6 for zone in found["zones"]], abs=0.05)
    for link in page.locator("#figures .acts a").all():
        assert "extent=2013&reading=annulus" in (link.get_attribute("href") or "")
    with page.expect_download() as saved:
        page.locator("#figures .acts a", has_text="XLSX").click()
    assert "2013" in saved.value.suggested_filename


def test_pressed_row_lights_its_zone_until_it_is_pressed_again(atlas: Atlas, open_page: OpenPage) -> None:
    page = figures(ready(open_page(f"{atlas.url}/?lang=en")))
    count = "() => document.querySelectorAll('path.lit-zone').length"
    row = page.locator("[data-light=ring_2]")
    row.click()
    page.wait_for_function(f"() => ({count})() === 1")
    page.locator("[data-light=water]").click()
    page.wait_for_function(f"() => ({count})() === 2")  # two lakes
    assert row.get_attribute("aria-pressed") == "false"
    page.locator("[data-light=water]").click()
    page.wait_for_function(f"() => ({count})() === 0")
    row.click()
    page.locator("#figures-close").click()
    page.wait_for_function(f"() => ({count})() === 0")


def test_escape_closes_the_panel_and_gives_the_focus_back(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en"))
    page.locator("#figures-open").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-light=ring_1]")
    assert page.evaluate("() => document.activeElement.id") == "figures-name"
    page.keyboard.press("Escape")
    page.wait_for_selector("#figures", state="hidden")
    assert page.evaluate("() => document.activeElement.id") == "figures-open"
    assert page.locator("#figures-open").get_attribute("aria-expanded") == "false"


def test_card_and_panel_make_room_for_one_another(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en&sel=science_island:island"))
    figures(page)
    assert page.locator("#card").is_hidden()
    page.locator("#atlas-map").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#point-zone")
    assert page.locator("#figures").is_hidden()
    assert page.evaluate("() => document.body.dataset.card") == "open"


@pytest.mark.parametrize(("width", "way"), [(390, "#tab-layers"), (768, "#rail-open")])
def test_narrow_panel_is_reached_from_the_layers_and_leads_back(
    atlas: Atlas, open_page: OpenPage, width: int, way: str
) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=zh", width=width, height=844))
    page.locator(way).click()
    figures(page)
    assert page.locator("#layers").is_hidden()
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    inside = page.eval_on_selector_all(
        "#figures button, #figures a", "all => all.map(it => it.getBoundingClientRect()).filter(box => box.height)"
    )
    if width == 390:
        heights = page.eval_on_selector_all(
            "#figures .zone-light, #figures .btn, #figures-close, #composition .btn",
            "all => all.map(it => it.getBoundingClientRect().height)",
        )
        assert min(heights) >= 44
    assert all(box["right"] <= width for box in inside)
    page.keyboard.press("Escape")
    page.wait_for_selector("#figures", state="hidden")
    assert f"#{page.evaluate('() => document.activeElement.id')}" == way


def test_lost_answer_can_be_asked_for_again(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en", expected="503"))
    page.route("**/api/metrics?*", lambda route: route.fulfill(status=503, json={"detail": "busy"}), times=1)
    page.locator("#figures-open").click()
    page.wait_for_selector("#figures-retry")
    assert "busy" in page.locator("#figures-body").inner_text()
    page.locator("#figures-retry").click()
    page.wait_for_selector("[data-light=ring_1]")
