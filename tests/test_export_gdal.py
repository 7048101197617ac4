"""GeoPackage, Shapefile, FlatGeobuf and GeoParquet, read back by GDAL, GeoPandas, pyshp and SQLite."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pyarrow.parquet
import pyogrio
import pyogrio.raw
import pytest
import shapefile
import shapely
from shapely.geometry.base import BaseGeometry

from geo import crs
from geo.assess import Question
from geo.errors import ChoiceError
from geo.output.exports import Wanted, export
from geo.output.exports.build import contents_of_layers
from geo.output.exports.content import as_one, parts_of
from geo.output.exports.fields import fields_of
from geo.output.exports.order import settle
from geo.output.exports.writers.dbf import dbf_bytes
from geo.output.exports.writers.gdal import columns_of
from geo.plan import Plan, load_plan
from tests import toy

EXTENSIONS = ("gpkg", "shp.zip", "fgb", "parquet")
SYSTEMS = (*(f"EPSG:{number}" for number in crs.ALLOWED), "gcj02", "bd09")
METRIC = "EPSG:4548"
MADE_ON = date(2026, 1, 2)
OWN_TABLES = {"atlas_about", "atlas_fields", "layer_styles"}
HOSTILE = "{{ 7*191 }}<img src=x onerror=alert(1)>${1}{% "
WORSE = "</script>`'\"\\\u2028{# [__proto__]"
FORMULA = '=HYPERLINK("http://x")\'; DROP TABLE parks; --'
CLEF = "\N{MUSICAL SYMBOL G CLEF}"  # beyond the first plane, and beyond GBK


@dataclass(frozen=True)
class Read:
    """A row as a reader of the format gives it: its attributes by name, its shape as the file has it."""

    values: dict[str, Any]
    shape: BaseGeometry | None


def asked(ext: str, system: str | None = None, what: str = "all", **more: Any) -> Wanted:
    """An export in a system or a shifted datum, made on a day of its own."""
    place = {} if system is None else {"crs": system} if system.startswith("EPSG") else {"datum": system}
    return Wanted(what, ext, made_on=MADE_ON, **place, **more)


def plain(value: Any) -> Any:
    """A value of a reader as Python has it; what readers give for nothing is None."""
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return None
    return value.item() if isinstance(value, np.generic) else value


def gdal_rows(path: Path, layer: str | None = None) -> tuple[list[Read], str | None]:
    """The rows of a layer as GDAL reads them, and the name or the WKT of its system."""
    meta, _, wkb, data = pyogrio.raw.read(path, layer=layer)
    count = len(data[0])
    shapes = [None] * count if wkb is None else [None if one is None else shapely.from_wkb(one) for one in wkb]
    names = list(meta["fields"])
    rows = [
        Read({name: plain(column[i]) for name, column in zip(names, data, strict=True)}, shapes[i])
        for i in range(count)
    ]
    return rows, meta["crs"]


def read_gpkg(content: bytes, folder: Path) -> tuple[list[Read], set[str]]:
    path = folder / "read.gpkg"
    path.write_bytes(content)
    tables = [gdal_rows(path, name) for name, _ in pyogrio.list_layers(path) if name not in OWN_TABLES]
    return [row for rows, _ in tables for row in rows], {str(system) for _, system in tables if system}


def unzipped(content: bytes, folder: Path) -> dict[str, bytes]:
    """The files of a zip by name, also written to a folder."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        archive.extractall(folder)
        return {name: archive.read(name) for name in archive.namelist()}


def read_shp(content: bytes, folder: Path) -> tuple[list[Read], set[str]]:
    files = unzipped(content, folder)
    rows, systems = [], set()
    for name in files:
        if name.endswith(".shp") or (name.endswith(".dbf") and f"{name[:-4]}.shp" not in files):
            found, system = gdal_rows(folder / name)
            rows += found
            systems |= {system} if system else set()
    return rows, systems


def read_fgb(content: bytes, folder: Path) -> tuple[list[Read], set[str]]:
    path = folder / "read.fgb"
    path.write_bytes(content)
    rows, system = gdal_rows(path)
    return rows, {str(system)}


