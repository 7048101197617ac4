"""Text that would like to be code: in a real browser it stays text, and every page works."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.running import Atlas, running_atlas

HOSTILE = "{{ 7*191 }}<img src=x onerror=alert(1)>${1}{% "
RUN = "1337"  # what 7*191 would come to


@pytest.fixture
def hostile_atlas(data_copy: Path, tmp_path: Path) -> Iterator[Atlas]:
    """The app on data whose names, keys, notes and layer titles are hostile."""
    for path in (data_copy / "layers").glob("*.geojson"):
        collection = json.loads(path.read_text(encoding="utf-8"))
        for feature in collection["features"]:
            properties = feature["properties"]
            for key in ("name_zh", "name_en", "note_zh", "note_en", "place"):
                properties[key] = HOSTILE
            properties[HOSTILE] = HOSTILE
            properties["__proto__x"] = "</script><script>alert(1)</script>"
        path.write_text(json.dumps(collection, ensure_ascii=False), encoding="utf-8")
    catalogue = json.loads((data_copy / "catalogue.json").read_text(encoding="utf-8"))
    for row in (*catalogue["layers"], *catalogue["groups"], *catalogue["sources"], *catalogue["slots"]):
        row |= {key: HOSTILE for key in row if key.endswith(("_zh", "_en"))}
    catalogue |= {"title_zh": HOSTILE, "title_en": HOSTILE}
    (data_copy / "catalogue.json").write_text(json.dumps(catalogue, ensure_ascii=False), encoding="utf-8")
    store = tmp_path / "store"
    store.mkdir()
    with running_atlas(data_copy, store, MAP_REVIEW_NO="{{ 7*191 }}<b>") as atlas:
        yield atlas


def test_hostile_text_is_shown_and_nothing_runs(hostile_atlas: Atlas, open_page: Callable[..., Page]) -> None:
    ran: list[str] = []
    page = open_page(f"{hostile_atlas.url}/?lang=en")
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    page.wait_for_selector("body[data-ready=true]")
    for box in page.locator("[data-switch]").all():
        box.set_checked(True)
    for selection in ("science_island:island", "water:yaohu", "sites:yaohu_airport", "parks:beili_waterfront"):
        page.goto(f"{hostile_atlas.url}/?lang=en&sel={selection}")
        page.wait_for_selector("body[data-ready=true]")
        page.wait_for_function("(text) => document.getElementById('card-name').textContent === text", arg=HOSTILE)
        for fold in page.locator("#card-body details").all():
            fold.evaluate("(one) => { one.open = true }")
        said = page.locator("#card-body").inner_text()
        assert said.count(HOSTILE.strip()) >= 3  # note, key and value at least
        assert "<script>alert(1)</script>" in said
        _is_calm(page)
    page.mouse.move(640, 420)
    page.mouse.click(640, 420)
    page.wait_for_selector("#point-zone")
    _is_calm(page)
    for path in ("/about?lang=zh", "/nowhere?lang=en"):
        page.goto(f"{hostile_atlas.url}/about?lang=zh" if "about" in path else f"{hostile_atlas.url}/about?lang=en")
        _is_calm(page)
    assert ran == []


def _is_calm(page: Page) -> None:
    """No hostile element stands in the page, and no expression was worked out."""
    assert page.locator("img[src=x]").count() == 0
    words = page.evaluate(
        "() => document.body.innerText + [...document.querySelectorAll('[title], [aria-label]')]"
        ".map((one) => `${one.title} ${one.getAttribute('aria-label')}`).join(' ')"
    )
    assert RUN not in words
    assert RUN not in page.title()
