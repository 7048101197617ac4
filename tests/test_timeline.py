"""Periods as months, stages that are certain or open, and sums that count a whole once."""

from __future__ import annotations

import csv
import dataclasses
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from geo import timeline
from geo.catalogue import Project
from geo.errors import QueryError
from geo.plan import Plan
from geo.timeline import STAGES, Term, activity, months, stages, term, without_parts, yearly

ROOT = Path(__file__).parent.parent
BLANK = Project(**{field.name: "" for field in dataclasses.fields(Project) if field.default is dataclasses.MISSING})


def project(name: str, start: str = "", end: str = "", **more: object) -> Project:
    facts = {"id": name, "no": None, "part_of": None, "placed_in": None, "feature": None, "investment_1e4_cny": None}
    return dataclasses.replace(BLANK, start=start, end=end, **{**facts, **more})


def of(start: str, end: str, phase: str = "", year: int | None = None) -> Term:
    return term(project("one", start, end, phase=phase), year)


def rows() -> list[dict[str, str]]:
    with (ROOT / "data/facts/projects.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    "text", ["", "21", "2021-13", "2021-00", "2021-7", "20211", "2021-07-01", "x" * 99, "二〇二一"]
)
def test_text_that_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(QueryError):
        months(text)


@pytest.mark.parametrize(
    ("start", "end", "moment", "expected"),
    [
        ("2018", "2021", "2017", ["planned"]),
        ("2018", "2021", "2018", ["under_way"]),
        ("2018", "2021", "2021", ["under_way"]),
        ("2018", "2021", "2022", ["done"]),
        # the month within the first and the last year is not stated
        ("2018", "2021", "2018-05", ["planned", "under_way"]),
        ("2018", "2021", "2018-12", ["under_way"]),  # begun in 2018, so at the latest in its December
        ("2018", "2021", "2021-01", ["under_way"]),
        ("2018", "2021", "2021-02", ["under_way", "done"]),
        ("2021-03", "2022-12", "2021-02", ["planned"]),
        ("2021-03", "2022-12", "2021-03", ["under_way"]),
        ("2021-03", "2022-12", "2021-07", ["under_way"]),
        ("2021-03", "2022-12", "2023-01", ["done"]),
        # months narrow a year beside them: what begins in July ends in July at the earliest
        ("2021-07", "2021", "2021-07", ["under_way"]),
        ("2021-07", "2021", "2021-08", ["under_way", "done"]),
        ("2021", "2021-07", "2021-07", ["under_way"]),
        # one end alone
        ("2013", "", "2012", ["planned"]),
        ("2013", "", "2013", ["under_way"]),
        ("2013", "", "2014", ["under_way", "done"]),
        ("", "2019", "2018", ["planned", "under_way"]),
        ("", "2019", "2019", ["under_way"]),
        ("", "2019", "2020", ["done"]),
        ("", "", "2020", []),
    ],
)
def test_stages_of_a_period_at_a_moment(start: str, end: str, moment: str, expected: list[str]) -> None:
    assert list(stages(of(start, end), moment)) == expected


@pytest.mark.parametrize(
    ("start", "end", "phase", "moment", "expected"),
    [
        ("", "", "done", "2026", ["done"]),
        ("", "", "done", "2025", ["under_way", "done"]),
        ("", "", "under_way", "2025", ["under_way"]),
        ("", "", "planned", "2024", ["planned"]),
        ("", "", "planned", "2025", ["planned", "under_way"]),
        ("2010", "", "under_way", "2020", ["under_way"]),
        ("", "2027", "under_way", "2025", ["under_way"]),
        ("2018", "2020", "under_way", "2025", ["done"]),  # both ends stated: they stand
    ],
)
def test_what_a_source_of_2025_tells_narrows_an_open_side(
    start: str, end: str, phase: str, moment: str, expected: list[str]
) -> None:
    assert set(stages(of(start, end, phase, 2025), moment)) == set(expected)


