"""Themes and tour of a data folder: what is shipped, how figures enter the words, and every fault with its place."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from shapely.geometry import shape

from geo import timeline
from geo.catalogue import check_catalogue, load_catalogue
from geo.catalogue.wording import sentences
from geo.output import guides
from geo.plan import Plan, load_plan
from tests import toy
from webapp import create_app
from webapp.settings import Settings

ROOT = Path(__file__).parent.parent
THEMES, TOUR = "themes.json", "tour.json"
FIGURE = re.compile(r"\{figure:([^}]*)\}")
Json = dict[str, Any]
Change = Callable[[Path], None]


def rows(file: str, folder: Path = ROOT / "data") -> list[Json]:
    value = json.loads((folder / file).read_text("utf-8"))
    found: list[Json] = value["themes" if file == THEMES else "steps"]
    return found


def ledger() -> dict[str, Json]:
    """The figures of the tables as they stand, by id."""
    files = ("stated_figures", "public_figures")
    opened = [(ROOT / f"data/facts/{name}.csv").read_text("utf-8-sig").splitlines() for name in files]
    return {row["id"]: row for lines in opened for row in csv.DictReader(lines)}


def put(file: str, number: int, **values: Any) -> Change:
    """Sets keys of one row of a file; None takes a key away."""

    def apply(folder: Path) -> None:
        value = json.loads((folder / file).read_text("utf-8"))
        row = value["themes" if file == THEMES else "steps"][number]
        row |= values
        for key in [key for key in values if values[key] is None]:
            del row[key]
        (folder / file).write_text(json.dumps(value, ensure_ascii=False), "utf-8")

    return apply


FAULTS: list[tuple[str, str, str, Change]] = [
    ("guide_layer", THEMES, "themes (ecology).layers", put(THEMES, 1, layers=["ring_1", "ring_5"], legend=["ring_1"])),
    ("guide_layer", TOUR, "steps (lake).layers", put(TOUR, 1, layers=["lakes"])),
    ("guide_feature", THEMES, "themes (ring_plan).view", put(THEMES, 0, view="water:dongting")),
    ("guide_feature", TOUR, "steps (lake).select", put(TOUR, 1, select="water:dongting")),
    ("guide_undrawn", TOUR, "steps (lake).view", put(TOUR, 1, view="sites:nanchang_laboratory")),
    ("guide_bounds", TOUR, "steps (zone).view", put(TOUR, 0, view=[116.2, 28.6, 116.1, 28.8])),
    ("guide_bounds", TOUR, "steps (zone).view", put(TOUR, 0, view=[116.1, 28.6, 116.2, 98.0])),
    ("guide_brace", THEMES, "themes (ring_plan)", put(THEMES, 0, sentence_en="It holds {231} km2.")),
    ("guide_brace", TOUR, "steps (zone)", put(TOUR, 0, text_zh="{figure: s0_extent_area}")),
    ("guide_legend", THEMES, "themes (ecology).legend", put(THEMES, 1, legend=["ring_1", "metro"])),
    ("guide_step", TOUR, "steps (zone)", put(TOUR, 0, theme=None)),
    ("guide_step", TOUR, "steps (lake)", put(TOUR, 1, theme="ecology")),
    ("guide_theme", TOUR, "steps (zone).theme", put(TOUR, 0, theme="ecologie")),
    ("no_such_figure", THEMES, "themes (ecology)", put(THEMES, 1, sentence_zh="{figure:s9_green}")),
    ("no_such_figure", TOUR, "steps (parks)", put(TOUR, 6, text_en="{figure:s9_green}")),
    ("unknown_source", THEMES, "themes (ecology).sources", put(THEMES, 1, sources=["S9"])),
    ("unknown_source", TOUR, "steps (lake).sources", put(TOUR, 1, sources=["S9"])),
    ("twice", TOUR, "id", put(TOUR, 1, id="zone")),
    ("out_of_limits", THEMES, "themes[1].year", put(THEMES, 0, year=2031)),
    ("not_a_choice", THEMES, "themes[1].extent", put(THEMES, 0, extent="2020")),
    ("out_of_limits", TOUR, "steps[1].view", put(TOUR, 0, view=[116.1, 28.6, 116.2])),
    ("out_of_limits", TOUR, "steps[1].sources", put(TOUR, 0, sources=[])),
    ("missing", TOUR, "steps[1]", put(TOUR, 0, text_en=None)),
]
NAMES = {name for name, *_ in FAULTS}


@pytest.mark.parametrize(("name", "file", "where", "change"), FAULTS)
def test_guide_fault_is_found_once_with_its_place(
    data_copy: Path, name: str, file: str, where: str, change: Change
) -> None:
    change(data_copy)
    (fault,) = check_catalogue(data_copy)
    assert (fault.file, fault.where) == (file, where)
    for key, sentence in sentences()[name].items():
        pattern = re.sub(r"\\\{\w+\\\}", ".+", re.escape(sentence))
        assert re.fullmatch(pattern, getattr(fault, key)), key


def test_guide_theme_twice_is_a_fault_though_steps_name_it(data_copy: Path) -> None:
    put(THEMES, 0, id="ecology")(data_copy)  # a step uses ring_plan, which is then gone
    found = {(fault.file, fault.where) for fault in check_catalogue(data_copy)}
    assert found == {(THEMES, "id"), (TOUR, "steps (rings_3_4).theme")}


def test_guide_file_that_is_missing_is_named_once(data_copy: Path) -> None:
    (data_copy / THEMES).unlink()
    (fault,) = check_catalogue(data_copy)
    assert fault.file == THEMES


def test_guide_of_a_broken_layer_file_is_not_told_as_well(data_copy: Path) -> None:
    (data_copy / "layers/science_island.geojson").write_text("{}", "utf-8")
    assert {fault.file for fault in check_catalogue(data_copy)} == {"layers/science_island.geojson"}


def test_guides_are_optional(tmp_path: Path) -> None:
    folder = toy.write_toy(tmp_path / "data")
    assert (load_catalogue(folder).guides.themes, load_catalogue(folder).guides.tour) == ((), ())
    page = create_app(Settings(), load_plan(folder)).test_client().get("/?theme=ecology&tour=3").text
    assert not [mark for mark in ("data-choose", "data-tour-open", 'id="tour"', 'id="themes"') if mark in page]


def test_guides_that_are_shipped_are_six_themes_and_eight_steps(plan: Plan) -> None:
    assert [theme.id for theme in plan.catalogue.guides.themes] == [
        "ring_plan",
        "ecology",
        "industry",
        "aviation_city",
        "innovation",
        "change_2013_2025",
    ]
    assert len(plan.catalogue.guides.tour) == 8


@pytest.mark.parametrize("file", [THEMES, TOUR])
def test_guide_words_hold_no_number_but_the_years_of_the_extents(file: str) -> None:
    texts = [row[f"{stem}_{lang}"] for row in rows(file) for stem in _stems(file) for lang in ("zh", "en")]
    assert {number for text in texts for number in re.findall(r"\d+", FIGURE.sub("", text))} <= {"2013", "2025"}
    assert sum(len(FIGURE.findall(text)) for text in texts) >= 16


def _stems(file: str) -> tuple[str, ...]:
    return ("sentence",) if file == THEMES else ("text",)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_guide_figures_are_those_of_the_tables_in_both_languages(plan: Plan, lang: str) -> None:
    table = ledger()
    for row in guides.themes(plan, lang) + guides.tour(plan, lang):
        for part in row["parts"]:
            if part["figure"]:
                digits = re.sub(r"[^\d.]", "", part["text"])
                assert float(digits) == float(table[part["figure"]]["value"]), part


def test_guide_words_in_both_languages_name_the_same_figures() -> None:
    for file, stem in ((THEMES, "sentence"), (TOUR, "text")):
        for row in rows(file):
            named = [sorted(FIGURE.findall(row[f"{stem}_{lang}"])) for lang in ("zh", "en")]
            assert named[0] == named[1], row["id"]


def test_guide_cites_the_source_of_each_figure_that_it_names() -> None:
    table = ledger()
    for file, stem in ((THEMES, "sentence"), (TOUR, "text")):
        for row in rows(file):
            cited = {table[figure]["source"] for figure in FIGURE.findall(row[f"{stem}_en"])}
            assert cited <= set(row["sources"]), row["id"]


def test_guide_view_is_the_bounds_of_its_feature(plan: Plan) -> None:
    file = json.loads((ROOT / "data/layers/water.geojson").read_text("utf-8"))
    (lake,) = [one for one in file["features"] if one["properties"]["id"] == "water:yaohu"]
    shown = next(theme for theme in guides.themes(plan, "en") if theme["id"] == "ring_plan")
    assert shown["bounds"] == pytest.approx(shape(lake["geometry"]).bounds, abs=1e-5)


def test_guide_view_may_be_bounds_and_may_be_missing(data_copy: Path) -> None:
    put(TOUR, 0, view=[116.0, 28.6, 116.1, 28.7])(data_copy)
    put(TOUR, 1, view=None)(data_copy)
    put(TOUR, 2, year=2020)(data_copy)
    steps = guides.tour(load_plan(data_copy), "en")
    assert [step["bounds"] for step in steps[:2]] == [[116.0, 28.6, 116.1, 28.7], None]
    assert [step["year"] for step in steps[:3]] == [None, None, 2020]


def test_guide_step_with_a_theme_shows_its_layers_and_extent(plan: Plan) -> None:
    of_id = {theme["id"]: theme for theme in rows(THEMES)}
    for step, shown in zip(rows(TOUR), guides.tour(plan, "zh"), strict=True):
        theme = of_id.get(step.get("theme", ""), {})
        assert shown["layers"] == step.get("layers", theme.get("layers"))
        assert shown["extent"] == step.get("extent", theme.get("extent"))


def test_guide_years_are_those_of_the_time_bar(data_copy: Path) -> None:
    for year, is_good in ((timeline.FIRST_YEAR, True), (timeline.LAST_YEAR, True), (timeline.FIRST_YEAR - 1, False)):
        put(THEMES, 0, year=year)(data_copy)
        assert (check_catalogue(data_copy) == ()) == is_good, year


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_guide_links_of_the_map_page_lead_somewhere(client: FlaskClient, lang: str) -> None:
    page = client.get(f"/?lang={lang}").text
    figures = set(re.findall(r'href="(/figures/[^"]+)" data-figure-link', page))
    sources = set(re.findall(r'href="(/sources[^"]*)" data-source', page))
    assert len(figures) >= 8
    assert len(sources) == 6
    assert all(client.get(address).status_code == 200 for address in figures)
    told = client.get(f"/sources?lang={lang}").text
    assert all(f'id="{address.split("#")[1]}"' in told for address in sources)
