"""Keys, the dialog that lists them, notices and what is read out: the atlas without a mouse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page
from shapely.geometry import box, shape

from tests.running import Atlas

OpenPage = Callable[..., Page]
PHONE = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}
ON_THE_MAP = {"/", *"123456", "L", "F", "M", "T", "[", "]", "Space", "C", "P", "?"}
ON_EVERY_PAGE = {"/", "P", "?"}


def ready(page: Page) -> Page:
    page.wait_for_selector("body[data-ready=true]")
    return page


def focus_id(page: Page) -> str:
    return str(page.evaluate("() => document.activeElement.id"))


def listed(page: Page) -> list[str]:
    rows = page.locator("#card-body [data-hit]").all()
    return [str(row.get_attribute("data-hit")) for row in rows]


def clickable(page: Page, url: str) -> dict[str, dict[str, Any]]:
    """The geometry of every feature that the map of `page` draws and lets people choose, by id."""
    ids = page.evaluate("() => [...document.querySelectorAll('path.hit')].map((path) => path.dataset.feature)")
    found: dict[str, dict[str, Any]] = {}
    for layer in sorted({one.split(":")[0] for one in ids}):
        features = page.request.get(f"{url}/api/layers/{layer}/features").json()["features"]
        found |= {one["id"]: one["geometry"] for one in features if one["id"] in ids}
    return found


def in_view(page: Page, url: str) -> set[str]:
    """The features that meet the part of the map that nothing covers, by a geometry library instead of the page."""
    bounds = page.evaluate(
        """() => {
          const map = window.atlasMap;
          const here = map.getContainer().getBoundingClientRect();
          const card = document.getElementById('card').getBoundingClientRect();
          const isBelow = card.top > here.top + 10 && card.left <= here.left + 10;
          const right = isBelow ? here.right : Math.min(here.right, card.left);
          const bottom = isBelow ? Math.min(here.bottom, card.top) : here.bottom;
          const a = map.containerPointToLatLng([0, 0]);
          const b = map.containerPointToLatLng([right - here.left, bottom - here.top]);
          return [a.lng, b.lat, b.lng, a.lat];
        }"""
    )
    view = box(*bounds)
    return {name for name, geometry in clickable(page, url).items() if shape(geometry).intersects(view)}


@pytest.mark.parametrize("path", ["/", "/metrics", "/layers/sites"])
def test_list_holds_the_keys_of_its_page_and_esc_closes_it(atlas: Atlas, open_page: OpenPage, path: str) -> None:
    page = open_page(f"{atlas.url}{path}?lang=en")
    page.wait_for_selector("[data-single-keys]", state="attached")
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    assert set(page.locator("#keys table").first.locator("kbd").all_inner_texts()) == (
        ON_THE_MAP if path == "/" else ON_EVERY_PAGE
    )
    assert page.evaluate("() => document.getElementById('keys').contains(document.activeElement)")
    page.keyboard.press("Escape")
    assert page.locator("#keys").is_hidden()


def test_dialog_holds_the_focus_and_gives_it_back(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en&sel=water:yaohu"))
    page.locator("#keys-open").focus()
    page.keyboard.press("Enter")
    for _ in range(8):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "() => document.activeElement === document.body || Boolean(document.activeElement.closest('#keys'))"
        )
    page.keyboard.press("m")
    assert page.locator("#measure").is_hidden(), "a key went through the dialog"
    page.keyboard.press("Escape")
    assert focus_id(page) == "keys-open"
    assert page.locator("#card").is_visible(), "Esc closed the card too"


def test_dialog_takes_the_width_of_a_phone_and_480_px_elsewhere(atlas: Atlas, open_page: OpenPage) -> None:
    for size, width in ((PHONE, 390), ({"width": 1440, "height": 900}, 480)):
        page = open_page(f"{atlas.url}/about?lang=zh", **size)
        page.locator("#keys-open").click()
        drawn = page.locator("#keys").bounding_box()
        assert drawn
        assert drawn["width"] == width
        close = page.locator("#keys [data-dialog-close]").bounding_box()
        assert close
        assert min(close["width"], close["height"]) >= (44 if size is PHONE else 24)
        page.locator("#keys [data-dialog-close]").click()
        assert page.locator("#keys").is_hidden()


def test_single_keys_can_be_switched_off_for_good(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en"))
    page.locator("#keys-open").click()
    page.locator("#keys-on").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    ready(page)
    assert page.locator(".search-key").is_hidden()
    page.locator("#atlas-map").focus()
    for key in ON_THE_MAP:
        page.keyboard.press(key)
    assert focus_id(page) == "atlas-map"
    for part in ("#keys", "#measure", "#card"):
        assert page.locator(part).is_hidden(), part
    page.keyboard.press("Enter")
    page.wait_for_selector("#card", state="visible")
    page.keyboard.press("Escape")
    page.wait_for_selector("#card", state="hidden")
    page.locator("#keys-open").click()
    page.locator("#keys-on").check()
    page.keyboard.press("Escape")
    page.keyboard.press("m")
    assert page.locator("#measure").is_visible()


def test_keys_in_a_field_are_text(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en"))
    page.locator("#search-field").focus()
    page.keyboard.type("lfcmp?/")
    assert page.locator("#search-field").input_value() == "lfcmp?/"
    assert page.locator("#keys").is_hidden()
    assert page.locator("#measure").is_hidden()


def test_c_copies_the_link_and_one_toast_says_so(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?sel=water:yaohu&lang=en", permissions=["clipboard-read", "clipboard-write"]))
    page.keyboard.press("c")
    page.wait_for_function("() => document.getElementById('toast').textContent === 'Link copied'")
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied == page.url
    toast, drawing = (page.locator(part).bounding_box() for part in ("#toast", "#map-region"))
    assert toast
    assert drawing
    assert toast["x"] + toast["width"] / 2 == pytest.approx(drawing["x"] + drawing["width"] / 2, abs=1)
    assert page.locator("#toast").get_attribute("aria-live") == "polite"
    page.wait_for_function("() => !document.getElementById('toast').textContent", timeout=6000)


def test_p_prints(atlas: Atlas, open_page: OpenPage) -> None:
    page = open_page(f"{atlas.url}/metrics?lang=en")
    page.wait_for_selector("[data-single-keys]", state="attached")
    page.evaluate("() => addEventListener('beforeprint', () => { document.body.dataset.printed = 'true'; })")
    page.keyboard.press("p")
    page.wait_for_selector("body[data-printed]")


def test_home_shows_the_whole_zone(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en&view=116.05,28.70,16"))
    page.locator("#atlas-map").focus()
    page.keyboard.press("Home")
    west, south, east, north = page.request.get(f"{atlas.url}/api/layers").json()["plan"]["bounds"]
    page.wait_for_function(
        "([w, s, e, n]) => window.atlasMap.getBounds().contains([[s, w], [n, e]])", arg=[west, south, east, north]
    )


@pytest.mark.parametrize("width", [1440, 768])
def test_l_leads_to_the_layers(atlas: Atlas, open_page: OpenPage, width: int) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en", width=width))
    page.locator("#atlas-map").focus()
    page.keyboard.press("l")
    assert page.locator("#tree input").first.evaluate("(box) => box === document.activeElement")
    assert page.locator("#layers").is_visible()
    page.keyboard.press("Escape")
    if width == 768:
        assert page.locator("#layers").is_hidden()
        assert focus_id(page) == "rail-open"


@pytest.mark.parametrize(
    "size", [{"width": 1440}, {"width": 768, "height": 1024}, PHONE], ids=["wide", "tablet", "phone"]
)
def test_f_lists_what_is_in_view(atlas: Atlas, open_page: OpenPage, size: dict[str, Any]) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en&view=116.0437,28.7052,13", **size))
    page.locator("#atlas-map").focus()
    page.keyboard.press("f")
    page.wait_for_selector("#card-body [data-hit]")
    found = listed(page)
    assert len(found) == len(set(found))
    assert set(found) == in_view(page, atlas.url)
    assert len(found) < len(clickable(page, atlas.url))
    assert page.locator("#card-name").inner_text() == f"{len(found)} things in view"
    assert focus_id(page) == "card-name"


def test_list_follows_the_map(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en"))
    page.keyboard.press("f")
    page.wait_for_selector("#card-body [data-hit]")
    before = set(listed(page))
    page.evaluate("() => window.atlasMap.panBy([-300, 0], { animate: false })")
    after = set(listed(page))
    assert after == in_view(page, atlas.url)
    assert after != before


def test_f_says_when_nothing_is_in_view(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en&off=roads,metro,water,parks,sites,towns,places,science_island"))
    page.keyboard.press("f")
    page.wait_for_function("() => document.getElementById('card-name').textContent === 'Nothing in view'")
    assert "Zoom out" in page.locator("#card-body").inner_text()
    assert listed(page) == []
    page.keyboard.press("Escape")
    assert page.locator("#card").is_hidden()


AROUND = [[-9, -9], [9, -9], [9, 9], [-9, 9], [-9, -9]]
HOLE = [[-1, -1], [-1, 5], [5, 5], [5, -1], [-1, -1]]
BESIDE = [[5, 0], [9, 0], [9, 4], [5, 0]]
WITHIN = [[1, 1], [2, 1], [2, 2], [1, 1]]
IN_THE_VIEW_0_TO_4 = {
    "point on the corner": ("Point", [4, 4], True),
    "point beside": ("Point", [4.01, 4], False),
    "line across": ("LineString", [[-9, 1], [9, 3]], True),
    "line that touches the corner": ("LineString", [[-1, 3], [1, 5]], True),
    "line past the corner": ("LineString", [[-1, 4], [1, 6]], False),
    "area around": ("Polygon", [AROUND], True),
    "area with a hole around": ("Polygon", [AROUND, HOLE], False),
    "area beside": ("Polygon", [BESIDE], False),
    "second part": ("MultiPolygon", [[BESIDE], [WITHIN]], True),
}


def test_what_lies_in_a_view(atlas: Atlas, open_page: OpenPage) -> None:
    page = open_page(f"{atlas.url}/about")  # one page for the whole table: each case is one call
    script = "async (one) => (await import('/static/js/map/inviewmath.js')).isInView(one, [0, 0, 4, 4])"
    for case, (kind, coordinates, is_in) in IN_THE_VIEW_0_TO_4.items():
        geometry = {"type": kind, "coordinates": coordinates}
        assert shape(geometry).intersects(box(0, 0, 4, 4)) is is_in, f"the table is wrong: {case}"
        assert page.evaluate(script, geometry) is is_in, case


def test_keys_alone_go_from_load_to_a_card_and_back(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en"))
    where = """() => {
      const here = document.activeElement;
      const part = here.closest('.skip, .top, #layers, #atlas-map, .map-tools, #card');
      return part ? part.id || part.className.split(' ').pop() : here.tagName;
    }"""
    walked: list[str] = []
    for _ in range(120):
        page.keyboard.press("Tab")
        part = page.evaluate(where)
        if not walked or walked[-1] != part:
            walked.append(part)
        if part == "measure-tools":
            break
    assert walked == ["skip", "top", "layers", "atlas-map", "map-tools", "measure-tools"]
    page.keyboard.press("f")
    page.wait_for_selector("#card-body [data-hit]")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("#card-body [data-hit]:focus")
    assert chosen.get_attribute("data-hit") == listed(page)[1]
    name = chosen.locator("b").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_function("(name) => document.getElementById('card-name').textContent === name", arg=name)
    assert focus_id(page) == "card-name"
    page.keyboard.press("Escape")
    page.wait_for_selector("#card", state="hidden")
    assert focus_id(page) == "measure-tool"


def test_card_of_an_address_gives_the_focus_to_the_map(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en&sel=water:yaohu"))
    page.locator("#card-close").press("Enter")
    page.wait_for_selector("#card", state="hidden")
    assert focus_id(page) == "atlas-map"


def test_chosen_place_is_told_once_with_its_ring(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en"))
    page.evaluate(
        """() => {
          window.told = [];
          const box = document.getElementById('said');
          new MutationObserver(() => { if (box.textContent) window.told.push(box.textContent); })
            .observe(box, { childList: true, characterData: true, subtree: true });
        }"""
    )
    page.keyboard.press("f")
    page.locator("[data-hit='science_island:island']").click()
    page.wait_for_selector("#home-zone")
    features = page.request.get(f"{atlas.url}/api/layers/science_island/features").json()["features"]
    zone = features[0]["properties"]["home_zone"]
    rings = page.request.get(f"{atlas.url}/api/layers").json()["layers"]
    ring = next(one for layer in rings for one in layer.get("rings") or [] if one["id"] == zone)
    assert page.evaluate("() => window.told") == [f"{features[0]['properties']['name_en']}: {ring['name_en']}"]
    page.keyboard.press("Escape")
    page.locator("#atlas-map").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#point-zone")
    assert page.evaluate("() => window.told.length") == 2


def test_layer_that_fails_is_told(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en", expected="Failed to load resource"))
    page.route("**/api/layers/forest_park/features?*", lambda route: route.fulfill(status=500, body="{}"))
    page.locator("[data-switch=forest_park]").check()
    page.wait_for_function("() => document.getElementById('toast').textContent.startsWith('Not loaded: Yaohu Forest')")
    assert page.locator("[data-retry=forest_park]").is_visible()


@pytest.mark.parametrize(("path", "lang"), [("/", "zh"), ("/", "en"), ("/metrics", "en")])
def test_search_has_room_between_the_sizes(atlas: Atlas, open_page: OpenPage, path: str, lang: str) -> None:
    page = open_page(f"{atlas.url}{path}?lang={lang}")
    page.wait_for_selector("[data-single-keys]", state="attached")
    for width in (761, 768, 920, 1180):
        page.set_viewport_size({"width": width, "height": 800})
        page.locator("#theme-toggle").focus()
        last = page.locator(".lang").bounding_box()
        assert last
        assert last["x"] + last["width"] <= width, "the top bar runs off the page"
        page.keyboard.press("/")
        field = page.locator(".search-box").bounding_box()
        assert field
        assert field["width"] >= 316, "as wide as on a wide page"
        assert field["x"] >= 0
        assert page.locator(".lang").bounding_box() == last, "the top bar moved"


@pytest.mark.parametrize("path", ["/metrics", "/layers/sites", "/no-such-page"])
def test_search_of_every_page_leads_to_the_map(atlas: Atlas, open_page: OpenPage, path: str) -> None:
    page = open_page(f"{atlas.url}{path}?lang=en", expected="404")
    page.wait_for_selector("[data-single-keys]", state="attached")
    page.keyboard.press("/")
    page.keyboard.type("yhkxd")
    page.wait_for_selector("[data-found='science_island:island']")
    page.keyboard.press("Enter")
    ready(page)
    assert page.url == f"{atlas.url}/?sel=science_island:island&lang=en" or "&sel=science_island:island" in page.url
    assert page.locator("#card-name").inner_text() == "Yaohu Science Island"


def test_search_of_a_page_keeps_its_view_and_switches_the_layer_on(atlas: Atlas, open_page: OpenPage) -> None:
    page = open_page(f"{atlas.url}/sources?lang=en&extent=2013&reading=annulus")
    page.locator("#search-field").fill("forest park (planned)")
    page.locator("[data-found^='forest_park:']").click()
    ready(page)
    assert page.locator("[data-switch=forest_park]").is_checked()
    assert page.locator("input[name=extent][value='2013']").is_checked()
    assert page.locator("input[name=reading][value=annulus]").is_checked()
    assert str(page.locator("#card").get_attribute("data-selection")).startswith("forest_park:")


def test_position_typed_on_a_page_opens_on_the_map(atlas: Atlas, open_page: OpenPage) -> None:
    page = open_page(f"{atlas.url}/about?lang=en", **PHONE)
    page.locator("#search-field").fill("116.0625, 28.7025")
    page.locator("[data-position]").tap()
    point = page.locator("#point-zone")
    point.wait_for()
    assert float(point.get_attribute("data-lon") or "nan") == pytest.approx(116.0625, abs=1e-6)
    assert float(point.get_attribute("data-lat") or "nan") == pytest.approx(28.7025, abs=1e-6)
    assert "sel=@116.0625" in page.url
