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
from geo.output.exports.fields import NUMBER, TEXT, TRUTH, WHOLE, Field

ANY_SHAPE = "Unknown"  # what GDAL calls a layer whose shapes are of several kinds
_LARGEST = 2**63 - 1  # of a whole number in 64 bits
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
        kind = _kind(field, values)
        found.append(Column(name, field, kind, tuple(_value(value, kind) for value in values)))
    return tuple(found)


def free_names(names: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """Names that differ from each other and from `taken` in more than the case of letters.

    >>> free_names(["id", "Geom", "ID", ""], ["geom"])
    ['id', 'Geom_1', 'ID_1', 'field']
    """
    used = {name.lower() for name in taken}
    found = []
    for name in names:
        plain = cleaned(name) or "field"
        free, number = plain, 0
        while free.lower() in used:
            number += 1
            free = f"{plain}_{number}"
        used.add(free.lower())
        found.append(free)
    return found


def free_name(wanted: str, fields: Iterable[Field]) -> str:
    """`wanted`, or that with a number behind it if a field is called so already."""
    return free_names([wanted], [field.name for field in fields])[0]


def cleaned(text: str) -> str:
    r"""Text without NUL, at which the libraries end a text, and without halves of characters, which no file can hold.

    >>> cleaned("a\0b"), cleaned("瑶湖"), cleaned("a\ud800")
    ('ab', '瑶湖', 'a?')
    """
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


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


def _kind(field: Field, values: Iterable[Scalar]) -> str:
    """The kind of a column: that of the field, text where a value does not fit it."""
    present = [value for value in values if value is not None]
    fits = {
        TEXT: True,
        TRUTH: all(isinstance(value, bool) for value in present),
        NUMBER: all(_is_number(value) for value in present),
        WHOLE: all(_is_number(value) and value == int(value) and abs(value) <= _LARGEST for value in present),
    }
    return field.kind if fits[field.kind] else TEXT


def _is_number(value: Scalar) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


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
