"""Green figures from polygons: vegetation, land use parcels and parks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import GeometryError, QueryError
from geo.green.figure import (
    NO_CANOPY,
    NO_CLASS,
    NO_PARCELS,
    NO_PARKS,
    NO_RESIDENTS,
    NO_ZONE,
    NOT_SEEN,
    GreenFigure,
    figure,
    missing,
    valid_areas,
)

Floats = npt.NDArray[np.float64]
Shapes = npt.NDArray[Any]

_WATER_CODE = "17"  # inland water of the 2023 guide: lakes and rivers never count as green space
_PARK_CLASS = "G1"
_UNKNOWN_CLASSES = (None, "", "unknown")


def coverage_by_zone(green: Sequence[BaseGeometry], zones: Sequence[BaseGeometry]) -> Floats:
    """The area of green in each zone in m2, overlaps counted once; an empty zone or no green gives 0.

    Zones that overlap each count their own ground. GeometryError names the first shape that is no valid area.

    >>> coverage_by_zone([shapely.box(0, 0, 2, 1), shapely.box(1, 0, 3, 1)], [shapely.box(0, 0, 9, 1)]).tolist()
    [3.0]
    """
    return _within(_dissolved(green, "Green area", "绿地"), valid_areas(zones, "Zone", "分区"))


def green_coverage_rate(
    canopy: Sequence[BaseGeometry] | None, zones: Sequence[BaseGeometry]
) -> tuple[GreenFigure, ...]:
    """The green coverage rate of each zone from polygons of vegetation; None for `canopy` means no survey.

    >>> green_coverage_rate([shapely.box(0, 0, 1, 1)], [shapely.box(0, 0, 2, 2)])[0].value
    0.25
    """
    return _shares_of_zones("green_coverage_rate", canopy, zones, NO_CANOPY)


def green_space_ratio(
    parcels: Sequence[BaseGeometry] | None,
    codes: Sequence[str | None],
    zones: Sequence[BaseGeometry],
    green_codes: Collection[str],
) -> tuple[GreenFigure, ...]:
    """The green space ratio of each zone: parcels of green classes over the area of the zone.

    A code counts with its subclasses ("14" takes 1401). A parcel without a code counts as no green. Water (17 and its
    subclasses) is never green, not even under a green parcel; QueryError if `green_codes` names it. None for `parcels`
    means that no layer is loaded; a zone that no parcel reaches has no value.

    >>> parcels = [shapely.box(0, 0, 1, 2), shapely.box(1, 0, 4, 2)]
    >>> green_space_ratio(parcels, ["1401", "1001"], [shapely.box(0, 0, 4, 2)], {"14"})[0].value
    0.25
    """
    metric = "green_space_ratio"
    shapes = valid_areas(zones, "Zone", "分区")
    green_prefixes = _green_prefixes(green_codes)
    if parcels is None:
        return tuple(missing(metric, "zone", NO_PARCELS) for _ in shapes)
    own = valid_areas(parcels, "Parcel", "地块")
    _check_pairs(own, codes)
    is_green = np.array([str(code or "").startswith(green_prefixes) for code in codes], dtype=bool)
    is_water = np.array([str(code or "").startswith(_WATER_CODE) for code in codes], dtype=bool)
    green = shapely.difference(shapely.union_all(own[is_green]), shapely.union_all(own[is_water]))
    seen_m2, green_m2 = _within(shapely.union_all(own), shapes), _within(green, shapes)
    figures = []
    for zone_m2, seen, part in zip(shapely.area(shapes), seen_m2, green_m2, strict=True):
        if not zone_m2 > 0:
            figures.append(missing(metric, "zone", NO_ZONE))
        elif not seen > 0:
            figures.append(missing(metric, "zone", NOT_SEEN, seen_share=0.0))
        else:
            figures.append(figure(metric, part, zone_m2, "zone", seen_share=min(seen / zone_m2, 1.0)))
    return tuple(figures)


def park_green_per_head(
    parks: Sequence[BaseGeometry] | None, classes: Sequence[str | None], population: int | None
) -> GreenFigure:
    """Park green for each resident in m2: parks of class G1 (with its subclasses), overlaps once, over the residents.

    Parks and population must be of the same extent. Water within a park's own outline counts with it. While the class
    of some park is unknown the figure is a lower bound; while no G1 park is known among them there is no figure.

    >>> park_green_per_head([shapely.box(0, 0, 10, 10), shapely.box(20, 0, 30, 10)], ["G1", "G2"], 20).value
    5.0
    """
    metric, of = "park_green_per_head", "residents"
    if parks is None:
        return missing(metric, of, NO_PARKS)
    own = valid_areas(parks, "Park", "公园")
    _check_pairs(own, classes)
    counted = np.array([str(code or "").startswith(_PARK_CLASS) for code in classes], dtype=bool)
    unknown = any(code in _UNKNOWN_CLASSES for code in classes)
    if population is None or not population > 0:
        return missing(metric, of, NO_RESIDENTS)
    if unknown and not counted.any():
        return missing(metric, of, NO_CLASS)
    return figure(metric, shapely.union_all(own[counted]).area, float(population), of, lower_bound=unknown)


def mapped_green_share(parks: Sequence[BaseGeometry] | None, zones: Sequence[BaseGeometry]) -> tuple[GreenFigure, ...]:
    """The mapped green share of each zone, a lower bound: what the mapped parks cover. Neither a rate nor a ratio.

    >>> figure = mapped_green_share([shapely.box(0, 0, 1, 1)], [shapely.box(0, 0, 2, 2)])[0]
    >>> figure.value, figure.lower_bound
    (0.25, True)
    """
    return _shares_of_zones("mapped_green_share", parks, zones, NO_PARKS, lower_bound=True)


def _shares_of_zones(
    metric: str,
    green: Sequence[BaseGeometry] | None,
    zones: Sequence[BaseGeometry],
    no_data: tuple[str, str],
    *,
    lower_bound: bool = False,
) -> tuple[GreenFigure, ...]:
    shapes = valid_areas(zones, "Zone", "分区")
    if green is None:
        return tuple(missing(metric, "zone", no_data) for _ in shapes)
    parts_m2 = _within(_dissolved(green, "Green area", "绿地"), shapes)
    return tuple(
        figure(metric, part_m2, zone_m2, "zone", lower_bound=lower_bound)
        if zone_m2 > 0
        else missing(metric, "zone", NO_ZONE)
        for part_m2, zone_m2 in zip(parts_m2, shapely.area(shapes), strict=True)
    )


def _green_prefixes(green_codes: Collection[str]) -> tuple[str, ...]:
    prefixes = tuple(sorted(green_codes))
    if any(not code or code.startswith(_WATER_CODE) or _WATER_CODE.startswith(code) for code in prefixes):
        raise QueryError(
            f"Green classes {prefixes} hold water (17) or an empty code; lakes and rivers never count as green space.",
            f"绿地类代码 {prefixes} 含水域（17）或空代码；湖泊、河流不计入绿地。",
        )
    return prefixes


def _within(green: BaseGeometry, shapes: Shapes) -> Floats:
    """The area of dissolved green in each shape in m2."""
    return np.asarray(shapely.area(shapely.intersection(green, shapes)), float).reshape(shapes.shape)


def _dissolved(green: Sequence[BaseGeometry], what_en: str, what_zh: str) -> BaseGeometry:
    return shapely.union_all(valid_areas(green, what_en, what_zh))


def _check_pairs(shapes: Shapes, codes: Sequence[str | None]) -> None:
    if len(shapes) != len(codes):
        raise GeometryError(
            f"Found {len(shapes)} shapes and {len(codes)} classes; give one class for each shape.",
            f"图形 {len(shapes)} 个，类别 {len(codes)} 个；请为每个图形给出一个类别。",
        )
