import itertools
import json
import math
from pathlib import Path

import numpy as np
import pytest
import shapely
from pyproj import Geod

from geo.errors import DataError, QueryError
from geo.plan import Plan, load_plan
from geo.rings import READINGS
from geo.view import View
from tests import toy

VIEWS = list(itertools.product(("2013", "2025"), READINGS))
DISC = 128 * math.sin(2 * math.pi / 256)  # a drawn circle of radius 1: 64 segments a quadrant


@pytest.fixture
def toy_plan(tmp_path: Path) -> Plan:
    return load_plan(toy.write_toy(tmp_path / "toy"))


def _belt(inner: float, outer: float) -> float:
    return 4 * 2000 * (outer - inner) + DISC * (outer**2 - inner**2)


def test_toy_rings_are_arithmetic(toy_plan: Plan) -> None:
    zones = toy_plan.view("2025", "shore_belt").zones
    assert zones["ring_1"].area == pytest.approx(_belt(0, 500), rel=1e-6)
    assert zones["ring_2"].area == pytest.approx(_belt(500, 1500), rel=1e-6)
    assert zones["water"].area == pytest.approx(2000**2 + 400**2, rel=1e-6)
    assert zones["ring_4"].area == pytest.approx(20_000**2 - 2000**2 - 400**2 - _belt(0, 3000), rel=1e-6)


def test_toy_area_across_two_rings_is_shared_by_halves(toy_plan: Plan) -> None:
    standing = toy_plan.view().standings["places:across"]
    shares = {row.zone: row.share for row in standing.shares if row.share > 1e-6}
    assert shares == pytest.approx({"ring_1": 0.5, "ring_2": 0.5}, abs=1e-5)


def test_toy_area_on_the_border_lies_half_outside(toy_plan: Plan) -> None:
    shares = {row.zone: row.share for row in toy_plan.view().standings["places:border"].shares}
    assert shares["outside"] == pytest.approx(0.5, abs=1e-6)
    assert shares["ring_4"] == pytest.approx(0.5, abs=1e-6)


def test_toy_site_at_500_m_belongs_to_ring_1_on_the_map_and_maybe_to_ring_2_on_the_ground(toy_plan: Plan) -> None:
    standing = toy_plan.view().standings["sites:edge"]
    assert standing.distance_to_lake_m == pytest.approx(500, abs=0.01)
    assert set(standing.ground) == {"ring_1", "ring_2"}


def test_symbolic_footprint_counts_as_its_point_and_has_no_area(toy_plan: Plan) -> None:
    shape = toy_plan.shapes["sites:symbol"]
    assert shape.area_m2 is None
    assert shape.geometry_m.area == pytest.approx(3000 * 2000 / 3, rel=1e-9)
    standing = toy_plan.view().standings["sites:symbol"]
    assert standing.home_zone == "ring_3"  # 2,000 m from the shore
    assert standing.shares == ()


def test_members_are_the_rows_that_the_words_place_in_an_area(toy_plan: Plan) -> None:
    assert [member.id for member in toy_plan.members("places:across")] == ["sites:words"]


def test_edge_that_meets_no_land_has_no_line(tmp_path: Path) -> None:
    folder = toy.write_toy(tmp_path / "far")
    rings = json.loads((folder / "rings.json").read_text(encoding="utf-8"))
    rings["edges"][-1]["distance_m"] = 30_000
    (folder / "rings.json").write_text(json.dumps(rings), encoding="utf-8")
    view = load_plan(folder).view()
    assert [line.feature.id for line in view.computed["ring_lines"]] == [f"ring_lines:{d}" for d in (100, 500, 1500)]
    assert [ring.feature.id for ring in view.computed["rings"]] == ["rings:ring_1", "rings:ring_2", "rings:ring_3"]


def test_unknown_view_and_layer_are_refused_with_what_is_there(toy_plan: Plan) -> None:
    with pytest.raises(QueryError, match="extent=2013 reading=shore_belt"):
        toy_plan.view("1999")
    with pytest.raises(QueryError, match="extent_2013"):
        toy_plan.layer("nowhere")


@pytest.mark.parametrize(("extent", "reading"), VIEWS)
def test_zones_sum_to_the_extent_and_do_not_overlap(plan: Plan, extent: str, reading: str) -> None:
    view = plan.view(extent, reading)
    parts = list(view.zones.values())
    assert sum(part.area for part in parts) == pytest.approx(view.extent_area_m2, rel=1e-6)
    assert view.land_area_m2 + view.zones["water"].area == pytest.approx(view.extent_area_m2, rel=1e-6)
    for one, two in itertools.combinations(parts, 2):
        assert one.intersection(two).area < 1.0


