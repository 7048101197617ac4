"""Which features an export holds: layers and rings, a theme or everything, the part in a box, what a filter leaves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import shapely

from geo.catalogue import Layer
from geo.errors import ChoiceError, EmptyError
from geo.output.exports.wanted import ALL, FILTERS, THEME, Wanted
from geo.plan import Plan
from geo.rings import OUTSIDE
from geo.view import Shape, View

_MOST_LISTED = 40  # values in a message; `possible` has them all
_RINGS = "rings"  # the layer whose features may be named alone
_SAID: dict[str, Callable[[Shape], str | None]] = {
    "ids": lambda shape: shape.feature.id,
    "basis": lambda shape: shape.feature.geometry_basis,
    "status": lambda shape: shape.feature.status,
    "land_use": lambda shape: shape.feature.land_use,
    "source": lambda shape: shape.feature.source,
}

Picked = tuple[tuple[Layer, tuple[Shape, ...]], ...]


@dataclass(frozen=True)
class Selection:
    """The features of an export by layer, in draw order, and what to call them."""

    title_zh: str
    title_en: str
    name_en: str  # in lower-case letters, for file names
    picked: Picked


def select(plan: Plan, view: View, wanted: Wanted) -> Selection:
    """The features that are asked for.

    ChoiceError for an unknown layer, theme or value of a filter; EmptyError if nothing is left.
    """
    named, titles = _named(plan, wanted.what)
    whole = [(layer, _of(plan, view, layer, named)) for layer in plan.catalogue.layers]
    found = [(layer, shapes) for layer, shapes in whole if shapes]
    for word, values in wanted.filters:
        found = [(layer, _filtered(plan, view, shapes, word, values)) for layer, shapes in found]
    if wanted.bbox is not None:
        box = shapely.box(*wanted.bbox)
        found = [(layer, tuple(one for one in shapes if _touches(one, box))) for layer, shapes in found]
    picked = tuple((layer, shapes) for layer, shapes in found if shapes)
    if not picked:
        raise _empty(wanted, whole, view)
    return Selection(*titles, picked)


def possible_names(plan: Plan) -> tuple[str, ...]:
    """What can be asked for: `all`, layers, rings, themes."""
    layers = [layer.id for layer in plan.catalogue.layers]
    rings = [ring.id for ring in plan.catalogue.rings.rings]
    return (ALL, *layers, *rings, *(f"{THEME}{theme.id}" for theme in plan.catalogue.guides.themes))


def _named(plan: Plan, what: str) -> tuple[tuple[str, ...], tuple[str, str, str]]:
    """The ids of layers and rings that are asked for, and their title in Chinese, English and for file names."""
    every = tuple(layer.id for layer in plan.catalogue.layers)
    if what == ALL:
        return every, ("全部图层", "All layers", ALL)
    for theme in plan.catalogue.guides.themes:
        if what == f"{THEME}{theme.id}":
            return theme.layers, (f"专题 {theme.name_zh}", f"Theme {theme.name_en}", f"theme-{theme.id}")
    titles = {layer.id: (layer.title_zh, layer.title_en) for layer in plan.catalogue.layers}
    titles |= {ring.id: (ring.name_zh, ring.name_en) for ring in plan.catalogue.rings.rings}
    names = tuple(dict.fromkeys(what.split(",")))
    unknown = next((name for name in names if name not in titles), None)
    if unknown is not None:
        known = possible_names(plan)
        raise ChoiceError(
            f"There is no layer {unknown[:60]!r}. Use one of: {', '.join(known)}; several with commas between.",
            f"没有图层 {unknown[:60]!r}。可用：{'、'.join(known)}；多个以逗号分隔。",
            word="layer",
            possible=known,
        )
    if len(names) == 1:
        return names, (*titles[names[0]], names[0])
    return names, (f"所选 {len(names)} 个图层", f"{len(names)} layers", f"{len(names)}-layers")


def _of(plan: Plan, view: View, layer: Layer, named: Sequence[str]) -> tuple[Shape, ...]:
    shapes = plan.of_layer(layer.id, view)
    if layer.id in named:
        return shapes
    if layer.id == _RINGS:
        return tuple(shape for shape in shapes if shape.feature.id.split(":")[1] in named)
    return ()


def _filtered(
    plan: Plan, view: View, shapes: tuple[Shape, ...], word: str, values: tuple[str, ...]
) -> tuple[Shape, ...]:
    if word not in FILTERS:
        raise ChoiceError(
            f"There is no filter {word[:40]!r}. Use one of: {', '.join(FILTERS)}.",
            f"没有筛选项 {word[:40]!r}。可用：{'、'.join(FILTERS)}。",
            word="filter",
            possible=FILTERS,
        )
    possible = _possible_values(plan, view, word)
    unknown = next((value for value in values if value not in possible), None)
    if unknown is not None:
        listed = sorted(possible)
        shown = ", ".join(listed[:_MOST_LISTED]) + (", …" if len(listed) > _MOST_LISTED else "")
        raise ChoiceError(
            f"{word}={unknown[:60]!r} is not known. Use one of: {shown}.",
            f"{word}={unknown[:60]!r} 不认识。可用：{shown.replace(', ', '、')}。",
            word=word,
            possible=listed,
        )
    if word == "zone":
        return tuple(shape for shape in shapes if _zone(plan, view, shape) in values)
    return tuple(shape for shape in shapes if _SAID[word](shape) in values)


def _possible_values(plan: Plan, view: View, word: str) -> set[str]:
    """What a filter can be asked for: what the plan lists, and what any feature of it says."""
    if word == "zone":
        return {*view.zones, OUTSIDE}
    known = {"source": set(plan.catalogue.sources), "land_use": {one.code for one in plan.catalogue.land_use}}
    shapes = (*plan.shapes.values(), *(shape for shapes in view.computed.values() for shape in shapes))
    return known.get(word, set()) | {value for shape in shapes if (value := _SAID[word](shape)) is not None}


def _zone(plan: Plan, view: View, shape: Shape) -> str | None:
    """The zone that a feature stands in: a ring in itself."""
    if shape.feature.layer == _RINGS:
        return shape.feature.id.split(":")[1]
    standing = view.standings.get(shape.feature.id) if shape.feature.id in plan.shapes else None
    return standing.home_zone if standing else None


def _touches(shape: Shape, box: shapely.Polygon) -> bool:
    return shape.geometry is not None and bool(shapely.intersects(shape.geometry, box))


def _empty(wanted: Wanted, whole: Sequence[tuple[Layer, tuple[Shape, ...]]], view: View) -> EmptyError:
    """Says what there would be without the box and the filters."""
    there = [f"{layer.id} ({len(shapes)})" for layer, shapes in whole if shapes]
    if not there:
        return EmptyError(
            f"Nothing of {wanted.what[:60]} is in the view extent={view.extent} reading={view.reading}.",
            f"extent={view.extent}、reading={view.reading} 的视图中没有 {wanted.what[:60]}。",
        )
    return EmptyError(
        f"The box and the filters leave no feature. Without them there are: {', '.join(there)}. Widen the box or drop "
        "a filter; rows known only in words lie in no box.",
        f"范围框与筛选之后没有剩下任何条目。不加限制时有：{'、'.join(there)}。请放大范围框或去掉筛选；仅有文字的条目"
        "不在任何范围框内。",
        possible=tuple(there),
    )
