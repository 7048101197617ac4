"""The layers of a project: which there are, in what order they are drawn, and under which headings they stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from geo.output.exports.content import Content, Part
from geo.output.exports.formats import WORDS
from geo.output.exports.writers.qgis.styles import ALL, GROUND, LINES
from geo.output.exports.writers.qgis.xml import key

_EXTENT = "extent_"
_EXTENT_LINES_OVER = "metro"  # as on the web map, the lines of the zone are drawn over everything up to these
WORDS_GROUP = ("仅有文字", "Known only in words")
_GROUND = ("（底色）", " (ground)")


@dataclass(frozen=True)
class Mapped:
    """A layer of a project: a part, or the ground or the lines of it alone."""

    id: str
    title: str
    part: Part
    drawn: str
    is_shown: bool


@dataclass(frozen=True)
class Heading:
    """A group of the layer list with its layers, top first; `name` is "" for layers under no heading."""

    name: str
    layers: tuple[Mapped, ...]


def mapped_layers(content: Content) -> tuple[Mapped, ...]:
    """All layers of a project in draw order, lowest first; those without shapes at the end.

    The ground of the zone lies under everything and its lines over the roads, so it makes two layers.
    """
    parts = content.parts()
    drawn = [part for part in parts if part.kind != WORDS]
    extents = [part for part in drawn if part.table.id.startswith(_EXTENT)]
    ground = [_mapped(content, part, GROUND) for part in extents if _has_ground(content, part)]
    lines = [_mapped(content, part, LINES) for part in extents]
    others = [_mapped(content, part, ALL) for part in drawn if part not in extents]
    at = max((place for place, one in enumerate(others, 1) if one.part.table.id == _EXTENT_LINES_OVER), default=None)
    at = len(others) if at is None else at
    words = [_mapped(content, part, ALL) for part in parts if part.kind == WORDS]
    return (*ground, *others[:at], *lines, *others[at:], *words)


def headings(content: Content, layers: Iterable[Mapped]) -> tuple[Heading, ...]:
    """The layer list: what belongs to no group of the map first, then its groups, then what has no shape."""
    lang = content.wanted.lang
    in_words = tuple(one for one in layers if one.part.kind == WORDS)
    top_first = tuple(reversed([one for one in layers if one.part.kind != WORDS]))
    grouped = {name for group in content.groups for name in group.layers}
    found = [Heading("", tuple(one for one in top_first if one.part.table.id not in grouped))]
    for group in content.groups:
        own = tuple(one for one in top_first if one.part.table.id in group.layers)
        found.append(Heading(group.name_zh if lang == "zh" else group.name_en, own))
    found.append(Heading(WORDS_GROUP[0 if lang == "zh" else 1], in_words))
    return tuple(heading for heading in found if heading.layers)


def layer_id(name: str) -> str:
    """The id of a layer in a project: a name with a hash of it behind, as QGIS makes them."""
    return f"{name}_{key('layer', name).strip('{}').replace('-', '_')}"


def _mapped(content: Content, part: Part, drawn: str) -> Mapped:
    lang, table = content.wanted.lang, part.table
    title = part.title(lang) + (_GROUND[0 if lang == "zh" else 1] if drawn == GROUND else "")
    name = part.name if drawn != GROUND else f"{part.name}_{GROUND}"
    if table.id.startswith(_EXTENT):
        is_shown = table.id == f"{_EXTENT}{content.extent}"
    else:
        is_shown = table.layer is None or table.layer.visible
    return Mapped(layer_id(name), title, part, drawn, is_shown)


def _has_ground(content: Content, part: Part) -> bool:
    return any(content.look(part.table, row).fill for row in part.rows)
