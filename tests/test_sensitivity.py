"""At which ring distance a ring or a verdict changes: by arithmetic, and by composing the moved plan itself."""

from __future__ import annotations

import html
import itertools
import json
import math
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from geo import crs, membership, rings
from geo.assess import Candidate, assess
from geo.errors import GeometryError
from geo.plan import Plan, load_plan
from geo.sensitivity import STEP_M, Band, Moved, Sensitivity, all_ring_changes, ring_changes, verdict_changes
from geo.view import View
from tests import sitedata, toy
from webapp import create_app
from webapp.settings import Settings

Json = dict[str, Any]
PAGE = {"Accept": "text/html"}
EXACT_M = 0.001  # of corners that stand in the toy's files with 10 decimals
AFTER_M = 0.01  # of a step: enough to be beyond its rounding


@pytest.fixture(scope="module")
def toy_plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """The toy with things at known distances from the shore, which lies 1,000 m from the middle, and with rules."""
    folder = sitedata.write_sites(tmp_path_factory.mktemp("firm") / "data")
    path = folder / "layers/places.geojson"
    collection = json.loads(path.read_text("utf-8"))
    collection["features"] += [
        toy.feature("places:point", toy.point(1700, 0)),
        toy.feature("places:band", toy.polygon(500, 1700, 0)),  # 200 to 1,200 m from the shore
        toy.feature("places:three", toy.polygon(450, 1550, 0)),  # 100 to 1,000 m
        toy.feature("places:lost", None),
    ]
    path.write_text(json.dumps(collection, ensure_ascii=False), "utf-8")
    return load_plan(folder)


@pytest.fixture(scope="module")
def every(plan: Plan) -> Mapping[str, Sensitivity]:
    """All features of the shipped plan in its own view."""
    return all_ring_changes(plan, plan.view())


@pytest.fixture(scope="module")
def asked(toy_plan: Plan) -> FlaskClient:
    return create_app(Settings(), toy_plan).test_client()


def found(plan: Plan, name: str, reading: str | None = None) -> Sensitivity:
    return ring_changes(plan, plan.view(reading=reading), plan.shapes[name])


def along(bands: tuple[Band, ...]) -> list[tuple[float, str]]:
    """Where each band begins, checked to leave no gap."""
    assert all(one.to_m == other.from_m for one, other in itertools.pairwise(bands))
    return [(band.from_m, band.value) for band in bands]


def same(bands: tuple[Band, ...], expected: list[tuple[float, str]]) -> bool:
    begun = along(bands)
    return [value for _, value in begun] == [value for _, value in expected] and all(
        -EXACT_M <= at_m - wanted_m <= STEP_M + EXACT_M
        for (at_m, _), (wanted_m, _) in zip(begun, expected, strict=True)
    )


def site(west: float, south: float, east: float, north: float, **properties: Any) -> Candidate:
    """A box of the toy, in metres from its middle, whose outline is exact."""
    outline = shapely.transform(shapely.box(west, south, east, north), lambda at: at + np.array([toy.EAST, toy.NORTH]))
    return Candidate(crs.to_lonlat(outline, toy.METRIC), properties)


def moved_view(plan: Plan, view: View, number: int, far_m: float) -> View:
    """The plan composed anew with one distance elsewhere."""
    distances = list(view.distances_m)
    distances[number] = far_m
    return plan.view(view.extent, view.reading, distances)


def home(view: View, shape: Any) -> str:
    """The home zone by the zones of a view, without the code under test."""
    if shape.anchor_m is not None:
        return str(view.locator.locate_ring(shape.anchor_m.x, shape.anchor_m.y))
    shares = membership.share_by_zone([shape.geometry_m], list(view.zones.values()))[0]
    return str((*view.zones, rings.OUTSIDE)[membership.home_zone(shares)])


def value_at(bands: tuple[Band, ...], far_m: float) -> str:
    return next(band.value for band in reversed(bands) if band.from_m <= far_m)


def clear_of_steps(bands: tuple[Band, ...], far_m: float) -> bool:
    return all(abs(band.from_m - far_m) > 2 * STEP_M for band in bands)


