"""A toy data folder whose answers are arithmetic: a square lake of 2 km in a square zone of 20 km.

All corners are given in metres of EPSG:4548 around (406 km, 3,176 km) and written as lon/lat with 10 decimals.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from geo import crs

ROOT = Path(__file__).parent.parent
EAST, NORTH = 406_000.0, 3_176_000.0
METRIC = "EPSG:4548"

Json = dict[str, Any]


def square(half_side_m: float, x: float = 0.0, y: float = 0.0) -> list[list[list[float]]]:
    """The coordinates of a square polygon around (x, y) of the toy, anticlockwise."""
    corners = [(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)]
    return [[position(x + i * half_side_m, y + j * half_side_m) for i, j in corners]]


def position(x: float, y: float) -> list[float]:
    """A place of the toy as lon, lat."""
    lon, lat = crs.unproject(EAST + x, NORTH + y, METRIC)
    return [round(float(lon), 10), round(float(lat), 10)]


def feature(feature_id: str, geometry: Json | None, **properties: Any) -> Json:
    """A feature with every property that the catalogue asks for."""
    basis = "none" if geometry is None else "point" if geometry["type"] == "Point" else "digitised"
    facts = {
        "id": feature_id,
        "name_zh": feature_id,
        "name_en": feature_id,
        "source": "S0",
        "place": "toy",
        "data_year": 2025,
        "geometry_basis": basis,
        "accuracy_m": None if geometry is None else 50,
        "status": "existing",
        "land_use": None,
        "placed_in": None,
        "stated_area": None,
        "note_zh": "示例",
        "note_en": "toy",
    }
    return {"type": "Feature", "geometry": geometry, "properties": {**facts, **properties}}


def polygon(half_side_m: float, x: float = 0.0, y: float = 0.0) -> Json:
    """A square of the toy as GeoJSON."""
    return {"type": "Polygon", "coordinates": square(half_side_m, x, y)}


def point(x: float, y: float) -> Json:
    """A point of the toy as GeoJSON."""
    return {"type": "Point", "coordinates": position(x, y)}


def toy_layers() -> dict[str, list[Json]]:
    """The layers of the toy: what each test needs, and no more."""
    stated = {"value": 3000, "unit": "mu", "qualifier": "about", "source": "S0", "place": "toy"}
    return {
        "extent_2013": [feature("extent_2013:zone", polygon(6000))],
        "extent_2025": [feature("extent_2025:zone", polygon(10_000))],
        "water": [feature("water:yaohu", polygon(1000)), feature("water:pond", polygon(200, 5000, 5000))],
        "places": [
            feature("places:across", polygon(500, 1500, 0)),  # 0 to 1,000 m from the shore: two halves
            feature("places:border", polygon(500, 10_000, 0)),  # half of it outside
        ],
        "parks": [
            feature("parks:one", polygon(100, 1300, 0), green_class="G1"),
            feature("parks:two", polygon(100, 1350, 0), green_class="G1"),  # overlaps the first by half and a bit
            feature("parks:planned", polygon(300, -1400, 0), green_class="G1", status="planned"),
        ],
        "sites": [
            feature("sites:edge", point(1500, 0)),  # 500 m from the shore exactly: still ring 1
            feature("sites:words", None, placed_in="places:across"),
            feature("sites:symbol", point(3000, 0), geometry_basis="symbolic_footprint", stated_area=stated),
        ],
    }


def write_toy(folder: Path, layers: dict[str, list[Json]] | None = None) -> Path:
    """Writes the toy as a data folder and returns it; the rings are those of the shipped data."""
    shipped = json.loads((ROOT / "data/catalogue.json").read_text(encoding="utf-8"))
    made = layers or toy_layers()
    kept = [layer for layer in shipped["layers"] if layer["id"] in made or layer.get("file") is None]
    shipped["layers"] = kept
    shipped["populations"] = [{**row, "persons": 1000} for row in shipped["populations"]]
    (folder / "layers").mkdir(parents=True)
    (folder / "catalogue.json").write_text(json.dumps(shipped, ensure_ascii=False), encoding="utf-8")
    for layer in kept:
        if layer.get("file"):
            collection = {"type": "FeatureCollection", "features": made[layer["id"]]}
            text = json.dumps(collection, ensure_ascii=False)
            (folder / "layers" / layer["file"]).write_text(text, encoding="utf-8")
    shutil.copytree(ROOT / "data/standards", folder / "standards")
    shutil.copy(ROOT / "data/rings.json", folder / "rings.json")
    return folder
