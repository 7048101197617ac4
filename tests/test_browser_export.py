"""Downloads in a real browser: chosen on the map or the page, fetched with progress, stopped, refused, remembered."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.axe import violations
from tests.running import Atlas

OpenPage = Callable[..., Page]
SITE = "0~116.03,28.70;116.034,28.70;116.034,28.704;116.03,28.704"
STATES = "#export-form[data-state={}]"


def fetched(atlas: Atlas, address: str) -> tuple[bytes, str]:
    """The bytes and the name of a file as a program gets it."""
    with urllib.request.urlopen(f"{atlas.url}{address}", timeout=60) as answer:
        return answer.read(), unquote(answer.headers["Content-Disposition"].split("UTF-8''")[1])


def comes(page: Page, state: str) -> None:
    page.wait_for_selector(STATES.format(state), timeout=60_000)


def choose(page: Page, ext: str) -> None:
    page.locator(f'#export-form [name=ext][value="{ext}"]').check()


def on_page(open_page: OpenPage, atlas: Atlas, query: str, **options: Any) -> Page:
    page = open_page(f"{atlas.url}/export?{query}", **options)
    page.wait_for_selector("#export-form[data-state]")
    return page


def on_map(open_page: OpenPage, atlas: Atlas, query: str = "lang=zh", **options: Any) -> Page:
    page = open_page(f"{atlas.url}/?{query}", **options)
    page.wait_for_selector("body[data-ready=true]")
    return page


def words(page: Page, key: str) -> str:
    """A text of the page's own."""
    return str(json.loads(page.locator("#page-data").text_content() or "")["words"][key])


def downloaded(page: Page) -> tuple[bytes, str, str]:
    """The bytes and the name that the button saves, and the address that they came from."""

    def is_file(asked: Request) -> bool:
        return asked.method == "GET" and "/export/" in asked.url

    with page.expect_request(is_file) as request, page.expect_download() as saved:
        page.click("#export-go")
    comes(page, "saved")
    address = request.value.url.split("/", 3)[3]
    return Path(saved.value.path()).read_bytes(), saved.value.suggested_filename, f"/{address}"


def test_map_offers_what_is_seen_and_saves_it_as_dxf(atlas: Atlas, open_page: OpenPage) -> None:
    page = on_map(open_page, atlas, "lang=zh&extent=2013")
    page.click("#export-open")
    dialog = page.locator("#export-dialog")
    expect(dialog).to_be_visible()
    bounds = page.evaluate("() => atlasMap.getBounds().toBBoxString()").split(",")
    box = page.input_value("#export-bbox").split(",")
    assert [float(side) for side in box] == pytest.approx([float(side) for side in bounds], abs=1e-6)
    layers = page.input_value("#export-layer").split(",")
    on = page.locator("#tree [data-switch]:checked").evaluate_all("boxes => boxes.map((box) => box.dataset.switch)")
    assert {one for one in layers if one != "rings"} == {
        one for one in on if not one.startswith(("ring_1", "ring_2", "ring_3", "ring_4"))
    }
    assert "rings" in layers
    choose(page, "dxf")
    comes(page, "sized")
    content, name, address = downloaded(page)
    words = parse_qs(urlsplit(address).query)
    assert words == {"bbox": [",".join(box)], "extent": ["2013"], "reading": ["shore_belt"], "lang": ["zh"]}
    assert (content, name) == fetched(atlas, address)
    assert name.endswith(".dxf")
    assert name in page.inner_text("#export-size")
    assert page.evaluate("document.querySelector('#export-progress').max") == len(content)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert page.evaluate("document.activeElement.id") == "export-open"
    page.reload()
    page.wait_for_selector("body[data-ready=true]")
    assert page.locator("#export-form [name=ext]:checked").input_value() == "dxf"


def test_page_tells_size_and_count_of_what_is_chosen(atlas: Atlas, open_page: OpenPage) -> None:
    page = on_page(open_page, atlas, "lang=en&layer=water")
    comes(page, "sized")
    choose(page, "geojson")
    page.wait_for_selector("#export-name:has-text('.geojson')")
    content, name = fetched(atlas, "/export/water.geojson?lang=en")
    assert page.inner_text("#export-name") == name
    assert page.inner_text("#export-size") == f"2 features, {round(len(content) / 1000)} KB"
    page.select_option("#export-layer", "roads")
    page.wait_for_selector("#export-name:has-text('roads')")
    roads = json.loads(fetched(atlas, "/export/roads.geojson?lang=en")[0])
    assert page.inner_text("#export-size").startswith(f"{len(roads['features'])} features, ")


