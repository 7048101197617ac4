"""What the page of a site says while it is drawn, read and assessed."""

from __future__ import annotations

from flask_babel import gettext as _


def assess_words() -> dict[str, str]:
    """All words of the page of a site."""
    return {**_outline_words(), **_drawing_words(), **_reading_words(), **_corner_words(), **_answer_words()}


def _outline_words() -> dict[str, str]:
    return {
        "site_draft": _("Draft site"),
        "site_kept": _("In the address"),
        "site_not_kept": _("Too large for the address"),
        "site_corners": _("{count} corners"),
        "site_parts": _("{parts} parts, {count} corners"),
        "site_undone": _("Taken back."),
        "site_nothing_undone": _("There is nothing to take back."),
        "site_redone": _("Done again."),
        "site_nothing_redone": _("There is nothing to do again."),
        "site_ring_outline": _("Ring {number}, an outline, can be changed now."),
        "site_ring_hole": _("Ring {number}, a hole, can be changed now."),
        "site_too_many": _(
            "More than {most} corners: the ring cannot be changed by hand. Its other rings and holes can."
        ),
        "site_cleared": _("The site is cleared. Undo brings it back."),
        "site_link_copied": _("Link with the site copied"),
        "site_link_large": _("The site has too many corners for a link. Save it as GeoJSON."),
        "fact_no_number": _("Give a number such as 1.2; what is no number is left out."),
        "used_rings": _("as the shore"),
    }


def _drawing_words() -> dict[str, str]:
    return {
        "site_fewest": _("An area needs three corners."),
        "site_not_done": _("Set the next point on the map first."),
        "site_mu_first": _("Give the land area in mu first."),
        "hint_polygon": _("Click corners; the first one closes. By keys: arrows pan, Space sets, Enter ends."),
        "hint_rectangle": _("Click two opposite corners. By keys: arrows pan, Space sets."),
        "hint_circle": _("Click the middle, then the edge; with a radius given the middle is enough."),
        "hint_point": _(
            "Give the land area, then click the middle. A circle of that area is assumed: its outline is unknown."
        ),
        "hint_hole": _("Click the corners of a hole inside the site; the first one closes."),
        "hint_part": _("Click the corners of a further part; the first one closes."),
        "hint_pick": _("Click an area of the map: it becomes the site. By keys: arrows pan, Enter picks at the cross."),
        "hint_none": _("No site yet. Draw one (D), paste corners, pick an area or drop a file."),
        "hint_site": _("Drag a corner or the middle of a side. By keys: Tab to it, arrows 10 m, Delete removes."),
        "hint_done_circle": _("Drag the middle, or give another radius."),
        "hint_done_point": _("Drag the middle, or give another land area. The outline is assumed, a circle."),
        "site_of_middle": _("Middle of the circle. Arrows move it 10 m, with Shift 100 m."),
        "bar_corner": _("Corners: {count}"),
        "bar_polygon": _("Draw the outline"),
        "bar_rectangle": _("Two opposite corners"),
        "bar_circle": _("Middle, then edge"),
        "bar_point": _("The middle of the site"),
        "bar_hole": _("Draw the hole"),
        "bar_part": _("Draw the part"),
        "bar_pick": _("Pick an area"),
        "pick_which": _("Several areas lie there. Which one?"),
        "pick_none": _("No area of the map lies there. Points and lines cannot be a site."),
        "pick_in_words": _("The sources name it but do not say where it lies."),
        "pick_no_outline": _("This has no outline. Draw one, or give a point and its land area."),
    }


def _reading_words() -> dict[str, str]:
    return {
        "paste_empty": _("Paste the corners first, one a line."),
        "paste_read_as": _("{count} corners, read as {how}."),
        "paste_which": _("This can be read in more than one way. Which one?"),
        "paste_datum": _("Degrees of which datum? Map services of China shift positions by hundreds of metres."),
        "paste_point_mu": _(
            "One position is no outline: choose “Point, area” and give the land area, then read again."
        ),
        "paste_far": _("This lies far from the plan. Check the coordinates."),
        "datum_cgcs2000": _("CGCS2000 / WGS 84 (survey, GPS)"),
        "datum_wgs84": _("WGS 84"),
        "datum_of_crs": _("datum of the system"),
        "datum_gcj02": _("GCJ-02 (Amap, Tencent)"),
        "datum_bd09": _("BD-09 (Baidu)"),
        "file_pasted": _("Pasted GeoJSON"),
        "file_reading": _("Reading {name}"),
        "file_read": _("{count} features, {crs}, {datum}."),
        "file_datum": _("Datum of its degrees"),
        "file_as_one": _("Assess as one site"),
        "file_assess": _("Assess"),
        "file_each": _("Each by itself"),
        "file_drop": _("Drop it"),
        "file_used": _("{name}: shown on the map as the site."),
        "file_used_each": _("{name}: {count} sites, each by what its own feature says; the fields above do not count."),
        "file_large": _("{name} is larger than {most} MB. Cut it, or simplify it."),
    }


def _corner_words() -> dict[str, str]:
    return {
        "corner_number": _("No."),
        "corner_north": _("X north, m"),
        "corner_east": _("Y east, m"),
        "corner_acts": _("Change"),
        "corner_x": _("X north of corner {number}"),
        "corner_y": _("Y east of corner {number}"),
        "corner_add": _("Add a corner after corner {number}"),
        "corner_remove": _("Remove corner {number}"),
        "corner_bad_x": _("X is the northing of EPSG:4548, seven digits before the point, such as 3176053.12."),
        "corner_bad_y": _("Y is the easting of EPSG:4548 without zone number, six digits, such as 409744.25."),
        "corners_none": _("No corners yet."),
        "corners_many": _("{count} corners: more than {most} are not listed. The site sheet lists them all."),
        "corners_ring": _("Ring to change"),
        "ring_outline": _("Ring {number}: outline"),
        "ring_hole": _("Ring {number}: hole"),
        "ring_remove": _("Remove ring"),
    }


def _answer_words() -> dict[str, str]:
    return {
        "answer_none": _("No site yet"),
        "answer_none_note": _("Draw a site, paste its corners, pick an area or drop a file. The answer says:"),
        "answer_can_verdict": _("what each rule says of it, with the numbers and what would change it"),
        "answer_can_shares": _("how much lies in which ring, by the line and on the ground"),
        "answer_can_sources": _("where each rule and figure comes from, and what is not checked"),
        "answer_conflicts": _("Or see all drawn sites checked"),
        "answer_failed": _("This site cannot be assessed"),
        "answer_busy": _("Many questions at once"),
    }
