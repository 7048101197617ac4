"""A place: all that the atlas holds of one feature, in the one output vocabulary, for its page and as JSON.

Areas m2 rounded to 0.01, shares 0 to 1 with 6 decimals, lengths and distances m rounded to 0.1.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import shapely

from geo import rings
from geo.catalogue import Figure, Project, RingEdge
from geo.neighbours import Neighbour, nearest
from geo.output.features import Json, feature_properties, rounded, view_json
from geo.output.layers import LEGAL_EN, LEGAL_ZH
from geo.output.ledger import figure_json, project_json
from geo.plan import EXTENT_LAYERS, Plan
from geo.reconcile import NOT_COMPARABLE, compare_figure
from geo.shapes import length_bound_m
from geo.view import Shape, View

FRAMES = (*EXTENT_LAYERS.values(), "rings", "ring_lines")  # hold everything else: nobody's neighbours
_SHARE_SEEN = 0.005  # half a per cent
_SPECK_M = 0.05  # shorter parts of a line read 0.0


def places(plan: Plan, view: View) -> tuple[Shape, ...]:
    """Every feature of every layer, the computed ones of `view` too: by group, then in the order of the catalogue."""
    listed = [layer.id for group in plan.catalogue.groups for layer in plan.catalogue.layers if layer.group == group.id]
    return tuple(shape for layer_id in listed for shape in plan.of_layer(layer_id, view))


def place_json(plan: Plan, view: View, shape: Shape) -> Json:
    """A place with its figures, shares, projects, neighbours and sources, and the places before and after it."""
    feature = shape.feature
    order = [one.feature.id for one in places(plan, view)]
    at = order.index(feature.id)
    layer = plan.layer(feature.layer)
    area = plan.shapes.get(feature.placed_in or "")
    figures = figures_of(plan, feature.id)
    return {
        "id": feature.id,
        "version": plan.catalogue.version,
        **view_json(view),
        "crs": plan.catalogue.metric_crs,
        "layer": {"id": layer.id, "title_zh": layer.title_zh, "title_en": layer.title_en, "group": layer.group},
        "feature": feature_properties(plan, shape, view),
        "length_u_m": rounded(_length_bound_m(shape), 1),
        "placed_in": _named(area) if area else None,
        "shares": shares(plan, view, shape),
        "share_of_land": _share_of_land(view, shape),
        "edges": [_edge(edge) for edge in edges_of(view, shape)],
        "inside": [_named(one) for one in home_of(plan, view, shape)],
        "figures": [_figure(plan, figure) for figure in figures],
        "projects": [project_json(one) for one in projects_of(plan, feature.id)],
        "neighbours": [_neighbour(one) for one in neighbours_of(plan, shape)],
        "sources": sources_of(plan, view, shape),
        "previous": order[at - 1] if at else None,
        "next": order[at + 1] if at + 1 < len(order) else None,
        "legal_zh": LEGAL_ZH,
        "legal_en": LEGAL_EN,
    }


def figures_of(plan: Plan, feature_id: str) -> tuple[Figure, ...]:
    """The stated figures that speak of a feature, in the order of the ledger."""
    return tuple(figure for figure in plan.catalogue.figures if figure.feature == feature_id)


def projects_of(plan: Plan, feature_id: str) -> tuple[Project, ...]:
    """The projects whose feature it is, then those that the sources place in it."""
    listed = plan.catalogue.projects
    own = [one for one in listed if one.feature == feature_id]
    return (*own, *(one for one in listed if one.placed_in == feature_id and one.feature != feature_id))


def neighbours_of(plan: Plan, shape: Shape) -> tuple[Neighbour, ...]:
    """The nearest located features of other layers; none for extents and rings, which hold the others."""
    if shape.feature.layer in FRAMES:
        return ()
    passed = (shape.feature.layer, *FRAMES)
    return nearest(shape, (one for one in plan.shapes.values() if one.feature.layer not in passed))


def home_of(plan: Plan, view: View, shape: Shape) -> tuple[Shape, ...]:
    """The features that stand in a ring, by the largest share or by their place; nothing for other shapes."""
    layer_id, _, zone = shape.feature.id.partition(":")
    if layer_id != "rings":
        return ()
    here = {key for key, standing in view.standings.items() if standing.home_zone == zone}
    return tuple(one for one in plan.shapes.values() if one.feature.id in here)


def edges_of(view: View, shape: Shape) -> tuple[RingEdge, ...]:
    """The distances that bound a ring or that a ring line is drawn at; nothing for other shapes."""
    extra = shape.feature.extra
    wanted = {"rings": ("inner_m", "outer_m"), "ring_lines": ("distance_m",)}.get(shape.feature.layer, ())
    distances = [extra.get(name) for name in wanted]
    return tuple(edge for edge in view.config.edges if edge.distance_m in distances)


def shares(plan: Plan, view: View, shape: Shape) -> list[Json]:
    """How a shape divides among the zones: of an area its area, of a line its length, of an extent its own zones.

    The interval that the accuracy allows is worked out for areas alone, elsewhere it is None. Zones without any part
    are left out; [] for points, rings, and what has no outline. The shares of the rows add up to 1.
    """
    year = next((year for year, layer in EXTENT_LAYERS.items() if layer == shape.feature.layer), None)
    standing = view.standings.get(shape.feature.id)
    if year is not None and shape.area_m2 is not None:
        return _zones_of(plan.view(year, view.reading, view.distances_m))
    if standing is not None:
        rows = [row for row in standing.shares if row.share > 0 or row.high >= _SHARE_SEEN]
        return [_share(row.zone, row.share, area_m2=row.area_m2, interval=(row.low, row.high)) for row in rows]
    if shape.length_m and shape.feature.layer not in FRAMES:
        return list(_line_shares(view, shape))
    return []


def sources_of(plan: Plan, view: View, shape: Shape) -> list[Json]:
    """Every source of a place once, with what it gives and where that stands in it, in the order of first use."""
    found: dict[str, dict[tuple[str, str], None]] = {}
    for source, use, place in _citations(plan, view, shape):
        if source:
            found.setdefault(source, {})[use, place] = None
    return [_source(plan, source, list(uses)) for source, uses in found.items()]


def _citations(plan: Plan, view: View, shape: Shape) -> Iterator[tuple[str, str, str]]:
    """All that a place takes from a source as (source, use, place in the source)."""
    feature = shape.feature
    if feature.layer in ("rings", "ring_lines"):
        shore = view.lake.feature
        yield shore.source, "shore", shore.place
        yield from ((edge.source or "", "distance", edge.place or "") for edge in edges_of(view, shape))
        yield feature.source, "name", feature.place
    else:
        yield feature.source, "words" if shape.geometry is None else "outline", feature.place
    if feature.stated_area is not None:
        yield feature.stated_area.source, "figure", feature.stated_area.place
    yield from ((one.source, "figure", one.place) for one in figures_of(plan, feature.id))
    yield from ((one.source, "project", one.place) for one in projects_of(plan, feature.id))


def _source(plan: Plan, source_id: str, uses: Sequence[tuple[str, str]]) -> Json:
    source = plan.catalogue.sources[source_id]
    return {
        "id": source_id,
        "title_zh": source.title_zh,
        "title_en": source.title_en,
        "year": source.year,
        "places": [{"use": use, "place": place} for use, place in uses],
    }


def _figure(plan: Plan, figure: Figure) -> Json:
    row = compare_figure(plan, figure)
    told = {"verdict": row.verdict, "measured_base": rounded(row.measured.value, 6) if row.measured else None}
    why = row.reason if row.verdict == NOT_COMPARABLE else ("", "")
    return {**figure_json(plan, figure), **told, "reason_zh": why[0], "reason_en": why[1]}


def _named(shape: Shape) -> Json:
    feature = shape.feature
    return {"id": feature.id, "name_zh": feature.name_zh, "name_en": feature.name_en}


def _neighbour(one: Neighbour) -> Json:
    return {
        **_named(one.shape),
        "layer": one.shape.feature.layer,
        "relation": one.relation,
        "distance_m": round(one.distance_m, 1),
        "low_m": round(one.low_m, 1),
        "high_m": round(one.high_m, 1),
    }


def _edge(edge: RingEdge) -> Json:
    names = ("distance_m", "basis", "source", "place", "reason_zh", "reason_en", "figure")
    return {name: getattr(edge, name) for name in names}


def _zones_of(view: View) -> list[Json]:
    whole = view.extent_area_m2
    rows = [(zone_id, float(zone.area)) for zone_id, zone in view.zones.items() if zone.area > 0]
    return [_share(zone_id, area_m2 / whole, area_m2=area_m2) for zone_id, area_m2 in rows]


def _line_shares(view: View, shape: Shape) -> Iterator[Json]:
    line, whole = shape.geometry_m, shape.length_m or 0.0
    parts = [(zone_id, float(zone.intersection(line).length)) for zone_id, zone in view.zones.items()]
    outside = float(shapely.difference(line, view.locator.extent).length)
    for zone_id, length_m in (*parts, (rings.OUTSIDE, outside)):
        if length_m >= _SPECK_M:
            yield _share(zone_id, length_m / whole, length_m=length_m)


def _share(
    zone_id: str,
    share: float,
    *,
    area_m2: float | None = None,
    length_m: float | None = None,
    interval: tuple[float, float] | None = None,
) -> Json:
    low, high = interval or (None, None)
    return {
        "id": zone_id,
        "share": round(share, 6),
        "area_m2": rounded(area_m2, 2),
        "length_m": rounded(length_m, 1),
        "share_low": rounded(low, 6),
        "share_high": rounded(high, 6),
    }


def _share_of_land(view: View, shape: Shape) -> float | None:
    """The part of the land of the extent that a ring takes; None for what is no ring."""
    is_ring = shape.feature.layer == "rings" and shape.area_m2 is not None
    return rounded((shape.area_m2 or 0.0) / view.land_area_m2, 6) if is_ring else None


def _length_bound_m(shape: Shape) -> float | None:
    """The bound of the length of a line that was drawn; a computed line has no corners of its own."""
    if shape.length_m is None or shape.feature.geometry_basis == "computed":
        return None
    return length_bound_m(shape.geometry_m, shape.accuracy_m)
