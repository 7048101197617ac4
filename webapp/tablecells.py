"""What stands in the cells of a layer's table, in the reader's language.

Every cell carries its text and, beside it, what it is sorted by: the figure of the API itself, never the rounded one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from geo import units
from geo.output.features import Json
from webapp.views import figure

NOT_KNOWN = "–"
_KM_FROM_M = 10_000  # lengths and distances read in kilometres from here on
_KM2_FROM_M2 = 1_000_000  # smaller areas read in hectares
_TRACE = 0.005  # half a per cent: what is less reads "<1%"


@dataclass(frozen=True)
class Cell:
    """What stands in a table cell; `sort` is "" for what is not known, which stands last either way."""

    text: str = NOT_KNOWN
    sort: str = ""
    href: str = ""


@dataclass(frozen=True)
class Reader:
    """What the cells of one answer share: language, the words of the page, names by id, and addresses by id."""

    lang: str
    words: Mapping[str, str]
    names: Mapping[str, str]  # of zones and of features
    map_url: Callable[[str], str]
    source_url: Callable[[str], str]
    figure_url: Callable[[str], str]  # the page of a stated figure
    figures_url: Callable[[str], str]  # all figures that speak of a feature


def basis(one: Json, reader: Reader) -> Cell:
    """How its outline was placed, in a word."""
    return in_words(reader.words[f"basis_{one['geometry_basis']}"])


def accuracy(one: Json, reader: Reader) -> Cell:
    """The 95 % bound of its position."""
    value = one["accuracy_m"]
    return Cell() if value is None else Cell(f"±{figure(value)} m", repr(value))


def status(one: Json, reader: Reader) -> Cell:
    """Existing or planned."""
    return in_words(reader.words[f"status_{one['status']}"])


def source(one: Json, reader: Reader) -> Cell:
    """The source that speaks of it, with the way there."""
    if not one["source"]:
        return Cell()
    name = reader.words["public_text"] if one["source"] == "public" else one["source"]
    return Cell(name, one["source"], reader.source_url(one["source"]))


def place(one: Json, reader: Reader) -> Cell:
    """Where in the source."""
    return in_words(of_both(one["place"] or "", reader.lang))


def year(one: Json, reader: Reader) -> Cell:
    """The year of the data; what is computed stands on no map that could carry one."""
    found = one["data_year"]
    if found is not None:
        return Cell(str(found), str(found))
    return Cell() if one["geometry_basis"] == "computed" else Cell(reader.words["undated_map"])


def area(one: Json, reader: Reader) -> Cell:
    """The computed area with its bound."""
    if one["area_m2"] is None:
        return Cell()
    unit = "km2" if one["area_m2"] >= _KM2_FROM_M2 else "ha"
    return Cell(
        units.format_area(one["area_m2"], unit, reader.lang, u_m2=one["area_u_m2"] or None), repr(one["area_m2"])
    )


def length(one: Json, reader: Reader) -> Cell:
    """The length as drawn."""
    return _metres(one["length_m"], reader.lang)


def shore(one: Json, reader: Reader) -> Cell:
    """The distance to the lake."""
    return _metres(one["distance_to_lake_m"], reader.lang)


def stated(one: Json, reader: Reader) -> Cell:
    """The stated area as its source gives it."""
    area = one["stated_area"]
    if area is None:
        return Cell()
    href = reader.figure_url(area["figure"]) if area["figure"] else ""
    return Cell(stated_text(area, reader), repr(area["area_m2"]), href)


def figures(one: Json, reader: Reader) -> Cell:
    """How many stated figures speak of it, with the way to them."""
    count = one["figure_count"]
    return Cell(str(count), str(count), reader.figures_url(one["id"])) if count else Cell()


def home(one: Json, reader: Reader) -> Cell:
    """The ring of the largest part; of a point also the rings that are possible on the ground."""
    if not one["home_zone"]:
        return Cell()
    text = reader.names[one["home_zone"]]
    ground = one["ground"] or []
    if not one["zones"] and len(ground) > 1:
        zones = reader.words["or"].join(reader.names[zone] for zone in ground)
        text = _("%(zone)s; near an edge: %(zones)s", zone=text, zones=zones)
    return in_words(text)


def shares(one: Json, reader: Reader) -> Cell:
    """The share of each zone in whole per cent, sorted by the largest."""
    zones = [zone for zone in one["zones"] or [] if zone["share"] > 0]
    if not zones:
        return Cell()
    parts = zip(zones, percents([zone["share"] for zone in zones]), strict=True)
    text = reader.words["list_comma"].join(f"{reader.names[zone['id']]} {percent}" for zone, percent in parts)
    return Cell(text, repr(max(zone["share"] for zone in zones)))


def placed_in(one: Json, reader: Reader) -> Cell:
    """The area that the sources place it in, with the way there."""
    area = one["placed_in"]
    if not area:
        return Cell()
    name = reader.names.get(area, area)
    return Cell(name, name, reader.map_url(area))


def both_names(one: Json, _reader: Reader) -> Cell:
    """The name in both languages."""
    return in_words(" / ".join(dict.fromkeys((one["name_zh"], one["name_en"]))))


def land_use(one: Json, reader: Reader) -> Cell:
    """The land-use class: code and name."""
    return in_words(reader.names.get(f"land_use {one['land_use']}", one["land_use"] or ""))


def lonlat(one: Json, _reader: Reader) -> Cell:
    """A point to go to."""
    if not one["centre"]:
        return Cell()
    lon, lat = one["centre"]
    return Cell(f"{lon:.6f}, {lat:.6f}", repr(lon))


def note(one: Json, reader: Reader) -> Cell:
    """How it was placed, or why it was not."""
    return in_words(one[f"note_{reader.lang}"] or "")


def in_words(text: str) -> Cell:
    """A cell of a text; of none if it is empty."""
    return Cell(text, text) if text else Cell()


def _metres(value: float | None, lang: str) -> Cell:
    if value is None:
        return Cell()
    if value >= _KM_FROM_M:
        return Cell(f"{units.format_number(value / 1000, 1, lang)} km", repr(value))
    return Cell(f"{units.format_number(value, 0, lang)} m", repr(value))


def stated_text(area: Mapping[str, Any], reader: Reader) -> str:
    """A stated area as its source gives it, with its qualifier."""
    text = f"{figure(area['value'])} {units.unit_name(area['unit'], reader.lang)}"
    pattern = reader.words[f"qualifier_{area['qualifier']}"] if area["qualifier"] else "{value}"
    return pattern.replace("{value}", text)


def percents(shares: Sequence[float]) -> list[str]:
    """Shares (0 to 1) in whole per cent that add up like the whole does; a trace reads "<1%".

    >>> percents([0.333, 0.333, 0.334]), percents([0.996, 0.004])
    (['33%', '33%', '34%'], ['100%', '<1%'])
    """
    raw = [share * 100 for share in shares]
    rows = zip(raw, adding_up(raw), strict=True)
    return ["<1%" if 0 < value < 100 * _TRACE else f"{n}%" for value, n in rows]


def adding_up(values: Sequence[float]) -> list[int]:
    """Whole numbers, none further than 1 from its value, that add up to the rounded sum of the values (0 or more).

    The largest remainders take what flooring left, a tie goes to the first.

    >>> adding_up([0.5, 0.5, 1.2])
    [1, 0, 1]
    """
    whole = [int(value) for value in values]
    left = int(sum(values) + 0.5) - sum(whole)
    order = sorted(range(len(whole)), key=lambda i: whole[i] - values[i])
    for i in order[: max(left, 0)]:
        whole[i] += 1
    return whole


def of_both(text: str, lang: str) -> str:
    """The reader's part of a text written "中文 / English"; other texts unchanged.

    >>> of_both("公报 / gazette", "en"), of_both("a / b", "en"), of_both("公报", "en")
    ('gazette', 'a / b', '公报')
    """
    parts = text.split(" / ")
    if len(parts) != 2 or not _has_chinese(parts[0]) or _has_chinese(parts[1]):
        return text
    return parts[0 if lang == "zh" else 1]


def _has_chinese(text: str) -> bool:
    return any("\u4e00" <= sign <= "\u9fff" for sign in text)
