"""What the rules say of a site, in the reader's words: verdict, reason, what would change it, and who says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from geo.assess import Assessment, worst_first
from geo.plan import Plan
from geo.rules import UNKNOWN, RuleVerdict, Share
from geo.rules.verdicts import share_words, value_words
from webapp.tablecells import Reader, of_both

ChipRow = tuple[str, ...]  # name, text, and where the text leads to


@dataclass(frozen=True)
class RuleRow:
    """What one rule says: why, what would change it, and who says so (`chip` and what it tells when it is opened).

    `part` is the size of the part of the site that it speaks of, "" for a rule without a place on it.
    """

    id: str
    verdict: str
    name: str
    reason: str
    change: str
    chip: str
    chip_text: str
    told: tuple[ChipRow, ...]
    part: str


def rule_rows(plan: Plan, found: Assessment, sizes: Mapping[str, str], reader: Reader) -> list[RuleRow]:
    """The verdicts of a site, worst first; `sizes` are those of the parts that rules speak of, by rule id."""
    return [_rule_row(plan, one, sizes.get(one.rule, ""), reader) for one in worst_first(found.verdicts)]


def _rule_row(plan: Plan, one: RuleVerdict, part: str, reader: Reader) -> RuleRow:
    side = 0 if reader.lang == "zh" else 1
    chip, text = one.basis, _("assumed")
    if is_unloaded(one):
        chip, text = "none", _("no data")
    elif one.basis == "stated":
        text = _("stated %(source)s", source=one.source) if one.source and one.source != "public" else _("stated")
    reason, change, told = one.reason[side], one.what_would_change[side], _rule_told(plan, one, reader)
    return RuleRow(one.rule, one.verdict, one.name[side], reason, change, chip, text, told, part)


def is_unloaded(one: RuleVerdict) -> bool:
    """Whether a rule was not checked because no layer is loaded for it."""
    return one.kind == "slot" and one.verdict == UNKNOWN and not one.measured


def source_name(plan: Plan, source_id: str, lang: str) -> str:
    """A source by its id and title; a public one by its title alone."""
    source = plan.catalogue.sources[source_id]
    title = source.title_zh if lang == "zh" else source.title_en
    return title if source_id == "public" else f"{source_id} {title}"


def _rule_told(plan: Plan, one: RuleVerdict, reader: Reader) -> tuple[ChipRow, ...]:
    """What the chip of a rule answers: why it is assumed or what it says, the numbers, where it stands."""
    book = plan.catalogue.rules
    reasons = [(rule.reason_zh, rule.reason_en) for rule in (book.rules if book else ()) if rule.id == one.rule]
    why = reasons[0][0 if reader.lang == "zh" else 1] if reasons else ""
    head = _("Why assumed") if one.basis == "assumed" else _("What it says")
    rows: list[ChipRow] = [(head, why)] if why else []
    rows += _numbers(plan, one, reader.lang)
    if one.source:
        rows.append((_("Source"), source_name(plan, one.source, reader.lang), reader.source_url(one.source)))
        rows.append((_("Place in it"), of_both(one.place, reader.lang)))
    else:
        rows += [(_("Standard"), one.standard[0 if reader.lang == "zh" else 1])]
        rows += [(_("Edition"), of_both(one.edition, reader.lang))]
    return tuple(rows)


def _numbers(plan: Plan, one: RuleVerdict, lang: str) -> list[ChipRow]:
    side = 0 if lang == "zh" else 1
    measured = {quantity.name: quantity for quantity in one.measured}
    limits = {quantity.name: value_words(quantity.value, quantity.unit)[side] for quantity in one.limits}
    rows: list[ChipRow] = []
    if "share_low" in measured:
        share = share_words(Share(measured["share_low"].value, measured["share_high"].value))[side]
        rows.append((_("Measured, on the ground"), _("%(share)s of the site", share=share)))
        rows.append((_("System"), plan.catalogue.metric_crs))
    if "value" in measured:
        rows.append((_("Value as given"), value_words(measured["value"].value, measured["value"].unit)[side]))
    if "minimum" in limits:
        rows.append((_("At least"), limits["minimum"]))
    if "maximum" in limits:
        rows.append((_("At most"), limits["maximum"]))
    return rows
