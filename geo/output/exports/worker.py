"""Exports in a process of their own, where the libraries that write them are loaded and the server stays light."""

from __future__ import annotations

from geo.assess.worker import held_plan
from geo.output.exports import Exported, Wanted, export


def export_held(wanted: Wanted) -> Exported:
    """The file that is wanted of the plan of this process; errors as `export`."""
    return export(held_plan(), wanted)
