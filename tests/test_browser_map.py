"""The map page in a real Chromium that reaches this machine alone; expected rings come from distances taken here."""

from __future__ import annotations

import itertools
import json
import math
import random
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import shapely
from playwright.sync_api import Page
from pyproj import Transformer

from geo import units
from tests.running import Atlas

ROOT = Path(__file__).parent.parent
TO_PLANE = Transformer.from_crs(4490, 4548, always_xy=True)
EDGES = (500.0, 1500.0, 3000.0)
OpenPage = Callable[..., Page]


@cache  # thirty clicks ask for the same files
def outlines(layer: str) -> list[shapely.Geometry]:
    """The outlines of a data file in metres of EPSG:4548, read and projected without the atlas."""
    features = json.loads((ROOT / f"data/layers/{layer}.geojson").read_text(encoding="utf-8"))["features"]
    shapes = [shapely.geometry.shape(feature["geometry"]) for feature in features if feature["geometry"]]
    return [shapely.transform(shape, lambda xy: np.column_stack(TO_PLANE.transform(*xy.T))) for shape in shapes]


def expected_zone(lon: float, lat: float) -> tuple[str, float]:
    """The zone and the distance to Yaohu (m) of a point, from the data files alone."""
    point = shapely.Point(TO_PLANE.transform(lon, lat))
    lakes = outlines("water")
    yaohu = max(lakes, key=lambda lake: lake.area)
    distance = yaohu.distance(point)
    if not outlines("extent_2025")[0].intersects(point):
        return "outside", distance
    if any(lake.intersects(point) for lake in lakes):
        return "water", distance
    return f"ring_{sum(distance > edge for edge in EDGES) + 1}", distance


def ready(page: Page) -> Page:
    page.wait_for_selector("body[data-ready=true]")
    return page


def free_spot(page: Page, random_source: random.Random) -> tuple[int, int]:
    """A pixel of the map that no control covers."""
    box = page.locator("#atlas-map").bounding_box()
    assert box
    while True:
        x = int(box["x"] + random_source.uniform(30, box["width"] - 30))
        y = int(box["y"] + random_source.uniform(30, box["height"] - 30))
        if page.evaluate("([x, y]) => Boolean(document.elementFromPoint(x, y).closest('#atlas-map'))", [x, y]):
            return x, y


def place_of(page: Page, x: int, y: int) -> tuple[float, float]:
    """The lon/lat under a pixel, as Leaflet has it."""
    script = """([x, y]) => {
      const box = document.getElementById('atlas-map').getBoundingClientRect();
      const at = window.atlasMap.containerPointToLatLng([x - box.left, y - box.top]);
      return [at.lng, at.lat];
    }"""
    lon, lat = page.evaluate(script, [x, y])
    return lon, lat


