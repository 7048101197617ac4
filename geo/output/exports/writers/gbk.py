"""Texts in GBK: typography that the encoding lacks and that has a plain form."""

from __future__ import annotations

_PLAIN = str.maketrans("¹²³\N{MINUS SIGN}\N{NO-BREAK SPACE}\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}", "123-   ")


def plain_for_gbk(text: str) -> str:
    """Raised figures, the true minus and special spaces in their plain form; whatever else GBK lacks stays.

    >>> plain_for_gbk("17.7 km²")
    '17.7 km2'
    """
    return text.translate(_PLAIN)
