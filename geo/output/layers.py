"""The plan and its layers as the world outside reads them: rows, figures, review state and legal notice.

Plain dicts ready for JSON, texts in both languages; areas m2 rounded to 0.01, shares 0 to 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import shapely

from geo import crs, rings
from geo.catalogue import Layer
from geo.landuse import land_use_table
from geo.output.features import MAP_DECIMALS, Json, feature_properties, rounded, view_json
from geo.plan import Plan
from geo.scenario import rings_text
from geo.units import format_exact
from geo.view import Shape, View

LEGAL_ZH = "非法定规划图；轮廓由公开地图概括，不得用于定界、供地、登记或导航。"
LEGAL_EN = (
    "Not a legal plan: outlines are generalised from public maps; "
    "not for boundaries, land grants, registers or navigation."
)


def review(number: str | None = None) -> Json:
    """The review state that every page and export carries: the map review number, or that there is none."""
    if number:
        return {"number": number, "notice_zh": f"审图号：{number}", "notice_en": f"Map review number: {number}"}
    return {
        "number": None,
        "notice_zh": "内部工作底图，未经审核",
        "notice_en": "internal working map, not reviewed",
    }


def layer_list(plan: Plan, view: View, review_no: str | None = None) -> Json:
    """The plan, its sources, groups, layers (in draw order, lowest first) and empty slots."""
    catalogue = plan.catalogue
    return {
        "plan": plan_facts(plan, view, review_no),
        "sources": [
            {"id": s.id, "title_zh": s.title_zh, "title_en": s.title_en, "year": s.year}
            for s in catalogue.sources.values()
        ],
        "groups": [{"id": g.id, "name_zh": g.name_zh, "name_en": g.name_en} for g in catalogue.groups],
        "layers": [layer_row(plan, layer, view) for layer in catalogue.layers],
        "land_use": land_use_rows(plan),
        "slots": [
            {"id": s.id, "title_zh": s.title_zh, "title_en": s.title_en, "why_zh": s.why_zh, "why_en": s.why_en}
            for s in catalogue.slots
        ],
    }


def land_use_rows(plan: Plan) -> list[Json]:
    """The classes of land and sea use that the plan's features carry: code, names, national map colour."""
    table = land_use_table(plan.catalogue.land_use)
    codes = sorted({shape.feature.land_use for shape in plan.shapes.values() if shape.feature.land_use})
    return [
        {
            "code": code,
            "name_zh": table.name(code, "zh"),
            "name_en": table.name(code, "en"),
            "colour": table.colour(code),
        }
        for code in codes
    ]


def notice_text(view: View, review_no: str | None = None) -> str:
    """What each feature of a file repeats in both languages: review state, legal notice, scenario if it is one."""
    state = review(review_no)
    parts = [f"{state['notice_zh']} / {state['notice_en']}", f"{LEGAL_ZH} / {LEGAL_EN}"]
    if not view.is_base:
        parts.append(f"{scenario_note(view, 'zh')} / {scenario_note(view, 'en')}")
    return "；".join(parts)


def scenario_note(view: View, lang: str) -> str:
    """What a file says of itself if its ring distances are not those of the data."""
    distances = [format_exact(distance, lang) for distance in view.distances_m]
    if lang == "zh":
        return f"情景：圈层外界距岸 {'、'.join(distances)} 米，不是基准方案"
    return f"Scenario: rings at {'; '.join(distances)} m, not the base plan"


def plan_facts(plan: Plan, view: View, review_no: str | None = None) -> Json:
    """What holds for the whole plan in one view: titles, CRS, bounds, areas, ring distances, notices."""
    catalogue = plan.catalogue
    extent = crs.to_lonlat(view.locator.extent, catalogue.metric_crs)
    return {
        "title_zh": catalogue.title_zh,
        "title_en": catalogue.title_en,
        "zone_zh": catalogue.zone_zh,
        "zone_en": catalogue.zone_en,
        "metric_crs": catalogue.metric_crs,
        "crs_name": crs.crs_name(catalogue.metric_crs),
        "version": catalogue.version,
        **view_json(view),
        "bounds": [round(float(value), MAP_DECIMALS) for value in extent.bounds],
        "review": review(review_no),
        "legal_zh": LEGAL_ZH,
        "legal_en": LEGAL_EN,
        "lake": catalogue.rings.lake,
        "defaults": {"extent": catalogue.rings.default_extent, "reading": catalogue.rings.default_reading},
        "readings": [asdict(reading) for reading in catalogue.rings.readings],
        "edges": [asdict(edge) for edge in view.config.edges],
        "land_area_m2": round(view.land_area_m2, 2),
        "water_area_m2": round(view.zones[rings.WATER].area, 2),
        "extent_area_m2": round(view.extent_area_m2, 2),
    }


def layer_row(plan: Plan, layer: Layer, view: View) -> Json:
    """One layer in figures: how many are drawn or known only in words, area, bases and accuracy."""
    shapes = plan.of_layer(layer.id, view)
    drawn = [shape for shape in shapes if shape.geometry is not None]
    areas = [shape.geometry_m for shape in shapes if shape.area_m2 is not None]
    view_words = f"extent={view.extent}&reading={view.reading}{_rings_word(view)}"
    accuracies = [shape.feature.accuracy_m for shape in drawn if shape.feature.accuracy_m is not None]
    row = {
        "id": layer.id,
        "group": layer.group,
        "title_zh": layer.title_zh,
        "title_en": layer.title_en,
        "geometry": layer.geometry,
        "visible": layer.visible,
        "min_zoom": layer.min_zoom,
        "background": layer.background,
        "count": len(drawn),
        "not_drawn": len(shapes) - len(drawn),
        "area_m2": round(shapely.union_all(areas).area, 2) if areas else None,
        "bases": dict(Counter(shape.feature.geometry_basis for shape in shapes)),
        "accuracy_m": [min(accuracies), max(accuracies)] if accuracies else None,
        "features_url": f"/api/layers/{layer.id}/features?{view_words}",
        "export_url": f"/export/{layer.id}.geojson?{view_words}",
    }
    if layer.id == "rings":
        row["rings"] = [_ring_row(shape, view) for shape in shapes]
    return row


def _rings_word(view: View) -> str:
    return "" if view.is_base else f"&rings={rings_text(view.distances_m)}"


def layer_detail(plan: Plan, layer_id: str, view: View) -> Json:
    """One layer's row with the properties of all its features, geometry left out; QueryError if unknown."""
    layer = plan.layer(layer_id)
    rows = [feature_properties(plan, shape, view) for shape in plan.of_layer(layer_id, view)]
    return {**layer_row(plan, layer, view), "view": view_json(view), "features": rows}


def _ring_row(shape: Shape, view: View) -> Json:
    extra: Mapping[str, Any] = shape.feature.extra
    return {
        "id": shape.feature.id.split(":")[1],
        "name_zh": shape.feature.name_zh,
        "name_en": shape.feature.name_en,
        "use_zh": extra["use_zh"],
        "use_en": extra["use_en"],
        "detail_zh": extra["detail_zh"],
        "detail_en": extra["detail_en"],
        "inner_m": extra["inner_m"],
        "outer_m": extra["outer_m"],
        "basis": extra["outer_basis"],
        "area_m2": rounded(shape.area_m2, 2),
        "share_of_land": rounded((shape.area_m2 or 0.0) / view.land_area_m2, 6),
    }
