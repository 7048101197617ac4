"""What the rules demand of a project whatever its place: limits of its indicators, and the veto."""

from __future__ import annotations

from geo.rules.facts import Rule, SiteFacts
from geo.rules.uses import DOES_NOT, MAY_APPLY, applies_to
from geo.rules.verdicts import (
    ALLOWED,
    CONFLICT,
    UNKNOWN,
    Quantity,
    RuleVerdict,
    Words,
    told,
    value_words,
)

_SLACK = 1e-9  # of a limit: 0.1 + 0.2 meets a limit of 0.3


def judge_indicator(rule: Rule, site: SiteFacts, minor_share: float) -> RuleVerdict | None:
    """A value against its minimum, maximum or both, the limits themselves allowed; None for other land-use classes.

    Without a value, and without a class that says whether the rule holds, it is unknown.
    """
    holds = MAY_APPLY if site.land_use is None else applies_to(rule.classes, site.land_use)
    if holds == DOES_NOT:
        return None
    value = site.indicators.get(rule.indicator)
    measured = () if value is None else (Quantity("value", value, rule.unit),)
    limits = _limits(rule)
    if holds == MAY_APPLY:
        zh, en = "、".join(rule.classes), ", ".join(rule.classes)
        words = (
            (
                f"只适用于 {zh} 类用地，而用地分类没有细到能判断",
                f"It holds for class {en}; the class given does not tell.",
            ),
            ("给出更细的用地代码", "A land-use class that is fine enough"),
        )
        return told(rule, UNKNOWN, words, measured, limits)
    span = _span_words(rule)
    if value is None:
        words = (
            (f"没有给出数值；要求{span[0]}", f"No value is given; the rule asks for {span[1]}."),
            ("给出数值", "The value"),
        )
        return told(rule, UNKNOWN, words, measured, limits)
    verdict, words = _compared(rule, value, span)
    return told(rule, verdict, words, measured, limits)


def judge_veto(rule: Rule, site: SiteFacts, minor_share: float) -> RuleVerdict | None:
    """A decision of an authority: unknown until it is there, then it passes or stops the project."""
    agreed = site.approvals.get(rule.approval)
    zh, en = rule.condition_zh, rule.condition_en
    if agreed is None:
        words = (
            (f"需要{zh}，目前没有", f"Needed is {en}; it is not at hand."),
            (f"取得{zh}", f"Having {en}"),
        )
        return told(rule, UNKNOWN, words)
    if agreed:
        words = (
            (f"{zh}：同意", f"Given: {en}, in favour."),
            ("该意见被撤回或项目改变", "Its withdrawal, or another project"),
        )
        return told(rule, ALLOWED, words)
    words = ((f"{zh}：不同意", f"Given: {en}, against."), ("重新取得同意的意见", "A new decision in favour"))
    return told(rule, CONFLICT, words)


def _compared(rule: Rule, value: float, span: Words) -> tuple[str, tuple[Words, Words]]:
    shown = value_words(value, rule.unit)
    reason = (f"数值 {shown[0]}，要求{span[0]}", f"The value is {shown[1]}; the rule asks for {span[1]}.")
    if rule.minimum is not None and value < rule.minimum * (1 - _SLACK):
        least = value_words(rule.minimum, rule.unit)
        return CONFLICT, (reason, (f"提高到不低于 {least[0]}", f"Raising it to at least {least[1]}"))
    if rule.maximum is not None and value > rule.maximum * (1 + _SLACK):
        most = value_words(rule.maximum, rule.unit)
        return CONFLICT, (reason, (f"降低到不高于 {most[0]}", f"Lowering it to at most {most[1]}"))
    return ALLOWED, (reason, (f"超出“{span[0]}”即为冲突", f"A value beyond that ({span[1]}) would be a conflict"))


def _limits(rule: Rule) -> tuple[Quantity, ...]:
    pairs = (("minimum", rule.minimum), ("maximum", rule.maximum))
    return tuple(Quantity(name, limit, rule.unit) for name, limit in pairs if limit is not None)


def _span_words(rule: Rule) -> Words:
    """What is asked, in words: at least, at most, or both."""
    least = None if rule.minimum is None else value_words(rule.minimum, rule.unit)
    most = None if rule.maximum is None else value_words(rule.maximum, rule.unit)
    if least is None:
        return ("", "any value") if most is None else (f"不高于 {most[0]}", f"at most {most[1]}")
    if most is None:
        return f"不低于 {least[0]}", f"at least {least[1]}"
    return f"不低于 {least[0]}、不高于 {most[0]}", f"at least {least[1]} and at most {most[1]}"
