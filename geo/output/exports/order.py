"""What is wanted, together with the plan that it is wanted of: the view and the coordinate system settled."""

from __future__ import annotations

from dataclasses import dataclass

from geo.output.exports.target import Target
from geo.output.exports.wanted import Wanted
from geo.plan import Plan
from geo.view import View


@dataclass(frozen=True)
class Order:
    """An export that can be made: of `plan`, in `view`, written in the system `target`."""

    plan: Plan
    view: View
    wanted: Wanted
    target: Target


def settle(plan: Plan, wanted: Wanted) -> Order:
    """The order of what is wanted; QueryError for a view, ChoiceError or CrsError for a system that cannot be had."""
    view = plan.view(wanted.extent, wanted.reading, wanted.rings)
    return Order(plan, view, wanted, wanted.format.target(wanted.crs, wanted.datum, plan.catalogue.metric_crs))
