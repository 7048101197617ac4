"""Land that fits a wish: sieved, fitted, ranked; what leaving a wish out would open; the nearest miss."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache

from shapely.geometry.base import BaseGeometry

from geo import membership, rings
from geo.find.facts import CLEAR, Found, Miss, Place, Relaxation, Wish, Words
from geo.find.fitting import Room, largest_circle, room_for
from geo.find.ground import check_wish, ground, unplaced
from geo.find.ranking import estimate, rank, spread
from geo.plan import Plan
from geo.view import View

MOST_PLACES = 20  # ranked by the whole assessment
_LATTICE = 1500  # points over the extent: enough that no place is far from one
_KEPT = 128


def find(plan: Plan, view: View, wish: Wish) -> Found:
    """Where a wish fits by the mapped layers, the best places first; kept, so that the same question is asked once.

    QueryError for what the plan cannot answer. No place is one that `assess` calls a conflict. Of layers that are not
    loaded nothing is known: they are named in the notices, and the rules about them stay unknown.
    """
    check_wish(plan, view, wish)
    return _found(plan, view, wish)


@lru_cache(maxsize=_KEPT)
def _found(plan: Plan, view: View, wish: Wish) -> Found:
    land = ground(plan, view, wish)
    room = _room(view, wish, land)
    candidates: tuple[Place, ...] = ()
    if room.sites.size:
        best = spread(room.sites, estimate(plan, view, wish, land, room.sites), MOST_PLACES, _gap_m(wish))
        candidates = rank(plan, view, wish, land, [room.sites[at] for at in best])
    return Found(
        wish=wish,
        ground_m2=float(land.area),
        open_m=room.open_m,
        open_m2=room.open_m2,
        count=len(room.sites),
        candidates=candidates,
        relaxations=tuple(_relaxations(plan, view, wish, room.open_m2)),
        miss=None if room.sites.size else _miss(view, land),
        notices=tuple(_notices(plan, wish)),
    )


def _room(view: View, wish: Wish, land: BaseGeometry) -> Room:
    """The step of the lattice goes by the extent and the wanted land alone, never by the other wishes."""
    return room_for(land, wish.area_m2, math.sqrt(view.extent_area_m2 / _LATTICE))


def _gap_m(wish: Wish) -> float:
    return math.sqrt(wish.area_m2)


def _relaxations(plan: Plan, view: View, wish: Wish, open_m2: float) -> Iterator[Relaxation]:
    for name in wish.given:
        looser = wish.without(name)
        found_m2 = _room(view, looser, ground(plan, view, looser)).open_m2
        yield Relaxation(name, found_m2, max(0.0, found_m2 - open_m2))


def _miss(view: View, land: BaseGeometry) -> Miss | None:
    circle = largest_circle(land)
    if circle is None:
        return None
    names = (*view.zones, rings.OUTSIDE)
    home = int(membership.home_zone(membership.share_by_zone([circle], list(view.zones.values()))[0]))
    return Miss(circle, float(circle.area), names[home])


def _notices(plan: Plan, wish: Wish) -> Iterator[Words]:
    yield (
        "这是对图上图层的筛选，不是供地清单：土地归谁、现作何用，图集不知道。",
        "This is a sieve of the mapped layers and no offer of land: who owns or uses it is not known.",
    )
    for slot in plan.catalogue.slots:
        yield f"未核查：未载入图层（{slot.title_zh}）。", f"Not checked: no layer loaded ({slot.title_en})."
    for layer in CLEAR:
        lost = len(unplaced(plan, layer)) if layer in wish.clear else 0
        if lost:
            title = plan.layer(layer)
            yield (
                f"{title.title_zh}：{lost} 处在图上没有位置，无法避开。",
                f"{title.title_en}: {lost} have no place on the map, so nothing can be kept clear of them.",
            )
    yield (
        "每处是一个面积恰为所需的圆，只表示位置和大小，不是地块；没有轮廓的按可能达到的范围避开。",
        "Each place is a circle of exactly the wanted land: a place and a size, no plot. What has no outline is kept "
        "clear of as far as it may reach.",
    )
