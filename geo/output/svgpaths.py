"""Geometries in metres as the data of SVG paths, north up, whole metres."""

from __future__ import annotations

from typing import Any

import shapely


def path_of(geometry: Any, grain_m: float) -> str:
    """The outlines or lines of a geometry; what is finer than `grain_m` is left out. Points have none.

    >>> path_of(shapely.LineString([(0, 0), (1000, 500)]), 60.0)
    'M0 0 1000 -500'
    """
    return "".join(_line(line) for part in shapely.get_parts(geometry.simplify(grain_m)) for line in lines_of(part))


def lines_of(part: Any) -> list[Any]:
    """The rings of a polygon, outline first; a line itself; nothing for a point."""
    if part.geom_type == "Polygon":
        return [part.exterior, *part.interiors]
    return [part] if part.geom_type in ("LineString", "LinearRing") else []


def _line(line: Any) -> str:
    points = " ".join(f"{x:.0f} {-y + 0:.0f}" for x, y in line.coords)
    return f"M{points}" + ("Z" if line.is_closed else "")
