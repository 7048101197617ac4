"""Each component of the map page in each state that it can reach, in three sizes and two languages.

In every state nothing runs out of the window sideways, and on a phone whatever can be touched reaches 44 px.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route

from tests.running import Atlas

OpenPage = Callable[..., Page]
Size = tuple[int, int]
PHONE = (390, 844)
SIZES = ((1440, 900), (768, 1024), PHONE)
FAULT = "Failed to load resource"
STOPS_PX = (96, 346, 684)  # of the sheet
ISLAND = "sel=science_island:island"
every_size = pytest.mark.parametrize(
    ("size", "lang"), [(size, lang) for size in SIZES for lang in ("zh", "en")], ids=lambda one: str(one)
)

# A box of 44 px is enough. What is smaller may answer beyond its box: walk from its middle until something else does.
SMALL_TARGETS = """() => {
  const found = [];
  for (const one of document.querySelectorAll('button, a[href], input, summary, [role=option]')) {
    const target = one.closest('label') || one;
    if (one.disabled || one.closest('.leaflet-pane, .skip')) continue;
    if (!one.checkVisibility({ visibilityProperty: true })) continue;
    let box = target.getBoundingClientRect();
    if (Math.min(box.width, box.height) >= 44) continue;
    target.scrollIntoView({ block: 'center', inline: 'nearest' });
    box = target.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const answers = (dx, dy) => {
      const top = document.elementFromPoint(x + dx, y + dy);
      return Boolean(top) && (target.contains(top) || one.contains(top));
    };
    if (!answers(0, 0)) continue; // something lies over it: not to be touched now
    const reach = (dx, dy) => {
      let n = 0;
      while (n < 40 && answers(dx * (n + 1), dy * (n + 1))) n += 1;
      return n;
    };
    const width = Math.max(box.width, reach(-1, 0) + reach(1, 0) + 1);
    const height = Math.max(box.height, reach(0, -1) + reach(0, 1) + 1);
    if (Math.min(width, height) < 43) found.push(`${one.id || one.className || one.tagName}: ${width} x ${height}`);
  }
  return found;
}"""


def small_targets(page: Page) -> list[str]:
    """What can be touched now but answers on less than 44 px."""
    found: list[str] = page.evaluate(SMALL_TARGETS)
    return found


def check(page: Page, size: Size) -> None:
    """Nothing sticks out sideways; on a phone every target is large."""
    wide = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0
    if size == PHONE:
        assert small_targets(page) == []


def touch(size: Size) -> bool:
    return size == PHONE


def opened(open_page: OpenPage, url: str, size: Size) -> Page:
    """The map page, drawn."""
    page = open_page(url, width=size[0], height=size[1], has_touch=touch(size), expected=FAULT)
    page.wait_for_selector("body[data-ready=true]")
    return page


def show_layers(page: Page, size: Size) -> None:
    if size[0] <= 1180:
        page.locator("#tab-layers" if touch(size) else "#rail-open").click()
    page.wait_for_function("() => getComputedStyle(document.getElementById('layers')).visibility === 'visible'")


def hide_layers(page: Page, size: Size) -> None:
    if size[0] <= 1180:
        page.locator("#tab-map" if touch(size) else "#layers-close").click()


def layers_are_off_part_and_chosen(page: Page, size: Size) -> None:
    show_layers(page, size)
    row = page.locator(".row:has([data-switch=parks])")
    assert "off" in (row.get_attribute("class") or "").split()
    assert page.locator(".grp-section:has([data-switch=parks]) [data-group]").evaluate("(box) => box.indeterminate")
    page.locator("[data-row=water]").click()
    slider = page.locator("[data-opacity=water]")
    slider.wait_for()
    assert slider.input_value() == "100"
    check(page, size)
    hide_layers(page, size)


def search_finds_and_finds_nothing(page: Page, size: Size) -> None:
    field = page.locator("#search-field")
    field.fill("瑶湖")
    page.locator("#search-list [role=option]").first.wait_for()
    check(page, size)
    field.fill("qqxx")
    page.locator("[data-note=nothing]").wait_for()
    assert page.locator("#search-list [role=option]").count() == 0
    check(page, size)
    field.fill("")
    field.blur()


def measuring_panel_is_empty_then_full(page: Page, size: Size) -> None:
    page.locator("#measure-tool").click()
    page.locator("#measure").wait_for()
    assert page.locator("#measure-done").is_disabled()
    check(page, size)
    for key in ("Space", "ArrowRight", "Space", "ArrowDown", "Space"):
        page.locator("#atlas-map").press(key)
        page.wait_for_timeout(300)  # an arrow pans for a quarter of a second
    page.locator("#measure-ring").click()
    page.wait_for_function("() => document.getElementById('measure-areas').dataset.empty === 'false'")
    check(page, size)
    page.locator("#measure-close").click()


def sheet_stops_at_three_heights(page: Page, size: Size) -> None:
    page.evaluate("async (sel) => (await import('/static/js/map/state.js')).set({ sel })", ISLAND.removeprefix("sel="))
    page.locator("#card-body [data-basis]").wait_for()
    handle = page.locator("#card .sheet-handle")
    for press, height in (("ArrowDown", STOPS_PX[0]), ("ArrowUp", STOPS_PX[1]), ("ArrowUp", STOPS_PX[2])):
        handle.press(press)
        page.wait_for_function("(height) => document.getElementById('card').offsetHeight === height", arg=height)
        check(page, size)


@every_size
def test_components_in_the_states_that_people_bring_about(
    atlas: Atlas, open_page: OpenPage, size: Size, lang: str
) -> None:
    page = opened(open_page, f"{atlas.url}/?lang={lang}&off=parks", size)
    layers_are_off_part_and_chosen(page, size)
    search_finds_and_finds_nothing(page, size)
    measuring_panel_is_empty_then_full(page, size)
    if touch(size):
        sheet_stops_at_three_heights(page, size)


def card_waits_fails_and_comes(page: Page, held: list[Route], size: Size) -> None:
    page.wait_for_selector("#card-body .grey", state="attached")
    check(page, size)
    page.unroute(re.compile("science_island/features"))
    for route in held:
        route.abort()
    page.locator("#card-body [data-card-retry]").wait_for()
    check(page, size)
    page.locator("#card-body [data-card-retry]").click()
    page.locator("#card-body [data-basis=inferred]").wait_for()


def layer_fails_and_comes(page: Page, size: Size) -> None:
    show_layers(page, size)
    failed = page.locator("[data-failed][data-layer=towns]")
    failed.wait_for()
    assert page.locator("#atlas-map path[data-feature^='water:']").count() > 0, "the rest of the map stands"
    check(page, size)
    page.unroute(re.compile("towns/features"))
    failed.locator("[data-retry]").click()
    page.wait_for_function("() => !document.querySelector('[data-failed][data-layer=towns]')")
    hide_layers(page, size)


def server_is_lost_and_found(page: Page, size: Size) -> None:
    page.context.set_offline(True)
    page.evaluate("async () => (await import('/static/js/map/state.js')).set({ sel: '@116.02,28.70' })")
    page.locator("#lost").wait_for()
    page.locator("#card-point [data-card-retry]").wait_for()
    assert page.locator("#atlas-map path[data-feature^='water:']").count() > 0
    check(page, size)
    page.context.set_offline(False)
    page.locator("#lost-retry").click()
    page.wait_for_selector("#lost", state="hidden")


@every_size
def test_components_when_answers_are_late_or_do_not_come(
    atlas: Atlas, open_page: OpenPage, size: Size, lang: str
) -> None:
    held: list[Route] = []
    page = open_page(f"{atlas.url}/healthz", width=size[0], height=size[1], has_touch=touch(size), expected=FAULT)
    page.route(re.compile("science_island/features"), lambda route: held.append(route))
    page.route(re.compile("towns/features"), lambda route: route.abort())
    page.goto(f"{atlas.url}/?lang={lang}&view=116.06,28.70,13&off=science_island&{ISLAND}")
    card_waits_fails_and_comes(page, held, size)
    layer_fails_and_comes(page, size)
    server_is_lost_and_found(page, size)


def test_small_target_and_wide_page_are_found(atlas: Atlas, open_page: OpenPage) -> None:
    page = opened(open_page, f"{atlas.url}/?lang=en", PHONE)
    check(page, PHONE)
    page.evaluate("() => { document.getElementById('zoom-in').style.height = '30px' }")
    assert [line.split(":")[0] for line in small_targets(page)] == ["zoom-in"]
    page.evaluate("() => { document.body.append(document.createElement('hr')); document.body.style.width = '500px' }")
    page.evaluate("() => { document.body.style.overflow = 'visible' }")
    with pytest.raises(AssertionError):
        check(page, PHONE)


REST = "() => document.getAnimations().filter((one) => one.playState === 'running').length"


@pytest.mark.parametrize("size", [(1440, 900), PHONE])
@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_reduced_motion_leaves_nothing_moving(atlas: Atlas, open_page: OpenPage, size: Size, motion: str) -> None:
    page = open_page(f"{atlas.url}/?lang=en&{ISLAND}", width=size[0], height=size[1], reduced_motion=motion)
    page.wait_for_selector("body[data-ready=true]")
    page.locator("#card-body [data-basis]").wait_for()
    running = page.evaluate(f"""() => {{
      const running = {REST};
      const counts = [];
      const act = (one) => {{ one(); counts.push(running()); }};
      const press = (node, key) => node.dispatchEvent(new KeyboardEvent('keydown', {{ key, bubbles: true }}));
      act(() => press(document.querySelector('#card .sheet-handle'), 'ArrowUp'));
      act(() => document.querySelector('[data-fold]').click());
      act(() => document.getElementById('zoom-in').click());
      act(() => document.getElementById('card-close').click());
      return counts;
    }}""")
    if motion == "reduce":
        assert sum(running) == 0
    elif size == PHONE:
        assert sum(running) > 0, "with motion the sheet slides: the count can see it"
