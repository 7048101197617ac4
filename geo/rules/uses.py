"""A land-use class against the classes that a rule names: a named class covers the codes below it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from geo.rules.facts import Rule, Use
from geo.rules.verdicts import ALLOWED, CONDITIONAL, UNKNOWN, Words

Answer = tuple[str, Words, Words]  # verdict, why (in the middle of a sentence), what would change it

APPLIES, MAY_APPLY, DOES_NOT = "applies", "may_apply", "does_not"


def use_verdict(rule: Rule, code: str | None) -> Answer:
    """What a ring says of a class; unknown for no class, for one that it does not name, and for one too wide.

    A class is too wide where the rule says different things of the classes below it.
    """
    if not rule.uses:
        why = ("该分区没有写明用途", "no use is stated for it")
        return UNKNOWN, why, ("有来源写明该分区的用途", "A source that states what the zone is for")
    if code is None:
        why = ("没有给出用地分类，无法对照该分区的功能", "no land-use class is given to compare with what it is for")
        return UNKNOWN, why, ("给出用地代码，例如 1001", "A land-use class, such as 1001")
    named = _nearest(rule.uses, code)
    finer = [use.code for use in rule.uses if _is_below(use.code, code)]
    if any(named is None or use.verdict != named.verdict for use in rule.uses if use.code in finer):
        zh, en = "、".join(finer), ", ".join(finer)
        why = (f"{code} 类用地过宽，规则分别列有 {zh}", f"class {code} is too wide: the rule names {en}")
        return UNKNOWN, why, ("给出更细的用地代码", "A finer land-use class")
    if named is None:
        why = (
            f"规则没有提到 {code} 类用地，没有提到不等于允许",
            f"the rule does not name class {code}, which is no permission",
        )
        return UNKNOWN, why, _other_use(rule, "有来源就此类用地作出说明", "A source that speaks of that class here")
    return _named_verdict(rule, code, named)


def _named_verdict(rule: Rule, code: str, named: Use) -> Answer:
    if named.verdict == ALLOWED:
        zh, en = (f"；{named.condition_zh}", f"; {named.condition_en}") if named.condition_en else ("", "")
        why = (f"{code} 类用地在允许之列{zh}", f"class {code} is among what it is for{en}")
        return (
            ALLOWED,
            why,
            ("换用其他用地分类或移动位置后须重新判断", "Another class or another place would ask it anew"),
        )
    if named.verdict == CONDITIONAL:
        why = (
            f"{code} 类用地有条件：{named.condition_zh}",
            f"class {code} is allowed on a condition: {named.condition_en}",
        )
        return CONDITIONAL, why, _other_use(rule, "说明条件已经满足", "Showing that the condition is met")
    why = (f"{code} 类用地与该分区的功能冲突", f"class {code} goes against what it is for")
    return named.verdict, why, _other_use(rule, "移出该分区", "A site beyond this zone")


def applies_to(classes: Iterable[str], code: str) -> str:
    """Whether a rule for these classes holds for a class: "applies", "may_apply" (a wider class) or "does_not".

    >>> applies_to(["1001"], "100102"), applies_to(["1001"], "10"), applies_to(["1001"], "0701")
    ('applies', 'may_apply', 'does_not')
    """
    listed = list(classes)
    if any(code.startswith(one) for one in listed):
        return APPLIES
    return MAY_APPLY if any(_is_below(one, code) for one in listed) else DOES_NOT


def _nearest(uses: Sequence[Use], code: str) -> Use | None:
    """The use of the class itself, or of the nearest class above it."""
    return max((use for use in uses if code.startswith(use.code)), key=lambda use: len(use.code), default=None)


def _is_below(code: str, above: str) -> bool:
    return code != above and code.startswith(above)


def _other_use(rule: Rule, zh: str, en: str) -> Words:
    allowed = [use.code for use in rule.uses if use.verdict == ALLOWED]
    if not allowed:
        return zh, en
    return f"{zh}，或改用 {'、'.join(allowed)} 类用地", f"{en}, or a class that is allowed here: {', '.join(allowed)}"
