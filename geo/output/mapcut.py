"""The surroundings of a place as one small drawing: strokes with the classes of the map, in units of its own.

North is up, in metres of the metric CRS: one unit is `metres` on the ground in both directions. Colours and widths are
the style sheet's; only what has a size on the ground (the band of an accuracy) brings its width along.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import shapely

from geo.output.mapmarks import Mark, Room, place_marks
from geo.output.mapscale import GridLine, ScaleBar, grid_lines, scale_bar
from geo.output.svgpaths import lines_of
from geo.plan import EXTENT_LAYERS, Plan
from geo.view import SYMBOLIC, Shape, View

WIDTH, HEIGHT = 440.0, 330.0
_MARGIN = 0.16  # of the larger side of the shape, on each side
_LEAST_HALF_M = 1200.0  # around a point: half the height of the drawing
_BEYOND = 24.0  # units that outlines run on outside the drawing, so that no edge of the cut shows
_GRAIN = 0.3  # units: what is finer cannot be seen
_LEAST_NAME = 60.0  # units that a lake is wide before it bears its name
_CLEAR_OF_CHOSEN = 50.0  # units between the chosen area and the middle of a name


@dataclass(frozen=True)
class Frame:
    """Where the drawing lies: its north-west corner in metres, and the metres that one unit stands for."""

    west: float
    north: float
    metres: float

    def to_units(self, x: float, y: float) -> tuple[float, float]:
        """A place in metres as units from the upper left corner, downwards."""
        return (x - self.west) / self.metres, (self.north - y) / self.metres


@dataclass(frozen=True)
class Stroke:
    """One path of the drawing: its classes, its data, and its width in units if that is a size on the ground."""

    classes: str
    path: str
    width: float | None = None
    is_clipped: bool = False  # to the inside of the zone


@dataclass(frozen=True)
class Sign:
    """A point symbol: "square", "circle" or "cross" at a place, with its radius in units."""

    classes: str
    kind: str
    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class Name:
    """The name of a lake at a place of the drawing."""

    zh: str
    en: str
    x: float
    y: float


@dataclass(frozen=True)
class MapCut:
    """The drawing: strokes from below, signs, names, the figures around it, and the numbers of the neighbours."""

    metres: float
    width_m: float
    height_m: float
    zone: str
    strokes: tuple[Stroke, ...]
    signs: tuple[Sign, ...]
    names: tuple[Name, ...]
    grid: tuple[GridLine, ...]
    bar: ScaleBar
    marks: tuple[Mark, ...]


def map_cut(
    plan: Plan, view: View, shape: Shape, numbered: Sequence[Shape] = (), *, over: Sequence[tuple[str, Any]] = ()
) -> MapCut | None:
    """The surroundings of `shape` with the shapes of `numbered` marked 1, 2, ...; None for what is known only in words.

    A numbered shape that does not lie in the drawing bears no mark. `over` are parts of the shape, as (classes of the
    style sheet, geometry in metres), drawn below its outline.
    """
    if shape.geometry_m is None:
        return None
    frame = _frame(shape)
    window = shapely.box(
        frame.west - _BEYOND * frame.metres,
        frame.north - (HEIGHT + _BEYOND) * frame.metres,
        frame.west + (WIDTH + _BEYOND) * frame.metres,
        frame.north + _BEYOND * frame.metres,
    )
    draw = _Pen(frame, window)
    signs = tuple(_signs(plan, shape, draw))
    names = tuple(_names(plan, shape, draw))
    taken = [Room(name.x - 46, name.y - 14, name.x + 46, name.y + 6) for name in names]
    taken += [Room(sign.x - 6, sign.y - 6, sign.x + 6, sign.y + 6) for sign in signs]
    grid = tuple(grid_lines((frame.west, frame.north), frame.metres, (WIDTH, HEIGHT)))
    taken += [_figure_room(line) for line in grid if line.has_figure]
    seen = [(number, _middle(one, draw)) for number, one in enumerate(numbered, 1)]
    places = [(number, frame.to_units(point.x, point.y)) for number, point in seen if point is not None]
    return MapCut(
        metres=frame.metres,
        width_m=WIDTH * frame.metres,
        height_m=HEIGHT * frame.metres,
        zone=draw.path(view.locator.extent),
        strokes=(
            *_ground(plan, view, draw),
            *_features(plan, view, shape, draw),
            *(Stroke(classes, draw.path(part)) for classes, part in over),
            *_chosen(shape, draw),
        ),
        signs=signs,
        names=names,
        grid=grid,
        bar=scale_bar(frame.metres, WIDTH / 4),
        marks=place_marks(places, taken, (WIDTH, HEIGHT)),
    )


@dataclass(frozen=True)
class _Pen:
    frame: Frame
    window: Any

    def cut(self, geometry: Any) -> Any:
        return shapely.intersection(geometry, self.window)

    def path(self, geometry: Any) -> str:
        """The part of a geometry near the drawing as path data; "" if nothing of it is there."""
        near = self.cut(geometry).simplify(_GRAIN * self.frame.metres)
        return "".join(self._rings(part) for part in shapely.get_parts(near) if not part.is_empty)

    def _rings(self, part: Any) -> str:
        end = "Z" if part.geom_type == "Polygon" else ""
        return "".join(self._ring(line) + end for line in lines_of(part))

    def _ring(self, ring: Any) -> str:
        places = (self.frame.to_units(x, y) for x, y in shapely.get_coordinates(ring))
        return "M" + " ".join(f"{x:.1f} {y:.1f}" for x, y in places)


def _figure_room(line: GridLine) -> Room:
    return Room(line.at - 14, 0, line.at + 14, 16) if line.runs_north else Room(0, line.at - 8, 32, line.at + 8)


def _frame(shape: Shape) -> Frame:
    """The frame around a shape: all of it with a margin and its accuracy, never closer than a look around it takes."""
    west, south, east, north = shape.geometry_m.bounds
    margin = max(_MARGIN * max(east - west, north - south), 1.5 * shape.accuracy_m)
    high = max(north - south + 2 * margin, 2 * _LEAST_HALF_M)
    metres = max(high / HEIGHT, (east - west + 2 * margin) / WIDTH)
    middle_x, middle_y = (west + east) / 2, (south + north) / 2
    return Frame(middle_x - WIDTH / 2 * metres, middle_y + HEIGHT / 2 * metres, metres)


def _ground(plan: Plan, view: View, draw: _Pen) -> Iterator[Stroke]:
    yield Stroke("zone-base", draw.path(view.locator.extent))
    for zone_id, zone in view.zones.items():
        if zone_id != "water":
            yield Stroke(f"ring ring-{zone_id}", draw.path(zone))
    if "ring_1" in view.zones:
        yield Stroke("ring-trees", draw.path(view.zones["ring_1"]))
    for shape in view.computed["ring_lines"]:
        extra = shape.feature.extra
        basis = extra["distance_basis"] if extra["separates_zones"] else "inside"
        yield Stroke(f"ring-line ring-line-{basis}", draw.path(shape.geometry_m))
    for shape in plan.of_layer("water", view):
        if shape.area_m2 is not None:
            path = draw.path(shape.geometry_m)
            yield from (Stroke("water-fill", path), Stroke("shore", path))


def _features(plan: Plan, view: View, chosen: Shape, draw: _Pen) -> Iterator[Stroke]:
    """The areas and lines of all other layers, thin, then the zone's own line above them."""
    for shape in plan.shapes.values():
        feature = shape.feature
        if feature.layer in (*EXTENT_LAYERS.values(), "water") or feature.id == chosen.feature.id:
            continue
        if shape.area_m2 is not None:
            path = draw.path(shape.geometry_m)
            yield from (Stroke("area-casing", path), Stroke(f"area-line basis-{feature.geometry_basis}", path))
        elif shape.length_m is not None:
            path = draw.path(shape.geometry_m)
            yield from (Stroke(classes, path) for classes in _line_classes(shape))
    zone = draw.path(view.locator.extent)
    yield Stroke("zone-band", zone, is_clipped=True)
    yield from (Stroke("zone-casing", zone), Stroke("zone-line", zone))


