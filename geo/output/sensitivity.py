"""How firm answers are, as JSON and in sentences: at which ring distance a ring or a verdict changes.

Distances are m rounded to 0.1; a band holds from its lower distance on and ends before its upper one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from geo.output.features import Json, rounded, view_json
from geo.plan import Plan
from geo.rings import OUTSIDE, WATER
from geo.rules import VERDICT_WORDS
from geo.scenario.sentences import zone_names
from geo.sensitivity import Band, Change, Moved, Sensitivity
from geo.units import format_number
from geo.view import View

Words = tuple[str, str]  # Chinese, English
_FINE_M = 10.0  # moves below it are told with a decimal
_UNMOVED = {
    WATER: ("位于水面，任何圈层距离都不改变其归属。", "It lies in the water: no ring distance changes that."),
    OUTSIDE: (
        "位于所选范围以外，任何圈层距离都不改变其归属。",
        "It lies outside the extent: no ring distance changes that.",
    ),
}
_NO_STEP = (
    "只移动一个圈层距离，无论移到何处，所在圈层都不变。",
    "However far one distance alone is moved, its ring stays the same.",
)
_BASIS = {"assumed": ("假定值", "assumed"), "stated": ("文本值", "stated")}
_SCENARIO = ("本情景", "in this scenario")


def sensitivities_json(plan: Plan, view: View, found: Mapping[str, Sensitivity]) -> Json:
    """All features of `found`, by id, with the smallest margin first; those that no distance moves stand last."""
    rows = [_feature_json(plan, view, name, found[name]) for name in by_margin(found)]
    return {**_head(plan, view), "count": len(rows), "features": rows}


def site_sensitivity_json(plan: Plan, view: View, found: Sensitivity) -> Json:
    """A site that is no feature of the plan, with its verdicts."""
    return {**_head(plan, view), **_answer_json(view, found)}


def by_margin(found: Mapping[str, Sensitivity]) -> list[str]:
    """The ids of `found` with the smallest margin first; equal ones, and those without a margin, in their order."""
    margins = {name: one.margin_m for name, one in found.items()}
    return sorted(found, key=lambda name: (margins[name] is None, margins[name] or 0.0))


def ring_sentence(view: View, found: Sensitivity) -> Words:
    """What the smallest move of one distance is that changes the ring, and whether the ground is known that well.

    Where nothing changes it, that, with the reason.
    """
    if not found.ring_steps:
        return _UNMOVED.get(found.home_zone, _NO_STEP)
    step = found.ring_steps[0]
    (when_zh, when_en), (to_zh, to_en) = _when(view, step, found), zone_words(view, step.value)
    known_zh, known_en = _known(view, found.bound_m)
    if abs(step.delta_m) < found.bound_m:
        more = (f"{known_zh}，实地本来就不能确定。", f"{known_en}, so on the ground this is open anyway.")
    else:
        zh, en = (format_number(abs(step.delta_m), 0, lang) for lang in ("zh", "en"))
        more = (f"{known_zh}，小于这 {zh} 米。", f"{known_en}, which is less than these {en} m.")
    return (
        f"{when_zh}时，所在圈层变为{to_zh}。{more[0]}",
        f"Its ring changes to {to_en} if {when_en}. {more[1]}",
    )


def verdict_sentence(view: View, found: Sensitivity) -> Words:
    """What the smallest move of one distance is that changes the overall verdict; empty texts if nothing was judged."""
    if not found.verdict:
        return "", ""
    (is_zh, is_en), steps = VERDICT_WORDS[found.verdict], found.verdict_steps
    if not steps:
        return (
            f"只移动一个圈层距离，结论不变（{is_zh}）。",
            f"However far one distance alone is moved, the verdict stays {is_en}.",
        )
    (when_zh, when_en), (to_zh, to_en) = _when(view, steps[0], found), VERDICT_WORDS[steps[0].value]
    return (
        f"{when_zh}时，结论由{is_zh}变为{to_zh}。结论已计入岸线和轮廓的精度。",
        f"The verdict changes from {is_en} to {to_en} if {when_en}. It already allows for the accuracy of the lines.",
    )


def zone_words(view: View, zone: str) -> Words:
    """The short name of a zone as it stands in a sentence."""
    zh, en = zone_names(view).get(zone, (zone, zone))
    return zh, f"{en[:1].lower()}{en[1:]}"


def _when(view: View, step: Change, found: Sensitivity) -> Words:
    """The move in words: which distance, to where, how far that is."""
    moved = next(one for one in found.distances if one.ring == step.ring)
    decimals = 1 if abs(step.delta_m) < _FINE_M else 0
    at_zh, at_en = (format_number(step.at_m, decimals, lang) for lang in ("zh", "en"))
    far_zh, far_en = (format_number(abs(step.delta_m), decimals, lang) for lang in ("zh", "en"))
    ring_zh, ring_en = zone_words(view, step.ring)
    than_zh, than_en = _BASIS[moved.basis] if view.is_base else _SCENARIO
    if is_fall(moved, step):
        return (
            f"{ring_zh}外界距离小于 {at_zh} 米（比{than_zh}小 {far_zh} 米）",
            f"{ring_en}'s outer distance falls below {at_en} m ({far_en} m less than {than_en})",
        )
    return (
        f"{ring_zh}外界距离达到 {at_zh} 米（比{than_zh}大 {far_zh} 米）",
        f"{ring_en}'s outer distance reaches {at_en} m ({far_en} m more than {than_en})",
    )


def is_fall(moved: Moved, step: Change) -> bool:
    """Whether a step is met by making the distance smaller: what begins at the base itself ends below it."""
    return step.at_m <= moved.base_m


def _known(view: View, bound_m: float) -> Words:
    zh, en = (format_number(bound_m, 0, lang) for lang in ("zh", "en"))
    if bound_m == view.lake.accuracy_m:
        return f"岸线精度为 {zh} 米", f"The shore is known to {en} m"
    return f"岸线与自身位置合计的精度为 {zh} 米", f"Shore and position together are known to {en} m"


def _head(plan: Plan, view: View) -> Json:
    return {
        "version": plan.catalogue.version,
        "crs": plan.catalogue.metric_crs,
        **view_json(view),
        "shore_accuracy_m": rounded(view.lake.accuracy_m, 1),
    }


def _feature_json(plan: Plan, view: View, name: str, found: Sensitivity) -> Json:
    feature = plan.shapes[name].feature
    named = {"id": name, "layer": feature.layer, "name_zh": feature.name_zh, "name_en": feature.name_en}
    return {**named, **_answer_json(view, found)}


def _answer_json(view: View, found: Sensitivity) -> Json:
    (ring_zh, ring_en), (verdict_zh, verdict_en) = ring_sentence(view, found), verdict_sentence(view, found)
    return {
        "home_zone": found.home_zone,
        "distance_to_lake_m": rounded(found.distance_m, 1),
        "bound_m": rounded(found.bound_m, 1),
        "margin_m": rounded(found.margin_m, 1),
        "sentence_zh": ring_zh,
        "sentence_en": ring_en,
        "verdict": found.verdict or None,
        "verdict_sentence_zh": verdict_zh or None,
        "verdict_sentence_en": verdict_en or None,
        "distances": [_moved_json(moved, is_judged=bool(found.verdict)) for moved in found.distances],
    }


def _moved_json(moved: Moved, *, is_judged: bool) -> Json:
    rules = [
        {"rule": one.rule, "name_zh": one.name[0], "name_en": one.name[1], "bands": _bands_json(one.bands, "verdict")}
        for one in moved.rules
    ]
    return {
        "ring": moved.ring,
        "base_m": rounded(moved.base_m, 1),
        "basis": moved.basis,
        "low_m": rounded(moved.low_m, 1),
        "high_m": rounded(moved.high_m, 1),
        "homes": _bands_json(moved.homes, "zone"),
        "verdicts": _bands_json(moved.verdicts, "verdict") if is_judged else None,
        "rules": rules if is_judged else None,
    }


def _bands_json(bands: Iterable[Band], key: str) -> list[Json]:
    """Bands with their value under `key`; a rule that says nothing there has null."""
    return [{"from_m": rounded(b.from_m, 1), "to_m": rounded(b.to_m, 1), key: b.value or None} for b in bands]
