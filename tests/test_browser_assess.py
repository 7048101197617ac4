"""The page of a site in a browser: drawn, changed, pasted, picked, dropped, shared; its answers and refusals.

Areas are held against the shoelace formula over pyproj's own EPSG:4548, which the page and the atlas do not share.
"""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pyproj import Transformer

from tests.running import Atlas

TO_PLANE = Transformer.from_crs(4490, 4548, always_xy=True)
TO_LONLAT = Transformer.from_crs(4548, 4490, always_xy=True)
M2_PER_MU = 2000 / 3
# A site east of the lake in metres of EPSG:4548: (east, north), 800 m by 500 m, its west side in ring 1.
SQUARE = [(409200.0, 3176300.0), (410000.0, 3176300.0), (410000.0, 3176800.0), (409200.0, 3176800.0)]
VIEW = "view=116.07400,28.70400,15"
Corners = Sequence[tuple[float, float]]


def area_mu(corners: Corners) -> float:
    """The area of corners in metres, by the shoelace formula."""
    pairs = zip(corners, [*corners[1:], corners[0]], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2 / M2_PER_MU


def lonlat(corners: Corners, decimals: int = 9) -> list[tuple[float, float]]:
    """Corners in metres as degrees of longitude and latitude."""
    return [(round(lon, decimals), round(lat, decimals)) for lon, lat in (TO_LONLAT.transform(*one) for one in corners)]


def start(open_page: Callable[..., Page], atlas: Atlas, more: str = "", **options: Any) -> Page:
    page = open_page(f"{atlas.url}/assess?{VIEW}&lang=en{more}", **options)
    page.wait_for_selector("body[data-assess=ready]")
    page.uncheck("#snap-on")
    return page


def spot(page: Page, lon: float, lat: float) -> tuple[float, float]:
    """Where a place stands in the window."""
    x, y = page.evaluate(
        "([lon, lat]) => { const p = window.atlasMap.latLngToContainerPoint([lat, lon]);"
        " const b = window.atlasMap.getContainer().getBoundingClientRect(); return [b.x + p.x, b.y + p.y]; }",
        [lon, lat],
    )
    return x, y


def click_corners(page: Page, corners: Corners) -> None:
    for place in lonlat(corners):
        page.mouse.click(*spot(page, *place))


def wait_answer(page: Page, act: Callable[[], object]) -> None:
    """Do something, and wait until the answer to it stands."""
    page.evaluate("() => { document.querySelector('#answer-body').firstElementChild.dataset.old = 'true'; }")
    act()
    page.wait_for_function("() => !document.querySelector('#answer-body [data-old]') && document.body.dataset.answer")


def answer(page: Page, name: str) -> str:
    return page.locator("#answer-body [data-mu]").first.get_attribute(f"data-{name}") or ""


def mu(page: Page) -> float:
    return float(answer(page, "mu"))


def site_corners(page: Page) -> list[list[tuple[float, float]]]:
    """The rings of the site in the address, in metres."""
    rings = page.evaluate("() => new URLSearchParams(location.hash.slice(1)).get('site')").split("_")
    degrees = [[tuple(map(float, pair.split(","))) for pair in ring.split("~")[1].split(";")] for ring in rings]
    return [[TO_PLANE.transform(*place) for place in ring] for ring in degrees]


def test_a_drawn_polygon_is_answered_and_can_be_changed(open_page: Callable[..., Page], atlas: Atlas) -> None:
    page = start(open_page, atlas)
    expect(page.locator("#answer-body h2")).to_have_text("No site yet")
    page.keyboard.press("d")
    click_corners(page, SQUARE)
    expect(page.locator("#draw-bar-text")).to_have_text("Corners: 4")
    wait_answer(page, lambda: page.keyboard.press("Enter"))
    (drawn,) = site_corners(page)
    assert max(math.dist(a, b) for a, b in zip(drawn, SQUARE, strict=True)) < 6  # a pixel is 4 m here
    assert mu(page) == pytest.approx(area_mu(drawn), rel=1e-6)

    handle = page.locator(".measure-corner").nth(2)
    handle.focus()
    wait_answer(page, lambda: page.keyboard.press("ArrowRight"))
    moved = [*drawn[:2], (drawn[2][0] + 10, drawn[2][1]), drawn[3]]
    assert mu(page) == pytest.approx(area_mu(moved), rel=1e-5)

    box = handle.bounding_box() or {}
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y - 30, steps=4)
    wait_answer(page, page.mouse.up)
    (dragged,) = site_corners(page)
    assert mu(page) == pytest.approx(area_mu(dragged), rel=1e-6)
    assert math.dist(dragged[2], moved[2]) > 100
    assert dragged[0] == pytest.approx(drawn[0], abs=0.05)

    for expected in (moved, drawn):
        wait_answer(page, lambda: page.keyboard.press("Control+z"))
        assert mu(page) == pytest.approx(area_mu(expected), rel=1e-5)
    wait_answer(page, lambda: page.keyboard.press("Control+y"))
    assert mu(page) == pytest.approx(area_mu(moved), rel=1e-5)
    handle.focus()
    wait_answer(page, lambda: page.keyboard.press("Delete"))
    assert mu(page) == pytest.approx(area_mu([moved[0], moved[1], moved[3]]), rel=1e-5)
    page.click("#site-clear")
    expect(page.locator("#answer-body h2")).to_have_text("No site yet")
    wait_answer(page, lambda: page.click("#site-undo"))
    assert mu(page) == pytest.approx(area_mu([moved[0], moved[1], moved[3]]), rel=1e-5)


