"""The check of every site in a real browser: filter, sorting by key, reasons, both languages, phone, dark, paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests import sitedata
from tests.axe import GRAVE, violations
from tests.running import Atlas, running_atlas

OpenPage = Callable[..., Page]
_ROWS = "'#layer-table tbody tr[data-feature]'"


@pytest.fixture(scope="module")
def toy_atlas(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Atlas]:
    """The app over sites of every kind."""
    folder = tmp_path_factory.mktemp("conflicts")
    (folder / "store").mkdir()
    with running_atlas(sitedata.write_sites(folder / "data"), folder / "store") as running:
        yield running


def shown(page: Page) -> list[str]:
    """The ids of the rows that stand in the table now, from the top."""
    found: list[str] = page.evaluate(
        f"() => [...document.querySelectorAll({_ROWS})].filter((row) => row.offsetParent !== null)"
        ".map((row) => row.dataset.feature)"
    )
    return found


def ready(page: Page) -> Page:
    page.wait_for_selector(".sorter")
    return page


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_filter_leaves_the_rows_that_hold_the_text(toy_atlas: Atlas, open_page: OpenPage, lang: str) -> None:
    page = ready(open_page(f"{toy_atlas.url}/conflicts?lang={lang}"))
    assert set(shown(page)) == set(sitedata.REASONS)
    page.locator("#table-filter").fill("places:across")
    assert set(shown(page)) == {name for name, why in sitedata.REASONS.items() if why == "words"}
    assert "filter=places" in page.url
    page.keyboard.press("Escape")
    assert len(shown(page)) == len(sitedata.REASONS)


def test_table_sorts_by_key_and_the_order_stands_in_the_address(toy_atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{toy_atlas.url}/conflicts?lang=en"))
    reasons = list(dict.fromkeys(("symbol", "point", "line", "words", "nowhere")))
    for direction in ("ascending", "descending"):
        page.locator("th[data-column=why] .sorter").focus()
        page.keyboard.press("Enter")
        assert page.locator("th[data-column=why]").get_attribute("aria-sort") == direction
        found = [sitedata.REASONS[name] for name in shown(page)]
        assert list(dict.fromkeys(found)) == (reasons if direction == "ascending" else reasons[::-1])
    again = ready(open_page(page.url))
    assert shown(again) == shown(page)


def test_reason_is_reached_by_key_and_keeps_the_language(toy_atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{toy_atlas.url}/conflicts?lang=en"))
    page.locator("#tally-not [data-count=nowhere] a").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**why=nowhere**")
    ready(page)
    assert set(shown(page)) == {name for name, why in sitedata.REASONS.items() if why == "nowhere"}
    assert page.locator("html").get_attribute("lang") == "en"
    page.locator("#show-all").click()
    page.wait_for_url(lambda url: "why=" not in url)
    assert set(shown(ready(page))) == set(sitedata.REASONS)


def test_chip_of_a_rule_tells_where_it_stands(toy_atlas: Atlas, open_page: OpenPage) -> None:
    page = open_page(f"{toy_atlas.url}/conflicts?lang=en")
    card = page.locator("[data-site='sites:factory']")
    rule = card.locator("[data-rule-verdict=conflict]")
    assert "100% of the site lies in this zone" in rule.inner_text()
    rule.locator("button.chip").click()
    told = rule.locator(".told")
    told.wait_for(state="visible")
    assert "S0" in told.inner_text()
    assert "part 1" in told.inner_text()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_phone_shows_all_without_sideways_scrolling(atlas: Atlas, open_page: OpenPage, lang: str) -> None:
    page = ready(open_page(f"{atlas.url}/conflicts?lang={lang}", width=390, height=844, has_touch=True))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    links = page.locator("main .tally a, main .card-title a, main .card-links a, main tbody a, main .files a")
    sizes = links.evaluate_all(
        "(all) => all.filter((one) => one.offsetParent !== null).map((one) => one.getBoundingClientRect().height)"
    )
    assert len(sizes) > 20
    assert min(sizes) >= 44


@pytest.mark.parametrize(("lang", "theme"), [("zh", "light"), ("en", "dark")])
def test_page_has_no_violation(toy_atlas: Atlas, open_page: OpenPage, lang: str, theme: str) -> None:
    page = ready(open_page(f"{toy_atlas.url}/conflicts?lang={lang}"))
    page.evaluate("(theme) => { document.documentElement.dataset.theme = theme }", theme)
    for width, height in ((1440, 900), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        assert violations(page, impacts=("moderate", *GRAVE)) == [], f"{width} x {height}"
