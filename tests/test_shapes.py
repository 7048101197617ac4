import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, Point, Polygon, box

from geo import shapes
from geo.errors import GeometryError


@given(st.floats(1.0, 1e9))
def test_footprint_has_exactly_the_stated_area(area_m2: float) -> None:
    drawn = shapes.footprint(Point(406_000, 3_176_000), area_m2)
    assert drawn.area == pytest.approx(area_m2, rel=1e-6)
    assert drawn.centroid.distance(Point(406_000, 3_176_000)) < 1e-3 * math.sqrt(area_m2)


@pytest.mark.parametrize("area_m2", [0.0, -1.0, math.nan])
def test_footprint_of_no_area_is_refused(area_m2: float) -> None:
    with pytest.raises(GeometryError):
        shapes.footprint(Point(0, 0), area_m2)


def test_area_bound_of_a_square_by_hand() -> None:
    # each corner's neighbours lie a diagonal apart: u = a/2 sqrt(4 x 2 s^2) = a s sqrt(2)
    assert shapes.area_bound_m2(box(0, 0, 300, 300), 10.0) == pytest.approx(10 * 300 * math.sqrt(2))


def test_area_bound_counts_holes_and_parts() -> None:
    whole = Polygon(box(0, 0, 300, 300).exterior.coords, [box(100, 100, 200, 200).exterior.coords])
    assert shapes.area_bound_m2(whole, 10.0) == pytest.approx(10 * math.sqrt(2) * math.hypot(300, 100))


def test_area_bound_covers_moved_corners() -> None:
    """Corners moved at random with the 95 % bound a stay within u about 95 times in 100."""
    corners = np.array([(0, 0), (900, 100), (1200, 700), (500, 1100), (-200, 600)], dtype=float)
    accuracy_m = 20.0
    bound = shapes.area_bound_m2(Polygon(corners), accuracy_m)
    random = np.random.default_rng(20_261_120)
    moved = random.normal(scale=accuracy_m / 1.96, size=(4000, *corners.shape))
    areas = np.array([Polygon(corners + move).area for move in moved])
    within = (abs(areas - Polygon(corners).area) <= bound).mean()
    assert within == pytest.approx(0.95, abs=0.015)


def test_points_and_lines_have_no_area_to_bound() -> None:
    assert shapes.area_bound_m2(Point(0, 0), 10.0) == 0.0
    assert shapes.area_bound_m2(LineString([(0, 0), (1, 1)]), 10.0) == 0.0
