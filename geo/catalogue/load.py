"""A data folder as one checked catalogue: all files read once, all faults gathered, then all or nothing."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

from geo.catalogue import config
from geo.catalogue.facts import Catalogue, RingsConfig
from geo.catalogue.figures import read_figures, read_metrics
from geo.catalogue.files import Reader
from geo.catalogue.ground import check_ground
from geo.catalogue.guidelinks import check_guides
from geo.catalogue.guides import read_guides
from geo.catalogue.layers import read_features
from geo.catalogue.ledger import Figure, Metric, Project, project_figures
from geo.catalogue.ledgerlinks import check_ledger
from geo.catalogue.links import check_links
from geo.catalogue.projects import read_projects
from geo.catalogue.rulelinks import check_rules
from geo.catalogue.rules import read_rules
from geo.catalogue.trends import read_trends
from geo.errors import DataError, Fault

# Stands in for a ring plan that could not be read, so that the layers are still checked; it never leaves this module.
_NO_RINGS = RingsConfig(lake="", edges=(), rings=(), default_reading="", default_extent="")


def load_catalogue(folder: Path | str) -> Catalogue:
    """The catalogue of a data folder; DataError with every fault that was found if there is any.

    >>> load_catalogue("data").metric_crs
    'EPSG:4548'
    """
    catalogue, faults = _load(Path(folder))
    if catalogue is None or faults:
        raise DataError(faults)
    return catalogue


def check_catalogue(folder: Path | str) -> tuple[Fault, ...]:
    """Every fault of a data folder, in the order of reading; empty if it can be used.

    >>> check_catalogue("data")
    ()
    """
    return _load(Path(folder))[1]


def _load(folder: Path) -> tuple[Catalogue | None, tuple[Fault, ...]]:
    """What can be read and what is wrong. The layers are read even when other files are at fault."""
    reader = Reader(folder)
    if not os.path.isdir(folder):  # unlike Path.is_dir also False, and no error, where the way there is barred
        reader.fault(str(folder), "folder", "missing_folder")
        return None, tuple(reader.faults)
    value = config.read_catalogue(reader)
    metrics, figures, projects = _read_ledger(reader, (value or {}).get("ledger"))
    named = None if value is None else {figure.id: figure for figure in figures}
    rings = config.read_rings(reader, named)
    land_use = config.read_land_use(reader)
    if value is None:
        assert reader.faults, "a file that cannot be read has a fault"
        return None, tuple(reader.faults)
    layers = tuple(replace(layer, features=read_features(reader, layer, named)) for layer in config.layers_of(value))
    catalogue = Catalogue(
        title_zh=value["title_zh"],
        title_en=value["title_en"],
        zone_zh=value.get("zone_zh", ""),
        zone_en=value.get("zone_en", ""),
        metric_crs=value["metric_crs"],
        sources=config.sources_of(value),
        groups=config.groups_of(value),
        layers=layers,
        rings=rings or _NO_RINGS,
        land_use=land_use,
        populations=config.populations_of(reader, value, named),
        slots=config.slots_of(value),
        metrics=metrics,
        figures=figures,
        projects=projects,
        trends=read_trends(reader, value["trends"], metrics, figures) if "trends" in value else (),
        rules=read_rules(reader, value["rules"]) if "rules" in value else None,
        guides=read_guides(reader, value),
        licence=reader.licence(),
        version=reader.version(),  # last: it speaks of every file read
    )
    for check in (check_links, check_ledger, check_ground, check_guides, check_rules):
        check(reader, catalogue)
    return catalogue, tuple(reader.faults)


def _read_ledger(
    reader: Reader, files: dict[str, Any] | None
) -> tuple[dict[str, Metric], tuple[Figure, ...], tuple[Project, ...]]:
    """Metrics, figures (those of project rows last) and projects; a folder may keep no ledger."""
    if files is None:
        return {}, (), ()
    metrics = read_metrics(reader, files["metrics"])
    projects = read_projects(reader, files["projects"])
    stated = read_figures(reader, files["figures"], metrics)
    return metrics, (*stated, *(figure for project in projects for figure in project_figures(project))), projects
