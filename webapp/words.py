"""The words that the scripts of the map page show, in the reader's language.

Keys are what static/js asks for; texts are msgids of webapp/translations. `{name}` places are filled in the browser.
"""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import pgettext


def words() -> dict[str, str]:
    """All words of the page by key."""
    return {
        **_units(),
        **_bases(),
        **_zones(),
        **_tree(),
        **_card(),
        **_figures(),
        **_point(),
        **_notices(),
        **_measure(),
        **_table(),
        **_search(),
    }


def _units() -> dict[str, str]:
    return {
        "unit_km2": _("km²"),
        "unit_ha": _("ha"),
        "unit_mu": _("mu"),
        "unit_10k_mu": _("10,000 mu"),
        "unit_m2": _("m²"),
        "unit_name_km2": _("square kilometres"),
        "unit_name_ha": _("hectares"),
        "unit_name_mu": _("mu (1/15 ha)"),
        "qualifier_about": _("about {value}"),
        "qualifier_more_than": _("more than {value}"),
        "qualifier_nearly": _("nearly {value}"),
        "comma": _(", "),
        "list_comma": pgettext("in a list", ", "),
        "and": _(" and "),
        "or": _(" or "),
    }


def _bases() -> dict[str, str]:
    return {
        "basis_digitised": _("digitised"),
        "basis_inferred": _("inferred"),
        "basis_computed": _("computed"),
        "basis_symbolic_footprint": _("symbolic"),
        "basis_point": _("point"),
        "basis_none": _("in words only"),
        "basis_head_digitised": _("Digitised outline"),
        "basis_head_inferred": _("Inferred outline"),
        "basis_head_line_digitised": _("Digitised line"),
        "basis_head_line_inferred": _("Inferred line"),
        "basis_head_line_computed": _("Computed line"),
        "basis_head_computed": _("Computed outline"),
        "basis_head_symbolic_footprint": _("Symbol of a size, not an outline"),
        "basis_head_point": _("A point, no outline"),
        "basis_head_none": _("Known only in words, not drawn"),
        "basis_note_digitised": _("Drawn from published maps. Not for boundaries."),
        "basis_note_inferred": _("Derived from a description. Not for boundaries."),
        "basis_note_computed": _("Worked out from the shore and the ring distances."),
        "basis_note_symbolic_footprint": _("The circle has the stated area; the real outline is not known."),
        "basis_note_point": _("Only a position is known."),
        "basis_note_none": _("The sources name it but do not say where it lies."),
        "accuracy_part": _(", accuracy ±{metres} m"),
        "chip_stated": _("stated"),
        "chip_computed": _("computed"),
        "chip_assumed": _("assumed"),
        "label_symbolic": _("symbolic · {area}"),
        "label_inferred": _("inferred ±{metres} m"),
    }


def _zones() -> dict[str, str]:
    return {
        "numeral_ring_1": _("I"),
        "numeral_ring_2": _("II"),
        "numeral_ring_3": _("III"),
        "numeral_ring_4": _("IV"),
        "numeral_strip": _("0"),
        "ring_label_ring_1": _("Ring 1"),
        "ring_label_ring_2": _("Ring 2"),
        "ring_label_ring_3": _("Ring 3"),
        "ring_label_ring_4": _("Ring 4"),
        "ring_label_strip": _("Shore strip"),
        "zone_water": _("water"),
        "zone_outside": _("outside the zone"),
        "edge_stated": _("outer edge stated"),
        "edge_assumed": _("outer edge assumed: not stated"),
        "ring_edge": _("Edge of a ring"),
        "within_ring": _("Line within a ring"),
        "edge_assumed_short": _("edge assumed"),
        "assumed_note": _("Ring edges {distances} m are assumed. "),
    }


def _tree() -> dict[str, str]:
    return {
        "extent_stated": _("stated {area}"),
        "extent_note": _("computed {area} km²"),
        "land_area": _("land {area} km²"),
        "from_shore": _("{distances} m from the shore"),
        "count_places": _("{count} drawn"),
        "from_level": _("level ≥ {level}"),
        "layer_failed": _("not loaded"),
        "retry": _("Try again"),
        "words_only": _("+{count} in words"),
        "words_only_title": _("Known only in words: listed, not drawn"),
        "words_only_list": _("Place known only in words: {count}"),
        "opacity": _("Opacity"),
        "download_layer": _("Download this layer (GeoJSON)"),
        "not_loaded": _("no data"),
    }


def _card() -> dict[str, str]:
    return {
        "loading": _("Loading"),
        "card_failed": _("The card could not be loaded."),
        "not_found": _("Not in this plan"),
        "not_found_note": _("The address names '{id}', which this plan does not hold. Choose something on the map."),
        "download_geojson": _("GeoJSON"),
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


def _figures() -> dict[str, str]:
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


def _point() -> dict[str, str]:
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


def _notices() -> dict[str, str]:
    return {
        "plan_failed": _("The plan could not be loaded."),
        "server_lost": _("The server does not answer."),
        "answer_cut": _("The answer broke off before its end."),
        "about_scale": _("about {ratio}"),
        "version": _("Data {version}"),
    }


def _search() -> dict[str, str]:
    return {
        "search_count": _("{count} found. Arrows choose, Enter opens."),
        "search_loading": _("Searching"),
        "search_nothing": _("Nothing found for “{text}”."),
        "search_try_name": _("Type a name in Chinese or English, its pinyin or the initials of it."),
        "search_try_position": _("Or a position: {example}, degrees and minutes, or metres of {crs}."),
        "search_read_as": _("Read as {how}"),
        "search_far": _("far from the plan"),
        "search_in": _("in {area}"),
        "search_again": _("Enter asks again."),
    }


def _table() -> dict[str, str]:
    return {
        "table": _("Table"),
        "table_of_layer": _("Table of this layer"),
        "table_rows": _("{shown} of {total} rows"),
        "table_none": _("No row holds '{text}'. Clear the filter to see all."),
        "table_copied": _("Table copied: {count} rows"),
        "table_not_copied": _("The browser does not let the table be copied. Select the rows and copy them."),
    }


def _measure() -> dict[str, str]:
    return {
        "measure_m": _("m"),
        "measure_km": _("km"),
        "measure_perimeter": _("Perimeter"),
        "measure_hint": _("Click or Space (at the cross) sets a corner; the first corner closes an area. Enter ends."),
        "measure_hint_touch": _("A tap sets a corner; tapping the first corner closes an area."),
        "measure_hint_done": _("Drag a corner to move it."),
        "measure_begin": _("Measuring. Arrows pan, Space sets a corner at the centre, Enter ends, Escape cancels."),
        "measure_corner": _("Corners: {count}"),
        "measure_copied": _("GeoJSON copied"),
        "measure_not_copied": _("The browser did not let the page copy."),
        "measure_said_line": _("Length {length}; bearing of the last leg {bearing}."),
        "measure_said_area": _(
            "Perimeter {length}; area on the ellipsoid {ellipsoid}, in the plane of EPSG:4548 {plane};"
            " bearing of the last leg {bearing}."
        ),
        "measure_said_crossed": _("Perimeter {length}; edges cross, so there is no area."),
    }
