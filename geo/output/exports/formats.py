"""The formats of exports: what each is for, which systems and shapes it can hold, which words belong to it alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from geo import crs
from geo.errors import ChoiceError, CrsError
from geo.output.exports.target import LONLAT, Target, read_target

AREA, LINE, POINT, WORDS = "area", "line", "point", "words"  # WORDS: a row without a shape
KIND_WORDS = {AREA: ("面", "areas"), LINE: ("线", "lines"), POINT: ("点", "points"), WORDS: ("仅有文字", "in words")}
_EVERY_SHAPE = (AREA, LINE, POINT)
_EVERY_ROW = (*_EVERY_SHAPE, WORDS)
_EVERY_SYSTEM = tuple(f"EPSG:{number}" for number in crs.ALLOWED)
ENCODINGS = ("utf-8", "gbk")
GEOMETRY_COLUMNS = ("wkt", "point")
PROJECT = "zip"


@dataclass(frozen=True)
class Format:
    """A format by its extension; `is_metric` says that its files are in the plan's metric CRS if nothing is asked.

    `holds` are the rows that it has a place for; `options` the words of a query that it alone understands, each with
    its values, the first being taken if nothing is asked.
    """

    ext: str
    media_type: str
    title: str
    whom_zh: str
    whom_en: str
    is_metric: bool = False
    systems: tuple[str, ...] = _EVERY_SYSTEM
    takes_shifted: bool = True
    holds: tuple[str, ...] = _EVERY_ROW
    options: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def target(self, code: str | None, datum: str | None, metric_crs: str) -> Target:
        """The coordinate system of a file of this format; CrsError or ChoiceError if it cannot have the one asked."""
        target = read_target(code, datum, default=metric_crs if self.is_metric else LONLAT)
        if target.is_shifted and not self.takes_shifted:
            raise self._refusal(target, "datum", ("wgs84", "cgcs2000") if LONLAT in self.systems else ())
        if not target.is_shifted and target.crs not in self.systems:
            raise self._refusal(target, "crs" if code else "datum", self.systems)
        return target

    def _refusal(self, target: Target, word: str, possible: tuple[str, ...]) -> CrsError | ChoiceError:
        return ChoiceError(
            f"{self.title} is not written in {target.words('en')}. Use one of: {', '.join(self.systems)}.",
            f"{self.title} 不能用 {target.words('zh')}。可用：{'、'.join(self.systems)}。",
            word=word,
            possible=possible or self.systems,
        )


_LISTED = (
    Format(
        "gpkg",
        "application/geopackage+sqlite3",
        "GeoPackage",
        "QGIS 与 ArcGIS：一个文件含全部图层、中文字段、任意坐标系，QGIS 打开即有图式",
        "QGIS and ArcGIS: all layers in one file, Chinese names, any system; QGIS opens it styled",
        is_metric=True,
    ),
    Format(
        PROJECT,
        "application/zip",
        "QGIS",
        "QGIS 工程：与网页地图同样的图层组、颜色、标注与次序，附字段表、来源与许可",
        "A QGIS project: groups, colours, labels and order of the map, with field dictionary, sources and licence",
        is_metric=True,
        takes_shifted=False,
    ),
    Format(
        "shp.zip",
        "application/zip",
        "Shapefile",
        "较旧的软件：字段名限 10 字节，附字段对照表；编码可选 UTF-8 或 GBK",
        "older software: field names of 10 bytes with a dictionary beside them; UTF-8 or GBK",
        is_metric=True,
        options=(("encoding", ENCODINGS),),
    ),
    Format(
        "dxf",
        "image/vnd.dxf",
        "DXF",
        "CAD：R2004、米制坐标，每类一个 CAD 图层，带颜色与注记",
        "CAD: R2004, metres, a CAD layer for each class, colours and labels",
        is_metric=True,
        systems=("EPSG:4548", "EPSG:4527", "EPSG:32650"),
        takes_shifted=False,
        holds=_EVERY_SHAPE,
    ),
    Format(
        "txt",
        "text/plain",
        "TXT",
        "界址点坐标 TXT：报件与勘测软件，只含面，X 为北、Y 为东",
        "boundary-point TXT for land files: areas only, X north, Y east",
        is_metric=True,
        systems=("EPSG:4548", "EPSG:4527"),
        takes_shifted=False,
        holds=(AREA,),
        options=(("encoding", ("gbk", "utf-8")),),
    ),
    Format(
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "XLSX",
        "Excel：属性表，每图层一页，代码为文本，附字段表",
        "Excel: the attributes, a sheet for each layer, codes as text, with the field dictionary",
    ),
    Format(
        "csv",
        "text/csv; charset=utf-8",
        "CSV",
        "脚本与 Excel：一张表，图形为 WKT 或点坐标两列",
        "scripts and Excel: one table, shapes as WKT or as two columns of a point",
        options=(("geometry", GEOMETRY_COLUMNS),),
    ),
    Format(
        "kml",
        "application/vnd.google-earth.kml+xml",
        "KML",
        "三维地球与手机地图：分文件夹，带图式",
        "globes and phones: folders and styles",
        systems=("EPSG:4326", "EPSG:4490"),
    ),
    Format(
        "geojson",
        "application/geo+json",
        "GeoJSON",
        "网页与脚本（RFC 7946）",
        "the web and scripts (RFC 7946)",
    ),
    Format(
        "fgb",
        "application/flatgeobuf",
        "FlatGeobuf",
        "大数据量的网页与 GIS：一个图层，带空间索引",
        "large data on the web and in a GIS: one layer with a spatial index",
    ),
    Format(
        "parquet",
        "application/vnd.apache.parquet",
        "GeoParquet",
        "数据分析：列式存储，GeoPandas、DuckDB",
        "data analysis: columns, GeoPandas, DuckDB",
    ),
)
FORMATS: Mapping[str, Format] = MappingProxyType({one.ext: one for one in _LISTED})  # in the order of the offer


def read_format(ext: str) -> Format:
    """The format of an extension; ChoiceError that lists them if there is none.

    >>> read_format("gpkg").title
    'GeoPackage'
    """
    if ext not in FORMATS:
        known = ", ".join(FORMATS)
        raise ChoiceError(
            f"There is no export as {ext[:20]!r}. Use one of: {known}.",
            f"不能导出为 {ext[:20]!r}。可用：{known}。",
            word="format",
            possible=tuple(FORMATS),
        )
    return FORMATS[ext]
