"""`metrics`: areas of extents, waters and zones, and the green metrics."""

from __future__ import annotations

import argparse
from typing import Any

from geo.cli.terminal import print_json
from geo.output import metrics, tables
from geo.plan import Plan
from geo.view import View


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    """Adds the command."""
    commands.add_parser("metrics", parents=[common], help="areas and green metrics").set_defaults(run=run)


def run(plan: Plan, view: View, options: argparse.Namespace) -> None:
    """Areas of extents, waters and zones, and the green metrics with their denominators."""
    if options.json:
        print_json(metrics.metrics(plan, view))
    else:
        print(tables.metrics_tables(plan, view, options.lang))
