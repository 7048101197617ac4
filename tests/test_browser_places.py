"""The pages of places in a real browser: an inferred area, a symbol, a ring, words alone; keyboard, phone, paper."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.running import Atlas

OpenPage = Callable[..., Page]
PLACES = {
    "science_island:island": "inferred",
    "sites:yaohu_airport": "symbolic_footprint",
    "sites:hongdu_centre": "none",
    "rings:ring_1": "computed",
}
TALLEST_A4_PX = 1122 - 2 * 45  # 297 mm less two margins of 12 mm, at 96 px to the inch


def asked(atlas: Atlas, path: str) -> Any:
    with urllib.request.urlopen(f"{atlas.url}{path}", timeout=20) as answer:
        return json.load(answer)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("place", PLACES)
def test_place_opens_with_basis_and_fits_every_width(atlas: Atlas, open_page: OpenPage, place: str, lang: str) -> None:
    told = asked(atlas, f"/api/places/{place}")
    page = open_page(f"{atlas.url}/places/{place}?lang={lang}")
    assert page.locator("h1").inner_text().startswith(told["feature"][f"name_{lang}"])
    assert page.locator(".place-basis").get_attribute("data-basis") == PLACES[place]
    assert page.locator(".map-cut").count() == (0 if PLACES[place] == "none" else 1)
    shown = page.locator("#place-sources [data-source]").evaluate_all("all => all.map((one) => one.dataset.source)")
    assert shown == [source["id"] for source in told["sources"]]
    for width in (1440, 768, 390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        # The bar of the top is not this page's: what is in the article stays within the window.
        wide = page.locator("main").evaluate("main => main.scrollWidth - main.clientWidth")
        assert wide <= 0, width
        right = page.evaluate(
            "() => Math.max(...[...document.querySelectorAll('main *:not(.unseen)')]"
            ".filter((one) => !one.closest('svg') && !one.closest('.unseen'))"
            ".map((one) => one.getBoundingClientRect().right))"
        )
        assert right <= width, width


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_way_onwards_opens_every_place_and_each_names_its_sources(atlas: Atlas, open_page: OpenPage, lang: str) -> None:
    """The first half in Chinese, the second in English; test_place_pages reads every page in both."""
    page = open_page(f"{atlas.url}/places?lang={lang}")
    every = page.locator("main a[href*='/places/']").evaluate_all("all => all.map((one) => one.pathname)")
    assert len(every) == len(set(every)) > 70
    middle = len(every) // 2
    walked = every[:middle] if lang == "zh" else every[middle:]
    page.locator("main a[href*='/places/']").nth(every.index(walked[0])).click()
    for path in walked:  # each page is reached from the one before it, as readers do
        page.wait_for_url(f"**{path}?lang={lang}")
        assert page.locator("h1").inner_text()
        sources = page.locator("#place-sources [data-source]")
        assert sources.count() >= 1
        assert all(sources.evaluate_all("all => all.map((one) => Boolean(one.querySelector('a[href*=\"/sources\"]')))"))
        onwards = page.locator("a[rel=next]")
        assert onwards.count() == (path != every[-1])
        if onwards.count():
            onwards.click()


def test_way_onwards_goes_by_keyboard(atlas: Atlas, open_page: OpenPage) -> None:
    told = asked(atlas, "/api/places/science_island:island")
    page = open_page(f"{atlas.url}/places/science_island:island?lang=en&reading=annulus")
    page.locator(".place-way a").first.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.rel") == "prev"
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.rel") == "next"
    assert page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url("**/places/forest_park:yaohu**")
    assert told["next"] == "forest_park:yaohu"
    assert "reading=annulus" in page.url
    page.locator("a[rel=prev]").press("Enter")
    page.wait_for_url("**/places/science_island:island**")


def test_symbol_is_a_circle_of_its_stated_size(atlas: Atlas, open_page: OpenPage) -> None:
    page = open_page(f"{atlas.url}/places/sites:yaohu_airport?lang=en")
    metres = float(page.locator(".map-cut").get_attribute("data-metres") or "0")
    radius = float(page.locator(".map-cut .basis-symbolic").get_attribute("r") or "0")
    # 4,000 mu of 2000/3 m2 each
    assert 3.14159265 * (radius * metres) ** 2 == pytest.approx(4000 * 2000 / 3, rel=0.01)
    dashes = "one => getComputedStyle(one).strokeDasharray"
    assert page.locator(".map-cut .basis-symbolic").evaluate(dashes) != "none"
    assert page.locator(".map-cut .sel-line").count() == 1  # the cross
    page.goto(f"{atlas.url}/places/water:yaohu?lang=en")
    assert page.locator(".map-cut .sel-line").evaluate(dashes) == "none"
    page.goto(f"{atlas.url}/places/water:aixihu?lang=en")
    assert page.locator(".map-cut .sel-line").evaluate(dashes) != "none"  # inferred


def test_links_lead_to_the_card_and_into_the_clipboard(atlas: Atlas, open_page: OpenPage) -> None:
    page = open_page(
        f"{atlas.url}/places/science_island:island?lang=en", permissions=["clipboard-read", "clipboard-write"]
    )
    page.locator("#place-copy").click()
    page.wait_for_function("() => document.getElementById('place-said').textContent !== ''")
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied == f"{atlas.url}/places/science_island:island?lang=en"
    page.locator(".place-acts .btn.p").click()
    page.wait_for_selector("body[data-ready=true]")
    page.wait_for_selector("#card-body .sec")
    assert page.locator("#card-name").inner_text() == "Yaohu Science Island"


@pytest.mark.parametrize("place", ["science_island:island", "sites:yaohu_airport"])
def test_sheet_of_paper_begins_with_map_figures_shares_and_sources(
    atlas: Atlas, open_page: OpenPage, place: str
) -> None:
    page = open_page(f"{atlas.url}/places/{place}?lang=en", width=794, height=1122)  # a sheet of A4
    page.emulate_media(media="print")
    page.evaluate("() => { document.body.style.width = '703px' }")  # what its margins leave
    foot = page.locator("#place-sources").evaluate("one => one.getBoundingClientRect().bottom + scrollY")
    assert foot <= TALLEST_A4_PX
    box, figures = (page.locator(name).bounding_box() for name in (".map-cut", ".place-figures"))
    assert box is not None
    assert figures is not None
    assert box["x"] + box["width"] <= figures["x"]  # side by side
    assert not page.locator(".place-acts").is_visible()
    assert not page.locator("header.top").is_visible()
