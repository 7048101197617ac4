"""The drawing, read back with ezdxf: shapes, layers, colours, encoding, texts, facts behind the shapes, first view."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import ezdxf
import pytest
import shapely
from ezdxf.addons.drawing import Frontend, RenderContext
from ezdxf.addons.drawing.json import GeoJSONBackend
from ezdxf.document import Drawing
from ezdxf.entities.dxfgfx import DXFGraphic
from ezdxf.lldxf.encoding import decode_dxf_unicode
from ezdxf.tools.juliandate import calendardate
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry

from geo.output.exports import Exported, export
from geo.output.exports.writers.dxf.names import Names
from geo.output.exports.writers.dxf.texts import encoded, layer_name, on_one_line
from geo.plan import Plan
from tests.test_export_text import METRIC, ON, Case, assert_same, in_metres, made, toy, wanted
from tests.toy import ROOT

__all__ = ["toy"]
APP = "YAOHU_ATLAS"
SYSTEMS = (METRIC, "EPSG:4527", "EPSG:32650")


def read(exported: Exported, folder: Path) -> Drawing:
    path = folder / "x.dxf"
    path.write_bytes(exported.content)
    return ezdxf.readfile(path)


@pytest.fixture(scope="module")
def drawing(plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Drawing:
    """The shipped plan in Chinese."""
    return read(made(plan, wanted("dxf")), tmp_path_factory.mktemp("dxf"))


@pytest.fixture(scope="module")
def toy_drawing(toy: Plan, tmp_path_factory: pytest.TempPathFactory) -> Drawing:
    """The toy in Chinese."""
    return read(made(toy, wanted("dxf")), tmp_path_factory.mktemp("dxf"))


def facts(entity: DXFGraphic) -> dict[str, str]:
    """What stands behind an entity as name=value."""
    texts = [tag.value for tag in entity.get_xdata(APP)]
    return dict(pair.split("=", 1) for text in texts for pair in re.findall(r"\w+=[^=]*(?= \w+=|$)", text))


def whole(text: str) -> str:
    """A text as CAD programs show it: \\U+XXXX is a character, and two of them may be the halves of one."""
    return decode_dxf_unicode(text).encode("utf-16", "surrogatepass").decode("utf-16")


def drawn(doc: Drawing) -> Iterator[tuple[str, DXFGraphic, dict[str, str]]]:
    """The outlines, lines and points with their facts; no fills, no texts."""
    for entity in doc.modelspace().query("LWPOLYLINE POINT"):
        known = facts(entity)
        yield known["id"], entity, known


def shapes_of(doc: Drawing) -> dict[str, BaseGeometry]:
    """The shapes by id: ring 1 of a part is its outline, the others are holes."""
    found: dict[str, dict[str, list[BaseGeometry]]] = {}
    for name, entity, known in drawn(doc):
        if entity.dxftype() == "POINT":
            shape = shapely.Point(entity.dxf.location.x, entity.dxf.location.y)
        else:
            corners = list(entity.vertices())
            shape = shapely.LinearRing(corners) if entity.closed else shapely.LineString(corners)
        found.setdefault(name, {}).setdefault(known["part"], []).append(shape)
    return {name: joined(list(parts.values())) for name, parts in found.items()}


def joined(parts: list[list[BaseGeometry]]) -> BaseGeometry:
    if parts[0][0].geom_type == "LinearRing":
        return shapely.MultiPolygon([shapely.Polygon(rings[0], rings[1:]) for rings in parts])
    return shapely.GeometryCollection([one for part in parts for one in part])


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("which", ["plan", "toy"])
def test_dxf_gives_back_every_shape(request: pytest.FixtureRequest, tmp_path: Path, system: str, which: str) -> None:
    case = Case(request.getfixturevalue(which), wanted("dxf", system=system, lang="en"))
    exported = made(case.plan, case.wanted)
    doc = read(exported, tmp_path)
    audit = doc.audit()
    assert (audit.errors, audit.fixes) == ([], [])
    found = shapes_of(doc)
    assert len(found) == exported.count
    assert found.keys() == case.shapes_m.keys()
    for name, expected in case.shapes_m.items():
        assert_same(in_metres(found[name], system), expected, 1e-4)


def test_dxf_is_of_2004_in_gbk_and_metres(plan: Plan, drawing: Drawing) -> None:
    assert (drawing.dxfversion, drawing.encoding) == ("AC1018", "gbk")
    assert (drawing.header["$INSUNITS"], drawing.header["$MEASUREMENT"]) == (6, 1)
    data = made(plan, wanted("dxf")).content
    assert b"ANSI_936" in data
    assert "瑶湖科学岛".encode("gbk") in data
    assert "计算面积（m".encode("gbk") + b"\\U+00B2" in data, "GBK lacks the sign of square metres"
    assert data.count(b"\n") == data.count(b"\r\n")
    assert calendardate(drawing.header["$TDUPDATE"]) == datetime(ON.year, ON.month, ON.day)


def test_dxf_has_a_layer_for_each_class_in_the_colours_of_the_map(drawing: Drawing) -> None:
    names = {layer.dxf.name for layer in drawing.layers}
    assert {"湖泊", "湖泊_填充", "湖泊_注记", "示意", "瑶湖科学岛", "说明"} <= names
    assert not any(set(name) & set('<>/\\":;?*|=`,') for name in names)
    assert drawing.layers.get("湖泊").rgb == (0x1A, 0x60, 0x88)
    assert drawing.layers.get("湖泊_填充").rgb == (0xAE, 0xD0, 0xE6)
    rings = {entity.dxf.layer for name, entity, _ in drawn(drawing) if name.startswith("rings:")}
    assert len(rings) == 4
    assert not drawing.layers.get("高新区范围（2013）").is_on()
    assert drawing.layers.get("高新区范围（2025）").is_on()


def test_dxf_has_a_layer_for_each_class_of_land_use(toy_drawing: Drawing) -> None:
    with (ROOT / "data/standards/land_use.csv").open(encoding="utf-8", newline="") as table:
        classes = {row["code"]: row for row in csv.DictReader(table)}
    layers = {name: entity.dxf.layer for name, entity, _ in drawn(toy_drawing) if name.startswith("parcels:")}
    school, labs = (f"{code}_{classes[code]['name_zh']}" for code in ("0804", "0802"))
    assert layers == {
        "parcels:school": school,
        "parcels:labs": labs,
        "parcels:labs_2": labs,
        "parcels:unknown": "地块",
    }
    fill = toy_drawing.layers.get(f"{labs}_填充").rgb
    assert fill == tuple(int(classes["0802"][part]) for part in "rgb")
    dashed = {name: entity.dxf.linetype for name, entity, _ in drawn(toy_drawing) if layers.get(name) == labs}
    assert dashed["parcels:labs"] == "BYLAYER"
    assert dashed["parcels:labs_2"].startswith("ATLAS_")


def test_dxf_dashes_what_is_inferred_and_keeps_symbols_apart(drawing: Drawing) -> None:
    for name, entity, known in drawn(drawing):
        layer = drawing.layers.get(entity.dxf.layer)
        line = entity.dxf.linetype if entity.dxf.linetype != "BYLAYER" else layer.dxf.linetype
        is_area = entity.dxftype() == "LWPOLYLINE" and entity.closed
        if is_area and known["geometry_basis"] in ("inferred", "symbolic_footprint") and not name.startswith("water"):
            assert line.startswith("ATLAS_"), name
        if name in ("places:campus_nit", "water:yaohu"):
            assert line == "Continuous"
        assert (entity.dxf.layer == "示意") == (known["geometry_basis"] == "symbolic_footprint")
    assert all(len(line.pattern_tags.tags) > 5 for line in drawing.linetypes if line.dxf.name.startswith("ATLAS_"))


def test_dxf_fills_lie_below_and_leave_holes_out(toy_drawing: Drawing) -> None:
    entities = list(toy_drawing.modelspace())
    kinds = [entity.dxftype() for entity in entities]
    assert max(at for at, kind in enumerate(kinds) if kind == "HATCH") < kinds.index("LWPOLYLINE")
    fills = [entity for entity in entities if entity.dxftype() == "HATCH"]
    assert all(fill.dxf.layer.endswith("_填充") for fill in fills)
    holed = [fill for fill in fills if facts(fill)["id"] == "rings:ring_1"]
    assert [len(fill.paths) for fill in holed] == [2], "the lake is no part of the ring"


def test_dxf_names_stand_in_or_beside_their_shapes(toy: Plan, toy_drawing: Drawing) -> None:
    texts = {whole(text.dxf.text): text for text in toy_drawing.modelspace().query("TEXT")}
    shape = Case(toy, wanted("dxf")).shapes_m["parks:hole"]
    assert shape.contains(shapely.Point(texts["有孔，公园"].dxf.align_point.vec2))
    assert "两块𠮷園" in texts, "GBK lacks the third character"
    style = toy_drawing.styles.get(texts["两块𠮷園"].dxf.style)
    assert style.dxf.font == "simsun.ttc"
    hostile = next(text for text in texts if text.startswith("=1+1"))
    assert not set(hostile) & set("\n\\^")
    assert "%%" not in hostile


def test_dxf_says_what_it_is_beside_the_shapes_and_behind_them(toy: Plan, toy_drawing: Drawing) -> None:
    notice = toy_drawing.modelspace().query("MTEXT").first.plain_text()
    assert "非法定规划图" in notice
    east = max(shape.bounds[2] for shape in Case(toy, wanted("dxf")).shapes_m.values())
    assert toy_drawing.modelspace().query("MTEXT").first.dxf.insert.x > east
    properties = dict(toy_drawing.header.custom_vars)
    assert properties["声明"] in notice
    known = next(known for name, _, known in drawn(toy_drawing) if name == "parks:hole")
    assert {
        "source": "S0",
        "accuracy_m": "50",
        "geometry_basis": "digitised",
        "data_year": "2025",
    }.items() <= known.items()
    assert float(known["area_m2"]) == pytest.approx(960_000, rel=1e-6)


def test_dxf_opens_on_all_of_it(plan: Plan, drawing: Drawing) -> None:
    west, south, east, north = shapely.total_bounds(list(Case(plan, wanted("dxf")).shapes_m.values()))
    low, high = drawing.header["$EXTMIN"], drawing.header["$EXTMAX"]
    assert (low[0], high[1]) == pytest.approx((west, north))
    assert low[1] <= south + 1e-6
    assert high[0] > east
    view = drawing.viewports.get("*Active")[0]
    assert view.dxf.center.x == pytest.approx((low[0] + high[0]) / 2)
    assert view.dxf.height >= high[1] - low[1]


def test_dxf_is_drawn_by_the_drawing_add_on(drawing: Drawing) -> None:
    backend = GeoJSONBackend()
    Frontend(RenderContext(drawing), backend).draw_layout(drawing.modelspace())
    picture = backend.get_json_data()
    assert len(picture["features"]) > 100


def test_dxf_of_the_same_question_is_the_same(toy: Plan) -> None:
    asked = wanted("dxf")
    assert export(toy, asked).content == made(toy, asked).content
    other = export(toy, wanted("dxf", lang="en")).content
    assert other != made(toy, asked).content


def test_dxf_of_a_single_point_opens_on_it(plan: Plan, tmp_path: Path) -> None:
    town = next(layer for layer in plan.catalogue.layers if layer.id == "towns").features[0]
    asked = replace(wanted("dxf", what="towns"), filters=(("ids", (town.id,)),))
    doc = read(export(plan, asked), tmp_path)
    audit = doc.audit()
    assert (audit.errors, audit.fixes) == ([], [])
    ((name, point, _),) = drawn(doc)
    assert name == town.id
    low, high = doc.header["$EXTMIN"], doc.header["$EXTMAX"]
    assert low[0] <= point.dxf.location.x <= high[0]
    assert low[1] <= point.dxf.location.y <= high[1]
    assert doc.viewports.get("*Active")[0].dxf.height > 0


def test_names_of_near_points_keep_clear_of_each_other() -> None:
    names = Names(height=10)
    boxes = [shapely.box(*names.place(shapely.Point(x, 0), "point", 50).box) for x in (0, 8, 16)]
    assert sum(box.area for box in boxes) == pytest.approx(3 * 50 * 10)
    assert shapely.union_all(boxes).area == pytest.approx(3 * 50 * 10)
    crowded = names.place(shapely.Point(24, 0), "point", 50)
    assert crowded.box == (29, 5, 79, 15), "where no place is free the name stands at the first"


@settings(max_examples=50)
@given(st.text())
def test_every_text_fits_the_lines_of_a_drawing(text: str) -> None:
    shown = on_one_line(text)
    assert not set(shown) & set("\n\r\\^")
    assert "%%" not in shown
    assert decode_dxf_unicode(encoded(shown).decode("gbk")).encode("utf-16", "surrogatepass").decode("utf-16") == shown
    assert not set(layer_name(text)) & set('<>/\\":;?*|=`,')
    assert layer_name(text)
