"""Sites against a toy plan whose answers are arithmetic, and laws that every site obeys."""

from __future__ import annotations

import json
import math
import pickle

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo import crs
from geo.assess import Answer, Assessment, Candidate, Question, answer, assess
from geo.errors import GeometryError, QueryError
from geo.output.assess import assessment_json
from geo.plan import Plan, load_plan
from tests import toy

Rows = dict[str, tuple[float, float, float]]
SMALL = 1e-6  # of a share: the toy's corners have 10 decimals, about 0.01 mm


@pytest.fixture(scope="module")
def toy_plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return load_plan(toy.write_toy(tmp_path_factory.mktemp("toy") / "data"))


def box(west: float, south: float, east: float, north: float, **properties: object) -> Candidate:
    """A site of the toy from metres around the middle of its lake."""
    return Candidate(placed(shapely.box(west, south, east, north)), properties)


def placed(shape: shapely.Geometry) -> shapely.Geometry:
    return crs.to_lonlat(shapely.affinity.translate(shape, toy.EAST, toy.NORTH), toy.METRIC)


def zones_of(found: Assessment) -> Rows:
    return {row.zone: (row.share, row.low, row.high) for row in found.zones}


def asked(plan: Plan, site: Candidate, **words: str) -> Assessment:
    return assess(plan, plan.view(**words), site)


# The lake reaches to 1,000 m; shore and outlines are known to 50 m. Shares by the line, at least, at most.
@pytest.mark.parametrize(
    ("site", "home", "expected"),
    [
        # 100 to 400 m from the shore: ring 1 for certain
        (box(1100, -100, 1400, 100), "ring_1", {"ring_1": (1, 1, 1)}),
        # from the shore to 3,000 m: rings 1 to 3, each edge 50 m to either side
        (
            box(1000, -50, 4000, 50),
            "ring_3",
            {
                "ring_1": (500 / 3000, 400 / 3000, 550 / 3000),
                "ring_2": (1000 / 3000, 900 / 3000, 1100 / 3000),
                "ring_3": (1500 / 3000, 1400 / 3000, 1550 / 3000),
                "ring_4": (0, 0, 50 / 3000),
                "water": (0, 0, 50 / 3000),
            },
        ),
        # exactly on the edge of ring 1, half to each side: the inner ring has the tie
        (box(1400, -50, 1600, 50), "ring_1", {"ring_1": (0.5, 0.25, 0.75), "ring_2": (0.5, 0.25, 0.75)}),
        # across the shore: 100 m of lake, 102 m of land
        (
            box(900, -50, 1102, 50),
            "ring_1",
            {"ring_1": (102 / 202, 52 / 202, 152 / 202), "water": (100 / 202, 50 / 202, 150 / 202)},
        ),
        # half beyond the extent at 10,000 m
        (box(9900, -50, 10_100, 50), "ring_4", {"ring_4": (0.5, 0.25, 0.75), "outside": (0.5, 0.25, 0.75)}),
        # all beyond it
        (box(12_000, 0, 12_100, 100), "outside", {"outside": (1, 1, 1)}),
        # on the pond, which is water too
        (box(4900, 4900, 5100, 5100), "water", {"water": (1, 1, 1)}),
    ],
)
def test_shares_of_a_site_by_arithmetic(toy_plan: Plan, site: Candidate, home: str, expected: Rows) -> None:
    found = asked(toy_plan, site)
    assert found.home_zone == home
    for zone, row in zones_of(found).items():
        assert row == pytest.approx(expected.get(zone, (0, 0, 0)), abs=SMALL), zone


