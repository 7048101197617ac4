"""The page on which a file is chosen, a form that works without scripts; the map shows the same form in a dialog."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote, urlencode

from flask import Blueprint, Response, make_response, redirect, request
from flask_babel import gettext as _

from geo import crs
from geo.output.exports import ALL, FILTERS, FORMATS, THEME, Format
from geo.output.exports.target import LONLAT, SHIFTED
from geo.output.features import Json
from geo.plan import Plan
from webapp.exports.query import OPTIONS, SYSTEM_WORDS, check_format, check_what
from webapp.language import LANGUAGES, mark_language, reader_language
from webapp.queries import joined_words, kept_words
from webapp.views import read_address, render_page
from webapp.words.export import export_words

_GO = "go"  # of the button of the form: the file itself is wanted
_FIRST = next(iter(FORMATS))
_SITE_FORMATS = ("gpkg", "shp.zip", "dxf", "txt", "kml", "xlsx")  # of a site; CSV and GeoJSON are made in the browser


def make_export_page(plan: Plan) -> Blueprint:
    """The route /export over one plan, and `export_form` and `site_formats` for the templates of other pages."""
    pages = Blueprint("export_page", __name__)

    @pages.get("/export")
    def page() -> Response:
        read_address(plan)
        asked = _asked(plan)
        if _GO in request.args:
            return mark_language(make_response(redirect(_file_url(asked), 303)))
        lang = reader_language()
        return render_page("export.html", page_data={"lang": lang, "words": export_words()})

    @pages.app_context_processor
    def form() -> dict[str, object]:
        """Made where a template asks for it: few pages do."""
        return {"export_form": lambda: export_form(plan), "site_formats": [FORMATS[ext] for ext in _SITE_FORMATS]}

    return pages


def export_form(plan: Plan) -> Json:
    """What there is to choose from, and what the present address chooses."""
    lang = reader_language()
    asked = _asked(plan) if request.path == "/export" else {}
    themes = plan.catalogue.guides.themes
    layers = [(layer.id, layer.title_zh if lang == "zh" else layer.title_en) for layer in plan.catalogue.layers]
    whole = [
        (ALL, _("All layers")),
        *((f"{THEME}{one.id}", one.name_zh if lang == "zh" else one.name_en) for one in themes),
    ]
    known = {name for name, _title in (*whole, *layers)}
    layer = asked.get("layer", ALL)
    return {
        "asked": asked,
        "layer": layer,
        "several": layer if layer not in known else "",
        "several_count": layer.count(",") + 1,
        "whole": whole,
        "layers": layers[::-1],
        "ext": asked.get("ext", _FIRST),
        "formats": [_format(one, plan, lang) for one in FORMATS.values()],
        "systems": [(f"EPSG:{number}", crs.crs_name(f"EPSG:{number}")) for number in crs.ALLOWED],
        "shifted": [(datum, crs.DATUM_NAMES[datum]) for datum in SHIFTED],
        "system": _system(asked),
        "kept": _kept(asked),
        "today": date.today().isoformat(),
    }


def _format(form: Format, plan: Plan, lang: str) -> Json:
    """A format for people, and for the script which systems it can have."""
    usual = plan.catalogue.metric_crs if form.is_metric else LONLAT
    return {
        "ext": form.ext,
        "title": form.title,
        "whom": form.whom_zh if lang == "zh" else form.whom_en,
        "usual": usual if usual in form.systems else "",
        "systems": " ".join((*form.systems, *(SHIFTED if form.takes_shifted else ()))),
    }


def _asked(plan: Plan) -> dict[str, str]:
    """The words of the form in the present address, empty ones left out. Problem for an unknown layer or format."""
    names = ("layer", "ext", "area", "system", *SYSTEM_WORDS, "bbox", *OPTIONS, *FILTERS)
    words = joined_words(names)
    words = {name: value for name, value in words.items() if value}
    if "layer" in words:
        check_what(plan, words["layer"])
    if "ext" in words:
        check_format(words["ext"])
    return words


def _system(asked: dict[str, str]) -> str:
    """The system as the form names it: one word for systems and datums."""
    return asked.get("system") or asked.get("crs") or asked.get("datum") or ""


def _kept(asked: dict[str, str]) -> dict[str, str]:
    """The words that the form has no field for: the view and the filters; the language is chosen in it."""
    kept = kept_words() | {name: asked[name] for name in FILTERS if name in asked}
    return {name: value for name, value in kept.items() if name != "lang"}


def _file_url(asked: dict[str, str]) -> str:
    """The stable address of the file: words of other formats left out, the rest for the file itself to check."""
    form = FORMATS[asked.get("ext", _FIRST)]
    system = _system(asked)
    words = {("datum" if system in crs.DATUMS else "crs"): system} if system else {}
    if asked.get("area") == "box" or (asked.get("bbox") and asked.get("area") != "all"):
        words["bbox"] = asked.get("bbox", "")  # none is refused, for everything is not what was asked
    words |= {name: asked[name] for name, _values in form.options if name in asked}
    words |= _kept(asked)
    if request.args.get("lang") in LANGUAGES:
        words["lang"] = request.args["lang"]
    query = urlencode(words, safe=":,")
    path = f"/export/{quote(asked.get('layer', ALL), safe=':,')}.{form.ext}"
    return f"{path}?{query}" if query else path
