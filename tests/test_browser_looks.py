"""What people see and touch: bases that look different, hover, opacity, national colours, a lost server."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.running import Atlas, running_atlas

OpenPage = Callable[..., Page]


def ready(page: Page) -> Page:
    page.wait_for_selector("body[data-ready=true]")
    return page


def test_digitised_inferred_and_symbolic_shapes_look_different(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en&on=forest_park"))
    looks = {}
    for basis in ("digitised", "inferred", "symbolic"):
        path = page.locator(f"#atlas-map path.area-line.basis-{basis}").first
        looks[basis] = path.evaluate("(one) => { const s = getComputedStyle(one); return s.strokeDasharray }")
    assert looks["digitised"] == "none"
    assert len(set(looks.values())) == 3, looks


def test_stated_and_assumed_ring_edges_look_different(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en"))
    dashes = {
        basis: page.locator(f"#atlas-map path.ring-line-{basis}").first.evaluate(
            "(one) => getComputedStyle(one).strokeDasharray"
        )
        for basis in ("stated", "assumed", "inside")
    }
    assert dashes["stated"] == "none"
    assert len(set(dashes.values())) == 3, dashes


def test_hover_names_the_thing_and_its_basis(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en"))
    box = page.locator("#atlas-map path.hit[data-feature='parks:yuweizhou']").first.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_function("() => document.getElementById('hover-tag').textContent.includes('Fish Tail')")
    assert "point" in page.locator("#hover-tag").inner_text()


def test_opacity_slider_fades_the_layer_by_keyboard(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en"))
    page.locator("[data-row=parks]").click()
    slider = page.locator("[data-opacity=parks]")
    slider.focus()
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
    page.wait_for_function("() => getComputedStyle(window.atlasMap.getPane('parks')).opacity === '0.8'")
    assert "parks!80" in page.url


def test_choosing_a_hit_from_a_list_opens_its_card(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en&view=116.0467,28.7055,14"))
    box = page.locator("#atlas-map").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_selector("#point-zone")
    assert page.locator("#card-name").inner_text() == "Yaohu Science Island"
    assert page.locator("#home-zone").get_attribute("data-zone") == "ring_2"


def test_dark_theme_is_kept(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en", color_scheme="light"))
    page.locator("#theme-toggle").click()
    assert page.evaluate("() => document.documentElement.dataset.theme") == "dark"
    page.reload()
    ready(page)
    assert page.evaluate("() => document.documentElement.dataset.theme") == "dark"


def test_lost_server_is_said_and_the_retry_answers(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en", expected="Failed to load resource"))
    page.context.set_offline(True)
    page.mouse.click(640, 420)
    page.wait_for_selector("[data-card-retry]")
    page.context.set_offline(False)
    page.locator("[data-card-retry]").click()
    page.wait_for_selector("#point-zone")


def test_page_works_with_the_line_to_all_other_hosts_cut_and_says_so(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en"))
    hosts = page.evaluate("() => performance.getEntriesByType('resource').map((one) => new URL(one.name).host)")
    assert {atlas.url.removeprefix("http://")} == set(hosts)
    assert "offline" in page.locator("#status").inner_text().lower()


@pytest.mark.parametrize(("code", "colour"), [("1001", "rgb(187, 150, 116)"), ("1401", "rgb(0, 255, 0)")])
def test_parcels_wear_the_national_colours(
    data_copy: Path, tmp_path: Path, open_page: OpenPage, code: str, colour: str
) -> None:
    """A user adds parcels as data/README says; the two colours are those of the national plan."""
    _add_parcel(data_copy, code)
    store = tmp_path / "store"
    store.mkdir()
    with running_atlas(data_copy, store) as own:
        page = ready(open_page(f"{own.url}/?lang=en"))
        path = page.locator("#atlas-map path[data-feature='parcels:one'].parcel").first
        assert path.evaluate("(one) => getComputedStyle(one).fill") == colour
        page.locator("[data-row=parcels]").click()
        assert code in page.locator(".land-use-list").inner_text()
        page.close()


def _add_parcel(folder: Path, code: str) -> None:
    catalogue = json.loads((folder / "catalogue.json").read_text(encoding="utf-8"))
    row = {"id": "parcels", "group": "projects", "title_zh": "地块", "title_en": "Parcels", "geometry": "polygon"}
    catalogue["layers"].append(row | {"visible": True, "min_zoom": 0, "background": False, "file": "parcels.geojson"})
    (folder / "catalogue.json").write_text(json.dumps(catalogue, ensure_ascii=False), encoding="utf-8")
    template = json.loads((folder / "layers/science_island.geojson").read_text(encoding="utf-8"))
    feature = template["features"][0]
    feature["properties"] |= {"id": "parcels:one", "land_use": code, "geometry_basis": "digitised"}
    (folder / "layers/parcels.geojson").write_text(json.dumps(template, ensure_ascii=False), encoding="utf-8")
