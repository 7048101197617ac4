"""The pages for people: the map and what it is. Features never enter a page; the browser fetches them."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from flask import Blueprint, Flask, Response, render_template, request
from flask_babel import gettext as _

from geo import units
from geo.output import guides, layers
from geo.output.features import Json
from geo.plan import Plan
from geo.scenario import rings_text
from geo.view import View
from webapp.language import LANGUAGES, mark_language, other_language_url, reader_language
from webapp.maps import ShellKeeper
from webapp.queries import check_language, read_view, scenario_asked
from webapp.settings import Settings
from webapp.words import shared_words, words


def make_views(plan: Plan, settings: Settings, keeper: ShellKeeper) -> Blueprint:
    """The routes of the pages over one plan; words like view, on and sel are the browser's and pass unread."""
    views = Blueprint("views", __name__)
    facts = layers.plan_facts(plan, plan.view())
    led = {lang: {"themes": guides.themes(plan, lang), "tour": guides.tour(plan, lang)} for lang in LANGUAGES}

    @views.get("/")
    def map_page() -> Response:
        read_address(plan)
        shell = keeper.shell()
        lang = reader_language()
        data = {"lang": lang, "words": words(), "defaults": facts["defaults"], **_without_words(led[lang])}
        shown = {"shell_html": shell.html, "shell_script": shell.script, "page_data": data, "facts": facts}
        return render_page("map.html", **shown, **led[lang])

    @views.get("/about")
    def about() -> Response:
        view = read_address(plan)
        return render_page("about.html", atlas=layers.layer_list(plan, view, settings.map_review_no))

    return views


def _without_words(led: dict[str, list[Json]]) -> dict[str, list[Json]]:
    """Themes and steps without their texts and sources, which stand in the page itself."""
    left_out = ("parts", "sources")
    return {name: [{key: row[key] for key in row if key not in left_out} for row in led[name]] for name in led}


def init_pages(app: Flask, plan: Plan, settings: Settings) -> None:
    """Give every template, the error page included, what all pages say."""
    review = layers.review(settings.map_review_no)
    defaults = layers.plan_facts(plan, plan.view())["defaults"]

    @app.context_processor
    def common() -> dict[str, object]:
        lang = reader_language()
        kept = _kept_words(plan)

        def page_url(path: str, **more: str) -> str:
            """A page of the atlas in the present view and language; `more` are words of its own."""
            query = urlencode({**kept, **more}, safe=",")
            return f"{path}?{query}" if query else path

        return {
            "lang": lang,
            "home_url": page_url("/"),
            "page_url": page_url,
            "scenario": _scenario(plan),
            "zone_name": plan.catalogue.zone_zh if lang == "zh" else plan.catalogue.zone_en,
            "figure": figure,
            "other_lang_url": other_language_url(),
            "review_notice": review[f"notice_{lang}"],
            "legal_notice": layers.LEGAL_ZH if lang == "zh" else layers.LEGAL_EN,
            "version": plan.catalogue.version,
            "shared_data": {"lang": lang, "defaults": defaults, "words": shared_words()},
        }


def figure(value: float) -> str:
    """A number as it is known, in the reader's language: grouped, with every decimal that it has."""
    return units.format_exact(value, reader_language())


def _kept_words(plan: Plan) -> dict[str, str]:
    """The words that a link to another page keeps: a valid view and language of the present address."""
    extents, readings = zip(*plan.views, strict=True)
    view = scenario_asked(plan)
    rings = () if view is None else (rings_text(view.distances_m),)
    possible = {"extent": extents, "rings": rings, "reading": readings, "lang": LANGUAGES}
    given = {**request.args.to_dict(), **({"rings": rings[0]} if rings else {})}
    return {name: given[name] for name in possible if given.get(name) in possible[name]}


def _scenario(plan: Plan) -> Json | None:
    """The scenario that the present page speaks of: its distances as text, and the same page of the base plan."""
    view = scenario_asked(plan)
    if view is None:
        return None
    lang = reader_language()
    *first, last = (units.format_exact(distance, lang) for distance in view.distances_m)
    words = [(name, value) for name, value in request.args.items(multi=True) if name != "rings"]
    path = request.path if request.method == "GET" else "/"
    path = quote(path.lstrip("/\\"))  # a path that begins with // would be another host
    between = _(", ") if lang == "en" else "、"
    text = _("%(first)s and %(last)s", first=between.join(first), last=last) if first else last
    return {"distances": text, "base_url": f"/{path}{f'?{urlencode(words)}' if words else ''}"}


def read_address(plan: Plan) -> View:
    """The view that the address of a page names; its other words are the browser's and pass unread."""
    words_given = request.args.to_dict()
    check_language(words_given)
    return read_view(plan, words_given)


def render_page(template: str, **values: object) -> Response:
    """A page in the reader's language, never kept by anybody."""
    response = Response(render_template(template, **values), content_type="text/html; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"  # each answer has a nonce of its own
    return mark_language(response)
