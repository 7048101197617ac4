"""Names of downloads: atlas, contents, view, system; Chinese, or English in ASCII."""

from __future__ import annotations

from geo.output.exports.target import Target
from geo.plan import Plan
from geo.scenario import rings_text
from geo.view import View

ATLAS_ZH, ATLAS_EN = "瑶湖规划图集", "yaohu-planning-atlas"
_MOST = 120  # characters of a name without its extension


def stem(plan: Plan, view: View, title: str, target: Target | None, lang: str) -> str:
    """The name of a file without its extension: atlas, title, extent, reading, distances of a scenario, system.

    Without a `target`, as a table of figures, no system is named. Characters that a file system or a header may not
    hold become a low line.
    """
    reading = next(reading for reading in plan.catalogue.rings.readings if reading.id == view.reading)
    scenario = scenario_word(view, lang)
    words = (reading.name_zh if lang == "zh" else reading.id, *((scenario,) if scenario else ()))
    words += (target.tag,) if target else ()
    parts = (ATLAS_ZH if lang == "zh" else ATLAS_EN, title, view.extent, *words)
    return "_".join(safe(part) for part in parts)[:_MOST]


def safe(part: str) -> str:
    """A part of a file name: letters, digits, - . ( ) and low lines for all else.

    >>> safe("a/b: 瑶湖（2025）")
    'a_b__瑶湖（2025）'
    """
    return "".join(char if char.isalnum() or char in "-.()（）" else "_" for char in part)


def scenario_word(view: View, lang: str) -> str:
    """What a file name says of a scenario: that it is one, and its ring distances; "" for the base plan."""
    if view.is_base:
        return ""
    return f"{'情景' if lang == 'zh' else 'scenario'}-{rings_text(view.distances_m).replace(',', '-')}"