def test_phase_without_a_year_of_the_source_tells_nothing() -> None:
    assert stages(of("", "", "done", None), "2026") == ()


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, str]:
    first, last = sorted((draw(st.integers(0, 60)), draw(st.integers(0, 60))))

    def written(month: int) -> str:
        year, number = 2018 + month // 12, month % 12 + 1
        return draw(st.sampled_from([f"{year}", f"{year}-{number:02d}", ""]))

    return written(first), written(last)


@given(texts(), st.integers(2017, 2024), st.integers(1, 12))
def test_year_holds_the_stages_of_its_months_and_stages_never_go_back(
    dates: tuple[str, str], year: int, month: int
) -> None:
    one = of(*dates)
    if one.basis == "none":
        return
    order = [STAGES.index(stage) for stage in stages(one, f"{year}-{month:02d}")]
    later = [STAGES.index(stage) for stage in stages(one, f"{year + 1}-{month:02d}")]
    assert order
    assert order == sorted(order)
    assert later[0] >= order[0]
    assert later[-1] >= order[-1]
    if stages(one, f"{year}-{month:02d}") == ("under_way",):
        assert stages(one, str(year)) == ("under_way",)


def test_parts_are_counted_where_their_whole_is_not() -> None:
    whole = project("whole", "2020", "2022", investment_1e4_cny=100)
    part = project("part", "2021", "2024", investment_1e4_cny=30, wholes=("whole",))
    listed = [term(one, None) for one in (whole, part)]
    sums = [(one.sum_of_rows_1e4_cny, one.without_parts_1e4_cny) for one in yearly(listed, 2020, 2025)]
    assert sums == [(100, 100), (130, 100), (130, 100), (30, 30), (30, 30), (0, 0)]


def test_part_of_a_whole_that_states_no_investment_is_counted() -> None:
    silent = project("silent", "2020", "2022")
    part = project("part", "2020", "2022", investment_1e4_cny=30, wholes=("silent",))
    grandchild = project("grandchild", "2020", "2022", investment_1e4_cny=7, wholes=("part", "silent"))
    assert [one.id for one in without_parts([silent, part, grandchild])] == ["silent", "part"]
    found = activity([term(one, None) for one in (silent, part, grandchild)], "2021")
    assert (found.without_parts_1e4_cny, found.sum_of_rows_1e4_cny, found.silent) == (30, 37, 1)


def test_grandchild_is_counted_by_a_whole_two_steps_above() -> None:
    whole = project("whole", investment_1e4_cny=100)
    silent = project("silent", wholes=("whole",))
    grandchild = project("grandchild", investment_1e4_cny=7, wholes=("silent", "whole"))
    assert [one.id for one in without_parts([whole, silent, grandchild])] == ["whole"]
    assert [one.id for one in without_parts([whole, grandchild])] == ["whole"]


@pytest.mark.parametrize("year", [2021, 2023])
def test_active_investment_of_the_list_by_a_second_reading(plan: Plan, year: int) -> None:
    """Years alone, from the file: a row is active from its first to its last year."""
    listed = [row for row in rows() if row["no"]]
    active = {row["id"]: row for row in listed if int(row["start"][:4]) <= year <= int(row["end"][:4])}
    all_rows = sum(float(row["investment_1e4_cny"]) for row in active.values())
    once = sum(float(row["investment_1e4_cny"]) for row in active.values() if row["part_of"] not in active)
    terms = [one for one in timeline.terms(plan.catalogue) if one.project.no]
    found = activity(terms, str(year))
    assert {one.id for one in found.under_way} == set(active)
    assert found.possible == ()
    assert (found.sum_of_rows_1e4_cny, found.without_parts_1e4_cny) == (all_rows, once)


