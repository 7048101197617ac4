"""Which zone a point or an area lies in: by distance to the lake, in any polygons, by shares, and how surely.

Everything is in metres of one plane; what is open or closed at a shared line is said at each name.
"""

from geo.membership.bounds import share_bounds
from geo.membership.ring_locator import OUTSIDE, WATER, RingLocator
from geo.membership.shares import home_zone, share_by_zone
from geo.membership.zone_index import ZoneIndex

__all__ = ["OUTSIDE", "WATER", "RingLocator", "ZoneIndex", "home_zone", "share_bounds", "share_by_zone"]
