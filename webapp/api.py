"""Answers for programs: layers, features, figures, membership, health. A route parses, asks the plan, renders."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from flask import Blueprint, Response

from geo import crs
from geo.output import features, layers, metrics
from geo.plan import Plan
from geo.view import View
from webapp.payloads import JSON_TYPE, PayloadCache, answer, pack, to_json
from webapp.queries import VIEW_WORDS, check_layer, read_position, read_query, read_view
from webapp.settings import Settings


def make_api(plan: Plan, settings: Settings, cache: PayloadCache) -> Blueprint:
    """The routes under /api and /healthz over one plan."""
    api = Blueprint("api", __name__)
    shown = partial(_shown, plan, cache)
    review_no = settings.map_review_no

    @api.get("/api/layers")
    def layer_list() -> Response:
        return shown("layers", lambda view: layers.layer_list(plan, view, review_no))

    @api.get("/api/layers/<layer_id>")
    def layer_detail(layer_id: str) -> Response:
        check_layer(plan, layer_id)
        return shown("layer", lambda view: layers.layer_detail(plan, layer_id, view), layer_id)

    @api.get("/api/layers/<layer_id>/features")
    def layer_features(layer_id: str) -> Response:
        check_layer(plan, layer_id)
        return shown("features", lambda view: features.feature_collection(plan, layer_id, view), layer_id)

    @api.get("/api/metrics")
    def metric_list() -> Response:
        return shown("metrics", lambda view: metrics.metrics(plan, view))

    @api.get("/api/membership")
    def membership() -> Response:
        words = read_query("lon", "lat", "datum", *VIEW_WORDS)
        return answer(pack(to_json(_membership(plan, read_view(plan, words), *read_position(words)))))

    @api.get("/healthz")
    def health() -> Response:
        read_query()
        state = {"status": "ok", "version": plan.catalogue.version, "layers": len(plan.catalogue.layers)}
        return answer(pack(to_json(state)))

    return api


def _shown(plan: Plan, cache: PayloadCache, route: str, make: Callable[[View], object], layer_id: str = "") -> Response:
    view = read_view(plan, read_query(*VIEW_WORDS))
    key = (plan.catalogue.version, route, layer_id)
    return answer(cache.get(key, lambda: to_json(make(view)), view), JSON_TYPE)


def _membership(plan: Plan, view: View, lon: float, lat: float, datum: str) -> dict[str, object]:
    """Where a position stands; `given` says what was asked, for a shifted datum moves it by hundreds of metres."""
    found = features.membership(plan, *crs.from_datum(lon, lat, datum), view)
    return {**found, "given": {"lon": lon, "lat": lat, "datum": datum}}
