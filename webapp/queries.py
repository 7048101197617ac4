"""What the words of a query mean: each is known, given once, and of the form it must have, or refused by name."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence

from flask import request
from flask_babel import gettext as _

from geo import crs
from geo.errors import QueryError
from geo.plan import Plan
from geo.scenario import parse_rings, rings_text
from geo.view import View
from webapp.errors import Problem, none_such, not_assessable, not_one_of, quote_found, unreadable
from webapp.language import LANGUAGES, reader_language

VIEW_WORDS = ("extent", "rings", "reading")  # in the order of an address
DEFAULT_DATUM = "wgs84"
MAX_LON, MAX_LAT = 180.0, 90.0
# Plain decimals of any sensible length; what is longer is no coordinate, and 1e999 or NaN never reach float().
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,12}(?:\.[0-9]{0,20})?|\.[0-9]{1,20})(?:[eE][+-]?[0-9]{1,2})?")
_ZONE_PREFIXED_M = (13e6, 46e6)  # eastings of 3-degree zones 13 to 45 carry the zone in front, such as 39,4xx,xxx


def read_query(*allowed: str) -> Mapping[str, str]:
    """The query words of the present request; `lang` is always allowed. Problem 400 for others and repeated ones."""
    names = (*allowed, "lang")
    for name, values in request.args.lists():
        if name not in names:
            detail = _(
                "The query word %(name)s is not known here. Use: %(known)s.",
                name=quote_found(name),
                known=", ".join(names),
            )
            raise unreadable("unknown_parameter", detail, parameter=quote_found(name), possible=list(names))
        if len(values) > 1:
            detail = _("%(name)s is given %(count)s times. Give it once.", name=name, count=len(values))
            raise unreadable("repeated_parameter", detail, parameter=name)
    words = request.args.to_dict()
    check_language(words)
    return words


def check_language(words: Mapping[str, str]) -> None:
    """Problem 400 if `lang` is there and is no language of the atlas."""
    if words.get("lang", LANGUAGES[0]) not in LANGUAGES:
        raise not_one_of("lang", words["lang"], LANGUAGES)


def read_view(plan: Plan, words: Mapping[str, str]) -> View:
    """The view that `extent`, `rings` and `reading` ask for, defaults where absent. Problem 400 if there is none.

    Ring distances other than those of the data make a scenario; these themselves are the base plan.
    """
    for position, name in enumerate(("extent", "reading")):
        possible = list(dict.fromkeys(pair[position] for pair in plan.views))
        if name in words and words[name] not in possible:
            raise not_one_of(name, words[name], possible)
    extent, reading = words.get("extent"), words.get("reading")
    if "rings" not in words:
        return plan.view(extent, reading)
    try:
        return plan.view(extent, reading, parse_rings(words["rings"]))
    except QueryError as error:
        raise unreadable("bad_rings", error.text(reader_language()), parameter="rings") from None


def scenario_asked(plan: Plan) -> View | None:
    """The scenario that the present address names; None if it means the base plan, or cannot be read."""
    if "rings" not in request.args:
        return None
    try:
        view = read_view(plan, request.args.to_dict())
    except Problem:
        return None
    return None if view.is_base else view


def view_words(plan: Plan, view: View, **changed: str) -> dict[str, str]:
    """The words by which an address names a view, in their order, defaults left out; `changed` go before."""
    config = plan.catalogue.rings
    present = {"extent": view.extent, "rings": "" if view.is_base else rings_text(view.distances_m)}
    present |= {"reading": view.reading, **changed}
    defaults = {"extent": config.default_extent, "rings": "", "reading": config.default_reading}
    return {name: value for name, value in present.items() if value != defaults[name]}


def whole_view_words(view: View) -> dict[str, str]:
    """The words by which an address names a view, defaults written out; the rings only of a scenario."""
    rings = {} if view.is_base else {"rings": rings_text(view.distances_m)}
    return {"extent": view.extent, **rings, "reading": view.reading}


def read_list(words: Mapping[str, str], name: str, possible: Sequence[str]) -> tuple[str, ...]:
    """The values of a word with commas between, each once; none if it is absent. Problem 400 for an unknown one."""
    values = tuple(dict.fromkeys(value for value in words.get(name, "").split(",") if value))
    for value in values:
        if value not in possible:
            raise not_one_of(name, value, possible)
    return values


def joined_words(names: Collection[str]) -> dict[str, str]:
    """The words `names` of a form or a link: several values of a word as one list, empty ones left out of it.

    A form without scripts names a word once for each of its boxes.
    """
    return {name: ",".join(filter(None, values)) for name, values in request.args.lists() if name in names}


def is_canonical(names: Collection[str]) -> bool:
    """Whether the present address names each of the words `names` at most once, and none without a value."""
    given = [values for name, values in request.args.lists() if name in names]
    return all(len(values) == 1 and values[0] for values in given)


def kept_words() -> dict[str, str]:
    """The words of view and language that the present address names, as they stand; the page has checked them."""
    kept = {name: request.args[name] for name in VIEW_WORDS if request.args.get(name)}
    return kept | ({"lang": request.args["lang"]} if request.args.get("lang") in LANGUAGES else {})


def check_layer(plan: Plan, layer_id: str, *more: str) -> str:
    """`layer_id` if the plan has such a layer, or it is one of `more`. Problem 404 with the list if not."""
    possible = [*(layer.id for layer in plan.catalogue.layers), *more]
    if layer_id not in possible:
        raise none_such("layer", layer_id, possible)
    return layer_id


def read_position(words: Mapping[str, str]) -> tuple[float, float, str]:
    """(lon, lat, datum): degrees as given, in the datum named (default wgs84).

    Problem 400 for anything else; 422 for numbers that are read, but look like swapped axes or metres.
    """
    datum = words.get("datum", DEFAULT_DATUM)
    if datum not in crs.DATUMS:
        raise not_one_of("datum", datum, crs.DATUMS)
    lon, lat = _number(words, "lon"), _number(words, "lat")
    if abs(lon) > MAX_LON or abs(lat) > MAX_LAT:
        raise _off_the_globe(lon, lat)
    return lon, lat, datum


def _number(words: Mapping[str, str], name: str) -> float:
    text = words.get(name, "").strip()
    if not text:
        detail = _("%(name)s is missing. Give lon and lat in degrees, such as lon=115.96&lat=28.70.", name=name)
        raise unreadable("missing_parameter", detail, parameter=name)
    number = float(text) if _NUMBER.fullmatch(text) else math.nan
    if not math.isfinite(number):
        detail = _(
            "%(name)s=%(found)s is not a number that can be read. Give decimal degrees, such as 115.96.",
            name=name,
            found=quote_found(text),
        )
        raise unreadable("not_a_number", detail, parameter=name)
    return number


def _off_the_globe(lon: float, lat: float) -> Problem:
    found = {"lon": f"{lon:.12g}", "lat": f"{lat:.12g}"}
    if abs(lon) <= MAX_LAT and abs(lat) <= MAX_LON:
        detail = _("lon=%(lon)s, lat=%(lat)s: axes swapped? Longitude comes first, here about 116.", **found)
        return not_assessable("axes_swapped", detail)
    if guess := _metres_of(lon, lat):
        detail = _(
            "lon=%(lon)s, lat=%(lat)s looks like metres of %(crs)s. Convert them to degrees of longitude and latitude.",
            crs=guess,
            **found,
        )
        return not_assessable("looks_like_metres", detail, crs=guess)
    detail = _(
        "lon=%(lon)s, lat=%(lat)s is no place on the globe. lon runs from -180 to 180, lat from -90 to 90.", **found
    )
    return unreadable("out_of_range", detail)


def _metres_of(first: float, second: float) -> str | None:
    """The system that two numbers seem to be metres of, in either order; None if they are no metres of China."""
    easting, northing = (second, first) if 1e5 <= second < 1e6 < first else (first, second)
    if not 1e6 < northing < 1e7:
        easting, northing = northing, easting
    if not 1e6 < northing < 1e7:
        return None
    if 1e5 <= easting < 1e6:
        return "EPSG:4548"
    return "EPSG:4527" if _ZONE_PREFIXED_M[0] <= easting < _ZONE_PREFIXED_M[1] else None
