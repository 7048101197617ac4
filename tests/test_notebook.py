"""The example notebook runs as an analyst would run it: in a kernel of its own, from the folder where it stands."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

ROOT = Path(__file__).parent.parent
NOTEBOOK = ROOT / "docs/notebook.ipynb"
# What the laws below ask of the names that the cells leave behind.
_LAWS = """
import json
json.dumps({
    "ring_areas_m2": rings.area_m2.tolist(), "land_m2": land_m2, "measured": measured, "crs": rings.crs.to_string(),
    "shares": areas["share"].tolist(), "change_km2": float(change.sum()), "moved_m": moved.outer_m.dropna().tolist(),
    "share_of_ring_2": [found.share_ring_2.tolist(), found.share_measured.tolist()], "places": list(found.index),
    "bases": sorted(set(outlined.geometry_basis)), "names": [again.name_zh.tolist(), rings.name_zh.tolist()],
})
"""


# Jupyter in a process of its own: its sockets and event loop end with it. The kernel is reached through files.
_RUNNER = """
import sys
import nbformat
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
given, made, folder = sys.argv[1:]
kernel = AsyncKernelManager(kernel_name="python3", transport="ipc", ip=made + ".ipc")
resources = {"metadata": {"path": folder}}
book = NotebookClient(nbformat.read(given, 4), km=kernel, timeout=60, resources=resources).execute()
nbformat.write(book, made)
"""


def run(book: nbformat.NotebookNode, folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs a notebook in docs/; with its outputs it is then `folder`/made.ipynb."""
    given, made = folder / "given.ipynb", folder / "made.ipynb"
    nbformat.write(book, given)
    names = ("JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR")
    own = {name: str(folder / name.lower()) for name in names}
    command = [sys.executable, "-c", _RUNNER, str(given), str(made), str(NOTEBOOK.parent)]
    environment = {**os.environ, **own, "JUPYTER_PLATFORM_DIRS": "1"}
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)


def outputs(cell: nbformat.NotebookNode) -> list[Any]:
    return list(cell.get("outputs", []))


def value(cell: nbformat.NotebookNode, mime: str = "text/plain") -> str:
    """The value of a cell as `mime`."""
    (found,) = [one["data"][mime] for one in outputs(cell) if one["output_type"] == "execute_result"]
    return str(found)


def test_notebook_runs_and_its_numbers_keep_the_laws(tmp_path: Path) -> None:
    book = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(book)
    book.cells.append(nbformat.v4.new_code_cell(_LAWS))
    done = run(book, tmp_path)
    assert done.returncode == 0, done.stderr
    cells = [cell for cell in nbformat.read(tmp_path / "made.ipynb", as_version=4).cells if cell.cell_type == "code"]
    assert not [one for cell in cells for one in outputs(cell) if one["output_type"] == "error"]
    assert not [one for cell in cells for one in outputs(cell) if one.get("name") == "stderr"]
    found = json.loads(value(cells[-1]).strip("'"))
    assert found["crs"] == "EPSG:4548"
    assert sum(found["ring_areas_m2"]) == pytest.approx(found["land_m2"], rel=1e-6)
    assert sum(found["shares"]) == pytest.approx(1, abs=0.002)
    assert found["measured"] < 0.01  # m2: area_m2 is rounded to 0.01
    assert found["change_km2"] == pytest.approx(0, abs=1e-5)  # what one ring loses another gains
    assert found["moved_m"] == [300, 1000, 2500]
    assert found["share_of_ring_2"][0] == pytest.approx(found["share_of_ring_2"][1], abs=2e-6)
    assert "science_island:island" in found["places"]
    assert "symbolic_footprint" not in found["bases"]
    assert found["names"][0] == found["names"][1]
    assert len(found["names"][0]) == 4
    frame = value(cells[-2], "text/html")
    assert frame.startswith("<iframe srcdoc=")
    assert "瑶湖规划图集" in frame


def test_twin_a_cell_that_fails_fails_the_run(tmp_path: Path) -> None:
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 / 0")])
    done = run(book, tmp_path)
    assert done.returncode != 0
    assert "ZeroDivisionError" in done.stderr
    assert not (tmp_path / "made.ipynb").exists()


def test_notebook_stands_in_the_repository_without_outputs() -> None:
    book = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    code = [cell for cell in book["cells"] if cell["cell_type"] == "code"]
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
    assert book["metadata"]["kernelspec"]["name"] == "python3"
    words = "".join(line for cell in book["cells"] for line in cell["source"])
    assert str(ROOT) not in words
    assert os.path.expanduser("~") not in words


def test_text_cells_speak_both_languages() -> None:
    book = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    for cell in book["cells"]:
        text = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            assert any("一" <= char <= "鿿" for char in text)
            assert any(line.isascii() and len(line) > 20 for line in text.splitlines()) or "/" in text