def test_choice_is_remembered_and_the_address_goes_before_it(atlas: Atlas, open_page: OpenPage) -> None:
    page = on_page(open_page, atlas, "lang=zh")
    choose(page, "shp.zip")
    page.select_option("#export-system", "bd09")
    page.select_option("#export-encoding", "gbk")
    page.locator("#export-form [name=lang][value=en]").check()
    again = on_page(open_page, atlas, "layer=water")
    content, name, address = downloaded(again)
    assert address == "/export/water.shp.zip?datum=bd09&encoding=gbk&lang=en"
    assert (content, name) == fetched(atlas, address)
    named = on_page(open_page, atlas, "ext=kml&system=EPSG:4490&lang=zh")
    assert named.locator("#export-form [name=ext]:checked").input_value() == "kml"
    assert named.input_value("#export-system") == "EPSG:4490"
    assert named.locator("#export-form [name=lang]:checked").input_value() == "zh"


def test_systems_that_a_format_cannot_have_are_off_and_shifted_ones_warn(atlas: Atlas, open_page: OpenPage) -> None:
    page = on_page(open_page, atlas, "lang=en&ext=gpkg&system=gcj02")
    assert page.locator("#export-shift").is_visible()
    choose(page, "dxf")
    assert page.input_value("#export-system") == ""
    assert page.locator("#export-shift").is_hidden()
    assert "EPSG:4548" in page.locator("#export-system option").first.inner_text()
    off = page.locator("#export-system option:disabled").evaluate_all("found => found.map((one) => one.value)")
    assert off == ["EPSG:4326", "EPSG:4490", "EPSG:3857", "gcj02", "bd09"]
    visible = {
        ext: [name for name in ("encoding", "geometry") if (choose(page, ext), page.is_visible(f"#export-{name}"))[1]]
        for ext in ("dxf", "shp.zip", "txt", "csv")
    }
    assert visible == {"dxf": [], "shp.zip": ["encoding"], "txt": ["encoding"], "csv": ["geometry"]}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_box_beyond_the_plan_is_refused_in_words(atlas: Atlas, open_page: OpenPage, lang: str) -> None:
    page = on_page(open_page, atlas, f"lang={lang}&layer=water&bbox=1,2,3,4&ext=geojson", expected="422")
    comes(page, "refused")
    with pytest.raises(urllib.error.HTTPError) as refused:
        fetched(atlas, f"/export/water.geojson?bbox=1,2,3,4&lang={lang}")
    alert = page.locator("#export-form [role=alert]")
    assert alert.inner_text() == json.load(refused.value)["detail"]
    page.click("#export-go")
    comes(page, "refused")
    expect(page.locator("#export-stop")).to_be_hidden()
    page.fill("#export-bbox", "115.9, 28.6, 116.1, 28.8")
    comes(page, "sized")
    expect(alert).to_be_hidden()


def test_download_that_takes_long_shows_it_and_is_stopped(atlas: Atlas, open_page: OpenPage) -> None:
    page = on_page(open_page, atlas, "lang=en&layer=water&ext=kml")
    comes(page, "sized")
    held: list[Route] = []
    page.route("**/export/water.kml*", lambda route: held.append(route))  # never let on: a server that takes for ever
    page.click("#export-go")
    progress = page.locator("#export-progress")
    expect(progress).to_be_visible()
    assert progress.get_attribute("value") is None  # nothing is known yet but that it goes on
    page.wait_for_selector("#export-count:has-text('1 s')")
    assert page.evaluate("document.activeElement.id") == "export-stop"
    page.keyboard.press("Enter")
    comes(page, "stopped")
    assert len(held) == 1
    assert page.inner_text("#export-size") == "Stopped. Nothing was saved."
    expect(progress).to_be_hidden()
    assert page.evaluate("document.activeElement.id") == "export-go"
    page.unroute("**/export/water.kml*")
    assert downloaded(page)[0] == fetched(atlas, "/export/water.kml?lang=en")[0]


