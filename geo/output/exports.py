"""Layers as files that a GIS opens: GeoJSON after RFC 7946, with flat properties and every notice inside.

Coordinates are lon/lat (WGS 84, the same as CGCS2000 to a few decimetres) with 7 decimals, outer rings anticlockwise.
"""

from __future__ import annotations

import json
from typing import Any

from geo.output.features import Json, feature_properties, geometry_json, view_json
from geo.output.layers import LEGAL_EN, LEGAL_ZH, notice_text, review
from geo.plan import Plan
from geo.scenario import rings_text
from geo.view import Shape, View

ALL = "all"
EXPORT_DECIMALS = 7  # of a degree: 1 cm
ATLAS_ZH, ATLAS_EN = "瑶湖规划图集", "yaohu-planning-atlas"


def geojson(plan: Plan, layer_id: str, view: View, review_no: str | None = None) -> bytes:
    """One layer, or every layer for `all`, as UTF-8 GeoJSON; rows known only in words have a null geometry.

    The collection carries title, sources, review state and legal notice; each feature repeats the notice, because a
    GIS drops what stands beside the features. QueryError if the layer is unknown.
    """
    layer_ids = [layer.id for layer in plan.catalogue.layers] if layer_id == ALL else [plan.layer(layer_id).id]
    shapes = [shape for wanted in layer_ids for shape in plan.of_layer(wanted, view)]
    collection = {
        "type": "FeatureCollection",
        "name": layer_id,
        "metadata": _metadata(plan, layer_id, view, review_no),
        "features": [_feature(plan, shape, view, review_no) for shape in shapes],
    }
    return json.dumps(collection, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8")


def file_name(plan: Plan, layer_id: str, view: View, lang: str) -> str:
    """The name of a download: atlas, layer title, extent, reading, distances of a scenario; Chinese or ASCII English.

    Characters that a file system or a header may not hold become a low line.
    """
    if layer_id == ALL:
        title = "全部图层" if lang == "zh" else ALL
    else:
        title = plan.layer(layer_id).title_zh if lang == "zh" else layer_id
    reading = next(reading for reading in plan.catalogue.rings.readings if reading.id == view.reading)
    scenario = scenario_word(view, lang)
    words = (reading.name_zh if lang == "zh" else reading.id, *((scenario,) if scenario else ()))
    parts = (ATLAS_ZH if lang == "zh" else ATLAS_EN, title, view.extent, *words)
    name = "_".join("".join(char if char.isalnum() or char in "-.()（）" else "_" for char in part) for part in parts)
    return f"{name[:120]}.geojson"


def scenario_word(view: View, lang: str) -> str:
    """What a file name says of a scenario: that it is one, and its ring distances; "" for the base plan."""
    if view.is_base:
        return ""
    return f"{'情景' if lang == 'zh' else 'scenario'}-{rings_text(view.distances_m).replace(',', '-')}"


def flat_properties(plan: Plan, shape: Shape, view: View) -> Json:
    """A feature's properties without nesting, as attribute tables need them.

    Stated area and zone shares become columns; lists become comma-separated text. A further property of the data
    whose name the atlas uses itself is kept as `extra_<name>`.
    """
    nested = feature_properties(plan, shape, view)
    stated, zones, members, extra = (nested.pop(key) for key in ("stated_area", "zones", "members", "extra"))
    compared, projects, in_words = (nested.pop(key) for key in ("compared", "projects", "projects_in_words"))
    ground, centre = nested.pop("ground"), nested.pop("centre")
    flat = dict(nested)
    for key in ("value", "unit", "qualifier", "source", "place", "figure"):
        flat[f"stated_area_{key}"] = stated[key] if stated else None
    flat["stated_area_m2"] = stated["area_m2"] if stated else None
    flat["verdict"] = compared["verdict"] if compared else None
    flat["projects"] = ",".join(one["id"] for one in (*projects, *in_words)) or None
    flat["ground"] = ",".join(ground) if ground else None
    flat["members"] = ",".join(member["id"] for member in members) or None
    flat["centre_lon"], flat["centre_lat"] = centre or (None, None)
    for zone in zones or ():
        for key in ("share", "share_low", "share_high"):
            flat[f"{key}_{zone['id']}"] = zone[key]
    for key, value in extra.items():
        flat[f"extra_{key}" if key in flat or key == "notice" else key] = value
    return flat


def _feature(plan: Plan, shape: Shape, view: View, review_no: str | None) -> Json:
    properties = flat_properties(plan, shape, view)
    properties["notice"] = notice_text(view, review_no)
    return {
        "type": "Feature",
        "id": shape.feature.id,
        "geometry": geometry_json(shape.geometry, EXPORT_DECIMALS),
        "properties": properties,
    }


def _metadata(plan: Plan, layer_id: str, view: View, review_no: str | None) -> dict[str, Any]:
    catalogue = plan.catalogue
    titles = (catalogue.title_zh, catalogue.title_en)
    if layer_id != ALL:
        titles = (plan.layer(layer_id).title_zh, plan.layer(layer_id).title_en)
    return {
        "atlas_zh": catalogue.title_zh,
        "atlas_en": catalogue.title_en,
        "title_zh": titles[0],
        "title_en": titles[1],
        "version": catalogue.version,
        **view_json(view),
        "areas_in": catalogue.metric_crs,
        "sources": [f"{source.id}: {source.title_en}" for source in catalogue.sources.values()],
        "review": review(review_no),
        "legal_zh": LEGAL_ZH,
        "legal_en": LEGAL_EN,
    }
