"""A sheet to print from QGIS: A3 with map, title, legend, scale bar and what the map is not."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from geo.output.exports.content import Content
from geo.output.exports.formats import WORDS
from geo.output.exports.writers.qgis.mapped import Heading
from geo.output.exports.writers.qgis.rules import rules_of
from geo.output.exports.writers.qgis.styles import GROUND
from geo.output.exports.writers.qgis.xml import add, add_options, key
from geo.output.symbology import INK, TOKENS

_PAGE, _MAP, _LABEL, _LEGEND, _SCALE_BAR = 65638, 65639, 65641, 65642, 65646  # kinds of items of QGIS
_NAME = "A3"
_PLAIN_PT = 8
_FONT = "Noto Sans CJK SC"
_LEGEND_FONTS = (("title", 12), ("group", 9), ("subgroup", 8), ("symbol", 8), ("symbolLabel", 8))
_MAP_MM = (10.0, 24.0, 322.0, 250.0)  # left, top, width, height on the page
_SIDE_MM = 338.0  # left edge of what stands beside the map
_SAID = ("legal", "review", "exported", "crs", "rings")
_BARS_M = (500, 1000, 2000, 5000, 10000)
_BAR_MM = 18.0  # that a part of the scale bar should have about

Bounds = tuple[float, float, float, float]


def add_layout(root: Element, content: Content, headings: tuple[Heading, ...], bounds: Bounds) -> None:
    """The sheet of a project that opens on `bounds`: west, south, east, north in m of the metric system."""
    lang = content.wanted.lang
    layout = add(add(root, "Layouts"), "Layout", name=_NAME, units="mm", printResolution=300)
    pages = add(layout, "PageCollection")
    _add_item(pages, _PAGE, "page", (0, 0, 420, 297), is_filled=True)
    bounds = _fitting(bounds)
    _add_map(layout, bounds)
    title = f"{content.text('atlas', lang)} · {content.title(lang)}"
    _add_label(layout, "title", title, (10, 8, 400, 12), 18)
    _add_legend(layout, content, headings)
    _add_scale_bar(layout, bounds)
    mark = "：" if lang == "zh" else ": "
    said = [f"{one.title(lang)}{mark}{one.text(lang)}" for one in content.statements if one.key in _SAID]
    _add_label(layout, "notice", "\n".join(said), (10, 276, 400, 18), 7)


def _fitting(bounds: Bounds) -> Bounds:
    """The bounds widened to the form of the map on the page."""
    west, south, east, north = bounds
    _, _, width_mm, height_mm = _MAP_MM
    scale = max((east - west) / width_mm, (north - south) / height_mm)
    across, up = scale * width_mm / 2, scale * height_mm / 2
    x, y = (west + east) / 2, (south + north) / 2
    return x - across, y - up, x + across, y + up


def _add_item(parent: Element, kind: int, name: str, place: Bounds, *, is_filled: bool = False) -> Element:
    left, top, width, height = place
    item = add(
        parent,
        "LayoutItem",
        type=kind,
        id=name,
        uuid=key("layout", name),
        templateUuid=key("layout", name),
        position=f"{left},{top},mm",
        positionOnPage=f"{left},{top},mm",
        size=f"{width},{height},mm",
        zValue=len(parent),
        visibility=1,
        opacity=1,
        background=str(is_filled).lower(),
        frame=str(kind == _MAP).lower(),
        outlineWidthM="0.3,mm",
        referencePoint=0,
    )
    _add_colour(item, "FrameColor", INK)
    _add_colour(item, "BackgroundColor", TOKENS["outside"] if kind == _MAP else TOKENS["paper"])
    return item


def _add_colour(parent: Element, tag: str, colour: str) -> None:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    add(parent, tag, red=red, green=green, blue=blue, alpha=255)


def _add_map(layout: Element, bounds: Bounds) -> None:
    item = _add_item(layout, _MAP, "map", _MAP_MM, is_filled=True)
    for name, value in {"mapRotation": 0, "keepLayerSet": "false", "followPreset": "false", "mapFlags": 0}.items():
        item.set(name, str(value))
    names = ("xmin", "ymin", "xmax", "ymax")
    add(item, "Extent", **{name: f"{side:.2f}" for name, side in zip(names, bounds, strict=True)})


def _add_label(layout: Element, name: str, text: str, place: Bounds, size_pt: float) -> None:
    item = _add_item(layout, _LABEL, name, place)
    add_text = {"labelText": text, "htmlState": 0, "halign": 1, "valign": 128, "marginX": 0, "marginY": 0}
    for attribute, value in add_text.items():
        item.set(attribute, str(value))
    add(item, "LabelFont", description=_font(size_pt), style="")
    _add_colour(item, "FontColor", INK)


def _font(size_pt: float) -> str:
    """A font as Qt writes it; large letters are bold."""
    return f"{_FONT},{size_pt},-1,5,{75 if size_pt > _PLAIN_PT else 50},0,0,0,0,0"


def _add_legend(layout: Element, content: Content, headings: tuple[Heading, ...]) -> None:
    """Only what the map shows, with symbols as on it."""
    lang = content.wanted.lang
    item = _add_item(layout, _LEGEND, "legend", (_SIDE_MM, 24, 74, 200))
    sizes = {"symbolWidth": 6, "symbolHeight": 3.5, "columnCount": 1, "boxSpace": 0, "lineSpacing": 0.8, "wrapChar": ""}
    said = {"title": "图例" if lang == "zh" else "Legend", "map_uuid": key("layout", "map"), "resizeToContents": 1}
    for attribute, value in {**sizes, **said, "legendFilterByAtlas": 0, "fontColor": INK}.items():
        item.set(attribute, str(value))
    styles = add(item, "styles")
    for name, size in _LEGEND_FONTS:
        style = add(
            styles, "style", name=name, alignment=1, marginTop=1.4, marginLeft=2 if name == "symbolLabel" else 0
        )
        add(style, "styleFont", description=_font(size), style="")
    tree = add(item, "layer-tree-group")
    for heading in headings:
        shown = [one for one in heading.layers if one.is_shown and one.drawn != GROUND and one.part.kind != WORDS]
        if not shown:
            continue
        group = add(tree, "layer-tree-group", name=heading.name, checked="Qt::Checked", expanded=1)
        for one in shown:
            leaf = add(group, "layer-tree-layer", id=one.id, name=one.title, checked="Qt::Checked", expanded=1)
            count = len(rules_of(content, one.part))
            if count > 2:  # without the rule for rows that there are not
                add_options(add(leaf, "customproperties"), {"legend/node-order": ",".join(map(str, range(count - 1)))})


def _add_scale_bar(layout: Element, bounds: Bounds) -> None:
    item = _add_item(layout, _SCALE_BAR, "scale", (_SIDE_MM, 256, 74, 14))
    metres_per_mm = (bounds[2] - bounds[0]) / _MAP_MM[2]
    bar_m = min(_BARS_M, key=lambda metres: abs(metres / metres_per_mm - _BAR_MM))
    values = {
        "style": "Single Box",
        "mapUuid": key("layout", "map"),
        "unitType": "km",
        "unitLabel": "km",
        "numMapUnitsPerScaleBarUnit": 1,
        "numUnitsPerSegment": bar_m / 1000,
        "numSegments": 2,
        "numSegmentsLeft": 0,
        "segmentMillimeters": bar_m / metres_per_mm,
        "segmentSizeMode": 0,
        "height": 2,
        "boxContentSpace": 0,
        "labelBarSpace": 1,
    }
    for attribute, value in values.items():
        item.set(attribute, str(value))
    add(item, "text-style", fontFamily=_FONT, fontSize=8, fontSizeUnit="Point", textColor="20,33,43,255")
    _add_colour(item, "fillColor", INK)
    _add_colour(item, "fillColor2", TOKENS["paper"])
    _add_colour(item, "strokeColor", INK)
