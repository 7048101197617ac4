"""Measuring on the map: expected figures are pyproj's, of the lon/lat that the clicked pixels have."""

from __future__ import annotations

import itertools
import json
import math
import random
import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from playwright.sync_api import Page
from pyproj import Geod, Transformer

from tests.running import Atlas

OpenPage = Callable[..., Page]
Place = tuple[float, float]
ELLIPSOID = Geod(a=6378137, rf=298.257222101)
TO_PLANE = Transformer.from_crs(4490, 4548, always_xy=True)
VIEW = "view=116.05,28.70,15"
M2_IN = {"m2": 1.0, "ha": 1e4, "mu": 2000 / 3, "km2": 1e6}
TRIANGLE = [(680, 430), (920, 400), (800, 580)]


def ready(page: Page) -> Page:
    page.wait_for_selector("body[data-ready=true]")
    return page


def measuring(page: Page) -> Page:
    page.locator("#measure-tool").click()
    page.wait_for_selector("body[data-measuring=drawing]")
    return page


def place_of(page: Page, x: float, y: float) -> Place:
    """The lon/lat under a pixel of the window, to the seven decimals that the tool keeps."""
    script = """([x, y]) => {
      const box = document.getElementById('atlas-map').getBoundingClientRect();
      const at = window.atlasMap.containerPointToLatLng([x - box.left, y - box.top]);
      return [at.lng, at.lat];
    }"""
    lon, lat = page.evaluate(script, [x, y])
    return round(lon, 7), round(lat, 7)


def click_corners(page: Page, pixels: Sequence[tuple[float, float]]) -> list[Place]:
    corners = []
    for x, y in pixels:
        corners.append(place_of(page, x, y))
        page.mouse.click(x, y)
    return corners


def value(page: Page, where: str) -> float:
    return float(page.locator(where).get_attribute("data-value") or "nan")


def plane_area(corners: Sequence[Place]) -> float:
    """The shoelace in EPSG:4548, in m2, against the clock positive."""
    x0, y0 = TO_PLANE.transform(*corners[0])
    points = [(x - x0, y - y0) for x, y in (TO_PLANE.transform(*corner) for corner in corners)]
    pairs = zip(points, points[1:] + points[:1], strict=True)
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs) / 2


def line_length(corners: Sequence[Place]) -> float:
    return float(ELLIPSOID.line_length(*zip(*corners, strict=True)))


def ellipsoid_area(corners: Sequence[Place]) -> float:
    return abs(float(ELLIPSOID.polygon_area_perimeter(*zip(*corners, strict=True))[0]))


def bearing(start: Place, end: Place) -> float:
    return float(ELLIPSOID.inv(*start, *end)[0]) % 360


def in_page(page: Page, call: str, argument: object) -> Any:
    """What a function of the mathematics answers in the browser."""
    script = f"async (given) => {{ const m = await import('/static/js/measure/measuremath.js'); return {call}; }}"
    return page.evaluate(script, argument)


def test_lengths_and_bearings_are_those_of_the_ellipsoid(atlas: Atlas, open_page: OpenPage) -> None:
    page = open_page(f"{atlas.url}/about?lang=en")
    source = random.Random(4548)
    pairs = []
    for distance in (0.05, 1, 40, 900, 12_000, 50_000):
        for azimuth in (0, 90, 180, 270, *(source.uniform(0, 360) for _ in range(8))):
            start = (source.uniform(115.8, 116.4), source.uniform(28.5, 29.0))
            lon, lat, _ = ELLIPSOID.fwd(*start, azimuth, distance)
            pairs.append((start, (lon, lat)))
    answers = in_page(page, "given.map(([a, b]) => m.leg(a, b))", pairs)
    for (start, end), answer in zip(pairs, answers, strict=True):
        azimuth, _, length = ELLIPSOID.inv(*start, *end)
        assert answer["length_m"] == pytest.approx(length, abs=0.001)
        off = math.radians((answer["bearing_deg"] - azimuth + 180) % 360 - 180) * length
        assert abs(off) < 0.001, "the bearing misses the end by more than a millimetre"


