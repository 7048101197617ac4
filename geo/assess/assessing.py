"""One site and one view of the plan: measured, placed, and judged by the rules."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from shapely.geometry.base import BaseGeometry

from geo import crs, membership, rings
from geo.assess.facts import Assessment, Candidate, Meeting, Words
from geo.assess.parts import rule_parts
from geo.assess.surroundings import EXISTING, distances, meetings, shapes_of, share_with, undrawn_near
from geo.errors import GeometryError
from geo.plan import Plan
from geo.rules import UNKNOWN, Overlap, RuleVerdict, Share, SiteFacts, judge_site, overall
from geo.view import Shape, View, ZoneShare

PARKS = "parks"


def assess(plan: Plan, view: View, site: Candidate) -> Assessment:
    """What the plan in `view` says of a site, taken as one even if it has several parts.

    GeometryError for anything but valid polygons larger than 0; CrsError beyond the area of use of the plan's CRS;
    QueryError for a property that cannot be read.
    """
    if site.geometry.geom_type not in ("Polygon", "MultiPolygon"):
        raise GeometryError(
            f"A site is an area; found {site.geometry.geom_type}. Give polygons.",
            f"地块应为面；实际为 {site.geometry.geom_type}。请给出多边形。",
        )
    site_m = crs.to_metres(site.geometry, plan.catalogue.metric_crs)
    zones = _zones(view, site_m, site.accuracy_m)
    met = meetings(plan, site_m, site.accuracy_m)
    verdicts = _judge(plan, site, site_m, zones)
    parks = [shape for shape in shapes_of(plan, PARKS, EXISTING) if shape.area_m2 is not None]
    centre = site.geometry.representative_point()
    return Assessment(
        area_m2=float(site_m.area),
        area_ellipsoidal_m2=crs.ellipsoidal_area_m2(site.geometry, centre=plan.metric_frame.centre),
        centre=(float(centre.x), float(centre.y)),
        home_zone=zones[membership.home_zone([row.share for row in zones])].zone,
        zones=zones,
        layers=met,
        distances=distances(plan, site_m, site.accuracy_m),
        existing_park_share=share_with(parks, site_m, site.accuracy_m)[0] if parks else None,
        verdicts=verdicts,
        verdict=overall(verdicts) if verdicts else UNKNOWN,
        notices=tuple(_notices(plan, view, zones)),
        sources=_sources(plan, view, met, verdicts),
        geometry=site.geometry,
        accuracy_m=site.accuracy_m,
        land_use=site.land_use,
        indicators=site.indicators,
        parts=rule_parts(plan, view, site_m, [one.rule for one in verdicts]),
    )


def _zones(view: View, site_m: BaseGeometry, accuracy_m: float) -> tuple[ZoneShare, ...]:
    names = (*view.zones, rings.OUTSIDE)
    shares = membership.share_by_zone([site_m], list(view.zones.values()))[0]
    low, high = membership.share_bounds(site_m, view.locator, math.hypot(view.lake.accuracy_m, accuracy_m))
    rows = zip(names, shares, low, high, strict=True)
    return tuple(
        ZoneShare(zone, float(share), float(share) * site_m.area, float(least), float(most))
        for zone, share, least, most in rows
    )


def _judge(plan: Plan, site: Candidate, site_m: BaseGeometry, zones: Sequence[ZoneShare]) -> tuple[RuleVerdict, ...]:
    """The verdicts of the rules of the data folder; none if it has no rules."""
    book = plan.catalogue.rules
    if book is None:
        return ()
    layers = {layer.id for layer in plan.catalogue.layers}
    looked_at = dict.fromkeys((rule.layer, rule.status) for rule in book.rules if rule.layer)
    slots = {rule.slot for rule in book.rules if rule.slot and rule.slot in layers}
    looked_at |= dict.fromkeys((slot, EXISTING) for slot in slots)
    features = {rule.feature for rule in book.rules if rule.feature}
    facts = SiteFacts(
        zones={row.zone: Share(row.low, row.high) for row in zones},
        land_use=site.land_use,
        indicators=site.indicators,
        overlaps=tuple(_overlap(plan, site, site_m, key) for key in looked_at),
        areas={name: _share([plan.shapes[name]], site, site_m) for name in sorted(features)},
        loaded=frozenset(slots),
    )
    return judge_site(book, facts)


def _overlap(plan: Plan, site: Candidate, site_m: BaseGeometry, key: tuple[str, str]) -> Overlap:
    shapes = shapes_of(plan, *key)
    undrawn = undrawn_near(plan, shapes, site_m, site.accuracy_m)
    return Overlap(*key, _share(shapes, site, site_m), len(undrawn))


def _share(shapes: Iterable[Shape], site: Candidate, site_m: BaseGeometry) -> Share:
    _, low, high = share_with(shapes, site_m, site.accuracy_m)
    return Share(low, high)


def _notices(plan: Plan, view: View, zones: Sequence[ZoneShare]) -> Iterable[Words]:
    outside = next(row.share for row in zones if row.zone == rings.OUTSIDE)
    if outside >= 1:
        yield f"整块用地在 {view.extent} 年范围以外。", f"All of the site lies outside the extent of {view.extent}."
    elif outside > 0:
        yield (
            f"用地的一部分在 {view.extent} 年范围以外。",
            f"A part of the site lies outside the extent of {view.extent}.",
        )
    if plan.catalogue.rules is None:
        yield "数据文件夹没有规则文件，无法判定。", "The data folder holds no rules, so nothing can be judged."
    for slot in plan.catalogue.slots:
        yield f"未核查：未载入图层（{slot.title_zh}）。", f"Not checked: no layer loaded ({slot.title_en})."


def _sources(plan: Plan, view: View, met: Iterable[Meeting], verdicts: Iterable[RuleVerdict]) -> tuple[str, ...]:
    used = {view.lake.feature.source, *(plan.shapes[one.feature].feature.source for one in met)}
    used |= {verdict.source for verdict in verdicts if verdict.source}
    return tuple(source for source in plan.catalogue.sources if source in used)
