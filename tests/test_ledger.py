"""The ledger of a data folder: what it holds, and every fault with its line and a remedy."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from geo.catalogue import check_catalogue, load_catalogue
from geo.catalogue.figures import FIGURE_COLUMNS
from geo.catalogue.wording import sentences
from geo.errors import DataError
from tests import toy

FIGURES, PROJECTS = "facts/stated_figures.csv", "facts/projects.csv"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A toy data folder without a ledger."""
    return toy.write_toy(tmp_path / "data")


def test_ledger_is_optional(folder: Path) -> None:
    catalogue = load_catalogue(folder)
    assert (catalogue.figures, catalogue.projects, dict(catalogue.metrics)) == ((), (), {})


def test_ledger_figure_keeps_value_unit_and_row(folder: Path) -> None:
    toy.write_ledger(folder, [toy.figure_row("s0_a", value="66.11", unit="mu", qualifier="about", year=2020)])
    (figure,) = load_catalogue(folder).figures
    assert (figure.value, figure.unit, figure.qualifier, figure.year) == (66.11, "mu", "about", 2020)
    assert figure.base == pytest.approx(66.11 * 2000 / 3)
    assert figure.row == f"{FIGURES}, line 2"


def test_ledger_project_gives_its_figures(folder: Path) -> None:
    row = toy.project_row("s2_001", no=1, investment_1e4_cny=3000, land_mu=94, land_qualifier="about", start="2019-06")
    toy.write_ledger(folder, projects=[row])
    catalogue = load_catalogue(folder)
    found = {figure.id: (figure.value, figure.unit, figure.qualifier, figure.project) for figure in catalogue.figures}
    assert found == {
        "s2_001.investment": (3000, "1e4_cny", "", "s2_001"),
        "s2_001.land": (94, "mu", "about", "s2_001"),
    }
    assert catalogue.projects[0].start == "2019-06"


def test_ledger_table_changes_the_version(folder: Path) -> None:
    versions = {
        load_catalogue(toy.write_ledger(folder, [toy.figure_row("s0_a", value=value)])).version for value in (1, 2)
    }
    assert len(versions) == 2


def test_ledger_stated_area_of_a_feature_comes_from_its_figure(folder: Path) -> None:
    _name_figure(folder, "s0_lake")
    toy.write_ledger(folder, [toy.figure_row("s0_lake", value=4.5, unit="km2", qualifier="nearly")])
    lake = next(one for layer in load_catalogue(folder).layers for one in layer.features if one.id == "water:yaohu")
    assert lake.stated_area is not None
    assert (lake.stated_area.area_m2, lake.stated_area.qualifier, lake.stated_area.figure) == (
        4.5e6,
        "nearly",
        "s0_lake",
    )


FIGURE_FAULTS: list[tuple[str, dict[str, Any], str]] = [
    ("cell_choice", {"unit": "acre"}, "unit"),
    ("cell_choice", {"qualifier": "roughly"}, "qualifier"),
    ("cell_form", {"value": "many"}, "value"),
    ("cell_form", {"value": "nan"}, "value"),
    ("cell_form", {"value": "1,000"}, "value"),
    ("cell_form", {"value": ""}, "value"),
    ("cell_form", {"value": "1e999"}, "value"),
    ("cell_form", {"year": "3025"}, "year"),
    ("cell_form", {"id": "S0 a"}, "id"),
    ("cell_empty", {"place": " "}, "place"),
    ("cell_empty", {"subject": ""}, "subject"),
    ("unknown_metric", {"metric": "luck"}, "luck"),
    ("unknown_source", {"source": "S9"}, "S9"),
    ("figure_of_nothing", {"feature": "water:atlantis"}, "water:atlantis"),
]


@pytest.mark.parametrize(("name", "cells", "told"), FIGURE_FAULTS)
def test_ledger_figure_fault_names_file_line_and_remedy(
    folder: Path, name: str, cells: dict[str, Any], told: str
) -> None:
    good = toy.figure_row("s0_good")
    toy.write_ledger(folder, [good, {**toy.figure_row("s0_bad"), **cells}])
    _one_fault(folder, FIGURES, "line 3", name, told)


