"""`assess`: what the plan says of each area of a file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from tabulate import tabulate

from geo import crs
from geo.assess import Answer, AnsweredSite, Question, answer
from geo.cli.terminal import content_of, print_json, printable
from geo.formats.geojson import Note, Skipped
from geo.output.assess import answer_json
from geo.plan import Plan
from geo.rules import VERDICT_WORDS
from geo.units import format_area
from geo.view import View


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    """Adds the command."""
    sites = commands.add_parser("assess", parents=[common], help="verdicts on the areas of a file, with reasons")
    sites.add_argument("file", type=Path, metavar="FILE", help="GeoJSON")
    sites.add_argument("--crs", metavar="EPSG:n", help="system of the coordinates, if the file does not say it")
    sites.add_argument("--datum", choices=crs.DATUMS, help="datum of degrees (default: by the file, else WGS 84)")
    sites.set_defaults(run=run)


def run(plan: Plan, view: View, options: argparse.Namespace) -> None:
    """What the plan says of each area of a GeoJSON file, one site a feature, and what of the file was left out."""
    named = (options.crs, options.datum, view.extent, view.reading)
    question = Question(content_of(options.file), *named, each=True, rings=view.distances_m)
    found = answer(plan, question)
    tell_notes(found, options.lang)
    if options.json:
        print_json(answer_json(plan, view, found, each=True))
        return
    columns = {
        "zh": ("地块", "亩", "主圈层", "结论", "理由"),
        "en": ("site", "mu", "home zone", "verdict", "because of"),
    }
    table = [_row(view, site, options.lang) for site in found.sites]
    print(tabulate(table, columns[options.lang], disable_numparse=True))


def tell_notes(found: Answer, lang: str) -> None:
    """Says on the error stream what was done with the file, and what of it was left out."""
    notes: list[Note | Skipped] = [
        *found.notices,
        *found.skipped,
        *(note for site in found.sites for note in site.notices),
    ]
    for note in notes:
        print(printable(note.text(lang)), file=sys.stderr)


def _row(view: View, site: AnsweredSite, lang: str) -> tuple[str, ...]:
    """Number, land in mu, home zone, verdict, and the rules that give that verdict."""
    found = site.found
    side = 0 if lang == "zh" else 1
    zone = next((ring for ring in view.config.rings if ring.id == found.home_zone), None)
    home = found.home_zone if zone is None else (zone.name_zh, zone.name_en)[side]
    verdict = VERDICT_WORDS[found.verdict][side]
    because = [one.name[side] for one in found.verdicts if one.verdict == found.verdict]
    area = format_area(found.area_m2, "mu", lang)
    return str(site.number), area, home, verdict, printable("; ".join(because))
