"""Every site of the sources and what the rules say of it, as JSON and as tables for spreadsheets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from geo.assess import Assessment, Conflicts, SiteCheck, worst_first
from geo.catalogue import Project, in_lang
from geo.output.assess import assessment_json
from geo.output.features import Json, centre_json, view_json
from geo.output.projectwords import ring_word
from geo.output.sheets import Cell, Sheet
from geo.plan import Plan
from geo.rules import VERDICT_WORDS, RuleVerdict
from geo.units import M2_PER_MU, format_exact
from geo.view import View

# Chinese, English
REASON_NAMES = {
    "no_rules": ("没有规则", "no rules"),
    "symbol": ("只有示意圆", "symbolic footprint only"),
    "point": ("只有点位", "point only"),
    "line": ("只有线", "line only"),
    "words": ("只有文字", "in words only"),
    "nowhere": ("没有位置", "no position"),
}
_STATE = {True: ("已核查", "checked"), False: ("未核查", "not checked")}
_HEAD = {
    "zh": (
        *("编号", "名称", "另一语言名称", "要素", "台账行", "核查", "结论", "未核查原因"),
        *("冲突条数", "未知条数", "有条件条数", "允许条数", "最不利的规则", "其理由"),
        *("面积（平方米）", "面积（亩）", "轮廓精度（米）", "用地分类", "所在圈层", "实地可能的圈层"),
        *("经度", "纬度", "文字所说片区", "来源", "出处"),
    ),
    "en": (
        *("id", "name", "name in Chinese", "feature", "rows of the ledger", "state", "verdict", "why not checked"),
        *("conflicts", "unknown", "conditional", "allowed", "worst rule", "its reason"),
        *("area (m2)", "area (mu)", "accuracy (m)", "land use", "ring", "rings possible on the ground"),
        *("lon", "lat", "area in words", "source", "place in it"),
    ),
}
_RULE_HEAD = {
    "zh": (
        "地块编号",
        "地块",
        "规则编号",
        "规则",
        "结论",
        "理由",
        "怎样会改变",
        "依据",
        "来源",
        "出处",
        "标准",
        "版次",
    ),
    "en": (
        *("site", "name", "rule", "name of the rule", "verdict", "reason", "what would change it", "basis"),
        *("source", "place in it", "standard", "edition"),
    ),
}
_BASIS = {"stated": ("文本", "stated"), "assumed": ("假定", "assumed")}
_OF_THE_VIEW = ("extent", "reading", "crs", "version")  # said once for all sites


def conflicts_json(plan: Plan, view: View, found: Conflicts) -> Json:
    """Every site with its assessment, or with why there is none; counts by verdict and by reason."""
    return {
        "version": plan.catalogue.version,
        **view_json(view),
        "crs": plan.catalogue.metric_crs,
        "has_rules": found.has_rules,
        "counts": {
            "all": len(found.sites),
            "checked": len(found.checked),
            "not_checked": len(found.unchecked),
            "verdicts": dict(found.verdicts),
            "reasons": dict(found.reasons),
        },
        "sites": [_site(plan, view, site) for site in found.sites],
    }


def reason_text(plan: Plan, site: SiteCheck) -> tuple[str, str]:
    """Why a site cannot be checked, in Chinese and English; two empty texts for one that was checked."""
    texts = {
        "no_rules": ("有轮廓，但数据文件夹没有规则文件。", "It has an outline, but the data folder holds no rules."),
        "line": ("图上是线，没有面积。", "Drawn as a line, which has no area."),
        "words": _words_text(plan, site),
        "nowhere": _nowhere_text(site),
        **_centre_texts(site),
    }
    return texts.get(site.reason, ("", ""))


def stands_at(site: SiteCheck) -> tuple[str | None, tuple[str, ...]]:
    """(ring by the line, rings possible on the ground): of a checked site, or of the centre of a point or symbol."""
    if site.found is not None:
        return site.found.home_zone, tuple(row.zone for row in site.found.zones if row.high > 0)
    return (site.standing.home_zone, site.standing.ground) if site.standing is not None else (None, ())


def conflict_sheets(plan: Plan, view: View, found: Conflicts, lang: str, notes: tuple[str, ...]) -> tuple[Sheet, Sheet]:
    """The sites as a table in one language, and what each rule says of those that were checked."""
    at = 0 if lang == "zh" else 1
    rows = tuple(_cells(plan, view, site, lang) for site in found.sites)
    rules = tuple(row for site, one in found.checked for row in _rule_cells(site, one, lang))
    titles = (("冲突核查", "规则"), ("conflicts", "rules"))[at]
    summary = _summary(found, lang)
    sites = Sheet(titles[0], _HEAD[lang], rows, (summary, *notes))
    return sites, Sheet(titles[1], _RULE_HEAD[lang], rules, (summary, *notes))


def _site(plan: Plan, view: View, site: SiteCheck) -> Json:
    feature = site.shape.feature if site.shape is not None else None
    ring, ground = stands_at(site)
    why = reason_text(plan, site)
    return {
        "id": site.id,
        "name_zh": site.names[0],
        "name_en": site.names[1],
        "feature": feature.id if feature else None,
        "projects": [row.id for row in site.projects],
        "checked": site.found is not None,
        "verdict": site.found.verdict if site.found else None,
        "reason": site.reason or None,
        "reason_zh": why[0] or None,
        "reason_en": why[1] or None,
        "geometry_basis": feature.geometry_basis if feature else "none",
        "accuracy_m": feature.accuracy_m if feature else None,
        "land_use": feature.land_use if feature else None,
        "centre": centre_json(site.shape) if site.shape is not None else None,
        "home_zone": ring,
        "ground": list(ground),
        "placed_in": site.placed_in,
        "assessment": _assessment(plan, view, site),
    }


def _assessment(plan: Plan, view: View, site: SiteCheck) -> Json | None:
    if site.found is None:
        return None
    told = assessment_json(plan, view, site.found)
    return {name: value for name, value in told.items() if name not in _OF_THE_VIEW}


def _centre_texts(site: SiteCheck) -> Mapping[str, tuple[str, str]]:
    if site.shape is None or site.standing is None:
        return {}
    zh, en = (format_exact(site.shape.accuracy_m, lang) for lang in ("zh", "en"))
    return {
        "symbol": (
            f"图上的圆只表示面积；中心在 ±{zh} 米内，边界不详。",
            f"The circle on the map shows a size; its centre is known to ±{en} m, its boundary is not known.",
        ),
        "point": (
            f"只有一个点，在 ±{zh} 米内；轮廓不详。",
            f"Only a point is known, to ±{en} m, and no outline.",
        ),
    }


def _words_text(plan: Plan, site: SiteCheck) -> tuple[str, str]:
    area = plan.shapes.get(site.placed_in or "")
    zh, en = (area.feature.name_zh, area.feature.name_en) if area is not None else ("", "")
    return f"来源只以文字说在{zh}，没有轮廓。", f"A source says in words that it is in {en}; there is no outline."


def _nowhere_text(site: SiteCheck) -> tuple[str, str]:
    if any(row.in_zone == "yes" for row in site.projects):
        return "已知在区内，没有来源写明位置。", "Known to lie in the zone; no source says where."
    if any(row.in_zone == "partly" for row in site.projects):
        return "已知部分在区内，没有来源写明位置。", "Known to lie partly in the zone; no source says where."
    return "没有来源写明位置。", "No source says where it lies."


def _summary(found: Conflicts, lang: str) -> str:
    at = 0 if lang == "zh" else 1
    comma = "，" if lang == "zh" else ", "
    verdicts = comma.join(f"{VERDICT_WORDS[name][at]} {count}" for name, count in found.verdicts.items())
    reasons = comma.join(f"{REASON_NAMES[name][at]} {count}" for name, count in found.reasons.items() if count)
    total, done, left = len(found.sites), len(found.checked), len(found.unchecked)
    if lang == "zh":
        return f"共 {total} 处：已核查 {done}（{verdicts}），未核查 {left}（{reasons or '无'}）。"
    return f"Sites: {total}; checked {done} ({verdicts}), not checked {left} ({reasons or 'none'})."


def _cells(plan: Plan, view: View, site: SiteCheck, lang: str) -> tuple[Cell, ...]:
    at = 0 if lang == "zh" else 1
    feature = site.shape.feature if site.shape is not None else None
    lon, lat = (centre_json(site.shape) if site.shape is not None else None) or (None, None)
    origins = origin(site)
    ring, ground = stands_at(site)
    area = plan.shapes.get(site.placed_in or "")
    comma = "、" if lang == "zh" else ", "
    return (
        site.id,
        site.names[at],
        site.names[1 - at],
        feature.id if feature else None,
        " ".join(row.id for row in site.projects) or None,
        _STATE[site.found is not None][at],
        VERDICT_WORDS[site.found.verdict][at] if site.found else None,
        reason_text(plan, site)[at] or None,
        *_judged(site.found, at),
        feature.accuracy_m if feature else None,
        feature.land_use if feature else None,
        ring_word(view, ring, lang) if ring else None,
        comma.join(ring_word(view, zone, lang) for zone in ground) or None,
        lon,
        lat,
        (area.feature.name_zh, area.feature.name_en)[at] if area is not None else None,
        ", ".join(dict.fromkeys(source for source, _place in origins)),
        "; ".join(dict.fromkeys(in_lang(place, lang) for _source, place in origins)),
    )


def origin(site: SiteCheck) -> list[tuple[str, str]]:
    """(source, place in it) of what is said of a site: its rows of the ledger, else its feature."""
    rows: list[Project] = list(site.projects)
    if rows or site.shape is None:
        return [(row.source, row.place) for row in rows]
    return [(site.shape.feature.source, site.shape.feature.place)]


def _judged(found: Assessment | None, at: int) -> tuple[Cell, ...]:
    """Counts of the verdicts, the worst rule with its reason, the area in m2 and mu."""
    if found is None:
        return (None,) * 8
    counts = Counter(one.verdict for one in found.verdicts)
    worst = next(iter(worst_first(found.verdicts)), None)
    return (
        *(counts[name] for name in ("conflict", "unknown", "conditional", "allowed")),
        worst.name[at] if worst else None,
        worst.reason[at] if worst else None,
        round(found.area_m2, 2),
        round(found.area_m2 / M2_PER_MU, 4),
    )


def _rule_cells(site: SiteCheck, found: Assessment, lang: str) -> Iterator[tuple[Cell, ...]]:
    for one in worst_first(found.verdicts):
        yield _rule_row(site, one, lang)


def _rule_row(site: SiteCheck, one: RuleVerdict, lang: str) -> tuple[Cell, ...]:
    at = 0 if lang == "zh" else 1
    return (
        site.id,
        site.names[at],
        one.rule,
        one.name[at],
        VERDICT_WORDS[one.verdict][at],
        one.reason[at],
        one.what_would_change[at],
        _BASIS[one.basis][at],
        one.source,
        in_lang(one.place, lang) or None,
        one.standard[at] or None,
        in_lang(one.edition, lang) or None,
    )
