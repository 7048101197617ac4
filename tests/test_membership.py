"""Membership: rings by distance, points in polygons, shares, and what the accuracy of the lines allows."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from geo.errors import GeometryError
from geo.membership import RingLocator, ZoneIndex, home_zone, share_bounds, share_by_zone
from geo.membership.shares import disjoint

# A square lake of 1 km in a square extent of 9 km, with a pond of 200 m in ring 2; distances can be done by head.
LAKE = shapely.box(0, 0, 1000, 1000)
POND = shapely.box(2000, 400, 2200, 600)
EXTENT = shapely.box(-4000, -4000, 5000, 5000)
EDGES = (500.0, 1500.0, 3000.0)
RINGS = ("ring_1", "ring_2", "ring_3", "ring_4")
LOCATOR = RingLocator(LAKE, shapely.union(LAKE, POND), EXTENT, EDGES, RINGS)

ZONE_NAMES = (*RINGS, "water", "outside")
# Whole micrometres: coordinates of 1e-300 m upset GEOS itself.
IN_PLAN = st.integers(-5_000_000_000, 6_000_000_000).map(lambda micrometres: micrometres / 1e6)


def drawn_zones() -> list[Any]:
    """The rings of LOCATOR as polygons, in its order."""
    land = EXTENT.difference(LOCATOR.water)
    discs = [LAKE, *(LAKE.buffer(edge, quad_segs=64) for edge in EDGES)]
    bands = [outer.difference(inner) for inner, outer in pairwise(discs)]
    return [*(land.intersection(band) for band in bands), land.difference(discs[-1])]


# Rings by distance


@pytest.mark.parametrize(
    ("x", "y", "zone"),
    [
        (500, 500, "water"),  # in the lake
        (1000, 500, "water"),  # on its shore
        (1000, 1000, "water"),  # at its corner
        (1000.001, 500, "ring_1"),
        (1500, 500, "ring_1"),  # a band holds its outer distance
        (1500.001, 500, "ring_2"),
        (1300, 1400, "ring_1"),  # 300, 400 from the corner: 500
        (1300, 1400.001, "ring_2"),
        (2100, 500, "water"),  # in the pond
        (2200, 500, "water"),  # on its line
        (2500, 500, "ring_2"),
        (4000, 500, "ring_3"),
        (4000.001, 500, "ring_4"),
        (5000, 500, "ring_4"),  # the line of the extent is inside
        (5000.001, 500, "outside"),
    ],
)
def test_locate_ring_closes_each_band_at_its_outer_distance(x: float, y: float, zone: str) -> None:
    assert LOCATOR.locate_ring(x, y).item() == zone


def test_locate_ring_keeps_the_shape_of_the_points() -> None:
    located = LOCATOR.locate_ring(np.array([[500, 1200, 1700], [3000, 4500, 9000]]), 500)
    assert located.tolist() == [["water", "ring_1", "ring_2"], ["ring_3", "ring_4", "outside"]]
    assert LOCATOR.locate_ring([], []).shape == (0,)


def test_locate_ring_puts_a_lake_beyond_the_extent_outside() -> None:
    west = RingLocator(LAKE, LAKE, shapely.box(-4000, -4000, 500, 5000), EDGES, RINGS)
    assert west.locate_ring([400, 600], [500, 500]).tolist() == ["water", "outside"]


def test_locate_ring_of_an_island_counts_the_distance_to_the_water_around_it() -> None:
    holed = shapely.difference(LAKE, shapely.box(200, 200, 800, 800))
    rings = RingLocator(holed, holed, EXTENT, (100.0,), ("shore", "inland"))
    assert rings.locate_ring([250, 300, 500], [500, 500, 500]).tolist() == ["shore", "shore", "inland"]


@settings(deadline=None)
@given(IN_PLAN, IN_PLAN)
def test_locate_ring_agrees_with_plain_arithmetic(x: float, y: float) -> None:
    distance = math.hypot(max(-x, 0, x - 1000), max(-y, 0, y - 1000))
    in_pond = 2000 <= x <= 2200 and 400 <= y <= 600
    assume(distance == 0 or all(abs(distance - edge) > 1e-9 for edge in (0, *EDGES)))
    if not (-4000 <= x <= 5000 and -4000 <= y <= 5000):
        expected = "outside"
    elif distance == 0 or in_pond:
        expected = "water"
    else:
        expected = RINGS[sum(distance > edge for edge in EDGES)]
    assert LOCATOR.locate_ring(x, y).item() == expected
    assert LOCATOR.distance_m(x, y).item() == pytest.approx(distance)


@pytest.mark.parametrize("at", [0, 2])
@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_a_missing_coordinate_is_named_by_its_position(at: int, value: float) -> None:
    x = [1.0, 2.0, 3.0]
    x[at] = value
    for ask in (LOCATOR.locate_ring, LOCATOR.distance_m, ZoneIndex([LAKE]).locate):
        with pytest.raises(GeometryError, match=f"Point {at} ") as refused:
            ask(x, [1.0, 2.0, 3.0])
        assert f"第 {at} 个点" in refused.value.zh


def test_points_of_two_lengths_are_refused() -> None:
    with pytest.raises(GeometryError, match="one x for each y"):
        LOCATOR.locate_ring([1.0, 2.0], [1.0, 2.0, 3.0])


@pytest.mark.parametrize(
    ("edges", "names"),
    [((500.0, 500.0), ("a", "b", "c")), ((0.0,), ("a", "b")), ((math.inf,), ("a", "b")), ((500.0,), ("a",))],
)
def test_edges_that_do_not_fit_are_refused(edges: tuple[float, ...], names: tuple[str, ...]) -> None:
    with pytest.raises(GeometryError, match="do not fit"):
        RingLocator(LAKE, LAKE, EXTENT, edges, names)


@pytest.mark.parametrize(
    "lake", [None, shapely.Polygon(), shapely.Point(1, 1), shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])]
)
def test_a_lake_that_is_no_area_is_refused(lake: Any) -> None:
    with pytest.raises(GeometryError, match="lake is not a valid area"):
        RingLocator(lake, LAKE, EXTENT, EDGES, RINGS)


# On the ground


@pytest.mark.parametrize(
    ("x", "accuracy_m", "zones"),
    [
        (1200, 50, ("ring_1",)),
        (1480, 50, ("ring_1", "ring_2")),
        (1550, 50, ("ring_1", "ring_2")),  # 550 - 50 is still 500, which is in ring 1
        (1550.1, 50, ("ring_2",)),
        (1050, 50, ("water", "ring_1")),
        (950, 50, ("water",)),  # 50 m deep: the shore at its worst leaves the point in the water
        (950.1, 50, ("water", "ring_1")),
        (1250, 600, ("water", "ring_1", "ring_2")),
        (500, 2500, ("water", "ring_1", "ring_2", "ring_3")),
        (1990, 50, ("water", "ring_2")),  # beside the pond
        (2020, 50, ("water", "ring_2")),  # in the pond, near its line
        (2100, 50, ("water",)),
        (4980, 50, ("ring_4", "outside")),
        (5020, 50, ("ring_4", "outside")),
        (5060, 50, ("outside",)),
        (5000, 0, ("ring_4",)),
        (1000, 0, ("water",)),
    ],
)
def test_on_the_ground_names_the_zones_that_the_accuracy_allows(
    x: float, accuracy_m: float, zones: tuple[str, ...]
) -> None:
    assert LOCATOR.on_the_ground(x, 500, accuracy_m) == zones


@settings(deadline=None)
@given(IN_PLAN, IN_PLAN, st.floats(0, 3000), st.floats(0, 3000))
def test_on_the_ground_holds_the_zone_by_the_line_and_grows_with_the_bound(
    x: float, y: float, one_m: float, two_m: float
) -> None:
    by_line = LOCATOR.locate_ring(x, y).item()
    few, more = (set(LOCATOR.on_the_ground(x, y, bound)) for bound in sorted((one_m, two_m)))
    assert by_line in few
    assert few <= more
    assert LOCATOR.on_the_ground(x, y, 0.0) == (by_line,)


@settings(deadline=None)
@given(IN_PLAN, IN_PLAN, st.floats(1, 1500), st.floats(0, 2 * math.pi), st.floats(0, 0.999))
def test_on_the_ground_holds_every_zone_within_the_bound(
    x: float, y: float, bound_m: float, turn: float, part: float
) -> None:
    # A point moved by less than the bound is one way in which the truth may differ.
    moved = LOCATOR.locate_ring(x + part * bound_m * math.cos(turn), y + part * bound_m * math.sin(turn)).item()
    assert moved in LOCATOR.on_the_ground(x, y, bound_m)


@pytest.mark.parametrize("accuracy_m", [-1.0, math.nan, math.inf])
def test_an_accuracy_that_is_no_bound_is_refused(accuracy_m: float) -> None:
    with pytest.raises(GeometryError, match="accuracy"):
        LOCATOR.on_the_ground(0, 0, accuracy_m)
    with pytest.raises(GeometryError, match="accuracy"):
        share_bounds(LAKE, LOCATOR, accuracy_m)


# Points in any polygons


def brute_force(zones: list[Any], x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The first zone that meets each point, asked one by one."""
    points = shapely.points(x, y)
    found = np.full(len(x), -1)
    for position in reversed(range(len(zones))):
        found[shapely.intersects(zones[position], points)] = position
    return found


