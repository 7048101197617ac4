"""Stated figures beside what the map measures, with a verdict that knows how accurate the map is."""

from geo.plan import Plan
from geo.reconcile.comparison import (
    AGREES,
    CHECK_VERDICTS,
    DIFFERS,
    DOUBTFUL,
    NOT_COMPARABLE,
    VERDICTS,
    Comparison,
    Measured,
    judge,
    measured_area,
    measured_length,
)
from geo.reconcile.derived import derived_checks
from geo.reconcile.direct import compare_figure, compared_figures

__all__ = [
    "AGREES",
    "CHECK_VERDICTS",
    "DIFFERS",
    "DOUBTFUL",
    "NOT_COMPARABLE",
    "VERDICTS",
    "Comparison",
    "Measured",
    "compare_figure",
    "compared_figures",
    "derived_checks",
    "judge",
    "measured_area",
    "measured_length",
    "reconcile",
]


def reconcile(plan: Plan) -> tuple[Comparison, ...]:
    """Every stated figure that a map could answer and every derived check, in the order of the ledger."""
    return (*compared_figures(plan), *derived_checks(plan))
