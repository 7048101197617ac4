"""Indicators over the years in a real browser: charts in place, the theme of the address, a phone, the dark."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.running import Atlas

OpenPage = Callable[..., Page]
SIZES = {"wide": (1440, 900), "middle": (768, 1024), "phone": (390, 844)}
# What stands where within a chart, in pixels of the screen.
BOXES = """() => [...document.querySelectorAll('.trend-chart')].map(chart => ({
  chart: chart.getBoundingClientRect().toJSON(),
  values: [...chart.querySelectorAll('.value')].map(text => text.getBoundingClientRect().toJSON()),
  texts: [...chart.querySelectorAll('text')].map(text => parseFloat(getComputedStyle(text).fontSize)),
}))"""

PLACES = """() => {
  const chart = document.querySelector('#trend-extent .trend-chart')
  const middle = node => {
    const box = node.getBoundingClientRect()
    return [(box.left + box.right) / 2, (box.top + box.bottom) / 2]
  }
  const placed = (nodes, name, inner) => Object.fromEntries([...nodes].map(node => [name(node), middle(inner(node))]))
  return {
    ticks: placed(chart.querySelectorAll('.tick'), node => node.textContent, node => node),
    marks: placed(chart.querySelectorAll('.mark'), node => node.dataset.year, node => node.querySelector('g')),
  }
}"""


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", SIZES)
def test_charts_fit_their_page_and_no_value_covers_another(
    atlas: Atlas, open_page: OpenPage, lang: str, size: str
) -> None:
    width, height = SIZES[size]
    page = open_page(f"{atlas.url}/trends?lang={lang}", width=width, height=height)
    assert page.evaluate("document.querySelector('main').scrollWidth") <= width
    charts = page.evaluate(BOXES)
    assert len(charts) > 30
    for chart in charts:
        assert chart["chart"]["left"] >= 0
        assert chart["chart"]["right"] <= width
        assert min(chart["texts"]) >= 10
        boxes = chart["values"]
        for number, one in enumerate(boxes):
            assert one["right"] <= width
            for other in boxes[:number]:
                apart = one["right"] <= other["left"] or other["right"] <= one["left"]
                assert apart or one["bottom"] <= other["top"] or other["bottom"] <= one["top"]


def test_points_stand_where_axes_say(atlas: Atlas, open_page: OpenPage) -> None:
    page = open_page(f"{atlas.url}/trends?lang=en&theme=extent")
    spots = page.evaluate(PLACES)
    ticks, marks = spots["ticks"], spots["marks"]
    a_year = (ticks["2030"][0] - ticks["2010"][0]) / 20
    a_km2 = (ticks["0"][1] - ticks["300"][1]) / 300
    for year, km2 in (("2013", 231), ("2025", 286)):
        assert marks[year][0] == pytest.approx(ticks["2010"][0] + (int(year) - 2010) * a_year, abs=1.5)
        assert marks[year][1] == pytest.approx(ticks["0"][1] - km2 * a_km2, abs=1.5)
    assert page.locator("#trend-extent .trend-chart .stroke").count() == 1


def test_theme_is_chosen_by_a_link_and_stands_in_the_address(atlas: Atlas, open_page: OpenPage) -> None:
    page = open_page(f"{atlas.url}/trends?lang=en")
    link = page.locator(".views a", has_text="Population")
    count = int(link.locator(".quiet").inner_text())
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/trends?**theme=population")
    assert page.locator(".views [aria-current]").inner_text().startswith("Population")
    assert page.locator("article.trend").count() == count
    page.locator("[data-figure=s1_residents] a").click()
    page.wait_for_url("**/figures/s1_residents?lang=en")


def test_jump_leads_to_its_indicator(atlas: Atlas, open_page: OpenPage) -> None:
    page = open_page(f"{atlas.url}/trends?lang=en")
    page.locator(".jumps a", has_text="Exports").click()
    page.wait_for_url("**#trend-exports")
    top = page.locator("#trend-exports").evaluate("node => node.getBoundingClientRect().top")
    assert 0 <= top < 900


def test_phone_targets_are_large_and_the_dark_shows_its_points(atlas: Atlas, open_page: OpenPage) -> None:
    page = open_page(f"{atlas.url}/trends?lang=zh&theme=industries", width=390, height=844, color_scheme="dark")
    heights = page.eval_on_selector_all(
        ".views a, .trend-table a, .files a",
        "all => all.filter(link => link.checkVisibility()).map(link => link.getBoundingClientRect().height)",
    )
    assert len(heights) > 10
    assert min(heights) >= 44
    bare, open_, paper = page.evaluate(
        "() => [...['.mark .bare', '.mark .open'].map(one => getComputedStyle(document.querySelector(one)).fill),"
        " getComputedStyle(document.body).backgroundColor]"
    )
    assert bare != open_
    assert open_ == paper  # filled by shape as well as by colour: a grey copy tells them apart