def test_rectangle_circle_point_and_hole(open_page: Callable[..., Page], atlas: Atlas) -> None:
    page = start(open_page, atlas)
    page.click("[data-tool=rectangle]")
    wait_answer(page, lambda: click_corners(page, [SQUARE[0], SQUARE[2]]))
    (drawn,) = site_corners(page)
    assert mu(page) == pytest.approx(area_mu(drawn), rel=1e-6)
    easts, norths = sorted({round(x) for x, _ in drawn}), sorted({round(y) for _, y in drawn})
    assert len(easts) == len(norths) == 2  # upright in the grid
    whole = mu(page)

    page.click("[data-tool=hole]")
    hole = [(409400.0, 3176450.0), (409700.0, 3176450.0), (409550.0, 3176700.0)]
    click_corners(page, hole)
    wait_answer(page, lambda: page.click("#draw-done"))
    outline, inner = site_corners(page)
    assert mu(page) == pytest.approx(area_mu(outline) - area_mu(inner), rel=1e-6)
    assert whole - mu(page) == pytest.approx(area_mu(hole), rel=0.05)
    page.click("#corners-part summary")
    expect(page.locator("#corners-ring option:checked")).to_have_text("Ring 2: hole")
    wait_answer(page, lambda: page.click("#ring-remove"))
    assert mu(page) == pytest.approx(whole, rel=1e-9)

    page.click("[data-tool=circle]")
    page.fill("#site-radius", "250")
    wait_answer(page, lambda: click_corners(page, [(409600.0, 3176550.0)]))
    assert mu(page) == pytest.approx(math.pi * 250**2 / M2_PER_MU, rel=1e-4)

    page.locator(".measure-corner").focus()
    wait_answer(page, lambda: page.keyboard.press("Shift+ArrowUp"))
    (moved,) = site_corners(page)
    assert sum(y for _, y in moved) / len(moved) == pytest.approx(3176650, abs=6)
    page.fill("#site-radius", "125")
    wait_answer(page, lambda: page.press("#site-radius", "Enter"))
    assert mu(page) == pytest.approx(math.pi * 125**2 / M2_PER_MU, rel=1e-4)
    assert page.locator(".measure-corner").count() == 1

    page.click("[data-tool=point]")
    click_corners(page, [(409600.0, 3176550.0)])
    expect(page.locator("#toast")).to_have_text("Give the land area in mu first.")
    page.fill("#site-mu", "200")
    wait_answer(page, lambda: click_corners(page, [(409600.0, 3176550.0)]))
    assert mu(page) == pytest.approx(200, rel=1e-4)
    radius = math.sqrt(200 * M2_PER_MU / math.pi)
    said = page.locator("#answer-body").inner_text()
    assert f"±{round(radius, 1):g} m" in said  # the bound of an unknown outline
    assert "assumed" in said


