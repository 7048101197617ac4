"""Which rows of a part look alike, and by which of their values a GIS can tell that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geo.catalogue import Scalar
from geo.output.exports.content import PARCELS, Content, Part, Row
from geo.output.exports.writers.qgis.expressions import equals, field
from geo.output.symbology import VAGUE_STATION_M, Look

_ID = "id"
# What looks go by, most telling first; the id says it where nothing else does.
_TELLING = (
    ("geometry_basis",),
    ("land_use",),
    ("distance_basis",),
    ("separates_zones", "distance_basis"),
)
_WORDS: dict[tuple[str, Scalar], tuple[str, str]] = {
    ("geometry_basis", "digitised"): ("数字化", "digitised"),
    ("geometry_basis", "inferred"): ("推定", "inferred"),
    ("geometry_basis", "computed"): ("计算", "computed"),
    ("geometry_basis", "symbolic_footprint"): ("示意（只表示面积）", "symbolic: a size, no outline"),
    ("geometry_basis", "point"): ("点位", "point"),
    ("distance_basis", "stated"): ("文本距离", "stated distance"),
    ("distance_basis", "assumed"): ("假定距离", "assumed distance"),
    ("separates_zones", True): ("圈界", "ring line"),
    ("separates_zones", False): ("圈内线", "line within a ring"),
}
_ACCURACY = "accuracy_m"
_VAGUE = (f"近似位置（> {VAGUE_STATION_M} m）", f"approximate (> {VAGUE_STATION_M} m)")
_OTHER = ("其他", "other")
_Values = tuple[Scalar, ...]


@dataclass(frozen=True)
class Rule:
    """Rows that look alike: what is drawn, for which rows (an expression; None for all others), and in words."""

    look: Look
    filter: str | None
    label: str


def rules_of(content: Content, part: Part) -> tuple[Rule, ...]:
    """The rules of a part, in the order of its rows; the last is for rows that none of the others means.

    One rule alone if all rows look alike.
    """
    lang = content.wanted.lang
    looks = [content.look(part.table, row) for row in part.rows]
    if len(set(looks)) == 1:
        return (Rule(looks[0], None, part.title(lang)),)
    names = next((names for names in _TELLING if _tells(part.rows, looks, names)), None)
    by_accuracy = _by_accuracy(content, part, looks) if names is None else None
    if by_accuracy is not None:
        return by_accuracy
    names = names or (_ID,)
    found = tuple(
        Rule(look, _filter(names, values), _label(content, part, names, values))
        for look, values in _by_look(part.rows, looks, names)
    )
    other = content.look(part.table, Row("", {}, part.rows[0].geometry))
    return (*found, Rule(other, None, _OTHER[0 if lang == "zh" else 1]))


def _by_accuracy(content: Content, part: Part, looks: Sequence[Look]) -> tuple[Rule, Rule] | None:
    """The rules of signs whose edge says that their place is known badly; None if looks go by something else."""
    vague = {look for row, look in zip(part.rows, looks, strict=True) if _is_vague(row)}
    firm = {look for row, look in zip(part.rows, looks, strict=True) if not _is_vague(row)}
    if len(vague) != 1 or len(firm) != 1:
        return None
    lang = content.wanted.lang
    test = f"{field(_ACCURACY)} > {VAGUE_STATION_M}"
    return Rule(vague.pop(), test, _VAGUE[0 if lang == "zh" else 1]), Rule(firm.pop(), None, part.title(lang))


def _is_vague(row: Row) -> bool:
    accuracy_m = row.values.get(_ACCURACY)
    return isinstance(accuracy_m, int | float) and accuracy_m > VAGUE_STATION_M


def _values(row: Row, names: Sequence[str]) -> _Values:
    return tuple(row.values.get(name) for name in names)


def _tells(rows: Sequence[Row], looks: Sequence[Look], names: Sequence[str]) -> bool:
    """Whether rows with the same values always look alike, and some row has each of them."""
    seen: dict[_Values, Look] = {}
    are_known = all(any(row.values.get(name) is not None for row in rows) for name in names)
    return are_known and all(
        seen.setdefault(_values(row, names), look) == look for row, look in zip(rows, looks, strict=True)
    )


def _by_look(
    rows: Sequence[Row], looks: Sequence[Look], names: Sequence[str]
) -> Iterator[tuple[Look, tuple[_Values, ...]]]:
    for look in dict.fromkeys(looks):
        own = (_values(row, names) for row, one in zip(rows, looks, strict=True) if one == look)
        yield look, tuple(dict.fromkeys(own))


def _filter(names: Sequence[str], values: Sequence[_Values]) -> str:
    return " OR ".join(
        "(" + " AND ".join(equals(name, value) for name, value in zip(names, one, strict=True)) + ")" for one in values
    )


def _label(content: Content, part: Part, names: Sequence[str], values: Sequence[_Values]) -> str:
    """What a rule means, in words: names of features or classes, else the values of a field."""
    lang = content.wanted.lang
    mark = "、" if lang == "zh" else ", "
    if names == (_ID,):
        wanted = {one[0] for one in values}
        return mark.join(row.name(lang) or row.id for row in part.rows if row.values.get(_ID) in wanted)
    if names == ("land_use",) and part.table.id == PARCELS:
        return mark.join(_class_name(content, one[0], lang) for one in values)
    pairs = [(name, value) for one in values for name, value in zip(names, one, strict=True) if value is not None]
    return mark.join(dict.fromkeys(_word(part, name, value, lang) for name, value in pairs)) or part.title(lang)


def _class_name(content: Content, code: Scalar, lang: str) -> str:
    known = content.classes.get(str(code))
    return f"{code} {known[0 if lang == 'zh' else 1]}" if known else str(code or _OTHER[0 if lang == "zh" else 1])


def _word(part: Part, name: str, value: Scalar, lang: str) -> str:
    if (name, value) in _WORDS:
        return _WORDS[name, value][0 if lang == "zh" else 1]
    title = next((field.title(lang) for field in part.table.fields if field.name == name), name)
    return f"{title} {value}"
