"""What the JSON routes answer, as JSON Schema."""

from __future__ import annotations

from typing import Any

from geo.plan import Plan

Json = dict[str, Any]


def schemas(plan: Plan) -> Json:
    """The schemas of all answers by name."""
    zones = dict.fromkeys(zone for view in plan.views.values() for zone in view.zones)
    number, text, whole, thing = {"type": "number"}, {"type": "string"}, {"type": "integer"}, {"type": "object"}
    rows = {"type": "array", "items": thing}
    site = _object(area_m2=number, zones=rows, layers=rows, green=thing, distances=rows, rules=rows, verdict=text)
    place: Json = {"lon": number, "lat": number, "zone": {"enum": [*zones, "outside"]}, "ground": thing, "given": thing}
    return {
        "LayerList": _object(plan=thing, sources=rows, groups=rows, layers=rows, slots=rows, land_use=rows),
        "LayerDetail": _object(id=text, group=text, title_zh=text, title_en=text, count=whole, features=rows),
        "FeatureCollection": _object(type={"const": "FeatureCollection"}, features=rows),
        "Metrics": _object(extent=text, reading=text, crs=text, zones=rows, waters=rows, green=rows),
        "Membership": _object(**place, features=rows),
        "Place": _object(id=text, feature=thing, shares=rows, figures=rows, neighbours=rows, sources=rows),
        "Assessment": {"anyOf": [site, _object(sites={"type": "array", "items": site}, skipped=rows, notices=rows)]},
        "CornerReadings": _object(readings=rows),
        "Scenario": _object(
            version=text, base=thing, scenario=thing, zones=rows, moved=rows, green=rows, sentences=rows
        ),
        "FoundLand": _object(asked=thing, count=whole, candidates=rows, relaxations=rows, notices=rows),
        "Sensitivities": _object(version=text, rings={"type": "array", "items": number}, count=whole, features=rows),
        "SiteSensitivity": _object(version=text, home_zone=text, verdict={"type": ["string", "null"]}, distances=rows),
        "SearchResult": _object(q=text, positions=rows, features=rows),
        "Figures": _object(version=text, count=whole, figures=rows),
        "Projects": _object(version=text, count=whole, sum_of_rows_1e4_cny=number, projects=rows),
        "Conflicts": _object(version=text, crs=text, has_rules={"type": "boolean"}, counts=thing, sites=rows),
        "Trends": _object(version=text, extents=thing, count=whole, indicators=rows),
        "Reconciliation": _object(version=text, crs=text, counts=thing, rows=rows),
        "Timeline": _object(years=thing, extents={"type": "array", "items": whole}),
        "Health": _object(status={"const": "ok"}, version=text),
        "Problem": _object(type=text, title=text, status=whole, detail=text),
    }


def _object(**properties: Json) -> Json:
    return {"type": "object", "required": list(properties), "properties": properties}
