"""Projects filtered, counted, sorted and summed: arithmetic on typed facts, and the table as it is written."""

from __future__ import annotations

import csv
import dataclasses
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.catalogue import Project
from geo.errors import QueryError
from geo.output.projectsheets import sum_lines
from geo.plan import Plan
from geo.projects import (
    CHOICES,
    FILTERS,
    SORTS,
    Entry,
    Row,
    Wanted,
    arrange,
    facets,
    open_rows,
    rows,
    select,
    totals,
    value_of,
)
from geo.timeline import NONE, OPEN, STAGE_KEYS, stage_of, term

ROOT = Path(__file__).parent.parent
BLANK = Project(**{field.name: "" for field in dataclasses.fields(Project) if field.default is dataclasses.MISSING})
NUMBERS = ("no", "part_of", "placed_in", "feature", "investment_1e4_cny", "land_mu", "floor_area_m2")


def row(name: str, placement: str = "unknown", at: str | None = None, ring: str | None = None, **more: object) -> Row:
    facts = {"id": name, "name_zh": name, "name_en": name, "in_zone": "unknown", "source": "S2"}
    project = dataclasses.replace(BLANK, **{**dict.fromkeys(NUMBERS), **facts, **more})
    return Row(Entry(project, placement, at, ring), term(project, 2021))


def ids(found: Sequence[Row]) -> list[str]:
    return [one.project.id for one in found]


