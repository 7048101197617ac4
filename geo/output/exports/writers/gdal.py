"""Layers as GDAL writes them: shapes as WKB, columns with types, nothing cut and nothing guessed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pyogrio.raw
import shapely
from shapely.geometry.base import BaseGeometry

from geo.catalogue import Scalar
from geo.output.exports.content import Row
from geo.output.exports.fields import NUMBER, TEXT, TRUTH, WHOLE, Field, cleaned, fits, free_names

ANY_SHAPE = "Unknown"  # what GDAL calls a layer whose shapes are of several kinds
_TYPES: Mapping[str, type] = {WHOLE: np.int64, NUMBER: np.float64, TRUTH: np.bool_}
_BLANKS: Mapping[str, Scalar] = {WHOLE: 0, NUMBER: 0.0, TRUTH: False}  # under the mask, never written
# A file is made in a folder of its own, read once and thrown away: none need outlive a power cut half written.
pyogrio.set_gdal_config_options({"OGR_SQLITE_SYNCHRONOUS": "OFF"})


@dataclass(frozen=True)
class Column:
    """A column as it is written: its name, free of others in any case of letters, its kind, a value for each row.

    None is no value; an empty text is a text.
    """

    name: str
    field: Field
    kind: str
    values: tuple[Scalar, ...]


@dataclass(frozen=True)
class Layer:
    """A layer of a file. `shapes` is None for a table without shapes; `geometry_type` is that of GDAL."""

    name: str
    columns: tuple[Column, ...]
    shapes: tuple[BaseGeometry | None, ...] | None
    srs: str
    geometry_type: str = ANY_SHAPE


def columns_of(fields: Sequence[Field], rows: Iterable[Row], taken: Iterable[str] = ()) -> tuple[Column, ...]:
    """The columns of rows. A name that an earlier column or `taken` has, in any case of letters, gets a number."""
    listed = list(rows)
    names = free_names([field.name for field in fields], taken)
    found = []
    for field, name in zip(fields, names, strict=True):
        values = [row.values.get(field.name) for row in listed]
        kind = field.kind if fits(field.kind, values) else TEXT
        found.append(Column(name, field, kind, tuple(_value(value, kind) for value in values)))
    return tuple(found)


def multi_type(shapes: Iterable[BaseGeometry | None]) -> str:
    """The GDAL type of shapes of one kind: areas and lines always as multi, points only if one has several.

    >>> multi_type([shapely.box(0, 0, 1, 1)]), multi_type([shapely.Point(0, 0)])
    ('MultiPolygon', 'Point')
    """
    names = {shape.geom_type for shape in shapes if shape is not None}
    if names <= {"Point"}:
        return "Point"
    single = (name for name in ("Point", "LineString", "Polygon") if names <= {name, f"Multi{name}"})
    return next((f"Multi{name}" for name in single), ANY_SHAPE)


def write_layer(path: Path, driver: str, layer: Layer, *, options: Mapping[str, str], **more: Any) -> None:
    """Writes a layer with the options of its driver; `more` are words of `pyogrio.raw.write`.

    An error of GDAL goes up as one of pyogrio.
    """
    shapes = None
    if layer.shapes is not None:
        shapes = np.array([None if shape is None else shapely.to_wkb(shape) for shape in layer.shapes], dtype=object)
    pyogrio.raw.write(
        path,
        shapes,
        [_array(column) for column in layer.columns],
        [column.name for column in layer.columns],
        field_mask=[_mask(column) for column in layer.columns],
        layer=layer.name,
        driver=driver,
        geometry_type=None if shapes is None else layer.geometry_type,
        crs=None if shapes is None else layer.srs,
        promote_to_multi=layer.geometry_type.startswith("Multi"),
        layer_options=dict(options),
        **more,
    )


def _value(value: Scalar, kind: str) -> Scalar:
    if value is None or kind == TRUTH:
        return value
    if kind == TEXT:
        return cleaned(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
    return int(value) if kind == WHOLE else float(value)


def _array(column: Column) -> np.ndarray[Any, Any]:
    if column.kind == TEXT:
        return np.array(column.values, dtype=object)
    blank = _BLANKS[column.kind]
    return np.array([blank if value is None else value for value in column.values], dtype=_TYPES[column.kind])


def _mask(column: Column) -> np.ndarray[Any, Any] | None:
    if column.kind == TEXT:
        return None
    return np.array([value is None for value in column.values], dtype=np.bool_)
