"""Land for a wish: laws that every wish obeys, arithmetic on the toy, and the shipped plan over HTTP."""

from __future__ import annotations

import math
from typing import Any

import pytest
import shapely
from flask.testing import FlaskClient
from hypothesis import example, given, settings
from hypothesis import strategies as st

from geo import crs
from geo.__main__ import main
from geo.assess import Candidate, assess
from geo.errors import QueryError
from geo.find import CLEAR, Found, Wish, barred_zones, find, land_zones
from geo.find.fitting import room_for
from geo.output.find import find_cut, find_json
from geo.plan import Plan, load_plan
from geo.units import M2_PER_MU
from tests import sitedata, toy
from webapp import create_app
from webapp.settings import Settings

Json = dict[str, Any]
SLIGHT = 1.02  # arcs of grown and shrunk land are drawn with chords: land agrees to two per cent of an edge
MM = 0.001
WISH = "mu=200&land_use=0802&zones=ring_2"


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """The toy with sites, parks, a road and rules, and no empty slot."""
    return load_plan(sitedata.write_sites(tmp_path_factory.mktemp("toy") / "data"))


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """The toy without rules, roads or metro."""
    return load_plan(toy.write_toy(tmp_path_factory.mktemp("toy") / "data"))


def placed(x: float, y: float) -> shapely.Point:
    return shapely.Point(toy.EAST + x, toy.NORTH + y)


def box(half_side_m: float, x: float = 0.0, y: float = 0.0) -> shapely.Polygon:
    return shapely.box(
        toy.EAST + x - half_side_m, toy.NORTH + y - half_side_m, toy.EAST + x + half_side_m, toy.NORTH + y + half_side_m
    )


LAKE = box(1000)
WATER = shapely.union_all([LAKE, box(200, 5000, 5000)])
ROAD = shapely.LineString([placed(-500, 4000), placed(500, 4000)])
PARKS = [box(100, 1300), box(100, 1350), box(100, -6000)]
OUTLINES = [box(100, 6000), box(100, 3500), box(100, 1250, 500), box(100, 2000)]
BANDS = {"ring_1": (0, 500), "ring_2": (500, 1500), "ring_3": (1500, 3000), "ring_4": (3000, math.inf)}

wishes = st.builds(
    Wish,
    mu=st.sampled_from([10.0, 60.0, 200.0, 1500.0, 9000.0]),
    land_use=st.sampled_from([None, "1001", "0902"]),
    zones=st.sets(st.sampled_from(list(BANDS))).map(lambda chosen: tuple(sorted(chosen))),
    water_min_m=st.sampled_from([None, 0.0, 150.0, 800.0]),
    road_max_m=st.sampled_from([None, 300.0, 1500.0, 4000.0]),
    clear=st.sets(st.sampled_from(CLEAR)).map(lambda chosen: tuple(one for one in CLEAR if one in chosen)),
)


def check_land(wish: Wish, land: shapely.Geometry) -> None:
    """What a wish says of land, by plain shapely and the corners of the toy."""
    assert box(10_000).covers(land.buffer(-MM))
    assert not land.intersects(shapely.union_all(PARKS).buffer(-MM))  # existing parks are kept by a rule
    assert land.distance(WATER) >= max(wish.water_min_m or 0, 50 if "water" in wish.clear else 0) - MM
    corners = shapely.points(shapely.get_coordinates(land))
    if wish.road_max_m is not None:
        assert shapely.distance(ROAD, corners).max() <= wish.road_max_m + MM
    if wish.zones:
        bands = [BANDS[zone] for zone in wish.zones]
        away = shapely.distance(LAKE, corners)
        # Rings are drawn with 64 chords a quadrant, at most 0.03 % within the true arc.
        assert all(any(near * 0.9996 - 1 <= far <= most + 1 for near, most in bands) for far in away)
    if "parks" in wish.clear:
        assert min(land.distance(park) for park in PARKS) >= 50 - MM
    if "sites" in wish.clear:
        assert min(land.distance(one) for one in OUTLINES) >= 50 - MM
        # 3,000 mu are a circle of 798 m; it may reach twice as far, and both are known to 50 m
        assert land.distance(placed(3000, 0)) >= 2 * math.sqrt(3000 * M2_PER_MU / math.pi) + 50 - 1
        assert land.distance(placed(1500, 0)) >= 500 + 50 - MM


