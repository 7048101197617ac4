"""Exports: layers, parts of them and answers as files that a GIS, a CAD program or a spreadsheet opens right.

`export` is the one door. A file is made in steps: what is `Wanted` becomes an `Order`, is picked (selection) or
answered (assessed), placed in the system of the file (target) and described (fields, statements); the writer of the
format gets all that as a `Content`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from geo.output.exports.assessed import contents_of_site
from geo.output.exports.build import contents_of_layers
from geo.output.exports.content import Content
from geo.output.exports.formats import FORMATS, Format, read_format
from geo.output.exports.naming import ATLAS_EN, ATLAS_ZH, safe, scenario_word, stem
from geo.output.exports.order import settle
from geo.output.exports.selection import possible_names
from geo.output.exports.wanted import ALL, FILTERS, THEME, Bounds, Wanted, read_bbox, read_options
from geo.plan import Plan

__all__ = [
    "ALL",
    "ATLAS_EN",
    "ATLAS_ZH",
    "FILTERS",
    "FORMATS",
    "THEME",
    "Bounds",
    "Exported",
    "Format",
    "Wanted",
    "export",
    "possible_names",
    "read_bbox",
    "read_format",
    "read_options",
    "safe",
    "scenario_word",
    "stem",
]

# The modules that write, by extension. They are loaded when they are needed: their libraries are large.
_WRITERS = {
    "csv": "csvfile",
    "dxf": "dxf",
    "fgb": "flatgeobuf",
    "geojson": "geojson",
    "gpkg": "geopackage",
    "kml": "kml",
    "parquet": "parquet",
    "shp.zip": "shapefile",
    "txt": "boundary",
    "xlsx": "xlsx",
    "zip": "project",
}


@dataclass(frozen=True)
class Exported:
    """A file: its bytes, its name for people, and how many features it holds."""

    content: bytes
    name: str
    count: int


def export(plan: Plan, wanted: Wanted) -> Exported:
    """The file that is asked for. The same question on the same day gives the same bytes.

    ChoiceError for a format, layer, filter or system that is not to be had; EmptyError if nothing is left to write;
    CrsError if the plan lies outside the area of use of the system.
    """
    content = _contents(plan, wanted)
    write: Callable[[Content], bytes] = import_module(f"{__name__}.writers.{_WRITERS[wanted.format.ext]}").write
    count = sum(len(table.rows) for table in content.tables)
    return Exported(write(content), f"{content.stem}.{wanted.format.ext}", count)


def _contents(plan: Plan, wanted: Wanted) -> Content:
    order = settle(plan, wanted)
    return contents_of_layers(order) if wanted.site is None else contents_of_site(order)
