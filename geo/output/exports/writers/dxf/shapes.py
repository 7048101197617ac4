"""Rows as entities of a drawing: closed polylines and hatches, polylines, points, and their names as text."""

from __future__ import annotations

import shapely
from ezdxf.document import Drawing
from ezdxf.entities import Hatch
from ezdxf.lldxf.const import BOUNDARY_PATH_EXTERNAL, BOUNDARY_PATH_OUTERMOST

from geo.output.exports.content import Content, Row, Table
from geo.output.exports.formats import AREA
from geo.output.exports.writers.dxf.layers import Layers, hex_rgb
from geo.output.exports.writers.dxf.names import Names, Place
from geo.output.exports.writers.dxf.texts import STYLE, on_one_line, set_facts, text_width
from geo.output.exports.writers.pieces import pieces, polygons
from geo.output.symbology import HATCH

TEXT_MM = 2.5  # the height of a name on paper
_HATCH_MM, _HATCH_UNIT = 2.0, 3.175  # between lines on paper; of ANSI31 at a scale of 1
# Fills let the ground through, so that black lines and names show on them on paper, and white ones on a black screen.
_FILL_TRANSPARENCY = 0.55
_EXTENT = "extent_"  # its fill is the paper of the map, and its name stands at its edge

Corner = tuple[float, float]


class Pen:
    """Draws rows into a drawing whose texts and dashes are sized for 1:`scale`."""

    def __init__(self, doc: Drawing, layers: Layers, content: Content, scale: int) -> None:
        self._space = doc.modelspace()
        self._layers, self._content, self._scale = layers, content, scale
        self._height = TEXT_MM / 1000 * scale
        self._names = Names(self._height)

    def fill(self, table: Table, row: Row) -> None:
        """The fill of an area on a layer of its own, holes left out."""
        look = self._content.look(table, row)
        if row.kind != AREA or not (look.fill or look.pattern == HATCH) or table.id.startswith(_EXTENT):
            return
        for polygon in polygons(row.geometry):
            hatch = self._space.add_hatch(dxfattribs={"layer": self._layers.fills_of(table, row, look.colour)})
            self._fill_with(hatch, look.fill, look.colour)
            for number, ring in enumerate((polygon.exterior, *polygon.interiors)):
                kind = BOUNDARY_PATH_OUTERMOST if number else BOUNDARY_PATH_EXTERNAL
                hatch.paths.add_polyline_path(_corners(ring)[:-1], is_closed=True, flags=kind)
            set_facts(hatch, self._content, row)

    def _fill_with(self, hatch: Hatch, fill: str | None, colour: str) -> None:
        if fill is None:
            hatch.set_pattern_fill("ANSI31", scale=_HATCH_MM / _HATCH_UNIT / 1000 * self._scale)
        hatch.rgb = hex_rgb(fill or colour)
        hatch.transparency = _FILL_TRANSPARENCY if fill else 0.0

    def draw(self, table: Table, row: Row) -> None:
        """The shape itself: a closed polyline for each ring, a polyline, a point."""
        name = self._layers.of(table, row)
        made = {"layer": name, **self._layers.own_line(name, table, row)}
        if row.kind == AREA:
            for part, polygon in enumerate(polygons(row.geometry), start=1):
                for ring, line in enumerate((polygon.exterior, *polygon.interiors), start=1):
                    drawn = self._space.add_lwpolyline(_corners(line)[:-1], close=True, dxfattribs=made)
                    set_facts(drawn, self._content, row, f"part={part} ring={ring}")
            return
        for part, piece in enumerate(pieces(row.geometry), start=1):
            if piece.geom_type == "Point":
                point = self._space.add_point((piece.x, piece.y), dxfattribs=made)
                set_facts(point, self._content, row, f"part={part}")
            else:
                line = self._space.add_lwpolyline(_corners(piece), dxfattribs=made)
                set_facts(line, self._content, row, f"part={part}")

    def label(self, table: Table, row: Row) -> None:
        """The name of a row: inside an area, along a line, beside a point."""
        words = on_one_line(row.name(self._content.wanted.lang))
        if not words:
            return
        place = self._place(table, row, text_width(words) * self._height)
        made = {"layer": self._layers.labels_of(table, row), "style": STYLE, "rotation": place.rotation}
        text = self._space.add_text(words, height=self._height, dxfattribs=made)
        text.set_placement((place.x, place.y), align=place.align)

    def _place(self, table: Table, row: Row, width: float) -> Place:
        if table.id.startswith(_EXTENT) and row.kind == AREA:
            x, y = max((corner for one in polygons(row.geometry) for corner in _corners(one.exterior)), key=_north)
            return self._names.place_above(x, y, width)
        return self._names.place(row.geometry, row.kind, width)


def _corners(line: shapely.LineString) -> list[Corner]:
    return [(float(x), float(y)) for x, y in line.coords]


def _north(corner: Corner) -> float:
    return corner[1]
