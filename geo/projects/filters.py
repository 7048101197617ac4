"""Projects by theme, district, place, period, investment, land and words: what is wanted, and the rows that agree."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from geo.catalogue import Project, in_lang
from geo.catalogue.projects import IN_ZONE, PHASES
from geo.plan import Plan
from geo.projects.placement import PLACEMENTS, Entry, entries
from geo.timeline import NONE, OPEN, STAGE_KEYS, Term, months, stage_of, stages, terms
from geo.view import View

CHOICES = ("in_zone", "theme", "district", "placement", "at", "ring", "source", "phase", "placed_in")
FILTERS = (*CHOICES, "stage", "investment", "land", "text")
SORTS = ("no", "name", "theme", "start", "end", "investment", "land", "district", "placement")
DEFAULT_STAGES = ("under_way",)
_NOT_IN_KEY = re.compile(r"\W+")


@dataclass(frozen=True)
class Row:
    """A project with the place and the term that it is filtered by."""

    entry: Entry
    term: Term

    @property
    def project(self) -> Project:
        """The project itself."""
        return self.entry.project


def rows(plan: Plan, view: View) -> tuple[Row, ...]:
    """Every project of the ledger in its order, with its place in `view` and its term; empty without a ledger."""
    return tuple(Row(entry, term) for entry, term in zip(entries(plan, view), terms(plan.catalogue), strict=True))


@dataclass(frozen=True)
class Wanted:
    """What is asked for; what is empty asks nothing.

    `choices`: the values of a filter of CHOICES, any of which will do. `moment`: a year or a month; a project then
    has one of STAGE_KEYS, and `stages` of these are wanted (under way if none is named). `investment` in 10,000 CNY
    and `land` in mu are (least, most), both included; a row that states none agrees with no bound. Every word of
    `text` stands in the names or in the words of the place.
    """

    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    moment: str = ""
    stages: tuple[str, ...] = ()
    investment: tuple[float | None, float | None] = (None, None)
    land: tuple[float | None, float | None] = (None, None)
    text: str = ""

    @property
    def asked(self) -> tuple[str, ...]:
        """The filters of FILTERS that ask something, in their order."""
        said = {name for name, values in self.choices.items() if values}
        said |= {"stage"} if self.moment else set()
        said |= {name for name in ("investment", "land") if getattr(self, name) != (None, None)}
        said |= {"text"} if self.text.strip() else set()
        return tuple(name for name in FILTERS if name in said)


@lru_cache(maxsize=4096)
def key_of(text: str) -> str:
    """The key of a text in filters: its English part in lower case, all but letters and digits as one low line.

    "none" for an empty text. Texts of equal keys count as the same.

    >>> key_of("南昌县 / Nanchang County"), key_of("Nanchang High-tech Zone"), key_of("")
    ('nanchang_county', 'nanchang_high_tech_zone', 'none')
    """
    return _NOT_IN_KEY.sub("_", in_lang(text, "en").casefold()).strip("_") or NONE


def value_of(row: Row, choice: str) -> str:
    """The value that a row has for a filter of CHOICES; "none" where there is none."""
    if choice in ("theme", "district"):
        return key_of(getattr(row.project, choice))
    holder = row.entry if choice in ("placement", "at", "ring") else row.project
    return getattr(holder, choice) or NONE


def possible_values(plan: Plan, view: View, listed: Sequence[Row]) -> Mapping[str, tuple[str, ...]]:
    """The values that each filter of CHOICES, the stage included, may name."""
    places = (*plan.shapes, NONE)
    return {
        "in_zone": IN_ZONE,
        "theme": _met(listed, "theme"),
        "district": _met(listed, "district"),
        "placement": PLACEMENTS,
        "at": places,
        "ring": (*view.zones, "outside", NONE),
        "source": tuple(plan.catalogue.sources),
        "phase": (*PHASES, NONE),
        "placed_in": places,
        "stage": STAGE_KEYS,
    }


def _met(listed: Sequence[Row], choice: str) -> tuple[str, ...]:
    """The values that some row has, and "none", which is a question that every folder can answer."""
    return tuple(dict.fromkeys([*sorted({value_of(row, choice) for row in listed} - {NONE}), NONE]))


def select(listed: Sequence[Row], wanted: Wanted, *, but: Collection[str] = ()) -> tuple[Row, ...]:
    """The rows that agree with all that is wanted, in their order; the filters named in `but` are not asked."""
    tests = [_TESTS[name] for name in wanted.asked if name not in but]
    return tuple(row for row in listed if all(test(row, wanted) for test in tests))


def open_rows(listed: Sequence[Row], wanted: Wanted) -> tuple[Row, ...]:
    """The rows that may be in a wanted stage at the moment, but need not be, and agree with all else."""
    if not wanted.moment or OPEN in wanted.stages:
        return ()
    asked = set(wanted.stages or DEFAULT_STAGES)
    agreeing = select(listed, wanted, but=("stage",))
    found = [(row, stages(row.term, wanted.moment)) for row in agreeing]
    return tuple(row for row, possible in found if len(possible) > 1 and asked & set(possible))


def _has_choice(choice: str) -> Callable[[Row, Wanted], bool]:
    return lambda row, wanted: value_of(row, choice) in wanted.choices[choice]


def _in_stage(row: Row, wanted: Wanted) -> bool:
    return stage_of(row.term, wanted.moment) in (wanted.stages or DEFAULT_STAGES)


def _within(value: float | None, bounds: tuple[float | None, float | None]) -> bool:
    least, most = bounds
    return value is not None and (least is None or value >= least) and (most is None or value <= most)


def _says(row: Row, wanted: Wanted) -> bool:
    project = row.project
    said = plain(f"{project.name_zh}\n{project.name_en}\n{project.place_words}")
    return all(word in said for word in plain(wanted.text).split())


def plain(text: str) -> str:
    """A text as it is compared: without case, wide forms as narrow ones.

    >>> plain("ＶＲ City")
    'vr city'
    """
    return unicodedata.normalize("NFKC", text).casefold()


_TESTS: Mapping[str, Callable[[Row, Wanted], bool]] = {
    **{choice: _has_choice(choice) for choice in CHOICES},
    "stage": _in_stage,
    "investment": lambda row, wanted: _within(row.project.investment_1e4_cny, wanted.investment),
    "land": lambda row, wanted: _within(row.project.land_mu, wanted.land),
    "text": _says,
}

Key = str | bytes | float | tuple[float | str, ...] | None


def arrange(listed: Sequence[Row], sort: str, lang: str = "zh") -> tuple[Row, ...]:
    """The rows by a word of SORTS, downwards with "-" before it; "" keeps the order of the ledger.

    Rows without a value stand last either way; equal ones keep the order of the ledger. Names are those of `lang`.
    """
    if not sort:
        return tuple(listed)
    column = sort.removeprefix("-")
    keyed = [(row, _sort_key(row, column, lang)) for row in listed]
    known = [pair for pair in keyed if pair[1] is not None]
    # Sorted is stable backwards too: equal rows do not change places when the order turns.
    known.sort(key=lambda pair: pair[1], reverse=sort.startswith("-"))  # type: ignore[arg-type, return-value]
    return (*(row for row, _key in known), *(row for row, key in keyed if key is None))


def _sort_key(row: Row, column: str, lang: str) -> Key:
    project, entry = row.project, row.entry
    if column == "name":
        # GB 18030 holds the common characters in the order of their pinyin.
        return project.name_zh.encode("gb18030") if lang == "zh" else plain(project.name_en)
    if column in ("theme", "district"):
        return plain(in_lang(getattr(project, column), lang)).encode("gb18030") or None
    if column == "placement":
        return (float(PLACEMENTS.index(entry.placement)), entry.at or "")
    if column == "start":
        return months(project.start).first if project.start else None
    if column == "end":
        return months(project.end).last if project.end else None
    return {"no": project.no, "investment": project.investment_1e4_cny, "land": project.land_mu}[column]
