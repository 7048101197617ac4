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
from geo.catalogue.load import check_catalogue, load_catalogue

__all__ = [
    "Catalogue",
    "Feature",
    "Group",
    "LandUseClass",
    "Layer",
    "Population",
    "RingEdge",
    "RingInfo",
    "RingReading",
    "RingsConfig",
    "Scalar",
    "Slot",
    "Source",
    "StatedArea",
    "check_catalogue",
    "load_catalogue",
]