def test_30_clicks_give_the_ring_that_the_distance_gives(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en&view=116.06,28.70,13"))
    source = random.Random(20_261_120)
    met: set[str] = set()
    for _ in range(30):
        x, y = free_spot(page, source)
        lon, lat = place_of(page, x, y)
        page.mouse.click(x, y)
        page.wait_for_function(
            "([lon, lat]) => { const at = document.getElementById('point-zone'); return at &&"
            " Math.abs(at.dataset.lon - lon) < 2e-6 && Math.abs(at.dataset.lat - lat) < 2e-6 }",
            arg=[lon, lat],
        )
        zone, distance = expected_zone(lon, lat)
        shown = page.locator("#point-zone")
        assert shown.get_attribute("data-zone") == zone, (lon, lat, distance)
        assert float(shown.get_attribute("data-distance") or "nan") == pytest.approx(distance, abs=0.5)
        met.add(zone)
        page.keyboard.press("Escape")
        page.wait_for_selector("#card", state="hidden")
    assert len(met) >= 5, f"the clicks met only {met}"


def switches(page: Page) -> list[str]:
    return page.eval_on_selector_all("[data-switch]", "all => all.map((one) => one.dataset.switch)")


def drawn_as(switch: str) -> str:
    """How the ids of the shapes begin that a switch turns: a layer's, or one ring's."""
    return f"rings:{switch}" if re.fullmatch(r"ring_\d|strip", switch) else f"{switch}:"


def test_each_layer_switches_on_and_off(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en"))
    found = switches(page)
    assert {"ring_1", "ring_4", "water", "parks", "science_island", "sites", "extent_2025", "forest_park"} <= set(found)
    for switch in found:
        box = page.locator(f"[data-switch={switch}]")
        before = box.is_checked()
        for wanted in (not before, before):
            box.set_checked(wanted)
            page.wait_for_function(
                "([at, on]) => Boolean(document.querySelector(`#atlas-map path[data-feature^='${at}']`)) === on",
                arg=[drawn_as(switch), wanted],
            )


def test_groups_turn_all_their_layers(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en"))
    page.locator("[data-group=rings]").set_checked(False)
    page.wait_for_function("() => document.querySelectorAll(\"#atlas-map path[data-feature^='rings:']\").length === 0")
    assert not page.locator("[data-switch=ring_1]").is_checked()
    page.locator("[data-group=rings]").set_checked(True)
    page.wait_for_function("() => document.querySelectorAll(\"#atlas-map path[data-feature^='rings:']\").length > 0")


def test_extent_and_reading_change_figures_and_rings(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en"))
    page.locator("#reading-switch input[value=annulus]").check(force=True)
    ready(page)
    page.wait_for_selector("[data-switch=strip]")
    page.locator("#extent-switch input[value='2013']").check(force=True)
    page.wait_for_function("() => document.getElementById('extent-note').textContent.includes('231')")
    assert "extent=2013" in page.url
    assert "reading=annulus" in page.url
    page.go_back()
    page.wait_for_function("() => document.getElementById('extent-note').textContent.includes('286')")
    assert page.locator("#extent-switch input[value='2025']").is_checked()


def test_address_restores_the_view_exactly(atlas: Atlas, open_page: OpenPage) -> None:
    words = "extent=2013&view=116.05000,28.70000,14&on=forest_park!60&off=parks&sel=water:yaohu&reading=annulus&lang=en"
    asked = f"{atlas.url}/?{words}"
    page = ready(open_page(asked))
    page.wait_for_function("() => document.getElementById('card-name').textContent === 'Yaohu Lake'")
    assert page.locator("[data-switch=forest_park]").is_checked()
    assert not page.locator("[data-switch=parks]").is_checked()
    assert page.locator("#reading-switch input[value=annulus]").is_checked()
    state = page.evaluate(
        "(() => { const c = window.atlasMap.getCenter(); return [c.lng, c.lat, window.atlasMap.getZoom()] })()"
    )
    assert state == pytest.approx([116.05, 28.70, 14], abs=2e-4)
    opacity = page.evaluate("getComputedStyle(window.atlasMap.getPane('forest_park')).opacity")
    assert float(opacity) == pytest.approx(0.6)
    page.reload()
    ready(page)
    assert page.url == asked


def test_card_shows_stated_beside_computed_and_what_is_known_in_words(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en&sel=science_island:island"))
    page.wait_for_function("() => document.getElementById('card-body').textContent.includes('Nanchang Laboratory')")
    text = page.locator("#card").inner_text()
    for said in ("6.7", "about 6", "stated", "computed", "10,000", "670", "inferred"):
        assert said.lower() in text.lower(), said


def test_status_bar_speaks_lonlat_and_epsg_4548(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en"))
    page.mouse.move(700, 400)
    lon, lat = place_of(page, 700, 400)
    x, y = TO_PLANE.transform(lon, lat)
    page.wait_for_function("() => document.getElementById('status-lonlat').textContent.includes('116')")
    plane = "".join(page.locator("#status-plane").inner_text().replace(",", "").split())
    figures = [float(part) for part in plane.replace("E", " ").replace("N", " ").split()]
    assert figures == pytest.approx([x, y], abs=0.2)


def test_browser_geodesy_agrees_with_the_projection_to_a_millimetre(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en"))
    grid = list(itertools.product(np.linspace(115.5, 118.5, 9).tolist(), np.linspace(28.0, 29.4, 8).tolist()))
    found = page.evaluate(
        "async (places) => { const { toPlane } = await import('/static/js/map/geodesy.js');"
        " return places.map(([lon, lat]) => toPlane(lon, lat)) }",
        grid,
    )
    for (lon, lat), plane in zip(grid, found, strict=True):
        assert math.dist(plane, TO_PLANE.transform(lon, lat)) < 0.001


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_browser_writes_areas_as_the_formatter_of_geo_does(atlas: Atlas, open_page: OpenPage, lang: str) -> None:
    page = ready(open_page(f"{atlas.url}/?lang={lang}"))
    source = random.Random(7)
    areas = [(10 ** source.uniform(4, 9), 10 ** source.uniform(3, 7)) for _ in range(120)]
    cases = [(area, bound, unit) for area, bound in areas for unit in ("km2", "ha", "mu")]
    found = page.evaluate(
        "async (cases) => { const { bounded } = await import('/static/js/base/format.js');"
        " return cases.map(([area, bound, unit]) => { const b = bounded(area, bound, unit);"
        " return `${b.value} ± ${b.bound}` }) }",
        cases,
    )
    for (area, bound, unit), text in zip(cases, found, strict=True):
        assert units.format_area(area, unit, lang, u_m2=bound).startswith(f"{text} "), (area, bound, unit)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("width", "height"), [(1440, 900), (768, 1024), (390, 844)])
def test_pages_fit_every_size_in_both_languages(
    atlas: Atlas, open_page: OpenPage, lang: str, width: int, height: int
) -> None:
    page = ready(open_page(f"{atlas.url}/?lang={lang}", width=width, height=height))
    assert page.evaluate("() => document.documentElement.lang").startswith(lang)
    for path in ("/", "/about"):
        page.goto(f"{atlas.url}{path}?lang={lang}")
        assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth"), path
        shown = page.locator("body").inner_text()
        assert ("内部工作底图" if lang == "zh" else "internal working map, not reviewed") in shown


def test_phone_taps_open_the_card_and_targets_are_large(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=zh", width=390, height=844, has_touch=True, is_mobile=True))
    for target in page.locator(".tabs button, .tabs a").all():
        box = target.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44
    page.touchscreen.tap(200, 300)
    page.wait_for_selector("#point-zone")
    page.locator("#card-close").click()
    page.locator("#tab-layers").click()
    page.wait_for_selector("[data-switch=water]")
    page.locator("[data-switch=water]").set_checked(False)
    page.wait_for_function("() => document.querySelectorAll(\"#atlas-map path[data-feature^='water:']\").length === 0")


def test_keyboard_goes_from_load_to_a_card_and_back(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en"))
    page.locator("#atlas-map").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#point-zone")
    assert page.evaluate("() => document.activeElement.id") == "card-name"
    page.keyboard.press("Escape")
    page.wait_for_selector("#card", state="hidden")
    assert page.evaluate("() => document.activeElement.id") == "atlas-map"


def test_empty_slots_say_that_nothing_is_loaded(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en"))
    said = page.locator("#slots").inner_text().lower()
    for name in ("farmland", "redline", "growth boundary"):
        assert name in said


@pytest.mark.parametrize("path", ["/", "/metrics", "/sources", "/about", "/api", "/layers/sites"])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [768, 390])
def test_top_bar_keeps_the_language_switch_in_sight(
    atlas: Atlas, open_page: OpenPage, path: str, lang: str, width: int
) -> None:
    page = open_page(f"{atlas.url}{path}?lang={lang}", width=width, height=844)
    box = page.locator("#lang-other").bounding_box()
    assert box
    assert box["x"] + box["width"] <= width
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")


def test_second_visit_asks_for_no_script_again(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/"))
    page.reload()
    ready(page)
    script = """() => performance.getEntriesByType('resource').filter(({ name }) => name.includes('/static/js/'))
        .map(({ name, transferSize }) => ({ name, transferSize }))"""
    found = page.evaluate(script)
    assert len(found) > 50
    assert [one["name"] for one in found if "?v=" not in one["name"] or one["transferSize"]] == []
