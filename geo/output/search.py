"""What a search finds, as JSON: positions that the text may mean, and features by name."""

from __future__ import annotations

from geo import crs
from geo.errors import QueryError
from geo.formats.coordinates import ReadPosition, read_position
from geo.output.features import Json, centre_json
from geo.plan import Plan
from geo.search import NameIndex
from geo.view import Shape


def search(plan: Plan, index: NameIndex, text: str) -> Json:
    """Positions and features that `text` may mean, the best first.

    A pair of numbers that fits no position gives no position and a `hint` that says what would fit.
    """
    hint: Json = {"hint_zh": None, "hint_en": None}
    try:
        positions = read_position(text, plan.catalogue.metric_crs)
    except QueryError as error:
        positions, hint = (), {"hint_zh": error.zh, "hint_en": error.en}
    return {
        "q": text,
        "positions": [_position(plan, found) for found in positions],
        "features": [_feature(shape) for shape in index.find(text)],
        **hint,
    }


def _position(plan: Plan, found: ReadPosition) -> Json:
    west, south, east, north = crs.to_lonlat(plan.view().locator.extent, plan.catalogue.metric_crs).bounds
    return {
        "lon": round(found.lon, 7),
        "lat": round(found.lat, 7),
        "how_zh": found.how_zh,
        "how_en": found.how_en,
        "near_plan": west <= found.lon <= east and south <= found.lat <= north,
    }


def _feature(shape: Shape) -> Json:
    feature = shape.feature
    return {
        "id": feature.id,
        "layer": feature.layer,
        "name_zh": feature.name_zh,
        "name_en": feature.name_en,
        "geometry_basis": feature.geometry_basis,
        "placed_in": feature.placed_in,
        "centre": centre_json(shape),
    }
