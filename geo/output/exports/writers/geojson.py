"""GeoJSON after RFC 7946, with flat properties and every statement inside.

Coordinates are lon/lat (WGS 84, the same as CGCS2000 to a few decimetres), outer rings anticlockwise. In another system
the file names it by the member `crs` of the format's first edition, which GDAL and QGIS read.
"""

from __future__ import annotations

import json
from typing import Any

from geo.output.exports.content import Content, Row, Table
from geo.output.exports.target import LONLAT
from geo.output.features import Json, geometry_json

_LISTS = ("source", "filter")
# A square of 10 m keeps its area to 1e-6; how sure a place is, accuracy_m says and no decimal.
DEGREE_DECIMALS, METRE_DECIMALS = 11, 6


def write(content: Content) -> bytes:
    """All tables as one UTF-8 collection; rows known only in words have a null geometry."""
    collection: dict[str, Any] = {"type": "FeatureCollection", "name": content.title_en}
    if content.target.crs != LONLAT:
        collection["crs"] = {"type": "name", "properties": {"name": crs_name(content)}}
    collection["metadata"] = _metadata(content)
    collection["features"] = [_feature(content, table, row) for table in content.tables for row in table.rows]
    return json.dumps(collection, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8")


def crs_name(content: Content) -> str:
    """The system as a URN; a shifted datum has none and is called by its name, which no software takes for WGS 84."""
    target = content.target
    return target.tag if target.crs is None else f"urn:ogc:def:crs:{target.crs.replace(':', '::')}"


def _feature(content: Content, table: Table, row: Row) -> Json:
    decimals = DEGREE_DECIMALS if content.target.is_geographic else METRE_DECIMALS
    return {
        "type": "Feature",
        "id": row.id,
        "geometry": geometry_json(row.geometry, decimals),
        "properties": {"layer": table.id, **row.values},
    }


def _metadata(content: Content) -> Json:
    """What the file says of itself: `key`, or `key_zh` and `key_en`; sources and filters are lists."""
    found: Json = {}
    for one in content.statements:
        if one.key in _LISTS:
            title = f"{one.title_en}: " if one.key == "source" else ""
            found.setdefault(f"{one.key}s", []).append(f"{title}{one.text_en}")
        elif one.text_zh == one.text_en:
            found[one.key] = one.text_en
        else:
            found |= {f"{one.key}_zh": one.text_zh, f"{one.key}_en": one.text_en}
    return found | dict(content.view)  # for programs: ids and numbers