def hard_points(zones: list[Any], rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Points over the zones, at vertices, on edges, a hair beside them, and on the lines that edges lie on."""
    corners = np.vstack([shapely.get_coordinates(zone) for zone in zones] or [np.zeros((0, 2))])
    if not len(corners):
        return rng.uniform(-1, 1, 20), rng.uniform(-1, 1, 20)
    low, high = corners.min(axis=0), corners.max(axis=0)
    spread = rng.uniform(low - (high - low) / 5, high + (high - low) / 5, (300, 2))
    crossed = np.column_stack((rng.choice(corners[:, 0], 60), rng.choice(corners[:, 1], 60)))
    at = rng.integers(0, len(corners) - 1, 120)
    on_lines = corners[at] + (corners[at + 1] - corners[at]) * rng.uniform(-2, 3, (120, 1))
    hairs = 10.0 ** rng.uniform(-14, -2, (120, 1)) * (high - low) * rng.choice([-1, 1], (120, 2))
    points = np.vstack([spread, corners, crossed, on_lines, on_lines + hairs])
    return points[:, 0], points[:, 1]


def assert_same_as_brute_force(zones: list[Any], x: np.ndarray, y: np.ndarray) -> None:
    np.testing.assert_array_equal(ZoneIndex(zones).locate(x, y), brute_force(zones, x, y))


@st.composite
def polygons(draw: st.DrawFn) -> Any:
    """Boxes on a lattice, stars, rings with a hole, slivers, many parts, thick lines, and nothing."""
    x, y = draw(st.integers(0, 12)) / 8, draw(st.integers(0, 12)) / 8
    size = draw(st.floats(0.01, 0.8))
    kind = draw(st.sampled_from(["box", "star", "ring", "sliver", "parts", "road", "empty"]))
    if kind == "box":
        return shapely.box(x, y, x + draw(st.integers(1, 5)) / 8, y + draw(st.integers(1, 5)) / 8)
    if kind == "star":
        radii = np.array(draw(st.lists(st.floats(0.05, 1), min_size=3, max_size=25))) * size
        turns = np.linspace(0, 2 * np.pi, len(radii), endpoint=False)
        return shapely.Polygon(np.column_stack((x + radii * np.cos(turns), y + radii * np.sin(turns))))
    if kind == "ring":
        disc = shapely.Point(x, y).buffer(size, quad_segs=draw(st.integers(1, 32)))
        return disc.difference(shapely.box(x - size / 3, y - size / 4, x + size / 5, y + size / 3))
    if kind == "sliver":
        return shapely.Polygon([(x, y), (x + size, y + 1e-7), (x + 1, y + 1e-6)])
    if kind == "parts":
        return shapely.MultiPolygon([shapely.box(x + i / 4, y, x + i / 4 + 0.125, y + size) for i in range(4)])
    if kind == "road":
        return shapely.LineString([(x, y), (x + size, y + 0.3), (x, y + 0.5)]).buffer(size / 50, quad_segs=2)
    return shapely.Polygon()


@settings(max_examples=150, deadline=None)
@given(
    st.lists(polygons(), max_size=6),
    st.sampled_from([1e-3, 1.0, 1e4, 1e7]),
    st.sampled_from([0.0, 4e5, 3.2e6, -1e9]),
    st.integers(0, 2**32 - 1),
)
def test_zone_index_agrees_with_brute_force(shapes: list[Any], scale: float, offset: float, seed: int) -> None:
    zones = [shapely.transform(shape, lambda xy: xy * scale + offset) for shape in shapes]
    zones = [zone for zone in zones if zone.is_valid]  # far from 0, rounding may fold a sliver
    assert_same_as_brute_force(zones, *hard_points(zones, np.random.default_rng(seed)))


@settings(max_examples=60, deadline=None)
@given(st.lists(polygons(), min_size=2, max_size=5), st.integers(0, 2**32 - 1))
def test_zone_index_of_a_partition_gives_shared_edges_to_the_first(shapes: list[Any], seed: int) -> None:
    zones = list(disjoint([shape for shape in shapes if shape.is_valid]))
    zones = [zone for zone in zones if zone.geom_type in ("Polygon", "MultiPolygon") and zone.is_valid]
    assert_same_as_brute_force(zones, *hard_points(zones, np.random.default_rng(seed)))


def test_zone_index_of_drawn_rings_agrees_with_brute_force() -> None:
    zones = drawn_zones()
    rng = np.random.default_rng(7)
    x, y = hard_points(zones, rng)
    more = rng.uniform(-5000, 6000, (20_000, 2))
    assert_same_as_brute_force(zones, np.append(x, more[:, 0]), np.append(y, more[:, 1]))


def test_zone_index_agrees_with_the_distance_away_from_the_arcs() -> None:
    # A drawn arc lies inside the true one by at most 1 - cos(90 / 64 / 2 degrees) of its radius: 0.23 m at 3 km.
    rng = np.random.default_rng(8)
    x, y = rng.uniform(-3900, 4900, (2, 20_000))
    distance_m = LOCATOR.distance_m(x, y)
    clear = np.all([(distance_m <= edge - 0.24) | (distance_m > edge) for edge in EDGES], axis=0)
    names = np.array([*RINGS, "water"])
    by_polygon = names[ZoneIndex([*drawn_zones(), LOCATOR.water]).locate(x, y)]
    assert (by_polygon[clear] == LOCATOR.locate_ring(x, y)[clear]).all()
    assert clear.mean() > 0.99


@pytest.mark.parametrize(
    ("zones", "expected"),
    [
        ([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)], [0, 0, 0, 1, -1]),
        ([shapely.box(1, 0, 2, 1), shapely.box(0, 0, 1, 1)], [1, 1, 0, 0, -1]),
        ([shapely.box(0, 0, 2, 1), shapely.box(0, 0, 2, 1)], [0, 0, 0, 0, -1]),
        ([shapely.Polygon(), shapely.box(0, 0, 1, 1)], [1, 1, 1, -1, -1]),
        ([shapely.box(5, 5, 6, 6)], [-1, -1, -1, -1, -1]),
        ([shapely.Polygon()], [-1, -1, -1, -1, -1]),
        ([], [-1, -1, -1, -1, -1]),
    ],
)
def test_zone_index_gives_the_first_zone_in_order(zones: list[Any], expected: list[int]) -> None:
    assert ZoneIndex(zones).locate([0, 0.5, 1, 1.5, 2.5], [0, 0.5, 0.5, 1, 0.5]).tolist() == expected


def test_zone_index_covers_overlaps_wider_than_a_cell() -> None:
    zones = [shapely.box(40, 40, 60, 60), shapely.box(20, 20, 80, 80), shapely.box(0, 0, 100, 100)]
    assert ZoneIndex(zones).locate([50, 30, 10, 20, 40], [50, 30, 10, 50, 50]).tolist() == [0, 1, 2, 1, 0]
    assert set(ZoneIndex(zones[::-1]).locate([50, 30, 10, 20, 40], [50, 30, 10, 50, 50])) == {0}


def test_zone_index_keeps_the_shape_and_takes_single_points() -> None:
    index = ZoneIndex([shapely.box(0, 0, 1, 1)])
    assert index.locate([[0.5, 2.0]], [[0.5, 0.5]]).tolist() == [[0, -1]]
    assert index.locate(0.5, 0.5).item() == 0
    assert index.locate([], []).shape == (0,)
    assert index.locate([1e300, -1e300], [0.5, 1e300]).tolist() == [-1, -1]


def test_zone_index_of_crowded_and_tiny_edges_agrees_with_brute_force() -> None:
    # A disc of 20,000 vertices in a corner of a large box, and a step a hair high: GEOS is asked there.
    disc = shapely.Point(0, 0).buffer(0.001, quad_segs=5000)
    step = shapely.Polygon([(50, 0), (60, 0), (60, 1), (55, 1), (55, 1 + 1e-9), (50, 1 + 1e-9)])
    zones = [disc, step, shapely.box(0, 0, 100, 100)]
    assert_same_as_brute_force(zones, *hard_points(zones, np.random.default_rng(3)))


def test_zone_index_of_a_long_strip_agrees_with_brute_force() -> None:
    zones = [shapely.box(0, 0, 1e6, 1e-3), shapely.box(0, 1e-3, 1e6, 2e-3)]
    rng = np.random.default_rng(4)
    assert_same_as_brute_force(zones, rng.uniform(-1, 1e6 + 1, 2000), rng.uniform(-1e-3, 3e-3, 2000))


def test_zone_index_of_many_zones_agrees_with_brute_force() -> None:
    # A chessboard of 900 squares: every inner vertex belongs to four, and the first has it.
    zones = [shapely.box(x, y, x + 1, y + 1) for y in range(30) for x in range(30)]
    x, y = (corner.ravel() for corner in np.meshgrid(np.arange(0, 31), np.arange(0, 31)))
    expected = np.maximum(y - 1, 0) * 30 + np.maximum(x - 1, 0)
    np.testing.assert_array_equal(ZoneIndex(zones).locate(x, y), expected)


def test_zone_index_is_the_same_in_every_thread() -> None:
    index = ZoneIndex(drawn_zones())
    x, y = np.random.default_rng(5).uniform(-4000, 5000, (2, 50_000))
    expected = index.locate(x, y)
    with ThreadPoolExecutor(4) as pool:
        for found in pool.map(lambda _: index.locate(x, y), range(8)):
            np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize(
    "zone",
    [
        None,
        shapely.Point(0, 0),
        shapely.LineString([(0, 0), (1, 1)]),
        shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)]),
    ],
)
def test_a_zone_that_is_no_valid_polygon_is_named_by_its_position(zone: Any) -> None:
    for ask in (ZoneIndex, lambda zones: share_by_zone([LAKE], zones)):
        with pytest.raises(GeometryError, match="Zone 1 is not a valid polygon"):
            ask([LAKE, zone])


# Shares


def test_shares_of_an_area_over_two_zones_and_outside() -> None:
    shares = share_by_zone([shapely.box(0.5, 0, 2.5, 1)], [shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)])
    assert shares.tolist() == [[0.25, 0.5, 0.25]]


def test_shares_give_an_overlap_to_the_first_zone() -> None:
    first, second = shapely.box(0, 0, 3, 1), shapely.box(1, 0, 4, 1)
    area = shapely.box(0, 0, 4, 1)
    assert share_by_zone([area], [first, second]).tolist() == [[0.75, 0.25, 0.0]]
    assert share_by_zone([area], [second, first]).tolist() == [[0.75, 0.25, 0.0]]
    assert share_by_zone([shapely.box(1, 0, 3, 1)], [first, second]).tolist() == [[1.0, 0.0, 0.0]]


def test_shares_without_areas_or_zones() -> None:
    assert share_by_zone([], [LAKE]).shape == (0, 2)
    assert share_by_zone([LAKE], []).tolist() == [[1.0]]
    assert share_by_zone([LAKE], [shapely.Polygon(), EXTENT]).tolist() == [[0.0, 1.0, 0.0]]


@settings(max_examples=100, deadline=None)
@given(st.lists(polygons(), min_size=1, max_size=4), st.lists(polygons(), max_size=5))
def test_shares_of_every_area_sum_to_1(areas: list[Any], zones: list[Any]) -> None:
    areas = [area for area in areas if area.is_valid and area.area > 1e-9]
    zones = [zone for zone in zones if zone.is_valid]
    shares = share_by_zone(areas, zones)
    assert shares.shape == (len(areas), len(zones) + 1)
    assert ((shares >= 0) & (shares <= 1)).all()
    np.testing.assert_allclose(shares.sum(axis=1), 1, atol=1e-9)
    outside = [1 - area.intersection(shapely.union_all(zones)).area / area.area for area in areas]
    np.testing.assert_allclose(shares[:, -1], outside, atol=1e-7)


def test_shares_of_drawn_rings_leave_nothing_outside() -> None:
    areas = [shapely.box(x, y, x + 700, y + 700) for x in range(-4000, 4300, 900) for y in range(-4000, 4300, 900)]
    shares = share_by_zone(areas, [*drawn_zones(), LOCATOR.water])
    np.testing.assert_allclose(shares.sum(axis=1), 1, atol=1e-12)
    assert (shares[:, -1] == 0).all()


def test_shares_do_not_depend_on_the_order_of_the_areas() -> None:
    areas = [shapely.box(x, 400, x + 900, 900) for x in range(-4500, 5000, 500)]
    zones = drawn_zones()
    np.testing.assert_array_equal(share_by_zone(areas[::-1], zones), share_by_zone(areas, zones)[::-1])


@pytest.mark.parametrize(
    "area", [None, shapely.Polygon(), shapely.Point(1, 1), shapely.LineString([(0, 0), (1, 1)]), shapely.MultiPolygon()]
)
def test_an_area_without_size_is_named_by_its_position(area: Any) -> None:
    with pytest.raises(GeometryError, match="Area 1 "):
        share_by_zone([LAKE, area], [EXTENT])
    with pytest.raises(GeometryError, match="Area 0 "):
        share_bounds(area, LOCATOR, 100.0)


@pytest.mark.parametrize(
    ("shares", "home"),
    [
        ([0.2, 0.5, 0.3], 1),
        ([0.5, 0.5, 0.0], 0),
        ([0.0, 0.5 - 1e-12, 0.5], 1),  # closer than rounding is a tie
        ([0.0, 0.4, 0.6], 2),
        ([1.0], 0),
    ],
)
def test_home_zone_is_the_largest_share_and_a_tie_goes_inward(shares: list[float], home: int) -> None:
    assert home_zone(shares) == home
    assert home_zone([shares, shares]).tolist() == [home, home]


def test_home_zone_of_no_rows_is_no_rows() -> None:
    assert home_zone(np.zeros((0, 3))).tolist() == []


@pytest.mark.parametrize("shares", [[], [0.5, math.nan], 0.5])
def test_home_zone_without_a_share_is_refused(shares: Any) -> None:
    with pytest.raises(GeometryError, match="home zone"):
        home_zone(shares)


# Bounds of shares


def test_share_bounds_of_a_strip_by_arithmetic() -> None:
    # 2 km east of the shore: 500 m of ring 1, 1,000 of ring 2 and 500 of ring 3, less the pond; lines known to 100 m.
    strip = shapely.box(1000, 700, 3000, 800)
    low, high = share_bounds(strip, LOCATOR, 100.0)
    # The pond, 100 m south, may reach the strip: its grown box is 400 m wide at most and touches at 700.
    np.testing.assert_allclose(low, [0.15, 0.40, 0.20, 0, 0, 0], atol=1e-6)
    np.testing.assert_allclose(high, [0.30, 0.60, 0.30, 0, 0.05, 0], atol=1e-6)


def test_share_bounds_at_the_line_of_the_extent() -> None:
    low, high = share_bounds(shapely.box(4800, 0, 5200, 100), LOCATOR, 100.0)
    np.testing.assert_allclose(low, [0, 0, 0, 0.25, 0, 0.25], atol=1e-6)
    np.testing.assert_allclose(high, [0, 0, 0, 0.75, 0, 0.75], atol=1e-6)


@st.composite
def plots(draw: st.DrawFn) -> Any:
    x, y = draw(IN_PLAN), draw(IN_PLAN)
    return shapely.box(x, y, x + draw(st.floats(1, 3000)), y + draw(st.floats(1, 3000)))


@settings(max_examples=60, deadline=None)
@given(plots(), st.floats(0, 2000), st.floats(0, 2000))
def test_share_bounds_hold_the_share_and_widen_with_the_accuracy(area: Any, one_m: float, two_m: float) -> None:
    share = share_by_zone([area], [*drawn_zones(), LOCATOR.water.intersection(EXTENT)])[0]
    near, far = (share_bounds(area, LOCATOR, bound_m) for bound_m in sorted((one_m, two_m)))
    for low, high in (near, far):
        assert low.shape == high.shape == (len(ZONE_NAMES),)
        assert (low <= share + 1e-9).all()
        assert (share <= high + 1e-9).all()
        assert ((low >= 0) & (high <= 1)).all()
    assert (far[0] <= near[0] + 1e-6).all()  # an arc of 64 segments is drawn, not exact
    assert (far[1] >= near[1] - 1e-6).all()


@settings(max_examples=40, deadline=None)
@given(plots())
def test_share_bounds_without_doubt_are_the_share(area: Any) -> None:
    share = share_by_zone([area], [*drawn_zones(), LOCATOR.water.intersection(EXTENT)])[0]
    low, high = share_bounds(area, LOCATOR, 0.0)
    np.testing.assert_allclose(low, share, atol=1e-6)
    np.testing.assert_allclose(high, share, atol=1e-6)


@settings(max_examples=40, deadline=None)
@given(IN_PLAN, IN_PLAN, st.floats(10, 1000))
def test_share_bounds_of_a_speck_say_what_holds_on_the_ground(x: float, y: float, bound_m: float) -> None:
    speck = shapely.box(x - 0.005, y - 0.005, x + 0.005, y + 0.005)
    _, high = share_bounds(speck, LOCATOR, bound_m)
    wide = set(LOCATOR.on_the_ground(x, y, bound_m + 0.5))  # the speck and the drawn arcs
    narrow = set(LOCATOR.on_the_ground(x, y, max(bound_m - 0.5, 0.0)))
    possible = {name for name, share in zip(ZONE_NAMES, high, strict=True) if share > 1e-9}
    assert possible <= wide
    assert narrow <= possible
