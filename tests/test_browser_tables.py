"""A layer's table in a browser: sorting, filtering, folding, copying, and the ways between row and card."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.running import Atlas, running_atlas

OpenPage = Callable[..., Page]
HOSTILE = "=1+1<img src=x onerror=alert(1)>{{ 7*191 }}"
_PARTS = "'#layer-table tbody tr[data-feature]'"


def ready(page: Page) -> Page:
    page.wait_for_selector(".sorter")
    return page


def features(page: Page, layer: str) -> list[dict[str, Any]]:
    url = page.evaluate("() => location.origin")
    found: list[dict[str, Any]] = page.request.get(f"{url}/api/layers/{layer}").json()["features"]
    return found


def shown(page: Page) -> list[str]:
    """The ids of the rows that stand in the table now, from the top."""
    found: list[str] = page.evaluate(
        f"() => [...document.querySelectorAll({_PARTS})].filter((row) => row.offsetParent !== null)"
        ".map((row) => row.dataset.feature)"
    )
    return found


def sorter(page: Page, column: str) -> Any:
    return page.locator(f"th[data-column='{column}'] .sorter")


def test_table_sorts_figures_both_ways_with_the_unknown_last(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/layers/sites?lang=en"))
    rows = features(page, "sites")
    areas = {row["id"]: row["stated_area"]["area_m2"] for row in rows if row["stated_area"]}
    unknown = [row["id"] for row in rows if row["id"] not in areas]
    assert len(areas) > 3
    assert unknown
    for direction, sign in (("ascending", 1), ("descending", -1)):
        sorter(page, "stated").focus()
        page.keyboard.press("Enter")
        assert page.locator("th[data-column='stated']").get_attribute("aria-sort") == direction
        assert shown(page) == [*sorted(areas, key=lambda one: sign * areas[one]), *unknown]
    sorter(page, "name").click()
    states = page.locator("th[aria-sort]:not([aria-sort='none'])").evaluate_all(
        "(all) => all.map((one) => one.innerText)"
    )
    assert [state.strip() for state in states] == ["Name"]


def test_table_sorts_every_column_without_losing_a_row(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/layers/metro?lang=zh"))
    page.locator("#table-more").click()
    everything = sorted(shown(page))
    for button in page.locator(".sorter").all():
        button.click()
        assert sorted(shown(page)) == everything
    assert len(everything) == len(features(page, "metro"))


@pytest.mark.parametrize("typed", ["S1", "s1", "Ｓ１"])
def test_table_filter_matches_any_cell_and_says_how_many(atlas: Atlas, open_page: OpenPage, typed: str) -> None:
    page = ready(open_page(f"{atlas.url}/layers/sites?lang=en"))
    rows = page.evaluate(
        f"() => [...document.querySelectorAll({_PARTS})]"
        ".map((row) => [row.dataset.feature, [...row.cells].map((cell) => cell.textContent)])"
    )
    wanted = unicodedata.normalize("NFKC", typed).lower()
    expected = [row for row, cells in rows if any(wanted in cell.lower() for cell in cells)]
    assert 0 < len(expected) < len(rows)
    page.locator("#table-filter").fill(typed)
    assert shown(page) == expected
    assert page.locator("#table-count").inner_text() == f"{len(expected)} of {len(rows)} rows"
    assert page.locator("#table-count").get_attribute("role") == "status"
    page.keyboard.press("Escape")
    assert len(shown(page)) == len(rows)


def test_table_filter_finds_figures_without_their_marks_and_says_when_nothing_fits(
    atlas: Atlas, open_page: OpenPage
) -> None:
    page = ready(open_page(f"{atlas.url}/layers/sites?lang=zh"))
    page.locator("#table-filter").fill("4000 亩")
    assert "sites:yaohu_airport" in shown(page)
    page.locator("#table-filter").fill("<b>nothing</b>")
    assert shown(page) == []
    assert "<b>nothing</b>" in page.locator("#no-row").inner_text()


def test_row_leads_to_the_map_and_the_card_back_to_the_row(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/layers/places?extent=2013&reading=annulus&lang=en"))
    page.locator("tbody .to-map a").last.click()
    page.wait_for_selector("body[data-ready=true]")
    page.wait_for_selector("#card-table")
    chosen = page.evaluate("() => new URLSearchParams(location.search).get('sel')")
    assert "extent=2013" in page.url
    assert "reading=annulus" in page.url
    page.locator("#card-table").click()
    ready(page)
    assert page.url.endswith(f"extent=2013&reading=annulus&lang=en#{chosen.split(':')[1]}")
    target = page.locator("tr:target")
    assert target.get_attribute("data-feature") == chosen
    colours = page.evaluate(
        "() => [document.querySelector('tr:target th'), document.querySelector('tr[data-feature]:not(:target) th')]"
        ".map((one) => getComputedStyle(one).backgroundColor)"
    )
    assert colours[0] != colours[1]
    page.wait_for_function(
        "() => { const box = document.querySelector('tr:target').getBoundingClientRect();"
        " return box.top >= 0 && box.bottom <= innerHeight }"
    )


def test_layer_row_leads_to_its_table(atlas: Atlas, open_page: OpenPage) -> None:
    page = open_page(f"{atlas.url}/?lang=en")
    page.wait_for_selector("body[data-ready=true]")
    page.locator("[data-row=parks]").click()
    page.locator("[data-table-link=parks]").click()
    ready(page)
    assert len(shown(page)) == len(features(page, "parks"))


def test_table_copies_what_is_shown_as_tab_separated_text(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/layers/water?lang=en", permissions=["clipboard-read", "clipboard-write"]))
    page.locator("#table-copy").click()
    page.wait_for_function("() => document.getElementById('table-count').textContent.includes('copied')")
    lines = [line.split("\t") for line in page.evaluate("() => navigator.clipboard.readText()").split("\n")]
    rows = features(page, "water")
    assert [line[0] for line in lines] == ["Name", *(row["name_en"] for row in rows)]
    assert len({len(line) for line in lines}) == 1
    assert "Map" not in lines[0]
    assert lines[0].index("Area") == lines[0].index("Data year") + 1
    page.locator("#table-more").click()
    page.locator("#table-copy").click()
    page.wait_for_function(
        "async (count) => (await navigator.clipboard.readText()).split('\\n')[0].split('\\t').length > count",
        arg=len(lines[0]),
    )


def test_table_without_script_is_whole(atlas: Atlas, open_page: OpenPage) -> None:
    page = open_page(f"{atlas.url}/layers/places?lang=en", java_script_enabled=False)
    assert page.locator(".sorter").count() == 0
    assert page.locator("#table-filter").is_hidden()
    heads = page.locator("#layer-table thead th")
    assert heads.count() > 15
    assert all(head.is_visible() for head in heads.all())
    assert page.locator("tr[data-feature]").count() == 7


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_phone_table_scrolls_in_its_box_and_keeps_its_first_column(
    atlas: Atlas, open_page: OpenPage, lang: str
) -> None:
    page = ready(open_page(f"{atlas.url}/layers/sites?lang={lang}", width=390, height=844))
    for path in ("/layers/sites", "/layers/rings", "/layers/extent_2025", "/sources"):
        page.goto(f"{atlas.url}{path}?lang={lang}")
        assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth"), path
    page.goto(f"{atlas.url}/layers/sites?lang={lang}")
    ready(page)
    page.locator("#table-more").click()
    moved = page.evaluate(
        "() => { const box = document.querySelector('.table-box'); const first = box.querySelector('tbody th');"
        " const before = first.getBoundingClientRect().left; box.scrollLeft = 500;"
        " return [box.scrollLeft, first.getBoundingClientRect().left - before] }"
    )
    assert moved == [500, 0]
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    for target in page.locator("#table-filter, .table-tools .btn, th[data-column='name'] .sorter, .to-map a").all():
        box = target.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44


def test_table_hostile_text_stays_text_and_is_no_formula(data_copy: Path, tmp_path: Path, open_page: OpenPage) -> None:
    path = data_copy / "layers" / "sites.geojson"
    collection = json.loads(path.read_text(encoding="utf-8"))
    for feature in collection["features"]:
        feature["properties"] |= dict.fromkeys(("name_zh", "name_en", "note_zh", "note_en", HOSTILE), HOSTILE)
    path.write_text(json.dumps(collection), encoding="utf-8")
    store = tmp_path / "store"
    store.mkdir()
    with running_atlas(data_copy, store) as atlas:
        page = open_page(f"{atlas.url}/layers/sites?lang=en", permissions=["clipboard-read", "clipboard-write"])
        ready(page)
        page.locator("#table-more").click()
        sorter(page, "name").click()
        page.locator("#table-filter").fill("<img")
        assert len(shown(page)) == len(collection["features"])
        assert page.locator("img[src=x]").count() == 0
        page.locator("#table-copy").click()
        page.wait_for_function("() => document.getElementById('table-count').textContent.includes('copied')")
        lines = page.evaluate("() => navigator.clipboard.readText()").split("\n")
        assert [line.split("\t")[0] for line in lines[1:]] == [f"'{HOSTILE}"] * len(collection["features"])
        page.goto(f"{atlas.url}/sources?lang=en")
        assert page.locator("img[src=x]").count() == 0
        assert "1337" not in page.locator("body").inner_text()


def test_address_holds_the_view_and_brings_it_back(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/layers/sites?lang=en&extent=2013"))
    steps = page.evaluate("() => history.length")
    sorter(page, "stated").click()
    sorter(page, "stated").click()
    page.locator("#table-filter").fill("S2")
    order = shown(page)
    assert page.url.endswith("?lang=en&extent=2013&sort=-stated&filter=S2")
    assert page.evaluate("() => history.length") == steps, "typing made steps of history"
    said = page.locator("#table-count").inner_text()
    assert said == f"{len(order)} of 23 rows, by Stated area, descending"
    again = ready(open_page(page.url))
    assert shown(again) == order
    assert again.locator("th[aria-sort]").evaluate_all("(all) => all.map((one) => one.dataset.column)") == ["stated"]
    assert again.locator("th[data-column=stated]").get_attribute("aria-sort") == "descending"
    assert again.locator("#table-count").inner_text() == said
    again.locator("#table-filter").fill("")
    assert again.url.endswith("?lang=en&extent=2013&sort=-stated")


def test_address_column_that_is_folded_is_unfolded(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/layers/parks?lang=en&sort=lonlat"))
    assert page.locator("th[data-column=lonlat]").is_visible()
    west = [row["centre"][0] for row in features(page, "parks") if row["centre"]]
    first = page.locator("tr[data-feature]").first.locator("td.col-lonlat").inner_text()
    assert float(first.split(",")[0]) == pytest.approx(min(west), abs=1e-6)


@pytest.mark.parametrize(
    "words", ["sort=nothing", "sort=-", "sort=%3Cimg%3E", "columns=none", "filter=", "sort=-__proto__"]
)
def test_address_unknown_words_of_a_view_are_ignored(atlas: Atlas, open_page: OpenPage, words: str) -> None:
    page = ready(open_page(f"{atlas.url}/layers/places?lang=en&{words}"))
    assert shown(page) == [row["id"] for row in features(page, "places")]
    assert page.locator("th[aria-sort]").count() == 0
    assert page.url.endswith("/layers/places?lang=en")


def test_other_language_keeps_the_view_and_the_row(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/layers/sites?lang=en&sort=-stated&filter=S2#aviation_science_city"))
    order = shown(page)
    assert "sites:aviation_science_city" in order
    page.locator("#lang-other").click()
    page.wait_for_selector("html[lang=zh-CN]")
    ready(page)
    assert shown(page) == order
    assert page.locator("#table-filter").input_value() == "S2"
    assert page.locator("tr:target").get_attribute("data-feature") == "sites:aviation_science_city"
    page.locator(".views a").first.click()
    page.wait_for_url("**extent=2013**")
    assert shown(ready(page)) == order


def test_back_from_the_map_is_the_row_in_the_same_view(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/layers/sites?lang=en&sort=-stated"))
    order = shown(page)
    row = page.locator("tr[data-feature]").nth(len(order) - 2)
    chosen = row.get_attribute("data-feature")
    row.locator(".to-map a").click()
    page.wait_for_selector("body[data-ready=true]")
    page.go_back()
    ready(page)
    assert shown(page) == order
    assert page.locator("tr:target").get_attribute("data-feature") == chosen
    page.wait_for_function(
        "() => { const box = document.querySelector('tr:target').getBoundingClientRect();"
        " return box.top >= 0 && box.bottom <= innerHeight }"
    )


def test_short_words_stand_on_one_line(atlas: Atlas, open_page: OpenPage) -> None:
    for layer in ("water", "parks", "places", "sites"):
        page = ready(open_page(f"{atlas.url}/layers/{layer}?lang=zh"))
        heights = page.locator("td:is(.col-source, .col-basis, .col-status, .col-year)").evaluate_all(
            "(all) => all.filter((one) => one.textContent.trim()).map((one) => { const range = document.createRange();"
            " range.selectNodeContents(one); return range.getBoundingClientRect().height })"
        )
        assert 0 < max(heights) < 30, layer
