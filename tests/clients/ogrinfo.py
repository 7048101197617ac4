"""Debian's own GDAL, which is not the one that wrote the files: counts, systems and Chinese names of every format."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from geo.plan import Plan
from tests.clients.checks import NotInstalled, check, counts_of, made, ran

_ONE_TABLE = ("geojson", "fgb")
_SOME = {"shp.zip": "/vsizip/", "kml": ""}
_NAME = "瑶湖"


def run(plan: Plan, folder: Path) -> str:
    """Reads GeoPackage, GeoJSON, FlatGeobuf, Shapefile and KML."""
    if shutil.which("ogrinfo") is None:
        raise NotInstalled("there is no ogrinfo (Debian: apt install gdal-bin)")
    version = ran(["ogrinfo", "--version"]).split(",")[0].strip()
    wanted = counts_of(plan, plan.view())
    gpkg = folder / "all.gpkg"
    gpkg.write_bytes(made(plan, "gpkg"))
    counted = _counts(ran(["ogrinfo", "-ro", "-so", "-al", str(gpkg)]))
    atlas = sum(count for name, count in counted.items() if not name.startswith(("atlas_", "layer_styles")))
    check(atlas == sum(wanted.values()), f"GeoPackage: {atlas} rows, the plan has {sum(wanted.values())}")
    check(counted["rings"] == wanted["rings"], "GeoPackage: the rings are not all there")
    for ext in (*_ONE_TABLE, *_SOME):
        _check(plan, folder, ext)
    return f"{version}: gpkg, {', '.join((*_ONE_TABLE, *_SOME))} read with the counts and names of the plan"


def _check(plan: Plan, folder: Path, ext: str) -> None:
    path = folder / f"water.{ext}"
    path.write_bytes(made(plan, ext, what="water"))
    told = ran(["ogrinfo", "-ro", "-al", f"{_SOME.get(ext, '')}{path}"])
    count = sum(1 for shape in plan.of_layer("water", plan.view()) if shape.geometry is not None)
    check(sum(_counts(told).values()) == count, f"{ext}: {_counts(told)}, the plan has {count}")
    check(_NAME in told, f"{ext}: no {_NAME} in it")
    check(re.search(r"(POLYGON|MULTIPOLYGON) ", told) is not None, f"{ext}: no polygons")


def _counts(told: str) -> dict[str, int]:
    """Features of each layer that ogrinfo tells of."""
    names = re.findall(r"^Layer name: (.*)$", told, re.MULTILINE)
    counts = re.findall(r"^Feature Count: (\d+)$", told, re.MULTILINE)
    return dict(zip(names, map(int, counts), strict=True))
