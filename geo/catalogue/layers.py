"""A layer file as features: every fault of form, of geometry and of basis named with file and feature."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shapely.geometry.base import BaseGeometry

from geo.catalogue.facts import Feature, Layer, StatedArea
from geo.catalogue.files import LAYERS, Reader
from geo.catalogue.references import Figures, fill_in_area
from geo.catalogue.schema import check_form, feature_place
from geo.catalogue.shapes import ShapeFault, read_shape

_KINDS = {
    "polygon": {"Polygon", "MultiPolygon"},
    "line": {"LineString", "MultiLineString"},
    "point": {"Point"},
    "mixed": {"Polygon", "MultiPolygon", "LineString", "MultiLineString", "Point"},
}
_POINT_BASES = {"point", "symbolic_footprint"}
_OWN = set(Feature.__dataclass_fields__) - {"layer", "geometry", "extra"}


def read_features(reader: Reader, layer: Layer, figures: Figures) -> tuple[Feature, ...]:
    """The features of the file of `layer` in file order; ill-formed ones are left out, with their faults noted.

    A stated area is written out, or named by its figure of the ledger.
    """
    if layer.file is None:
        return ()
    file = f"{LAYERS}{layer.file}"
    value = reader.json(file)
    if value is None:
        return ()
    broken = check_form(reader, file, "layer", value)
    if broken is None:
        return ()
    rows = [(number, row) for number, row in enumerate(value["features"]) if ("features", number) not in broken]
    for number, row in rows:
        fill_in_area(reader, file, feature_place(number, row), row["properties"], figures)
    found = (_feature(reader, file, layer, number, row) for number, row in rows)
    return tuple(feature for feature in found if feature is not None)


def _feature(reader: Reader, file: str, layer: Layer, number: int, row: dict[str, Any]) -> Feature | None:
    where = feature_place(number, row)
    geometry: BaseGeometry | None = None
    if row["geometry"] is not None:
        try:
            geometry = read_shape(row["geometry"])
        except ShapeFault as fault:
            reader.fault(file, f"{where}, {fault.where}", fault.name, **fault.values)
            return None
    feature = _made(layer.id, geometry, row["properties"])
    kind = "" if geometry is None else geometry.geom_type
    for name, values in (*_basis_faults(feature, kind), *_layer_faults(feature, layer, kind)):
        reader.fault(file, where, name, **values)
    return feature


def _made(layer_id: str, geometry: BaseGeometry | None, properties: dict[str, Any]) -> Feature:
    stated, year = properties.get("stated_area"), properties["data_year"]
    return Feature(
        id=properties["id"],
        layer=layer_id,
        name_zh=properties["name_zh"],
        name_en=properties["name_en"],
        geometry=geometry,
        source=properties["source"],
        place=properties["place"],
        data_year=None if year is None else int(year),
        geometry_basis=properties["geometry_basis"],
        accuracy_m=properties["accuracy_m"],
        status=properties["status"],
        land_use=properties.get("land_use"),
        placed_in=properties.get("placed_in"),
        stated_area=None if stated is None else StatedArea(**stated),
        note_zh=properties.get("note_zh", ""),
        note_en=properties.get("note_en", ""),
        extra={key: value for key, value in properties.items() if key not in _OWN},
    )


Named = tuple[str, dict[str, object]]  # the name of a fault (see wording) and its values


def _basis_faults(feature: Feature, kind: str) -> Iterator[Named]:
    """What does not agree between the geometry, the basis that the row claims and its accuracy."""
    basis = feature.geometry_basis
    if not kind:
        if basis != "none":
            yield "basis_without_shape", {"basis": basis}
        return
    if basis == "none":
        yield "shape_without_basis", {"kind": kind}
    elif (basis in _POINT_BASES) != (kind == "Point"):
        yield "basis_unfit", {"basis": basis, "kind": kind}
    if feature.accuracy_m is None:
        yield "no_accuracy", {}
    if basis == "symbolic_footprint" and feature.stated_area is None:
        yield "no_stated_area", {}


def _layer_faults(feature: Feature, layer: Layer, kind: str) -> Iterator[Named]:
    """What does not agree between a feature and the layer whose file it stands in."""
    prefix = feature.id.split(":", 1)[0]
    if prefix != layer.id:
        yield "wrong_prefix", {"prefix": prefix, "layer": layer.id}
    # A symbolic footprint is stored as a point and drawn as an area, so it may stand among polygons.
    is_symbol = feature.geometry_basis == "symbolic_footprint" and layer.geometry == "polygon"
    if kind and kind not in _KINDS[layer.geometry] and not is_symbol:
        yield "wrong_kind", {"layer": layer.geometry, "kind": kind}
