"""Layers as GeoDataFrames: the same rows and columns as the exports, for pandas, geopandas and notebooks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import geopandas
import pandas as pd

from geo.catalogue import Scalar
from geo.output.exports.build import contents_of_layers
from geo.output.exports.content import Content, Table, as_one
from geo.output.exports.fields import NUMBER, TRUTH, WHOLE, Field, free_names
from geo.output.exports.order import settle
from geo.output.exports.wanted import Wanted
from geo.plan import Plan
from geo.view import View

_DTYPES = {WHOLE: "Int64", NUMBER: "float64", TRUTH: "boolean"}  # all others are text; a gap is no number
_LIKE = "gpkg"  # the format that holds every row in every system, metres first
_KEY, _SHAPE = "id", "geometry"
_SEVERAL = ("source", "filter")  # statements that a frame may make more than once


def frame_of(plan: Plan, what: str, view: View, crs: str | None = None) -> geopandas.GeoDataFrame:
    """What `Wanted.what` names as a frame in the system `crs`; without one in metres, in the metric CRS of the plan.

    The index is the feature id; columns are the flat properties, a ratio from 0 to 1, lengths in m, areas in m2.
    Numbers are float64, whole numbers Int64, codes stay text. Rows known only in words have no geometry. Several layers
    become one frame with a column `layer`. `attrs` holds what the atlas says of the rows: see `_attributes`. Errors are
    those of `exports.export`.
    """
    rings = None if view.is_base else view.distances_m
    content = contents_of_layers(settle(plan, Wanted(what, _LIKE, view.extent, view.reading, rings, crs=crs)))
    table = content.tables[0] if len(content.tables) == 1 else as_one(content)
    fields = _without_key(table)
    names = free_names([_name(field) for field in fields], [_SHAPE])
    columns = {name: _column(table, field) for name, field in zip(names, fields, strict=True)}
    index = pd.Index([row.id for row in table.rows], name=_KEY)
    shapes = geopandas.GeoSeries([row.geometry for row in table.rows], crs=content.target.srs)
    data = pd.DataFrame(columns).set_index(index)
    frame = geopandas.GeoDataFrame(data, geometry=shapes.array)
    frame.attrs = _attributes(plan, content, table)
    return frame


def _name(field: Field) -> str:
    """The name of a column; a property of the data cannot take that of the shapes."""
    return f"extra_{field.name}" if field.name == _SHAPE else field.name


def _column(table: Table, field: Field) -> pd.Series:
    values: list[Scalar] = [row.values.get(field.name) for row in table.rows]
    if field.kind in _DTYPES:
        return pd.Series(values, dtype=_DTYPES[field.kind])
    return pd.Series([None if value is None else str(value) for value in values], dtype="str")


def _attributes(plan: Plan, content: Content, table: Table) -> dict[str, Any]:
    """The statements of the exports by key and language, several of one key as a list, and as dicts by column:
    `units`, `titles_zh`, `titles_en`."""
    found: dict[str, Any] = {"version": plan.catalogue.version}
    for one in content.statements:
        for lang in ("zh", "en"):
            key, text = f"{one.key}_{lang}", one.text(lang)
            if one.key in _SEVERAL:
                found[key] = [*found.get(key, []), f"{one.title(lang)}: {text}"]
            else:
                found[key] = text
    found["units"] = {_name(field): field.unit for field in _without_key(table) if field.unit}
    found["titles_zh"] = {_name(field): field.title_zh for field in _without_key(table)}
    found["titles_en"] = {_name(field): field.title_en for field in _without_key(table)}
    return found


def _without_key(table: Table) -> Sequence[Field]:
    return [field for field in table.fields if field.name != _KEY]
