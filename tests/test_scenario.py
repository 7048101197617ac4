"""Moved rings: laws that hold for any distances, and areas that a square lake gives by hand."""

from __future__ import annotations

import itertools
import json
import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.__main__ import main
from geo.errors import QueryError
from geo.plan import Plan, load_plan
from geo.scenario import checked_rings, compare, parse_rings, rings_text, verdict_changes
from geo.view import View
from tests.sitedata import write_sites
from tests.toy import write_toy

BASE = (500.0, 1500.0, 3000.0)
SIDE_M = 2000.0  # of the lake
CIRCLE = 0.5 * 256 * math.sin(2 * math.pi / 256)  # of a circle of radius 1 that is drawn with 256 corners, not pi
LAND_M2 = 20_000.0**2 - SIDE_M**2 - 400.0**2  # the zone without the lake and the pond
SHIPPED = ((400, 1200, 2500), (300, 1200, 3500), (101, 19_000, 20_000), (500, 1500, 3000.5))


@pytest.fixture(scope="module")
def toy_plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return load_plan(write_toy(tmp_path_factory.mktemp("toy") / "data"))


@pytest.fixture(scope="module")
def sites_plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return load_plan(write_sites(tmp_path_factory.mktemp("sites") / "data"))


def grown_m2(distance_m: float) -> float:
    """The land within a distance of the square lake: four sides, and four quarters of a circle at its corners."""
    return 4 * SIDE_M * distance_m + CIRCLE * distance_m**2


def areas(view: View) -> dict[str, float]:
    return {zone: float(geometry.area) for zone, geometry in view.zones.items()}


# Up to 5,000 m no ring of the toy reaches the pond or the border of the zone.
distances = st.lists(st.integers(1001, 50_000), min_size=3, max_size=3, unique=True).map(
    lambda tenths: tuple(sorted(one / 10 for one in tenths))
)
readings = st.sampled_from(("shore_belt", "annulus"))


@given(distances, readings)
@settings(max_examples=25)
def test_scenario_areas_are_those_of_a_square_lake_by_hand(
    toy_plan: Plan, rings: tuple[float, ...], reading: str
) -> None:
    found = areas(toy_plan.view("2025", reading, rings))
    edges = rings if reading == "shore_belt" else (100.0, *rings)
    inside = [grown_m2(distance) for distance in (0.0, *edges)]
    expected = [outer - inner for inner, outer in itertools.pairwise(inside)] + [LAND_M2 - inside[-1]]
    assert list(found.values())[:-1] == pytest.approx(expected, rel=1e-6, abs=1.0)


@given(distances, readings)
@settings(max_examples=15)
def test_scenario_zones_part_the_extent(toy_plan: Plan, rings: tuple[float, ...], reading: str) -> None:
    view = toy_plan.view("2025", reading, rings)
    assert sum(areas(view).values()) == pytest.approx(view.extent_area_m2, rel=1e-6)
    for one, other in itertools.combinations(view.zones.values(), 2):
        assert one.intersection(other).area == pytest.approx(0, abs=1.0)


@pytest.mark.parametrize("rings", SHIPPED)
@pytest.mark.parametrize(("extent", "reading"), [("2013", "annulus"), ("2025", "shore_belt")])
def test_scenario_zones_part_the_shipped_extents(
    plan: Plan, extent: str, reading: str, rings: tuple[float, ...]
) -> None:
    view = plan.view(extent, reading, rings)
    assert sum(areas(view).values()) == pytest.approx(view.extent_area_m2, rel=1e-6)
    assert view.land_area_m2 == pytest.approx(plan.view(extent, reading).land_area_m2, rel=1e-6)


@given(distances, st.integers(0, 2), st.floats(0.01, 0.99))
@settings(max_examples=25)
def test_moving_one_distance_changes_the_two_rings_beside_it_alone(
    toy_plan: Plan, rings: tuple[float, ...], at: int, part: float
) -> None:
    low, high = (100.0, *rings, 5000.0)[at], (100.0, *rings, 5000.1)[at + 2]
    moved = (*rings[:at], round(low + part * (high - low), 1), *rings[at + 1 :])
    if not all(a < b for a, b in itertools.pairwise((100.0, *moved))) or moved == rings:
        return
    found = compare(toy_plan, toy_plan.view(distances_m=rings), toy_plan.view(distances_m=moved))
    beside = (f"ring_{at + 1}", f"ring_{at + 2}")
    assert found.touched == beside
    by_zone = {change.zone: change.delta_m2 for change in found.zones}
    assert all(by_zone[zone] == 0 for zone in by_zone if zone not in beside)
    assert (by_zone[beside[0]] > 0) == (moved[at] > rings[at])  # a ring whose outer edge moves out never shrinks
    assert by_zone[beside[0]] == pytest.approx(-by_zone[beside[1]], rel=1e-6, abs=1.0)


