"""What the page of land for a wish says of each place, and of each wish that is left out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from geo import units
from geo.find import Found, Place, Relaxation
from geo.output.find import own_rules, site_words
from geo.plan import Plan
from geo.rules import ALLOWED, PLACE_RULES, RuleVerdict
from webapp.scenario.findquery import Asked
from webapp.tablecells import Reader

_SEEN_M2 = 100.0  # less is the rounding of arcs


@dataclass(frozen=True)
class Line:
    """A place as the list shows it; `ways` are (what to, how far, its name)."""

    place: Place
    home: str
    sure: str
    ways: tuple[tuple[str, str, str], ...]
    room: str
    within: tuple[str, ...]  # names of the areas that it touches
    reason: str
    rules: tuple[RuleVerdict, ...]
    hash: str


@dataclass(frozen=True)
class WayOut:
    """A wish that can be left out: its words, the address without it, and what that opens ("" for nothing)."""

    id: str
    text: str
    url: str
    more: str


def line(plan: Plan, place: Place, shared: Sequence[RuleVerdict], reader: Reader, land_use: str | None) -> Line:
    """A place with its figures as people read them."""
    low, high = (math.floor(100 * share + 0.5) for share in (place.home.low, place.home.high))
    ways = []
    for title, way in ((_("station"), place.metro), (_("main road"), place.road)):
        if way is not None:
            ways.append((title, length_text(way.distance_m, reader.lang), reader.names.get(way.feature, way.feature)))
    return Line(
        place=place,
        home=reader.names.get(place.home.zone, place.home.zone),
        sure=f"{low}–{high}%" if low != high else f"{low}%",
        ways=tuple(ways),
        room=length_text(place.room_m, reader.lang),
        within=tuple(reader.names.get(one.feature, one.feature) for one in place.found.layers if one.share),
        reason=place.reason[0 if reader.lang == "zh" else 1],
        rules=tuple(one for one in own_rules(place, shared) if one.kind in PLACE_RULES or one.verdict != ALLOWED),
        hash=site_words(place, land_use),
    )


def ways_out(asked: Asked, found: Found, reader: Reader) -> list[WayOut]:
    """Each wish that can be left out, what opens most first."""
    order = sorted(found.relaxations, key=lambda one: -one.more_m2)
    return [_way_out(asked, one, reader) for one in order]


def wished(asked: Asked, reader: Reader) -> str:
    """What is wished beside the land, in words."""
    return str(reader.words["list_comma"]).join(_wish_text(asked, name, reader) for name in asked.wish.given)


def opening(found: Found) -> bool:
    """Whether leaving out one wish alone opens land."""
    return any(one.more_m2 > _SEEN_M2 for one in found.relaxations)


def land_text(area_m2: float, lang: str) -> str:
    """Land in mu and, if it is much, in km2; in hectares if it is little."""
    mu = units.format_number(units.from_m2(area_m2, "mu"), 0, lang)
    unit = "km2" if area_m2 >= units.M2_PER_KM2 else "ha"
    return f"{mu} {units.unit_name('mu', lang)} ({units.format_area(area_m2, unit, lang)})"


def length_text(length_m: float, lang: str) -> str:
    """A length in tens of metres, from a kilometre on in tenths of one."""
    if length_m >= 1000:
        return f"{units.format_number(length_m / 1000, 1, lang)} km"
    return f"{units.format_number(length_m, -1, lang)} m"


def whole_mu(area_m2: float) -> int:
    """The whole mu that an area surely holds."""
    return math.floor(units.from_m2(area_m2, "mu"))


def _way_out(asked: Asked, one: Relaxation, reader: Reader) -> WayOut:
    more = f"+{land_text(one.more_m2, reader.lang)}" if one.more_m2 > _SEEN_M2 else ""
    return WayOut(one.wish, _wish_text(asked, one.wish, reader), asked.without(one.wish).url(), more)


def _wish_text(asked: Asked, name: str, reader: Reader) -> str:
    wish = asked.wish
    far_m = getattr(wish, name) if name.endswith("_m") else None
    far = "" if far_m is None else length_text(far_m, reader.lang)
    texts = {
        "land_use": _("land use %(code)s", code=wish.land_use),
        "zones": reader.words["list_comma"].join(reader.names.get(zone, zone) for zone in wish.zones),
        "water_min_m": _("at least %(far)s from water", far=far),
        "metro_max_m": _("at most %(far)s to a station", far=far),
        "road_max_m": _("at most %(far)s to a main road", far=far),
        "clear_parks": _("clear of existing parks"),
        "clear_water": _("clear of water"),
        "clear_sites": _("clear of taken sites"),
    }
    return str(texts[name])
