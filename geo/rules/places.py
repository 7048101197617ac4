"""What the rules say of where a site lies: rings and their uses, named areas, water and parks, the three slots."""

from __future__ import annotations

from geo.rules.facts import INSIDE, Overlap, Rule, Share, SiteFacts, overlap_of
from geo.rules.uses import use_verdict
from geo.rules.verdicts import (
    ALLOWED,
    CONDITIONAL,
    CONFLICT,
    NOTE,
    SEVERITY,
    UNKNOWN,
    Quantity,
    RuleVerdict,
    Words,
    share_words,
    shares,
    told,
)

_PLACE_IT: Words = ("量出用地的位置和范围", "Measuring where the site lies")
_BETTER_LINES: Words = ("更准确的轮廓，或移动用地", "More accurate outlines, or another place")
_STAYS: Words = ("用地移动或扩大后须重新判断", "Moving or enlarging the site would ask it anew")


def judge_ring_use(rule: Rule, site: SiteFacts, minor_share: float) -> RuleVerdict | None:
    """What a ring is for against the land use of a site; None where no part of the site can lie in the ring.

    A part that certainly lies there counts in full. One that may lie there weighs at most unknown: a conflict needs
    certainty, and what is allowed there stands in no one's way. Below `minor_share` it is a note.
    """
    if site.zones is None:
        return told(rule, UNKNOWN, (("用地的位置未知，无法判断", "Where the site lies is not known."), _PLACE_IT))
    share = site.zones.get(rule.ring, Share(0, 0))
    if share.high == 0:
        return None
    if share.high < minor_share:
        return _minor(rule, share, minor_share)
    verdict, why, change = use_verdict(rule, site.land_use)
    part = share_words(share)
    if share.low >= minor_share and share.low > 0:
        reason = (f"用地的 {part[0]} 位于该分区；{why[0]}", f"{part[1]} of the site lies in this zone; {why[1]}.")
    else:
        verdict = min(verdict, UNKNOWN, key=lambda one: SEVERITY[one])
        reason = (
            f"用地可能落在该分区（{part[0]}），按轮廓的精度不能确定；若在，{why[0]}",
            f"The accuracy of the outlines leaves open whether the site lies in this zone ({part[1]} of it); "
            f"if so, {why[1]}.",
        )
        change = (f"更准确的轮廓；{change[0]}", f"More accurate outlines; {change[1][0].lower()}{change[1][1:]}")
    return told(rule, verdict, (reason, change), shares(share))


def judge_area_note(rule: Rule, site: SiteFacts, minor_share: float) -> RuleVerdict | None:
    """A condition that holds in a named area; never a conflict. None where no part of the site can lie in the area."""
    share = site.areas.get(rule.feature)
    if share is None:
        return told(
            rule, UNKNOWN, (("没有量出用地是否在片区内", "Whether it lies in the area is not known."), _PLACE_IT)
        )
    if share.high == 0:
        return None
    if share.high < minor_share:
        return _minor(rule, share, minor_share)
    part = share_words(share)
    reason = (
        f"用地的 {part[0]} 位于片区内；条件：{rule.condition_zh}",
        f"{part[1]} of the site lies in the area; the condition: {rule.condition_en}.",
    )
    if share.low == 0:
        reason = (
            f"用地可能位于片区内（{part[0]}），按轮廓的精度不能确定；若在，条件：{rule.condition_zh}",
            f"The accuracy of the outline leaves open whether the site lies in the area ({part[1]} of it); "
            f"if so, the condition: {rule.condition_en}.",
        )
    change = ("确认条件是否满足，或移出片区", "Knowing whether the condition is met, or a site beyond the area")
    return told(rule, CONDITIONAL, (reason, change), shares(share))


