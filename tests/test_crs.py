"""Coordinate systems, areas and shifted datums, against second derivations and published pairs."""

from __future__ import annotations

import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pyproj
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import crs
from geo.errors import CrsError, GeometryError

AXIS_M, FLATTENING = 6378137.0, 1 / 298.257222101  # CGCS2000
GEOD = pyproj.Geod(a=AXIS_M, f=FLATTENING)
CENTRE = (116.1, 28.75)

LONS, LATS = st.floats(115.5, 118.5), st.floats(22.7, 49.8)


def krueger(lon: float, lat: float, *, central: float = 117.0) -> tuple[float, float]:
    """Gauss-Krueger easting and northing by Krueger's series of 1912 in the third flattening, to its fourth power."""
    n = FLATTENING / (2 - FLATTENING)
    radius = AXIS_M / (1 + n) * (1 + n**2 / 4 + n**4 / 64)
    terms = (
        n / 2 - 2 * n**2 / 3 + 5 * n**3 / 16 + 41 * n**4 / 180,
        13 * n**2 / 48 - 3 * n**3 / 5 + 557 * n**4 / 1440,
        61 * n**3 / 240 - 103 * n**4 / 140,
        49561 * n**4 / 161280,
    )
    root = 2 * math.sqrt(n) / (1 + n)
    sine, turn = math.sin(math.radians(lat)), math.radians(lon - central)
    conformal = math.sinh(math.atanh(sine) - root * math.atanh(root * sine))
    xi, eta = math.atan2(conformal, math.cos(turn)), math.atanh(math.sin(turn) / math.hypot(1, conformal))
    north = xi + sum(a * math.sin(2 * j * xi) * math.cosh(2 * j * eta) for j, a in enumerate(terms, 1))
    east = eta + sum(a * math.cos(2 * j * xi) * math.sinh(2 * j * eta) for j, a in enumerate(terms, 1))
    return 500000.0 + radius * east, radius * north


def metres_apart(one: tuple[float, float], two: tuple[float, float]) -> float:
    return float(GEOD.inv(*one, *two)[2])


def star(radii_m: list[float], centre: tuple[float, float] = CENTRE) -> shapely.Polygon:
    """A polygon in longitude and latitude with its vertices at distances from a centre, evenly turned."""
    turns = np.linspace(0, 360, len(radii_m), endpoint=False)
    size = len(radii_m)
    lons, lats, _ = GEOD.fwd(np.full(size, centre[0]), np.full(size, centre[1]), turns, np.asarray(radii_m))
    return shapely.Polygon(np.column_stack((lons, lats)))


def geodesic_area_m2(polygon: Any) -> float:
    parts = shapely.get_parts(shapely.normalize(polygon))
    outer = sum(abs(GEOD.geometry_area_perimeter(shapely.Polygon(p.exterior))[0]) for p in parts)
    holes = sum(abs(GEOD.geometry_area_perimeter(shapely.Polygon(h))[0]) for p in parts for h in p.interiors)
    return float(outer - holes)


# The plane


@settings(deadline=None)
@given(LONS, LATS)
def test_project_agrees_with_the_krueger_series_to_a_millimetre(lon: float, lat: float) -> None:
    assert crs.project(lon, lat, "EPSG:4548") == pytest.approx(krueger(lon, lat), abs=1e-3)


@settings(deadline=None)
@given(LONS, LATS)
def test_project_in_zone_39_differs_by_its_prefix_alone(lon: float, lat: float) -> None:
    x, y = crs.project(lon, lat, "EPSG:4548")
    assert crs.project(lon, lat, "EPSG:4527") == pytest.approx((x + 39_000_000, y), abs=1e-6)


@settings(deadline=None)
@given(LONS, LATS)
def test_project_to_utm_is_gauss_krueger_times_the_scale(lon: float, lat: float) -> None:
    x, y = krueger(lon, lat)
    expected = (500000 + 0.9996 * (x - 500000), 0.9996 * y)
    assert crs.project(lon, lat, "EPSG:32650") == pytest.approx(expected, abs=1e-3)


def test_project_to_the_screen_is_the_spherical_mercator() -> None:
    x, y = crs.project(116.0, 28.7, "EPSG:3857")
    assert x == pytest.approx(AXIS_M * math.radians(116.0), abs=1e-6)
    assert y == pytest.approx(AXIS_M * math.log(math.tan(math.pi / 4 + math.radians(28.7) / 2)), abs=1e-6)


@settings(deadline=None)
@given(LONS, LATS, st.sampled_from(["EPSG:4548", "EPSG:4527", "EPSG:32650", "EPSG:3857", "EPSG:4490"]))
def test_unproject_is_the_inverse_of_project(lon: float, lat: float, code: str) -> None:
    assert crs.unproject(*crs.project(lon, lat, code), code) == pytest.approx((lon, lat), abs=1e-9)


