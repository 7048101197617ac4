import json
import re
from pathlib import Path

import pytest
import shapely

from geo.errors import QueryError
from geo.output import exports, features, layers
from geo.plan import Plan, load_plan
from tests import toy

HOSTILE = "{{ 7*191 }}<img src=x onerror=alert(1)>${1}{% "


def test_collection_has_a_feature_for_every_row_and_6_decimals(plan: Plan) -> None:
    for layer in plan.catalogue.layers:
        collection = features.feature_collection(plan, layer.id, plan.view())
        assert len(collection["features"]) == len(plan.of_layer(layer.id, plan.view()))
        assert not re.search(r"\d\.\d{7}", json.dumps([row["geometry"] for row in collection["features"]]))


def test_rows_in_words_have_no_geometry_and_stand_with_their_area(plan: Plan) -> None:
    rows = {row["id"]: row for row in features.feature_collection(plan, "sites", plan.view())["features"]}
    assert rows["sites:nanchang_laboratory"]["geometry"] is None
    island = features.feature_collection(plan, "science_island", plan.view())["features"][0]
    assert "sites:nanchang_laboratory" in [member["id"] for member in island["properties"]["members"]]


def test_layer_rows_count_what_is_drawn_and_what_is_not(plan: Plan) -> None:
    for row in layers.layer_list(plan, plan.view())["layers"]:
        assert row["count"] + row["not_drawn"] == len(plan.of_layer(row["id"], plan.view())), row["id"]


def test_ring_rows_sum_to_the_land(plan: Plan) -> None:
    for view in plan.views.values():
        listed = layers.layer_list(plan, view)
        rings = next(row for row in listed["layers"] if row["id"] == "rings")["rings"]
        assert sum(ring["area_m2"] for ring in rings) == pytest.approx(listed["plan"]["land_area_m2"], rel=1e-6)
        assert sum(ring["share_of_land"] for ring in rings) == pytest.approx(1, abs=1e-5)


def test_only_100_and_500_m_are_stated(plan: Plan) -> None:
    lines = features.feature_collection(plan, "ring_lines", plan.view())["features"]
    bases = {row["properties"]["extra"]["distance_m"]: row["properties"]["extra"]["distance_basis"] for row in lines}
    assert bases == {100: "stated", 500: "stated", 1500: "assumed", 3000: "assumed"}


@pytest.mark.parametrize(("lon", "lat"), [(181, 0), (0, 91), (float("nan"), 0), (float("inf"), 0)])
def test_membership_refuses_what_is_no_place(plan: Plan, lon: float, lat: float) -> None:
    with pytest.raises(QueryError, match="no place on the globe"):
        features.membership(plan, lon, lat, plan.view())


@pytest.mark.parametrize(("lon", "lat"), [(0, 0), (-116, 28), (180, 90), (113.0, 28.7), (116.05, -28.7)])
def test_membership_far_away_is_outside(plan: Plan, lon: float, lat: float) -> None:
    assert features.membership(plan, lon, lat, plan.view())["zone"] == "outside"


def test_membership_names_the_areas_that_hold_the_point(plan: Plan) -> None:
    answer = features.membership(plan, 116.05, 28.705, plan.view())
    assert "science_island:island" in [held["id"] for held in answer["features"]]
    assert answer["line"]["zone"] in answer["ground"]["zones"]


def test_export_follows_rfc_7946(plan: Plan) -> None:
    collection = json.loads(exports.geojson(plan, "all", plan.view()))
    assert "crs" not in collection
    assert len(collection["features"]) == sum(
        len(plan.of_layer(layer.id, plan.view())) for layer in plan.catalogue.layers
    )
    for row in collection["features"]:
        if row["geometry"]:
            shape = shapely.geometry.shape(row["geometry"])
            west, south, east, north = shape.bounds
            assert 115 < west <= east < 117
            assert 28 < south <= north < 29.5
            for polygon in (part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"):
                assert polygon.exterior.is_ccw, row["id"]
                assert not any(hole.is_ccw for hole in polygon.interiors), row["id"]


def test_export_keeps_places_within_a_centimetre(plan: Plan) -> None:
    collection = json.loads(exports.geojson(plan, "water", plan.view()))
    for row in collection["features"]:
        written = shapely.geometry.shape(row["geometry"])
        assert written.hausdorff_distance(plan.shapes[row["id"]].geometry) < 1.1e-7


def test_export_is_flat_and_carries_every_property_and_notice(plan: Plan) -> None:
    collection = json.loads(exports.geojson(plan, "parks", plan.view()))
    assert collection["metadata"]["review"]["number"] is None
    for row in collection["features"]:
        assert not any(isinstance(value, dict | list) for value in row["properties"].values())
        assert "internal working map, not reviewed" in row["properties"]["notice"]
        extra = plan.shapes[row["id"]].feature.extra
        assert extra.items() <= row["properties"].items()


def test_review_number_replaces_the_notice(plan: Plan) -> None:
    text = exports.geojson(plan, "water", plan.view(), "GS(2026)0001").decode()
    assert "not reviewed" not in text
    assert "GS(2026)0001" in text


def test_hostile_text_is_kept_unchanged(tmp_path: Path) -> None:
    made = toy.toy_layers()
    made["places"][0]["properties"] |= {"name_zh": HOSTILE, HOSTILE: HOSTILE, "area_m2": "mine"}
    plan = load_plan(toy.write_toy(tmp_path / "toy", made))
    row = json.loads(exports.geojson(plan, "places", plan.view()))["features"][0]["properties"]
    assert row["name_zh"] == HOSTILE
    assert row[HOSTILE] == HOSTILE
    assert row["extra_area_m2"] == "mine"
    assert isinstance(row["area_m2"], float)


@pytest.mark.parametrize("layer", ["all", "water"])
def test_file_names_hold_no_character_that_a_header_or_disk_refuses(plan: Plan, layer: str) -> None:
    assert re.fullmatch(r"[a-z0-9_.-]+\.geojson", exports.file_name(plan, layer, plan.view(), "en"))
    assert re.fullmatch(r"[\w（）()-]+\.geojson", exports.file_name(plan, layer, plan.view(), "zh"))
