"""The answer in a panel and the sheet in a real browser: widths, contrast, keyboard, and the sheet on paper."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from geo import crs
from tests.axe import violations
from tests.running import Atlas

OpenPage = Callable[..., Page]
METRIC = "EPSG:4548"
TALLEST_A4_PX = 1122 - 2 * 45  # 297 mm less two margins of 12 mm
SIZES = {"panel": (1440, 456), "phone": (390, 390), "small": (320, 320)}  # of the window, of the panel
# Into the place of the page's own words: what the assessment page does with an answer.
TAKE = """async ([site, lang, width]) => {
  const words = new URLSearchParams({ lang, crs: "EPSG:4326", datum: "wgs84" });
  const kind = { "Content-Type": "application/geo+json" };
  const answer = await fetch(`/assess/answer?${words}`, { method: "POST", headers: kind, body: site });
  await Promise.all(["map", "answer"].map((name) => new Promise((done) => {
    const styles = Object.assign(document.createElement("link"), { rel: "stylesheet", onload: done });
    styles.href = `/static/css/${name}.css`;
    document.head.append(styles);
  })));
  const made = new DOMParser().parseFromString(await answer.text(), "text/html");
  const main = document.querySelector("main");
  main.className = "panel";
  main.style.width = `${width}px`;
  main.replaceChildren(Object.assign(document.createElement("h1"), { textContent: "x" }), ...made.body.childNodes);
}"""
SEND = """([site, name, lang]) => {
  const form = Object.assign(document.createElement("form"), { method: "post" });
  form.action = `/assess/sheet?lang=${lang}&crs=EPSG:4326&datum=wgs84`;
  for (const [field, value] of [["site", site], ["name", name]]) {
    form.append(Object.assign(document.createElement("input"), { name: field, value }));
  }
  document.body.append(form);
  form.submit();
}"""


def site(west: float, south: float, east: float, north: float, **properties: Any) -> str:
    """A rectangle in kilometres of EPSG:4548 as GeoJSON text."""
    corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    ring = [list(map(float, crs.unproject(1000 * x, 1000 * y, METRIC))) for x, y in corners]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return json.dumps({"type": "Feature", "properties": properties, "geometry": geometry})


ON_THE_SHORE = site(408.4, 3176.0, 409.2, 3176.3, land_use="1101")  # partly lake, partly ring 1
INLAND = site(409.7, 3175.8, 410.2, 3176.2, land_use="0802", far=1.2)


def panel(atlas: Atlas, open_page: OpenPage, text: str, size: str, look: str = "en light") -> Page:
    (width, wide), (lang, scheme) = SIZES[size], look.split()
    page = open_page(f"{atlas.url}/about?lang={lang}", width=width, color_scheme=scheme)
    page.evaluate(TAKE, [text, lang, wide])
    return page


def sheet(atlas: Atlas, open_page: OpenPage, text: str, lang: str, width: int = 1200) -> Page:
    page = open_page(f"{atlas.url}/about?lang={lang}", width=width)
    page.evaluate(SEND, [text, "A", lang])
    page.wait_for_selector(".site-sheet")
    return page


@pytest.mark.parametrize("look", ["zh light", "en dark"])
def test_panel_has_no_grave_fault(atlas: Atlas, open_page: OpenPage, look: str) -> None:
    page = panel(atlas, open_page, ON_THE_SHORE, "panel", look)
    for button in page.locator(".answer-show").all():
        button.evaluate("(one) => one.setAttribute('aria-pressed', 'true')")  # each row in its tint
    assert violations(page) == []


@pytest.mark.parametrize("size", SIZES)
def test_panel_stays_within_its_width(atlas: Atlas, open_page: OpenPage, size: str) -> None:
    page = panel(atlas, open_page, ON_THE_SHORE, size)
    wide = SIZES[size][1]
    right = page.evaluate(
        "() => Math.max(...[...document.querySelectorAll('.answer *:not(.unseen, .told, .told *)')]"
        ".filter((one) => !one.closest('svg')).map((one) => one.getBoundingClientRect().right))"
    )
    assert right <= wide
    if size == "phone":
        targets = page.locator(".answer :is(a, summary, .answer-show)").evaluate_all(
            "all => all.filter((one) => one.checkVisibility()).map((one) => one.getBoundingClientRect().height)"
        )
        assert targets
        assert min(targets) >= 44


def test_rules_and_chips_go_by_keyboard(atlas: Atlas, open_page: OpenPage) -> None:
    page = panel(atlas, open_page, ON_THE_SHORE, "panel")
    page.locator(".answer-show").first.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.dataset.chip") == "assumed"
    page.keyboard.press("Enter")
    told = page.locator(".told:popover-open")
    told.wait_for()
    assert "Why assumed" in told.inner_text()
    page.keyboard.press("Escape")
    assert page.locator(".told:popover-open").count() == 0


def test_layers_that_are_not_loaded_stand_apart(atlas: Atlas, open_page: OpenPage) -> None:
    page = panel(atlas, open_page, INLAND, "panel")
    rows = page.locator("[data-unchecked] li")
    assert rows.count() == 3  # farmland, redline, growth boundary
    assert page.locator(".answer-rules [data-row-of$=_checked]").count() == 0
    assert page.locator("[data-unchecked] .chip").all_inner_texts() == ["no data"] * 3
    assert "Unknown" in page.locator(".answer-verdict").inner_text()


@pytest.mark.parametrize(("text", "lang"), [(ON_THE_SHORE, "en"), (INLAND, "zh")], ids=["shore", "inland"])
def test_sheet_stands_on_a4_with_map_verdict_and_sources_first(
    atlas: Atlas, open_page: OpenPage, text: str, lang: str
) -> None:
    page = sheet(atlas, open_page, text, lang)
    made = page.pdf(prefer_css_page_size=True, format="A4", print_background=True)
    assert made.startswith(b"%PDF-")
    boxes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", made)
    assert boxes
    for width, height in boxes:
        assert (float(width), float(height)) == pytest.approx((595.3, 841.9), abs=1)  # 210 by 297 mm, in points
    assert len(re.findall(rb"/Type\s*/Page\b", made)) <= 2
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 794, "height": 1122})  # A4, at 96 to the inch
    page.evaluate("() => { document.body.style.width = '703px' }")  # what its margins leave
    tops = page.locator(
        ".map-cut, .answer-verdict, .answer-rules, .answer-zones, .answer-sources, .sheet-block"
    ).evaluate_all("all => all.map((one) => one.getBoundingClientRect().bottom + scrollY)")
    assert len(tops) == 6
    assert max(tops) <= TALLEST_A4_PX
    assert page.locator("main").evaluate("main => main.scrollWidth") <= 703
    assert not page.locator(".sheet-acts").is_visible()
    corners = page.locator(".sheet-corners tbody tr")
    assert corners.count() == 4
    assert corners.last.is_visible()


def test_sheet_has_no_grave_fault_and_fits_a_phone(atlas: Atlas, open_page: OpenPage) -> None:
    page = sheet(atlas, open_page, ON_THE_SHORE, "en", width=390)
    assert violations(page) == []
    assert page.locator("main").evaluate("main => main.scrollWidth - main.clientWidth") <= 0
    assert page.locator(".map-cut .cut-conflict").count() == 1
    page.set_viewport_size({"width": 1440, "height": 900})
    assert violations(page) == []


def test_sheet_asks_again_in_the_other_language(atlas: Atlas, open_page: OpenPage) -> None:
    page = sheet(atlas, open_page, ON_THE_SHORE, "en")
    area = page.locator("main").get_attribute("data-area-m2")
    page.locator(".sheet-acts button[lang=zh-CN]").click()
    page.wait_for_selector("html[lang=zh-CN] .site-sheet")
    assert page.locator("h1").inner_text() == "A"
    assert page.locator("main").get_attribute("data-area-m2") == area
    assert not page.locator(".lang").is_visible()  # that link would lead to the address without the form
    with page.expect_download() as caught:
        page.locator(".sheet-acts button", has_text="GeoJSON").click()
    assert caught.value.suggested_filename == "A.geojson"