def test_project_takes_arrays_and_keeps_their_shape() -> None:
    lons, lats = np.array([[116.0, 116.5], [117.0, 117.5]]), np.full((2, 2), 28.7)
    x, y = crs.project(lons, lats, "EPSG:4548")
    assert x.shape == y.shape == (2, 2)
    assert (x[1, 1], y[1, 1]) == crs.project(117.5, 28.7, "EPSG:4548")
    assert crs.project([], [], "EPSG:4548")[0].shape == (0,)


def test_project_gives_numbers_for_numbers() -> None:
    assert [type(value) for value in crs.project(116.0, 28.7, "EPSG:4548")] == [float, float]


@pytest.mark.parametrize("code", ["EPSG:4490", "EPSG:4326"])
def test_project_to_longitude_and_latitude_changes_nothing(code: str) -> None:
    assert crs.project(116.0, 28.7, code) == (116.0, 28.7)


@pytest.mark.parametrize(
    ("lon", "lat"),
    [(115.4, 28.7), (118.6, 28.7), (116.0, 60.0), (28.7, 116.0), (math.nan, 28.7), (116.0, math.inf)],
)
def test_project_outside_the_area_of_use_is_refused(lon: float, lat: float) -> None:
    with pytest.raises(CrsError, match="area of use of EPSG:4548"):
        crs.project([116.0, lon], [28.7, lat], "EPSG:4548")


@pytest.mark.parametrize(("x", "y"), [(3_176_000.0, 402_000.0), (402_000.0, 9e6), (math.nan, 0.0), (1e30, 1e30)])
def test_unproject_outside_the_area_of_use_is_refused(x: float, y: float) -> None:
    with pytest.raises(CrsError, match="area of use of EPSG:4548"):
        crs.unproject(x, y, "EPSG:4548")


def test_project_gives_every_thread_the_same() -> None:
    expected = crs.project(116.0, 28.7, "EPSG:4548")
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda _: crs.project(116.0, 28.7, "EPSG:4548"), range(200))) == {expected}


# The allow-list


@pytest.mark.parametrize("code", ["EPSG:4548", "epsg:4548", " 4548 "])
def test_allowed_crs_takes_the_ways_people_write_it(code: str) -> None:
    assert crs.allowed_crs(code) == "EPSG:4548"


@pytest.mark.parametrize("number", crs.ALLOWED)
def test_allowed_crs_has_the_registered_name(number: int) -> None:
    registered = pyproj.CRS.from_epsg(number).name
    assert registered == {4490: "China Geodetic Coordinate System 2000"}.get(number, crs.ALLOWED[number])


@pytest.mark.parametrize("code", ["EPSG:4610", "EPSG:2334", "EPSG:4214", "EPSG:21420", "Xi'an 80", "北京54"])
def test_allowed_crs_says_that_old_datums_have_no_public_transformation(code: str) -> None:
    with pytest.raises(CrsError, match="ballpark") as refused:
        crs.allowed_crs(code)
    assert "EPSG:4548" in refused.value.en
    assert "公开的转换参数" in refused.value.zh
    assert "EPSG:4548" in refused.value.zh


@pytest.mark.parametrize("code", ["EPSG:4269", "EPSG:999999", "", "+proj=laea", "4548; x", "EPSG:-1", "EPSG:45480000"])
def test_allowed_crs_refuses_everything_else_with_the_list(code: str) -> None:
    with pytest.raises(CrsError, match="EPSG:4490"):
        crs.allowed_crs(code)


@pytest.mark.parametrize(("code", "why"), [("EPSG:4490", "degrees"), ("EPSG:4326", "degrees"), ("EPSG:3857", "screen")])
def test_metric_crs_refuses_what_cannot_be_measured_in(code: str, why: str) -> None:
    with pytest.raises(CrsError, match=why):
        crs.metric_crs(code)


# Geometries


def test_to_metres_and_back_returns_the_shape() -> None:
    shape = shapely.Polygon(star([9000.0] * 40).exterior, [star([2000.0] * 12).exterior])
    before = shape.wkb
    there = crs.to_metres(shape, "EPSG:4548")
    back = crs.to_lonlat(there, "EPSG:4548")
    assert shapely.equals_exact(back, shape, 1e-9)
    assert shape.wkb == before
    assert there.exterior.coords[0] == pytest.approx(krueger(*shape.exterior.coords[0]), abs=1e-3)


def test_to_metres_drops_heights() -> None:
    assert not crs.to_metres(shapely.Point(116, 28.7, 40), "EPSG:4548").has_z


