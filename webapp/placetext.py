"""A place in the reader's words: its basis in a line, its figures, shares, projects, neighbours and sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from geo import units
from geo.catalogue import Figure, Project, in_lang
from geo.neighbours import APART, HOLDS, OVERLAPS, SAME, TOUCHES, WITHIN, Neighbour
from geo.output import ledger
from geo.output.features import Json
from geo.plan import Plan
from geo.reconcile import Comparison, compare_figure
from geo.view import Shape
from webapp import comparisontext
from webapp.tablecells import Reader, of_both, percents
from webapp.views import figure

MOST_FIGURES = 12  # the rest stands behind a link
MOST_PLACES = 6  # of one source for one use
_SURE = ("point", "none")  # these bound nothing in the first place
_BAR = 1000.0  # units that the bar of shares is long


@dataclass(frozen=True)
class Part:
    """A zone in the table of shares, and where its part of the bar lies, in thousandths."""

    id: str
    name: str
    size: str
    percent: str
    interval: str
    start: float
    length: float


def basis_text(shape: Shape, reader: Reader) -> str:
    """How a shape was placed, how surely, and that it bounds nothing, in a line."""
    feature = shape.feature
    kind = "line_" if shape.length_m is not None else ""
    text = reader.words[f"basis_head_{kind}{feature.geometry_basis}"]
    if feature.accuracy_m:
        text += reader.words["accuracy_part"].replace("{metres}", figure(feature.accuracy_m))
    return text if feature.geometry_basis in _SURE else text + _(", not for delimitation")


def area_rows(shape: Shape, lang: str) -> list[tuple[str, str]]:
    """The computed area with its bound in km2, ha and mu, as (unit, text); [] for what has none."""
    if shape.area_m2 is None:
        return []
    bound = shape.area_u_m2 or None
    return [(unit, units.format_area(shape.area_m2, unit, lang, u_m2=bound)) for unit in ("km2", "ha", "mu")]


def ellipsoidal_text(shape: Shape, lang: str) -> str:
    """The area on the ellipsoid in km2, to a hundredth, small ones to a thousandth."""
    if shape.area_ellipsoidal_m2 is None:
        return ""
    value = shape.area_ellipsoidal_m2 / units.M2_PER_KM2
    return f"{units.format_number(value, 2 if value > 10 else 3, lang)} km²"


def length_text(length_m: float, bound_m: float | None, lang: str) -> str:
    """A length in km with its bound, without one to ten metres."""
    decimals = units.bound_decimals(bound_m / 1000) if bound_m else 2
    text = units.format_number(length_m / 1000, decimals, lang)
    return f"{text} ± {units.format_number(bound_m / 1000, decimals, lang)} km" if bound_m else f"{text} km"


def parts(shares: Sequence[Json], reader: Reader) -> list[Part]:
    """The rows of the table of shares and the pieces of its bar, which together are as long as the whole."""
    rows, start = [], 0.0
    for share, percent in zip(shares, percents([row["share"] for row in shares]), strict=True):
        zone, length = share["id"], _BAR * share["share"]
        size, interval = _size(share, reader.lang), interval_text(share)
        rows.append(Part(zone, reader.names[zone], size, percent, interval, start, length))
        start += length
    return rows


def _size(share: Json, lang: str) -> str:
    if share["length_m"] is not None:
        return f"{units.format_number(share['length_m'] / 1000, 2, lang)} km"
    value = share["area_m2"] / units.M2_PER_KM2
    return f"{units.format_number(value, 2 if value < 10 else 1, lang)} km²"


def interval_text(share: Json) -> str:
    """The interval of a share that the accuracy allows, in whole per cent; a dash where none is given."""
    if share["share_low"] is None:
        return "–"
    low, high = (int(100 * share[key] + 0.5) for key in ("share_low", "share_high"))
    return f"{low}–{high}%" if low != high else f"{low}%"


def figure_rows(plan: Plan, figures: Sequence[Figure], reader: Reader) -> list[dict[str, object]]:
    """The stated figures of a place, those that the map can answer first, then in the order of the ledger."""
    compared = [compare_figure(plan, one) for one in figures]
    ordered = sorted(zip(figures, compared, strict=True), key=lambda pair: pair[1].measured is None)
    return [_figure_row(plan, one, row, reader) for one, row in ordered[:MOST_FIGURES]]


def _figure_row(plan: Plan, one: Figure, row: Comparison, reader: Reader) -> dict[str, object]:
    lang = reader.lang
    metric = plan.catalogue.metrics[one.metric]
    return {
        "figure": one,
        "metric": metric.name_zh if lang == "zh" else metric.name_en,
        "value": ledger.figure_text(one, lang),
        "place": in_lang(one.place, lang),
        "row": row,
        "stated": comparisontext.stated_text(row),
        "measured": comparisontext.measured_text(row),
        "difference": comparisontext.difference_text(row, reader.words),
        "picture": comparisontext.picture(row),
        "sides": comparisontext.side_names(row),
    }


def project_rows(projects: Sequence[Project], reader: Reader) -> list[dict[str, object]]:
    """The projects of a place with period, investment and phase as far as their source says."""
    return [_project_row(one, reader) for one in projects]


def _project_row(one: Project, reader: Reader) -> dict[str, object]:
    money = one.investment_1e4_cny
    phases = {"planned": _("planned"), "under_way": _("under way"), "done": _("done"), "": "–"}
    period = _("%(start)s to %(end)s", start=one.start or "–", end=one.end or "–") if one.start or one.end else "–"
    return {
        "project": one,
        "name": one.name_zh if reader.lang == "zh" else one.name_en,
        "period": period,
        "investment": "" if money is None else units.format_value(money, "1e4_cny", reader.lang),
        "phase": phases[one.phase],
        "place": in_lang(one.place, reader.lang),
    }


def neighbour_rows(found: Sequence[Neighbour], titles: dict[str, str], reader: Reader) -> list[dict[str, object]]:
    """The neighbours with their distance as drawn, or how they meet, and the interval that the accuracies allow."""
    names = {
        TOUCHES: _("touches it"),
        OVERLAPS: _("overlaps or crosses it"),
        WITHIN: _("lies around it"),
        HOLDS: _("lies in it"),
        SAME: _("at the same place"),
    }
    rows: list[dict[str, object]] = []
    for one in found:
        feature = one.shape.feature
        far = _metres(one.distance_m, reader.lang)
        rows.append(
            {
                "id": feature.id,
                "name": feature.name_zh if reader.lang == "zh" else feature.name_en,
                "layer": titles[feature.layer],
                "distance": far if one.relation == APART else f"0 m{_('; ')}{names[one.relation]}",
                "interval": f"{_metres(one.low_m, reader.lang, unit=False)}–{_metres(one.high_m, reader.lang)}",
            }
        )
    return rows


def _metres(value: float, lang: str, *, unit: bool = True) -> str:
    return units.format_number(value, 0, lang) + (" m" if unit else "")


def source_rows(sources: Sequence[Json], reader: Reader) -> list[dict[str, object]]:
    """The sources, each once: title, year, and for each use the places in it; of many the first few and how many."""
    uses = {
        "outline": _("Outline or position"),
        "words": _("Named in"),
        "shore": _("Shore that it is computed from"),
        "distance": _("Distance from the shore"),
        "name": _("Name and use"),
        "figure": _("Stated figures"),
        "project": _("Projects"),
    }
    rows: list[dict[str, object]] = []
    for source in sources:
        given: dict[str, list[str]] = {}
        for row in source["places"]:
            given.setdefault(row["use"], []).append(of_both(row["place"], reader.lang))
        rows.append(
            {
                "id": source["id"],
                "name": "" if source["id"] == "public" else source["id"],
                "title": source[f"title_{reader.lang}"],
                "year": source["year"],
                "uses": [(uses[use], _listed(places, reader)) for use, places in given.items()],
            }
        )
    return rows


def _listed(places: Sequence[str], reader: Reader) -> str:
    named = list(dict.fromkeys(filter(None, places)))
    text = _("; ").join(named[:MOST_PLACES])
    if len(named) > MOST_PLACES:
        text += _("; ") + _("and %(count)s more places", count=len(named) - MOST_PLACES)
    return text or "–"
