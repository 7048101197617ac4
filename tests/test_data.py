"""The shipped data: traced from the control points, complete, and honest about what is not known."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import shapely
from shapely.geometry import shape

DATA = Path(__file__).parent.parent / "data"
CATALOGUE = json.loads((DATA / "catalogue.json").read_text("utf-8"))
RINGS = json.loads((DATA / "rings.json").read_text("utf-8"))
ROWS = {
    row["properties"]["id"]: row
    for layer in CATALOGUE["layers"]
    if layer["file"]
    for row in json.loads((DATA / "layers" / layer["file"]).read_text("utf-8"))["features"]
}
DRAWN = {key: row for key, row in ROWS.items() if row["geometry"] is not None}
TRACED = {key: row for key, row in DRAWN.items() if "control_points" in row["properties"]}
# The three areas that a rule makes; test_data_inferred proves each of them.
BY_RULE = {"forest_park:yaohu", "places:aviation_city", "places:renewal_area"}
WHOLE = ["extent_2013:zone", "extent_2025:zone", "water:yaohu", "water:aixihu", "science_island:island"]
WHOLE += ["places:campus_nit", *(key for key in ROWS if key.startswith("roads:"))]
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def control_points() -> dict[str, list[tuple[str, str, str]]]:
    """By feature id the (lon, lat, accuracy) of its control points, as written, in drawing order."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for row in control_rows():
        found.setdefault(row["feature_id"], []).append((row["lon"], row["lat"], row["accuracy_m"]))
    return found


