"""The figures of a view as JSON: stated beside computed, each with unit, denominator and reason."""

from __future__ import annotations

from typing import Any

from geo import metrics as figures
from geo import rings
from geo.catalogue import Population
from geo.green import GreenFigure
from geo.output.features import Json, rounded, stated_area, view_json
from geo.plan import EXTENT_LAYERS, Plan
from geo.view import Shape, View

METRIC_NAMES = {
    "green_coverage_rate": ("绿化覆盖率", "green coverage rate"),
    "green_space_ratio": ("绿地率", "green space ratio"),
    "mapped_green_share": ("已上图绿地占比（下限）", "mapped green share, lower bound"),
    "park_green_per_head": ("人均公园绿地面积", "park green per head"),
}
DENOMINATORS = {
    "zone": ("区域面积", "area of the zone"),
    "seen": ("有数据的面积", "area with data"),
    "residents": ("常住人口", "residents"),
}


def metrics(plan: Plan, view: View) -> Json:
    """Extents, waters, zones and green figures of a view; `closure` shows that the zones sum to the extent."""
    zones = figures.zone_figures(plan, view)
    total = sum(zone.area_m2 for zone in zones)
    return {
        **view_json(view),
        "crs": plan.catalogue.metric_crs,
        "version": plan.catalogue.version,
        "extents": {year: _measured(plan, view, layer)[0] for year, layer in EXTENT_LAYERS.items()},
        "waters": _measured(plan, view, "water"),
        "land_area_m2": round(view.land_area_m2, 2),
        "zones": [_zone(plan, view, zone) for zone in zones],
        "closure": {
            "zones_m2": round(total, 2),
            "extent_m2": round(view.extent_area_m2, 2),
            "relative": abs(total - view.extent_area_m2) / view.extent_area_m2,
        },
        "green": [green(figure) for figure in figures.extent_green(plan, view)],
        "population": _population(figures.population(plan, view)),
        "sites_in_words": [
            {"placed_in": area, "sites": list(sites)} for area, sites in figures.sites_in_words(plan, view).items()
        ],
    }


def green(figure: GreenFigure) -> Json:
    """One green figure with its name, what it counts, its denominator, and the reason if there is no value."""
    name_zh, name_en = METRIC_NAMES[figure.metric]
    of_zh, of_en = DENOMINATORS[figure.denominator_of]
    return {
        "metric": figure.metric,
        "name_zh": name_zh,
        "name_en": name_en,
        "value": rounded(figure.value, 6),
        "unit": "m2_per_person" if figure.metric == "park_green_per_head" else "share",
        "lower_bound": figure.lower_bound,
        "numerator_m2": rounded(figure.numerator_m2, 2),
        "denominator": rounded(figure.denominator, 2),
        "denominator_of": figure.denominator_of,
        "denominator_zh": of_zh,
        "denominator_en": of_en,
        "seen_share": rounded(figure.seen_share, 6),
        "counts_zh": figure.counts_zh,
        "counts_en": figure.counts_en,
        "reason_zh": figure.reason_zh,
        "reason_en": figure.reason_en,
    }


def _population(residents: Population | None) -> Json | None:
    if residents is None:
        return None
    names = ("persons", "qualifier", "year", "source", "place", "figure")
    return {name: getattr(residents, name) for name in names}


def _measured(plan: Plan, view: View, layer_id: str) -> list[Json]:
    return [_measure(shape) for shape in plan.of_layer(layer_id, view)]


def _measure(shape: Shape) -> Json:
    return {
        "id": shape.feature.id,
        "name_zh": shape.feature.name_zh,
        "name_en": shape.feature.name_en,
        "area_m2": rounded(shape.area_m2, 2),
        "area_u_m2": rounded(shape.area_u_m2, 2),
        "area_ellipsoidal_m2": rounded(shape.area_ellipsoidal_m2, 2),
        "accuracy_m": shape.feature.accuracy_m,
        "stated_area": stated_area(shape.feature.stated_area),
    }


def _zone(plan: Plan, view: View, zone: figures.ZoneFigures) -> Json:
    name_zh, name_en = zone_name(view, zone.zone)
    return {
        "id": zone.zone,
        "name_zh": name_zh,
        "name_en": name_en,
        "area_m2": round(zone.area_m2, 2),
        "share_of_land": rounded(zone.share_of_land, 6),
        "share_of_extent": rounded(zone.share_of_extent, 6),
        "sites": list(zone.sites),
        "green": [green(figure) for figure in zone.green],
        "population": _population(figures.population(plan, view, zone.zone)),
    }


def zone_name(view: View, zone_id: str) -> tuple[str, str]:
    """The name of a zone in Chinese and English."""
    names: dict[str, Any] = {info.id: (info.name_zh, info.name_en) for info in view.config.rings}
    fallback = ("水面", "Water") if zone_id == rings.WATER else (zone_id, zone_id)
    found: tuple[str, str] = names.get(zone_id, fallback)
    return found
