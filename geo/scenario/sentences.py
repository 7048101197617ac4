"""The difference of two views in words, for a reader who does not read tables: Chinese and English side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geo import units
from geo.plan import Plan
from geo.rings import OUTSIDE
from geo.rules import NOTE, VERDICT_WORDS
from geo.scenario.facts import PlaceChange, RuleChange, Words, ZoneChange
from geo.view import View

_SAME: Words = ("面积和归属均不变", "No area and no place changes")
_LEAST_M2 = 0.5  # what rounds to nothing is no change
_LEAST_SHARE = 0.005  # half a per cent of a place, the least that whole per cents can show
_GLOSS = re.compile(r"\s*[(（].*")
_VERDICTS: dict[str | None, Words] = {None: ("不涉及", "not asked")}
_VERDICTS.update(VERDICT_WORDS)
_VERDICTS[NOTE] = ("提示", "a note")  # within a sentence


def tell(plan: Plan, view: View, zones: Sequence[ZoneChange], places: Sequence[PlaceChange]) -> tuple[Words, ...]:
    """One sentence for each zone whose area changes, each place that moves, and each area that stays but shifts."""
    names = zone_names(view)
    said = [_zone(change, names) for change in zones if abs(change.delta_m2) >= _LEAST_M2]
    said += [_moved(plan, place, names) for place in places if place.is_moved]
    said += [_stays(plan, place, names) for place in places if not place.is_moved and _shifts(place)]
    return tuple(said) or (_SAME,)


def tell_verdict(names: Words, verdicts: tuple[str, str], rules: Sequence[RuleChange]) -> Words:
    """How the verdict on a site changes, and by which rules.

    >>> tell_verdict(("甲", "A"), ("allowed", "allowed"), ())[1]
    'A stays allowed'
    """
    (old_zh, old_en), (new_zh, new_en) = _VERDICTS[verdicts[0]], _VERDICTS[verdicts[1]]
    because_zh = "；".join(
        f"“{one.name[0]}”由{_VERDICTS[one.base_verdict][0]}变为{_VERDICTS[one.verdict][0]}" for one in rules
    )
    because_en = "; ".join(
        f"“{one.name[1]}” from {_VERDICTS[one.base_verdict][1]} to {_VERDICTS[one.verdict][1]}" for one in rules
    )
    if verdicts[0] == verdicts[1]:
        zh, en = f"{names[0]}的结论仍为{new_zh}", f"{names[1]} stays {new_en}"
    else:
        zh, en = f"{names[0]}的结论由{old_zh}变为{new_zh}", f"{names[1]} changes from {old_en} to {new_en}"
    return (f"{zh}：{because_zh}", f"{en}: {because_en}") if rules else (zh, en)


def zone_names(view: View) -> dict[str, Words]:
    """The short names of the zones, without what stands in brackets behind them."""
    return {info.id: (_GLOSS.sub("", info.name_zh), _GLOSS.sub("", info.name_en)) for info in view.config.rings}


def _zone(change: ZoneChange, names: dict[str, Words]) -> Words:
    zh, en = names.get(change.zone, (change.zone, change.zone))
    size_zh, size_en = (area_text(abs(change.delta_m2), lang) for lang in ("zh", "en"))
    if change.base_area_m2 < _LEAST_M2:
        return f"出现{zh}，{size_zh}", f"{en} appears, with {size_en}"
    if change.area_m2 < _LEAST_M2:
        return f"{zh}消失，原为 {size_zh}", f"{en} disappears; it had {size_en}"
    does_zh, does_en = ("扩大", "grows") if change.delta_m2 > 0 else ("缩小", "shrinks")
    return (
        f"{zh}{does_zh} {size_zh}（{percent(change.ratio, 'zh')}）",
        f"{en} {does_en} by {size_en} ({percent(change.ratio, 'en')})",
    )


def area_text(area_m2: float, lang: str) -> str:
    """An area as large as it reads best: from 10 ha on km² with one decimal, from 0.1 ha on ha, below m².

    >>> area_text(3_900_000.0, "en"), area_text(15_000.0, "en"), area_text(420.0, "en")
    ('3.9 km²', '1.5 ha', '420 m²')
    """
    unit, decimals = ("km2", 1) if area_m2 >= 1e5 else ("ha", 1) if area_m2 >= 1e3 else ("m2", 0)
    return f"{units.format_number(units.from_m2(area_m2, unit), decimals, lang)} {units.unit_name(unit, lang)}"


def percent(ratio: float | None, lang: str) -> str:
    """A change in whole per cent with its sign; less than half a per cent is "<1%", nothing to compare with is a dash.

    >>> percent(0.112, "en"), percent(-0.41, "en"), percent(0.002, "en"), percent(None, "en")
    ('+11%', '−41%', '<1%', '–')
    """
    if ratio is None:
        return "–"
    if abs(ratio) < _LEAST_SHARE:
        return "<1%"
    return f"{'+' if ratio > 0 else ''}{units.format_number(100 * ratio, 0, lang)}%"


def _moved(plan: Plan, place: PlaceChange, names: dict[str, Words]) -> Words:
    feature = plan.shapes[place.feature].feature
    (from_zh, from_en), (to_zh, to_en) = (_within(zone, names) for zone in (place.base_zone, place.zone))
    zh = f"{feature.name_zh}由{from_zh}变为{to_zh}"
    en = f"{feature.name_en} moves from {from_en} to {to_en}"
    if len(place.ground) > 1:
        possible = [_within(zone, names) for zone in place.ground]
        zh += f"（实地未定：{'、'.join(one[0] for one in possible)}均有可能）"
        en += f" (open on the ground: {_or([one[1] for one in possible])})"
    return zh, en


def _stays(plan: Plan, place: PlaceChange, names: dict[str, Words]) -> Words:
    feature = plan.shapes[place.feature].feature
    zh, en = _within(place.zone, names)
    old, new = (shares.get(place.zone, 0.0) for shares in (place.base_shares, place.shares))
    old_text, new_text = (f"{units.format_number(100 * share, 0, 'en')}%" for share in (old, new))
    if old_text == new_text:
        return f"{feature.name_zh}仍在{zh}", f"{feature.name_en} stays in {en}"
    return (
        f"{feature.name_zh}仍在{zh}（占比由 {old_text} 变为 {new_text}）",
        f"{feature.name_en} stays in {en} ({new_text} of it, was {old_text})",
    )


def _shifts(place: PlaceChange) -> bool:
    zones = {*place.base_shares, *place.shares}
    return any(abs(place.shares.get(zone, 0.0) - place.base_shares.get(zone, 0.0)) >= _LEAST_SHARE for zone in zones)


def _within(zone: str, names: dict[str, Words]) -> Words:
    """The name of a zone within a sentence."""
    if zone == OUTSIDE:
        return "范围外", "outside the zone"
    zh, en = names.get(zone, (zone, zone))
    return zh, en[:1].lower() + en[1:]


def _or(texts: Sequence[str]) -> str:
    return f"{', '.join(texts[:-1])} or {texts[-1]}"
