"""Land for a wish as the world outside reads it: places with their reasons, what each wish costs, a drawing.

Areas are m2 rounded to 0.01 and mu, shares 0 to 1 with 6 decimals, lengths and distances m rounded to 0.1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import shapely

from geo import crs
from geo.assess import Distance
from geo.find import Found, Miss, Place, Relaxation, Wish
from geo.output.assess import assessment_json
from geo.output.features import Json, geometry_json, view_json
from geo.output.layers import LEGAL_EN, LEGAL_ZH, notice_text
from geo.output.mapcut import MapCut, map_cut
from geo.plan import Plan
from geo.rules import NOTE, PLACE_RULES, RuleVerdict
from geo.units import M2_PER_MU
from geo.view import Shape, View

DECIMALS = 8  # of a degree: a millimetre, so that the area stays the wanted one
WAYS_SHOWN = ("metro", "road")
RANKING_ZH = "先看结论，再看在主圈层的把握（按一成分级），再看到地铁站与主要道路的距离之和，最后看四周余地。"
RANKING_EN = (
    "By verdict, then by how surely it lies in its home ring (in steps of 10%), then by the way to a station and a "
    "main road together, then by the room around."
)
_CUT_MARGIN = 0.08  # of the larger side, taken from the margin of the drawing: there is nothing around to look at
_NO_SELECTION = ("sel-", "stipple")


def find_json(plan: Plan, view: View, found: Found, most: int) -> Json:
    """The best `most` places with geometry, figures and reasons; what leaving a wish out opens; the nearest miss."""
    return {
        "version": plan.catalogue.version,
        **view_json(view),
        "crs": plan.catalogue.metric_crs,
        "asked": asked_json(found.wish),
        "ground_m2": round(found.ground_m2, 2),
        **_areas("open", found.open_m2),
        "count": found.count,
        "ranking_zh": RANKING_ZH,
        "ranking_en": RANKING_EN,
        "candidates": [_place(plan, view, one) for one in found.candidates[:most]],
        "relaxations": [_relaxation(one) for one in found.relaxations],
        "miss": _miss(plan, found.miss),
        "notices": [{"zh": zh, "en": en} for zh, en in found.notices],
        "legal_zh": LEGAL_ZH,
        "legal_en": LEGAL_EN,
    }


def asked_json(wish: Wish) -> Json:
    """A wish as it was understood; null asks nothing, no zones mean all land."""
    return {
        "mu": wish.mu,
        "land_use": wish.land_use,
        "zones": list(wish.zones),
        "water_min_m": wish.water_min_m,
        "metro_max_m": wish.metro_max_m,
        "road_max_m": wish.road_max_m,
        "clear": list(wish.clear),
    }


def find_geojson(plan: Plan, view: View, found: Found, most: int, review_no: str | None = None) -> Json:
    """The best places as a GeoJSON collection; what a reader must know stands in each feature."""
    notice = "；".join([notice_text(view, review_no), *(f"{zh} / {en}" for zh, en in found.notices)])
    features = []
    for one in found.candidates[:most]:
        properties = {
            "rank": one.rank,
            "land_use": found.wish.land_use,
            "area_m2": round(one.found.area_m2, 2),
            "area_mu": round(one.found.area_m2 / M2_PER_MU, 4),
            "verdict": one.found.verdict,
            "home_zone": one.home.zone,
            "share_low": round(one.home.low, 6),
            "share_high": round(one.home.high, 6),
            "reason_zh": one.reason[0],
            "reason_en": one.reason[1],
            "notice": notice,
        }
        geometry = geometry_json(one.found.geometry, DECIMALS)
        features.append({"type": "Feature", "geometry": geometry, "properties": properties})
    return {"type": "FeatureCollection", "features": features}


def find_cut(plan: Plan, view: View, found: Found, most: int) -> MapCut | None:
    """The wanted land with the places numbered, or the nearest miss, over rings and water."""
    places = [one.site_m for one in found.candidates[:most]]
    tried = [] if found.miss is None else [found.miss.site_m]
    seen = [one for one in (found.open_m, *places, *tried) if not one.is_empty] or [view.locator.extent]
    west, south, east, north = shapely.total_bounds(seen)
    less = min(_CUT_MARGIN * max(east - west, north - south), 0.4 * (east - west), 0.4 * (north - south))
    window = Shape(view.lake.feature, geometry_m=shapely.box(west + less, south + less, east - less, north - less))
    over = [
        ("find-open", found.open_m),
        *(("find-site", one) for one in places),
        *(("find-miss", one) for one in tried),
    ]
    marked = [Shape(view.lake.feature, geometry_m=one) for one in places]
    cut = map_cut(plan, view, window, marked, over=over)
    if cut is None:
        return None
    # The window is no feature: what would select it is left out.
    return replace(cut, strokes=tuple(one for one in cut.strokes if not one.classes.startswith(_NO_SELECTION)))


def site_words(place: Place, land_use: str | None) -> str:
    """A place as the page of a site takes it, after # in the address."""
    corners = shapely.get_coordinates(place.found.geometry)[:-1]
    ring = ";".join(f"{lon:.7f},{lat:.7f}" for lon, lat in corners)
    return f"site=0~{ring}&from=drawn" + (f"&use={land_use}" if land_use else "")


