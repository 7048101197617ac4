"""Exports that are text or tables, read back by other eyes than wrote them: GDAL, openpyxl, csv, and a TXT reader."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import openpyxl
import pyogrio
import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from geo import crs
from geo.assess import Question
from geo.errors import ChoiceError, EmptyError
from geo.formats.corners import read_corners
from geo.output.exports import Exported, Wanted, export
from geo.plan import Plan, load_plan
from tests.toy import feature, polygon, position, square, toy_layers, write_toy

ON = date(2026, 11, 21)
SYSTEMS = tuple(f"EPSG:{number}" for number in crs.ALLOWED)
SHIFTED = ("gcj02", "bd09")
METRIC = "EPSG:4548"
KML = "{http://www.opengis.net/kml/2.2}"
HOSTILE = "=1+1,{{ 7*191 }}<img src=x onerror=alert(1)>@[b]&#\"';\n%%u^I"
MARKS = tuple("=+-@\t\r")
NEAR_M = 0.1


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """Parks with a hole, of two parts, with a hostile name, with characters outside GBK; a class; a truth."""
    ring, hole = square(500, 4000, 0)[0], square(100, 4000, 0)[0]
    parts = {
        "type": "MultiPolygon",
        "coordinates": [square(100, -4000, 0), [*square(300, -5000, 0), square(50, -5000, 0)[0]]],
    }
    lines = {
        "type": "MultiLineString",
        "coordinates": [[position(0, -3000), position(900, -3000)], [position(0, 3000), position(50, 3000)]],
    }
    layers = toy_layers()
    layers["parks"] = [
        feature("parks:hole", {"type": "Polygon", "coordinates": [ring, hole]}, name_zh="有孔，公园", green_class="G1"),
        feature("parks:parts", parts, name_zh="两块𠮷園", name_en="parts, two", green_class="G1", land_use="0804"),
        feature("parks:hostile", polygon(100, 0, 4000), name_zh=HOSTILE, name_en=HOSTILE, note_zh=HOSTILE, bare=True),
        feature("parks:words", None, name_zh="仅文字"),
    ]
    layers["roads"] = [feature("roads:parts", lines, name_zh="路", lanes=4, wkt="own", crs="own")]
    folder = write_toy(tmp_path_factory.mktemp("toy"), layers)
    add_parcels(folder)
    return load_plan(folder)


def add_parcels(folder: Path) -> None:
    """Gives a toy a layer of parcels with classes of land use."""
    path = folder / "catalogue.json"
    catalogue = json.loads(path.read_text("utf-8"))
    layer = next(one for one in catalogue["layers"] if one["id"] == "places")
    title = {"id": "parcels", "title_zh": "地块", "title_en": "Parcels", "file": "parcels.geojson", "visible": False}
    catalogue["layers"].append({**layer, **title})
    path.write_text(json.dumps(catalogue, ensure_ascii=False), "utf-8")
    parcels = [
        feature("parcels:school", polygon(100, 3000, 3000), land_use="0804", name_zh="学校"),
        feature("parcels:labs", polygon(100, 3400, 3000), land_use="0802", name_zh="研发"),
        feature("parcels:labs_2", polygon(100, 3800, 3000), land_use="0802", geometry_basis="inferred"),
        feature("parcels:unknown", polygon(100, 4200, 3000), name_zh="未定"),
    ]
    text = json.dumps({"type": "FeatureCollection", "features": parcels}, ensure_ascii=False)
    (folder / "layers/parcels.geojson").write_text(text, "utf-8")


@dataclass(frozen=True)
class Case:
    """A plan and what is asked of it."""

    plan: Plan
    wanted: Wanted

    @property
    def shapes_m(self) -> dict[str, BaseGeometry]:
        """The drawn shapes of the plan in metres of EPSG:4548 by id, as the plan itself measures them."""
        view = self.plan.view(None, None, None)
        found = (shape for layer in self.plan.catalogue.layers for shape in self.plan.of_layer(layer.id, view))
        return {shape.feature.id: shape.geometry_m for shape in found if shape.geometry_m is not None}


@cache
def made(plan: Plan, wanted: Wanted) -> Exported:
    return export(plan, wanted)


def wanted(ext: str, *, system: str | None = None, lang: str = "zh", what: str = "all", **options: str) -> Wanted:
    datum, code = (system, None) if system in SHIFTED else (None, system)
    return Wanted(what, ext, crs=code, datum=datum, lang=lang, options=tuple(options.items()), made_on=ON)


def in_metres(geometry: BaseGeometry, system: str) -> BaseGeometry:
    """A geometry of a file in EPSG:4548."""

    def moved(points: Any) -> Any:
        if system in SHIFTED:
            lon, lat, *_ = crs.from_datum(points[:, 0], points[:, 1], system)
        else:
            lon, lat = crs.unproject(points[:, 0], points[:, 1], system)
        return np.column_stack(crs.project(lon, lat, METRIC))

    return shapely.transform(geometry, moved)


def assert_same(found: BaseGeometry, expected: BaseGeometry, relative: float = 1e-6) -> None:
    """Same area, same vertices within 0.1 m in whatever order a format writes its rings."""
    assert found.area == pytest.approx(expected.area, rel=relative)
    assert found.length == pytest.approx(expected.length, rel=relative)
    here, there = shapely.points(shapely.get_coordinates(found)), shapely.points(shapely.get_coordinates(expected))
    assert shapely.STRtree(there).query(here, "dwithin", NEAR_M)[0].size >= len(here)
    assert len(np.unique(shapely.STRtree(there).query(here, "dwithin", NEAR_M)[0])) == len(here)
    assert len(np.unique(shapely.STRtree(here).query(there, "dwithin", NEAR_M)[0])) == len(there)


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


# CSV


@pytest.mark.parametrize("system", [*SYSTEMS, *SHIFTED])
def test_csv_with_wkt_gives_back_every_shape(plan: Plan, system: str) -> None:
    case = Case(plan, wanted("csv", system=system))
    rows = rows_of(made(plan, case.wanted).content)
    drawn = {row["id"]: row for row in rows if row["wkt"]}
    assert drawn.keys() == case.shapes_m.keys()
    assert len(rows) == made(plan, case.wanted).count > len(drawn)
    for name, expected in case.shapes_m.items():
        assert_same(in_metres(shapely.from_wkt(drawn[name]["wkt"]), system), expected)
        assert drawn[name]["crs"] == system or (system in SHIFTED and "偏" in drawn[name]["crs"])


@pytest.mark.parametrize("system", [METRIC, "EPSG:4326", "gcj02"])
def test_csv_with_points_puts_each_inside_its_shape(toy: Plan, system: str) -> None:
    case = Case(toy, wanted("csv", system=system, geometry="point"))
    names = ("easting_m", "northing_m") if system == METRIC else ("lon", "lat")
    for row in rows_of(made(toy, case.wanted).content):
        if row["id"] not in case.shapes_m:
            assert row[names[0]] == row[names[1]] == row["crs"] == ""
            continue
        point = in_metres(shapely.Point(float(row[names[0]]), float(row[names[1]])), system)
        assert case.shapes_m[row["id"]].distance(point) < NEAR_M


def test_csv_is_a_table_that_gdal_reads_whole(toy: Plan, tmp_path: Path) -> None:
    path = tmp_path / "toy.csv"
    path.write_bytes(made(toy, wanted("csv", system=METRIC)).content)
    meta, _, shapes, fields = pyogrio.raw.read(path)
    assert len(shapes) == made(toy, wanted("csv", system=METRIC)).count
    columns = dict(zip(meta["fields"], fields, strict=True))
    assert "有孔，公园" in columns["name_zh"]
    drawn = {name: shapely.from_wkb(shape) for name, shape in zip(columns["id"], shapes, strict=True) if shape}
    assert drawn.keys() == Case(toy, wanted("csv")).shapes_m.keys()


def test_csv_says_of_each_row_what_it_is_worth_and_runs_nothing(toy: Plan) -> None:
    exported = made(toy, wanted("csv", system=METRIC))
    lines = list(csv.reader(io.StringIO(exported.content.decode("utf-8-sig"), newline="")))
    assert {len(line) for line in lines} == {len(lines[0])}, "no notes among the rows"
    assert len(set(lines[0])) == len(lines[0])
    assert not any(cell.startswith(MARKS) and not re.fullmatch(r"-?[0-9.]+", cell) for line in lines for cell in line)
    rows = {row["id"]: row for row in rows_of(exported.content)}
    assert rows["parks:hostile"]["name_zh"] == f"'{HOSTILE}"
    assert rows["parks:hostile"]["bare"] == "TRUE"
    assert rows["parks:parts"]["land_use"] == "0804"
    assert (rows["roads:parts"]["extra_wkt"], rows["roads:parts"]["extra_crs"]) == ("own", "own")
    assert all(row["exported"] == "2026-11-21" and "非法定" in row["notice"] for row in rows.values())
    assert rows["parks:hole"]["accuracy_m"] == "50"
    assert exported.content.startswith(b"\xef\xbb\xbf")


# XLSX


def book_of(exported: Exported) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(exported.content))


@pytest.mark.parametrize("system", [*SYSTEMS, *SHIFTED])
def test_xlsx_has_every_row_with_a_place(toy: Plan, system: str) -> None:
    case = Case(toy, wanted("xlsx", system=system))
    book = book_of(made(toy, case.wanted))
    count = 0
    for page in book.worksheets[1:-1]:
        head, *rows = page.iter_rows(values_only=True)
        x, y = (
            next(at for at, cell in enumerate(head) if re.search(word, cell)) for word in PLACE_HEADS[_kind(system)]
        )
        count += len(rows)
        for row in rows:
            cells = dict(zip(head, row, strict=True))
            if cells["编号"] in case.shapes_m:
                point = in_metres(shapely.Point(row[x], row[y]), system)
                assert case.shapes_m[cells["编号"]].distance(point) < 1.5  # GCJ-02 is turned back to 1 m
    assert count == made(toy, case.wanted).count


PLACE_HEADS = {
    "degrees": ("经度", "纬度"),
    "metres": ("^东坐标（m）", "^北坐标（m）"),
    "gcj02": ("^经度.*GCJ-02", "^纬度.*GCJ-02"),
    "bd09": ("^经度.*BD-09", "^纬度.*BD-09"),
}


def _kind(system: str) -> str:
    return system if system in SHIFTED else "degrees" if system in ("EPSG:4326", "EPSG:4490") else "metres"


def test_xlsx_keeps_codes_numbers_and_truths_and_runs_nothing(toy: Plan) -> None:
    book = book_of(made(toy, wanted("xlsx")))
    cells = [cell for page in book for row in page.iter_rows() for cell in row if cell.value is not None]
    assert not any(cell.data_type == "f" for cell in cells)
    assert not any(isinstance(cell.value, str) and cell.value.startswith(MARKS) for cell in cells)
    page = book["公园"]
    head, *rows = page.iter_rows(values_only=True)
    by_id = {row[head.index("编号")]: dict(zip(head, row, strict=True)) for row in rows}
    assert by_id["parks:parts"]["用地用海分类代码"] == "0804"
    assert by_id["parks:hole"]["精度（m）"] == 50
    assert by_id["parks:hostile"]["bare"] == "是"
    assert by_id["parks:parts"]["名称"] == "两块𠮷園"
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == f"A1:{page.cell(1, page.max_column).column_letter}{len(rows) + 1}"
    assert all(any(row[at] is not None for row in rows) for at in range(len(head))), "no empty column"


@pytest.mark.parametrize(("lang", "about", "fields"), [("zh", "说明", "字段"), ("en", "About", "Fields")])
def test_xlsx_says_what_it_is_and_explains_every_column(plan: Plan, lang: str, about: str, fields: str) -> None:
    book = book_of(made(plan, wanted("xlsx", lang=lang)))
    assert (book.sheetnames[0], book.sheetnames[-1]) == (about, fields)
    said = " ".join(str(cell) for row in book[about].iter_rows(values_only=True) for cell in row)
    assert ("非法定" if lang == "zh" else "Not a legal plan") in said
    assert "2026-11-21" in said
    at = 4 if lang == "zh" else 5
    known = {row[at] for row in book[fields].iter_rows(min_row=2, values_only=True)}
    for page in book.worksheets[1:-1]:
        heads = {re.sub(r" ?[（(](m|m²|°)[)）]$", "", str(cell.value)) for cell in page[1]}
        assert heads <= known
    assert book.properties.created == book.properties.modified


# KML


def placemarks(data: bytes) -> Iterator[tuple[ElementTree.Element, list[str]]]:
    """The placemarks with the names of the folders around them."""

    def inside(folder: ElementTree.Element, path: list[str]) -> Iterator[tuple[ElementTree.Element, list[str]]]:
        for child in folder:
            if child.tag == f"{KML}Placemark":
                yield child, path
            elif child.tag in (f"{KML}Folder", f"{KML}Document"):
                yield from inside(child, [*path, child.findtext(f"{KML}name") or ""])

    yield from inside(ElementTree.fromstring(data), [])


@pytest.mark.parametrize("system", ["EPSG:4326", "EPSG:4490"])
@pytest.mark.parametrize("which", ["plan", "toy"])
def test_kml_read_by_gdal_gives_back_every_shape(
    request: pytest.FixtureRequest, tmp_path: Path, system: str, which: str
) -> None:
    case = Case(request.getfixturevalue(which), wanted("kml", system=system))
    path = tmp_path / "x.kml"
    path.write_bytes(made(case.plan, case.wanted).content)
    found: dict[str, BaseGeometry] = {}
    count = 0
    for layer, _ in pyogrio.list_layers(path):
        meta, _, shapes, fields = pyogrio.raw.read(path, layer=layer)
        columns = dict(zip(meta["fields"], fields, strict=True))
        count += len(shapes)
        if not len(shapes):
            continue  # a folder of folders
        # GDAL has a column `id` of its own, for the attribute of a placemark.
        found |= {name: shapely.from_wkb(one) for name, one in zip(columns["id2"], shapes, strict=True) if one}
    assert count == made(case.plan, case.wanted).count
    assert found.keys() == case.shapes_m.keys()
    for name, expected in case.shapes_m.items():
        assert_same(in_metres(shapely.force_2d(found[name]), system), expected, 1e-4)


def test_kml_stands_in_the_folders_of_the_layer_list(plan: Plan) -> None:
    paths = {mark.findtext(f"{KML}name"): path for mark, path in placemarks(made(plan, wanted("kml")).content)}
    assert paths["瑶湖"][1:] == ["水系与绿地", "湖泊"]
    english = {
        mark.findtext(f"{KML}name"): path for mark, path in placemarks(made(plan, wanted("kml", lang="en")).content)
    }
    assert english["Yaohu Lake"][1] == "Water and green"


def test_kml_names_values_in_words_and_holds_no_html(toy: Plan) -> None:
    data = made(toy, wanted("kml")).content
    marks = {_value(mark, "id"): mark for mark, _ in placemarks(data)}
    hostile = marks["parks:hostile"]
    assert hostile.findtext(f"{KML}name") == HOSTILE
    assert _value(hostile, "note_zh") == HOSTILE
    assert not any(
        re.search(r"[<>$&]", one.text or "") for one in ElementTree.fromstring(data).iter(f"{KML}description")
    )
    assert marks["parks:words"].find(f"{KML}styleUrl") is None
    assert "精度（m）：50" in (marks["parks:hole"].findtext(f"{KML}description") or "")
    assert "定位依据：数字化" in (marks["parks:hole"].findtext(f"{KML}description") or "")
    titles = {
        field.get("name"): field.findtext(f"{KML}displayName")
        for field in ElementTree.fromstring(data).iter(f"{KML}SimpleField")
    }
    assert titles["area_m2"] == "计算面积（m²）"
    assert b"href" not in data


def _value(mark: ElementTree.Element, name: str) -> str | None:
    return next((one.text for one in mark.iter(f"{KML}SimpleData") if one.get("name") == name), None)


def test_kml_wears_the_colours_of_the_map(plan: Plan) -> None:
    root = ElementTree.fromstring(made(plan, wanted("kml")).content)
    styles = {style.get("id"): style for style in root.iter(f"{KML}Style")}
    water = next(mark for mark in root.iter(f"{KML}Placemark") if _value(mark, "id") == "water:yaohu")
    style = styles[(water.findtext(f"{KML}styleUrl") or "").removeprefix("#")]
    assert (style.findtext(f"{KML}PolyStyle/{KML}color") or "")[2:] == "e6d0ae"  # #aed0e6 from the end
    assert style.findtext(f"{KML}LineStyle/{KML}color") == "ff88601a"  # #1a6088, opaque
    urls = [one.text for one in root.iter(f"{KML}styleUrl")]
    assert {f"#{name}" for name in styles} == set(urls)
    assert len(styles) < len(urls)


# TXT


@dataclass(frozen=True)
class Plot:
    """A plot of a boundary-point file, read by the words of the format's description."""

    area_ha: float
    number: str
    name: str
    use: str
    code: str
    shape: shapely.Polygon
    names: list[str]