def dms(value: float, letter: str) -> str:
    whole, rest = divmod(value * 3600, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{letter}{whole:.0f}°{minutes:.0f}′{seconds:.5f}″"


def notations() -> dict[str, str]:
    """The corners of SQUARE as five people would paste them."""
    degrees = lonlat(SQUARE)
    return {
        "lon/lat": "\n".join(f"{lon}, {lat}" for lon, lat in degrees),
        "dms": "\n".join(f"{dms(lon, 'E')} {dms(lat, 'N')}" for lon, lat in degrees),
        "east, north": "\n".join(f"{x}\t{y}" for x, y in SQUARE),
        "zone": "\n".join(f"J{i},39{x:.3f},{y:.3f}" for i, (x, y) in enumerate(SQUARE, 1)),
        "X north, Y east": "点号\tX\tY\n" + "\n".join(f"{i}\t{y}\t{x}" for i, (x, y) in enumerate(SQUARE, 1)),
    }


def test_five_notations_give_the_same_site(open_page: Callable[..., Page], atlas: Atlas) -> None:
    page = start(open_page, atlas, expected="400")
    page.click("#paste-part summary")
    for name, text in notations().items():
        page.fill("#paste-text", text)
        if name in ("lon/lat", "dms"):
            page.click("#paste-form button")
            expect(page.locator("#paste-said")).to_contain_text("Degrees of which datum?")
            wait_answer(page, lambda: page.click("#paste-said [data-choice=cgcs2000]"))
        else:
            wait_answer(page, lambda: page.click("#paste-form button"))
        expect(page.locator("#paste-said")).to_contain_text("4 corners, read as")
        (read,) = site_corners(page)
        assert max(math.dist(a, b) for a, b in zip(read, SQUARE, strict=True)) < 0.1, name
        assert mu(page) == pytest.approx(area_mu(SQUARE), rel=1e-5), name
    page.fill("#paste-text", "116.07, 28.70\nno corner\n116.08, 28.71")
    page.click("#paste-form button")
    expect(page.locator("#paste-said .bad")).to_contain_text("2")
    assert mu(page) == pytest.approx(area_mu(SQUARE), rel=1e-5)  # what stood there stays


def paste_square(page: Page, corners: Corners = SQUARE) -> None:
    page.click("#paste-part summary")
    page.fill("#paste-text", "\n".join(f"{x}\t{y}" for x, y in corners))
    wait_answer(page, lambda: page.click("#paste-form button"))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_land_use_changes_the_verdict_with_its_reason(
    open_page: Callable[..., Page], atlas: Atlas, lang: str
) -> None:
    page = open_page(f"{atlas.url}/assess?lang={lang}")
    page.wait_for_selector("body[data-assess=ready]")
    inner = [(409000.0, 3174300.0), (409400.0, 3174300.0), (409400.0, 3174600.0), (409000.0, 3174600.0)]
    paste_square(page, inner)
    row = page.locator("[data-row-of=ring_3_use], [data-row-of=ring_2_use]").first
    before = row.inner_text()
    expect(row.locator(".v.unk")).to_be_visible()
    wait_answer(page, lambda: page.select_option("#fact-land_use", "0902"))
    allowed = page.locator("#answer-body").inner_text()
    wait_answer(page, lambda: page.select_option("#fact-land_use", "1101"))
    refused = page.locator("#answer-body").inner_text()
    assert len({before, allowed, refused}) == 3
    assert "1101" in refused
    assert "0902" in allowed
    wait_answer(page, lambda: page.select_option("#fact-land_use", "1001"))
    page.click("#indicators summary")
    wait_answer(page, lambda: page.fill("#fact-far", "0.5"))
    expect(page.locator("[data-row-of=industry_far] .v.bad")).to_be_visible()
    wait_answer(page, lambda: page.fill("#fact-far", "1.2"))
    expect(page.locator("[data-row-of=industry_far] .v.ok")).to_be_visible()
    page.fill("#fact-far", "much")
    expect(page.locator("#fact-far")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#facts-said")).not_to_be_empty()


def test_the_address_brings_the_site_back(open_page: Callable[..., Page], atlas: Atlas) -> None:
    page = start(open_page, atlas)
    page.fill("#fact-name", "Site <b>A</b> & {{7*7}}")
    page.select_option("#fact-land_use", "0802")
    paste_square(page)
    url, area = page.url, mu(page)
    heading = page.locator(".answer-verdict").inner_text()
    assert "#site=" in url
    again = open_page(url)
    again.wait_for_selector("body[data-answer=shown]")
    assert (mu(again), again.locator(".answer-verdict").inner_text()) == (area, heading)
    assert again.input_value("#fact-name") == "Site <b>A</b> & {{7*7}}"
    assert again.input_value("#fact-land_use") == "0802"
    other = open_page(again.locator("#lang-other").evaluate("a => a.href"))
    other.wait_for_selector("body[data-answer=shown]")
    assert other.locator("html").get_attribute("lang") == "zh-CN"
    assert mu(other) == area
    with other.expect_popup() as opened:
        other.click("#site-sheet")
    expect(opened.value.locator("h1")).to_contain_text("{{7*7}}")
    with other.expect_popup() as opened:
        other.click("#site-firm")
    expect(opened.value.locator("h1")).to_contain_text("{{7*7}}")


@pytest.mark.parametrize(
    "hash_text",
    ["#site=", "#site=0~1,2;3", "#site=0~116,28;a,b;116,29", "#site=<img src=x>", "#pick=<b>", "#pick=water:none"],
)
def test_an_address_that_holds_no_site_is_an_empty_page(
    open_page: Callable[..., Page], atlas: Atlas, hash_text: str
) -> None:
    page = start(open_page, atlas, hash_text)
    expect(page.locator("#answer-body h2")).to_have_text("No site yet")


def test_a_part_of_a_rule_is_hatched(open_page: Callable[..., Page], atlas: Atlas) -> None:
    page = start(open_page, atlas)
    west = [(x - 900, y) for x, y in SQUARE]  # into the lake
    paste_square(page, west)
    expect(page.locator("path.site-part.conflict")).to_have_count(1)  # the worst one without a click
    shown = page.locator("[data-rule][aria-pressed=true]")
    expect(shown).to_have_count(1)
    rule = shown.get_attribute("data-rule")
    part = json.loads(answer(page, "parts"))[rule]
    rings = part["coordinates"] if part["type"] == "Polygon" else part["coordinates"][0]
    hatched = area_mu([TO_PLANE.transform(*place) for place in rings[0][:-1]])
    assert 0 < hatched <= mu(page)
    shown.press("Enter")
    expect(page.locator("path.site-part")).to_have_count(0)
    assert page.locator("[data-rule][aria-pressed=true]").count() == 0


def test_an_outline_that_crosses_itself_is_refused_with_its_place(open_page: Callable[..., Page], atlas: Atlas) -> None:
    page = start(open_page, atlas, expected="422")
    bow = [SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3]]
    paste_square(page, bow)
    expect(page.locator("#answer-body [role=alert] h2")).to_have_text("This site cannot be assessed")
    expect(page.locator("#answer-body [role=alert]")).to_contain_text("ring 1")
    expect(page.locator("#answer-acts")).to_be_hidden()
    wait_answer(page, lambda: page.click("#site-undo"))
    expect(page.locator("#answer-body h2")).to_have_text("No site yet")


def test_a_file_in_metres_is_asked_for_its_system(open_page: Callable[..., Page], atlas: Atlas, tmp_path: Path) -> None:
    other = [(x + 1500, y) for x, y in SQUARE]
    features = [
        {"type": "Feature", "properties": {"land_use": "0802"}, "geometry": polygon(corners)}
        for corners in (SQUARE, other)
    ]
    path = tmp_path / "地块 one.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    page = start(open_page, atlas, expected="422")
    page.set_input_files("#site-file", path)
    expect(page.locator("#file-said .bad")).to_contain_text("EPSG:4548")
    assert page.evaluate("() => document.body.dataset.answer") == "empty"  # no verdict before the system is known
    page.click('#file-said [data-choice="EPSG:4548"]')
    expect(page.locator("#file-said")).to_contain_text("2 features, EPSG:4548")
    wait_answer(page, lambda: page.click("#file-said [data-choice=one]"))
    assert mu(page) == pytest.approx(2 * area_mu(SQUARE), rel=1e-5)
    expect(page.locator("#outline-count")).to_have_text("2 parts, 8 corners")
    page.set_input_files("#site-file", path)
    page.click('#file-said [data-choice="EPSG:4548"]')
    wait_answer(page, lambda: page.click("#file-said [data-choice=each]"))
    expect(page.locator("[data-answer][data-sites='2']")).to_be_visible()


def polygon(corners: Corners) -> dict[str, object]:
    return {"type": "Polygon", "coordinates": [[*corners, corners[0]]]}


def test_the_files_of_an_answer_hold_what_it_says(open_page: Callable[..., Page], atlas: Atlas, tmp_path: Path) -> None:
    page = start(open_page, atlas)
    page.fill("#fact-name", "=1+1")
    paste_square(page)
    area = mu(page)
    page.click(".site-formats summary")
    with page.expect_download() as saved:
        page.click("#site-csv")
    text = Path(saved.value.path()).read_bytes().decode("utf-8")
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    rules = [row for row in rows if len(row) == 4 and row[0] in ("Unknown", "Conflict", "Conditional", "Allowed")]
    assert len(rules) == page.locator("#answer-body .answer-rules [data-csv-row]").count() > 3
    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "@")]
    page.click(".site-formats summary")
    with page.expect_download() as saved:
        page.click("#site-geojson")
    path = tmp_path / "again.geojson"
    saved.value.save_as(path)
    page.click("#site-clear")
    page.set_input_files("#site-file", path)
    expect(page.locator("#file-datum")).to_have_value("wgs84")
    wait_answer(page, lambda: page.click("#file-said [data-choice=one]"))
    assert mu(page) == pytest.approx(area, rel=1e-5)
    assert page.input_value("#fact-name") == "=1+1"


