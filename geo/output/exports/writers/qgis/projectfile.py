"""The project file of QGIS (.qgs): layers of the GeoPackage beside it, in groups, order and colours of the map."""

from __future__ import annotations

from xml.etree.ElementTree import Element, tostring

import shapely

from geo import crs
from geo.output.exports.content import Content
from geo.output.exports.formats import AREA, LINE, POINT, WORDS
from geo.output.exports.target import Target
from geo.output.exports.writers.qgis.layout import add_layout
from geo.output.exports.writers.qgis.mapped import Heading, Mapped, headings, layer_id, mapped_layers
from geo.output.exports.writers.qgis.styles import VERSION, add_style
from geo.output.exports.writers.qgis.xml import add
from geo.output.symbology import TOKENS

_HEAD = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
_GEOMETRIES = {AREA: "Polygon", LINE: "Line", POINT: "Point", WORDS: "No geometry"}
_ABOUT = (
    ("atlas_about", "说明、来源与声明", "About: statements and sources"),
    ("atlas_fields", "字段表", "Field dictionary"),
)
_MARGIN = 0.04  # of the width and height, around the plan
_OGR = "ogr"


def project(content: Content, data_name: str) -> bytes:
    """The project over the GeoPackage `data_name` in the same folder. The same content gives the same bytes.

    Its system is the metric one of the plan, whatever that of the data.
    """
    lang = content.wanted.lang
    layers = mapped_layers(content)
    root = Element(
        "qgis", {"version": VERSION, "projectname": f"{content.text('atlas', lang)} · {content.title(lang)}"}
    )
    add(root, "homePath", path="")
    add(root, "title", root.get("projectname"))
    _add_crs(add(root, "projectCrs"), content.metric_crs)
    _add_tree(root, content, layers, data_name)
    _add_layers(add(root, "projectlayers"), content, layers, data_name)
    order = add(root, "layerorder")
    for one in reversed(layers):
        add(order, "layer", id=one.id)
    _add_properties(root, content)
    _add_metadata(root, content)
    _add_view(root, content)
    add_layout(root, content, headings(content, layers), bounds(content))
    return (_HEAD + tostring(root, encoding="unicode")).encode()


def _add_crs(parent: Element, code: str) -> None:
    number = code.partition(":")[2]
    system = add(parent, "spatialrefsys")
    add(system, "srsid", number)  # any number: QGIS reads the authority only where one stands, then takes its own
    add(system, "srid", number)
    add(system, "authid", code)


def _add_data_crs(parent: Element, target: Target) -> None:
    if target.crs is not None:
        _add_crs(parent, target.crs)
    else:
        add(add(parent, "spatialrefsys"), "wkt", target.srs)


def _source(data_name: str, table: str) -> str:
    return f"./{data_name}|layername={table}"


def _add_tree(root: Element, content: Content, layers: tuple[Mapped, ...], data_name: str) -> None:
    tree = add(root, "layer-tree-group")
    for heading in headings(content, layers):
        _add_heading(tree, heading, data_name)
    for table, zh, en in _ABOUT:
        title = zh if content.wanted.lang == "zh" else en
        _add_leaf(tree, layer_id(table), title, is_shown=False, source=_source(data_name, table))
    order = add(tree, "custom-order", enabled="1")
    for one in reversed(layers):
        if one.part.kind != WORDS:
            add(order, "item", one.id)


def _add_heading(tree: Element, heading: Heading, data_name: str) -> None:
    is_words = heading.layers[0].part.kind == WORDS
    parent = tree
    if heading.name:
        parent = add(
            tree,
            "layer-tree-group",
            name=heading.name,
            checked="Qt::Checked",
            expanded=int(not is_words),
            groupLayer="",
        )
    for one in heading.layers:
        _add_leaf(parent, one.id, one.title, is_shown=one.is_shown, source=_source(data_name, one.part.name))


def _add_leaf(parent: Element, id: str, title: str, *, is_shown: bool, source: str) -> None:
    add(
        parent,
        "layer-tree-layer",
        id=id,
        name=title,
        providerKey=_OGR,
        source=source,
        checked="Qt::Checked" if is_shown else "Qt::Unchecked",
        expanded="1",
    )


def _add_layers(parent: Element, content: Content, layers: tuple[Mapped, ...], data_name: str) -> None:
    for one in layers:
        geometry = _GEOMETRIES[one.part.kind]
        layer = _add_layer(parent, one.id, one.title, geometry, _source(data_name, one.part.name))
        if one.part.kind != WORDS:
            _add_data_crs(add(layer, "srs"), content.target)
        _add_layer_metadata(layer, content, one)
        add_style(layer, content, one.part, one.drawn)
    for table, zh, en in _ABOUT:
        title = zh if content.wanted.lang == "zh" else en
        _add_layer(parent, layer_id(table), title, _GEOMETRIES[WORDS], _source(data_name, table))


