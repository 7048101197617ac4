"""What leads a reader through the map: themes, each a set of layers with a sentence, and the steps of a tour.

Both files hold no number of the sources: a text names a figure of the ledger as `{figure:id}`, and whoever shows the
text puts the figure there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from geo.catalogue.files import Reader
from geo.catalogue.schema import read_object

WHOLE_ZONE = "zone"  # the view of the whole extent
_FIGURE = re.compile(r"\{figure:([a-z0-9_.]+)\}")

Bounds = tuple[float, float, float, float]
Part = tuple[str, str | None]


@dataclass(frozen=True)
class Theme:
    """A preset of the map: `layers` (layers, rings) are on, all others off; `legend` are those that it explains.

    `view` is a feature id to show whole, WHOLE_ZONE, bounds (west, south, east, north in degrees) or None: the map
    stays where it is. `extent` and `year` are None where the theme leaves them open. `sources` are ids of sources.
    The titles stand on the sheet (图名); without them the sheet keeps its own.
    """

    id: str
    name_zh: str
    name_en: str
    sentence_zh: str
    sentence_en: str
    layers: tuple[str, ...]
    legend: tuple[str, ...]
    sources: tuple[str, ...]
    extent: str | None = None
    view: str | Bounds | None = None
    year: int | None = None
    title_zh: str = ""
    title_en: str = ""


@dataclass(frozen=True)
class Step:
    """A step of the tour: words, and what the map shows with them, by the name of a theme or by layers of its own.

    `select` is the feature whose card opens; extent, view, year and sources are as those of a theme.
    """

    id: str
    title_zh: str
    title_en: str
    text_zh: str
    text_en: str
    sources: tuple[str, ...]
    theme: str | None = None
    layers: tuple[str, ...] | None = None
    extent: str | None = None
    view: str | Bounds | None = None
    select: str | None = None
    year: int | None = None


@dataclass(frozen=True)
class Guides:
    """The themes and the tour of a data folder with the names of their files; both may be missing."""

    themes: tuple[Theme, ...] = ()
    tour: tuple[Step, ...] = ()
    themes_file: str = ""
    tour_file: str = ""


def text_parts(text: str) -> tuple[Part, ...]:
    """A text in parts: (words, None), or ("", id of a figure) where a figure stands.

    >>> text_parts("from {figure:a} to {figure:b}.")
    (('from ', None), ('', 'a'), (' to ', None), ('', 'b'), ('.', None))
    """
    pieces = _FIGURE.split(text)  # words and ids by turns
    parts = [("", piece) if number % 2 else (piece, None) for number, piece in enumerate(pieces)]
    return tuple(part for part in parts if part != ("", None))


def read_guides(reader: Reader, files: Mapping[str, Any]) -> Guides:
    """Themes and tour of the files that `files` names as "themes" and "tour"; ill-formed rows are left out and told."""
    themes_file, tour_file = files.get("themes", ""), files.get("tour", "")
    return Guides(
        themes=tuple(_theme(row) for row in _rows(reader, themes_file, "themes", "themes")),
        tour=tuple(_step(row) for row in _rows(reader, tour_file, "tour", "steps")),
        themes_file=themes_file,
        tour_file=tour_file,
    )


def _rows(reader: Reader, file: str, schema: str, key: str) -> list[dict[str, Any]]:
    value = read_object(reader, file, schema) if file else None
    return [] if value is None else value[key]


def _theme(row: Mapping[str, Any]) -> Theme:
    whole = {"legend": row["layers"], **row}
    return Theme(**{**whole, **_frozen(whole)})


def _step(row: Mapping[str, Any]) -> Step:
    return Step(**{**row, **_frozen(row)})


def _frozen(row: Mapping[str, Any]) -> dict[str, tuple[Any, ...]]:
    """The lists of a row as tuples."""
    return {key: tuple(value) for key, value in row.items() if isinstance(value, list)}