def test_areas_of_a_site_with_a_hole_and_of_two_parts(toy_plan: Plan) -> None:
    holed = shapely.box(2000, 0, 2300, 200).difference(shapely.box(2100, 50, 2200, 150))
    found = asked(toy_plan, Candidate(placed(holed)))
    assert found.area_m2 == pytest.approx(300 * 200 - 100 * 100, abs=0.01)
    parts = shapely.MultiPolygon([shapely.box(1100, 0, 1200, 100), shapely.box(2000, 0, 2100, 300)])
    both = asked(toy_plan, Candidate(placed(parts)))
    assert both.area_m2 == pytest.approx(100 * 100 + 100 * 300, abs=0.01)
    assert zones_of(both)["ring_1"][0] == pytest.approx(0.25, abs=SMALL)
    assert assessment_json(toy_plan, toy_plan.view(), both)["area_mu"] == pytest.approx(60, abs=1e-3)  # 40,000 m2


def test_parks_count_once_with_their_interval(toy_plan: Plan) -> None:
    """Two parks of 200 m, from 1,200 and from 1,250 m, on a site from 1,100 to 1,400 m and 200 m wide."""
    found = asked(toy_plan, box(1100, -100, 1400, 100))
    assert found.existing_park_share == pytest.approx(200 / 300, abs=SMALL)
    met = {one.feature: one for one in found.layers}
    one = met["parks:one"]
    assert (one.share, one.low, one.high) == pytest.approx((200 / 300, 100 * 100 / 60_000, 250 / 300), abs=SMALL)
    assert "parks:planned" not in met  # on the other shore
    assert met["places:across"].share == pytest.approx(1, abs=SMALL)


def test_thing_without_an_outline_may_touch_and_has_no_share(toy_plan: Plan) -> None:
    """The symbol of 3,000 mu at 3,000 m has a radius of 798 m and may reach twice as far; the point 500 m."""
    radius_m = math.sqrt(3000 * 2000 / 3 / math.pi)
    for gap_m, is_met in ((2 * radius_m + 49, True), (2 * radius_m + 51, False)):
        found = asked(toy_plan, box(3000 + gap_m, -10, 3100 + gap_m, 10))
        met = {one.feature: one for one in found.layers}
        assert ("sites:symbol" in met) is is_met
        if is_met:
            assert (met["sites:symbol"].is_drawn, met["sites:symbol"].share) == (False, None)
    assert "sites:edge" in {one.feature for one in asked(toy_plan, box(2040, -10, 2140, 10)).layers}
    assert "sites:edge" not in {one.feature for one in asked(toy_plan, box(2060, -10, 2160, 10)).layers}


def test_distances_with_the_interval_of_both_accuracies(toy_plan: Plan) -> None:
    site = Candidate(box(1700, -50, 1800, 50).geometry, accuracy_m=20)
    found = {one.layer: one for one in asked(toy_plan, site).distances}
    assert (found["water"].feature, found["parks"].feature) == ("water:yaohu", "parks:two")
    assert [found["water"].distance_m, found["water"].low_m, found["water"].high_m] == pytest.approx([700, 630, 770])
    assert found["parks"].distance_m == pytest.approx(1700 - 1450, abs=0.01)
    assert found["sites"].feature == "sites:edge"  # 200 m off, nearer than the symbol


def test_accuracy_of_the_site_widens_the_interval(toy_plan: Plan) -> None:
    geometry = box(1400, -50, 1600, 50).geometry
    found = zones_of(asked(toy_plan, Candidate(geometry, accuracy_m=120)))["ring_1"]
    slack = math.hypot(50, 120)  # 130 m, more than the 100 m on either side
    assert slack == 130
    assert found == pytest.approx((0.5, 0, 1), abs=SMALL)


def test_folder_without_rules_says_so_and_is_unknown(toy_plan: Plan) -> None:
    found = asked(toy_plan, box(1100, -100, 1400, 100, land_use="1401"))
    assert (found.verdicts, found.verdict) == ((), "unknown")
    assert any("no rules" in en for _, en in found.notices)
    assert sum("no layer loaded" in en for _, en in found.notices) == 3  # farmland, redline, growth boundary


