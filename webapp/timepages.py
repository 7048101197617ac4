"""The time bar's answers: the whole run of years, and one year or month of it."""

from __future__ import annotations

from flask import Blueprint, Response

from geo import timeline
from geo.output.timeline import moment_json, timeline_json
from geo.plan import Plan
from webapp.errors import not_one_of
from webapp.payloads import PayloadCache, answer, to_json
from webapp.queries import read_query


def make_time_pages(plan: Plan) -> Blueprint:
    """The route /api/timeline over one plan."""
    pages = Blueprint("time", __name__)
    cache = PayloadCache()
    years = [str(year) for year in range(timeline.FIRST_YEAR, timeline.LAST_YEAR + 1)]
    moments = {*years, *(f"{year}-{month:02d}" for year in years for month in range(1, 13))}

    @pages.get("/api/timeline")
    def time_line() -> Response:
        asked = read_query("year").get("year")
        if asked is None:
            return answer(cache.get((plan.catalogue.version,), lambda: to_json(timeline_json(plan))))
        if asked not in moments:
            raise not_one_of("year", asked, [*years, f"{years[0]}-01"])
        return answer(cache.get((plan.catalogue.version, asked), lambda: to_json(moment_json(plan, asked))))

    return pages
