"""The page of the design: its tokens and every component in each of its states, made by the parts of the product."""

from __future__ import annotations

from flask import Blueprint, Response
from flask_babel import gettext as _

from geo.output import guides, layers
from geo.plan import Plan
from webapp.language import reader_language
from webapp.queries import whole_view_words
from webapp.views import read_address, render_page
from webapp.words import words

SPACES_PX = (2, 4, 6, 8, 10, 12, 16, 20)


def make_style_page(plan: Plan) -> Blueprint:
    """The route of /style over one plan: what it shows of the data is that of the address."""
    pages = Blueprint("style", __name__)

    @pages.get("/style")
    def style_page() -> Response:
        view = read_address(plan)
        atlas = layers.layer_list(plan, view)
        data = {"lang": reader_language(), "words": {**words(), **_own_words()}, "defaults": whole_view_words(view)}
        led = {"themes": guides.themes(plan, reader_language()), "tour": guides.tour(plan, reader_language())}
        return render_page("style.html", page_data=data, layers=atlas["layers"], spaces=SPACES_PX, **led)

    return pages


def _own_words() -> dict[str, str]:
    return {
        "style_none": _("No area of this plan has this verdict."),
        "style_found": _("Found"),
    }
