"""The command line: `python -m geo check | metrics | membership FILE | assess FILE | find | scenario | export LAYER`.

Tables for people, `--json` for programs. Ends with 0, or with 2 and a message that says what to do.
"""

from __future__ import annotations

import argparse
import io
import json
import locale
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from tabulate import tabulate

from geo import crs
from geo.assess import AnsweredSite, Question, answer
from geo.errors import CrsError, DataError, GeoError, GeometryError, QueryError
from geo.find import CLEAR, MOST_PLACES, Wish, find
from geo.formats.geojson import Note, Skipped
from geo.formats.places import NamedPlace, read_places
from geo.membership import home_zone, share_by_zone
from geo.output import exports, features, metrics, tables
from geo.output.assess import answer_json
from geo.output.find import find_json
from geo.output.findtables import find_tables
from geo.output.scenario import scenario_json
from geo.plan import Plan, load_plan
from geo.rings import OUTSIDE, READINGS
from geo.rules import VERDICT_WORDS
from geo.scenario import compare, parse_rings, verdict_changes
from geo.units import format_area
from geo.view import View

FAILED = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code: 0, or 2 after a message on the error stream."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal of another encoding is no reason to fail
    options = _parser().parse_args(arguments)
    try:
        plan = load_plan(options.data)
        options.run(plan, plan.view(options.extent, options.reading, _rings(options)), options)
        sys.stdout.flush()
    except DataError as error:
        _tell_faults(error, options)
        return FAILED
    except GeoError as error:
        print(error.text(options.lang), file=sys.stderr)
        return FAILED
    except BrokenPipeError:  # the reader (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        print(f"The output cannot be written: {error.strerror}. 无法写出结果。", file=sys.stderr)
        return FAILED
    return 0


def _rings(options: argparse.Namespace) -> tuple[float, ...] | None:
    return None if options.rings is None else parse_rings(options.rings)


def _tell_faults(error: DataError, options: argparse.Namespace) -> None:
    """Every fault of the data: JSON on the output stream for programs, lines on the error stream for people."""
    if options.json:
        _print_json({"ok": False, "faults": [asdict(fault) for fault in error.faults]})
    else:
        print(error.text(options.lang), file=sys.stderr)


def check(plan: Plan, view: View, options: argparse.Namespace) -> None:
    """Says that the data folder is whole (load_plan has named every fault if it is not)."""
    catalogue = plan.catalogue
    rows = [features_in(plan, view, layer.id, layer.title_zh, layer.title_en) for layer in catalogue.layers]
    if options.json:
        _print_json({"ok": True, "version": catalogue.version, "layers": rows})
        return
    columns = {"zh": ("图层", "名称", "画出", "仅有文字"), "en": ("layer", "title", "drawn", "in words only")}
    title = "title_zh" if options.lang == "zh" else "title_en"
    table = [(row["id"], row[title], row["drawn"], row["not_drawn"]) for row in rows]
    print(tabulate(table, columns[options.lang]))
    print("数据无误。" if options.lang == "zh" else "The data are whole: no fault found.")


def features_in(plan: Plan, view: View, layer_id: str, title_zh: str, title_en: str) -> dict[str, Any]:
    """How many features of a layer are drawn and how many are known only in words."""
    shapes = plan.of_layer(layer_id, view)
    drawn = sum(shape.geometry is not None for shape in shapes)
    titles = {"title_zh": title_zh, "title_en": title_en}
    return {"id": layer_id, **titles, "drawn": drawn, "not_drawn": len(shapes) - drawn}


def show_metrics(plan: Plan, view: View, options: argparse.Namespace) -> None:
    """Areas of extents, waters and zones, and the green metrics with their denominators."""
    if options.json:
        _print_json(metrics.metrics(plan, view))
    else:
        print(tables.metrics_tables(plan, view, options.lang))


def membership(plan: Plan, view: View, options: argparse.Namespace) -> None:
    """The zone of each point, and the home zone and shares of each area of a file."""
    rows = member_rows(plan, view, read_places(options.file))
    if options.json:
        _print_json(rows)
        return
    columns = {"zh": ("名称", "圈层", "距岸 m", "占比"), "en": ("name", "zone", "to the shore m", "shares")}
    table = [
        (_printable(row["name"]), row["zone"], row["distance_to_lake_m"], _share_text(row["shares"])) for row in rows
    ]
    print(tabulate(table, columns[options.lang], disable_numparse=True))


def member_rows(plan: Plan, view: View, places: list[NamedPlace]) -> list[dict[str, Any]]:
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
        name = _printable(place.name)
        raise GeometryError(f"{name}: {error.en}", f"{name}：{error.zh}") from None


def assess_sites(plan: Plan, view: View, options: argparse.Namespace) -> None:
    """What the plan says of each area of a GeoJSON file, one site a feature, and what of the file was left out."""
    named = (options.crs, options.datum, view.extent, view.reading)
    question = Question(_content(options.file), *named, each=True, rings=view.distances_m)
    found = answer(plan, question)
    notes: list[Note | Skipped] = [
        *found.notices,
        *found.skipped,
        *(note for site in found.sites for note in site.notices),
    ]
    for note in notes:
        print(_printable(note.text(options.lang)), file=sys.stderr)
    if options.json:
        _print_json(answer_json(plan, view, found, each=True))
        return
    columns = {
        "zh": ("地块", "亩", "主圈层", "结论", "理由"),
        "en": ("site", "mu", "home zone", "verdict", "because of"),
    }
    table = [_assess_row(view, site, options.lang) for site in found.sites]
    print(tabulate(table, columns[options.lang], disable_numparse=True))


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise QueryError(
            f"{path} cannot be read: {error.strerror}. Give the path of a GeoJSON file.",
            f"无法读取 {path}：{error.strerror}。请给出 GeoJSON 文件的路径。",
        ) from None


