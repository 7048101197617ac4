"""An assessed site as its sheet shows it: parts at fault, corners, a drawing of its surroundings, and its GeoJSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import shapely

from geo import crs, shapes
from geo.assess import INDICATORS, Assessment
from geo.catalogue import Feature
from geo.output.features import EXPORT_DECIMALS, Json, geometry_json
from geo.output.layers import notice_text
from geo.output.mapcut import MapCut, map_cut
from geo.plan import Plan
from geo.rules import CONFLICT
from geo.scenario import rings_text
from geo.view import Shape, View, measure

MOST_MARKED = 12  # corners that bear their number on the drawing; more would hide the outline
CONFLICT_PART = "cut-conflict"
_SITE_DECIMALS = 9  # of a degree: 0.1 mm, so that the file is measured as the site was
_SITE = "site:assessed"


@dataclass(frozen=True)
class Corner:
    """A corner: its number from 1, part and ring (1 is the outer one), X north and Y east in metres, and lon/lat."""

    number: int
    part: int
    ring: int
    x_m: float
    y_m: float
    lon: float
    lat: float


def parts_json(found: Assessment) -> Json:
    """The part of the site that each rule speaks of, as GeoJSON geometries by rule id; rules without one are absent."""
    return {rule: geometry_json(part, EXPORT_DECIMALS) for rule, part in found.parts}


def conflict_m(plan: Plan, found: Assessment) -> Any:
    """Where the site is in conflict by the atlas's line, in metres, ground counted once; None without such a place."""
    rules = {one.rule for one in found.verdicts if one.verdict == CONFLICT}
    parts = [part for rule, part in found.parts if rule in rules]
    if not parts:
        return None
    merged = shapely.union_all([crs.to_metres(part, plan.catalogue.metric_crs) for part in parts])
    return merged if merged.area > 0 else None


def area_bound_m2(plan: Plan, found: Assessment) -> float | None:
    """The 95 % bound of the site's area in m2 from the accuracy of its outline; None for one taken as exact."""
    if not found.accuracy_m:
        return None
    return shapes.area_bound_m2(crs.to_metres(found.geometry, plan.catalogue.metric_crs), found.accuracy_m)


def corners(plan: Plan, found: Assessment) -> tuple[Corner, ...]:
    """Every corner of the site once, in the order of its outline; metres of the plan's metric CRS."""
    return tuple(_corners(found.geometry, plan.catalogue.metric_crs))


def site_cut(plan: Plan, view: View, found: Assessment) -> MapCut | None:
    """The site in its surroundings, what is in conflict hatched, corners numbered if they are few."""
    listed = corners(plan, found)
    marked = [_point(plan, one) for one in listed] if len(listed) <= MOST_MARKED else []
    at_fault = conflict_m(plan, found)
    over = [] if at_fault is None else [(CONFLICT_PART, at_fault)]
    return map_cut(plan, view, _shape(plan, found.geometry, found.accuracy_m), marked, over=over)


def site_geojson(plan: Plan, view: View, found: Assessment, name: str, review_no: str | None = None) -> Json:
    """The site as a GeoJSON collection of one feature in lon/lat, with what was given of it and its verdict."""
    given = {"land_use": found.land_use, **{key: found.indicators.get(key) for key in INDICATORS}}
    properties = {
        "name": name,
        **{key: value for key, value in given.items() if value is not None},
        "accuracy_m": found.accuracy_m,
        "area_m2": round(found.area_m2, 2),
        "areas_in": plan.catalogue.metric_crs,
        "verdict": found.verdict,
        "extent": view.extent,
        "reading": view.reading,
        "scenario": not view.is_base,
        "rings": rings_text(view.distances_m),
        "version": plan.catalogue.version,
        "notice": notice_text(view, review_no),
    }
    geometry = geometry_json(found.geometry, _SITE_DECIMALS)
    feature = {"type": "Feature", "geometry": geometry, "properties": properties}
    return {"type": "FeatureCollection", "features": [feature]}


def _corners(geometry: Any, metric_crs: str) -> Iterator[Corner]:
    number = 0
    for part, polygon in enumerate(shapely.get_parts(geometry), 1):
        for ring, line in enumerate((polygon.exterior, *polygon.interiors), 1):
            places = shapely.get_coordinates(line)[:-1]  # the last one is the first again
            easts, norths = crs.project(places[:, 0], places[:, 1], metric_crs)
            for (lon, lat), east, north in zip(places, easts, norths, strict=True):
                number += 1
                yield Corner(number, part, ring, float(north), float(east), float(lon), float(lat))


def _point(plan: Plan, corner: Corner) -> Shape:
    return _shape(plan, shapely.Point(corner.lon, corner.lat), 0.0)


def _shape(plan: Plan, geometry: Any, accuracy_m: float) -> Shape:
    """Something that is in no layer, as the drawing takes it."""
    feature = Feature(
        id=_SITE,
        layer="site",
        name_zh="",
        name_en="",
        geometry=geometry,
        source="",
        place="",
        data_year=None,
        geometry_basis="digitised",
        accuracy_m=accuracy_m or None,
        status="",
        land_use=None,
        placed_in=None,
        stated_area=None,
        note_zh="",
        note_en="",
        extra={},
    )
    return measure(feature, plan.metric_frame)
