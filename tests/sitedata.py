"""A toy with sites of every kind: one for each verdict that a site can have, one for each reason not to be checked.

The lake reaches to 1,000 m from the middle, shore and outlines are known to 50 m; rings end 500, 1,500 and 3,000 m
from the shore. Industry (1001) is a conflict in ring 1, conditional in ring 2; business (0902) is allowed in ring 3.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from geo.catalogue.rulelinks import ZONES_WITH_USES
from tests import toy

Json = dict[str, Any]
HOSTILE = '=HYPERLINK("http://x","<script>alert(1)</script>{{ 7*191 }}")'
BEGUN = {"condition_zh": "条件", "condition_en": "a condition"}
USES = {
    "ring_1": [{"code": "1001", "verdict": "conflict"}],
    "ring_2": [{"code": "1001", "verdict": "conditional", **BEGUN}],
    "ring_3": [{"code": "0902", "verdict": "allowed"}],
}
# What the rules say of each outline of `site_layers` and `site_rows`, and why the others cannot be checked.
VERDICTS = {
    "sites:factory": "conflict",
    "sites:workshop": "conditional",
    "sites:offices": "allowed",
    "sites:silent": "unknown",
    "parks:lone": "unknown",
    "parks:planned": "unknown",
}
REASONS = {
    "sites:symbol": "symbol",
    "sites:edge": "point",
    "roads:avenue": "line",
    "sites:words": "words",
    "row_words": "words",
    "sites:lost": "nowhere",
    "row_lost": "nowhere",
}
ROWS_OF_FACTORY = ("row_factory", "row_factory_again")
LEFT_OUT = ("row_elsewhere", "row_unknown")


def site_layers() -> dict[str, list[Json]]:
    """The layers of the toy with more sites: outlines 200 m wide, each within one ring by more than all accuracies."""
    layers = toy.toy_layers()
    layers["sites"] += [
        toy.feature("sites:silent", toy.polygon(100, 6000, 0)),
        toy.feature("sites:offices", toy.polygon(100, 3500, 0), land_use="0902", far="much", green_ratio=-1),
        toy.feature("sites:factory", toy.polygon(100, 1250, 500), land_use="1001", name_zh=HOSTILE, name_en=HOSTILE),
        toy.feature("sites:workshop", toy.polygon(100, 2000, 0), land_use="1001"),
        toy.feature("sites:lost", None),
    ]
    layers["parks"].append(toy.feature("parks:lone", toy.polygon(100, -6000, 0), green_class="G1"))
    line = {"type": "LineString", "coordinates": [toy.position(-500, 4000), toy.position(500, 4000)]}
    layers["roads"] = [toy.feature("roads:avenue", line)]
    layers["roads"][0]["properties"] |= {"geometry_basis": "digitised"}
    return layers


def site_rules() -> list[Json]:
    """What the rings are for, and parks that are kept: existing ones for good, planned ones as a note."""
    who = {"source": "S0", "place": "第一节 / part 1", "basis": "stated"}
    named = {"name_zh": "规则", "name_en": "rule", **who}
    uses = [
        {"id": f"{zone}_use", "kind": "ring_use", "ring": zone, "uses": USES.get(zone, []), **named}
        for zone in ZONES_WITH_USES
    ]
    kept = {"kind": "constraint", "layer": "parks", **named}
    return [
        *uses,
        {"id": "parks_kept", "status": "existing", "effect": "conflict", **kept},
        {"id": "parks_planned", "status": "planned", "effect": "note", **kept},
    ]


def site_rows() -> list[Json]:
    """The ledger: rows that share a feature, rows of their own, and rows that do not lie in the zone."""
    return [
        toy.project_row("row_factory", feature="sites:factory"),
        toy.project_row("row_factory_again", feature="sites:factory", source="S1"),
        toy.project_row("row_words", placed_in="places:across", name_zh=HOSTILE, name_en=HOSTILE),
        toy.project_row("row_lost", in_zone="partly", place_words="湖边某处 / somewhere at the lake"),
        toy.project_row("row_park", feature="parks:lone"),
        toy.project_row("row_planned", feature="parks:planned"),
        toy.project_row("row_road", feature="roads:avenue"),
        toy.project_row("row_elsewhere", in_zone="no"),
        toy.project_row("row_unknown", in_zone="unknown"),
    ]


def write_sites(folder: Path, *, with_rules: bool = True) -> Path:
    """The data folder of the toy with these sites and rows; without slots, so that a site can be allowed."""
    toy.write_toy(folder, site_layers())
    path = folder / "catalogue.json"
    catalogue = {**json.loads(path.read_text("utf-8")), "slots": []}
    if with_rules:
        catalogue["rules"] = "rules.json"
        minor = {"share": 0.01, "reason_zh": "假定", "reason_en": "assumed"}
        book = {"version": "1", "minor_share": minor, "rules": site_rules()}
        (folder / "rules.json").write_text(json.dumps(book, ensure_ascii=False), "utf-8")
    path.write_text(json.dumps(catalogue, ensure_ascii=False), "utf-8")
    return toy.write_ledger(folder, projects=site_rows())
