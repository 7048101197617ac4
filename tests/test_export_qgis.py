"""Styles and project of QGIS as XML, and the zip around them. What QGIS itself makes of them: `make test-clients`."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
import shapely

from geo import crs
from geo.assess import Question
from geo.output.exports import Wanted, export
from geo.output.exports.build import contents_of_layers
from geo.output.exports.content import Content, Part, parts_of
from geo.output.exports.order import settle
from geo.output.exports.writers.qgis.expressions import literal
from geo.output.exports.writers.qgis.projectfile import bounds
from geo.output.exports.writers.qgis.rules import rules_of
from geo.output.exports.writers.qgis.styles import qml
from geo.output.exports.writers.qgis.symbols import mm
from geo.output.symbology import TOKENS
from geo.plan import Plan, load_plan
from tests import toy
from tests.test_hostile import EDITS, HOSTILE, WORSE, change

MADE_ON = date(2026, 1, 2)
METRIC = "EPSG:4548"
MEMBERS = {"atlas.qgs", "atlas.gpkg", "fields_zh.csv", "fields_en.csv", "sources.csv", "README.txt", "LICENSE.md"}


def content_of(plan: Plan, **words: Any) -> Content:
    return contents_of_layers(settle(plan, Wanted(ext="zip", made_on=MADE_ON, **words)))


def zip_of(plan: Plan, **words: Any) -> dict[str, bytes]:
    content = export(plan, Wanted(ext="zip", made_on=MADE_ON, **words)).content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def part_of(content: Content, name: str) -> Part:
    return next(part for table in content.tables for part in parts_of(table) if part.name == name)


@pytest.fixture(scope="module")
def content(plan: Plan) -> Content:
    return content_of(plan)


@pytest.fixture(scope="module")
def files(plan: Plan) -> dict[str, bytes]:
    return zip_of(plan)


@pytest.fixture(scope="module")
def project(files: dict[str, bytes]) -> Element:
    return ElementTree.fromstring(files["atlas.qgs"])


def options(layer: Element) -> dict[str, str]:
    return {one.get("name", ""): one.get("value", "") for one in layer.findall("Option/Option")}


def symbol_layers(style: Element) -> list[tuple[str, dict[str, str]]]:
    return [(one.get("class", ""), options(one)) for one in style.iter("layer")]


def table_of(project: Element, layer_id: str | None) -> str:
    layer = next(one for one in project.iter("maplayer") if one.findtext("id") == layer_id)
    return str(layer.findtext("datasource")).partition("layername=")[2]


def leaves(project: Element) -> list[Element]:
    """The layers of the layer list, not those of the legend of the sheet."""
    tree = project.find("layer-tree-group")
    assert tree is not None
    return list(tree.iter("layer-tree-layer"))


# Styles


def test_every_part_has_a_style_that_is_the_same_twice(plan: Plan, content: Content) -> None:
    again = content_of(plan)
    for table in content.tables:
        for part in parts_of(table):
            style = ElementTree.fromstring(qml(content, part))
            assert style.tag == "qgis"
            assert qml(content, part) == qml(again, part_of(again, part.name))


def test_ring_has_a_rule_its_colour_and_its_name(content: Content) -> None:
    style = ElementTree.fromstring(qml(content, part_of(content, "rings")))
    rules = style.findall("renderer-v2/rules/rule")
    assert [rule.get("filter") for rule in rules] == [
        *(f"(\"id\" = 'rings:ring_{number}')" for number in (1, 2, 3, 4)),
        "ELSE",
    ]
    assert rules[0].get("label") == "第一圈（临湖）"
    for number, rule in enumerate(rules[:4], 1):
        symbol = style.find(f"renderer-v2/symbols/symbol[@name='{rule.get('symbol')}']")
        assert symbol is not None
        red, green, blue, opacity = options(next(symbol.iter("layer")))["color"].split(",")
        assert (f"#{int(red):02x}{int(green):02x}{int(blue):02x}", opacity) == (TOKENS[f"r{number}"], "255")


def test_dash_and_width_are_pixels_in_mm(content: Content) -> None:
    style = ElementTree.fromstring(qml(content, part_of(content, "science_island")))
    *_, (kind, line) = symbol_layers(style)
    assert kind == "SimpleLine"
    assert float(line["line_width"]) == pytest.approx(1.6 * 25.4 / 96, rel=1e-3)
    assert [float(length) for length in line["customdash"].split(";")] == pytest.approx(
        [9 * 25.4 / 96, 3.5 * 25.4 / 96], rel=1e-3
    )
    assert (line["use_custom_dash"], line["line_width_unit"], line["customdash_unit"]) == ("1", "MM", "MM")


def test_band_of_water_stays_inside_and_its_shore_does_not(content: Content) -> None:
    style = ElementTree.fromstring(qml(content, part_of(content, "water")))
    inside = [of["draw_inside_polygon"] for kind, of in symbol_layers(style) if kind == "SimpleLine"]
    assert inside == ["1", "1", "0"]


def test_casings_of_all_roads_lie_under_their_surfaces(content: Content) -> None:
    style = ElementTree.fromstring(qml(content, part_of(content, "roads")))
    assert style.find("renderer-v2[@symbollevels='1']") is not None
    assert [layer.get("pass") for layer in style.iter("layer")] == ["0", "1"]


def test_symbol_of_a_size_has_its_signs_in_the_middle(content: Content) -> None:
    kinds = [kind for kind, _ in symbol_layers(ElementTree.fromstring(qml(content, part_of(content, "sites_area"))))]
    assert kinds.count("CentroidFill") == 2


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("places_area", {"(\"geometry_basis\" = 'inferred')", "(\"geometry_basis\" = 'digitised')", None}),
        ("metro_line", {"(\"geometry_basis\" = 'digitised')", "(\"geometry_basis\" = 'inferred')", None}),
        ("metro_point", {'"accuracy_m" > 200', None}),
        ("towns", {None}),
    ],
)
def test_rules_go_by_what_tells_looks_apart(content: Content, name: str, wanted: set[str | None]) -> None:
    assert {rule.filter for rule in rules_of(content, part_of(content, name))} == wanted


def test_each_row_is_meant_by_the_one_rule_of_its_look(content: Content) -> None:
    """Filters of one field are read by a second reader, which is no part of the atlas."""
    for table in content.tables:
        for part in parts_of(table):
            rules = rules_of(content, part)
            for row in part.rows:
                meant = [rule for rule in rules if rule.filter and holds(rule.filter, row.values)]
                assert [rule.look for rule in meant or rules[-1:]] == [content.look(table, row)]


def holds(filter: str, values: Any) -> bool:
    """Whether a filter of the form ("a" = 'b' AND ...) OR (...) holds for a row."""

    def test(term: str) -> bool:
        if " > " in term:
            name, least = term.split(" > ")
            return float(values.get(name.strip('"')) or 0) > float(least)
        name, value = re.fullmatch(r"\"(\w+)\" (?:= |IS )(.*)", term).groups()  # type: ignore[union-attr]
        return literal(values.get(name)) == value

    return any(all(test(term) for term in one.strip("()").split(" AND ")) for one in filter.split(" OR "))


def test_layer_shows_from_its_level_on(content: Content) -> None:
    for name in ("towns", "rings"):
        part = part_of(content, name)
        style = ElementTree.fromstring(qml(content, part))
        assert part.table.layer is not None
        level = part.table.layer.min_zoom
        assert style.get("hasScaleBasedVisibilityFlag") == str(int(level > 0))
        if level:
            assert float(style.get("minScale", "0")) == pytest.approx(559_082_264 / 2**level, abs=1)


@pytest.mark.parametrize(("lang", "first", "alias"), [("zh", "name_zh", "名称"), ("en", "name_en", "name in Chinese")])
def test_names_and_headings_are_in_the_language_asked_for(plan: Plan, lang: str, first: str, alias: str) -> None:
    content = content_of(plan, lang=lang)
    style = ElementTree.fromstring(qml(content, part_of(content, "towns")))
    text = style.find("labeling/rules/rule/settings/text-style")
    assert text is not None
    assert text.get("fieldName", "").startswith(f'coalesce(nullif("{first}"')
    assert text.find("families/family[@name='Microsoft YaHei']") is not None
    aliases = {one.get("field"): one.get("name") for one in style.findall("aliases/alias")}
    assert aliases["name_zh"] == alias


def test_labels_name_no_field_that_the_part_lacks(content: Content) -> None:
    for table in content.tables:
        known = {field.name for field in table.fields}
        for part in parts_of(table):
            style = ElementTree.fromstring(qml(content, part))
            said = [text.get("fieldName", "") for text in style.iter("text-style")]
            said += [one.get("geometryGenerator", "") for one in style.iter("placement")]
            assert {name for text in said for name in re.findall(r'"(\w+)"', text)} <= known


def test_rows_in_words_have_no_renderer(content: Content) -> None:
    style = ElementTree.fromstring(qml(content, part_of(content, "sites_words")))
    assert style.find("renderer-v2") is None
    assert style.find("aliases/alias") is not None


def test_mm_of_a_pixel() -> None:
    assert float(mm(96)) == 25.4


# Project


def test_project_finds_its_data_beside_it_and_is_metric(files: dict[str, bytes], project: Element) -> None:
    sources = [str(layer.findtext("datasource")) for layer in project.iter("maplayer")]
    assert sources
    assert all(source.startswith("./atlas.gpkg|layername=") for source in sources)
    assert project.findtext("projectCrs/spatialrefsys/authid") == METRIC
    assert project.findtext("properties/Paths/Absolute") == "false"
    assert files["atlas.gpkg"].startswith(b"SQLite format 3\0")


@pytest.mark.parametrize("system", ["EPSG:4326", "EPSG:4527"])
def test_project_stays_metric_over_data_of_another_system(plan: Plan, system: str) -> None:
    project = ElementTree.fromstring(zip_of(plan, crs=system)["atlas.qgs"])
    assert project.findtext("projectCrs/spatialrefsys/authid") == METRIC
    assert {one.text for one in project.findall("projectlayers/maplayer/srs/spatialrefsys/authid")} == {system}


def test_every_part_is_in_the_project_and_the_layer_list(content: Content, project: Element) -> None:
    layers = [str(layer.findtext("id")) for layer in project.iter("maplayer")]
    assert len(set(layers)) == len(layers)
    assert sorted(layers) == sorted(leaf.get("id", "") for leaf in leaves(project))
    wanted = {part.name for table in content.tables for part in parts_of(table)}
    assert {table_of(project, one) for one in layers} == wanted | {"atlas_about", "atlas_fields"}


def test_draw_order_is_that_of_the_map(plan: Plan, project: Element) -> None:
    from_below = [table_of(project, one.text) for one in project.findall("layer-tree-group/custom-order/item")][::-1]
    ids = [layer.id for layer in plan.catalogue.layers]
    belongs = [max((one for one in ids if table.startswith(one)), key=len) for table in from_below]
    rest = [one for one in belongs if not one.startswith("extent_")]
    assert list(dict.fromkeys(rest)) == [one for one in ids if one in rest]
    assert belongs[0] == "extent_2025"  # the ground of the zone
    lines = [place for place, one in enumerate(belongs) if one == "extent_2025"][-1]
    assert belongs.index("metro") < lines < belongs.index("science_island")  # as the panes of the web map


def test_groups_are_those_of_the_layer_list_with_words_last(plan: Plan, project: Element) -> None:
    groups = project.findall("layer-tree-group/layer-tree-group")
    assert [group.get("name") for group in groups] == [*(one.name_zh for one in plan.catalogue.groups), "仅有文字"]
    in_words = [table_of(project, leaf.get("id")) for leaf in groups[-1].findall("layer-tree-layer")]
    assert in_words
    assert all(table.endswith("_words") for table in in_words)


@pytest.mark.parametrize("extent", ["2013", "2025"])
def test_the_extent_of_the_view_is_shown_and_the_other_is_not(plan: Plan, extent: str) -> None:
    project = ElementTree.fromstring(zip_of(plan, extent=extent)["atlas.qgs"])
    checked = {
        table_of(project, leaf.get("id")): leaf.get("checked")
        for leaf in leaves(project)
        if table_of(project, leaf.get("id")).startswith("extent_")
    }
    other = "2025" if extent == "2013" else "2013"
    assert checked == {f"extent_{extent}": "Qt::Checked", f"extent_{other}": "Qt::Unchecked"}


def test_forest_park_is_hidden_as_on_the_map(plan: Plan, project: Element) -> None:
    leaf = next(one for one in leaves(project) if table_of(project, one.get("id")) == "forest_park")
    assert plan.layer("forest_park").visible is False
    assert leaf.get("checked") == "Qt::Unchecked"


@pytest.mark.parametrize("system", [METRIC, "EPSG:4326", "EPSG:3857"])
def test_project_opens_on_the_zone_whatever_the_system_of_the_data(plan: Plan, system: str) -> None:
    (zone,) = plan.of_layer("extent_2025", plan.view())
    west, south, east, north = zone.geometry_m.bounds
    box = shapely.box(*bounds(content_of(plan, crs=system)))
    assert box.contains(zone.geometry_m)
    assert box.area < 1.35 * (east - west) * (north - south)


def test_project_says_what_it_is(content: Content, project: Element) -> None:
    abstract = str(project.findtext("projectMetadata/abstract"))
    for statement in content.statements:
        assert statement.text_zh in abstract
    assert project.findtext("projectMetadata/creation") == "2026-01-02T00:00:00"
    assert {layer.findtext("resourceMetadata/rights") for layer in project.iter("maplayer")} >= {
        content.text("legal", "zh")
    }


def test_outside_has_its_own_colour(project: Element) -> None:
    parts = [int(str(project.findtext(f"properties/Gui/CanvasColor{name}Part"))) for name in ("Red", "Green", "Blue")]
    assert "#" + "".join(f"{part:02x}" for part in parts) == TOKENS["outside"]


def test_sheet_has_map_legend_scale_and_says_that_it_is_not_legal(content: Content, project: Element) -> None:
    layout = project.find("Layouts/Layout")
    assert layout is not None
    items = {item.get("id"): item for item in layout.findall("LayoutItem")}
    assert set(items) == {"map", "title", "legend", "scale", "notice"}
    assert content.text("legal", "zh") in items["notice"].get("labelText", "")
    shown = {leaf.get("id") for leaf in leaves(project) if leaf.get("checked") == "Qt::Checked"}
    named = [leaf.get("id") for leaf in items["legend"].iter("layer-tree-layer")]
    assert named
    assert set(named) <= shown


def test_scale_bar_measures_the_map(project: Element) -> None:
    layout = project.find("Layouts/Layout")
    assert layout is not None
    extent, bar = layout.find("LayoutItem/Extent"), layout.find("LayoutItem[@id='scale']")
    page = layout.find("LayoutItem[@id='map']")
    assert extent is not None
    assert bar is not None
    assert page is not None
    width_mm, height_mm, _ = page.get("size", "").split(",")
    metres_per_mm = (float(extent.get("xmax", "0")) - float(extent.get("xmin", "0"))) / float(width_mm)
    assert (float(extent.get("ymax", "0")) - float(extent.get("ymin", "0"))) / float(height_mm) == pytest.approx(
        metres_per_mm, rel=1e-6
    )
    segment_m = float(bar.get("numUnitsPerSegment", "0")) * 1000
    assert float(bar.get("segmentMillimeters", "0")) * metres_per_mm == pytest.approx(segment_m, rel=1e-6)


# Zip


def test_zip_holds_what_it_says_under_plain_names(files: dict[str, bytes]) -> None:
    assert set(files) == MEMBERS
    guide = files["README.txt"].decode("utf-8-sig")
    for name in MEMBERS - {"README.txt"}:
        assert name in guide


def test_same_question_on_the_same_day_gives_the_same_bytes(plan: Plan) -> None:
    first, second = (export(plan, Wanted(ext="zip", made_on=MADE_ON)).content for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(2026, 1, 2, 0, 0, 0)}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_field_dictionary_explains_every_column_in_both_languages(
    content: Content, files: dict[str, bytes], lang: str
) -> None:
    data = files[f"fields_{lang}.csv"]
    assert data.startswith(b"\xef\xbb\xbf")
    _, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    assert {row[0] for row in rows} == {field.name for table in content.tables for field in table.fields}
    titles = {row[0]: row[4] for row in rows}
    assert titles["accuracy_m"] == ("精度" if lang == "zh" else "accuracy")


def test_sources_are_listed(plan: Plan, files: dict[str, bytes]) -> None:
    _, *rows = csv.reader(io.StringIO(files["sources.csv"].decode("utf-8-sig")))
    assert [row[0] for row in rows] == list(plan.catalogue.sources)


def test_guide_says_what_it_is_not_in_both_languages(content: Content, files: dict[str, bytes]) -> None:
    guide = files["README.txt"].decode("utf-8-sig")
    for lang in ("zh", "en"):
        for line in content.said(lang):
            assert line in guide


# Other data


@pytest.mark.parametrize("edit", sorted(EDITS))
def test_hostile_words_stay_text(data_copy: Path, edit: str) -> None:
    file, spoil = EDITS[edit]
    change(data_copy / file, spoil)
    files = zip_of(load_plan(data_copy))
    project = ElementTree.fromstring(files["atlas.qgs"])
    plain = ElementTree.fromstring(zip_of(load_plan(toy.ROOT / "data"))["atlas.qgs"])
    assert {one.tag for one in project.iter()} <= {one.tag for one in plain.iter()}
    if edit == "property":
        aliases = {one.get("field") for one in project.iter("alias")}
        assert HOSTILE in aliases
        assert WORSE in aliases
    if edit == "titles":
        assert HOSTILE + WORSE in str(project.findtext("title"))


def test_park_without_much_makes_a_project_too(tmp_path: Path) -> None:
    files = zip_of(load_plan(toy.write_toy(tmp_path)))
    project = ElementTree.fromstring(files["atlas.qgs"])
    assert project.find("projectlayers/maplayer") is not None


def test_answer_about_a_site_makes_a_project_with_hatched_parts(plan: Plan) -> None:
    lake = next(shape for shape in plan.of_layer("water", plan.view()) if shape.feature.id == "water:yaohu")
    middle = lake.geometry_m.representative_point()
    square = crs.to_lonlat(middle.buffer(300, cap_style="square"), METRIC)
    properties = {"name": "test", "land_use": "1001"}
    data = json.dumps({"type": "Feature", "properties": properties, "geometry": shapely.geometry.mapping(square)})
    site = Question(data.encode(), None, None, plan.view().extent, plan.view().reading)
    project = ElementTree.fromstring(zip_of(plan, site=site)["atlas.qgs"])
    (hatched,) = [one for one in project.iter("maplayer") if str(one.findtext("datasource")).endswith("=rule_parts")]
    assert "LinePatternFill" in {layer.get("class") for layer in hatched.iter("layer")}
    top = [table_of(project, leaf.get("id")) for leaf in project.findall("layer-tree-group/layer-tree-layer")]
    assert "rule_parts" in top  # under no heading of the map


def test_style_over_a_shifted_datum_measures_nothing_in_it(plan: Plan) -> None:
    order = settle(plan, Wanted(ext="gpkg", datum="gcj02", made_on=MADE_ON))
    content = contents_of_layers(order)
    style = ElementTree.fromstring(qml(content, part_of(content, "rings")))
    assert [one.get("geometryGeneratorType") for one in style.iter("placement")] == ["PointGeometry"]
