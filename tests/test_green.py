"""Green figures by arithmetic on squares, by laws, and the raster against polygons."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import GeometryError, QueryError
from geo.green import (
    GreenFigure,
    coverage_by_zone,
    green_coverage_rate,
    green_coverage_rate_raster,
    green_space_ratio,
    mapped_green_share,
    park_green_per_head,
)

WEST, EAST = shapely.box(0, 0, 10, 10), shapely.box(10, 0, 20, 10)
WHOLE = shapely.box(0, 0, 20, 10)
BOW_TIE = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])


@st.composite
def squares(draw: st.DrawFn) -> Any:
    # Whole millimetres, as surveys have them; coordinates of 1e-300 m upset GEOS itself.
    x, y, size = (draw(st.integers(*span)) / 1000 for span in ((-5000, 20000), (-5000, 10000), (100, 8000)))
    return shapely.box(x, y, x + size, y + size)


# Area of green


def test_coverage_counts_an_overlap_once() -> None:
    green = [shapely.box(0, 0, 4, 10), shapely.box(2, 0, 12, 10)]
    assert coverage_by_zone(green, [WEST, EAST]).tolist() == [100.0, 20.0]


def test_coverage_without_green_or_zones() -> None:
    assert coverage_by_zone([], [WEST, EAST]).tolist() == [0.0, 0.0]
    assert coverage_by_zone([shapely.Polygon()], [WEST, shapely.Polygon()]).tolist() == [0.0, 0.0]
    assert coverage_by_zone([WEST], []).shape == (0,)


@settings(deadline=None)
@given(st.lists(squares(), max_size=6), st.randoms(use_true_random=False))
def test_coverage_does_not_depend_on_order_or_duplicates(green: list[Any], random: Any) -> None:
    shuffled = [*green, *green[:2]]
    random.shuffle(shuffled)
    expected = coverage_by_zone(green, [WEST, EAST])
    np.testing.assert_allclose(coverage_by_zone(shuffled, [WEST, EAST]), expected, atol=1e-9)


@settings(deadline=None)
@given(st.lists(squares(), max_size=6))
def test_coverage_of_a_partition_sums_to_the_whole(green: list[Any]) -> None:
    parts = coverage_by_zone(green, [WEST, EAST])
    assert parts.sum() == pytest.approx(coverage_by_zone(green, [WHOLE])[0], abs=1e-9)
    assert (parts <= 100 + 1e-9).all()


@pytest.mark.parametrize("shape", [None, BOW_TIE, shapely.Point(0, 0)])
def test_what_is_no_valid_area_is_named_by_its_position(shape: Any) -> None:
    with pytest.raises(GeometryError, match="Green area 1 is not a valid polygon"):
        coverage_by_zone([WEST, shape], [WEST])
    with pytest.raises(GeometryError, match="Zone 1 is not a valid polygon"):
        coverage_by_zone([WEST], [WEST, shape])


# Rate and lower bound from polygons


def test_coverage_rate_is_canopy_over_the_zone() -> None:
    west, east = green_coverage_rate([shapely.box(5, 0, 12, 10)], [WEST, EAST])
    assert west == GreenFigure("green_coverage_rate", 0.5, 50.0, 100.0, "zone")
    assert (east.value, east.numerator_m2, east.denominator) == (0.2, 20.0, 100.0)


def test_mapped_green_share_is_a_lower_bound_under_its_own_name() -> None:
    figure = mapped_green_share([shapely.box(5, 0, 12, 10)], [WEST])[0]
    assert (figure.metric, figure.value, figure.lower_bound) == ("mapped_green_share", 0.5, True)


@pytest.mark.parametrize("measure", [green_coverage_rate, mapped_green_share])
def test_no_layer_is_no_data_and_a_bare_zone_is_zero(measure: Any) -> None:
    missing, bare = measure(None, [WEST])[0], measure([], [WEST])[0]
    assert (missing.value, missing.numerator_m2, missing.denominator) == (None, None, None)
    assert missing.reason_en
    assert missing.reason_zh
    assert (bare.value, bare.numerator_m2, bare.reason_en) == (0.0, 0.0, "")


@pytest.mark.parametrize("measure", [green_coverage_rate, mapped_green_share])
def test_a_zone_without_area_has_no_figure(measure: Any) -> None:
    assert measure([WEST], [shapely.Polygon()])[0].reason_en == "The zone has no area."


def test_three_metrics_have_three_names_and_say_what_they_count() -> None:
    figures = [
        green_coverage_rate([WEST], [WEST])[0],
        green_space_ratio([WEST], ["1401"], [WEST], {"14"})[0],
        park_green_per_head([WEST], ["G1"], 100),
        mapped_green_share([WEST], [WEST])[0],
    ]
    assert len({figure.metric for figure in figures}) == 4
    assert len({figure.counts_en for figure in figures}) == 4
    assert len({figure.counts_zh for figure in figures}) == 4


# Rate from a raster

BOUNDS = (0.0, 0.0, 20.0, 10.0)
VALUES = np.array([[1, 1, 2, 9], [3, 2, 2, 3]])  # cells of 5 x 5, north above: 1 and 3 are vegetation, 9 no data


def raster_rate(zone: Any, values: Any = VALUES) -> GreenFigure:
    return green_coverage_rate_raster(values, BOUNDS, {1, 3}, [zone], nodata=9)[0]


def test_raster_counts_cells_and_leaves_missing_ones_out() -> None:
    figure = raster_rate(WHOLE)
    assert figure == GreenFigure("green_coverage_rate", 100 / 175, 100.0, 175.0, "seen", seen_share=0.875)


def test_raster_counts_parts_of_cells() -> None:
    figure = raster_rate(shapely.box(2.5, 2.5, 7.5, 7.5))  # a quarter of each of the first four cells: 1, 1, 3 and 2
    assert figure.value == pytest.approx(0.75, rel=1e-6)
    assert figure.denominator == pytest.approx(25, rel=1e-6)


def test_raster_takes_nan_for_missing() -> None:
    values = VALUES.astype(float)
    values[0, 3] = math.nan
    assert green_coverage_rate_raster(values, BOUNDS, {1, 3}, [WHOLE])[0] == raster_rate(WHOLE)


def test_raster_that_ends_within_the_zone_says_how_much_is_seen() -> None:
    figure = raster_rate(shapely.box(-20, 0, 5, 10))  # 5 of 25 m in width have data: cells 1 and 3
    assert figure.value == pytest.approx(1.0)
    assert figure.seen_share == pytest.approx(0.2)


@pytest.mark.parametrize(
    ("zone", "reason"),
    [
        (shapely.box(100, 100, 110, 110), "No data reaches into the zone."),
        (shapely.box(15, 5, 20, 10), "No data reaches into the zone."),
        (shapely.Polygon(), "The zone has no area."),
    ],
)
def test_raster_without_data_in_the_zone_has_no_figure(zone: Any, reason: str) -> None:
    figure = raster_rate(zone)
    assert (figure.value, figure.reason_en) == (None, reason)


def test_raster_without_vegetation_is_zero() -> None:
    assert green_coverage_rate_raster(VALUES, BOUNDS, {7}, [WHOLE], nodata=9)[0].value == 0.0


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from([1, 2, 9]), min_size=4, max_size=4), min_size=2, max_size=5),
    squares(),
)
def test_raster_agrees_with_its_cells_as_polygons(rows: list[list[int]], zone: Any) -> None:
    zone = shapely.difference(zone, shapely.Point(8, 5).buffer(1.5))
    height, width = 10 / len(rows), 5.0
    cells = [
        (value, shapely.box(c * width, 10 - (r + 1) * height, (c + 1) * width, 10 - r * height))
        for r, row in enumerate(rows)
        for c, value in enumerate(row)
    ]
    green_m2 = sum(cell.intersection(zone).area for value, cell in cells if value == 1)
    seen_m2 = sum(cell.intersection(zone).area for value, cell in cells if value != 9)
    figure = raster_rate(zone, rows)
    # exactextract keeps the part of a cell in single precision: 25 m2 or 50 m2 times 1e-7 in each
    if figure.value is None:
        assert seen_m2 == pytest.approx(0, abs=1e-4)
    else:
        assert figure.numerator_m2 == pytest.approx(green_m2, abs=1e-4)
        assert figure.denominator == pytest.approx(seen_m2, abs=1e-4)


@pytest.mark.parametrize(
    ("values", "bounds"),
    [([1, 2], BOUNDS), (np.zeros((0, 4)), BOUNDS), (VALUES, (20.0, 0.0, 0.0, 10.0)), (VALUES, (0.0, 10.0, 20.0, 0.0))],
)
def test_raster_that_cannot_be_placed_is_refused(values: Any, bounds: tuple[float, float, float, float]) -> None:
    with pytest.raises(GeometryError, match="raster of shape"):
        green_coverage_rate_raster(values, bounds, {1}, [WHOLE])


# Ratio from parcels

PARCELS = [shapely.box(0, 0, 4, 10), shapely.box(4, 0, 10, 10), shapely.box(10, 0, 15, 10)]


def test_space_ratio_is_green_parcels_over_the_zone() -> None:
    west, east = green_space_ratio(PARCELS, ["1401", "1001", "1402"], [WEST, EAST], {"1401", "1402", "1403"})
    assert west == GreenFigure("green_space_ratio", 0.4, 40.0, 100.0, "zone", seen_share=1.0)
    assert east == GreenFigure("green_space_ratio", 0.5, 50.0, 100.0, "zone", seen_share=0.5)


def test_space_ratio_takes_subclasses_and_leaves_unknown_classes_out() -> None:
    figure = green_space_ratio(PARCELS, ["1401", None, ""], [WHOLE], {"14"})[0]
    assert figure.value == 0.2


def test_space_ratio_never_counts_a_lake() -> None:
    park, lake = shapely.box(0, 0, 10, 10), shapely.box(0, 0, 5, 10)
    assert green_space_ratio([park, lake], ["1401", "1702"], [WEST], {"14"})[0].value == 0.5


@pytest.mark.parametrize("codes", [{"14", "17"}, {"1702"}, {"1"}, {""}])
def test_space_ratio_refuses_water_among_the_green_classes(codes: set[str]) -> None:
    with pytest.raises(QueryError, match="never count as green"):
        green_space_ratio(PARCELS, ["1401", "1702", "1001"], [WEST], codes)


def test_space_ratio_counts_overlapping_parcels_once() -> None:
    figure = green_space_ratio([WEST, WEST], ["1401", "1403"], [WEST], {"14"})[0]
    assert figure.value == 1.0


def test_space_ratio_without_parcels_has_no_figure() -> None:
    assert green_space_ratio(None, [], [WEST], {"14"})[0].reason_en == "No layer of land use parcels is loaded."
    far = green_space_ratio(PARCELS, ["1401"] * 3, [shapely.box(90, 0, 99, 9), shapely.Polygon()], {"14"})
    assert [figure.reason_en for figure in far] == ["No data reaches into the zone.", "The zone has no area."]


def test_space_ratio_without_green_parcels_is_zero() -> None:
    assert green_space_ratio(PARCELS, ["1001"] * 3, [WEST], {"14"})[0].value == 0.0


def test_every_shape_needs_its_class() -> None:
    with pytest.raises(GeometryError, match="one class for each shape"):
        green_space_ratio(PARCELS, ["1401"], [WEST], {"14"})
    with pytest.raises(GeometryError, match="one class for each shape"):
        park_green_per_head([WEST], [], 10)


# Parks for each resident


def test_park_green_per_head_counts_parks_of_class_g1_once() -> None:
    parks = [shapely.box(0, 0, 6, 10), shapely.box(4, 0, 10, 10), EAST, EAST]
    figure = park_green_per_head(parks, ["G1", "G12", "G2", "XG"], 50)
    assert figure == GreenFigure("park_green_per_head", 2.0, 100.0, 50.0, "residents")


def test_park_green_per_head_with_an_unknown_class_is_a_lower_bound() -> None:
    figure = park_green_per_head([WEST, EAST], ["G1", "unknown"], 50)
    assert (figure.value, figure.lower_bound) == (2.0, True)


@pytest.mark.parametrize(
    ("parks", "classes", "population", "reason"),
    [
        (None, [], 50, "No outline of a park is mapped."),
        ([WEST], ["G1"], None, "The number of residents is not known."),
        ([WEST], ["G1"], 0, "The number of residents is not known."),
        ([WEST], [None], 50, "No park is known to be of class G1."),
        ([WEST, EAST], ["unknown", "EG"], 50, "No park is known to be of class G1."),
    ],
)
def test_park_green_per_head_without_its_parts_has_no_figure(
    parks: Any, classes: list[str | None], population: int | None, reason: str
) -> None:
    figure = park_green_per_head(parks, classes, population)
    assert (figure.value, figure.reason_en) == (None, reason)
    assert figure.reason_zh


@pytest.mark.parametrize(("parks", "classes"), [([], []), ([WEST], ["G2"])])
def test_park_green_per_head_without_g1_parks_is_zero(parks: list[Any], classes: list[str]) -> None:
    assert park_green_per_head(parks, classes, 50).value == 0.0
