"""A site held against every rule of a book, in the order of the book."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from geo.errors import QueryError
from geo.rules.demands import judge_indicator, judge_veto
from geo.rules.facts import Rule, RuleBook, SiteFacts
from geo.rules.places import judge_area_note, judge_constraint, judge_ring_use, judge_slot
from geo.rules.verdicts import RuleVerdict

Judge = Callable[[Rule, SiteFacts, float], RuleVerdict | None]

_JUDGES: Mapping[str, Judge] = {
    "ring_use": judge_ring_use,
    "area_note": judge_area_note,
    "constraint": judge_constraint,
    "indicator": judge_indicator,
    "veto": judge_veto,
    "slot": judge_slot,
}


def judge_site(book: RuleBook, site: SiteFacts) -> tuple[RuleVerdict, ...]:
    """What each rule says of a site; rules that have nothing to do with it (another ring, another class) say nothing.

    Each rule is asked by itself, so their order does not matter. QueryError for a rule of a kind that is not known.

    >>> from types import SimpleNamespace
    >>> who = dict(source="S0", place="p", standard_zh="", standard_en="", edition="", basis="stated")
    >>> veto = SimpleNamespace(id="veto", kind="veto", name_zh="否决", name_en="veto", approval="green", **who,
    ...                        condition_zh="意见", condition_en="a decision")
    >>> book = SimpleNamespace(version="1", minor_share=0.01, rules=[veto])
    >>> [(one.rule, one.verdict, one.reason[1]) for one in judge_site(book, SiteFacts())]
    [('veto', 'unknown', 'Needed is a decision; it is not at hand.')]
    >>> [one.verdict for one in judge_site(book, SiteFacts(approvals={"green": True}))]
    ['allowed']
    """
    found = (_judge_of(rule)(rule, site, book.minor_share) for rule in book.rules)
    return tuple(verdict for verdict in found if verdict is not None)


def _judge_of(rule: Rule) -> Judge:
    try:
        return _JUDGES[rule.kind]
    except KeyError:
        known = ", ".join(_JUDGES)
        raise QueryError(
            f"The rule {rule.id} is of the kind {rule.kind!r}; known are: {known}.",
            f"规则 {rule.id} 的类别 {rule.kind!r} 不可识别；可用：{known}。",
        ) from None
