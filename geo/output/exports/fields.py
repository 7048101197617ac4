"""The field dictionary: every column of an export, its short name for Shapefiles, its unit and its meaning.

fields.csv lists the columns that the atlas itself knows, in two languages. A column that only the data know keeps its
name (with `extra_` before it where the atlas uses that name), and its short name is made of its first letters.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

TEXT, WHOLE, NUMBER, TRUTH = "text", "whole", "number", "truth"
LARGEST_WHOLE = 2**63 - 1  # in 64 bits
LARGEST_EXACT = 2**53  # whole number beside fractions: a double has no larger ones exactly
SHORT_BYTES = 10  # of a field name in a Shapefile


@dataclass(frozen=True)
class Field:
    """A column: `name` everywhere but in Shapefiles, `short` there; `kind` is text, whole, number or truth.

    `unit` is "" for what has none; a ratio runs from 0 to 1.
    """

    name: str
    short: str
    kind: str
    unit: str
    title_zh: str
    title_en: str
    meaning_zh: str = ""
    meaning_en: str = ""

    def title(self, lang: str) -> str:
        """The heading of the column, its unit in brackets."""
        title = self.title_zh if lang == "zh" else self.title_en
        if not self.unit:
            return title
        return f"{title}（{self.unit}）" if lang == "zh" else f"{title} ({self.unit})"

    def meaning(self, lang: str) -> str:
        """What the column says; "" where the heading says it."""
        return self.meaning_zh if lang == "zh" else self.meaning_en


_TABLE = Path(__file__).with_name("fields.csv")
_SHARE = re.compile(r"(share_low|share_high|share)_(ring_[0-9]|strip|water|outside)")
_SHARES = {
    "share": ("sh", "占比", "share in"),
    "share_low": ("lo", "占比下限", "least share in"),
    "share_high": ("hi", "占比上限", "largest share in"),
}
_ZONES = {"outside": ("out", "范围外", "outside"), "water": ("water", "水域", "water")}


def fields_of(names: Iterable[str], values: Iterable[Mapping[str, object]]) -> tuple[Field, ...]:
    """The fields of columns `names`, in their order; what the atlas does not know has the kind of its values.

    Short names are unique: a second of the same ten letters gets a number.

    >>> [field.short for field in fields_of(["home_zone", "share_low_ring_1", "planting_zone", "planting_zone_2"], [])]
    ['home_zone', 'lo_ring_1', 'planting_z', 'planting_1']
    """
    rows = list(values)
    taken: set[str] = set()
    found = []
    for name in names:
        column = [row.get(name) for row in rows]
        field = known(name)
        if field is None or not fits(field.kind, column):  # what the atlas calls so has its kind: this is of the data
            field = _unknown(name, column)
        short = _free(field.short, taken)
        taken.add(short.lower())
        found.append(field if short == field.short else replace(field, short=short))
    return tuple(found)


@cache
def known(name: str) -> Field | None:
    """The field of a name of the atlas itself; None for a column that only the data know."""
    if name in _listed():
        return _listed()[name]
    match = _SHARE.fullmatch(name)
    if match is None:
        return None
    kind, zone = match.groups()
    short, zh, en = _SHARES[kind]
    zone_short, zone_zh, zone_en = _ZONES.get(zone, (zone, zone, zone.replace("_", " ")))
    short = f"{short}_{zone_short}"[:SHORT_BYTES]
    return Field(name, short, NUMBER, "", f"{zone_zh} {zh}", f"{en} {zone_en}", "0 至 1", "0 to 1")


@cache
def _listed() -> dict[str, Field]:
    with _TABLE.open(encoding="utf-8", newline="") as table:
        return {row["name"]: Field(**row) for row in csv.DictReader(table)}


def fits(kind: str, values: Iterable[object]) -> bool:
    """Whether a column of `kind` holds values as they are; None fits every kind, and a text column holds any.

    >>> fits(WHOLE, [1, 2.0, None]), fits(NUMBER, [2**60 + 1, 0.5]), fits(TRUTH, [1])
    (True, False, False)
    """
    present = [value for value in values if value is not None]
    if kind == TRUTH:
        return all(isinstance(value, bool) for value in present)
    if kind == TEXT:
        return True
    numbers = [value for value in present if isinstance(value, int | float) and not isinstance(value, bool)]
    if len(numbers) < len(present):
        return False
    if kind == WHOLE:
        return all(value == int(value) and abs(value) <= LARGEST_WHOLE for value in numbers)
    return all(isinstance(value, float) or abs(value) <= LARGEST_EXACT for value in numbers)


def cleaned(text: str) -> str:
    r"""Text without NUL, at which the libraries end a text, and without halves of characters, which no file can hold.

    >>> cleaned("a\0b"), cleaned("瑶湖"), cleaned("a\ud800")
    ('ab', '瑶湖', 'a?')
    """
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def free_names(names: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """Names that differ from each other and from `taken` in more than the case of letters.

    >>> free_names(["id", "Geom", "ID", ""], ["geom"])
    ['id', 'Geom_1', 'ID_1', 'field']
    """
    used = {name.lower() for name in taken}
    found = []
    for name in names:
        plain = cleaned(name) or "field"
        free, number = plain, 0
        while free.lower() in used:
            number += 1
            free = f"{plain}_{number}"
        used.add(free.lower())
        found.append(free)
    return found


def is_share(name: str) -> bool:
    """Whether a name is that of a share of the atlas; no column of the data may have it."""
    return _SHARE.fullmatch(name) is not None


def _unknown(name: str, values: list[object]) -> Field:
    present = [value for value in values if value is not None]
    whole = WHOLE if all(type(value) is int for value in present) else NUMBER
    kind = next((kind for kind in (TRUTH, whole, NUMBER) if present and fits(kind, present)), TEXT)
    ascii_name = re.sub(r"\W", "_", name.encode("ascii", "ignore").decode()) or "field"
    said = ("数据自带的属性，原样保留", "an attribute of the data, as it stands there")
    return Field(name, ascii_name[:SHORT_BYTES], kind, "", name, name, *said)


def _free(short: str, taken: set[str]) -> str:
    free, number = short, 0
    while free.lower() in taken:
        number += 1
        free = f"{short[: SHORT_BYTES - len(str(number))]}{number}"
    return free
