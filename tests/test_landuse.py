"""The land-use table: a code, or the class above it, gives name and colour."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from geo.catalogue import load_catalogue
from geo.errors import QueryError
from geo.landuse import LandUseTable, land_use_table

DATA = Path(__file__).parent.parent / "data"


@pytest.fixture(scope="module")
def table() -> LandUseTable:
    return land_use_table(load_catalogue(DATA).land_use)


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("12", "12"),
        ("1203", "12"),
        ("1206", "12"),
        ("1207", "1207"),
        ("120701", "1207"),
        ("1702", "1702"),
        ("1703", "17"),
        ("0902", "09"),
    ],
)
def test_landuse_falls_back_to_the_class_above(table: LandUseTable, code: str, found: str) -> None:
    assert table.find(code).code == found


@pytest.mark.parametrize("code", ["", "99", "0702", "1", "x", "１２"])
def test_landuse_unknown_code_is_refused_in_both_languages(table: LandUseTable, code: str) -> None:
    with pytest.raises(QueryError) as caught:
        table.find(code)
    assert "1401" in caught.value.en
    assert "1401" in caught.value.zh


@pytest.mark.parametrize(
    ("code", "colour", "zh", "en"),
    [
        ("1401", "#00ff00", "公园绿地", "park"),
        ("0802", "#e6005c", "科研用地", "research"),
        ("1203", "#b7b7b7", "交通运输用地", "transport"),
        ("05", "#65cdaa", "湿地", "wetland"),
        ("09", "#ff0000", "商业服务业用地", "commerce and services"),
    ],
)
def test_landuse_names_and_national_colours(table: LandUseTable, code: str, colour: str, zh: str, en: str) -> None:
    assert (table.colour(code), table.name(code, "zh"), table.name(code, "en")) == (colour, zh, en)


def test_landuse_only_parks_and_protective_green_count_whole(table: LandUseTable) -> None:
    assert [item.code for item in table.classes if table.counts_as_green(item.code)] == ["1401", "1402"]


def test_landuse_water_never_counts_as_green(table: LandUseTable) -> None:
    assert not any(table.counts_as_green(code) for code in ("17", "1701", "1702"))


def test_landuse_holds_each_row_of_its_file(table: LandUseTable) -> None:
    with (DATA / "standards/land_use.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    told = [(item.code, item.parent, item.name_zh, *map(str, item.rgb)) for item in table.classes]
    assert told == [(row["code"], row["parent"], row["name_zh"], row["r"], row["g"], row["b"]) for row in rows]