def read_plots(text: str) -> tuple[dict[str, str], list[Plot]]:
    """Keys of the head; plots: count, area in ha, number, name, kind, sheet, use, code, @; then point, ring, X, Y."""
    head, _, body = text.partition("[地块坐标]\r\n")
    keys = dict(line.split("=", 1) for line in head.split("\r\n")[1:-1])
    lines, plots = body.split("\r\n")[:-1], []
    while lines:
        count, area, number, name, kind, sheet, use, code, end = lines.pop(0).split(",")
        assert (kind, sheet, end) == ("面", "", "@")
        points = [line.split(",") for line in lines[: int(count)]]
        del lines[: int(count)]
        rings = [
            [(float(y), float(x)) for _, one, x, y in points if one == ring]
            for ring in dict.fromkeys(p[1] for p in points)
        ]
        assert [p[1] for p in points] == sorted((p[1] for p in points), key=int)
        assert all(ring[0] == ring[-1] for ring in rings)
        plots.append(
            Plot(float(area), number, name, use, code, shapely.Polygon(rings[0], rings[1:]), [p[0] for p in points])
        )
    return keys, plots


@pytest.mark.parametrize("system", [METRIC, "EPSG:4527"])
@pytest.mark.parametrize("which", ["plan", "toy"])
def test_txt_gives_back_every_area(request: pytest.FixtureRequest, system: str, which: str) -> None:
    case = Case(request.getfixturevalue(which), wanted("txt", system=system))
    exported = made(case.plan, case.wanted)
    keys, plots = read_plots(exported.content.decode("gb18030"))
    assert (keys["带号"], keys["几度分带"], keys["坐标系"]) == ("39", "3", "2000国家大地坐标系")
    assert keys["声明"].startswith("非法定规划图")
    west = plots[0].shape.bounds[0]
    assert (west > 39_000_000) == (system == "EPSG:4527")
    found: dict[str, list[shapely.Polygon]] = {}
    for plot in plots:
        assert plot.shape.is_valid
        assert plot.area_ha == pytest.approx(plot.shape.area / 10_000, abs=1e-4)
        assert not plot.shape.exterior.is_ccw
        found.setdefault(plot.number.split("-")[0], []).append(plot.shape)
    assert len(found) == exported.count
    symbols = {
        name for name in case.shapes_m if (one := case.plan.shapes.get(name)) and one.symbol_radius_m is not None
    }
    areas = [shape for name, shape in case.shapes_m.items() if shape.area and name not in symbols]
    assert len(areas) == exported.count
    for parts, expected in zip(found.values(), areas, strict=True):
        assert_same(in_metres(shapely.MultiPolygon(parts), system), expected)


