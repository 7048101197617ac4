"""What a rule says of a site, with the numbers and who says so; and what all of them say together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from geo.rules.facts import Rule, Share
from geo.units import format_value

ALLOWED, CONDITIONAL, UNKNOWN, CONFLICT = "allowed", "conditional", "unknown", "conflict"
NOTE = "note"  # said beside the verdicts; it decides nothing
# How much stands against a site; a note weighs as little as a pass.
SEVERITY: Mapping[str, int] = {ALLOWED: 0, NOTE: 0, CONDITIONAL: 1, UNKNOWN: 2, CONFLICT: 3}
VERDICT_WORDS: Mapping[str, tuple[str, str]] = {  # Chinese, English; the worst first
    CONFLICT: ("冲突", "conflict"),
    UNKNOWN: ("未知", "unknown"),
    CONDITIONAL: ("有条件", "conditional"),
    ALLOWED: ("允许", "allowed"),
    NOTE: ("提示", "for information"),
}

_DECIMALS = 9  # enough to tell a value from a limit that it misses

Words = tuple[str, str]  # Chinese, English


@dataclass(frozen=True)
class Quantity:
    """A number of a verdict: share_low, share_high, value, minimum, maximum, or undrawn (features without outline).

    `unit` is "ratio" (0 to 1), "count" or "1e4_cny_per_mu".
    """

    name: str
    value: float
    unit: str


@dataclass(frozen=True)
class RuleVerdict:
    """What one rule says of a site: verdict (or "note"), numbers, why, and what would change it, in both languages.

    `source` and `place`, or `standard` and `edition`, say where the rule stands; `basis` is "stated" or "assumed".
    """

    rule: str
    kind: str
    verdict: str
    name: Words
    measured: tuple[Quantity, ...]
    limits: tuple[Quantity, ...]
    reason: Words
    what_would_change: Words
    source: str | None
    place: str
    standard: Words
    edition: str
    basis: str


def overall(verdicts: Iterable[RuleVerdict]) -> str:
    """The worst of the verdicts: conflict, then unknown, conditional, allowed. Notes do not count.

    Where nothing was asked, or only noted, it is unknown.

    >>> overall([])
    'unknown'
    """
    found = [one.verdict for one in verdicts if one.verdict != NOTE]
    return max(found, key=lambda verdict: SEVERITY[verdict], default=UNKNOWN)


def told(
    rule: Rule,
    verdict: str,
    words: tuple[Words, Words],
    measured: tuple[Quantity, ...] = (),
    limits: tuple[Quantity, ...] = (),
) -> RuleVerdict:
    """The verdict of a rule; `words` are why, and what would change it."""
    return RuleVerdict(
        rule=rule.id,
        kind=rule.kind,
        verdict=verdict,
        name=(rule.name_zh, rule.name_en),
        measured=measured,
        limits=limits,
        reason=words[0],
        what_would_change=words[1],
        source=rule.source,
        place=rule.place,
        standard=(rule.standard_zh, rule.standard_en),
        edition=rule.edition,
        basis=rule.basis,
    )


def shares(share: Share) -> tuple[Quantity, ...]:
    """The two bounds of a share as numbers of a verdict."""
    return Quantity("share_low", share.low, "ratio"), Quantity("share_high", share.high, "ratio")


def share_words(share: Share) -> Words:
    """A share in per cent, as one number where its bounds read alike.

    >>> share_words(Share(0.2, 0.5))[1], share_words(Share(0.25, 0.25))[1], share_words(Share(0, 0.0004))[1]
    ('20% to 50%', '25%', 'up to 0.1%')
    """
    low, high = (_per_cent(bound) for bound in (share.low, share.high))
    if low == high:
        return low, low
    return (f"至多 {high}", f"up to {high}") if share.low == 0 else (f"{low} 至 {high}", f"{low} to {high}")


def _per_cent(share: float) -> str:
    """One decimal; something never reads as nothing, and a part never as the whole."""
    rounded = round(share * 100, 1)
    if 0 < share < 1:
        rounded = min(max(rounded, 0.1), 99.9)
    return f"{rounded:g}%"


def value_words(value: float, unit: str) -> Words:
    """A value or limit as people read it.

    >>> value_words(0.35, "ratio"), value_words(1.8, "count"), value_words(250, "1e4_cny_per_mu")
    (('35%', '35%'), ('1.8', '1.8'), ('250 万元/亩', 'CNY 2.5 million per mu'))
    """
    given, shown = (value * 100, "%") if unit == "ratio" else (value, unit)
    given = round(given, _DECIMALS)
    return format_value(given, shown, "zh"), format_value(given, shown, "en")
