"""What the JSON routes take and give, as OpenAPI 3.1 at /openapi.json, and the same for people at /api."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response
from flask_babel import gettext as translated

from geo import crs
from geo.catalogue.figures import THEMES
from geo.catalogue.projects import IN_ZONE
from geo.find import CLEAR, LANDS, MOST_PLACES
from geo.output import layers, ledger
from geo.output.exports import FILTERS, FORMATS
from geo.plan import Plan
from geo.projects import PLACEMENTS, SORTS
from geo.scenario import rings_text
from webapp.errors import PROBLEM_TYPE
from webapp.exports.query import OPTIONS, SITE_WORDS
from webapp.language import LANGUAGES
from webapp.openapischemas import schemas
from webapp.openapiwords import SUMMARIES, WORDS
from webapp.payloads import answer, pack, to_json
from webapp.queries import DEFAULT_DATUM, VIEW_WORDS, read_query
from webapp.scenario.api import AGAINST
from webapp.search import MOST_CHARACTERS
from webapp.views import render_page

Json = dict[str, Any]
JSON, GEOJSON = "application/json", "application/geo+json"
_RINGS = r"^[0-9]{1,6}(\.[0-9])?(,[0-9]{1,6}(\.[0-9])?)*$"


def make_openapi(plan: Plan) -> Blueprint:
    """The routes /openapi.json and /api over one plan."""
    blueprint = Blueprint("openapi", __name__)

    @blueprint.get("/openapi.json")
    def document() -> Response:
        read_query()
        return answer(pack(to_json(describe(plan))))

    @blueprint.get("/api", strict_slashes=True)
    def page() -> Response:
        read_query(*VIEW_WORDS)
        rows = [_row(path, one) for path, item in describe(plan)["paths"].items() for one in item.values()]
        return render_page("api.html", routes=rows)

    return blueprint


def describe(plan: Plan) -> Json:
    """The OpenAPI document: every JSON route with its words, its answers and an example that works."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": plan.catalogue.title_en,
            "version": plan.catalogue.version,
            "description": layers.LEGAL_EN,
        },
        "paths": {
            **_layer_paths(plan),
            **_question_paths(plan),
            "/api/assess": _assess(plan),
            "/api/coordinates": _coordinates(plan),
            "/api/scenario": _scenario(plan),
            "/api/find": _find(plan),
            "/api/sensitivity": _sensitivity(plan),
            **_ledger_paths(plan),
            **_export_paths(plan),
            "/healthz": _get("health", [], "Health"),
        },
        "components": {"schemas": schemas(plan)},
    }


def _layer_paths(plan: Plan) -> Json:
    view = _view_words(plan)
    layer = _path_word(plan, "layer_id")
    return {
        "/api/layers": _get("layers", view, "LayerList"),
        "/api/layers/{layer_id}": _get("layer", [layer, *view], "LayerDetail"),
        "/api/layers/{layer_id}/features": _get("features", [layer, *view], "FeatureCollection"),
    }


def _question_paths(plan: Plan) -> Json:
    view = _view_words(plan)
    place = [
        _word("lon", {"type": "number", "minimum": -180, "maximum": 180}, example=116.05),
        _word("lat", {"type": "number", "minimum": -90, "maximum": 90}, example=28.7),
        _word("datum", {"enum": list(crs.DATUMS), "default": DEFAULT_DATUM}),
        *view,
    ]
    place_id = {"name": "place_id", "in": "path", "required": True, "schema": {"type": "string"}}
    text = _word("q", {"type": "string", "minLength": 1, "maxLength": MOST_CHARACTERS}, example="瑶湖")
    return {
        "/api/metrics": _get("metrics", view, "Metrics"),
        "/api/membership": _get("membership", place, "Membership"),
        "/api/conflicts": _get("conflicts", view, "Conflicts"),
        "/api/places/{place_id}": _get("place", [{**place_id, "example": plan.catalogue.rings.lake}, *view], "Place"),
        "/api/search": _get("search", [text], "SearchResult"),
    }