def test_point_changes_where_a_distance_reaches_its_own(toy_plan: Plan) -> None:
    one, two, three = found(toy_plan, "places:point").distances
    assert (one.low_m, one.base_m, one.high_m) == (100, 500, 1500)
    assert [at_m for at_m, _ in along(one.homes)] == [100, pytest.approx(700, abs=EXACT_M)]
    assert [value for _, value in along(one.homes)] == ["ring_2", "ring_1"]
    assert same(two.homes, [(500, "ring_3"), (700, "ring_2")])
    assert along(three.homes) == [(1500, "ring_2")]


def test_ring_holds_its_outer_edge(toy_plan: Plan) -> None:
    """A point at exactly the distance belongs to the inner ring, as `locate_ring` has it."""
    change = found(toy_plan, "places:point").ring_steps[0]
    shape, view = toy_plan.shapes["places:point"], toy_plan.view()
    assert home(moved_view(toy_plan, view, 0, change.at_m), shape) == "ring_1"
    assert home(moved_view(toy_plan, view, 0, math.nextafter(change.at_m, 0)), shape) == "ring_2"


@pytest.mark.parametrize(
    ("name", "number", "expected"),
    [
        ("places:band", 0, [(100, "ring_2"), (700, "ring_1")]),  # halves of the band's 1,000 m
        ("places:band", 1, [(500, "ring_3"), (850, "ring_2")]),  # 0.3 in ring 1, the other 700 m halved
        ("places:band", 2, [(1500, "ring_2")]),
        # 400 m in ring 1: more than what is beyond from 600 on, less than what is in ring 2 above 900
        ("places:three", 1, [(500, "ring_3"), (600, "ring_1"), (900, "ring_2")]),
        ("places:across", 0, [(100, "ring_2"), (500, "ring_1")]),  # two halves: a tie goes to the inner ring
    ],
)
def test_area_changes_where_its_largest_share_does(
    toy_plan: Plan, name: str, number: int, expected: list[tuple[float, str]]
) -> None:
    bands = found(toy_plan, name).distances[number].homes
    if name == "places:across":  # the base itself is a tie, within what the corners' decimals allow
        expected = [(100, "ring_2"), (bands[1].from_m, "ring_1")]
        assert bands[1].from_m == pytest.approx(500, abs=STEP_M + EXACT_M)
    assert same(bands, expected)


def test_strip_is_an_edge_that_does_not_move(toy_plan: Plan) -> None:
    one = found(toy_plan, "places:point", reading="annulus").distances[0]
    assert (one.ring, one.low_m) == ("ring_1", 100)
    assert same(one.homes, [(100, "ring_2"), (700, "ring_1")])
    in_strip = found(toy_plan, "parks:planned", reading="annulus")  # 100 to 700 m from the shore, none in the strip
    assert same(in_strip.distances[0].homes, [(100, "ring_2"), (400, "ring_1")])


@pytest.mark.parametrize(("name", "zone"), [("water:yaohu", "water"), ("places:border", "ring_4")])
def test_what_no_distance_moves_has_no_margin(toy_plan: Plan, name: str, zone: str) -> None:
    one = found(toy_plan, name)
    assert one.home_zone == zone
    first, second, _ = one.distances
    assert {band.value for moved in (first, second) for band in moved.homes} == {zone}
    assert (one.margin_m is None) == (zone == "water")


def test_margin_is_the_smallest_move(toy_plan: Plan) -> None:
    one = found(toy_plan, "places:band")
    assert one.margin_m == pytest.approx(200, abs=STEP_M + EXACT_M)  # ring 1 from 500 to 700
    step = one.ring_steps[0]
    assert (step.ring, step.value) == ("ring_1", "ring_1")
    assert [step.ring for step in one.ring_steps] == ["ring_1", "ring_2"]  # 200, then 1,500 - 850


def test_what_is_nowhere_is_refused(toy_plan: Plan) -> None:
    for name in ("places:lost", "roads:avenue"):
        with pytest.raises(GeometryError, match="neither a place nor an area"):
            found(toy_plan, name)