def _line_classes(shape: Shape) -> tuple[str, ...]:
    if shape.feature.layer == "roads":
        return ("road-casing", "road-fill")
    if shape.feature.layer == "metro":
        is_about = shape.feature.geometry_basis == "inferred"
        return ("metro-about-casing", "metro-about") if is_about else ("metro-casing", "metro-dash")
    return ("plain-line",)


def _chosen(shape: Shape, draw: _Pen) -> Iterator[Stroke]:
    """The shape itself: the band of its accuracy, then its outline or line as a selection; points are signs."""
    if shape.anchor_m is not None:
        return
    path = draw.path(shape.geometry_m)
    if shape.accuracy_m:
        yield Stroke("stipple-band", path, width=round(2 * shape.accuracy_m / draw.frame.metres, 1))
    dashed = " sel-dashed" if shape.feature.geometry_basis == "inferred" else ""
    yield from (Stroke("sel-casing", path), Stroke(f"sel-line{dashed}", path))


def _signs(plan: Plan, chosen: Shape, draw: _Pen) -> Iterator[Sign]:
    for shape in plan.shapes.values():
        if shape.anchor_m is not None and shape.feature.id != chosen.feature.id and draw.window.covers(shape.anchor_m):
            x, y = draw.frame.to_units(shape.anchor_m.x, shape.anchor_m.y)
            if shape.feature.geometry_basis == SYMBOLIC:
                yield Sign("sign-cross", "cross", x, y, 6.0)
            is_square = shape.feature.layer in ("sites", "parks")
            yield Sign(f"sign {_sign_class(shape)}", "square" if is_square else "circle", x, y, 3.0)
    if chosen.anchor_m is None:
        return
    x, y = draw.frame.to_units(chosen.anchor_m.x, chosen.anchor_m.y)
    if chosen.symbol_radius_m:
        radius = chosen.symbol_radius_m / draw.frame.metres
        yield Sign("area-casing", "circle", x, y, radius)
        yield Sign("area-line basis-symbolic", "circle", x, y, radius)
    if chosen.accuracy_m:
        yield Sign("stipple-disc", "circle", x, y, chosen.accuracy_m / draw.frame.metres)
    if chosen.symbol_radius_m:
        yield from (Sign("sel-casing", "cross", x, y, 12.0), Sign("sel-line", "cross", x, y, 12.0))
    yield Sign("sel-sign", "square", x, y, 5.0)