def test_txt_keeps_its_fields_whatever_the_names(toy: Plan) -> None:
    _, plots = read_plots(made(toy, wanted("txt", what="parks")).content.decode("gb18030"))
    assert [plot.number for plot in plots] == ["1", "2-1", "2-2", "3"]
    assert [plot.name for plot in plots][:3] == ["有孔，公园", "两块𠮷園", "两块𠮷園"]
    assert [plot.area_ha for plot in plots] == pytest.approx([96, 4, 35, 4], abs=1e-3)
    assert (plots[1].use, plots[1].code) == ("教育用地", "0804")
    assert plots[0].names == ["J1", "J2", "J3", "J4", "J1", "J5", "J6", "J7", "J8", "J5"]
    corner = plots[0].shape.exterior.coords[0]
    assert corner == pytest.approx((409_500, 3_176_500), abs=0.01), "the first point is the north-western"
    utf = made(toy, wanted("txt", what="parks", encoding="utf-8")).content
    assert utf.startswith(b"\xef\xbb\xbf")
    gbk = made(toy, wanted("txt", what="parks")).content.decode("gb18030")
    assert utf.decode("utf-8-sig").replace("m²", "m2") == gbk


@pytest.mark.parametrize("system", [METRIC, "EPSG:4527"])
@pytest.mark.parametrize(
    ("which", "name", "holes"), [("plan", "water:yaohu", 0), ("plan", "rings:ring_1", 1), ("toy", "parks:hole", 1)]
)
def test_txt_of_one_parcel_is_read_by_the_atlas_itself(
    request: pytest.FixtureRequest, system: str, which: str, name: str, holes: int
) -> None:
    plan = request.getfixturevalue(which)
    asked = Wanted(name.split(":")[0], "txt", crs=system, filters=(("ids", (name,)),), made_on=ON)
    reading = read_corners(export(plan, asked).content.decode("gb18030"), METRIC)[0]
    assert (reading.crs, reading.order, len(reading.rings)) == (system, "north_east", 1 + holes)
    expected = Case(plan, asked).shapes_m[name]
    found = shapely.Polygon(reading.rings[0], reading.rings[1:])
    assert_same(in_metres(found, "EPSG:4326"), expected)


