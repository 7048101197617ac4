"""An assessment as the world outside reads it: areas, zones with their interval, verdicts with reasons."""

from __future__ import annotations

from geo.assess import Answer, AnsweredSite, Assessment, Distance, Meeting
from geo.formats.geojson import Note
from geo.output.features import MAP_DECIMALS, Json, geometry_json, rounded, view_json, zone_shares_json
from geo.plan import Plan
from geo.rules import Quantity, RuleVerdict
from geo.units import M2_PER_MU
from geo.view import View

RATIO_DECIMALS = 6
PART_DECIMALS = 7  # of a degree: a centimetre


def answer_json(plan: Plan, view: View, answer: Answer, *, each: bool, parts: bool = False) -> Json:
    """An answer: the one site's assessment, or with `each` a list of them; what was read, left out and changed.

    With `parts` each assessment has its geometry, and each rule the part of the site that it speaks of, or null.
    """
    read = {
        "crs_read": answer.crs,
        "datum_read": answer.datum,
        "skipped": [{"feature": one.feature, "zh": one.zh, "en": one.en} for one in answer.skipped],
    }
    if each:
        sites = [
            {"site": one.number, **_site_json(plan, view, one, parts), "notices": _site_notices(one)}
            for one in answer.sites
        ]
        return {"sites": sites, **read, "notices": [_note(note) for note in answer.notices]}
    (one,) = answer.sites
    notices = [*(_note(note) for note in answer.notices), *_site_notices(one)]
    return {**_site_json(plan, view, one, parts), **read, "notices": notices}


def _site_json(plan: Plan, view: View, one: AnsweredSite, parts: bool) -> Json:
    found = assessment_json(plan, view, one.found)
    if parts:
        placed = dict(one.found.parts)
        found["geometry"] = geometry_json(one.found.geometry, PART_DECIMALS)
        for rule in found["rules"]:
            rule["part"] = geometry_json(placed.get(rule["id"]), PART_DECIMALS)
    return {"features": list(one.features), **found}


def _site_notices(one: AnsweredSite) -> list[Json]:
    return [*(_note(note) for note in one.notices), *({"zh": zh, "en": en} for zh, en in one.found.notices)]


def _note(note: Note) -> Json:
    return {"name": note.name, "zh": note.zh, "en": note.en}


def assessment_json(plan: Plan, view: View, found: Assessment) -> Json:
    """One assessment: areas in m2 and mu, shares 0 to 1, distances in m, texts in both languages."""
    return {
        **view_json(view),
        "crs": plan.catalogue.metric_crs,
        "version": plan.catalogue.version,
        "centre": [round(side, MAP_DECIMALS) for side in found.centre],
        "area_m2": round(found.area_m2, 2),
        "area_ellipsoidal_m2": round(found.area_ellipsoidal_m2, 2),
        "area_mu": round(found.area_m2 / M2_PER_MU, 4),
        "accuracy_m": found.accuracy_m,
        "land_use": found.land_use,
        "indicators": dict(found.indicators),
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
