"""What a row says of itself in words, for formats that have a line of text for it: source, accuracy, basis and size."""

from __future__ import annotations

from geo.output.exports.content import Row
from geo.output.exports.fields import known

_SAID = ("id", "source", "place", "geometry_basis", "accuracy_m", "data_year", "status", "area_m2", "length_m")
_BASES = {
    "digitised": ("数字化", "digitised"),
    "inferred": ("推定", "inferred"),
    "computed": ("计算", "computed"),
    "symbolic_footprint": ("示意（只表示面积，不是边界）", "symbolic (the picture of a size, no boundary)"),
    "point": ("点位", "point"),
    "none": ("仅有文字", "known only in words"),
}


def row_words(row: Row, lang: str) -> tuple[str, ...]:
    """The facts of a row that are known, as "heading: value", with units; what is empty is left out."""
    mark = "：" if lang == "zh" else ": "
    found = []
    for name in _SAID:
        value, field = row.values.get(name), known(name)
        if field is None or value is None or value == "":
            continue
        text = _BASES[str(value)][lang != "zh"] if name == "geometry_basis" and value in _BASES else _number(value)
        found.append(f"{field.title(lang)}{mark}{text}")
    return tuple(found)


def _number(value: object) -> str:
    return f"{value:.12g}" if isinstance(value, float) else str(value)
