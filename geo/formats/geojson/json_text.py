"""Bytes as JSON values that can be trusted, within limits that are counted before anything is built."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from typing import Any, NoReturn

from geo.errors import FormatError
from geo.formats.geojson.facts import Limits, over_limit

_BOM = b"\xef\xbb\xbf"
# A string, open or closed, or a bracket; possessive, so that no text makes it go back and try again. A list says
# whether a number comes first: that is a position. A wrong comma or word is left to the parser.
_TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?P<end>"|\\?\Z)|\[[ \t\r\n]*+(?P<number>[-\d])?|\{|[\]}]', re.DOTALL)
_WORD = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)|[-+.\w]++', re.DOTALL)
_RISKY = re.compile(r"\\u(?:[dD][89a-fA-F]|0000)")
_FEATURE_DEPTH = 3  # object, list of features, feature


class _Refused(Exception):
    """A value that JSON parses and nobody can use: its text, and what is wrong with it."""

    def __init__(self, token: str, en: str, zh: str) -> None:
        super().__init__(en)
        self.token, self.en, self.zh = token, en, zh


def parse_json(data: bytes, limits: Limits) -> tuple[Any, bool]:
    """The value of a JSON text in UTF-8, and whether a byte order mark stood before it.

    FormatError, with line and column, for what is no JSON, for NaN, infinities, numbers too large or too long, names
    given twice in one object, halves of characters and NUL. LimitError for too many bytes, features or positions, and
    FormatError for brackets too deep, before the text is parsed.

    >>> parse_json(b'{"a": [1, 2]}', Limits())
    ({'a': [1, 2]}, False)
    """
    if len(data) > limits.bytes:
        raise over_limit(limits, "bytes", "bytes", "字节")
    text = _decoded(data)
    _count(text, limits)
    if _RISKY.search(text):
        _check_characters(text)

    def whole(digits: str) -> int:
        return int(_short(digits, limits))

    def finite(digits: str) -> float:
        value = float(_short(digits, limits))
        if not math.isfinite(value):
            raise _Refused(digits, "is too large for a number", "超出数值范围")
        return value

    try:
        value = json.loads(
            text, parse_constant=_refuse_constant, parse_float=finite, parse_int=whole, object_pairs_hook=_unique
        )
    except json.JSONDecodeError as error:
        is_cut = error.pos >= len(text.rstrip())
        en, zh = ("The file ends too early", "文件不完整") if is_cut else (error.msg, "不符合 JSON 语法")
        _refuse(text, error.pos, en, zh)
    except _Refused as error:
        # A name is not looked for: the same one may stand in every object.
        at = next((word.start() for word in _WORD.finditer(text) if word.group() == error.token), None)
        shown = error.token if len(error.token) <= 40 else f"{error.token[:40]}…"
        _refuse(text, at, f"{shown} {error.en}", f"{shown} {error.zh}")
    return value, data.startswith(_BOM)


def _decoded(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError(
            f"Byte {error.start + 1} of the file is not UTF-8. Save the file as UTF-8 (GBK and UTF-16 are not read).",
            f"文件第 {error.start + 1} 个字节不是 UTF-8。请另存为 UTF-8（不读取 GBK 或 UTF-16）。",
        ) from None
    if not text.strip():
        raise FormatError("The file is empty. Expected GeoJSON.", "文件为空。应为 GeoJSON。")
    return text


def _count(text: str, limits: Limits) -> None:
    """Refuse what is too deep or too much; brackets inside strings do not count."""
    depth = features = positions = 0
    for token in _TOKEN.finditer(text):
        first = text[token.start()]
        if first == '"':
            if token["end"] != '"':
                _refuse(text, token.start(), "The text that begins here has no end", "此处开始的文本没有结束引号")
            continue
        if first in "]}":
            depth -= 1
            continue
        depth += 1
        if depth > limits.depth:
            en = f"Brackets stand in brackets more than {limits.depth} deep"
            _refuse(text, token.start(), en, f"括号嵌套超过 {limits.depth} 层")
        features += first == "{" and depth == _FEATURE_DEPTH
        positions += token["number"] is not None
        if features > limits.features:
            raise over_limit(limits, "features", "features", "个要素")
        if positions > limits.vertices:
            raise over_limit(limits, "vertices", "positions", "个坐标位置")


def _check_characters(text: str) -> None:
    """FormatError for a text with half of a character, which no file can hold, or with NUL."""
    for token in _TOKEN.finditer(text):
        if text[token.start()] != '"' or not _RISKY.search(token.group()):
            continue
        try:
            value = json.loads(token.group())
            value.encode("utf-8")
        except ValueError:
            _refuse(text, token.start(), "A text holds half of a character (a lone surrogate)", "文本含不完整的字符")
        if "\0" in value:
            _refuse(text, token.start(), "A text holds the character NUL", "文本含空字符（NUL）")


def _short(digits: str, limits: Limits) -> str:
    if len(digits) > limits.digits:
        en, zh = f"is a number of more than {limits.digits} digits", f"是超过 {limits.digits} 位的数字"
        raise _Refused(digits, en, zh)
    return digits


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        name = Counter(key for key, _ in pairs).most_common(1)[0][0]
        shown = "".join(letter if letter.isprintable() else "\ufffd" for letter in name[:40])
        raise _Refused(f"“{shown}”", "stands twice as a name in one object", "在同一对象中重复出现")
    return value


def _refuse_constant(name: str) -> NoReturn:
    raise _Refused(name, "is no number in JSON", "不是 JSON 数值")


def _refuse(text: str, at: int | None, en: str, zh: str) -> NoReturn:
    where_en = where_zh = ""
    if at is not None:
        line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
        where_en, where_zh = f"Line {line}, column {column}: ", f"第 {line} 行第 {column} 列："
    raise FormatError(
        f"{where_en}{en}. Export the data again as GeoJSON (RFC 7946).",
        f"{where_zh}{zh}。请重新导出为 GeoJSON（RFC 7946）。",
    ) from None
