"""May this go here, and what does it mean? One site against the plan, with reasons, intervals and sources."""

from geo.assess.answering import Answer, AnsweredSite, Question, answer
from geo.assess.assessing import assess
from geo.assess.every import REASONS, Conflicts, SiteCheck, check_sites, worst_first
from geo.assess.facts import INDICATORS, Assessment, Candidate, Distance, Meeting

__all__ = [
    "INDICATORS",
    "REASONS",
    "Answer",
    "AnsweredSite",
    "Assessment",
    "Candidate",
    "Conflicts",
    "Distance",
    "Meeting",
    "Question",
    "SiteCheck",
    "answer",
    "assess",
    "check_sites",
    "worst_first",
]
