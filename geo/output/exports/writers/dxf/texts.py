"""Texts as a drawing holds them: names of layers, labels, paragraphs, facts behind a shape."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from functools import lru_cache

from ezdxf.entities.dxfgfx import DXFGraphic

from geo.output.exports.content import Content, Row
from geo.output.exports.writers.rowwords import row_words

APP_ID = "YAOHU_ATLAS"
STYLE = "ATLAS"
CODEC = "gbk"
_FACTS = ("id", "source", "place", "geometry_basis", "accuracy_m", "data_year", "status", "land_use", "area_m2")
_STRING, _MOST_BYTES = 1000, 255  # group code of a text behind an entity, and how long it may be
_NAME_LENGTH = 80
_NOT_IN_NAME = str.maketrans(dict.fromkeys('<>/\\":;?*|=`,', "_"))
# Signs that CAD programs take for orders: ^ for control characters, \ for codes, %% for special signs.
_ORDERS = str.maketrans({"^": "＾", "\\": "＼"})
_MTEXT = str.maketrans({"{": "｛", "}": "｝"})


def on_one_line(text: str) -> str:
    """A text without line breaks and orders.

    >>> on_one_line("a\\nb %%u")
    'a b ％％u'
    """
    shown = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(shown.split()).translate(_ORDERS).replace("%%", "％％")


def encoded(text: str) -> bytes:
    """A text in GBK; what GBK lacks as \\U+XXXX, two of them for a character that UTF-16 writes as two.

    >>> encoded("m²").split(b"+")
    [b'm\\\\U', b'00B2']
    """
    return text.encode(CODEC, errors="atlas_dxf")


def _escaped(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    pairs = (units[at : at + 2].hex().upper() for at in range(0, len(units), 2))
    return "".join(f"\\U+{pair}" for pair in pairs), error.end


codecs.register_error("atlas_dxf", _escaped)


def in_mtext(text: str) -> str:
    """A text as a paragraph of MTEXT."""
    return on_one_line(text).translate(_MTEXT)


def text_width(text: str) -> float:
    """About how wide a text is, in heights of its letters.

    >>> text_width("瑶湖")
    2.7
    """
    return sum(0.75 if char.isascii() else 1.35 for char in text)


def layer_name(text: str) -> str:
    """A name that a CAD layer may have.

    >>> layer_name("a/b: <c>")
    'a_b_ _c_'
    """
    return on_one_line(text).translate(_NOT_IN_NAME)[:_NAME_LENGTH].strip() or "_"


def set_facts(entity: DXFGraphic, content: Content, row: Row, place: str = "") -> None:
    """Writes what is known of a row behind an entity, for programs as name=value and for people in words."""
    entity.set_xdata(APP_ID, [(_STRING, text) for text in _facts(content, row, place)])


def _facts(content: Content, row: Row, place: str) -> Iterator[str]:
    for name in _FACTS:
        value = row.values.get(name)
        if value is not None and value != "":
            yield from _chunks(f"{name}={value}")
    if place:
        yield place
    yield from _chunks(" | ".join((row.name(content.wanted.lang), *row_words(row, content.wanted.lang))))
    yield from _chunks(content.text("legal", content.wanted.lang))


@lru_cache(maxsize=64)  # every row repeats the notice
def _chunks(text: str) -> tuple[str, ...]:
    """A text in pieces of at most 255 bytes."""
    plain = on_one_line(text)
    return (plain,) if len(encoded(plain)) <= _MOST_BYTES else tuple(_cut(plain))


def _cut(plain: str) -> Iterator[str]:
    piece, size = "", 0
    for char in plain:
        length = len(encoded(char))
        if size + length > _MOST_BYTES:
            yield piece
            piece, size = "", 0
        piece, size = piece + char, size + length
    yield piece