# All

L_SHAPE = [(-400, 2000), (400, 2000), (400, 2400), (0, 2400), (0, 2800), (-400, 2800), (-400, 2000)]


def site_question() -> Question:
    """An L of 0.48 km2 on the land of the toy, north of its lake, with a hole of 0.01 km2."""
    hole = square(50, -200, 2200)[0]
    rings = [[position(x, y) for x, y in L_SHAPE], hole]
    data = json.dumps({"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": rings}})
    return Question(data.encode(), None, None, "2025", "shore_belt")


@pytest.mark.parametrize("ext", ["csv", "xlsx", "kml", "txt", "dxf"])
def test_an_answer_about_a_site_is_written_with_its_verdict_and_corners(toy: Plan, ext: str) -> None:
    asked = Wanted(ext=ext, site=site_question(), site_name="地块，<一>", made_on=ON)
    data = export(toy, asked).content
    if ext == "csv":
        rows = {row["id"]: row for row in rows_of(data)}
        assert shapely.from_wkt(rows["site:assessed"]["wkt"]).interiors
        assert float(rows["site:assessed"]["area_m2"]) == pytest.approx(470_000, rel=1e-5)
        assert {f"J{number}" for number in range(1, 11)} <= rows.keys()
    elif ext == "xlsx":
        assert {"地块", "界址点"} <= set(openpyxl.load_workbook(io.BytesIO(data)).sheetnames)
    elif ext == "kml":
        marks = {_value(mark, "id"): path for mark, path in placemarks(data)}
        assert marks["site:assessed"][1:] == ["地块"]
        assert marks["J1"][1:] == ["界址点"]
    elif ext == "txt":
        _, (plot,) = read_plots(data.decode("gb18030"))
        assert (plot.name, plot.area_ha, len(plot.shape.interiors)) == ("地块，<一>", pytest.approx(47, abs=1e-3), 1)
    else:
        assert "界址点_注记".encode("gbk") in data