@settings(max_examples=6)
@given(wish=wishes)
@example(wish=Wish(10, None, ("ring_3", "ring_4"), 800.0, None, 4000.0, CLEAR))
@example(wish=Wish(10, "1001", clear=()))
def test_every_place_is_as_it_was_wished_and_no_conflict(sites: Plan, wish: Wish) -> None:
    view = sites.view()
    found = find(sites, view, wish)
    assert [one.rank for one in found.candidates] == list(range(1, len(found.candidates) + 1))
    if found.candidates:
        check_land(wish, found.open_m)
    for one in found.candidates:
        check_land(wish, one.site_m)
        assert one.site_m.area == pytest.approx(wish.area_m2, rel=1e-6)
        own = crs.to_lonlat(one.site_m, toy.METRIC)
        again = assess(sites, view, Candidate(own, {"land_use": wish.land_use}))
        assert again.verdict == one.found.verdict != "conflict"
        assert found.open_m.buffer(1).covers(one.site_m)
    for one, other in zip(found.candidates, found.candidates[1:], strict=False):
        assert one.site_m.intersection(other.site_m).area < 1e-6 * wish.area_m2
    assert bool(found.candidates) == (found.open_m2 > 0) == (found.count > 0)
    assert found.open_m2 <= found.ground_m2 * (1 + 1e-9)


@settings(max_examples=4)  # each asks for up to six wishes more
@given(wish=wishes)
def test_leaving_a_wish_out_never_costs_land_or_a_place(sites: Plan, wish: Wish) -> None:
    view = sites.view()
    found = find(sites, view, wish)
    assert [one.wish for one in found.relaxations] == list(wish.given)
    for one in found.relaxations:
        looser = find(sites, view, wish.without(one.wish))
        assert looser.open_m2 == pytest.approx(one.open_m2)
        assert looser.open_m2 >= found.open_m2 / SLIGHT
        assert looser.ground_m2 >= found.ground_m2 - 1
        assert all(looser.open_m.buffer(1).covers(place.site_m) for place in found.candidates)
        assert one.more_m2 == max(0.0, one.open_m2 - found.open_m2)


@settings(max_examples=8)
@given(wish=wishes)
def test_miss_is_the_largest_that_fits_and_less_than_wanted(sites: Plan, wish: Wish) -> None:
    found = find(sites, sites.view(), wish)
    if found.candidates:
        assert found.miss is None
    elif found.miss is not None:
        assert found.miss.area_m2 < wish.area_m2 * SLIGHT
        less = Wish(0.9 * found.miss.area_m2 / M2_PER_MU, *_rest(wish)) if found.miss.area_m2 > 100 else None
        assert less is None or find(sites, sites.view(), less).candidates
    else:
        assert found.ground_m2 == 0


def _rest(wish: Wish) -> tuple[Any, ...]:
    return wish.land_use, wish.zones, wish.water_min_m, wish.metro_max_m, wish.road_max_m, wish.clear


def test_less_land_than_a_ring_is_wide_fits_and_more_does_not(bare: Plan) -> None:
    # Ring 2 is 1,000 m wide between straight shores; at a corner of the lake a circle in it spans no more than that.
    fits, wide = (math.pi * radius**2 / M2_PER_MU for radius in (490, 515))
    view = bare.view()
    assert find(bare, view, Wish(fits, zones=("ring_2",), clear=())).candidates
    found = find(bare, view, Wish(wide, zones=("ring_2",), clear=()))
    assert found.candidates == ()
    assert found.miss is not None
    assert found.miss.area_m2 == pytest.approx(math.pi * 500**2, rel=0.02)
    assert found.miss.zone == "ring_2"
    (way,) = found.relaxations
    assert way.wish == "zones"
    assert way.more_m2 > 0


