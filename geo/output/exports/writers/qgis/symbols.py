"""Looks as QGIS symbols: fills, patterns, strokes with dashes and inner bands, signs. Sizes are in mm."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from geo.output.exports.formats import AREA, LINE, POINT
from geo.output.exports.writers.qgis.xml import add, add_options, rgba
from geo.output.symbology import HATCH, MM_PER_PX, TOKENS, TREES, Look, Sign, Stroke

_TYPES = {AREA: "fill", LINE: "line", POINT: "marker"}
_TREE_STEP_PX, _TREE_ROW_PX, _TREE_SIZE_PX, _TREE_OPACITY = 9, 4.5, 2, 0.55  # as the pattern of the web map
_HATCH_STEP_PX, _HATCH_WIDTH_PX, _HATCH_DEGREES = 6, 1.2, 45  # half of each line lies outside the tile of the web map

_Part = tuple[str, dict[str, object], Element | None]  # class of a symbol layer, its properties, its own symbol


def mm(px: float) -> str:
    """Pixels of the web map as millimetres.

    >>> mm(96)
    '25.4'
    """
    return f"{px * MM_PER_PX:.4g}"


def add_symbol(parent: Element, name: str, kind: str, look: Look) -> None:
    """The symbol of a look for shapes of a kind: AREA, LINE or POINT. Each part of it is a level of its own."""
    if kind == AREA:
        parts = [*_fills(look), *(_line(stroke) for stroke in look.strokes), *map(_in_the_middle, look.signs)]
    elif kind == LINE:
        parts = [_line(stroke) for stroke in look.strokes]
    else:
        parts = [_marker(sign) for sign in look.signs]
    _add(parent, name, _TYPES[kind], parts)


def _add(parent: Element, name: str, kind: str, parts: list[_Part]) -> Element:
    symbol = add(parent, "symbol", name=name, type=kind, alpha="1", clip_to_extent="1", force_rhr="0")
    for level, (of_class, values, inner) in enumerate(parts):
        layer = add(symbol, "layer", **{"class": of_class, "pass": level, "enabled": "1", "locked": "0"})
        add_options(layer, values)
        if inner is not None:
            inner.set("name", f"@{name}@{level}")
            layer.append(inner)
    return symbol


def _inner(kind: str, part: _Part) -> Element:
    return _add(Element("inner"), "", kind, [part])


def _fills(look: Look) -> Iterator[_Part]:
    """The fill and the pattern over it; a shape without either keeps an invisible one, to be pointed at."""
    colour = rgba(look.fill, look.fill_opacity) if look.fill else rgba("#ffffff", 0)
    yield "SimpleFill", {"color": colour, "style": "solid", "outline_style": "no"}, None
    if look.pattern == TREES:
        dot = _dot(TOKENS["tree"])
        steps = {"distance_x": _TREE_STEP_PX, "distance_y": _TREE_ROW_PX, "displacement_x": _TREE_STEP_PX / 2}
        yield "PointPatternFill", _sized(steps), _inner("marker", dot)
    if look.pattern == HATCH:
        line = _line(Stroke(TOKENS["bad"], _HATCH_WIDTH_PX))
        yield "LinePatternFill", {"angle": _HATCH_DEGREES, **_sized({"distance": _HATCH_STEP_PX})}, _inner("line", line)


def _sized(lengths: Mapping[str, float]) -> dict[str, object]:
    """Lengths in px with the unit that QGIS asks beside each."""
    values: dict[str, object] = {name: mm(length) for name, length in lengths.items()}
    return values | {f"{name}_unit": "MM" for name in lengths}


def _dot(colour: str) -> _Part:
    values = {"name": "circle", "color": rgba(colour, _TREE_OPACITY), "outline_style": "no"}
    return "SimpleMarker", values | _sized({"size": _TREE_SIZE_PX}), None


def _line(stroke: Stroke) -> _Part:
    values: dict[str, object] = {
        "line_color": rgba(stroke.colour, stroke.opacity),
        "line_style": "solid",
        "capstyle": "flat" if stroke.dash else "round",
        "joinstyle": "round",
        "draw_inside_polygon": int(stroke.inside),
        "use_custom_dash": int(bool(stroke.dash)),
        "customdash": ";".join(mm(length) for length in stroke.dash) or "1;1",
        "customdash_unit": "MM",
    }
    return "SimpleLine", values | _sized({"line_width": stroke.width}), None


def _marker(sign: Sign) -> _Part:
    if sign.edge.dash:
        return _dashed_marker(sign)
    edge = sign.edge
    values: dict[str, object] = {
        "name": sign.form,
        "color": rgba(sign.fill) if sign.fill else rgba("#ffffff", 0),
        "outline_color": rgba(edge.colour, edge.opacity),
        "outline_style": "solid",
        "joinstyle": "miter",
        "cap_style": "flat",
        "scale_method": "diameter",
    }
    return "SimpleMarker", values | _sized({"size": 2 * sign.radius, "outline_width": edge.width}), None


def _dashed_marker(sign: Sign) -> _Part:
    """A sign whose edge has dashes: only a filled marker can have them of any length."""
    inner = _add(Element("inner"), "", "fill", [*_fills(Look(sign.fill)), _line(sign.edge)])
    values: dict[str, object] = {"name": sign.form, "scale_method": "diameter"}
    return "FilledMarker", values | _sized({"size": 2 * sign.radius}), inner


def _in_the_middle(sign: Sign) -> _Part:
    values: dict[str, object] = {"point_on_surface": 0, "point_on_all_parts": 0, "clip_points": 0}
    return "CentroidFill", values, _inner("marker", _marker(sign))
