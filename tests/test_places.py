from pathlib import Path

import pytest
import shapely

from geo.errors import GeoError
from geo.formats.places import parse_csv, parse_geojson, read_places

SQUARE = "[[[116,28],[116.01,28],[116.01,28.01],[116,28]]]"


def test_csv_points_keep_names_and_order() -> None:
    found = parse_csv("Lat,名称,LON,name\n28.7,甲,116.05,乙\n28.6,丙,116.0,\n")
    assert [(p.name, p.geometry.x, p.geometry.y) for p in found] == [("乙", 116.05, 28.7), ("row 3", 116.0, 28.6)]


def test_geojson_takes_points_and_polygons() -> None:
    text = (
        '{"type":"FeatureCollection","features":['
        '{"type":"Feature","properties":{"name_zh":"甲"},"geometry":{"type":"Point","coordinates":[116,28]}},'
        f'{{"type":"Feature","properties":null,"geometry":{{"type":"Polygon","coordinates":{SQUARE}}}}}]}}'
    )
    assert [(p.name, p.geometry.geom_type) for p in parse_geojson(text)] == [("甲", "Point"), ("feature 2", "Polygon")]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name,x,y\nA,1,2\n", "columns lon and lat"),
        ("lon,lat\n116\n", "Row 2"),
        ("lon,lat\n406000,3176000\n", "Row 2"),
        ("lon,lat\nnan,28\n", "Row 2"),
        ("", "found: none"),
        ("lon,lat,lon\n116,28,117\n", "once each"),
        ("lon,lat\n116,28,1\n", "Row 2 has 3 cells"),
        ("lon,lat\n１１６,28\n", "Row 2"),
        ("lon,lat\n1_16,28\n", "Row 2"),
        ("lon,lat\n2e1,28\n", "Row 2"),
        ('lon,lat\n"116,28\n', "cannot be read"),
        ("lon,lat\n" + "1" * 200_000 + ",28\n", "cannot be read"),
    ],
)
def test_csv_that_cannot_be_read_is_refused_with_the_row(text: str, says: str) -> None:
    with pytest.raises(GeoError, match=says):
        parse_csv(text)


def _feature(geometry: str) -> str:
    return f'{{"type":"Feature","properties":{{}},"geometry":{geometry}}}'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ('{"type":"FeatureCollection"}', "no list of features"),
        ('{"type":"FeatureCollection","features":[1]}', "Feature 1 is no object"),
        (_feature("null"), "has no Point"),
        (_feature('{"type":"Point","coordinates":[NaN,28]}'), "no JSON number"),
        (_feature('{"type":"Point","coordinates":[1e999,28]}'), "Feature 1"),
        (_feature('{"type":"Point","coordinates":[]}'), "Feature 1"),
        (_feature('{"type":"Point","coordinates":["a",1]}'), "Feature 1"),
        (_feature('{"type":"Point","coordinates":[true,1]}'), "two or three numbers"),
        (_feature('{"type":"Point","coordinates":[1,2,3,4]}'), "two or three numbers"),
        (_feature(f'{{"type":"Point","coordinates":[{"9" * 400},1]}}'), "lon/lat degrees"),
        (_feature(f'{{"type":"Polygon","coordinates":{"[" * 400}{"]" * 400}}}'), "Feature 1"),
        (_feature('{"type":"Polygon","coordinates":[[[0,0],[1,1],[1,0]]]}'), "not closed"),
        ('{"type":"Feature","type":"Feature"}', "stands twice"),
        ('{"type":"Point","coordinates":[1,2],"crs":{"properties":{"name":"EPSG:4548"}}}', "EPSG:4548"),
        ("[]", "no GeoJSON object"),
        (_feature('{"type":"Point","coordinates":[406000,3176000]}'), "not in lon/lat"),
        (_feature('{"type":"Polygon","coordinates":[[[0,0],[1,1],[1,0],[0,1],[0,0]]]}'), "Self-intersection"),
        (_feature('{"type":"Polygon","coordinates":[[[0,0],[1,1]]]}'), "Feature 1"),
    ],
)
def test_geojson_that_cannot_be_read_is_refused_with_the_feature(text: str, says: str) -> None:
    with pytest.raises(GeoError, match=says):
        parse_geojson(text)


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4490"])
def test_crs_member_that_means_lonlat_is_taken(name: str) -> None:
    text = f'{{"type":"Point","coordinates":[1,2],"crs":{{"type":"name","properties":{{"name":"{name}"}}}}}}'
    assert parse_geojson(text)[0].geometry.equals(shapely.Point(1, 2))


def test_missing_file_and_foreign_encoding_are_named(tmp_path: Path) -> None:
    with pytest.raises(GeoError, match="cannot be read"):
        read_places(tmp_path / "none.csv")
    (tmp_path / "gbk.csv").write_bytes("name,lon,lat\n瑶湖,116,28\n".encode("gbk"))
    with pytest.raises(GeoError, match="UTF-8"):
        read_places(tmp_path / "gbk.csv")
