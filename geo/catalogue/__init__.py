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
from geo.catalogue.ledger import PROJECT_METRICS, Figure, Metric, Project, in_lang
from geo.catalogue.load import check_catalogue, load_catalogue

__all__ = [
    "PROJECT_METRICS",
    "Catalogue",
    "Feature",
    "Figure",
    "Group",
    "LandUseClass",
    "Layer",
    "Metric",
    "Population",
    "Project",
    "RingEdge",
    "RingInfo",
    "RingReading",
    "RingsConfig",
    "Scalar",
    "Slot",
    "Source",
    "StatedArea",
    "check_catalogue",
    "in_lang",
    "load_catalogue",
]
