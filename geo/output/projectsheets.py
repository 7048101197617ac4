"""The projects of a filter as a table for spreadsheets, in one language, with what they sum to."""

from __future__ import annotations

from collections.abc import Sequence

from geo.catalogue import in_lang
from geo.output import projectwords as words
from geo.output.sheets import Cell, Sheet
from geo.plan import Plan
from geo.projects import Row, Totals, totals
from geo.timeline import stage_of
from geo.units import format_number, format_value
from geo.view import View

_HEAD = {
    "zh": (
        *("表内序号", "编号", "名称", "另一语言名称", "类别", "总投资（万元）", "开始", "结束", "来源所称阶段"),
        *("用地（亩）", "用地口径", "用地约数", "建筑面积（平方米）", "区县", "区县依据", "是否在区内", "依据"),
        *("图上位置", "圈层", "文字位置", "所属项目", "来源", "出处", "整理说明"),
    ),
    "en": (
        *("no.", "id", "name", "name in Chinese", "theme", "total investment (10,000 CNY)", "start", "end"),
        *("phase as the source says", "land (mu)", "kind of land", "land qualifier", "floor area (m2)", "district"),
        *("basis of the district", "in the zone", "why", "place on the map", "ring", "place in words", "part of"),
        *("source", "place in it", "mended in reading"),
    ),
}
_STAGE = {"zh": "当时阶段（{}）", "en": "stage in {}"}
_QUALIFIER = {
    "about": ("约", "about"),
    "more_than": ("超过", "more than"),
    "nearly": ("近", "nearly"),
}
_DISTRICT = {"printed": ("原文所写", "printed"), "inferred": ("推定", "inferred")}


def projects_sheet(plan: Plan, view: View, listed: Sequence[Row], lang: str, moment: str = "") -> Sheet:
    """The rows with all that the ledger states of them.

    With a moment a last column has the stage then. Sums stand in the notes, where no spreadsheet adds them again.
    """
    head = (*_HEAD[lang], *((_STAGE[lang].format(moment),) if moment else ()))
    lines = tuple((*_row(plan, view, row, lang), *_stage(row, moment, lang)) for row in listed)
    title = "项目" if lang == "zh" else "projects"
    return Sheet(title, head, lines, sum_lines(totals(listed), lang))


def sum_lines(found: Totals, lang: str) -> tuple[str, ...]:
    """The sums of some rows as sentences, each with how it counts."""
    once, all_rows = (
        format_value(round(value, 6), "1e4_cny", lang)
        for value in (found.without_parts_1e4_cny, found.sum_of_rows_1e4_cny)
    )
    count, silent = (format_number(value, 0, lang) for value in (found.count, found.silent))
    if lang == "zh":
        first = f"共 {count} 行；总投资：{once}（部分不与整体重复计），各行相加 {all_rows}；{silent} 行未写明投资。"
    else:
        first = (
            f"Rows: {count}; total investment: {once} (parts of stated wholes left out), all rows added up {all_rows}; "
            f"rows without an investment: {silent}."
        )
    return (first, *(_land_line(one.kind, one.rows, one.without_parts_mu, lang) for one in found.land))


def _land_line(kind: str, count: int, mu: float, lang: str) -> str:
    word, value = words.said(words.LAND_KINDS, kind, lang), format_value(round(mu, 6), "mu", lang)
    if lang == "zh":
        return f"用地（{word}）：{count} 行写明，共 {value}，部分不与整体重复计；不同口径不相加。"
    return f"Land ({word}): {value} without parts, rows that state it: {count}; kinds are not added to each other."


def _row(plan: Plan, view: View, row: Row, lang: str) -> tuple[Cell, ...]:
    project, at = row.project, 0 if lang == "zh" else 1
    names = (project.name_zh, project.name_en)
    land = project.land_mu is not None
    return (
        project.no,
        project.id,
        names[at],
        names[1 - at],
        words.theme_word(project.theme, lang),
        project.investment_1e4_cny,
        project.start or None,
        project.end or None,
        words.said(words.PHASES, project.phase, lang) or None,
        project.land_mu,
        words.said(words.LAND_KINDS, project.land_kind, lang) if land else None,
        words.said(_QUALIFIER, project.land_qualifier, lang) or None,
        project.floor_area_m2,
        in_lang(project.district, lang) or None,
        words.said(_DISTRICT, project.district_basis, lang) or None,
        words.said(words.IN_ZONE, project.in_zone, lang),
        in_lang(project.in_zone_basis, lang),
        words.where(plan, row, lang),
        words.ring_word(view, row.entry.ring, lang) if row.entry.ring else None,
        in_lang(project.place_words, lang) or None,
        project.part_of,
        project.source,
        in_lang(project.place, lang),
        in_lang(project.correction, lang) or None,
    )


def _stage(row: Row, moment: str, lang: str) -> tuple[Cell, ...]:
    return (words.said(words.STAGES, stage_of(row.term, moment), lang),) if moment else ()
