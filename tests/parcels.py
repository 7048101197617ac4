"""The toy with a layer of parcels, as data/README says how to add one; 3 km east and north of the middle."""

from __future__ import annotations

import json
from pathlib import Path

from tests import toy

SIDE = 100  # half of a side, metres


def parcel(name: str, code: str, half_side_m: float, at: tuple[float, float], status: str = "existing") -> toy.Json:
    """A square parcel with a land-use code."""
    return toy.feature(f"parcels:{name}", toy.polygon(half_side_m, *at), land_use=code, status=status)


def toy_parcels() -> list[toy.Json]:
    """Two homes that share 100 x 200 m, a park over 50 x 200 m of them, a road half outside, a planned works."""
    return [
        parcel("a", "0701", SIDE, (3000, 3000)),
        parcel("b", "0701", SIDE, (3100, 3000)),
        parcel("c", "1401", SIDE, (3250, 3000)),
        parcel("d", "1001", SIDE / 2, (4000, 4000), status="planned"),
        parcel("e", "1207", SIDE, (10_000, 3000)),
    ]


def write_parcels(folder: Path, layers: dict[str, list[toy.Json]] | None = None, title: str = "Parcels") -> Path:
    """Writes the toy with its parcels as a data folder and returns it."""
    toy.write_toy(folder, layers)
    path = folder / "catalogue.json"
    catalogue = json.loads(path.read_text(encoding="utf-8"))
    row = {"id": "parcels", "group": "projects", "title_zh": title, "title_en": title, "geometry": "polygon"}
    row |= {"visible": True, "min_zoom": 0, "background": False, "file": "parcels.geojson"}
    catalogue["layers"].append(row)
    path.write_text(json.dumps(catalogue, ensure_ascii=False), encoding="utf-8")
    collection = {"type": "FeatureCollection", "features": toy_parcels()}
    (folder / "layers/parcels.geojson").write_text(json.dumps(collection, ensure_ascii=False), encoding="utf-8")
    return folder
