"""The guided tour: by keyboard through all steps in both languages, back, closed again, by finger, in print."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from playwright.sync_api import Page
from shapely.geometry import box, shape

from tests.axe import GRAVE, violations
from tests.running import ROOT, Atlas
from tests.test_browser_themes import PHONE, THEMES, ready, spelt, switches_on

OpenPage = Callable[..., Page]
STEPS: list[dict[str, Any]] = json.loads((ROOT / "data/tour.json").read_text("utf-8"))["steps"]
LAYERS = {theme["id"]: theme["layers"] for theme in THEMES}
PANEL = "#tour"
SLACK_DEG = 0.002  # the map rounds to pixels


def layers_of(step: dict[str, Any]) -> set[str]:
    return set(spelt(step["layers"] if "layers" in step else LAYERS[step["theme"]]))


@cache
def outline(feature: str, url: str, page: Page) -> Any:
    """The outline of what a step looks at, from the data as the API gives them."""
    name = "extent_2025:zone" if feature == "zone" else feature
    features = page.request.get(f"{url}/api/layers/{name.split(':')[0]}/features").json()["features"]
    return shape(next(one["geometry"] for one in features if one["id"] == name))


def free_ground(page: Page) -> Any:
    """The part of the map, in degrees, that neither card nor sheet covers."""
    return box(
        *page.evaluate(
            """() => {
              const map = window.atlasMap;
              const here = map.getContainer().getBoundingClientRect();
              const card = document.getElementById('card').getBoundingClientRect();
              const isBeside = card.width && card.top < here.top + 10;
              const a = map.containerPointToLatLng([0, 0]);
              const right = isBeside ? Math.min(here.right, card.left) - here.left : here.width;
              const b = map.containerPointToLatLng([right, here.height]);
              return [a.lng, b.lat, b.lng, a.lat];
            }"""
        )
    )


@cache
def figure_texts(lang: str, url: str, page: Page) -> dict[str, str]:
    """The figures of the ledger by id, as /api/figures words them."""
    return {one["id"]: one[f"text_{lang}"] for one in page.request.get(f"{url}/api/figures").json()["figures"]}


def told(step: dict[str, Any], lang: str, url: str, page: Page) -> str:
    """The words of a step with its figures put in."""
    texts = figure_texts(lang, url, page)
    return re.sub(r"\{figure:([^}]*)\}", lambda match: texts[match[1]], step[f"text_{lang}"])


def even(text: str) -> str:
    """A text with plain single spaces: figures have thin ones."""
    return " ".join(text.split())


def wait_for_step(page: Page, number: int) -> None:
    page.wait_for_selector(f"#tour-step-{number}:visible")
    page.wait_for_function("(id) => document.activeElement.id === id", arg=f"tour-step-{number}")
    ready(page)


def check_step(page: Page, number: int, lang: str, url: str) -> None:
    step = STEPS[number - 1]
    article = page.locator(f"[data-step='{number}']")
    assert page.locator("#tour [data-step]:visible").count() == 1
    assert article.locator("h3").inner_text() == step[f"title_{lang}"]
    assert even(article.locator("p").inner_text()) == even(told(step, lang, url, page))
    cited = article.locator("[data-source]").evaluate_all("all => all.map((one) => one.hash.slice(1))")
    assert cited == step["sources"]
    assert switches_on(page) == layers_of(step), step["id"]
    assert free_ground(page).buffer(SLACK_DEG).contains(outline(step["view"], url, page)), step["id"]
    assert f"tour={number}&" in page.url
    if "select" in step:
        page.wait_for_function("(id) => document.getElementById('card').dataset.selection === id", arg=step["select"])
    else:
        assert page.locator("#card").is_hidden()
    count = page.locator("#tour-count").inner_text()
    assert re.findall(r"\d+", count) == [str(number), str(len(STEPS))]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_tour_by_keyboard_through_all_steps_back_and_closed(atlas: Atlas, open_page: OpenPage, lang: str) -> None:
    page = ready(open_page(f"{atlas.url}/?lang={lang}&theme=innovation&off=metro&view=116.05,28.70,13"))
    before, address = switches_on(page), page.url
    centre = page.evaluate("() => [window.atlasMap.getCenter().lng, window.atlasMap.getCenter().lat]")
    opener = page.locator("[data-tour-open]:visible")
    opener.focus()
    page.keyboard.press("Enter")
    for number in range(1, len(STEPS) + 1):
        wait_for_step(page, number)
        check_step(page, number, lang, atlas.url)
        if number % 2:
            page.keyboard.press("ArrowRight")
        elif number < len(STEPS):
            page.locator("#tour-next").focus()
            page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")  # no further
    page.keyboard.press("ArrowLeft")
    wait_for_step(page, len(STEPS) - 1)
    check_step(page, len(STEPS) - 1, lang, atlas.url)
    page.keyboard.press("Escape")
    page.wait_for_selector(PANEL, state="hidden")
    assert page.evaluate("() => document.activeElement.hasAttribute('data-tour-open')")
    assert page.locator("#card").is_hidden()
    assert switches_on(page) == before
    after = page.evaluate("() => [window.atlasMap.getCenter().lng, window.atlasMap.getCenter().lat]")
    assert after == pytest.approx(centre, abs=1e-4)
    page.wait_for_function("() => !location.search.includes('tour=')")
    kept = [re.search(rf"[?&]{word}=([^&]*)", url) for url in (page.url, address) for word in ("theme", "off")]
    assert [one and one[1] for one in kept] == ["innovation", "metro"] * 2


def test_back_of_the_browser_goes_through_the_steps_and_out(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en"))
    before = switches_on(page)
    page.locator("[data-tour-open]:visible").click()
    wait_for_step(page, 1)
    for number in (2, 3):
        page.locator("#tour-next").click()
        wait_for_step(page, number)
    page.go_back()
    page.wait_for_selector("#tour-step-2:visible")
    check_step(page, 2, "en", atlas.url)
    page.go_back()
    page.wait_for_selector("#tour-step-1:visible")
    check_step(page, 1, "en", atlas.url)
    page.go_back()
    page.wait_for_selector(PANEL, state="hidden")
    assert switches_on(page) == before
    page.go_forward()
    page.wait_for_selector("#tour-step-1:visible")


def test_address_of_a_step_opens_it_and_its_end_gives_the_plain_map(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en&tour=8"))
    step = STEPS[7]
    assert page.locator("#tour-step-8").inner_text() == step["title_en"]
    assert switches_on(page) == layers_of(step)
    assert free_ground(page).buffer(SLACK_DEG).contains(outline(step["view"], atlas.url, page))
    assert page.locator("#card").get_attribute("data-selection") == step["select"]
    page.locator("#tour-next").click()
    page.wait_for_selector(PANEL, state="hidden")
    plain = ready(open_page(f"{atlas.url}/?lang=en"))
    assert switches_on(page) == switches_on(plain)
    assert "tour=" not in page.url


def test_theme_that_is_chosen_in_the_tour_ends_it(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en&tour=1"))
    assert page.locator(".themes-grid [aria-pressed=true]").inner_text() == "Change"  # the step shows this theme
    page.locator(".themes-grid [data-choose=ecology]").click()
    page.wait_for_selector(PANEL, state="hidden")
    assert switches_on(page) == set(spelt(LAYERS["ecology"]))


def test_focus_in_the_panel_is_given_back_when_a_theme_takes_it_away(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en"))
    way = page.locator("#themes [data-tour-open]")
    way.click()
    assert page.evaluate("() => document.activeElement.id") == "tour-step-1"
    page.keyboard.press("2")
    page.wait_for_selector(PANEL, state="hidden")
    assert way.evaluate("(way) => way === document.activeElement")


@pytest.mark.parametrize("width", [1440, 1190, 768])
def test_panel_hides_neither_tools_nor_title_block(atlas: Atlas, open_page: OpenPage, width: int) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en&tour=4", width=width, height=800))
    page.wait_for_selector("#card-body .sec")
    panel = page.locator(PANEL).bounding_box()
    assert panel
    for other in ("#map-tools", "#measure-tools", "#title-block", "#card"):
        found = page.locator(other)
        here = found.bounding_box() if found.is_visible() else None
        if here:
            apart = (
                panel["x"] + panel["width"] <= here["x"]
                or here["x"] + here["width"] <= panel["x"]
                or panel["y"] + panel["height"] <= here["y"]
                or here["y"] + here["height"] <= panel["y"]
            )
            assert apart, (width, other)


def test_tour_by_finger_on_a_phone(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en", **PHONE))
    page.locator("[data-tour-open]:visible").tap()
    for number in range(1, len(STEPS) + 1):
        wait_for_step(page, number)
        assert switches_on(page) == layers_of(STEPS[number - 1])
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
        panel = page.locator(PANEL).bounding_box()
        assert panel
        assert panel["y"] >= 300  # the map keeps its place above
        assert page.locator("#card").is_hidden()
        for button in page.locator("#tour button:visible").all():
            here = button.bounding_box()
            assert here
            assert min(here["width"], here["height"]) >= 44
        page.locator("#tour-next").tap()
    page.wait_for_selector(PANEL, state="hidden")
    assert "tour=" not in page.url


@pytest.mark.parametrize("size", [(1440, 900), (768, 1024), (390, 844)])
def test_tour_has_no_violation(atlas: Atlas, open_page: OpenPage, size: tuple[int, int]) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en&tour=4", width=size[0], height=size[1]))
    page.wait_for_selector("#tour-step-4:visible")
    assert violations(page, impacts=("moderate", *GRAVE)) == []


def test_sheet_for_print_has_no_panel(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en&tour=2"))
    assert page.locator(PANEL).is_visible()
    page.evaluate("() => { window.dispatchEvent(new Event('beforeprint')) }")
    assert page.locator(PANEL).is_hidden()
    assert page.locator(".tour-tools").is_hidden()
    page.evaluate("() => { window.dispatchEvent(new Event('afterprint')) }")
    assert page.locator(PANEL).is_visible()