@pytest.mark.parametrize("shape", [shapely.Point(), shapely.Polygon(), shapely.GeometryCollection()])
def test_to_metres_of_an_empty_shape_is_empty(shape: Any) -> None:
    assert crs.to_metres(shape, "EPSG:4548").is_empty


@pytest.mark.parametrize("thing", [None, "POINT (1 1)", 3.0])
@pytest.mark.parametrize("function", [crs.plane_area_m2, lambda g: crs.to_metres(g, "EPSG:4548")])
def test_what_is_no_geometry_is_refused(function: Callable[[Any], Any], thing: Any) -> None:
    with pytest.raises(GeometryError, match="Expected a geometry"):
        function(thing)


# Areas


def test_ellipsoidal_area_of_the_size_of_the_zone_is_within_1_ppm() -> None:
    turns = np.linspace(0, 2 * np.pi, 150, endpoint=False)
    zone = star(list(12_000 + 4_000 * np.sin(5 * turns)))
    holed = shapely.Polygon(zone.exterior, [star([1500.0] * 20).exterior, star([700.0] * 9, (116.17, 28.75)).exterior])
    for shape in (zone, holed, shapely.MultiPolygon([holed, star([900.0] * 7, (116.35, 28.9))])):
        found = crs.ellipsoidal_area_m2(shape, centre=CENTRE)
        assert found == pytest.approx(geodesic_area_m2(shape), rel=1e-6)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.floats(50.0, 15_000.0), min_size=3, max_size=40),
    st.floats(-0.15, 0.15),
    st.floats(-0.15, 0.15),
)
def test_ellipsoidal_area_of_any_star_is_within_1_ppm(radii_m: list[float], east: float, north: float) -> None:
    shape = star(radii_m, (CENTRE[0] + east, CENTRE[1] + north))
    # The last term is 1 ppm of the area in which a thin star turns, where rounding of the Geod's own sum shows.
    expected = pytest.approx(geodesic_area_m2(shape), rel=1e-6, abs=0.1)
    assert crs.ellipsoidal_area_m2(shape, centre=CENTRE) == expected


def test_ellipsoidal_area_of_a_long_sliver_is_within_1_ppm() -> None:
    west, east = (115.95, 28.75), (116.25, 28.75)
    sliver = shapely.Polygon([west, east, (116.1, 28.7501)])
    assert crs.ellipsoidal_area_m2(sliver, centre=CENTRE) == pytest.approx(geodesic_area_m2(sliver), rel=1e-6)


@pytest.mark.parametrize(
    "shape", [shapely.Point(116, 28), shapely.LineString([(116, 28), (117, 28)]), shapely.Polygon()]
)
def test_areas_of_what_has_no_surface_are_0(shape: Any) -> None:
    assert crs.ellipsoidal_area_m2(shape, centre=CENTRE) == 0
    assert crs.plane_area_m2(shape) == 0


@pytest.mark.parametrize("lon", [115.9, 116.1, 116.25, 117.0])
def test_plane_area_exceeds_the_ellipsoidal_by_the_square_of_the_distance_to_the_meridian(lon: float) -> None:
    shape = star([300.0] * 24, (lon, 28.75))
    easting_m = krueger(lon, 28.75)[0] - 500000
    ratio = crs.plane_area_m2(crs.to_metres(shape, "EPSG:4548")) / crs.ellipsoidal_area_m2(shape, centre=CENTRE)
    assert ratio - 1 == pytest.approx((easting_m / 6_361_000) ** 2, abs=1e-6)  # mean radius of curvature at 28.75 N


# Shifted datums

# (WGS 84, GCJ-02, BD-09) of towns, as the test fixtures of the library gcoord publish them, to 7 decimals.
TOWNS = [
    ((115.9968499, 29.7076312), (116.001935, 29.7050822), (116.0084664, 29.7109383)),  # Jiujiang
    ((119.2917012, 26.0776202), (119.2964988, 26.0745133), (119.3029669, 26.0807499)),  # Fuzhou
    ((118.7916827, 32.0623216), (118.7968802, 32.0602574), (118.8033021, 32.0666136)),  # Nanjing
    ((87.6140048, 43.824388), (87.6168579, 43.8255962), (87.6232918, 43.8317719)),  # Urumqi
    ((128.8340769, 47.725255), (128.841148, 47.7275393), (128.8476934, 47.7333596)),  # Yichun, Heilongjiang
    ((113.5716281, 22.27399), (113.5766797, 22.2709831), (113.5832348, 22.2766454)),  # Zhuhai
]
# (WGS 84, GCJ-02) as the tests of the libraries eviltransform (first three) and coordtransform publish them.
POINTS = [
    ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
    ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
    ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
    ((116.404, 39.915), (116.41024449916938, 39.91640428150164)),
]


