"""The map for notebooks: a page that stands alone, draws in the atlas's colours, and executes no text."""

from __future__ import annotations

import functools
import html
import json
import re
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from geo.errors import ChoiceError
from geo.output.symbology import TOKENS
from geo.plan import Plan, load_plan
from tests.toy import feature, polygon, toy_layers, write_toy
from webapp.maps import notebook_map

HOSTILE = "</script><script>document.title='ran'</script>{{ 7*191 }}<img src=x onerror=\"document.title='ran'\">${1}{% "
RUN = "1337"  # what 7*191 would come to


class _Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing."""

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder and the address where 127.0.0.1 serves it."""
    folder = tmp_path / "served"
    folder.mkdir()
    handler = functools.partial(_Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield folder, f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join(10)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """The toy with names that would like to be code."""
    folder = write_toy(tmp_path_factory.mktemp("hostile") / "data", hostile_layers())
    path = folder / "catalogue.json"
    catalogue = json.loads(path.read_text(encoding="utf-8"))
    for row in (*catalogue["layers"], *catalogue["sources"]):
        row |= {key: HOSTILE for key in row if key.endswith(("_zh", "_en"))}
    catalogue |= {"title_zh": HOSTILE, "title_en": HOSTILE}
    path.write_text(json.dumps(catalogue, ensure_ascii=False), encoding="utf-8")
    return load_plan(folder)


def hostile_layers() -> dict[str, list[dict[str, object]]]:
    """The layers of the toy, their names replaced, and a lake that lies where a click falls."""
    layers = toy_layers()
    layers["places"] = [feature("places:across", polygon(500, 1500, 0))]
    for rows in layers.values():
        for row in rows:
            row["properties"] |= {"name_zh": HOSTILE, "name_en": HOSTILE, "note_zh": HOSTILE}
    return layers


def shown(page: Page) -> dict[str, int]:
    """How many shapes are drawn in each colour."""
    colours = page.locator("#atlas-map path").evaluate_all("(all) => all.map((one) => one.getAttribute('fill'))")
    return {colour: colours.count(colour) for colour in colours}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_page_draws_rings_and_water_in_the_colours_of_the_atlas(
    plan: Plan, served: tuple[Path, str], open_page: Callable[..., Page], lang: str
) -> None:
    folder, url = served
    notebook_map(plan, ["rings", "water"], lang).save(folder / "map.html")
    page = open_page(f"{url}/map.html", width=900, height=600)  # fails on a console error or another host
    page.wait_for_selector("body[data-ready=true]")
    drawn = shown(page)
    assert all(drawn[TOKENS[one]] == 1 for one in ("r1", "r2", "r3", "r4"))
    assert drawn[TOKENS["water"]] == len([one for one in plan.of_layer("water", plan.view()) if one.geometry])
    title = plan.layer("rings").title_zh if lang == "zh" else plan.layer("rings").title_en
    page.get_by_label(title, exact=True).uncheck()
    assert TOKENS["r1"] not in shown(page)
    page.locator(f"#atlas-map path[fill='{TOKENS['water']}']").first.click()
    said = page.locator(".leaflet-popup-content").inner_text()
    assert ("非法定规划图" if lang == "zh" else "Not a legal plan") in said
    assert "km²" in said or "平方公里" in said
    assert " m" in said
    assert page.locator("html").get_attribute("lang") == lang


def test_frame_of_a_notebook_shows_the_same_page(
    plan: Plan, served: tuple[Path, str], open_page: Callable[..., Page]
) -> None:
    folder, url = served
    made = notebook_map(plan)
    frame = made._repr_html_()
    (srcdoc,) = re.findall(r'srcdoc="([^"]*)"', frame)
    assert html.unescape(srcdoc) == made.page
    (folder / "cell.html").write_text(f"<!doctype html><title>cell</title>{frame}", encoding="utf-8")
    page = open_page(f"{url}/cell.html", width=900, height=700)
    inner = page.frame_locator("iframe")
    inner.locator("body[data-ready=true]").wait_for()
    assert inner.locator(f"#atlas-map path[fill='{TOKENS['r1']}']").count() == 1
    boxes = inner.locator("#legend input").evaluate_all("(all) => all.map((one) => one.checked)")
    drawn = [layer for layer in plan.catalogue.layers if plan.of_layer(layer.id, plan.view())]
    assert boxes == [layer.visible for layer in reversed(drawn)]
    assert len(repr(made)) < 100


def test_hostile_text_is_shown_and_nothing_runs(
    hostile: Plan, served: tuple[Path, str], open_page: Callable[..., Page]
) -> None:
    folder, url = served
    made = notebook_map(hostile, lang="en")
    assert RUN not in made.page
    assert "<script>document" not in made.page
    made.save(folder / "map.html")
    page = open_page(f"{url}/map.html", width=1000, height=700)
    page.wait_for_selector("body[data-ready=true]")
    page.locator(f"#atlas-map path[fill='{TOKENS['water']}']").first.click()
    assert page.locator(".leaflet-popup-content h2").inner_text() == HOSTILE.strip()
    assert HOSTILE.strip() in page.locator("#legend").inner_text()
    page.mouse.move(300, 300)
    assert page.locator("img").count() == 0
    assert page.title() == HOSTILE.strip()


def test_twin_a_script_that_the_page_was_not_made_with_is_stopped(
    plan: Plan, served: tuple[Path, str], open_page: Callable[..., Page]
) -> None:
    folder, url = served
    made = notebook_map(plan, ["water"])
    spoiled = made.page.replace("</body>", "<script>document.title = 'ran'</script></body>")
    (folder / "map.html").write_text(spoiled, encoding="utf-8")
    page = open_page(f"{url}/map.html", expected="Content Security Policy")
    page.wait_for_selector("body[data-ready=true]")
    assert page.title() != "ran"


def test_page_names_no_host_and_no_file_of_its_own(plan: Plan) -> None:
    page = notebook_map(plan).page
    assert re.findall(r"<(?:link|img|iframe)|\ssrc=|@import", page) == []


@pytest.mark.parametrize(
    ("layers", "ids"), [("ring_2", ["rings"]), (["water", "ring_2", "ring_3"], ["rings", "water"])]
)
def test_layers_and_rings_are_named_and_stand_in_draw_order(
    plan: Plan, layers: str | list[str], ids: list[str]
) -> None:
    found = data_of(notebook_map(plan, layers).page)["layers"]
    assert [layer["id"] for layer in found] == ids
    assert len(found[0]["features"]) == (1 if layers == "ring_2" else 2)
    assert all(layer["visible"] for layer in found)


def test_theme_brings_its_layers(plan: Plan) -> None:
    theme = plan.catalogue.guides.themes[0]
    found = data_of(notebook_map(plan, f"theme:{theme.id}").page)["layers"]
    assert {layer["id"] for layer in found} <= set(theme.layers)
    assert found


def data_of(page: str) -> Any:
    """The JSON that a page draws."""
    (text,) = re.findall(r'id="atlas-data">(.*?)</script>', page)
    return json.loads(text)


def test_unknown_layer_is_said(plan: Plan) -> None:
    with pytest.raises(ChoiceError, match="rings"):
        notebook_map(plan, ["nowhere"])
