"""Themes on the map: what each switches on, says and cites; by key, by finger and from the address."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.axe import GRAVE, violations
from tests.running import Atlas, running_atlas
from tests.toy import write_toy

OpenPage = Callable[..., Page]
ROOT = Path(__file__).parent.parent
RINGS = ("ring_1", "ring_2", "ring_3", "ring_4")
PHONE = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}
THEMES: list[dict[str, Any]] = json.loads((ROOT / "data/themes.json").read_text("utf-8"))["themes"]


def ready(page: Page) -> Page:
    page.wait_for_selector("body[data-ready=true]")
    return page


def spelt(layers: Iterable[str]) -> list[str]:
    """Ids of layers with each ring by its own name."""
    return [one for layer in layers for one in (RINGS if layer == "rings" else (layer,))]


def switches_on(page: Page) -> set[str]:
    return set(page.eval_on_selector_all("[data-switch]:checked", "all => all.map((one) => one.dataset.switch)"))


def drawn(page: Page) -> set[str]:
    """The layers and rings of which a shape stands on the map."""
    ids = page.eval_on_selector_all("#atlas-map path[data-feature]", "all => all.map((one) => one.dataset.feature)")
    return {one.split(":")[1] if one.startswith("rings:") else one.split(":")[0] for one in ids}


def wait_for_theme(page: Page, theme: str) -> None:
    page.wait_for_selector(f"[data-told={theme}]:visible [data-legend-row]")


def wait_until_drawn(page: Page, theme: dict[str, Any]) -> None:
    """Until the water of a theme stands on the map and nothing that it does not name does; else the test fails."""
    for _ in range(100):
        found = drawn(page) - {"labels"}
        if "water" in found and found <= set(spelt(theme["layers"])):
            return
        page.wait_for_timeout(100)
    assert sorted(found) == sorted(spelt(theme["layers"]))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_theme_shows_its_layers_words_legend_and_sources_and_its_address_the_same(
    atlas: Atlas, open_page: OpenPage, lang: str
) -> None:
    page = ready(open_page(f"{atlas.url}/?lang={lang}"))
    for number, theme in enumerate(THEMES, 1):
        page.keyboard.press(str(number))
        wait_for_theme(page, theme["id"])
        assert page.locator(".themes-grid [aria-pressed=true]").inner_text() == theme[f"name_{lang}"]
        assert switches_on(page) == set(spelt(theme["layers"])), theme["id"]
        told = page.locator(f"[data-told={theme['id']}]")
        plain = re.split(r"\{figure:[^}]*\}", theme[f"sentence_{lang}"])
        said = told.locator(".theme-sentence").inner_text()
        assert all(" ".join(part.split()) in " ".join(said.split()) for part in plain)
        rows = told.locator("[data-legend-row]").evaluate_all("all => all.map((one) => one.dataset.legendRow)")
        assert rows == spelt(theme["legend"])
        cited = told.locator("[data-source]").evaluate_all("all => all.map((one) => one.hash.slice(1))")
        assert cited == theme["sources"]
        assert f"theme={theme['id']}&" in page.url
        assert not re.search(r"[?&](on|off|extent)=", page.url)
        wait_until_drawn(page, theme)
    page.goto(page.url.replace("change_2013_2025", "innovation"))
    ready(page)
    wait_for_theme(page, "innovation")
    assert switches_on(page) == set(spelt(THEMES[4]["layers"]))


def test_what_the_reader_turns_in_a_theme_stands_in_the_address_and_a_second_press_leaves(
    atlas: Atlas, open_page: OpenPage
) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en"))
    before = switches_on(page)
    ecology = page.locator(".themes-grid [data-choose=ecology]")
    ecology.click()
    wait_for_theme(page, "ecology")
    page.locator("[data-switch=parks]").uncheck()
    page.locator("[data-switch=metro]").check()
    assert "on=metro&off=parks" in page.url
    page.reload()
    ready(page)
    assert switches_on(page) == {*spelt(THEMES[1]["layers"]), "metro"} - {"parks"}
    page.go_back()
    page.wait_for_function("() => !location.search.includes('theme=')")
    assert switches_on(page) == before
    ecology.click()
    wait_for_theme(page, "ecology")
    ecology.click()
    page.wait_for_selector("[data-told=ecology]", state="hidden")
    assert ecology.get_attribute("aria-pressed") == "false"
    assert switches_on(page) == before
    assert "theme=" not in page.url


def test_extent_of_the_address_wins_over_that_of_the_theme(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en&theme=ring_plan&extent=2013"))
    wait_for_theme(page, "ring_plan")
    assert page.locator("#extent-switch input[value='2013']").is_checked()
    assert switches_on(page) == {"extent_2013", *spelt(THEMES[0]["layers"])} - {"extent_2025"}


def test_both_extents_of_the_change_are_drawn_with_lines_of_their_own(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en&theme=change_2013_2025"))
    dashes = {
        page.locator(f"#atlas-map path.zone-line[data-feature='extent_{year}:zone']").evaluate(
            "(one) => getComputedStyle(one).strokeDasharray"
        )
        for year in (2013, 2025)
    }
    assert len(dashes) == 2
    assert "the year is in no source" in page.locator("[data-told=change_2013_2025]").inner_text()


def test_unknown_theme_and_step_of_an_address_are_ignored(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en&theme=constructor&tour=9"))
    assert page.locator("[data-choose][aria-pressed=true]").count() == 0
    assert page.locator("#tour").is_hidden()
    assert {"ring_1", "parks", "metro"} <= switches_on(page)


def test_press_on_a_row_of_the_legend_leads_to_the_list_of_layers(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en&theme=aviation_city"))
    page.locator("[data-fold=transport]").click()
    assert page.locator("[data-row=roads]").count() == 0
    page.locator("[data-legend-row=roads]").click()
    assert page.evaluate("() => document.activeElement.dataset.row") == "roads"
    row, panel = (page.locator(one).bounding_box() for one in ("[data-row=roads]", "#layers .panel-scroll"))
    assert row
    assert panel
    assert panel["y"] <= row["y"] <= panel["y"] + panel["height"] - row["height"]


def test_legend_says_from_which_level_a_row_is_drawn_while_the_map_is_further_away(
    atlas: Atlas, open_page: OpenPage
) -> None:
    layers = json.loads((ROOT / "data/catalogue.json").read_text("utf-8"))["layers"]
    least = {layer["id"]: layer["min_zoom"] for layer in layers}
    page = ready(open_page(f"{atlas.url}/?lang=en&theme=industry&view=116.1,28.7,11"))
    wait_for_theme(page, "industry")
    told = "[data-told=industry] [data-legend-row]"
    for level in (11, 14):
        page.evaluate("(level) => window.atlasMap.setZoom(level, { animate: false })", level)
        rows = page.eval_on_selector_all(told, "all => all.map((one) => [one.dataset.legendRow, one.innerText])")
        marked = {row: f"level ≥ {least[row]}" for row, _ in rows if least.get(row, 0) > level}
        assert {row: text.split("\n")[-1].strip() for row, text in rows if "≥" in text} == marked
        assert ("sites" in marked) == (level == 11)


def test_all_layers_go_off_and_come_back_as_they_were(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en&theme=ecology&on=metro"))
    before = switches_on(page)
    button = page.locator("#layers-all")
    button.click()
    assert switches_on(page) == set()
    page.wait_for_function("() => !document.querySelector('#atlas-map path[data-feature]')")
    assert button.inner_text() == "Back on"
    button.click()
    assert switches_on(page) == before
    assert button.inner_text() == "All off"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_themes_by_finger_on_a_phone(atlas: Atlas, open_page: OpenPage, lang: str) -> None:
    page = ready(open_page(f"{atlas.url}/?lang={lang}", **PHONE))
    strip = page.locator(".theme-strip").bounding_box()
    assert strip
    assert (strip["y"], strip["height"]) == (56, 44)
    for button in page.locator(".themes-strip button").all():
        box = button.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44
    page.locator(".themes-strip [data-choose=innovation]").tap()
    page.wait_for_function("() => location.search.includes('theme=innovation')")
    assert page.locator(".themes-strip [aria-pressed=true]").inner_text() == THEMES[4][f"name_{lang}"]
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    page.locator("#tab-layers").tap()
    wait_for_theme(page, "innovation")
    assert switches_on(page) == set(spelt(THEMES[4]["layers"]))
    assert violations(page, impacts=("moderate", *GRAVE)) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_theme_has_no_violation(atlas: Atlas, open_page: OpenPage, scheme: str) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en&theme=change_2013_2025", color_scheme=scheme))
    wait_for_theme(page, "change_2013_2025")
    assert violations(page, impacts=("moderate", *GRAVE)) == []


def test_data_without_themes_and_tour_have_a_map_without_them(open_page: OpenPage, tmp_path: Path) -> None:
    store = tmp_path / "store"
    store.mkdir()
    with running_atlas(write_toy(tmp_path / "data"), store) as own:
        page = ready(open_page(f"{own.url}/?lang=en&theme=ecology&tour=2", **PHONE))
        assert page.locator("#themes, .theme-strip, #tour, [data-tour-open]").count() == 0
        page.locator("#tab-layers").tap()
        page.locator("#layers-all").tap()
        assert switches_on(page) == set()
        assert "tour=" not in page.url
        page.close()
