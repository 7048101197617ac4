"""The zone as a small drawing for counts of projects: outlines as paths in metres, places as shares of the drawing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import shapely

from geo.output.svgpaths import path_of
from geo.plan import EXTENT_LAYERS, Plan
from geo.projects import Row
from geo.view import Shape, View

RATIO = 4 / 3  # width to height
_MARGIN = 0.05  # of each side
_GRAIN_M = 60.0  # what is finer cannot be seen


@dataclass(frozen=True)
class Spot:
    """A place with projects: its feature, where it stands (per cent across and down), and how many rows it holds.

    `drawn` rows are the feature itself, `counted` ones lie in it in words.
    """

    at: str
    x: float
    y: float
    drawn: int
    counted: int
    path: str  # of the outline, "" for a point

    @property
    def rows(self) -> int:
        """All rows of the place."""
        return self.drawn + self.counted


@dataclass(frozen=True)
class ProjectMap:
    """The drawing: a viewBox in metres (y downwards), paths, and the places of all projects that have one."""

    box: str
    zone: tuple[str, ...]
    water: tuple[str, ...]
    edges: tuple[str, ...]
    spots: tuple[Spot, ...]


def project_map(plan: Plan, view: View, everyone: Sequence[Row], shown: Sequence[Row]) -> ProjectMap:
    """The zone with a spot for each place of `everyone`, counting the rows of `shown`; a place may hold none of them.

    Rows without a place are in no spot.
    """
    zone = plan.of_layer(EXTENT_LAYERS[view.extent], view)
    places = dict.fromkeys(row.entry.at for row in everyone if row.entry.at is not None)
    box = _box([shape.geometry_m for shape in zone] + [_anchor(plan.shapes[place]) for place in places])
    counts = Counter((row.entry.at, row.entry.placement) for row in shown)
    return ProjectMap(
        box=" ".join(f"{value:.0f}" for value in box),
        zone=tuple(path_of(shape.geometry_m, _GRAIN_M) for shape in zone),
        water=tuple(path_of(shape.geometry_m, _GRAIN_M) for shape in plan.of_layer("water", view) if shape.area_m2),
        edges=tuple(path_of(line, _GRAIN_M) for line in view.edge_lines.values() if not line.is_empty),
        spots=tuple(_spot(plan.shapes[place], box, counts[place, "drawn"], counts[place, "area"]) for place in places),
    )


def _spot(shape: Shape, box: tuple[float, float, float, float], drawn: int, counted: int) -> Spot:
    point = _anchor(shape)
    left, top, width, height = box
    x, y = (point.x - left) / width * 100, (-point.y - top) / height * 100
    path = path_of(shape.geometry_m, _GRAIN_M) if shape.area_m2 is not None else ""
    return Spot(shape.feature.id, round(x, 2), round(y, 2), drawn, counted, path)


def _anchor(shape: Shape) -> Any:
    return shape.anchor_m if shape.anchor_m is not None else shape.geometry_m.representative_point()


def _box(geometries: Sequence[Any]) -> tuple[float, float, float, float]:
    """Left, top (downwards), width and height in metres of a drawing of RATIO that holds all geometries."""
    west, south, east, north = (float(value) for value in shapely.total_bounds(geometries))
    height = max(north - south, (east - west) / RATIO) * (1 + 2 * _MARGIN)
    width = height * RATIO
    return (west + east - width) / 2, -(south + north + height) / 2, width, height
