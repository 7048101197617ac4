"""One reading of the plan: its ring zones, and where every feature stands in them.

A view is the plan with one extent and one reading of ring 1. It is frozen; what it works out late (standings,
ring shapes) is worked out once, from frozen facts.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from shapely.geometry.base import BaseGeometry

from geo import crs, membership, rings, shapes
from geo.catalogue import Feature, RingsConfig, Scalar
from geo.units import format_number

SYMBOLIC = "symbolic_footprint"


@dataclass(frozen=True)
class Shape:
    """A feature as it is drawn and measured.

    `geometry` is in lon/lat, `geometry_m` in metres; both are None for a row known only in words, and the circle of
    the stated area for a symbolic footprint, whose `anchor_m` (its centre) alone counts for membership. Measures
    are None where there is nothing to measure: a symbolic footprint has no computed area.
    """

    feature: Feature
    geometry: Any = None  # shapely geometry or None; shapely ships no annotations
    geometry_m: Any = None
    anchor_m: Any = None
    area_m2: float | None = None
    area_u_m2: float | None = None
    area_ellipsoidal_m2: float | None = None
    length_m: float | None = None
    symbol_radius_m: float | None = None

    @property
    def accuracy_m(self) -> float:
        """The 95 % bound of the position in metres, 0 for a row without geometry."""
        return self.feature.accuracy_m or 0.0


@dataclass(frozen=True)
class Frame:
    """Where a plan measures: its metric CRS and the lon/lat centre of its equal-area projection."""

    metric_crs: str
    centre: tuple[float, float]


def measure(feature: Feature, frame: Frame) -> Shape:
    """A feature with its measures: plane area and its 95 % bound, ellipsoidal area, length, in m and m2."""
    metric = frame.metric_crs
    if feature.geometry is None:
        return Shape(feature)
    geometry_m = crs.to_metres(feature.geometry, metric)
    if feature.geometry_basis == SYMBOLIC:
        circle_m = shapes.footprint(geometry_m, feature.stated_area.area_m2 if feature.stated_area else 0.0)
        radius_m = circle_m.exterior.distance(geometry_m)
        circle = crs.to_lonlat(circle_m, metric)
        return Shape(feature, circle, circle_m, geometry_m, symbol_radius_m=float(radius_m))
    if feature.geometry.geom_type in ("Polygon", "MultiPolygon"):
        return Shape(
            feature,
            feature.geometry,
            geometry_m,
            area_m2=crs.plane_area_m2(geometry_m),
            area_u_m2=shapes.area_bound_m2(geometry_m, feature.accuracy_m or 0.0),
            area_ellipsoidal_m2=crs.ellipsoidal_area_m2(feature.geometry, centre=frame.centre),
        )
    if feature.geometry.geom_type == "Point":
        return Shape(feature, feature.geometry, geometry_m, geometry_m)
    return Shape(feature, feature.geometry, geometry_m, length_m=float(geometry_m.length))


@dataclass(frozen=True)
class ZoneShare:
    """The share (0 to 1) of an area in one zone by the atlas's line, and the interval that the accuracy allows."""

    zone: str
    share: float
    area_m2: float
    low: float
    high: float


@dataclass(frozen=True)
class Standing:
    """Where a feature stands: its zone by the atlas's line, and the zones that are possible on the ground."""

    home_zone: str
    shares: tuple[ZoneShare, ...]  # of areas; empty for points
    ground: tuple[str, ...]  # zones possible on the ground; one zone means certain
    distance_to_lake_m: float | None  # of points


