"""The time bar on the map: years by key, drag, step and play; counts, extent, charts; a dated view from its address.

What the bar must say is derived here a second time from data/facts/projects.csv: by trying every beginning and end
that a row and its source allow, month by month.
"""

from __future__ import annotations

import csv
import json
import math
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.axe import violations
from tests.running import ROOT, Atlas, running_atlas
from tests.test_browser_components import small_targets
from tests.toy import write_toy

OpenPage = Callable[..., Page]
Row = dict[str, str]
VIEW = "view=116.04670,28.70550,12.5"
FIRST_MONTH, LAST_MONTH = 2005 * 12, 2033 * 12  # beyond both ends of the bar
STAGES = ("planned", "under_way", "done", "open", "none")
YEAR = "() => new URLSearchParams(location.search).get('year')"
SWITCHED_ON = "() => [...document.querySelectorAll('[data-switch]')].filter((one) => one.checked).map((one) => one.id)"
ZONE_LINES = """() => [...document.querySelectorAll('#atlas-map path.zone-line')]
  .map((one) => [one.dataset.feature.split(':')[0], one.classList.contains('is-current') ? 'firm' : 'dashed'].join(' '))
  .sort()"""


def rows() -> list[Row]:
    with (ROOT / "data/facts/projects.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def source_years() -> dict[str, int | None]:
    sources = json.loads((ROOT / "data/catalogue.json").read_text(encoding="utf-8"))["sources"]
    return {source["id"]: source.get("year") for source in sources}


def months(text: str) -> range:
    """The months of "2021" or "2021-07", counted from the year 0."""
    year, _, month = text.partition("-")
    first = int(year) * 12 + (int(month) - 1 if month else 0)
    return range(first, first + (1 if month else 12))


@cache
def stage(start: str, end: str, phase: str, told_year: int | None, moment: str) -> str:
    """The only stage that any allowed pair of beginning and end leaves at a moment, "open" if there are several."""
    told = months(str(told_year)) if phase and told_year and not (start and end) else None
    if not start and not end and told is None:
        return "none"
    asked = months(moment)
    every = range(FIRST_MONTH, LAST_MONTH)
    found = set()
    for begin in months(start) if start else every:
        for finish in months(end) if end else every:
            if finish < begin or (told is not None and not _fits(begin, finish, phase, told)):
                continue
            found.add("planned" if begin > asked[-1] else "done" if finish < asked[0] else "under_way")
        if len(found) > 1:
            return "open"
    return found.pop()


def _fits(begin: int, finish: int, phase: str, told: range) -> bool:
    if phase == "planned":
        return begin >= told[0]
    if phase == "under_way":
        return begin <= told[-1] and finish >= told[0]
    return finish <= told[-1]


def stage_of(row: Row, moment: str) -> str:
    return stage(row["start"], row["end"], row["phase"], source_years()[row["source"]], moment)


def in_scope(scope: str) -> list[Row]:
    return [row for row in rows() if scope == "all" or row["in_zone"] in ("yes", "partly")]


def counts(moment: str, scope: str = "zone") -> dict[str, int]:
    found = Counter(stage_of(row, moment) for row in in_scope(scope))
    return {one: found[one] for one in STAGES}


def under_way(moment: str, scope: str) -> list[Row]:
    return [row for row in in_scope(scope) if stage_of(row, moment) == "under_way"]


def investments(active: list[Row]) -> tuple[float, float]:
    """The sum of all rows, and the sum without rows of which a whole is among them, in 10,000 CNY."""
    stated = {row["id"]: float(row["investment_1e4_cny"]) for row in active if row["investment_1e4_cny"]}
    parents = {row["id"]: row["part_of"] for row in active}

    def is_counted(one: str) -> bool:
        above = parents.get(one, "")
        return bool(above) and (above in stated or is_counted(above))

    return math.fsum(stated.values()), math.fsum(value for one, value in stated.items() if not is_counted(one))


def ready(page: Page, moment: str = "") -> Page:
    """The page at rest with the answer for `moment` in the bar."""
    page.wait_for_selector("body[data-ready=true]")
    page.wait_for_selector(f"#timebar[data-moment='{moment}']:has(#time-counts li)", state="attached")
    return page


def dated(atlas: Atlas, open_page: OpenPage, moment: str, lang: str = "en", **more: Any) -> Page:
    return ready(open_page(f"{atlas.url}/?year={moment}&lang={lang}", **more), moment)


def said_counts(page: Page) -> dict[str, int]:
    items = page.locator("#time-counts [data-stage]")
    said: list[list[str]] = items.evaluate_all("(all) => all.map((one) => [one.dataset.stage, one.dataset.count])")
    return {name: int(count) for name, count in said}


def settled(page: Page) -> dict[str, Any]:
    """All that a dated view shows."""
    return {
        "switches": page.evaluate(SWITCHED_ON),
        "extent": page.locator("#extent-switch input:checked").get_attribute("value"),
        "lines": page.evaluate(ZONE_LINES),
        "year": page.locator("#time-flag-year").text_content(),
        "month": page.locator("#time-month").input_value(),
        "counts": page.locator("#time-counts").inner_text(),
        "note": page.locator("#time-note").inner_text(),
        "block": page.locator("#tb-moment").inner_text(),
        "badges": page.locator("[data-badge]").all_inner_texts(),
        "signs": page.locator("[data-sign]").evaluate_all("(all) => all.map((one) => one.outerHTML)"),
        "card": page.locator("#card-name").inner_text(),
        "place": page.evaluate("() => { const { lat, lng } = window.atlasMap.getCenter(); return [lat, lng]; }"),
    }


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_filtered_dated_view_reopens_exactly(atlas: Atlas, open_page: OpenPage, lang: str) -> None:
    page = ready(open_page(f"{atlas.url}/?lang={lang}&{VIEW}&off=metro,parks&on=forest_park&sel=places:aviation_city"))
    page.locator("#time-range").focus()
    page.keyboard.press("End")
    ready(page, "2030")
    for year in range(2029, 2020, -1):
        page.keyboard.press("ArrowLeft")
        page.wait_for_function(f"() => new URLSearchParams(location.search).get('year') === '{year}'")
    page.locator("#time-month").select_option("07")
    ready(page, "2021-07")
    page.wait_for_selector("#card-body .sec")
    assert "sel=places:aviation_city&year=2021-07" in page.url
    assert said_counts(page) == counts("2021-07")
    before = settled(page)
    assert before["lines"] == ["extent_2013 dashed", "extent_2025 firm"]
    assert before["badges"]
    assert before["signs"]
    again = ready(open_page(page.url), "2021-07")
    again.wait_for_selector("#card-body .sec")
    again.wait_for_function(f"() => document.querySelectorAll('[data-badge]').length === {len(before['badges'])}")
    assert settled(again) == before
    assert again.url == page.url


def area_of(row: Row) -> str | None:
    """The area that a project is, or to which its own row or the feature that it names puts it; None if it is drawn."""
    if row["feature"].startswith("places:"):
        return row["feature"]
    features = json.loads((ROOT / "data/layers/sites.geojson").read_text(encoding="utf-8"))["features"]
    own = next((one for one in features if one["properties"]["id"] == row["feature"]), None)
    if own and own["geometry"]:
        return None
    return row["placed_in"] or (own["properties"]["placed_in"] if own else None)


def test_badges_count_the_projects_of_their_area_and_open_its_card(atlas: Atlas, open_page: OpenPage) -> None:
    page = dated(atlas, open_page, "2021")
    held = [row for row in rows() if area_of(row) == "places:aviation_city"]
    now = sum(stage_of(row, "2021") == "under_way" for row in held)
    badge = page.locator("[data-badge='places:aviation_city']")
    assert badge.inner_text() == f"{now}/{len(held)}"
    airport = page.locator("[data-sign='sites:yaohu_airport']")
    (row,) = [row for row in rows() if row["feature"] == "sites:yaohu_airport"]
    assert airport.get_attribute("data-stage") == stage_of(row, "2021")
    badge.click()
    page.wait_for_function("() => document.getElementById('card-name').textContent === 'Nanchang Aviation City'")
    assert page.evaluate(YEAR) == "2021"
    page.locator("[data-switch=places]").uncheck()
    badge.wait_for(state="detached")


def test_year_by_keyboard(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en"))
    page.keyboard.press("t")
    assert page.evaluate("() => document.activeElement.id") == "time-range"
    year = 0
    for key, expected in (("ArrowRight", 2010), ("ArrowUp", 2011), ("ArrowLeft", 2010), ("End", 2030), ("Home", 2010)):
        page.keyboard.press(key)
        page.wait_for_function(f"() => document.getElementById('time-year').textContent === '{expected}'")
        year = expected
    page.keyboard.press("PageUp")
    page.wait_for_function(f"() => Number(document.getElementById('time-year').textContent) > {year}")
    after = int(page.locator("#time-year").inner_text())
    page.keyboard.press("]")
    page.keyboard.press("]")
    page.keyboard.press("[")
    ready(page, str(after + 1))
    assert page.evaluate(YEAR) == str(after + 1)
    assert page.locator("#time-range").get_attribute("aria-valuetext") == str(after + 1)
    assert page.evaluate("() => history.length") == 2, "a year takes the place of the last one in the history"


def test_year_by_drag(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=zh"))
    box = page.locator("#time-axis").bounding_box()
    assert box
    cell = box["width"] / 21
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + cell * 5.5, middle)
    page.mouse.down()
    page.wait_for_function("() => document.getElementById('time-flag-year').textContent === '2015'")
    page.mouse.move(box["x"] + cell * 11.5, middle, steps=4)
    page.mouse.up()
    ready(page, "2021")
    assert page.evaluate(YEAR) == "2021"
    flag = page.locator("#time-flag-year").bounding_box()
    assert flag
    assert flag["x"] + flag["width"] / 2 == pytest.approx(box["x"] + cell * 11.5, abs=1)


def test_buttons_step_and_clear(atlas: Atlas, open_page: OpenPage) -> None:
    page = dated(atlas, open_page, "2021-07")
    page.locator("#time-on").click()
    ready(page, "2022-07")
    assert said_counts(page) == counts("2022-07")
    page.locator("#time-back").click()
    page.locator("#time-back").click()
    ready(page, "2020-07")
    page.locator("#time-clear").click()
    ready(page)
    assert page.evaluate(YEAR) is None
    assert page.locator("#time-year").inner_text() == "All years"
    assert page.locator(".time-badge, .time-sign").count() == 0


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_play_moves_on_and_pauses_on_a_press_elsewhere(atlas: Atlas, open_page: OpenPage, lang: str) -> None:
    page = dated(atlas, open_page, "2018", lang)
    play = page.locator("#time-play")
    word = play.get_attribute("aria-label")
    play.click()
    assert play.get_attribute("aria-label") != word
    page.wait_for_function("() => Number(document.getElementById('time-year').textContent) >= 2020", timeout=8000)
    page.mouse.click(700, 300)
    assert play.get_attribute("aria-label") == word
    held = page.evaluate(YEAR)
    page.wait_for_timeout(1000)  # longer than a year takes
    assert page.evaluate(YEAR) == held
    ready(page, held)
    assert said_counts(page) == counts(held)


def test_space_plays_to_the_end_and_stops_there(atlas: Atlas, open_page: OpenPage) -> None:
    page = dated(atlas, open_page, "2029")
    page.keyboard.press("Space")
    assert page.locator("#time-play").get_attribute("aria-label") == "Pause"
    ready(page, "2030")
    assert page.locator("#time-play").get_attribute("aria-label") == "Play"
    page.keyboard.press("Space")
    page.wait_for_function("() => document.getElementById('time-year').textContent === '2010'")
    page.keyboard.press("Space")
    assert page.locator("#time-play").get_attribute("aria-label") == "Play"


def test_playing_is_a_step_with_reduced_motion(atlas: Atlas, open_page: OpenPage) -> None:
    page = dated(atlas, open_page, "2020", reduced_motion="reduce")
    page.locator("#time-play").click()
    ready(page, "2021")
    page.wait_for_timeout(1000)
    assert page.evaluate(YEAR) == "2021"
    assert page.locator("#time-play").get_attribute("aria-label") == "Play"


def test_extent_follows_the_year(atlas: Atlas, open_page: OpenPage) -> None:
    page = dated(atlas, open_page, "2019")
    assert page.evaluate(ZONE_LINES) == ["extent_2013 dashed", "extent_2025 firm"]
    assert page.locator("#switch-extent_2013").is_checked()
    note = "Extent changed between 2013 and 2025; no source names the year."
    assert page.locator("#time-note").inner_text() == note
    assert page.locator("#tb-moment").inner_text() == f"2019. {note}"
    page.locator("#time-range").press("Home")
    page.wait_for_function("() => document.getElementById('tb-extent').textContent === '2013'")
    ready(page, "2010")
    assert page.evaluate(ZONE_LINES) == ["extent_2013 firm"]
    assert not page.locator("#switch-extent_2025").is_checked()
    assert "No source states an extent before 2013" in page.locator("#time-note").inner_text()
    assert "extent=" not in page.url, "the year says it"
    page.locator("#time-range").press("End")
    ready(page, "2030")
    page.wait_for_function(f"() => String(({ZONE_LINES})()) === 'extent_2025 firm'")
    page.locator("#time-clear").click()
    ready(page)
    assert page.locator("#extent-switch input:checked").get_attribute("value") == "2025"


def test_extent_that_the_reader_chose_comes_back(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en&extent=2013&year=2019"), "2019")
    assert page.evaluate(ZONE_LINES) == ["extent_2013 firm", "extent_2025 dashed"]
    page.locator("#time-range").press("End")
    page.wait_for_function("() => document.getElementById('tb-extent').textContent === '2025'")
    page.locator("#time-clear").click()
    page.wait_for_function("() => document.getElementById('tb-extent').textContent === '2013'")
    assert "extent=2013" in page.url


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_charts_and_table_are_what_the_ledger_gives(atlas: Atlas, open_page: OpenPage, lang: str) -> None:
    page = dated(atlas, open_page, "2021", lang)
    assert said_counts(page) == counts("2021")
    assert sum(said_counts(page).values()) == len(in_scope("zone"))
    page.locator("[data-time-open=chart]").click()
    for scope in ("zone", "all"):
        _compare(page, scope, 1e4 if lang == "zh" else 1e5)


def _compare(page: Page, scope: str, unit: float) -> None:
    page.locator("input[name=time-view][value=chart]").check(force=True)
    page.locator(f"input[name=time-scope][value={scope}]").check(force=True)
    tops = {}
    for chart in ("count", "money"):
        box = page.locator(f"[data-chart={chart}]")
        tops[chart] = float(box.get_attribute("data-top") or 0)
        heights = box.locator("[data-column='2021'] i").evaluate_all("(all) => all.map((one) => one.style.height)")
        drawn = float(heights[-1].removesuffix("%")) / 100 * tops[chart]
        active = under_way("2021", scope)
        expected = len(active) if chart == "count" else investments(active)[1] / unit
        assert drawn == pytest.approx(expected, rel=1e-4)
    page.locator("input[name=time-view][value=table]").check(force=True)
    for year in ("2021", "2023"):
        active = under_way(year, scope)
        total, without_parts = investments(active)
        row = page.locator(f".time-table tr[data-year='{year}']")
        assert number(row.locator("[data-cell=under_way]").inner_text()) == len(active)
        assert number(row.locator("[data-cell=without_parts]").inner_text()) == pytest.approx(without_parts / unit)
        assert number(row.locator("[data-cell=sum_of_rows]").inner_text()) == pytest.approx(total / unit)
        silent = sum(not one["investment_1e4_cny"] for one in active)
        assert number(row.locator("[data-cell=silent]").inner_text()) == silent
    assert page.locator(".time-table tr.on").get_attribute("data-year") == "2021"


def number(text: str) -> float:
    return float(text.replace(",", "").replace("\u2009", ""))


def test_list_names_the_projects_of_the_year(atlas: Atlas, open_page: OpenPage) -> None:
    page = dated(atlas, open_page, "2021")
    page.locator("[data-time-open=list]").click()
    listed = page.locator("[data-listed]").evaluate_all("(all) => all.map((one) => one.dataset.listed)")
    assert sorted(listed) == sorted(row["id"] for row in under_way("2021", "zone"))
    assert page.locator("[data-projects-link]").get_attribute("href") == "/projects?year=2021&lang=en"
    city = page.locator("[data-listed=s2_023]").inner_text()
    for told in ("2018 – 2025", "CNY 30 billion", "Nanchang Aviation City"):
        assert told in city
    page.locator("#time-on").click()
    ready(page, "2022")
    assert page.locator("[data-listed]").count() == len(under_way("2022", "zone"))
    page.locator("#time-panel-close").click()
    assert page.evaluate("() => document.activeElement.dataset.timeOpen") == "list"


def test_without_a_year_all_is_as_before(atlas: Atlas, open_page: OpenPage) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en"))
    assert page.evaluate(ZONE_LINES) == ["extent_2025 firm"]
    assert page.locator(".time-badge, .time-sign").count() == 0
    assert not page.locator("#tb-moment").is_visible()
    assert page.locator("[data-zone]").get_attribute("data-zone") == str(len(in_scope("zone")))
    assert page.locator("#time-tracks .track").count() == sum(bool(r["start"] or r["end"]) for r in in_scope("zone"))
    box, bar = page.locator(".mapwrap").bounding_box(), page.locator("#timebar").bounding_box()
    assert box
    assert bar
    assert (bar["x"], bar["height"]) == (296, 76)
    assert box["y"] + box["height"] == bar["y"]


@pytest.mark.parametrize("moment", ["2009", "2021-13"])
def test_year_that_cannot_be_read_is_left_out(atlas: Atlas, open_page: OpenPage, moment: str) -> None:
    page = ready(open_page(f"{atlas.url}/?lang=en&year={moment}"))
    assert page.locator("#time-year").inner_text() == "All years"
    assert page.locator("#time-clear").is_disabled()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_bar_holds_all_that_it_says(atlas: Atlas, open_page: OpenPage, lang: str) -> None:
    page = ready(open_page(f"{atlas.url}/?lang={lang}&sel=places:aviation_city&year=2013"), "2013")
    page.wait_for_selector("#card-body .sec")
    cut = """() => ['#time-counts', '.time-said', '.time-left', '#time-note'].map((one) => document.querySelector(one))
      .filter((one) => one.scrollWidth > one.clientWidth || one.scrollHeight > one.clientHeight)
      .map((one) => [one.className, one.scrollWidth, one.clientWidth, one.scrollHeight, one.clientHeight].join(' '))"""
    for width in (1440, 1181, 768):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(cut) == []
        assert page.evaluate("() => document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_phone_opens_the_bar_and_the_sheet_takes_its_place(atlas: Atlas, open_page: OpenPage, lang: str) -> None:
    page = ready(open_page(f"{atlas.url}/?lang={lang}&year=2021", width=390, height=844, has_touch=True), "2021")
    bar = page.locator("#timebar")
    assert not bar.is_visible()
    assert page.inner_text("#tab-year") == "2021"  # the bar is out of sight, the year is not
    page.locator("#tab-time").tap()
    assert bar.is_visible()
    assert small_targets(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth") == 390
    page.locator("#time-on").tap()
    ready(page, "2022")
    assert page.inner_text("#tab-year") == "2022"
    page.locator("[data-time-open=chart]").tap()
    assert small_targets(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth") == 390
    page.locator("#time-panel-close").tap()
    page.evaluate("() => document.querySelector('[data-badge]').click()")
    page.wait_for_selector("#card-body .sec")
    assert not bar.is_visible()
    page.locator("#tab-time").tap()
    assert bar.is_visible()
    assert not page.locator("#card").is_visible()
    page.locator("#tab-time").tap()
    assert not bar.is_visible()


def test_bar_with_its_panel_has_no_violation(atlas: Atlas, open_page: OpenPage) -> None:
    page = dated(atlas, open_page, "2021")
    page.locator("[data-time-open=chart]").click()
    assert violations(page) == []
    page.locator("#theme-toggle").click()
    page.locator("input[name=time-view][value=list]").check(force=True)
    assert violations(page) == []


def test_sheet_for_print_says_the_moment(atlas: Atlas, open_page: OpenPage) -> None:
    page = dated(atlas, open_page, "2021-07")
    page.locator("[data-time-open=chart]").click()
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#tb-moment").is_visible()
    assert page.locator("#tb-moment").inner_text().startswith("Jul 2021.")
    assert not page.locator("#timebar").is_visible()
    key, block = page.locator(".sheet-legend .basis-strip").bounding_box(), page.locator("#title-block").bounding_box()
    assert key
    assert block
    assert key["y"] + key["height"] < block["y"]


def test_park_without_a_ledger_has_years_for_its_extent_alone(tmp_path: Path, open_page: OpenPage) -> None:
    (tmp_path / "store").mkdir()
    with running_atlas(write_toy(tmp_path / "toy"), tmp_path / "store") as toy:
        page = ready(open_page(f"{toy.url}/?lang=en"))
        assert "No projects in these data" in page.locator("#time-counts").inner_text()
        page.locator("#time-range").press("Home")
        ready(page, "2010")
        assert set(said_counts(page).values()) == {0}
        page.locator("[data-time-open=chart]").click()
        assert page.locator("[data-chart]").count() == 2
        page.close()
