"""`export`: layers, a theme, a part of them, or the answer about a site, as files for other software."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from geo import crs
from geo.assess import Question, answer
from geo.cli.assess import tell_notes
from geo.cli.terminal import content_of, print_json, printable
from geo.errors import QueryError
from geo.output.exports import FILTERS, FORMATS, Exported, Wanted, export, read_bbox, read_format, read_options
from geo.plan import Plan
from geo.view import View

_DEFAULT = "geojson"
_CALLED = {"json": _DEFAULT}  # names of files that mean a format, beside its own
_TEXTS = ("csv", "dxf", "geojson", "kml", "txt")  # what a terminal can show
_FILTER_HELP = {
    "ids": "only features of these ids",
    "zone": "only what stands in these zones, such as ring_1",
    "basis": "only what was placed so, such as digitised, inferred, point",
    "status": "only of this status, such as planned",
    "land_use": "only of these classes of land use",
    "source": "only from these sources, such as S1",
}
_OPTIONS = tuple(dict.fromkeys(name for one in FORMATS.values() for name, _ in one.options))


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    """Adds the command; its help says which format is for whom."""
    about = "Formats, and whom they are for:\n" + "\n".join(
        f"  {one.ext:<8} {one.title} – {one.whom_en}" for one in FORMATS.values()
    )
    out = commands.add_parser(
        "export",
        parents=[common],
        help="layers or an answer as a file: GeoPackage, Shapefile, DXF, KML, CSV, ...",
        epilog=about,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    what = "a layer or ring by its id, several with commas between, theme:<id>, or all"
    out.add_argument("layer", nargs="?", metavar="LAYER", help=what)
    out.add_argument("--out", metavar="FILE", help="write to a file, or to a folder under a name of its own")
    out.add_argument("--format", metavar="EXT", help=f"see below (default: by the name of FILE, else {_DEFAULT})")
    _add_part(out)
    out.set_defaults(run=run)


def _add_part(out: argparse.ArgumentParser) -> None:
    systems = ", ".join(str(number) for number in crs.ALLOWED)
    out.add_argument("--crs", metavar="EPSG:n", help=f"system of the file: {systems} (default: by the format)")
    out.add_argument("--datum", metavar="DATUM", help=f"datum of degrees: {', '.join(crs.DATUMS)}")
    out.add_argument("--bbox", metavar="W,S,E,N", help="only shapes that touch this box, in degrees")
    for word in FILTERS:
        out.add_argument(f"--{word.replace('_', '-')}", metavar="VALUE,...", help=_FILTER_HELP.get(word, word))
    for name in _OPTIONS:
        values = "; ".join(
            f"{one.ext}: {', '.join(dict(one.options)[name])}" for one in FORMATS.values() if name in dict(one.options)
        )
        out.add_argument(f"--{name}", metavar="WORD", help=f"{values} (the first is the default)")
    out.add_argument("--site", type=Path, metavar="FILE", help="instead of LAYER: the answer about a site, GeoJSON")
    out.add_argument("--site-crs", metavar="EPSG:n", help="system of the site, if its file does not say it")
    out.add_argument("--site-datum", choices=crs.DATUMS, help="datum of the site (default: by the file, else WGS 84)")


def run(plan: Plan, view: View, options: argparse.Namespace) -> None:
    """Writes what is asked for to `--out`, or to the output stream."""
    ext = _format(options)
    if options.out is None and ext not in _TEXTS and sys.stdout.isatty():
        raise QueryError(
            f"{FORMATS[ext].title} is not for a terminal. Write it to a file: --out FILE.",
            f"{FORMATS[ext].title} 不能显示在终端上。请写入文件：--out 文件。",
        )
    made = export(plan, _wanted(plan, view, options, ext))
    if options.out is None:
        sys.stdout.buffer.write(made.content + (b"\n" if ext == _DEFAULT else b""))
        return
    path = _written(options.out, made)
    if options.json:
        print_json({"file": str(path), "bytes": len(made.content), "count": made.count})
    else:
        noun = "feature" if made.count == 1 else "features"
        rows = f"{made.count:,} 条" if options.lang == "zh" else f"{made.count:,} {noun}"
        print(f"{path}: {rows}, {len(made.content):,} bytes", file=sys.stderr)


def _format(options: argparse.Namespace) -> str:
    """The extension that is asked for by word or by name; QueryError if the two contradict each other."""
    named = None if options.out is None or _is_folder(options.out) else _ext_of(Path(options.out).name)
    if options.format is None:
        return _DEFAULT if named is None else read_format(named).ext
    asked: str = read_format(options.format.lower().removeprefix(".")).ext
    if named in (None, asked, asked.split(".")[-1]) or named not in FORMATS:
        return asked
    raise QueryError(
        f"--format {asked} and the name {Path(options.out).name} contradict each other. Leave out one of them.",
        f"--format {asked} 与文件名 {Path(options.out).name} 相互矛盾。请去掉其中之一。",
    )


def _ext_of(name: str) -> str | None:
    """The extension of a format at the end of a name, the longest that fits; else what stands behind the last dot.

    >>> _ext_of("rings.SHP.zip"), _ext_of("all.zip"), _ext_of("rings.json"), _ext_of("rings.abc"), _ext_of("rings")
    ('shp.zip', 'zip', 'geojson', 'abc', None)
    """
    lower = name.lower()
    known = [ext for ext in (*FORMATS, *_CALLED) if lower.endswith(f".{ext}")]
    ext = max(known, key=len) if known else Path(lower).suffix.removeprefix(".")
    return _CALLED.get(ext, ext) or None


def _is_folder(out: str) -> bool:
    return out.endswith(("/", os.sep)) or Path(out).is_dir()


def _wanted(plan: Plan, view: View, options: argparse.Namespace, ext: str) -> Wanted:
    filters = [(word, getattr(options, word)) for word in FILTERS if getattr(options, word) is not None]
    site = _site(plan, view, options)
    return Wanted(
        what=options.layer or "",
        ext=ext,
        extent=view.extent,
        reading=view.reading,
        rings=None if view.is_base else view.distances_m,
        crs=options.crs,
        datum=options.datum,
        bbox=None if options.bbox is None else read_bbox(options.bbox),
        filters=tuple((word, tuple(filter(None, text.split(",")))) for word, text in filters),
        options=_options(options, ext),
        lang=options.lang,
        review_no=os.environ.get("MAP_REVIEW_NO"),
        site=site,
        site_name="" if site is None else printable(options.site.stem),
    )


def _options(options: argparse.Namespace, ext: str) -> tuple[tuple[str, str], ...]:
    """The options of the format; QueryError for one that belongs to other formats."""
    words = {name: getattr(options, name) for name in _OPTIONS if getattr(options, name) is not None}
    for name in words:
        if name not in dict(FORMATS[ext].options):
            takers = [one.ext for one in FORMATS.values() if name in dict(one.options)]
            raise QueryError(
                f"--{name} is no option of {FORMATS[ext].title}. It belongs to: {', '.join(takers)}.",
                f"{FORMATS[ext].title} 没有选项 --{name}。它属于：{'、'.join(takers)}。",
            )
    return read_options(ext, words)


def _site(plan: Plan, view: View, options: argparse.Namespace) -> Question | None:
    """The question about the site of `--site`; QueryError if what is asked for is not one thing."""
    if (options.site is None) == (options.layer is None):
        raise QueryError(
            "Give either LAYER (such as rings, theme:<id> or all) or --site FILE.",
            "请给出 LAYER（如 rings、theme:<id> 或 all）或 --site 文件，二者取一。",
        )
    if options.site is None:
        return None
    for word in ("bbox", *FILTERS):
        if getattr(options, word) is not None:
            raise QueryError(
                f"--{word.replace('_', '-')} picks features of layers; the answer about a site comes whole.",
                f"--{word.replace('_', '-')} 用于筛选图层条目；地块的结论完整导出，不能筛选。",
            )
    named = (options.site_crs, options.site_datum, view.extent, view.reading)
    question = Question(content_of(options.site), *named, rings=None if view.is_base else view.distances_m)
    tell_notes(answer(plan, question), options.lang)
    return question


def _written(out: str, made: Exported) -> Path:
    """Where the file now stands; QueryError if it cannot be written there."""
    path = Path(out) / made.name if _is_folder(out) else Path(out)
    try:
        if out.endswith(("/", os.sep)):
            Path(out).mkdir(exist_ok=True)
        path.write_bytes(made.content)
    except OSError as error:
        raise QueryError(
            f"{path} cannot be written: {error.strerror}. Give a path in a folder that exists.",
            f"无法写入 {path}：{error.strerror}。请给出已有文件夹中的路径。",
        ) from None
    return path