def test_verdict_changes_where_the_accuracy_lets_a_ring_touch(toy_plan: Plan) -> None:
    """A works 900 to 1,100 m from a shore known to 50 m: industry is conditional in ring 2, a conflict in ring 1.

    2 m of its 200 are the minor share, so ring 1 may count from 900 + 2 - 50 m on and certainly does from 900 + 2 + 50.
    """
    one = verdict_changes(toy_plan, toy_plan.view(), site(1900, -100, 2100, 100, land_use="1001"))
    first, second, third = one.distances
    assert one.verdict == "conditional"
    assert same(first.verdicts, [(100, "conditional"), (852, "unknown"), (952, "conflict")])
    rules = {rule.rule: rule.bands for rule in first.rules}
    assert same(rules["ring_1_use"], [(100, ""), (850, "note"), (852, "unknown"), (952, "conflict")])
    # Ring 3 does not name industry: unknown as soon as 2 m may lie beyond ring 2, 1,100 - 2 + 50 m from the shore.
    assert same(second.verdicts, [(500, "unknown"), (1148, "conditional")])
    assert {band.value for band in third.verdicts} == {"conditional"}


def test_folder_without_rules_judges_nothing(tmp_path: Path) -> None:
    plan = load_plan(sitedata.write_sites(tmp_path / "data", with_rules=False))
    one = verdict_changes(plan, plan.view(), site(1900, -100, 2100, 100, land_use="1001"))
    assert one.verdict == ""
    assert not any(moved.verdicts or moved.rules for moved in one.distances)
    assert one.ring_steps


@pytest.mark.parametrize("words", [("2025", "shore_belt"), ("2013", "annulus")])
def test_moved_plan_agrees_at_both_sides_of_each_step(plan: Plan, words: tuple[str, ...]) -> None:
    view, steps = plan.view(words[0], words[1]), 0
    for name, one in all_ring_changes(plan, view).items():
        shape = plan.shapes[name]
        assert one.home_zone == home(view, shape)
        for number, moved in enumerate(one.distances):
            for before, after in itertools.pairwise(moved.homes):
                at_m = after.from_m
                assert home(moved_view(plan, view, number, at_m + AFTER_M), shape) == after.value, name
                assert home(moved_view(plan, view, number, at_m - STEP_M - AFTER_M), shape) == before.value, name
                steps += 1
    assert steps > 15


@examples(max_examples=20)
@given(data=st.data())
def test_moved_plan_agrees_between_the_steps(plan: Plan, every: Mapping[str, Sensitivity], data: st.DataObject) -> None:
    view = plan.view()
    name = data.draw(st.sampled_from(list(every)))
    number = data.draw(st.integers(0, 2))
    moved = every[name].distances[number]
    far_m = data.draw(st.floats(moved.low_m + 1, min(moved.high_m, 9000) - 1))
    if clear_of_steps(moved.homes, far_m):
        assert value_at(moved.homes, far_m) == home(moved_view(plan, view, number, far_m), plan.shapes[name])


@examples(max_examples=12)
@given(
    box=st.tuples(st.floats(-2500, 5000), st.floats(-6000, 4000), st.floats(50, 900)),
    use=st.sampled_from(["1001", "0802", "0701", None]),
    number=st.integers(0, 2),
    part=st.floats(0.01, 0.99),
)
def test_moved_plan_gives_the_same_verdict(
    plan: Plan, box: tuple[float, float, float], use: str | None, number: int, part: float
) -> None:
    x, y, side = box
    view, one = plan.view(), site(x, y, x + side, y + side, land_use=use)
    told = verdict_changes(plan, view, one)
    moved = told.distances[number]
    far_m = moved.low_m + part * (min(moved.high_m, 8000) - moved.low_m)
    answers = {rule.rule: rule.bands for rule in moved.rules}
    if not all(clear_of_steps(bands, far_m) for bands in (moved.verdicts, moved.homes, *answers.values())):
        return
    other = assess(plan, moved_view(plan, view, number, far_m), one)
    assert value_at(moved.verdicts, far_m) == other.verdict
    assert value_at(moved.homes, far_m) == other.home_zone
    said = {verdict.rule: verdict.verdict for verdict in other.verdicts if verdict.kind == "ring_use"}
    assert {rule: value_at(bands, far_m) for rule, bands in answers.items() if value_at(bands, far_m)} == said


