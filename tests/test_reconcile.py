"""Stated beside measured on the toy plan, where every verdict is arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt
from pathlib import Path
from typing import Any

import pytest
from shapely import LineString

from geo.plan import Plan, load_plan
from geo.reconcile import Comparison, Measured, compare_figure, judge, reconcile
from geo.shapes import length_bound_m
from tests import toy

Build = Callable[..., dict[str, Comparison]]

# The toy's lake is a square of 2 km known to 50 m: 4 km2; its four diagonals of 2,000 sqrt(2) m give the bound
# 50/2 sqrt(4 x 8e6) m2, its perimeter of 8 km the band of 0.4 km2.
LAKE_KM2, LAKE_BOUND_KM2, LAKE_BAND_KM2 = 4.0, 25 * sqrt(4 * 8e6) / 1e6, 0.4


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """The comparisons of the toy with a ledger, by id."""

    def built(figures: list[dict[str, Any]] = [], projects: list[dict[str, Any]] = []) -> dict[str, Comparison]:  # noqa: B006
        folder = toy.write_ledger(toy.write_toy(tmp_path / "data"), figures, projects)
        return {row.id: row for row in reconcile(load_plan(folder))}

    return built


def lake(value: float, **cells: Any) -> dict[str, Any]:
    """A stated area of the toy's lake in km2."""
    return toy.figure_row("s0_lake", feature="water:yaohu", value=value, **cells)


@pytest.mark.parametrize(
    ("stated", "verdict"),
    [
        (LAKE_KM2, "agrees"),
        (LAKE_KM2 + LAKE_BOUND_KM2 - 0.001, "agrees"),
        (LAKE_KM2 - LAKE_BOUND_KM2 + 0.001, "agrees"),
        (LAKE_KM2 + LAKE_BOUND_KM2 + 0.001, "doubtful"),
        (LAKE_KM2 + LAKE_BAND_KM2 - 0.001, "doubtful"),
        (LAKE_KM2 + LAKE_BAND_KM2 + 0.001, "differs"),
        (LAKE_KM2 - LAKE_BAND_KM2 - 0.001, "differs"),
    ],
)
def test_reconcile_area_is_judged_by_bound_and_band(build: Build, stated: float, verdict: str) -> None:
    row = build([lake(round(stated, 6))])["s0_lake"]
    assert row.measured is not None
    assert row.measured.value == pytest.approx(LAKE_KM2 * 1e6, rel=1e-6)
    assert row.measured.bound == pytest.approx(LAKE_BOUND_KM2 * 1e6, rel=1e-6)
    assert row.measured.band == pytest.approx(LAKE_BAND_KM2 * 1e6, rel=1e-6)
    assert row.verdict == verdict
    assert row.difference == pytest.approx((LAKE_KM2 - stated) * 1e6, rel=1e-4, abs=1)


def test_reconcile_two_per_cent_agree_whatever_the_bound() -> None:
    assert judge(100.0, Measured(98.0, 0.0, 0.0)) == "agrees"
    assert judge(100.0, Measured(97.9, 0.0, 0.0)) == "differs"


def test_reconcile_unit_does_not_change_the_verdict(build: Build) -> None:
    row = build([lake(6000, unit="mu")])["s0_lake"]
    assert (row.stated, row.verdict) == (4e6, "agrees")


NOT_COMPARABLE: list[tuple[dict[str, Any], str]] = [
    ({"feature": ""}, "No feature"),
    ({"feature": "sites:words"}, "only in words"),
    ({"feature": "sites:edge"}, "a point"),
    ({"feature": "sites:symbol"}, "cannot check itself"),
    ({"feature": "water:yaohu", "metric": "length", "unit": "km"}, "no line"),
    ({"feature": "extent_2025:zone", "metric": "wetland_per_head", "unit": "m2_per_person"}, "per head"),
    ({"feature": "extent_2025:zone", "metric": "green_coverage_rate", "unit": "%"}, "no share of parks"),
]


@pytest.mark.parametrize(("cells", "told"), NOT_COMPARABLE)
def test_reconcile_what_no_geometry_answers_says_why(build: Build, cells: dict[str, Any], told: str) -> None:
    row = build([toy.figure_row("s0_x", **cells)])["s0_x"]
    assert (row.measured, row.verdict) == (None, "not_comparable")
    assert told in row.reason[1]
    assert row.reason[0]


def test_reconcile_coverage_rate_is_never_beside_a_share_of_parks(build: Build) -> None:
    rate = toy.figure_row("s0_rate", feature="extent_2025:zone", metric="green_coverage_rate", unit="%", value=42)
    found = build([rate, toy.figure_row("s0_p", metric="residents", unit="persons", value=10)])
    assert {row.id for row in found.values() if any(f.unit == "%" for f in row.figures)} == {"s0_rate"}
    assert found["s0_rate"].measured is None


def test_reconcile_figures_that_no_map_answers_are_not_listed(build: Build) -> None:
    people = toy.figure_row("s0_people", metric="residents", unit="persons")
    assert build([people, lake(4)]).keys() == {"s0_lake"}


