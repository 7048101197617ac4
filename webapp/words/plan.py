"""What every page says of the plan: units, bases, zones, layers, notices."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import pgettext


def units_words() -> dict[str, str]:
    """Units and qualifiers of figures."""
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


def bases_words() -> dict[str, str]:
    """How a shape was placed."""
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


def zones_words() -> dict[str, str]:
    """Zones and rings."""
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
        "tb_scenario": _("scenario: {distances} m, not the base plan"),
        "assumed_note": _("Ring edges {distances} m are assumed. "),
    }


def tree_words() -> dict[str, str]:
    """The layer list."""
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


def notices_words() -> dict[str, str]:
    """What went wrong."""
    return {
        "plan_failed": _("The plan could not be loaded."),
        "server_lost": _("The server does not answer."),
        "answer_cut": _("The answer broke off before its end."),
        "about_scale": _("about {ratio}"),
        "version": _("Data {version}"),
    }
