"""Names on the map as QGIS labels: which layers have them, from which level on, and how they look.

Sizes, colours and levels are those of static/css/map.css and static/js/labels.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from geo.output.exports.content import PARCELS, Content, Part
from geo.output.exports.formats import AREA, LINE, POINT, WORDS
from geo.output.exports.writers.qgis import words
from geo.output.exports.writers.qgis.expressions import equals
from geo.output.exports.writers.qgis.symbols import mm
from geo.output.exports.writers.qgis.xml import add, rgba
from geo.output.symbology import TOKENS
from geo.view import SYMBOLIC

SCALE_OF_LEVEL_0 = 559_082_264  # of web maps at 96 dpi on the equator
_SANS = ("Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "Source Han Sans SC", "Arial")
_SONG = ("Noto Serif CJK SC", "SimSun", "Songti SC", "Source Han Serif SC", "Georgia")
_LATIN_SERIF = ("Georgia", "Times New Roman", "Liberation Serif", "DejaVu Serif")
_OVER, _BESIDE_LINE, _ALONG, _IN_AREA, _BESIDE = 1, 2, 3, 4, 6  # placements of QGIS
_BOUNDARY = 1  # names keep off the outline of an area, not off the area
_ON_LINE, _EITHER_SIDE = 1, 2 + 4 + 8  # flags of lines; 8 keeps the side true to the map


@dataclass(frozen=True)
class Names:
    """How the names of a layer look: size in px, level from which they show, and rank (10 is placed first)."""

    size: float
    level: int
    rank: int
    place: int
    is_bold: bool = False
    colour: str = "ink"
    spacing: float = 0.0  # in parts of the size
    gap: float = 0.0  # from the sign, px
    halo: float = 1.5  # px
    is_water: bool = False
    has_basis: bool = False  # whether a second line says how the feature was placed
    flags: int = _EITHER_SIDE
    until: int | None = None  # level at which other names take over
    blocks: float = 0.0  # how much other names keep off the shape, 0 to 2
    is_drawn: bool = True


_POINTS = {
    "towns": Names(12, 12, 8, _BESIDE, is_bold=True, colour="ink2", gap=7, blocks=2),
    "places": Names(12, 13, 7, _BESIDE, gap=7, blocks=2),
    "sites": Names(12, 12, 7, _BESIDE, is_bold=True, gap=10, has_basis=True, blocks=2),
    "metro": Names(11, 12, 4, _BESIDE, gap=8, blocks=2),
    "parks": Names(11, 13, 3, _BESIDE, gap=9, has_basis=True, blocks=2),
}
_PLAIN_POINTS = Names(12, 13, 3, _BESIDE, gap=9, blocks=2)
_AREAS = {
    "science_island": Names(16, 11, 9, _IN_AREA, is_bold=True, spacing=0.1, halo=2, has_basis=True, blocks=0.6),
    "places": Names(13, 12, 9, _IN_AREA, is_bold=True, spacing=0.06, halo=1.75, has_basis=True, blocks=0.4),
    "forest_park": Names(13, 13, 8, _IN_AREA, is_bold=True, spacing=0.06, halo=1.75, has_basis=True),
    "rings": Names(12, 12, 6, _ALONG, is_bold=True, spacing=0.14, halo=1.25, flags=_ON_LINE),
    "site": Names(13, 10, 9, _IN_AREA, is_bold=True, halo=1.75),
    PARCELS: Names(11, 16, 2, _OVER, is_bold=True),
}
_WATER_SIZES = ((10, 13), (11, 15), (12, 19), (13, 24), (14, 28), (15, 32))  # level, px
_WATER = Names(24, 10, 10, _IN_AREA, is_bold=True, colour="waterink", spacing=0.04, halo=0, is_water=True, blocks=0.2)
_LINES = {
    "ring_lines": Names(10.5, 12, 5, _BESIDE_LINE, is_bold=True, halo=3, flags=_ON_LINE, blocks=0.3),
    "roads": Names(11, 12, 1, _ALONG, colour="ink2", spacing=0.18, gap=4),
    "metro": Names(11, 12, 1, _ALONG, is_drawn=False, blocks=1),
}
_INNER_LINES_LEVEL = 14  # from which lines that part no zones have their distance


def scale_of(level: float) -> int:
    """The scale 1:n of a level of the web map."""
    return round(SCALE_OF_LEVEL_0 / 2**level)


def add_labels(parent: Element, content: Content, part: Part) -> bool:
    """The labels of a part; whether it has any."""
    rules = _rules(content, part)
    if not rules:
        return False
    labeling = add(parent, "labeling", type="rule-based")
    root = add(labeling, "rules", key=words.key_of(part, "labels"))
    for number, (names, filter) in enumerate(rules):
        attributes = {
            "filter": filter,
            "key": words.key_of(part, f"label {number}"),
            "description": part.title(content.wanted.lang),
        }
        _add_settings(add(root, "rule", **attributes), content, part, names)
    return True


def _rules(content: Content, part: Part) -> list[tuple[Names, str | None]]:
    """The names of a part, each with the rows that have them. A symbol of a size is named like a point."""
    table = part.table.id
    if part.kind == WORDS:
        return []
    if part.kind == POINT:
        return [(_POINTS.get(table, _PLAIN_POINTS), None)]
    if part.kind == LINE:
        return _line_rules(part)
    if table == "water":
        return _water_rules()
    found: list[tuple[Names, str | None]] = []
    if any(row.values.get("geometry_basis") == SYMBOLIC for row in part.rows):
        found.append((_POINTS.get(table, _PLAIN_POINTS), words.is_symbolic(yes=True)))
    if table in _AREAS:
        found.append((_AREAS[table], words.is_symbolic(yes=False) if found else None))
    return found


def _line_rules(part: Part) -> list[tuple[Names, str | None]]:
    names = _LINES.get(part.table.id)
    if names is None:
        return []
    if part.table.id == "ring_lines" and any(row.values.get("separates_zones") is False for row in part.rows):
        inner = replace(names, level=_INNER_LINES_LEVEL)
        return [(names, equals("separates_zones", True)), (inner, equals("separates_zones", False))]
    return [(names, None)]


def _water_rules() -> list[tuple[Names, str | None]]:
    """Names of water grow with the level."""
    ends = [level for level, _ in _WATER_SIZES[1:]]
    return [
        (replace(_WATER, size=size, level=level, until=end), None)
        for (level, size), end in zip(_WATER_SIZES, [*ends, None], strict=True)
    ]


def _add_settings(rule: Element, content: Content, part: Part, names: Names) -> None:
    lang = content.wanted.lang
    settings = add(rule, "settings", calloutType="simple")
    _add_style(settings, names, words.text_of(part, lang, with_basis=names.has_basis), lang)
    add(settings, "text-format", wrapChar="", multilineAlign="3", autoWrapLength="0", formatNumbers="0")
    _add_placement(settings, content, part, names)
    add(
        settings,
        "rendering",
        drawLabels=int(names.is_drawn),
        scaleVisibility="1",
        scaleMax=scale_of(names.level),
        scaleMin=scale_of(names.until) if names.until is not None else 0,
        obstacle=int(names.blocks > 0),
        obstacleFactor=names.blocks,
        obstacleType=_BOUNDARY,
        mergeLines=int(part.kind == LINE),
        fontMinPixelSize="3",
        fontMaxPixelSize="10000",
        displayAll="0",
        upsidedownLabels="0",
    )


def _add_style(settings: Element, names: Names, text: str, lang: str) -> None:
    families = _SANS if not names.is_water else _SONG if lang == "zh" else _LATIN_SERIF
    is_slanted = names.is_water and lang != "zh"  # Chinese letters have no italic
    style = add(
        settings,
        "text-style",
        fontFamily=families[0],
        namedStyle=("Bold Italic" if is_slanted else "Bold") if names.is_bold else "Regular",
        fontWeight="75" if names.is_bold else "50",
        fontItalic=int(is_slanted),
        fontSize=mm(names.size),
        fontSizeUnit="MM",
        fontLetterSpacing=mm(names.size * names.spacing),
        textColor=rgba(TOKENS[names.colour]),
        textOpacity="1",
        isExpression="1",
        fieldName=text,
        allowHtml="0",
        multilineHeight="1",
    )
    known = add(style, "families")
    for family in families[1:]:
        add(known, "family", name=family)
    add(
        style,
        "text-buffer",
        bufferDraw=int(names.halo > 0),
        bufferSize=mm(names.halo),
        bufferSizeUnits="MM",
        bufferColor=rgba(TOKENS["halo"]),
        bufferOpacity="1" if names.place != _ALONG else "0.6",
        bufferJoinStyle="128",
        bufferNoFill="0",
    )


def _add_placement(settings: Element, content: Content, part: Part, names: Names) -> None:
    """Where a name stands: a symbol of a size beside its centre, a ring along its middle."""
    place, shape = names.place, None
    if part.kind == AREA and place == _BESIDE:
        shape = ("centroid($geometry)", "PointGeometry")
    if place == _IN_AREA:
        place, shape = _OVER, (words.middle_point(), "PointGeometry")
    if part.table.id == "rings":
        system = content.target.crs
        if system is None:  # a shifted datum is no system that QGIS could measure in
            place, shape = _OVER, (words.middle_point(), "PointGeometry")
        else:
            shape = (words.middle_line(part, system, content.metric_crs), "LineGeometry")
    add(
        settings,
        "placement",
        placement=place,
        placementFlags=names.flags,
        predefinedPositionOrder="R,L,TSR,BSR,TSL,BSL",
        dist=mm(names.gap),
        distUnits="MM",
        offsetType="0",
        priority=names.rank,
        polygonPlacementFlags="2",
        fitInPolygonOnly="0",
        maxCurvedCharAngleIn="25",
        maxCurvedCharAngleOut="-25",
        geometryGeneratorEnabled=int(shape is not None),
        geometryGenerator=shape[0] if shape else "",
        geometryGeneratorType=shape[1] if shape else "PointGeometry",
        layerType={AREA: "PolygonGeometry", LINE: "LineGeometry"}.get(part.kind, "PointGeometry"),
        overrunDistance="0",
        repeatDistance="0",
    )
