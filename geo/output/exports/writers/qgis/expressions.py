"""QGIS expressions: names of fields and values as they stand in them, so that no text is taken for code."""

from __future__ import annotations

from collections.abc import Iterable

from geo.catalogue import Scalar


def field(name: str) -> str:
    """A field.

    >>> print(field('a"b'))
    "a""b"
    """
    return '"' + name.replace('"', '""') + '"'


def literal(value: Scalar) -> str:
    """A value.

    >>> print(literal("it's"), literal(True), literal(2.5), literal(None))
    'it''s' TRUE 2.5 NULL
    """
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return repr(value)
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"


def equals(name: str, value: Scalar) -> str:
    """Whether a field has a value.

    >>> print(equals("status", "planned"))
    "status" = 'planned'
    """
    return f"{field(name)} IS NULL" if value is None else f"{field(name)} = {literal(value)}"


def first_of(names: Iterable[str]) -> str:
    """The first field that is filled, as text.

    >>> print(first_of(["name_zh", "name_en"]))
    coalesce(nullif("name_zh", ''), nullif("name_en", ''), '')
    """
    parts = [f"nullif({field(name)}, '')" for name in names]
    return f"coalesce({', '.join(parts)}, '')" if parts else "''"