def read_parquet(content: bytes, folder: Path) -> tuple[list[Read], set[str]]:
    frame = geopandas.read_parquet(io.BytesIO(content))
    shapes = list(frame.geometry)
    columns = pyarrow.parquet.read_table(io.BytesIO(content)).drop_columns([frame.geometry.name]).to_pylist()
    system = "undefined" if frame.crs is None else f"EPSG:{frame.crs.to_epsg()}"
    return [Read(values, shape) for values, shape in zip(columns, shapes, strict=True)], {system}


READERS: dict[str, Callable[[bytes, Path], tuple[list[Read], set[str]]]] = {
    "gpkg": read_gpkg,
    "shp.zip": read_shp,
    "fgb": read_fgb,
    "parquet": read_parquet,
}


@pytest.fixture(scope="module")
def made(plan: Plan) -> Callable[[str, str | None], bytes]:
    """Files of the whole plan; each is made once."""

    @cache
    def content(ext: str, system: str | None = None) -> bytes:
        return export(plan, asked(ext, system)).content

    return content


@pytest.fixture(scope="module")
def expected(plan: Plan) -> dict[str, tuple[str, BaseGeometry | None, float | None]]:
    """Name, shape in metres and area of every row of the plan, by id."""
    found = {}
    for table in contents_of_layers(settle(plan, asked("parquet", "EPSG:4490"))).tables:
        for row in table.rows:
            shape = None if row.geometry is None else crs.to_metres(row.geometry, METRIC)
            found[row.id] = (str(row.values["name_zh"]), shape, row.values.get("area_m2"))
    return found


def back_in_metres(shape: BaseGeometry, system: str) -> BaseGeometry:
    """A shape of a file in the metric system of the plan."""

    def lonlat(xy: Any) -> Any:
        if system.startswith("EPSG"):
            return np.column_stack(crs.unproject(xy[:, 0], xy[:, 1], system))
        return np.column_stack(crs.from_datum(xy[:, 0], xy[:, 1], system))

    return crs.to_metres(shapely.transform(shape, lonlat), METRIC)


def vertices(shape: BaseGeometry) -> Any:
    """The vertices in an order that hangs neither on where a ring begins or which way it runs nor on the first part."""
    return shapely.get_coordinates(shapely.normalize(shape))


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("ext", EXTENSIONS)
def test_every_format_gives_the_plan_back_from_every_system(
    made: Callable[..., bytes], expected: dict[str, Any], tmp_path: Path, ext: str, system: str
) -> None:
    rows, systems = READERS[ext](made(ext, system), tmp_path)
    assert len(rows) == len(expected)
    assert {row.values["id"]: row.values["name_zh"] for row in rows} == {key: one[0] for key, one in expected.items()}
    for row in rows:
        _, shape, area_m2 = expected[row.values["id"]]
        assert (row.shape is None) == (shape is None)
        if row.shape is not None and shape is not None:
            found = back_in_metres(row.shape, system)
            assert np.abs(vertices(found) - vertices(shape)).max() < 0.1
            if area_m2 is not None and found.area:
                assert found.area == pytest.approx(area_m2, rel=1e-6, abs=0.006)  # two decimals are written
    assert len(systems) == 1
    assert is_called(systems.pop(), ext, system)


def is_called(name: str, ext: str, system: str) -> bool:
    """Whether a file names the system that was asked for, and a shifted datum by its own name."""
    if system.startswith("EPSG"):
        return name == system
    if ext == "parquet":
        return name == "undefined"
    return crs.DATUM_NAMES[system] in name and '"EPSG","4' not in name  # 4xxx: codes of systems in degrees


@pytest.mark.parametrize("ext", EXTENSIONS)
def test_attributes_are_those_of_the_plan_in_their_kinds(
    plan: Plan, made: Callable[..., bytes], tmp_path: Path, ext: str
) -> None:
    content = contents_of_layers(settle(plan, asked(ext)))
    rows = {row.values["id"]: row.values for row in READERS[ext](made(ext), tmp_path)[0]}
    cut = 0
    for table in content.tables:
        for row in table.rows:
            for field in table.fields:
                name = field.short if ext == "shp.zip" else field.name
                wanted, found = row.values.get(field.name), rows[row.id][name]
                if ext == "shp.zip" and str(found).endswith("…"):
                    assert str(wanted).startswith(found[:-1])
                    cut += 1
                elif ext == "shp.zip" and wanted == "":
                    assert found is None
                else:
                    assert found == wanted, (row.id, name)
    assert (cut > 0) == (ext == "shp.zip")


