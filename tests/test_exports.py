"""What an export holds and says of itself, whatever its format: selection, system, fields, statements, GeoJSON."""

from __future__ import annotations

import csv
import json
import re
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import shapely
import shapely.affinity
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import crs
from geo.assess import Question
from geo.errors import ChoiceError, CrsError, EmptyError, GeoError, QueryError
from geo.output.exports import FILTERS, FORMATS, Wanted, export, possible_names, read_bbox, read_options
from geo.output.exports.build import contents_of_layers
from geo.output.exports.content import Content, as_one, parts_of
from geo.output.exports.fields import SHORT_BYTES, fields_of
from geo.output.exports.order import settle
from geo.output.exports.target import read_target
from geo.plan import Plan, load_plan
from tests import toy
from tests.test_crs import TOWNS, metres_apart

HOSTILE = "{{ 7*191 }}<img src=x onerror=alert(1)>${1}{% "
SYSTEMS = [f"EPSG:{number}" for number in crs.ALLOWED]


def collection(plan: Plan, what: str = "all", **asked: Any) -> dict[str, Any]:
    """An export as GeoJSON, read back."""
    return json.loads(export(plan, Wanted(what, "geojson", **asked)).content)


def content(plan: Plan, what: str = "all", ext: str = "gpkg", **asked: Any) -> Content:
    """What a writer would be handed."""
    return contents_of_layers(settle(plan, Wanted(what, ext, **asked)))


def ids(plan: Plan, what: str, **asked: Any) -> list[str]:
    """The features of an export."""
    return [row.id for table in content(plan, what, **asked).tables for row in table.rows]


