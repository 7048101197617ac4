"""TXT: the boundary-point exchange format (界址点坐标交换格式) that land offices take, one plot for each polygon.

    [属性描述]   lines of key=value
    [地块坐标]   for each plot: count of points, area (ha), number, name, 面, map sheet, use, class code, @
                 then its points: name, ring, X (north), Y (east); each ring ends with its first point again

The format knows an outer ring (1) and holes in it (2 and on) but no plot of several outer rings: each part of a
multipolygon is a plot of its own, numbered 3-1, 3-2. Commas, brackets and @ mean something to readers, so in texts they
become full-width.
"""

from __future__ import annotations

from collections.abc import Iterator

import shapely

from geo.output.exports.content import Content, Row
from geo.output.exports.writers.gbk import plain_for_gbk
from geo.output.exports.writers.pieces import polygons
from geo.output.exports.writers.rowwords import row_words

_GBK = "gbk"
_CODECS = {_GBK: "gb18030", "utf-8": "utf-8-sig"}  # GB 18030 is GBK wherever GBK has the character, and lacks none
_ZONE = 39  # of both systems: EPSG:4527 writes it before Y, EPSG:4548 (the meridian 117 E) does not
_DECIMALS = 5  # a square of 10 m keeps its area to 1e-6
_M2_PER_HA = 10_000
_LONGEST = 240  # characters of a line of the head
_WIDE = str.maketrans({",": "，", "@": "＠", "[": "［", "]": "］", "=": "＝"})
_IN_HEAD = ("atlas", "crs", "exported", "source")  # said in lines of their own

Corner = tuple[float, float]


def write(content: Content) -> bytes:
    """All areas with CRLF, in GBK (GB 18030) or UTF-8 with its mark as the option `encoding` says."""
    lines = [*_head(content), "[地块坐标]"]
    for number, row in enumerate(_rows(content), start=1):
        lines += _plots(content, row, number)
    encoding, text = content.wanted.option("encoding"), "".join(f"{line}\r\n" for line in lines)
    return (plain_for_gbk(text) if encoding == _GBK else text).encode(_CODECS[encoding], errors="replace")


def _rows(content: Content) -> list[Row]:
    return [row for table in content.tables for row in table.rows if row.geometry is not None]


def _head(content: Content) -> Iterator[str]:
    """The keys of the format, then what every file of the atlas says, as further keys, which readers pass over."""
    lang = content.wanted.lang
    yield "[属性描述]"
    yield "格式版本号=1.01版本"
    yield f"数据产生单位={_plain(content.text('atlas', lang))}"
    yield f"数据产生日期={content.text('exported', lang)}"
    yield "坐标系=2000国家大地坐标系"
    yield "几度分带=3"
    yield "投影类型=高斯克吕格"
    yield "计量单位=米"
    yield f"带号={_ZONE}"
    yield f"精度={_accuracy(content)}"
    yield "转换参数=,,,,,,"
    yield from _said("坐标参考", content.target.words(lang))
    for one in content.statements:
        if one.key not in _IN_HEAD:
            key, _, unit = one.title_zh.partition("（")  # keys are plain words to readers
            yield from _said(key, f"{one.text(lang)}{'（' if unit else ''}{unit}")
        elif one.key == "source":
            yield from _said("来源", f"{one.title(lang)} {one.text(lang)}")
    for number, row in enumerate(_rows(content), start=1):
        words = ("；" if lang == "zh" else "; ").join(row_words(row, lang))
        yield from _said("地块说明", f"{number} {row.name(lang)} {words}")


def _accuracy(content: Content) -> str:
    """The accuracy of the survey, says the format: the worst of the plots in m; empty if none is known.

    The decimals of a coordinate are not meant: 0.0001 would claim what no outline of the atlas has.
    """
    found = [value for row in _rows(content) if isinstance(value := row.values.get("accuracy_m"), int | float)]
    return f"{max(found):g}" if found else ""


def _said(key: str, text: str) -> Iterator[str]:
    """A text as lines of one key, none of them too long for a reader."""
    plain = _plain(text)
    for start in range(0, len(plain), _LONGEST):
        yield f"{key}={plain[start : start + _LONGEST]}"


def _plots(content: Content, row: Row, number: int) -> Iterator[str]:
    parts = polygons(row.geometry)
    for part, polygon in enumerate(parts, start=1):
        label = f"{number}-{part}" if len(parts) > 1 else str(number)
        rings = [_corners(ring) for ring in (polygon.exterior, *polygon.interiors)]
        count = sum(len(ring) + 1 for ring in rings)
        area_ha = f"{polygon.area / _M2_PER_HA:.4f}"
        name, (code, use) = _plain(row.name(content.wanted.lang) or row.id), _use(content, row)
        yield f"{count},{area_ha},{label},{name},面,,{use},{code},@"
        yield from _points(rings)


def _points(rings: list[list[Corner]]) -> Iterator[str]:
    """The points of a plot: numbered on from ring to ring, each ring closed by the name of its first."""
    first = 1
    for ring, corners in enumerate(rings, start=1):
        names = [*range(first, first + len(corners)), first]
        for name, (east, north) in zip(names, (*corners, corners[0]), strict=True):
            yield f"J{name},{ring},{north:.{_DECIMALS}f},{east:.{_DECIMALS}f}"
        first += len(corners)


def _corners(ring: shapely.LinearRing) -> list[Corner]:
    """The corners of a ring from the north-west on, the closing one left out; outer rings run clockwise."""
    rounded = [(round(east, _DECIMALS), round(north, _DECIMALS)) for east, north in reversed(ring.coords[1:])]
    # Two corners that the file's decimals cannot tell apart would be one point with two names.
    corners = [corner for at, corner in enumerate(rounded) if corner != rounded[at - 1]] or rounded
    start = max(range(len(corners)), key=lambda at: corners[at][1] - corners[at][0])
    return [*corners[start:], *corners[:start]]


def _use(content: Content, row: Row) -> tuple[str, str]:
    """The code of the land use and its name in the language of the file; empty where there is none."""
    code = str(row.values.get("land_use") or "")
    names = content.classes.get(code)
    return _plain(code), _plain(names[0 if content.wanted.lang == "zh" else 1]) if names else ""


def _plain(text: str) -> str:
    """A text on one line without the signs that part fields."""
    shown = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(shown.split()).translate(_WIDE)