@pytest.mark.parametrize("ext", EXTENSIONS)
def test_the_same_question_gives_the_same_bytes(plan: Plan, made: Callable[..., bytes], ext: str) -> None:
    assert export(plan, asked(ext)).content == made(ext)


@pytest.mark.parametrize("ext", EXTENSIONS)
def test_nothing_stays_behind(plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ext: str) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    export(plan, asked(ext, what="parks,metro"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("ext", EXTENSIONS)
def test_rows_in_words_alone_make_a_file(plan: Plan, tmp_path: Path, ext: str) -> None:
    exported = export(plan, asked(ext, what="sites", filters=(("basis", ("none",)),)))
    if ext == "parquet":
        rows = [Read(row, None) for row in pyarrow.parquet.read_table(io.BytesIO(exported.content)).to_pylist()]
    else:
        rows = READERS[ext](exported.content, tmp_path)[0]
    assert len(rows) == exported.count > 0
    assert all(row.shape is None for row in rows)


@pytest.mark.parametrize("ext", EXTENSIONS)
def test_the_answer_about_a_site_is_written_with_its_corners(plan: Plan, tmp_path: Path, ext: str) -> None:
    x, y = crs.project(116.05, 28.70, METRIC)
    square = [crs.unproject(x + i, y + j, METRIC) for i, j in ((0, 0), (200, 0), (200, 300), (0, 300), (0, 0))]
    data = json.dumps({"type": "Polygon", "coordinates": [square]}).encode()
    site = Question(data, None, None, "2025", "shore_belt")
    wanted = asked(ext, METRIC, site=site, site_name="地块 <1>")
    rows = {row.values["id"]: row for row in READERS[ext](export(plan, wanted).content, tmp_path)[0]}
    found = rows["site:assessed"]
    assert found.shape is not None
    assert found.shape.area == pytest.approx(200 * 300, rel=1e-6)
    assert found.values["name_zh"] == "地块 <1>"
    points = [rows[f"J{number}"].shape for number in range(1, 5)]
    assert shapely.MultiPoint(points).convex_hull.area == pytest.approx(200 * 300, rel=1e-6)


# GeoPackage


@pytest.fixture
def package(made: Callable[..., bytes], tmp_path: Path) -> Iterator[sqlite3.Connection]:
    path = tmp_path / "all.gpkg"
    path.write_bytes(made("gpkg"))
    with closing(sqlite3.connect(path)) as database:
        yield database


def test_geopackage_is_of_version_1_2_and_sound(package: sqlite3.Connection) -> None:
    assert package.execute("PRAGMA application_id").fetchone()[0] == int.from_bytes(b"GPKG", "big")
    assert package.execute("PRAGMA user_version").fetchone()[0] == 10200
    assert package.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert package.execute("PRAGMA foreign_key_check").fetchall() == []
    assert package.execute("PRAGMA journal_mode").fetchone()[0] == "delete"


def test_geopackage_has_a_table_for_each_part_with_both_titles(plan: Plan, package: sqlite3.Connection) -> None:
    parts = [part for table in contents_of_layers(settle(plan, asked("gpkg"))).tables for part in parts_of(table)]
    columns = "table_name, data_type, identifier, description, last_change"
    rows = {row[0]: row[1:] for row in package.execute(f"SELECT {columns} FROM gpkg_contents")}
    assert set(rows) == {part.name for part in parts} | OWN_TABLES
    for part in parts:
        title = f"{part.title('zh')} / {part.title('en')}"
        kind = "attributes" if part.kind == "words" else "features"
        assert rows[part.name] == (kind, title, title, "2026-01-02T00:00:00.000Z")
    kinds = dict(package.execute("SELECT table_name, geometry_type_name FROM gpkg_geometry_columns"))
    wanted = {"area": "MULTIPOLYGON", "line": "MULTILINESTRING", "point": "POINT"}
    assert kinds == {part.name: wanted[part.kind] for part in parts if part.kind != "words"}
    for name in kinds:
        indexed = package.execute(f'SELECT count(*) FROM "rtree_{name}_geom"').fetchone()
        assert indexed == package.execute(f'SELECT count(*) FROM "{name}"').fetchone()


def test_geopackage_is_styled_as_qgis_looks_it_up(package: sqlite3.Connection) -> None:
    shown = {row[0] for row in package.execute("SELECT table_name FROM gpkg_geometry_columns")}
    query = (
        "SELECT f_table_name, styleQML, update_time FROM layer_styles WHERE f_table_schema = '' AND useAsDefault = 1"
    )
    styles = package.execute(f"{query} AND f_geometry_column = 'geom'").fetchall()
    assert sorted(row[0] for row in styles) == sorted(shown)
    assert all("<qgis" in qml and when.startswith("2026-01-02") for _, qml, when in styles)


def test_geopackage_explains_its_columns_and_itself(plan: Plan, package: sqlite3.Connection) -> None:
    content = contents_of_layers(settle(plan, asked("gpkg")))
    fields = {field.name: field for table in content.tables for field in table.fields}
    listed = package.execute("SELECT name, short, unit, title_zh, meaning_en FROM atlas_fields").fetchall()
    wanted = [(one.name, one.short, one.unit, one.title_zh, one.meaning_en) for one in fields.values()]
    assert sorted(listed) == sorted(wanted)
    query = "SELECT column_name, name, title, description FROM gpkg_data_columns WHERE table_name = 'water'"
    headings = {row[0]: row[1:] for row in package.execute(query)}
    columns = {row[1] for row in package.execute("PRAGMA table_info(water)")}
    assert set(headings) == columns - {"fid", "geom"}
    assert headings["area_m2"][0] == "计算面积（m²）"
    assert headings["area_m2"][1] == "计算面积 / computed area"
    assert headings["area_m2"][2].startswith("[m²] 在规划的平面坐标系中量算 / ")
    about = package.execute("SELECT key, text_zh, text_en FROM atlas_about ORDER BY fid").fetchall()
    assert about == [(one.key, one.text_zh, one.text_en) for one in content.statements]
    assert content.text("legal", "zh") in package.execute("SELECT metadata FROM gpkg_metadata").fetchone()[0]


@pytest.mark.parametrize("datum", ["gcj02", "bd09"])
def test_geopackage_calls_a_shifted_datum_by_no_code(made: Callable[..., bytes], tmp_path: Path, datum: str) -> None:
    path = tmp_path / "shifted.gpkg"
    path.write_bytes(made("gpkg", datum))
    with closing(sqlite3.connect(path)) as database:
        used = {row[0] for row in database.execute("SELECT srs_id FROM gpkg_geometry_columns")}
        query = "SELECT srs_name, organization FROM gpkg_spatial_ref_sys WHERE srs_id = ?"
        named = [database.execute(query, (one,)).fetchone() for one in used]
    assert used.isdisjoint({-1, 0, 4326, 4490})
    assert [(name.split()[0], organization) for name, organization in named] == [(crs.DATUM_NAMES[datum], "NONE")]


# Shapefile


@pytest.mark.parametrize(("encoding", "mark"), [("utf-8", 0), ("gbk", 0x4D)])
def test_shapefile_is_read_by_pyshp_in_its_encoding(
    plan: Plan, expected: dict[str, Any], tmp_path: Path, encoding: str, mark: int
) -> None:
    files = unzipped(export(plan, asked("shp.zip", options=(("encoding", encoding),))).content, tmp_path)
    names, notes = {}, []
    for name in (name.removesuffix(".dbf") for name in files if name.endswith(".dbf")):
        assert name.isascii()
        assert files[f"{name}.dbf"][29] == mark
        assert files[f"{name}.dbf"][1:4] == bytes((126, 1, 2))
        assert files[f"{name}.cpg"] == encoding.upper().encode()
        with shapefile.Reader(dbf=tmp_path / f"{name}.dbf", encoding=encoding) as reader:
            names |= {record["id"]: record["name_zh"] for record in reader.iterRecords()}
            notes += [record["note_zh"] for record in reader.iterRecords()]
    plain_names = {
        key: one[0] if encoding == "utf-8" else one[0].replace("\u2009", " ") for key, one in expected.items()
    }
    assert names == plain_names
    assert max(len(note.encode(encoding)) for note in notes) <= 254


def test_shapefile_shapes_are_read_by_pyshp(
    made: Callable[..., bytes], expected: dict[str, Any], tmp_path: Path
) -> None:
    unzipped(made("shp.zip"), tmp_path)
    with shapefile.Reader(tmp_path / "rings.shp", encoding="utf-8") as reader:
        for record in reader.iterShapeRecords():
            shape = shapely.geometry.shape(record.shape.__geo_interface__)
            assert shape.area == pytest.approx(expected[record.record["id"]][2], rel=1e-6)


def test_shapefile_explains_its_fields_and_itself(made: Callable[..., bytes], tmp_path: Path) -> None:
    files = unzipped(made("shp.zip"), tmp_path)
    listed = list(csv.DictReader(io.StringIO(files["fields.csv"].decode("utf-8-sig"))))
    for name in (name for name in files if name.endswith(".dbf")):
        with shapefile.Reader(dbf=tmp_path / name, encoding="utf-8") as reader:
            wanted = [field[0] for field in reader.fields[1:]]
        assert [row["short"] for row in listed if row["file"] == name] == wanted
        assert all(len(short.encode()) <= 10 for short in wanted)
    basis = next(row for row in listed if row["short"] == "basis")
    assert (basis["name"], basis["title_zh"]) == ("geometry_basis", "定位依据")
    readme = files["README.txt"].decode("utf-8-sig")
    assert "非法定规划图" in readme
    assert "Not a legal plan" in readme
    assert "2026-01-02" in readme


def test_shapefile_keeps_what_its_tables_cut_in_a_file_beside_them(plan: Plan, tmp_path: Path) -> None:
    content = contents_of_layers(settle(plan, asked("shp.zip")))
    rows = {row.id: row.values for table in content.tables for row in table.rows}
    files = unzipped(export(plan, asked("shp.zip")).content, tmp_path)
    texts = list(csv.DictReader(io.StringIO(files["texts.csv"].decode("utf-8-sig"))))
    long = {
        (key, name) for key, values in rows.items() for name, text in values.items() if len(str(text).encode()) > 254
    }
    assert {(row["id"], row["name"]) for row in texts} == long
    assert all(row["text"] == rows[row["id"]][row["name"]] for row in texts)
    for row in texts[:5]:
        with shapefile.Reader(dbf=tmp_path / row["file"], encoding="utf-8") as reader:
            kept = reader.record(int(row["record"]) - 1)[row["short"]]
        assert kept.endswith("…")
        assert row["text"].startswith(kept[:-1])
        assert 254 - 4 <= len(kept.encode()) <= 254


def test_table_of_a_shapefile_refuses_more_fields_than_it_holds() -> None:
    fields = fields_of([f"field_{number}" for number in range(256)], [])
    assert dbf_bytes(columns_of(fields[:255], []), "utf-8", MADE_ON)[0] == 3
    with pytest.raises(ChoiceError) as refused:
        dbf_bytes(columns_of(fields, []), "utf-8", MADE_ON)
    assert refused.value.possible == ("gpkg",)


# FlatGeobuf and GeoParquet


def test_flatgeobuf_has_an_index_unless_a_row_has_no_shape(plan: Plan, tmp_path: Path) -> None:
    for what, is_indexed in (("water", True), ("sites", False)):
        path = tmp_path / f"{what}.fgb"
        path.write_bytes(export(plan, asked("fgb", what=what)).content)
        info = pyogrio.read_info(path)
        assert info["capabilities"]["fast_spatial_filter"] == is_indexed
        assert "非法定规划图" in info["layer_metadata"]["DESCRIPTION"]
        assert "Not a legal plan" in info["layer_metadata"]["DESCRIPTION"]
        assert "定位依据" in json.loads(info["layer_metadata"]["fields"])["geometry_basis"]


@pytest.mark.parametrize("system", ["EPSG:4548", "gcj02"])
def test_geoparquet_follows_its_description(plan: Plan, made: Callable[..., bytes], system: str) -> None:
    schema = pyarrow.parquet.read_schema(io.BytesIO(made("parquet", system)))
    geo = json.loads(schema.metadata[b"geo"])
    assert (geo["version"], geo["primary_column"]) == ("1.1.0", "geometry")
    column = geo["columns"]["geometry"]
    assert column["encoding"] == "WKB"
    if system == "gcj02":
        assert column["crs"] is None
    else:
        assert column["crs"]["id"] == {"authority": "EPSG", "code": 4548}
    table = as_one(contents_of_layers(settle(plan, asked("parquet", system))))
    shapes = [row.geometry for row in table.rows if row.geometry is not None]
    assert column["bbox"] == pytest.approx(shapely.total_bounds(shapes))
    assert column["geometry_types"] == sorted({shape.geom_type for shape in shapes})
    kinds = {"text": "string", "whole": "int64", "number": "double", "truth": "bool"}
    assert [str(schema.field(field.name).type) for field in table.fields] == [kinds[one.kind] for one in table.fields]
    assert schema.field("accuracy_m").metadata[b"title_zh"].decode() == "精度"
    said = {one["key"]: one["text_zh"] for one in json.loads(schema.metadata[b"atlas"])}
    assert "非法定规划图" in said["legal"]
    assert ("GCJ-02" in said["crs"]) == (system == "gcj02")


# Data that nobody wishes for

STRANGE = {
    "name_zh": HOSTILE,
    "name_en": FORMULA,
    "fid": 5,
    "geom": "columns that formats use themselves",
    "Geometry": "",
    "NAME_ZH": "the same but for the case of letters",
    "nul": "瑶\0湖",
    "clef": CLEF,
    "large": 2**70,
    "truth": False,
    "mixed": 1,
    HOSTILE: HOSTILE,
    WORSE: WORSE,
    "": "a name of no letters",
    "长" * 40: "长",
}


@pytest.fixture(scope="module")
def strange(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """The toy with a park that has a hole and two parts, and attributes that no one wishes for."""
    layers = toy.toy_layers()
    hole = [toy.square(300)[0], toy.square(100)[0][::-1]]
    shape = {
        "type": "MultiPolygon",
        "coordinates": [[moved(ring) for ring in hole], toy.square(50, 3000, 3000)],
    }
    layers["parks"].append(toy.feature("parks:strange", shape, **STRANGE))
    layers["parks"][0]["properties"]["mixed"] = "text"
    return load_plan(toy.write_toy(tmp_path_factory.mktemp("strange"), layers))


def moved(ring: list[list[float]]) -> list[list[float]]:
    """A ring of the toy out of the lake and the parks."""
    return [[round(lon, 10), round(lat + 0.03, 10)] for lon, lat in ring]


@pytest.mark.parametrize("ext", EXTENSIONS)
def test_strange_rows_come_back_as_they_are(strange: Plan, tmp_path: Path, ext: str) -> None:
    rows = READERS[ext](export(strange, asked(ext, METRIC, "parks")).content, tmp_path)[0]
    found = next(row for row in rows if row.values["id"] == "parks:strange")
    assert found.shape is not None
    # A square of 600 m with a hole of 200 m, and one of 100 m; the place is moved by degrees, so not to the last cm.
    assert found.shape.area == pytest.approx(600**2 - 200**2 + 100**2, rel=1e-3)
    assert len(found.shape.geoms) == 2
    assert sum(len(part.interiors) for part in found.shape.geoms) == 1
    values = list(found.values.values())
    for text in (HOSTILE.rstrip() if ext == "shp.zip" else HOSTILE, WORSE, FORMULA, "瑶湖", CLEF, str(2**70)):
        assert text in values
    assert all(values.count(STRANGE[name]) == 1 for name in ("NAME_ZH", "geom", ""))
    assert 5 in values
    assert (found.values["mixed"], found.values["truth"]) == ("1", False)
    if ext != "shp.zip":
        assert "" in values


def test_no_value_and_the_empty_text_differ_where_the_format_can(strange: Plan, tmp_path: Path) -> None:
    for ext in ("gpkg", "fgb", "parquet"):
        rows = READERS[ext](export(strange, asked(ext, METRIC, "parks")).content, tmp_path)[0]
        names = [name for name in rows[0].values if name.startswith("Geometry")]
        assert sorted((row.values["id"], row.values[names[0]]) for row in rows) == [
            ("parks:one", None),
            ("parks:planned", None),
            ("parks:strange", ""),
            ("parks:two", None),
        ]


def test_gbk_refuses_what_it_cannot_say_and_names_it(strange: Plan) -> None:
    wanted = asked("shp.zip", what="parks", options=(("encoding", "gbk"),))
    with pytest.raises(ChoiceError) as refused:
        export(strange, wanted)
    assert (refused.value.word, refused.value.possible) == ("encoding", ("utf-8",))
    assert f"U+{ord(CLEF):X}" in refused.value.en
    assert "parks:strange" in refused.value.zh
    assert export(strange, replace(wanted, what="water")).count == 2
