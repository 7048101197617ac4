"""The projects of the ledger: the annex of S2 read a second time, its slipped rows, and what holds the table together.

tests/facts/annex.csv is a reading of its own: made from the printed list, not from data/facts/projects.csv.
"""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
FACTS = TESTS.parent / "data/facts"

Row = dict[str, str]


def read_rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


PROJECTS = read_rows(FACTS / "projects.csv")
ANNEX = [row for row in PROJECTS if row["no"]]
BY_NO = {int(row["no"]): row for row in ANNEX}
BY_ID = {row["id"]: row for row in PROJECTS}
SECOND_READING = read_rows(TESTS / "facts/annex.csv")
# Rows whose contents are printed one row too early, or whose cell runs on into those of the next row.
SLIPPED = [21, 22, 23, 24, 26, 27, 28]
# Money in the text may be rounded: "about 450 million" for 45,000.
ROUNDING = Decimal("0.02")

LAND_COLUMNS = ("land_mu", "land_kind", "land_qualifier", "floor_area_m2")
# As the annex prints them: number, name, land in mu with its kind and qualifier, floor area in m2.
LANDS = [
    (5, "国家级技能人才培养综合园区", "1121", "construction", "", ""),
    (10, "江铃新能源汽车新基地及工程研究院建设项目", "1828", "construction", "", ""),
    (11, "江西省医疗器械科技产业园建设项目", "1950", "construction", "", "1500000"),
    (13, "南昌市向塘国际陆港新城", "10185", "construction", "about", ""),
    (14, "中国(南昌)现代职教城", "10000", "construction", "more_than", ""),
    (19, "华勤千亿产业基地项目", "3000", "construction", "", "1280000"),
    (20, "北航江西研究院试验中心", "30", "construction", "", "30000"),
    (31, "互联网产业园项目", "46.326", "construction", "", "150000"),
    (34, "南昌电子信息(LED)产业创新示范园二期", "", "", "", "800000"),
    (38, "南昌轨道交通集团产业园项目(一期)", "783", "phase", "", ""),
    (39, "富士康智能科技小镇项目", "900", "construction", "about", ""),
    (40, "南昌小蓝金(玉)湖科创小镇", "", "", "", ""),
    (52, "江铃股份富山新能源汽车基地", "1500", "construction", "", "400000"),
    (58, "南昌大学国际食品创新研究院项目", "46.45", "construction", "", ""),
    (81, "临江商务区科创城", "6600", "extent", "", ""),
    (84, "南昌现代绿色农产品物流园", "1250", "construction", "", "700000"),
    (90, "江铃总部大楼及人才中心", "175", "construction", "about", "500000"),
    (100, "金融商贸创业园项目", "13.58", "construction", "", "22303"),
    (106, "江铃老厂区改造项目", "1408", "construction", "about", ""),
    (125, "中国云厨(南昌)全域产业园", "", "", "", ""),
]
# The same for the rows about which the columns slipped, each by the contents that are its own.
SLIPPED_LANDS = [
    (21, "大型双曲复合材料机体结构制造及装配生产线建设", "225", "construction", "", ""),
    (22, "基于 GaN-on-Si 技术的第三代半导体材料和信心显示技术攻关与产业化项目", "", "", "", ""),
    (23, "南昌航空科创城", "5000", "construction", "about", ""),
    (24, "基于 5G 应用的空地一体共享资源服务平台", "", "", "", ""),
    (25, "“5G+VR”特色产业园", "94", "construction", "about", "168000"),
    (26, "济民可信总部及新药产业化基地项目", "500", "construction", "", ""),
    (27, "人源性蛋白类药物原料生产基地建设", "66.11", "construction", "", "25131.15"),
    (28, "激光陀螺产业化技术创新", "", "", "", ""),
]
# Total investment that the contents name, in 100 million CNY as printed; None where they name none, or a phase alone.
IN_TEXT = [
    (16, "12.3"), (20, "5"), (21, None), (22, "6"), (23, "300"), (24, "5"), (25, "4.5"), (26, "30"), (27, None),
    (28, None), (29, "100"), (33, "70"), (39, "110"), (52, "128"), (78, "3"), (79, "4.05"), (84, "30"), (19, None),
]  # fmt: skip


def test_data_projects_annex_is_numbered_through() -> None:
    assert [row["no"] for row in ANNEX] == [str(number) for number in range(1, 126)]
    assert [row["id"] for row in ANNEX] == [f"s2_{number:03}" for number in range(1, 126)]
    assert {row["source"] for row in ANNEX} == {"S2"}


