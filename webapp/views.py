"""The pages for people: the map and what it is. Features never enter a page; the browser fetches them."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, render_template, request

from geo.output import layers
from geo.plan import Plan
from geo.view import View
from webapp.language import mark_language, other_language_url, reader_language
from webapp.maps import ShellKeeper
from webapp.queries import check_language, read_view
from webapp.settings import Settings
from webapp.words import words


def make_views(plan: Plan, settings: Settings, keeper: ShellKeeper) -> Blueprint:
    """The routes of the pages over one plan; words like view, on and sel are the browser's and pass unread."""
    views = Blueprint("views", __name__)

    @views.get("/")
    def map_page() -> Response:
        _check_address(plan)
        shell = keeper.shell()
        data = {"lang": reader_language(), "words": words()}
        return _page("map.html", shell_html=shell.html, shell_script=shell.script, page_data=data)

    @views.get("/about")
    def about() -> Response:
        view = _check_address(plan)
        return _page("about.html", atlas=layers.layer_list(plan, view, settings.map_review_no))

    return views


def init_pages(app: Flask, plan: Plan, settings: Settings) -> None:
    """Give every template, the error page included, what all pages say."""
    review = layers.review(settings.map_review_no)

    @app.context_processor
    def common() -> dict[str, object]:
        lang = reader_language()
        return {
            "lang": lang,
            "other_lang_url": other_language_url(),
            "review_notice": review[f"notice_{lang}"],
            "legal_notice": layers.LEGAL_ZH if lang == "zh" else layers.LEGAL_EN,
            "version": plan.catalogue.version,
        }


def _check_address(plan: Plan) -> View:
    words_given = request.args.to_dict()
    check_language(words_given)
    return read_view(plan, words_given)


def _page(template: str, **values: object) -> Response:
    response = Response(render_template(template, **values), content_type="text/html; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"  # each answer has a nonce of its own
    return mark_language(response)
