"""Where could it go? The page with its wishes, the map and the ranked places; the same as JSON and GeoJSON."""

from __future__ import annotations

import threading

from flask import Blueprint, Response, make_response, redirect
from flask_babel import gettext as _

from geo.find import CLEAR, Found, Wish, find, land_zones, targets
from geo.output.find import RANKING_EN, RANKING_ZH, find_cut, find_geojson, find_json, shared_rules
from geo.plan import Plan
from geo.view import View
from webapp.assess.page import land_uses
from webapp.errors import busy, not_one_of
from webapp.exports import GEOJSON_TYPE
from webapp.language import mark_language, reader_language
from webapp.payloads import answer, pack, to_json
from webapp.queries import VIEW_WORDS, is_canonical, kept_words, read_query, read_view
from webapp.scenario import findquery as query
from webapp.scenario import findrows as rows
from webapp.scenario.findquery import Asked
from webapp.settings import Settings
from webapp.tablepages import table_reader
from webapp.views import read_address, render_page

FORMATS = ("json", "geojson")
SHOWN = 10
EXAMPLE_MU, EXAMPLE_USE, EXAMPLE_ZONE = 200.0, "0802", "ring_2"
_AT_ONCE, _WAIT_S = 2, 5.0  # looking takes half a second of one processor


def make_find_pages(plan: Plan, settings: Settings) -> Blueprint:
    """The routes /find and /api/find over one plan."""
    pages = Blueprint("find", __name__)
    codes = [one["code"] for one in land_uses(plan, "en")]
    seats = threading.BoundedSemaphore(_AT_ONCE)

    def look(view: View, wish: Wish) -> Found:
        if not seats.acquire(timeout=_WAIT_S):
            raise busy(2)
        try:
            return find(plan, view, wish)
        finally:
            seats.release()

    @pages.get("/find")
    def page() -> Response:
        view = read_address(plan)
        if not query.is_asked():
            return _page(plan, view, Asked(Wish(0.0), kept_words()), None)
        asked = query.read_asked(query.given_words(), view, codes)
        if not is_canonical(query.WISH_WORDS):
            # A form without scripts names a word once for each box: its answer has the one address of the wish.
            return mark_language(make_response(redirect(asked.url())))
        return _page(plan, view, asked, look(view, asked.wish))

    @pages.get("/api/find")
    def as_json() -> Response:
        words = read_query(*query.WISH_WORDS, "limit", "format", *VIEW_WORDS)
        kind = words.get("format", FORMATS[0])
        if kind not in FORMATS:
            raise not_one_of("format", kind, FORMATS)
        view, most = read_view(plan, words), query.read_limit(words, SHOWN)
        found = look(view, query.read_asked(words, view, codes).wish)
        if kind == "geojson":
            return answer(pack(to_json(find_geojson(plan, view, found, most, settings.map_review_no))), GEOJSON_TYPE)
        return answer(pack(to_json(find_json(plan, view, found, most))))

    return pages


def _page(plan: Plan, view: View, asked: Asked, found: Found | None) -> Response:
    lang = reader_language()
    reader = table_reader(plan, view)
    clear_names = (_("existing parks"), _("water"), _("taken sites"))
    return render_page(
        "find.html",
        asked=asked,
        wish=asked.wish,
        found=found,
        uses=land_uses(plan, lang),
        zones=[(zone, reader.names.get(zone, zone)) for zone in land_zones(view)],
        clears=list(zip(CLEAR, clear_names, strict=True)),
        goals={layer: bool(targets(plan, layer)) for layer in ("metro", "roads")},
        example=_example(plan, view, asked),
        slots=[slot.title_zh if lang == "zh" else slot.title_en for slot in plan.catalogue.slots],
        words=reader.words,
        names=reader.names,
        view=view,
        crs=plan.catalogue.metric_crs,
        **(_answer(plan, view, asked, found) if found else {}),
    )


def _answer(plan: Plan, view: View, asked: Asked, found: Found) -> dict[str, object]:
    """What the page says of what was found, or of the nearest miss."""
    reader = table_reader(plan, view)
    side = 0 if reader.lang == "zh" else 1
    shown = found.candidates[:SHOWN]
    shared = shared_rules(shown)
    miss = found.miss
    least = rows.whole_mu(miss.area_m2) if miss else 0
    return {
        "side": side,
        "cut": find_cut(plan, view, found, SHOWN),
        "lines": [rows.line(plan, one, shared, reader, asked.wish.land_use) for one in shown],
        "shared": shared,
        "ranking": (RANKING_ZH, RANKING_EN)[side],
        "notices": [pair[side] for pair in found.notices[1 + len(plan.catalogue.slots) :]],
        "wished": rows.wished(asked, reader),
        "ways_out": rows.ways_out(asked, found, reader),
        "is_opened": rows.opening(found),
        "open_text": rows.land_text(found.open_m2, reader.lang),
        "ground_text": rows.land_text(found.ground_m2, reader.lang),
        "wanted_text": rows.land_text(asked.wish.area_m2, reader.lang),
        "miss_text": rows.land_text(miss.area_m2, reader.lang) if miss else "",
        "miss_zone": reader.names.get(miss.zone, miss.zone) if miss else "",
        "miss_url": asked.of_land(float(least)).url() if least >= 1 else "",
    }


def _example(plan: Plan, view: View, asked: Asked) -> str:
    """The address of an example that this data folder can answer."""
    codes = {one["code"] for one in land_uses(plan, "en")}
    use = EXAMPLE_USE if EXAMPLE_USE in codes else None
    zones = tuple(zone for zone in land_zones(view) if zone == EXAMPLE_ZONE)
    return Asked(Wish(EXAMPLE_MU, use, zones), asked.kept).url()
