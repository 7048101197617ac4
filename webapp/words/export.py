"""What the choice of a file says while one is made and fetched."""

from __future__ import annotations

from flask_babel import gettext as _


def export_words() -> dict[str, str]:
    """The form of downloads, on its page and on the map."""
    return {
        "export_sizing": _("Working out what the file holds …"),
        "export_of": _("{count} features, {size}"),
        "export_of_one": _("One feature, {size}"),
        "export_making": _("The file is being made"),
        "export_seconds": _("{count} s"),
        "export_got": _("{got} of {size}"),
        "export_done": _("Saved: {name}, {size}"),
        "export_stopped": _("Stopped. Nothing was saved."),
        "export_cut": _("The connection broke off before the file was whole. Try again."),
        "export_lost": _("The server does not answer. Try again."),
        "export_refused": _("The file cannot be made (HTTP {status})."),
        "export_usual": _("usual for this format: {system}"),
        "export_on": _("Layers switched on ({count})"),
        "export_on_none": _("Layers switched on (none)"),
        "export_degrees": _("longitude and latitude"),
    }
