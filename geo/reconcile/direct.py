"""Each figure of the ledger beside the one shape that it speaks of, or the reason why there is nothing to compare."""

from __future__ import annotations

from geo.catalogue import Figure
from geo.plan import Plan
from geo.reconcile.comparison import (
    NOT_COMPARABLE,
    Comparison,
    Measured,
    Words,
    judge,
    measured_area,
    measured_length,
)
from geo.view import SYMBOLIC, Shape

# The metrics that the outline or the line of a feature answers as a whole, and for which layers (all if none).
WHOLE_AREA = {"area": (), "park_area": ("parks", "forest_park"), "water_area": ("water",)}
WHOLE_LENGTH = ("length", "line_length")
ON_THE_GROUND = ("area", "length", "area_per_person")  # what could be measured on a map at all

_NO_SHAPE: Words = ("图上没有与之对应的要素。", "No feature of the map stands for it.")
_IN_WORDS: Words = ("只见于文字，没有轮廓。", "It is known only in words and has no outline.")
_POINT: Words = ("图上只有点位，没有轮廓。", "The map has a point and no outline.")
_CIRCLE: Words = (
    "示意圆按文本面积画成，不能拿来核对自己。",
    "The circle is drawn from the stated area: it cannot check itself.",
)
_LINE: Words = ("图上是线，量不出面积。", "The map has a line, which has no area.")
_NO_LINE: Words = ("图上没有可量长度的线。", "The map has no line to measure.")
_PER_HEAD: Words = (
    "人均数要乘人口才能与面积比较，见推算项。",
    "A figure per head compares only after multiplying by residents: see the derived checks.",
)
_RATE: Words = (
    "覆盖率不等于公园占比；没有植被覆盖图层，无从计算。",
    "A coverage rate is no share of parks, and no layer of vegetation is loaded.",
)
_SHARE: Words = ("图上没有可算出该比例的图层。", "No layer is loaded from which this share could be worked out.")
_RING_INPUT: Words = (
    "圈层就是按此距离画的，不能拿来核对自己。",
    "The rings are drawn from this distance: they cannot check it.",
)


def compared_figures(plan: Plan) -> tuple[Comparison, ...]:
    """Every figure that measures ground in or near the zone, in the order of the ledger, with its verdict or reason.

    Of the projects only those that lie in the zone, wholly or partly, are listed: the annex covers the whole city.
    """
    near = {project.id for project in plan.catalogue.projects if project.is_in_zone}
    wanted = (figure for figure in plan.catalogue.figures if figure.project is None or figure.project in near)
    return tuple(compare_figure(plan, figure) for figure in wanted if _is_on_the_ground(plan, figure))


def compare_figure(plan: Plan, figure: Figure) -> Comparison:
    """One figure beside the shape that it speaks of; NOT_COMPARABLE with the reason if nothing can answer it."""
    measured, reason = _answer(plan, figure)
    metric = plan.catalogue.metrics[figure.metric]
    return Comparison(
        id=figure.id,
        theme=metric.theme,
        subject=figure.subject,
        name=(metric.name_zh, metric.name_en),
        stated=figure.base,
        unit=figure.unit,
        measured=measured,
        verdict=NOT_COMPARABLE if measured is None else judge(figure.base, measured),
        reason=reason,
        figures=(figure,),
        shapes=(figure.feature,) if figure.feature else (),
    )


def _is_on_the_ground(plan: Plan, figure: Figure) -> bool:
    if figure.measure == "ratio":
        return plan.catalogue.metrics[figure.metric].theme == "ecology"
    return figure.measure in ON_THE_GROUND


def _answer(plan: Plan, figure: Figure) -> tuple[Measured | None, Words]:
    """What the map measures for a figure, or None and why not."""
    if figure.measure == "ratio":
        return None, _RATE if "coverage" in figure.metric else _SHARE
    if figure.measure == "area_per_person":
        return None, _PER_HEAD
    if plan.catalogue.metrics[figure.metric].theme == "rings":
        return None, _RING_INPUT
    shape = plan.shapes.get(figure.feature or "")
    if shape is None:
        return None, _NO_SHAPE
    if shape.geometry is None:
        return None, _IN_WORDS
    layers = WHOLE_AREA.get(figure.metric, ("",))
    if not layers or shape.feature.layer in layers:
        return measured_area(shape), _why_no_area(shape)
    if figure.metric in WHOLE_LENGTH:
        return measured_length(shape), ("", "") if shape.length_m is not None else _NO_LINE
    metric = plan.catalogue.metrics[figure.metric]
    return None, (
        f"该数是“{metric.name_zh}”，与整个轮廓的面积口径不同。",
        f"The figure is “{metric.name_en}”, which the outline as a whole does not measure.",
    )


def _why_no_area(shape: Shape) -> Words:
    if shape.area_m2 is not None:
        return "", ""
    if shape.feature.geometry_basis == SYMBOLIC:
        return _CIRCLE
    return _LINE if shape.length_m is not None else _POINT