def test_geojson_follows_rfc_7946(plan: Plan) -> None:
    made = collection(plan)
    assert "crs" not in made
    assert len(made["features"]) == sum(len(plan.of_layer(layer.id, plan.view())) for layer in plan.catalogue.layers)
    for row in made["features"]:
        if row["geometry"]:
            shape = shapely.geometry.shape(row["geometry"])
            west, south, east, north = shape.bounds
            assert 115 < west <= east < 117
            assert 28 < south <= north < 29.5
            for polygon in (part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"):
                assert polygon.exterior.is_ccw, row["id"]
                assert not any(hole.is_ccw for hole in polygon.interiors), row["id"]


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_system_gives_areas_and_vertices_back(plan: Plan, system: str) -> None:
    for row in collection(plan, crs=system)["features"]:
        if row["geometry"] is None:
            continue
        shape = shapely.geometry.shape(row["geometry"])
        back = shapely.transform(shape, lambda xy: _columns(crs.unproject(xy[:, 0], xy[:, 1], system)))
        held_against_the_plan(plan, row, back)


@pytest.mark.parametrize("datum", ["gcj02", "bd09"])
def test_every_shifted_datum_gives_areas_and_vertices_back(plan: Plan, datum: str) -> None:
    made = collection(plan, datum=datum)
    assert crs.DATUM_NAMES[datum] in made["crs"]["properties"]["name"]
    for row in made["features"]:
        assert "centre_lon" not in row["properties"]  # degrees of another system
        if row["geometry"] is not None:
            shape = shapely.geometry.shape(row["geometry"])
            back = shapely.transform(shape, lambda xy: _columns(crs.from_datum(xy[:, 0], xy[:, 1], datum)))
            held_against_the_plan(plan, row, back)


def _columns(pair: Any) -> Any:
    return shapely.get_coordinates(shapely.points(*pair))


def held_against_the_plan(plan: Plan, row: dict[str, Any], lonlat: Any) -> None:
    """The shape of a row, in degrees again, has the plan's area to 1e-6 and its vertices within 0.1 m."""
    view = plan.view()
    shapes = {shape.feature.id: shape for layer in plan.catalogue.layers for shape in plan.of_layer(layer.id, view)}
    known = shapes[row["id"]]
    written_m = crs.to_metres(lonlat, "EPSG:4548")
    assert written_m.area == pytest.approx(known.geometry_m.area, rel=1e-6)
    assert written_m.hausdorff_distance(known.geometry_m) < 0.1
    assert shapely.get_num_coordinates(written_m) == shapely.get_num_coordinates(known.geometry_m)


@pytest.mark.parametrize("town", TOWNS)
def test_shifted_datums_agree_with_published_pairs(town: tuple[tuple[float, float], ...]) -> None:
    wgs84, *published = town
    for datum, (lon, lat) in zip(("gcj02", "bd09"), published, strict=True):
        placed = read_target(None, datum, default="EPSG:4326").placed(shapely.Point(wgs84))
        assert metres_apart((placed.x, placed.y), (lon, lat)) < 1


def test_rows_are_flat_and_carry_every_property_and_notice(plan: Plan) -> None:
    made = collection(plan, "parks", made_on=date(2026, 1, 2))
    assert made["metadata"]["review_en"] == "internal working map, not reviewed"
    assert made["metadata"]["exported"] == "2026-01-02"
    for row in made["features"]:
        values = row["properties"]
        assert not any(isinstance(value, dict | list) for value in values.values())
        assert "internal working map, not reviewed" in values["notice"]
        assert "Not a legal plan" in values["notice"]
        assert values["exported"] == "2026-01-02"
        assert {"source", "accuracy_m", "geometry_basis", "data_year"} <= set(values)
        assert plan.shapes[row["id"]].feature.extra.items() <= values.items()


def test_review_number_replaces_the_notice(plan: Plan) -> None:
    text = export(plan, Wanted("water", "geojson", review_no="GS(2026)0001")).content.decode()
    assert "not reviewed" not in text
    assert "GS(2026)0001" in text


def test_scenario_is_named_in_the_file_and_in_its_name(plan: Plan) -> None:
    made = export(plan, Wanted("rings", "geojson", rings=(300.0, 1200.0, 3500.0)))
    read = json.loads(made.content)
    assert "情景-300-1200-3500" in made.name
    assert "not the base plan" in read["metadata"]["scenario_en"]
    assert all("情景" in row["properties"]["notice"] for row in read["features"])
    areas = {shape.feature.id: shape.area_m2 for shape in plan.view(None, None, (300, 1200, 3500)).computed["rings"]}
    assert {row["id"]: row["properties"]["area_m2"] for row in read["features"]} == pytest.approx(areas, abs=0.01)


def test_hostile_text_is_kept_unchanged(tmp_path: Path) -> None:
    made = toy.toy_layers()
    made["places"][0]["properties"] |= {"name_zh": HOSTILE, HOSTILE: HOSTILE, "area_m2": "mine", "notice": "theirs"}
    row = collection(load_plan(toy.write_toy(tmp_path / "toy", made)), "places")["features"][0]["properties"]
    assert row["name_zh"] == HOSTILE
    assert row[HOSTILE] == HOSTILE
    assert row["extra_area_m2"] == "mine"
    assert row["extra_notice"] == "theirs"
    assert isinstance(row["area_m2"], float)


@pytest.mark.parametrize("what", ["all", "water", "rings,water", "theme:ecology"])
def test_file_names_hold_no_character_that_a_header_or_disk_refuses(plan: Plan, what: str) -> None:
    assert re.fullmatch(r"[a-z0-9A-Z_.-]+\.geojson", export(plan, Wanted(what, "geojson", lang="en")).name)
    assert re.fullmatch(r"[\w（）()-]+\.geojson", export(plan, Wanted(what, "geojson")).name)


@pytest.mark.parametrize(
    ("asked", "tag"), [({"datum": "gcj02"}, "GCJ-02"), ({"datum": "bd09"}, "BD-09"), ({"crs": "4548"}, "EPSG4548")]
)
def test_file_names_say_the_system(plan: Plan, asked: dict[str, str], tag: str) -> None:
    assert f"_{tag}." in export(plan, Wanted("water", "geojson", **asked)).name


def test_selection_of_everything_keeps_draw_order(plan: Plan) -> None:
    expected = [shape.feature.id for layer in plan.catalogue.layers for shape in plan.of_layer(layer.id, plan.view())]
    assert ids(plan, "all") == expected


def test_selection_of_several_layers_and_one_ring(plan: Plan) -> None:
    found = ids(plan, "water,ring_2")
    assert found == ["rings:ring_2", *(s.feature.id for s in plan.of_layer("water", plan.view()))]


def test_selection_of_a_theme_is_its_layers(plan: Plan) -> None:
    theme = next(theme for theme in plan.catalogue.guides.themes if theme.id == "ecology")
    assert {table.id for table in content(plan, "theme:ecology").tables} == {
        "rings" if name.startswith("ring_") else name for name in theme.layers
    }
    assert [one for one in ids(plan, "theme:ecology") if one.startswith("rings:")] == ["rings:ring_1"]


@pytest.mark.parametrize("name", ["nothing", "theme:none", "water,nothing", "", "all,water", "../data"])
def test_selection_refuses_unknown_names_and_lists_what_there_is(plan: Plan, name: str) -> None:
    with pytest.raises(ChoiceError) as caught:
        content(plan, name)
    assert caught.value.possible == possible_names(plan)


@given(st.floats(115.7, 116.4), st.floats(28.4, 29.0), st.floats(0.001, 0.4))
@settings(max_examples=40)
def test_box_keeps_exactly_what_touches_it(plan: Plan, west: float, south: float, size: float) -> None:
    box = (west, south, west + size, south + size)
    square = shapely.box(*box)
    view = plan.view()
    every = [shape for layer in plan.catalogue.layers for shape in plan.of_layer(layer.id, view)]
    expected = [s.feature.id for s in every if s.geometry is not None and s.geometry.intersects(square)]
    if expected:
        assert ids(plan, "all", bbox=box) == expected
    else:
        with pytest.raises(EmptyError, match="Without them there are: extent_2013"):
            content(plan, "all", bbox=box)


def test_box_does_not_cut(plan: Plan) -> None:
    lake = plan.shapes["water:yaohu"]
    west, south, east, north = lake.geometry.bounds
    made = content(plan, "water", crs="EPSG:4548", bbox=(west, south, (west + east) / 2, (south + north) / 2))
    row = next(row for row in made.tables[0].rows if row.id == "water:yaohu")
    assert row.geometry is not None
    assert row.geometry.area == pytest.approx(lake.geometry_m.area, rel=1e-9)
    assert "whole and not cut" in made.text("part", "en")


@pytest.mark.parametrize("word", FILTERS)
def test_filters_split_the_features(plan: Plan, word: str) -> None:
    """What agrees with one value of a filter does not agree with another; together they are what has one of them."""
    key = {"ids": "id", "zone": "home_zone", "basis": "geometry_basis"}.get(word, word)
    rows = [row for table in content(plan, "places,parks,water,sites").tables for row in table.rows]
    values = sorted({str(row.values[key]) for row in rows if row.values[key] is not None})[:3]
    picked = [ids(plan, "places,parks,water,sites", filters=((word, (value,)),)) for value in values]
    together = ids(plan, "places,parks,water,sites", filters=((word, tuple(values)),))
    assert sorted(one for part in picked for one in part) == sorted(together)
    assert together == [row.id for row in rows if row.values[key] in values]


def test_filter_by_zone_takes_a_ring_for_itself(plan: Plan) -> None:
    assert ids(plan, "rings", filters=(("zone", ("ring_3",)),)) == ["rings:ring_3"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("116.1,28.6,115.9,28.8", "115.9,28.6,116.1,28.8"),
        ("115.9,28.8,116.1,28.6", "115.9,28.6,116.1,28.8"),
        ("28.6,115.9,28.8,116.1", "115.9,28.6,116.1,28.8"),
    ],
)
def test_box_the_wrong_way_round_names_the_right_one(text: str, meant: str) -> None:
    with pytest.raises(ChoiceError) as caught:
        read_bbox(text)
    assert caught.value.possible == (meant,)
    assert read_bbox(meant) == tuple(map(float, meant.split(",")))


