"""A toy data folder whose answers are arithmetic: a square lake of 2 km in a square zone of 20 km.

All corners are given in metres of EPSG:4548 around (406 km, 3,176 km) and written as lon/lat with 10 decimals.
"""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from geo import crs
from geo.catalogue.figures import FIGURE_COLUMNS, METRIC_COLUMNS
from geo.catalogue.projects import PROJECT_COLUMNS

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
    shipped.pop("ledger", None)
    shipped.pop("trends", None)
    shipped.pop("rules", None)
    shipped.pop("themes", None)
    shipped.pop("tour", None)
    shipped["populations"] = [
        {"extent": extent, "persons": 1000, "year": year, "qualifier": "", "source": source, "place": "toy"}
        for extent, year, source in (("2013", 2013, "S0"), ("2025", 2025, "S1"))
    ]
    (folder / "layers").mkdir(parents=True)
    (folder / "catalogue.json").write_text(json.dumps(shipped, ensure_ascii=False), encoding="utf-8")
    for layer in kept:
        if layer.get("file"):
            collection = {"type": "FeatureCollection", "features": made[layer["id"]]}
            text = json.dumps(collection, ensure_ascii=False)
            (folder / "layers" / layer["file"]).write_text(text, encoding="utf-8")
    shutil.copytree(ROOT / "data/standards", folder / "standards")
    (folder / "rings.json").write_text(json.dumps(toy_rings(), ensure_ascii=False), "utf-8")
    return folder


def toy_rings() -> Json:
    """The rings of the shipped data with their distances written out, for a folder that keeps no ledger."""
    rings: Json = json.loads((ROOT / "data/rings.json").read_text("utf-8"))
    stated = {"source": "S0", "place": "toy"}
    for edge, distance_m in zip(rings["edges"], (100, 500, 1500, 3000), strict=True):
        if edge.pop("figure", None):
            edge |= {"distance_m": distance_m, **stated}
    return rings


def figure_row(figure_id: str, **cells: Any) -> Json:
    """A row of the table of figures with every cell that the catalogue asks for."""
    facts = {"source": "S0", "place": "第一节 / part 1", "subject": "示例 / toy", "metric": "area", "unit": "km2"}
    return {"id": figure_id, "feature": "", "value": 1, "qualifier": "", "year": "", "note": "", **facts, **cells}


def project_row(project_id: str, **cells: Any) -> Json:
    """A row of the table of projects with every cell that the catalogue asks for, the others empty."""
    facts = {"name_zh": "示例", "name_en": "toy", "in_zone": "yes", "in_zone_basis": "示例 / toy", "source": "S2"}
    return {**dict.fromkeys(PROJECT_COLUMNS, ""), **facts, "id": project_id, "place": "附件 / annex", **cells}


TOY_METRICS = (
    {"metric": "area", "theme": "extent", "name_zh": "面积", "name_en": "area"},
    {"metric": "length", "theme": "transport", "name_zh": "长度", "name_en": "length"},
    {"metric": "residents", "theme": "population", "name_zh": "常住人口", "name_en": "residents"},
    {"metric": "wetland_per_head", "theme": "ecology", "name_zh": "人均湿地", "name_en": "wetland per head"},
    {"metric": "public_green_per_head", "theme": "ecology", "name_zh": "人均公共绿地", "name_en": "green per head"},
    {"metric": "green_coverage_rate", "theme": "ecology", "name_zh": "绿化覆盖率", "name_en": "green coverage"},
)


def write_ledger(folder: Path, figures: Iterable[Json] = (), projects: Iterable[Json] = ()) -> Path:
    """Gives a data folder a ledger of these rows and returns the folder."""
    (folder / "facts").mkdir(exist_ok=True)
    for name, columns, rows in (
        ("metrics", METRIC_COLUMNS, TOY_METRICS),
        ("stated_figures", FIGURE_COLUMNS, figures),
        ("projects", PROJECT_COLUMNS, projects),
    ):
        with (folder / f"facts/{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(rows)
    path = folder / "catalogue.json"
    catalogue = json.loads(path.read_text("utf-8"))
    tables = {"metrics": "facts/metrics.csv", "figures": ["facts/stated_figures.csv"], "projects": "facts/projects.csv"}
    path.write_text(json.dumps({**catalogue, "ledger": tables}, ensure_ascii=False), "utf-8")
    return folder