def control_rows() -> list[dict[str, str]]:
    with (DATA / "facts/control_points.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


POINTS = control_points()


def table(name: str) -> list[dict[str, str]]:
    """The rows of a table of the ledger."""
    with (DATA / f"facts/{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# Figures of the ledger by id; the land of a project is `<project>.land`.
FIGURES = {row["id"]: row for name in ("stated_figures", "public_figures") for row in table(name)}
FIGURES |= {f"{row['id']}.land": {**row, "value": row["land_mu"], "unit": "mu"} for row in table("projects")}


def positions(value: Any) -> Iterator[tuple[float, float]]:
    """All positions of nested coordinates, in order."""
    if isinstance(value[0], (int, float)):
        yield value[0], value[1]
    else:
        for item in value:
            yield from positions(item)


def rings_of(geometry: dict[str, Any]) -> Iterator[tuple[int, list[list[float]]]]:
    """The rings of an area with their number in the polygon: 0 is the outer one."""
    parts = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}.get(geometry["type"], [])
    for part in parts:
        yield from enumerate(part)


def twice_signed_area(ring: list[list[float]]) -> float:
    x0, y0 = ring[0]
    return sum(
        (a[0] - x0) * (b[1] - y0) - (b[0] - x0) * (a[1] - y0) for a, b in zip(ring, ring[1:] + ring[:1], strict=True)
    )


@pytest.mark.parametrize("key", TRACED)
def test_data_every_vertex_is_a_control_point(key: str) -> None:
    known = {(float(lon), float(lat)) for lon, lat, _ in POINTS[TRACED[key]["properties"]["control_points"]]}
    assert set(positions(TRACED[key]["geometry"]["coordinates"])) <= known


@pytest.mark.parametrize("key", WHOLE)
def test_data_outline_uses_all_its_control_points_in_order(key: str) -> None:
    row = TRACED[key]
    wanted = [(float(lon), float(lat)) for lon, lat, _ in POINTS[row["properties"]["control_points"]]]
    drawn = list(positions(row["geometry"]["coordinates"]))
    if row["geometry"]["type"] == "Polygon":
        assert drawn[0] == drawn[-1]
        drawn.pop()
        start = drawn.index(wanted[0])
        drawn = drawn[start:] + drawn[:start]
        if drawn[1] != wanted[1]:  # the control points may run clockwise
            drawn = [drawn[0], *reversed(drawn[1:])]
    assert drawn == wanted


def test_data_all_that_is_drawn_is_traced_or_made_by_rule() -> None:
    assert set(DRAWN) - set(TRACED) == BY_RULE


def test_data_all_control_points_are_used() -> None:
    assert {row["properties"]["control_points"] for row in TRACED.values()} == set(POINTS)


@pytest.mark.parametrize("key", TRACED)
def test_data_accuracy_is_no_better_than_the_control_points(key: str) -> None:
    row = TRACED[key]
    used = set(positions(row["geometry"]["coordinates"]))
    bounds = [
        float(bound)
        for lon, lat, bound in POINTS[row["properties"]["control_points"]]
        if (float(lon), float(lat)) in used
    ]
    assert row["properties"]["accuracy_m"] >= max(bounds)


@pytest.mark.parametrize("key", TRACED)
def test_data_year_is_that_of_the_control_points_or_none(key: str) -> None:
    row = TRACED[key]
    used = set(positions(row["geometry"]["coordinates"]))
    years = {
        year[0] if (year := re.findall(r"20[0-9]{2}", point["feature_id"] + point["basis"])) else None
        for point in control_rows()
        if point["feature_id"] == row["properties"]["control_points"]
        and (float(point["lon"]), float(point["lat"])) in used
    }
    told = row["properties"]["data_year"]
    if key == "science_island:island":
        assert (years, told) == ({None}, 2025)  # the island is as S1 reports it
    elif len(years) == 1 and None not in years:
        assert str(told) in years
    else:
        assert told is None


def test_data_no_year_is_missing_from_what_a_dated_source_states() -> None:
    undated = [row["properties"] for row in ROWS.values() if row["properties"]["data_year"] is None]
    assert {row["source"] for row in undated} == {"public"}


@pytest.mark.parametrize("key", [key for key in DRAWN if DRAWN[key]["properties"]["geometry_basis"] == "inferred"])
def test_data_inferred_accuracy_is_called_an_estimate(key: str) -> None:
    row = DRAWN[key]["properties"]
    assert "假定" in row["note_zh"]
    assert "assumed" in row["note_en"]


def test_data_own_fields_are_explained() -> None:
    readme = (DATA / "README.md").read_text("utf-8")
    own = {field for row in ROWS.values() for field in list(row["properties"])[14:]}
    assert [field for field in sorted(own) if f"`{field}`" not in readme] == []


@pytest.mark.parametrize("key", DRAWN)
def test_data_decimals_say_how_the_position_came_about(key: str) -> None:
    decimals = 6 if key in BY_RULE else 4
    assert all(
        round(part, decimals) == part for pair in positions(DRAWN[key]["geometry"]["coordinates"]) for part in pair
    )


@pytest.mark.parametrize("key", [key for key in DRAWN if list(rings_of(DRAWN[key]["geometry"]))])
def test_data_areas_are_closed_valid_and_right_handed(key: str) -> None:
    geometry = DRAWN[key]["geometry"]
    for number, ring in rings_of(geometry):
        assert ring[0] == ring[-1]
        assert len(ring) >= 4
        assert (twice_signed_area(ring[:-1]) > 0) == (number == 0)
    assert shapely.is_valid_reason(shape(geometry)) == "Valid Geometry"


@pytest.mark.parametrize("key", ROWS)
def test_data_every_row_is_complete(key: str) -> None:
    row = ROWS[key]["properties"]
    assert list(row)[:14] == [
        "id", "name_zh", "name_en", "source", "place", "data_year", "geometry_basis", "accuracy_m",
        "status", "land_use", "placed_in", "stated_figure", "note_zh", "note_en",
    ]  # fmt: skip
    assert CHINESE.search(row["name_zh"])
    assert CHINESE.search(row["note_zh"])
    assert not CHINESE.search(row["name_en"] + row["note_en"])
    assert row["note_en"].endswith(".")
    assert row["note_zh"].endswith("。")
    assert row["place"].strip()


@pytest.mark.parametrize("key", ROWS)
def test_data_nothing_is_drawn_without_accuracy_nor_placed_without_source(key: str) -> None:
    row = ROWS[key]
    assert (row["geometry"] is None) == (row["properties"]["geometry_basis"] == "none")
    assert (row["geometry"] is None) == (row["properties"]["accuracy_m"] is None)


def test_data_projects_stand_at_no_spot_but_the_airport() -> None:
    assert [key for key in DRAWN if key.startswith("sites:")] == ["sites:yaohu_airport"]


def test_data_parks_carry_a_green_class_that_no_document_gives() -> None:
    assert {row["properties"]["green_class"] for key, row in ROWS.items() if key.startswith("parks:")} == {"unknown"}


STATED = {
    "extent_2013:zone": (231, "km2", "S0"),
    "extent_2025:zone": (286, "km2", "S1"),
    "forest_park:yaohu": (18, "km2", "S0"),
    "places:aviation_city": (50, "km2", "S2"),
    "places:renewal_area": (15, "km2", "S0"),
    "places:international_community": (2600, "mu", "S0"),
    "parks:aixihu_wetland": (2600, "mu", "S0"),
    "parks:yaohu_country_forest": (1500, "mu", "public"),
    "parks:beili_waterfront": (60, "ha", "S1"),
    "water:yaohu": (15.25, "km2", "public"),
    "science_island:island": (6, "km2", "public"),
    "sites:yaohu_airport": (4000, "mu", "public"),
    "sites:nanchang_laboratory": (140, "mu", "public"),
    "sites:aviation_science_city": (50, "km2", "S2"),
    "sites:beihang_test_centre": (30, "mu", "S2"),
    "sites:huaqin_base": (3000, "mu", "S2"),
}


def test_data_stated_areas_are_those_of_the_sources() -> None:
    named = {key: row["properties"]["stated_figure"] for key, row in ROWS.items()}
    found = {key: FIGURES[figure] for key, figure in named.items() if figure}
    assert {key: (float(row["value"]), row["unit"], row["source"]) for key, row in found.items()} == STATED


def test_data_no_layer_keeps_a_figure_of_its_own() -> None:
    kept = {key for row in ROWS.values() for key, value in row["properties"].items() if type(value) in (int, float)}
    assert kept == {"accuracy_m", "data_year"}


def test_data_slipped_rows_of_the_annex_are_read_by_their_investment() -> None:
    city = next(row for row in table("projects") if row["feature"] == "sites:aviation_science_city")
    assert float(city["investment_1e4_cny"]) == 30_000_000_000 / 10_000  # 30 billion CNY, as the slipped contents say
    assert not [key for key, row in ROWS.items() if "row 22" in row["properties"]["place"].split(",")[0]]


def test_data_row_of_the_annex_that_may_lie_in_another_park_is_left_out() -> None:
    assert not [key for key, row in ROWS.items() if "row 33" in row["properties"]["place"]]


# What a source names only beside an area: its note has to say that the placement is inferred.
BY_CONTEXT = ["parks:aviation_park", "parks:lusha_river_green", "parks:maojiangkou_green"]
BY_CONTEXT += [f"sites:{slug}" for slug in ("aviation_science_city", "aviation_innovation_tower", "comac_flight_test")]
BY_CONTEXT += ["sites:yatai_aviation", "sites:jurentang_park", "sites:hongtai_base"]


def test_data_placement_by_context_is_called_an_inference() -> None:
    told = [key for key, row in ROWS.items() if "which is an inference" in row["properties"]["note_en"]]
    assert sorted(told) == sorted(BY_CONTEXT)
    assert all(ROWS[key]["properties"]["placed_in"] and "推定" in ROWS[key]["properties"]["note_zh"] for key in told)


def test_data_ring_distances_only_the_first_two_are_stated() -> None:
    stated = [FIGURES[edge["figure"]] for edge in RINGS["edges"] if edge["basis"] == "stated"]
    assert [(row["value"], row["unit"], row["source"]) for row in stated] == [("100", "m", "S0"), ("500", "m", "S0")]
    assumed = [(edge["distance_m"], edge["source"]) for edge in RINGS["edges"] if edge["basis"] == "assumed"]
    assert assumed == [(1500, None), (3000, None)]
    assert (RINGS["lake"], RINGS["default_reading"], RINGS["default_extent"]) == ("water:yaohu", "shore_belt", "2025")


def test_data_populations_are_those_of_the_sources() -> None:
    named = {row["extent"]: FIGURES[row["figure"]] for row in CATALOGUE["populations"]}
    told = {(extent, row["value"], row["unit"], row["source"]) for extent, row in named.items()}
    assert told == {("2013", "500000", "persons", "S0"), ("2025", "498000", "persons", "S1")}


def test_data_three_slots_wait() -> None:
    slots = [slot["id"] for slot in CATALOGUE["slots"]]
    assert slots == ["permanent_farmland", "ecological_redline", "urban_growth_boundary"]
    assert not set(slots) & {layer["id"] for layer in CATALOGUE["layers"]}
