"""The whole atlas for QGIS in one zip: GeoPackage, project, field dictionary, statements, sources, licence.

Names inside are ASCII, and every date is that of the export, so that the same question gives the same bytes.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable

from geo.output.exports.content import Content
from geo.output.exports.fields import Field
from geo.output.exports.writers import geopackage
from geo.output.exports.writers.qgis.projectfile import project
from geo.output.sheets import defused

DATA, PROJECT = "atlas.gpkg", "atlas.qgs"
_HEADERS = {
    "zh": ("字段", "Shapefile 短名", "类型", "单位", "名称", "含义"),
    "en": ("field", "short name in Shapefiles", "kind", "unit", "name", "meaning"),
}
_KINDS_ZH = {"text": "文本", "whole": "整数", "number": "数值", "truth": "是否"}
_GUIDE = """\
{atlas}

中文
- atlas.qgs：QGIS 工程（3.22 及以上）。先把压缩包全部解压，再双击打开；数据用相对路径，整个文件夹可以随意移动。
- atlas.gpkg：GeoPackage，全部图层与图式。ArcGIS 等软件直接打开它；单独加入 QGIS 时图式自动套用。
- fields_zh.csv、fields_en.csv：字段表。sources.csv：来源。{licence_zh}
- 工程坐标系 {metric}；数据坐标系见下。仅有文字、没有位置的条目是没有图形的表，不在图上。
- 图式按 1:1.7 万至 1:14 万设计，更小比例尺下部分图层不显示。

English
- atlas.qgs: the QGIS project (3.22 or newer). Unpack the whole zip first, then open it; paths are relative, so the
  folder may be moved.
- atlas.gpkg: the GeoPackage with all layers and styles. ArcGIS and others open it directly; QGIS styles it by itself.
- fields_zh.csv, fields_en.csv: the field dictionary. sources.csv: the sources.{licence_en}
- The project is in {metric}; the system of the data stands below. Rows known only in words are tables without shapes.
- Drawn for scales from 1:17,000 to 1:140,000; some layers do not show at smaller ones.

{said}
"""


def write(content: Content) -> bytes:
    """The zip."""
    members = {
        PROJECT: project(content, DATA),
        DATA: geopackage.write(content),
        "fields_zh.csv": _fields(content, "zh"),
        "fields_en.csv": _fields(content, "en"),
        "sources.csv": _sources(content),
        "README.txt": _guide(content).encode("utf-8-sig"),  # older editors of Windows tell UTF-8 by its mark
    }
    if content.licence:
        members["LICENSE.md"] = content.licence.encode()
    made_on = tuple(int(part) for part in content.text("exported", "en").split("-"))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            member = zipfile.ZipInfo(name, date_time=(made_on[0], made_on[1], made_on[2], 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system, member.external_attr = 3, 0o644 << 16  # the same on every machine
            archive.writestr(member, data)
    return packed.getvalue()


def _table(rows: Iterable[Iterable[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([defused(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _fields(content: Content, lang: str) -> bytes:
    """The field dictionary; a field of several tables stands once."""
    fields: dict[str, Field] = {}
    for table in content.tables:
        for field in table.fields:
            fields.setdefault(field.name, field)

    def cells(field: Field) -> tuple[str, ...]:
        kind = _KINDS_ZH[field.kind] if lang == "zh" else field.kind
        title = field.title_zh if lang == "zh" else field.title_en
        return field.name, field.short, kind, field.unit, title, field.meaning(lang)

    return _table([_HEADERS[lang], *map(cells, fields.values())])


def _sources(content: Content) -> bytes:
    """The sources in both languages."""
    sources = [one for one in content.statements if one.key == "source"]
    rows = [(one.title_en.partition(" ")[2], one.text_zh, one.text_en) for one in sources]
    return _table([("id", "来源", "source"), *rows])


def _guide(content: Content) -> str:
    said = "\r\n".join((*content.said("zh"), "", *content.said("en")))
    text = _GUIDE.format(
        atlas=f"{content.text('atlas', 'zh')} {content.text('atlas', 'en')}",
        metric=content.metric_crs,
        licence_zh="LICENSE.md：许可。" if content.licence else "",
        licence_en=" LICENSE.md: the licence." if content.licence else "",
        said=said,
    )
    return text.replace("\r\n", "\n").replace("\n", "\r\n")
