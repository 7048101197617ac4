"""CSV: all rows as one table in UTF-8 with the mark that Excel needs, shapes as WKT or as two columns of a point.

Nothing but rows stands in the file: notes below them would be rows to pandas, QGIS and GDAL. What a file says of itself
stands in the columns `crs`, `exported` and `notice` of each row. A shape in WKT may be longer than a cell of Excel
(32,767 characters): for people there is geometry=point, or XLSX.
"""

from __future__ import annotations

import csv
import io

import shapely

from geo.catalogue import Scalar
from geo.output.exports.content import Content, Row, as_one
from geo.output.exports.fields import free_names
from geo.output.exports.properties import OF_FILE
from geo.output.exports.writers.geojson import DEGREE_DECIMALS, METRE_DECIMALS
from geo.output.exports.writers.pieces import point_of
from geo.output.sheets import Cell, defused

_WKT, _CRS = "wkt", "crs"
_LONLAT, _METRES = ("lon", "lat"), ("easting_m", "northing_m")


def write(content: Content) -> bytes:
    """The table. Text that a spreadsheet would run is defused; no value is an empty cell, a truth TRUE or FALSE.

    A column of the data that is named like one of the shape is called `extra_<name>`.
    """
    table = as_one(content)
    names = [field.name for field in table.fields]
    before, after = [name for name in names if name not in OF_FILE], [name for name in names if name in OF_FILE]
    shape_names = _shape_names(content)
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    named = [str(defused(f"extra_{name}" if name in shape_names else name)) for name in before]
    writer.writerow([*free_names(named, (*shape_names, *after)), *shape_names, *after])
    for row in table.rows:
        cells = [row.values.get(name) for name in before]
        cells += [*_shape_cells(content, row), *(row.values.get(name) for name in after)]
        writer.writerow([_cell(cell) for cell in cells])
    return text.getvalue().encode("utf-8-sig", errors="replace")


def _shape_names(content: Content) -> tuple[str, ...]:
    if content.wanted.option("geometry") == _WKT:
        return _CRS, _WKT
    return _CRS, *(_LONLAT if content.target.is_geographic else _METRES)


def _shape_cells(content: Content, row: Row) -> tuple[Scalar, ...]:
    """The system and the shape; nothing for a row known only in words."""
    is_wkt = content.wanted.option("geometry") == _WKT
    if row.geometry is None:
        return (None,) * (2 if is_wkt else 3)
    target = content.target
    system = target.words(content.wanted.lang) if target.crs is None else target.crs
    decimals = DEGREE_DECIMALS if target.is_geographic else METRE_DECIMALS
    if is_wkt:
        return system, shapely.to_wkt(row.geometry, rounding_precision=decimals, trim=True)
    point = point_of(row.geometry)
    return system, round(point.x, decimals), round(point.y, decimals)


def _cell(value: Scalar) -> Cell:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return defused(value)
