"""Every fault that a data folder can have is found once, named with its file and place, in both languages."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from geo.catalogue import check_catalogue
from geo.catalogue.wording import sentences
from geo.errors import Fault
from tests import test_catalogue_rules, test_guides, test_ledger, test_trends

Change = Callable[[Path], None]
HOSTILE = "{{ 7*191 }}<img src=x onerror=alert(1)>${1}{% "
SQUARE = [[116.0, 28.6], [116.01, 28.6], [116.01, 28.61], [116.0, 28.61], [116.0, 28.6]]
BOW_TIE = [[116.0, 28.6], [116.01, 28.61], [116.01, 28.6], [116.0, 28.61], [116.0, 28.6]]
AREA = {"value": 1.0, "unit": "ha", "qualifier": "", "source": "S0", "place": "x"}
HUGE = AREA | {"value": 1e12, "unit": "km2"}
# A hole that touches the south side of the square between its corners: in metres that side is no parallel.
TOUCHING = [[116.005, 28.6], [116.006, 28.605], [116.004, 28.605], [116.005, 28.6]]
ROW = {
    "name_zh": "测试",
    "name_en": "test",
    "source": "S0",
    "place": "x",
    "data_year": 2020,
    "geometry_basis": "digitised",
    "accuracy_m": 10,
    "status": "existing",
}


def void(_: object) -> None:
    """Makes a change of an expression that gives something back."""


def edit(file: str, change: Callable[[Any], Any]) -> Change:
    """Changes the JSON value of a file in place."""

    def apply(folder: Path) -> None:
        value = json.loads((folder / file).read_text("utf-8"))
        change(value)
        (folder / file).write_text(json.dumps(value, ensure_ascii=False), "utf-8")

    return apply


def put(file: str, *path: str | int, to: Any) -> Change:
    """Sets one value deep in a file."""

    def change(value: Any) -> None:
        for step in path[:-1]:
            value = value[step]
        value[path[-1]] = to

    return edit(file, change)


def edge(number: int, **facts: object) -> Change:
    """A ring edge that is written out, without the ledger, with these facts."""

    def spoil(value: dict[str, Any]) -> None:
        kept = {key: fact for key, fact in value["edges"][number].items() if key != "figure"}
        plain = {"distance_m": (100, 500, 1500, 3000)[number], "source": "S0", "place": "x"}
        value["edges"][number] = {**plain, **kept, **facts}

    return edit(RINGS, spoil)


def drop(file: str, *path: str | int) -> Change:
    """Deletes one value deep in a file."""

    def change(value: Any) -> None:
        for step in path[:-1]:
            value = value[step]
        del value[path[-1]]

    return edit(file, change)


def text(file: str, old: str, new: str) -> Change:
    """Replaces the first `old` in the text of a file."""

    def apply(folder: Path) -> None:
        before = (folder / file).read_text("utf-8")
        assert old in before
        (folder / file).write_text(before.replace(old, new, 1), "utf-8")

    return apply


def row(geometry: Any, layer: str = "places", **properties: Any) -> Change:
    """Adds one feature to a layer: a digitised test row with these changes."""
    made = {"id": f"{layer}:test", **ROW, **properties}
    feature = {"type": "Feature", "geometry": geometry, "properties": made}
    return edit(f"layers/{layer}.geojson", lambda value: value["features"].append(feature))


def residents(zone: str, **more: str) -> Change:
    """Adds a population of one zone of the extent of 2025."""
    made = {"extent": "2025", "persons": 9, "year": 2025, "qualifier": "", "source": "S1", "place": "x", "zone": zone}
    return edit(CATALOGUE, lambda value: value["populations"].append(made | more))


def shape(kind: str, coordinates: Any) -> dict[str, Any]:
    return {"type": kind, "coordinates": coordinates}


def polygon(*rings: Any) -> dict[str, Any]:
    return shape("Polygon", list(rings))


def circle(value: Any) -> None:
    """The airport in its runway, which lies in the airport."""
    value["features"][0]["properties"]["placed_in"] = "sites:yaohu_runway"


def drown_2013(folder: Path) -> None:
    """Makes the extent of 2013 the lake itself."""
    lake = json.loads((folder / WATER).read_text("utf-8"))["features"][0]["geometry"]
    put("layers/extent_2013.geojson", "features", 0, "geometry", to=lake)(folder)


def entry(**changes: Any) -> Change:
    """Adds one layer without a file on disk to the catalogue."""
    names = {"id": "extra", "group": "names", "title_zh": "x", "title_en": "x", "file": "empty.geojson"}
    made = names | {"geometry": "point", "visible": True, "min_zoom": 0, "background": False} | changes
    return edit("catalogue.json", lambda value: value["layers"].append(made))


def empty(name: str) -> Change:
    """Writes a layer file without features."""
    path = f"layers/{name}.geojson"
    return lambda folder: void((folder / path).write_text('{"type": "FeatureCollection", "features": []}'))


def make_folder_of_places(folder: Path) -> None:
    """Puts a folder where a layer file should be."""
    (folder / PLACES).unlink()
    (folder / PLACES).mkdir()


def all_of(*changes: Change) -> Change:
    """Makes several changes one after another."""

    def apply(folder: Path) -> None:
        for change in changes:
            change(folder)

    return apply


POINT = shape("Point", [116.0, 28.6])
PLACES, WATER, SITES = "layers/places.geojson", "layers/water.geojson", "layers/sites.geojson"
CATALOGUE, RINGS, TABLE = "catalogue.json", "rings.json", "standards/land_use.csv"
NEW = "feature 8 (places:test)"  # the place of a row that is added behind the seven shipped ones

# name of the fault, file, part of its place, what is changed
FILES: list[tuple[str, str, str, Change]] = [
    ("missing_file", WATER, "file", lambda folder: (folder / WATER).unlink()),
    ("missing_part", CATALOGUE, "file", lambda folder: (folder / CATALOGUE).unlink()),
    ("missing_part", RINGS, "file", lambda folder: (folder / RINGS).unlink()),
    ("missing_part", TABLE, "file", lambda folder: (folder / TABLE).unlink()),
    ("unreadable", PLACES, "file", make_folder_of_places),
    ("not_utf8", PLACES, "byte 0", lambda folder: void((folder / PLACES).write_bytes("瑶湖".encode("gbk")))),
    ("not_json", PLACES, "line 1", lambda folder: void((folder / PLACES).write_bytes(b"PK\x03\x04"))),
    ("not_json", PLACES, "line 1", lambda folder: void((folder / PLACES).write_bytes(b""))),
    ("not_json", PLACES, "file", text(PLACES, '"accuracy_m": 1000', '"accuracy_m": ' + "9" * 5000)),
    ("not_a_number", PLACES, "file", text(PLACES, '"accuracy_m": 1000', '"accuracy_m": NaN')),
    ("not_a_number", PLACES, "file", text(PLACES, '"accuracy_m": 1000', '"accuracy_m": -Infinity')),
    ("too_large", PLACES, "file", text(PLACES, '"accuracy_m": 1000', '"accuracy_m": 1e999')),
    ("key_twice", PLACES, "file", text(PLACES, '"accuracy_m": 1000', '"accuracy_m": 1000, "accuracy_m": 1')),
    ("half_character", PLACES, "file", text(PLACES, "南昌航空城", "\\ud800")),
    ("too_deep", PLACES, "file", lambda folder: void((folder / PLACES).write_text("[" * 100_000))),
]
FORM: list[tuple[str, str, str, Change]] = [
    ("missing", CATALOGUE, "file", drop(CATALOGUE, "title_zh")),
    (
        "missing",
        PLACES,
        "feature 1 (places:aviation_city), properties",
        drop(PLACES, "features", 0, "properties", "status"),
    ),
    ("wrong_type", PLACES, "file", lambda folder: void((folder / PLACES).write_text("[]"))),
    ("wrong_type", RINGS, "edges[2].distance_m", edge(1, distance_m="500")),
    ("wrong_type", PLACES, NEW, row(POINT, accuracy_m="10")),
    ("wrong_type", PLACES, NEW, row(POINT, accuracy_m=True)),
    ("wrong_type", PLACES, "feature 8", row("POINT")),
    ("wrong_type", PLACES, NEW, row(None, stated_area="1 ha", geometry_basis="none")),
    ("wrong_type", PLACES, NEW, row(None, data_year="2020", geometry_basis="none")),
    ("wrong_type", PLACES, NEW, row(None, data_year=2020.5, geometry_basis="none")),
    (
        "missing",
        PLACES,
        "feature 1 (places:aviation_city), properties",
        drop(PLACES, "features", 0, "properties", "data_year"),
    ),
    ("not_a_choice", PLACES, NEW, row(POINT, status="built")),
    ("not_a_choice", PLACES, NEW, row(shape("GeometryCollection", []))),
    ("not_a_choice", PLACES, NEW, row(polygon(SQUARE), geometry_basis="computed")),
    ("not_a_choice", PLACES, NEW, row(POINT, stated_area=AREA | {"unit": "acre"}, geometry_basis="point")),
    ("wrong_form", PLACES, "feature 8", row(None, id=f"places:{HOSTILE}", geometry_basis="none")),
    ("wrong_form", PLACES, "feature 8", row(None, id="places:x\n", geometry_basis="none")),
    ("wrong_form", PLACES, NEW, row(None, land_use="0802a", geometry_basis="none")),
    ("wrong_form", CATALOGUE, "].file", entry(file=f"{HOSTILE}.geojson")),
    ("wrong_form", CATALOGUE, "].file", entry(file="../../etc/passwd")),
    ("wrong_form", CATALOGUE, "].file", entry(file="../towns.geojson")),
    ("wrong_form", CATALOGUE, "].file", entry(file="Towns.geojson")),
    ("wrong_form", CATALOGUE, "].id", entry(id=HOSTILE)),
    ("crs_member", PLACES, "file", put(PLACES, "crs", to={"type": "name"})),
    ("unknown_key", CATALOGUE, "slots[1]", put(CATALOGUE, "slots", 0, "file", to="x.geojson")),
    ("unknown_key", RINGS, "file", put(RINGS, HOSTILE, to=1)),
    ("out_of_limits", PLACES, NEW, row(POINT, accuracy_m=0, geometry_basis="point")),
    ("out_of_limits", PLACES, NEW, row(None, data_year=21, geometry_basis="none")),
    ("out_of_limits", PLACES, NEW, row(None, name_zh="", geometry_basis="none")),
    ("out_of_limits", RINGS, "edges", drop(RINGS, "edges", 3)),
    ("out_of_limits", RINGS, "edges[1].distance_m", edge(0, distance_m=0)),
    ("out_of_limits", RINGS, "edges[1].distance_m", edge(0, distance_m=-100)),
    ("out_of_limits", RINGS, "edges[4].distance_m", edge(3, distance_m=100_000.1)),
    ("nested_extra", PLACES, f"{NEW}, properties.owner", row(None, owner={"a": 1}, geometry_basis="none")),
    ("nested_extra", PLACES, f"{NEW}, properties.owner", row(None, owner=["a"], geometry_basis="none")),
]
SHAPES: list[tuple[str, str, str, Change]] = [
    ("no_positions", PLACES, f"{NEW}, coordinates", row(polygon())),
    ("no_positions", PLACES, f"{NEW}, coordinates[1]", row(polygon([]))),
    ("no_position", PLACES, f"{NEW}, coordinates[1][2]", row(polygon([SQUARE[0], ["a", 1], *SQUARE[2:]]))),
    ("no_position", PLACES, f"{NEW}, coordinates", row(shape("Point", [116.0, 28.6, 12.0]))),
    ("no_position", PLACES, f"{NEW}, coordinates", row(shape("Point", [116.0, 10**400]))),
    ("no_position", PLACES, f"{NEW}, coordinates[1][1]", row(shape("Polygon", [[116.0, 28.6]]))),
    ("swapped", PLACES, f"{NEW}, coordinates", row(shape("Point", [28.6, 116.0]))),
    ("metres", PLACES, f"{NEW}, coordinates", row(shape("Point", [404000.0, 3170000.0]))),
    ("metres", PLACES, f"{NEW}, coordinates", row(shape("Point", [39404000.0, 3170000.0]))),
    ("not_in_china", PLACES, f"{NEW}, coordinates", row(shape("Point", [0.0, 0.0]))),
    ("short_line", PLACES, f"{NEW}, line 1", row(shape("LineString", [[116.0, 28.6], [116.0, 28.6]]))),
    ("open_ring", PLACES, f"{NEW}, polygon 1, ring 1", row(polygon(SQUARE[:-1]))),
    ("short_ring", PLACES, f"{NEW}, polygon 1, ring 1", row(polygon([SQUARE[0], SQUARE[1], SQUARE[0]]))),
    ("invalid", PLACES, f"{NEW}, geometry", row(polygon(BOW_TIE))),
    ("invalid", PLACES, f"{NEW}, geometry", row(shape("MultiPolygon", [[SQUARE], [SQUARE]]))),
    ("basis_without_shape", PLACES, NEW, row(None)),
    ("shape_without_basis", PLACES, NEW, row(polygon(SQUARE), geometry_basis="none")),
    ("basis_unfit", PLACES, NEW, row(polygon(SQUARE), geometry_basis="point")),
    ("basis_unfit", PLACES, NEW, row(POINT, geometry_basis="digitised")),
    ("basis_unfit", PLACES, NEW, row(polygon(SQUARE), geometry_basis="symbolic_footprint", stated_area=AREA)),
    ("out_of_reach", PLACES, "places:test", row(shape("Point", [80.0, 30.0]), geometry_basis="point")),
    ("circle_out_of_reach", PLACES, "places:test", row(POINT, geometry_basis="symbolic_footprint", stated_area=HUGE)),
    ("invalid_in_metres", PLACES, "places:test", row(polygon(SQUARE, TOUCHING))),
    ("no_accuracy", PLACES, NEW, row(polygon(SQUARE), accuracy_m=None)),
    ("no_stated_area", PLACES, NEW, row(POINT, geometry_basis="symbolic_footprint")),
    ("wrong_prefix", PLACES, "(parks:test)", row(polygon(SQUARE), id="parks:test")),
    ("wrong_kind", WATER, "(water:test)", row(POINT, "water", geometry_basis="point")),
]
LINKS: list[tuple[str, str, str, Change]] = [
    ("twice", PLACES, "places:jxnu", row(polygon(SQUARE), id="places:jxnu")),
    ("twice", CATALOGUE, "layers, file", all_of(empty("empty"), entry(), entry(id="more"))),
    ("twice", CATALOGUE, "layers", all_of(empty("empty"), empty("more"), entry(), entry(file="more.geojson"))),
    ("twice", CATALOGUE, "slots", edit(CATALOGUE, lambda value: value["slots"].append(value["slots"][0]))),
    ("twice", CATALOGUE, "sources", edit(CATALOGUE, lambda value: value["sources"].append(value["sources"][0]))),
    ("twice", RINGS, "rings", edit(RINGS, lambda value: value["rings"].append(value["rings"][0]))),
    ("twice", CATALOGUE, "populations, extent", put(CATALOGUE, "populations", 1, "extent", to="2013")),
    ("twice", CATALOGUE, "populations, extent", all_of(residents("ring_2"), residents("ring_2"))),
    ("population_reading", CATALOGUE, "populations[3]", residents("ring_1")),
    ("population_reading", CATALOGUE, "populations[3]", residents("ring_2", reading="annulus")),
    ("population_reading", CATALOGUE, "populations[3]", residents("strip", reading="shore_belt")),
    ("not_a_choice", CATALOGUE, "populations[3].zone", residents("water")),
    ("crs_refused", CATALOGUE, "metric_crs", put(CATALOGUE, "metric_crs", to="EPSG:3857")),
    ("crs_refused", CATALOGUE, "metric_crs", put(CATALOGUE, "metric_crs", to="EPSG:2414")),
    ("unknown_group", CATALOGUE, "layers (towns)", put(CATALOGUE, "layers", -1, "group", to="people")),
    (
        "file_of_rings",
        CATALOGUE,
        "layers (rings)",
        all_of(empty("rings"), put(CATALOGUE, "layers", 2, "file", to="rings.geojson")),
    ),
    ("file_of_rings", CATALOGUE, "layers (towns)", put(CATALOGUE, "layers", -1, "file", to=None)),
    ("needed_layer", CATALOGUE, "layers", drop(CATALOGUE, "layers", 0)),
    ("needed_area", "layers/extent_2013.geojson", "features", put("layers/extent_2013.geojson", "features", to=[])),
    ("no_land", "layers/extent_2013.geojson", "features", drown_2013),
    *[
        ("reserved_id", CATALOGUE, f"layers ({name})", all_of(empty("empty"), entry(id=name)))
        for name in ("all", "labels", "selection", "grid", "accuracy", "extent_lines", "constructor")
    ],
    (
        "placed_nowhere",
        SITES,
        "sites:beihang_test_centre",
        put(SITES, "features", 4, "properties", "placed_in", to="places:x"),
    ),
    ("placed_in_itself", PLACES, "places:test", row(polygon(SQUARE), placed_in="places:test")),
    ("unknown_source", PLACES, "places:test", row(polygon(SQUARE), source="S9")),
    ("unknown_source", PLACES, "places:test, stated_area", row(polygon(SQUARE), stated_area=AREA | {"source": "S9"})),
    ("unknown_source", CATALOGUE, "populations[3]", residents("ring_2", source="S9")),
    ("unknown_source", RINGS, "edges[1]", edge(0, source="S9")),
    ("unknown_source", RINGS, "rings (ring_1)", put(RINGS, "rings", 0, "source", to="S9")),
    ("unknown_land_use", PLACES, "places:test", row(polygon(SQUARE), land_use="99")),
    ("no_lake", RINGS, "lake", put(RINGS, "lake", to="water:dongting")),
    ("no_lake", RINGS, "lake", put(RINGS, "lake", to="places:campus_nit")),
    ("not_described", RINGS, "rings", drop(RINGS, "rings", 4)),
    ("not_described", RINGS, "readings", drop(RINGS, "readings", 0)),
    ("edge_order", RINGS, "edges[2]", edge(1, distance_m=100)),
    ("edge_same", RINGS, "edges[3]", edge(2, distance_m=500.0001)),
    ("edge_reason", RINGS, "edges[3]", edge(2, reason_zh=" ")),
    ("edge_source", RINGS, "edges[1]", edge(0, place=None)),
    ("table_head", TABLE, "line 1", text(TABLE, "code,parent", "code,father")),
    ("table_cells", TABLE, "line 2", text(TABLE, "01,,", "01,,,")),
    ("table_value", TABLE, "line 2", text(TABLE, "245,248,220", "245,248,256")),
    ("table_value", TABLE, "line 2", text(TABLE, "cropland", "")),
    ("table_broken", TABLE, "file", text(TABLE, "cropland", '"' + "x" * 131_073)),
    ("table_green_water", TABLE, "code 17", text(TABLE, "51,142,192,no", "51,142,192,counts")),
    ("table_green_water", TABLE, "code 1702", text(TABLE, "lakes,51,142,192,no", "lakes,51,142,192,counts")),
    ("table_parent", TABLE, "code 1207", text(TABLE, "1207,12", "1207,13")),
    ("twice", TABLE, "code 03", text(TABLE, "\n03,", "\n03,,x,x,0,0,0,no,\n03,")),
]
CASES = FILES + FORM + SHAPES + LINKS


def says(fault: Fault, name: str) -> bool:
    """Whether all four sentences of a fault are those of `name` with some values."""
    return all(
        re.fullmatch(re.sub(r"\\\{\w+\\\}", ".+", re.escape(sentence)), getattr(fault, key), re.DOTALL)
        for key, sentence in sentences()[name].items()
    )


@pytest.mark.parametrize(
    ("name", "file", "where", "change"), CASES, ids=[f"{number}-{case[0]}" for number, case in enumerate(CASES)]
)
def test_catalogue_fault_is_found_and_named(data_copy: Path, name: str, file: str, where: str, change: Change) -> None:
    change(data_copy)
    faults = check_catalogue(data_copy)
    assert [fault.text("en") for fault in faults if not (fault.file == file and says(fault, name))] == []
    assert len(faults) == 1
    assert where in faults[0].where
    assert str(data_copy) not in faults[0].text("en") + faults[0].text("zh")


def test_catalogue_faults_all_have_a_case() -> None:
    of_no_file = {"missing_folder"}  # see test_catalogue_files
    of_others = test_guides.NAMES | test_ledger.NAMES | test_trends.NAMES | test_catalogue_rules.NAMES
    assert {case[0] for case in CASES} | of_no_file | of_others == set(sentences())


@pytest.mark.parametrize("edges", [(100.2, 100.4, 1500.6, 3000), (1, 2, 99_999, 100_000), (0.001, 0.01, 0.1, 1)])
def test_catalogue_takes_unusual_ring_distances(data_copy: Path, edges: tuple[float, ...]) -> None:
    for number, distance_m in enumerate(edges):
        edge(number, distance_m=distance_m)(data_copy)
    assert check_catalogue(data_copy) == ()


def test_catalogue_circle_is_told_at_each_of_its_members(data_copy: Path) -> None:
    edit(SITES, circle)(data_copy)
    faults = check_catalogue(data_copy)
    assert {fault.where for fault in faults} == {"sites:yaohu_airport", "sites:yaohu_runway"}
    assert all(says(fault, "placed_in_itself") for fault in faults)
