"""The XML that QGIS reads: elements, its option maps, colours, and ids that come from names."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement

_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # of XML 1.0


def clean(text: object) -> str:
    """A text without the characters that XML cannot hold.

    >>> clean("a\\x00b <c>")
    'ab <c>'
    """
    return _UNWRITABLE.sub("", str(text))


def add(parent: Element, tag: str, text: object = None, /, **attributes: object) -> Element:
    """A new child of `parent`; attributes that are None are left out."""
    known = {name: clean(value) for name, value in attributes.items() if value is not None}
    child = SubElement(parent, tag, known)
    if text is not None:
        child.text = clean(text)
    return child


def add_options(parent: Element, values: Mapping[str, object]) -> None:
    """The properties of a symbol layer."""
    options = add(parent, "Option", type="Map")
    for name, value in values.items():
        add(options, "Option", name=name, value=value, type="QString")


def rgba(colour: str, opacity: float = 1.0) -> str:
    """A colour #rrggbb as QGIS writes it.

    >>> rgba("#a3123f", 0.16)
    '163,18,63,41'
    """
    parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    return ",".join(str(part) for part in (*parts, round(255 * opacity)))


def key(*names: str) -> str:
    """An id in braces, the same for the same names."""
    return f"{{{uuid.uuid5(uuid.NAMESPACE_URL, '/'.join(names))}}}"
