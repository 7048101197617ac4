"""The ring of a point by its distance to the lake: by the atlas's line, and on the ground."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import GeometryError
from geo.membership.points import Floats, finite_points

WATER = "water"
OUTSIDE = "outside"


@dataclass(frozen=True)
class RingLocator:
    """Rings around a lake as bands of distance, inside an extent and without its water; all in metres.

    `edges_m` are the outer distances of all rings but the last, which is open; `zone_ids` names the bands from the
    shore outwards, one more than there are edges. A band is (a, b]: a point at exactly b belongs to it. The shore and
    the line of any mapped water are water; the line of the extent is inside. `water` is all mapped water, the lake
    included. GeometryError if edges do not rise from above 0, if names and edges do not fit, or a shape is no area.

    >>> lake = shapely.box(0, 0, 100, 100)
    >>> rings = RingLocator(lake, lake, lake.buffer(5000), (500.0, 1500.0), ("ring_1", "ring_2", "ring_3"))
    >>> rings.locate_ring([50, 600, 600.5, 9000], [50, 50, 50, 50]).tolist()
    ['water', 'ring_1', 'ring_2', 'outside']
    """

    lake: BaseGeometry
    water: BaseGeometry
    extent: BaseGeometry
    edges_m: tuple[float, ...]
    zone_ids: tuple[str, ...]
    _water: BaseGeometry = field(init=False, repr=False, compare=False)
    _extent: BaseGeometry = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        _check_edges(self.edges_m, self.zone_ids)
        for name in ("lake", "water", "extent"):
            _check_area(name, getattr(self, name))
        # Copies of our own are indexed here and asked once: threads that share the locator then only read.
        for name, shape in (("_water", self.water.union(self.lake)), ("_extent", self.extent)):
            own = shapely.transform(shape, np.array)
            shapely.prepare(own)
            shapely.intersects_xy(own, *own.bounds[:2])
            object.__setattr__(self, name, own)

    def locate_ring(self, x: npt.ArrayLike, y: npt.ArrayLike) -> npt.NDArray[np.str_]:
        """The zone id of each point, in the shape of the points; a single point gives an array without dimension.

        GeometryError names the first point whose coordinates are missing.

        >>> lake = shapely.box(0, 0, 100, 100)
        >>> RingLocator(lake, lake, lake.buffer(900), (500.0,), ("near", "far")).locate_ring(0, -500).item()
        'near'
        """
        xs, ys = finite_points(x, y)
        distance_m = self.distance_m(xs, ys)
        names = np.array([*self.zone_ids, WATER, OUTSIDE])
        # The left side of searchsorted closes each band at its outer edge.
        zone = np.searchsorted(np.asarray(self.edges_m, float), distance_m, side="left")
        zone = np.where((distance_m == 0) | shapely.intersects_xy(self._water, xs, ys), names.size - 2, zone)
        zone = np.where(shapely.intersects_xy(self._extent, xs, ys), zone, names.size - 1)
        located: npt.NDArray[np.str_] = np.asarray(names[zone])
        return located

    def distance_m(self, x: npt.ArrayLike, y: npt.ArrayLike) -> Floats:
        """The distance of each point to the lake in metres, 0 in the lake and on its shore.

        >>> lake = shapely.box(0, 0, 100, 100)
        >>> RingLocator(lake, lake, lake.buffer(900), (500.0,), ("near", "far")).distance_m(103, 104).item()
        5.0
        """
        xs, ys = finite_points(x, y)
        return np.asarray(shapely.distance(self.lake, shapely.points(xs, ys)), float)

    def on_the_ground(self, x: float, y: float, accuracy_m: float) -> tuple[str, ...]:
        """The zones in which a point may lie if it and every line may be off by `accuracy_m` together.

        One id means certain. Order: water, the bands from the shore outwards, outside. The distance to the shore
        counts negative in the lake; a band is possible if it meets the interval of distances. The answer always
        holds the zone by the atlas's line, and with an accuracy of 0 nothing else.

        >>> lake = shapely.box(0, 0, 100, 100)
        >>> rings = RingLocator(lake, lake, lake.buffer(5000), (500.0,), ("ring_1", "ring_2"))
        >>> rings.on_the_ground(50, 700, 50), rings.on_the_ground(50, 640, 50)
        (('ring_2',), ('ring_1', 'ring_2'))
        """
        check_accuracy(accuracy_m)
        finite_points(x, y)
        point = shapely.Point(x, y)
        inside = bool(shapely.intersects(self._extent, point))
        to_extent_m = shapely.distance(shapely.boundary(self._extent), point)
        if not inside and to_extent_m > accuracy_m:
            return (OUTSIDE,)
        zones = self._on_the_ground_inside(point, accuracy_m)
        # The line itself is inside, so outside begins beyond it.
        if not inside or to_extent_m < accuracy_m:
            zones = (*zones, OUTSIDE)
        return zones if inside or accuracy_m > 0 else (OUTSIDE,)

    def _on_the_ground_inside(self, point: shapely.Point, accuracy_m: float) -> tuple[str, ...]:
        wet = bool(shapely.intersects(self._water, point))
        to_shore_m = shapely.distance(shapely.boundary(self._water), point)
        if wet and to_shore_m >= accuracy_m:
            return (WATER,)
        signed_m = shapely.distance(self.lake, point)
        if signed_m == 0:
            signed_m = -shapely.distance(shapely.boundary(self.lake), point)
        inner_m, outer_m = (0.0, *self.edges_m), (*self.edges_m, np.inf)
        bands = [
            name
            for name, low_m, high_m in zip(self.zone_ids, inner_m, outer_m, strict=True)
            if signed_m + accuracy_m > low_m and signed_m - accuracy_m <= high_m
        ]
        return (WATER, *bands) if wet or to_shore_m <= accuracy_m else tuple(bands)


def check_accuracy(accuracy_m: float) -> None:
    """Nothing; GeometryError for an accuracy that is negative or not finite.

    >>> check_accuracy(350.0)
    """
    if not (np.isfinite(accuracy_m) and accuracy_m >= 0):
        raise GeometryError(
            f"An accuracy of {accuracy_m} m cannot be used; give 0 or a positive number of metres.",
            f"精度 {accuracy_m} 米无法使用；请给出 0 或正数（米）。",
        )


def _check_edges(edges_m: tuple[float, ...], zone_ids: tuple[str, ...]) -> None:
    rising = all(a < b for a, b in zip((0.0, *edges_m), edges_m, strict=False))
    if not rising or not np.isfinite(np.asarray(edges_m, float)).all() or len(zone_ids) != len(edges_m) + 1:
        raise GeometryError(
            f"Ring edges {edges_m} and zones {zone_ids} do not fit: edges rise from above 0 m, "
            "and there is one zone more than edges.",
            f"圈层边界 {edges_m} 与分区 {zone_ids} 不匹配：边界须大于 0 米并依次增大，分区数须比边界数多一个。",
        )


def _check_area(name: str, shape: BaseGeometry) -> None:
    if not isinstance(shape, BaseGeometry) or not shape.area > 0 or not shape.is_valid:
        names_zh = {"lake": "湖面", "water": "水面", "extent": "规划范围"}
        raise GeometryError(
            f"The {name} is not a valid area. Give a polygon in metres that does not cross itself.",
            f"{names_zh[name]}不是有效的面。请给出以米为单位且不自相交的多边形。",
        )
