"""The words that the scripts of the pages show, in the reader's language.

Keys are what static/js asks for; texts are msgids of webapp/translations. `{name}` places are filled in the browser.
"""

from __future__ import annotations

from webapp.words import card, plan, tools
from webapp.words.assess import assess_words
from webapp.words.export import export_words
from webapp.words.guides import guide_words
from webapp.words.metrics import metric_words
from webapp.words.projects import project_words
from webapp.words.scenario import scenario_words
from webapp.words.time import time_words


def words() -> dict[str, str]:
    """All words of the map page by key."""
    return {
        **plan.units_words(),
        **plan.bases_words(),
        **plan.zones_words(),
        **plan.tree_words(),
        **plan.notices_words(),
        **card.card_words(),
        **card.figures_words(),
        **card.point_words(),
        **card.chips_words(),
        **card.ledger_words(),
        **metric_words(),
        **project_words(),
        **guide_words(),
        **time_words(),
        **tools.search_words(),
        **tools.measure_words(),
        **tools.table_words(),
        **tools.print_words(),
        **tools.keys_words(),
        **export_words(),
    }


def assess_page_words() -> dict[str, str]:
    """All words of the page of a site, which has the map's parts too."""
    return {**words(), **assess_words()}


def scenario_page_words() -> dict[str, str]:
    """All words of the page of moved rings, which has two maps."""
    return {**words(), **scenario_words()}


def shared_words() -> dict[str, str]:
    """The words of the search box, which stands on every page."""
    return {**plan.bases_words(), **tools.search_words(), **plan.notices_words()}
