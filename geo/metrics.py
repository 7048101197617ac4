"""The figures of a view: each zone with its area, shares, sites and green, and the totals of the extent.

Areas are plane m2 in the plan's metric CRS. Only existing parks with a mapped outline count as green: neither points,
symbolic footprints and rows in words, nor the planned Forest Park. What cannot be measured says why. Park green per
head needs parks and residents of the same ground: those of an extent never stand in for those of a ring.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from shapely.geometry.base import BaseGeometry

from geo import rings
from geo.catalogue import Population
from geo.green import GreenFigure, green_coverage_rate, green_space_ratio, mapped_green_share, park_green_per_head
from geo.landuse import land_use_table
from geo.plan import Plan
from geo.view import Shape, View

CANOPY, PARCELS, PARKS, SITES = "canopy", "parcels", "parks", "sites"
# Parks of these classes may be park green, so that one without an outline makes a figure a lower bound.
_MAYBE_PARK_GREEN = ("G1", "unknown")
NO_RESIDENTS = ("No source states the residents of this zone.", "没有来源说明该分区的常住人口。")
ON_WATER = ("No residents are counted on water.", "水面不计常住人口。")


@dataclass(frozen=True)
class ZoneFigures:
    """One zone of a view: area in m2, shares (0 to 1) of land and extent, located sites by id, green figures.

    `share_of_land` is None for water, which is no land.
    """

    zone: str
    area_m2: float
    share_of_land: float | None
    share_of_extent: float
    sites: tuple[str, ...]
    green: tuple[GreenFigure, ...]


def zone_figures(plan: Plan, view: View) -> tuple[ZoneFigures, ...]:
    """The figures of each zone from the shore outwards, `water` last.

    A site counts in the zone of its point; sites known only in words count in none (`sites_in_words`).
    """
    green = list(zip(*_green_by_zone(plan, view, list(view.zones.values())), strict=True))
    located = {shape.feature.id: view.standings[shape.feature.id].home_zone for shape in _sites(plan, view, drawn=True)}
    return tuple(
        ZoneFigures(
            zone=zone,
            area_m2=float(geometry.area),
            share_of_land=None if zone == rings.WATER else float(geometry.area / view.land_area_m2),
            share_of_extent=float(geometry.area / view.extent_area_m2),
            sites=tuple(site for site, home in located.items() if home == zone),
            green=(*figures, _per_head(plan, view, zone)),
        )
        for (zone, geometry), figures in zip(view.zones.items(), green, strict=True)
    )


def extent_green(plan: Plan, view: View) -> tuple[GreenFigure, ...]:
    """The green figures of the whole extent, park green per head last; four names that never stand for one another."""
    whole = [figures[0] for figures in _green_by_zone(plan, view, [view.locator.extent])]
    return (*whole, _per_head(plan, view))


def mapped_green(plan: Plan, view: View) -> dict[str, GreenFigure]:
    """The mapped green share of each zone, a lower bound; without a value and with the reason if no park is drawn."""
    parks = [park.geometry_m for park in _parks(plan, view)]
    return dict(zip(view.zones, mapped_green_share(parks or None, list(view.zones.values())), strict=True))


def population(plan: Plan, view: View, zone: str | None = None) -> Population | None:
    """The residents stated for the extent of the view, or for one zone of it; None if no source states them."""
    return next(
        (
            stated
            for stated in plan.catalogue.populations
            if (stated.extent, stated.zone) == (view.extent, zone) and stated.reading in (None, view.reading)
        ),
        None,
    )


def sites_in_words(plan: Plan, view: View) -> dict[str | None, tuple[str, ...]]:
    """The sites that no source locates, by the area that the words name; None for those with no area."""
    found: dict[str | None, tuple[str, ...]] = {}
    for shape in _sites(plan, view, drawn=False):
        found[shape.feature.placed_in] = (*found.get(shape.feature.placed_in, ()), shape.feature.id)
    return found


def _green_by_zone(plan: Plan, view: View, zones: Sequence[BaseGeometry]) -> list[tuple[GreenFigure, ...]]:
    table = land_use_table(plan.catalogue.land_use)
    codes = {cls.code for cls in table.classes if table.counts_as_green(cls.code)}
    parcels = _areas(plan, view, PARCELS)
    canopy = [shape.geometry_m for shape in _areas(plan, view, CANOPY)]
    parks = [park.geometry_m for park in _parks(plan, view)]
    land_uses = [parcel.feature.land_use for parcel in parcels]
    return [
        green_coverage_rate(canopy or None, zones),
        green_space_ratio([parcel.geometry_m for parcel in parcels] or None, land_uses, zones, codes),
        mapped_green_share(parks or None, zones),
    ]


def _per_head(plan: Plan, view: View, zone: str | None = None) -> GreenFigure:
    """Park green per head of the extent or of one zone; a lower bound while some park has no outline.

    A zone that no mapped park reaches has 0 m2; where no park is mapped at all, or nobody counted, it has no figure.
    """
    ground = view.locator.extent if zone is None else view.zones[zone]
    parks = _parks(plan, view)
    cut = [(rings.areas_of(park.geometry_m.intersection(ground)), _green_class(park)) for park in parks]
    inside = [(area, green_class) for area, green_class in cut if area.area > 0]
    residents = population(plan, view, zone)
    shapes = [area for area, _ in inside] if parks else None
    classes = [green_class for _, green_class in inside]
    found = park_green_per_head(shapes, classes, residents.persons if residents else None)
    if found.value is None and zone is not None and residents is None:
        reason_en, reason_zh = ON_WATER if zone == rings.WATER else NO_RESIDENTS
        also = not parks and zone != rings.WATER  # both are lacking: the reader should not go for one of them alone
        return replace(
            found,
            reason_en=f"{reason_en} {found.reason_en}" if also else reason_en,
            reason_zh=f"{reason_zh}{found.reason_zh}" if also else reason_zh,
        )
    unmapped = any(_green_class(park).startswith(_MAYBE_PARK_GREEN) for park in _unmapped_parks(plan, view))
    return replace(found, lower_bound=True) if found.value is not None and unmapped else found


def _green_class(park: Shape) -> str:
    return str(park.feature.extra.get("green_class") or "unknown")


def _unmapped_parks(plan: Plan, view: View) -> list[Shape]:
    """The existing parks without an outline: points, symbolic footprints and rows in words."""
    if all(layer.id != PARKS for layer in plan.catalogue.layers):
        return []
    return [s for s in plan.of_layer(PARKS, view) if s.area_m2 is None and s.feature.status == "existing"]


def _parks(plan: Plan, view: View) -> list[Shape]:
    return [shape for shape in _areas(plan, view, PARKS) if shape.feature.status == "existing"]


def _areas(plan: Plan, view: View, layer_id: str) -> list[Shape]:
    if all(layer.id != layer_id for layer in plan.catalogue.layers):
        return []
    return [shape for shape in plan.of_layer(layer_id, view) if shape.area_m2 is not None]


def _sites(plan: Plan, view: View, *, drawn: bool) -> list[Shape]:
    if all(layer.id != SITES for layer in plan.catalogue.layers):
        return []
    return [shape for shape in plan.of_layer(SITES, view) if (shape.geometry is not None) == drawn]
