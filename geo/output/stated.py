"""Stated areas beside computed ones: the difference, and whether the accuracy of the outline explains it."""

from __future__ import annotations

from dataclasses import dataclass

from geo.plan import EXTENT_LAYERS, Plan
from geo.reconcile import judge, measured_area
from geo.view import Shape, View


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


def _compare(shape: Shape) -> Compared:
    stated, measured = shape.feature.stated_area, measured_area(shape)
    if stated is None or measured is None:
        return Compared(shape, None, None, None)
    off = measured.value - stated.area_m2
    return Compared(shape, off, off / stated.area_m2, judge(stated.area_m2, measured))
