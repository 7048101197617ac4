"""The page of moved rings in a browser: drag, type, keys; two maps at one view, a seam, the table, the address."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.running import Atlas

OpenPage = Callable[..., Page]
RINGS = "300,1200,3500"


def start(open_page: OpenPage, atlas: Atlas, words: str = "", **options: object) -> Page:
    page = open_page(f"{atlas.url}/whatif?lang=en{words}", **options)
    page.wait_for_selector("body[data-ready=true]")
    return page


def wait_right(page: Page, act: Callable[[], object]) -> None:
    """Do something that moves a ring, and wait for the answer."""
    act()
    page.wait_for_timeout(50)
    page.wait_for_selector("body[data-ready=true]")


def areas(page: Page, side: str) -> dict[str, float]:
    """The areas of the table in m2 by zone."""
    cells = page.locator(f"#delta-rows [data-{side}]")
    return {
        str(cell.evaluate("(td) => td.parentElement.dataset.zone")): float(cell.get_attribute(f"data-{side}") or "nan")
        for cell in cells.all()
    }


def asked(page: Page, atlas: Atlas, rings: str, extent: str = "2025") -> dict[str, float]:
    """The areas of the rings as the layer says them, which is worked out on another way than the table."""
    found = page.request.get(f"{atlas.url}/api/layers/rings/features?rings={rings}&extent={extent}").json()
    return {one["id"].split(":")[1]: one["properties"]["area_m2"] for one in found["features"]}


def test_typed_and_dragged_rings_are_followed(open_page: OpenPage, atlas: Atlas) -> None:
    page = start(open_page, atlas)
    base = areas(page, "left")
    assert areas(page, "right") == base
    field = page.locator("#number-1")
    field.fill("1200")
    wait_right(page, lambda: field.press("Enter"))
    moved = areas(page, "right")
    assert moved == pytest.approx({**base, **asked(page, atlas, "500,1200,3000")}, abs=0.02)
    assert {zone for zone in base if moved[zone] != pytest.approx(base[zone], abs=0.02)} == {"ring_2", "ring_3"}
    assert sum(moved.values()) == pytest.approx(sum(base.values()), rel=1e-6)
    assert areas(page, "left") == base
    assert "rings=500,1200,3000" in page.url
    expect(page.locator("#delta-1")).to_contain_text("300 m")
    expect(page.locator("#half-right .ghost-line")).not_to_have_count(0)

    slider = page.locator("#rings-0")
    slider.focus()
    wait_right(page, lambda: page.keyboard.press("ArrowLeft"))
    assert page.input_value("#number-0") == "490"
    wait_right(page, lambda: page.keyboard.press("PageDown"))
    assert page.input_value("#number-0") == "390"
    box = slider.bounding_box() or {}
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.45, box["y"] + box["height"] / 2, steps=6)
    wait_right(page, page.mouse.up)
    rings = ",".join(page.input_value(f"#number-{i}") for i in range(3))
    assert areas(page, "right")["ring_1"] == pytest.approx(asked(page, atlas, rings)["ring_1"], abs=0.02)

    wait_right(page, lambda: page.click("#reset"))
    assert areas(page, "right") == base
    assert "rings=" not in page.url


def test_places_are_counted_by_ring(open_page: OpenPage, atlas: Atlas) -> None:
    page = start(open_page, atlas, f"&rings={RINGS}")
    layers = page.request.get(f"{atlas.url}/api/layers").json()["layers"]
    for side, words in enumerate(("", f"?rings={RINGS}")):
        homes: dict[str, int] = {}
        for layer in layers:
            found = page.request.get(f"{atlas.url}/api/layers/{layer['id']}/features{words}").json()["features"]
            for home in (one["properties"]["home_zone"] for one in found):
                homes[home] = homes.get(home, 0) + 1
        for cell in page.locator("[data-places]").all():
            zone = str(cell.evaluate("(td) => td.parentElement.dataset.zone"))
            shown = (cell.get_attribute("data-places") or "").split(",")[side]
            assert int(shown) == homes.get(zone, 0), (zone, words)


def test_rings_do_not_cross(open_page: OpenPage, atlas: Atlas) -> None:
    page = start(open_page, atlas)
    field = page.locator("#number-0")
    field.fill("1600")
    wait_right(page, lambda: field.press("Enter"))
    assert page.input_value("#number-0") == "1490"
    expect(page.locator("#fault-0")).to_contain_text("may not cross")
    field.fill("far")
    field.press("Enter")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#fault-0")).to_contain_text("whole metres")


def test_the_address_brings_both_sides_back(open_page: OpenPage, atlas: Atlas) -> None:
    page = start(open_page, atlas, f"&rings={RINGS}&left=400,1400,2800&extent=2013&left_extent=2025&mode=swipe")
    left, right = areas(page, "left"), areas(page, "right")
    assert {zone: right[zone] for zone in ("ring_1", "ring_2", "ring_3", "ring_4")} == pytest.approx(
        asked(page, atlas, RINGS, "2013"), abs=0.02
    )
    assert {zone: left[zone] for zone in ("ring_1", "ring_2", "ring_3", "ring_4")} == pytest.approx(
        asked(page, atlas, "400,1400,2800"), abs=0.02
    )
    again = open_page(page.url)
    again.wait_for_selector("body[data-ready=true]")
    assert (areas(again, "left"), areas(again, "right")) == (left, right)
    expect(again.locator("#swipe")).to_be_visible()
    cut = again.locator("#half-right").evaluate("(node) => node.style.clipPath")
    again.locator("#swipe").focus()
    again.keyboard.press("ArrowLeft")
    assert again.locator("#half-right").evaluate("(node) => node.style.clipPath") != cut
    other = again.locator("#lang-other").evaluate("(a) => a.href")
    assert "left=400,1400,2800" in other
    assert "lang=zh" in other


def test_both_maps_look_at_one_place(open_page: OpenPage, atlas: Atlas) -> None:
    page = start(open_page, atlas, f"&rings={RINGS}")
    frames = [page.locator(f"#{name}").bounding_box() or {} for name in ("atlas-map", "scenario-map")]
    for name in ("#atlas-map", "#scenario-map"):
        page.locator(name).focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(500)
    paths = [
        page.locator(f"#{name} path.water-fill").first.bounding_box() or {} for name in ("atlas-map", "scenario-map")
    ]
    gaps = [(path["x"] - frame["x"], path["y"] - frame["y"]) for path, frame in zip(paths, frames, strict=True)]
    assert gaps[0] == pytest.approx(gaps[1], abs=2)
    page.click("#zoom-in")
    page.wait_for_timeout(300)
    page.click("#keep-left")
    page.wait_for_selector("#toast:not(:empty)")
    page.wait_for_selector("body[data-ready=true]")
    expect(page.locator("#left-rings")).to_contain_text("300 / 1,200 / 3,500 m")
    page.go_back()
    expect(page.locator("#left-rings")).to_contain_text("500 / 1,500 / 3,000 m")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_phone_shows_one_map_above_the_other(open_page: OpenPage, atlas: Atlas, lang: str) -> None:
    page = open_page(f"{atlas.url}/whatif?lang={lang}&rings={RINGS}", width=390, height=844, has_touch=True)
    page.wait_for_selector("body[data-ready=true]")
    upper = page.locator("#half-left").bounding_box() or {}
    lower = page.locator("#half-right").bounding_box() or {}
    assert lower["y"] >= upper["y"] + upper["height"]
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    page.tap("#reset")
    expect(page.locator("#number-0")).to_have_value("500")
    assert page.locator("html").get_attribute("lang") == {"zh": "zh-CN", "en": "en"}[lang]


def test_two_years_are_counted_beside_each_other(open_page: OpenPage, atlas: Atlas) -> None:
    page = start(open_page, atlas, "&year=2023&left_year=2015")
    for side, cell, year in (("left", 1, "2015"), ("right", 2, "2023")):
        counts = page.request.get(f"{atlas.url}/api/timeline?year={year}").json()["counts"]["zone"]
        shown = {
            str(row.get_attribute("data-stage")): int(row.locator("td").nth(cell - 1).inner_text())
            for row in page.locator("[data-stage]").all()
        }
        assert shown == counts, side
    page.select_option("#left-year", "")
    page.select_option("#right-year", "")
    expect(page.locator("#year-rows")).to_be_hidden()
    assert "year=" not in page.url
