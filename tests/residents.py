"""The toy with residents of its rings and parks on both sides of a ring edge, so that green per head is arithmetic.

Ring 1 holds 250 x 200 m of park and half of a square of 200 m, so does ring 2 the other half; 400 and 100 people.
"""

from __future__ import annotations

import json
from pathlib import Path

from tests import toy

PERSONS = {"ring_1": 400, "ring_2": 100, "ring_3": 50}
PER_HEAD = {"ring_1": 70_000 / 400, "ring_2": 20_000 / 100, "ring_3": 0.0}  # m2 of G1 parks for each resident


def residents_layers() -> dict[str, list[toy.Json]]:
    """The layers of the toy with a G1 park over the edge at 500 m, one of G2 in ring 1, and one unknown in ring 4."""
    layers = toy.toy_layers()
    layers["parks"] += [
        toy.feature("parks:edge", toy.polygon(100, 1500, 600), green_class="G1"),
        toy.feature("parks:guard", toy.polygon(100, -1300, 600), green_class="G2"),
        toy.feature("parks:far", toy.polygon(100, 8000, 8000), green_class="unknown"),
    ]
    return layers


def write_residents(folder: Path, layers: dict[str, list[toy.Json]] | None = None) -> Path:
    """Writes the toy with its residents as a data folder and returns it; ring 1 is counted as the shore belt."""
    toy.write_toy(folder, layers or residents_layers())
    path = folder / "catalogue.json"
    catalogue = json.loads(path.read_text(encoding="utf-8"))
    told = {"extent": "2025", "year": 2024, "qualifier": "", "source": "S4", "place": "测试 / test"}
    rows = [{**told, "zone": zone, "persons": persons} for zone, persons in PERSONS.items()]
    rows[0]["reading"] = "shore_belt"
    catalogue["populations"] += rows
    path.write_text(json.dumps(catalogue, ensure_ascii=False), encoding="utf-8")
    return folder