def shared_rules(places: Sequence[Place]) -> tuple[RuleVerdict, ...]:
    """What the rules say alike of every place; notes and the rules about rings and areas are left out."""
    if not places:
        return ()
    told = [{(one.rule, one.verdict) for one in place.found.verdicts} for place in places]
    common = set.intersection(*told)
    return tuple(
        one
        for one in places[0].found.verdicts
        if (one.rule, one.verdict) in common and one.verdict != NOTE and one.kind not in PLACE_RULES
    )


def own_rules(place: Place, shared: Sequence[RuleVerdict]) -> tuple[RuleVerdict, ...]:
    """What the rules say of a place beside what they say of all."""
    known = {one.rule for one in shared}
    return tuple(one for one in place.found.verdicts if one.rule not in known and one.verdict != NOTE)


def _place(plan: Plan, view: View, one: Place) -> Json:
    told = assessment_json(plan, view, one.found)
    deciding = [rule.rule for rule in one.found.verdicts if rule.verdict == one.found.verdict]
    return {
        "rank": one.rank,
        "reason_zh": one.reason[0],
        "reason_en": one.reason[1],
        "geometry": geometry_json(one.found.geometry, DECIMALS),
        "centre": told["centre"],
        "area_m2": told["area_m2"],
        "mu": told["area_mu"],
        "home_zone": told["home_zone"],
        "shares": told["zones"],
        "verdict": told["verdict"],
        "place_verdict": one.place_verdict,
        "deciding": deciding,
        "rules": told["rules"],
        "layers": told["layers"],
        "sure": {"zone": one.home.zone, "low": round(one.home.low, 6), "high": round(one.home.high, 6)},
        "distances": {name: _way(plan, getattr(one, name)) for name in WAYS_SHOWN},
        "room_m": round(one.room_m, 1),
    }


def _way(plan: Plan, way: Distance | None) -> Json | None:
    if way is None:
        return None
    feature = plan.shapes[way.feature].feature
    names = {"id": feature.id, "name_zh": feature.name_zh, "name_en": feature.name_en}
    lengths = {name: round(getattr(way, name), 1) for name in ("distance_m", "low_m", "high_m")}
    return {**names, **lengths}


def _relaxation(one: Relaxation) -> Json:
    return {"wish": one.wish, **_areas("open", one.open_m2), **_areas("more", one.more_m2)}


def _miss(plan: Plan, miss: Miss | None) -> Json | None:
    if miss is None:
        return None
    placed: Any = crs.to_lonlat(miss.site_m, plan.catalogue.metric_crs)
    largest = {"area_m2": round(miss.area_m2, 2), "mu": round(miss.area_m2 / M2_PER_MU, 4)}
    return {**largest, "zone": miss.zone, "geometry": geometry_json(placed, DECIMALS)}


def _areas(name: str, area_m2: float) -> Json:
    return {f"{name}_m2": round(area_m2, 2), f"{name}_mu": round(area_m2 / M2_PER_MU, 2)}