@pytest.mark.parametrize(("extent", "reading"), VIEWS)
def test_shares_of_every_area_sum_to_1_and_lie_in_their_interval(plan: Plan, extent: str, reading: str) -> None:
    for feature_id, standing in plan.view(extent, reading).standings.items():
        if standing.shares:
            assert sum(row.share for row in standing.shares) == pytest.approx(1, abs=1e-9), feature_id
            assert all(row.low <= row.share <= row.high for row in standing.shares), feature_id
            assert standing.home_zone in standing.ground
            assert plan.shapes[feature_id].area_m2 == pytest.approx(sum(row.area_m2 for row in standing.shares))


@pytest.mark.parametrize(("extent", "reading"), VIEWS)
def test_drawn_rings_agree_with_distances_on_a_lattice(plan: Plan, extent: str, reading: str) -> None:
    """The second way to a ring's area: count lattice points by their distance to the lake."""
    view = plan.view(extent, reading)
    step = 40.0
    west, south, east, north = view.locator.extent.bounds
    x, y = (axis.ravel() for axis in np.meshgrid(np.arange(west, east, step), np.arange(south, north, step)))
    distance = shapely.distance(view.lake.geometry_m, shapely.points(x, y))
    dry = shapely.contains_xy(view.locator.extent, x, y) & ~shapely.intersects_xy(view.locator.water, x, y)
    limits = (0.0, *view.locator.edges_m, math.inf)
    for zone, (low, high) in zip(view.locator.zone_ids, itertools.pairwise(limits), strict=True):
        counted = float((dry & (distance > low) & (distance <= high)).sum()) * step**2
        assert view.zones[zone].area == pytest.approx(counted, rel=0.02 if zone == "strip" else 0.005), zone


def test_plane_areas_stand_to_the_geodesic_ones_as_the_projection_says(plan: Plan) -> None:
    """At d metres from its meridian (false easting 500 km) EPSG:4548 shows areas (1 + d^2 / R^2) too large.

    Geod, which knows nothing of our projections, gives the area on the ellipsoid; R is the mean radius at 28.7 N.
    """
    geod, radius_m = Geod(ellps="GRS80"), 6_366_000.0
    for shape in plan.shapes.values():
        if shape.area_m2 is not None:
            geodesic = abs(geod.geometry_area_perimeter(shape.geometry)[0])
            enlarged = 1 + ((shape.geometry_m.centroid.x - 500_000.0) / radius_m) ** 2
            assert shape.area_m2 / geodesic == pytest.approx(enlarged, rel=5e-6), shape.feature.id
            assert shape.area_ellipsoidal_m2 == pytest.approx(geodesic, rel=2e-6)


def test_a_copy_scaled_by_1_01_moves_each_area_by_2_01_per_cent(plan: Plan, data_copy: Path) -> None:
    _scale(data_copy, 1.01, plan)
    scaled = load_plan(data_copy)
    for feature_id, shape in plan.shapes.items():
        if shape.area_m2 is not None:
            assert scaled.shapes[feature_id].area_m2 / shape.area_m2 == pytest.approx(1.0201, rel=1e-6), feature_id
    for pair in VIEWS:
        assert scaled.view(*pair).extent_area_m2 / plan.view(*pair).extent_area_m2 == pytest.approx(1.0201, rel=1e-6)
        water = scaled.view(*pair).zones["water"].area / plan.view(*pair).zones["water"].area
        assert water == pytest.approx(1.0201, rel=1e-6)


def test_broken_folder_is_refused_with_file_and_remedy(data_copy: Path) -> None:
    (data_copy / "layers/water.geojson").unlink()
    with pytest.raises(DataError, match=r"water\.geojson"):
        load_plan(data_copy)


def _scale(folder: Path, factor: float, plan: Plan) -> None:
    """Scales every coordinate of a data folder in the plane of EPSG:4548 around the middle of the zone."""
    from geo import crs

    x0, y0 = crs.project(*plan.metric_frame.centre, "EPSG:4548")

    def moved(position: list[float]) -> list[float]:
        x, y = crs.project(position[0], position[1], "EPSG:4548")
        return [float(v) for v in crs.unproject(x0 + (x - x0) * factor, y0 + (y - y0) * factor, "EPSG:4548")]

    def walk(node: list[object]) -> list[object]:
        return moved(node) if isinstance(node[0], float | int) else [walk(part) for part in node]

    for path in (folder / "layers").glob("*.geojson"):
        collection = json.loads(path.read_text(encoding="utf-8"))
        for feature in collection["features"]:
            if feature["geometry"]:
                feature["geometry"]["coordinates"] = walk(feature["geometry"]["coordinates"])
        path.write_text(json.dumps(collection, ensure_ascii=False), encoding="utf-8")


def test_every_view_knows_the_same_features(plan: Plan) -> None:
    known = [set(view.standings) for view in plan.views.values()]
    assert all(one == known[0] for one in known)
    assert isinstance(plan.view(), View)
