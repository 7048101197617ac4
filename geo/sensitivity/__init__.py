"""At which ring distance does an answer change? The home ring of a feature, and the verdict on a site.

One distance is moved at a time, between its neighbours, while the others stay; what is asked is a step function of it.
The steps of a point are exact, all others are found to 0.1 m. None is missed, for what decides only grows or only
shrinks with the distance: what holds at two distances holds at all between them. Two steps within 0.1 m of one another
may read as one.
"""

from geo.sensitivity.bands import STEP_M, Band, Change, Moved, RuleBands, Sensitivity
from geo.sensitivity.homes import all_ring_changes, ring_changes
from geo.sensitivity.verdicts import assessment_changes, verdict_changes

__all__ = [
    "STEP_M",
    "Band",
    "Change",
    "Moved",
    "RuleBands",
    "Sensitivity",
    "all_ring_changes",
    "assessment_changes",
    "ring_changes",
    "verdict_changes",
]
