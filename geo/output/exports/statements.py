"""What every file says of itself: title, sources, view, system, review state, date, and that it is no legal plan."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from geo.output.exports.content import Statement
from geo.output.exports.order import Order
from geo.output.exports.wanted import Wanted
from geo.output.layers import LEGAL_EN, LEGAL_ZH, review, scenario_note
from geo.plan import Plan
from geo.scenario import rings_text
from geo.view import View


def statements(order: Order, titles: tuple[str, str], left_out: int = 0) -> tuple[Statement, ...]:
    """The statements of a file. `left_out` is the number of rows that its format has no place for."""
    plan, view, wanted, target = order.plan, order.view, order.wanted, order.target
    found = [
        Statement("atlas", "图集", "Atlas", plan.catalogue.title_zh, plan.catalogue.title_en),
        Statement("title", "内容", "Contents", *titles),
        Statement("legal", "声明", "Not legal", LEGAL_ZH, LEGAL_EN),
        _review(wanted),
        _both("exported", "导出日期", "Exported", (wanted.made_on or date.today()).isoformat()),
        _both("version", "数据版本", "Version of the data", plan.catalogue.version),
        Statement("crs", "坐标系", "Coordinate system", target.words("zh"), target.words("en")),
        *_areas(plan),
        *_view(plan, view),
        *_part(wanted),
        *_left_out(left_out),
        Statement(
            "accuracy",
            "精度与依据",
            "Accuracy and basis",
            "每一条目的 accuracy_m 为 95% 误差限（米），geometry_basis 为定位依据，source 为来源；"
            "坐标的小数位数不代表精度。",
            "accuracy_m of each row is a 95 % bound in metres, geometry_basis how it was placed, source who says so; "
            "the decimals of a coordinate are no accuracy.",
        ),
        *_sources(plan),
    ]
    return tuple(found)


def _both(key: str, zh: str, en: str, text: str) -> Statement:
    return Statement(key, zh, en, text, text)


def _review(wanted: Wanted) -> Statement:
    state = review(wanted.review_no)
    return Statement("review", "审核状态", "Review state", state["notice_zh"], state["notice_en"])


def _areas(plan: Plan) -> Iterable[Statement]:
    metric = plan.catalogue.metric_crs
    zh, en = f"面积与长度均在 {metric} 中量算", f"areas and lengths are measured in {metric}"
    yield Statement("areas_in", "量算", "Measured in", zh, en)


def _view(plan: Plan, view: View) -> Iterable[Statement]:
    reading = next(one for one in plan.catalogue.rings.readings if one.id == view.reading)
    yield _both("extent", "范围（年）", "Extent (year)", view.extent)
    yield _both("rings", "圈界距岸（米）", "Rings (m from the shore)", rings_text(view.distances_m))
    yield Statement("reading", "第一圈读法", "Ring 1 read as", reading.name_zh, reading.name_en)
    if not view.is_base:
        yield Statement("scenario", "情景", "Scenario", scenario_note(view, "zh"), scenario_note(view, "en"))


def _part(wanted: Wanted) -> Iterable[Statement]:
    if wanted.bbox is not None:
        box = ",".join(f"{side:.12g}" for side in wanted.bbox)
        zh = f"仅与范围框 {box}（度）相接的图形，图形完整不裁切"
        yield Statement("part", "选取", "Part", zh, f"shapes that touch the box {box} (degrees), whole and not cut")
    for word, values in wanted.filters:
        yield _both("filter", "筛选", "Filter", f"{word} = {', '.join(values)}")


def _left_out(count: int) -> Iterable[Statement]:
    if count:
        zh = f"{count} 条未写入：本格式无法容纳（仅有文字，或图形类型不符）"
        yield Statement("left_out", "未写入", "Left out", zh, f"{count} rows for which this format has no place")


def _sources(plan: Plan) -> Iterable[Statement]:
    for source in plan.catalogue.sources.values():
        yield Statement("source", f"来源 {source.id}", f"Source {source.id}", source.title_zh, source.title_en)
