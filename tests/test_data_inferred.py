"""The inferred areas follow the rules that their notes state, and measure what those rules give.

The rules are worked out here a second time, point by point: crossings of a parallel with an outline and distances to
its edges, in plain arithmetic. Only the projection (pyproj) is shared with the atlas.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import shapely
from pyproj import Transformer
from shapely.geometry import shape

DATA = Path(__file__).parent.parent / "data"
TO_METRES = Transformer.from_crs("EPSG:4326", "EPSG:4548", always_xy=True)
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


def rows_of(layer: str) -> dict[str, Any]:
    rows = json.loads((DATA / f"layers/{layer}.geojson").read_text("utf-8"))["features"]
    return {row["properties"]["id"]: row["geometry"] for row in rows}


def outline(layer: str, key: str) -> Floats:
    """The closed outer ring of a digitised area, lon and lat."""
    return np.array(rows_of(layer)[key]["coordinates"][0])


ZONE_2013 = outline("extent_2013", "extent_2013:zone")
ZONE_2025 = outline("extent_2025", "extent_2025:zone")
YAOHU, AIXIHU = outline("water", "water:yaohu"), outline("water", "water:aixihu")
ISLAND = outline("science_island", "science_island:island")
ZIYANG = np.array(rows_of("roads")["roads:ziyang"]["coordinates"])


def metres(ring: Floats) -> Floats:
    return np.column_stack(TO_METRES.transform(ring[:, 0], ring[:, 1]))


def crossings(ring: Floats, lat: Floats) -> Floats:
    """Longitudes at which parallels cross an outline, one row for each parallel, NaN where an edge is not crossed."""
    a, b = ring[:-1], ring[1:]
    y = lat[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        x = a[:, 0] + (y - a[:, 1]) / (b[:, 1] - a[:, 1]) * (b[:, 0] - a[:, 0])
    return np.where((a[:, 1] > y) != (b[:, 1] > y), x, np.nan)


def is_inside(ring: Floats, lon: Floats, lat: Floats) -> Mask:
    """Even-odd rule: an odd number of crossings to the east."""
    return np.asarray(np.nansum(crossings(ring, lat) > lon[:, None], axis=1) % 2 == 1)


def distance_m(ring: Floats, lon: Floats, lat: Floats) -> Floats:
    """Distance in the plane from points to the edges of an outline, inside and outside alike."""
    corners = metres(ring)
    points = metres(np.column_stack([lon, lat]))[:, None]
    a, along = corners[:-1], corners[1:] - corners[:-1]
    share = np.clip(((points - a) * along).sum(axis=2) / (along**2).sum(axis=1), 0, 1)
    return np.asarray(np.hypot(*np.moveaxis(points - a - share[:, :, None] * along, 2, 0)).min(axis=1))


def is_land(zone: Floats, lon: Floats, lat: Floats) -> Mask:
    return np.asarray(is_inside(zone, lon, lat) & ~is_inside(YAOHU, lon, lat) & ~is_inside(AIXIHU, lon, lat))


def forest_rule(lon: Floats, lat: Floats) -> Mask:
    return is_land(ZONE_2025, lon, lat) & (distance_m(YAOHU, lon, lat) <= 500)


def aviation_rule(lon: Floats, lat: Floats) -> Mask:
    """East of the last crossing with the lake, or of the meridian beyond its north end; between road and 28.76 N."""
    crossed = crossings(YAOHU, lat)
    shore = np.where(np.isnan(crossed).all(axis=1), 116.0945, np.max(np.nan_to_num(crossed, nan=-1.0), axis=1))
    road = np.interp(lon, ZIYANG[:, 0], ZIYANG[:, 1])  # level beyond its east end
    return np.asarray(is_land(ZONE_2025, lon, lat) & (lon > shore) & (lat > road) & (lat < 28.76))


def renewal_rule(lon: Floats, lat: Floats) -> Mask:
    """West of the first crossing with the lake, or of the meridian beyond its ends."""
    crossed = crossings(AIXIHU, lat)
    shore = np.where(np.isnan(crossed).all(axis=1), 115.9756, np.min(np.nan_to_num(crossed, nan=999.0), axis=1))
    return is_land(ZONE_2025, lon, lat) & (lon < shore)


RULES: dict[str, tuple[str, Callable[[Floats, Floats], Mask], float]] = {
    "forest_park:yaohu": ("forest_park", forest_rule, 16.8),
    "places:aviation_city": ("places", aviation_rule, 50.9),
    "places:renewal_area": ("places", renewal_rule, 11.2),
}
# Within 2 m of the outline six decimals, 64 sides to a circle and parallels drawn as chords may tell otherwise.
MARGIN_DEGREES = 2e-5


@pytest.mark.parametrize("key", RULES)
def test_data_inferred_area_follows_its_rule(key: str) -> None:
    layer, rule, _ = RULES[key]
    area = shape(rows_of(layer)[key])
    west, south, east, north = area.bounds
    random = np.random.default_rng(20)
    lon = random.uniform(west - 0.01, east + 0.01, 20_000)
    lat = random.uniform(south - 0.01, north + 0.01, 20_000)
    clear = shapely.distance(area.boundary, shapely.points(lon, lat)) > MARGIN_DEGREES
    wanted = rule(lon[clear], lat[clear])
    assert 1_000 < wanted.sum() < clear.sum() - 1_000
    assert (shapely.contains_xy(area, lon[clear], lat[clear]) == wanted).all()


def area_km2(ring: Floats) -> float:
    """Shoelace area in the plane of EPSG:4548."""
    x, y = (metres(ring) - metres(ring)[0]).T
    return abs(float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]))) / 2e6


def counted_km2(inside: Callable[[Floats, Floats], Mask], bounds: Floats, step_m: float = 40.0) -> float:
    """Area of a rule by counting the centres of a grid of cells in the plane."""
    (x0, y0), (x1, y1) = metres(bounds).min(axis=0) - 3_000, metres(bounds).max(axis=0) + 3_000
    x, y = np.meshgrid(np.arange(x0, x1, step_m), np.arange(y0, y1, step_m))
    lon, lat = TO_METRES.transform(x.ravel(), y.ravel(), direction="INVERSE")
    parts = np.array_split(np.arange(lon.size), max(1, lon.size // 20_000))
    return sum(int(inside(lon[part], lat[part]).sum()) for part in parts) * step_m**2 / 1e6


@pytest.mark.parametrize(
    ("ring", "km2"), [(ZONE_2013, 217.6), (ZONE_2025, 265.4), (YAOHU, 17.7)], ids=["2013", "2025", "yaohu"]
)
def test_data_digitised_areas_measure_as_documented(ring: Floats, km2: float) -> None:
    assert area_km2(ring) == pytest.approx(km2, abs=0.1)


@pytest.mark.parametrize("key", RULES)
def test_data_inferred_areas_measure_as_documented(key: str) -> None:
    layer, _, km2 = RULES[key]
    geometry = rows_of(layer)[key]
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    measured = sum(
        area_km2(np.array(ring)) * (1 if number == 0 else -1) for part in parts for number, ring in enumerate(part)
    )
    assert measured == pytest.approx(km2, abs=0.05)


@pytest.mark.parametrize(
    ("zone", "low_m", "high_m", "km2"),
    [(ZONE_2025, 0, 500, 16.8), (ZONE_2013, 0, 500, 16.4), (ZONE_2025, 100, 500, 13.5)],
    ids=["2025", "2013", "from 100 m"],
)
def test_data_shore_belt_measures_as_documented(zone: Floats, low_m: float, high_m: float, km2: float) -> None:
    def belt(lon: Floats, lat: Floats) -> Mask:
        away = distance_m(YAOHU, lon, lat)
        return is_land(zone, lon, lat) & (away > low_m) & (away <= high_m)

    assert counted_km2(belt, YAOHU) == pytest.approx(km2, abs=0.06)


@pytest.mark.parametrize(("low_m", "high_m", "km2"), [(0, 500, 2.7), (500, 1500, 3.5), (1500, 3000, 0.4)])
def test_data_science_island_lies_in_rings_1_to_3(low_m: float, high_m: float, km2: float) -> None:
    def part(lon: Floats, lat: Floats) -> Mask:
        away = distance_m(YAOHU, lon, lat)
        return is_inside(ISLAND, lon, lat) & is_land(ZONE_2025, lon, lat) & (away > low_m) & (away <= high_m)

    assert counted_km2(part, ISLAND) == pytest.approx(km2, abs=0.06)


@pytest.mark.parametrize(("ring", "km2"), [(ISLAND, 6.69), (AIXIHU, 3.52)], ids=["island", "aixihu"])
def test_data_traced_inferred_areas_measure_as_documented(ring: Floats, km2: float) -> None:
    assert area_km2(ring) == pytest.approx(km2, abs=0.005)


def test_data_metro_extension_measures_as_documented() -> None:
    course = metres(np.array(rows_of("metro")["metro:line_1_east"]["coordinates"]))
    length_m = float(np.hypot(*np.diff(course, axis=0).T).sum())
    assert length_m / 1e3 == pytest.approx(4.33, abs=0.005)


def test_data_aviation_city_lies_partly_in_land_gained_later() -> None:
    def gained(lon: Floats, lat: Floats) -> Mask:
        found = aviation_rule(lon, lat)
        found[found] = ~is_inside(ZONE_2013, lon[found], lat[found])
        return found

    # nothing of the rule lies south of the road, north of the parallel or out of the zone
    around = np.array([[ZONE_2025[:, 0].min(), ZIYANG[:, 1].min()], [ZONE_2025[:, 0].max(), 28.76]])
    assert counted_km2(gained, around) == pytest.approx(15.4, abs=0.06)


def test_data_extent_of_2025_gains_liyuzhou() -> None:
    gained = shapely.difference(shapely.Polygon(metres(ZONE_2025)), shapely.Polygon(metres(ZONE_2013)))
    assert max(part.area for part in gained.geoms) / 1e6 == pytest.approx(48.7, abs=0.05)