@pytest.mark.parametrize("read", SECOND_READING, ids=lambda row: row["no"])
def test_data_projects_annex_is_that_of_the_second_reading(read: Row) -> None:
    row = BY_NO[int(read["no"])]
    assert {column: row[column] for column in read} == read


def test_data_projects_second_reading_is_whole() -> None:
    assert [row["no"] for row in SECOND_READING] == [str(number) for number in range(1, 126)]
    assert list(SECOND_READING[0]) == ["no", "investment_1e4_cny", "start", "end"]


def test_data_projects_investments_of_the_annex_add_up() -> None:
    assert sum(int(row["investment_1e4_cny"]) for row in ANNEX) == 58_681_501


@pytest.mark.parametrize("read", LANDS + SLIPPED_LANDS, ids=lambda read: str(read[0]))
def test_data_projects_land_is_that_of_the_own_contents(read: tuple[int, str, str, str, str, str]) -> None:
    number, *printed = read
    row = BY_NO[number]
    assert [row[column] for column in ("name_zh", *LAND_COLUMNS)] == printed


def test_data_projects_extent_of_aviation_science_city_is_a_figure_of_its_own() -> None:
    figures = {row["id"]: row for row in read_rows(FACTS / "stated_figures.csv")}
    extent = figures["s2_aviation_science_city_extent"]
    assert (extent["feature"], extent["metric"]) == ("sites:aviation_science_city", "area")
    assert (extent["value"], extent["unit"]) == ("50", "km2")
    assert BY_NO[23]["feature"] == extent["feature"]


@pytest.mark.parametrize("number", SLIPPED)
def test_data_projects_slipped_rows_say_what_was_mended(number: int) -> None:
    chinese, english = BY_NO[number]["correction"].split(" / ", 1)
    assert "错行" in chinese
    assert english.startswith("Columns slipped")


@pytest.mark.parametrize(("number", "printed"), IN_TEXT)
def test_data_projects_money_in_the_text_is_as_printed(number: int, printed: str | None) -> None:
    told = BY_NO[number]["investment_in_text_1e4_cny"]
    assert (Decimal(told) if told else None) == (Decimal(printed) * 10_000 if printed else None)


def test_data_projects_money_in_the_text_agrees_with_the_column() -> None:
    twice = [row for row in ANNEX if row["investment_in_text_1e4_cny"]]
    assert len(twice) == 28
    for row in twice:
        column, text = Decimal(row["investment_1e4_cny"]), Decimal(row["investment_in_text_1e4_cny"])
        assert abs(text - column) <= ROUNDING * column, row["id"]


def test_data_projects_money_in_the_text_is_read_for_the_annex_alone() -> None:
    assert [row["id"] for row in PROJECTS if row["investment_in_text_1e4_cny"] and not row["no"]] == []


def test_data_projects_ids_are_unique_and_begin_with_the_source() -> None:
    assert len(BY_ID) == len(PROJECTS)
    assert [row["id"] for row in PROJECTS if not row["id"].startswith(row["source"].lower() + "_")] == []


def test_data_projects_parts_lead_to_a_whole() -> None:
    for row in PROJECTS:
        seen = [row["id"]]
        while whole := BY_ID[seen[-1]]["part_of"]:
            assert whole in BY_ID, f"{seen[-1]} is part of {whole}, which is no row"
            assert whole not in seen, f"{row['id']} is part of itself"
            seen.append(whole)


def test_data_projects_periods_do_not_end_before_they_start() -> None:
    for row in PROJECTS:
        if row["start"] and row["end"]:
            places = min(len(row["start"]), len(row["end"]))
            assert row["start"][:places] <= row["end"][:places], row["id"]


def test_data_projects_land_says_what_it_counts() -> None:
    assert [row["id"] for row in PROJECTS if bool(row["land_mu"]) != bool(row["land_kind"])] == []
    assert {row["land_kind"] for row in PROJECTS} == {"", "construction", "extent", "phase", "building"}
    assert {row["land_qualifier"] for row in PROJECTS} <= {"", "about", "more_than", "nearly"}


def test_data_projects_whether_in_the_zone_has_a_reason_in_both_languages() -> None:
    assert {row["in_zone"] for row in PROJECTS} == {"yes", "partly", "no", "unknown"}
    assert [row["id"] for row in PROJECTS if len(row["in_zone_basis"].split(" / ")) != 2] == []