@pytest.mark.parametrize("at", [0, 1, 2])
def test_widening_a_shipped_ring_takes_from_the_next_alone(plan: Plan, at: int) -> None:
    moved = tuple(distance + 130.5 * (number == at) for number, distance in enumerate(BASE))
    found = {change.zone: change for change in compare(plan, plan.view(), plan.view(distances_m=moved)).zones}
    inner, outer = found.pop(f"ring_{at + 1}"), found.pop(f"ring_{at + 2}")
    assert inner.delta_m2 > 0
    assert inner.delta_m2 == pytest.approx(-outer.delta_m2, rel=1e-6)
    assert [change.delta_m2 for change in found.values()] == [0] * len(found)


@pytest.mark.parametrize(("extent", "reading"), list(itertools.product(("2013", "2025"), ("shore_belt", "annulus"))))
def test_distances_of_the_data_are_the_base_plan(plan: Plan, extent: str, reading: str) -> None:
    base = plan.view(extent, reading)
    assert plan.view(extent, reading, BASE) is base
    assert base.is_base
    found = compare(plan, base, base)
    assert (found.touched, found.moved) == ((), ())
    assert all(change.delta_m2 == 0 for change in found.zones)
    assert len(found.sentences) == 1
    assert verdict_changes(plan, base, base) == ()


@pytest.mark.parametrize("rings", SHIPPED)
def test_difference_agrees_with_the_standings_of_both_views(plan: Plan, rings: tuple[float, ...]) -> None:
    base, other = plan.view(), plan.view(distances_m=rings)
    found = compare(plan, base, other)
    assert {place.feature for place in found.places} == set(base.standings)
    for place in found.places:
        before, after = base.standings[place.feature], other.standings[place.feature]
        assert (place.base_zone, place.zone) == (before.home_zone, after.home_zone)
        assert place.shares == pytest.approx({row.zone: row.share for row in after.shares if row.share > 0})
        assert place.distance_to_lake_m == after.distance_to_lake_m
        assert place.ground == (after.ground if not after.shares else ())
    back = compare(plan, other, base)
    assert [change.delta_m2 for change in back.zones] == [-change.delta_m2 for change in found.zones]


def test_difference_of_the_toy_by_hand(toy_plan: Plan) -> None:
    found = compare(toy_plan, toy_plan.view(), toy_plan.view(distances_m=(499, 2000, 3000)))
    moved = {place.feature: (place.base_zone, place.zone) for place in found.moved}
    # The area lies 0 to 1,000 m from the shore, one point at 500 m, one at 2,000 m, which belongs to the ring it ends.
    assert moved == {
        "places:across": ("ring_1", "ring_2"),
        "sites:edge": ("ring_1", "ring_2"),
        "sites:symbol": ("ring_3", "ring_2"),
    }
    across = next(place for place in found.places if place.feature == "places:across")
    assert [across.base_shares[zone] for zone in ("ring_1", "ring_2")] == pytest.approx([0.5, 0.5], rel=1e-6)
    assert [across.shares[zone] for zone in ("ring_1", "ring_2")] == pytest.approx([0.499, 0.501], rel=1e-6)
    edge = next(place for place in found.places if place.feature == "sites:edge")
    assert edge.distance_to_lake_m == pytest.approx(500, abs=1e-4)
    assert edge.bound_m == pytest.approx(math.hypot(50, 50))
    assert edge.ground == ("ring_1", "ring_2")


def test_mapped_green_follows_the_rings(toy_plan: Plan) -> None:
    # Two existing parks lie together 200 to 450 m from the shore and are 200 m wide.
    found = compare(toy_plan, toy_plan.view(), toy_plan.view(distances_m=(300, 1500, 3000)))
    green = {change.zone: (change.base, change.figure) for change in found.green}
    parts = {zone: tuple(one.numerator_m2 for one in pair if one) for zone, pair in green.items()}
    assert parts["ring_1"] == pytest.approx((50_000, 20_000), rel=1e-5)
    assert parts["ring_2"] == pytest.approx((0, 30_000), rel=1e-5, abs=1e-3)


def test_mapped_green_without_an_outline_is_no_data_with_a_reason(plan: Plan) -> None:
    found = compare(plan, plan.view(), plan.view(distances_m=(400, 1200, 2500)))
    assert {change.figure and change.figure.value for change in found.green} == {None}
    assert all(change.figure and change.figure.reason_zh and change.figure.reason_en for change in found.green)