@pytest.mark.parametrize(
    ("geometry", "reason"),
    [
        (shapely.Point(116, 28.7), "area"),
        (shapely.LineString([(116, 28.7), (116.01, 28.7)]), "area"),
        (shapely.Polygon([(116, 28.7), (116.01, 28.71), (116.01, 28.7), (116, 28.71)]), "valid"),
    ],
)
def test_what_is_no_area_is_refused(plan: Plan, geometry: shapely.Geometry, reason: str) -> None:
    with pytest.raises(GeometryError, match=reason):
        asked(plan, Candidate(geometry))


@pytest.mark.parametrize(
    "properties",
    [{"land_use": 1001}, {"land_use": "industry"}, {"far": "1.2"}, {"far": True}, {"green_ratio": -0.1}],
)
def test_property_that_cannot_be_read_is_refused_by_name(plan: Plan, properties: dict[str, object]) -> None:
    site = Candidate(shapely.box(116.03, 28.70, 116.031, 28.701), properties)
    with pytest.raises(QueryError, match=next(iter(properties))):
        asked(plan, site)


def test_shipped_rules_judge_real_places(plan: Plan) -> None:
    lake = asked(plan, Candidate(plan.shapes["water:yaohu"].geometry.representative_point().buffer(1e-4)))
    assert lake.verdict == "conflict"
    assert {one.rule for one in lake.verdicts if one.verdict == "conflict"} == {"water_kept"}
    island = plan.shapes["science_island:island"].geometry.representative_point().buffer(1e-4)
    research, industry = (asked(plan, Candidate(island, {"land_use": code})) for code in ("0802", "1101"))
    for found in (research, industry):
        assert found.verdict in ("unknown", "conflict")  # never a pass: farmland, redline, boundary are not loaded
        assert {one.rule for one in found.verdicts} >= {"permanent_farmland_checked", "ecological_redline_checked"}
        assert all(one.reason[0] and one.reason[1] and one.what_would_change[0] for one in found.verdicts)


@given(st.floats(-9000, 9000), st.floats(-9000, 9000), st.floats(20, 2000), st.floats(0, 200))
def test_shares_sum_to_one_and_lie_within_their_interval(
    toy_plan: Plan, x: float, y: float, width: float, accuracy_m: float
) -> None:
    height = 2020 - width
    site = Candidate(box(x, y, x + width, y + height).geometry, accuracy_m=accuracy_m)
    found = asked(toy_plan, site)
    assert math.fsum(row.share for row in found.zones) == pytest.approx(1, abs=1e-9)
    for row in found.zones:
        assert row.low <= row.share + 1e-12
        assert row.share <= row.high + 1e-12
    assert found.area_m2 == pytest.approx(width * height, rel=1e-6)


@given(st.floats(-6000, 6000), st.floats(-6000, 6000), st.integers(0, 3))
def test_start_direction_and_points_in_between_change_nothing(toy_plan: Plan, x: float, y: float, start: int) -> None:
    corners = [(x, y), (x + 900, y + 100), (x + 700, y + 800), (x - 100, y + 500)]
    turned = [*corners[start:], *corners[:start]]
    between = [*turned[:1], ((turned[0][0] + turned[1][0]) / 2, (turned[0][1] + turned[1][1]) / 2), *turned[1:]]
    plain, other = (asked(toy_plan, Candidate(placed(shapely.Polygon(one)))) for one in (corners, between[::-1]))
    assert other.area_m2 == pytest.approx(plain.area_m2, rel=1e-6)
    for first, second in zip(plain.zones, other.zones, strict=True):
        assert second.share == pytest.approx(first.share, abs=1e-5)


@given(st.floats(-6000, 6000), st.floats(-6000, 6000), st.floats(50, 800), st.floats(1, 500))
def test_larger_site_never_loses_ground_in_a_zone(toy_plan: Plan, x: float, y: float, side: float, more: float) -> None:
    small, large = asked(toy_plan, box(x, y, x + side, y + side)), asked(toy_plan, box(x, y, x + side + more, y + side))
    for inner, outer in zip(small.zones, large.zones, strict=True):
        assert outer.area_m2 >= inner.area_m2 - 0.01