@pytest.mark.parametrize(
    "text", ["", "1,2,3", "a,b,c,d", "1e400,0,1,1", "nan,0,1,1", "1,1,1,1", "200,10,300,20", "1,2,3,4,5"]
)
def test_box_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(QueryError, match="bbox"):
        read_bbox(text)


@given(st.text(max_size=40))
def test_box_any_text_is_read_or_refused(text: str) -> None:
    try:
        west, south, east, north = read_bbox(text)
    except QueryError:
        return
    assert -180 <= west < east <= 180
    assert -90 <= south < north <= 90


@pytest.mark.parametrize("ext", FORMATS)
@pytest.mark.parametrize("system", [*SYSTEMS, "gcj02", "bd09"])
def test_format_takes_a_system_or_lists_those_it_takes(plan: Plan, ext: str, system: str) -> None:
    asked = {"crs": system} if system.startswith("EPSG") else {"datum": system}
    takes = system in FORMATS[ext].systems or (not system.startswith("EPSG") and FORMATS[ext].takes_shifted)
    if takes:
        assert settle(plan, Wanted("water", ext, **asked)).target.tag.replace("-", "").lower() in (
            system.replace(":", "").lower(), crs.DATUM_NAMES.get(system, "").replace("-", "").lower()
        )  # fmt: skip
    else:
        with pytest.raises(ChoiceError) as caught:
            settle(plan, Wanted("water", ext, **asked))
        assert caught.value.possible


