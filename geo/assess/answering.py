"""A question in GeoJSON and its answer: all areas as one site, or each as its own.

A question and its answer are frozen and can be pickled, so that both may cross the border of a process.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from geo import crs
from geo.assess.assessing import assess
from geo.assess.facts import Assessment, Candidate
from geo.assess.properties import agreed, candidate, symbol_notes
from geo.errors import CrsError, GeometryError
from geo.formats.geojson import Note, ReadSites, Site, Skipped, read_geojson
from geo.plan import Plan
from geo.view import View

_LISTED = 8  # numbers of features in a notice
_UNITED = Note(
    "features_united",
    "Features overlap or share an edge: they were united, and their ground counts once.",
    "各要素有重叠或共边：已合并，面积只计一次。",
)


@dataclass(frozen=True)
class Question:
    """GeoJSON as it came, with its `crs` and `datum` if they were named, and the view of the plan that is asked.

    All areas are one site; with `each` every feature with an area is a site of its own. `rings` are the outer distances
    of a scenario in metres, None for those of the data.
    """

    data: bytes
    crs: str | None
    datum: str | None
    extent: str
    reading: str
    each: bool = False
    rings: tuple[float, ...] | None = None

    def view(self, plan: Plan) -> View:
        """The view of the plan that is asked."""
        return plan.view(self.extent, self.reading, self.rings)


@dataclass(frozen=True)
class AnsweredSite:
    """A site, numbered from 1: the features of the file that make it up, what was found, what was done with it."""

    number: int
    features: tuple[int, ...]
    found: Assessment
    notices: tuple[Note, ...]


@dataclass(frozen=True)
class Answer:
    """The sites of a question; `skipped` and `notices` are the reader's, `crs` and `datum` what it took."""

    sites: tuple[AnsweredSite, ...]
    skipped: tuple[Skipped, ...]
    notices: tuple[Note, ...]
    crs: str
    datum: str


def answer(plan: Plan, question: Question) -> Answer:
    """What the plan says of the sites of a question; as one site the ground of areas that overlap counts once.

    A property of one site counts if all features that give it agree; else it is left out and a notice says so. The
    bound of the outline is the largest `accuracy_m` of the features. Errors are those of `read_geojson` and `assess`;
    GeometryError too for a feature beyond the area of use of the plan's CRS.

    >>> from geo.plan import load_plan
    >>> ring = "[[116.03, 28.70], [116.031, 28.70], [116.031, 28.701], [116.03, 28.70]]"
    >>> asked = Question(f'{{"type": "Polygon", "coordinates": [{ring}]}}'.encode(), None, None, "2025", "shore_belt")
    >>> (site,) = answer(load_plan("data"), asked).sites
    >>> site.found.home_zone, site.found.verdict
    ('ring_3', 'unknown')
    """
    view = question.view(plan)
    metric = plan.catalogue.metric_crs
    read = read_geojson(question.data, crs=question.crs, datum=question.datum, metric=metric)
    sites = _each(plan, view, read) if question.each else (_as_one(plan, view, read),)
    return Answer(sites, read.skipped, read.notices, read.crs, read.datum)


def _each(plan: Plan, view: View, read: ReadSites) -> tuple[AnsweredSite, ...]:
    found = []
    for site in read.sites:
        asked = candidate(site)
        with _naming(site.feature):
            assessed = assess(plan, view, asked)
        notes = (*site.notices, *symbol_notes([site]))
        found.append(AnsweredSite(site.number, (site.feature,), assessed, notes))
    return tuple(found)


def _as_one(plan: Plan, view: View, read: ReadSites) -> AnsweredSite:
    sites = read.sites
    asked = [candidate(site) for site in sites]
    geometry, is_united = asked[0].geometry, False
    if len(sites) > 1:
        geometry, is_united = _united(sites, plan.catalogue.metric_crs)
    properties, differing = agreed(sites)
    accuracy_m = max(one.accuracy_m for one in asked)
    one_site = Candidate(geometry, properties, accuracy_m)
    with _naming(*(site.feature for site in sites)):
        found = assess(plan, view, one_site)
    notes = (*_gathered(sites), *((_UNITED,) if is_united else ()), *differing, *symbol_notes(sites))
    return AnsweredSite(1, tuple(site.feature for site in sites), found, notes)


def _united(sites: Sequence[Site], metric: str) -> tuple[BaseGeometry, bool]:
    """The ground of all sites in lon/lat, each point once, and whether areas had to be joined for that.

    They are joined in metres, where they are measured: what touches there need not touch to the last digit in degrees.
    """
    areas = []
    for site in sites:
        with _naming(site.feature):
            areas.append(crs.to_metres(site.geometry, metric))
    several = shapely.MultiPolygon([part for area in areas for part in shapely.get_parts(area)])
    if several.is_valid:
        parts = [part for site in sites for part in shapely.get_parts(site.geometry)]
        return shapely.MultiPolygon(parts), False
    return crs.to_lonlat(shapely.orient_polygons(shapely.union_all(areas)), metric), True


@contextmanager
def _naming(*features: int) -> Iterator[None]:
    """Errors of place and outline name the feature, if there is one only."""
    try:
        yield
    except (CrsError, GeometryError) as error:
        if len(features) > 1:
            raise
        raise GeometryError(f"Feature {features[0]}: {error.en}", f"第 {features[0]} 个要素：{error.zh}") from None


def _gathered(sites: Sequence[Site]) -> Iterable[Note]:
    """The notices of all sites, equal ones once, with the features that they speak of where there are several."""
    features: dict[Note, list[int]] = {}
    for site in sites:
        for note in site.notices:
            features.setdefault(note, []).append(site.feature)
    if len(sites) == 1:
        return tuple(features)
    return tuple(_of_features(note, numbers) for note, numbers in features.items())


def _of_features(note: Note, numbers: Sequence[int]) -> Note:
    listed = ", ".join(map(str, numbers[:_LISTED]))
    more_en, more_zh = "", ""
    if len(numbers) > _LISTED:
        more_en, more_zh = f" and {len(numbers) - _LISTED} more", f"等（共 {len(numbers)} 个）"
    word = "Feature" if len(numbers) == 1 else "Features"
    return Note(
        note.name,
        f"{word} {listed}{more_en}: {note.en}",
        f"第 {listed.replace(', ', '、')} 个要素{more_zh}：{note.zh}",
    )
