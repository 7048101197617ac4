"""How firm the rings are, in a real browser: sorting by key, one feature, both languages, phone, dark."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.axe import GRAVE, violations
from tests.running import Atlas

OpenPage = Callable[..., Page]
ISLAND = "science_island:island"
_ROWS = "'#layer-table tbody tr[data-feature]'"


def margins(page: Page) -> list[float | None]:
    """The margins of the rows from the top, None where nothing changes the ring."""
    found: list[float | None] = page.evaluate(
        f"() => [...document.querySelectorAll({_ROWS})].map((row) => row.cells[2].dataset.sort)"
        ".map((text) => text === '' ? null : Number(text))"
    )
    return found


def test_table_sorts_by_margin_with_the_keyboard(atlas: Atlas, open_page: OpenPage) -> None:
    page = open_page(f"{atlas.url}/sensitivity?lang=en")
    page.wait_for_selector(".sorter")
    for is_down in (False, True):
        page.locator("th[data-column=margin] .sorter").focus()
        page.keyboard.press("Enter")
        known = [margin for margin in margins(page) if margin is not None]
        assert known == sorted(known, reverse=is_down)
        assert margins(page)[-1] is None  # what nothing moves stands last either way
    page.locator("#table-filter").fill("Science Island")
    page.locator(f"tr[data-feature='{ISLAND}'] th a").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#ring-sentence")
    assert page.locator("html").get_attribute("lang") == "en"


def test_chart_stands_where_its_table_says(atlas: Atlas, open_page: OpenPage) -> None:
    """The edge between two bands of ring 1 divides the axis from 100 to 1,500 m as the distance in the table does."""
    page = open_page(f"{atlas.url}/sensitivity?feature={ISLAND}&lang=en")
    told = page.locator("[data-table=ring_1] [data-of=homes] tbody tr").nth(1).locator("td").first.inner_text()
    boxes = page.locator("[data-ring=ring_1] .firm-chart .ring").evaluate_all(
        "(all) => all.map((one) => one.getBoundingClientRect()).map(({ left, right }) => [left, right])"
    )
    (left, edge), (_, right) = boxes
    metres = 100 + (edge - left) / (right - left) * 1400
    assert metres == pytest.approx(float(told.replace(",", "")), abs=3)
    assert page.locator("[data-ring=ring_1] .numeral").all_text_contents() == ["II", "I"]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("address", ["/sensitivity?", f"/sensitivity?feature={ISLAND}&"])
def test_phone_has_no_sideways_scrolling(atlas: Atlas, open_page: OpenPage, address: str, lang: str) -> None:
    page = open_page(f"{atlas.url}{address}lang={lang}", width=390, height=844, has_touch=True)
    page.wait_for_selector("main a")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    links = page.locator("main .files a, main tbody a, main > p > .btn")
    heights = links.evaluate_all("(all) => all.map((one) => one.getBoundingClientRect().height)")
    assert len(heights) >= 4
    assert min(heights) >= 44


@pytest.mark.parametrize(("lang", "theme"), [("zh", "light"), ("en", "dark")])
def test_pages_have_no_violation(atlas: Atlas, open_page: OpenPage, lang: str, theme: str) -> None:
    for address in ("/sensitivity?", f"/sensitivity?feature={ISLAND}&"):
        page = open_page(f"{atlas.url}{address}lang={lang}")
        page.evaluate("(theme) => { document.documentElement.dataset.theme = theme }", theme)
        assert violations(page, impacts=("moderate", *GRAVE)) == [], address
