"""`membership`: the zones of the points and areas of a file."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from tabulate import tabulate

from geo import crs
from geo.cli.terminal import print_json, printable
from geo.errors import CrsError, GeometryError
from geo.formats.places import NamedPlace, read_places
from geo.membership import home_zone, share_by_zone
from geo.output import features
from geo.plan import Plan
from geo.rings import OUTSIDE
from geo.view import View


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    """Adds the command."""
    member = commands.add_parser("membership", parents=[common], help="zones of the points and areas of a file")
    member.add_argument("file", type=Path, metavar="FILE", help="GeoJSON, or CSV with the columns lon and lat")
    member.set_defaults(run=run)


def run(plan: Plan, view: View, options: argparse.Namespace) -> None:
    """The zone of each point, and the home zone and shares of each area of a file."""
    rows = _member_rows(plan, view, read_places(options.file))
    if options.json:
        print_json(rows)
        return
    columns = {"zh": ("名称", "圈层", "距岸 m", "占比"), "en": ("name", "zone", "to the shore m", "shares")}
    table = [
        (printable(row["name"]), row["zone"], row["distance_to_lake_m"], _share_text(row["shares"])) for row in rows
    ]
    print(tabulate(table, columns[options.lang], disable_numparse=True))


def _member_rows(plan: Plan, view: View, places: list[NamedPlace]) -> list[dict[str, Any]]:
    """For each place its zone by the atlas's line, the distance of points (m), the shares of areas."""
    names = (*view.zones, OUTSIDE)
    rows = []
    for place in places:
        row: dict[str, Any] = {"name": place.name, "zone": None, "distance_to_lake_m": None, "shares": None}
        if isinstance(place.geometry, shapely.Point):
            point = features.membership(plan, place.geometry.x, place.geometry.y, view)
            row |= {"zone": point["zone"], "distance_to_lake_m": point["distance_to_lake_m"]}
        else:
            shares = share_by_zone([_area_m(place, plan)], list(view.zones.values()))
            row["zone"] = names[int(np.asarray(home_zone(shares))[0])]
            row["shares"] = {name: round(float(share), 6) for name, share in zip(names, shares[0], strict=True)}
        rows.append(row)
    return rows


def _area_m(place: NamedPlace, plan: Plan) -> BaseGeometry:
    try:
        return crs.to_metres(place.geometry, plan.catalogue.metric_crs)
    except CrsError as error:
        name = printable(place.name)
        raise GeometryError(f"{name}: {error.en}", f"{name}：{error.zh}") from None


def _share_text(shares: dict[str, float] | None) -> str:
    return ", ".join(f"{zone} {share:.1%}" for zone, share in (shares or {}).items() if share > 0)
