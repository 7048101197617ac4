"""Rings and polygons as they must be to be measured: where one is at fault it is refused with the place, never mended.

Closing a ring and turning its winding change no ground; both are done and counted. `make_valid` is not used: on a star
of a few hundred positions it does not come to an end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon

from geo import crs
from geo.errors import CrsError, GeometryError
from geo.formats.geojson.facts import Floats, Limits, Ring, over_limit
from geo.formats.geojson.placing import to_wgs84
from geo.formats.geojson.systems import System

_MIN_WIDTH = {True: 1e-8, False: 1e-3}  # in degrees and in metres: a millimetre
_FEWEST = 3
_CHUNK = 2_000_000  # pairs that one question to the tree may give, so that memory stays bounded
_REASONS = {
    "Self-intersection": ("the outline crosses itself", "边线自相交"),
    "Ring Self-intersection": ("the ring touches itself", "环自相接触"),
    "Hole lies outside shell": ("a hole lies outside its outline", "孔洞在外环之外"),
    "Holes are nested": ("a hole lies inside another hole", "孔洞互相嵌套"),
    "Interior is disconnected": ("holes cut the area in two", "孔洞把面切断"),
    "Duplicate Rings": ("two rings are the same", "两个环重复"),
}


@dataclass(frozen=True)
class Ground:
    """Says where a position of the file is: in lon/lat, and in metres if a system in metres is known."""

    system: System
    metric: str | None

    def words(self, x: float, y: float) -> str:
        """The position as people read it: longitude, latitude and, in brackets, easting and northing."""
        lon, lat = to_wgs84(np.array([[x, y]]), self.system)[0]
        code = self.metric or (None if self.system.is_degrees else self.system.crs)
        if code is None:
            return f"{lon:.7f}, {lat:.7f}"
        try:
            east, north = crs.project(lon, lat, code)
        except CrsError:  # outside the plan's plane: that is for the assessment to say
            return f"{lon:.7f}, {lat:.7f}"
        return f"{lon:.7f}, {lat:.7f} [{code} {east:.2f}, {north:.2f}]"


def is_open(ring: Ring) -> bool:
    """Whether the last position of a ring is not the first one."""
    return bool((ring.positions[0] != ring.positions[-1]).any())


def is_turned(ring: Ring) -> bool:
    """Whether the winding is not that of RFC 7946: outlines counter-clockwise, holes clockwise."""
    x, y = (ring.positions - ring.positions[0]).T
    doubled = float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))
    return doubled > 0 if ring.place.ring > 1 else doubled < 0


def check_encounters(areas: Sequence[Sequence[Ring]], limits: Limits) -> None:
    """LimitError if edges of one area come into each other's bounding boxes too often.

    A valid zigzag of 40,000 positions takes GEOS a minute and a half to be found so; counting stops in a moment.
    """
    total = 0
    for rings in areas:
        edges = np.concatenate([np.stack((r.positions, np.roll(r.positions, -1, axis=0)), axis=1) for r in rings])
        lines = shapely.linestrings(edges)
        tree, step = shapely.STRtree(lines), max(1, _CHUNK // len(lines))
        for start in range(0, len(lines), step):
            total += tree.query(lines[start : start + step]).shape[1]
            if total > limits.encounters:
                raise over_limit(limits, "encounters", "pairs of edges that lie side by side", "对相互贴近的边")


def make_polygon(rings: Sequence[Ring], ground: Ground) -> Polygon:
    """The polygon of an outline and its holes in the coordinates of the file, wound as RFC 7946 says.

    GeometryError with the place for fewer than 3 different positions, for positions on one line, for a spike and for
    all else that makes a polygon invalid.
    """
    for ring in rings:
        _check_ring(ring, ground)
    polygon = Polygon(rings[0].positions, [ring.positions for ring in rings[1:]])
    reason = shapely.is_valid_reason(polygon)
    if reason != "Valid Geometry":
        _refuse(reason, rings, ground)
    return shapely.geometry.polygon.orient(polygon)


def unite(parts: Sequence[Polygon]) -> tuple[Polygon | MultiPolygon, bool]:
    """The ground of valid parts, each point once, and whether parts had to be joined for that.

    Parts that touch in points only, or not at all, stay as they are.

    >>> whole, joined = unite([shapely.box(0, 0, 2, 1), shapely.box(1, 0, 3, 1)])
    >>> whole.area, joined
    (3.0, True)
    """
    if len(parts) == 1:
        return parts[0], False
    several = MultiPolygon(list(parts))
    if several.is_valid:
        return several, False
    return shapely.orient_polygons(shapely.union_all(list(parts))), True


def _check_ring(ring: Ring, ground: Ground) -> None:
    en, zh = ring.place.words()
    different = np.unique(ring.positions, axis=0)
    if len(different) < _FEWEST:
        raise GeometryError(
            f"{en} has {len(different)} different position(s) (at {ground.words(*different[0])}); an area needs 3.",
            f"{zh}只有 {len(different)} 个不同的位置（{ground.words(*different[0])}）；面至少需要 3 个。",
        )
    away = ring.positions - ring.positions[0]
    lengths = np.hypot(*away.T)
    along = away[lengths.argmax()] / lengths.max()
    if abs(away[:, 0] * along[1] - away[:, 1] * along[0]).max() < _MIN_WIDTH[ground.system.is_degrees]:
        raise GeometryError(
            f"{en} has all positions on one line (from {ground.words(*ring.positions[0])}): it has no area.",
            f"{zh}的全部位置在一条直线上（起于 {ground.words(*ring.positions[0])}），没有面积。请重绘。",
        )


def _refuse(reason: str, rings: Sequence[Ring], ground: Ground) -> NoReturn:
    """GeometryError in words for what GEOS says, such as `Self-intersection[116.05 28.7]`."""
    kind, _, place = reason.partition("[")
    at = np.array([float(number) for number in place.rstrip("]").split()])
    what_en, what_zh = _REASONS.get(kind, (f"the outline is invalid ({kind})", f"图形无效（{kind}）"))
    ring, edges = _edges_at(at, rings)
    en, zh = ring.place.words()
    if kind.endswith("elf-intersection"):
        spike = _spike(ring)
        if spike is not None:
            at, edges = ring.positions[spike], (spike,)
            what_en, what_zh = "the outline goes out and back on itself (a spike)", "边线原路折返（尖刺）"
    named = sorted(edge + 1 for edge in edges)
    raise GeometryError(
        f"{en}: {what_en} at {ground.words(*at)}, at the edges or positions {', '.join(map(str, named))}. "
        "Mend the outline; the atlas does not guess which side is meant.",
        f"{zh}：{what_zh}，位置 {ground.words(*at)}，在第 {'、'.join(map(str, named))} 边或点处。"
        "请改正边线；图集不猜测取哪一侧。",
    )


def _edges_at(at: Floats, rings: Sequence[Ring]) -> tuple[Ring, tuple[int, ...]]:
    """The ring that comes nearest to a point, the first of equals, and the indexes of its two nearest edges."""
    best: tuple[float, Ring, tuple[int, ...]] | None = None
    for ring in rings:
        start = ring.positions
        way = np.roll(start, -1, axis=0) - start
        squares = (way**2).sum(axis=1)
        share = ((at - start) * way).sum(axis=1) / np.where(squares > 0, squares, 1.0)
        gaps = np.hypot(*(start + way * np.clip(share, 0.0, 1.0)[:, None] - at).T)
        gaps[squares == 0] = np.inf  # the step from a closing position to the first has no length
        if best is None or gaps.min() < best[0]:
            best = float(gaps.min()), ring, tuple(int(edge) for edge in np.argsort(gaps, kind="stable")[:2])
    assert best is not None
    return best[1], best[2]


def _spike(ring: Ring) -> int | None:
    """The index of the first position from which the outline goes back the way that it came."""
    positions = ring.positions[:-1] if not is_open(ring) else ring.positions
    before, after = np.roll(positions, 1, axis=0) - positions, np.roll(positions, -1, axis=0) - positions
    cross = before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0]
    dot = (before * after).sum(axis=1)
    found = np.flatnonzero((dot > 0) & (abs(cross) <= 1e-12 * dot))
    return int(found[0]) if found.size else None
