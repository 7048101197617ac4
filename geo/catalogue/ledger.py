"""The ledger of a data folder as frozen nouns: stated figures, what they measure, and projects.

Texts for people hold both languages in one cell, "中文 / English"; `in_lang` takes one of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from geo.units import measure_of, to_base


@dataclass(frozen=True)
class Metric:
    """What a figure measures: its names and the theme that it is listed under."""

    id: str
    theme: str
    name_zh: str
    name_en: str


@dataclass(frozen=True)
class Figure:
    """One figure as one source gives it: value and unit, how it is worded, and where it stands.

    `qualifier` is "" for a bare figure, else "about", "more_than" or "nearly". `feature` is the id of the shape that
    the figure speaks of, None if no shape does; `project` that of the project whose row gives it. `year` is the year
    that the figure speaks of, None if the source names none.

    >>> Figure("x", "S0", "p", "s", None, "area", 231, "km2", "", 2013, "").base
    231000000.0
    """

    id: str
    source: str
    place: str
    subject: str
    feature: str | None
    metric: str
    value: float
    unit: str
    qualifier: str
    year: int | None
    note: str
    project: str | None = None
    row: str = ""  # file and line that hold it

    @property
    def measure(self) -> str:
        """What the unit measures: area, length, persons, count, ratio, area_per_person, cny or usd."""
        return measure_of(self.unit)

    @property
    def base(self) -> float:
        """The value in m2, m, people, pieces, 0 to 1, CNY or USD."""
        return to_base(self.value, self.unit)


@dataclass(frozen=True)
class Project:
    """A project or an institution as a source lists it; every field is None or "" where the source is silent.

    `no` is its number in a numbered list. `start` and `end` are years or months ("2019", "2019-06"). `in_zone` is yes,
    partly, no or unknown, and `in_zone_basis` says why. `correction` tells what was mended in reading the source.
    """

    no: int | None
    name_zh: str
    name_en: str
    investment_1e4_cny: float | None
    start: str
    end: str
    phase: str
    land_mu: float | None
    land_kind: str
    land_qualifier: str
    floor_area_m2: float | None
    theme: str
    part_of: str | None
    in_zone: str
    in_zone_basis: str
    district: str
    district_basis: str
    place_words: str
    placed_in: str | None
    correction: str
    id: str
    source: str
    place: str
    feature: str | None
    investment_in_text_1e4_cny: float | None = None  # the total in the text of the row, where it names one
    row: str = ""  # file and line that hold it
    wholes: tuple[str, ...] = ()  # ids of what it is a part of, and of what that is a part of, nearest first

    @property
    def is_in_zone(self) -> bool:
        """Whether a source has it in the zone, wholly or in part."""
        return self.in_zone in ("yes", "partly")


PROJECT_METRICS = (
    Metric("project_investment", "investment", "总投资", "Total investment"),
    Metric("project_land", "land", "项目用地", "Project land"),
    Metric("project_floor_area", "land", "建筑面积", "Floor area"),
)


def project_figures(project: Project) -> tuple[Figure, ...]:
    """The figures that the row of a project states, each with an id of its own: `<project>.land` and so on."""
    facts = (
        ("investment", project.investment_1e4_cny, "1e4_cny", ""),
        ("land", project.land_mu, "mu", project.land_qualifier),
        ("floor_area", project.floor_area_m2, "m2", ""),
    )
    return tuple(
        Figure(
            id=f"{project.id}.{name}",
            source=project.source,
            place=project.place,
            subject=f"{project.name_zh} / {project.name_en}",
            feature=project.feature,
            metric=f"project_{name}",
            value=value,
            unit=unit,
            qualifier=qualifier,
            year=None,
            note=project.correction,
            project=project.id,
            row=project.row,
        )
        for name, value, unit, qualifier in facts
        if value is not None
    )


def in_lang(text: str, lang: str) -> str:
    """The part of a "中文 / English" cell in `lang`; a text of one language as it is.

    >>> in_lang("瑶湖 / Yaohu Lake", "en"), in_lang("EPSG:4548", "zh")
    ('Yaohu Lake', 'EPSG:4548')
    """
    zh, mark, en = text.partition(" / ")
    return (en if lang != "zh" else zh) if mark else text
