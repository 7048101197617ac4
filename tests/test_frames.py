"""`plan.frame(...)`: rows, columns and shapes as pandas has them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import geopandas
import numpy as np
import pytest

import geo
from geo import crs
from geo.errors import ChoiceError, CrsError, QueryError
from geo.plan import Plan, load_plan
from tests.toy import EAST, NORTH, feature, polygon, toy_layers, write_toy

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return load_plan(write_toy(tmp_path_factory.mktemp("toy") / "data"))


def test_frame_is_in_metres_of_the_plan_and_measures_as_the_plan(plan: Plan) -> None:
    rings = plan.frame("rings")
    assert rings.crs.to_string() == plan.catalogue.metric_crs == "EPSG:4548"
    assert rings.area.to_numpy() == pytest.approx(rings.area_m2.to_numpy(), rel=1e-6)
    land = plan.frame("extent_2025").union_all().difference(plan.frame("water").union_all())
    assert rings.area.sum() == pytest.approx(land.area, rel=1e-6)


def test_frame_of_the_toy_is_arithmetic(toy: Plan) -> None:
    lake = toy.frame("water").loc["water:yaohu"]
    assert lake.geometry.bounds == pytest.approx((EAST - 1000, NORTH - 1000, EAST + 1000, NORTH + 1000), abs=1e-3)
    assert lake.area_m2 == pytest.approx(4e6, abs=1)
    across = toy.frame("places").loc["places:across"]
    # 0 to 1,000 m east of the shore: ring 1 and ring 2 halve it
    assert (across.share_ring_1, across.share_ring_2) == pytest.approx((0.5, 0.5), abs=1e-4)


@pytest.mark.parametrize("code", [f"EPSG:{number}" for number in crs.ALLOWED])
def test_frame_in_every_system_of_the_atlas(plan: Plan, code: str) -> None:
    there = plan.frame("water", crs=code)
    assert there.crs.to_string() == code
    lonlat = [shape.geometry for shape in plan.of_layer("water", plan.view())]
    for geometry, expected in zip(there.geometry, lonlat, strict=True):
        lon, lat = np.asarray(expected.exterior.coords)[:, :2].T
        given = np.asarray(geometry.exterior.coords)
        assert given == pytest.approx(np.column_stack(crs.project(lon, lat, code)), abs=1e-6)


def test_everything_is_one_frame_with_proper_types(plan: Plan) -> None:
    frame = plan.frame("all")
    view = plan.view()
    shapes = [shape for layer in plan.catalogue.layers for shape in plan.of_layer(layer.id, view)]
    assert list(frame.index) == [shape.feature.id for shape in shapes]
    assert frame.index.name == "id"
    assert frame.geometry.isna().tolist() == [shape.geometry is None for shape in shapes]
    assert frame.geometry.isna().any()
    assert list(frame.layer) == [shape.feature.layer for shape in shapes]
    assert (str(frame.data_year.dtype), str(frame.area_m2.dtype)) == ("Int64", "float64")
    assert str(frame.separates_zones.dtype) == "boolean"
    codes = frame.land_use.dropna()
    assert set(codes) == {shape.feature.land_use for shape in shapes} - {None}
    assert all(type(code) is str for code in codes)


def test_scenario_extent_and_reading_give_their_view(plan: Plan) -> None:
    moved = plan.frame("rings", rings=(300, 1000, 2500))
    assert moved.outer_m.dropna().tolist() == [300, 1000, 2500]
    assert "300" in moved.attrs["scenario_en"]
    assert "scenario_en" not in plan.frame("rings").attrs
    old = plan.frame("rings", extent="2013", reading="annulus")
    assert "rings:strip" in old.index
    assert old.attrs["extent_en"] == "2013"
    # what the rings gain and lose stays in the zone
    assert moved.area.sum() == pytest.approx(plan.frame("rings").area.sum(), rel=1e-6)


def test_attributes_say_what_the_rows_are(plan: Plan) -> None:
    said = plan.frame("all").attrs
    assert said["version"] == plan.catalogue.version
    assert "Not a legal plan" in said["legal_en"]
    assert "未经审核" in said["review_zh"]
    assert len(said["source_en"]) == len(plan.catalogue.sources)
    assert (said["units"]["area_m2"], said["units"]["accuracy_m"]) == ("m²", "m")
    assert said["titles_zh"]["home_zone"] == "主圈层"
    assert json.loads(json.dumps(said)) == said  # GeoParquet keeps attrs as JSON


def test_attributes_survive_what_analysts_do(plan: Plan) -> None:
    rings = plan.frame("rings")
    assert rings.to_crs("EPSG:4326")[rings.outer_m > 400].attrs == rings.attrs


def test_frame_goes_to_a_geopackage_and_back(plan: Plan, tmp_path: Path) -> None:
    for what in ("all", "sites"):
        frame = plan.frame(what)
        frame[frame.geometry.notna()].to_file(tmp_path / f"{what}.gpkg", layer="x")
        again = geopandas.read_file(tmp_path / f"{what}.gpkg").set_index("id")
        kept = frame[frame.geometry.notna()]
        assert list(again.index) == list(kept.index)
        assert again.name_zh.tolist() == kept.name_zh.tolist()
        assert again.area.sum() == pytest.approx(kept.area.sum(), rel=1e-9)


def test_property_called_geometry_does_not_take_the_place_of_shapes(tmp_path: Path) -> None:
    layers = toy_layers()
    park = feature("parks:one", polygon(100, 1300, 0), green_class="G1")
    park["properties"]["geometry"] = "round"
    layers["parks"] = [park]
    frame = load_plan(write_toy(tmp_path / "data", layers)).frame("parks")
    assert frame.loc["parks:one", "extra_geometry"] == "round"
    assert frame.area.item() == pytest.approx(40_000, abs=0.1)


@pytest.mark.parametrize(
    ("asked", "error", "says"),
    [
        ({"what": "nowhere"}, ChoiceError, "rings"),
        ({"what": "rings", "crs": "EPSG:2327"}, CrsError, "EPSG:2327"),
        ({"what": "rings", "rings": (1, 2)}, QueryError, "3 ring distances"),
        ({"what": "rings", "extent": "1999"}, QueryError, "2025"),
    ],
)
def test_what_cannot_be_had_is_said(plan: Plan, asked: dict[str, object], error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        plan.frame(**asked)  # type: ignore[arg-type]


def test_package_gives_the_plan_late_and_nothing_else() -> None:
    assert geo.load_plan is load_plan
    assert geo.Plan is Plan
    with pytest.raises(AttributeError, match="nothing_such"):
        geo.nothing_such  # noqa: B018
    code = "import sys, geo.errors\nprint('numpy' in sys.modules, 'geo.plan' in sys.modules)"
    code += "\nfrom geo import load_plan\nprint('geo.plan' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    assert ran.stdout.split() == ["False", "False", "True"]