@pytest.mark.parametrize(("radius", "noise_m2"), [(10.0, 1e-3), (400.0, 1e-2), (3_000.0, 0.1), (15_000.0, 1.0)])
def test_areas_are_those_of_ellipsoid_and_plane(
    atlas: Atlas, open_page: OpenPage, radius: float, noise_m2: float
) -> None:
    page = open_page(f"{atlas.url}/about?lang=en")
    source = random.Random(int(radius))
    rings = []
    for count in (3, 4, 5, 9):
        turns = sorted(source.uniform(0, 360) for _ in range(count))
        away = [source.uniform(0.4, 1) * radius for _ in turns]
        ring = [ELLIPSOID.fwd(116.05, 28.7, turn, far)[:2] for turn, far in zip(turns, away, strict=True)]
        rings += [ring, ring[::-1]]
    answers = in_page(page, "given.map((ring) => [m.ellipsoidArea(ring), m.planeArea(ring)])", rings)
    for ring, (ellipsoid, plane) in zip(rings, answers, strict=True):
        expected = ellipsoid_area(ring)
        assert ellipsoid == pytest.approx(expected, rel=1e-6, abs=min(noise_m2, expected * 1e-5))
        assert plane == pytest.approx(abs(plane_area(ring)), rel=1e-8)


@pytest.mark.parametrize(
    ("ring", "crossed"),
    [
        ([(0, 0), (1, 0), (1, 1), (0, 1)], False),
        ([(0, 0), (1, 1), (1, 0), (0, 1)], True),
        ([(0, 0), (2, 0), (1, 0.2), (2, 2), (0, 2)], False),
        ([(0, 0), (2, 0), (2, 2), (1, 0), (0, 2)], True),  # a corner on an edge
    ],
)
def test_crossed_edges_are_told(atlas: Atlas, open_page: OpenPage, ring: list[Place], crossed: bool) -> None:
    page = open_page(f"{atlas.url}/about?lang=en")
    assert in_page(page, "m.crosses(given.map(([x, y]) => [117 + x / 100, y / 100]))", ring) is crossed


def test_clicked_line_has_the_length_and_bearings_of_its_corners(atlas: Atlas, open_page: OpenPage) -> None:
    page = measuring(ready(open_page(f"{atlas.url}/?lang=en&{VIEW}")))
    corners = click_corners(page, TRIANGLE[:2])
    page.mouse.move(*TRIANGLE[2])
    ahead = [*corners, place_of(page, *TRIANGLE[2])]
    assert value(page, "#measure-m") == pytest.approx(line_length(ahead), abs=0.001), "figures follow the pointer"
    corners.append(place_of(page, *TRIANGLE[2]))
    page.mouse.dblclick(*TRIANGLE[2])
    page.wait_for_selector("body[data-measuring=done]")
    assert value(page, "#measure-m") == pytest.approx(line_length(corners), abs=0.001)
    assert value(page, "#measure-bearing") == pytest.approx(bearing(*corners[1:]), abs=1e-4)
    page.locator("#measure-legs summary").click()
    for i, (start, end) in enumerate(itertools.pairwise(corners)):
        cells = f"#measure-legs-rows tr:nth-child({i + 1}) td"
        assert value(page, f"{cells} >> nth=0") == pytest.approx(line_length([start, end]), abs=0.001)
        assert value(page, f"{cells} >> nth=1") == pytest.approx(bearing(start, end), abs=1e-4)
    assert page.locator("#measure-legs-rows tr").count() == 2, "the double click set one corner"
    assert page.locator("#measure-areas").get_attribute("data-empty") == "true"
    assert page.locator("#card").is_hidden(), "clicks opened a card"
    assert "sel=" not in page.url


