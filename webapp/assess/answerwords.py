"""An assessed site in the reader's words: what is decided and why, areas and shares, what it meets, who says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from geo import crs, units
from geo.assess import INDICATORS, Answer, AnsweredSite, Assessment
from geo.landuse import land_use_table
from geo.output.features import Json, zone_shares_json
from geo.output.sitesheet import area_bound_m2, conflict_m, parts_json
from geo.plan import Plan
from geo.rules import ALLOWED, CONDITIONAL, CONFLICT, NOTE, UNKNOWN
from geo.rules.verdicts import value_words
from geo.view import View
from webapp import placetext, tablecells
from webapp.assess.rulewords import is_unloaded, rule_rows
from webapp.payloads import to_json
from webapp.tablecells import Reader, adding_up

COUNTED = (CONFLICT, CONDITIONAL, ALLOWED, UNKNOWN)
_LARGE_M2 = 10 * units.M2_PER_HA  # from here on tenths of a hectare and whole mu, as plans write them
_UNITS = ("ha", "mu")
_SEEN = 0.005  # half a per cent: a zone that can hold less is left out where it holds nothing by the line
_WHOLE = 1e-6  # of a site: what is missing is the rounding of clipped outlines


@dataclass(frozen=True)
class ZoneRow:
    """A zone of the site: its share and interval, its piece of the bar, and its area in ha and mu by the line."""

    part: placetext.Part
    ha: str
    mu: str


def tell_site(plan: Plan, view: View, site: AnsweredSite, reader: Reader) -> dict[str, object]:
    """All that the templates show of one site."""
    found = site.found
    zones = _zone_rows(found, reader)
    rows = rule_rows(plan, found, _part_sizes(plan, found, zones, reader.lang), reader)
    slots = {one.rule for one in found.verdicts if is_unloaded(one)}
    return {
        "site": site,
        "row": site_row(site, reader),
        "verdict": found.verdict,
        "heading": heading(plan, found, zones, reader),
        "counts": [(name, sum(row.verdict == name for row in rows)) for name in COUNTED],
        "rules": [row for row in rows if row.verdict != NOTE and row.id not in slots],
        "unchecked": [row for row in rows if row.id in slots],
        "noted": [row for row in rows if row.verdict == NOTE],
        "sizes": sizes(plan, found, reader.lang),
        "total": _total(found, reader.lang),
        "zones": zones,
        "given": _given(plan, found, reader),
        "green": None if found.existing_park_share is None else _percent(found.existing_park_share),
        "meets": _meets(plan, found, reader),
        "distances": _distances(plan, found, reader),
        "shore_m": view.lake.accuracy_m,
        "notices": _notices(plan, site, reader, has_slots=bool(slots)),
        "sources": [plan.catalogue.sources[name] for name in found.sources],
        "area_m2": round(found.area_m2, 2),
        "area_ha": round(found.area_m2 / units.M2_PER_HA, 6),
        "area_mu": round(found.area_m2 / units.M2_PER_MU, 4),
        "plane": units.format_area(found.area_m2, "m2", reader.lang),
        "ellipsoid": units.format_area(found.area_ellipsoidal_m2, "m2", reader.lang),
        "parts": to_json(parts_json(found)).decode(),
    }


def site_row(site: AnsweredSite, reader: Reader) -> dict[str, object]:
    """A site among others: its size, where it lies, its verdict and the first rule that gives it."""
    found = site.found
    because = [one.name[0 if reader.lang == "zh" else 1] for one in found.verdicts if one.verdict == found.verdict]
    return {
        "number": site.number,
        "mu": _total(found, reader.lang)["mu"],
        "home": reader.names[found.home_zone],
        "verdict": found.verdict,
        "because": because[0] if because else "",
    }


def tell_all(answered: Answer, lang: str) -> dict[str, object]:
    """What the templates show of the file as it was read."""
    return {
        "read_notices": [note.text(lang) for note in answered.notices],
        "skipped": [one.zh if lang == "zh" else one.en for one in answered.skipped],
        "crs_read": answered.crs,
        "datum_read": crs.DATUM_NAMES[answered.datum],
    }


def heading(plan: Plan, found: Assessment, zones: Sequence[ZoneRow], reader: Reader) -> str:
    """The overall verdict as a headline, with the ground or the number of rules that it comes from."""
    judged = [one for one in found.verdicts if one.verdict != NOTE]
    count, of_all = sum(one.verdict == found.verdict for one in judged), len(judged)
    if not judged:
        return str(_("Not judged: there are no rules"))
    if found.verdict == CONFLICT:
        at_fault = conflict_m(plan, found)
        if at_fault is None:
            return str(_("Conflict with %(count)s of %(total)s rules", count=count, total=of_all))
        if at_fault.area >= found.area_m2 * (1 - _WHOLE):
            return str(_("Conflict on the whole site"))
        area, share = _ground(float(at_fault.area), found, zones, reader.lang)
        return str(_("Conflict on %(area)s (%(share)s)", area=area, share=share))
    if found.verdict == UNKNOWN:
        return str(_("Unknown for %(count)s of %(total)s rules", count=count, total=of_all))
    if found.verdict == CONDITIONAL:
        return str(_("Conditional on %(count)s of %(total)s rules", count=count, total=of_all))
    return str(_("Allowed by all %(total)s rules asked", total=of_all))


def _ground(area_m2: float, found: Assessment, zones: Sequence[ZoneRow], lang: str) -> tuple[str, str]:
    """A part of the site as (area, share); where it is all of a zone, the figures of the table of shares."""
    places = {row.zone: row.area_m2 for row in found.zones}
    for row in zones:
        if abs(places[row.part.id] - area_m2) <= found.area_m2 * _WHOLE:
            return f"{row.ha} {units.unit_name('ha', lang)}", row.part.percent
    area = f"{_number(area_m2, 'ha', found, lang)} {units.unit_name('ha', lang)}"
    return area, _percent(area_m2 / found.area_m2)


def sizes(plan: Plan, found: Assessment, lang: str) -> list[str]:
    """The area of the site in ha and mu, with its bound where the outline has one."""
    bound = area_bound_m2(plan, found)
    if bound:
        return [units.format_area(found.area_m2, unit, lang, u_m2=bound) for unit in _UNITS]
    return [f"{text} {units.unit_name(unit, lang)}" for unit, text in _total(found, lang).items()]


def _total(found: Assessment, lang: str) -> dict[str, str]:
    """The area of the site in the digits that all its parts share, by unit."""
    return {unit: _number(found.area_m2, unit, found, lang) for unit in _UNITS}


def _number(area_m2: float, unit: str, found: Assessment, lang: str) -> str:
    return units.format_number(units.from_m2(area_m2, unit), _decimals(found)[unit], lang)


def _decimals(found: Assessment) -> dict[str, int]:
    """Of hectares and of mu: one digit for all parts of a site."""
    return {"ha": 1, "mu": 0} if found.area_m2 >= _LARGE_M2 else {"ha": 2, "mu": 1}


def _percent(share: float) -> str:
    """A share in whole per cent; something never reads as nothing, and a part never as the whole."""
    if 0 < share < _SEEN:
        return "<1%"
    return ">99%" if 1 - _SEEN <= share < 1 - _WHOLE else f"{int(100 * share + 0.5)}%"


def _zone_rows(found: Assessment, reader: Reader) -> list[ZoneRow]:
    """The zones that hold a part of the site by the line or may hold one; their figures add up like the whole."""
    shares = [row for row in zone_shares_json(found.zones) if row["share"] > 0 or row["share_high"] >= _SEEN]
    parts = placetext.parts([{**row, "length_m": None} for row in shares], reader)
    columns = []
    for unit, decimals in _decimals(found).items():
        scale = 10**decimals
        whole = adding_up([units.from_m2(row["area_m2"], unit) * scale for row in shares])
        columns.append([units.format_number(value / scale, decimals, reader.lang) for value in whole])
    return [ZoneRow(part, ha, mu) for part, ha, mu in zip(parts, *columns, strict=True)]


def _part_sizes(plan: Plan, found: Assessment, zones: Sequence[ZoneRow], lang: str) -> dict[str, str]:
    """How large the part of the site is that each rule about places speaks of, by rule id."""
    sizes_of = {}
    for rule, part in found.parts:
        area, share = _ground(float(crs.to_metres(part, plan.catalogue.metric_crs).area), found, zones, lang)
        sizes_of[rule] = _("%(area)s (%(share)s)", area=area, share=share)
    return sizes_of


def _given(plan: Plan, found: Assessment, reader: Reader) -> list[tuple[str, str]]:
    """What was said of the site: its land use and its indicators."""
    rows = []
    if found.land_use is not None:
        table = land_use_table(plan.catalogue.land_use)
        is_listed = any(found.land_use.startswith(one.code) for one in table.classes)
        name = table.name(found.land_use, reader.lang) if is_listed else ""
        rows.append((_("Land use"), f"{found.land_use} {name}".strip()))
    book = plan.catalogue.rules
    unit_of = {rule.indicator: rule.unit for rule in book.rules if rule.indicator} if book else {}
    names = indicator_names()
    for name in INDICATORS:
        if name in found.indicators:
            value = value_words(found.indicators[name], unit_of.get(name, "count"))
            rows.append((names[name], value[0 if reader.lang == "zh" else 1]))
    return rows


def indicator_names() -> Mapping[str, str]:
    """The indicators of a site by property."""
    return {
        "far": _("Floor area ratio"),
        "building_coefficient": _("Building coefficient"),
        "green_ratio": _("Green ratio"),
        "investment_per_mu": _("Investment per mu"),
        "output_per_mu": _("Output per mu"),
        "tax_per_mu": _("Tax per mu"),
    }


def _meets(plan: Plan, found: Assessment, reader: Reader) -> list[Json]:
    rows = []
    for one in found.layers:
        share, interval = _("crosses or touches it"), ""
        if not one.is_drawn:
            share = _("may touch it: no outline")
        elif one.share is not None:
            share = _percent(one.share)
            interval = placetext.interval_text({"share_low": one.low, "share_high": one.high})
        rows.append({**_named(plan, one.feature, reader), "share": share, "interval": interval})
    return rows


def _distances(plan: Plan, found: Assessment, reader: Reader) -> list[Json]:
    rows = []
    for one in found.distances:
        texts = (
            tablecells.length({"length_m": value}, reader).text for value in (one.low_m, one.distance_m, one.high_m)
        )
        low, far, high = texts
        number, _space, unit = low.rpartition(" ")
        between = f"{number}–{high}" if high.endswith(f" {unit}") else f"{low}–{high}"
        rows.append({**_named(plan, one.feature, reader), "distance": far, "interval": between})
    return rows


def _named(plan: Plan, feature_id: str, reader: Reader) -> Json:
    layer = plan.layer(plan.shapes[feature_id].feature.layer)
    title = layer.title_zh if reader.lang == "zh" else layer.title_en
    return {"id": feature_id, "name": reader.names[feature_id], "layer": title}


def _notices(plan: Plan, site: AnsweredSite, reader: Reader, *, has_slots: bool) -> list[str]:
    """What has to be known of the answer; the layers that rules name as not checked are not named again."""
    side = 0 if reader.lang == "zh" else 1
    titles = {(slot.title_zh, slot.title_en)[side] for slot in plan.catalogue.slots} if has_slots else set()
    found = [words[side] for words in site.found.notices]
    kept = [text for text in found if not any(f"({title})" in text or f"（{title}）" in text for title in titles)]
    return [*(note.text(reader.lang) for note in site.notices), *kept]


def crs_title(plan: Plan) -> str:
    """The plan's metric system with its name."""
    return f"{plan.catalogue.metric_crs}, {crs.crs_name(plan.catalogue.metric_crs)}"
