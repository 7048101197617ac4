"""What the page does with answers: the file is of the view on screen, late ones are dropped, cut ones asked again."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from tests.running import Atlas

OpenPage = Callable[..., Page]
PLAN_OF_2013 = re.compile(r"/api/layers\?.*extent=2013")
OTHER_VIEW = "extent=2013&reading=annulus"


def ready(page: Page) -> Page:
    page.wait_for_selector("body[data-ready=true]")
    return page


def settle(page: Page) -> None:
    """Gives what has arrived the time to be drawn."""
    page.evaluate("() => new Promise((done) => setTimeout(done, 150))")


def ring_1_km2(collection: dict[str, Any]) -> float:
    ring = next(feature for feature in collection["features"] if feature["id"] == "rings:ring_1")
    return float(ring["properties"]["area_m2"]) / 1e6


def test_download_of_the_card_holds_the_view_on_screen(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?{OTHER_VIEW}&sel=rings:ring_1&lang=en"))
    shown = page.locator("[data-area=km2] b").inner_text()
    with page.expect_download() as awaited:
        page.locator("#card-download").click()
    collection = json.loads(Path(awaited.value.path()).read_text(encoding="utf-8"))
    decimals = len(shown.partition(".")[2])
    assert f"{ring_1_km2(collection):.{decimals}f}" == shown
    assert (collection["metadata"]["extent"], collection["metadata"]["reading"]) == ("2013", "annulus")
    assert "lang=en" in (page.locator("#card-download").get_attribute("href") or "")


def test_downloads_of_row_and_about_hold_the_view_on_screen(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en"))
    page.locator("#extent-switch input[value='2013']").check(force=True)
    ready(page)
    page.locator("#reading-switch input[value=annulus]").check(force=True)
    ready(page)
    page.locator("[data-row=ring_1]").click()
    found = [page.locator(".row-more a[href^='/export/']").get_attribute("href")]
    page.locator("nav a[data-keeps-view][href^='/about']").first.click()
    page.wait_for_selector("#download-all")
    found += [page.locator(at).get_attribute("href") for at in ("[data-layer-row=rings] a", "#download-all")]
    for address in found:
        metadata = page.request.get(f"{atlas.url}{address}").json()["metadata"]
        assert (metadata["extent"], metadata["reading"]) == ("2013", "annulus"), address
        assert "lang=en" in str(address)
    page.locator("nav a").first.click()
    ready(page)
    assert page.locator("#reading-switch input[value=annulus]").is_checked()


@pytest.mark.parametrize("fails", [False, True])
def test_answer_that_is_no_longer_wanted_is_dropped(atlas: Atlas, open_page: OpenPage, fails: bool) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en", expected="Failed to load resource"))
    land = page.locator("#land-area").inner_text()
    held: list[Route] = []
    page.route(PLAN_OF_2013, lambda route: held.append(route))
    with page.expect_request(PLAN_OF_2013):
        page.locator("#extent-switch input[value='2013']").check(force=True)
    page.locator("#extent-switch input[value='2025']").check(force=True)
    ready(page)
    with page.expect_response(PLAN_OF_2013):
        if fails:
            held[0].fulfill(status=500, json={"detail": "late"})
        else:
            held[0].continue_()
    settle(page)
    assert page.locator("#land-area").inner_text() == land
    assert page.locator("#tb-extent").inner_text() == "2025"
    assert page.evaluate("() => document.body.dataset.ready") == "true"
    assert page.locator("[data-plan-retry]").count() == 0


def test_cut_answer_is_said_and_asked_for_again(atlas: Atlas, open_page: OpenPage) -> None:
    def cut(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(status=200, content_type="application/geo+json", body=answer.body()[:2000])

    page = open_page("about:blank")
    page.route("**/api/layers/water/features*", cut, times=1)
    page.goto(f"{atlas.url}/?lang=en")
    ready(page)
    drawn = "#atlas-map path[data-feature='water:yaohu']"
    assert page.locator(drawn).count() == 0
    page.locator("[data-retry=water]").click()
    page.wait_for_selector(drawn, state="attached")
    page.wait_for_selector("#overview-map .ov-water", state="attached")


@pytest.mark.parametrize(
    "words", ["sel=@,", "sel=@116.02,", "sel=@116.02,28.7,1", "sel=@0x74,28", "view=1,,3", "view=,,"]
)
def test_address_with_empty_numbers_is_refused(atlas: Atlas, open_page: OpenPage, words: str) -> None:
    page = ready(open_page(f"{atlas.url}/?{words}&lang=en"))
    assert page.locator("#card").is_hidden()
    lon, lat, level = page.evaluate(
        "() => { const c = window.atlasMap.getCenter(); return [c.lng, c.lat, window.atlasMap.getZoom()] }"
    )
    assert 115.8 < lon < 116.3
    assert 28.5 < lat < 28.9
    assert level == 13


def test_answer_of_the_address_keeps_the_thing_beside_an_unreadable_point(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?sel=water:yaohu@,&lang=en"))
    page.wait_for_function("() => document.getElementById('card-name').textContent === 'Yaohu Lake'")
    assert page.locator("#point-zone").count() == 0
