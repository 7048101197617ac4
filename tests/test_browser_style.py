"""The page of the design: it shows every component, its colours can be read, and no page shifts while it loads."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.running import Atlas

OpenPage = Callable[..., Page]
TOKENS = (Path(__file__).parent.parent / "static/css/tokens.css").read_text(encoding="utf-8")
MOST_SHIFT = 0.1  # Web Vitals: good
SHIFTS = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => { for (const one of list.getEntries()) if (!one.hadRecentInput) sum += one.value })
    .observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => done(sum), 200);
})"""


def opened(open_page: OpenPage, url: str, scheme: str, width: int = 1440) -> Page:
    page = open_page(url, color_scheme=scheme, width=width)
    page.wait_for_selector("body[data-ready=true]")
    return page


def luminance(colour: str) -> float:
    """Relative luminance of "#rrggbb" as WCAG 2.1 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def colours(scheme: str) -> dict[str, str]:
    """The colour tokens as the style sheet writes them; dark ones over the light."""
    light, dark = TOKENS.split("@media screen")
    text = light if scheme == "light" else light + dark
    found = re.findall(r"--(\w+): (#[0-9a-f]{3,6});", text)
    return {name: value if len(value) == 7 else "#" + "".join(2 * part for part in value[1:]) for name, value in found}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pairs_are_readable_and_the_ratios_are_true(atlas: Atlas, open_page: OpenPage, scheme: str) -> None:
    page = opened(open_page, f"{atlas.url}/style?lang=en", scheme)
    tokens = colours(scheme)
    rows = page.locator("#style-pairs tbody tr").all()
    assert len(rows) > 20
    for row in rows:
        front, back = (row.get_attribute("data-pair") or "").split("/")
        dark, light = sorted((luminance(tokens[front]), luminance(tokens[back])))
        ratio = float(row.get_attribute("data-ratio") or "nan")
        assert ratio == pytest.approx((light + 0.05) / (dark + 0.05), abs=0.005)
        assert ratio >= float(row.get_attribute("data-least") or "nan"), (front, back)
    shown = page.eval_on_selector_all("[data-token]", "all => all.map((one) => one.dataset.token)")
    assert set(shown) == set(tokens)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [1440, 768, 390])
def test_every_component_is_there_and_fits(atlas: Atlas, open_page: OpenPage, lang: str, width: int) -> None:
    page = opened(open_page, f"{atlas.url}/style?lang={lang}", "light", width)
    slots = page.locator("[data-slot]").all()
    assert len(slots) > 20
    empty = [slot.get_attribute("data-slot") for slot in slots if not slot.locator("> *").count()]
    assert empty == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    ids = page.eval_on_selector_all("[id]", "all => all.map((one) => one.id)")
    assert len(ids) == len(set(ids)), sorted(one for one in set(ids) if ids.count(one) > 1)


def test_specimens_look_as_the_states_they_hold(atlas: Atlas, open_page: OpenPage) -> None:
    """A state held still and the same state brought about by hand have the same look."""
    page = opened(open_page, f"{atlas.url}/style?lang=en", "light")
    look = "(one) => { const s = getComputedStyle(one); return [s.backgroundColor, s.outlineWidth, s.filter] }"
    held = page.locator(".states [data-show=hover].btn.p")
    live = page.locator(".states .btn.p:not([data-show]):not(:disabled)")
    at_rest = live.evaluate(look)
    live.hover()
    assert live.evaluate(look) == held.evaluate(look) != at_rest
    held = page.locator(".states [data-show=focus].btn.p")
    page.mouse.move(0, 0)
    page.keyboard.press("Tab")
    live.focus()
    assert live.evaluate(look) == held.evaluate(look) != at_rest


@pytest.mark.parametrize(
    "path", ["/", "/?sel=science_island:island", "/metrics", "/sources", "/about", "/layers/sites"]
)
@pytest.mark.parametrize("width", [1440, 390])
def test_page_does_not_shift_while_it_loads(atlas: Atlas, open_page: OpenPage, path: str, width: int) -> None:
    page = open_page(f"{atlas.url}{path}{'&' if '?' in path else '?'}lang=zh", width=width)
    if path.startswith("/?") or path == "/":
        page.wait_for_selector("body[data-ready=true]")
    assert page.evaluate(SHIFTS) < MOST_SHIFT


def test_shift_is_seen(atlas: Atlas, open_page: OpenPage) -> None:
    page = open_page(f"{atlas.url}/about?lang=en")
    page.wait_for_timeout(100)
    page.evaluate("() => { document.querySelector('main').style.paddingTop = '400px' }")
    page.wait_for_timeout(100)
    assert page.evaluate(SHIFTS) > MOST_SHIFT
