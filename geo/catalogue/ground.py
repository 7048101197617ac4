"""What must hold on the ground: every shape within reach of the metric CRS, and land left in each extent."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

import shapely
from shapely.geometry.base import BaseGeometry

from geo import crs
from geo.catalogue.facts import Catalogue, Feature
from geo.catalogue.files import LAYERS, Reader
from geo.errors import CrsError

_EXTENTS = ("extent_2013", "extent_2025")
_WATER = "water"
_LEAST_LAND_M2 = 1.0  # less is what rounding leaves between two lines that are meant to be one
# A circle is drawn with straight sides, and its corners lie up to 0.1 % farther out than the radius of its area.
_CIRCLE_MARGIN = 1.01
_CIRCLE_SEGMENTS = 64  # a quadrant; the sides then stay outside the circle that is drawn
# A side of an extent that is straight in metres may bend out of the area of use between its corners, and rings end
# on it. Between points 50 m apart it bends by less than 0.1 mm, which counts as inside.
_SIDE_STEP_M = 50.0


def check_ground(reader: Reader, catalogue: Catalogue) -> None:
    """Note every shape that cannot be measured in the metric CRS, and every extent without land.

    Nothing is noted if the metric CRS itself is refused, nor about land where an extent or the water is at fault.
    """
    try:
        metric = crs.metric_crs(catalogue.metric_crs)
    except CrsError:
        return  # told with the links
    files = {layer.id: f"{LAYERS}{layer.file}" for layer in catalogue.layers}
    for layer in catalogue.layers:
        for feature in (feature for feature in layer.features if feature.geometry is not None):
            _check_reach(reader, files[layer.id], feature, metric)
    faulty = {fault.file for fault in reader.faults}
    for extent in _EXTENTS:
        if {extent, _WATER} <= files.keys() and not {files[extent], files[_WATER]} & faulty:
            land_m = _union_m(catalogue, extent, metric).difference(_union_m(catalogue, _WATER, metric))
            if land_m.area < _LEAST_LAND_M2:
                reader.fault(files[extent], "features", "no_land", layer=extent)


def _check_reach(reader: Reader, file: str, feature: Feature, metric: str) -> None:
    """Note if a shape lies outside the area of use, wholly or in part, as it stands or as it is drawn."""
    try:
        shape_m = crs.to_metres(feature.geometry, metric)
        if feature.layer in _EXTENTS:
            crs.to_lonlat(shapely.segmentize(shape_m, _SIDE_STEP_M), metric)
    except CrsError as error:
        reader.fault(file, feature.id, "out_of_reach", en=error.en, zh=error.zh)
        return
    if not shapely.is_valid(shape_m):
        reason = shapely.is_valid_reason(shape_m)
        reader.fault(file, feature.id, "invalid_in_metres", crs=metric, reason=reason)
    stated = feature.stated_area
    if feature.geometry_basis == "symbolic_footprint" and shape_m.geom_type == "Point" and stated is not None:
        radius_m = _CIRCLE_MARGIN * math.sqrt(stated.area_m2 / math.pi)
        try:
            crs.to_lonlat(shape_m.buffer(radius_m, quad_segs=_CIRCLE_SEGMENTS), metric)
        except CrsError:
            reader.fault(file, feature.id, "circle_out_of_reach", crs=metric, area_m2=f"{stated.area_m2:,.6g}")


def _union_m(catalogue: Catalogue, layer_id: str, metric: str) -> BaseGeometry:
    """All areas of a layer as one, in metres."""
    return shapely.union_all([crs.to_metres(area, metric) for area in _areas(catalogue, layer_id)])


def _areas(catalogue: Catalogue, layer_id: str) -> Iterator[BaseGeometry]:
    features: Iterable[Feature] = (f for layer in catalogue.layers if layer.id == layer_id for f in layer.features)
    shapes = (feature.geometry for feature in features if feature.geometry is not None)
    return (shape for shape in shapes if shape.geom_type in ("Polygon", "MultiPolygon"))
