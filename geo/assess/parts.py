"""The part of a site that a rule speaks of: what a map shows beside the verdict."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import shapely
from shapely.geometry.base import BaseGeometry

from geo import crs
from geo.assess.surroundings import EXISTING, SEEN, shapes_of
from geo.catalogue import Rule
from geo.plan import Plan
from geo.rings import OUTSIDE
from geo.rules import INSIDE
from geo.view import Shape, View


def rule_parts(
    plan: Plan, view: View, site_m: BaseGeometry, rules: Collection[str]
) -> tuple[tuple[str, BaseGeometry], ...]:
    """(rule id, part in lon/lat) by the atlas's line, for those of `rules` that have a place on the site.

    The part of a ring's rule lies in that zone, of a constraint or a loaded slot over its outlines (beyond them where
    the rule says so), of a note in its area. Rules without a place, and parts of no size, are left out.
    """
    book = plan.catalogue.rules
    found = []
    for rule in book.rules if book else ():
        if rule.id not in rules:
            continue
        part = _part(plan, view, site_m, rule)
        if part is not None and part.area > SEEN * site_m.area:
            found.append((rule.id, crs.to_lonlat(part, plan.catalogue.metric_crs)))
    return tuple(found)


def _part(plan: Plan, view: View, site_m: BaseGeometry, rule: Rule) -> BaseGeometry | None:
    if rule.ring == OUTSIDE:
        return _areas(shapely.difference(site_m, view.locator.extent))
    if rule.ring in view.zones:
        return _areas(shapely.intersection(site_m, view.zones[rule.ring]))
    if rule.feature:
        return _over([plan.shapes[rule.feature]], site_m)
    if rule.layer:
        return _over(shapes_of(plan, rule.layer, rule.status), site_m)
    if rule.slot and rule.slot in {layer.id for layer in plan.catalogue.layers}:
        within = _over(shapes_of(plan, rule.slot, EXISTING), site_m)
        return within if rule.conflict_where == INSIDE else _areas(shapely.difference(site_m, within))
    return None


def _over(shapes: Iterable[Shape], site_m: BaseGeometry) -> BaseGeometry:
    outlines = [one.geometry_m for one in shapes if one.area_m2 is not None and one.geometry_m.intersects(site_m)]
    return _areas(shapely.intersection(site_m, shapely.union_all(outlines)))


def _areas(shape: BaseGeometry) -> BaseGeometry:
    """The areas of what an intersection gives; where outlines only touch it gives points and lines too."""
    if shape.geom_type in ("Polygon", "MultiPolygon"):
        return shape
    return shapely.union_all([one for one in shapely.get_parts(shape) if one.geom_type == "Polygon"])
