"""The drawing as a whole: header, fonts, the notice beside the shapes, the first view, and its bytes."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date, datetime, time

import shapely
from ezdxf import colors
from ezdxf._options import options
from ezdxf.document import Drawing
from ezdxf.enums import MTextEntityAlignment
from ezdxf.filemanagement import new as new_drawing
from ezdxf.tools.juliandate import juliandate
from ezdxf.units import M

from geo.output.exports.content import Content
from geo.output.exports.writers.dxf.layers import Layers
from geo.output.exports.writers.dxf.shapes import TEXT_MM, Pen
from geo.output.exports.writers.dxf.texts import APP_ID, CODEC, STYLE, encoded, in_mtext, on_one_line, text_width

# Otherwise the file would hold the time of writing and a random number: the same question gives the same bytes.
options.write_fixed_meta_data_for_testing = True

_SHEET_M = 0.8  # on paper of that size the drawing has its scale, and its texts the size of texts on a map
_SCALES = (500, 1_000, 2_000, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000)
_LINE_HEIGHT = 1.7  # of the notice, in heights of its text
_NOTICE_WIDTH, _MARGIN = 0.25, 0.05  # of the size of the drawing
_CIRCLE_AND_CROSS = 34  # $PDMODE: without it a POINT is a dot
_DATES = re.compile(r"(\$TDU?(?:CREATE|UPDATE)\n *40\n)[0-9.]+")

Box = tuple[float, float, float, float]


def write(content: Content) -> bytes:
    """The drawing: fills first, so that lines and labels lie over them, each layer in the order of the map.

    Characters that GBK lacks are written as \\U+XXXX, which CAD programs show.
    """
    box = _bounds(content)
    scale = _scale(box)
    doc = _new(scale)
    pen = Pen(doc, Layers(doc, content, scale), content, scale)
    for draw in (pen.fill, pen.draw, pen.label):
        for table in content.tables:
            for row in table.rows:
                draw(table, row)
    _show(doc, _notice(doc, content, box, scale))
    _properties(doc, content)
    return _bytes(doc, date.fromisoformat(content.text("exported", "en")))


def _bounds(content: Content) -> Box:
    shapes = [row.geometry for table in content.tables for row in table.rows if row.geometry is not None]
    west, south, east, north = (float(side) for side in shapely.total_bounds(shapes))
    return west, south, east, north


def _scale(box: Box) -> int:
    """The number of the scale at which the drawing fits the sheet."""
    size_m = max(box[2] - box[0], box[3] - box[1])
    return next((scale for scale in _SCALES if size_m / scale <= _SHEET_M), _SCALES[-1])


def _new(scale: int) -> Drawing:
    doc = new_drawing("R2004", units=M)
    doc.encoding = CODEC
    doc.header["$LUPREC"] = 4
    doc.header["$LWDISPLAY"] = 1
    doc.header["$PDMODE"] = _CIRCLE_AND_CROSS
    doc.header["$PDSIZE"] = TEXT_MM / 1000 * scale
    doc.appids.add(APP_ID)
    # SimSun is on every Chinese Windows and has all of GBK; the big fonts of CAD (gbcbig.shx) have GB 2312 alone, and
    # not every program brings them. A program without SimSun finds a substitute by the name of the family.
    style = doc.styles.add(STYLE, font="simsun.ttc")
    style.set_extended_font_data("SimSun")
    return doc


def _notice(doc: Drawing, content: Content, box: Box, scale: int) -> Box:
    """Writes what the file says of itself to the right of the shapes; the box of all."""
    lang = content.wanted.lang
    west, south, east, north = box
    size, height = max(east - west, north - south), TEXT_MM / 1000 * scale
    lines = [*content.said(lang), _scale_words(scale, lang)]
    layer = "说明" if lang == "zh" else "Notice"
    doc.layers.add(layer, color=colors.WHITE)
    left, width = east + _MARGIN * size, max(_NOTICE_WIDTH * size, 30 * height)
    made = {"layer": layer, "char_height": height, "style": STYLE, "width": width}
    text = doc.modelspace().add_mtext("\\P".join(in_mtext(line) for line in lines), dxfattribs=made)
    text.set_location((left, north), attachment_point=MTextEntityAlignment.TOP_LEFT)
    broken = sum(1 + int(text_width(line) * height / width) for line in lines)
    return west, min(south, north - broken * _LINE_HEIGHT * height), left + width, north


def _scale_words(scale: int, lang: str) -> str:
    if lang == "zh":
        return f"图形单位：米；文字、点与线型的大小按 1:{scale} 设定；“示意”层的圆只表示面积，不是边界"
    return f"Units: metres; texts, points and dashes are sized for 1:{scale}; circles on Symbolic are no boundaries"


def _show(doc: Drawing, box: Box) -> None:
    """Opens the drawing on all of it, and says so where programs look for the limits."""
    west, south, east, north = box
    space = doc.modelspace()
    space.dxf.extmin, space.dxf.extmax = (west, south, 0), (east, north, 0)
    space.reset_limits((west, south), (east, north))
    height = max(north - south, (east - west) / 1.6) * (1 + _MARGIN)
    doc.set_modelspace_vport(height, ((west + east) / 2, (south + north) / 2))


def _properties(doc: Drawing, content: Content) -> None:
    """The statements as properties of the drawing."""
    lang = content.wanted.lang
    for title, text in _numbered((one.title(lang), one.text(lang)) for one in content.statements):
        doc.header.custom_vars.append(on_one_line(title), on_one_line(text))


def _numbered(pairs: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Pairs whose names are unique: programs keep one value of a name."""
    taken: dict[str, int] = {}
    for title, text in pairs:
        taken[title] = taken.get(title, 0) + 1
        yield (title if taken[title] == 1 else f"{title} {taken[title]}"), text


def _bytes(doc: Drawing, made_on: date) -> bytes:
    text = io.StringIO()
    doc.write(text)
    day = juliandate(datetime.combine(made_on, time()))
    dated = _DATES.sub(lambda match: f"{match[1]}{day}", text.getvalue())
    return encoded(dated.replace("\n", "\r\n"))