def test_strip_of_the_other_reading_is_new_land_of_its_own(toy_plan: Plan) -> None:
    found = compare(toy_plan, toy_plan.view(), toy_plan.view(reading="annulus"))
    strip = found.zones[0]
    assert (strip.zone, strip.base_area_m2, strip.ratio) == ("strip", 0, None)
    assert strip.area_m2 == pytest.approx(grown_m2(100), rel=1e-6)
    assert found.touched == ("strip", "ring_1")
    assert next(change.base for change in found.green if change.zone == "strip") is None


def test_sentences_say_the_figures_by_hand(toy_plan: Plan) -> None:
    found = compare(toy_plan, toy_plan.view(), toy_plan.view(distances_m=(500, 1500, 3500)))
    grows = grown_m2(3500) - grown_m2(3000)
    percent = 100 * grows / (grown_m2(3000) - grown_m2(1500))
    zh, en = found.sentences[0]
    assert en == f"Ring 3 grows by {grows / 1e6:.1f} km² (+{percent:.0f}%)"
    assert zh == f"第三圈扩大 {grows / 1e6:.1f} 平方公里（+{percent:.0f}%）"


def test_verdict_changes_name_the_site_and_the_rules(sites_plan: Plan) -> None:
    # The workshop (industry) lies 900 to 1,100 m from the shore: conditional in ring 2, a conflict in ring 1.
    base, other = sites_plan.view(), sites_plan.view(distances_m=(1300, 2000, 3000))
    (change,) = [one for one in verdict_changes(sites_plan, base, other) if one.base_verdict != one.verdict]
    assert (change.site, change.base_verdict, change.verdict) == ("sites:workshop", "conditional", "conflict")
    told = {one.rule: (one.base_verdict, one.verdict) for one in change.rules}
    assert told == {"ring_1_use": (None, "conflict"), "ring_2_use": ("conditional", None)}
    assert "conditional to conflict" in change.sentence[1]
    (back,) = [one for one in verdict_changes(sites_plan, other, base) if one.base_verdict != one.verdict]
    assert (back.base_verdict, back.verdict) == ("conflict", "conditional")


def test_verdict_changes_without_rules_are_none(toy_plan: Plan) -> None:
    assert verdict_changes(toy_plan, toy_plan.view(), toy_plan.view(distances_m=(200, 300, 400))) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [("400,1200,2500", (400, 1200, 2500)), (" 400 , 1200.5,20000", (400, 1200.5, 20_000)), ("0.1", (0.1,))],
)
def test_rings_are_read(text: str, expected: tuple[float, ...]) -> None:
    assert parse_rings(text) == expected
    assert parse_rings(rings_text(expected)) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("", ",", "400,", "400,,2500", "a,b,c", "400;1200", "1e3,2e3", "nan,1,2", "inf", "-1,2,3", "+1,2,3", "٤٠٠"),
        *("0,1,2", "1200,400,2500", "400,400,500", "400,1200,20000.1", "400.05,1200", "9999999", "1," * 500),
    ],
)
def test_rings_that_cannot_be_are_refused_with_what_can(text: str) -> None:
    with pytest.raises(QueryError, match="400,1200,2500") as refused:
        parse_rings(text)
    assert "米" in refused.value.zh


@pytest.mark.parametrize("wrong", [[math.nan, 1], [1, math.inf], [-1.0], []])
def test_rings_as_numbers_are_held_to_the_same(wrong: list[float]) -> None:
    with pytest.raises(QueryError):
        checked_rings(wrong)


@pytest.mark.parametrize("rings", [(400, 1200), (400, 1200, 2500, 4000), (90, 1200, 2500), (100, 1200, 2500)])
def test_rings_that_the_plan_cannot_have_are_refused(plan: Plan, rings: tuple[float, ...]) -> None:
    with pytest.raises(QueryError):
        plan.view(distances_m=rings)


def test_command_says_what_follows(toy_plan: Plan, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(write_toy(tmp_path / "data"))
    assert main(["scenario", "--data", folder, "--rings", "500,1500,3500", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    zones = {zone["id"]: zone for zone in found["zones"]}
    assert zones["ring_3"]["delta_m2"] == pytest.approx(grown_m2(3500) - grown_m2(3000), rel=1e-6)
    assert found["scenario"]["rings"] == [500, 1500, 3500]
    assert [edge["basis"] for edge in found["scenario"]["edges"]] == ["stated", "assumed", "assumed"]
    assert main(["scenario", "--data", folder, "--rings", "500,1500,3500", "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert compare(toy_plan, toy_plan.view(), toy_plan.view(distances_m=(500, 1500, 3500))).sentences[0][1] in said
    assert main(["metrics", "--data", folder, "--rings", "3,2,1", "--lang", "en"]) == 2
    assert "such as 400,1200,2500" in capsys.readouterr().err
