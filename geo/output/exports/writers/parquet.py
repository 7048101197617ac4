"""GeoParquet 1.1: all rows as one table, shapes as WKB, the statements and the field dictionary in its schema."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from typing import Any

import pyarrow
import pyarrow.parquet
import shapely
from shapely.geometry.base import BaseGeometry

from geo import crs
from geo.output.exports.content import Content, as_one
from geo.output.exports.fields import NUMBER, TEXT, TRUTH, WHOLE, cleaned, free_names
from geo.output.exports.target import Target
from geo.output.exports.writers.gdal import Column, columns_of

_TYPES = {
    TEXT: pyarrow.string(),
    WHOLE: pyarrow.int64(),
    NUMBER: pyarrow.float64(),
    TRUTH: pyarrow.bool_(),
}
_DESCRIBED = ("title_zh", "title_en", "unit", "meaning_zh", "meaning_en")


def write(content: Content) -> bytes:
    """One table. A shifted datum has no code: its `crs` is null, which GeoParquet defines as undefined.

    The statement `crs` under the key `atlas` of the schema then says which datum it is.
    """
    table = as_one(content)
    columns = columns_of(table.fields, table.rows)
    (shape_name,) = free_names(["geometry"], [column.name for column in columns])
    shapes = [row.geometry for row in table.rows]
    fields = [*(_field(column) for column in columns), pyarrow.field(shape_name, pyarrow.binary())]
    arrays = [pyarrow.array(column.values, _TYPES[column.kind]) for column in columns]
    wkb = [None if shape is None else shapely.to_wkb(shape) for shape in shapes]
    arrays.append(pyarrow.array(wkb, pyarrow.binary()))
    said = {"geo": _geo(shape_name, shapes, content.target), "atlas": _said(content)}
    schema = pyarrow.schema(fields, {key: json.dumps(value, ensure_ascii=False) for key, value in said.items()})
    file = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_arrays(arrays, schema=schema), file, compression="zstd")
    return file.getvalue()


def _field(column: Column) -> pyarrow.Field:
    described = {name: cleaned(getattr(column.field, name)) for name in _DESCRIBED}
    return pyarrow.field(column.name, _TYPES[column.kind], metadata=described)


def _geo(shape_name: str, shapes: Sequence[BaseGeometry | None], target: Target) -> dict[str, Any]:
    """The key `geo` after GeoParquet 1.1: longitude or easting comes first whatever the system says."""
    there = [shape for shape in shapes if shape is not None]
    column = {
        "encoding": "WKB",
        "geometry_types": sorted({shape.geom_type for shape in there}),
        "crs": None if target.crs is None else crs.projjson(target.crs),
    }
    if there:
        column["bbox"] = [float(side) for side in shapely.total_bounds(there)]
    return {"version": "1.1.0", "primary_column": shape_name, "columns": {shape_name: column}}


def _said(content: Content) -> list[dict[str, str]]:
    return [
        {
            "key": one.key,
            **{f"title_{lang}": cleaned(one.title(lang)) for lang in ("zh", "en")},
            **{f"text_{lang}": cleaned(one.text(lang)) for lang in ("zh", "en")},
        }
        for one in content.statements
    ]
