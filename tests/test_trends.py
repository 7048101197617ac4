"""Indicators over the years on toy figures, where points, joins and changes are arithmetic; and their faults."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from geo.catalogue import Figure, Indicator, IndicatorLine, check_catalogue, load_catalogue
from geo.catalogue.figures import THEMES
from geo.catalogue.wording import sentences
from geo.output.trends import trends_json, trends_sheet
from geo.plan import Plan, load_plan
from geo.trends import Growth, TrendLine, extents, trend_of, trends
from geo.units import to_base
from tests import toy

ROOT = Path(__file__).parent.parent
NAMES = {"trend_why", "trend_of_nothing", "trend_shared", "trend_measures"}
CNY = 1e8


def figure(year: int | None, value: float, qualifier: str = "", **cells: Any) -> Figure:
    """A figure of 1e8 CNY of one subject."""
    facts: dict[str, Any] = {"subject": "区 / zone", "feature": None, "metric": "gdp", "unit": "1e8_cny"} | cells
    name = f"f{year}_{value}_{facts['metric']}"
    return Figure(id=name, source="S0", place="p", value=value, qualifier=qualifier, year=year, note="", **facts)


def line(*figures: Figure, metrics: tuple[str, ...] = ("gdp", "income")) -> TrendLine:
    """The line of an indicator with one line."""
    one = Indicator("i", "industries", "指标", "indicator", "", "", (IndicatorLine("线", "line", metrics),))
    return trend_of(one, figures).lines[0]


def test_points_stand_by_year_and_those_without_one_beside() -> None:
    found = line(figure(2025, 4), figure(None, 9), figure(2013, 1), figure(2020, 2))
    assert [(point.year, point.base) for point in found.points] == [(2013, CNY), (2020, 2 * CNY), (2025, 4 * CNY)]
    assert [one.value for one in found.undated] == [9]
    assert [(join.first.year, join.last.year) for join in found.segments] == [(2013, 2020), (2020, 2025)]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"metric": "income"}, "another metric"),
        ({"unit": "1e8_usd"}, "different things"),
        ({"subject": "市 / city"}, "different things"),
        ({"feature": "places:a"}, "different things"),
    ],
)
def test_points_that_count_differently_are_not_joined(cells: dict[str, Any], told: str) -> None:
    found = line(figure(2013, 1), figure(2025, 2, **cells))
    assert len(found.points) == 2
    assert (found.segments, found.growths) == ((), ())
    assert told in str(found.joins[0].reason)


@pytest.mark.parametrize(
    ("first", "last", "differ"),
    [
        ({"feature": "extent_2013:zone"}, {"feature": "extent_2025:zone"}, True),
        ({"feature": "extent_2025:zone"}, {"feature": "extent_2025:zone"}, False),
        ({"feature": "sites:a", "subject": "甲 / a"}, {"feature": "sites:a", "subject": "甲厂 / works a"}, False),
    ],
)
def test_same_thing_is_joined_and_other_extents_are_marked(
    first: dict[str, Any], last: dict[str, Any], differ: bool
) -> None:
    found = line(figure(2013, 1, **first), figure(2025, 2, **last))
    assert [join.extents_differ for join in found.segments] == [differ]
    assert found.growths[0].extents_differ is differ


def test_two_figures_of_one_year_stay_two_and_break_the_line() -> None:
    found = line(figure(2013, 1), figure(2020, 2), figure(2020, 3), figure(2025, 4))
    assert [point.value for point in found.points] == [1, 2, 3, 4]  # 2.5 is nowhere
    assert found.segments == ()
    assert all("2020" in join.reason[0] and "2020" in join.reason[1] for join in found.joins if join.reason)
    assert len(found.joins) == 2


def test_two_sources_that_agree_do_not_break_the_line() -> None:
    found = line(figure(2013, 1), figure(2020, 2), figure(2020, 20_000, unit="1e4_cny"), figure(2025, 4))
    assert [(join.first.year, join.last.year) for join in found.segments] == [(2013, 2020), (2020, 2025)]


def only(found: TrendLine) -> Growth:
    (growth,) = found.growths
    return growth


def test_growth_is_the_difference_and_the_mean_rate() -> None:
    growth = only(line(figure(2020, 100), figure(2022, 121)))  # 100 x 1.1 x 1.1
    assert growth.absolute == pytest.approx(21 * CNY)
    assert growth.yearly == pytest.approx(0.1)


def test_growth_of_shares_and_areas_has_no_yearly_rate() -> None:
    points = line(figure(2020, 4, unit="%"), figure(2025, 6.5, unit="%"))
    assert only(points).absolute == pytest.approx(0.025)
    areas = line(figure(2020, 4, unit="km2"), figure(2025, 5, unit="km2"))
    assert only(areas).absolute == pytest.approx(1e6)
    assert only(points).yearly is only(areas).yearly is None


def test_growth_from_zero_has_no_rate_and_says_why() -> None:
    growth = only(line(figure(2020, 0), figure(2021, 5)))
    assert (growth.absolute, growth.yearly) == (5 * CNY, None)
    assert growth.reason is not None


def test_growth_carries_about_and_is_not_made_of_a_bound() -> None:
    about = only(line(figure(2020, 1, "about"), figure(2021, 2)))
    assert (about.qualifier, about.absolute) == ("about", CNY)
    for word in ("more_than", "nearly"):
        bound = only(line(figure(2020, 1), figure(2021, 2, word)))
        assert bound.absolute is bound.yearly is None
        assert bound.reason is not None


def test_growth_leads_across_a_bound_from_value_to_value() -> None:
    bounds = [figure(2021, 1.5, "more_than"), figure(2022, 3, "more_than")]
    found = line(figure(2020, 1), *bounds, figure(2023, 8), figure(2024, 16))
    told = [(one.first.year, one.last.year, one.absolute) for one in found.growths]
    assert told == [
        (2020, 2021, None), (2021, 2022, None), (2022, 2023, None), (2020, 2023, 7 * CNY), (2023, 2024, 8 * CNY),
    ]  # fmt: skip
    assert found.growths[3].yearly == pytest.approx(1.0)  # 2 x 2 x 2


def write(folder: Path, *indicators: dict[str, Any]) -> Path:
    """The toy with two figures and these indicators."""
    rows = [
        toy.figure_row("s0_extent", feature="extent_2013:zone", value=144, year=2013, subject="区 / zone"),
        toy.figure_row("s1_extent", feature="extent_2025:zone", value=400, year=2025, subject="区 / zone"),
        toy.figure_row("s1_people", metric="residents", unit="persons", value=1000, year=2025),
    ]
    toy.write_ledger(toy.write_toy(folder), rows)
    path = folder / "catalogue.json"
    catalogue = {**json.loads(path.read_text("utf-8")), "trends": "trends.json"}
    path.write_text(json.dumps(catalogue, ensure_ascii=False), "utf-8")
    (folder / "trends.json").write_text(json.dumps({"indicators": indicators}, ensure_ascii=False), "utf-8")
    return folder


def indicator(*lines: dict[str, Any], **cells: Any) -> dict[str, Any]:
    plain = {"name_zh": "面积", "name_en": "area", "metrics": ["area"]}
    told = [{**plain, **one} for one in lines or ({},)]
    return {"id": "area", "theme": "extent", "name_zh": "面积", "name_en": "Area", "lines": told, **cells}


WHY = {"why_zh": "不同", "why_en": "they differ"}
FAULTS: list[tuple[str, str, dict[str, Any]]] = [
    ("unknown_metric", "indicators[1].lines[1]", indicator({"metrics": ["area", "luck"]})),
    ("not_a_choice", "indicators[1].theme", indicator(theme="weather")),
    ("trend_of_nothing", "indicators[1].lines[1]", indicator({"subjects": ["atlantis"]})),
    ("trend_of_nothing", "indicators[1].lines[1]", indicator({"features": ["places:across"]})),
    ("trend_why", "indicators[1]", indicator({"subjects": ["zone"]}, {"metrics": ["length"]}, why_zh=" ", why_en="x")),
    ("trend_shared", "indicators[1]", indicator({}, {"features": ["extent_2013:zone"]}, **WHY)),
    ("trend_measures", "indicators[1]", indicator({"metrics": ["area", "residents"]})),
    ("missing", "indicators[1].lines[1]", {**indicator(), "lines": [{"name_zh": "x", "name_en": "x"}]}),
    ("unknown_key", "indicators[1]", indicator(value=5)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "where", "row"), FAULTS)
def test_fault_of_the_file_is_named_with_its_place(tmp_path: Path, name: str, where: str, row: dict[str, Any]) -> None:
    (fault,) = check_catalogue(write(tmp_path / "data", row))
    assert (fault.file, fault.where) == ("trends.json", where)
    parts = sentences()[name]["remedy_en"].split("{")[0], sentences()[name]["remedy_zh"].split("{")[0]
    assert fault.remedy_en.startswith(parts[0])
    assert fault.remedy_zh.startswith(parts[1])


def test_indicator_twice_is_a_fault(tmp_path: Path) -> None:
    (fault,) = check_catalogue(write(tmp_path / "data", indicator(), indicator()))
    assert fault.where == "indicators[2]"
    assert "area" in fault.found_en


def test_missing_file_is_a_fault_and_no_file_is_none(tmp_path: Path) -> None:
    folder = write(tmp_path / "data", indicator())
    assert load_catalogue(folder).trends[0].lines[0].metrics == ("area",)
    (folder / "trends.json").unlink()
    (fault,) = check_catalogue(folder)
    assert fault.file == "trends.json"


def test_faulty_ledger_is_not_told_a_second_time(tmp_path: Path) -> None:
    folder = write(tmp_path / "data", indicator())
    path = folder / "facts/metrics.csv"
    path.write_text(path.read_text("utf-8").replace("area,extent", "area,weather"), "utf-8")
    assert {fault.file.partition("/")[0] for fault in check_catalogue(folder)} == {"facts"}


def test_folder_without_indicators_has_no_trends(tmp_path: Path) -> None:
    plan = load_plan(toy.write_toy(tmp_path / "data"))
    assert trends(plan) == ()
    assert trends_json(plan)["indicators"] == []
    assert extents(plan) == {"2013": None, "2025": None}
    assert trends_sheet(plan, "en", ("note",)).rows == ()


def test_json_and_sheet_say_points_and_joins(tmp_path: Path) -> None:
    plan = load_plan(write(tmp_path / "data", indicator()))
    (row,) = trends_json(plan)["indicators"]
    assert (row["base_unit"], row["extents_differ"]) == ("m2", True)
    (told,) = row["lines"]
    assert [(one["year"], one["base"], one["extent"]) for one in told["points"]] == [
        (2013, 144e6, "2013"),
        (2025, 400e6, "2025"),
    ]
    assert told["joins"][0]["joined"] is True
    assert told["growths"][0]["absolute"] == 256e6
    sheet = trends_sheet(plan, "en", ())
    assert [len(cells) for cells in sheet.rows] == [len(sheet.head)] * 2
    assert [cells[sheet.head.index("joined with the next")] for cells in sheet.rows] == ["yes", None]
    assert trends_json(plan, "land")["indicators"] == []


@pytest.fixture(scope="module")
def ledger() -> dict[str, dict[str, str]]:
    """The rows of the shipped tables, read without the catalogue."""
    rows: dict[str, dict[str, str]] = {}
    for name in ("stated_figures", "public_figures"):
        with (ROOT / f"data/facts/{name}.csv").open(encoding="utf-8", newline="") as file:
            rows |= {row["id"]: row for row in csv.DictReader(file)}
    return rows


def shipped_points(plan: Plan) -> list[tuple[dict[str, Any], dict[str, Any], dict[str, Any]]]:
    rows = trends_json(plan)["indicators"]
    return [(row, told, one) for row in rows for told in row["lines"] for one in (*told["points"], *told["undated"])]


def test_shipped_points_are_the_rows_of_the_ledger(plan: Plan, ledger: dict[str, dict[str, str]]) -> None:
    found = shipped_points(plan)
    assert len(found) > 50
    for _row, told, one in found:
        row = ledger[one["id"]]
        assert one["base"] == pytest.approx(to_base(float(row["value"]), row["unit"]), rel=1e-9)
        assert (str(one["year"] or ""), one["qualifier"], one["source"]) == (
            row["year"],
            row["qualifier"],
            row["source"],
        )
        assert (one in told["undated"]) is (row["year"] == "")


def test_shipped_lines_hold_figures_and_name_every_year_of_the_issue(plan: Plan) -> None:
    found = trends(plan)
    assert [one.line.name_en for trend in found for one in trend.lines if not (one.points or one.undated)] == []
    assert {2013, 2020, 2025} <= {figure.year for trend in found for figure in trend.points}
    assert {trend.indicator.theme for trend in found} <= set(THEMES)


JOINED = {
    ("extent", "s0_extent_area", "s1_extent_area"),
    ("gdp", "s0_gdp", "s3_gdp"),
    ("gdp", "s3_gdp", "s1_gdp"),
    ("zhaochi_output", "s1_zhaochi_output_2020", "s1_zhaochi_output_2021"),
    ("zhaochi_output", "s1_zhaochi_output_2021", "s1_zhaochi_output_2023"),
    ("above_designated", "s0_above_designated", "s1_above_designated"),
    ("led_enterprises", "s0_led_enterprises", "s3_led_enterprises"),
}


def test_shipped_joins_are_those_that_the_notes_allow(plan: Plan, ledger: dict[str, dict[str, str]]) -> None:
    found = {(t.indicator.id, j.first.id, j.last.id) for t in trends(plan) for one in t.lines for j in one.segments}
    assert found == JOINED
    for _indicator, first, last in found:
        assert ledger[first]["metric"] == ledger[last]["metric"]
        assert ledger[first]["subject"] == ledger[last]["subject"]


def test_shipped_growth_of_gdp_is_that_of_the_two_values(plan: Plan) -> None:
    (gdp,) = [trend for trend in trends(plan) if trend.indicator.id == "gdp"]
    across = gdp.lines[0].growths[-1]
    assert across.absolute == pytest.approx((1140 - 348.5) * CNY)
    assert 348.5 * (1 + (across.yearly or 0)) ** 12 == pytest.approx(1140)
    assert across.extents_differ


def test_shipped_file_holds_no_number() -> None:
    def numbers(value: Any) -> list[Any]:
        parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        return [value] if isinstance(value, int | float) else [one for part in parts for one in numbers(part)]

    assert numbers(json.loads((ROOT / "data/trends.json").read_text("utf-8"))) == []
