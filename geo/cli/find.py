"""`find`: places that fit a wish for land."""

from __future__ import annotations

import argparse
from typing import Any

from geo.cli.terminal import print_json
from geo.find import CLEAR, MOST_PLACES, Wish, find
from geo.output.find import find_json
from geo.output.findtables import find_tables
from geo.plan import Plan
from geo.view import View


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    """Adds the command."""
    land = commands.add_parser("find", parents=[common], help="places that fit a wish for land, ranked")
    land.add_argument("--mu", type=float, required=True, help="land wanted")
    land.add_argument("--land-use", metavar="CODE", help="class of land use, such as 0802")
    land.add_argument("--zones", default="", metavar="ZONE,...", help="such as ring_2 (default: all land)")
    for name, what in (("water-min", "from water at least"), ("metro-max", "to a station"), ("road-max", "to a road")):
        land.add_argument(f"--{name}", type=float, metavar="M", help=f"metres {what}")
    land.add_argument("--clear", default=",".join(CLEAR), metavar="LAYER,...", help="keep clear of (default: all)")
    land.set_defaults(run=run)


def run(plan: Plan, view: View, options: argparse.Namespace) -> None:
    """Where a wish for land fits by the mapped layers, the best places first."""
    zones, clear = (tuple(filter(None, text.split(","))) for text in (options.zones, options.clear))
    wish = Wish(options.mu, options.land_use, zones, options.water_min, options.metro_max, options.road_max, clear)
    found = find(plan, view, wish)
    if options.json:
        print_json(find_json(plan, view, found, MOST_PLACES))
    else:
        print(find_tables(plan, view, found, MOST_PLACES // 2, options.lang))
