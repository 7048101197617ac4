"""The atlas as a web application: `create_app` puts the parts together, everything else stands in its own module."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Flask

from geo.output import layers
from geo.plan import Plan, load_plan
from webapp.api import make_api
from webapp.assess.answers import make_answers
from webapp.assess.api import make_assess_api
from webapp.assess.conflicts import make_conflict_pages
from webapp.assess.coordinates import make_coordinates
from webapp.assess.page import make_assess_page
from webapp.assess.workers import WorkerLimits, Workers
from webapp.assets import init_assets
from webapp.errors import init_errors
from webapp.exports.page import make_export_page
from webapp.exports.routes import make_exports
from webapp.figurepages import make_figure_pages
from webapp.language import init_language
from webapp.maps import ShellKeeper
from webapp.metricpages import make_metric_pages
from webapp.openapi import make_openapi
from webapp.payloads import PayloadCache, init_packing
from webapp.placepages import make_place_pages
from webapp.projectpages import make_project_pages
from webapp.reconcilepages import make_reconcile_pages
from webapp.scenario.api import make_scenario_api
from webapp.scenario.find import make_find_pages
from webapp.scenario.page import make_scenario_page
from webapp.scenario.sensitivity import make_sensitivity
from webapp.search import make_search
from webapp.security import init_security
from webapp.settings import Settings
from webapp.stylepage import make_style_page
from webapp.tablepages import make_table_pages
from webapp.timepages import make_time_pages
from webapp.trendpages import make_trend_pages
from webapp.views import init_pages, make_views

_STATIC = Path(__file__).resolve().parent.parent / "static"


def create_app(settings: Settings | None = None, plan: Plan | None = None) -> Flask:
    """The application over `plan`; without one the plan of `settings.data`, without those the environment's.

    SettingsError and DataError name what cannot be used; nothing is served from half a plan.
    """
    settings = Settings.from_environment() if settings is None else settings
    plan = load_plan(settings.data) if plan is None else plan
    app = Flask(__name__, static_folder=str(_STATIC), static_url_path="/static")
    # A redirect would name the host that the reader claims; there is one address for each thing instead.
    app.url_map.merge_slashes = False
    app.url_map.strict_slashes = False
    keeper = ShellKeeper([layer.id for layer in plan.catalogue.layers], _bounds(plan))
    cache = PayloadCache()
    init_security(app)
    init_language(app)
    init_errors(app)
    init_packing(app)
    init_assets(app, cache)
    init_pages(app, plan, settings)
    app.register_blueprint(make_views(plan, settings, keeper))
    app.register_blueprint(make_api(plan, settings, cache))
    app.register_blueprint(make_assess_api(plan))
    app.register_blueprint(make_coordinates(plan))
    app.register_blueprint(make_answers(plan, settings))
    app.register_blueprint(make_assess_page(plan, keeper))
    for blueprint in _scenario_pages(plan, settings, keeper):
        app.register_blueprint(blueprint)
    app.register_blueprint(make_search(plan))
    app.register_blueprint(make_openapi(plan))
    app.register_blueprint(make_exports(plan, settings))
    app.register_blueprint(make_export_page(plan))
    app.register_blueprint(make_table_pages(plan))
    app.register_blueprint(make_metric_pages(plan, settings))
    app.register_blueprint(make_style_page(plan))
    app.register_blueprint(make_figure_pages(plan))
    app.register_blueprint(make_reconcile_pages(plan, settings))
    app.register_blueprint(make_project_pages(plan, settings))
    app.register_blueprint(make_time_pages(plan))
    app.register_blueprint(make_place_pages(plan))
    app.register_blueprint(make_trend_pages(plan, settings))
    app.register_blueprint(make_conflict_pages(plan, settings))
    app.extensions["atlas_shell"] = keeper
    app.extensions["atlas_workers"] = Workers(plan, WorkerLimits(seconds=settings.answer_seconds))
    return app


def _scenario_pages(plan: Plan, settings: Settings, keeper: ShellKeeper) -> tuple[Blueprint, ...]:
    """What stands in webapp/scenario."""
    return (
        make_scenario_api(plan),
        make_scenario_page(plan, keeper),
        make_find_pages(plan, settings),
        make_sensitivity(plan),
    )


def _bounds(plan: Plan) -> tuple[float, float, float, float]:
    west, south, east, north = layers.plan_facts(plan, plan.view())["bounds"]
    return west, south, east, north
