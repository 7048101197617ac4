"""What the page of projects shows, in the reader's language: facets, chips of the filter, rows, ways out of nothing."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from flask_babel import gettext as _

from geo.catalogue import in_lang
from geo.output import projectwords as spoken
from geo.output.ledger import qualified
from geo.plan import Plan
from geo.projects import CHOICES, DEFAULT_STAGES, Facet, Row, key_of, select
from geo.timeline import NONE, Term, stage_of
from geo.units import format_number, format_value
from geo.view import View
from webapp.projectquery import BOUNDS, Asked, number_word


@dataclass(frozen=True)
class Told:
    """The words of one answer: its plan and view, and the language of its reader."""

    plan: Plan
    view: View
    rows: Sequence[Row]
    lang: str

    def value(self, choice: str, value: str) -> str:
        """The value of a filter as people read it."""
        if choice in ("at", "placed_in"):
            return spoken.place_word(self.plan, value, self.lang)
        if choice == "ring":
            return spoken.ring_word(self.view, value, self.lang)
        if choice == "source":
            return spoken.PUBLIC[0 if self.lang == "zh" else 1] if value == "public" else value
        if choice == "district":
            text = in_lang(self._texts["district", value], self.lang) if value != NONE else ""
            return text or spoken.NOT_STATED[0 if self.lang == "zh" else 1]
        if choice == "theme":
            return spoken.theme_word(self._texts.get(("theme", value), ""), self.lang)
        return spoken.said(_WORDS[choice], value, self.lang)

    @cached_property
    def _texts(self) -> dict[tuple[str, str], str]:
        """The text that stands in the ledger for a key; of texts with one key the first."""
        pairs = ((name, getattr(row.project, name)) for row in reversed(self.rows) for name in ("theme", "district"))
        return {(name, key_of(text)): text for name, text in pairs}

    def money(self, value: float) -> str:
        """An investment given in 10,000 CNY."""
        return format_value(round(value, 6), "1e4_cny", self.lang)

    def count(self, number: int) -> str:
        """A number of rows."""
        return format_number(number, 0, self.lang)


_WORDS = {
    "in_zone": spoken.IN_ZONE,
    "placement": spoken.PLACEMENTS,
    "phase": spoken.PHASES,
    "stage": spoken.STAGES,
}


def filter_names() -> dict[str, str]:
    """The filters as people call them."""
    return {
        "in_zone": _("In the zone"),
        "theme": _("Theme"),
        "district": _("District"),
        "placement": _("Place on the map"),
        "at": _("Area or feature"),
        "ring": _("Ring, of what is drawn"),
        "source": _("Source"),
        "phase": _("Phase as the source says"),
        "placed_in": _("Placed in"),
        "stage": _("Period"),
        "investment": _("Total investment"),
        "land": _("Land used"),
        "text": _("Words in name or place"),
    }


def column_names() -> list[tuple[str, str, str]]:
    """The columns of the table: the word that sorts by it or "", its name, its class."""
    return [
        ("no", _("No."), "num"),
        ("name", _("Name"), ""),
        ("theme", _("Theme"), ""),
        ("start", _("Start"), ""),
        ("end", _("End"), ""),
        ("investment", _("Total investment"), "num"),
        ("land", _("Land used"), "num"),
        ("district", _("District"), "c-district"),
        ("placement", _("Place"), ""),
        ("", _("Source"), ""),
    ]


@dataclass(frozen=True)
class Option:
    """One value of a facet: its word, its count, whether it is chosen."""

    value: str
    text: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Group:
    """A facet: its name, its options, and whether the page shows it opened."""

    id: str
    name: str
    options: tuple[Option, ...]
    is_open: bool


_SHOWN = ("in_zone", "theme", "district", "placement", "at", "source", "phase", "ring")
_OPENED = ("in_zone", "theme")


def groups(told: Told, asked: Asked, found: Mapping[str, Sequence[Facet]]) -> list[Group]:
    """The facets of the page in their order; one with a single value asks nothing and is left out unless chosen."""
    names, listed = filter_names(), []
    for choice in _SHOWN:
        held = asked.wanted.choices.get(choice, ())
        options = [
            Option(one.value, told.value(choice, one.value), one.count, one.value in held) for one in found[choice]
        ]
        met = {one.value for one in options}
        options += [Option(value, told.value(choice, value), 0, True) for value in held if value not in met]
        if len(options) > 1 or held:
            listed.append(Group(choice, names[choice], tuple(options), choice in _OPENED or bool(held)))
    return listed


def stage_options(told: Told, asked: Asked, found: Mapping[str, Sequence[Facet]]) -> list[Option]:
    """The stages at the moment that is asked for; none without a moment."""
    held = asked.wanted.stages or DEFAULT_STAGES
    return [Option(f.value, told.value("stage", f.value), f.count, f.value in held) for f in found.get("stage", ())]


@dataclass(frozen=True)
class Chip:
    """A part of the filter in words, and the address without it."""

    id: str
    name: str
    text: str
    url: str


def chips(told: Told, asked: Asked) -> list[Chip]:
    """One chip for each value that is asked for."""
    names, wanted = filter_names(), asked.wanted
    listed = [
        Chip(f"{choice}-{value}", names[choice], told.value(choice, value), asked.toggled(choice, value).url())
        for choice in CHOICES
        for value in wanted.choices.get(choice, ())
    ]
    if wanted.moment:
        comma = "、" if told.lang == "zh" else ", "
        stages = comma.join(told.value("stage", stage) for stage in wanted.stages or DEFAULT_STAGES)
        listed.append(Chip("stage", wanted.moment, stages, asked.without("stage").url()))
    units = {"investment": _("10,000 CNY"), "land": _("mu")}
    for name in BOUNDS.values():
        least, most = ("" if one is None else number_word(one) for one in getattr(wanted, name))
        if least or most:
            text = f"{least or '…'}–{most or '…'} {units[name]}"
            listed.append(Chip(name, names[name], text, asked.without(name).url()))
    if "text" in wanted.asked:
        listed.append(Chip("text", names["text"], wanted.text, asked.without("text").url()))
    return listed


def ways_out(told: Told, asked: Asked) -> list[tuple[str, int, str]]:
    """For a filter without rows: each part that keeps them out, how many rows there are without it, and the address.

    All parts if none of them alone is the reason.
    """
    names, wanted = filter_names(), asked.wanted
    found = [(names[n], len(select(told.rows, wanted, but=(n,))), asked.without(n).url()) for n in wanted.asked]
    helping = [one for one in found if one[1]]
    return sorted(helping or found, key=lambda one: -one[1])


@dataclass(frozen=True)
class Line:
    """A row of the table with its words; `place_key` joins it to its mark in the map, "" if it has none."""

    row: Row
    name: str
    theme: str
    stage: str
    stage_text: str
    investment: str
    land: str
    land_kind: str
    district: str
    where: str
    place_key: str
    in_zone: str
    source: str
    source_place: str
    notes: tuple[str, ...]
    whole: tuple[str, str] | None  # id and name of what it is a part of
    years: tuple[int, int] | None  # the first and the last that it is certainly under way in


def lines(told: Told, asked: Asked, shown: Sequence[Row]) -> Iterator[Line]:
    """The rows of the table."""
    names = {row.project.id: _name(row, told.lang) for row in told.rows}
    for row in shown:
        project, text = row.project, partial(in_lang, lang=told.lang)
        stage = stage_of(row.term, asked.wanted.moment) if asked.wanted.moment else ""
        yield Line(
            row=row,
            name=names[project.id],
            theme=told.value("theme", key_of(project.theme)) if project.theme else "",
            stage=stage,
            stage_text=told.value("stage", stage) if stage else "",
            investment="" if project.investment_1e4_cny is None else told.money(project.investment_1e4_cny),
            land=_land(row, told.lang),
            land_kind=spoken.said(spoken.LAND_KINDS, project.land_kind, told.lang),
            district=text(project.district),
            where=spoken.place_word(told.plan, row.entry.at, told.lang) if row.entry.at else "",
            place_key=row.entry.at or row.entry.placement,
            in_zone=spoken.said(spoken.IN_ZONE, project.in_zone, told.lang),
            source=told.value("source", project.source),
            source_place=text(project.place),
            notes=tuple(filter(None, (text(project.place_words), text(project.correction)))),
            whole=(project.part_of, names[project.part_of]) if project.part_of in names else None,
            years=_years(row.term),
        )


def _years(term: Term) -> tuple[int, int] | None:
    if term.basis == "none" or math.inf in (term.start.last, -term.end.first):
        return None
    first, last = int(term.start.last // 12), int(term.end.first // 12)
    return (first, last) if first <= last else None


def _name(row: Row, lang: str) -> str:
    return row.project.name_zh if lang == "zh" else row.project.name_en


def _land(row: Row, lang: str) -> str:
    project = row.project
    if project.land_mu is None:
        return ""
    return qualified(format_value(project.land_mu, "mu", lang), project.land_qualifier, lang)
