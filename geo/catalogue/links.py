"""What must agree across the files: ids, sources, places, classes, and the layers that a plan cannot do without."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from geo import crs
from geo.catalogue.config import CATALOGUE, LAND_USE, RINGS
from geo.catalogue.facts import Catalogue, Feature, Population
from geo.catalogue.files import LAYERS, Reader
from geo.catalogue.wording import shown
from geo.errors import CrsError

COMPUTED_LAYERS = ("rings", "ring_lines")  # the plan draws them, no file holds them
# What a layer may not be called: "all" exports every layer, the next five are drawn between the layers of the map,
# and in a browser every list of names holds a "constructor" of its own.
RESERVED_IDS = ("all", "labels", "selection", "grid", "accuracy", "extent_lines", "constructor")
NEEDED_LAYERS = ("extent_2013", "extent_2025", "rings", "water")
RING_ZONES = ("ring_1", "ring_2", "ring_3", "ring_4", "strip", "water", "outside")
READINGS = ("shore_belt", "annulus")
# The zones whose ground hangs on the reading of ring 1, with the readings in which they are.
READINGS_OF_ZONE = {"ring_1": READINGS, "strip": ("annulus",)}


@dataclass(frozen=True)
class _Check:
    """One catalogue under check. What a faulty file lacks because of its fault is not told a second time."""

    reader: Reader
    catalogue: Catalogue
    files: Mapping[str, str]  # layer id to file
    faulty: frozenset[str]

    @property
    def features(self) -> list[Feature]:
        return [feature for layer in self.catalogue.layers for feature in layer.features]


def check_links(reader: Reader, catalogue: Catalogue) -> None:
    """Note every disagreement between the parts of a catalogue."""
    files = {layer.id: f"{LAYERS}{layer.file}" for layer in catalogue.layers}
    check = _Check(reader, catalogue, files, frozenset(fault.file for fault in reader.faults))
    _check_crs(check)
    _check_layers(check)
    _check_needed(check)
    _check_ids(check)
    _check_placed_in(check)
    _check_sources(check)
    _check_populations(check)
    _check_land_use(check)
    if RINGS not in check.faulty:
        _check_rings(check)


def _check_crs(check: _Check) -> None:
    try:
        crs.metric_crs(check.catalogue.metric_crs)
    except CrsError as error:
        check.reader.fault(CATALOGUE, "metric_crs", "crs_refused", en=error.text("en"), zh=error.text("zh"))


def _check_layers(check: _Check) -> None:
    catalogue = check.catalogue
    groups = {group.id for group in catalogue.groups}
    for where, ids in (
        ("layers", [layer.id for layer in catalogue.layers]),
        ("groups", [group.id for group in catalogue.groups]),
        ("slots", [slot.id for slot in catalogue.slots]),
        ("layers, file", [layer.file for layer in catalogue.layers if layer.file]),
        ("populations, extent", [_counted_ground(population) for population in catalogue.populations]),
    ):
        _check_twice(check, CATALOGUE, where, ids)
    for layer in catalogue.layers:
        where = f"layers ({layer.id})"
        if layer.group not in groups and CATALOGUE not in check.faulty:
            known = ", ".join(sorted(groups))
            check.reader.fault(CATALOGUE, where, "unknown_group", group=shown(layer.group), known=known)
        if layer.id in RESERVED_IDS:
            reserved = ", ".join(RESERVED_IDS)
            check.reader.fault(CATALOGUE, where, "reserved_id", layer=layer.id, reserved=reserved)
        if (layer.file is None) != (layer.id in COMPUTED_LAYERS):
            check.reader.fault(CATALOGUE, where, "file_of_rings")


def _check_needed(check: _Check) -> None:
    layers = {layer.id: layer for layer in check.catalogue.layers}
    for needed in NEEDED_LAYERS:
        file = check.files.get(needed, CATALOGUE)
        if file in check.faulty:
            continue
        if needed not in layers:
            check.reader.fault(file, "layers", "needed_layer", layer=needed)
        elif needed != "rings" and not any(_is_area(feature) for feature in layers[needed].features):
            check.reader.fault(file, "features", "needed_area", layer=needed)


def _is_area(feature: Feature) -> bool:
    return feature.geometry is not None and feature.geometry.geom_type in ("Polygon", "MultiPolygon")


def _check_ids(check: _Check) -> None:
    seen: set[str] = set()
    for feature in check.features:
        if feature.id in seen:
            check.reader.fault(check.files[feature.layer], feature.id, "twice", key=feature.id)
        seen.add(feature.id)


def _check_placed_in(check: _Check) -> None:
    parents = {feature.id: feature.placed_in for feature in check.features}
    for feature in check.features:
        area = feature.placed_in
        if area is None:
            continue
        if area not in parents:
            # The area may stand in a file that could not be read whole, or in a layer that was refused.
            if check.files.get(area.split(":", 1)[0], CATALOGUE) not in check.faulty:
                check.reader.fault(check.files[feature.layer], feature.id, "placed_nowhere", area=shown(area))
        elif _leads_back(feature.id, parents):
            check.reader.fault(check.files[feature.layer], feature.id, "placed_in_itself")


def _leads_back(start: str, parents: Mapping[str, str | None]) -> bool:
    here, seen = parents[start], set()
    while here is not None and here not in seen:
        if here == start:
            return True
        seen.add(here)
        here = parents.get(here)
    return False


def _check_sources(check: _Check) -> None:
    if CATALOGUE in check.faulty:
        return  # a source may be missing from the list because its entry is ill-formed
    known = ", ".join(check.catalogue.sources)
    for file, where, source in _citations(check):
        if source not in check.catalogue.sources:
            check.reader.fault(file, where, "unknown_source", source=shown(source), known=known)


def _citations(check: _Check) -> Iterator[tuple[str, str, str]]:
    """Every citation as (file, place of the citation, source id)."""
    for feature in check.features:
        file = check.files[feature.layer]
        yield file, feature.id, feature.source
        if feature.stated_area is not None:
            yield file, f"{feature.id}, stated_area", feature.stated_area.source
    for number, population in enumerate(check.catalogue.populations, 1):
        yield CATALOGUE, f"populations[{number}]", population.source
    for number, edge in enumerate(check.catalogue.rings.edges, 1):
        if edge.source is not None:
            yield RINGS, f"edges[{number}]", edge.source
    for ring in check.catalogue.rings.rings:
        if ring.source is not None:
            yield RINGS, f"rings ({ring.id})", ring.source


def _counted_ground(population: Population) -> str:
    """The ground of a population in words: "2025", "2025 ring_2", "2025 ring_1 annulus"."""
    return " ".join(word for word in (population.extent, population.zone, population.reading) if word)


def _check_populations(check: _Check) -> None:
    """Note a population whose ground is not certain: residents and parks must be of the same one."""
    for number, population in enumerate(check.catalogue.populations, 1):
        readings = READINGS_OF_ZONE.get(population.zone or "", (None,))
        if population.reading not in readings:
            ground = _counted_ground(population)
            check.reader.fault(CATALOGUE, f"populations[{number}]", "population_reading", ground=ground)


def _check_land_use(check: _Check) -> None:
    if LAND_USE in check.faulty:
        return
    codes = {item.code for item in check.catalogue.land_use}
    for feature in check.features:
        code = feature.land_use
        if code is not None and not any(code[:length] in codes for length in range(2, len(code) + 1, 2)):
            check.reader.fault(check.files[feature.layer], feature.id, "unknown_land_use", code=code)


def _check_rings(check: _Check) -> None:
    config = check.catalogue.rings
    if check.files.get("water", CATALOGUE) not in check.faulty:
        lake = next((feature for feature in check.features if feature.id == config.lake), None)
        if lake is None or lake.layer != "water" or not _is_area(lake):
            check.reader.fault(RINGS, "lake", "no_lake", lake=config.lake)
    for where, ids, needed in (
        ("rings", [ring.id for ring in config.rings], RING_ZONES),
        ("readings", [reading.id for reading in config.readings], READINGS),
    ):
        _check_twice(check, RINGS, where, ids)
        for missing in (key for key in needed if key not in ids):
            check.reader.fault(RINGS, where, "not_described", key=missing)


def _check_twice(check: _Check, file: str, where: str, keys: Iterable[str]) -> None:
    for key, count in Counter(keys).items():
        if count > 1:
            check.reader.fault(file, where, "twice", key=key)
