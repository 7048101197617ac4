"""The green coverage rate from a land cover raster."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import GeometryError
from geo.green.figure import NO_ZONE, NOT_SEEN, GreenFigure, figure, missing, valid_areas

Floats = npt.NDArray[np.float64]


def green_coverage_rate_raster(
    values: npt.ArrayLike,
    bounds: tuple[float, float, float, float],
    vegetated_values: Collection[float],
    zones: Sequence[BaseGeometry],
    *,
    nodata: float | None = None,
) -> tuple[GreenFigure, ...]:
    """The green coverage rate of each zone from a land cover raster; cells on a zone's line count by their part in it.

    `values` has north up, `bounds` are its (west, south, east, north) in metres. Cells that hold `nodata` or NaN, and
    ground beyond the raster, are no part of the denominator; `seen_share` says how much of the zone is left.
    GeometryError for a raster without cells or with bounds the wrong way round.

    >>> zone = shapely.box(0, 0, 20, 20)
    >>> green_coverage_rate_raster([[1, 2], [2, 2]], (0, 0, 20, 20), {1}, [zone])[0].value
    0.25
    """
    # Loaded here, because every start of the atlas would wait for it and few data folders hold a raster.
    from exactextract import exact_extract
    from exactextract.raster import NumPyRasterSource

    vegetated, cell_m2 = _vegetated(values, bounds, vegetated_values, nodata)
    shapes = valid_areas(zones, "Zone", "分区")
    source = NumPyRasterSource(vegetated, *bounds)
    figures = []
    for shape, area_m2 in zip(shapes, shapely.area(shapes), strict=True):
        if not area_m2 > 0:
            figures.append(missing("green_coverage_rate", "seen", NO_ZONE))
            continue
        feature = {"type": "Feature", "properties": {}, "geometry": shapely.geometry.mapping(shape)}
        found = exact_extract(source, feature, ["count", "sum"])[0]["properties"]
        seen_m2 = min(found["count"] * cell_m2, float(area_m2))
        if not seen_m2 > 0:
            figures.append(missing("green_coverage_rate", "seen", NOT_SEEN, seen_share=0.0))
            continue
        green_m2 = min(found["sum"] * cell_m2, seen_m2)
        share = seen_m2 / float(area_m2)
        figures.append(figure("green_coverage_rate", green_m2, seen_m2, "seen", seen_share=share))
    return tuple(figures)


def _vegetated(
    values: npt.ArrayLike,
    bounds: tuple[float, float, float, float],
    vegetated_values: Collection[float],
    nodata: float | None,
) -> tuple[Floats, float]:
    """1 where there is vegetation, 0 where there is none, NaN without data; and the area of a cell."""
    cells = np.asarray(values)
    west, south, east, north = bounds
    if cells.ndim != 2 or not cells.size or not (west < east and south < north):
        raise GeometryError(
            f"A raster of shape {cells.shape} within {tuple(bounds)} cannot be measured; "
            "give rows of cells, and bounds as west, south, east, north in metres.",
            f"形状为 {cells.shape}、范围为 {tuple(bounds)} 的栅格无法量算；"
            "请给出二维栅格，范围按西、南、东、北（米）排列。",
        )
    layer = np.isin(cells, list(vegetated_values)).astype(float)
    if cells.dtype.kind == "f":
        layer[np.isnan(cells)] = np.nan
    if nodata is not None:
        layer[cells == nodata] = np.nan
    return layer, (east - west) * (north - south) / cells.size
