"""The land-use balance: areas that can be worked out by head, and laws that hold for any layer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box

from geo.errors import QueryError
from geo.output.balance import balanced_layers, balances
from geo.output.stated import compared_areas
from geo.plan import Plan, load_plan
from geo.view import Shape
from tests import parcels, toy

CELL_M = 100
BLOCKS = st.lists(
    st.tuples(
        st.sampled_from(["0701", "0804", "1203", "1401"]),
        st.integers(0, 8),
        st.integers(0, 8),
        st.integers(1, 4),
        st.integers(1, 4),
    ),
    min_size=1,
    max_size=7,
)


@pytest.fixture(scope="module")
def parcel_plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return load_plan(parcels.write_parcels(tmp_path_factory.mktemp("parcels") / "data"))


def test_parcels_give_the_shares_of_arithmetic(parcel_plan: Plan) -> None:
    existing, _planned = balances(parcel_plan, "parcels", parcel_plan.view())
    areas = {row.code: row.area_m2 for row in existing.classes}
    assert areas == pytest.approx({"0701": 60_000, "1207": 20_000, "1401": 40_000}, rel=1e-5)
    assert {row.code: row.share for row in existing.classes} == pytest.approx(
        {"0701": 60 / 110, "1207": 20 / 110, "1401": 40 / 110}, rel=1e-5
    )
    assert existing.covered_m2 == pytest.approx(110_000, rel=1e-5)
    assert existing.outside_m2 == pytest.approx(20_000, rel=1e-5)


def test_overlap_of_two_classes_is_listed_and_the_sum_says_so(parcel_plan: Plan) -> None:
    existing, _planned = balances(parcel_plan, "parcels", parcel_plan.view())
    assert [overlap.codes for overlap in existing.overlaps] == [("0701", "1401")]
    assert existing.overlaps[0].area_m2 == pytest.approx(10_000, rel=1e-4)
    assert existing.sum_m2 - existing.covered_m2 == pytest.approx(10_000, rel=1e-4)
    assert existing.share_sum == pytest.approx(120 / 110, rel=1e-5)


def test_planned_land_has_a_table_of_its_own(parcel_plan: Plan) -> None:
    tables = balances(parcel_plan, "parcels", parcel_plan.view())
    assert [table.status for table in tables] == ["existing", "planned"]
    assert [(row.code, row.share) for row in tables[1].classes] == [("1001", 1.0)]
    assert tables[1].covered_m2 == pytest.approx(10_000, rel=1e-5)


def test_class_outside_the_extent_has_no_area_there(parcel_plan: Plan) -> None:
    existing, _planned = balances(parcel_plan, "parcels", parcel_plan.view("2013"))
    rows = {row.code: row for row in existing.classes}
    assert (rows["1207"].area_m2, rows["1207"].share) == (0.0, 0.0)
    assert existing.outside_m2 == pytest.approx(40_000, rel=1e-5)


@settings(max_examples=30)
@given(blocks=BLOCKS, turned=st.booleans())
def test_classes_cover_what_their_cells_count(
    parcel_plan: Plan, blocks: list[tuple[str, int, int, int, int]], turned: bool
) -> None:
    """The second derivation counts cells of a grid; the order of the features does not matter."""
    plan = with_blocks(parcel_plan, blocks[::-1] if turned else blocks)
    (table,) = balances(plan, "parcels", plan.view())
    cells: dict[str, set[tuple[int, int]]] = {}
    for code, x, y, width, height in blocks:
        cells.setdefault(code, set()).update((x + i, y + j) for i in range(width) for j in range(height))
    covered = len(set().union(*cells.values()))
    areas = {code: len(held) * CELL_M**2 for code, held in sorted(cells.items())}
    assert {row.code: row.area_m2 for row in table.classes} == pytest.approx(areas)
    assert table.covered_m2 == pytest.approx(covered * CELL_M**2)
    assert {row.code: row.share for row in table.classes} == pytest.approx(
        {code: len(held) / covered for code, held in cells.items()}
    )
    assert table.share_sum == pytest.approx(table.sum_m2 / table.covered_m2)
    assert (table.share_sum > 1 + 1e-9) == bool(table.overlaps)


def with_blocks(plan: Plan, blocks: list[tuple[str, int, int, int, int]]) -> Plan:
    """The plan with rectangles of grid cells, 3 km from the lake, as its parcels."""
    pattern = plan.shapes["parcels:a"].feature
    made = {}
    for number, (code, x, y, width, height) in enumerate(blocks):
        west, south = toy.EAST + 3000 + x * CELL_M, toy.NORTH + 3000 + y * CELL_M
        area_m = box(west, south, west + width * CELL_M, south + height * CELL_M)
        feature = replace(pattern, id=f"parcels:{number}", land_use=code)
        made[feature.id] = Shape(feature, pattern.geometry, area_m, area_m2=float(area_m.area))
    return replace(plan, shapes=made)


def test_class_without_a_row_of_its_own_is_named_by_the_class_above(parcel_plan: Plan) -> None:
    plan = with_blocks(parcel_plan, [("1203", 0, 0, 1, 1)])
    (table,) = balances(plan, "parcels", plan.view())
    assert [(row.code, row.name_zh) for row in table.classes] == [("1203", "交通运输用地")]


def test_shipped_balances_hold_only_areas_with_a_code(plan: Plan) -> None:
    assert balanced_layers(plan) == ("places", "water")  # roads and metro are lines, the airport is a symbol
    for layer in balanced_layers(plan):
        for table in balances(plan, layer, plan.view()):
            assert table.share_sum == pytest.approx(1)
            coded = [s for s in plan.shapes.values() if s.feature.layer == layer and s.area_m2 and s.feature.land_use]
            assert sum(row.features for row in table.classes) == len(coded)
            assert table.sum_m2 + table.outside_m2 == pytest.approx(sum(s.area_m2 or 0 for s in coded))


def test_layer_without_codes_has_no_balance_and_an_unknown_one_is_refused(plan: Plan) -> None:
    assert balances(plan, "towns", plan.view()) == ()
    assert balances(plan, "roads", plan.view()) == ()
    with pytest.raises(QueryError):
        balances(plan, "nothing", plan.view())


def test_stated_beside_computed_differs_by_their_difference(plan: Plan) -> None:
    rows = {row.shape.feature.id: row for row in compared_areas(plan, plan.view())}
    lake = rows["water:yaohu"]
    assert lake.difference_m2 == pytest.approx((lake.shape.area_m2 or 0) - 15.25e6)
    assert lake.ratio == pytest.approx((lake.shape.area_m2 or 0) / 15.25e6 - 1)
    assert rows["water:aixihu"].verdict is None  # nothing is stated


def test_stated_area_of_the_toy_agrees_or_differs(tmp_path: Path) -> None:
    def verdict(stated_km2: float) -> str | None:
        layers = toy.toy_layers()
        layers["water"][0]["properties"] |= {
            "accuracy_m": 10,
            "stated_area": {"value": stated_km2, "unit": "km2", "qualifier": "", "source": "S0", "place": "toy"},
        }
        found = load_plan(toy.write_toy(tmp_path / str(stated_km2), layers))
        rows = {row.shape.feature.id: row for row in compared_areas(found, found.view())}
        return rows["water:yaohu"].verdict

    # 4 km2, perimeter 8 km: 2 % is 0.08 km2, u = 10/2 x sqrt(4 x 8e6) = 0.028 km2, the edge band 0.08 km2
    assert verdict(4.05) == "agrees"
    assert verdict(3.0) == "differs"
