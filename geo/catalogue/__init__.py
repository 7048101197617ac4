"""The data folder, read and checked: the only reader of data/."""

from geo.catalogue.facts import (
    Catalogue,
    Feature,
    Group,
    LandUseClass,
    Layer,
    Population,
    RingEdge,
    RingInfo,
    RingReading,
    RingsConfig,
    Scalar,
    Slot,
    Source,
    StatedArea,
)
from geo.catalogue.guides import WHOLE_ZONE, Guides, Step, Theme, text_parts
from geo.catalogue.ledger import PROJECT_METRICS, Figure, Metric, Project, in_lang
from geo.catalogue.load import check_catalogue, load_catalogue
from geo.catalogue.rules import Rule, RuleBook, Use
from geo.catalogue.trends import Indicator, IndicatorLine

__all__ = [
    "PROJECT_METRICS",
    "WHOLE_ZONE",
    "Catalogue",
    "Feature",
    "Figure",
    "Group",
    "Guides",
    "Indicator",
    "IndicatorLine",
    "LandUseClass",
    "Layer",
    "Metric",
    "Population",
    "Project",
    "RingEdge",
    "RingInfo",
    "RingReading",
    "RingsConfig",
    "Rule",
    "RuleBook",
    "Scalar",
    "Slot",
    "Source",
    "StatedArea",
    "Step",
    "Theme",
    "Use",
    "check_catalogue",
    "in_lang",
    "load_catalogue",
    "text_parts",
]