def _sign_class(shape: Shape) -> str:
    names = {"parks": "park", "sites": "site", "towns": "town", "metro": "station"}
    return names.get(shape.feature.layer, "place")


def _names(plan: Plan, chosen: Shape, draw: _Pen) -> Iterator[Name]:
    """The names of the lakes that are wide enough in the drawing, beside the chosen area where there is room."""
    sheet = draw.window.buffer(-(_BEYOND + 12) * draw.frame.metres)
    for shape in plan.shapes.values():
        if shape.feature.layer == "water" and shape.area_m2 is not None:
            seen = shapely.intersection(shape.geometry_m, sheet)
            if math.sqrt(seen.area) / draw.frame.metres >= _LEAST_NAME:
                point = _beside(seen, chosen, draw).representative_point()
                yield Name(shape.feature.name_zh, shape.feature.name_en, *draw.frame.to_units(point.x, point.y))


def _beside(seen: Any, chosen: Shape, draw: _Pen) -> Any:
    """The largest piece of a lake that the chosen area leaves for a name; all of it if that is too small."""
    if chosen.area_m2 is None or chosen.feature.layer == "water":
        return seen
    free = shapely.difference(seen, chosen.geometry_m.buffer(_CLEAR_OF_CHOSEN * draw.frame.metres))
    largest = max(shapely.get_parts(free), key=lambda part: part.area, default=free)
    return largest if math.sqrt(largest.area) / draw.frame.metres >= _LEAST_NAME else seen


def _middle(shape: Shape, draw: _Pen) -> Any:
    """Where the number of a shape belongs: its place, or a point of it within the drawing; None if nothing is there."""
    sheet = draw.window.buffer(-(_BEYOND + 14) * draw.frame.metres)
    ground = shape.geometry_m if shape.anchor_m is None else shape.anchor_m
    seen = shapely.intersection(ground, sheet)
    return None if seen.is_empty else seen.representative_point()
