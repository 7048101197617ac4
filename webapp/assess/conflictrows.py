"""What the page of conflicts shows, in the reader's language: a card for what was checked, a row for what was not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from flask_babel import gettext as _

from geo import units
from geo.assess import Assessment, SiteCheck, worst_first
from geo.catalogue import in_lang
from geo.catalogue.rules import Rule
from geo.output.conflicts import REASON_NAMES, origin, reason_text, stands_at
from geo.output.features import centre_json, zone_shares_json
from geo.output.thumbnails import Thumbnail, thumbnail
from geo.plan import Plan
from geo.rules import NOTE, RuleVerdict
from geo.view import Shape
from webapp import placetext, tablecells
from webapp.assess.rulewords import source_name
from webapp.placetext import Part
from webapp.tablecells import Cell, Reader
from webapp.views import figure

INDICATOR, SLOT = "indicator", "slot"
_UNDRAWN = "none"  # the geometry basis of what is known only in words


@dataclass(frozen=True)
class Told:
    """What a rule says, or indicators that agree word for word: verdict, name, why, what would change it, the chip.

    `basis` is "stated" or "assumed"; `chip` the text of its chip, `grounds` what that tells (name, text).
    """

    verdict: str
    name: str
    reason: str
    change: str
    basis: str
    chip: str
    grounds: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Card:
    """A site that was checked."""

    id: str
    name: str
    verdict: str
    picture: Thumbnail | None
    facts: tuple[tuple[str, str], ...]
    shares: tuple[Part, ...]
    rules: tuple[Told, ...]
    slots: tuple[str, ...]
    map_url: str
    ledger: tuple[tuple[str, str], ...]  # (id, text) of its rows


@dataclass(frozen=True)
class Line:
    """A site that was not checked: `feature` is "" if it has no page of its own."""

    id: str
    name: str
    feature: str
    is_drawn: bool
    map_url: str
    reason: str
    why: Cell
    where: Cell
    ring: Cell
    ground: Cell
    origins: tuple[tuple[str, str], ...]  # (id of the row of the ledger or "", text)
    use: str
    note: str


def card(plan: Plan, site: SiteCheck, found: Assessment, reader: Reader) -> Card:
    """A site that was checked, its rules worst first; slots without a layer stand by themselves."""
    at, shape = (0 if reader.lang == "zh" else 1), site.shape
    rules = {rule.id: rule for rule in plan.catalogue.rules.rules} if plan.catalogue.rules else {}
    missing = {slot.id for slot in plan.catalogue.slots}
    slots = [one for one in found.verdicts if one.kind == SLOT and rules[one.rule].slot in missing]
    judged = [one for one in worst_first(found.verdicts) if one not in slots]
    shares = zone_shares_json([row for row in found.zones if row.share > 0 or row.high > 0])
    return Card(
        id=site.id,
        name=site.names[at],
        verdict=found.verdict,
        picture=thumbnail([shape]) if shape is not None else None,
        facts=tuple(_facts(found, shape, reader)),
        shares=tuple(placetext.parts([{**row, "length_m": None} for row in shares], reader)),
        rules=tuple(_told(plan, list(same), rules, reader) for _key, same in groupby(judged, key=_alike)),
        slots=tuple(one.name[at] for one in slots),
        map_url=reader.map_url(site.id),
        ledger=_ledger(site, reader),
    )


def line(plan: Plan, site: SiteCheck, reader: Reader) -> Line:
    """A site that was not checked, with all that is known of where it stands."""
    at = 0 if reader.lang == "zh" else 1
    feature = site.shape.feature if site.shape is not None else None
    ring, ground = stands_at(site)
    why, named = reason_text(plan, site)[at], reader.words["or"].join(reader.names[zone] for zone in ground)
    notes = [in_lang(row.place_words, reader.lang) for row in site.projects if row.place_words]
    use = (feature.land_use if feature is not None else None) or ""
    return Line(
        id=site.id,
        name=site.names[at],
        feature=feature.id if feature is not None else "",
        is_drawn=feature is not None and feature.geometry_basis != _UNDRAWN,
        map_url=reader.map_url(feature.id) if feature is not None else "",
        reason=site.reason,
        why=Cell(why, f"{list(REASON_NAMES).index(site.reason)} {why}"),
        where=_where(site, reader),
        ring=tablecells.in_words(reader.names[ring] if ring else ""),
        ground=tablecells.in_words(_ground(ground, named)),
        origins=_origins(site, reader),
        use=str(reader.names.get(f"land_use {use}", use)),
        note="; ".join(dict.fromkeys(notes)),
    )


def _ground(ground: Sequence[str], named: str) -> str:
    if not ground:
        return ""
    return str(_("certain: %(zone)s", zone=named) if len(ground) == 1 else _("near: %(zones)s", zones=named))


def _where(site: SiteCheck, reader: Reader) -> Cell:
    """The centre of what is drawn, or the area that a source names, with the way there."""
    if site.placed_in is not None:
        name = reader.names.get(site.placed_in, site.placed_in)
        return Cell(name, name, site.placed_in)
    centre = centre_json(site.shape) if site.shape is not None else None
    return Cell() if centre is None else Cell(f"{centre[0]:.4f}, {centre[1]:.4f}", repr(centre[0]))


def _origins(site: SiteCheck, reader: Reader) -> tuple[tuple[str, str], ...]:
    rows = [row.id for row in site.projects] or [""]
    return tuple(
        (row, _source_text(source, place, reader)) for row, (source, place) in zip(rows, origin(site), strict=True)
    )


def _ledger(site: SiteCheck, reader: Reader) -> tuple[tuple[str, str], ...]:
    return tuple((row.id, _source_text(row.source, row.place, reader)) for row in site.projects)


def _source_text(source: str, place: str, reader: Reader) -> str:
    name = reader.words["public_text"] if source == "public" else source
    return f"{name}{reader.words['comma']}{in_lang(place, reader.lang)}"


def _facts(found: Assessment, shape: Shape | None, reader: Reader) -> list[tuple[str, str]]:
    """What was assessed: area with its bound, how the outline is known, home ring, land use."""
    if shape is None:
        return []
    feature, bound = shape.feature, shape.area_u_m2 or None
    unit = "km2" if found.area_m2 >= units.M2_PER_KM2 else "ha"
    areas = [units.format_area(found.area_m2, each, reader.lang, u_m2=bound) for each in (unit, "mu")]
    outline = reader.words[f"basis_{feature.geometry_basis}"]
    if feature.accuracy_m:
        outline = f"{outline}{reader.words['comma']}±{figure(feature.accuracy_m)} m"
    use = reader.names.get(f"land_use {feature.land_use}", feature.land_use or "") or _("not stated")
    return [
        (_("Area"), reader.words["comma"].join(areas)),
        (_("Outline"), outline),
        (_("Home ring"), reader.names[found.home_zone]),
        (_("Land use"), use),
    ]


def _alike(one: RuleVerdict) -> tuple[object, ...]:
    """Indicators that nobody gave say the same one after the other; a rule of another kind stands by itself."""
    said = (one.verdict, one.reason, one.what_would_change, one.basis, one.source)
    return said if one.kind == INDICATOR else (one.rule,)


def _joined(names: Sequence[str], reader: Reader) -> str:
    """Names in a list; what all of them begin with, up to a colon, is said once."""
    colon = "：" if reader.lang == "zh" else ": "
    heads = {name.partition(colon)[0] for name in names}
    if len(names) > 1 and len(heads) == 1 and all(colon in name for name in names):
        rest = reader.words["list_comma"].join(name.partition(colon)[2] for name in names)
        return f"{heads.pop()}{colon}{rest}"
    return reader.words["list_comma"].join(names)


def _told(plan: Plan, same: Sequence[RuleVerdict], rules: Mapping[str, Rule], reader: Reader) -> Told:
    at, first = (0 if reader.lang == "zh" else 1), same[0]
    stated, assumed = _("stated"), _("assumed")
    chip = f"{stated} {first.source}" if first.basis == "stated" and first.source else stated
    return Told(
        verdict=first.verdict,
        name=_joined([one.name[at] for one in same], reader),
        reason=first.reason[at],
        change=first.what_would_change[at] if first.verdict != NOTE else "",
        basis=first.basis,
        chip=chip if first.basis == "stated" else assumed,
        grounds=tuple(row for one in same for row in _grounds(plan, one, rules, reader)),
    )


def _grounds(
    plan: Plan, one: RuleVerdict, rules: Mapping[str, Rule], reader: Reader
) -> tuple[tuple[str, str], tuple[str, str]]:
    """Where a rule stands, and what the atlas made of it."""
    at, rule = (0 if reader.lang == "zh" else 1), rules[one.rule]
    where = reader.words["comma"].join(filter(None, (one.standard[at], in_lang(one.edition, reader.lang))))
    if one.source:
        name = source_name(plan, one.source, reader.lang)
        where = f"{name}{reader.words['comma']}{in_lang(one.place, reader.lang)}"
    why = rule.reason_zh if reader.lang == "zh" else rule.reason_en
    return (one.name[at], where), (_("What it says") if one.basis == "stated" else _("Why assumed"), why)
