"""`scenario`: what follows if the rings lie elsewhere."""

from __future__ import annotations

import argparse
from typing import Any

from geo.cli.terminal import print_json
from geo.output import tables
from geo.output.scenario import scenario_json
from geo.plan import Plan
from geo.scenario import compare, verdict_changes
from geo.view import View


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    """Adds the command."""
    moved = commands.add_parser("scenario", parents=[common], help="what follows if the rings lie elsewhere")
    moved.set_defaults(run=run)


def run(plan: Plan, view: View, options: argparse.Namespace) -> None:
    """What follows from the ring distances of `--rings`, beside the base plan of the same extent and reading."""
    base = plan.view(view.extent, view.reading)
    found, verdicts = compare(plan, base, view), verdict_changes(plan, base, view)
    if options.json:
        print_json(scenario_json(plan, view, found, verdicts))
    else:
        print(tables.scenario_tables(plan, view, found, verdicts, options.lang))
