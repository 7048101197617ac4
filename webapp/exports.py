"""Downloads: layers of the plan as GeoJSON files with names that a planner can read."""

from __future__ import annotations

from urllib.parse import quote

from flask import Blueprint, Response

from geo.output import exports
from geo.plan import Plan
from webapp.language import mark_language, reader_language
from webapp.payloads import PayloadCache, answer
from webapp.queries import VIEW_WORDS, check_layer, read_query, read_view
from webapp.settings import Settings

GEOJSON_TYPE = "application/geo+json"
ALL = "all"


def make_exports(plan: Plan, settings: Settings, cache: PayloadCache) -> Blueprint:
    """The routes under /export over one plan."""
    blueprint = Blueprint("exports", __name__)

    @blueprint.get("/export/<layer_id>.geojson")
    def geojson(layer_id: str) -> Response:
        check_layer(plan, layer_id, ALL)
        view = read_view(plan, read_query(*VIEW_WORDS))
        key = (plan.catalogue.version, "export", layer_id)
        payload = cache.get(key, lambda: exports.geojson(plan, layer_id, view, settings.map_review_no), view)
        response = answer(payload, GEOJSON_TYPE)
        name = exports.file_name(plan, layer_id, view, reader_language())
        response.headers["Content-Disposition"] = attachment(name, f"yaohu-atlas-{layer_id}.geojson")
        return mark_language(response)

    return blueprint


def attachment(name: str, plain_name: str) -> str:
    """The header that saves an answer under `name`; `plain_name` (ASCII) is for readers that know no other.

    Everything but letters, digits and -._~ is written as %XX, so that no name can end the header or add one.

    >>> print(attachment("瑶湖.geojson", "yaohu.geojson"))
    attachment; filename="yaohu.geojson"; filename*=UTF-8''%E7%91%B6%E6%B9%96.geojson
    """
    return f"attachment; filename=\"{plain_name}\"; filename*=UTF-8''{quote(name, safe='')}"
