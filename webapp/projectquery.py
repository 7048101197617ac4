"""The words of an address that filter and sort projects: read strictly, written in one order, nothing twice."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask_babel import gettext as _

from geo.projects import CHOICES, DEFAULT_STAGES, SORTS, Wanted
from geo.timeline import months
from webapp.errors import not_one_of, quote_found, unreadable
from webapp.queries import joined_words, kept_words, read_list

BOUNDS = {"invest": "investment", "land": "land"}  # the word before _min and _max, and the filter
FILTER_WORDS = (*CHOICES, "year", "stage", *(f"{name}_{end}" for name in BOUNDS for end in ("min", "max")), "q")
PROJECT_WORDS = (*FILTER_WORDS, "sort")
MOST_CHARACTERS = 100
_NUMBER = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,6})?")


@dataclass(frozen=True)
class Asked:
    """What an address asks of the projects: the filter, the order, and the words that every link keeps."""

    wanted: Wanted
    sort: str
    kept: Mapping[str, str]  # extent, reading, lang as far as they are named

    @property
    def words(self) -> dict[str, str]:
        """The words of the filter and the order, each once and in one order; defaults and empty ones are left out."""
        wanted = self.wanted
        stages = () if wanted.stages == DEFAULT_STAGES else wanted.stages
        found = {name: ",".join(wanted.choices.get(name, ())) for name in CHOICES}
        found |= {"year": wanted.moment, "stage": ",".join(stages) if wanted.moment else ""}
        for name, filtered in BOUNDS.items():
            for end, value in zip(("min", "max"), getattr(wanted, filtered), strict=True):
                found[f"{name}_{end}"] = "" if value is None else number_word(value)
        found |= {"q": wanted.text.strip(), "sort": self.sort}
        return {name: value for name, value in found.items() if value}

    def url(self, path: str = "/projects") -> str:
        """The address that asks this, at the page or at one of its files."""
        query = urlencode({**self.words, **self.kept}, safe=":,")
        return f"{path}?{query}" if query else path

    def but(self, **changed: object) -> Asked:
        """The same with other values of the filter."""
        return replace(self, wanted=replace(self.wanted, **changed))  # type: ignore[arg-type]

    def choosing(self, choice: str, values: Sequence[str]) -> Asked:
        """The same with these values of one choice; none of them asks nothing."""
        return self.but(choices={**self.wanted.choices, choice: tuple(values)})

    def toggled(self, choice: str, value: str) -> Asked:
        """The same with one value more of a choice, or without it if it is chosen."""
        held = self.wanted.choices.get(choice, ())
        return self.choosing(choice, [one for one in held if one != value] if value in held else [*held, value])

    def without(self, name: str) -> Asked:
        """The same without one of geo.projects.FILTERS."""
        if name == "stage":
            return self.but(moment="", stages=())
        if name == "text":
            return self.but(text="")
        return self.but(**{name: (None, None)}) if name in BOUNDS.values() else self.choosing(name, ())

    def sorted_by(self, column: str) -> Asked:
        """The same by a column: upwards, then downwards, then in the order of the ledger."""
        following = {column: f"-{column}", f"-{column}": ""}
        return replace(self, sort=following.get(self.sort, column))


def number_word(value: float) -> str:
    """A bound as an address writes it.

    >>> number_word(100000.0), number_word(0.5)
    ('100000', '0.5')
    """
    return f"{value:.6f}".rstrip("0").rstrip(".")


def given_words() -> dict[str, str]:
    """The words of a form or a link of the page: several values of a word as one list, empty ones left out.

    A stage beside an emptied year asks nothing.
    """
    found = joined_words(PROJECT_WORDS)
    if not found.get("year") and "year" in found:
        found.pop("stage", None)
    return {name: value.strip() for name, value in found.items() if value.strip()}


def read_asked(words: Mapping[str, str], possible: Mapping[str, Sequence[str]]) -> Asked:
    """What the words ask. Problem 400 that lists what is possible for a value that no row can have."""
    choices = {name: values for name in CHOICES if (values := read_list(words, name, possible[name]))}
    moment = words.get("year", "")
    if moment:
        months(moment)  # refuses what is no year and no month
    stages = read_list(words, "stage", possible["stage"])
    if stages and not moment:
        detail = _("stage needs year. Add a year or a month, such as year=2021 or year=2021-07.")
        raise unreadable("missing_parameter", detail, parameter="year")
    wanted = Wanted(
        choices=choices,
        moment=moment,
        stages=() if set(stages) == set(DEFAULT_STAGES) else stages,
        investment=_bounds(words, "invest"),
        land=_bounds(words, "land"),
        text=_text(words),
    )
    sorts = [sign + name for name in SORTS for sign in ("", "-")]
    if words.get("sort", sorts[0]) not in sorts:
        raise not_one_of("sort", words["sort"], sorts)
    return Asked(wanted, words.get("sort", ""), kept_words())


def _bounds(words: Mapping[str, str], name: str) -> tuple[float | None, float | None]:
    least, most = _number(words, f"{name}_min"), _number(words, f"{name}_max")
    if least is not None and most is not None and least > most:
        detail = _(
            "%(name)s_min=%(least)s is larger than %(name)s_max=%(most)s. Exchange them, or leave one out.",
            name=name,
            least=words[f"{name}_min"],
            most=words[f"{name}_max"],
        )
        raise unreadable("bounds_reversed", detail, parameter=f"{name}_min")
    return least, most


def _number(words: Mapping[str, str], name: str) -> float | None:
    text = words.get(name, "")
    if not text:
        return None
    number = float(text) if _NUMBER.fullmatch(text) else math.nan
    if math.isnan(number):
        detail = _(
            "%(name)s=%(found)s is not a number that can be read. Give digits, with a point for decimals: 50000.",
            name=name,
            found=quote_found(text),
        )
        raise unreadable("not_a_number", detail, parameter=name)
    return number


def _text(words: Mapping[str, str]) -> str:
    text = " ".join(words.get("q", "").split())
    if len(text) > MOST_CHARACTERS:
        detail = _("q holds %(count)s characters. Give at most %(most)s.", count=len(text), most=MOST_CHARACTERS)
        raise unreadable("bad_search", detail, parameter="q")
    return text