def test_default_systems_are_metres_for_gis_and_cad_and_degrees_for_the_web(plan: Plan) -> None:
    found = {ext: settle(plan, Wanted("water", ext)).target.crs for ext in FORMATS}
    assert {ext for ext, system in found.items() if system == "EPSG:4548"} == {"gpkg", "zip", "shp.zip", "dxf", "txt"}
    assert {system for system in found.values() if system != "EPSG:4548"} == {"EPSG:4326"}


def test_datum_and_system_that_contradict_are_refused(plan: Plan) -> None:
    with pytest.raises(CrsError, match="contradict"):
        content(plan, crs="EPSG:4548", datum="gcj02")
    assert content(plan, "water", crs="EPSG:4490", datum="cgcs2000").target.crs == "EPSG:4490"


@pytest.mark.parametrize("code", ["EPSG:2437", "EPSG:9999", "WGS84", "4548; DROP", "EPSG:4610"])
def test_systems_that_the_atlas_does_not_take_are_refused_with_a_list(plan: Plan, code: str) -> None:
    with pytest.raises(CrsError, match="EPSG:4548"):
        content(plan, crs=code)


def test_system_outside_its_area_of_use_is_refused(tmp_path: Path) -> None:
    """A plan in the west of China has no place in EPSG:4548, whatever is asked of it."""
    made = shapely.Point(100, 30)
    with pytest.raises(CrsError, match="outside the area of use"):
        read_target("EPSG:4548", None, default="EPSG:4326").placed(made)


def test_options_are_those_of_the_format() -> None:
    assert read_options("shp.zip", {"encoding": "gbk"}) == (("encoding", "gbk"),)
    assert read_options("kml", {"encoding": "gbk"}) == ()
    with pytest.raises(ChoiceError) as caught:
        read_options("shp.zip", {"encoding": "latin1"})
    assert caught.value.possible == ("utf-8", "gbk")
    assert Wanted("water", "txt").option("encoding") == "gbk"


@pytest.mark.parametrize("layer", ["towns", "metro", "ring_lines"])
def test_boundary_text_of_what_has_no_area_is_refused(plan: Plan, layer: str) -> None:
    with pytest.raises(EmptyError) as caught:
        content(plan, layer, "txt")
    assert caught.value.possible == ("area",)


def test_symbol_of_a_size_is_no_boundary(plan: Plan) -> None:
    symbols = {one.feature.id for one in plan.shapes.values() if one.feature.geometry_basis == "symbolic_footprint"}
    assert symbols
    assert not symbols & set(ids(plan, "all", ext="txt"))
    assert symbols <= set(ids(plan, "all", ext="dxf"))


def test_rows_without_a_place_in_the_format_are_counted(plan: Plan) -> None:
    in_words = [s for s in plan.shapes.values() if s.geometry is None]
    assert content(plan, ext="dxf").text("left_out", "en").startswith(f"{len(in_words)} rows")
    assert content(plan, ext="gpkg").text("left_out", "en") == ""


def test_parts_hold_one_kind_each_and_all_rows(plan: Plan) -> None:
    made = content(plan)
    parts = [part for table in made.tables for part in parts_of(table)]
    assert len({part.name for part in parts}) == len(parts)
    assert all({row.kind for row in part.rows} == {part.kind} for part in parts)
    assert sorted(row.id for part in parts for row in part.rows) == sorted(ids(plan, "all"))
    one = as_one(made)
    assert [row.id for row in one.rows] == ids(plan, "all")
    assert {name for row in one.rows for name in row.values} == {field.name for field in one.fields}


def test_every_column_of_the_atlas_stands_in_the_dictionary(plan: Plan) -> None:
    """Columns without a meaning of their own are those that only the data know."""
    extras = {key for shape in plan.shapes.values() for key in shape.feature.extra}
    unknown = {field.name for field in as_one(content(plan)).fields if field.meaning_zh.startswith("数据自带")}
    assert unknown <= extras
    for field in as_one(content(plan)).fields:
        assert re.search("[\u4e00-\u9fff]", field.title_zh) or field.name in unknown, field.name
        assert field.title_en