def table() -> list[dict[str, str]]:
    with (ROOT / "data/facts/projects.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# a whole with two parts, one of which has a part itself; a whole that states nothing, with its part
FAMILY = (
    row("whole", investment_1e4_cny=100.0, land_mu=50.0, land_kind="construction"),
    row("part", part_of="whole", wholes=("whole",), investment_1e4_cny=30.0, land_mu=20.0, land_kind="construction"),
    row("other", part_of="whole", wholes=("whole",), investment_1e4_cny=None, land_mu=9.0, land_kind="phase"),
    row("grandchild", part_of="other", wholes=("other", "whole"), investment_1e4_cny=5.0),
    row("silent"),
    row("half", part_of="silent", wholes=("silent",), investment_1e4_cny=7.0),
)


def test_totals_count_a_whole_once_and_its_parts_not() -> None:
    found = totals(FAMILY)
    assert (found.count, found.silent) == (6, 2)
    assert found.sum_of_rows_1e4_cny == 100 + 30 + 5 + 7
    assert found.without_parts_1e4_cny == 100 + 7  # the grandchild lies in `other`, which lies in `whole`


@pytest.mark.parametrize(
    ("kept", "expected"),
    [
        (("part", "grandchild"), 35),  # the whole is filtered out: its parts stand for themselves
        (("whole", "grandchild"), 100),  # what lies between them is filtered out: a part of a part is still a part
        (("silent", "half"), 7),  # a whole without an investment counts nothing, so its part does
        (("other", "grandchild"), 5),
        ((), 0),
    ],
)
def test_part_is_left_out_for_a_whole_of_the_same_rows_alone(kept: tuple[str, ...], expected: float) -> None:
    assert totals([one for one in FAMILY if one.project.id in kept]).without_parts_1e4_cny == expected


def test_land_is_summed_for_each_kind_and_never_across_kinds() -> None:
    found = {one.kind: (one.rows, one.sum_of_rows_mu, one.without_parts_mu) for one in totals(FAMILY).land}
    assert found == {"construction": (2, 70, 50), "phase": (1, 9, 9)}
    lines = sum_lines(totals(FAMILY), "en")
    assert len(lines) == 3
    assert "50 mu" in lines[1]
    assert "9 mu" in lines[2]
    assert not any("79" in line or "59" in line for line in lines)


@pytest.mark.parametrize(
    ("start", "end", "moment", "expected"),
    [
        ("2021-03", "2022-12", "2021-02", "planned"),
        ("2021-03", "2022-12", "2021-07", "under_way"),
        ("2021-03", "2022-12", "2023-01", "done"),
        ("2021", "2023", "2021", "under_way"),
        ("2021", "2023", "2021-07", OPEN),  # it may begin after July
        ("2021", "2023", "2022-07", "under_way"),
        ("2021", "2023", "2023-07", OPEN),
        ("", "2022", "2021", OPEN),  # it may have begun by then, or not
        ("", "2022", "2023", "done"),
        ("2021", "", "2020", "planned"),
        ("2021", "", "2030", OPEN),
        ("", "", "2021", NONE),
    ],
)
def test_stage_is_one_key_for_each_row(start: str, end: str, moment: str, expected: str) -> None:
    one = row("one", start=start, end=end)
    assert stage_of(one.term, moment) == expected
    found = {key: ids(select([one], Wanted(moment=moment, stages=(key,)))) for key in STAGE_KEYS}
    assert found == {key: ["one"] if key == expected else [] for key in STAGE_KEYS}


def test_moment_without_a_stage_asks_what_is_under_way_and_tells_what_may_be() -> None:
    listed = [
        row("sure", start="2020", end="2022"),
        row("maybe", start="2021", end="2023"),
        row("over", start="2018", end="2020"),
        row("untold"),
    ]
    wanted = Wanted(moment="2021-07")
    assert ids(select(listed, wanted)) == ["sure"]
    assert ids(open_rows(listed, wanted)) == ["maybe"]
    assert ids(open_rows(listed, Wanted(moment="2021-07", stages=("done",)))) == []
    assert ids(open_rows(listed, Wanted(moment="2021-07", stages=("under_way", OPEN)))) == []
    assert open_rows(listed, Wanted()) == ()
    with pytest.raises(QueryError):
        select(listed, Wanted(moment="July"))


def test_bounds_include_both_ends_and_leave_out_what_states_nothing() -> None:
    listed = [row("five", investment_1e4_cny=5.0), row("six", investment_1e4_cny=6.0, land_mu=0.0), row("none")]
    assert ids(select(listed, Wanted(investment=(5, 6)))) == ["five", "six"]
    assert ids(select(listed, Wanted(investment=(None, 5)))) == ["five"]
    assert ids(select(listed, Wanted(investment=(5.5, None)))) == ["six"]
    assert ids(select(listed, Wanted(land=(None, 0)))) == ["six"]
    assert ids(select(listed, Wanted())) == ["five", "six", "none"]


@pytest.mark.parametrize("text", ["vr city", "ＶＲ", "科创 VR", "瑶湖", "yaohu"])
def test_every_word_is_looked_for_in_names_and_place(text: str) -> None:
    one = row("x", name_zh="VR 科创城", name_en="VR Science City", place_words="瑶湖 / Yaohu Lake")
    assert ids(select([one, row("y")], Wanted(text=text))) == ["x"]
    assert select([one], Wanted(text=f"{text} elsewhere")) == ()


def test_order_puts_what_is_not_stated_last_both_ways_and_keeps_equals() -> None:
    listed = [row("a", no=2), row("b"), row("c", no=1), row("d", no=2), row("e")]
    assert ids(arrange(listed, "no")) == ["c", "a", "d", "b", "e"]
    assert ids(arrange(listed, "-no")) == ["a", "d", "c", "b", "e"]
    assert ids(arrange(listed, "")) == list("abcde")


def test_order_of_months_names_and_places() -> None:
    dated = [row("year", start="2021"), row("march", start="2021-03"), row("before", start="2020-12"), row("none")]
    assert ids(arrange(dated, "start")) == ["before", "year", "march", "none"]
    ends = [row("year", end="2021"), row("march", end="2021-03"), row("december", end="2021-12")]
    assert ids(arrange(ends, "end")) == ["march", "year", "december"]
    named = [row("1", name_zh="中兴", name_en="zte"), row("2", name_zh="安智", name_en="Anzhi")]
    assert ids(arrange(named, "name", "zh")) == ["2", "1"]  # an, zhong
    assert ids(arrange(named, "-name", "en")) == ["1", "2"]
    placed = [row("u"), row("z", "zone"), row("d", "drawn", "sites:x"), row("a", "area", "places:y")]
    assert ids(arrange(placed, "placement")) == ["d", "a", "z", "u"]


VALUES = st.fixed_dictionaries(
    {
        "theme": st.sampled_from(["", "aviation", "food"]),
        "in_zone": st.sampled_from(["yes", "no", "unknown"]),
        "source": st.sampled_from(["S0", "S2"]),
        "start": st.sampled_from(["", "2019", "2021-03"]),
        "end": st.sampled_from(["", "2022", "2023-05"]),
        "investment_1e4_cny": st.sampled_from([None, 1.0, 2.0]),
        "land_mu": st.sampled_from([None, 3.0]),
    }
)
ASKED = st.builds(
    Wanted,
    choices=st.fixed_dictionaries(
        {},
        optional={
            "theme": st.lists(st.sampled_from(["aviation", "food", NONE]), max_size=2, unique=True).map(tuple),
            "in_zone": st.lists(st.sampled_from(["yes", "no"]), max_size=2, unique=True).map(tuple),
        },
    ),
    moment=st.sampled_from(["", "2021", "2021-02"]),
    stages=st.lists(st.sampled_from(STAGE_KEYS), max_size=2, unique=True).map(tuple),
    investment=st.sampled_from([(None, None), (1.5, None)]),
    text=st.sampled_from(["", "p1"]),
)


def agrees(one: Row, wanted: Wanted, but: str = "") -> bool:
    """The filter once more, written out."""
    project = one.project
    for name in ("theme", "in_zone"):
        asked = wanted.choices.get(name, ())
        if asked and name != but and (getattr(project, name) or NONE) not in asked:
            return False
    if wanted.moment and but != "stage" and stage_of(one.term, wanted.moment) not in (wanted.stages or ("under_way",)):
        return False
    if wanted.investment[0] is not None and (project.investment_1e4_cny or 0) < 1.5:
        return False
    return wanted.text in project.id


@given(st.lists(VALUES, max_size=12), ASKED)
def test_counts_of_facets_are_those_of_choosing_their_value(cells: list[dict[str, object]], wanted: Wanted) -> None:
    listed = [row(f"p{number}", **more) for number, more in enumerate(cells)]
    assert ids(select(listed, wanted)) == [one.project.id for one in listed if agrees(one, wanted)]
    found = facets(listed, wanted, {})
    for choice in ("theme", "in_zone"):
        expected = Counter(getattr(one.project, choice) or NONE for one in listed if agrees(one, wanted, choice))
        assert {facet.value: facet.count for facet in found[choice] if facet.count} == expected
        assert {facet.value for facet in found[choice]} == {value_of(one, choice) for one in listed}
    if wanted.moment:
        assert sum(f.count for f in found["stage"]) == sum(agrees(one, wanted, "stage") for one in listed)


@given(st.lists(VALUES, max_size=8), st.sampled_from(SORTS), st.randoms())
def test_order_loses_no_row_and_does_not_hang_on_the_order_before(
    cells: list[dict[str, object]], sort: str, chance: random.Random
) -> None:
    listed = [row(f"p{number}", **more) for number, more in enumerate(cells)]
    shuffled = list(listed)
    chance.shuffle(shuffled)
    for one in (sort, f"-{sort}"):
        assert sorted(ids(arrange(listed, one))) == sorted(ids(listed))
        key = {"investment": "investment_1e4_cny", "land": "land_mu", "start": "start", "end": "end"}.get(sort)
        if key:
            values = [[getattr(r.project, key) for r in arrange(rows, one)] for rows in (listed, shuffled)]
            assert values[0] == values[1]


def test_shipped_investment_of_a_year_is_that_of_the_table(plan: Plan) -> None:
    everyone = rows(plan, plan.view())
    written = {one["id"]: one for one in table()}
    for year in (2021, 2023):
        found = totals(select(everyone, Wanted(moment=str(year))))
        # those with both ends written, and those whose ends or reports leave no doubt
        touched = {n for n, one in written.items() if one["start"] and one["end"]}
        touched = {n for n in touched if int(written[n]["start"][:4]) <= year <= int(written[n]["end"][:4])}
        told = {"S1": 2025, "S2": 2021, "S4": 2025, "S0": 2013}
        half = {n for n, one in written.items() if bool(one["start"]) + bool(one["end"]) < 2}
        sure = {n for n in half if written[n]["phase"] == "under_way" and told[written[n]["source"]] == year}
        counted = touched | sure
        assert {one.project.id for one in select(everyone, Wanted(moment=str(year)))} == counted
        money = {n: float(written[n]["investment_1e4_cny"] or 0) for n in counted}
        assert found.sum_of_rows_1e4_cny == pytest.approx(sum(money.values()), rel=1e-12)
        once = [value for n, value in money.items() if not _has_stating_whole(n, written, counted)]
        assert found.without_parts_1e4_cny == pytest.approx(sum(once), rel=1e-12)
        assert found.without_parts_1e4_cny < found.sum_of_rows_1e4_cny
        assert found.silent == sum(not written[n]["investment_1e4_cny"] for n in counted)


def _has_stating_whole(name: str, written: dict[str, dict[str, str]], counted: set[str]) -> bool:
    above = written[name]["part_of"]
    while above in counted:
        if written[above]["investment_1e4_cny"]:
            return True
        above = written[above]["part_of"]
    return False


def test_shipped_july_of_2021_keeps_the_precision_of_months(plan: Plan) -> None:
    everyone = rows(plan, plan.view())
    sure, open_ones = set(), set()
    for one in table():
        if not (one["start"] and one["end"]):
            continue
        first, last = (one["start"], f"{one['start']}-12"[:7]) if len(one["start"]) == 4 else (one["start"],) * 2
        first = f"{first}-01"[:7]
        end_first, end_last = (f"{one['end']}-01"[:7], f"{one['end']}-12"[:7])
        if last <= "2021-07" <= end_first:
            sure.add(one["id"])
        elif first <= "2021-07" <= end_last:
            open_ones.add(one["id"])
    wanted = Wanted(moment="2021-07")
    both = {one.project.id for one in everyone if one.project.start and one.project.end}
    assert {one.project.id for one in select(everyone, wanted)} & both == sure
    assert {one.project.id for one in open_rows(everyone, wanted)} & both == open_ones
    assert len(sure) >= 60
    assert "s2_067" in sure
    assert "s2_048" not in sure


def test_shipped_facets_count_the_table(plan: Plan) -> None:
    everyone = rows(plan, plan.view())
    found = facets(everyone, Wanted(), {})
    for column in ("in_zone", "theme", "source"):
        assert {f.value: f.count for f in found[column]} == Counter(one[column] for one in table())
    assert set(found) == set(CHOICES)
    assert set(CHOICES) < set(FILTERS)
    assert {f.value: f.count for f in found["district"]}["nanchang_high_tech_zone"] == 100


def test_place_of_what_is_drawn_hangs_on_the_view(plan: Plan) -> None:
    for view in plan.views.values():
        drawn = [one for one in rows(plan, view) if one.entry.placement == "drawn"]
        assert drawn
        for one in drawn:
            assert one.entry.ring == view.standings[str(one.entry.at)].home_zone
