"""The facts that a data folder holds, as frozen nouns; nothing here reads or computes a shape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from shapely.geometry.base import BaseGeometry

from geo.catalogue.guides import Guides
from geo.catalogue.ledger import Figure, Metric, Project
from geo.catalogue.rules import RuleBook
from geo.catalogue.trends import Indicator
from geo.units import to_m2

Scalar = str | int | float | bool | None


@dataclass(frozen=True)
class Source:
    """A document that states facts; `year` is the year that its figures speak of, None if it has none."""

    id: str
    title_zh: str
    title_en: str
    year: int | None
    note_zh: str
    note_en: str


@dataclass(frozen=True)
class Group:
    """A heading of the layer list."""

    id: str
    name_zh: str
    name_en: str


@dataclass(frozen=True)
class StatedArea:
    """An area as a source words it: the figure, its unit (km2, ha, mu, m2) and its qualifier.

    `qualifier` is "" for a bare figure, else "about", "more_than" or "nearly".

    >>> StatedArea(value=3, unit="mu", qualifier="", source="S0", place="part 1").area_m2
    2000.0
    """

    value: float
    unit: str
    qualifier: str
    source: str
    place: str
    figure: str | None = None  # its id in the ledger

    @property
    def area_m2(self) -> float:
        """The figure in square metres."""
        return to_m2(self.value, self.unit)


@dataclass(frozen=True)
class Feature:
    """One thing of a layer: what it is, who says so, and how surely it is placed.

    `geometry` is in lon, lat (WGS 84, degrees), or None for a thing known only in words. A symbolic footprint is a
    point with a stated area. `accuracy_m` is a 95 % bound of the position of the outline or point, in metres.
    `data_year` is None where the map or text behind the feature carries no year.
    `extra` holds every other property of the file, unchanged.
    """

    id: str
    layer: str
    name_zh: str
    name_en: str
    geometry: BaseGeometry | None
    source: str
    place: str
    data_year: int | None
    geometry_basis: str
    accuracy_m: float | None
    status: str
    land_use: str | None
    placed_in: str | None
    stated_area: StatedArea | None
    note_zh: str
    note_en: str
    extra: Mapping[str, Scalar]


@dataclass(frozen=True)
class Layer:
    """One layer of the plan; `file` is None for rings and ring lines, which are computed.

    `geometry` is "polygon", "line", "point" or "mixed"; a `background` layer is not hit by a click.
    """

    id: str
    group: str
    title_zh: str
    title_en: str
    geometry: str
    visible: bool
    min_zoom: int
    background: bool
    file: str | None
    features: tuple[Feature, ...]


@dataclass(frozen=True)
class RingEdge:
    """The outer distance of a ring from the lake, in metres; `basis` is "stated" or "assumed"."""

    distance_m: float
    basis: str
    source: str | None
    place: str | None
    reason_zh: str
    reason_en: str
    figure: str | None = None  # its id in the ledger


@dataclass(frozen=True)
class RingInfo:
    """A zone of the ring plan: its name, what it is for in a few words, and the same in full, all in our own words."""

    id: str
    name_zh: str
    name_en: str
    use_zh: str
    use_en: str
    detail_zh: str
    detail_en: str
    source: str | None
    place: str | None


@dataclass(frozen=True)
class RingReading:
    """A way to read the first ring ("shore_belt" or "annulus"), explained in one sentence."""

    id: str
    name_zh: str
    name_en: str
    note_zh: str
    note_en: str


@dataclass(frozen=True)
class RingsConfig:
    """The rings around `lake` (a feature id): edges from the shore outwards, zones, and what a page opens with."""

    lake: str
    edges: tuple[RingEdge, ...]
    rings: tuple[RingInfo, ...]
    default_reading: str
    default_extent: str
    readings: tuple[RingReading, ...] = ()


@dataclass(frozen=True)
class Population:
    """The residents that a source states for an extent ("2013" or "2025"), or for one zone of it.

    `zone` is None for the whole extent. `reading` is set for the zones whose ground hangs on it (ring 1, the strip).
    """

    extent: str
    persons: int
    year: int
    qualifier: str
    source: str
    place: str
    zone: str | None = None
    reading: str | None = None
    figure: str | None = None  # its id in the ledger


@dataclass(frozen=True)
class Slot:
    """A layer that every planner asks for and that the folder does not hold, and why."""

    id: str
    title_zh: str
    title_en: str
    why_zh: str
    why_en: str


@dataclass(frozen=True)
class LandUseClass:
    """A class of land and sea use: code, parent ("" if none is listed), names, map colour (0 to 255 each).

    `green` is its role in the green space ratio: "counts", "part" (only the planted part) or "no".
    """

    code: str
    parent: str
    name_zh: str
    name_en: str
    rgb: tuple[int, int, int]
    green: str
    edition: str = ""


@dataclass(frozen=True)
class Catalogue:
    """Everything that a data folder states, checked; layers in draw order, lowest first.

    `version` is the first 12 hexadecimal digits of the SHA-256 over the names and bytes of the files read.
    """

    title_zh: str
    title_en: str
    metric_crs: str
    sources: dict[str, Source]
    groups: tuple[Group, ...]
    layers: tuple[Layer, ...]
    rings: RingsConfig
    land_use: tuple[LandUseClass, ...]
    populations: tuple[Population, ...]
    slots: tuple[Slot, ...]
    version: str
    zone_zh: str = ""
    zone_en: str = ""
    metrics: Mapping[str, Metric] = field(default_factory=dict)
    figures: tuple[Figure, ...] = ()  # of the tables, then of the projects
    projects: tuple[Project, ...] = ()
    trends: tuple[Indicator, ...] = ()
    rules: RuleBook | None = None
    guides: Guides = field(default_factory=Guides)
    licence: str = ""  # Markdown, in both languages; "" if the folder has none
