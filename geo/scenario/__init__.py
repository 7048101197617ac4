"""What follows if the rings lie elsewhere: two views of a plan compared, in figures and in words."""

from geo.scenario.comparing import KEPT, checked_sites, compare, verdict_changes
from geo.scenario.distances import checked_rings, parse_rings, rings_text
from geo.scenario.facts import Difference, GreenChange, PlaceChange, Reading, RuleChange, VerdictChange, ZoneChange

__all__ = [
    "KEPT",
    "Difference",
    "GreenChange",
    "PlaceChange",
    "Reading",
    "RuleChange",
    "VerdictChange",
    "ZoneChange",
    "checked_rings",
    "checked_sites",
    "compare",
    "parse_rings",
    "rings_text",
    "verdict_changes",
]