def _add_layer(parent: Element, id: str, title: str, geometry: str, source: str) -> Element:
    layer = add(parent, "maplayer", type="vector", geometry=geometry, labelsEnabled="0", readOnly="0")
    add(layer, "id", id)
    add(layer, "datasource", source)
    add(layer, "layername", title)
    add(layer, "provider", _OGR, encoding="UTF-8")
    return layer


def _add_layer_metadata(layer: Element, content: Content, one: Mapped) -> None:
    lang = content.wanted.lang
    metadata = add(layer, "resourceMetadata")
    add(metadata, "language", lang)
    add(metadata, "title", one.title)
    add(metadata, "abstract", content.text("accuracy", lang))
    add(metadata, "rights", content.text("legal", lang))
    if content.licence:
        add(metadata, "license", "LICENSE.md")


def _add_properties(root: Element, content: Content) -> None:
    """The colour of the canvas, relative paths, areas and lengths in m, and only names that fit."""
    properties = add(root, "properties")
    gui = add(properties, "Gui")
    outside = TOKENS["outside"]
    for name, at in (("Red", 1), ("Green", 3), ("Blue", 5)):
        add(gui, f"CanvasColor{name}Part", int(outside[at : at + 2], 16), type="int")
    measurement = add(properties, "Measurement")
    add(measurement, "AreaUnits", "m2", type="QString")
    add(measurement, "DistanceUnits", "meters", type="QString")
    placing = add(properties, "PAL")
    add(placing, "PlacementEngineVersion", 1, type="int")
    add(placing, "CandidatesLinePerCM", 15, type="double")  # places to try along a line, so that ring names find one
    add(placing, "CandidatesPolygonPerCM", 10, type="double")
    add(placing, "ShowingPartialsLabels", "false", type="bool")
    add(placing, "ShowingAllLabels", "false", type="bool")
    add(placing, "TextFormat", 0, type="int")  # letters as outlines: halo and letters keep the same spacing
    add(add(properties, "Paths"), "Absolute", "false", type="bool")
    add(add(properties, "SpatialRefSys"), "ProjectionsEnabled", 1, type="int")


def _add_metadata(root: Element, content: Content) -> None:
    lang = content.wanted.lang
    metadata = add(root, "projectMetadata")
    add(metadata, "language", lang)
    add(metadata, "type", "dataset")
    add(metadata, "title", root.get("projectname"))
    add(metadata, "abstract", "\n".join(content.said(lang)))
    add(metadata, "author", content.text("atlas", lang))
    add(metadata, "creation", f"{content.text('exported', lang)}T00:00:00")


def _add_view(root: Element, content: Content) -> None:
    """Where the map opens: on the plan."""
    west, south, east, north = bounds(content)
    sides = {"xmin": west, "ymin": south, "xmax": east, "ymax": north}
    written = {name: f"{side:.2f}" for name, side in sides.items()}
    canvas = add(root, "mapcanvas", name="theMapCanvas", annotationsVisible="1")
    add(canvas, "units", "meters")
    extent = add(canvas, "extent")
    for name, side in written.items():
        add(extent, name, side)
    add(canvas, "rotation", 0)
    _add_crs(add(canvas, "destinationsrs"), content.metric_crs)
    settings = add(root, "ProjectViewSettings", UseProjectScales="0", rotation="0")
    add(settings, "Scales")
    _add_crs(add(settings, "DefaultViewExtent", **written), content.metric_crs)


def bounds(content: Content) -> tuple[float, float, float, float]:
    """West, south, east, north of the zone in the metric system with a margin; of all shapes if there is no zone."""
    zone = [table for table in content.tables if table.id == f"extent_{content.extent}"]
    shapes = [row.geometry for table in zone or content.tables for row in table.rows if row.geometry is not None]
    if not shapes:
        return 0.0, 0.0, 1.0, 1.0
    west, south, east, north = shapely.total_bounds(shapes)
    x, y = [west, east, east, west], [south, south, north, north]
    if content.target.crs != content.metric_crs:
        if not content.target.is_geographic:
            x, y = crs.unproject(x, y, str(content.target.crs))
        x, y = crs.project(x, y, content.metric_crs)
    across, up = _MARGIN * (max(x) - min(x)), _MARGIN * (max(y) - min(y))
    return float(min(x) - across), float(min(y) - up), float(max(x) + across), float(max(y) + up)
