"""QGIS: the project opens from any folder, every layer is valid and drawn in the colours and order of the map."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from geo.output.symbology import TOKENS
from geo.plan import Plan
from tests.clients.checks import WINDOW, NotInstalled, Place, check, counts_of, look, made, ran, ring_places, unpacked

_SCRIPT = Path(__file__).with_name("qgis_open.py")
_PYTHONS = ("/usr/bin/python3", "python3")
_PLAIN_TYPES = {"singleSymbol", "RuleRenderer"}
_ABOUT = 2  # tables about the file itself

Facts = dict[str, Any]


def run(plan: Plan, folder: Path) -> str:
    """Opens the Chinese project, and the English one over data in degrees, each in a folder that was moved."""
    python = _python()
    chinese = _opened(plan, python, folder, "zh", "移动 后的文件夹")
    english = _opened(plan, python, folder, "en", "moved here", crs="EPSG:4326")
    for facts in (chinese, english):
        _check_project(plan, facts)
        check(facts["sheets"] == ["A3"], f"sheets to print: {facts['sheets']}")
    _check_order(plan, chinese)
    _check_names(chinese)
    _check_alone(chinese)
    seen = [_look(plan, facts, folder / f"qgis-{lang}.png") for lang, facts in (("zh", chinese), ("en", english))]
    layers = len(chinese["layers"])
    return f"QGIS {chinese['version']}: {layers} layers valid, styled, in order; colours found at {seen[0]}"


def _python() -> str:
    """The Python that knows QGIS."""
    for python in (os.environ.get("QGIS_PYTHON"), *_PYTHONS):
        try:
            asked = [str(python), "-c", "import qgis.core"]
            if python and subprocess.run(asked, capture_output=True, timeout=60, check=False).returncode == 0:
                return python
        except (OSError, subprocess.TimeoutExpired):
            continue
    raise NotInstalled("no Python here has qgis.core (Debian: apt install python3-qgis; else set QGIS_PYTHON)")


def _opened(plan: Plan, python: str, folder: Path, lang: str, name: str, **words: object) -> Facts:
    home = unpacked(made(plan, "zip", lang=lang, **words), folder / "qgis" / name)
    sides = [str(side) for side in WINDOW]
    quiet = {"QT_QPA_PLATFORM": "offscreen", "QGIS_CUSTOM_CONFIG_PATH": str(folder / "qgis-settings")}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")} | quiet
    told = ran([python, str(_SCRIPT), str(home), str(folder / f"qgis-{lang}.png"), *sides], **environment)
    facts: Facts = json.loads(told)
    facts["home"] = str(home)
    return facts


def _check_project(plan: Plan, facts: Facts) -> None:
    """System, validity, counts, renderers, expressions."""
    check(facts["read"], "QGIS could not read the project")
    check(facts["crs"] == plan.catalogue.metric_crs, f"the project is in {facts['crs']!r}")
    invalid = [layer["name"] for layer in facts["layers"].values() if not layer["valid"]]
    check(not invalid, f"not valid: {invalid}")
    check(facts["faults"] == [], f"expressions that QGIS cannot evaluate: {facts['faults'][:3]}")
    elsewhere = [source for source in facts["sources"].values() if not source.startswith(facts["home"])]
    check(not elsewhere, f"sources that did not move along: {elsewhere}")
    counted: dict[str, int] = {}
    for source, count in {(facts["sources"][key], layer["count"]) for key, layer in facts["layers"].items()}:
        table = source.rpartition("=")[2]
        layer_id = next((one for one in _by_length(plan) if table == one or table.startswith(f"{one}_")), "")
        counted[layer_id] = counted.get(layer_id, 0) + count
    wanted = {name: count for name, count in counts_of(plan, plan.view()).items() if count}
    check({name: counted.get(name, 0) for name in wanted} == wanted, f"counts differ: {counted} and {wanted}")
    drawn = [layer for layer in facts["layers"].values() if layer["renderer"]]
    check({layer["renderer"] for layer in drawn} <= _PLAIN_TYPES, "a layer has a renderer that is not the atlas's")
    colours = {colour for layer in drawn for colour in layer["colours"]}
    check(colours <= {*TOKENS.values()}, f"colours that are no tokens: {colours - {*TOKENS.values()}}")


def _by_length(plan: Plan) -> list[str]:
    """The ids of layers, the longest first: one may be the beginning of another."""
    return sorted((layer.id for layer in plan.catalogue.layers), key=len, reverse=True)


def _check_order(plan: Plan, facts: Facts) -> None:
    """From below: the ground, the layers as the catalogue has them, with the lines of the zone over the metro."""
    from_below = [facts["sources"][key].rpartition("=")[2] for key in reversed(facts["tree"]["order"])]
    ids = [next(one for one in _by_length(plan) if table == one or table.startswith(f"{one}_")) for table in from_below]
    rest = [one for one in ids if not one.startswith("extent_")]
    catalogue = [layer.id for layer in plan.catalogue.layers if layer.id in rest]
    check(list(dict.fromkeys(rest)) == catalogue, f"the draw order is {rest}, that of the map {catalogue}")
    check(ids[0].startswith("extent_"), "the ground of the zone is not drawn first")
    above = max(place for place, one in enumerate(ids) if one.startswith("extent_"))
    check(
        above > max(place for place, one in enumerate(ids) if one in ("metro", "rings")), "the zone's lines are hidden"
    )
    groups = [group.name_zh for group in plan.catalogue.groups]
    check([name for name in facts["tree"]["groups"] if name in groups] == groups, f"groups: {facts['tree']['groups']}")


def _check_names(facts: Facts) -> None:
    """Names of a lake, of rings with their use, of an inferred area with its accuracy, and a distance."""
    names = [name.replace("\n", " ") for name in facts["drawn"]["names"]]
    for wanted in ("瑶湖", "第一圈", "第三圈", "推定 ±", "500 m"):
        check(any(wanted in name for name in names), f"no name with {wanted!r} among {names}")
    aliases = {alias for layer in facts["layers"].values() for alias in layer["aliases"]}
    check({"编号", "名称", "定位依据"} <= aliases, "the columns have no Chinese headings")


def _check_alone(facts: Facts) -> None:
    """The GeoPackage by itself is styled as the project is."""
    same = [(facts["sources"][key].rpartition("=")[2], layer) for key, layer in facts["layers"].items()]
    for table, layer in same:
        if layer["renderer"] and not table.startswith("extent_"):  # the project draws those in two layers
            alone = facts["data"][table]
            for what in ("renderer", "symbols", "colours", "labels"):
                check(alone[what] == layer[what], f"{table} alone: {what} {alone[what]}, in the project {layer[what]}")


def _look(plan: Plan, facts: Facts, picture: Path) -> str:
    """The colours of rings, water and the world outside are where the plan has them."""
    west, _, east, north = facts["drawn"]["bounds"]
    pixel = (east - west) / 1400

    def to_pixel(x: float, y: float) -> tuple[float, float]:
        return (x - west) / pixel, (north - y) / pixel

    corner = [Place(west + pixel * (20 + 5 * step), north - pixel * 30, "outside") for step in range(20)]
    return look(picture, [*ring_places(plan, plan.view()), *corner], to_pixel)
