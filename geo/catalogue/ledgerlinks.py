"""What must agree between the ledger and the rest of a catalogue: the sources and features that its rows name."""

from __future__ import annotations

from collections.abc import Iterator

from geo.catalogue.config import CATALOGUE, RINGS
from geo.catalogue.facts import Catalogue
from geo.catalogue.files import LAYERS, Reader
from geo.catalogue.wording import shown


def check_ledger(reader: Reader, catalogue: Catalogue) -> None:
    """Note every figure and project that names a source or a feature that does not exist.

    Nothing is said of what may be missing because the file that should hold it has a fault of its own.
    """
    faulty = {fault.file for fault in reader.faults}
    sources = set() if CATALOGUE in faulty else set(catalogue.sources)
    broken = any(file in (CATALOGUE, RINGS) or file.startswith(LAYERS) for file in faulty)
    features = set() if broken else _feature_ids(catalogue)
    told: set[tuple[str, str]] = set()  # a project row gives up to three figures
    for row, source, named in _citations(catalogue):
        file, _, where = row.partition(", ")
        if sources and source not in sources and (row, source) not in told:
            reader.fault(file, where, "unknown_source", source=shown(source), known=", ".join(catalogue.sources))
        told.add((row, source))
        for feature in named:
            if features and feature is not None and feature not in features and (row, feature) not in told:
                reader.fault(file, where, "figure_of_nothing", feature=shown(feature))
                told.add((row, feature))


def _citations(catalogue: Catalogue) -> Iterator[tuple[str, str, tuple[str | None, ...]]]:
    """Every row of the ledger as (file and line, source, features that it names)."""
    for figure in catalogue.figures:
        yield figure.row, figure.source, (figure.feature,)
    for project in catalogue.projects:
        yield project.row, project.source, (project.feature, project.placed_in)


def _feature_ids(catalogue: Catalogue) -> set[str]:
    """The ids of all features, the computed ones (rings and their edges) included."""
    drawn = {feature.id for layer in catalogue.layers for feature in layer.features}
    rings = {f"rings:{ring.id}" for ring in catalogue.rings.rings}
    return drawn | rings | {f"ring_lines:{edge.distance_m:g}" for edge in catalogue.rings.edges}
