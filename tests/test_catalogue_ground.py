"""What lies outside the area of use of the metric CRS, or leaves no land, never gets past the check.

EPSG:4548 reaches from 115.5 to 118.5 E and from 22.6 to 49.88 N. What the check lets pass, the plan can build.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest

from geo.catalogue import check_catalogue
from geo.errors import Fault
from geo.plan import load_plan
from tests import toy

WEST, EAST, SOUTH, NORTH = 115.5, 118.5, 22.6, 49.88
LAT = 28.6
# A place 0.01 degrees inside the west limit is about a kilometre from it: the radius of GRS 80 across the meridian
# at 28.6 N is 6,383.0 km, times cos 28.6 degrees.
KILOMETRE_M = 6_383_000 * math.cos(math.radians(LAT)) * math.radians(0.01)
IN_CHINA = {"west": (80.0, 30.0), "just_west": (115.4, 28.6), "east": (121.5, 31.2), "south": (116.0, 20.0)}


def box(west: float, south: float, east: float, north: float) -> toy.Json:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def shape(kind: str, lon: float, lat: float) -> toy.Json:
    """A geometry of a kind that lies in the toy's zone with its first position, and at (lon, lat) with another."""
    home = toy.position(0, 5000)
    if kind == "Point":
        return {"type": "Point", "coordinates": [lon, lat]}
    if kind == "LineString":
        return {"type": "LineString", "coordinates": [home, [lon, lat]]}
    ring = [home, toy.position(900, 5000), [lon, lat], home]
    return {"type": "MultiPolygon", "coordinates": [[ring], toy.square(100, -5000, -5000)]}


def folder_of(tmp_path: Path, *more: toy.Json, **layers: list[toy.Json]) -> Path:
    """The toy's folder with these layers instead of its own, and more features in its mixed layer of sites."""
    made = toy.toy_layers() | layers
    return toy.write_toy(tmp_path / "data", made | {"places": [*made["places"], *more]})


def only_fault(folder: Path) -> Fault:
    (fault,) = check_catalogue(folder)
    return fault


def symbol(lon: float, lat: float, area_m2: float) -> toy.Json:
    stated = {"value": area_m2, "unit": "m2", "qualifier": "", "source": "S0", "place": "toy"}
    point = {"type": "Point", "coordinates": [lon, lat]}
    return toy.feature("places:far", point, geometry_basis="symbolic_footprint", stated_area=stated)


@pytest.mark.parametrize("place", IN_CHINA.values(), ids=IN_CHINA)
@pytest.mark.parametrize("kind", ["Point", "LineString", "MultiPolygon"])
def test_ground_shape_outside_the_area_of_use_is_named(tmp_path: Path, kind: str, place: tuple[float, float]) -> None:
    fault = only_fault(folder_of(tmp_path, toy.feature("places:far", shape(kind, *place))))
    assert (fault.file, fault.where) == ("layers/places.geojson", "places:far")
    assert f"Longitude {place[0]:g}, latitude {place[1]:g} is outside the area of use of EPSG:4548" in fault.found_en
    assert f"经度 {place[0]:g}、纬度 {place[1]:g} 超出 EPSG:4548 的适用范围" in fault.found_zh


@pytest.mark.parametrize("lon", [WEST, EAST])
def test_ground_limit_of_the_area_of_use_is_inside(tmp_path: Path, lon: float) -> None:
    folder = folder_of(tmp_path, toy.feature("places:limit", {"type": "Point", "coordinates": [lon, LAT]}))
    assert check_catalogue(folder) == ()
    assert "places:limit" in load_plan(folder).shapes


def test_ground_other_metric_crs_has_its_own_area_of_use(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, toy.feature("places:far", {"type": "Point", "coordinates": [114.5, LAT]}))
    assert "115.5 to 118.5 E" in only_fault(folder).found_en
    text = (folder / "catalogue.json").read_text("utf-8")
    (folder / "catalogue.json").write_text(text.replace('"EPSG:4548"', '"EPSG:32650"'), "utf-8")  # 114 to 120 E
    assert check_catalogue(folder) == ()
    assert load_plan(folder).catalogue.metric_crs == "EPSG:32650"


def test_ground_refused_crs_is_told_once(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, toy.feature("places:far", {"type": "Point", "coordinates": [80.0, 30.0]}))
    text = (folder / "catalogue.json").read_text("utf-8")
    (folder / "catalogue.json").write_text(text.replace('"EPSG:4548"', '"EPSG:3857"'), "utf-8")
    assert only_fault(folder).where == "metric_crs"


@pytest.mark.parametrize("part", [0.5, 0.95])
def test_ground_circle_that_just_fits_is_drawn(tmp_path: Path, part: float) -> None:
    folder = folder_of(tmp_path, symbol(WEST + 0.01, LAT, math.pi * (part * KILOMETRE_M) ** 2))
    assert check_catalogue(folder) == ()
    assert load_plan(folder).shapes["places:far"].symbol_radius_m == pytest.approx(part * KILOMETRE_M, rel=0.001)


