"""How firm an answer is: the page of all features or of one, and the same as JSON, for a drawn site too."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from flask import Blueprint, Response, current_app, request
from flask_babel import gettext as _

from geo import units
from geo.output import sensitivity as spoken
from geo.plan import Plan
from geo.scenario import KEPT, checked_sites
from geo.sensitivity import Sensitivity, all_ring_changes, answering, assessment_changes
from geo.view import View
from webapp.assess.question import read_form, read_question
from webapp.errors import none_such, not_assessable
from webapp.payloads import PayloadCache, answer, pack, to_json
from webapp.queries import VIEW_WORDS, read_query, read_view
from webapp.scenario.bandchart import Bar, bar_of, reach_of, whole_reach_of
from webapp.tablecells import Reader
from webapp.tablepages import table_reader
from webapp.views import read_address, render_page

_FEATURE = "feature"
_TABLE_WORDS = ("rows", "none", "copied", "not_copied", "sorted_up", "sorted_down")

Found = Mapping[str, Sensitivity]


def make_sensitivity(plan: Plan) -> Blueprint:
    """The routes /sensitivity and /api/sensitivity over one plan; each view is worked out once, and kept."""
    pages = Blueprint("sensitivity", __name__)
    payloads = PayloadCache()

    @pages.get("/sensitivity")
    def page() -> Response:
        view, name = read_address(plan), request.args.get(_FEATURE, "")
        if not name:
            return _page(plan, view, _every(plan, view))
        return _feature_page(plan, view, _one(plan, view, name), name)

    @pages.post("/sensitivity")
    def site_page() -> Response:
        question, name, _form = read_form(plan)
        found = current_app.extensions["atlas_workers"].ask(question, answering.answer_held)
        view = question.view(plan)
        return _one_page(plan, view, found, {"name": name or _("Site without a name")})

    @pages.get("/api/sensitivity")
    def as_json() -> Response:
        words = read_query(_FEATURE, *VIEW_WORDS)
        view, name = read_view(plan, words), words.get(_FEATURE)
        if name is not None:
            found = {name: _one(plan, view, name)}
            return answer(pack(to_json(spoken.sensitivities_json(plan, view, found))))
        key = (plan.catalogue.version, "sensitivity")
        made = payloads.get(key, lambda: to_json(spoken.sensitivities_json(plan, view, _every(plan, view))), view)
        return answer(made)

    @pages.post("/api/sensitivity")
    def of_site() -> Response:
        read_query("crs", "datum", *VIEW_WORDS)  # one site, without its parts
        question = read_question(plan)
        found = current_app.extensions["atlas_workers"].ask(question, answering.answer_held)
        view = question.view(plan)
        return answer(pack(to_json(spoken.site_sensitivity_json(plan, view, found))))

    return pages


@lru_cache(maxsize=KEPT)
def _every(plan: Plan, view: View) -> Found:
    return all_ring_changes(plan, view)


def _one(plan: Plan, view: View, name: str) -> Sensitivity:
    """One feature, with its verdicts if it is a site with an outline; Problem 404, or 422 for what is nowhere."""
    every = _every(plan, view)
    if name not in plan.shapes:
        raise none_such(_FEATURE, name, every)
    if name not in every:
        detail = _("This has neither an outline nor a point on the map, so it stands in no ring that could change.")
        raise not_assessable("not_located", detail, feature=name)
    if plan.shapes[name].area_m2 is None:
        return every[name]
    checked = (site.found for site in checked_sites(plan, view).sites if site.id == name)
    found = next(checked, None)
    return every[name] if found is None else assessment_changes(plan, view, found)


def _page(plan: Plan, view: View, found: Found) -> Response:
    reader = table_reader(plan, view)
    rows = [_row(plan, view, name, found[name], reader) for name in spoken.by_margin(found)]
    keys = [f"table_{key}" for key in _TABLE_WORDS]
    page_data = {"lang": reader.lang, "words": {key: reader.words[key] for key in keys}}
    heads = [_head(view, bar, reader) for bar in (rows[0]["bars"] if rows else ())]
    movable = sum(row["margin"] != "" for row in rows)
    return render_page(
        "sensitivity.html", rows=rows, heads=heads, movable=movable, page_data=page_data, **_shared(plan, view, reader)
    )


def _feature_page(plan: Plan, view: View, found: Sensitivity, name: str) -> Response:
    reader = table_reader(plan, view)
    return _one_page(plan, view, found, {"id": name, "name": reader.names[name], "map_url": reader.map_url(name)})


def _one_page(plan: Plan, view: View, found: Sensitivity, named: Mapping[str, str]) -> Response:
    """The page of one feature; a drawn site has no `id` and no place on the map that an address could name."""
    reader = table_reader(plan, view)
    at = 0 if reader.lang == "zh" else 1
    bars = [bar_of(moved, found, reader.lang, reach_m=whole_reach_of(moved)) for moved in found.distances]
    return render_page(
        "sensitivity_one.html",
        found=found,
        bars_shown=bars,
        heads=[_head(view, bar, reader) for bar in bars],
        ring_sentence=spoken.ring_sentence(view, found)[at],
        verdict_sentence=spoken.verdict_sentence(view, found)[at],
        at=at,
        **named,
        **_shared(plan, view, reader),
    )


def _shared(plan: Plan, view: View, reader: Reader) -> dict[str, object]:
    return {
        "view": view,
        "words": reader.words,
        "names": reader.names,
        "crs": plan.catalogue.metric_crs,
        "shore_m": _metres(view.lake.accuracy_m, reader.lang),
        "metres": lambda value, decimals=0: units.format_number(value, decimals, reader.lang),
    }


def _row(plan: Plan, view: View, name: str, found: Sensitivity, reader: Reader) -> dict[str, Any]:
    """A feature in the table: what stands in its cells and what they are sorted by."""
    shape, margin_m, steps = plan.shapes[name], found.margin_m, found.ring_steps
    is_open = margin_m is not None and margin_m < found.bound_m
    return {
        "id": name,
        "name": reader.names[name],
        "home": reader.names[found.home_zone],
        "home_zone": found.home_zone,
        "margin": "" if margin_m is None else repr(margin_m),
        "margin_text": "–" if margin_m is None else _move(steps[0].delta_m, reader.lang),
        "sentence": spoken.ring_sentence(view, found)[0 if reader.lang == "zh" else 1],
        "to": reader.names[steps[0].value] if steps else "",
        "step_ring": reader.names[steps[0].ring] if steps else "",
        "step_sort": f"{steps[0].ring} {steps[0].at_m:08.1f}" if steps else "",
        "step_at": _metres(steps[0].at_m, reader.lang) if steps else "",
        "is_fall": bool(steps) and steps[0].delta_m <= 0,
        "is_open": is_open,
        "bound": _metres(found.bound_m, reader.lang),
        "bound_m": repr(found.bound_m),
        "shore": "" if found.distance_m is None else repr(found.distance_m),
        "shore_text": "–" if found.distance_m is None else _metres(found.distance_m, reader.lang),
        "layer": plan.layer(shape.feature.layer).title_zh if reader.lang == "zh" else _layer_en(plan, name),
        "bars": [bar_of(moved, found, reader.lang, reach_m=reach_of(moved)) for moved in found.distances],
    }


def _layer_en(plan: Plan, name: str) -> str:
    return plan.layer(plan.shapes[name].feature.layer).title_en


def _head(view: View, bar: Bar, reader: Reader) -> dict[str, str]:
    """What stands over the bars of one distance: its ring, its base with the basis, the ends of its axis."""
    return {
        "ring": reader.names[bar.moved.ring],
        "zone": bar.moved.ring,
        "base": bar.base.text,
        "basis": bar.moved.basis,
        "low": _metres(bar.low_m, reader.lang),
        "high": _metres(bar.high_m, reader.lang),
    }


def _metres(value: float, lang: str) -> str:
    return units.format_number(value, 0, lang)


def _move(delta_m: float, lang: str) -> str:
    """A move with its sign.

    >>> _move(75.2, "en"), _move(-260.0, "en")
    ('+75', '−260')
    """
    text = _metres(delta_m, lang)
    return text if delta_m < 0 else f"+{text}"
