"""The projects of the ledger as people look for them: where they are shown, what they are filtered by."""

from geo.projects.facets import Facet, LandSum, Totals, facets, totals
from geo.projects.filters import (
    CHOICES,
    DEFAULT_STAGES,
    FILTERS,
    SORTS,
    Row,
    Wanted,
    arrange,
    key_of,
    open_rows,
    possible_values,
    rows,
    select,
    value_of,
)
from geo.projects.placement import PLACEMENTS, Entry, entries

__all__ = [
    "CHOICES",
    "DEFAULT_STAGES",
    "FILTERS",
    "PLACEMENTS",
    "SORTS",
    "Entry",
    "Facet",
    "LandSum",
    "Row",
    "Totals",
    "Wanted",
    "arrange",
    "entries",
    "facets",
    "key_of",
    "open_rows",
    "possible_values",
    "rows",
    "select",
    "totals",
    "value_of",
]
