"""The page of land for a wish in a real browser: asked by hand, read on the map and in the list, handed on."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.axe import violations
from tests.running import Atlas

OpenPage = Callable[..., Page]
WISH = "mu=200&land_use=0802&zones=ring_2"


def asked(atlas: Atlas, query: str) -> Any:
    with urllib.request.urlopen(f"{atlas.url}/api/find?{query}", timeout=20) as answer:
        return json.load(answer)


def opened(open_page: OpenPage, atlas: Atlas, query: str, **options: Any) -> Page:
    page = open_page(f"{atlas.url}/find?{query}", **options)
    page.wait_for_selector("body[data-ready=true]")
    return page


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_research_land_in_ring_2_is_found_by_keyboard_and_assessed(
    atlas: Atlas, open_page: OpenPage, lang: str
) -> None:
    page = opened(open_page, atlas, f"lang={lang}")
    assert page.locator("#find-empty").is_visible()
    page.locator("#f-mu").focus()
    page.keyboard.type("200")
    page.locator("#f-land_use").select_option("0802")
    page.locator("#f-ring_2").press("Space")
    page.locator("#f-mu").press("Enter")
    page.wait_for_url(f"**/find?{WISH}&lang={lang}")
    found = asked(atlas, WISH)
    rows = page.locator(".find-place")
    assert rows.count() == len(found["candidates"]) == 10
    reasons = page.locator(".find-why").all_inner_texts()
    assert reasons == [one[f"reason_{lang}"] for one in found["candidates"]]
    assert page.locator(".map-cut .find-site").count() == 10
    assert page.locator("#f-ring_2").is_checked()
    assert {rows.nth(at).get_attribute("data-verdict") for at in range(10)} == {"unknown"}
    page.locator("#place-1 .site-link").press("Enter")
    page.wait_for_selector("body[data-answer=shown]")
    assert page.locator("#fact-land_use").input_value() == "0802"
    assert page.locator("#answer-body [data-verdict=unknown]").count() > 0


def test_place_and_its_number_on_the_map_belong_together(atlas: Atlas, open_page: OpenPage) -> None:
    page = opened(open_page, atlas, f"{WISH}&lang=en")
    page.locator("#place-2 .site-link").focus()
    assert page.locator(".cut-mark.lit text").all_text_contents() == ["2"]
    page.locator(".cut-mark", has_text="7").click()
    assert page.evaluate("document.activeElement.closest('.find-place').id") == "place-7"
    assert page.locator(".find-place.lit").count() == 1


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_wish_that_is_in_the_way_can_be_left_out(atlas: Atlas, open_page: OpenPage, lang: str) -> None:
    page = opened(open_page, atlas, f"mu=5000&land_use=0802&zones=ring_2&lang={lang}")
    assert page.locator("#find-none").is_visible()
    assert page.locator(".map-cut .find-miss").count() == 1
    ways = page.locator(".ways-out a")
    assert ways.count() == 1
    ways.first.click()
    page.wait_for_url(f"**/find?mu=5000&land_use=0802&lang={lang}")
    assert page.locator(".find-place").count() == len(asked(atlas, "mu=5000&land_use=0802")["candidates"])
    page.go_back()
    page.locator("#find-less").click()
    page.wait_for_url("**/find?mu=1658&**")
    assert page.locator(".find-place").count() > 0


def test_form_works_without_scripts_and_no_box_keeps_clear_of_nothing(atlas: Atlas, open_page: OpenPage) -> None:
    page = open_page(f"{atlas.url}/find?lang=en", java_script_enabled=False)
    page.locator("#f-mu").fill("60")
    for layer in ("parks", "water", "sites"):
        page.locator(f"#f-clear-{layer}").uncheck()
    page.locator("#f-road_max").fill("800")
    page.locator("#find-go").click()
    page.wait_for_url("**/find?mu=60&road_max=800&clear=none&lang=en")
    assert page.locator(".find-place").count() == 10
    assert not page.locator("#f-clear-parks").is_checked()
    page.locator("#f-clear-parks").check()
    page.locator("#find-go").click()
    page.wait_for_url("**/find?mu=60&road_max=800&clear=parks&lang=en")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_phone_holds_wishes_map_and_places(atlas: Atlas, open_page: OpenPage, lang: str) -> None:
    page = opened(open_page, atlas, f"{WISH}&lang={lang}", width=390, height=844, has_touch=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert not page.locator("#wishes").is_visible()
    page.locator(".find-toggle summary").tap()
    assert page.locator("#f-mu").input_value() == "200"
    page.locator("#find-loosen summary").tap()
    small = """(all) => all.filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44)
      .map((one) => one.outerHTML)"""
    touched = "#wishes .box, #wishes select, #f-mu, #find-go, .site-link, .ways-out a, .no-more a, summary, .files .btn"
    assert page.locator(touched).evaluate_all(small) == []
    page.locator("#f-mu").fill("100")
    page.locator("#find-go").tap()
    page.wait_for_url("**/find?mu=100&**")
    assert page.locator("#place-1").is_visible()
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_has_no_violation(atlas: Atlas, open_page: OpenPage, scheme: str) -> None:
    page = opened(open_page, atlas, f"{WISH}&metro_max=2000&lang=en", color_scheme=scheme)
    page.locator("#find-shared summary").click()
    page.locator("#find-loosen summary").click()
    assert violations(page, impacts=("moderate", "serious", "critical")) == []
    page = opened(open_page, atlas, "mu=9000&lang=en&zones=ring_1", color_scheme=scheme)
    assert violations(page, impacts=("moderate", "serious", "critical")) == []


def test_paper_holds_map_and_places_and_no_form(atlas: Atlas, open_page: OpenPage) -> None:
    page = opened(open_page, atlas, f"{WISH}&lang=en")
    page.emulate_media(media="print")
    assert not page.locator("#wishes").is_visible()
    assert page.locator(".map-cut").is_visible()
    assert page.locator("#place-10").is_visible()
    assert page.locator("#find-sieve").is_visible()
    assert "Ring 2" in page.locator("#find-wished").inner_text()  # the form is gone, what was wished is not