def test_typed_sums_of_2021_and_2023(plan: Plan) -> None:
    """The list of S2 added up by hand: 120 rows of 2021 and 62 of 2023, and what parts add to the sums of rows."""
    terms = [one for one in timeline.terms(plan.catalogue) if one.project.no]
    found = {year: activity(terms, year) for year in ("2021", "2023")}
    assert [len(one.under_way) for one in found.values()] == [120, 62]
    # rows 21, 29 and 30 are parts of rows 4, 9 and 6; row 20, of row 4 too, begins in 2022
    parts = {"2021": 296_600 + 1_000_000 + 93_520, "2023": 50_000 + 296_600 + 1_000_000 + 93_520}
    for year, more in parts.items():
        assert found[year].sum_of_rows_1e4_cny - found[year].without_parts_1e4_cny == more


def test_july_2021_keeps_the_months_that_are_stated(plan: Plan) -> None:
    """Certain: begun by July and not ended before; what states 2021 alone as first or last year is open."""

    def number(text: str, last: bool) -> int:
        year, _, month = text.partition("-")
        return int(year) * 12 + (int(month) - 1 if month else 11 if last else 0)

    july = 2021 * 12 + 6
    listed = [row for row in rows() if row["no"]]
    sure = {row["id"] for row in listed if number(row["start"], last=True) <= july <= number(row["end"], last=False)}
    maybe = {row["id"] for row in listed if number(row["start"], last=False) <= july <= number(row["end"], last=True)}
    # a start in the year 2021 and an end in a month of it, or the other way round, narrow each other
    found = activity([one for one in timeline.terms(plan.catalogue) if one.project.no], "2021-07")
    assert {one.id for one in found.under_way} == sure
    assert {one.id for one in found.possible} == maybe - sure
    assert "s2_038" in sure  # March 2021 to December 2022
    assert "s2_042" not in maybe  # ended in June 2021


def test_answer_of_the_whole_run_adds_up(client: FlaskClient) -> None:
    found = client.get("/api/timeline").get_json()
    assert [one["year"] for one in found["series"]["zone"]] == list(range(2010, 2031))
    assert found["scopes"] == {
        "zone": sum(row["in_zone"] in ("yes", "partly") for row in rows()),
        "all": len(rows()),
    }
    for scope in ("zone", "all"):
        assert all(one["without_parts_1e4_cny"] <= one["sum_of_rows_1e4_cny"] for one in found["series"][scope])


@pytest.mark.parametrize("moment", ["2013", "2021", "2021-07", "2030"])
def test_answer_of_a_moment_counts_every_project_once(client: FlaskClient, moment: str) -> None:
    found = client.get(f"/api/timeline?year={moment}").get_json()
    run = client.get("/api/timeline").get_json()
    for scope, total in run["scopes"].items():
        assert sum(found["counts"][scope].values()) == total
    by_place = [one_id for place in found["places"] for one_id in place["projects"]]
    assert len(by_place) == len(set(by_place))
    assert set(by_place) == {one["id"] for one in run["projects"] if one["placement"] in ("drawn", "area", "zone")}
    for place in found["places"]:
        assert sum(place[stage] for stage in ("planned", "under_way", "done", "open", "none")) == len(place["projects"])


@pytest.mark.parametrize(
    ("moment", "layers"),
    [
        ("2010", ["extent_2013"]),
        ("2013", ["extent_2013"]),
        ("2019-05", ["extent_2013", "extent_2025"]),
        ("2025", ["extent_2025"]),
        ("2030", ["extent_2025"]),
    ],
)
def test_extents_of_a_moment(client: FlaskClient, moment: str, layers: list[str]) -> None:
    assert client.get(f"/api/timeline?year={moment}").get_json()["extent"]["layers"] == layers


@pytest.mark.parametrize("year", ["2009", "2031", "abc", "2021-13", "", "2021-7", "1e3", "二〇二一"])
def test_year_beyond_the_bar_is_a_problem_that_lists_the_years(client: FlaskClient, year: str) -> None:
    answer = client.get("/api/timeline", query_string={"year": year, "lang": "en"})
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"
    assert "2010" in answer.get_json()["detail"]