def test_a_file_of_a_map_service_is_shifted_back_when_its_datum_is_said(
    open_page: Callable[..., Page], atlas: Atlas, tmp_path: Path
) -> None:
    path = tmp_path / "amap.geojson"
    path.write_text(json.dumps(polygon(lonlat(SQUARE))), encoding="utf-8")
    page = start(open_page, atlas)
    page.set_input_files("#site-file", path)
    page.select_option("#file-datum", "gcj02")
    expect(page.locator("#file-said")).to_contain_text("GCJ-02")
    wait_answer(page, lambda: page.click("#file-said [data-choice=one]"))
    (shifted,) = site_corners(page)
    gaps = [math.dist(a, b) for a, b in zip(shifted, SQUARE, strict=True)]
    assert 300 < min(gaps) <= max(gaps) < 900  # what GCJ-02 is off by in this part of China
    assert max(gaps) - min(gaps) < 20


def test_an_area_of_the_map_becomes_the_site(open_page: Callable[..., Page], atlas: Atlas) -> None:
    page = open_page(f"{atlas.url}/?lang=en&sel=science_island:island")
    link = page.locator("[data-to-assess]")
    link.wait_for()
    page.goto(link.evaluate("a => a.href"))
    page.wait_for_selector("body[data-answer=shown]")
    listed = page.request.get(f"{atlas.url}/api/layers/science_island/features").json()["features"]
    island = next(one for one in listed if one["geometry"] and one["geometry"]["type"] == "Polygon")
    plane = [TO_PLANE.transform(*place) for place in island["geometry"]["coordinates"][0][:-1]]
    assert mu(page) == pytest.approx(area_mu(plane), rel=1e-6)
    assert f"±{island['properties']['accuracy_m']:g} m" in page.locator("#answer-body").inner_text()
    page = start(open_page, atlas)
    page.click("[data-tool=pick]")
    page.mouse.click(*spot(page, *lonlat([(408400.0, 3176500.0)])[0]))
    page.wait_for_selector("body[data-answer=shown]")
    assert page.input_value("#fact-name") == "Yaohu Lake"


