"""The share of an area in each zone, and the zone that it is at home in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import GeometryError

Floats = npt.NDArray[np.float64]
Shapes = npt.NDArray[Any]  # of shapely geometries

TIE = 1e-9  # shares closer than this are equal: far above rounding, far below anything that a plan can know
_POLYGONAL = (3, 6)  # shapely's type ids of polygon and multipolygon


def share_by_zone(areas: Sequence[BaseGeometry], zones: Sequence[BaseGeometry]) -> Floats:
    """The share (0 to 1) of each area in each zone: one row an area, one column a zone, the last one outside them all.

    Every row sums to 1. Where zones overlap, the first in order has the ground. A zone may be empty and then has
    nothing; no areas give no rows. GeometryError names the first area or zone that is no valid area (an area must
    also be larger than 0).

    >>> zones = [shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)]
    >>> share_by_zone([shapely.box(0.5, 0, 2.5, 1)], zones).tolist()
    [[0.25, 0.5, 0.25]]
    """
    # Copies of our own are prepared: threads may ask of the same zones.
    own_areas, own_zones = _as_array(areas), _copies(_kept_disjoint(tuple(zones)))
    _check_areas(own_areas)
    shares = np.zeros((own_areas.size, own_zones.size + 1))
    shapely.prepare(own_zones)
    area, zone = shapely.STRtree(own_zones).query(own_areas, predicate="intersects")
    whole = shapely.covers(own_zones[zone], own_areas[area])
    shares[area[whole], zone[whole]] = 1.0
    area, zone = area[~whole], zone[~whole]
    part_m2 = shapely.area(shapely.intersection(own_areas[area], own_zones[zone]))
    shares[area, zone] = part_m2 / shapely.area(own_areas[area])
    return _completed(shares)


def home_zone(shares: npt.ArrayLike) -> Any:
    """The position of the largest share in a row: a number for one row, an array for many.

    Shares within 1e-9 of the largest tie, and a tie goes to the first, which is the inner ring. GeometryError if a
    share is missing or there is no zone.

    >>> home_zone([0.25, 0.5, 0.25]), home_zone([[0.5, 0.5, 0.0], [0.0, 0.4, 0.6]]).tolist()
    (1, [0, 2])
    """
    table = np.asarray(shares, float)
    if table.ndim not in (1, 2) or table.shape[-1] == 0 or not np.isfinite(table).all():
        raise GeometryError(
            "The home zone needs a share for every zone; found none or a missing one.",
            "判定主圈层需要每个分区的占比；实际没有占比或有缺失。",
        )
    near = table >= table.max(axis=-1, keepdims=True, initial=-np.inf) - TIE
    home = near.argmax(axis=-1)
    return int(home) if table.ndim == 1 else home


def disjoint(zones: Sequence[BaseGeometry]) -> Shapes:
    """The zones as an array, each without what an earlier one covers.

    >>> [z.area for z in disjoint([shapely.box(0, 0, 2, 1), shapely.box(1, 0, 3, 1)])]
    [2.0, 1.0]
    """
    shapes = valid_zones(zones)
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    earlier = second < first
    first, second = first[earlier], second[earlier]
    overlap = ~shapely.touches(shapes[first], shapes[second])
    result = shapes.copy()
    for position in np.unique(first[overlap]):
        covered = shapely.union_all(shapes[second[overlap & (first == position)]])
        result[position] = shapely.difference(shapes[position], covered)
    return result


def valid_zones(zones: Sequence[BaseGeometry]) -> Shapes:
    """Fresh copies of the zones in an array; GeometryError names the first that is no valid polygon.

    >>> valid_zones([shapely.box(0, 0, 2, 1)])[0].area
    2.0
    """
    shapes = _as_array(zones)
    _check_polygonal(shapes, "Zone", "分区")
    return _copies(shapes)


def check_one_area(area: BaseGeometry) -> None:
    """Nothing; GeometryError if `area` is no valid polygon larger than 0.

    >>> check_one_area(shapely.box(0, 0, 1, 1))
    """
    _check_areas(_as_array([area]))


@lru_cache(maxsize=16)
def _kept_disjoint(zones: tuple[BaseGeometry, ...]) -> Shapes:
    """The zones of a plan are few, and asked for again with every site: to check them takes longer than to use them."""
    return disjoint(zones)


def _copies(shapes: Shapes) -> Shapes:
    return np.asarray(shapely.transform(shapes, np.array), dtype=object) if shapes.size else _as_array([])


def _completed(shares: Floats) -> Floats:
    """Rows that sum to 1: what is left is outside, unless it is no more than rounding."""
    found = shares[:, :-1].sum(axis=1)
    outside = 1.0 - found
    rounding = outside < TIE
    shares[:, -1] = np.where(rounding, 0.0, outside)
    shares[rounding] /= found[rounding, None]
    return shares


def _as_array(shapes: Sequence[BaseGeometry]) -> Shapes:
    array = np.empty(len(shapes), dtype=object)
    array[:] = list(shapes)
    return array


def _check_areas(areas: Shapes) -> None:
    _check_polygonal(areas, "Area", "地块")
    flat = np.flatnonzero(~(shapely.area(areas) > 0))
    if flat.size:
        raise GeometryError(
            f"Area {flat[0]} has no size, so it has no shares. Locate it as a point, or correct its outline.",
            f"第 {flat[0]} 个地块（从 0 起）面积为零，无法计算占比。请按点定位，或改正其边界。",
        )


def _check_polygonal(shapes: Shapes, what_en: str, what_zh: str) -> None:
    polygonal = np.isin(shapely.get_type_id(shapes), _POLYGONAL) | shapely.is_empty(shapes)
    bad = np.flatnonzero(~(polygonal & shapely.is_valid(shapes)))
    if bad.size:
        shape = shapes[bad[0]]
        found = shapely.is_valid_reason(shape) if isinstance(shape, BaseGeometry) else "no geometry"
        raise GeometryError(
            f"{what_en} {bad[0]} is not a valid polygon ({found}). Correct its outline.",
            f"第 {bad[0]} 个{what_zh}（从 0 起）不是有效的多边形（{found}）。请改正其边界。",
        )
