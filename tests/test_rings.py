import itertools
import math

import pytest
import shapely
from hypothesis import example, given
from hypothesis import strategies as st
from shapely import Polygon, box

from geo import rings
from geo.errors import QueryError

SIDE = 2000.0  # a square lake, so that ring areas are sums of rectangles and a disc
LAKE = box(-SIDE / 2, -SIDE / 2, SIDE / 2, SIDE / 2)
EXTENT = box(-10_000, -10_000, 10_000, 10_000)
CORNERS = 4 * rings.QUADRANT_SEGMENTS
DISC = CORNERS / 2 * math.sin(2 * math.pi / CORNERS)  # area of the drawn unit circle, a polygon of 256 corners


def belt(inner: float, outer: float) -> float:
    """Area between two distances from the square lake: four rectangles and a ring of the drawn circle."""
    return 4 * SIDE * (outer - inner) + DISC * (outer**2 - inner**2)


@pytest.mark.parametrize("reading", rings.READINGS)
def test_ring_areas_of_a_square_lake_by_hand(reading: str) -> None:
    edges_m, zone_ids = rings.bands((500, 1500, 3000), 100, reading)
    zones = rings.partition(EXTENT, LAKE, LAKE, edges_m=edges_m, zone_ids=zone_ids)
    limits = (0.0, *edges_m)
    for zone_id, (inner, outer) in zip(zone_ids, itertools.pairwise(limits), strict=False):
        assert zones[zone_id].area == pytest.approx(belt(inner, outer), rel=1e-12)
    assert zones["ring_4"].area == pytest.approx(EXTENT.area - LAKE.area - belt(0, 3000), rel=1e-12)
    assert zones["water"].area == LAKE.area


def test_annulus_puts_the_shore_strip_beside_ring_1() -> None:
    belts = rings.partition(EXTENT, LAKE, LAKE, **_bands("shore_belt"))
    annulus = rings.partition(EXTENT, LAKE, LAKE, **_bands("annulus"))
    assert annulus["strip"].area + annulus["ring_1"].area == pytest.approx(belts["ring_1"].area, rel=1e-12)
    assert annulus["ring_2"].equals(belts["ring_2"])


lakes = st.lists(st.floats(200.0, 3000.0), min_size=5, max_size=24).map(
    lambda radii: Polygon(
        [
            (r * math.cos(2 * math.pi * i / len(radii)), r * math.sin(2 * math.pi * i / len(radii)))
            for i, r in enumerate(radii)
        ]
    )
)


def spiky(*radii: float) -> Polygon:
    """A lake with these distances of its corners from the middle, in metres."""
    turn = 2 * math.pi / len(radii)
    return Polygon([(r * math.cos(turn * i), r * math.sin(turn * i)) for i, r in enumerate(radii)])


@example(
    spiky(319, 1778, 200, 200, 200, 200, 200, 764),
    spiky(200, 200, 200, 1290, 768.3188940879579, 2600, 200, 200),
    rings.SHORE_BELT,
)
@given(lakes, lakes, st.sampled_from(rings.READINGS))
def test_zones_partition_any_extent(lake: Polygon, other: Polygon, reading: str) -> None:
    water = lake.union(shapely.affinity.translate(other, 2500, 1000))
    extent = box(-2800, -4000, 6000, 5000)
    zones = rings.partition(extent, lake, water, **_bands(reading))
    parts = list(zones.values())
    assert sum(part.area for part in parts) == pytest.approx(extent.area, rel=1e-9)
    for one, two in itertools.combinations(parts, 2):
        # Without a grid the overlay itself may invent a face where two zones share a border.
        assert shapely.intersection(one, two, grid_size=1e-6).area < 1e-6 * extent.area


def test_zone_that_does_not_occur_is_empty() -> None:
    zones = rings.partition(box(-1100, -1100, 1100, 1100), LAKE, LAKE, **_bands("shore_belt"))
    assert [zone_id for zone_id, zone in zones.items() if zone.is_empty] == ["ring_2", "ring_3", "ring_4"]


def test_edge_lines_lie_at_their_distance_on_land() -> None:
    other = box(1200, -3000, 1400, 3000)
    for distance, line in rings.edge_lines(EXTENT, LAKE, LAKE.union(other), (100, 500, 1500)).items():
        points = shapely.points(shapely.get_coordinates(line))
        assert shapely.distance(points, LAKE).min() >= distance * (1 - 1e-3)
        assert shapely.distance(points, LAKE).max() <= distance * (1 + 1e-9)
        assert line.intersection(other.buffer(-1e-6)).length == 0


@pytest.mark.parametrize(
    ("distances", "strip", "reading"),
    [((500, 400), 100, "annulus"), ((100, 500), 100, "shore_belt"), ((), 100, "annulus"), ((500,), 0, "annulus")],
)
def test_distances_that_do_not_grow_are_refused(distances: tuple[float, ...], strip: float, reading: str) -> None:
    with pytest.raises(QueryError, match="grow outwards"):
        rings.bands(distances, strip, reading)


def test_unknown_reading_is_refused_with_what_is_possible() -> None:
    with pytest.raises(QueryError, match="shore_belt, annulus"):
        rings.bands((500,), 100, "ring")


def _bands(reading: str) -> dict[str, tuple[float, ...] | tuple[str, ...]]:
    edges_m, zone_ids = rings.bands((500, 1500, 3000), 100, reading)
    return {"edges_m": edges_m, "zone_ids": zone_ids}
