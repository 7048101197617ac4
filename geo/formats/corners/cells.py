"""From the text of a row to its values: numbers, angles and their labels, whatever stands between them.

Each pattern is a plain run of bounded pieces, so that the time grows with the length of the text and no faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geo.formats.corners.facts import Cells, Row, Value, refuse

THIN = "\u2009"  # stands for all narrow spaces, which part thousands and nothing else
GROUPS = ("", ",", " ", ", ")  # what may part thousands, besides narrow spaces
STYLES = ("before", "after", "named_before", "named_after")  # where labels stand, and whether N1 may be a name

_MARKS = str.maketrans(
    {"度": "°", "º": "°", "˚": "°", "分": "'", "′": "'", "’": "'", "‘": "'", "秒": '"', "″": '"', "”": '"', "“": '"'}
)
_LABELS = (
    (re.compile(r"东经|经度|东坐标|(?<![a-z])(?:longitude|long|lon|lng|easting|east)(?![a-z])", re.I), " E "),
    (re.compile(r"北纬|纬度|北坐标|(?<![a-z])(?:latitude|lat|northing|north)(?![a-z])", re.I), " N "),
    (re.compile(r"西经|(?<![a-z])west(?![a-z])", re.I), " W "),
    (re.compile(r"南纬|(?<![a-z])south(?![a-z])", re.I), " S "),
    (re.compile(r"X坐标|纵坐标", re.I), " X "),
    (re.compile(r"Y坐标|横坐标", re.I), " Y "),
    (re.compile(r"高程|(?<![a-z])(?:height|elevation|altitude)(?![a-z])", re.I), " H "),
)
_ANGLE = (
    r"(?P<angle>[+-]?\d{1,3}(?:\.\d{1,40})? ?°"
    r"(?: ?\d{1,2}(?:\.\d{1,40})? ?'(?!')(?: ?\d{1,2}(?:\.\d{1,40})? ?(?:\"|''))?)?)"
)
_SHORT = r"(?P<short>[+-]?\d{1,3}(?:\.\d{0,40})?E\+\d{1,3})"
_REST = (
    r"(?P<label>[ENSWXYHZ])(?![^\W\d_])|(?P<part>[\s,;:=/|()\[\]]+)|(?P<word>[^\s,;:=/|()\[\]\d][^\s,;:=/|()\[\]]*|.)"
)
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_UNITS = ("m", "米", "deg", "°")
_MIRRORED = {"S": "N", "W": "E", "Z": "H"}


def _scanner(groups: str) -> re.Pattern[str]:
    between = f"[{THIN}{groups}]"
    # 1,116.05 is 1116.05 or a point 1 and 116.05: each way is a reading of its own.
    grouped = rf"\d{{1,3}}(?:{between}\d{{3}}){{1,4}}(?!\d)(?:\.\d{{1,40}})?"
    number = rf"(?P<number>[+-]?(?:{grouped}|\d{{1,20}}(?:\.\d{{0,40}})?)(?!\d))"
    return re.compile(f"{_ANGLE}|{_SHORT}|{number}|{_REST}", re.IGNORECASE | re.DOTALL)


_SCANNERS = {groups: _scanner(groups) for groups in GROUPS}


@dataclass(frozen=True)
class Token:
    """A piece of a row: `kind` is value, label or word; `is_glued` if it follows the piece before without a gap."""

    kind: str
    text: str
    is_glued: bool
    value: Value | None = None


def plain_row(text: str) -> str:
    """The text of a row with one sign for each mark, one letter for each label, and single spaces.

    >>> plain_row("东经116度3分0秒")
    ' E 116°3\\'0"'
    """
    for pattern, letter in _LABELS:
        text = pattern.sub(letter, text)
    text = re.sub(" {2,}", " ", text.translate(_MARKS))
    # Without a degree sign, quotes are those of a table's cells.
    return text if "°" in text else text.replace('"', "").replace("'", "")


def scan(row: Row, groups: str = "") -> tuple[Token, ...]:
    """The pieces of a row whose text is plain; `groups` may part thousands.

    QueryError for an angle with 60 or more minutes or seconds and for a number that a spreadsheet has shortened.
    """
    return tuple(_tokens(row, groups))


def _tokens(row: Row, groups: str) -> Iterator[Token]:
    before, end = "", -1
    for match in _SCANNERS[groups].finditer(row.text):
        kind, text = str(match.lastgroup), match[0]
        if kind == "part" or (kind == "word" and before == "value" and text.lower() in _UNITS):
            continue
        is_glued = match.start() == end
        if kind == "short":
            raise refuse(
                row,
                f"holds {text}: the spreadsheet has shortened the number. Show all its digits and copy again.",
                f"含 {text}：表格软件缩写了数值。请把单元格设为显示全部位数后重新复制。",
            )
        if kind in ("angle", "number"):
            made = _angle(row, text) if kind == "angle" else _number(text)
            yield Token("value", text, is_glued, made)
            before = "value"
        else:
            yield Token(kind, text.upper() if kind == "label" else text, is_glued)
            before = kind
        end = match.end()


def _number(text: str) -> Value:
    plain = "".join(letter for letter in text if letter not in f"{THIN}, ")
    return Value(float(plain), "." not in plain, False, "")


def _angle(row: Row, text: str) -> Value:
    degrees, minutes, seconds = ([float(part) for part in _DIGITS.findall(text)] + [0.0, 0.0])[:3]
    if minutes >= 60 or seconds >= 60:
        raise refuse(
            row,
            f"holds {text}: minutes and seconds end below 60. Correct it.",
            f"含 {text}：分、秒须小于 60。请更正。",
        )
    size = degrees + minutes / 60 + seconds / 3600
    return Value(-size if text.startswith("-") else size, False, True, "")


def possible_groups(rows: Sequence[Row]) -> Iterator[str]:
    """What may part thousands in these rows, from GROUPS; nothing but narrow spaces first."""
    for groups in GROUPS:
        mark = re.compile(rf"\d[{groups}]\d{{3}}") if groups else None
        if mark is None or any(mark.search(row.text) for row in rows):
            yield groups


def count_values(text: str) -> int:
    """How many numbers and angles stand in the plain text of a row."""
    return sum(match.lastgroup in ("angle", "number", "short") for match in _SCANNERS[""].finditer(text))


def cells_of(tokens: Sequence[Token], style: str) -> Cells | None:
    """The values of a row whose labels stand as `style` says; None if a label is left over."""
    if style.startswith("named_"):
        if not _begins_with_name(tokens):
            return None
        tokens = tokens[2:]
    labelled = _labelled(tokens, stands_before=style.endswith("before"))
    if labelled is None:
        return None
    values: list[Value] = []
    words_after, spoilt = set(), set()
    for value, word in labelled:
        if value is not None:
            values.append(value)
            continue
        words_after.add(len(values) - 1)
        if word.is_glued or not any(map(str.isalpha, word.text)):
            spoilt.add(len(values) - 1)  # 28.7O5 and 28.7.5 are no 28.7
    return Cells(tuple(values), frozenset(words_after), frozenset(spoilt))


def _begins_with_name(tokens: Sequence[Token]) -> bool:
    if len(tokens) < 2 or tokens[0].kind != "label" or not tokens[1].is_glued:
        return False
    return tokens[1].value is not None and tokens[1].value.is_whole


def _labelled(tokens: Sequence[Token], *, stands_before: bool) -> list[tuple[Value | None, Token]] | None:
    """Values with their labels, and words, in the order of the row."""
    found: list[tuple[Value | None, Token]] = []
    label = ""
    can_take = False  # the last piece is a value without a label
    for token in tokens:
        if token.kind == "label":
            if label or (not stands_before and not can_take):
                return None
            if stands_before:
                label = token.text
            else:
                found[-1] = (_with_label(found[-1][0], token.text), found[-1][1])
            can_take = False
        elif token.value is not None:
            found.append((_with_label(token.value, label), token))
            label, can_take = "", True
        else:
            if label:
                return None
            found.append((None, token))
            can_take = False
    return None if label else found


def _with_label(value: Value | None, label: str) -> Value | None:
    if value is None or not label:
        return value
    sign = -1.0 if label in "SW" else 1.0
    return Value(sign * value.number, value.is_whole, value.is_angle, _MIRRORED.get(label, label))
