"""The law of who may import whom, and how big a module or a function may be.

Each guard has a twin that feeds it a breach: a guard that cannot fail guards nothing.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULE_LINES, FUNCTION_LINES, SCRIPT_LINES = 300, 40, 200

TIERS = (
    {"errors"},
    {"units", "crs"},
    {"landuse", "catalogue", "formats"},
    {"rings", "shapes", "membership", "green", "rules"},
    {"view", "timeline"},
    {"plan"},
    {"metrics", "search", "reconcile", "projects", "trends", "neighbours", "assess"},
    {"scenario", "find", "sensitivity"},
    {"output"},
    {"cli"},
    {"__main__"},
)
RANK = {noun: rank for rank, tier in enumerate(TIERS) for noun in tier}
PURE = TIERS[3]  # take geometries and numbers: they know neither each other nor the catalogue
FORBIDDEN_IN_GEO = {"flask", "folium", "branca", "jinja2", "werkzeug", "waitress", "webapp", "flask_babel"}
ONLY_USER = {"pyproj": "geo/crs/", "folium": "webapp/maps.py", "branca": "webapp/maps.py"}

# Imports against the tiers, each with its reason; they are made inside a function, or not at all.
DOORS = {
    (
        "geo/plan.py",
        "geo.output.frames",
    ): "plan.frame(...) is what an analyst looks for; whoever does not ask loads none",
}


def imports_of(source: str) -> Iterator[str]:
    """The dotted names that a module imports, with what `from` takes from a package of ours."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield node.module or ""
            if node.module in ("geo", "webapp"):
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def noun_of(path: str) -> str:
    """The noun of a file of geo: geo/crs/areas.py and geo/crs.py are both `crs`."""
    return path.split("/")[1].removesuffix(".py")


def breaches(path: str, source: str) -> list[str]:
    """What a file imports against the law."""
    found = []
    for name in imports_of(source):
        root, _, rest = name.partition(".")
        if root in ONLY_USER and not path.startswith(ONLY_USER[root]):
            found.append(f"{path} imports {root}: only {ONLY_USER[root]} may")
        if path.startswith("geo/") and root in FORBIDDEN_IN_GEO:
            found.append(f"{path} imports {root}: geo knows no web")
        if path.startswith("geo/") and root == "geo" and rest and not is_open_door(path, name, source):
            found.extend(_tier_breaches(path, rest.split(".")[0]))
    return found


def is_open_door(path: str, name: str, source: str) -> bool:
    """Whether an import is one of DOORS, and late."""
    first = [node for node in ast.parse(source).body if isinstance(node, ast.Import | ast.ImportFrom)]
    return (path, name) in DOORS and name not in imports_of("\n".join(map(ast.unparse, first)))


def _tier_breaches(path: str, wanted: str) -> list[str]:
    noun = noun_of(path)
    if noun in (wanted, "__init__"):
        return []
    if wanted not in RANK or noun not in RANK:
        return [f"{path} imports geo.{wanted}: one of them stands in no tier"]
    if noun in PURE and wanted == "catalogue":
        return [f"{path} imports geo.catalogue: it takes geometries and numbers"]
    if RANK[wanted] >= RANK[noun]:
        return [f"{path} (tier {RANK[noun]}) imports geo.{wanted} (tier {RANK[wanted]})"]
    return []


def python_files() -> list[str]:
    """Every Python file of geo and webapp, relative to the repository."""
    return sorted(str(path.relative_to(ROOT)) for part in ("geo", "webapp") for path in (ROOT / part).rglob("*.py"))


def long_functions(source: str) -> list[str]:
    """The functions of more than the lines allowed, docstring not counted."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
            lines = (node.end_lineno or 0) - first.lineno + 1 + (node.body[0].lineno - node.lineno)
            if lines > FUNCTION_LINES:
                found.append(f"{node.name}: {lines} lines")
    return found


@pytest.mark.parametrize("path", python_files())
def test_imports_follow_the_tiers(path: str) -> None:
    assert breaches(path, (ROOT / path).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("geo/rings.py", "from geo import membership"),
        ("geo/rings.py", "from geo.catalogue import Feature"),
        ("geo/crs/areas.py", "import geo.plan"),
        ("geo/plan.py", "from geo.output.features import rounded"),
        ("geo/view.py", "def frame():\n    from geo.output.frames import frame_of"),  # the door of another
        ("geo/plan.py", "def frame():\n    from geo.output.features import rounded"),  # another room
        ("geo/plan.py", "from geo.output.frames import frame_of"),  # not late
        ("geo/output/tables.py", "from geo.cli.terminal import printable"),
        ("geo/units.py", "import flask"),
        ("geo/units.py", "from webapp import maps"),
        ("geo/plan.py", "import pyproj"),
        ("webapp/api.py", "def draw():\n    import folium"),
        ("geo/plan.py", "from geo.elsewhere import thing"),
    ],
)
def test_imports_against_the_tiers_are_found(path: str, source: str) -> None:
    assert breaches(path, source)


@pytest.mark.parametrize(("path", "name"), DOORS)
def test_doors_are_used_and_open_late(path: str, name: str) -> None:
    assert name in imports_of((ROOT / path).read_text(encoding="utf-8"))
    assert breaches(path, f"def late():\n    import {name}") == []


@pytest.mark.parametrize("path", python_files())
def test_modules_and_functions_stay_small(path: str) -> None:
    source = (ROOT / path).read_text(encoding="utf-8")
    assert source.count("\n") < MODULE_LINES
    assert long_functions(source) == []


def test_long_function_is_found() -> None:
    body = "\n".join("    x = 1" for _ in range(FUNCTION_LINES))
    assert long_functions(f"def long():\n{body}\n") == ["long: 41 lines"]


@pytest.mark.parametrize("path", sorted((ROOT / "static/js").rglob("*.js")), ids=lambda path: path.name)
def test_browser_modules_stay_small(path: Path) -> None:
    assert path.read_text(encoding="utf-8").count("\n") <= SCRIPT_LINES
