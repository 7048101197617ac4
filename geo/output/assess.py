"""An assessment as the world outside reads it: areas, zones with their interval, verdicts with reasons."""

from __future__ import annotations

from geo.assess import Assessment, Distance, Meeting
from geo.output.features import MAP_DECIMALS, Json, rounded, zone_shares_json
from geo.plan import Plan
from geo.rules import Quantity, RuleVerdict
from geo.units import M2_PER_MU
from geo.view import View

RATIO_DECIMALS = 6


def assessment_json(plan: Plan, view: View, found: Assessment) -> Json:
    """One assessment: areas in m2 and mu, shares 0 to 1, distances in m, texts in both languages."""
    return {
        "extent": view.extent,
        "reading": view.reading,
        "crs": plan.catalogue.metric_crs,
        "version": plan.catalogue.version,
        "centre": [round(side, MAP_DECIMALS) for side in found.centre],
        "area_m2": round(found.area_m2, 2),
        "area_ellipsoidal_m2": round(found.area_ellipsoidal_m2, 2),
        "area_mu": round(found.area_m2 / M2_PER_MU, 4),
        "home_zone": found.home_zone,
        "zones": zone_shares_json(found.zones),
        "layers": [_meeting(plan, one) for one in found.layers],
        "green": {"existing_park_share": rounded(found.existing_park_share, RATIO_DECIMALS)},
        "distances": [_distance(plan, one) for one in found.distances],
        "rules": [_rule(one) for one in found.verdicts],
        "verdict": found.verdict,
        "notices": [{"zh": zh, "en": en} for zh, en in found.notices],
        "sources": list(found.sources),
    }


def _meeting(plan: Plan, one: Meeting) -> Json:
    shares = {"share": one.share, "share_low": one.low, "share_high": one.high}
    return {
        **_named(plan, one.feature),
        "is_drawn": one.is_drawn,
        **{name: rounded(value, RATIO_DECIMALS) for name, value in shares.items()},
    }


def _distance(plan: Plan, one: Distance) -> Json:
    lengths = {"distance_m": one.distance_m, "low_m": one.low_m, "high_m": one.high_m}
    return {**_named(plan, one.feature), **{name: rounded(value, 1) for name, value in lengths.items()}}


def _named(plan: Plan, feature_id: str) -> Json:
    feature = plan.shapes[feature_id].feature
    names = ("id", "layer", "name_zh", "name_en", "geometry_basis", "accuracy_m", "status")
    return {name: getattr(feature, name) for name in names}


def _rule(one: RuleVerdict) -> Json:
    texts = {"name": one.name, "reason": one.reason, "what_would_change": one.what_would_change}
    return {
        "id": one.rule,
        "kind": one.kind,
        "verdict": one.verdict,
        **{
            f"{name}_{lang}": text
            for name, both in texts.items()
            for lang, text in zip(("zh", "en"), both, strict=True)
        },
        "measured": [_quantity(quantity) for quantity in one.measured],
        "limits": [_quantity(quantity) for quantity in one.limits],
        "source": one.source,
        "place": one.place,
        "standard_zh": one.standard[0],
        "standard_en": one.standard[1],
        "edition": one.edition,
        "basis": one.basis,
    }


def _quantity(one: Quantity) -> Json:
    return {"name": one.name, "value": one.value, "unit": one.unit}
