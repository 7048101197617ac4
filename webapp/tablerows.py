"""A layer's features as the columns and rows of a table for people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from geo.output.features import Json
from webapp import tablecells as cells
from webapp.tablecells import Cell, Reader

Maker = Callable[[Json, Reader], Cell]


@dataclass(frozen=True)
class Column:
    """A column: `kind` ("text", "number") says how it sorts, `chip` is "", "stated" or "computed", `is_more` folds."""

    id: str
    title: str
    kind: str = "text"
    chip: str = ""
    is_more: bool = False


@dataclass(frozen=True)
class Row:
    """A feature: `slug` is the fragment of its row, `map_url` opens its card."""

    id: str
    slug: str
    name: str
    is_drawn: bool
    map_url: str
    cells: tuple[Cell, ...]


def columns_and_rows(features: Sequence[Json], reader: Reader) -> tuple[list[Column], list[Row]]:
    """The columns that these features have something for, and one row for each feature, in their order."""
    pairs = [*_columns(features), *_extra_columns(features, reader.lang)]
    rows = [
        Row(
            id=one["id"],
            slug=one["id"].split(":", 1)[1],
            name=one[f"name_{reader.lang}"],
            is_drawn=one["geometry_basis"] != "none",
            map_url=reader.map_url(one["id"]),
            cells=tuple(make(one, reader) for _column, make in pairs),
        )
        for one in features
    ]
    return [column for column, _make in pairs], rows


def _columns(features: Sequence[Json]) -> list[tuple[Column, Maker]]:
    has_length = any(one["length_m"] is not None for one in features)
    has_area = not has_length or any(one["area_m2"] is not None for one in features)
    sizes: list[tuple[Column, Maker]] = []
    if has_area:
        sizes.append((Column("area", _("Area"), "number", "computed"), cells.area))
    if has_length:
        sizes.append((Column("length", _("Length"), "number", "computed"), cells.length))
    return [
        (Column("basis", _("Basis")), cells.basis),
        (Column("accuracy", _("Accuracy"), "number"), cells.accuracy),
        (Column("status", _("Status")), cells.status),
        (Column("source", _("Source")), cells.source),
        (Column("place", _("Place in it")), cells.place),
        (Column("year", _("Data year"), "number"), cells.year),
        *sizes,
        (Column("stated", _("Stated area"), "number", "stated"), cells.stated),
        (Column("figures", _("Stated figures"), "number"), cells.figures),
        (Column("home", _("Home ring"), chip="computed"), cells.home),
        (Column("shares", _("Share by ring"), "number", "computed"), cells.shares),
        (Column("placed_in", _("Placed in")), cells.placed_in),
        (Column("other_name", _("Name in Chinese and English"), is_more=True), cells.both_names),
        (Column("land_use", _("Land use"), is_more=True), cells.land_use),
        (Column("shore", _("To the shore"), "number", "computed", is_more=True), cells.shore),
        (Column("lonlat", _("Lon, lat"), "number", is_more=True), cells.lonlat),
        (Column("note", _("How it was placed"), is_more=True), cells.note),
    ]


def _extra_columns(features: Sequence[Json], lang: str) -> list[tuple[Column, Maker]]:
    """One folded column for each further property of the file; of a pair in two languages the reader's alone."""
    keys = list(dict.fromkeys(key for one in features for key in one["extra"]))
    other = "_en" if lang == "zh" else "_zh"
    shown = [key for key in keys if not (key.endswith(other) and f"{key[:-3]}_{lang}" in keys)]
    return [(_extra_column(features, n, key), _extra_maker(key)) for n, key in enumerate(shown)]


def _extra_column(features: Sequence[Json], position: int, key: str) -> Column:
    values = [one["extra"][key] for one in features if one["extra"].get(key) is not None]
    is_number = all(isinstance(value, int | float) and not isinstance(value, bool) for value in values)
    return Column(f"more{position}", key, "number" if is_number and values else "text", is_more=True)


def _extra_maker(key: str) -> Maker:
    def make(one: Json, _reader: Reader) -> Cell:
        value = one["extra"].get(key)
        if value is None or value == "":
            return Cell()
        text = str(value).lower() if isinstance(value, bool) else str(value)
        return Cell(text, text)

    return make
