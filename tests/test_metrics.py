from pathlib import Path

import pytest

from geo import metrics
from geo.green import GreenFigure
from geo.green.figure import NO_PARKS
from geo.output import metrics as output
from geo.output import tables
from geo.plan import Plan, load_plan
from tests import residents, toy


@pytest.fixture
def toy_plan(tmp_path: Path) -> Plan:
    return load_plan(toy.write_toy(tmp_path / "toy"))


def test_overlapping_parks_count_once_and_planned_ones_not_at_all(toy_plan: Plan) -> None:
    rows = {row.zone: row for row in metrics.zone_figures(toy_plan, toy_plan.view())}
    mapped = {figure.metric: figure for figure in rows["ring_1"].green}["mapped_green_share"]
    # two squares of 200 m, 50 m apart: 250 x 200 m2, all within 500 m of the shore
    assert mapped.numerator_m2 == pytest.approx(50_000, rel=1e-5)
    assert mapped.lower_bound
    assert {figure.metric: figure.value for figure in rows["ring_2"].green}["mapped_green_share"] == 0.0


def test_park_green_per_head_divides_by_the_residents_of_the_extent(toy_plan: Plan) -> None:
    per_head = metrics.extent_green(toy_plan, toy_plan.view())[-1]
    assert per_head.metric == "park_green_per_head"
    assert per_head.value == pytest.approx(50, rel=1e-5)  # 50,000 m2 over 1,000 residents


def test_sites_count_where_their_point_lies_or_with_the_area_of_the_words(toy_plan: Plan) -> None:
    rows = {row.zone: row.sites for row in metrics.zone_figures(toy_plan, toy_plan.view())}
    assert rows["ring_1"] == ("sites:edge",)
    assert rows["ring_3"] == ("sites:symbol",)
    assert metrics.sites_in_words(toy_plan, toy_plan.view()) == {"places:across": ("sites:words",)}


def test_shipped_data_answer_no_data_with_a_reason_for_each_green_metric(plan: Plan) -> None:
    for view in plan.views.values():
        for figure in metrics.extent_green(plan, view):
            assert figure.value is None, figure.metric
            assert figure.reason_en
            assert figure.reason_zh


def test_four_green_figures_have_four_names_in_each_language(plan: Plan) -> None:
    shown = output.metrics(plan, plan.view())["green"]
    assert len({row["name_zh"] for row in shown}) == 4
    assert len({row["name_en"] for row in shown}) == 4
    assert "lower bound" in {row["metric"]: row["name_en"] for row in shown}["mapped_green_share"]


def test_shares_of_land_sum_to_1_and_every_site_is_counted_once(plan: Plan) -> None:
    for view in plan.views.values():
        rows = metrics.zone_figures(plan, view)
        assert sum(row.share_of_land or 0 for row in rows) == pytest.approx(1, abs=1e-9)
        assert sum(row.share_of_extent for row in rows) == pytest.approx(1, abs=1e-9)
        drawn = [s for s in plan.of_layer("sites", view) if s.geometry is not None]
        homes = [view.standings[s.feature.id].home_zone for s in drawn]
        assert sum(len(row.sites) for row in rows) == len([home for home in homes if home != "outside"])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_tables_hold_stated_beside_computed(plan: Plan, lang: str) -> None:
    text = tables.metrics_tables(plan, plan.view(), lang)
    assert "286" in text
    assert "265" in text
    assert ("无数据" if lang == "zh" else "no data") in text


@pytest.fixture
def peopled(tmp_path: Path) -> Plan:
    return load_plan(residents.write_residents(tmp_path / "peopled"))


def per_head(plan: Plan, zone: str, reading: str = "shore_belt") -> GreenFigure:
    rows = {row.zone: row for row in metrics.zone_figures(plan, plan.view("2025", reading))}
    return rows[zone].green[-1]


@pytest.mark.parametrize("zone", residents.PERSONS)
def test_park_green_per_head_of_a_ring_cuts_g1_parks_at_its_edge(peopled: Plan, zone: str) -> None:
    found = per_head(peopled, zone)
    assert found.metric == "park_green_per_head"
    assert found.value == pytest.approx(residents.PER_HEAD[zone], rel=1e-5, abs=1e-9)
    assert found.denominator == residents.PERSONS[zone]
    assert not found.lower_bound  # the park of unknown class lies in ring 4


def test_residents_count_for_their_own_ground_alone(peopled: Plan) -> None:
    assert per_head(peopled, "ring_1", "annulus").value is None  # its 400 live in the belt from the shore on
    assert per_head(peopled, "ring_2", "annulus").value == pytest.approx(200, rel=1e-5)
    assert per_head(peopled, "ring_4").reason_en == metrics.NO_RESIDENTS[0]
    assert per_head(peopled, "water").reason_en == metrics.ON_WATER[0]
    whole = metrics.extent_green(peopled, peopled.view())[-1]
    assert whole.value == pytest.approx(90, rel=1e-5)  # 70,000 + 20,000 m2 over the 1,000 of the extent
    assert whole.lower_bound  # the class of one park is unknown
    zones = metrics.zone_figures(peopled, peopled.view("2013"))
    assert {row.green[-1].value for row in zones} == {None}


@pytest.mark.parametrize(("green_class", "is_bound"), [("G1", True), (None, True), ("G2", False)])
def test_a_park_without_an_outline_makes_park_green_per_head_a_lower_bound(
    tmp_path: Path, green_class: str | None, is_bound: bool
) -> None:
    layers = residents.residents_layers()
    layers["parks"].append(toy.feature("parks:point", toy.point(1200, 500), green_class=green_class))
    found = per_head(load_plan(residents.write_residents(tmp_path / "toy", layers)), "ring_1")
    assert found.value == pytest.approx(175, rel=1e-5)
    assert found.lower_bound == is_bound


def test_shipped_data_say_for_each_ring_that_residents_and_outlines_are_lacking(plan: Plan) -> None:
    for view in plan.views.values():
        for row in metrics.zone_figures(plan, view):
            found = row.green[-1]
            lacking = [metrics.ON_WATER] if row.zone == "water" else [metrics.NO_RESIDENTS, NO_PARKS]
            assert found.value is None
            assert found.reason_en == " ".join(said[0] for said in lacking)
            assert found.reason_zh == "".join(said[1] for said in lacking)


def test_zones_carry_their_residents_with_source_and_year(peopled: Plan) -> None:
    zones = {zone["id"]: zone for zone in output.metrics(peopled, peopled.view())["zones"]}
    told = zones["ring_2"]["population"]
    assert (told["persons"], told["source"], told["year"]) == (100, "S4", 2024)
    assert zones["ring_4"]["population"] is None
