"""What the tools of a page say: search, measuring, tables, print, keys."""

from __future__ import annotations

from flask_babel import gettext as _


def search_words() -> dict[str, str]:
    """The search box."""
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


def measure_words() -> dict[str, str]:
    """The measuring tool."""
    return {
        "measure_m": _("m"),
        "measure_km": _("km"),
        "measure_perimeter": _("Perimeter"),
        "measure_hint": _("Click or Space (at the cross) sets a corner; the first corner closes an area. Enter ends."),
        "measure_hint_touch": _("A tap sets a corner; tapping the first corner closes an area."),
        "measure_hint_done": _(
            "Drag a corner to move it, the middle of a side to add one. Or Tab to it: arrows 10 m, with Shift 100 m."
        ),
        "measure_hint_done_touch": _("Drag a corner to move it, the middle of a side to add one."),
        "measure_of_corner": _("Corner {number} of {count}. Arrows move it 10 m, with Shift 100 m; Delete removes it."),
        "measure_of_middle": _("Middle of side {number}. Enter adds a corner."),
        "measure_moved": _("Corner {number} moved."),
        "measure_added": _("Corner {number} added."),
        "measure_removed": _("Corner {number} removed."),
        "measure_fewest_line": _("A line keeps two corners."),
        "measure_fewest_area": _("An area keeps three corners."),
        "measure_taken_back": _("Taken back. Corners: {count}"),
        "measure_typed_none": _("No position can be read from this. Give lon, lat or metres of EPSG:4548."),
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


def table_words() -> dict[str, str]:
    """The tables."""
    return {
        "table": _("Table"),
        "table_of_layer": _("Table of this layer"),
        "table_rows": _("{shown} of {total} rows"),
        "table_sorted_up": _("{count}, by {column}, ascending"),
        "table_sorted_down": _("{count}, by {column}, descending"),
        "table_none": _("No row holds '{text}'. Clear the filter to see all."),
        "table_copied": _("Table copied: {count} rows"),
        "table_not_copied": _("The browser does not let the table be copied. Select the rows and copy them."),
    }


def print_words() -> dict[str, str]:
    """The printed sheet."""
    return {
        "sheet_scale": _("{ratio} on {paper}"),
        "sheet_printed": _("Printed {date}"),
    }


def keys_words() -> dict[str, str]:
    """What keys do, and what they find."""
    return {
        "in_view": _("In view"),
        "in_view_one": _("One thing in view"),
        "in_view_count": _("{count} things in view"),
        "in_view_none": _("Nothing in view"),
        "in_view_none_note": _("No drawn feature lies in this view. Zoom out, or switch layers on."),
        "card_said": _("{name}: {ring}"),
        "layers_failed": _("Not loaded: {names}. The list of layers tries again."),
    }