@pytest.mark.parametrize(("wgs84", "gcj02"), [*POINTS, *((wgs84, gcj02) for wgs84, gcj02, _ in TOWNS)])
def test_gcj02_is_within_1_m_of_published_pairs(wgs84: tuple[float, float], gcj02: tuple[float, float]) -> None:
    assert metres_apart(crs.gcj02_from_wgs84(*wgs84), gcj02) < 1
    assert metres_apart(crs.wgs84_from_gcj02(*gcj02), wgs84) < 1


@pytest.mark.parametrize(("wgs84", "gcj02", "bd09"), TOWNS)
def test_bd09_is_within_1_m_of_published_pairs(
    wgs84: tuple[float, float], gcj02: tuple[float, float], bd09: tuple[float, float]
) -> None:
    assert metres_apart(crs.bd09_from_gcj02(*gcj02), bd09) < 1
    assert metres_apart(crs.gcj02_from_bd09(*bd09), gcj02) < 1
    assert metres_apart(crs.bd09_from_wgs84(*wgs84), bd09) < 1
    assert metres_apart(crs.wgs84_from_bd09(*bd09), wgs84) < 1


@settings(max_examples=300, deadline=None)
@given(st.floats(73.0, 135.5), st.floats(3.0, 54.0), st.sampled_from(["gcj02", "bd09"]))
def test_shifted_datums_return_to_the_point(lon: float, lat: float, datum: str) -> None:
    there = crs.to_datum(lon, lat, datum)
    assert there != (lon, lat)
    assert crs.from_datum(*there, datum) == pytest.approx((lon, lat), abs=1e-9)  # 0.1 mm


@settings(deadline=None)
@given(st.floats(73.0, 135.5), st.floats(3.0, 54.0))
def test_bd09_undoes_to_gcj02(lon: float, lat: float) -> None:
    assert crs.gcj02_from_bd09(*crs.bd09_from_gcj02(lon, lat)) == pytest.approx((lon, lat), abs=1e-9)


def test_shift_at_the_lake_is_about_600_m_and_1200_m() -> None:
    lake = (116.06, 28.73)
    assert metres_apart(crs.gcj02_from_wgs84(*lake), lake) == pytest.approx(604, abs=10)
    assert metres_apart(crs.bd09_from_wgs84(*lake), lake) == pytest.approx(1170, abs=20)


@pytest.mark.parametrize(("lon", "lat"), [(2.35, 48.86), (-70.0, -33.0), (139.7, 35.7), (100.0, 60.0)])
@pytest.mark.parametrize("datum", crs.DATUMS)
def test_outside_china_nothing_is_shifted(lon: float, lat: float, datum: str) -> None:
    assert crs.to_datum(lon, lat, datum) == (lon, lat)
    assert crs.from_datum(lon, lat, datum) == (lon, lat)


@pytest.mark.parametrize("datum", ["wgs84", "cgcs2000"])
def test_wgs84_and_cgcs2000_are_one_to_the_atlas(datum: str) -> None:
    assert crs.to_datum(116.0, 28.7, datum) == (116.0, 28.7)


def test_shift_of_arrays_is_the_shift_of_each_point() -> None:
    lons, lats = np.array([116.0, 2.35, 121.5]), np.array([28.7, 48.86, 31.2])
    x, y = crs.bd09_from_wgs84(lons, lats)
    alone = [crs.bd09_from_wgs84(lon, lat) for lon, lat in zip(lons, lats, strict=True)]
    assert list(zip(x.tolist(), y.tolist(), strict=True)) == alone
    assert lons.tolist() == [116.0, 2.35, 121.5]
    assert crs.gcj02_from_wgs84([], [])[0].size == 0


def test_unknown_datum_is_refused_with_the_list() -> None:
    with pytest.raises(CrsError, match="wgs84, cgcs2000, gcj02, bd09"):
        crs.from_datum(116.0, 28.7, "beijing54")


def test_shift_of_a_missing_coordinate_is_refused() -> None:
    with pytest.raises(CrsError, match="not a number"):
        crs.gcj02_from_wgs84([116.0, math.nan], [28.7, 28.7])


@pytest.mark.parametrize("easting", [20_037_509.0, -20_037_509.0, 53_000_000.0, 1.66e154])
def test_crs_easting_beyond_the_globe_is_refused_and_not_led_round_it(easting: float) -> None:
    with pytest.raises(CrsError, match="EPSG:3857"):
        crs.unproject(easting, 3_300_000.0, "EPSG:3857")
