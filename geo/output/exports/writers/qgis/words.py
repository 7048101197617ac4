"""What stands on a label, as QGIS expressions over the fields of the part: only fields that it has are named."""

from __future__ import annotations

from collections.abc import Mapping

from geo.output.exports.content import PARCELS, Part
from geo.output.exports.writers.qgis.expressions import equals, field, first_of, literal
from geo.output.exports.writers.qgis.xml import key
from geo.view import SYMBOLIC

_BASIS = "geometry_basis"
_BRACKETS = " ?[(（].*$"  # what a ring is called besides its number
_OPEN_RING_M = 900  # the open ring is named this near to its edge, as if it were so wide
_STEPS = 200  # of the width of an area: how exactly its middle is looked for
_NEARLY_HALF = 0.46
_TALL = 2.2  # times as high as wide: a Chinese name stands upright in such a lake
_UNITS = {
    "km2": ("km²", "km²"),
    "mu": ("亩", "mu"),
    "ha": ("公顷", "ha"),
    "m2": ("m²", "m²"),
}
_QUALIFIERS = {"about": ("约 ", "about "), "more_than": ("超过 ", "more than "), "nearly": ("近 ", "nearly ")}


def key_of(part: Part, what: str) -> str:
    """An id for something of a part."""
    return key("part", part.name, what)


def is_symbolic(*, yes: bool) -> str:
    """Whether a row is, or is not, the picture of a size."""
    test = equals(_BASIS, SYMBOLIC)
    return test if yes else f"NOT coalesce({test}, FALSE)"


def text_of(part: Part, lang: str, *, with_basis: bool) -> str:
    """The text of a label: the name in `lang`; of rings the use too, of ring lines the distance."""
    table, has = part.table.id, {one.name for one in part.table.fields}
    if table == PARCELS and "land_use" in has:
        return first_of(["land_use"])
    if table == "ring_lines" and "distance_m" in has:
        return f"format_number({field('distance_m')}, 0) || ' m'"
    other = "en" if lang == "zh" else "zh"
    name = first_of([name for name in (f"name_{lang}", f"name_{other}") if name in has])
    if table == "rings":
        return _ring(name, lang, has)
    if table == "water" and lang == "zh":
        tall = f"bounds_height($geometry) > {_TALL} * bounds_width($geometry)"
        return f"CASE WHEN {tall} THEN trim(regexp_replace({name}, '(.)', '\\\\1\\n')) ELSE {name} END"
    return f"{name} || {_basis(lang, has)}" if with_basis and _BASIS in has else name


def middle_line(part: Part, system: str, metric_crs: str) -> str:
    """The line along the middle of a ring: what is left nearly half its width inside, in `metric_crs`."""
    has = {one.name for one in part.table.fields}
    width = (
        f"coalesce({field('outer_m')} - {field('inner_m')}, {_OPEN_RING_M})" if has >= {"outer_m", "inner_m"} else "0"
    )
    line = f"boundary(buffer({_moved('$geometry', system, metric_crs)}, -{_NEARLY_HALF} * ({width})))"
    return _moved(line, metric_crs, system)


def _moved(shape: str, source: str, target: str) -> str:
    return shape if source == target else f"transform({shape}, {literal(source)}, {literal(target)})"


def middle_point() -> str:
    """The point of an area that lies farthest from its edge, in any system."""
    return f"pole_of_inaccessibility($geometry, bounds_width($geometry) / {_STEPS})"


def _ring(name: str, lang: str, has: set[str]) -> str:
    short = f"regexp_replace({name}, {literal(_BRACKETS)}, '')"
    use = f"use_{lang}"
    return f"{short} || coalesce(' · ' || nullif({field(use)}, ''), '')" if use in has else short


def _basis(lang: str, has: set[str]) -> str:
    """A second line: that an outline was inferred and how well it is known, or the size that a symbol stands for."""
    at = 0 if lang == "zh" else 1
    inferred = literal(("推定 ±", "inferred ±")[at])
    symbolic = literal(("示意", "symbolic")[at])
    accuracy = f"coalesce(format_number({field('accuracy_m')}, 0), '?')" if "accuracy_m" in has else "'?'"
    area = f"coalesce(' · ' || {_area(at)}, '')" if has >= {"stated_area_value", "stated_area_unit"} else "''"
    return (
        f"CASE WHEN {equals(_BASIS, 'inferred')} THEN '\\n' || {inferred} || {accuracy} || ' m' "
        f"WHEN {equals(_BASIS, SYMBOLIC)} THEN '\\n' || {symbolic} || {area} ELSE '' END"
    )


def _area(at: int) -> str:
    number = (
        f"format_number({field('stated_area_value')}, CASE WHEN {field('stated_area_value')} % 1 = 0 THEN 0 ELSE 1 END)"
    )
    unit = _chosen("stated_area_unit", {name: texts[at] for name, texts in _UNITS.items()})
    qualifier = _chosen("stated_area_qualifier", {name: texts[at] for name, texts in _QUALIFIERS.items()})
    return f"{qualifier} || {number} || ' ' || {unit}"


def _chosen(name: str, texts: Mapping[str, str]) -> str:
    cases = " ".join(f"WHEN {equals(name, value)} THEN {literal(text)}" for value, text in texts.items())
    return f"CASE {cases} ELSE '' END"