def test_bands_hold_the_answer_of_the_view_itself(plan: Plan) -> None:
    for reading in rings.READINGS:
        view = plan.view(reading=reading)
        for one in all_ring_changes(plan, view).values():
            assert {value_at(moved.homes, moved.base_m) for moved in one.distances} == {one.home_zone}


def test_nearest_steps_at_the_ends_of_a_range() -> None:
    bands = (Band(1, 3, "a"), Band(3, 9, "b"))
    assert [s.at_m for s in Moved("ring_1", 3, "stated", 1, 9, bands).nearest(bands)] == [3]
    assert [s.value for s in Moved("ring_1", 9, "stated", 1, 9, bands).nearest(bands)] == ["a"]
    assert [s.value for s in Moved("ring_1", 2, "stated", 1, 9, bands).nearest(bands)] == ["b"]


def read(client: FlaskClient, address: str) -> Json:
    answer = client.get(address)
    assert answer.status_code == 200, address
    told: Json = answer.get_json()
    return told


def test_api_tells_every_located_feature_smallest_margin_first(client: FlaskClient, plan: Plan) -> None:
    told = read(client, "/api/sensitivity")
    margins = [row["margin_m"] for row in told["features"]]
    known = [margin for margin in margins if margin is not None]
    assert known == sorted(known)
    assert margins == known + [None] * (len(margins) - len(known))
    assert {row["id"] for row in told["features"]} == set(plan.view().standings)
    for row in told["features"]:
        alone = read(client, f"/api/sensitivity?feature={row['id']}")
        (again,) = alone["features"]  # the same, and verdicts where it is a site
        homes = [[one["ring"], one["homes"]] for one in again["distances"]]
        assert homes == [[one["ring"], one["homes"]] for one in row["distances"]]
        assert (again["margin_m"], again["sentence_en"]) == (row["margin_m"], row["sentence_en"])


def test_sentence_says_the_step_and_the_accuracy(asked: FlaskClient) -> None:
    row = read(asked, "/api/sensitivity?feature=places:point")["features"][0]
    assert row["sentence_en"] == (
        "Its ring changes to ring 1 if ring 1's outer distance reaches 700 m (200 m more than stated). "
        "Shore and position together are known to 71 m, which is less than these 200 m."
    )
    assert row["sentence_zh"].startswith("第一圈外界距离达到 700 米（比文本值大 200 米）时，所在圈层变为第一圈。")
    edge = read(asked, "/api/sensitivity?feature=sites:edge")["features"][0]  # 500 m from the shore
    assert "falls below 500.0 m (0.0 m less than stated)" in edge["sentence_en"]
    assert "so on the ground this is open anyway" in edge["sentence_en"]


def test_scenario_is_asked_from_its_own_distances(asked: FlaskClient) -> None:
    told = read(asked, "/api/sensitivity?feature=places:point&rings=600,1500,3000")
    assert told["scenario"] is True
    row = told["features"][0]
    assert row["distances"][0]["base_m"] == 600
    assert "100 m more than in this scenario" in row["sentence_en"]


def test_site_of_the_plan_has_the_verdict_of_the_check_of_all(asked: FlaskClient) -> None:
    checked = {row["id"]: row["verdict"] for row in read(asked, "/api/conflicts")["sites"] if row["verdict"]}
    assert set(checked) >= {"sites:factory", "sites:workshop", "sites:offices"}
    for name, verdict in checked.items():
        row = read(asked, f"/api/sensitivity?feature={name}")["features"][0]
        assert row["verdict"] == verdict
        assert {value_of(one["verdicts"], one["base_m"]) for one in row["distances"]} == {verdict}


def value_of(bands: list[Json], far_m: float) -> str:
    return str(next(band for band in reversed(bands) if band["from_m"] <= far_m)["verdict"])


