"""How the map draws each layer, for files that carry their own drawing: the colours, lines and signs of the web map.

The numbers are those of static/css/tokens.css and map.css in the light scheme at levels 12 to 13; a test holds the
colours against that file. Widths are CSS pixels of 1/96 inch.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from geo.catalogue import Scalar
from geo.view import SYMBOLIC

MM_PER_PX = 25.4 / 96
TOKENS = {
    "ink": "#14212b",
    "ink2": "#45525c",
    "paper": "#ffffff",
    "halo": "#ffffff",
    "red": "#a3123f",
    "bad": "#8c0a1c",
    "outside": "#e3e7e8",
    "zonebase": "#f3efe6",
    "r1": "#98c088",
    "r2": "#e3c2d1",
    "r3": "#f4e0ab",
    "r4": "#f0eadf",
    "strip": "#c6dcc0",
    "water": "#aed0e6",
    "shore": "#1a6088",
    "waterink": "#154f75",
    "park": "#5f9a55",
    "tree": "#5c9150",
    "road": "#ffffff",
    "roadc": "#8c9499",
    "metro": "#14212b",
}
TREES, HATCH = "trees", "hatch"


@dataclass(frozen=True)
class Stroke:
    """A line along a shape: colour as #rrggbb, width in px, opacity, dashes and gaps in px.

    `inside` keeps it within the area that it bounds.
    """

    colour: str
    width: float
    opacity: float = 1.0
    dash: tuple[float, ...] = ()
    inside: bool = False


@dataclass(frozen=True)
class Sign:
    """A sign at a point: "square", "circle" or "cross" of `radius` px, its fill and its edge."""

    form: str
    radius: float
    fill: str | None
    edge: Stroke


@dataclass(frozen=True)
class Look:
    """How one feature is drawn: fill, pattern (TREES, HATCH) over it, strokes from below, signs from below."""

    fill: str | None = None
    fill_opacity: float = 1.0
    pattern: str | None = None
    strokes: tuple[Stroke, ...] = ()
    signs: tuple[Sign, ...] = ()

    @property
    def line(self) -> Stroke | None:
        """The stroke on top, for formats that have one only."""
        return self.strokes[-1] if self.strokes else None

    @property
    def colour(self) -> str:
        """The one colour that stands for the feature where there is room for no more; of a sign never the white one."""
        if self.fill or self.line:
            return self.fill or self.strokes[-1].colour
        told = [colour for sign in self.signs for colour in (sign.fill, sign.edge.colour)]
        return next((colour for colour in told if colour not in (None, TOKENS["halo"])), INK) or INK


INK = TOKENS["ink"]
_RINGS = {"ring_1": "r1", "ring_2": "r2", "ring_3": "r3", "ring_4": "r4", "strip": "strip"}
_ZONE_DASH = (14.0, 3.0, 2.5, 3.0)
_INFERRED_DASH = (9.0, 3.5)
_CASING = Stroke(TOKENS["halo"], 3.6, 0.7)
_SIGNS = {
    "parks": Sign("square", 5, TOKENS["park"], Stroke(INK, 1)),
    "sites": Sign("square", 5, TOKENS["halo"], Stroke(INK, 1.4, dash=(2.5, 1.5))),
    "towns": Sign("circle", 3.5, INK, Stroke(TOKENS["halo"], 1.2)),
    "places": Sign("circle", 3, TOKENS["halo"], Stroke(INK, 1.4)),
    "metro": Sign("circle", 4, TOKENS["halo"], Stroke(TOKENS["metro"], 1.6)),
}
_PLAIN_SIGN = Sign("circle", 4, TOKENS["halo"], Stroke(INK, 1.4))
VAGUE_STATION_M = 200  # a station placed worse than this has a dashed edge


def look_of(layer: str, kind: str, values: Mapping[str, Scalar], class_colour: str | None = None) -> Look:
    """How the map draws a feature of `layer`: `kind` is area, line or point, `values` its flat properties.

    `class_colour` is the national colour of its land use; it fills an area that carries a class.
    """
    basis = str(values.get("geometry_basis") or "")
    if kind == "point":
        return _point(layer, values)
    if kind == "line":
        return _line(layer, basis, values)
    if layer.startswith("extent_"):
        return _extent(layer, is_current=bool(values.get("is_current", True)))
    if layer == "rings":
        return _ring(str(values.get("id") or "").split(":")[-1])
    if layer == "water":
        water, shore = TOKENS["water"], TOKENS["shore"]
        band = (Stroke(shore, 8, 0.55, inside=True), Stroke(water, 7, inside=True))
        return Look(water, strokes=(*band, Stroke(shore, 1.1)))
    if layer == "rule_parts":
        return Look(None, pattern=HATCH, strokes=(Stroke(TOKENS["bad"], 1.1),))
    return _area(layer, basis, class_colour)


def _area(layer: str, basis: str, class_colour: str | None) -> Look:
    if basis == SYMBOLIC:
        cross = Sign("cross", 10, None, Stroke(INK, 1))
        return Look(strokes=(Stroke(INK, 1, dash=(3, 3)),), signs=(cross, _SIGNS.get(layer, _PLAIN_SIGN)))
    edge = Stroke(INK, 1.6, dash=_INFERRED_DASH) if basis == "inferred" else Stroke(INK, 1.1)
    if layer == "forest_park":
        return Look(pattern=TREES, strokes=(_CASING, replace(edge, colour=TOKENS["park"])))
    return Look(class_colour, 0.85 if class_colour else 1.0, strokes=(_CASING, edge))


def _ring(ring: str) -> Look:
    return Look(TOKENS[_RINGS.get(ring, "zonebase")], pattern=TREES if ring == "ring_1" else None)


def _extent(layer: str, *, is_current: bool) -> Look:
    red, halo = TOKENS["red"], TOKENS["halo"]
    if not is_current:
        return Look(strokes=(Stroke(halo, 2.4, 0.8), Stroke(red, 1.1, dash=(4, 3))))
    band = Stroke(red, 14, 0.16, inside=True)
    return Look(TOKENS["zonebase"], strokes=(band, Stroke(halo, 3.6, 0.8), Stroke(red, 1.8, dash=_ZONE_DASH)))


def _line(layer: str, basis: str, values: Mapping[str, Scalar]) -> Look:
    if layer == "ring_lines":
        if not values.get("separates_zones", True):
            return Look(strokes=(Stroke(INK, 0.9, 0.75, (1.5, 3)),))
        dash = (7.0, 3.0) if values.get("distance_basis") == "assumed" else ()
        return Look(strokes=(Stroke(INK, 0.9, 0.8, dash),))
    if layer == "roads":
        return Look(strokes=(Stroke(TOKENS["roadc"], 5), Stroke(TOKENS["road"], 3)))
    if layer == "metro" and basis == "inferred":
        return Look(strokes=(Stroke(TOKENS["halo"], 3.4, 0.6), Stroke(TOKENS["metro"], 1.8, dash=(2, 4))))
    if layer == "metro":
        return Look(strokes=(Stroke(TOKENS["metro"], 2.4), Stroke(TOKENS["halo"], 1, dash=(6, 6))))
    return Look(strokes=(Stroke(TOKENS["ink2"], 1.4),))


def _point(layer: str, values: Mapping[str, Scalar]) -> Look:
    sign = _SIGNS.get(layer, _PLAIN_SIGN)
    accuracy_m = values.get("accuracy_m")
    if layer == "metro" and isinstance(accuracy_m, int | float) and accuracy_m > VAGUE_STATION_M:
        sign = replace(sign, edge=replace(sign.edge, dash=(2, 1.6)))
    return Look(signs=(sign,))
