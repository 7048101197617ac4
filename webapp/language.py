"""The reader's language: the word `lang`, else what the browser prefers, else Chinese."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from flask import Flask, Response, request
from flask_babel import Babel
from werkzeug.datastructures import LanguageAccept

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
    return preferred_language(request.accept_languages)


def preferred_language(accepted: LanguageAccept) -> str:
    """The language that the header Accept-Language weighs most; "*" speaks for the languages that it does not name.

    Without a wish the first of LANGUAGES that is not refused (q=0); a reader who refuses both gets the first.

    >>> preferred_language(LanguageAccept([("zh", 0), ("*", 1)]))
    'en'
    """
    weights: dict[str, float] = {}
    # By the first part of each tag: best_match would take a late "en" before an early "zh-TW". The header comes best
    # first with "*" last, so that the first weight of a language is the one that counts.
    for tag, quality in accepted:
        first = tag.replace("_", "-").partition("-")[0].lower()
        for lang in LANGUAGES if first == "*" else (first,):
            weights.setdefault(lang, quality)
    wanted = {lang: weight for lang, weight in weights.items() if lang in LANGUAGES and weight > 0}
    if wanted:
        return max(wanted, key=wanted.__getitem__)
    return next((lang for lang in LANGUAGES if lang not in weights), LANGUAGES[0])


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