def judge_constraint(rule: Rule, site: SiteFacts, minor_share: float) -> RuleVerdict | None:
    """Features that are kept (conflict) or only noted. An overlap within the accuracy is unknown."""
    overlap = overlap_of(site, rule.layer, rule.status)
    if overlap is None:
        return _noted(told(rule, UNKNOWN, (("没有量出与其重叠", "The overlap was not measured."), _PLACE_IT)), rule)
    return _noted(_overlapping(rule, overlap), rule)


def judge_slot(rule: Rule, site: SiteFacts, minor_share: float) -> RuleVerdict | None:
    """Farmland, redline, growth boundary: not checked while the layer is not loaded, then as an overlap."""
    if rule.slot not in site.loaded:
        reason = ("未核查：未载入图层", "Not checked: no layer loaded.")
        change = ("载入该图层的现行划定成果后再核查", "Loading the official layer and asking again")
        return told(rule, UNKNOWN, (reason, change))
    overlap = overlap_of(site, rule.slot)
    if overlap is None:
        return told(
            rule, UNKNOWN, (("图层已载入，但没有量出重叠", "The layer is loaded; nothing was measured."), _PLACE_IT)
        )
    if rule.conflict_where == INSIDE:
        return _overlapping(rule, overlap)
    return _overlapping(rule, Overlap(rule.slot, "", Share(1 - overlap.share.high, 1 - overlap.share.low)), beyond=True)


def _overlapping(rule: Rule, overlap: Overlap, *, beyond: bool = False) -> RuleVerdict:
    """What an overlap (or the part beyond a boundary) means: conflict where certain, unknown where possible."""
    share = overlap.share
    part = share_words(share)
    zh = "位于界外" if beyond else "与其重叠"
    if share.low > 0:
        change = ("移动或缩小用地，使这部分为零", "Moving or cutting the site until that part is nil")
        en = "lies beyond the boundary" if beyond else "overlaps it"
        reason = (f"用地的 {part[0]} {zh}", f"{part[1]} of the site {en}.")
        return told(rule, CONFLICT, (reason, change), shares(share))
    if share.high > 0:
        en = "lie beyond the boundary" if beyond else "overlap it"
        reason = (
            f"用地可能{zh}（{part[0]}）：在轮廓的精度之内，不能确定",
            f"The site may {en} ({part[1]} of the site): within the accuracy of the outlines, so not certain.",
        )
        return told(rule, UNKNOWN, (reason, _BETTER_LINES), shares(share))
    if overlap.undrawn:
        reason = (
            f"与图上轮廓没有重叠，但有 {overlap.undrawn} 处没有轮廓，可能涉及",
            f"No outline overlaps; {overlap.undrawn} that may touch the site have no outline on the map.",
        )
        undrawn = (Quantity("undrawn", overlap.undrawn, "count"),)
        change = ("补上这些地物的轮廓", "Outlines of those features")
        return told(rule, UNKNOWN, (reason, change), (*shares(share), *undrawn))
    reason = (
        ("没有任何部分位于界外", "No part lies beyond the boundary.")
        if beyond
        else ("没有重叠", "There is no overlap.")
    )
    return told(rule, ALLOWED, (reason, _STAYS), shares(share))


def _noted(verdict: RuleVerdict, rule: Rule) -> RuleVerdict:
    """The verdict itself, or as a note (with its numbers) where the rule only notes."""
    if rule.effect != NOTE or verdict.verdict == ALLOWED:
        return verdict
    words = (verdict.reason, ("只作提示，不影响结论", "Nothing: it is a note and decides nothing"))
    return told(rule, NOTE, words, verdict.measured)


def _minor(rule: Rule, share: Share, minor_share: float) -> RuleVerdict:
    part, least = share_words(share), share_words(Share(minor_share, minor_share))
    reason = (
        f"落入的部分（{part[0]}）不足 {least[0]}，只作提示",
        f"The part that lies here ({part[1]}) is under {least[1]}: a note.",
    )
    change = (f"达到 {least[0]} 即按规则判断", f"From {least[1]} on the rule is asked")
    return told(rule, NOTE, (reason, change), shares(share), (Quantity("minimum", minor_share, "ratio"),))
