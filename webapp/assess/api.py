"""POST /api/assess: sites in, what the plan says of them out. Nothing is kept."""

from __future__ import annotations

from flask import Blueprint, Response, current_app

from geo.output.assess import answer_json
from geo.plan import Plan
from webapp.assess.question import read_question, wants_parts
from webapp.payloads import JSON_TYPE, to_json


def make_assess_api(plan: Plan) -> Blueprint:
    """The route over one plan; the answers come from the application's workers."""
    blueprint = Blueprint("assess_api", __name__)

    @blueprint.post("/api/assess")
    def assess() -> Response:
        question = read_question(plan)
        found = current_app.extensions["atlas_workers"].ask(question)
        view = question.view(plan)
        content = answer_json(plan, view, found, each=question.each, parts=wants_parts())
        response = Response(to_json(content), content_type=JSON_TYPE)
        response.headers["Cache-Control"] = "no-store"
        return response

    return blueprint
