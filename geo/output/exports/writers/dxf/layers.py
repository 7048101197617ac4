"""The CAD layers: one for each class of land use, ring or layer of the atlas, with the line of the map."""

from __future__ import annotations

from dataclasses import dataclass

from ezdxf import colors
from ezdxf.document import Drawing
from ezdxf.lldxf.const import VALID_DXF_LINEWEIGHTS

from geo.output.exports.content import PARCELS, Content, Row, Table
from geo.output.exports.writers.dxf.texts import layer_name
from geo.output.exports.writers.strokes import luminance, main_stroke
from geo.output.symbology import MM_PER_PX, Look
from geo.view import SYMBOLIC

_RINGS = "rings"
_SOLID = "Continuous"
_DARK = 0.2  # a line as dark as that is black on paper and must turn white on the black ground of CAD
_PX, _WIDEST_PX = 1, 2  # of a line that the map does not draw; a wider one hides what it should show
_MICRO = 100  # line weights count hundredths of a millimetre


@dataclass(frozen=True)
class Line:
    """A line as CAD knows it: colour (None: black or white, whatever shows), line type, weight in 0.01 mm."""

    rgb: tuple[int, int, int] | None
    linetype: str
    weight: int


class Layers:
    """Makes the CAD layers of a drawing as rows ask for them."""

    def __init__(self, doc: Drawing, content: Content, scale: int) -> None:
        self._doc, self._content, self._scale = doc, content, scale
        self._lines: dict[str, Line] = {}
        self._dashes: dict[tuple[float, ...], str] = {}

    def of(self, table: Table, row: Row) -> str:
        """The layer of the shape of a row; the first row of a layer decides how it is drawn."""
        name = self._name(table, row)
        if name.lower() not in self._lines:
            line = self.line(table, row)
            self._lines[name.lower()] = line
            layer = self._doc.layers.add(name, linetype=line.linetype, lineweight=line.weight, color=colors.WHITE)
            if line.rgb is not None:
                layer.rgb = line.rgb
            if self._is_hidden(table):
                layer.off()
        return name

    def own_line(self, name: str, table: Table, row: Row) -> dict[str, int | str]:
        """What a row is drawn with other than its layer says."""
        line, usual = self.line(table, row), self._lines[name.lower()]
        found: dict[str, int | str] = {}
        if line.rgb != usual.rgb:
            found |= {"color": colors.WHITE} if line.rgb is None else {"true_color": colors.rgb2int(line.rgb)}
        if line.linetype != usual.linetype:
            found["linetype"] = line.linetype
        if line.weight != usual.weight:
            found["lineweight"] = line.weight
        return found

    def fills_of(self, table: Table, row: Row, colour: str) -> str:
        """The layer of the fill of a row."""
        return self._beside(table, row, ("填充", "fill"), colour)

    def labels_of(self, table: Table, row: Row) -> str:
        """The layer of the label of a row."""
        return self._beside(table, row, ("注记", "label"), None)

    def line(self, table: Table, row: Row) -> Line:
        """The line of a row."""
        look = self._content.look(table, row)
        stroke = main_stroke(look)
        width = min(stroke.width, _WIDEST_PX) if stroke else _PX
        weight = min(VALID_DXF_LINEWEIGHTS, key=lambda valid: abs(valid - width * MM_PER_PX * _MICRO))
        return Line(self._rgb(look), self._linetype(stroke.dash if stroke else ()), weight)

    def _rgb(self, look: Look) -> tuple[int, int, int] | None:
        stroke = main_stroke(look)
        colour = stroke.colour if stroke else look.colour
        return None if luminance(colour) < _DARK and not _is_vivid(colour) else hex_rgb(colour)

    def _linetype(self, dash: tuple[float, ...]) -> str:
        """The line type of dashes in px, made in metres of the drawing at its scale."""
        if not dash:
            return _SOLID
        if dash not in self._dashes:
            name = f"ATLAS_{len(self._dashes) + 1}"
            lengths = [round(px * MM_PER_PX / 1000 * self._scale, 4) for px in dash]
            signed = [-length if at % 2 else length for at, length in enumerate(lengths)]
            words = " ".join(f"{length:g}" for length in lengths)
            self._doc.linetypes.add(name, [sum(lengths), *signed], description=f"{words} m")
            self._dashes[dash] = name
        return self._dashes[dash]

    def _name(self, table: Table, row: Row) -> str:
        lang = self._content.wanted.lang
        if row.values.get("geometry_basis") == SYMBOLIC:
            return "示意" if lang == "zh" else "Symbolic"
        names = self._content.classes.get(str(row.values.get("land_use")))
        if table.id == PARCELS and names:
            return layer_name(f"{row.values['land_use']}_{names[0 if lang == 'zh' else 1]}")
        if table.id == _RINGS:
            return layer_name(f"{table.title(lang)}_{row.name(lang)}")
        return layer_name(table.title(lang))

    def _beside(self, table: Table, row: Row, words: tuple[str, str], colour: str | None) -> str:
        name = f"{self._name(table, row)}_{words[0 if self._content.wanted.lang == 'zh' else 1]}"
        if name not in self._doc.layers:
            layer = self._doc.layers.add(name, color=colors.WHITE)
            if colour is not None:
                layer.rgb = hex_rgb(colour)
            if self._is_hidden(table):
                layer.off()
        return name

    def _is_hidden(self, table: Table) -> bool:
        """Whether the map hides the layer at first; alone in a file it is shown."""
        return table.layer is not None and not table.layer.visible and len(self._content.tables) > 1


def hex_rgb(colour: str) -> tuple[int, int, int]:
    """#rrggbb as red, green, blue, 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _is_vivid(colour: str) -> bool:
    """Whether a dark colour is one that is told from grey."""
    return max(hex_rgb(colour)) - min(hex_rgb(colour)) > 64
