"""What the scripts of the page of projects say."""

from __future__ import annotations

from flask_babel import gettext as _


def project_words() -> dict[str, str]:
    """The answers to a change of the filter."""
    return {
        "projects_lost": _("The server does not answer. The rows of the last filter are still shown."),
        "projects_refused": _("Not shown: {why} The rows of the last filter are still there."),
    }
