"""What a fault of a data file says: found and remedy, English and Chinese, by the name of the fault."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from geo.errors import Fault

_LONGEST_SHOWN = 60


@cache
def sentences() -> Mapping[str, Mapping[str, str]]:
    """By the name of a fault its four sentences, with {fields} for the values; read once."""
    text = files("geo.catalogue").joinpath("schemas", "faults.json").read_text("utf-8")
    return dict(json.loads(text))


def word_fault(file: str, where: str, name: str, **values: object) -> Fault:
    """The fault `name` at a place of a file, with its values filled in; braces inside a value stay text.

    >>> word_fault("rings.json", "edges[2]", "edge_order", distance=80, last=100).found_en
    '80 m does not lie beyond 100 m.'
    """
    filled = {key: sentence.format(**values) for key, sentence in sentences()[name].items()}
    return Fault(file, where, **filled)


def shown(value: Any) -> str:
    """A value as a fault quotes it: short, on one line.

    >>> shown("a" * 80) == "a" * 60 + "…", shown(None), shown([1, 2])
    (True, 'null', '[1, 2]')
    """
    if isinstance(value, str):
        text = " ".join(value.split()) or '""'
    elif isinstance(value, (dict, list)) and len(value) > 8:
        text = f"{{… {len(value)} …}}" if isinstance(value, dict) else f"[… {len(value)} …]"
    else:
        text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"
