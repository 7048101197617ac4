"""The reader's language: the word `lang`, else what the browser prefers, else Chinese."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from flask import Flask, Response, request
from flask_babel import Babel

LANGUAGES = ("zh", "en")


def init_language(app: Flask) -> None:
    """Let flask_babel speak the reader's language; its catalogues stand in webapp/translations."""
    app.config["BABEL_DEFAULT_LOCALE"] = LANGUAGES[0]
    Babel(app, locale_selector=reader_language)


def reader_language() -> str:
    """The language of the present answer, "zh" or "en". An unknown `lang` falls through: its error needs a language."""
    asked = request.args.get("lang")
    if asked in LANGUAGES:
        return str(asked)
    # By the first part of each tag, best first: best_match would take a late "en" before an early "zh-TW".
    tags = (tag for tag, quality in request.accept_languages if quality > 0)
    preferred = (tag.replace("_", "-").partition("-")[0].lower() for tag in tags)
    return next((lang for lang in preferred if lang in LANGUAGES), LANGUAGES[0])


def other_language_url() -> str:
    """The present page in the other language, as path and query: no host name enters it."""
    other = LANGUAGES[1 - LANGUAGES.index(reader_language())]
    words = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    path = quote(request.path.lstrip("/\\"))  # a path that begins with // would be another host
    return f"/{path}?{urlencode([*words, ('lang', other)])}"


def mark_language(response: Response) -> Response:
    """Say on `response` which language it is in, and that the language of the browser decided it."""
    response.headers["Content-Language"] = reader_language()
    response.vary.add("Accept-Language")
    return response