@pytest.mark.parametrize("part", [1.01, 3.0, 500.0])
def test_ground_circle_beyond_the_area_of_use_is_named(tmp_path: Path, part: float) -> None:
    fault = only_fault(folder_of(tmp_path, symbol(WEST + 0.01, LAT, math.pi * (part * KILOMETRE_M) ** 2)))
    assert (fault.file, fault.where) == ("layers/places.geojson", "places:far")
    assert "the circle of its stated area" in fault.found_en
    assert "stated_area" in fault.remedy_zh


def test_ground_side_of_an_extent_that_bends_out_is_named(tmp_path: Path) -> None:
    # Both upper corners lie on the north limit. In metres the straight side between them runs north of the parallel.
    zone = toy.feature("extent_2025:zone", box(115.6, 28.0, 116.9, NORTH))
    fault = only_fault(folder_of(tmp_path, extent_2025=[zone]))
    assert (fault.file, fault.where) == ("layers/extent_2025.geojson", "extent_2025:zone")
    assert "49.88" in fault.found_en


def test_ground_extent_just_south_of_the_limit_is_built(tmp_path: Path) -> None:
    zone = toy.feature("extent_2025:zone", box(115.6, 28.0, 116.9, NORTH - 0.1))
    folder = folder_of(tmp_path, extent_2025=[zone])
    assert check_catalogue(folder) == ()
    rings = load_plan(folder).view("2025").computed["rings"]
    assert rings[-1].geometry.bounds[3] < NORTH


def touching(lon: float) -> toy.Json:
    """A square with a hole that touches its south side at a longitude where the side has no corner of its own."""
    outer = box(116.0, 28.6, 116.1, 28.7)["coordinates"][0]
    hole = [[lon, 28.6], [lon + 0.01, 28.65], [lon - 0.01, 28.65], [lon, 28.6]]
    return {"type": "Polygon", "coordinates": [outer, hole]}


def test_ground_polygon_valid_in_degrees_alone_is_named(tmp_path: Path) -> None:
    fault = only_fault(folder_of(tmp_path, toy.feature("places:touching", touching(116.05))))
    assert (fault.file, fault.where) == ("layers/places.geojson", "places:touching")
    assert "valid in degrees but not in metres of EPSG:4548" in fault.found_en


def test_ground_polygon_with_the_corner_where_it_touches_is_built(tmp_path: Path) -> None:
    made = touching(116.05)
    made["coordinates"][0].insert(1, [116.05, 28.6])
    folder = folder_of(tmp_path, toy.feature("places:touching", made))
    assert check_catalogue(folder) == ()
    assert load_plan(folder).shapes["places:touching"].area_m2


@pytest.mark.parametrize(
    ("extent", "water"),
    [
        ([toy.polygon(1000)], [toy.polygon(1000)]),  # the lake is the extent
        ([toy.polygon(6000)], [toy.polygon(7000)]),  # the lake reaches beyond it
        ([toy.polygon(900, 100, 0)], [toy.polygon(1000)]),  # the extent lies in the lake and meets its shore
        ([toy.polygon(1000), toy.polygon(500, 1500, 0)], [toy.polygon(1000), toy.polygon(600, 1500, 0)]),
    ],
    ids=["equal", "inside", "meets_the_shore", "two_of_each"],
)
def test_ground_extent_without_land_is_named(tmp_path: Path, extent: list[Any], water: list[Any]) -> None:
    lakes = [toy.feature(f"water:{'yaohu' if n == 0 else n}", geometry) for n, geometry in enumerate(water)]
    zone = [toy.feature(f"extent_2013:{n}", geometry) for n, geometry in enumerate(extent)]
    fault = only_fault(folder_of(tmp_path, water=lakes, extent_2013=zone))
    assert (fault.file, fault.where) == ("layers/extent_2013.geojson", "features")
    assert fault.found_en == "no land is left in extent_2013: water covers all of it."


def test_ground_both_extents_under_water_are_both_named(tmp_path: Path) -> None:
    faults = check_catalogue(folder_of(tmp_path, water=[toy.feature("water:yaohu", toy.polygon(11_000))]))
    assert [fault.file for fault in faults] == ["layers/extent_2013.geojson", "layers/extent_2025.geojson"]


@pytest.mark.parametrize("strip_m", [1, 10])
def test_ground_narrow_shore_is_land(tmp_path: Path, strip_m: float) -> None:
    zone = [toy.feature("extent_2013:zone", toy.polygon(1000 + strip_m))]
    folder = folder_of(tmp_path, extent_2013=zone)
    assert check_catalogue(folder) == ()
    land_m2 = (2000 + 2 * strip_m) ** 2 - 2000**2
    assert load_plan(folder).view("2013").land_area_m2 == pytest.approx(land_m2, abs=1)


def test_ground_land_is_not_judged_where_the_water_is_at_fault(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, water=[toy.feature("water:yaohu", toy.polygon(11_000))])
    value = json.loads((folder / "layers/water.geojson").read_text("utf-8"))
    value["features"][0]["properties"]["status"] = "dry"
    (folder / "layers/water.geojson").write_text(json.dumps(value), "utf-8")
    assert only_fault(folder).file == "layers/water.geojson"
