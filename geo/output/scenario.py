"""The difference of two views as JSON: figures in m2 and shares, sentences in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from geo import rings
from geo.catalogue import RingEdge
from geo.green import GreenFigure
from geo.output.features import Json, rounded, view_json
from geo.output.metrics import green, zone_name
from geo.plan import MOST_DISTANCE_M, Plan
from geo.scenario import Difference, GreenChange, PlaceChange, VerdictChange, ZoneChange
from geo.view import View

Verdicts = Sequence[VerdictChange]


def scenario_json(plan: Plan, other: View, found: Difference, verdicts: Verdicts | None = None) -> Json:
    """What follows from the view `other`, which `found` compares with the base; verdicts if they were asked for."""
    base = plan.view(found.base.extent, found.base.reading, found.base.distances_m)
    content = {
        "version": plan.catalogue.version,
        "crs": plan.catalogue.metric_crs,
        "base": _view(base, base),
        "scenario": _view(other, base),
        "limits": {"least_m": base.config.edges[0].distance_m, "most_m": float(MOST_DISTANCE_M)},
        "land_area_m2": round(other.land_area_m2, 2),
        "zones": [_zone(change, other, found) for change in found.zones],
        "touched": list(found.touched),
        "moved": [_place(plan, place) for place in found.moved],
        "stayed": [_place(plan, place) for place in found.places if place.shares and not place.is_moved],
        "green": [_green(change) for change in found.green],
        "sentences": [{"zh": zh, "en": en} for zh, en in found.sentences],
    }
    return content if verdicts is None else {**content, "verdicts": [_verdict(change) for change in verdicts]}


def _view(view: View, base: View) -> Json:
    """Which view it is; its edges with why they lie where they do, and where those of the base lie."""
    named = view_json(view)
    edges = zip(view.config.edges[1:], base.distances_m, strict=True)
    return {
        "extent": named["extent"],
        "reading": named["reading"],
        "rings": named["rings"],
        "is_base": view.is_base,
        "edges": [_edge(edge, base_m) for edge, base_m in edges],
    }


def _edge(edge: RingEdge, base_m: float) -> Json:
    return {
        "distance_m": edge.distance_m,
        "base_distance_m": base_m,
        "basis": edge.basis,
        "source": edge.source,
        "reason_zh": edge.reason_zh,
        "reason_en": edge.reason_en,
    }


def _zone(change: ZoneChange, view: View, found: Difference) -> Json:
    """A zone in both views: its area, and how many located places have it as their home zone."""
    name_zh, name_en = zone_name(view, change.zone)
    return {
        "id": change.zone,
        "name_zh": name_zh,
        "name_en": name_en,
        "is_land": change.zone != rings.WATER,
        "area_m2": round(change.area_m2, 2),
        "base_area_m2": round(change.base_area_m2, 2),
        "delta_m2": round(change.delta_m2, 2),
        "ratio": rounded(change.ratio, 6),
        "is_touched": change.is_touched,
        "places": sum(place.zone == change.zone for place in found.places),
        "base_places": sum(place.base_zone == change.zone for place in found.places),
    }


def _place(plan: Plan, place: PlaceChange) -> Json:
    feature = plan.shapes[place.feature].feature
    return {
        "id": place.feature,
        "name_zh": feature.name_zh,
        "name_en": feature.name_en,
        "from": place.base_zone,
        "to": place.zone,
        "base_shares": _shares(place.base_shares),
        "shares": _shares(place.shares),
        "distance_to_lake_m": rounded(place.distance_to_lake_m, 1),
        "bound_m": rounded(place.bound_m, 1),
        "ground": list(place.ground),
    }


def _shares(shares: Mapping[str, float]) -> Json:
    return {zone: round(share, 6) for zone, share in shares.items() if round(share, 6)}


def _green(change: GreenChange) -> Json:
    return {"zone": change.zone, "base": _figure(change.base), "scenario": _figure(change.figure)}


def _figure(figure: GreenFigure | None) -> Json | None:
    return None if figure is None else green(figure)


def _verdict(change: VerdictChange) -> Json:
    rules = [
        {
            "rule": one.rule,
            "name_zh": one.name[0],
            "name_en": one.name[1],
            "from": one.base_verdict,
            "to": one.verdict,
            "reason_zh": one.reason[0],
            "reason_en": one.reason[1],
        }
        for one in change.rules
    ]
    return {
        "id": change.site,
        "name_zh": change.names[0],
        "name_en": change.names[1],
        "from": change.base_verdict,
        "to": change.verdict,
        "rules": rules,
        "zh": change.sentence[0],
        "en": change.sentence[1],
    }
