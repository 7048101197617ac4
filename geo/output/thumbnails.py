"""Small drawings of shapes: SVG paths in metres, north up, ready for a viewBox."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import shapely

from geo.output.svgpaths import path_of
from geo.view import Shape

GRAIN = 200  # steps across the drawing: what is finer cannot be seen
MARGIN = 0.06  # of the larger side


@dataclass(frozen=True)
class Thumbnail:
    """A viewBox "x y width height" in metres (y downwards) and one path for each shape."""

    box: str
    paths: tuple[str, ...]


def thumbnail(shapes: Sequence[Shape]) -> Thumbnail | None:
    """The outlines or lines of `shapes` in one drawing; None if none of them has extension on the ground."""
    drawn = [shape.geometry_m for shape in shapes if shape.area_m2 is not None or shape.length_m is not None]
    if not drawn:
        return None
    west, south, east, north = shapely.total_bounds(drawn)
    side = max(east - west, north - south)
    margin = MARGIN * side
    box = (west - margin, -north - margin, east - west + 2 * margin, north - south + 2 * margin)
    paths = tuple(path_of(geometry, side / GRAIN) for geometry in drawn)
    return Thumbnail(" ".join(f"{value:.0f}" for value in box), paths)
