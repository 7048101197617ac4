"""The page of projects in a real browser: what is clicked stands in the address, and the address brings it back."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from tests.axe import violations
from tests.running import Atlas

OpenPage = Callable[..., Page]
SHOWN = "() => document.querySelector('#results').getAttribute('aria-busy') === null"


def asked(atlas: Atlas, query: str) -> Any:
    with urllib.request.urlopen(f"{atlas.url}/api/projects?{query}", timeout=20) as answer:
        return json.load(answer)


def opened(open_page: OpenPage, atlas: Atlas, query: str, **options: Any) -> Page:
    page = open_page(f"{atlas.url}/projects?{query}", **options)
    page.wait_for_selector("body[data-ready=true]")
    return page


def act(page: Page, do: Callable[[], object], address: str) -> None:
    """Do something and wait until its answer stands in the address."""
    do()
    page.wait_for_url(f"**/projects?{address}")
    page.wait_for_function(SHOWN)


def seen(page: Page) -> dict[str, Any]:
    """What the page shows: rows, sums, boxes, chart and map."""
    return page.evaluate(
        """() => ({
          rows: [...document.querySelectorAll("tr[data-project]")].map((row) => row.id),
          sum: document.querySelector(".lead-figure").textContent.replace(/\\s+/g, " "),
          checked: [...document.querySelectorAll("#filters :checked")].map((box) => box.id),
          typed: ["f-q", "f-year", "f-invest_min"].map((id) => document.getElementById(id).value),
          chart: document.querySelector(".year-bars")?.textContent,
          places: [...document.querySelectorAll(".place-list a")].map((link) => link.textContent.replace(/\\s+/g, " ")),
          chips: [...document.querySelectorAll(".chosen-chip")].map((chip) => chip.textContent),
        })"""
    )


@pytest.fixture
def steps(atlas: Atlas, open_page: OpenPage) -> Callable[..., Page]:
    """A page after a theme, a bound and a month were asked for by hand."""

    def made(lang: str, **options: Any) -> Page:
        page = opened(open_page, atlas, f"lang={lang}", **options)
        act(page, lambda: page.locator("#f-theme-aviation").check(), f"theme=aviation&lang={lang}")
        act(page, lambda: page.locator("#f-year").fill("2021-07"), f"theme=aviation&year=2021-07&lang={lang}")
        act(
            page,
            lambda: page.locator("#f-invest_min").fill("60000"),
            f"theme=aviation&year=2021-07&invest_min=60000&lang={lang}",
        )
        return page

    return made


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_filtered_dated_view_reopens_from_its_address(
    atlas: Atlas, open_page: OpenPage, steps: Callable[..., Page], lang: str
) -> None:
    page = steps(lang)
    before = seen(page)
    expected = asked(atlas, "theme=aviation&year=2021-07&invest_min=60000")
    assert before["rows"] == [one["id"] for one in expected["projects"]]
    assert 0 < len(before["rows"]) < 10
    assert before["checked"] == ["f-stage-under_way", "f-theme-aviation"]
    assert before["typed"] == ["", "2021-07", "60000"]
    again = open_page(page.url)
    again.wait_for_selector("body[data-ready=true]")
    assert seen(again) == before
    assert page.evaluate("document.activeElement.id") == "f-invest_min"  # the field that was typed in keeps the focus
    other = page.locator("#lang-other").get_attribute("href")
    assert other is not None
    assert "theme=aviation&year=2021-07&invest_min=60000" in other
    assert page.locator("#projects-said").inner_text() == page.locator(".lead-figure").inner_text().replace("\n", " ")


def test_back_and_forward_lead_through_the_filters(atlas: Atlas, steps: Callable[..., Page]) -> None:
    page = steps("en")
    last = seen(page)
    page.go_back()
    page.wait_for_function("() => document.querySelector('#f-invest_min').value === ''")
    assert seen(page)["rows"] == [one["id"] for one in asked(atlas, "theme=aviation&year=2021-07")["projects"]]
    page.go_back()
    page.wait_for_function("() => document.querySelector('#f-year').value === ''")
    page.go_back()
    page.wait_for_function("() => document.querySelectorAll('tr[data-project]').length > 200")
    assert page.url.endswith("/projects?lang=en")
    page.go_forward()
    page.go_forward()
    page.go_forward()
    page.wait_for_function("() => document.querySelector('#f-invest_min').value === '60000'")
    page.wait_for_function(SHOWN)
    assert seen(page) == last


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_year_of_the_chart_and_place_of_the_map_filter(atlas: Atlas, open_page: OpenPage, lang: str) -> None:
    page = opened(open_page, atlas, f"lang={lang}")
    bars = page.locator("[data-year]").count()
    act(page, lambda: page.locator("#y-2021").click(), f"year=2021&lang={lang}")
    found = asked(atlas, "year=2021")
    assert page.locator("tr[data-project]").count() == found["count"]
    assert page.locator("[data-year]").count() == bars == 21
    assert page.locator("#y-2021").get_attribute("aria-current") == "true"
    assert page.evaluate("document.activeElement.id") == "y-2021"
    place = "places:aviation_city"
    act(page, lambda: page.locator(f"[id='m-{place}']").press("Enter"), f"at={place}&year=2021&lang={lang}")
    rows = [one["id"] for one in asked(atlas, f"at={place}&year=2021")["projects"]]
    assert seen(page)["rows"] == rows
    assert rows
    act(page, lambda: page.locator("#p-unknown").click(), f"placement=unknown&year=2021&lang={lang}")
    assert seen(page)["rows"] == [one["id"] for one in asked(atlas, "placement=unknown&year=2021")["projects"]]
    act(page, lambda: page.locator("#y-2021").click(), f"placement=unknown&lang={lang}")
    act(page, lambda: page.locator("#clear-all").click(), f"lang={lang}")
    assert page.locator("tr[data-project]").count() == asked(atlas, "")["count"]


def test_row_marks_its_place_and_years_and_the_place_its_rows(atlas: Atlas, open_page: OpenPage) -> None:
    page = opened(open_page, atlas, "lang=en&at=places:aviation_city&source=S2")
    row = page.locator("#s2_020")
    row.hover()
    assert page.locator(".spot .lit").get_attribute("data-place") == "places:aviation_city"
    lit = page.locator(".year.lit").evaluate_all("(all) => all.map((one) => one.dataset.year)")
    assert lit == ["2022", "2023", "2024"]  # as the annex states it
    page.locator("#s2_020 .c-source a").focus()
    assert page.locator(".place-list .lit").count() == 1
    page.locator("[id='m-places:aviation_city']").focus()
    rows = page.locator("tr.lit").evaluate_all("(all) => all.map((one) => one.id)")
    assert rows == seen(page)["rows"]


def test_failed_answer_keeps_the_view_and_says_so(atlas: Atlas, open_page: OpenPage) -> None:
    page = opened(open_page, atlas, "lang=en&theme=food", expected="Failed to load resource")
    before = seen(page)

    def cut(route: Route) -> None:
        route.abort()

    page.route("**/projects?**", cut)
    page.locator("#f-theme-energy").check()
    page.wait_for_selector("#refusal")
    assert seen(page)["rows"] == before["rows"]
    assert page.url.endswith("lang=en&theme=food")
    assert page.locator("#refusal").inner_text() == page.locator("#projects-said").inner_text()
    page.unroute("**/projects?**")
    page.locator("#f-theme-energy").uncheck()
    page.wait_for_selector("#refusal", state="detached")
    page.locator("#f-year").fill("2021-1")  # not yet a month: nothing is asked, and the field says so
    page.locator("#f-year").press("Enter")
    assert page.evaluate("document.activeElement.id") == "f-year"
    assert seen(page)["rows"] == before["rows"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_page_works_without_scripts(atlas: Atlas, open_page: OpenPage, lang: str) -> None:
    page = open_page(f"{atlas.url}/projects?lang={lang}", java_script_enabled=False)
    page.locator("#f-theme-food").check()
    page.locator("#f-theme-energy").check()
    page.locator("#filters-show").click()
    page.wait_for_url(f"**/projects?theme=food,energy&lang={lang}")
    found = asked(atlas, "theme=food,energy")
    assert page.locator("tr[data-project]").count() == found["count"]
    page.locator("#y-2021").click()
    page.wait_for_url("**year=2021**")
    page.locator("#f-stage-done").check()
    page.locator("#filters-show").click()
    page.wait_for_url("**stage=under_way,done**")
    page.locator("#sort-investment").click()
    page.wait_for_url("**sort=investment**")
    expected = asked(atlas, "theme=food,energy&year=2021&stage=under_way,done&sort=investment")
    assert page.locator("tr[data-project]").count() == len(expected["projects"])
    assert page.locator("tr[data-project]").first.get_attribute("id") == expected["projects"][0]["id"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_phone_holds_the_page_and_its_filter(atlas: Atlas, open_page: OpenPage, lang: str) -> None:
    page = opened(open_page, atlas, f"lang={lang}", width=390, height=844, has_touch=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert not page.locator("#filters").is_visible()
    page.locator("#filter-toggle summary").tap()
    act(page, lambda: page.locator("#f-theme-food").tap(), f"theme=food&lang={lang}")
    assert page.locator("#filters").is_visible()  # a choice does not fold it
    assert page.locator("#filter-count").inner_text() == "(1)"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    small = """(all) => all.filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44)
      .map((one) => one.outerHTML)"""
    touched = ".opt, .facet summary, .files .btn, .place-list a, .chosen a, td > a, .sorter, #filter-toggle summary"
    assert page.locator(touched).evaluate_all(small) == []
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_has_no_violation(atlas: Atlas, open_page: OpenPage, scheme: str) -> None:
    page = opened(open_page, atlas, "lang=en&year=2021-07&theme=aviation,software", color_scheme=scheme)
    page.locator("#sum-years").click()
    page.locator("#sum-land").click()
    assert violations(page, impacts=("moderate", "serious", "critical")) == []
