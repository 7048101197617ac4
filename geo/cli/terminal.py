"""What goes to a terminal and comes from the files that it names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from geo.errors import QueryError


def print_json(value: Any) -> None:
    """Prints `value` for programs."""
    print(json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2))


def printable(text: str) -> str:
    r"""`text` without what a terminal would obey.

    >>> printable("gone\x1b[2J")
    'gone\\u001b[2J'
    """
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)


def content_of(path: Path) -> bytes:
    """The bytes of a GeoJSON file; QueryError if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise QueryError(
            f"{path} cannot be read: {error.strerror}. Give the path of a GeoJSON file.",
            f"无法读取 {path}：{error.strerror}。请给出 GeoJSON 文件的路径。",
        ) from None