def _assess(plan: Plan) -> Json:
    """A site of any shape as the body of a request; the example lies in the middle of the plan."""
    switch = {"enum": ["true", "false"], "default": "false"}
    words = [
        _word("crs", {"type": "string", "pattern": "^EPSG:[0-9]{1,6}$"}),
        _word("datum", {"enum": list(crs.DATUMS)}),
        *(_word(name, switch) for name in ("each", "parts")),
        *_view_words(plan),
    ]
    lon, lat = (round(side, 3) for side in plan.metric_frame.centre)
    ring = [[lon, lat], [lon + 0.002, lat], [lon + 0.002, lat + 0.002], [lon, lat]]
    example = {"type": "Polygon", "coordinates": [[[round(side, 3) for side in place] for place in ring]]}
    body = {"required": True, "content": {GEOJSON: {"schema": {"type": "object"}, "example": example}}}
    found = _get("assess", words, "Assessment")["get"]
    busy = {**found["responses"]["4XX"], "description": "Busy; the header Retry-After says when to ask again"}
    return {"post": {**found, "requestBody": body, "responses": {**found["responses"], "503": busy}}}


def _scenario(plan: Plan) -> Json:
    """Moved rings by words or by a body; the example moves each ring outwards by a tenth."""
    view = _view_words(plan)
    schemas = {word["name"]: word["schema"] for word in view}
    against = [_word(word, schemas[name]) for word, name in AGAINST.items()]
    words = [*view, *against, _word("verdicts", {"enum": ["true", "false"], "default": "false"})]
    moved = [round(1.1 * distance) for distance in plan.view().distances_m]
    content = {JSON: {"schema": {"type": "object"}, "example": {"rings": moved, "verdicts": True}}}
    body = {"required": True, "content": content}
    posted = {**_get("scenario_posted", [], "Scenario")["get"], "requestBody": body}
    return {**_get("scenario", words, "Scenario"), "post": posted}


def _sensitivity(plan: Plan) -> Json:
    """All features, one of them, or a site in the body, which is asked as the assessment is, but for its switches."""
    one = {**_word("feature", {"type": "string"}), "description": "Feature that is asked for; without it all"}
    posted = _assess(plan)["post"]
    words = [word for word in posted["parameters"] if word["name"] not in ("each", "parts", "lang")]
    own = _get("sensitivity_posted", words, "SiteSensitivity")["get"]
    responses = {**posted["responses"], "200": own["responses"]["200"]}
    asked = _get("sensitivity", [one, *_view_words(plan)], "Sensitivities")
    return {**asked, "post": {**posted, **own, "responses": responses}}


def _coordinates(plan: Plan) -> Json:
    words = [_word("crs", {"type": "string", "pattern": "^EPSG:[0-9]{1,6}$"})]
    words += [_word("datum", {"enum": list(crs.DATUMS)})]
    lon, lat = (round(side, 3) for side in plan.metric_frame.centre)
    rows = [f"{lon + east:.3f}, {lat + north:.3f}" for east, north in ((0, 0), (0.002, 0), (0.002, 0.002))]
    content = {"text/plain": {"schema": {"type": "string"}, "example": "\n".join(rows)}}
    body = {"required": True, "content": content}
    return {"post": {**_get("coordinates", words, "CornerReadings")["get"], "requestBody": body}}


def _find(plan: Plan) -> Json:
    text, length = {"type": "string"}, {"type": "number", "minimum": 0}
    words = [
        _word("mu", {"type": "number", "minimum": LANDS[0], "maximum": LANDS[1]}, example=200),
        *(_word(name, text) for name in ("land_use", "zones")),
        *(_word(name, length) for name in ("water_min", "metro_max", "road_max")),
        _word("clear", {"enum": [*CLEAR, "none"]}),
        _word("limit", {"type": "integer", "minimum": 1, "maximum": MOST_PLACES}),
        _word("format", {"enum": ["json", "geojson"], "default": "json"}),
        *_view_words(plan),
    ]
    return _get("find", words, "FoundLand")


def _ledger_paths(plan: Plan) -> Json:
    text = {"type": "string"}
    sources = {"enum": list(plan.catalogue.sources)}
    figures = [_word("source", sources), *(_word(name, text) for name in ledger.FILTERS[1:])]
    projects = [_word("in_zone", {"enum": list(IN_ZONE)}), _word("source", sources)]
    projects += [_word("placement", {"enum": list(PLACEMENTS)})]
    projects += [
        _word(name, text) for name in ("theme", "district", "ring", "at", "placed_in", "phase", "year", "stage")
    ]
    projects += [_word(f"{name}_{end}", {"type": "number"}) for name in ("invest", "land") for end in ("min", "max")]
    projects += [_word("q", text), _word("sort", {"enum": [sign + name for name in SORTS for sign in ("", "-")]})]
    projects += _view_words(plan)
    return {
        "/api/figures": _get("figures", figures, "Figures"),
        "/api/projects": _get("projects", projects, "Projects"),
        "/api/reconcile": _get("reconcile", [], "Reconciliation"),
        "/api/timeline": _get("timeline", [_word("year", text)], "Timeline"),
        "/api/trends": _get("trends", [_word("theme", {"enum": list(THEMES)})], "Trends"),
    }