def test_land_of_a_ring_is_its_area(bare: Plan) -> None:
    found = find(bare, bare.view(), Wish(10, zones=("ring_1",), clear=()))
    # Four sides of 2 km by 500 m and a disc of 500 m, at the chords of 64 segments a quadrant.
    disc = 128 * 500**2 * math.sin(math.pi / 128)
    assert found.ground_m2 == pytest.approx(4 * 2000 * 500 + disc, rel=1e-6)
    # What a circle of 10 mu (radius 46 m) covers is nearly all of it: the ring has no corner that is left over.
    assert found.open_m2 == pytest.approx(found.ground_m2, rel=0.01)
    # The shore is known to 50 m: certainly clear of water is what lies further from it, and 200 m are 200 m
    # (0.12 % more, so that no chord of an arc lets anything nearer in).
    for far_m, wish in (
        (50, Wish(10, zones=("ring_1",), clear=("water",))),
        (200, Wish(10, None, ("ring_1",), 200, clear=())),
    ):
        band = 4 * 2000 * (500 - far_m) + disc - math.pi * far_m**2
        assert find(bare, bare.view(), wish).ground_m2 == pytest.approx(band, rel=1e-3)


def test_class_that_conflicts_in_a_ring_opens_none_of_it(sites: Plan) -> None:
    view = sites.view()
    assert barred_zones(sites, view, "1001") == ("ring_1",)
    assert barred_zones(sites, view, None) == ()
    found = find(sites, view, Wish(20, "1001", ("ring_1",)))
    assert found.candidates == ()
    assert found.ground_m2 == 0
    assert found.miss is None
    assert {one.wish for one in found.relaxations if one.more_m2 > 0} == {"land_use", "zones"}
    assert {one.home.zone for one in find(sites, view, Wish(20, "1001")).candidates} <= {"ring_2", "ring_3", "ring_4"}


def test_better_verdict_comes_first(sites: Plan) -> None:
    found = find(sites, sites.view(), Wish(700, "1001", ("ring_2", "ring_4"), clear=()))
    assert found.candidates[0].home.zone == "ring_2"  # where the class is conditional; of ring 4 nothing is stated
    weights = [{"allowed": 0, "conditional": 1, "unknown": 2}[one.found.verdict] for one in found.candidates]
    assert weights == sorted(weights)
    assert len(set(weights)) > 1


def test_surer_comes_first_then_the_shorter_way_then_more_room(plan: Plan) -> None:
    found = find(plan, plan.view(), Wish(200, "0802", ("ring_2",)))
    order = []
    for one in found.candidates:
        assert one.metro is not None
        assert one.road is not None
        way_m = one.metro.distance_m + one.road.distance_m
        order.append((-math.floor(one.home.low * 10 + 1e-9), round(way_m / 10), -round(one.room_m / 10)))
    assert order == sorted(order)
    assert len({one[0] for one in order}) > 1
    assert len({one.reason for one in found.candidates}) == len(order)


def test_land_too_narrow_for_the_circle_is_not_open() -> None:
    hall, corridor = shapely.box(0, 0, 400, 400), shapely.box(400, 150, 2000, 250)
    room = room_for(shapely.union(hall, corridor), math.pi * 52**2, 100.0)  # the corridor is 4 m too narrow
    corners = (4 - math.pi) * 52**2
    assert room.open_m.intersection(hall).area == pytest.approx(400**2 - corners, rel=0.002)
    assert room.open_m.intersection(corridor).area < 50 * 100
    assert all(hall.buffer(50).covers(site) for site in room.sites)
    assert room_for(corridor, math.pi * 52**2, 100.0).open_m2 == 0
    assert len(room_for(corridor, math.pi * 48**2, 10_000.0).sites) == 1  # no lattice point: a place of its own