PROJECT_FAULTS: list[tuple[str, dict[str, Any], str]] = [
    ("cell_form", {"start": "2019-13"}, "2019-13"),
    ("cell_form", {"end": "20-05"}, "20-05"),
    ("dates_reversed", {"start": "2021-02", "end": "2020"}, "2021-02"),
    ("cell_form", {"investment_1e4_cny": "-5"}, "investment"),
    ("cell_form", {"land_mu": "viele"}, "viele"),
    ("cell_form", {"no": "0"}, "no"),
    ("cell_choice", {"in_zone": "maybe"}, "in_zone"),
    ("cell_choice", {"land_kind": "sea"}, "land_kind"),
    ("cell_choice", {"phase": "soon"}, "phase"),
    ("cell_empty", {"name_en": ""}, "name_en"),
    ("part_of_none", {"part_of": "s2_999"}, "s2_999"),
    ("part_of_none", {"part_of": "s2_002"}, "s2_002"),
    ("unknown_source", {"source": "S9"}, "S9"),
    ("figure_of_nothing", {"placed_in": "places:nowhere"}, "places:nowhere"),
]


# Every fault of the ledger that a test of this file provokes.
NAMES = {case[0] for case in FIGURE_FAULTS + PROJECT_FAULTS} | {
    "no_such_figure",
    "figure_unfit",
    "area_twice",
    "figure_twice",
}


@pytest.mark.parametrize(("name", "cells", "told"), PROJECT_FAULTS)
def test_ledger_project_fault_names_file_line_and_remedy(
    folder: Path, name: str, cells: dict[str, Any], told: str
) -> None:
    toy.write_ledger(folder, projects=[toy.project_row("s2_001", no=1), {**toy.project_row("s2_002"), **cells}])
    _one_fault(folder, PROJECTS, "line 3", name, told)


@pytest.mark.parametrize("end", ["2019", "2019-06", "2020-01"])
def test_ledger_project_may_end_in_the_month_or_year_that_it_starts(folder: Path, end: str) -> None:
    toy.write_ledger(folder, projects=[toy.project_row("s2_001", start="2019-06", end=end)])
    assert check_catalogue(folder) == ()


def test_ledger_ids_stand_once(folder: Path) -> None:
    toy.write_ledger(folder, [toy.figure_row("s0_a"), toy.figure_row("s0_a")], [toy.project_row("p")] * 2)
    assert [(fault.file, fault.where) for fault in check_catalogue(folder)] == [
        (PROJECTS, "line 3"),
        (FIGURES, "line 3"),
    ]


def test_ledger_number_of_a_list_stands_once(folder: Path) -> None:
    toy.write_ledger(folder, projects=[toy.project_row("s2_001", no=1), toy.project_row("s2_002", no=1)])
    _one_fault(folder, PROJECTS, "line 3", "twice", "1")


def test_ledger_missing_table_is_a_fault(folder: Path) -> None:
    toy.write_ledger(folder)
    (folder / FIGURES).unlink()
    _one_fault(folder, FIGURES, "file", "missing_part", "")


def test_ledger_wrong_head_says_the_right_one(folder: Path) -> None:
    toy.write_ledger(folder)
    (folder / FIGURES).write_text("id,value\n", "utf-8")
    (fault,) = check_catalogue(folder)
    assert ",".join(FIGURE_COLUMNS) in fault.remedy_en


def test_ledger_feature_that_names_a_lost_figure_is_a_fault(folder: Path) -> None:
    _name_figure(folder, "s0_lost")
    toy.write_ledger(folder)
    _one_fault(folder, "layers/water.geojson", "water:yaohu", "no_such_figure", "s0_lost")


def test_ledger_figure_of_a_feature_must_be_an_area(folder: Path) -> None:
    _name_figure(folder, "s0_people")
    toy.write_ledger(folder, [toy.figure_row("s0_people", metric="residents", unit="persons")])
    _one_fault(folder, "layers/water.geojson", "water:yaohu", "figure_unfit", "persons")


def test_ledger_area_is_not_stated_twice(folder: Path) -> None:
    _name_figure(folder, "s0_lake", {"value": 1, "unit": "km2", "qualifier": "", "source": "S0", "place": "toy"})
    toy.write_ledger(folder, [toy.figure_row("s0_lake")])
    _one_fault(folder, "layers/water.geojson", "water:yaohu", "area_twice", "stated_figure")


def test_ledger_ring_edge_comes_from_its_figure(folder: Path) -> None:
    _name_edge(folder, {"figure": "s0_ring"})
    toy.write_ledger(folder, [toy.figure_row("s0_ring", metric="length", value=0.5, unit="km")])
    edge = load_catalogue(folder).rings.edges[1]
    assert (edge.distance_m, edge.source, edge.figure) == (500.0, "S0", "s0_ring")


