"""What the rules say of a site: allowed, conditional, conflict or unknown, and why.

Pure, and nothing here measures: whoever asks gives the shares of the site with their bounds. What is not given is
unknown, and unknown is never a pass.
"""

from geo.rules.facts import INSIDE, PLACE_RULES, RING_USE, Overlap, Rule, RuleBook, Share, SiteFacts, Use
from geo.rules.judging import judge_site
from geo.rules.verdicts import (
    ALLOWED,
    CONDITIONAL,
    CONFLICT,
    NOTE,
    SEVERITY,
    UNKNOWN,
    VERDICT_WORDS,
    Quantity,
    RuleVerdict,
    overall,
)

__all__ = [
    "ALLOWED",
    "CONDITIONAL",
    "CONFLICT",
    "INSIDE",
    "NOTE",
    "PLACE_RULES",
    "RING_USE",
    "SEVERITY",
    "UNKNOWN",
    "VERDICT_WORDS",
    "Overlap",
    "Quantity",
    "Rule",
    "RuleBook",
    "RuleVerdict",
    "Share",
    "SiteFacts",
    "Use",
    "judge_site",
    "overall",
]
