"""The looks of the map as KML styles, each written once and shared by the placemarks that wear it."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from geo.output.exports.formats import POINT
from geo.output.exports.writers.strokes import main_stroke
from geo.output.symbology import Look

_FILL_OPACITY = 0.6  # of an area at most: the ground shows through on a globe
_PIN_SCALE, _LABEL_SCALE = "0.8", "0.9"

_Drawn = tuple[tuple[str, str] | None, str | None, str | None]  # line: colour and width; fill; pin


class Styles:
    """Collects styles while placemarks are made."""

    def __init__(self) -> None:
        self._ids: dict[_Drawn, str] = {}

    def id_of(self, look: Look, kind: str) -> str:
        """The id of the style of a look."""
        drawn = _drawn(look, kind)
        return self._ids.setdefault(drawn, f"style_{len(self._ids) + 1}")

    def elements(self) -> Iterator[Element]:
        """The styles, in the order in which they were first worn."""
        for (line, fill, pin), style_id in self._ids.items():
            style = Element("Style", id=style_id)
            if pin is not None:
                _part(style, "IconStyle", color=pin, scale=_PIN_SCALE)
            _part(style, "LabelStyle", scale=_LABEL_SCALE)
            if line is not None:
                _part(style, "LineStyle", color=line[0], width=line[1])
            if pin is None:
                outline = "0" if line is None else "1"
                _part(style, "PolyStyle", color=fill or "00ffffff", fill="1" if fill else "0", outline=outline)
            yield style


def _drawn(look: Look, kind: str) -> _Drawn:
    if kind == POINT:
        # A white sign with a dark edge is told by its edge.
        sign = look.signs[-1]
        is_pale = sign.fill is None or sign.fill.lower() == "#ffffff"
        return None, None, _colour(sign.edge.colour if is_pale or sign.fill is None else sign.fill, 1)
    stroke = main_stroke(look)
    line = None if stroke is None else (_colour(stroke.colour, stroke.opacity), f"{stroke.width:g}")
    fill = None if look.fill is None else _colour(look.fill, min(look.fill_opacity, _FILL_OPACITY))
    return line, fill, None


def _colour(colour: str, opacity: float) -> str:
    """#rrggbb as KML writes it: opacity, blue, green, red."""
    red, green, blue = colour[1:3], colour[3:5], colour[5:7]
    return f"{round(255 * opacity):02x}{blue}{green}{red}"


def _part(style: Element, part: str, **values: str) -> None:
    made = SubElement(style, part)
    for tag, text in values.items():
        SubElement(made, tag).text = text
