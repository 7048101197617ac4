"""Stated beside measured as JSON and as a table for spreadsheets: one row for each comparison."""

from __future__ import annotations

from collections import Counter

from geo.catalogue import in_lang
from geo.output.features import Json, rounded
from geo.output.ledger import figure_json
from geo.output.sheets import Cell, Sheet
from geo.plan import Plan
from geo.reconcile import CHECK_VERDICTS, VERDICTS, Comparison, reconcile
from geo.units import MEASURES

VERDICT_NAMES = {
    "agrees": ("精度内相符", "agrees within accuracy"),
    "doubtful": ("存疑", "doubtful"),
    "differs": ("不符", "differs"),
    "not_comparable": ("不可比", "cannot be compared"),
    "inconsistent": ("文内不一致", "inconsistent in the source"),
    "unusual": ("少见", "unusual"),
    "consistent": ("文内一致", "consistent in the source"),
    "usual": ("常见", "usual"),
}
BASE_UNITS = {
    **{"area": "m2", "length": "m", "ratio": "share", "area_per_person": "m2_per_person"},
    **{"cny": "cny", "cny_per_area": "cny_per_m2"},
}
_HEAD = {
    "zh": (
        *("编号", "对象", "指标", "文本值", "单位", "限定", "年份", "来源", "出处", "基本单位", "文本（基本单位）"),
        *("图上量得（基本单位）", "95% 界限", "差值", "差值占文本", "判定", "说明", "推算", "图上要素"),
    ),
    "en": (
        *("id", "subject", "figure", "stated", "unit", "qualifier", "year", "source", "place in it", "base unit"),
        *("stated, base unit", "measured, base unit", "95 % bound", "difference", "share of stated", "verdict"),
        *("reason", "formula", "features"),
    ),
}


def reconciliation(plan: Plan) -> Json:
    """Every comparison, and how many have which verdict."""
    rows = reconcile(plan)
    counts = Counter(row.verdict for row in rows)
    return {
        "version": plan.catalogue.version,
        "crs": plan.catalogue.metric_crs,
        "counts": {verdict: counts[verdict] for verdict in (*VERDICTS, *CHECK_VERDICTS)},
        "rows": [comparison_json(plan, row) for row in rows],
    }


def comparison_json(plan: Plan, row: Comparison) -> Json:
    """One comparison: stated and measured in the base unit, the figures that it is made of, verdict and reason."""
    measured = row.measured
    return {
        "id": row.id,
        "theme": row.theme,
        "subject_zh": in_lang(row.subject, "zh"),
        "subject_en": in_lang(row.subject, "en"),
        "name_zh": row.name[0],
        "name_en": row.name[1],
        "unit": row.unit,
        "base_unit": BASE_UNITS[MEASURES[row.unit][0]],
        "stated": round(row.stated, 6),
        "measured": rounded(measured.value if measured else None, 2),
        "bound": rounded(measured.bound if measured else None, 2),
        "band": rounded(measured.band if measured else None, 2),
        "difference": rounded(row.difference, 2),
        "ratio": rounded(row.ratio, 6),
        "verdict": row.verdict,
        "verdict_zh": VERDICT_NAMES[row.verdict][0],
        "verdict_en": VERDICT_NAMES[row.verdict][1],
        "reason_zh": row.reason[0],
        "reason_en": row.reason[1],
        "sides_zh": [side[0] for side in row.sides] if row.sides else None,
        "sides_en": [side[1] for side in row.sides] if row.sides else None,
        "formula_zh": row.formula[0],
        "formula_en": row.formula[1],
        "features": list(row.shapes),
        "figures": [figure_json(plan, one) for one in row.figures],
    }


def reconciliation_sheet(plan: Plan, lang: str, notes: tuple[str, ...]) -> Sheet:
    """The comparisons as a table in one language, with the notes that every file carries."""
    rows = tuple(_cells(row, lang) for row in reconciliation(plan)["rows"])
    return Sheet("数据核对" if lang == "zh" else "reconciliation", _HEAD[lang], rows, notes)


def _cells(row: Json, lang: str) -> tuple[Cell, ...]:
    single = row["figures"][0] if len(row["figures"]) == 1 and row["id"] == row["figures"][0]["id"] else None
    stated = (single["value"], single["unit"], single["qualifier"], single["year"]) if single else (None,) * 4
    places = "; ".join(dict.fromkeys(f"{one['source']}: {one[f'place_{lang}']}" for one in row["figures"]))
    sources = ", ".join(dict.fromkeys(one["source"] for one in row["figures"]))
    return (
        row["id"],
        row[f"subject_{lang}"],
        row[f"name_{lang}"],
        *stated,
        sources,
        places,
        row["base_unit"],
        row["stated"],
        row["measured"],
        row["bound"],
        row["difference"],
        row["ratio"],
        row[f"verdict_{lang}"],
        row[f"reason_{lang}"],
        row[f"formula_{lang}"],
        " ".join(row["features"]),
    )
