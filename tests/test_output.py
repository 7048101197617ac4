import json
import re

import pytest

from geo.errors import QueryError
from geo.output import features, layers
from geo.plan import Plan


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
