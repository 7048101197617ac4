"""Finds features by name: Chinese, English, pinyin, initials, or id; the best match first.

Names are compared without case, width, spaces and marks. A name that begins with the text stands before one that
only holds it; among equals a drawn feature stands before a row in words, a short name before a long one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from geo.plan import Plan
from geo.view import Shape

MOST = 10
_MARKS = re.compile(r"[\s\W_]+")
_WORD = re.compile(r"[A-Za-z0-9]+")
_EXACT, _BEGINS, _WORD_BEGINS, _INITIALS, _HOLDS = range(5)


@dataclass(frozen=True)
class Entry:
    """A feature as it can be found: whole keys, the words of its English name, the initials of its pinyin."""

    shape: Shape
    keys: tuple[str, ...]
    words: tuple[str, ...]
    initials: str

    def rank(self, wanted: str) -> int | None:
        """How well `wanted` (already plain) fits: 0 is exact, 4 is held somewhere; None is not at all."""
        if wanted in self.keys:
            return _EXACT
        if any(key.startswith(wanted) for key in self.keys):
            return _BEGINS
        if any(word.startswith(wanted) for word in self.words):
            return _WORD_BEGINS
        if self.initials.startswith(wanted):
            return _INITIALS
        return _HOLDS if any(wanted in key for key in self.keys) else None


@dataclass(frozen=True)
class NameIndex:
    """The names of a plan, ready to be searched."""

    entries: tuple[Entry, ...]

    def find(self, text: str, most: int = MOST) -> tuple[Shape, ...]:
        """The features whose names fit `text`, the best first, at most `most`; none for a text without letters."""
        wanted = plain(text)
        ranked = [(entry.rank(wanted), entry) for entry in self.entries] if wanted else []
        fitting = [(rank, entry) for rank, entry in ranked if rank is not None]
        fitting.sort(key=lambda pair: (pair[0], pair[1].shape.geometry is None, len(pair[1].shape.feature.name_zh)))
        return tuple(entry.shape for _, entry in fitting[:most])


def build_index(plan: Plan) -> NameIndex:
    """The index of every feature of the plan's data layers, drawn or known only in words."""
    return NameIndex(tuple(_entry(shape) for shape in plan.shapes.values()))


def plain(text: str) -> str:
    """`text` without case, width, spaces and marks.

    >>> plain(" Ｙａｏ-hu （瑶湖）")
    'yaohu瑶湖'
    """
    return _MARKS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _entry(shape: Shape) -> Entry:
    # Loaded with the first index: its dictionary would hold up every start of the atlas.
    from pypinyin import Style, lazy_pinyin

    feature = shape.feature
    syllables = lazy_pinyin(feature.name_zh, errors="ignore")
    initials = "".join(lazy_pinyin(feature.name_zh, style=Style.FIRST_LETTER, errors="ignore"))
    slug = feature.id.split(":")[1]
    keys = (feature.name_zh, feature.name_en, "".join(syllables), initials, feature.id, slug)
    return Entry(
        shape, tuple(dict.fromkeys(filter(None, map(plain, keys)))), tuple(_words(feature.name_en)), plain(initials)
    )


def _words(name: str) -> Iterator[str]:
    return (word.casefold() for word in _WORD.findall(name))
