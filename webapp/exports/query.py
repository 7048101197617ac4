"""The present request as a wish for a file: layers, format, system, part, view; or a site that is posted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from flask_babel import gettext as _

from geo import crs
from geo.errors import ChoiceError, CrsError, QueryError
from geo.output.exports import ALL, FILTERS, FORMATS, THEME, Bounds, Format, Wanted, possible_names, read_bbox
from geo.output.exports.formats import ENCODINGS, GEOMETRY_COLUMNS
from geo.plan import Plan
from geo.view import View
from webapp.assess.question import read_posted
from webapp.errors import none_such, not_one_of, unreadable
from webapp.language import reader_language
from webapp.queries import VIEW_WORDS, read_query, read_view

SYSTEM_WORDS = ("crs", "datum")
WORDS = (*SYSTEM_WORDS, "bbox", *VIEW_WORDS, *FILTERS)  # of every format
OPTIONS = {"encoding": ENCODINGS, "geometry": GEOMETRY_COLUMNS}  # of some formats
SITE_WORDS = ("site_crs", "site_datum", "name")  # of the site that is posted, not of the file


def read_wanted(plan: Plan, what: str, ext: str, review_no: str | None) -> Wanted:
    """What a request for layers wants.

    Problem 404 for an unknown layer, 400 for a word that cannot be read or does not belong to the format; ChoiceError
    for what the format cannot have.
    """
    form = check_format(ext)
    words = read_query(*WORDS, *(name for name, _values in form.options))
    check_what(plan, what)
    view = read_view(plan, words)
    _check_system(plan, form, words)
    filters = tuple((name, _values_of(words, name)) for name in FILTERS if name in words)
    return replace(_wanted(form, words, view, review_no), what=what, bbox=_bbox(words), filters=filters)


def read_site_wanted(plan: Plan, ext: str, review_no: str | None) -> Wanted:
    """What a request that posts a site wants; errors as `read_wanted` and `read_posted`.

    `crs` and `datum` are those of the file, `site_crs` and `site_datum` those of the site.
    """
    form = check_format(ext)
    words = read_query(*SYSTEM_WORDS, *VIEW_WORDS, *SITE_WORDS, *(name for name, _values in form.options))
    view = read_view(plan, words)
    _check_system(plan, form, words)
    wanted = _wanted(form, words, view, review_no)
    said = {"crs": words.get("site_crs"), "datum": words.get("site_datum"), "name": words.get("name")}
    question, name = read_posted(view, {key: text for key, text in said.items() if text is not None})
    return replace(wanted, site=question, site_name=name)


def check_format(ext: str) -> Format:
    """The format of an extension. Problem 400 with the list if there is none."""
    if ext not in FORMATS:
        raise not_one_of("format", ext, FORMATS)
    return FORMATS[ext]


def check_what(plan: Plan, what: str) -> str:
    """`what` if the plan has all of it: everything, a theme, or layers and rings by comma. Problem 404 if not."""
    possible = possible_names(plan)
    if what not in possible:
        single = {name for name in possible if name != ALL and not name.startswith(THEME)}
        for name in what.split(","):
            if name not in single:
                raise none_such("layer", name, possible)
    return what


def _wanted(form: Format, words: Mapping[str, str], view: View, review_no: str | None) -> Wanted:
    """What the wishes for layers and for a site share."""
    return Wanted(
        ext=form.ext,
        extent=view.extent,
        reading=view.reading,
        rings=None if view.is_base else view.distances_m,
        crs=words.get("crs"),
        datum=words.get("datum"),
        options=_options(form, words),
        lang=reader_language(),
        review_no=review_no,
        made_on=date.today(),
    )


def _options(form: Format, words: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    for name, values in form.options:
        if name in words and words[name] not in values:
            raise not_one_of(name, words[name], values)
    return tuple((name, words[name]) for name, _values in form.options if name in words)


def _check_system(plan: Plan, form: Format, words: Mapping[str, str]) -> None:
    """Problem 400 for a system that the atlas does not take; ChoiceError for one that the format does not have."""
    if "datum" in words and words["datum"] not in crs.DATUMS:
        raise not_one_of("datum", words["datum"], crs.DATUMS)
    code = "unknown_crs"
    try:
        if "crs" in words:
            crs.allowed_crs(words["crs"])
        code = "contradiction"  # of two words that are known each
        form.target(words.get("crs"), words.get("datum"), plan.catalogue.metric_crs)
    except CrsError as error:
        text, systems = error.text(reader_language()), list(form.systems)
        raise unreadable(code, text, parameter="crs", possible=systems) from None


def _bbox(words: Mapping[str, str]) -> Bounds | None:
    if "bbox" not in words:
        return None
    try:
        return read_bbox(words["bbox"])
    except ChoiceError:
        raise
    except QueryError as error:
        raise unreadable("bad_bbox", error.text(reader_language()), parameter="bbox") from None


def _values_of(words: Mapping[str, str], name: str) -> tuple[str, ...]:
    """The values of a filter, each once; Problem 400 if there is none."""
    values = tuple(dict.fromkeys(value for value in words[name].split(",") if value))
    if not values:
        detail = _("%(name)s has no value. Give one or more with commas between, or leave the word out.", name=name)
        raise unreadable("no_value", detail, parameter=name)
    return values
