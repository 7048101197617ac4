"""The figures of a view as text tables for people. The server never loads this: its libraries serve the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from tabulate import tabulate

from geo import metrics as figures
from geo.output.metrics import green, zone_name
from geo.plan import EXTENT_LAYERS, Plan
from geo.scenario import Difference, VerdictChange, rings_text
from geo.units import format_area, format_number, from_m2, unit_name
from geo.view import View


def metrics_tables(plan: Plan, view: View, lang: str) -> str:
    """The figures of a view as text tables for people, in km2 and mu."""
    zh = lang == "zh"
    parts = [
        _title("范围与水面" if zh else "Extents and waters", view, lang),
        _area_table(plan, view, lang),
        "圈层" if zh else "Zones",
        _zone_table(plan, view, lang),
        "绿地指标" if zh else "Green metrics",
        _green_table(plan, view, lang),
    ]
    return "\n\n".join(parts)


def scenario_tables(plan: Plan, view: View, found: Difference, verdicts: Sequence[VerdictChange], lang: str) -> str:
    """The difference of a scenario and its base as text: a table of the zones, then what changes in sentences."""
    zh = lang == "zh"
    head = (
        ("圈层", "基准 km²", "情景 km²", "差 km²", "差 %")
        if zh
        else ("zone", "base km²", "scenario km²", "± km²", "± %")
    )
    rows = []
    for change in found.zones:
        sizes = (change.base_area_m2, change.area_m2, change.delta_m2)
        cells = (format_number(from_m2(size, "km2"), 2, lang) for size in sizes)
        ratio = "–" if change.ratio is None else f"{format_number(100 * change.ratio, 1, lang)}%"
        rows.append((zone_name(view, change.zone)[0 if zh else 1], *cells, ratio))
    side = 0 if zh else 1
    said = [*(words[side] for words in found.sentences), *(one.sentence[side] for one in verdicts)]
    right = ("left", *("right",) * 4)
    table = tabulate(rows, head, disable_numparse=True, colalign=right)
    return "\n\n".join([_title("情景" if zh else "Scenario", view, lang), table, "\n".join(f"- {one}" for one in said)])


def _title(title: str, view: View, lang: str) -> str:
    words = [view.extent, view.reading]
    if not view.is_base:
        words.append(f"{'情景' if lang == 'zh' else 'scenario'} {rings_text(view.distances_m)}")
    return f"{title}（{'，'.join(words)}）" if lang == "zh" else f"{title} ({', '.join(words)})"


def _area_table(plan: Plan, view: View, lang: str) -> str:
    zh = lang == "zh"
    shapes = [shape for layer in (*EXTENT_LAYERS.values(), "water") for shape in plan.of_layer(layer, view)]
    head = ("名称", "计算", "文本", "来源") if zh else ("name", "computed", "stated", "source")
    rows = []
    for shape in shapes:
        stated = shape.feature.stated_area
        name = shape.feature.name_zh if zh else shape.feature.name_en
        computed = format_area(shape.area_m2 or 0.0, "km2", lang, u_m2=shape.area_u_m2)
        words = f"{stated.value:g} {unit_name(stated.unit, lang)}" if stated else ("无" if zh else "none")
        rows.append((name, computed, words, stated.source if stated else ""))
    return str(tabulate(rows, head, disable_numparse=True))


def _zone_table(plan: Plan, view: View, lang: str) -> str:
    head = ("圈层", "km²", "亩", "占陆域", "项目") if lang == "zh" else ("zone", "km²", "mu", "of land", "sites")
    rows = [
        (
            zone_name(view, zone.zone)[0 if lang == "zh" else 1],
            format_number(from_m2(zone.area_m2, "km2"), 2, lang),
            format_number(from_m2(zone.area_m2, "mu"), 0, lang),
            "" if zone.share_of_land is None else f"{zone.share_of_land:.1%}",
            str(len(zone.sites)),
        )
        for zone in figures.zone_figures(plan, view)
    ]
    return str(tabulate(rows, head, disable_numparse=True, colalign=("left", *["right"] * 4)))


def _green_table(plan: Plan, view: View, lang: str) -> str:
    zh = lang == "zh"
    head = ("指标", "值", "分母", "说明") if zh else ("metric", "value", "denominator", "note")
    rows = []
    for figure in figures.extent_green(plan, view):
        shown = green(figure)
        value = "无数据" if zh else "no data"
        if figure.value is not None:
            value = f"{figure.value:.2f} m²" if shown["unit"] == "m2_per_person" else f"{figure.value:.2%}"
        suffix = "zh" if zh else "en"
        rows.append((shown[f"name_{suffix}"], value, shown[f"denominator_{suffix}"], shown[f"reason_{suffix}"]))
    return str(tabulate(rows, head, disable_numparse=True))
