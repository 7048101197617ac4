"""A page for each thing of the atlas: all that is known of it at one address, and a list of all."""

from __future__ import annotations

from itertools import groupby
from urllib.parse import urlencode

from flask import Blueprint, Response

from geo.catalogue import Feature, Layer
from geo.output import places
from geo.output.features import Json, feature_properties
from geo.output.mapcut import map_cut
from geo.plan import Plan
from geo.view import Shape, View
from webapp import placetext, tablecells
from webapp.errors import none_listed
from webapp.language import reader_language
from webapp.payloads import PayloadCache, answer, to_json
from webapp.queries import VIEW_WORDS, read_query, read_view, whole_view_words
from webapp.tablecells import Reader
from webapp.tablepages import table_reader
from webapp.views import read_address, render_page

LIST = "/places"


def make_place_pages(plan: Plan) -> Blueprint:
    """The routes /places, /places/{id} and /api/places/{id} over one plan."""
    pages = Blueprint("places", __name__)
    cache = PayloadCache()

    @pages.get("/places")
    def place_list() -> Response:
        return _list_page(plan, read_address(plan))

    @pages.get("/places/<place_id>")
    def place_page(place_id: str) -> Response:
        view = read_address(plan)
        return _place_page(plan, view, _found(plan, view, place_id))

    @pages.get("/api/places/<place_id>")
    def place_json(place_id: str) -> Response:
        view = read_view(plan, read_query(*VIEW_WORDS))
        shape = _found(plan, view, place_id)
        key = (plan.catalogue.version, place_id)
        return answer(cache.get(key, lambda: to_json(places.place_json(plan, view, shape)), view))

    return pages


def _found(plan: Plan, view: View, place_id: str) -> Shape:
    """The shape of an id in a view; Problem 404 that says where all are listed."""
    for shape in places.places(plan, view):
        if shape.feature.id == place_id:
            return shape
    raise none_listed("place", place_id, LIST)


def _list_page(plan: Plan, view: View) -> Response:
    reader = table_reader(plan, view)
    layers = {layer.id: layer for layer in plan.catalogue.layers}
    listed = groupby(places.places(plan, view), key=lambda shape: shape.feature.layer)
    found = {layer_id: [_list_row(plan, view, shape, reader) for shape in shapes] for layer_id, shapes in listed}
    groups = [
        {
            "id": group.id,
            "name": group.name_zh if reader.lang == "zh" else group.name_en,
            "layers": [
                {"id": layer_id, "title": _title(layers[layer_id]), "rows": rows}
                for layer_id, rows in found.items()
                if layers[layer_id].group == group.id
            ],
        }
        for group in plan.catalogue.groups
    ]
    total = sum(len(rows) for rows in found.values())
    return render_page("places.html", groups=[one for one in groups if one["layers"]], total=total, view=view)


def _list_row(plan: Plan, view: View, shape: Shape, reader: Reader) -> Json:
    one = feature_properties(plan, shape, view)
    size = tablecells.length(one, reader) if one["length_m"] is not None else tablecells.area(one, reader)
    if one["area_m2"] is None and one["stated_area"] is not None:
        size = tablecells.stated(one, reader)
    return {
        "id": one["id"],
        "name": one[f"name_{reader.lang}"],
        "size": size.text,
        "is_stated": one["area_m2"] is None and one["stated_area"] is not None,
        "home": reader.names[one["home_zone"]] if one["home_zone"] else "–",
        "basis": tablecells.basis(one, reader).text,
        "accuracy": tablecells.accuracy(one, reader).text,
        "status": tablecells.status(one, reader).text,
    }


def _place_page(plan: Plan, view: View, shape: Shape) -> Response:
    reader, told = table_reader(plan, view), places.place_json(plan, view, shape)
    names = {one.feature.id: _name(one.feature) for one in places.places(plan, view)}
    return render_page(
        "place.html",
        told=told,
        one=told["feature"],
        shape=shape,
        view=view,
        name=_name(shape.feature),
        other_name=shape.feature.name_en if reader.lang == "zh" else shape.feature.name_zh,
        layer_title=_title(plan.layer(shape.feature.layer)),
        basis=placetext.basis_text(shape, reader),
        edges=places.edges_of(view, shape),
        shares=placetext.parts(told["shares"], reader),
        standing=view.standings.get(shape.feature.id),
        projects=placetext.project_rows(places.projects_of(plan, shape.feature.id), reader),
        place_sources=placetext.source_rows(told["sources"], reader),
        names={**reader.names, **names},
        previous=_beside(told["previous"], names),
        next=_beside(told["next"], names),
        **_figures(plan, shape, told, reader),
        **_surroundings(plan, view, shape, reader),
        **_addresses(shape, view, reader),
        words=reader.words,
        sources=plan.catalogue.sources,
        crs=plan.catalogue.metric_crs,
    )


def _figures(plan: Plan, shape: Shape, told: Json, reader: Reader) -> dict[str, object]:
    """What is computed and stated of a place; the stated area itself only where no ledger holds it."""
    figures, stated = places.figures_of(plan, shape.feature.id), told["feature"]["stated_area"]
    return {
        "areas": placetext.area_rows(shape, reader.lang),
        "ellipsoidal": placetext.ellipsoidal_text(shape, reader.lang),
        "length": placetext.length_text(shape.length_m, told["length_u_m"], reader.lang) if shape.length_m else "",
        "figures": placetext.figure_rows(plan, figures, reader),
        "figure_count": len(figures),
        "stated": tablecells.stated_text(stated, reader) if stated and not figures else "",
    }


def _surroundings(plan: Plan, view: View, shape: Shape, reader: Reader) -> dict[str, object]:
    """The map cut, its neighbours as a table, and which of them bear their number in it."""
    near = places.neighbours_of(plan, shape)
    cut = map_cut(plan, view, shape, [one.shape for one in near])
    titles = {layer.id: _title(layer) for layer in plan.catalogue.layers}
    marks = cut.marks if cut else ()
    return {
        "cut": cut,
        "cut_text": [f"{mark.number} {_name(near[mark.number - 1].shape.feature)}" for mark in marks],
        "neighbours": placetext.neighbour_rows(near, titles, reader),
        "marked": {mark.number for mark in marks},
    }


def _addresses(shape: Shape, view: View, reader: Reader) -> dict[str, object]:
    layer = shape.feature.layer
    asked = urlencode({**whole_view_words(view), "lang": reader.lang}, safe=",")
    is_outline = shape.area_m2 is not None
    return {
        "assess_url": f"/assess?{asked}#pick={shape.feature.id}" if is_outline else None,
        "map_url": reader.map_url(shape.feature.id),
        "geojson_url": f"/export/{layer}.geojson?{asked}",
        "json_url": f"/api/places/{shape.feature.id}?{urlencode(whole_view_words(view), safe=',')}",
        "figures_url": reader.figures_url(shape.feature.id),
        "source_url": reader.source_url,
    }


def _beside(place_id: str | None, names: dict[str, str]) -> dict[str, str] | None:
    return None if place_id is None else {"id": place_id, "name": names[place_id]}


def _title(layer: Layer) -> str:
    return layer.title_zh if reader_language() == "zh" else layer.title_en


def _name(feature: Feature) -> str:
    return feature.name_zh if reader_language() == "zh" else feature.name_en