def _export_paths(plan: Plan) -> Json:
    """Files; the example is GeoJSON, whose answer has a schema. What only some formats take is told in words."""
    text = {"type": "string"}
    ext = {"name": "ext", "in": "path", "required": True, "schema": {"enum": list(FORMATS)}, "example": "geojson"}
    layer = {"name": "layer", "in": "path", "required": True, "schema": text, "description": WORDS["layer"]}
    system = [_word("file_crs", {"type": "string", "pattern": "^EPSG:[0-9]{1,6}$"}, name="crs")]
    system += [_word("file_datum", {"enum": list(crs.DATUMS)}, name="datum")]
    words = [*system, *_view_words(plan), *(_word(name, text) for name in ("bbox", *FILTERS, *OPTIONS))]
    posted = _assess(plan)["post"]
    about = [*system, *_view_words(plan), *(_word(name, text) for name in (*SITE_WORDS, *OPTIONS))]
    own = _get("export_site", [ext, *about], "FeatureCollection", kind=GEOJSON)["get"]
    responses = {**posted["responses"], "200": own["responses"]["200"]}
    asked = _get("export", [{**layer, "example": "water"}, ext, *words], "FeatureCollection", kind=GEOJSON)
    return {
        "/export/{layer}.{ext}": asked,
        "/export/site.{ext}": {"post": {**posted, **own, "responses": responses}},
    }


def _view_words(plan: Plan) -> list[Json]:
    extents, readings = (list(dict.fromkeys(pair[at] for pair in plan.views)) for at in (0, 1))
    rings = plan.catalogue.rings
    return [
        _word("extent", {"enum": extents, "default": rings.default_extent}),
        _word("rings", {"type": "string", "pattern": _RINGS, "default": rings_text(plan.view().distances_m)}),
        _word("reading", {"enum": readings, "default": rings.default_reading}),
    ]


def _path_word(plan: Plan, name: str) -> Json:
    ids = [layer.id for layer in plan.catalogue.layers]
    return {"name": name, "in": "path", "required": True, "schema": {"enum": ids}, "example": "water"}


def _word(key: str, schema: Json, *, example: Any = None, name: str = "") -> Json:
    """A word of a query, told by what WORDS has under `key`; its name where another word has the same one."""
    described = {"name": name or key, "in": "query", "description": WORDS[key], "schema": schema}
    word = {**described, "required": example is not None}
    return word if example is None else {**word, "example": example}


def _get(name: str, words: list[Json], schema: str, *, kind: str = JSON) -> Json:
    language = _word("lang", {"enum": list(LANGUAGES)})
    good = {"description": SUMMARIES[name], "content": {kind: {"schema": {"$ref": f"#/components/schemas/{schema}"}}}}
    problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
    bad = {"description": "A problem (RFC 9457) that says what to do", "content": {PROBLEM_TYPE: problem}}
    return {
        "get": {
            "operationId": name,
            "summary": SUMMARIES[name],
            "parameters": [*words, language],
            "responses": {"200": good, "4XX": bad},
        }
    }


def _body_text(example: Any) -> str:
    return example if isinstance(example, str) else to_json(example).decode()


def _row(path: str, operation: Json) -> Json:
    """A route for people: its address with an example that can be opened."""
    needed = [word for word in operation["parameters"] if word.get("required")]
    example = path
    for word in needed:
        if word["in"] == "path":
            example = example.replace(f"{{{word['name']}}}", word["example"])
    query = "&".join(f"{word['name']}={word['example']}" for word in needed if word["in"] == "query")
    content = operation.get("requestBody", {}).get("content", {})
    return {
        "path": path,
        "body": next(({"type": kind, "text": _body_text(one["example"])} for kind, one in content.items()), None),
        "summary": translated(SUMMARIES[operation["operationId"]]),
        "words": [word for word in operation["parameters"] if word["in"] == "query"],
        "example": f"{example}?{query}" if query else example,
    }
