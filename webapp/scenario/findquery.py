"""The words of an address that wish for land: read strictly, written in one order, nothing twice."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import request
from flask_babel import gettext as _

from geo.find import CLEAR, LANDS, MOST_PLACES, Wish, land_zones
from geo.view import View
from webapp.errors import not_one_of, quote_found, unreadable
from webapp.projectquery import number_word
from webapp.queries import joined_words, kept_words, read_list

LENGTHS = {"water_min": "water_min_m", "metro_max": "metro_max_m", "road_max": "road_max_m"}
WISH_WORDS = ("mu", "land_use", "zones", *LENGTHS, "clear")
NOTHING = "none"  # clear=none keeps clear of nothing; without the word of all
_NUMBER = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,3})?", re.ASCII)
_CODE = re.compile(r"[0-9]{2}(?:[0-9]{2}){0,2}", re.ASCII)


@dataclass(frozen=True)
class Asked:
    """What an address wishes, and the words that every link keeps."""

    wish: Wish
    kept: Mapping[str, str]  # extent, rings, reading, lang as far as they are named

    @property
    def words(self) -> dict[str, str]:
        """The words of the wish, each once and in one order; what asks nothing is left out."""
        wish = self.wish
        found = {"mu": number_word(wish.mu), "land_use": wish.land_use or "", "zones": ",".join(wish.zones)}
        for word, name in LENGTHS.items():
            far_m = getattr(wish, name)
            found[word] = "" if far_m is None else number_word(far_m) or "0"
        found["clear"] = "" if wish.clear == CLEAR else ",".join(wish.clear) or NOTHING
        return {name: value for name, value in found.items() if value}

    def url(self, path: str = "/find", **more: str) -> str:
        """The address that wishes this, at the page or at one of its files."""
        return f"{path}?{urlencode({**self.words, **self.kept, **more}, safe=',')}"

    def without(self, name: str) -> Asked:
        """The same without one of the wishes by the names of geo.find."""
        return replace(self, wish=self.wish.without(name))

    def of_land(self, mu: float) -> Asked:
        """The same with other land."""
        return replace(self, wish=replace(self.wish, mu=mu))


def is_asked() -> bool:
    """Whether the present address wishes for land at all."""
    return any(request.args.getlist("mu"))


def given_words() -> dict[str, str]:
    """The words of a form or a link of the page: several values of a word as one list, empty ones left out.

    The form sends clear=none with every box, so that no box means nothing and not all.
    """
    found = joined_words(WISH_WORDS)
    boxes = [one for one in found.get("clear", "").split(",") if one and one != NOTHING]
    if "clear" in found:
        found["clear"] = ",".join(boxes) or NOTHING
    return {name: value.strip() for name, value in found.items() if value.strip()}


def read_asked(words: Mapping[str, str], view: View, codes: Sequence[str]) -> Asked:
    """What the words wish. Problem 400 that lists what is possible for a value that cannot be."""
    zones = read_list(words, "zones", land_zones(view))
    clear = _clear(words)
    code = words.get("land_use") or None
    if code is not None and not (_CODE.fullmatch(code) and any(code.startswith(one) for one in codes)):
        raise not_one_of("land_use", code, codes)
    return Asked(
        Wish(
            mu=_land(words),
            land_use=code,
            zones=tuple(zone for zone in land_zones(view) if zone in zones),
            water_min_m=_length(words, "water_min"),
            metro_max_m=_length(words, "metro_max"),
            road_max_m=_length(words, "road_max"),
            clear=tuple(layer for layer in CLEAR if layer in clear),
        ),
        kept_words(),
    )


def read_limit(words: Mapping[str, str], default: int) -> int:
    """How many places are asked for. Problem 400 for anything but a whole number from 1 to the most that are ranked."""
    text = words.get("limit", str(default))
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:4]) <= MOST_PLACES and len(text) <= 4):
        raise not_one_of("limit", text, [f"1-{MOST_PLACES}"])
    return int(text)


def _clear(words: Mapping[str, str]) -> tuple[str, ...]:
    if "clear" not in words:
        return CLEAR
    return () if words["clear"] == NOTHING else read_list(words, "clear", (*CLEAR, NOTHING))


def _land(words: Mapping[str, str]) -> float:
    if not words.get("mu"):
        detail = _("mu is missing. Give the wanted land in mu, such as mu=200.")
        raise unreadable("missing_parameter", detail, parameter="mu")
    land = _number(words, "mu")
    least, most = LANDS
    if not least <= land <= most:
        detail = _(
            "mu=%(found)s cannot be looked for. Give %(least)s to %(most)s mu.",
            found=words["mu"],
            least=f"{least:g}",
            most=f"{most:.0f}",
        )
        raise unreadable("out_of_range", detail, parameter="mu")
    return land


def _length(words: Mapping[str, str], name: str) -> float | None:
    return _number(words, name) if words.get(name) else None


def _number(words: Mapping[str, str], name: str) -> float:
    text = words[name]
    if _NUMBER.fullmatch(text):
        return float(text)
    detail = _(
        "%(name)s=%(found)s is not a number that can be read. Give digits, with a point for decimals: 200.",
        name=name,
        found=quote_found(text),
    )
    raise unreadable("not_a_number", detail, parameter=name)
