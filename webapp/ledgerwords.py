"""The names of the ledger's themes and of the fields of a project, in the reader's language."""

from __future__ import annotations

from flask_babel import gettext as _


def theme_names() -> dict[str, str]:
    """The themes of the ledger in their order."""
    return {
        "extent": _("Extent"),
        "population": _("Population"),
        "ecology": _("Ecology"),
        "rings": _("Rings"),
        "land": _("Land and building"),
        "housing": _("Housing"),
        "infrastructure": _("Infrastructure"),
        "industries": _("Industries"),
        "enterprises": _("Enterprises"),
        "innovation": _("Innovation"),
        "investment": _("Investment"),
        "transport": _("Transport"),
    }


def zone_words() -> dict[str, str]:
    """Whether a project lies in the zone."""
    return {
        "yes": _("in the zone"),
        "partly": _("partly in the zone"),
        "no": _("elsewhere in the city"),
        "unknown": _("not stated whether in the zone"),
    }
