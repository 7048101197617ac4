"""Runs every client: `python -m tests.clients`. A line for each; what they drew stays in var/clients.

Ends with 1 if a client that is there fails; a client that is not there is NOT RUN, which is no failure.
"""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

from geo.plan import Plan, load_plan
from tests.clients import drawing, ogrinfo, project
from tests.clients.checks import Failed, NotInstalled
from tests.running import ROOT

_CLIENTS: tuple[tuple[str, Callable[[Plan, Path], str]], ...] = (
    ("QGIS", project.run),
    ("GDAL", ogrinfo.run),
    ("CAD drawing", drawing.run),
)


def main() -> int:
    """1 if a client failed, else 0."""
    folder = ROOT / "var" / "clients"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    plan = load_plan(ROOT / "data")
    outcomes = [_outcome(name, run, plan, folder) for name, run in _CLIENTS]
    return int("FAILED" in outcomes)


def _outcome(name: str, run: Callable[[Plan, Path], str], plan: Plan, folder: Path) -> str:
    begun = time.monotonic()
    try:
        outcome, words = "RAN", run(plan, folder)
    except NotInstalled as missing:
        outcome, words = "NOT RUN", str(missing)
    except Failed as wrong:
        outcome, words = "FAILED", str(wrong)
    print(f"{outcome}: {name}: {words} ({time.monotonic() - begun:.0f} s)", flush=True)
    return outcome


if __name__ == "__main__":
    sys.exit(main())