@pytest.mark.parametrize("name", ["places:three", "sites:workshop"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_page_and_api_tell_the_same(asked: FlaskClient, name: str, lang: str) -> None:
    row = read(asked, f"/api/sensitivity?feature={name}")["features"][0]
    page = asked.get(f"/sensitivity?feature={name}&lang={lang}", headers=PAGE).text
    assert row[f"sentence_{lang}"] in html.unescape(page)
    tables = re.findall(r'<table class="list firm-list" data-of="(\w+)">(.*?)</table>', page, re.S)
    shown = [(of, re.findall(r'data-band="(\w*)"', body)) for of, body in tables]
    expected = []
    for one in row["distances"]:
        expected.append(("homes", [band["zone"] for band in one["homes"]]))
        if one["verdicts"]:
            expected.append(("verdicts", [band["verdict"] for band in one["verdicts"]]))
            expected += [(rule["rule"], [band["verdict"] or "" for band in rule["bands"]]) for rule in one["rules"]]
    assert shown == expected


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_page_lists_the_rows_of_the_api(client: FlaskClient, lang: str) -> None:
    page = client.get(f"/sensitivity?lang={lang}", headers=PAGE).text
    rows = [row["id"] for row in read(client, "/api/sensitivity")["features"]]
    assert re.findall(r'data-feature="([^"]+)"', page) == rows


def test_names_from_data_stay_text(asked: FlaskClient) -> None:
    for address in ("/sensitivity", "/sensitivity?feature=sites:factory"):
        page = asked.get(address, headers=PAGE).text
        assert "<script>alert" not in page
        assert html.escape(sitedata.HOSTILE).replace("&quot;", "&#34;") in page


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/sensitivity?feature=places:none", 404),
        ("/sensitivity?feature=places:none", 404),
        ("/api/sensitivity?feature=places:lost", 422),
        ("/sensitivity?feature=roads:avenue", 422),
        ("/api/sensitivity?site=1", 400),
        ("/api/sensitivity?rings=5,4", 400),
    ],
)
def test_what_cannot_be_asked_is_a_problem(asked: FlaskClient, address: str, status: int) -> None:
    assert asked.get(address).status_code == status


def test_drawn_site_is_answered_as_geo_answers(client: FlaskClient, plan: Plan) -> None:
    outline = shapely.box(116.02, 28.68, 116.024, 28.684)
    ring = {"type": "Feature", "properties": {"land_use": "1001"}, "geometry": shapely.geometry.mapping(outline)}
    body = {"data": json.dumps(ring), "content_type": "application/geo+json"}
    answer = client.post("/api/sensitivity", **body)
    assert answer.status_code == 200
    told, direct = answer.get_json(), verdict_changes(plan, plan.view(), Candidate(outline, {"land_use": "1001"}))
    assert (told["home_zone"], told["verdict"]) == (direct.home_zone, direct.verdict)
    for row, moved in zip(told["distances"], direct.distances, strict=True):
        assert [(band["from_m"], band["verdict"]) for band in row["verdicts"]] == [
            (round(band.from_m, 1), band.value) for band in moved.verdicts
        ]
    assert client.post("/api/sensitivity?each=true", **body).status_code == 400
    assert client.post("/api/sensitivity", data="{}", content_type="text/plain").status_code == 415


def test_drawn_site_has_a_page_with_the_sentences_of_the_api(client: FlaskClient) -> None:
    ring = [[116.02, 28.68], [116.024, 28.68], [116.024, 28.684], [116.02, 28.684], [116.02, 28.68]]
    drawn = {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    text = json.dumps(drawn)
    told = client.post("/api/sensitivity?rings=600,1500,3000", data=text, content_type="application/json").get_json()
    form = {"site": text, "name": "<b>A</b>"}
    page = client.post("/sensitivity?rings=600,1500,3000&lang=en", data=form, headers=PAGE)
    assert page.status_code == 200
    shown = html.unescape(page.text)
    assert told["sentence_en"] in shown
    assert told["verdict_sentence_en"] in shown
    assert "<b>A</b>" not in page.text
    assert client.post("/sensitivity", data={"site": ""}, headers=PAGE).status_code == 400