def test_corners_snap_to_the_map(open_page: Callable[..., Page], atlas: Atlas) -> None:
    page = start(open_page, atlas)
    page.check("#snap-on")
    shore = page.request.get(f"{atlas.url}/api/layers/water/features").json()["features"]
    lake = next(one for one in shore if one["id"] == "water:yaohu")
    polygons = lake["geometry"]["coordinates"]
    ring = polygons[0] if lake["geometry"]["type"] == "Polygon" else polygons[0][0]
    seen = page.locator("#atlas-map").bounding_box() or {}
    corner = next(
        place
        for place in ring
        if seen["x"] + 150 < spot(page, *place)[0] < seen["x"] + 450
        and seen["y"] + 150 < spot(page, *place)[1] < seen["y"] + 600
    )
    x, y = spot(page, *corner)
    page.keyboard.press("d")
    page.mouse.click(x + 4, y + 3)
    page.mouse.click(x + 180, y + 10)
    page.mouse.click(x + 160, y + 120)
    wait_answer(page, lambda: page.keyboard.press("Enter"))
    (drawn,) = site_corners(page)
    assert math.dist(drawn[0], TO_PLANE.transform(*corner)) < 0.05


def test_corners_by_keyboard_alone(open_page: Callable[..., Page], atlas: Atlas) -> None:
    page = start(open_page, atlas)
    page.keyboard.press("d")
    for keys in (["Space"], ["ArrowRight", "Space"], ["ArrowDown", "Space"]):
        for key in keys:
            page.keyboard.press(key)
            page.wait_for_timeout(350)
    wait_answer(page, lambda: page.keyboard.press("Enter"))
    (drawn,) = site_corners(page)
    assert len(drawn) == 3
    page.click("#corners-part summary")
    field = page.locator("[data-corner=y0]")
    field.fill("400000")
    wait_answer(page, lambda: field.press("Enter"))
    moved = [(400000.0, drawn[0][1]), *drawn[1:]]
    assert mu(page) == pytest.approx(area_mu(moved), rel=1e-5)
    field = page.locator("[data-corner=x0]")
    field.fill("28.7")
    field.press("Enter")
    expect(page.locator("#corners-said")).to_contain_text("seven digits")
    assert mu(page) == pytest.approx(area_mu(moved), rel=1e-5)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_phone_draws_by_touch(open_page: Callable[..., Page], atlas: Atlas, lang: str) -> None:
    page = open_page(f"{atlas.url}/assess?{VIEW}&lang={lang}", width=390, height=844, has_touch=True, is_mobile=True)
    page.wait_for_selector("body[data-assess=ready]")
    page.tap("[data-tool=polygon]")
    for place in lonlat([(x, y) for x, y in [(409200, 3176500), (409700, 3176500), (409700, 3176900)]]):
        page.touchscreen.tap(*spot(page, *place))
    page.tap("#draw-done")
    page.wait_for_selector("body[data-answer=shown]")
    page.tap(".tabs [data-tab=answer]")
    expect(page.locator(".answer-verdict")).to_be_visible()
    expect(page.locator("#site-panel")).to_be_hidden()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    small = page.evaluate(
        "() => [...document.querySelectorAll('#answer-panel button, .tabs > *, #map-tools button')]"
        ".filter((one) => one.offsetWidth && !one.classList.contains('chip'))"
        ".map((one) => [one.id || one.textContent, one.getBoundingClientRect().height])"
        ".filter(([name, height]) => height < 44 && !name.startsWith('Ring') && !name.startsWith('第'))"
    )
    assert [one for one in small if one[0].startswith(("site-", "zoom-"))] == []
