"""What a choice of projects holds: how many rows each further choice would leave, and sums that count nothing twice."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geo.catalogue import Project
from geo.projects.filters import CHOICES, Row, Wanted, select, value_of
from geo.timeline import NONE, STAGE_KEYS, stage_of, without_parts

_ORDERED = ("in_zone", "placement", "ring", "phase")  # their values have an order of their own


@dataclass(frozen=True)
class Facet:
    """One value of a filter, and how many rows have it among those that all other filters leave."""

    value: str
    count: int


def facets(
    listed: Sequence[Row], wanted: Wanted, possible: Mapping[str, Sequence[str]]
) -> Mapping[str, tuple[Facet, ...]]:
    """The values of each filter of CHOICES that some row of `listed` has, with their counts, zero counts included.

    A count takes all filters but its own, so that it says what choosing the value would give. Values stand in the
    order of `possible` where they have one, else the most frequent of all rows first; "none" stands last. With a
    moment there are counts of "stage" too.
    """
    found = {choice: _facet(listed, wanted, choice, possible.get(choice, ())) for choice in CHOICES}
    if wanted.moment:
        held = Counter(stage_of(row.term, wanted.moment) for row in select(listed, wanted, but=("stage",)))
        found["stage"] = tuple(Facet(key, held[key]) for key in STAGE_KEYS)
    return found


def _facet(listed: Sequence[Row], wanted: Wanted, choice: str, order: Sequence[str]) -> tuple[Facet, ...]:
    overall = Counter(value_of(row, choice) for row in listed)
    held = Counter(value_of(row, choice) for row in select(listed, wanted, but=(choice,)))
    place = {value: number for number, value in enumerate(order)} if choice in _ORDERED else {}

    def rank(value: str) -> tuple[object, ...]:
        return (value == NONE, place.get(value, len(place)), -overall[value], value)

    return tuple(Facet(value, held[value]) for value in sorted(overall, key=rank))


@dataclass(frozen=True)
class LandSum:
    """The land of one kind: how many rows state it, their sum in mu, and the sum without parts of stated wholes."""

    kind: str
    rows: int
    sum_of_rows_mu: float
    without_parts_mu: float


@dataclass(frozen=True)
class Totals:
    """The sums of some rows: investments in 10,000 CNY, land in mu for each kind on its own.

    A sum without parts leaves a part out if a whole above it, among the same rows, states the figure too. `silent`
    rows state no investment; in the sums they count as nothing, which is not the same as costing nothing. Land of
    different kinds (the site built on, a frame or park, one phase) is never added up.
    """

    count: int
    sum_of_rows_1e4_cny: float
    without_parts_1e4_cny: float
    silent: int
    land: tuple[LandSum, ...]


def totals(listed: Sequence[Row]) -> Totals:
    """The totals of some rows; of none all are zero and there is no land."""
    projects = [row.project for row in listed]
    return Totals(
        count=len(projects),
        sum_of_rows_1e4_cny=_invested(projects),
        without_parts_1e4_cny=_invested(without_parts(projects)),
        silent=sum(project.investment_1e4_cny is None for project in projects),
        land=_land(projects),
    )


def _invested(projects: Sequence[Project]) -> float:
    return math.fsum(project.investment_1e4_cny or 0 for project in projects)


def _land(projects: Sequence[Project]) -> tuple[LandSum, ...]:
    kinds = dict.fromkeys(project.land_kind for project in projects if project.land_mu is not None)
    return tuple(_land_of(projects, kind) for kind in sorted(kinds))


def _land_of(projects: Sequence[Project], kind: str) -> LandSum:
    stating = {p.id: p.land_mu for p in projects if p.land_kind == kind and p.land_mu is not None}
    outermost = [p.land_mu for p in projects if p.id in stating and stating.keys().isdisjoint(p.wholes)]
    return LandSum(kind, len(stating), math.fsum(stating.values()), math.fsum(mu or 0 for mu in outermost))
