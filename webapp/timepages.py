"""The time bar's answers: the whole run of years, and one year or month of it."""

from __future__ import annotations

from flask import Blueprint, Response

from geo import timeline
from geo.errors import QueryError
from geo.output.timeline import moment_json, timeline_json
from geo.plan import Plan
from webapp.errors import not_one_of
from webapp.payloads import PayloadCache, answer, to_json
from webapp.queries import read_query


def make_time_pages(plan: Plan) -> Blueprint:
    """The route /api/timeline over one plan."""
    pages = Blueprint("time", __name__)
    cache = PayloadCache()
    possible = [str(year) for year in range(timeline.FIRST_YEAR, timeline.LAST_YEAR + 1)]

    @pages.get("/api/timeline")
    def time_line() -> Response:
        asked = read_query("year").get("year")
        if asked is None:
            return answer(cache.get((plan.catalogue.version,), lambda: to_json(timeline_json(plan))))
        moment = read_moment(asked, possible)
        return answer(cache.get((plan.catalogue.version, moment), lambda: to_json(moment_json(plan, moment))))

    return pages


def read_moment(text: str, possible: list[str]) -> str:
    """`text` if it is one of the possible years or a month of one. Problem 400 that lists them if not."""
    try:
        timeline.months(text)
    except QueryError:
        raise not_one_of("year", text, [*possible, f"{possible[0]}-01"]) from None
    if text[:4] not in possible:
        raise not_one_of("year", text, [*possible, f"{possible[0]}-01"])
    return text
