"""Neighbours: distances on squares that a reader can check by head, and the interval that two accuracies allow."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, Point, box

from geo.neighbours import nearest, possible_m, relation
from geo.plan import Plan, load_plan
from tests.toy import feature, point, polygon, toy_layers, write_toy

TOLERANCE_M = 0.001  # lon/lat of the toy are written to 10 decimals, 0.01 mm


@pytest.mark.parametrize(
    ("other", "distance_m", "how"),
    [
        (box(200, 0, 300, 100), 100.0, "apart"),  # side to side
        (box(130, 140, 230, 240), 50.0, "apart"),  # corner to corner: 30, 40, 50
        (box(100, 0, 200, 100), 0.0, "touches"),  # a side in common
        (box(100, 100, 200, 200), 0.0, "touches"),  # a corner in common
        (box(50, 50, 150, 150), 0.0, "overlaps"),
        (box(-100, -100, 200, 200), 0.0, "within"),
        (box(10, 10, 20, 20), 0.0, "holds"),
        (box(0, 0, 100, 100), 0.0, "same"),
        (LineString([(-10, 50), (110, 50)]), 0.0, "overlaps"),  # runs through it
        (Point(50, 50), 0.0, "holds"),
        (Point(100, 50), 0.0, "touches"),
        (Point(103, 104), 5.0, "apart"),  # 3, 4, 5
        (box(99.999, 0, 200, 100), 0.0, "touches"),  # a millimetre is nothing
    ],
)
def test_square_of_100_m_beside_another_shape(other: Any, distance_m: float, how: str) -> None:
    square = box(0, 0, 100, 100)
    assert square.distance(other) == pytest.approx(distance_m)
    assert relation(square, other) == how
    turned = {"within": "holds", "holds": "within"}.get(how, how)
    assert relation(other, square) == turned


@given(st.floats(0, 1e5), st.floats(0, 1e3), st.floats(0, 1e3))
def test_interval_holds_the_distance_and_is_never_below_nothing(distance_m: float, a_m: float, b_m: float) -> None:
    low_m, high_m = possible_m(distance_m, a_m, b_m)
    assert 0 <= low_m <= distance_m <= high_m
    assert high_m - distance_m == pytest.approx(a_m + b_m, abs=1e-6)
    assert low_m == pytest.approx(max(distance_m - a_m - b_m, 0.0), abs=1e-6)
    assert possible_m(distance_m, b_m, a_m) == pytest.approx((low_m, high_m), abs=1e-6)


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """The toy with a square of 200 m at its parks, and things at known distances from it."""
    layers = toy_layers()
    stated = {"value": 3000, "unit": "mu", "qualifier": "", "source": "S0", "place": "toy"}
    layers["places"] = [
        feature("places:here", polygon(100, 4000, 4000), accuracy_m=30),
        feature("places:own", polygon(100, 4300, 4000)),
    ]
    layers["parks"] = [
        feature("parks:beside", polygon(100, 4300, 4000), accuracy_m=20),  # 100 m from side to side
        feature("parks:corner", polygon(100, 4230, 4240), accuracy_m=10),  # 30 and 40 m: 50 m
        feature("parks:joined", polygon(100, 4000, 3800)),  # a side in common
    ]
    layers["sites"] = [
        feature("sites:in", point(4000, 4000), accuracy_m=5),
        feature("sites:far", point(4000, 4400), accuracy_m=5),  # 300 m from the upper side
        feature("sites:twin", point(4400, 4000), accuracy_m=5),  # 300 m from the right side
        # A circle of 2 km2 would reach over the square; its centre is 400 m from the upper side.
        feature("sites:symbol", point(4000, 4500), geometry_basis="symbolic_footprint", stated_area=stated),
        feature("sites:words", None),
    ]
    return load_plan(write_toy(tmp_path_factory.mktemp("toy") / "data", layers))


def others(plan: Plan, layers: tuple[str, ...]) -> list[Any]:
    return [shape for shape in plan.shapes.values() if shape.feature.layer in layers]


def test_nearest_come_first_and_equally_near_ones_keep_their_order(toy: Plan) -> None:
    found = nearest(toy.shapes["places:here"], others(toy, ("parks", "sites")), most=7)
    told = [(one.shape.feature.id, one.relation, round(one.distance_m, 2)) for one in found]
    near, far = told[:2], told[2:]
    assert {name for name, *_ in near} == {"parks:joined", "sites:in"}
    assert far == [
        ("parks:corner", "apart", 50.0),
        ("parks:beside", "apart", 100.0),
        ("sites:far", "apart", 300.0),
        ("sites:twin", "apart", 300.0),
        ("sites:symbol", "apart", 400.0),
    ]


def test_interval_adds_both_accuracies(toy: Plan) -> None:
    found = {one.shape.feature.id: one for one in nearest(toy.shapes["places:here"], toy.shapes.values(), most=20)}
    beside, corner = found["parks:beside"], found["parks:corner"]
    assert (beside.low_m, beside.high_m) == pytest.approx(
        (50.0, 150.0), abs=TOLERANCE_M
    )  # 100 - 30 - 20, 100 + 30 + 20
    assert (corner.low_m, corner.high_m) == pytest.approx((10.0, 90.0), abs=TOLERANCE_M)
    assert (found["sites:in"].low_m, found["sites:in"].high_m) == (0.0, 35.0)


def test_symbol_counts_from_its_centre_on_both_sides(toy: Plan) -> None:
    here, symbol = toy.shapes["places:here"], toy.shapes["sites:symbol"]
    assert symbol.symbol_radius_m is not None
    assert symbol.symbol_radius_m > 400  # the picture covers the square
    (there,) = nearest(here, [symbol])
    (back,) = nearest(symbol, [here])
    assert there.distance_m == back.distance_m == pytest.approx(400.0, abs=TOLERANCE_M)
    (points,) = nearest(symbol, [toy.shapes["sites:twin"]])
    assert points.distance_m == pytest.approx(math.hypot(400, 500), abs=TOLERANCE_M)


def test_shape_is_no_neighbour_of_itself_and_words_have_none(toy: Plan) -> None:
    here, words = toy.shapes["places:here"], toy.shapes["sites:words"]
    found = [one.shape.feature.id for one in nearest(here, toy.shapes.values(), most=50)]
    assert "places:here" not in found
    assert "sites:words" not in found
    assert nearest(words, toy.shapes.values()) == ()
    assert nearest(here, []) == ()
    assert len(nearest(here, toy.shapes.values(), most=2)) == 2
