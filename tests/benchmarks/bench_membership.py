"""How long `ZoneIndex.locate` takes beside its peers, on zones like those of the plan; no time is asserted.

    python tests/benchmarks/bench_membership.py --rounds 7 --points 100000 1000000

Every round runs all contestants in turn, so that a busy machine slows them alike; the answers are compared first.
Each contestant gets points as arrays and gives the position of the first zone, -1 outside. Its index is built
beforehand (the time of that stands in its own column); what it must make of each new set of points counts.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import numpy.typing as npt
import shapely

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from geo.membership import ZoneIndex

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]
Locate = Callable[[Floats, Floats], Ints]

EDGES_M = (500.0, 1500.0, 3000.0)
CENTRE = (402_000.0, 3_180_000.0)


def star(vertices: int, radius_m: float, arms: int, depth: float) -> shapely.Polygon:
    """A closed line around the centre whose radius swings `arms` times by the part `depth`."""
    turn = np.linspace(0, 2 * np.pi, vertices, endpoint=False)
    radius = radius_m * (1 + depth * np.sin(arms * turn) + depth / 3 * np.cos(13 * turn))
    return shapely.Polygon(np.column_stack((CENTRE[0] + radius * np.cos(turn), CENTRE[1] + radius * np.sin(turn))))


def ring_zones() -> list[Any]:
    """Four rings around a lake (64 segments a quadrant) within an extent of 150 vertices, and the lake."""
    extent, lake = star(150, 9500.0, 5, 0.15), star(80, 2300.0, 4, 0.3)
    discs = [lake, *(lake.buffer(edge, quad_segs=64) for edge in EDGES_M)]
    rings = [extent.intersection(outer).difference(inner) for inner, outer in pairwise(discs)]
    return [*rings, extent.difference(discs[-1]), lake]


def first_zone(count: int, point: Ints, zone: Ints) -> Ints:
    """The first zone of each point from pairs of a point and a zone that meet."""
    found = np.full(count, np.iinfo(np.intp).max)
    np.minimum.at(found, point, zone)
    found[found == np.iinfo(np.intp).max] = -1
    return found


def by_zone_index(zones: list[Any]) -> Locate:
    """The atlas's own index."""
    return ZoneIndex(zones).locate


def by_spatial_join(zones: list[Any]) -> Locate:
    """geopandas.sjoin of points to zones."""
    frame = geopandas.GeoDataFrame(geometry=zones)

    def locate(x: Floats, y: Floats) -> Ints:
        points = geopandas.GeoDataFrame(geometry=geopandas.points_from_xy(x, y))
        joined = geopandas.sjoin(points, frame, predicate="intersects")
        return first_zone(x.size, joined.index.to_numpy(), joined["index_right"].to_numpy())

    return locate


def by_tree_of_zones(zones: list[Any]) -> Locate:
    """shapely.STRtree of the zones, asked with every point."""
    tree = shapely.STRtree(zones)

    def locate(x: Floats, y: Floats) -> Ints:
        point, zone = tree.query(shapely.points(x, y), predicate="intersects")
        return first_zone(x.size, point, zone)

    return locate


def by_tree_of_points(zones: list[Any]) -> Locate:
    """shapely.STRtree of the points, asked with every zone, which shapely prepares."""

    def locate(x: Floats, y: Floats) -> Ints:
        zone, point = shapely.STRtree(shapely.points(x, y)).query(zones, predicate="intersects")
        return first_zone(x.size, point, zone)

    return locate


def by_prepared_zones(zones: list[Any]) -> Locate:
    """shapely.intersects_xy with each prepared zone."""
    prepared = shapely.from_wkb(shapely.to_wkb(zones))
    shapely.prepare(prepared)

    def locate(x: Floats, y: Floats) -> Ints:
        found = np.full(x.size, -1)
        for position in reversed(range(len(prepared))):
            found[shapely.intersects_xy(prepared[position], x, y)] = position
        return found

    return locate


CONTESTANTS: dict[str, Callable[[list[Any]], Locate]] = {
    "ZoneIndex": by_zone_index,
    "prepared, zone by zone": by_prepared_zones,
    "STRtree of zones": by_tree_of_zones,
    "STRtree of points": by_tree_of_points,
    "geopandas.sjoin": by_spatial_join,
}


def timed(function: Callable[[], Any]) -> tuple[float, Any]:
    """Milliseconds that a call takes, and what it gives."""
    start = time.perf_counter()
    result = function()
    return (time.perf_counter() - start) * 1000, result


def run(count: int, rounds: int, zones: list[Any]) -> None:
    """Prints a row for each contestant: building, median, least and most milliseconds, and times the first's median."""
    west, south, east, north = shapely.total_bounds(zones)
    rng = np.random.default_rng(count)
    x, y = rng.uniform(west - 500, east + 500, count), rng.uniform(south - 500, north + 500, count)
    built = {name: timed(lambda build=build: build(zones)) for name, build in CONTESTANTS.items()}  # type: ignore[misc]
    expected = built["ZoneIndex"][1](x, y)
    for name, (_, locate) in built.items():
        if not np.array_equal(locate(x, y), expected):
            raise SystemExit(f"{name} gives other zones than ZoneIndex")
    times: dict[str, list[float]] = {name: [] for name in built}
    for turn in range(rounds):
        order = list(built)[turn % len(built) :] + list(built)[: turn % len(built)]
        for name in order:
            times[name].append(timed(lambda name=name: built[name][1](x, y))[0])  # type: ignore[misc]
    own = statistics.median(times["ZoneIndex"])
    print(
        f"\n{count:,} points, {len(zones)} zones of {shapely.get_num_coordinates(zones).sum():,} vertices, "
        f"{rounds} rounds; answers agree\n"
    )
    print(f"{'':24}{'build ms':>10}{'median ms':>11}{'min ms':>10}{'max ms':>10}{'x':>8}")
    for name, row in times.items():
        middle = statistics.median(row)
        print(f"{name:24}{built[name][0]:10.1f}{middle:11.1f}{min(row):10.1f}{max(row):10.1f}{middle / own:8.1f}")


def main() -> None:
    """Reads the options and runs every number of points."""
    parser = argparse.ArgumentParser(description="Time ZoneIndex.locate beside its peers.")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--points", type=int, nargs="+", default=[100_000, 1_000_000])
    options = parser.parse_args()
    for count in options.points:
        run(count, options.rounds, ring_zones())


if __name__ == "__main__":
    main()