@dataclass(frozen=True, eq=False)  # a view is itself alone, so that what follows from it can be kept by it
class View:
    """The plan read with one extent, one reading of ring 1 and one set of ring distances: its zones, who stands where.

    `is_base` is False for a scenario, whose distances are not those of the data folder.
    """

    extent: str
    reading: str
    zones: Mapping[str, BaseGeometry]  # metres; from the shore outwards, `water` last
    edge_lines: Mapping[float, BaseGeometry]  # metres; by distance from the lake
    locator: membership.RingLocator
    config: RingsConfig
    lake: Shape
    metric_frame: Frame
    areas: tuple[Shape, ...]
    points: tuple[Shape, ...]
    is_base: bool = True

    @property
    def distances_m(self) -> tuple[float, ...]:
        """The outer distances of the rings but the last, in metres from the shore; the 100 m line is none of them."""
        return tuple(edge.distance_m for edge in self.config.edges[1:])

    @property
    def extent_area_m2(self) -> float:
        """Area of the extent in square metres, water included."""
        return float(self.locator.extent.area)

    @property
    def land_area_m2(self) -> float:
        """Area of all zones but water, in square metres."""
        return float(sum(zone.area for zone_id, zone in self.zones.items() if zone_id != rings.WATER))

    @cached_property
    def computed(self) -> Mapping[str, tuple[Shape, ...]]:
        """The shapes of the computed layers `rings` (land zones) and `ring_lines`, as accurate as the shore."""
        zones = [zone for zone in self.locator.zone_ids if not self.zones[zone].is_empty]
        edges = [distance for distance, line in self.edge_lines.items() if not line.is_empty]
        return {"rings": tuple(map(self._ring, zones)), "ring_lines": tuple(map(self._line, edges))}

    def _ring(self, zone_id: str) -> Shape:
        info = next(ring for ring in self.config.rings if ring.id == zone_id)
        number = self.locator.zone_ids.index(zone_id)
        inner, outer = ((0.0, *self.locator.edges_m)[number], (*self.locator.edges_m, None)[number])
        bases = {edge.distance_m: edge.basis for edge in self.config.edges}
        extra: dict[str, Scalar] = {
            "use_zh": info.use_zh,
            "use_en": info.use_en,
            "detail_zh": info.detail_zh,
            "detail_en": info.detail_en,
            "inner_m": inner,
            "outer_m": outer,
            "inner_basis": bases.get(inner, "computed"),
            "outer_basis": "computed" if outer is None else bases[outer],
        }
        named = {"name_zh": info.name_zh, "name_en": info.name_en}
        named |= {"source": info.source or "", "place": info.place or ""}
        return self._computed(f"rings:{zone_id}", self.zones[zone_id], named, extra)

    def _line(self, distance_m: float) -> Shape:
        edge = next(edge for edge in self.config.edges if edge.distance_m == distance_m)
        far_zh, far_en = (format_number(distance_m, 0 if distance_m % 1 == 0 else 1, lang) for lang in ("zh", "en"))
        named = {"name_zh": f"距岸 {far_zh} 米", "name_en": f"{far_en} m from the shore"}
        named |= {"source": edge.source or "", "place": edge.place or ""}
        why = {"note_zh": edge.reason_zh, "note_en": edge.reason_en}
        extra: dict[str, Scalar] = {
            "distance_m": distance_m,
            "distance_basis": edge.basis,
            "separates_zones": distance_m in self.locator.edges_m,  # the 100 m line lies within ring 1 or before it
        }
        return self._computed(f"ring_lines:{distance_m:g}", self.edge_lines[distance_m], {**named, **why}, extra)

    def _computed(
        self, feature_id: str, geometry_m: BaseGeometry, named: Mapping[str, str], extra: Mapping[str, Scalar]
    ) -> Shape:
        shore = self.lake.feature
        note = {
            "note_zh": f"按距{shore.name_zh}岸线的距离计算，随岸线精度而定。",
            "note_en": f"Computed from the distance to the shore of {shore.name_en}; as accurate as that shore.",
        }
        feature = Feature(
            id=feature_id,
            layer=feature_id.split(":")[0],
            geometry=crs.to_lonlat(geometry_m, self.metric_frame.metric_crs),
            data_year=shore.data_year,
            geometry_basis="computed",
            accuracy_m=shore.accuracy_m,
            status="planned",
            land_use=None,
            placed_in=None,
            stated_area=None,
            extra=extra,
            **{**note, **named},
        )
        return measure(feature, self.metric_frame)

    @cached_property
    def standings(self) -> Mapping[str, Standing]:
        """The standing of every located area and point by feature id; worked out once, when first asked for."""
        found = {shape.feature.id: self._stand_point(shape) for shape in self.points}
        if self.areas:
            table = membership.share_by_zone([shape.geometry_m for shape in self.areas], list(self.zones.values()))
            homes = membership.home_zone(table)
            for shape, shares, home in zip(self.areas, table, homes, strict=True):
                found[shape.feature.id] = self._stand_area(shape, shares, int(home))
        return found

    def _stand_area(self, shape: Shape, shares: list[float], home: int) -> Standing:
        names = (*self.zones, rings.OUTSIDE)
        bound_m = math.hypot(self.lake.accuracy_m, shape.accuracy_m)
        low, high = membership.share_bounds(shape.geometry_m, self.locator, bound_m)
        rows = [
            ZoneShare(zone, float(share), float(share) * shape.geometry_m.area, float(least), float(most))
            for zone, share, least, most in zip(names, shares, low, high, strict=True)
        ]
        ground = tuple(row.zone for row in rows if row.high > 0)
        return Standing(names[home], tuple(rows), ground, None)

    def _stand_point(self, shape: Shape) -> Standing:
        x, y = shape.anchor_m.x, shape.anchor_m.y
        bound_m = math.hypot(self.lake.accuracy_m, shape.accuracy_m)
        zone = str(self.locator.locate_ring(x, y))
        return Standing(zone, (), self.locator.on_the_ground(x, y, bound_m), float(self.locator.distance_m(x, y)))