def test_same_wish_gives_the_same_answer_in_a_new_plan(sites: Plan, tmp_path_factory: pytest.TempPathFactory) -> None:
    again = load_plan(sitedata.write_sites(tmp_path_factory.mktemp("again") / "data"))
    wish = Wish(60, "0902", road_max_m=4000.0)
    first, second = (find(plan, plan.view(), wish) for plan in (sites, again))
    assert (
        find_json(sites, sites.view(), first, 20)["candidates"]
        == find_json(again, again.view(), second, 20)["candidates"]
    )


def test_scenario_moves_the_land(bare: Plan) -> None:
    wish = Wish(10, zones=("ring_1",), clear=())
    base, wider = bare.view(), bare.view(distances_m=(800, 1500, 3000))
    assert find(bare, wider, wish).ground_m2 > find(bare, base, wish).ground_m2


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (Wish(0), "0.1"),
        (Wish(math.nan), "0.1"),
        (Wish(10, zones=("ring_9",)), "ring_1"),
        (Wish(10, zones=("water",)), "ring_1"),
        (Wish(10, "zz"), "0802"),
        (Wish(10, clear=("trees",)), "parks"),
        (Wish(10, water_min_m=-1), "20,000"),
        (Wish(10, road_max_m=math.inf), "20,000"),
        (Wish(10, metro_max_m=500), "no existing metro station"),
    ],
)
def test_wish_that_the_plan_cannot_answer_says_what_it_can(bare: Plan, wish: Wish, said: str) -> None:
    with pytest.raises(QueryError, match=said):
        find(bare, bare.view(), wish)


def test_drawing_shows_the_miss_and_stands_without_any_land(sites: Plan) -> None:
    view = sites.view()
    for wish, shown in ((Wish(9000, zones=("ring_1",)), "find-miss"), (Wish(20, "1001", ("ring_1",)), "zone-line")):
        cut = find_cut(sites, view, find(sites, view, wish), 10)
        assert cut is not None
        assert shown in {stroke.classes for stroke in cut.strokes if stroke.path}


def test_command_line_lists_the_places_and_the_miss(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["find", "--mu", "200", "--land-use", "0802", "--zones", "ring_2", "--lang", "en"]) == 0
    told = capsys.readouterr().out
    assert "Before number 2" in told
    assert "no offer of land" in told
    assert main(["find", "--mu", "9000", "--zones", "ring_1", "--clear", "", "--lang", "zh"]) == 0
    assert "最接近的" in capsys.readouterr().out
    assert main(["find", "--mu", "9000", "--zones", "ring_9", "--lang", "en"]) == 2
    assert "ring_1" in capsys.readouterr().err


# The shipped plan over HTTP.


def asked(client: FlaskClient, query: str) -> Json:
    answer = client.get(f"/api/find?{query}")
    assert answer.status_code == 200, answer.get_json()
    found: Json = answer.get_json()
    return found


def test_research_land_in_ring_2_is_found_and_never_allowed(client: FlaskClient, plan: Plan) -> None:
    found = asked(client, WISH)
    view, metric = plan.view(), plan.catalogue.metric_crs
    ring, lake = view.zones["ring_2"], view.lake.geometry_m
    assert len(found["candidates"]) == 10
    for one in found["candidates"]:
        site = crs.to_metres(shapely.geometry.shape(one["geometry"]), metric)
        assert site.area == pytest.approx(200 * M2_PER_MU, rel=1e-5)
        assert ring.buffer(0.01).covers(site)
        assert site.distance(lake) >= 500 * 0.999
        assert one["verdict"] == "unknown"  # farmland, redline and growth boundary are not loaded
        slots = [rule for rule in one["rules"] if rule["kind"] == "slot"]
        assert {rule["verdict"] for rule in slots} == {"unknown"}
        assert set(one["deciding"]) >= {rule["id"] for rule in slots}
        assert 0 <= one["sure"]["low"] <= 1 == one["sure"]["high"]
        assert one["reason_zh"] != one["reason_en"]
        way = one["distances"]["metro"]
        assert site.distance(plan.shapes[way["id"]].geometry_m) == pytest.approx(way["distance_m"], abs=0.2)
    said = " ".join(notice["en"] for notice in found["notices"])
    assert said.count("Not checked") == len(plan.catalogue.slots) == 3
    assert "no offer of land" in said


