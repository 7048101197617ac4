"""What the page of moved rings says."""

from __future__ import annotations

from flask_babel import gettext as _


def scenario_words() -> dict[str, str]:
    """All words of the page of moved rings."""
    return {
        "scenario_base": _("Base plan"),
        "scenario_own": _("Scenario"),
        "scenario_dotted": _("dotted: the edges at the left"),
        "scenario_delta_none": _("as in the base plan"),
        "scenario_cross_low": _("Rings may not cross: the ring within ends at {metres} m. Move that one first."),
        "scenario_cross_high": _("Rings may not cross: the next ring ends at {metres} m. Move that one first."),
        "scenario_no_number": _("Give whole metres, such as {metres}."),
        "scenario_failed": _("The scenario could not be worked out."),
        "scenario_from_to": "{from} → {to}",
        "colon": _(": "),
        "scenario_unsure": _("not certain"),
        "scenario_certain": _("certain"),
        "scenario_shore": _("{metres} m from the shore"),
        "scenario_no_data": _("no data"),
        "scenario_place_left": _("{place}, left"),
        "scenario_place_right": _("{place}, right"),
        "scenario_verdicts_none": _("No drawn site changes its verdict."),
        "scenario_projects": _("Projects in the zone"),
        "scenario_moved_none": _("Nothing changes its ring."),
        "scenario_moved_count": _("{count} change their ring"),
        "scenario_total": _("Land in all"),
        "scenario_gapless": _("rings and water sum to the extent: no gap, no overlap"),
        "scenario_kept": _("This scenario now stands at the left."),
        "scenario_two_extents": _("{left} and {right}"),
    }
