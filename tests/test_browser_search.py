"""The search box in a real browser: what is typed leads to the right card or the right point, by keys or by finger."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route
from pyproj import Geod, Transformer

from tests.running import Atlas
from tests.test_browser_hostile import hostile_atlas  # noqa: F401

OpenPage = Callable[..., Page]
PHONE = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}
LON, LAT = 116.0625, 28.7025  # 116 degrees 3 minutes 45 seconds; 28 degrees 42 minutes 9 seconds
EAST, NORTH = Transformer.from_crs(4490, 4548, always_xy=True).transform(LON, LAT)
EAST_39, NORTH_39 = Transformer.from_crs(4490, 4527, always_xy=True).transform(LON, LAT)
GLOBE = Geod(ellps="GRS80")
FIELD = "#search-field"


def ready(page: Page) -> Page:
    page.wait_for_selector("body[data-ready=true]")
    return page


def asked(page: Page, text: str) -> None:
    """Types a text and waits for the answer to it."""
    with page.expect_response("**/api/search?*"):
        page.locator(FIELD).fill(text)
    page.wait_for_selector("#search-pop:not([hidden])")


def named(page: Page, name: str) -> None:
    page.wait_for_function("(name) => document.getElementById('card-name').textContent === name", arg=name)


def off_by_m(page: Page) -> float:
    """How far the point on the card lies from the point meant, on the ellipsoid."""
    point = page.locator("#point-zone")
    point.wait_for()
    lon, lat = (float(point.get_attribute(f"data-{axis}") or "nan") for axis in ("lon", "lat"))
    return float(GLOBE.inv(lon, lat, LON, LAT)[2])


def on_free_map(page: Page, lon: float, lat: float) -> None:
    """Waits until a place stands on the map where neither card nor sheet nor bar covers it."""
    page.wait_for_function(
        """([lon, lat]) => {
          const box = document.getElementById('atlas-map').getBoundingClientRect();
          const { x, y } = window.atlasMap.latLngToContainerPoint([lat, lon]);
          return Boolean(document.elementFromPoint(box.left + x, box.top + y)?.closest('#atlas-map'));
        }""",
        arg=[lon, lat],
    )


@pytest.mark.parametrize(
    ("text", "feature_id"),
    [
        ("瑶湖科学岛", "science_island:island"),
        ("麻丘", "towns:maqiu"),
        ("Aixi Lake", "water:aixihu"),
        ("yaohukexuedao", "science_island:island"),
        ("yhkxd", "science_island:island"),
    ],
    ids=["Chinese", "part of a Chinese name", "English", "pinyin", "initials"],
)
def test_name_leads_to_its_card(atlas: Atlas, open_page: OpenPage, text: str, feature_id: str) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en"))
    asked(page, text)
    row = page.locator(f"[data-found='{feature_id}']")
    name = row.locator("b").inner_text()
    row.click()
    named(page, name)
    assert page.locator("#card").get_attribute("data-selection") == feature_id
    page.wait_for_url(f"**sel={feature_id}**")
    assert page.locator("#search-pop").is_hidden()
    answer = page.request.get(f"{atlas.url}/api/search", params={"q": text}).json()
    centre = next(row["centre"] for row in answer["features"] if row["id"] == feature_id)
    on_free_map(page, *centre)


@pytest.mark.parametrize(
    "text",
    [
        f"{LON}, {LAT}",
        f"{LAT} {LON}",
        "116°03'45\"E 28°42'09\"N",
        f"{NORTH:.2f}, {EAST:.2f}",
        f"{EAST_39:.2f} {NORTH_39:.2f}",
    ],
    ids=["lon/lat", "lat/lon", "DMS", "X north Y east", "zone before the easting"],
)
def test_position_leads_to_its_point(atlas: Atlas, open_page: OpenPage, text: str) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en"))
    asked(page, text)
    page.locator("[data-position]").first.click()
    assert off_by_m(page) < 1
    page.wait_for_url("**sel=@116.0625**")
    on_free_map(page, LON, LAT)


def test_keys_alone_go_from_the_map_to_a_card_and_back(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en"))
    field = page.locator(FIELD)
    page.locator("#atlas-map").focus()
    page.keyboard.press("/")
    assert page.evaluate("() => document.activeElement.id") == "search-field"
    assert field.input_value() == ""
    with page.expect_response("**/api/search?*"):
        page.keyboard.type("yaohu", delay=5)
    page.wait_for_selector("#search-list [role=option]")
    assert field.get_attribute("aria-expanded") == "true"
    count = page.locator("#search-list [role=option]").count()
    assert str(count) in page.locator("#search-live").inner_text()
    page.keyboard.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") == f"search-option-{count - 1}"
    page.keyboard.press("ArrowDown")
    chosen = page.locator("#search-list [aria-selected=true]")
    assert field.get_attribute("aria-activedescendant") == chosen.get_attribute("id") == "search-option-0"
    name = chosen.locator("b").inner_text()
    page.keyboard.press("Enter")
    named(page, name)
    page.wait_for_function("() => document.activeElement.id === 'card-name'")
    page.keyboard.press("Escape")
    page.wait_for_selector("#card", state="hidden")
    assert page.evaluate("() => document.activeElement.id") == "search-field"
    page.keyboard.press("Escape")
    assert field.input_value() == ""


def test_escape_and_tab_close_the_list_and_not_the_card(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?sel=water:yaohu&lang=en"))
    asked(page, "yaohu")
    page.keyboard.press("Escape")
    assert page.locator("#search-pop").is_hidden()
    assert page.locator("#card").is_visible()
    page.keyboard.press("ArrowDown")
    page.wait_for_selector("#search-pop:not([hidden])")
    page.keyboard.press("Tab")
    assert page.locator("#search-pop").is_hidden()
    assert page.locator(FIELD).get_attribute("aria-expanded") == "false"
    assert page.locator(FIELD).input_value() == "yaohu"


def test_enter_before_the_answer_opens_the_first_row(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en"))
    page.locator(FIELD).fill("yhkxd")
    page.keyboard.press("Enter")
    named(page, "Yaohu Science Island")


def test_slash_in_a_field_is_a_slash(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en"))
    page.locator(FIELD).press("/")
    assert page.locator(FIELD).input_value() == "/"


def test_answer_to_the_last_question_wins(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en"))
    held: list[Route] = []
    page.route("**/api/search?q=yaohu&*", lambda route: held.append(route))
    with page.expect_request("**/api/search?q=yaohu&*"):
        page.locator(FIELD).fill("yaohu")
    page.wait_for_selector("[data-note=loading]")
    asked(page, "aixi")
    page.wait_for_selector("[data-found='water:aixihu']")
    before = page.locator("#search-list").inner_text()
    with page.expect_response("**/api/search?q=yaohu&*"):
        held[0].continue_()
    page.evaluate("() => new Promise((done) => setTimeout(done, 150))")
    assert page.locator("#search-list").inner_text() == before


def test_nothing_found_says_what_could_be_typed(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en"))
    asked(page, "zzzz <b>")
    note = page.locator("#search-note")
    note.locator("[data-note=nothing]").wait_for()
    for said in ("zzzz <b>", "pinyin", "EPSG:4548", "116."):
        assert said in note.inner_text(), said
    assert "zzzz" in page.locator("#search-live").inner_text()
    assert page.locator(FIELD).get_attribute("aria-expanded") == "false"


def test_pair_that_fits_nowhere_shows_the_hint(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=zh"))
    asked(page, "12345678 12345678")
    assert "不构成位置" in page.locator("[data-note=hint]").inner_text()


def test_position_far_from_the_plan_leaves_the_map_where_it_is(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en&sel=water:yaohu"))
    before = page.evaluate("() => window.atlasMap.getCenter()")
    asked(page, "121.47, 31.23")
    assert "far from the plan" in page.locator("[data-position]").inner_text()
    page.locator("[data-position]").click()
    page.locator("#point-zone[data-zone=outside]").wait_for()
    after = page.evaluate("() => window.atlasMap.getCenter()")
    assert after == pytest.approx(before, abs=2e-4)  # a pixel of level 13: the map tells its centre in pixels


def test_feature_of_a_layer_that_is_off_is_switched_on(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en&off=water"))
    asked(page, "aixi lake")
    page.locator("[data-found='water:aixihu']").click()
    page.wait_for_selector("#atlas-map path[data-feature='water:aixihu']", state="attached")
    assert page.locator("[data-switch=water]").is_checked()
    page.go_back()
    page.wait_for_function("() => !document.querySelector('[data-switch=water]').checked")


def test_row_in_words_says_so_and_shows_its_area(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en&view=115.93,28.62,14"))
    listed = page.request.get(f"{atlas.url}/api/layers/sites").json()["features"]
    words = next(
        row for row in listed if row["geometry_basis"] == "none" and row["placed_in"] and row["centre"] is None
    )
    asked(page, words["name_zh"])
    row = page.locator(f"[data-found='{words['id']}']")
    area_layer = words["placed_in"].split(":")[0]
    areas = page.request.get(f"{atlas.url}/api/layers/{area_layer}").json()["features"]
    area = next(one for one in areas if one["id"] == words["placed_in"])
    assert f"in words only · in {area['name_en']}" in row.inner_text()
    row.click()
    named(page, words["name_en"])
    lon, lat = area["centre"]
    page.wait_for_function(
        "([lon, lat]) => window.atlasMap.getBounds().contains([lat, lon]) && window.atlasMap.getZoom() === 14",
        arg=[lon, lat],
    )


def test_lost_server_is_said_and_asked_again(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en", expected="Failed to load resource"))
    page.route("**/api/search?*", lambda route: route.abort())
    page.locator(FIELD).fill("yhkxd")
    page.wait_for_selector("[data-note=failed]")
    assert "does not answer" in page.locator("#search-note").inner_text()
    page.unroute("**/api/search?*")
    page.keyboard.press("Enter")
    named(page, "Yaohu Science Island")


def test_finger_finds_and_the_sheet_hides_nothing(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=zh", **PHONE))
    page.locator(FIELD).tap()
    asked(page, f"{LON}, {LAT}")
    for target in (FIELD, "#search-clear", "[data-position]"):
        box = page.locator(target).first.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44, target
    page.locator("[data-position]").tap()
    assert off_by_m(page) < 1
    on_free_map(page, LON, LAT)
    assert page.evaluate("() => document.activeElement.id") == "card-name"
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")


def test_hostile_names_stay_text_in_the_list(hostile_atlas: Atlas, open_page: OpenPage) -> None:  # noqa: F811
    page = ready(open_page(f"{hostile_atlas.url}/?lang=en"))
    asked(page, "{{ 7*191 }}<img src=x onerror=alert(1)>")
    row = page.locator("#search-list [role=option]").first
    row.wait_for()
    assert "<img src=x onerror=alert(1)>" in row.inner_text()
    assert "1337" not in page.locator("#search-pop").inner_text()
    assert page.locator("img[src=x]").count() == 0
