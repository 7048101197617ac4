"""The pages in words: each layer as a table that says what its map shows, and where everything comes from."""

from __future__ import annotations

from collections import Counter
from functools import partial
from urllib.parse import urlencode

from flask import Blueprint, Response, request

from geo import crs
from geo.catalogue import Feature
from geo.landuse import land_use_table
from geo.output import layers
from geo.output.features import Json
from geo.plan import EXTENT_LAYERS, Plan
from geo.view import View
from webapp.language import LANGUAGES, reader_language
from webapp.licence import parse_licence
from webapp.queries import VIEW_WORDS, check_layer, view_words
from webapp.tablecells import Reader
from webapp.tablerows import columns_and_rows
from webapp.views import read_address, render_page
from webapp.words import words

NOT_DRAWN = "none"


def make_table_pages(plan: Plan) -> Blueprint:
    """The routes /layers/{id} and /sources over one plan; the words of the map's address pass unread."""
    pages = Blueprint("tables", __name__)
    licence = parse_licence(plan.catalogue.licence)

    @pages.get("/layers/<layer_id>")
    def layer_table(layer_id: str) -> Response:
        check_layer(plan, layer_id)
        view = read_address(plan)
        reader = table_reader(plan, view)
        detail = layers.layer_detail(plan, layer_id, view)
        columns, rows = columns_and_rows(detail["features"], reader)
        return render_page(
            "layer.html",
            layer=_origin(plan, detail, view),
            columns=columns,
            rows=rows,
            views=_views(plan, view),
            sources=plan.catalogue.sources,
            crs_name=crs.crs_name(plan.catalogue.metric_crs),
            **_common(plan, view, reader),
        )

    @pages.get("/sources")
    def sources() -> Response:
        view = read_address(plan)
        reader = table_reader(plan, view)
        rows = [_origin(plan, row, view) for row in layers.layer_list(plan, view)["layers"]]
        return render_page(
            "sources.html",
            sources=sorted(plan.catalogue.sources.values(), key=lambda source: source.id),
            layers=rows,
            licence=licence.of(reader.lang),
            unplaced=_unplaced(plan),
            slots=plan.catalogue.slots,
            **_common(plan, view, reader),
        )

    return pages


def _common(plan: Plan, view: View, reader: Reader) -> dict[str, object]:
    """What both pages use: the words, the ways to cards and rows, all layers, what the scripts need."""
    keys = ("table_rows", "table_none", "table_copied", "table_not_copied", "table_sorted_up", "table_sorted_down")
    lang = reader.lang
    return {
        "words": reader.words,
        "map_url": reader.map_url,
        "source_url": reader.source_url,
        "names": reader.names,
        "table_url": partial(_address, plan, view, "/layers/"),
        "sources_url": _address(plan, view, "/sources"),
        "all_layers": list(reversed(plan.catalogue.layers)),
        "crs": plan.catalogue.metric_crs,
        "page_data": {"lang": lang, "words": {key: reader.words[key] for key in keys}},
    }


def table_reader(plan: Plan, view: View) -> Reader:
    """What the cells of a page share: language, words, names by id, and addresses that keep the view."""
    lang = reader_language()
    said = words()
    names = {key.removeprefix("ring_label_"): text for key, text in said.items() if key.startswith("ring_label_")}
    names |= {"water": said["zone_water"], "outside": said["zone_outside"]}
    names |= {shape.feature.id: _name(shape.feature, lang) for shape in plan.shapes.values()}
    table = land_use_table(plan.catalogue.land_use)
    codes = {shape.feature.land_use for shape in plan.shapes.values() if shape.feature.land_use}
    names |= {f"land_use {code}": f"{code} {table.name(code, lang)}" for code in codes}
    return Reader(
        lang=lang,
        words=said,
        names=names,
        map_url=partial(_map_url, plan, view),
        source_url=lambda source: f"{_address(plan, view, '/sources')}#{source}",
        figure_url=partial(_address, plan, view, "/figures/"),
        figures_url=lambda feature: f"/figures?{urlencode({'feature': feature, **_language()}, safe=':')}",
    )


def _name(feature: Feature, lang: str) -> str:
    return feature.name_zh if lang == "zh" else feature.name_en


def _address(plan: Plan, view: View, path: str, more: str = "", **changed: str) -> str:
    """A page of this atlas in the present view and language; what the address need not say is left out."""
    asked = {**view_words(plan, view, **changed), **_language()}
    query = urlencode(asked, safe=",")
    return f"{path}{more}?{query}" if query else f"{path}{more}"


def _map_url(plan: Plan, view: View, feature_id: str) -> str:
    """The map with this feature's card, its layer switched on; words in the order of the map's own address."""
    layer = plan.layer(feature_id.split(":")[0])
    is_shown = layer.id == EXTENT_LAYERS[view.extent] if layer.id in EXTENT_LAYERS.values() else layer.visible
    kept = view_words(plan, view)
    asked = {name: kept[name] for name in VIEW_WORDS[:1] if name in kept}
    asked |= {} if is_shown else {"on": layer.id}
    asked |= {"sel": feature_id, **kept, **_language()}
    return f"/?{urlencode(asked, safe=':,')}"


def _language() -> dict[str, str]:
    """The language, if the address named it."""
    lang = request.args.get("lang")
    return {"lang": lang} if lang in LANGUAGES else {}


def _views(plan: Plan, view: View) -> dict[str, list[tuple[str, str, bool]]]:
    """The extents and readings as links: text, address, whether it is the present one."""
    lang = reader_language()
    to = partial(_address, plan, view, request.path)
    readings = [(one.id, one.name_zh if lang == "zh" else one.name_en) for one in plan.catalogue.rings.readings]
    return {
        "extent": [(extent, to(extent=extent), extent == view.extent) for extent in EXTENT_LAYERS],
        "reading": [(name, to(reading=reading), reading == view.reading) for reading, name in readings],
    }


def _origin(plan: Plan, row: Json, view: View) -> Json:
    """A layer's row with how many of its features each source gives."""
    counts = Counter(shape.feature.source for shape in plan.of_layer(row["id"], view))
    return {**row, "sources": dict(sorted(counts.items()))}


def _unplaced(plan: Plan) -> list[tuple[str | None, list[Feature]]]:
    """The rows known only in words by the area that they are placed in; those without one last, under None."""
    found: dict[str | None, list[Feature]] = {}
    for shape in plan.shapes.values():
        if shape.feature.geometry_basis == NOT_DRAWN:
            found.setdefault(shape.feature.placed_in, []).append(shape.feature)
    return sorted(found.items(), key=lambda group: group[0] is None)
