from pathlib import Path

import pytest

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
        ('{"type":"FeatureCollection","features":[1]}', "Feature 1 has no"),
        (_feature("null"), "has no Point"),
        (_feature('{"type":"Point","coordinates":[NaN,28]}'), "no JSON number"),
        (_feature('{"type":"Point","coordinates":[1e999,28]}'), "Feature 1"),
        (_feature('{"type":"Point","coordinates":[]}'), "Feature 1"),
        (_feature('{"type":"Point","coordinates":["a",1]}'), "Feature 1"),
        (_feature('{"type":"Point","coordinates":[406000,3176000]}'), "not in lon/lat"),
        (_feature('{"type":"Polygon","coordinates":[[[0,0],[1,1],[1,0],[0,1],[0,0]]]}'), "Self-intersection"),
        (_feature('{"type":"Polygon","coordinates":[[[0,0],[1,1]]]}'), "Feature 1"),
    ],
)
def test_geojson_that_cannot_be_read_is_refused_with_the_feature(text: str, says: str) -> None:
    with pytest.raises(GeoError, match=says):
        parse_geojson(text)


def test_missing_file_and_foreign_encoding_are_named(tmp_path: Path) -> None:
    with pytest.raises(GeoError, match="No file"):
        read_places(tmp_path / "none.csv")
    (tmp_path / "gbk.csv").write_bytes("name,lon,lat\n瑶湖,116,28\n".encode("gbk"))
    with pytest.raises(GeoError, match="UTF-8"):
        read_places(tmp_path / "gbk.csv")