def assert_area(page: Page, corners: Sequence[Place]) -> None:
    """The panel shows perimeter and both areas of the corners, in every unit."""
    assert value(page, "#measure-m") == pytest.approx(line_length([*corners, corners[0]]), abs=0.001)
    for unit, m2 in M2_IN.items():
        row = f"#measure-area-rows [data-unit={unit}]"
        assert value(page, f"{row} [data-of=ellipsoid]") == pytest.approx(ellipsoid_area(corners) / m2, rel=1e-6)
        assert value(page, f"{row} [data-of=plane]") == pytest.approx(abs(plane_area(corners)) / m2, rel=1e-8)


def test_first_corner_closes_an_area_and_corners_can_be_dragged(atlas: Atlas, open_page: OpenPage) -> None:
    page = measuring(ready(open_page(f"{atlas.url}/?lang=en&{VIEW}")))
    corners = click_corners(page, TRIANGLE)
    page.mouse.click(TRIANGLE[0][0] + 3, TRIANGLE[0][1] - 2)
    page.wait_for_selector("body[data-measuring=done]")
    assert_area(page, corners)
    assert page.locator("#measure-length-name").inner_text() == "Perimeter"
    page.mouse.move(*TRIANGLE[1])
    page.mouse.down()
    page.mouse.move(940, 470, steps=4)
    during = value(page, "#measure-m")
    page.mouse.move(960, 500, steps=2)
    page.mouse.up()
    text = copied(page)
    moved = [tuple(corner) for corner in text["geometry"]["coordinates"][0][:-1]]
    assert set(corners) - set(moved) == {corners[1]}, "one corner moved"
    [new] = set(moved) - set(corners)
    assert_area(page, [corners[0], new, corners[2]])
    assert during not in (value(page, "#measure-m"), pytest.approx(line_length([*corners, corners[0]])))
    assert page.locator("#card").is_hidden()


