"""The check of the ledger finds what agrees with a source and what does not. The texts here are made up."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.check_sources import Row, check_folder, main

PROSE = "示范区面积12平方公里，居民近3.5万\n人。区内企业120余家，完成投资约4.2亿元。"
ANNEX = """序号\t项目名称\t投资\t建设期\t内容
1\t湖滨 研究院（一期）\t7600\t2020.3-2022\t占地45亩,建两栋楼。
2\t码头\t500\t2021\t
"""
FIGURES = """id,source,value,unit,qualifier
s0_area,S0,12,km2,
s0_people,S0,35000,persons,nearly
s0_firms,S0,120,count,more_than
s0_money,S0,4.2,1e8_cny,about
"""
KEYS = """id,printed,word_1,word_2
s0_area,12平方公里,示范区,面积
s0_people,3.5万人,居民,近
s0_firms,120余家,区内,企业
s0_money,4.2亿元,投资,完成
"""
PROJECTS = """no,id,source,name_zh,investment_1e4_cny,start,end,land_mu,correction
1,s2_001,S2,湖滨研究院（一期）,7600,2020-03,2022,45,
2,s2_002,S2,码头,500,2021,,,
,s0_firm,S0,示范区面积展览馆,42000,,,18000,
"""


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """A ledger of seven rows and the two texts that it was read from."""
    facts, sources = tmp_path / "facts", tmp_path / "sources"
    facts.mkdir()
    sources.mkdir()
    (facts / "stated_figures.csv").write_text(FIGURES)
    (facts / "source_keys.csv").write_text(KEYS)
    (facts / "projects.csv").write_text(PROJECTS)
    (sources / "000_profile.txt").write_text(PROSE)
    (sources / "002_gazette.txt").write_text(ANNEX)
    return facts, sources


def change(path: Path, old: str, new: str) -> None:
    """Replaces the one occurrence of a text in a file."""
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))


def failures(folders: tuple[Path, Path]) -> Row:
    """What fails, by id."""
    return {finding.id: finding.result for finding in check_folder(*folders) if finding.failed}


def test_check_true_ledger_has_no_failure_and_the_lines(folders: tuple[Path, Path]) -> None:
    assert failures(folders) == {}
    lines = {finding.id: finding.line for finding in check_folder(*folders)}
    # 3.5万人 is broken over two lines and begins in the first; the annex has one line of heading.
    assert lines == {
        **{"s0": "", "s2": "", "s0_area": "1", "s0_people": "1", "s0_firms": "2", "s0_money": "2"},
        **{"s2_001": "2", "s2_002": "3", "s0_firm": "1"},
    }


@pytest.mark.parametrize(
    ("name", "old", "new", "id_"),
    [
        ("stated_figures", "S0,12,km2", "S0,21,km2", "s0_area"),
        ("stated_figures", "S0,12,km2", "S0,12,mu", "s0_area"),
        ("stated_figures", "persons,nearly", "persons,about", "s0_people"),
        ("stated_figures", "persons,nearly", "persons,", "s0_people"),
        ("stated_figures", "count,more_than", "count,", "s0_firms"),
        ("stated_figures", "S0,4.2,1e8_cny", "S0,4.2,1e8_usd", "s0_money"),
        ("stated_figures", "S0,4.2,1e8_cny", "S0,4.2,1e4_cny", "s0_money"),
        ("source_keys", "12平方公里,示范区", "2平方公里,示范区", "s0_area"),
        ("source_keys", "120余家,区内", "120余家,区外", "s0_firms"),
        ("source_keys", "s0_area", "s0_other", "s0_other"),
        ("projects", "湖滨研究院（一期）", "湖滨研究院（二期）", "s2_001"),
        ("projects", "7600", "7601", "s2_001"),
        ("projects", "2020-03,2022", "2020-04,2022", "s2_001"),
        ("projects", "2022,45", "2022,46", "s2_001"),
        ("projects", "2,s2_002", "3,s2_002", "s2_002"),
        ("projects", "示范区面积展览馆", "某某展览馆", "s0_firm"),
        ("projects", "42000", "43000", "s0_firm"),
        ("projects", "18000", "18001", "s0_firm"),
    ],
)
def test_check_fails_where_a_row_differs(folders: tuple[Path, Path], name: str, old: str, new: str, id_: str) -> None:
    change(folders[0] / f"{name}.csv", old, new)
    assert id_ in failures(folders)


def test_check_takes_mended_land_from_another_row(folders: tuple[Path, Path]) -> None:
    change(folders[0] / "projects.csv", "码头,500,2021,,,", "码头,500,2021,,45,slipped")
    assert failures(folders) == {}


def test_main_writes_checksums_and_says_failure(folders: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    facts, sources = folders
    assert main(facts, sources) == 0
    rows = (facts / "source_check.csv").read_text().splitlines()
    checksum = hashlib.sha256(PROSE.encode()).hexdigest()
    assert rows[:2] == ["id,source,line,result", f"s0,S0,,sha256 {checksum}"]
    # Seven rows of the ledger, two texts and the heading.
    assert len(rows) == 10
    assert "居民" not in "".join(rows)
    change(facts / "projects.csv", "7600", "7601")
    assert main(facts, sources) == 1
    assert "s2_001: printed investment 7600" in capsys.readouterr().out