def test_reconcile_per_head_times_residents_beside_mapped_water(build: Build) -> None:
    # 41,600 m2 of pond and 4 km2 of lake, less what 1,000 people times 100 m2 state
    found = build(_per_head("wetland_per_head", 100, 1000))
    row = found["s1_head_total"]
    assert row.stated == 100 * 1000
    assert row.measured is not None
    assert row.measured.value == pytest.approx(4e6 + 160_000, rel=1e-6)
    assert row.verdict == "differs"  # a part cannot be larger than the whole


def test_reconcile_part_smaller_than_the_whole_decides_nothing(build: Build) -> None:
    row = build(_per_head("wetland_per_head", 100, 1_000_000))["s1_head_total"]
    assert (row.stated, row.verdict) == (1e8, "not_comparable")
    assert "lower limit" in row.reason[1]


def test_reconcile_public_green_counts_existing_g1_parks_once(build: Build) -> None:
    # Two squares of 200 m, 50 m apart in x: 200 x 250 m2 together; the planned one does not count.
    row = build(_per_head("public_green_per_head", 5, 1_000_000))["s1_head_total"]
    assert row.measured is not None
    assert row.measured.value == pytest.approx(200 * 250, rel=1e-6)
    assert row.shapes == ("parks:one", "parks:two")


def test_reconcile_change_of_extent(build: Build) -> None:
    figures = [
        toy.figure_row("s0_extent", feature="extent_2013:zone", value=144),
        toy.figure_row("s1_extent", feature="extent_2025:zone", value=400),
    ]
    row = build(figures)["extent_change"]
    assert row.stated == pytest.approx(256e6)
    assert row.measured is not None
    assert row.measured.value == pytest.approx((20_000**2 - 12_000**2), rel=1e-6)
    # a frame with two borders of four corners each: spans of 20 sqrt(2) and 12 sqrt(2) km
    assert row.measured.bound == pytest.approx(25 * sqrt(4 * 2 * 20_000**2 + 4 * 2 * 12_000**2), rel=1e-5)
    assert row.verdict == "agrees"


def test_reconcile_project_column_beside_its_text(build: Build) -> None:
    rows = [
        toy.project_row("s2_001", investment_1e4_cny=50_000, investment_in_text_1e4_cny=50_000),
        toy.project_row("s2_002", investment_1e4_cny=50_000, investment_in_text_1e4_cny=500_000),
        toy.project_row("s2_003", investment_1e4_cny=50_000),
    ]
    found = build(projects=rows)
    verdicts = {key: row.verdict for key, row in found.items() if key.endswith("in_text")}
    assert verdicts == {"s2_001.investment_in_text": "consistent", "s2_002.investment_in_text": "inconsistent"}
    assert found["s2_002.investment_in_text"].difference == 450_000 * 1e4


def test_reconcile_investment_per_mu_beside_the_median(build: Build) -> None:
    money = {"s2_001": 100, "s2_002": 300, "s2_003": 3100, "s2_004": 29}
    rows = [toy.project_row(k, investment_1e4_cny=v, land_mu=1, land_kind="construction") for k, v in money.items()]
    rows.append(toy.project_row("s2_005", investment_1e4_cny=1, land_mu=1, land_kind="extent"))
    found = {key: row for key, row in build(projects=rows).items() if key.endswith("per_mu")}
    # the median of 29, 100, 300 and 3,100 is 200: 15.5 times and a seventh of it lie beyond five times
    assert {key.split(".")[0]: row.verdict for key, row in found.items()} == {
        "s2_001": "usual",
        "s2_002": "usual",
        "s2_003": "unusual",
        "s2_004": "unusual",
    }
    row = found["s2_001.investment_per_mu"]
    assert row.stated == pytest.approx(200 * 1e4 / (2000 / 3))
    assert row.difference == pytest.approx((100 - 200) * 1e4 / (2000 / 3))


def test_reconcile_projects_elsewhere_are_not_listed(build: Build) -> None:
    rows = [toy.project_row("s2_001", land_mu=5), toy.project_row("s2_002", land_mu=5, in_zone="no")]
    assert build(projects=rows).keys() == {"s2_001.land"}


def test_length_bound_of_a_bent_line() -> None:
    # two ends of one direction each, and a right angle between two unit steps: 1 + 1 + 2
    assert length_bound_m(LineString([(0, 0), (100, 0), (100, 50)]), 10.0) == pytest.approx(10 * 2)


def test_reconcile_every_figure_of_the_shipped_plan_says_something(plan: Plan) -> None:
    for figure in plan.catalogue.figures:
        row = compare_figure(plan, figure)
        assert (row.measured is None) == (row.verdict == "not_comparable")
        assert row.measured is not None or all(row.reason)


def _per_head(metric: str, value: float, persons: int) -> list[dict[str, Any]]:
    whole = {"source": "S1", "feature": "extent_2025:zone"}
    return [
        toy.figure_row("s1_head", metric=metric, value=value, unit="m2_per_person", **whole),
        toy.figure_row("s1_people", metric="residents", value=persons, unit="persons", **whole),
    ]
