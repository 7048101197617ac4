"""The land-use balance of a layer: what area each class of land and sea use covers, within the extent of a view.

The rule of counting: existing and planned land stand in tables of their own. Within a class each place counts once
(the union of its features). Two classes that overlap both keep their area; the overlap is listed, and shares are of
the area that all classes cover together, counted once. So shares sum to 1 if, and only if, no classes overlap.
Lines, points, symbolic footprints and rows in words have no area and are only counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import shapely

from geo.landuse import land_use_table
from geo.plan import Plan
from geo.view import Shape, View

STATUSES = ("existing", "planned")
SLIVER_M2 = 1.0  # a smaller overlap is the rounding of coordinates along a common edge


@dataclass(frozen=True)
class ClassArea:
    """One class: its code as the data has it, the names of the listed class, features, m2, and share (0 to 1)."""

    code: str
    name_zh: str
    name_en: str
    colour: str
    features: int
    area_m2: float
    share: float


@dataclass(frozen=True)
class Overlap:
    """Area in m2 that two classes, given by code, both claim."""

    codes: tuple[str, str]
    area_m2: float


@dataclass(frozen=True)
class Balance:
    """The table of one layer and one status ("existing", "planned"); areas in m2 within the extent.

    `covered_m2` counts each place once; `outside_m2` is what these classes cover outside the extent. `without_code`
    areas and `without_area` features with a code, whatever their status, are those of the layer that stand in no row.
    """

    layer: str
    status: str
    classes: tuple[ClassArea, ...]
    covered_m2: float
    outside_m2: float
    overlaps: tuple[Overlap, ...]
    without_code: int
    without_area: int

    @property
    def sum_m2(self) -> float:
        """The sum of the classes: `covered_m2`, and once more what overlaps."""
        return sum(row.area_m2 for row in self.classes)

    @property
    def share_sum(self) -> float:
        """The sum of the shares: 1 without overlaps, more with them, 0 if nothing lies within the extent."""
        return sum(row.share for row in self.classes)


def balanced_layers(plan: Plan) -> tuple[str, ...]:
    """The layers that hold at least one area with a land-use code, in the order of the catalogue."""
    coded = {shape.feature.layer for shape in plan.shapes.values() if _is_coded_area(shape)}
    return tuple(layer.id for layer in plan.catalogue.layers if layer.id in coded)


def balances(plan: Plan, layer_id: str, view: View) -> tuple[Balance, ...]:
    """The balances of a layer, existing land first; a status without coded areas has none. QueryError if unknown."""
    shapes = plan.of_layer(layer_id, view)
    coded = {shape.feature.status for shape in shapes if _is_coded_area(shape)}
    return tuple(_balance(plan, view, status, shapes) for status in STATUSES if status in coded)


def _balance(plan: Plan, view: View, status: str, shapes: tuple[Shape, ...]) -> Balance:
    coded = [shape for shape in shapes if shape.feature.status == status and _is_coded_area(shape)]
    covers = _covers(coded)
    inside = {code: cover.intersection(view.locator.extent) for code, cover in covers.items()}
    covered_m2 = float(shapely.union_all(list(inside.values())).area)
    whole_m2 = float(shapely.union_all(list(covers.values())).area)
    return Balance(
        layer=coded[0].feature.layer,
        status=status,
        classes=tuple(_class_area(plan, code, coded, inside[code], covered_m2) for code in inside),
        covered_m2=covered_m2,
        outside_m2=max(0.0, whole_m2 - covered_m2),
        overlaps=_overlaps(inside),
        without_code=sum(shape.area_m2 is not None and not shape.feature.land_use for shape in shapes),
        without_area=sum(shape.area_m2 is None and bool(shape.feature.land_use) for shape in shapes),
    )


def _covers(coded: list[Shape]) -> dict[str, Any]:
    """What each class covers, in metres, by code in the order of the codes."""
    codes = sorted({str(shape.feature.land_use) for shape in coded})
    return {code: shapely.union_all([s.geometry_m for s in coded if s.feature.land_use == code]) for code in codes}


def _class_area(plan: Plan, code: str, coded: list[Shape], inside: Any, covered_m2: float) -> ClassArea:
    table = land_use_table(plan.catalogue.land_use)
    return ClassArea(
        code=code,
        name_zh=table.name(code, "zh"),
        name_en=table.name(code, "en"),
        colour=table.colour(code),
        features=sum(shape.feature.land_use == code for shape in coded),
        area_m2=float(inside.area),
        share=float(inside.area) / covered_m2 if covered_m2 else 0.0,
    )


def _overlaps(inside: Mapping[str, Any]) -> tuple[Overlap, ...]:
    pairs = ((pair, float(inside[pair[0]].intersection(inside[pair[1]]).area)) for pair in combinations(inside, 2))
    return tuple(Overlap(pair, area_m2) for pair, area_m2 in pairs if area_m2 >= SLIVER_M2)


def _is_coded_area(shape: Shape) -> bool:
    return shape.area_m2 is not None and bool(shape.feature.land_use)
