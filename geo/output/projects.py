"""Projects as the world outside reads them: rows with their place and stage, sums, and GeoJSON after RFC 7946."""

from __future__ import annotations

import json
from collections.abc import Sequence

from geo.catalogue import in_lang
from geo.output import projectwords
from geo.output.features import EXPORT_DECIMALS, Json, geometry_json, view_json
from geo.output.layers import LEGAL_EN, LEGAL_ZH, notice_text, review
from geo.output.ledger import project_json
from geo.plan import Plan
from geo.projects import Row, Totals
from geo.timeline import stage_of, stages
from geo.view import View

_BOTH = ("in_zone_basis", "district", "place_words", "correction", "place")  # cells of "中文 / English"
_NOTES = {
    "drawn": ("按图上要素绘出。", "Drawn as the feature of the map."),
    "area": ("来源只以文字说明所在片区，无坐标。", "The source names the area in words; no coordinates."),
    "zone": ("已知在区内，位置不详。", "Known to be in the zone; no source says where."),
    "unknown": ("没有来源写明位置。", "No source says where."),
    "elsewhere": ("在本区以外，不在本图。", "Outside of the zone; not on this map."),
}


def row_json(row: Row, moment: str = "") -> Json:
    """One project with every field of its table, its place in the view, and with a moment its stage then.

    `stages` are all that are possible; `stage` is the one that is certain, else "open" or "none".
    """
    entry = row.entry
    placed = {"placement": entry.placement, "at": entry.at, "ring": entry.ring, "term": row.term.basis}
    timed: Json = {"stage": stage_of(row.term, moment), "stages": list(stages(row.term, moment))} if moment else {}
    return {**project_json(row.project), **placed, **timed}


def totals_json(found: Totals) -> Json:
    """The sums of some rows: investments in 10,000 CNY, land in mu for each kind on its own."""
    land = [
        {
            "kind": one.kind,
            "rows": one.rows,
            "sum_of_rows_mu": one.sum_of_rows_mu,
            "without_parts_mu": one.without_parts_mu,
        }
        for one in found.land
    ]
    return {
        "count": found.count,
        "sum_of_rows_1e4_cny": found.sum_of_rows_1e4_cny,
        "without_parts_1e4_cny": found.without_parts_1e4_cny,
        "without_investment": found.silent,
        "land": land,
    }


def projects_geojson(
    plan: Plan, view: View, listed: Sequence[Row], *, moment: str = "", review_no: str | None = None
) -> bytes:
    """The rows as a UTF-8 FeatureCollection (WGS 84, 7 decimals); what is not drawn has a null geometry.

    A symbolic footprint is the circle of its stated area. Each feature repeats the notice, because a GIS drops what
    stands beside the features.
    """
    catalogue = plan.catalogue
    collection = {
        "type": "FeatureCollection",
        "name": "projects",
        "metadata": {
            "atlas_zh": catalogue.title_zh,
            "atlas_en": catalogue.title_en,
            "version": catalogue.version,
            **view_json(view),
            "sources": [f"{source.id}: {source.title_en}" for source in catalogue.sources.values()],
            "review": review(review_no),
            "legal_zh": LEGAL_ZH,
            "legal_en": LEGAL_EN,
        },
        "features": [_feature(plan, row, moment, notice_text(view, review_no)) for row in listed],
    }
    return json.dumps(collection, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8")


def _feature(plan: Plan, row: Row, moment: str, notice: str) -> Json:
    flat = row_json(row, moment)
    for name in _BOTH:
        text = flat.pop(name)
        flat |= {f"{name}_zh": in_lang(text, "zh"), f"{name}_en": in_lang(text, "en")}
    if moment:
        flat |= {"moment": moment, "stages": ",".join(flat["stages"])}
    shape = plan.shapes.get(row.entry.at or "") if row.entry.placement == "drawn" else None
    flat["geometry_basis"] = shape.feature.geometry_basis if shape else "none"
    flat["accuracy_m"] = shape.feature.accuracy_m if shape else None
    flat["where_zh"], flat["where_en"] = (projectwords.where(plan, row, lang) for lang in ("zh", "en"))
    flat["note_zh"], flat["note_en"] = _NOTES[row.entry.placement]
    flat["notice"] = notice
    geometry = geometry_json(shape.geometry, EXPORT_DECIMALS) if shape else None
    return {"type": "Feature", "id": row.project.id, "geometry": geometry, "properties": flat}
