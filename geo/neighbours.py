"""What lies near a feature: distances in metres between outlines, and what the accuracies leave possible.

A point and a symbolic footprint count as their place alone, an outline or a line as it is drawn.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from geo.view import Shape

MOST = 6
_MEET_M = 0.01  # what lies nearer has met: coordinates in degrees are no truer
APART, TOUCHES, OVERLAPS, WITHIN, HOLDS, SAME = ("apart", "touches", "overlaps", "within", "holds", "same")


@dataclass(frozen=True)
class Neighbour:
    """A shape near another one: how it stands to it, how far (m) as drawn, and from where to where on the ground."""

    shape: Shape
    relation: str  # how the first shape stands to this one, see `relation`
    distance_m: float
    low_m: float
    high_m: float


def nearest(shape: Shape, others: Iterable[Shape], most: int = MOST) -> tuple[Neighbour, ...]:
    """The `most` nearest of `others`, nearest first; of equally near ones the first in the order given.

    Shapes without geometry and the shape itself are passed over; a shape without geometry has no neighbours.
    """
    here = ground_of(shape)
    if here is None:
        return ()
    located = [(one, ground_of(one)) for one in others if one.feature.id != shape.feature.id]
    measured = [(float(here.distance(ground)), one, ground) for one, ground in located if ground is not None]
    near = sorted(measured, key=lambda row: row[0])[:most]
    return tuple(_neighbour(shape, one, distance_m, relation(here, ground)) for distance_m, one, ground in near)


def ground_of(shape: Shape) -> Any:
    """What of a shape is measured to, in metres: the place of a point or symbol, else outline or line; None if none."""
    return shape.geometry_m if shape.anchor_m is None else shape.anchor_m


def relation(a: Any, b: Any) -> str:
    """How geometry `a` stands to geometry `b` as drawn: apart, touches (edges or corners alone), overlaps (or crosses),
    within (a in b), holds (b in a) or same. What is thinner than a centimetre, gap or overlap, is nothing.

    >>> from shapely import Point, box
    >>> [relation(Point(x, 1), box(0, 0, 2, 2)) for x in (1, 2, 3)], relation(box(0, 0, 2, 2), box(1, 1, 3, 3))
    (['within', 'touches', 'apart'], 'overlaps')
    """
    if a.distance(b) > _MEET_M:
        return APART
    if a.geom_type == b.geom_type and a.hausdorff_distance(b) <= _MEET_M:
        return SAME
    if _inside(a).disjoint(_inside(b)) or a.touches(b):
        return TOUCHES
    if b.buffer(_MEET_M).covers(a):
        return WITHIN
    return HOLDS if a.buffer(_MEET_M).covers(b) else OVERLAPS


def possible_m(distance_m: float, accuracy_m: float, other_accuracy_m: float) -> tuple[float, float]:
    """The least and the greatest distance in metres if both places move as far as their accuracy (m) allows.

    >>> possible_m(500.0, 100.0, 50.0), possible_m(80.0, 100.0, 50.0)
    ((350.0, 650.0), (0.0, 230.0))
    """
    both_m = accuracy_m + other_accuracy_m
    return max(0.0, distance_m - both_m), distance_m + both_m


def _inside(geometry: Any) -> Any:
    """An area without its edge; lines and points as they are."""
    return geometry.buffer(-_MEET_M) if geometry.area else geometry


def _neighbour(shape: Shape, other: Shape, distance_m: float, how: str) -> Neighbour:
    low_m, high_m = possible_m(distance_m, shape.accuracy_m, other.accuracy_m)
    return Neighbour(other, how, distance_m, low_m, high_m)
