"""Features and points as the world outside reads them: names, units and rounding of the one output vocabulary.

Everything returned is plain dicts, lists, strings and numbers, ready for JSON; texts come in both languages.
Areas are m2 rounded to 0.01, shares 0 to 1 with 6 decimals, lengths and distances m rounded to 0.1.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geo import crs, rings
from geo.catalogue import Feature, Project, StatedArea
from geo.errors import CrsError, QueryError
from geo.plan import Plan
from geo.reconcile import judge, measured_area
from geo.view import SYMBOLIC, Shape, View, ZoneShare

Json = dict[str, Any]

MAP_DECIMALS = 6  # of a degree: 0.1 m
EXPORT_DECIMALS = 7  # of a degree, in answers that are kept as files: 1 cm


def view_json(view: View) -> Json:
    """Which view an answer speaks of; `rings` are the outer distances in m, `scenario` says that they were moved."""
    distances = list(view.distances_m)
    return {"extent": view.extent, "reading": view.reading, "scenario": not view.is_base, "rings": distances}


def feature_collection(plan: Plan, layer_id: str, view: View, decimals: int = MAP_DECIMALS) -> Json:
    """A layer as GeoJSON in lon/lat; rows known only in words have no geometry. QueryError if unknown."""
    plan.layer(layer_id)
    features = [
        {
            "type": "Feature",
            "id": shape.feature.id,
            "geometry": geometry_json(shape.geometry, decimals),
            "properties": feature_properties(plan, shape, view),
        }
        for shape in plan.of_layer(layer_id, view)
    ]
    return {"type": "FeatureCollection", "view": view_json(view), "features": features}


def geometry_json(geometry: BaseGeometry | None, decimals: int) -> Json | None:
    """A geometry as GeoJSON, outer rings anticlockwise (RFC 7946), coordinates rounded to `decimals` of a degree."""
    if geometry is None:
        return None
    oriented = shapely.orient_polygons(shapely.force_2d(geometry))
    mapped = shapely.geometry.mapping(oriented)
    return {"type": mapped["type"], "coordinates": _coordinates(mapped["coordinates"], decimals)}


def feature_properties(plan: Plan, shape: Shape, view: View) -> Json:
    """Everything that is known of a feature: stated, computed, where it stands, how it was placed."""
    feature = shape.feature
    # What the view itself computes stands nowhere; to ask would work out the intervals of every place.
    standing = view.standings.get(feature.id) if feature.id in plan.shapes else None
    return {
        **_facts(feature),
        "stated_area": stated_area(feature.stated_area),
        "compared": compared_json(shape),
        "area_m2": rounded(shape.area_m2, 2),
        "area_u_m2": rounded(shape.area_u_m2, 2),
        "area_ellipsoidal_m2": rounded(shape.area_ellipsoidal_m2, 2),
        "length_m": rounded(shape.length_m, 1),
        "zones": zone_shares_json(standing.shares) if standing and standing.shares else None,
        "home_zone": standing.home_zone if standing else None,
        "ground": list(standing.ground) if standing else None,
        "distance_to_lake_m": rounded(standing.distance_to_lake_m, 1) if standing else None,
        "members": [
            {"id": member.id, "name_zh": member.name_zh, "name_en": member.name_en}
            for member in plan.members(feature.id)
        ],
        "symbol_radius_m": rounded(shape.symbol_radius_m, 1),
        "centre": centre_json(shape),
        "figure_count": sum(figure.feature == feature.id for figure in plan.catalogue.figures),
        "projects": [_project(one) for one in plan.catalogue.projects if one.feature == feature.id],
        "projects_in_words": [
            {"id": one.id, "name_zh": one.name_zh, "name_en": one.name_en}
            for one in plan.catalogue.projects
            if one.placed_in == feature.id and one.feature is None
        ],
        "extra": dict(feature.extra),
    }


def stated_area(stated: StatedArea | None) -> Json | None:
    """A stated area as the source gives it, with the same in m2."""
    if stated is None:
        return None
    return {
        "value": stated.value,
        "unit": stated.unit,
        "qualifier": stated.qualifier,
        "source": stated.source,
        "place": stated.place,
        "figure": stated.figure,
        "area_m2": round(stated.area_m2, 2),
    }


def compared_json(shape: Shape) -> Json | None:
    """The computed area beside the stated one: difference, its share of the stated, verdict; None without both."""
    stated, measured = shape.feature.stated_area, measured_area(shape)
    if stated is None or measured is None:
        return None
    off = measured.value - stated.area_m2
    verdict = judge(stated.area_m2, measured)
    return {"difference_m2": round(off, 2), "ratio": round(off / stated.area_m2, 6), "verdict": verdict}


def _project(one: Project) -> Json:
    names = ("id", "no", "name_zh", "name_en", "start", "end", "phase", "source")
    return {name: getattr(one, name) for name in names}


def membership(plan: Plan, lon: float, lat: float, view: View) -> Json:
    """Where a point (WGS 84 lon/lat) stands: by the atlas's line, on the ground, and the areas that hold it.

    The bound on the ground is the accuracy of the shore; the point itself is taken as exact. QueryError if a
    coordinate is no number on the globe.
    """
    if not (abs(lon) <= 180 and abs(lat) <= 90):
        raise QueryError(
            f"lon {lon}, lat {lat} is no place on the globe; expected lon -180 to 180 and lat -90 to 90.",
            f"lon {lon}、lat {lat} 不是地球上的位置；经度应在 −180 至 180、纬度应在 −90 至 90 之间。",
        )
    answer: Json = {"lon": round(lon, 7), "lat": round(lat, 7), **view_json(view)}
    answer["crs"] = plan.catalogue.metric_crs
    try:
        x, y = crs.project(lon, lat, plan.catalogue.metric_crs)
    except CrsError:  # beyond the area of use of the metric CRS: nowhere near the plan
        return {**answer, **_far_away(view)}
    zone = str(view.locator.locate_ring(x, y))
    possible = view.locator.on_the_ground(x, y, view.lake.accuracy_m)
    return {
        **answer,
        "x": round(float(x), 3),
        "y": round(float(y), 3),
        "zone": zone,
        "distance_to_lake_m": round(float(view.locator.distance_m(x, y)), 1),
        "line": {"zone": zone},
        "ground": {"certain": len(possible) == 1, "zones": list(possible), "accuracy_m": view.lake.accuracy_m},
        "features": _holding(plan, shapely.Point(x, y), view),
    }


def _far_away(view: View) -> Json:
    return {
        "x": None,
        "y": None,
        "zone": rings.OUTSIDE,
        "distance_to_lake_m": None,
        "line": {"zone": rings.OUTSIDE},
        "ground": {"certain": True, "zones": [rings.OUTSIDE], "accuracy_m": view.lake.accuracy_m},
        "features": [],
    }


def _holding(plan: Plan, point_m: shapely.Point, view: View) -> list[Json]:
    held = [shape for shape in plan.shapes.values() if shape.area_m2 is not None and shape.geometry_m.covers(point_m)]
    return [
        {
            "id": shape.feature.id,
            "layer": shape.feature.layer,
            "name_zh": shape.feature.name_zh,
            "name_en": shape.feature.name_en,
            "home_zone": view.standings[shape.feature.id].home_zone if shape.feature.id in view.standings else None,
        }
        for shape in held
    ]


def _facts(feature: Feature) -> Json:
    names = ("id", "layer", "name_zh", "name_en", "source", "place", "data_year", "geometry_basis", "accuracy_m")
    more = ("status", "land_use", "placed_in", "note_zh", "note_en")
    return {name: getattr(feature, name) for name in (*names, *more)}


def zone_shares_json(rows: Iterable[ZoneShare]) -> list[Json]:
    """The shares of an area in the zones, with the interval that the accuracy allows."""
    return [
        {
            "id": row.zone,
            "share": round(row.share, 6),
            "area_m2": round(row.area_m2, 2),
            "share_low": round(row.low, 6),
            "share_high": round(row.high, 6),
        }
        for row in rows
    ]


def centre_json(shape: Shape) -> list[float] | None:
    """A point to go to, [lon, lat]: the place of a point or symbol, a point inside an area or on a line, or None."""
    if shape.geometry is None:
        return None
    symbolic = shape.feature.geometry_basis == SYMBOLIC
    point: Any = shape.feature.geometry if symbolic else shape.geometry
    point = point if point.geom_type == "Point" else point.representative_point()
    return [round(point.x, MAP_DECIMALS), round(point.y, MAP_DECIMALS)]


def rounded(value: float | None, decimals: int) -> float | None:
    """`value` rounded to `decimals`, None kept as None."""
    return None if value is None else round(float(value), decimals)


def _coordinates(coordinates: Any, decimals: int) -> Any:
    if isinstance(coordinates[0], float | int):
        return [round(coordinates[0], decimals), round(coordinates[1], decimals)]
    return [_coordinates(part, decimals) for part in coordinates]
