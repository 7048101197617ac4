"""The words of the command line: those of all commands, and each command with its own."""

from __future__ import annotations

import argparse
import locale
import os
from pathlib import Path

from geo.cli import assess, check, export, find, membership, metrics, scenario
from geo.rings import READINGS

_COMMANDS = (check, metrics, membership, assess, scenario, find, export)
_ABOUT = "The plan on the command line: tables for people, --json for programs, files for other software."


def parser() -> argparse.ArgumentParser:
    """The parser. What it parses has `run`, to be called with the plan, the view and the words themselves."""
    common = _common()
    whole = argparse.ArgumentParser(prog="python -m geo", description=_ABOUT)
    commands = whole.add_subparsers(required=True, metavar="COMMAND")
    for command in _COMMANDS:
        command.add(commands, common)
    return whole


def _common() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--data", type=Path, default=Path("data"), help="the data folder (default: data)")
    common.add_argument("--json", action="store_true", help="JSON for programs instead of tables")
    common.add_argument("--lang", choices=("zh", "en"), default=_language(), help="language of tables and messages")
    common.add_argument("--extent", choices=("2013", "2025"), help="extent of the zone (default: 2025)")
    common.add_argument("--reading", choices=READINGS, help="reading of ring 1 (default: shore_belt)")
    common.add_argument(
        "--rings", metavar="M,M,M", help="outer ring distances in metres: a scenario, not the base plan"
    )
    return common


def _language() -> str:
    name = os.environ.get("LC_ALL") or os.environ.get("LANG") or locale.getlocale()[0] or ""
    return "zh" if name.startswith("zh") else "en"
