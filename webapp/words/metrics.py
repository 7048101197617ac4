"""The words of the figures panel on the map page, by the keys that static/js/metrics*.js ask for."""

from __future__ import annotations

from flask_babel import gettext as _


def metric_words() -> dict[str, str]:
    """The words of the panel in the reader's language; `{name}` places are filled in the browser."""
    return {
        "metrics_view": _("Extent {extent} · ring 1: {reading}"),
        "metrics_failed": _("The figures could not be loaded."),
        "metrics_land": _("Land and water"),
        "metrics_zone": _("Zone"),
        "metrics_water": _("Water"),
        "metrics_colon": _(": "),
        "metrics_area": _("Area, km²"),
        "metrics_of_land": _("of land"),
        "metrics_of_extent": _("of extent"),
        "metrics_sites": _("sites"),
        "metrics_light": _("Show this zone on the map"),
        "metrics_whole_land": _("Land"),
        "metrics_whole_extent": _("Extent {extent}"),
        "metrics_in_words": _(
            "Sites: those with a position. {count} more are known only in words and stand in no zone."
        ),
        "metrics_green": _("Green"),
        "metrics_green_share": _("mapped green"),
        "metrics_per_head": _("park green, m² per head"),
        "metrics_note": _(", note "),
        "metrics_denominators": _("Divided by"),
        "metrics_land_is": _("land, {area}: the extent without mapped water"),
        "metrics_extent_is": _("extent, {area}: water included"),
        "metrics_zone_is": _("area of the zone; only parks with an outline count: a lower bound"),
        "metrics_residents_are": _("residents of the same ground; only parks of class G1 count"),
        "metrics_each_zone": _("Each ring"),
        "metrics_other_zones": _("Other rings"),
        "metrics_not_stated": _("not stated"),
        "metrics_persons": _("{count} residents"),
        "metrics_area_how": _("Area of the zone within its lines, in the plane; ring edges may be assumed."),
        "metrics_area_bound": _("None is given for a zone; its lines are as sure as the shore is."),
        "metrics_composition": _("Of the land of the extent {extent}; water is left out."),
    }