def test_page_works_without_scripts(atlas: Atlas, open_page: OpenPage) -> None:
    page = open_page(f"{atlas.url}/export?lang=zh&rings=400,1200,2500", java_script_enabled=False)
    page.select_option("#export-layer", "rings")
    page.locator('[name=ext][value="csv"]').check()
    page.select_option("#export-geometry", "point")
    with page.expect_download() as saved:
        page.click("#export-go")
    found = fetched(atlas, "/export/rings.csv?geometry=point&rings=400,1200,2500&lang=zh")
    assert (Path(saved.value.path()).read_bytes(), saved.value.suggested_filename) == found
    assert "情景-400-1200-2500" in found[1]


def test_doors_keep_layer_and_rings(atlas: Atlas, open_page: OpenPage) -> None:
    page = open_page(f"{atlas.url}/layers/parks?lang=en&extent=2013")
    page.click("#table-formats")
    page.wait_for_url("**/export?extent=2013&lang=en&layer=parks")
    assert page.input_value("#export-layer") == "parks"
    other = open_page(f"{atlas.url}/whatif?rings=400,1200,2500&lang=en")
    other.wait_for_function("() => document.querySelector('#open-export').href.includes('rings=400,1200,2500')")
    other.click("#open-export")
    other.wait_for_selector("#scenario-bar")
    assert other.locator("#export-form [name=rings]").get_attribute("value") == "400,1200,2500"


def test_assessed_site_is_saved_in_another_format(atlas: Atlas, open_page: OpenPage) -> None:
    page = open_page(f"{atlas.url}/assess?lang=zh#site={SITE}&from=drawn&name=甲地块", expected="ERR_FAILED")
    page.wait_for_selector("body[data-answer=shown]", timeout=60_000)
    page.click(".site-formats summary")
    with page.expect_request("**/export/site.dxf*") as request, page.expect_download() as saved:
        page.click("#site-formats [value=dxf]")
    asked = request.value
    sent = urllib.request.Request(asked.url, asked.post_data_buffer, {"Content-Type": asked.headers["content-type"]})
    with urllib.request.urlopen(sent, timeout=60) as answer:
        assert Path(saved.value.path()).read_bytes() == answer.read()
    assert "甲地块" in saved.value.suggested_filename
    assert page.locator(".site-formats[open]").count() == 0
    expect(page.locator("#toast")).to_contain_text(saved.value.suggested_filename)
    page.route("**/export/site.*", lambda route: route.abort())
    page.click(".site-formats summary")
    page.click("#site-formats [value=kml]")
    expect(page.locator("#toast")).to_have_text(words(page, "export_lost"))
    page.click(".site-formats summary")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert page.locator(".site-formats[open]").count() == 0
    assert page.evaluate("document.activeElement.matches('.site-formats summary')")
    page.click(".site-formats summary")
    page.mouse.click(400, 300)
    assert page.locator(".site-formats[open]").count() == 0


@pytest.mark.parametrize(("width", "height", "scheme"), [(1440, 900, "dark"), (390, 844, "light")])
def test_panel_can_be_used_by_everyone(atlas: Atlas, open_page: OpenPage, width: int, height: int, scheme: str) -> None:
    size = {"width": width, "height": height, "color_scheme": scheme}
    page = on_page(open_page, atlas, "lang=en&ext=csv&system=gcj02", **size)
    comes(page, "sized")
    assert violations(page) == []
    shown = on_map(open_page, atlas, "lang=zh", **size)
    if width < 761:
        shown.click("#tab-layers")
    shown.click("#export-open")
    comes(shown, "sized")
    assert violations(shown) == []
    dialog = shown.locator("#export-dialog").bounding_box()
    assert dialog is not None
    assert dialog["x"] >= 0
    assert dialog["x"] + dialog["width"] <= width
    if width < 761:
        targets = "#export-dialog :is(select, button, .seg label, .export-format, #export-bbox)"
        heights = [box["height"] for one in shown.locator(targets).all() if (box := one.bounding_box())]
        assert len(heights) > 15
        assert min(heights) >= 44