# Questions in GeoJSON: what many features make together (their answers over HTTP stand in test_assess_api)


def question(*shapes: shapely.Geometry, each: bool = False, **properties: object) -> Question:
    features = [
        {"type": "Feature", "properties": properties, "geometry": shapely.geometry.mapping(placed(shape))}
        for shape in shapes
    ]
    data = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    return Question(data, None, None, "2025", "shore_belt", each)


BOXES = st.tuples(st.integers(-40, 40), st.integers(-40, 40), st.integers(1, 8), st.integers(1, 8))


@given(st.lists(BOXES, min_size=1, max_size=5))
def test_one_site_of_many_features_has_the_ground_of_their_union(
    toy_plan: Plan, boxes: list[tuple[int, int, int, int]]
) -> None:
    """Boxes on a grid of 100 m, counted cell by cell."""
    cells = {(x + i, y + j) for x, y, w, h in boxes for i in range(w) for j in range(h)}
    shapes = [shapely.box(100 * x, 100 * y, 100 * (x + w), 100 * (y + h)) for x, y, w, h in boxes]
    (site,) = answer(toy_plan, question(*shapes)).sites
    assert site.found.area_m2 == pytest.approx(len(cells) * 100 * 100, abs=1)
    assert site.features == tuple(range(1, len(boxes) + 1))
    lake = sum(-10 <= x < 10 and -10 <= y < 10 for x, y in cells) / len(cells)
    assert zones_of(site.found)["water"][0] == pytest.approx(lake, abs=1e-5)


@given(st.lists(BOXES, min_size=1, max_size=3))
def test_each_site_is_answered_as_if_it_came_alone(toy_plan: Plan, boxes: list[tuple[int, int, int, int]]) -> None:
    shapes = [shapely.box(100 * x, 100 * y, 100 * (x + w), 100 * (y + h)) for x, y, w, h in boxes]
    together = answer(toy_plan, question(*shapes, each=True)).sites
    assert [site.number for site in together] == list(range(1, len(boxes) + 1))
    for site, shape in zip(together, shapes, strict=True):
        (alone,) = answer(toy_plan, question(shape)).sites
        assert site.found == alone.found


def test_question_and_answer_cross_the_border_of_a_process(plan: Plan) -> None:
    asked = question(shapely.box(1000, 0, 1900, 100), land_use="0802", far=1.2)
    found = answer(plan, pickle.loads(pickle.dumps(asked)))
    back: Answer = pickle.loads(pickle.dumps(found))
    assert back == found
    assert back.sites[0].found.parts


def test_assessment_keeps_what_was_asked(plan: Plan) -> None:
    site = Candidate(shapely.box(116.03, 28.70, 116.031, 28.701), {"far": 1, "land_use": "1001"}, accuracy_m=3)
    found = asked(plan, site)
    assert (found.geometry, found.accuracy_m, found.land_use) == (site.geometry, 3, "1001")
    assert found.indicators == {"far": 1}


def test_parts_of_a_real_site_lie_in_it(plan: Plan) -> None:
    found = asked(plan, Candidate(shapely.box(115.99, 28.68, 116.05, 28.72)))
    rules = {one.rule for one in found.verdicts}
    parts = dict(found.parts)
    assert {"ring_1_use", "ring_2_use", "ring_3_use", "water_kept"} <= set(parts) <= rules
    shares = {row.zone: row.share for row in found.zones}
    whole_m2 = found.area_m2
    for name, part in parts.items():
        part_m = crs.to_metres(part, plan.catalogue.metric_crs)
        assert part_m.is_valid
        if name.startswith("ring_"):
            assert part_m.area / whole_m2 == pytest.approx(shares[name.removesuffix("_use")], abs=1e-6)
