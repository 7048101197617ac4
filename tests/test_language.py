"""Two languages: who gets which, and that no text of the atlas lacks its Chinese."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from flask import Flask

from webapp.language import other_language_url, reader_language

WEBAPP = Path(__file__).parent.parent / "webapp"
MESSAGES = WEBAPP / "translations" / "zh" / "LC_MESSAGES"
TEMPLATES = "templates/"
_PLACES = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
_CHINESE = re.compile("[\u4e00-\u9fff]")
# Words that are the same in both languages: signs, units, codes.
_SAME = re.compile(r"[^A-Za-z]*|[A-Za-z0-9:/+ ²–%{}().±_-]{1,24}")


@pytest.fixture
def app() -> Flask:
    return Flask(__name__)


def used_texts() -> dict[str, set[str]]:
    """Every msgid that code and templates ask for, with the files that do."""
    methods = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
    found: dict[str, set[str]] = {}
    for file, _line, text, _comments, _context in extract_from_dir(WEBAPP, methods, keywords={"_": None}):
        assert isinstance(text, str)
        found.setdefault(text, set()).add(file)
    return found


def chinese() -> Catalog:
    with (MESSAGES / "messages.po").open("rb") as file:
        return read_po(file, locale="zh")


@pytest.mark.parametrize(
    ("words", "accepted", "lang"),
    [
        ("?lang=en", "zh-CN", "en"),
        ("?lang=zh", "en", "zh"),
        ("?lang=fr", "en", "en"),
        ("", "en-GB,zh;q=0.4", "en"),
        ("", "zh-TW,en;q=0.4", "zh"),
        ("", "fr,de", "zh"),
        ("", "de,en;q=0.2,zh;q=0.1", "en"),
        ("", "en;q=0", "zh"),
        ("", "*", "zh"),
        ("", "zh;q=abc", "zh"),
        ("", "", "zh"),
    ],
)
def test_reader_language(app: Flask, words: str, accepted: str, lang: str) -> None:
    with app.test_request_context(f"/{words}", headers={"Accept-Language": accepted}):
        assert reader_language() == lang


@pytest.mark.parametrize(
    ("address", "other"),
    [
        ("/", "/?lang=en"),
        ("/about?lang=en", "/about?lang=zh"),
        ("/?extent=2013&lang=zh&sel=a:b", "/?extent=2013&sel=a%3Ab&lang=en"),
        ("/?x=1&x=2", "/?x=1&x=2&lang=en"),
        ('/?"><script>=&', "/?%22%3E%3Cscript%3E=&lang=en"),
        ("/瑶湖", "/%E7%91%B6%E6%B9%96?lang=en"),
    ],
)
def test_other_language_url_keeps_path_and_words(app: Flask, address: str, other: str) -> None:
    with app.test_request_context(address, headers={"Accept-Language": "zh"}):
        assert other_language_url() == other


@pytest.mark.parametrize("path", ["//evil.example", "/\\evil.example", "///evil.example", "/\\/evil.example"])
def test_other_language_url_is_never_another_host(app: Flask, path: str) -> None:
    with app.test_request_context("/", environ_overrides={"PATH_INFO": path}):
        assert other_language_url() == "/evil.example?lang=en"


def test_texts_every_one_has_its_chinese() -> None:
    catalogue = chinese()
    texts = used_texts()
    assert len(texts) > 100
    missing = []
    for text in texts:
        message = catalogue.get(text)
        translated = "" if message is None or message.fuzzy else str(message.string)
        if not translated or not (_CHINESE.search(translated) or _SAME.fullmatch(text)):
            missing.append(text)
    assert missing == []


def test_texts_keep_their_places_in_chinese() -> None:
    catalogue = chinese()
    for text in used_texts():
        message = catalogue.get(text)
        if message is not None and message.string:
            assert sorted(_PLACES.findall(text)) == sorted(_PLACES.findall(str(message.string))), text


def test_texts_of_templates_format_without_values() -> None:
    """Jinja formats every text, so that a bare per cent sign in one is a page that fails."""
    catalogue = chinese()
    for text, files in used_texts().items():
        if any(file.startswith(TEMPLATES) for file in files) and "%(" not in text:
            message = catalogue.get(text)
            for variant in (text, str(message.string) if message else text):
                try:
                    shown = variant % {}
                except (ValueError, TypeError) as error:
                    pytest.fail(f"{variant!r}: {error}")
                assert shown == variant.replace("%%", "%")


def test_texts_compiled_catalogue_is_that_of_the_source() -> None:
    with (MESSAGES / "messages.mo").open("rb") as file:
        compiled = {message.id: message.string for message in read_mo(file) if message.id}
    source = {message.id: message.string for message in chinese() if message.id and message.string}
    assert compiled == source
