"""The answer to what somebody types into the search box: positions and features."""

from __future__ import annotations

from functools import cache

from flask import Blueprint, Response
from flask_babel import gettext as _

from geo.output.search import search
from geo.plan import Plan
from geo.search import NameIndex, build_index
from webapp.errors import unreadable
from webapp.payloads import answer, pack, to_json
from webapp.queries import read_query

MOST_CHARACTERS = 200


def make_search(plan: Plan) -> Blueprint:
    """The route /api/search over one plan; the index of names is made at the first question."""
    blueprint = Blueprint("search", __name__)

    @cache
    def index() -> NameIndex:
        return build_index(plan)

    @blueprint.get("/api/search")
    def found() -> Response:
        text = read_query("q").get("q", "").strip()
        if not 0 < len(text) <= MOST_CHARACTERS:
            detail = _(
                "q holds %(count)s characters. Give a name or a position of 1 to %(most)s characters.",
                count=len(text),
                most=MOST_CHARACTERS,
            )
            raise unreadable("bad_search", detail, parameter="q")
        return answer(pack(to_json(search(plan, index(), text))))

    return blueprint
