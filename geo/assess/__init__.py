"""May this go here, and what does it mean? One site against the plan, with reasons, intervals and sources."""

from geo.assess.assessing import assess
from geo.assess.facts import INDICATORS, Assessment, Candidate, Distance, Meeting

__all__ = ["INDICATORS", "Assessment", "Candidate", "Distance", "Meeting", "assess"]