EDGE_FAULTS: list[tuple[str, dict[str, Any], str]] = [
    ("missing", {}, "distance_m"),
    ("no_such_figure", {"figure": "s0_lost"}, "s0_lost"),
    ("figure_unfit", {"figure": "s0_area"}, "km2"),
]


@pytest.mark.parametrize(("name", "edge", "told"), EDGE_FAULTS)
def test_ledger_ring_edge_fault(folder: Path, name: str, edge: dict[str, Any], told: str) -> None:
    _name_edge(folder, edge)
    toy.write_ledger(folder, [toy.figure_row("s0_area"), toy.figure_row("s0_ring", metric="length", unit="m")])
    _one_fault(folder, "rings.json", "edges[2]", name, told)


def test_ledger_ring_edge_is_not_given_twice(folder: Path) -> None:
    _name_edge(folder, {"figure": "s0_ring", "distance_m": 500})
    toy.write_ledger(folder, [toy.figure_row("s0_ring", metric="length", unit="m", value=500)])
    (fault,) = check_catalogue(folder)
    assert (fault.where, "figure" in fault.remedy_en) == ("edges[2]", True)


def test_ledger_residents_come_from_their_figure(folder: Path) -> None:
    _name_residents(folder, {"figure": "s1_people"})
    people = toy.figure_row("s1_people", metric="residents", value=498_000, unit="persons", year=2025, source="S1")
    toy.write_ledger(folder, [people])
    (row,) = load_catalogue(folder).populations
    assert (row.persons, row.year, row.source, row.figure) == (498_000, 2025, "S1", "s1_people")


RESIDENT_FAULTS: list[tuple[str, dict[str, Any], str]] = [
    ("missing", {}, "persons"),
    ("missing", {"figure": "s0_undated"}, "year"),
    ("no_such_figure", {"figure": "s0_lost"}, "s0_lost"),
    ("figure_unfit", {"figure": "s0_area"}, "km2"),
    ("figure_twice", {"figure": "s1_people", "persons": 5}, "persons"),
]


@pytest.mark.parametrize(("name", "row", "told"), RESIDENT_FAULTS)
def test_ledger_residents_fault(folder: Path, name: str, row: dict[str, Any], told: str) -> None:
    rest = {"year": 2025, "qualifier": "", "source": "S0", "place": "x"}
    _name_residents(folder, row or rest)
    undated = toy.figure_row("s0_undated", metric="residents", unit="persons", value=5)
    people = {**undated, "id": "s1_people", "year": 2025}
    toy.write_ledger(folder, [toy.figure_row("s0_area"), undated, people])
    _one_fault(folder, "catalogue.json", "populations[1]", name, told)


def _name_residents(folder: Path, row: dict[str, Any]) -> None:
    path = folder / "catalogue.json"
    value = json.loads(path.read_text("utf-8"))
    value["populations"] = [{"extent": "2025", **row}]
    path.write_text(json.dumps(value), "utf-8")


def _name_edge(folder: Path, edge: dict[str, Any]) -> None:
    path = folder / "rings.json"
    rings = json.loads(path.read_text("utf-8"))
    kept = {key: rings["edges"][1][key] for key in ("basis", "reason_zh", "reason_en")}
    rings["edges"][1] = {**kept, **edge}
    path.write_text(json.dumps(rings), "utf-8")


def _name_figure(folder: Path, figure_id: str, stated: dict[str, Any] | None = None) -> None:
    path = folder / "layers/water.geojson"
    value = json.loads(path.read_text("utf-8"))
    value["features"][0]["properties"] |= {"stated_area": stated, "stated_figure": figure_id}
    path.write_text(json.dumps(value), "utf-8")


def _one_fault(folder: Path, file: str, where: str, name: str, told: str) -> None:
    with pytest.raises(DataError) as raised:
        load_catalogue(folder)
    (fault,) = raised.value.faults
    assert (fault.file, where in fault.where) == (file, True)
    assert told in fault.found_en + fault.remedy_en
    assert told in fault.found_zh + fault.remedy_zh
    assert fault.remedy_en.startswith(sentences()[name]["remedy_en"].split("{")[0])


def test_project_knows_all_that_it_is_a_part_of(folder: Path) -> None:
    parts = [toy.project_row("p0"), *(toy.project_row(f"p{n}", part_of=f"p{n - 1}") for n in range(1, 1200))]
    toy.write_ledger(folder, projects=parts)
    found = {project.id: project.wholes for project in load_catalogue(folder).projects}
    assert found["p0"] == ()
    assert found["p3"] == ("p2", "p1", "p0")
    assert len(found["p1199"]) == 1199
