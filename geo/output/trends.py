"""Indicators over the years as the world outside reads them: JSON, and a table with one row for each figure."""

from __future__ import annotations

from collections.abc import Iterator

from geo.catalogue import Figure, StatedArea
from geo.output.features import Json, rounded
from geo.output.ledger import figure_json
from geo.output.reconcile import BASE_UNITS
from geo.output.sheets import Cell, Sheet
from geo.plan import Plan
from geo.trends import Growth, Join, Trend, TrendLine, extent_of, extents, trends

_HEAD = {
    "zh": (
        *("指标编号", "指标", "口径", "数字编号", "所量", "对象", "年份", "文本值", "单位", "限定", "基本单位"),
        *("文本（基本单位）", "范围", "来源", "出处", "注", "与下一点连线", "不连线的原因"),
    ),
    "en": (
        *("indicator id", "indicator", "counted as", "figure id", "metric", "subject", "year", "stated", "unit"),
        *("qualifier", "base unit", "stated, base unit", "extent", "source", "place in it", "note"),
        *("joined with the next", "why not"),
    ),
}
_YES_NO = {"zh": ("否", "是"), "en": ("no", "yes")}


def trends_json(plan: Plan, theme: str | None = None) -> Json:
    """Every indicator, or those of one theme, with its lines, points, what is joined and what has grown."""
    rows = [_trend(plan, trend) for trend in trends(plan, theme)]
    return {
        "version": plan.catalogue.version,
        "extents": {name: _stated(area) for name, area in extents(plan).items()},
        "count": len(rows),
        "indicators": rows,
    }


def trends_sheet(plan: Plan, lang: str, notes: tuple[str, ...], theme: str | None = None) -> Sheet:
    """The figures of every indicator as a table in one language, with the notes that every file carries."""
    rows = tuple(row for trend in trends_json(plan, theme)["indicators"] for row in _rows(trend, lang))
    return Sheet("历年指标" if lang == "zh" else "trends", _HEAD[lang], rows, notes)


def _trend(plan: Plan, trend: Trend) -> Json:
    one = trend.indicator
    measure = trend.measure
    return {
        "id": one.id,
        "theme": one.theme,
        "name_zh": one.name_zh,
        "name_en": one.name_en,
        "why_zh": one.why_zh,
        "why_en": one.why_en,
        "measure": measure,
        "base_unit": BASE_UNITS.get(measure, measure) if measure else None,
        "extents_differ": trend.extents_differ,
        "lines": [_line(plan, line) for line in trend.lines],
    }


def _line(plan: Plan, line: TrendLine) -> Json:
    return {
        "name_zh": line.line.name_zh,
        "name_en": line.line.name_en,
        "points": [_point(plan, figure) for figure in line.points],
        "undated": [_point(plan, figure) for figure in line.undated],
        "joins": [_join(join) for join in line.joins],
        "growths": [_growth(growth) for growth in line.growths],
    }


def _point(plan: Plan, figure: Figure) -> Json:
    return {**figure_json(plan, figure), "extent": extent_of(figure)}


def _join(join: Join) -> Json:
    return {
        "first": join.first.id,
        "last": join.last.id,
        "joined": join.reason is None,
        "extents_differ": join.extents_differ,
        "reason_zh": join.reason[0] if join.reason else "",
        "reason_en": join.reason[1] if join.reason else "",
    }


def _growth(growth: Growth) -> Json:
    return {
        "first": growth.first.id,
        "last": growth.last.id,
        "absolute": rounded(growth.absolute, 6),
        "yearly": rounded(growth.yearly, 6),
        "qualifier": growth.qualifier,
        "extents_differ": growth.extents_differ,
        "reason_zh": growth.reason[0] if growth.reason else "",
        "reason_en": growth.reason[1] if growth.reason else "",
    }


def _stated(area: StatedArea | None) -> Json | None:
    if area is None:
        return None
    names = ("value", "unit", "qualifier", "source", "place", "figure")
    return {name: getattr(area, name) for name in names}


def _rows(trend: Json, lang: str) -> Iterator[tuple[Cell, ...]]:
    for line in trend["lines"]:
        joins = {join["first"]: join for join in line["joins"]}
        for point in (*line["points"], *line["undated"]):
            join = joins.get(point["id"])
            yield (
                *(trend["id"], trend[f"name_{lang}"], line[f"name_{lang}"], point["id"], point[f"metric_{lang}"]),
                *(point[f"subject_{lang}"], point["year"], point["value"], point["unit"], point["qualifier"]),
                *(trend["base_unit"], point["base"], point["extent"], point["source"], point[f"place_{lang}"]),
                point[f"note_{lang}"],
                _YES_NO[lang][join["joined"]] if join else None,
                join[f"reason_{lang}"] if join else None,
            )
