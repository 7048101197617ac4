"""Where could it go? Land that the mapped layers leave for a wish, with a ranking that says why."""

from geo.find.facts import CLEAR, LANDS, Found, Miss, Place, Relaxation, Wish
from geo.find.finding import MOST_PLACES, find
from geo.find.ground import barred_zones, land_zones, targets

__all__ = [
    "CLEAR",
    "LANDS",
    "MOST_PLACES",
    "Found",
    "Miss",
    "Place",
    "Relaxation",
    "Wish",
    "barred_zones",
    "find",
    "land_zones",
    "targets",
]
