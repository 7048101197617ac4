"""The plan without the web: `from geo import load_plan`, then questions to the plan, frames and files.

>>> from geo import load_plan
>>> load_plan("data").catalogue.metric_crs
'EPSG:4548'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geo.plan import Plan, load_plan

__all__ = ["Plan", "load_plan"]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """`Plan` and `load_plan` when they are first asked for: nobody else waits for numpy and pyproj."""
        if name in __all__:
            return getattr(import_module("geo.plan"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
