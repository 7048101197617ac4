"""The words of themes and tour, by the keys that static/js/themes and static/js/tour ask for."""

from __future__ import annotations

from flask_babel import gettext as _


def guide_words() -> dict[str, str]:
    """The words in the reader's language; `{name}` places are filled in the browser."""
    return {
        "theme_said": _("Theme: {name}"),
        "theme_left": _("Theme left"),
        "layers_all_off": _("All off"),
        "layers_back_on": _("Back on"),
        "tour_count": _("Step {number} of {count}"),
        "tour_next": _("Next step"),
        "tour_end": _("End the tour"),
    }