def _assess_row(view: View, site: AnsweredSite, lang: str) -> tuple[str, ...]:
    """Number, land in mu, home zone, verdict, and the rules that give that verdict."""
    found = site.found
    side = 0 if lang == "zh" else 1
    zone = next((ring for ring in view.config.rings if ring.id == found.home_zone), None)
    home = found.home_zone if zone is None else (zone.name_zh, zone.name_en)[side]
    verdict = VERDICT_WORDS[found.verdict][side]
    because = [one.name[side] for one in found.verdicts if one.verdict == found.verdict]
    area = format_area(found.area_m2, "mu", lang)
    return str(site.number), area, home, verdict, _printable("; ".join(because))


def find_land(plan: Plan, view: View, options: argparse.Namespace) -> None:
    """Where a wish for land fits by the mapped layers, the best places first."""
    zones, clear = (tuple(filter(None, text.split(","))) for text in (options.zones, options.clear))
    wish = Wish(options.mu, options.land_use, zones, options.water_min, options.metro_max, options.road_max, clear)
    found = find(plan, view, wish)
    if options.json:
        _print_json(find_json(plan, view, found, MOST_PLACES))
    else:
        print(find_tables(plan, view, found, MOST_PLACES // 2, options.lang))


def export(plan: Plan, view: View, options: argparse.Namespace) -> None:
    """Writes a layer (or `all`) as GeoJSON to `--out`, or to the output stream."""
    content = exports.geojson(plan, options.layer, view, os.environ.get("MAP_REVIEW_NO"))
    if options.out is None:
        sys.stdout.buffer.write(content + b"\n")
        return
    try:
        options.out.write_bytes(content)
    except OSError as error:
        raise QueryError(
            f"{options.out} cannot be written: {error.strerror}. Give a path in a folder that exists.",
            f"无法写入 {options.out}：{error.strerror}。请给出已有文件夹中的路径。",
        ) from None
    print(f"{options.out}: {len(content):,} bytes", file=sys.stderr)


def scenario(plan: Plan, view: View, options: argparse.Namespace) -> None:
    """What follows from the ring distances of `--rings`, beside the base plan of the same extent and reading."""
    base = plan.view(view.extent, view.reading)
    found, verdicts = compare(plan, base, view), verdict_changes(plan, base, view)
    if options.json:
        _print_json(scenario_json(plan, view, found, verdicts))
    else:
        print(tables.scenario_tables(plan, view, found, verdicts, options.lang))


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--data", type=Path, default=Path("data"), help="the data folder (default: data)")
    common.add_argument("--json", action="store_true", help="JSON for programs instead of tables")
    common.add_argument("--lang", choices=("zh", "en"), default=_language(), help="language of tables and messages")
    common.add_argument("--extent", choices=("2013", "2025"), help="extent of the zone (default: 2025)")
    common.add_argument("--reading", choices=READINGS, help="reading of ring 1 (default: shore_belt)")
    common.add_argument(
        "--rings", metavar="M,M,M", help="outer ring distances in metres: a scenario, not the base plan"
    )
    parser = argparse.ArgumentParser(prog="python -m geo", description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    commands.add_parser("check", parents=[common], help="check the data folder").set_defaults(run=check)
    commands.add_parser("metrics", parents=[common], help="areas and green metrics").set_defaults(run=show_metrics)
    member = commands.add_parser("membership", parents=[common], help="zones of the points and areas of a file")
    member.add_argument("file", type=Path, metavar="FILE", help="GeoJSON, or CSV with the columns lon and lat")
    member.set_defaults(run=membership)
    sites = commands.add_parser("assess", parents=[common], help="verdicts on the areas of a file, with reasons")
    sites.add_argument("file", type=Path, metavar="FILE", help="GeoJSON")
    sites.add_argument("--crs", metavar="EPSG:n", help="system of the coordinates, if the file does not say it")
    sites.add_argument("--datum", choices=crs.DATUMS, help="datum of degrees (default: by the file, else WGS 84)")
    sites.set_defaults(run=assess_sites)
    moved = commands.add_parser("scenario", parents=[common], help="what follows if the rings lie elsewhere")
    moved.set_defaults(run=scenario)
    land = commands.add_parser("find", parents=[common], help="places that fit a wish for land, ranked")
    land.add_argument("--mu", type=float, required=True, help="land wanted")
    land.add_argument("--land-use", metavar="CODE", help="class of land use, such as 0802")
    land.add_argument("--zones", default="", metavar="ZONE,...", help="such as ring_2 (default: all land)")
    for name, what in (("water-min", "from water at least"), ("metro-max", "to a station"), ("road-max", "to a road")):
        land.add_argument(f"--{name}", type=float, metavar="M", help=f"metres {what}")
    land.add_argument("--clear", default=",".join(CLEAR), metavar="LAYER,...", help="keep clear of (default: all)")
    land.set_defaults(run=find_land)
    out = commands.add_parser("export", parents=[common], help="a layer as GeoJSON")
    out.add_argument("layer", metavar="LAYER", help="a layer id, or all")
    out.add_argument("--out", type=Path, metavar="FILE", help="write to a file instead of the output stream")
    out.set_defaults(run=export)
    return parser


def _language() -> str:
    name = os.environ.get("LC_ALL") or os.environ.get("LANG") or locale.getlocale()[0] or ""
    return "zh" if name.startswith("zh") else "en"


def _share_text(shares: dict[str, float] | None) -> str:
    return ", ".join(f"{zone} {share:.1%}" for zone, share in (shares or {}).items() if share > 0)


def _printable(text: str) -> str:
    """`text` without what a terminal would obey."""
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2))


if __name__ == "__main__":
    sys.exit(main())
