"""Stated beside computed in a real browser: rows that open, the card's figures, and the way from one to the other."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.running import Atlas

OpenPage = Callable[..., Page]
SIZES = {"wide": (1440, 900), "middle": (768, 1024), "phone": (390, 844)}


def asked(atlas: Atlas, path: str) -> Any:
    with urllib.request.urlopen(f"{atlas.url}{path}", timeout=20) as answer:
        return json.load(answer)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", SIZES)
def test_row_opens_and_says_its_grounds(atlas: Atlas, open_page: OpenPage, lang: str, size: str) -> None:
    width, height = SIZES[size]
    row = next(row for row in asked(atlas, "/api/reconcile")["rows"] if row["id"] == "extent_change")
    page = open_page(f"{atlas.url}/reconcile?lang={lang}", width=width, height=height)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    button = page.locator("[data-open=extent_change]")
    button.click()
    shown = page.locator(".detail-pane .detail-box" if size == "wide" else "[data-detail=extent_change] .detail-box")
    shown.wait_for(state="visible")
    text = shown.inner_text()
    assert row[f"reason_{lang}"] in text
    assert row[f"formula_{lang}"] in text
    assert shown.locator(".thumbnail path").count() == 2
    assert page.url.endswith("#extent_change")
    page.keyboard.press("Escape")
    shown.wait_for(state="hidden")
    assert page.evaluate("document.activeElement.dataset.open") == "extent_change"
    assert "#" not in page.url


def test_row_of_the_address_is_open_after_loading(atlas: Atlas, open_page: OpenPage) -> None:
    page = open_page(f"{atlas.url}/reconcile?lang=en#p_yaohu_area")
    page.locator(".detail-pane").wait_for(state="visible")
    assert page.locator("tr.chosen").get_attribute("data-row") == "p_yaohu_area"
    page.locator(".detail-pane .detail-box a.btn").click()
    page.wait_for_selector("body[data-ready=true]")
    assert page.locator("#card-name").inner_text() == "Yaohu Lake"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "feature", ["extent_2025:zone", "water:yaohu", "science_island:island", "places:aviation_city"]
)
def test_card_says_the_verdict_of_the_reconciliation(
    atlas: Atlas, open_page: OpenPage, lang: str, feature: str
) -> None:
    layer = feature.split(":")[0]
    one = next(row for row in asked(atlas, f"/api/layers/{layer}")["features"] if row["id"] == feature)
    page = open_page(f"{atlas.url}/?sel={feature}&on={layer}&lang={lang}")
    page.wait_for_selector("#card-body [data-compare=stated]")
    assert page.locator("#card-body [data-verdict]").get_attribute("data-verdict") == one["compared"]["verdict"]
    same = next(row for row in asked(atlas, "/api/reconcile")["rows"] if row["id"] == one["stated_area"]["figure"])
    assert same["verdict"] == one["compared"]["verdict"]
    link = page.locator("#card-body [data-compare=stated] td.num > a")
    shown = link.inner_text()
    link.click()
    page.wait_for_selector("#figure-value")
    figure = page.locator("#figure-value").inner_text().replace("平方公里", "km²")
    assert re.sub(r"\s", "", figure) == re.sub(r"\s", "", shown)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_card_lists_figures_and_projects_of_an_area(atlas: Atlas, open_page: OpenPage, lang: str) -> None:
    figures = asked(atlas, "/api/figures?feature=places:aviation_city")["figures"]
    page = open_page(f"{atlas.url}/?sel=places:aviation_city&lang={lang}")
    page.wait_for_selector("#card-figures tr[data-figure]")
    rows = page.locator("#card-figures tr[data-figure]")
    listed = [one for one in figures if one["id"] != "s2_aviation_city_area"][: rows.count()]
    assert rows.count() == 6
    assert [row.get_attribute("data-figure") for row in rows.all()] == [one["id"] for one in listed]
    assert rows.first.locator("td.num > a").inner_text() == listed[0][f"text_{lang}"]
    words = {one["id"] for one in asked(atlas, "/api/projects?placed_in=places:aviation_city")["projects"]}
    names = page.locator("#card-body [data-project]")
    assert {one.get_attribute("data-project") for one in names.all()} <= words
    assert names.count() > 0


def test_filter_of_verdicts_stands_in_the_address(atlas: Atlas, open_page: OpenPage) -> None:
    counts = asked(atlas, "/api/reconcile")["counts"]
    page = open_page(f"{atlas.url}/reconcile?lang=en")
    page.locator(".counts a", has_text="doubtful").click()
    page.wait_for_url("**verdict=doubtful**")
    assert page.locator("tr[data-row]").count() == counts["doubtful"]
    assert page.locator("tr[data-row] [data-verdict]").count() == counts["doubtful"]
