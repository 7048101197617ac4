"""Cards: a ring line says whether its distance is stated, and no card says a thing twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.running import Atlas

OpenPage = Callable[..., Page]
PHONE = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}


def ready(page: Page) -> Page:
    page.wait_for_selector("body[data-ready=true]")
    return page


@pytest.mark.parametrize(("distance", "told", "source"), [(500, "stated", "S0"), (1500, "assumed", None)])
def test_ring_line_says_whether_its_distance_is_stated(
    atlas: Atlas, open_page: OpenPage, distance: int, told: str, source: str | None
) -> None:
    page = ready(open_page(f"{atlas.url}/?sel=ring_lines:{distance}&lang=en"))
    body = page.locator("#card-body")
    body.locator(f"[data-chip={told}]").wait_for()
    assert body.locator("[data-chip=stated], [data-chip=assumed]").count() == 1
    assert f"{distance:,} m" in body.inner_text()
    assert "Computed line" in body.inner_text()
    said = body.locator("th", has_text="Source").all_inner_texts()
    assert bool(said) == bool(source)
    assert not source or source in body.inner_text()


@pytest.mark.parametrize("selection", ["science_island:island", "forest_park:yaohu", "water:yaohu"])
def test_phone_card_says_each_thing_once(atlas: Atlas, open_page: OpenPage, selection: str) -> None:
    page = ready(open_page(f"{atlas.url}/?sel={selection}&lang=en", **PHONE))
    page.wait_for_selector("#card-body .summary")
    head = [page.locator(at).inner_text() for at in ("#card-kind", "#card-name", "#card-other")]
    assert len({said.casefold() for said in head}) == 3, head
    strip = page.locator(".summary b").all_inner_texts()
    rows = page.locator("#card-body [data-area]:visible b").all_inner_texts()
    assert not set(strip) & set(rows)


def test_phone_card_of_a_point_says_each_thing_once(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?sel=@116.02,28.70&lang=en", **PHONE))
    page.wait_for_selector("#point-zone")
    said = page.locator("#card-kind, #card-name, #card h3").all_inner_texts()
    assert len(set(said)) == len(said), said