def test_dictionary_is_fixed_and_its_short_names_fit_a_shapefile() -> None:
    path = Path(__file__).parent.parent / "geo/output/exports/fields.csv"
    with path.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    for column in ("name", "short"):
        names = [row[column].lower() for row in rows]
        assert len(set(names)) == len(names)
    assert all(len(row["short"].encode()) <= SHORT_BYTES and row["short"].isascii() for row in rows)
    assert all(row["kind"] in ("text", "whole", "number", "truth") for row in rows)
    for side in ("zh", "en"):
        assert all(row[f"title_{side}"] for row in rows)
    assert all(bool(row["meaning_zh"]) == bool(row["meaning_en"]) for row in rows)


@given(st.lists(st.text(min_size=1, max_size=16), unique=True, max_size=30))
def test_short_names_are_unique_whatever_the_columns(names: list[str]) -> None:
    shorts = [field.short.lower() for field in fields_of(names, [])]
    assert len(set(shorts)) == len(shorts)
    assert all(0 < len(short.encode()) <= SHORT_BYTES for short in shorts)


@pytest.mark.parametrize(
    ("values", "kind"),
    [([1, 2], "whole"), ([1, 2.5], "number"), ([True, None], "truth"), (["1", 2], "text"), ([None], "text")],
)
def test_kind_of_an_unknown_column_is_that_of_its_values(values: list[Any], kind: str) -> None:
    (field,) = fields_of(["planting"], [{"planting": value} for value in values])
    assert field.kind == kind


def site(*corners: tuple[float, float]) -> Question:
    """A question about a polygon."""
    geometry = {"type": "Polygon", "coordinates": [[*map(list, corners), list(corners[0])]]}
    return Question(json.dumps(geometry).encode(), None, None, None, None, False, None)


TRIANGLE = ((116.0, 28.70), (116.003, 28.70), (116.003, 28.703))


def test_answer_about_a_site_is_exported_with_its_parts_and_corners(plan: Plan) -> None:
    asked = Wanted(ext="geojson", site=site(*TRIANGLE), site_name="地块一")
    made = export(plan, asked)
    rows = json.loads(made.content)["features"]
    assert "地块一" in made.name
    first = rows[0]["properties"]
    area_m2 = crs.to_metres(shapely.Polygon(TRIANGLE), "EPSG:4548").area
    assert first["area_m2"] == pytest.approx(area_m2, abs=0.01)
    assert first["verdict"] == "unknown"
    assert first["accuracy_m"] is None  # nobody said it: 0 m would be a claim
    assert "not said" in first["note_en"]
    assert sum(value for key, value in first.items() if re.fullmatch(r"share_(?!low|high).*", key)) == pytest.approx(1)
    corners = [row for row in rows if row["properties"]["layer"] == "corners"]
    assert [row["geometry"]["coordinates"] for row in corners] == [list(corner) for corner in TRIANGLE]
    for row in rows:
        assert "Not a legal plan" in row["properties"]["notice"]


def test_answer_as_boundary_text_is_the_site_alone(plan: Plan) -> None:
    from geo.output.exports.assessed import contents_of_site

    made = contents_of_site(settle(plan, Wanted(ext="txt", site=site(*TRIANGLE))))
    assert [(table.id, len(table.rows)) for table in made.tables] == [("site", 1)]


def test_answer_about_many_sites_is_refused(plan: Plan) -> None:
    with pytest.raises(QueryError, match="one site"):
        export(plan, Wanted(ext="geojson", site=replace(site(*TRIANGLE), each=True)))


def test_same_question_gives_the_same_bytes(plan: Plan) -> None:
    asked = Wanted("all", "geojson", made_on=date(2026, 1, 2))
    assert export(plan, asked) == export(plan, asked)


def test_other_data_folder_is_exported_too(tmp_path: Path) -> None:
    """A park without a ledger, themes and rules; its features are all there, in metres as they were written."""
    toy_plan = load_plan(toy.write_toy(tmp_path / "toy", toy.toy_layers()))
    for row in collection(toy_plan, crs="EPSG:4548")["features"]:
        shapes = {
            s.feature.id: s for layer in toy_plan.catalogue.layers for s in toy_plan.of_layer(layer.id, toy_plan.view())
        }
        if row["geometry"]:
            written = shapely.geometry.shape(row["geometry"])
            assert written.hausdorff_distance(shapes[row["id"]].geometry_m) < 1e-3


@given(st.text(max_size=12), st.sampled_from(["gpkg", "dxf", "nothing"]), st.text(max_size=8), st.text(max_size=8))
@settings(max_examples=60)
def test_any_words_are_understood_or_refused(plan: Plan, what: str, ext: str, code: str, datum: str) -> None:
    with suppress(GeoError):
        assert content(plan, what, ext, crs=code or None, datum=datum or None).tables


