"""How much of an area certainly lies, and how much may lie, in each ring, given how well the lines are known."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geo.membership.ring_locator import RingLocator, check_accuracy
from geo.membership.shares import check_one_area

Floats = npt.NDArray[np.float64]
_QUAD_SEGS = 64  # as the drawn rings, so that an accuracy of 0 gives their shares
_EXACT_M = 0.001  # lines known better than to a millimetre are taken as they are drawn


def share_bounds(area: BaseGeometry, locator: RingLocator, accuracy_m: float) -> tuple[Floats, Floats]:
    """(low, high): the share of `area` that certainly lies, and that may lie, in each zone.

    The order is the locator's zones, then water, then outside. Every line (shore, edges at fixed distances from it,
    other water, extent) may be off by up to `accuracy_m`; the share by the atlas's line lies between the two, and
    with an accuracy of 0 both are that share. GeometryError for an area without size or a bad accuracy.

    >>> lake = shapely.box(0, 0, 1000, 1000)
    >>> rings = RingLocator(lake, lake, lake.buffer(3000), (500.0,), ("ring_1", "ring_2"))
    >>> low, high = share_bounds(shapely.box(1000, 400, 2000, 600), rings, 100.0)
    >>> low.round(6).tolist(), high.round(6).tolist()
    ([0.3, 0.4, 0.0, 0.0], [0.6, 0.6, 0.1, 0.0])
    """
    check_accuracy(accuracy_m)
    check_one_area(area)
    share = np.minimum(np.array(list(_parts_m2(area, locator, 0.0))) / area.area, 1.0)
    if accuracy_m < _EXACT_M:
        return share, share.copy()
    low = np.array(list(_parts_m2(area, locator, -accuracy_m))) / area.area
    high = np.array(list(_parts_m2(area, locator, accuracy_m))) / area.area
    # Rounding of the drawn arcs must not put the share itself outside its own bounds.
    return np.clip(low, 0.0, share), np.clip(high, share, 1.0)


def _parts_m2(area: BaseGeometry, locator: RingLocator, slack_m: float) -> Iterator[float]:
    """The size of the part of `area` in each zone when every zone gives way (slack below 0) or takes (above)."""
    extent = _grown(locator.extent, slack_m)
    inside = shapely.intersection(area, extent)
    land = shapely.difference(inside, _grown(locator.water, -slack_m))
    for low_m, high_m in zip((0.0, *locator.edges_m), (*locator.edges_m, None), strict=True):
        band = shapely.difference(land, _grown(locator.lake, low_m - slack_m))
        if high_m is not None:
            band = shapely.intersection(band, _grown(locator.lake, high_m + slack_m))
        yield float(band.area)
    yield float(shapely.intersection(inside, _grown(locator.water, slack_m)).area)
    yield float(shapely.difference(area, _grown(locator.extent, -slack_m)).area)


@lru_cache(maxsize=256)
def _grown(shape: BaseGeometry, distance_m: float) -> BaseGeometry:
    return shape if distance_m == 0 else shapely.buffer(shape, distance_m, quad_segs=_QUAD_SEGS)