def copied(page: Page) -> dict[str, Any]:
    """What the button puts into the clipboard."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("#measure-copy").click()
    page.wait_for_function("() => document.getElementById('toast').textContent === 'GeoJSON copied'")
    answer: dict[str, Any] = json.loads(page.evaluate("() => navigator.clipboard.readText()"))
    return answer


@pytest.mark.parametrize("pixels", [TRIANGLE, TRIANGLE[::-1]], ids=["one way", "the other way"])
def test_copied_geojson_is_the_corners_by_the_right_hand(
    atlas: Atlas, open_page: OpenPage, pixels: list[tuple[int, int]]
) -> None:
    page = measuring(ready(open_page(f"{atlas.url}/?lang=en&{VIEW}")))
    corners = click_corners(page, pixels)
    page.locator("#measure-ring").click()
    feature = copied(page)
    assert feature["type"] == "Feature"
    assert feature["geometry"]["type"] == "Polygon"
    [ring] = feature["geometry"]["coordinates"]
    assert ring[0] == ring[-1] == list(corners[0])
    assert {tuple(corner) for corner in ring} == set(corners)
    assert plane_area([tuple(corner) for corner in ring[:-1]]) > 0, "against the clock"
    properties = feature["properties"]
    assert properties["area_plane_m2"] == pytest.approx(abs(plane_area(corners)), abs=0.06)
    assert properties["area_ellipsoidal_m2"] == pytest.approx(ellipsoid_area(corners), abs=0.6)
    assert properties["plane_crs"] == "EPSG:4548"


def test_copied_line_keeps_its_order_without_a_clipboard(atlas: Atlas, open_page: OpenPage) -> None:
    page = measuring(ready(open_page(f"{atlas.url}/?lang=en&{VIEW}")))
    corners = click_corners(page, TRIANGLE)
    page.keyboard.press("Enter")
    page.evaluate("""() => {
      Object.defineProperty(navigator, 'clipboard', { value: undefined });
      document.addEventListener('copy', () => { window.said = document.getElementById('copy-field').value; });
    }""")
    page.locator("#measure-copy").click()
    page.wait_for_function("() => window.said")
    feature = json.loads(page.evaluate("() => window.said"))
    assert feature["geometry"] == {"type": "LineString", "coordinates": [list(corner) for corner in corners]}
    assert feature["properties"]["length_m"] == pytest.approx(line_length(corners), abs=0.002)
    assert page.evaluate("() => document.activeElement.id") == "measure-copy"


def test_keyboard_alone_measures_an_area(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en&{VIEW}", reduced_motion="reduce"))
    page.keyboard.press("m")
    page.wait_for_selector("body[data-measuring=drawing][data-measure-cross]")
    corners = []
    for key in ("", "ArrowRight", "ArrowDown", "ArrowLeft"):
        if key:
            before = page.evaluate("() => window.atlasMap.getCenter().toString()")
            page.keyboard.press(key)
            page.wait_for_function("(before) => window.atlasMap.getCenter().toString() !== before", arg=before)
            page.wait_for_function("() => !window.atlasMap._panAnim || !window.atlasMap._panAnim._inProgress")
        centre = page.evaluate("() => [window.atlasMap.getCenter().lng, window.atlasMap.getCenter().lat]")
        corners.append((round(centre[0], 7), round(centre[1], 7)))
        page.keyboard.press(" ")
    page.keyboard.press("Backspace")
    corners.pop()
    while page.evaluate("() => document.activeElement.id") != "measure-ring":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("body[data-measuring=done]")
    assert_area(page, corners)
    said = page.locator("#measure-said").inner_text()
    assert re.search(r"Perimeter .* ha, .* mu, in the plane of EPSG:4548 .* mu; bearing", said)
    page.keyboard.press("Escape")
    page.wait_for_selector("#measure", state="hidden")
    assert page.locator("#card").is_hidden()
    assert page.locator("path.measure-line").get_attribute("d") == "M0 0"


def test_taking_back_and_cancelling(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en&{VIEW}&sel=water:yaohu"))
    page.wait_for_selector("#card:not([hidden])")
    measuring(page)
    corners = click_corners(page, TRIANGLE)
    page.keyboard.press("Control+z")
    page.keyboard.press("Enter")
    assert value(page, "#measure-m") == pytest.approx(line_length(corners[:2]), abs=0.001)
    page.locator("#measure-new").click()
    assert page.locator("#measure-copy").is_disabled()
    click_corners(page, TRIANGLE[:1])
    page.keyboard.press("Escape")
    assert page.locator(".measure-corner").count() == 0
    assert page.locator("#measure").is_visible(), "the first Escape clears the corners"
    page.keyboard.press("Escape")
    assert page.locator("#measure").is_hidden()
    assert page.locator("#card").is_visible(), "Escape closed the card too"
    page.mouse.click(*TRIANGLE[0])
    page.wait_for_function("() => location.search.includes('@')")


def test_crossed_area_gives_no_figure(atlas: Atlas, open_page: OpenPage) -> None:
    page = measuring(ready(open_page(f"{atlas.url}/?lang=en&{VIEW}")))
    click_corners(page, [(680, 430), (900, 620), (900, 430), (680, 620)])
    page.locator("#measure-ring").click()
    assert page.locator("#measure-crossed").is_visible()
    assert page.locator("#measure-areas").get_attribute("data-empty") == "true"
    assert "area_plane_m2" not in copied(page)["properties"]


def test_letter_m_in_a_field_is_a_letter(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en&{VIEW}"))
    page.evaluate("""() => {
      const field = document.createElement('input');
      document.body.append(field);
      field.focus();
    }""")
    page.keyboard.press("m")
    assert page.locator("#measure").is_hidden()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_phone_taps_set_corners_and_done_ends(atlas: Atlas, open_page: OpenPage, lang: str) -> None:
    page = ready(open_page(f"{atlas.url}/?lang={lang}&{VIEW}", width=390, height=844, has_touch=True, is_mobile=True))
    page.locator("#measure-tool").tap()
    page.wait_for_selector("body[data-measuring=drawing]")
    assert "Space" not in page.locator("#measure-hint").inner_text()
    corners = []
    for x, y in [(80, 150), (250, 130), (200, 300)]:
        corners.append(place_of(page, x, y))
        page.touchscreen.tap(x, y)
        page.wait_for_function(
            "(count) => document.querySelectorAll('.measure-corner').length === count", arg=len(corners)
        )
    assert page.locator("body").get_attribute("data-measuring") == "drawing", "quick taps apart are no double tap"
    page.locator("#measure-done").tap()
    page.wait_for_selector("body[data-measuring=done]")
    assert value(page, "#measure-m") == pytest.approx(line_length(corners), abs=0.001)
    page.locator("#measure-ring").tap()
    assert_area(page, corners)
    for button in ("measure-tool", "measure-ring", "measure-new", "measure-copy", "measure-close"):
        box = page.locator(f"#{button}").bounding_box()
        assert box is None or min(box["width"], box["height"]) >= 44, button
    assert page.locator("#card").is_hidden()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390


def corner(page: Page, number: int) -> Any:
    return page.locator(f".measure-corner[aria-label^='Corner {number} of']")


def corners_of(page: Page) -> list[Place]:
    """The corners as the copied GeoJSON has them, in the order in which a line was drawn."""
    return [(lon, lat) for lon, lat in copied(page)["geometry"]["coordinates"]]


def finished_line(atlas: Atlas, open_page: OpenPage) -> tuple[Page, list[Place]]:
    page = measuring(ready(open_page(f"{atlas.url}/?lang=en&{VIEW}")))
    corners = click_corners(page, TRIANGLE)
    page.keyboard.press("Enter")
    page.wait_for_selector("body[data-measuring=done]")
    return page, corners


def on_grid(place: Place, east: float, north: float) -> Place:
    x, y = TO_PLANE.transform(*place)
    lon, lat = TO_PLANE.transform(x + east, y + north, direction="INVERSE")
    return lon, lat


def assert_near(place: Place, expected: Place, off_m: float = 0.02) -> None:
    assert ELLIPSOID.inv(*place, *expected)[2] <= off_m


def test_corner_moves_by_arrows_and_undo_takes_each_move_back(atlas: Atlas, open_page: OpenPage) -> None:
    page, corners = finished_line(atlas, open_page)
    corner(page, 2).focus()
    for key in ("ArrowRight", "Shift+ArrowUp", "ArrowLeft", "ArrowDown", "Shift+ArrowRight"):
        page.keyboard.press(key)
    assert corner(page, 2).evaluate("(one) => one === document.activeElement"), "the corner lost the focus"
    page.wait_for_function(
        "() => document.getElementById('measure-said').textContent.startsWith('Corner 2 moved. Length')"
    )
    moved = on_grid(corners[1], 100, 90)
    assert_near(corners_of(page)[1], moved, 0.05)  # five moves, each rounded to a centimetre
    assert value(page, "#measure-m") == pytest.approx(line_length([corners[0], moved, corners[2]]), abs=0.1)
    for _ in range(5):
        page.keyboard.press("Control+z")
    assert corners_of(page) == corners
    assert page.locator("body").get_attribute("data-measuring") == "done"
    page.keyboard.press("Control+z")
    assert page.locator("body").get_attribute("data-measuring") == "drawing", "the end of drawing is a step too"


def test_tab_goes_through_corners_and_middles_in_their_order(atlas: Atlas, open_page: OpenPage) -> None:
    page, _corners = finished_line(atlas, open_page)
    names = []
    for _ in range(5):
        page.keyboard.press("Tab")
        names.append(page.evaluate("() => document.activeElement.getAttribute('aria-label')").split(".")[0])
    assert names == ["Corner 1 of 3", "Middle of side 1", "Corner 2 of 3", "Middle of side 2", "Corner 3 of 3"]
    page.keyboard.press("Escape")
    assert page.evaluate("() => document.activeElement.id") == "atlas-map"
    assert page.locator("#measure").is_visible(), "leaving a corner ended the measuring"


def test_middle_adds_a_corner_by_enter_double_click_and_drag(atlas: Atlas, open_page: OpenPage) -> None:
    page, corners = finished_line(atlas, open_page)
    page.locator(".measure-middle").nth(0).focus()
    page.keyboard.press("Enter")
    assert corner(page, 2).evaluate("(one) => one === document.activeElement"), "the new corner has the focus"
    now = corners_of(page)
    assert [now[0], now[2], now[3]] == corners
    x, y = zip(*(TO_PLANE.transform(*place) for place in corners[:2]), strict=True)
    assert_near(now[1], TO_PLANE.transform(sum(x) / 2, sum(y) / 2, direction="INVERSE"))
    assert value(page, "#measure-m") == pytest.approx(line_length(corners), abs=0.1), "a middle bends nothing"
    page.locator(".measure-middle").nth(2).dblclick()
    assert len(corners_of(page)) == 5
    at = page.locator(".measure-middle").nth(0).bounding_box()
    assert at
    page.mouse.move(at["x"] + at["width"] / 2, at["y"] + at["height"] / 2)
    page.mouse.down()
    page.mouse.move(700, 330, steps=4)
    assert len(now) + 1 == page.locator(".measure-corner").count(), "nothing is added before the mouse lets go"
    page.mouse.up()
    bent = corners_of(page)
    assert len(bent) == 6
    assert_near(bent[1], place_of(page, 700, 330), 10)  # the middle was taken a few pixels off its centre
    assert [bent[0], bent[2]] == now[:2]


def test_delete_removes_a_corner_but_not_the_last_that_a_shape_needs(atlas: Atlas, open_page: OpenPage) -> None:
    page, corners = finished_line(atlas, open_page)
    corner(page, 2).focus()
    page.keyboard.press("Delete")
    assert corners_of(page) == [corners[0], corners[2]]
    corner(page, 2).focus()
    page.keyboard.press("Delete")
    assert page.locator("#measure-said").inner_text() == "A line keeps two corners."
    assert corners_of(page) == [corners[0], corners[2]]
    page.locator("#measure-back").click()
    assert corners_of(page) == corners


@pytest.mark.parametrize("is_area", [False, True])
def test_sides_carry_their_lengths_where_they_have_room(atlas: Atlas, open_page: OpenPage, is_area: bool) -> None:
    page, corners = finished_line(atlas, open_page)
    if is_area:
        page.locator("#measure-ring").click()
    ways = list(itertools.pairwise([*corners, *([corners[0]] if is_area else [])]))
    lengths = [line_length(way) for way in ways]
    texts = page.locator(".measure-length").all_inner_texts()
    assert texts == [f"{length:,.0f} m" if length >= 1000 else f"{length:,.1f} m" for length in lengths]
    page.evaluate("() => window.atlasMap.setZoom(11, { animate: false })")
    page.wait_for_function("() => document.querySelectorAll('.measure-length').length === 0")


@pytest.mark.parametrize("how", ["lon and lat", "metres"])
def test_typed_coordinates_add_a_corner(atlas: Atlas, open_page: OpenPage, how: str) -> None:
    page = measuring(ready(open_page(f"{atlas.url}/?lang=en&{VIEW}")))
    [first] = click_corners(page, TRIANGLE[:1])
    second = (116.0525, 28.7015)
    text = "{}, {}".format(*second) if how == "lon and lat" else "{:.3f} {:.3f}".format(*TO_PLANE.transform(*second))
    page.locator(".measure-by-figures summary").click()
    page.locator("#measure-typed").fill("116.05")
    page.keyboard.press("Enter")
    page.wait_for_selector("#measure-typed[aria-invalid=true]")
    assert page.locator("#measure-typed-said").is_visible()
    assert page.locator(".measure-corner").count() == 1
    page.locator("#measure-typed").fill(text)
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelectorAll('.measure-corner').length === 2")
    page.keyboard.press("Escape")
    assert page.locator("#measure").is_visible(), "Escape in the field ended the measuring"
    page.locator("#measure-done").click()
    [_, typed] = corners_of(page)
    assert_near(typed, second)
    assert value(page, "#measure-m") == pytest.approx(line_length([first, second]), abs=0.03)
