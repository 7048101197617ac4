"""What the card says of a feature or a point, and what its chips tell."""

from __future__ import annotations

from flask_babel import gettext as _


def card_words() -> dict[str, str]:
    """Parts of the card."""
    return {
        "loading": _("Loading"),
        "card_failed": _("The card could not be loaded."),
        "not_found": _("Not in this plan"),
        "not_found_note": _("The address names '{id}', which this plan does not hold. Choose something on the map."),
        "download_geojson": _("GeoJSON"),
        "read_on": _("Read on"),
        "full_page": _("Full page"),
        "assess_area": _("Assess this area"),
        "assess_here": _("Assess a site here"),
        "copy_link": _("Copy link"),
        "link_copied": _("Link copied"),
        "link_select": _("Copy the link from the address bar"),
        "where": _("Where it stands"),
        "members": _("Placed in it"),
        "members_note": _("These belong here by the words or the context of a source; how surely, each card says."),
        "source": _("Source"),
        "place": _("Place in it"),
        "data_year": _("Data year"),
        "undated_map": _("undated map"),
        "status": _("Status"),
        "status_existing": _("existing"),
        "status_planned": _("planned"),
        "land_use": _("Land use"),
        "placed_in": _("Placed in"),
        "show_area": _("Show the area"),
        "more_properties": _("{count} more properties"),
        "no_data": _("no data"),
    }


def figures_words() -> dict[str, str]:
    """Figures of the card, stated and computed."""
    return {
        "area": _("Area"),
        "area_computed": _("Area (computed)"),
        "same_in": _("The same in mu"),
        "length": _("Length"),
        "length_drawn": _("As drawn"),
        "ellipsoidal": _("on the ellipsoid"),
        "stated_area": _("Stated area"),
        "stated_and_computed": _("Stated and computed"),
        "computed_and_bound": _("computed, bound"),
        "difference": _("difference"),
        "difference_value": _("{amount} ({ratio})"),
        "verdict_agrees": _("agrees within accuracy"),
        "verdict_doubtful": _("doubtful"),
        "verdict_differs": _("differs"),
        "public_text": _("public text"),
        "symbol_note": _("Drawn as a circle of {radius} m radius; it counts as its centre point."),
        "ring_shares": _("Share by ring"),
        "home_ring": _("home ring"),
        "by_line": _("by the line"),
        "on_ground": _("on the ground"),
        "share_range": _("{low}–{high}%"),
    }


def point_words() -> dict[str, str]:
    """The card of a point."""
    return {
        "this_point": _("This point"),
        "card_point": _("Place on the map"),
        "hits_one": _("One thing here"),
        "hits": _("{count} things here"),
        "by_line_long": _("By the line"),
        "on_ground_long": _("On the ground"),
        "certain": _("certain: {zone}"),
        "near": _("near an edge: {zones}"),
        "to_shore": _("To the shore"),
        "in_lake": _("0 m, in the lake"),
        "lonlat": _("Lon, lat"),
        "pointer": _("Pointer"),
        "map_centre": _("Map centre"),
        "map_keys": _("Map. Arrows pan, plus and minus zoom, Enter asks about the centre."),
    }


def chips_words() -> dict[str, str]:
    """What a chip tells when it is opened."""
    return {
        "told_method": _("How"),
        "told_crs": _("System"),
        "told_bound": _("Bound"),
        "told_why": _("Why assumed"),
        "told_says": _("What it says"),
        "told_ledger": _("Ledger"),
        "told_distance": _("Distance from the shore"),
        "told_no_year": _("no year given"),
        "told_area": _("Area within the outline, in the plane."),
        "told_ring_area": _("Area within the zone and the ring's edges, without mapped water, in the plane."),
        "told_area_bound": _(
            "± u = a/2 × √Σd², with the accuracy of the outline a = {accuracy} m and d the distance between the two"
            " neighbours of a corner; 95 of 100 true areas lie within it."
        ),
        "told_no_bound": _("None is given here."),
        "told_length": _("Length of the line as drawn, in the plane."),
        "told_ring_length": _("Length of the line at this distance from the shore, in the plane."),
        "told_shares": _("Parts of the outline in each ring, by the line, over its whole area."),
        "told_shares_bound": _("On the ground: the least and the most that each ring may hold within the accuracy."),
        "told_standing": _("Shortest distance to the shore of the lake; the ring whose distances hold it."),
        "told_standing_bound": _("On the ground: the rings that are possible within the accuracy."),
    }


def ledger_words() -> dict[str, str]:
    """What the sources say of a feature beside its area."""
    return {
        "figures_stated": _("Stated figures"),
        "figures_all": _("All {count} figures"),
        "projects_of": _("Project in the sources"),
        "project_number": _("{source}, no. {number} of the list"),
        "period": _("{start} to {end}"),
        "period_none": _("no period stated"),
    }
