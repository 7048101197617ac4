"""The answer to a pasted list of corners: every way in which it can be read, for the page to draw or to ask."""

from __future__ import annotations

from flask import Blueprint, Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from geo import crs
from geo.errors import FormatError, LimitError
from geo.formats.corners import MAX_BYTES, CornerReading, read_corners
from geo.output import layers
from geo.output.features import Json
from geo.plan import Plan
from webapp.errors import not_one_of, not_taken
from webapp.payloads import JSON_TYPE, to_json
from webapp.queries import read_query

Bounds = tuple[float, float, float, float]

BODY_TYPE = "text/plain"
_DECIMALS = 8  # 1 mm on the ground, so that every corner stands within 0.1 m of what was pasted
_NEAR_DEG = 3.0  # a Gauss-Krueger zone: what lies further from the plan is no site of it


def make_coordinates(plan: Plan) -> Blueprint:
    """The route /api/coordinates over one plan."""
    blueprint = Blueprint("coordinates", __name__)
    west, south, east, north = layers.plan_facts(plan, plan.view())["bounds"]
    area = (west - _NEAR_DEG, south - _NEAR_DEG, east + _NEAR_DEG, north + _NEAR_DEG)

    @blueprint.post("/api/coordinates")
    def readings() -> Response:
        words = read_query("crs", "datum")
        if "datum" in words and words["datum"] not in crs.DATUMS:
            raise not_one_of("datum", words["datum"], crs.DATUMS)
        if request.mimetype != BODY_TYPE:
            raise not_taken(request.mimetype, (BODY_TYPE,))
        found = read_corners(_text(), plan.catalogue.metric_crs, words.get("crs"), words.get("datum"))
        answer = Response(to_json({"readings": [_reading(one, area) for one in found]}), content_type=JSON_TYPE)
        answer.headers["Cache-Control"] = "no-store"
        return answer

    return blueprint


def _text() -> str:
    """The body of the present request; FormatError if it is no UTF-8, LimitError beyond the reader's limit."""
    request.max_content_length = MAX_BYTES
    try:
        return request.get_data(cache=False).decode("utf-8")
    except RequestEntityTooLarge:
        raise LimitError(
            f"The text is larger than {MAX_BYTES:,} bytes. Paste one site at a time.",
            f"文本超过 {MAX_BYTES} 字节。请一次粘贴一个地块。",
            limit="bytes",
            most=MAX_BYTES,
        ) from None
    except UnicodeDecodeError:
        raise FormatError(
            "The text is not UTF-8. Save it as UTF-8, or paste it.", "文本不是 UTF-8 编码。请另存为 UTF-8，或直接粘贴。"
        ) from None


def _reading(found: CornerReading, area: Bounds) -> Json:
    return {
        "crs": found.crs,
        "datum": found.datum,
        "order": found.order,
        "how_zh": found.how_zh,
        "how_en": found.how_en,
        "needs_datum": found.needs_datum,
        "rings": [[[round(value, _DECIMALS) for value in corner] for corner in ring] for ring in found.rings],
        "corners": found.corners,
        "in_area": _is_in_area(found, area),
    }


def _is_in_area(found: CornerReading, area: Bounds) -> bool:
    """Whether every corner lies in `area`, the bounds of the plan and 3 degrees around them."""
    west, south, east, north = area
    return all(west <= lon <= east and south <= lat <= north for ring in found.rings for lon, lat in ring)
