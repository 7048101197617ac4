"""What all clients share: files to open, what they must hold by the plan, and colours at places of a picture."""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely
from matplotlib.image import imread
from shapely.geometry.base import BaseGeometry

from geo.output.exports import Wanted, export
from geo.output.symbology import TOKENS
from geo.plan import Plan
from geo.view import View

SECONDS = 240  # that a client may take
PLACES = 60  # looked at for each colour
FEWEST = 8  # of them in the picture, for a share to mean something
LEAST_SHARE = 0.6  # of the places that show the colour; signs, patterns and names cover the others
TOLERANCE = 6 / 255  # of a channel
WINDOW = (397_000.0, 3_170_800.0, 416_000.0, 3_183_500.0)  # west, south, east, north in m: the lakes and their rings
CLEAR_M = 90  # off every edge
_MADE_ON = date(2026, 1, 2)

Colours = npt.NDArray[np.float64]
ToPixel = Callable[[float, float], tuple[float, float]]


class NotInstalled(Exception):
    """The machine does not have the program; the text says which."""


class Failed(Exception):
    """The program is there, and what it made of the file is wrong."""


@dataclass(frozen=True)
class Place:
    """Somewhere on the map, in metres of the plan, and the token of the colour that must be seen there."""

    x: float
    y: float
    token: str


def check(is_right: bool, words: str) -> None:
    """Failed with `words` if something is not right."""
    if not is_right:
        raise Failed(words)


def made(plan: Plan, ext: str, **words: object) -> bytes:
    """An export of the plan."""
    return export(plan, Wanted(ext=ext, made_on=_MADE_ON, **words)).content  # type: ignore[arg-type]


def unpacked(content: bytes, folder: Path) -> Path:
    """The folder with what a zip holds."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)
    return folder


def ran(command: Sequence[str], **more: str) -> str:
    """What a command prints; Failed if it ends badly or takes too long. `more` are variables of its environment."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False, env=more or None)
    except subprocess.TimeoutExpired as late:
        raise Failed(f"{command[0]} took more than {SECONDS} s") from late
    check(done.returncode == 0, f"{' '.join(command[:3])} ended with {done.returncode}: {done.stderr[-800:]}")
    return done.stdout


def counts_of(plan: Plan, view: View) -> dict[str, int]:
    """How many rows each layer has by the plan itself."""
    return {layer.id: len(plan.of_layer(layer.id, view)) for layer in plan.catalogue.layers}


def ring_places(plan: Plan, view: View, also: Iterable[str] = ("water",)) -> list[Place]:
    """Places in the rings and the water, clear of every edge and of all that is drawn over them."""
    metric = {shape.feature.id: shape.geometry_m for shape in plan.of_layer("rings", view)}
    tokens = {"ring_1": "r1", "ring_2": "r2", "ring_3": "r3", "ring_4": "r4", "strip": "strip"}
    over = [shape.geometry_m for name in ("water", "roads", "metro") for shape in plan.of_layer(name, view)]
    found = []
    for feature_id, geometry in metric.items():
        clear = _clear(geometry, over)
        found += [Place(x, y, tokens[feature_id.split(":")[1]]) for x, y in _spread(clear)]
    lines = [shape.geometry_m for shape in plan.of_layer("metro", view)]
    for name in also:
        for shape in plan.of_layer(name, view):
            if shape.geometry_m is not None:
                found += [Place(x, y, name) for x, y in _spread(_clear(shape.geometry_m, lines))]
    return found


def _clear(geometry: BaseGeometry | None, over: Iterable[BaseGeometry | None]) -> BaseGeometry:
    drawn = shapely.unary_union([one for one in over if one is not None])
    return shapely.difference(shapely.buffer(geometry, -CLEAR_M), shapely.buffer(drawn, CLEAR_M))


def _spread(area: BaseGeometry) -> list[tuple[float, float]]:
    """Places of a square grid within an area, the same every time."""
    west, south, east, north = area.bounds
    step = (area.area / PLACES) ** 0.5
    across, up = np.meshgrid(np.arange(west, east, step), np.arange(south, north, step))
    inside = shapely.contains_xy(area, across.ravel(), up.ravel())
    return list(zip(across.ravel()[inside].tolist(), up.ravel()[inside].tolist(), strict=True))


def look(picture: Path, places: Iterable[Place], to_pixel: ToPixel, *, opacity: float = 1.0) -> str:
    """Looks whether each colour stands where the plan has it; Failed if not. Returns the shares in words.

    Colours of an `opacity` below 1 lie on white.
    """
    seen: Colours = imread(picture)[:, :, :3]
    height, width = seen.shape[:2]
    hits: dict[str, list[bool]] = {}
    for place in places:
        column, row = to_pixel(place.x, place.y)
        if 0 <= column < width and 0 <= row < height:
            wanted = 1 - opacity * (1 - channels(TOKENS[place.token]))
            wrong = np.abs(seen[int(row), int(column)] - wanted).max()
            hits.setdefault(place.token, []).append(bool(wrong <= TOLERANCE))
    shares = {token: sum(of) / len(of) for token, of in hits.items() if len(of) >= FEWEST}
    check(bool(shares), f"{picture.name} shows none of the places")
    wrong_ones = [f"{token} {share:.0%}" for token, share in shares.items() if share < LEAST_SHARE]
    check(not wrong_ones, f"{picture.name}: the colour is not where the plan has it: {', '.join(wrong_ones)}")
    return ", ".join(f"{token} {share:.0%}" for token, share in sorted(shares.items()))


def channels(colour: str) -> Colours:
    """A colour #rrggbb as three numbers from 0 to 1."""
    return np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
