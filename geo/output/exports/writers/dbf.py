"""The attribute table of a Shapefile (dBASE III), field by field as wide as its values and in the encoding asked for.

GDAL's own tables have no language mark for GBK, carry the date of the clock, and give each number 15 decimals.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from geo.errors import ChoiceError
from geo.output.exports.fields import NUMBER, TEXT, TRUTH, WHOLE
from geo.output.exports.writers.gdal import Column

MOST_BYTES = 254  # of a text
MOST_FIELDS = 255  # of a table
_MOST_DIGITS = 20  # of a number, with sign and point; a wider one is written with an exponent
_CUT = "…"
_VERSION, _TABLE_END, _FILE_END, _ROW_STAYS = 3, b"\r", b"\x1a", b" "
_LANGUAGE = {"utf-8": 0, "gbk": 0x4D}  # 0x4D: code page 936; UTF-8 has no mark, the .cpg names it
_LETTERS = {TEXT: b"C", WHOLE: b"N", NUMBER: b"N", TRUTH: b"L"}


@dataclass(frozen=True)
class Cut:
    """A text that a table does not hold whole: the row (from 0), its column, and the text that stands there."""

    row: int
    column: Column
    kept: str


@dataclass(frozen=True)
class _Written:
    """A column as bytes: values of `width`, numbers with so many decimals."""

    column: Column
    width: int
    decimals: int
    cells: tuple[bytes, ...]


def dbf_bytes(columns: Sequence[Column], encoding: str, day: date) -> bytes:
    """The table; `day` stands in its head as the day of its last change.

    Null is blank, and so is the empty text: dBASE has no other. A text of more than 254 bytes ends with … (`cuts` lists
    them). ChoiceError for more fields than a table can have; UnicodeEncodeError for what `encoding` cannot say.
    """
    if len(columns) > MOST_FIELDS:
        raise ChoiceError(
            f"A Shapefile holds {MOST_FIELDS} fields, here are {len(columns)}. Take GeoPackage.",
            f"Shapefile 最多 {MOST_FIELDS} 个字段，此处有 {len(columns)} 个。请改用 GeoPackage。",
            word="format",
            possible=("gpkg",),
        )
    written = [_written(column, encoding) for column in columns]
    length = 1 + sum(one.width for one in written)
    count = len(columns[0].values) if columns else 0
    last = (day.year - 1900) % 256, day.month, day.day
    size = 32 + 32 * len(written) + 1
    head = struct.pack("<4BIHH17xB2x", _VERSION, *last, count, size, length, _LANGUAGE[encoding])
    described = b"".join(
        struct.pack("<11sc4xBB14x", one.column.field.short.encode("ascii"), _LETTERS[one.column.kind], *_size(one))
        for one in written
    )
    rows = b"".join(_ROW_STAYS + b"".join(cells) for cells in zip(*(one.cells for one in written), strict=True))
    return head + described + _TABLE_END + rows + _FILE_END


def cuts(columns: Iterable[Column], encoding: str) -> list[Cut]:
    """The texts that the table does not hold whole, column by column."""
    found = []
    for column in columns:
        for row, value in enumerate(column.values):
            if isinstance(value, str) and (kept := shortened(value, encoding)) != value:
                found.append(Cut(row, column, kept))
    return found


def shortened(text: str, encoding: str) -> str:
    """Text of at most 254 bytes: the whole, or its beginning up to a whole character with … behind it.

    >>> len(shortened("瑶" * 85, "utf-8").encode("utf-8")), shortened("瑶" * 85, "gbk") == "瑶" * 85
    (252, True)
    """
    data = text.encode(encoding)
    if len(data) <= MOST_BYTES:
        return text
    room = MOST_BYTES - len(_CUT.encode(encoding))
    return data[:room].decode(encoding, "ignore") + _CUT


def _size(one: _Written) -> tuple[int, int]:
    return one.width, one.decimals


def _written(column: Column, encoding: str) -> _Written:
    decimals = _decimals(column) if column.kind == NUMBER else 0
    texts = [_cell(value, column.kind, decimals, encoding) for value in column.values]
    width = max((len(text) for text in texts), default=0) or 1
    is_number = column.kind in (WHOLE, NUMBER)
    width = max(width, decimals + 2) if is_number else width
    cells = tuple(text.rjust(width) if is_number else text.ljust(width) for text in texts)
    return _Written(column, width, decimals, cells)


def _cell(value: object, kind: str, decimals: int, encoding: str) -> bytes:
    if value is None:
        return b""
    if kind == TRUTH:
        return b"T" if value else b"F"
    if kind == TEXT:
        return shortened(str(value), encoding).encode(encoding)
    text, short = f"{value:.{decimals}f}", f"{value:.12e}"
    is_nearer = isinstance(value, float) and abs(float(short) - value) < abs(float(text) - value)
    return (short if is_nearer or len(text) > _MOST_DIGITS else text).encode("ascii")


def _decimals(column: Column) -> int:
    """The decimals that the numbers of a column need: one at least, so that readers take them for no whole numbers."""
    finite = [value for value in column.values if isinstance(value, float) and math.isfinite(value)]
    needed = [-int(Decimal(repr(value)).as_tuple().exponent) for value in finite]
    widest = max((len(f"{value:.0f}") for value in finite), default=1)
    return max(1, min(max(needed, default=1), _MOST_DIGITS - widest - 1))
