"""KML 2.2: the groups of the layer list as folders, a folder for each layer, shared styles, every value with its title.

Nothing is linked: the sign of a point is the program's own pin in the colour of the map. Globes show descriptions as
HTML, so the signs that begin a tag or an entity become full-width there; names and values stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from shapely.geometry.base import BaseGeometry

from geo.catalogue import Scalar
from geo.output.exports.content import Content, Row, Table
from geo.output.exports.fields import NUMBER, TEXT, TRUTH, WHOLE
from geo.output.exports.writers.geojson import DEGREE_DECIMALS
from geo.output.exports.writers.kmlstyles import Styles
from geo.output.exports.writers.pieces import pieces, polygons
from geo.output.exports.writers.rowwords import row_words

NAMESPACE = "http://www.opengis.net/kml/2.2"
_TYPES = {TEXT: "string", WHOLE: "int", NUMBER: "double", TRUTH: "bool"}
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_HTML = str.maketrans({"<": "＜", ">": "＞", "&": "＆", "$": "＄"})  # $[name] is a place-holder to globes


def write(content: Content) -> bytes:
    """The document. Rows known only in words are placemarks without a shape."""
    lang = content.wanted.lang
    styles = Styles()
    folders = [_folder(content, table, styles) for table in content.tables]
    root = Element("kml", xmlns=NAMESPACE)
    document = SubElement(root, "Document")
    _add(document, "name", f"{content.text('atlas', lang)} · {content.title(lang)}")
    _add(document, "open", "1")
    _add(document, "description", _shown("\n".join(content.said(lang))))
    document.extend(styles.elements())
    document.extend(_schema(table, lang) for table in content.tables)
    document.extend(_grouped(content, folders))
    ElementTree.indent(root, space=" ")
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _grouped(content: Content, folders: list[Element]) -> Iterator[Element]:
    """The folders of the layers in those of their groups; tables of an answer have no group."""
    of_table = {table.id: folder for table, folder in zip(content.tables, folders, strict=True)}
    for group in content.groups:
        folder = Element("Folder")
        _add(folder, "name", group.name_zh if content.wanted.lang == "zh" else group.name_en)
        _add(folder, "open", "1")
        folder.extend(of_table.pop(layer) for layer in group.layers if layer in of_table)
        yield folder
    yield from of_table.values()


def _folder(content: Content, table: Table, styles: Styles) -> Element:
    """The rows of a table. What the map does not show at first is not shown here, unless it is all there is."""
    folder = Element("Folder")
    _add(folder, "name", table.title(content.wanted.lang))
    is_hidden = table.layer is not None and not table.layer.visible and len(content.tables) > 1
    if is_hidden:
        _add(folder, "visibility", "0")
    for row in table.rows:
        folder.append(_placemark(content, table, row, styles))
        if is_hidden:
            hidden = Element("visibility")
            hidden.text = "0"
            folder[-1].insert(1, hidden)
    return folder


def _placemark(content: Content, table: Table, row: Row, styles: Styles) -> Element:
    lang = content.wanted.lang
    mark = Element("Placemark")
    _add(mark, "name", row.name(lang) or row.id)
    SubElement(mark, "Snippet", maxLines="0")
    said = (*row_words(row, lang), str(row.values.get("notice") or ""))
    _add(mark, "description", _shown("\n".join(one for one in said if one)))
    if row.geometry is not None:
        _add(mark, "styleUrl", f"#{styles.id_of(content.look(table, row), row.kind)}")
    data = SubElement(SubElement(mark, "ExtendedData"), "SchemaData", schemaUrl=f"#{_schema_id(table)}")
    for field in table.fields:
        value = row.values.get(field.name)
        if value is not None and value != "":
            text = str(value).lower() if isinstance(value, bool) else str(value)
            _add(data, "SimpleData", text).set("name", _xml(field.name))
    if row.geometry is not None:
        mark.append(_shape(row.geometry))
    return mark


def _schema(table: Table, lang: str) -> Element:
    schema = Element("Schema", name=_schema_id(table), id=_schema_id(table))
    for field in table.fields:
        values = [row.values.get(field.name) for row in table.rows]
        kind = field.kind if field.kind != WHOLE or all(_is_small(value) for value in values) else TEXT
        one = SubElement(schema, "SimpleField", type=_TYPES[kind], name=_xml(field.name))
        _add(one, "displayName", field.title(lang))
    return schema


def _is_small(value: Scalar) -> bool:
    """Whether a whole number is one of KML, which has 32 bits."""
    return value is None or abs(int(value)) < 2**31


def _schema_id(table: Table) -> str:
    return f"fields_{table.id}"


def _shape(geometry: BaseGeometry) -> Element:
    """The shape on the ground; several parts make a MultiGeometry."""
    areas = polygons(geometry)
    found = [_polygon(one) for one in areas] if areas else [_simple(one) for one in pieces(geometry)]
    if len(found) == 1:
        return found[0]
    several = Element("MultiGeometry")
    several.extend(found)
    return several


def _polygon(polygon: BaseGeometry) -> Element:
    shape = Element("Polygon")
    _add(shape, "tessellate", "1")
    rings = (("outerBoundaryIs", polygon.exterior), *(("innerBoundaryIs", hole) for hole in polygon.interiors))
    for tag, ring in rings:
        _add(SubElement(SubElement(shape, tag), "LinearRing"), "coordinates", _coordinates(ring))
    return shape


def _simple(piece: BaseGeometry) -> Element:
    shape = Element("Point" if piece.geom_type == "Point" else "LineString")
    if piece.geom_type != "Point":
        _add(shape, "tessellate", "1")
    _add(shape, "coordinates", _coordinates(piece))
    return shape


def _coordinates(line: BaseGeometry) -> str:
    return " ".join(f"{lon:.{DEGREE_DECIMALS}f},{lat:.{DEGREE_DECIMALS}f}" for lon, lat in line.coords)


def _shown(text: str) -> str:
    return text.translate(_NOT_HTML)


def _xml(text: str) -> str:
    """A text without the characters that XML cannot hold."""
    return _NOT_XML.sub("", text)


def _add(parent: Element, tag: str, text: str) -> Element:
    child = SubElement(parent, tag)
    child.text = _xml(text)
    return child