def test_wish_that_stands_in_the_way_is_named(client: FlaskClient) -> None:
    found = asked(client, "mu=5000&land_use=0802&zones=ring_2")
    assert found["candidates"] == []
    assert 0 < found["miss"]["mu"] < 5000
    ways = {one["wish"]: one["more_m2"] for one in found["relaxations"]}
    assert [name for name, more in ways.items() if more > 0] == ["zones"]
    assert asked(client, "mu=5000&land_use=0802")["candidates"]


def test_geojson_holds_the_same_places(client: FlaskClient) -> None:
    answer = client.get(f"/api/find?{WISH}&format=geojson&limit=3")
    assert answer.mimetype == "application/geo+json"
    features = answer.get_json()["features"]
    places = asked(client, f"{WISH}&limit=3")["candidates"]
    assert [one["geometry"] for one in features] == [one["geometry"] for one in places]
    assert all("no offer of land" in one["properties"]["notice"] for one in features)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "mu=200"),
        ("mu=", "mu=200"),
        ("mu=1e3", "1e3"),
        ("mu=0", "0.1"),
        ("mu=200&mu=300", "2"),
        ("mu=200&zones=ring_2,ring_9", "ring_1"),
        ("mu=200&land_use=99", "0802"),
        ("mu=200&land_use=0802'", "0802"),
        ("mu=200&clear=trees", "parks"),
        ("mu=200&water_min=-5", "-5"),
        ("mu=200&road_max=99999", "20,000"),
        ("mu=200&limit=0", "1-20"),
        ("mu=200&limit=" + "9" * 5000, "1-20"),
        ("mu=200&format=kml", "geojson"),
        ("mu=200&where=here", "land_use"),
    ],
)
def test_bad_word_is_refused_with_what_is_possible(client: FlaskClient, query: str, said: str) -> None:
    answer = client.get(f"/api/find?lang=en&{query}")
    assert answer.status_code == 400
    assert said in answer.get_json()["detail"]


def test_form_without_scripts_is_led_to_one_address(client: FlaskClient) -> None:
    answer = client.get("/find?clear=none&clear=parks&clear=sites&mu=200&land_use=&zones=ring_3&zones=ring_2&road_max=")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/find?mu=200&zones=ring_2,ring_3&clear=parks,sites"
    assert client.get("/find?clear=none&mu=200").status_code == 200
    assert (
        client.get("/find?mu=200&clear=none&clear=parks&clear=water&clear=sites").headers["Location"] == "/find?mu=200"
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_page_stands_on_another_folder_and_says_what_it_lacks(bare: Plan, lang: str) -> None:
    client = create_app(Settings(), bare).test_client()
    for query in ("", "&mu=200", "&mu=200&zones=ring_1&land_use=0802", "&mu=90000"):
        page = client.get(f"/find?lang={lang}{query}")
        assert page.status_code == 200
        assert 'id="f-metro_max"' not in page.get_data(as_text=True)
    assert client.get("/find?mu=200&metro_max=500", headers={"Accept": "text/html"}).status_code == 400


def test_nothing_is_kept_without_a_zone_of_the_view(plan: Plan) -> None:
    strip: Found = find(plan, plan.view(reading="annulus"), Wish(2, zones=("strip",), clear=()))
    assert "strip" in land_zones(plan.view(reading="annulus"))
    assert {one.home.zone for one in strip.candidates} == {"strip"}
