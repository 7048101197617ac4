"""Where the atlas has a project: drawn, counted at an area, counted at the zone, not placed, or elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from geo.catalogue import Project
from geo.plan import Plan
from geo.view import View

PLACEMENTS = ("drawn", "area", "zone", "unknown", "elsewhere")


@dataclass(frozen=True)
class Entry:
    """A project and where it is shown.

    `placement`: "drawn" (as the feature `at`), "area" (known in words, counted at the area `at`), "zone" (in the
    zone, no more is known), "unknown" (no source places it) or "elsewhere" (outside of the zone). `ring` is the home
    zone of what is drawn, None for all others.
    """

    project: Project
    placement: str
    at: str | None
    ring: str | None


def entries(plan: Plan, view: View) -> tuple[Entry, ...]:
    """Every project of the ledger in its order with the place that it has in `view`."""
    return tuple(_entry(plan, view, project) for project in plan.catalogue.projects)


def _entry(plan: Plan, view: View, project: Project) -> Entry:
    shape = plan.shapes.get(project.feature or "")
    if shape is not None and shape.geometry is not None:
        standing = view.standings.get(shape.feature.id)
        return Entry(project, "drawn", shape.feature.id, standing.home_zone if standing else None)
    area = project.placed_in or (shape.feature.placed_in if shape is not None else None)
    if area is not None and plan.shapes[area].geometry is not None:
        return Entry(project, "area", area, None)
    if project.is_in_zone:
        return Entry(project, "zone", None, None)
    return Entry(project, "elsewhere" if project.in_zone == "no" else "unknown", None, None)
