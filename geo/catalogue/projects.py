"""The table of projects, read strictly: numbers, dates, kinds of land, and who is a part of whom."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from geo.catalogue.figures import ID, QUALIFIERS, YEARS, number_of
from geo.catalogue.files import Reader
from geo.catalogue.ledger import Project
from geo.catalogue.tables import read_rows
from geo.catalogue.wording import shown

PROJECT_COLUMNS = tuple(name for name in Project.__dataclass_fields__ if name not in ("row", "wholes"))
IN_ZONE = ("yes", "partly", "no", "unknown")
PHASES = ("planned", "under_way", "done")
_CHOICES = {
    "phase": ("", *PHASES),
    "land_kind": ("", "construction", "extent", "phase", "building"),
    "land_qualifier": QUALIFIERS,
    "in_zone": IN_ZONE,
}
_NEEDED = ("name_zh", "name_en", "source", "place", "in_zone_basis")
_NUMBERS = ("investment_1e4_cny", "land_mu", "floor_area_m2", "investment_in_text_1e4_cny")
_MONTH = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2]))?")
_FORMS = {
    "id": ("a lower-case letter, then lower-case letters, digits or _", "小写字母开头，后接小写字母、数字或 _"),
    "no": ("a whole number from 1, or nothing", "1 起的整数，或留空"),
    "number": ("a number of 0 or more such as 94 or 66.11, or nothing", "94 或 66.11 这样不小于 0 的数，或留空"),
    "date": ("a year or a month such as 2019 or 2019-06, or nothing", "2019 或 2019-06 这样的年月，或留空"),
}


def read_projects(reader: Reader, file: str) -> tuple[Project, ...]:
    """The projects of the folder in file order; rows with faults are left out, with the faults noted."""
    rows: dict[str, tuple[str, Project]] = {}
    numbers: set[int] = set()
    for where, cells in read_rows(reader, file, PROJECT_COLUMNS):
        if not _is_sound(reader, file, where, cells):
            continue
        project = _project(cells, f"{file}, {where}")
        if project.id in rows or project.no in numbers:
            reader.fault(file, where, "twice", key=shown(project.id if project.id in rows else cells["no"]))
            continue
        rows[project.id] = (where, project)
        numbers |= {project.no} if project.no is not None else set()
    parents = {key: project.part_of for key, (_, project) in rows.items()}
    lost = {key for key, (_, project) in rows.items() if project.part_of is not None and _is_lost(project, parents)}
    for where, project in rows.values():
        if project.id in lost:
            reader.fault(file, where, "part_of_none", parent=shown(project.part_of))
    return tuple(
        project if project.id in lost else replace(project, wholes=_wholes(project.part_of, parents))
        for _, project in rows.values()
    )


def _wholes(parent: str | None, parents: Mapping[str, str | None]) -> tuple[str, ...]:
    """The way up from a project, nearest first; of one that leads somewhere and to no place twice."""
    found = []
    while parent is not None:
        found.append(parent)
        parent = parents[parent]
    return tuple(found)


def _is_sound(reader: Reader, file: str, where: str, cells: Mapping[str, str]) -> bool:
    before = len(reader.faults)

    def refuse(column: str, form: str) -> None:
        en, zh = _FORMS[form]
        reader.fault(file, where, "cell_form", column=column, value=shown(cells[column]), form_en=en, form_zh=zh)

    if not ID.fullmatch(cells["id"]):
        refuse("id", "id")
    if cells["no"] and not re.fullmatch(r"[1-9][0-9]{0,5}", cells["no"]):
        refuse("no", "no")
    for column in _NUMBERS:
        value = number_of(cells[column])
        if cells[column] and (value is None or value < 0):
            refuse(column, "number")
    dates = [column for column in ("start", "end") if cells[column] and not _is_date(cells[column])]
    for column in dates:
        refuse(column, "date")
    if not dates and cells["start"] and cells["end"] and _is_after(cells["start"], cells["end"]):
        reader.fault(file, where, "dates_reversed", start=cells["start"], end=cells["end"])
    for column, choices in _CHOICES.items():
        if cells[column] not in choices:
            known = ", ".join(filter(None, choices))
            reader.fault(file, where, "cell_choice", column=column, value=shown(cells[column]), choices=known)
    for column in _NEEDED:
        if not cells[column].strip():
            reader.fault(file, where, "cell_empty", column=column)
    return len(reader.faults) == before


def _is_date(text: str) -> bool:
    match = _MONTH.fullmatch(text)
    return match is not None and YEARS[0] <= int(match[1]) <= YEARS[1]


def _is_after(start: str, end: str) -> bool:
    """Whether a start lies after an end; a bare year reaches from its first to its last month."""
    return start > (end if len(end) > 4 else f"{end}-12")


def _is_lost(project: Project, parents: Mapping[str, str | None]) -> bool:
    """Whether the parent does not exist, or the way up leads back to the project itself."""
    here, seen = project.part_of, {project.id}
    while here is not None:
        if here not in parents or here in seen:
            return True
        seen.add(here)
        here = parents[here]
    return False


def _project(cells: Mapping[str, str], row: str) -> Project:
    values: dict[str, object] = {**cells, "row": row}
    for column in _NUMBERS:
        values[column] = number_of(cells[column])
    for column in ("part_of", "placed_in", "feature"):
        values[column] = cells[column] or None
    values["no"] = int(cells["no"]) if cells["no"] else None
    return Project(**values)  # type: ignore[arg-type]
