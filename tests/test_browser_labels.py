"""Names on the map and the sheet for print, in a real Chromium: what touches what is measured on the drawn letters."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.running import Atlas

OpenPage = Callable[..., Page]
SIZES = {"desk": (1440, 900), "tablet": (768, 1024), "phone": (390, 844)}
LEVELS = (11, 12, 13, 14, 15)
CENTRE = (116.0437, 28.7052)
GRID_FIGURES_PX = 12

# The boxes of one name: straight lines as they stand, letters along a line one by one and upright within it.
BOXES = """() => {
  const rect = ({left, top, right, bottom}) => [left, top, right, bottom];
  const letters = (text) => {
    const ctm = text.getScreenCTM();
    const size = parseFloat(text.getAttribute('font-size')) * 0.7;
    return [...Array(text.getNumberOfChars()).keys()].map((i) => {
      const [a, b] = [text.getStartPositionOfChar(i), text.getEndPositionOfChar(i)];
      const turned = text.getRotationOfChar(i) * Math.PI / 180;
      const x = (a.x + b.x) / 2 + Math.sin(turned) * size / 2 + ctm.e;
      const y = (a.y + b.y) / 2 - Math.cos(turned) * size / 2 + ctm.f;
      return [x - size / 2, y - size / 2, x + size / 2, y + size / 2];
    });
  };
  const boxes = (name) => [...name.querySelectorAll('text')].flatMap((text) => (
    text.querySelector('textPath') ? letters(text) : [rect(text.getBoundingClientRect())]));
  const names = [...document.querySelectorAll('.labels > :is(g.label, g.distance)')];
  const shown = (node) => node.offsetWidth && getComputedStyle(node).visibility === 'visible';
  const floats = [...document.querySelectorAll('#map-region .float, .map-notice, #card')].filter(shown);
  return {
    names: names.map((name) => ({text: name.textContent, boxes: boxes(name)})),
    map: rect(document.getElementById('atlas-map').getBoundingClientRect()),
    floats: floats.map((node) => ({text: node.id || node.className, boxes: [rect(node.getBoundingClientRect())]})),
  };
}"""


def settled(page: Page) -> Page:
    """The page when its layers and names stand."""
    page.wait_for_selector("body[data-ready=true]")
    page.evaluate(
        "async () => { await document.fonts.ready;"
        " await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))); }"
    )
    return page


def go(page: Page, level: int) -> None:
    page.evaluate(
        "([lat, lon, level]) => { window.atlasMap.setView([lat, lon], level, {animate: false}); }",
        [CENTRE[1], CENTRE[0], level],
    )
    settled(page)


def meet(one: list[float], other: list[float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def collisions(found: dict[str, Any]) -> list[tuple[str, str]]:
    """Each pair of a name and another name or a piece of furniture that touch."""
    names, all_of_them = found["names"], [*found["names"], *found["floats"]]
    return [
        (one["text"], other["text"])
        for i, one in enumerate(names)
        for other in all_of_them[i + 1 :]
        if any(meet(a, b) for a in one["boxes"] for b in other["boxes"])
    ]


def outside(found: dict[str, Any]) -> list[str]:
    """Names that leave the map or stand on its grid figures."""
    left, top, right, bottom = found["map"]
    inner = [left + GRID_FIGURES_PX, top + GRID_FIGURES_PX, right, bottom]
    return [
        name["text"]
        for name in found["names"]
        for box in name["boxes"]
        if box[0] < inner[0] or box[1] < inner[1] or box[2] > inner[2] or box[3] > inner[3]
    ]


def whole_ring_names(page: Page, lang: str) -> set[str]:
    """What a ring may be called: the ring, or the ring with its whole use; from afar its numeral."""
    layers = page.evaluate("async () => (await fetch('/api/layers')).json()")["layers"]
    rings = next(layer["rings"] for layer in layers if layer["id"] == "rings")
    numerals = {"zh": "一二三四", "en": ("I", "II", "III", "IV")}[lang]
    label = {"zh": "第{}圈", "en": "Ring {}"}[lang]
    names = set()
    for i, ring in enumerate(rings):
        name = label.format("一二三四"[i] if lang == "zh" else i + 1)
        names |= {name, f"{name} · {ring[f'use_{lang}']}", numerals[i]}
    return names


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", SIZES)
def test_names_touch_nothing_at_any_size_and_level(atlas: Atlas, open_page: OpenPage, size: str, lang: str) -> None:
    width, height = SIZES[size]
    page = settled(open_page(f"{atlas.url}/?lang={lang}&sel=science_island:island", width=width, height=height))
    allowed = whole_ring_names(page, lang)
    drawn = 0
    for level in LEVELS:
        go(page, level)
        found = page.evaluate(BOXES)
        drawn += len(found["names"])
        assert collisions(found) == [], level
        assert outside(found) == [], level
        assert {text.strip() for text in page.locator(".ring-name").all_text_contents()} <= allowed
    assert drawn > 4 * len(LEVELS)


def test_a_name_moved_onto_another_is_seen_by_the_test(atlas: Atlas, open_page: OpenPage) -> None:
    page = settled(open_page(f"{atlas.url}/?lang=en"))
    page.evaluate(
        "() => { const [a, b] = document.querySelectorAll('.name-station, .name-town');"
        " ['x', 'y', 'text-anchor'].forEach((name) => b.setAttribute(name, a.getAttribute(name))); }"
    )
    assert collisions(page.evaluate(BOXES)) != []


def test_what_comes_first_is_named_before_what_comes_later(atlas: Atlas, open_page: OpenPage) -> None:
    page = settled(open_page(f"{atlas.url}/?lang=zh&sel=science_island:island"))
    names = page.locator(".labels text").all_text_contents()
    assert "瑶湖科学岛" in names
    assert {"瑶", "湖"} <= set(names)  # the lake, letter by letter
    assert {"昌东镇", "南昌瑶湖机场"} <= set(names)


def test_the_rings_of_the_desk_carry_their_whole_use(atlas: Atlas, open_page: OpenPage) -> None:
    page = settled(open_page(f"{atlas.url}/?lang=zh"))
    names = page.locator(".ring-name").all_text_contents()
    assert "第二圈 · 研发、总部、2.5 产业" in names


def test_names_stay_on_their_side_while_the_map_is_moved(atlas: Atlas, open_page: OpenPage) -> None:
    page = settled(open_page(f"{atlas.url}/?lang=zh"))
    places = """() => Object.fromEntries([...document.querySelectorAll('.name-station, .name-town, .name-site')]
      .map((text) => {
        const box = document.getElementById('atlas-map').getBoundingClientRect();
        const at = text.getBoundingClientRect();
        if (at.left < box.left + 200) return []; // at the edge a name gives way to the grid figures
        const {lat, lng} = window.atlasMap.containerPointToLatLng([at.left - box.left, at.top - box.top]);
        return [text.textContent, [lng, lat]];
      }).filter(([name]) => name))"""
    before = page.evaluate(places)
    page.evaluate("() => { window.atlasMap.panBy([24, 16], {animate: false}); }")
    settled(page)
    after = page.evaluate(places)
    both = before.keys() & after.keys()
    assert len(both) >= 4
    pixel = 360 / (256 * 2**13)  # degrees of longitude
    assert [name for name in both if math.dist(before[name], after[name]) > 2 * pixel] == []


def test_a_row_says_from_which_level_its_layer_shows(atlas: Atlas, open_page: OpenPage) -> None:
    page = settled(open_page(f"{atlas.url}/?lang=en&view={CENTRE[0]},{CENTRE[1]},11"))
    layers = page.evaluate("async () => (await fetch('/api/layers')).json()")["layers"]
    towns = next(layer for layer in layers if layer["id"] == "towns")
    assert page.locator('[data-layer="towns"] .m').inner_text() == f"level ≥ {towns['min_zoom']}"
    go(page, towns["min_zoom"])
    assert page.locator('[data-layer="towns"] .m').inner_text() == f"{towns['count']} drawn"


def test_stations_wait_for_level_12(atlas: Atlas, open_page: OpenPage) -> None:
    page = settled(open_page(f"{atlas.url}/?lang=en&view={CENTRE[0]},{CENTRE[1]},11"))
    assert page.locator("path.station").first.is_hidden()
    go(page, 12)
    assert page.locator("path.station").first.is_visible()


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_the_printed_sheet_has_a_round_scale_that_is_true(atlas: Atlas, open_page: OpenPage, size: str) -> None:
    width, height = SIZES[size]
    page = settled(open_page(f"{atlas.url}/?lang=en", width=width, height=height))
    address, view = page.url, page.evaluate("() => [window.atlasMap.getZoom(), window.atlasMap.getCenter().lat]")
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    said = page.locator("#scale-a4").text_content() or ""
    told = re.search(r"1:([\d,]+)", said)
    assert told
    scale = int(told[1].replace(",", ""))
    # two grid figures of the upper edge are so many kilometres apart; a CSS pixel is 1/96 inch of paper
    first, second = page.evaluate(
        "() => [...document.querySelectorAll('.neatline text.grid-figure[y=\"12\"]')].slice(0, 2)"
        ".map((figure) => [Number(figure.textContent), Number(figure.getAttribute('x'))])"
    )
    measured = (second[0] - first[0]) * 1000 / ((second[1] - first[1]) * 0.0254 / 96)
    assert str(scale).rstrip("0") in {"1", "2", "25", "5"}
    assert measured == pytest.approx(scale, rel=0.01)
    assert collisions(page.evaluate(BOXES)) == []
    page.evaluate("() => window.dispatchEvent(new Event('afterprint'))")
    assert page.url == address
    after = page.evaluate("() => [window.atlasMap.getZoom(), window.atlasMap.getCenter().lat]")
    assert after == pytest.approx(view, abs=1e-6)


def test_the_legend_of_the_sheet_holds_only_what_is_on_it(atlas: Atlas, open_page: OpenPage) -> None:
    page = settled(open_page(f"{atlas.url}/?lang=en&off=metro"))
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    rows = page.locator("#legend-rows").inner_text()
    assert "Main roads" in rows
    assert "Lakes" in rows
    assert "Metro" not in rows
    assert "Forest Park" not in rows


def test_the_sheet_is_one_page_of_a4_and_of_a3(atlas: Atlas, open_page: OpenPage) -> None:
    page = settled(open_page(f"{atlas.url}/?lang=zh"))
    for paper in ("A4", "A3"):
        made = page.pdf(format=paper, landscape=True, print_background=True)
        assert len(re.findall(rb"/Type\s*/Page\b", made)) == 1, paper
