"""The plan: every layer of the catalogue measured once, and the ring views that answer questions about it.

A `Plan` and its views are frozen. Everything spatial is worked out here and in `view`, in metres of the catalogue's
metric CRS; what comes later only shows it. The plan with the distances of the data folder is the base plan: two of
those distances are assumed, so it is never "the adopted plan".
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import shapely
from shapely.geometry.base import BaseGeometry

from geo import membership, rings
from geo.catalogue import Catalogue, Feature, Layer, RingEdge, RingsConfig, load_catalogue
from geo.errors import QueryError
from geo.view import Frame, Shape, View, measure

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

MOST_DISTANCE_M = 20_000
_KEPT_SCENARIOS = 64  # views of ring distances that somebody asked for, the last ones
EXTENT_LAYERS = {"2013": "extent_2013", "2025": "extent_2025"}


@dataclass(frozen=True, eq=False)  # a plan is itself alone, so that views can be kept by it
class Plan:
    """A checked catalogue with all its shapes measured and its four views (two extents, two readings of ring 1)."""

    catalogue: Catalogue
    shapes: Mapping[str, Shape]  # by feature id, in the order of the catalogue
    views: Mapping[tuple[str, str], View]
    metric_frame: Frame

    def view(
        self, extent: str | None = None, reading: str | None = None, distances_m: Sequence[float] | None = None
    ) -> View:
        """The view of an extent ("2013", "2025") and a reading of ring 1; defaults from the data.

        With other ring distances than those of the data, in metres from the shore, it is a scenario: composed when it
        is first asked for, and kept. QueryError for an extent, a reading or distances that the plan cannot have.
        """
        wanted = (extent or self.catalogue.rings.default_extent, reading or self.catalogue.rings.default_reading)
        try:
            base = self.views[wanted]
        except KeyError:
            pairs = ", ".join(f"extent={e} reading={r}" for e, r in self.views)
            raise QueryError(
                f"The plan has no view extent={wanted[0]} reading={wanted[1]}; it has: {pairs}.",
                f"没有 extent={wanted[0]}、reading={wanted[1]} 的视图；可用：{pairs}。",
            ) from None
        if distances_m is None or tuple(distances_m) == base.distances_m:
            return base
        return _scenario(self, *wanted, tuple(float(distance) for distance in distances_m))

    def layer(self, layer_id: str) -> Layer:
        """A layer of the catalogue by id; QueryError that lists the layers if there is none."""
        for layer in self.catalogue.layers:
            if layer.id == layer_id:
                return layer
        known = ", ".join(layer.id for layer in self.catalogue.layers)
        raise QueryError(f"No layer {layer_id!r}; the layers are: {known}.", f"没有图层 {layer_id!r}；现有：{known}。")

    def of_layer(self, layer_id: str, view: View) -> tuple[Shape, ...]:
        """The shapes of one layer, in file order; those of the computed layers come from `view`."""
        if self.layer(layer_id).file is None:
            return view.computed.get(layer_id, ())
        return tuple(shape for shape in self.shapes.values() if shape.feature.layer == layer_id)

    def members(self, feature_id: str) -> tuple[Feature, ...]:
        """The rows that the sources place in an area, drawn or not."""
        return self._members.get(feature_id, ())

    @cached_property
    def _members(self) -> Mapping[str, tuple[Feature, ...]]:
        found: dict[str, list[Feature]] = {}
        for shape in self.shapes.values():
            if area := shape.feature.placed_in:
                found.setdefault(area, []).append(shape.feature)
        return {area: tuple(features) for area, features in found.items()}

    def frame(
        self,
        what: str,
        *,
        crs: str | None = None,
        extent: str | None = None,
        reading: str | None = None,
        rings: Sequence[float] | None = None,
    ) -> GeoDataFrame:
        """A layer as a GeoDataFrame, its index the feature ids, in metres of the plan's metric CRS or in `crs`.

        `what` is a layer, several or rings by their ids with commas between, `theme:<id>` or `all`; `extent`, `reading`
        and `rings` (distances in m) are those of `view`. Columns, `attrs` and errors: see geo.output.frames.

        >>> frame = load_plan("data").frame("rings")
        >>> frame.crs.to_string(), list(frame.index)
        ('EPSG:4548', ['rings:ring_1', 'rings:ring_2', 'rings:ring_3', 'rings:ring_4'])
        >>> (frame.area / frame.area_m2).round(6).tolist()
        [1.0, 1.0, 1.0, 1.0]
        """
        # Frames stand above the plan and are asked of it all the same: late, for pandas is slow to come.
        from geo.output.frames import frame_of

        return frame_of(self, what, self.view(extent, reading, rings), crs)


def load_plan(folder: Path | str) -> Plan:
    """The plan of a data folder; DataError with every fault if the folder cannot be used."""
    return build_plan(load_catalogue(Path(folder)))


def build_plan(catalogue: Catalogue) -> Plan:
    """The plan of a checked catalogue: shapes measured, four views composed."""
    features = [feature for layer in catalogue.layers for feature in layer.features]
    west, south, east, north = shapely.total_bounds([f.geometry for f in features if f.geometry is not None])
    frame = Frame(catalogue.metric_crs, ((west + east) / 2, (south + north) / 2))
    measured = {feature.id: measure(feature, frame) for feature in features}
    plan = Plan(catalogue, measured, {}, frame)
    pairs = [(extent, reading) for extent in EXTENT_LAYERS for reading in rings.READINGS]
    return replace(plan, views={pair: _compose(plan, *pair, catalogue.rings) for pair in pairs})


@lru_cache(maxsize=_KEPT_SCENARIOS)
def _scenario(plan: Plan, extent: str, reading: str, distances_m: tuple[float, ...]) -> View:
    config = plan.catalogue.rings
    strip, *edges = config.edges
    if len(distances_m) != len(edges) or not all(map(math.isfinite, distances_m)) or max(distances_m) > MOST_DISTANCE_M:
        raise QueryError(
            f"Give {len(edges)} ring distances in metres, at most {MOST_DISTANCE_M:,} each; found {distances_m}.",
            f"须给出 {len(edges)} 个圈层距离（米），各不超过 {MOST_DISTANCE_M:,}；现为 {distances_m}。",
        )
    moved = [_moved(edge, distance) for edge, distance in zip(edges, distances_m, strict=True)]
    return replace(_compose(plan, extent, reading, replace(config, edges=(strip, *moved))), is_base=False)


def _moved(edge: RingEdge, distance_m: float) -> RingEdge:
    """An edge at another distance: chosen, so assumed, whoever states the one that it was moved from."""
    if edge.distance_m == distance_m:
        return edge
    return replace(
        edge,
        distance_m=distance_m,
        basis="assumed",
        source=None,
        place=None,
        figure=None,
        reason_zh=f"情景中选定；基准方案为 {edge.distance_m:g} 米。",
        reason_en=f"Chosen in this scenario; the base plan has {edge.distance_m:g} m.",
    )


def _compose(plan: Plan, extent: str, reading: str, config: RingsConfig) -> View:
    lake = plan.shapes[config.lake]
    water_m, extent_m = _union(plan, "water"), _union(plan, EXTENT_LAYERS[extent])
    strip_m, *distances_m = (edge.distance_m for edge in config.edges)
    edges_m, zone_ids = rings.bands(distances_m, strip_m, reading)
    located = [shape for shape in plan.shapes.values() if shape.feature.layer not in EXTENT_LAYERS.values()]
    return View(
        extent=extent,
        reading=reading,
        zones=rings.partition(extent_m, lake.geometry_m, water_m, edges_m=edges_m, zone_ids=zone_ids),
        edge_lines=rings.edge_lines(extent_m, lake.geometry_m, water_m, (strip_m, *distances_m)),
        locator=membership.RingLocator(lake.geometry_m, water_m, extent_m, edges_m, zone_ids),
        config=config,
        lake=lake,
        metric_frame=plan.metric_frame,
        areas=tuple(shape for shape in located if shape.area_m2 is not None),
        points=tuple(shape for shape in located if shape.anchor_m is not None),
    )


def _union(plan: Plan, layer_id: str) -> BaseGeometry:
    found = [shape.geometry_m for shape in plan.shapes.values() if shape.feature.layer == layer_id and shape.area_m2]
    return shapely.union_all(found)
