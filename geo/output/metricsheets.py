"""The figures of a view and the land-use balances as tables for spreadsheets, in one language.

Each figure has a row of its own with value, unit, bound, denominator, basis, source and reason, so that a row cut
out of the file still says what it is. Areas are in m2; where planners read mu and ha, those stand beside them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from geo import rings
from geo.output.balance import balanced_layers, balances
from geo.output.features import Json
from geo.output.layers import LEGAL_EN, LEGAL_ZH, review, scenario_note
from geo.output.metrics import metrics
from geo.output.sheets import Cell, Sheet
from geo.plan import Plan
from geo.units import from_m2
from geo.view import View

_HEAD = {
    "zh": ("对象编号", "对象", "指标", "数值", "单位", "95% 界限", "分母", "分母数值", "依据", "来源", "出处", "说明"),
    "en": (
        *("id", "subject", "figure", "value", "unit", "95 % bound", "denominator", "denominator value"),
        *("basis", "source", "place in it", "note"),
    ),
}
_BALANCE_HEAD = {
    "zh": ("状态", "用地用海代码", "名称", "图形数", "面积（平方米）", "面积（公顷）", "面积（亩）", "占比", "说明"),
    "en": ("status", "code", "class", "features", "area (m2)", "area (ha)", "area (mu)", "share", "note"),
}
_STATUS = {"zh": {"existing": "现状", "planned": "规划"}, "en": {"existing": "existing", "planned": "planned"}}
_BASIS = {
    "zh": {"stated": "文本", "computed": "计算", "assumed": "假定"},
    "en": {"stated": "stated", "computed": "computed", "assumed": "assumed"},
}
_QUALIFIER = {
    "zh": {"about": "约数", "more_than": "超过", "nearly": "近"},
    "en": {"about": "about", "more_than": "more than", "nearly": "nearly"},
}
NO_BALANCE_ZH = "只含已上图且带用地用海代码的图形，不是全区的用地平衡。"
NO_BALANCE_EN = "Only what is mapped with a land-use code; this is no balance of the zone."
RULE_ZH = "同一类内重叠只计一次；不同类重叠时各自计入并列出；占比以各类共同覆盖、不重复计的面积为分母；限本范围之内。"
RULE_EN = (
    "Within a class an overlap counts once; classes that overlap both keep their area and are listed; shares are of "
    "the area that all classes cover, each place counted once; within the extent."
)


def metrics_sheet(plan: Plan, view: View, lang: str, review_no: str | None = None) -> Sheet:
    """The figures of a view, one in each row: extents, waters, zones, green, residents, sites known in words."""
    found = metrics(plan, view)
    parts = (_areas(found, lang), _zones(found, view, lang), _whole(found, lang), _words(found, plan, lang))
    rows = tuple(row for part in parts for row in part)
    return Sheet("指标" if lang == "zh" else "metrics", _HEAD[lang], rows, notes(plan, view, lang, review_no))


def balance_sheet(plan: Plan, layer_id: str, view: View, lang: str, review_no: str | None = None) -> Sheet:
    """The land-use balance of a layer, its sums and overlaps below the classes; QueryError if the layer is unknown."""
    layer = plan.layer(layer_id)
    rule = (NO_BALANCE_ZH, RULE_ZH) if lang == "zh" else (NO_BALANCE_EN, RULE_EN)
    title = f"用地平衡 {layer.title_zh}" if lang == "zh" else f"balance {layer_id}"
    rows = tuple(_balance_rows(plan, layer_id, view, lang))
    return Sheet(title, _BALANCE_HEAD[lang], rows, (*rule, *notes(plan, view, lang, review_no)))


def all_sheets(plan: Plan, view: View, lang: str, review_no: str | None = None) -> tuple[Sheet, ...]:
    """The figures of a view and every balance: the sheets of the whole workbook."""
    tables = (balance_sheet(plan, layer, view, lang, review_no) for layer in balanced_layers(plan))
    return (metrics_sheet(plan, view, lang, review_no), *tables)


def notes(plan: Plan, view: View, lang: str, review_no: str | None) -> tuple[str, ...]:
    """What every file says of itself: view, CRS, edition of the data, sources, review state, that it is not legal."""
    zh = lang == "zh"
    catalogue = plan.catalogue
    reading = next(reading for reading in catalogue.rings.readings if reading.id == view.reading)
    years = [s.feature.data_year for s in plan.shapes.values() if s.feature.data_year]
    dated = f"{min(years)}–{max(years)}" if years else "–"
    sources = (f"{s.id}: {s.title_zh if zh else s.title_en}" for s in catalogue.sources.values())
    if zh:
        first = f"{catalogue.title_zh}；范围 {view.extent}；口径：{reading.name_zh}"
        frame = f"面积为 {catalogue.metric_crs} 平面面积；1 亩 = 2000/3 平方米"
        edition = f"数据版本 {catalogue.version}；数据年份 {dated}"
        text = "代码为文本；用 Excel 直接打开 CSV 会丢掉前导零，请用 XLSX 或按文本导入。"
    else:
        first = f"{catalogue.title_en}; extent {view.extent}; reading: {reading.name_en}"
        frame = f"Areas are plane areas in {catalogue.metric_crs}; 1 mu = 2000/3 m2"
        edition = f"Data version {catalogue.version}; data years {dated}"
        text = "Codes are text; Excel drops leading zeros when it opens a CSV: use the XLSX, or import as text."
    source = f"来源：{'；'.join(sources)}" if zh else f"Sources: {'; '.join(sources)}"
    marked = () if view.is_base else (scenario_note(view, lang),)
    held = (review(review_no)[f"notice_{lang}"], LEGAL_ZH if zh else LEGAL_EN)
    return (first, *marked, frame, edition, source, text, *held)


def _row(subject: Json, figure: str, value: Cell, unit: str, **more: Any) -> tuple[Cell, ...]:
    """One figure; `subject` gives id and name, `more` what stands beside the value."""
    beside = ("bound", "of", "of_value", "basis", "source", "place", "note")
    return (subject["id"], subject["name"], figure, value, unit, *(more.get(name) for name in beside))


def _told(said: Json, lang: str) -> Json:
    """Where a stated figure stands, and the word that qualifies it there."""
    return {"source": said["source"], "place": said["place"], "note": _QUALIFIER[lang].get(said["qualifier"])}


def _areas(found: Json, lang: str) -> Iterator[tuple[Cell, ...]]:
    area, stated, off = (
        ("面积", "面积（文本）", "计算减文本") if lang == "zh" else ("area", "stated area", "difference")
    )
    for item in (*found["extents"].values(), *found["waters"]):
        subject = {"id": item["id"], "name": item[f"name_{lang}"]}
        basis, said = _BASIS[lang], item["stated_area"]
        yield _row(subject, area, item["area_m2"], "m2", bound=item["area_u_m2"], basis=basis["computed"])
        if said is not None:
            yield _row(subject, stated, said["value"], said["unit"], basis=basis["stated"], **_told(said, lang))
            if item["area_m2"] is not None:
                difference_m2 = round(item["area_m2"] - said["area_m2"], 2)
                yield _row(subject, off, difference_m2, "m2", basis=basis["computed"])


def _zones(found: Json, view: View, lang: str) -> Iterator[tuple[Cell, ...]]:
    zh = lang == "zh"
    land, extent = ("陆域面积", "范围面积") if zh else ("land area", "area of the extent")
    computed = _BASIS[lang]["computed"]
    for zone in found["zones"]:
        subject = {"id": zone["id"], "name": zone[f"name_{lang}"]}
        note = _edge_note(view, zone["id"], lang)
        area_m2 = zone["area_m2"]
        yield _row(subject, "面积" if zh else "area", area_m2, "m2", basis=computed, note=note)
        yield _row(subject, "面积" if zh else "area", round(from_m2(area_m2, "mu"), 2), "mu", basis=computed, note=note)
        if zone["share_of_land"] is not None:
            of_land = {"of": land, "of_value": found["land_area_m2"], "basis": computed, "note": note}
            yield _row(subject, "占陆域" if zh else "share of land", zone["share_of_land"], "1", **of_land)
        of_extent = {"of": extent, "of_value": found["closure"]["extent_m2"], "basis": computed, "note": note}
        yield _row(subject, "占范围" if zh else "share of extent", zone["share_of_extent"], "1", **of_extent)
        sites, unit = ("有位置的项目", "个") if zh else ("located sites", "sites")
        yield _row(subject, sites, len(zone["sites"]), unit, basis=computed)
        for green in zone["green"]:
            yield _green(subject, green, lang, area_m2, zone["population"])


def _edge_note(view: View, zone_id: str, lang: str) -> str | None:
    """Which edges of a ring nobody states; None for water and for rings between stated edges."""
    ring = next((s.feature for s in view.computed["rings"] if s.feature.id == f"rings:{zone_id}"), None)
    if ring is None or zone_id == rings.WATER:
        return None
    edges = [ring.extra[f"{side}_m"] for side in ("inner", "outer") if ring.extra[f"{side}_basis"] == "assumed"]
    if not edges:
        return None
    told = "、".join(f"{edge:g}" for edge in edges) if lang == "zh" else " and ".join(f"{edge:g}" for edge in edges)
    return f"{told} 米圈界为假定" if lang == "zh" else f"edge at {told} m is assumed"


def _green(subject: Json, green: Json, lang: str, area_m2: float, residents: Json | None) -> tuple[Cell, ...]:
    """A green figure with its denominator, which stands there even where the figure does not."""
    zh, is_known = lang == "zh", green["value"] is not None
    note = green[f"counts_{lang}"] if is_known else green[f"reason_{lang}"]
    if is_known and green["lower_bound"] and green["denominator_of"] == "residents":
        bound = "；下限：有公园尚无轮廓或分类" if zh else "; lower bound: some park has no outline or class"
        note = f"{note}{bound}"
    known = {"zone": area_m2, "residents": residents and residents["persons"]}
    is_told = residents is not None and green["denominator_of"] == "residents"
    return _row(
        subject,
        green[f"name_{lang}"],
        green["value"] if is_known else "无数据" if zh else "no data",
        "m2/person" if green["unit"] == "m2_per_person" else "1",
        of=green[f"denominator_{lang}"],
        of_value=known.get(green["denominator_of"], green["denominator"]),
        basis=_BASIS[lang]["computed"] if is_known else None,
        source=residents["source"] if is_told and residents else None,
        place=residents["place"] if is_told and residents else None,
        note=note,
    )


def _whole(found: Json, lang: str) -> Iterator[tuple[Cell, ...]]:
    extent = found["extents"][found["extent"]]
    subject = {"id": extent["id"], "name": extent[f"name_{lang}"]}
    for green in found["green"]:
        yield _green(subject, green, lang, found["closure"]["extent_m2"], found["population"])
    if residents := found["population"]:
        name, unit = ("常住人口", "人") if lang == "zh" else ("residents", "persons")
        stated = {"basis": _BASIS[lang]["stated"], **_told(residents, lang)}
        yield _row(subject, name, residents["persons"], unit, **stated)


def _words(found: Json, plan: Plan, lang: str) -> Iterator[tuple[Cell, ...]]:
    name, nowhere = ("仅有文字的项目", "未说明所在") if lang == "zh" else ("sites in words", "area not stated")
    for row in found["sites_in_words"]:
        held = plan.shapes.get(row["placed_in"] or "")
        area = nowhere if held is None else held.feature.name_zh if lang == "zh" else held.feature.name_en
        unit = "个" if lang == "zh" else "sites"
        subject = {"id": row["placed_in"], "name": area}
        yield _row(subject, name, len(row["sites"]), unit, basis=_BASIS[lang]["stated"])


def _balance_rows(plan: Plan, layer_id: str, view: View, lang: str) -> Iterator[tuple[Cell, ...]]:
    zh = lang == "zh"
    for table in balances(plan, layer_id, view):
        status = _STATUS[lang][table.status]
        for row in table.classes:
            name = row.name_zh if zh else row.name_en
            yield (status, row.code, name, row.features, *_sizes(row.area_m2), round(row.share, 6), None)
        summed = (*_sizes(table.sum_m2), round(table.share_sum, 6))
        yield (status, None, "各类合计" if zh else "sum of classes", None, *summed, None)
        covered = "覆盖面积（不重复计）" if zh else "covered, counted once"
        yield (status, None, covered, None, *_sizes(table.covered_m2), None, None)
        for overlap in table.overlaps:
            pair = " / ".join(overlap.codes)
            yield (status, pair, "两类重叠" if zh else "overlap", None, *_sizes(overlap.area_m2), None, None)
        outside = ("本范围以外", "不计入") if zh else ("outside the extent", "not counted")
        yield (status, None, outside[0], None, *_sizes(table.outside_m2), None, outside[1])


def _sizes(area_m2: float) -> tuple[float, float, float]:
    return round(area_m2, 2), round(from_m2(area_m2, "ha"), 4), round(from_m2(area_m2, "mu"), 2)
