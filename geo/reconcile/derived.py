"""Checks that join figures: per head times residents, two extents and their change, money and land of projects."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any

import shapely

from geo import rings
from geo.catalogue import Figure, Project
from geo.plan import EXTENT_LAYERS, Plan
from geo.reconcile.comparison import (
    CONSISTENT,
    DIFFERS,
    INCONSISTENT,
    NEAR_ENOUGH,
    NOT_COMPARABLE,
    UNUSUAL,
    USUAL,
    Comparison,
    Measured,
    Words,
    judge,
    measured_area,
)
from geo.shapes import area_bound_m2
from geo.units import M2_PER_MU
from geo.view import Shape

RESIDENTS, WETLAND_PER_HEAD, GREEN_PER_HEAD = "residents", "wetland_per_head", "public_green_per_head"
USUAL_TIMES = 5.0  # assumed: an investment per mu within five times the median, up or down, is nothing to look at
COUNTED_GREEN = "G1"

_PART: Words = (
    "图上只画了其中一部分，其余没有轮廓：计算值是下限，不能据此判定。",
    "The map holds a part of it, the rest has no outline: what is measured is a lower limit and decides nothing.",
)
_NO_PARK: Words = (
    "没有一处现状公园绿地（G1）有轮廓，图上量不出公共绿地。",
    "No existing park of class G1 has an outline: the map holds no public green to measure.",
)


def derived_checks(plan: Plan) -> tuple[Comparison, ...]:
    """All checks that the ledger has the figures for, those against the map first."""
    return (*_per_head(plan), *_extent_change(plan), *_investment_texts(plan), *_investment_per_mu(plan))


def _per_head(plan: Plan) -> Iterator[Comparison]:
    """Areas per head times the residents that the same source states, beside the mapped water and public green."""
    figures = plan.catalogue.figures
    for figure in (one for one in figures if one.metric in (WETLAND_PER_HEAD, GREEN_PER_HEAD)):
        persons = next((one for one in figures if one.metric == RESIDENTS and one.source == figure.source), None)
        extent = next((key for key, layer in EXTENT_LAYERS.items() if (figure.feature or "").startswith(layer)), None)
        if persons is None or extent is None:
            continue
        is_water = figure.metric == WETLAND_PER_HEAD
        shapes, measured = _water(plan, extent) if is_water else _public_green(plan, extent)
        stated = figure.base * persons.base
        # A part larger than the whole would contradict it; a smaller part says nothing.
        too_large = measured is not None and measured.value - max(measured.bound, NEAR_ENOUGH * stated) > stated
        yield Comparison(
            id=f"{figure.id}_total",
            theme="ecology",
            subject=figure.subject,
            name=("湿地总面积（人均 × 人口）", "Wetland in all (per head × residents)")
            if is_water
            else ("公共绿地总面积（人均 × 人口）", "Public green in all (per head × residents)"),
            stated=stated,
            unit="km2",
            measured=measured,
            verdict=DIFFERS if too_large else NOT_COMPARABLE,
            reason=_PART if measured is not None else _NO_PARK,
            figures=(figure, persons),
            shapes=tuple(shape.feature.id for shape in shapes),
            formula=(f"{figure.value:g} m² × {persons.value:,.0f} 人", f"{figure.value:g} m² × {persons.value:,.0f}"),
        )


def _water(plan: Plan, extent: str) -> tuple[Sequence[Shape], Measured]:
    shapes = [shape for shape in plan.shapes.values() if shape.feature.layer == "water" and shape.area_m2 is not None]
    zone = plan.view(extent).zones[rings.WATER]
    return shapes, _together(float(zone.area), shapes)


def _public_green(plan: Plan, extent: str) -> tuple[Sequence[Shape], Measured | None]:
    parks = [
        shape
        for shape in plan.shapes.values()
        if shape.feature.layer == "parks" and shape.area_m2 is not None and shape.feature.status == "existing"
        if str(shape.feature.extra.get("green_class") or "") == COUNTED_GREEN
    ]
    if not parks:
        return (), None
    inside = shapely.union_all([park.geometry_m for park in parks]).intersection(plan.view(extent).locator.extent)
    return parks, _together(float(inside.area), parks)


def _together(area_m2: float, shapes: Sequence[Shape]) -> Measured:
    """One area of several outlines: independent bounds add by squares, errors of one sign add up."""
    each = [measured for shape in shapes if (measured := measured_area(shape)) is not None]
    return Measured(area_m2, math.hypot(*(one.bound for one in each)), sum(one.band for one in each))


def _extent_change(plan: Plan) -> Iterator[Comparison]:
    """The stated change between the two extents beside the change of the outlines."""
    stated = {
        layer: next((f for f in plan.catalogue.figures if f.metric == "area" and _is_of(f, layer)), None)
        for layer in EXTENT_LAYERS.values()
    }
    early, late = stated[EXTENT_LAYERS["2013"]], stated[EXTENT_LAYERS["2025"]]
    if early is None or late is None:
        return
    old, new = (plan.view(extent).locator.extent for extent in ("2013", "2025"))
    changed = old.symmetric_difference(new)  # a border that both share moves both areas alike
    accuracy_m = max(plan.shapes[figure.feature or ""].accuracy_m for figure in (early, late))
    measured = Measured(
        float(new.area - old.area), area_bound_m2(changed, accuracy_m), float(changed.length) * accuracy_m
    )
    yield Comparison(
        id="extent_change",
        theme="extent",
        subject=late.subject,
        name=("两个范围之差（含鲤鱼洲）", "Change of extent (with Liyuzhou)"),
        stated=late.base - early.base,
        unit="km2",
        measured=measured,
        verdict=judge(late.base - early.base, measured),
        reason=(
            "两数属于两个年份的两个范围，后者含鲤鱼洲，不是差错。",
            "The two figures are two extents of two years, the later one with Liyuzhou: no error.",
        ),
        figures=(late, early),
        shapes=tuple(figure.feature or "" for figure in (late, early)),
        formula=(f"{late.value:g} − {early.value:g} km²", f"{late.value:g} − {early.value:g} km²"),
    )


def _is_of(figure: Figure, layer: str) -> bool:
    return (figure.feature or "").split(":")[0] == layer


def _investment_texts(plan: Plan) -> Iterator[Comparison]:
    """The investment column of a project beside the total that its own text names."""
    for project in plan.catalogue.projects:
        column, text = project.investment_1e4_cny, project.investment_in_text_1e4_cny
        if column is None or text is None:
            continue
        off = abs(text - column)
        yield _of_project(
            plan,
            project,
            kind="investment_in_text",
            name=("总投资：表列与文内", "Total investment: column and text"),
            stated=column * 1e4,
            measured=Measured(text * 1e4, 0.0, 0.0),
            unit="1e4_cny",
            verdict=CONSISTENT if off <= NEAR_ENOUGH * column else INCONSISTENT,
            reason=("文内总投资与表列投资相比。", "The total in the text of the row beside its column."),
            sides=(("表列", "column"), ("文内", "in the text")),
        )


def _investment_per_mu(plan: Plan) -> Iterator[Comparison]:
    """The investment for each mu of construction land beside the median of all such projects, in CNY per m2."""
    dense = {
        project.id: project.investment_1e4_cny * 1e4 / (project.land_mu * M2_PER_MU)
        for project in plan.catalogue.projects
        if project.investment_1e4_cny and project.land_mu and project.land_kind == "construction"
    }
    if len(dense) < 3:
        return  # of two values neither is unusual
    middle = median(dense.values())
    for project in (one for one in plan.catalogue.projects if one.id in dense):
        times = dense[project.id] / middle
        yield _of_project(
            plan,
            project,
            kind="investment_per_mu",
            name=("每亩建设用地投资与中位数", "Investment per mu of construction land beside the median"),
            stated=middle,
            measured=Measured(dense[project.id], 0.0, 0.0),
            unit="1e4_cny_per_mu",
            sides=(("中位数", "median"), ("本项目", "this project")),
            verdict=USUAL if 1 / USUAL_TIMES <= times <= USUAL_TIMES else UNUSUAL,
            reason=(
                f"中位数取自 {len(dense)} 个项目；相差 {USUAL_TIMES:g} 倍以内视为常见（假定）。",
                f"The median is that of {len(dense)} projects; within {USUAL_TIMES:g} times counts as usual (assumed).",
            ),
        )


def _of_project(plan: Plan, project: Project, *, kind: str, **facts: Any) -> Comparison:
    return Comparison(
        id=f"{project.id}.{kind}",
        theme="investment",
        subject=f"{project.name_zh} / {project.name_en}",
        figures=tuple(figure for figure in plan.catalogue.figures if figure.project == project.id),
        **facts,
    )