def toy_with(folder: Path, *properties: dict[str, Any]) -> Plan:
    """The toy with parks that carry properties of their own."""
    made = toy.toy_layers()
    for park, own in zip(made["parks"], properties, strict=False):
        park["properties"] |= own
    return load_plan(toy.write_toy(folder / "toy", made))


def test_columns_of_the_data_never_take_the_place_of_another(tmp_path: Path) -> None:
    """Names that the atlas uses, names that it would give, and names of shares: each value is there once."""
    own = {"extra_exported": 2, "exported": 1, "share_ring_1": 0.77, "share_瑶湖": 0.3, "number": "12A", "Crs": 5}
    plan = toy_with(tmp_path, own)
    row = collection(plan, "parks")["features"][0]["properties"]
    assert {row["extra_exported"], row["extra_extra_exported"]} == {1, 2}
    assert row["extra_share_ring_1"] == 0.77
    assert row["share_瑶湖"] == 0.3
    for ext in FORMATS:
        if ext != "txt":
            assert export(plan, Wanted("parks", ext)).count == len(plan.of_layer("parks", plan.view()))
    assert plan.frame("parks")["number"].iloc[0] == "12A"


def test_kind_of_a_known_name_gives_way_to_values_that_do_not_fit() -> None:
    fields = fields_of(["number", "data_year"], [{"number": "007", "data_year": 2020}])
    assert [field.kind for field in fields] == ["text", "whole"]
    assert fields_of(["x"], [{"x": 2**53 + 1}, {"x": 0.5}])[0].kind == "text"  # no double holds both


@pytest.mark.parametrize("name", ["atlas_about", "layer_styles", "gpkg_contents", "sites_words"])
def test_layers_that_are_called_like_a_table_of_the_file_are_all_there(tmp_path: Path, name: str) -> None:
    folder = toy.write_toy(tmp_path / "toy", toy.toy_layers())
    for path in (folder / "catalogue.json", folder / "layers/parks.geojson"):
        text = path.read_text(encoding="utf-8").replace('"parks"', f'"{name}"').replace('"parks:', f'"{name}:')
        path.write_text(text.replace("parks.geojson", f"{name}.geojson"), encoding="utf-8")
    (folder / "layers/parks.geojson").rename(folder / f"layers/{name}.geojson")
    plan = load_plan(folder)
    made = content(plan)
    names = [part.name for part in made.parts()]
    assert len(set(names)) == len(names)
    assert sum(len(part.rows) for part in made.parts()) == len(ids(plan, "all"))
    for ext in ("gpkg", "zip", "shp.zip"):
        assert export(plan, Wanted("all", ext)).count == len(ids(plan, "all"))


@pytest.mark.parametrize("system", ["EPSG:4326", "EPSG:4548", "EPSG:32650", "EPSG:3857"])
def test_small_site_keeps_its_area(plan: Plan, system: str) -> None:
    turned = shapely.affinity.rotate(shapely.box(409_000, 3_176_000, 409_010, 3_176_010), 31)
    lonlat = crs.to_lonlat(turned, "EPSG:4548")
    asked = site(*[(x, y) for x, y in lonlat.exterior.coords[:-1]])
    rows = json.loads(export(plan, Wanted(ext="geojson", crs=system, site=asked)).content)["features"]
    shape = shapely.geometry.shape(rows[0]["geometry"])
    back = shapely.transform(shape, lambda xy: _columns(crs.unproject(xy[:, 0], xy[:, 1], system)))
    assert crs.to_metres(back, "EPSG:4548").area == pytest.approx(100, rel=1e-6)


def test_box_is_stated_as_it_was_asked(plan: Plan) -> None:
    box = (115.987654, 28.612345, 116.112345, 28.787654)
    made = content(plan, "water", bbox=box)
    assert "115.987654,28.612345,116.112345,28.787654" in made.text("part", "en")


def test_every_row_says_the_view_that_it_was_read_with(plan: Plan) -> None:
    made = export(plan, Wanted("water", "csv", extent="2013", reading="annulus")).content.decode("utf-8-sig")
    rows = list(csv.DictReader(made.splitlines()))
    assert {row["view"] for row in rows} == {"extent=2013&reading=annulus"}


def test_filter_value_that_nothing_has_is_refused_even_beside_one_that_is_there(plan: Plan) -> None:
    with pytest.raises(ChoiceError) as caught:
        content(plan, "all", filters=(("zone", ("nonsense", "ring_1")),))
    assert "ring_1" in caught.value.possible
