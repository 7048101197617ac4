"""When projects are built: stated periods as months, the stage at a moment, and what is under way in each year.

A source states a year or a month for the beginning and for the end, or one of them, or says in its data year that a
project is planned, under way or done. Between the first and the last month that this allows nothing is known, so that
a project may have more than one possible stage. A whole year is never short of an answer where both years are stated:
a project is under way in a year that its period touches. "Done" after a stated period means that the period is over;
it is no proof of completion.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geo.catalogue import Catalogue, Project
from geo.errors import QueryError

STAGES = ("planned", "under_way", "done")
OPEN, NONE = "open", "none"  # more than one stage is possible; nothing is stated about the time
STAGE_KEYS = (*STAGES, OPEN, NONE)
FIRST_YEAR, LAST_YEAR = 2010, 2030
_MOMENT = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2]))?")


@dataclass(frozen=True)
class Months:
    """A run of months, both ends included, counted from January of the year 0; an open end is infinite."""

    first: float
    last: float


_OPEN = Months(-math.inf, math.inf)


def months(text: str) -> Months:
    """The months of a year ("2021") or of a month ("2021-07"). QueryError for any other text.

    >>> months("2021-07").first - months("2021").first, months("2021").last - months("2021").first
    (6, 11)
    """
    match = _MOMENT.fullmatch(text)
    if match is None:
        raise QueryError(
            f"{text[:40]!r} is no year and no month; write 2021 or 2021-07.",
            f"“{text[:40]}”不是年份或年月；应写作 2021 或 2021-07。",
        )
    january = int(match[1]) * 12
    if match[2] is None:
        return Months(january, january + 11)
    return Months(january + int(match[2]) - 1, january + int(match[2]) - 1)


@dataclass(frozen=True)
class Term:
    """When a project may begin and when it may end, and what says so.

    `basis`: "stated" (both ends), "partly" (one end), "told" (only that it was planned, under way or done in the data
    year of its source) or "none".
    """

    project: Project
    start: Months
    end: Months
    basis: str


def term(project: Project, source_year: int | None) -> Term:
    """The term of a project whose source speaks of `source_year`.

    No end lies before the beginning, so that each side narrows the other. What the source tells of its own year
    narrows a side that it does not state; a period stated with both ends stands as it is.
    """
    start = months(project.start) if project.start else _OPEN
    end = months(project.end) if project.end else _OPEN
    is_told = bool(project.phase) and source_year is not None and not (project.start and project.end)
    if is_told and source_year is not None:
        told = months(str(source_year))
        if project.phase == "planned":
            start = Months(max(start.first, told.first), start.last)
        if project.phase == "under_way":
            start, end = Months(start.first, min(start.last, told.last)), Months(max(end.first, told.first), end.last)
        if project.phase == "done":
            end = Months(end.first, min(end.last, told.last))
    stated = bool(project.start) + bool(project.end)
    return Term(
        project,
        Months(start.first, min(start.last, end.last)),
        Months(max(end.first, start.first), end.last),
        "stated" if stated == 2 else "partly" if stated else "told" if is_told else "none",
    )


def terms(catalogue: Catalogue) -> tuple[Term, ...]:
    """The term of every project of a catalogue, in the order of its table."""
    years = {source.id: source.year for source in catalogue.sources.values()}
    return tuple(term(project, years.get(project.source)) for project in catalogue.projects)


def stages(one: Term, moment: str) -> tuple[str, ...]:
    """The stages that a project may be in at a year or month, in the order of STAGES; one means that it is certain.

    Empty if nothing is known of its time. It is under way in a year (a month) that its period touches.
    """
    if one.basis == "none":
        return ()
    asked = months(moment)
    possible = (
        one.start.last > asked.last,
        one.start.first <= asked.last and one.end.last >= asked.first,
        one.end.first < asked.first,
    )
    return tuple(stage for stage, may_be in zip(STAGES, possible, strict=True) if may_be)


def stage_of(one: Term, moment: str) -> str:
    """The key of STAGE_KEYS at a year or month: a stage if it is certain, else "open"; "none" if nothing is known."""
    found = stages(one, moment)
    return found[0] if len(found) == 1 else OPEN if found else NONE


def without_parts(projects: Iterable[Project]) -> tuple[Project, ...]:
    """The projects that no other of them already counts: a part stays out if a whole above it states an investment."""
    listed = tuple(projects)
    stating = {project.id for project in listed if project.investment_1e4_cny is not None}
    return tuple(project for project in listed if stating.isdisjoint(project.wholes))


@dataclass(frozen=True)
class Activity:
    """What is under way at a moment: rows, and the total investments that these rows state, in 10,000 CNY.

    The sums are those of whole projects, not what is spent in the year. `without_parts_1e4_cny` counts a part only
    where its whole is not counted; `sum_of_rows_1e4_cny` adds up all rows. `possible` rows are in neither.
    """

    moment: str
    under_way: tuple[Project, ...]
    possible: tuple[Project, ...]

    @property
    def sum_of_rows_1e4_cny(self) -> float:
        """The investments of all rows under way, parts and wholes alike."""
        return math.fsum(project.investment_1e4_cny or 0 for project in self.under_way)

    @property
    def without_parts_1e4_cny(self) -> float:
        """The investments of the rows under way, parents counted once."""
        return math.fsum(project.investment_1e4_cny or 0 for project in without_parts(self.under_way))

    @property
    def silent(self) -> int:
        """How many rows under way state no investment."""
        return sum(project.investment_1e4_cny is None for project in self.under_way)


def activity(listed: Sequence[Term], moment: str) -> Activity:
    """What of `listed` is under way at a year or month, certainly and possibly."""
    found = [(one.project, stages(one, moment)) for one in listed]
    return Activity(
        moment,
        tuple(project for project, possible in found if possible == ("under_way",)),
        tuple(project for project, possible in found if "under_way" in possible and len(possible) > 1),
    )


def yearly(listed: Sequence[Term], first: int = FIRST_YEAR, last: int = LAST_YEAR) -> tuple[Activity, ...]:
    """The activity of each year from `first` to `last`, both included."""
    return tuple(activity(listed, str(year)) for year in range(first, last + 1))


def bracket(moment: str, stated: Sequence[int]) -> tuple[int | None, int | None]:
    """The stated years before and after a moment: both the same in a stated year, None beyond the first and the last.

    Between two of them something changed, and no source says when.

    >>> bracket("2019-05", (2013, 2025)), bracket("2025", (2013, 2025)), bracket("2010", (2013, 2025))
    ((2013, 2025), (2025, 2025), (None, 2013))
    """
    year = int(months(moment).first // 12)
    before = max((one for one in stated if one <= year), default=None)
    after = min((one for one in stated if one >= year), default=None)
    return before, after
