"""Stated areas beside computed ones: the difference, and whether the accuracy of the outline explains it."""

from __future__ import annotations

from dataclasses import dataclass

from geo.plan import EXTENT_LAYERS, Plan
from geo.view import Shape, View

NEAR_ENOUGH = 0.02  # of the stated area: within this two figures agree whatever the bound


@dataclass(frozen=True)
class Compared:
    """A mapped area and what a source states of it; difference (m2), ratio and verdict are None without a statement."""

    shape: Shape
    difference_m2: float | None
    ratio: float | None
    verdict: str | None


def compared_areas(plan: Plan, view: View) -> tuple[Compared, ...]:
    """The extents and the mapped waters, each computed beside stated."""
    shapes = (shape for layer in (*EXTENT_LAYERS.values(), "water") for shape in plan.of_layer(layer, view))
    return tuple(_compare(shape) for shape in shapes if shape.area_m2 is not None)


def judge(computed_m2: float, stated_m2: float, bound_m2: float, edge_band_m2: float) -> str:
    """ "agrees" within the bound or 2 %, "doubtful" within perimeter times accuracy, beyond that "differs".

    >>> judge(98.0, 100.0, 0.0, 0.0), judge(90.0, 100.0, 5.0, 20.0), judge(90.0, 100.0, 5.0, 9.0)
    ('agrees', 'doubtful', 'differs')
    """
    off = abs(computed_m2 - stated_m2)
    if off <= max(bound_m2, NEAR_ENOUGH * stated_m2):
        return "agrees"
    return "doubtful" if off <= edge_band_m2 else "differs"


def _compare(shape: Shape) -> Compared:
    stated, area_m2 = shape.feature.stated_area, shape.area_m2
    if stated is None or area_m2 is None:
        return Compared(shape, None, None, None)
    edge_band_m2 = float(shape.geometry_m.length) * shape.accuracy_m
    off = area_m2 - stated.area_m2
    verdict = judge(area_m2, stated.area_m2, shape.area_u_m2 or 0.0, edge_band_m2)
    return Compared(shape, off, off / stated.area_m2, verdict)