@pytest.mark.parametrize("ext", ["csv", "xlsx", "kml", "txt"])
def test_the_same_question_gives_the_same_bytes(toy: Plan, ext: str) -> None:
    asked = wanted(ext, lang="en")
    assert export(toy, asked).content == made(toy, asked).content
    other = Wanted("all", ext, lang="en", made_on=date(2026, 11, 22))
    assert export(toy, other).content != made(toy, asked).content


def test_what_a_format_cannot_hold_is_refused_with_what_it_can(plan: Plan) -> None:
    with pytest.raises(EmptyError) as empty:
        export(plan, wanted("txt", what="towns"))
    assert empty.value.possible == ("area",)
    with pytest.raises(ChoiceError) as choice:
        export(plan, wanted("kml", system=METRIC))
    assert choice.value.possible == ("EPSG:4326", "EPSG:4490")
    with pytest.raises(ChoiceError):
        export(plan, wanted("txt", system="gcj02"))


def test_boundary_text_in_gbk_needs_no_character_beyond_it(plan: Plan) -> None:
    """Software that knows GBK alone reads every byte of what is shipped."""
    text = export(plan, Wanted("all", "txt")).content.decode("gbk")
    assert "计算面积（m2）" in text
    assert "m²" in export(plan, Wanted("all", "txt", options=(("encoding", "utf-8"),))).content.decode("utf-8-sig")
