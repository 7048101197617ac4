"""Tables as files, read back with other eyes than wrote them: csv and openpyxl."""

from __future__ import annotations

import csv
import io
import math

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.output.metricsheets import all_sheets, balance_sheet, metrics_sheet
from geo.output.sheets import Cell, Sheet, csv_bytes, defused, sheet_title, xlsx_bytes
from geo.plan import Plan

HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x","y")', "\x00=1", "\x0b+1"]
MARKS = tuple("=+-@\t\r")


def read_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def read_xlsx(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def one(*cells: Cell) -> Sheet:
    return Sheet("t", tuple(f"h{number}" for number in range(len(cells))), (cells,), ("=note", "plain"))


@pytest.mark.parametrize("text", HOSTILE)
def test_text_that_begins_like_a_formula_is_defused(text: str) -> None:
    for line in (read_csv(csv_bytes(one(text, "x")))[1], read_csv(csv_bytes(one("x", text)))[1]):
        assert not any(cell.startswith(MARKS) for cell in line)
    cell = read_xlsx(xlsx_bytes([one(text)])).worksheets[0]["A2"]
    assert cell.data_type == "s"
    assert not str(cell.value).startswith(MARKS)


def test_heads_and_notes_are_defused_too() -> None:
    lines = read_csv(csv_bytes(Sheet("t", ("=head",), (), ("=note",))))
    assert lines == [["'=head"], [], ["'=note"]]
    page = read_xlsx(xlsx_bytes([Sheet("t", ("=head",), (), ("=note",))])).worksheets[0]
    assert {cell.data_type for row in page.iter_rows() for cell in row if cell.value is not None} == {"s"}


@settings(max_examples=50)
@given(st.text(max_size=20))
def test_no_text_becomes_a_formula(text: str) -> None:
    safe = defused(text)
    assert isinstance(safe, str)
    assert not safe.startswith(MARKS)
    assert safe.removeprefix("'") in (text, text.removeprefix("'")) or any(ord(char) < 32 for char in text)


@pytest.mark.parametrize("number", [-3.5, 0, 1e-6, 12_345_678.25])
def test_numbers_stay_numbers(number: float) -> None:
    assert float(read_csv(csv_bytes(one(number)))[1][0]) == number
    cell = read_xlsx(xlsx_bytes([one(number)])).worksheets[0]["A2"]
    assert cell.data_type == "n"
    assert cell.value == number


def test_codes_stay_text() -> None:
    assert read_csv(csv_bytes(one("0804")))[1] == ["0804"]
    cell = read_xlsx(xlsx_bytes([one("0804")])).worksheets[0]["A2"]
    assert (cell.value, cell.data_type, cell.number_format) == ("0804", "s", "@")


def test_csv_tells_excel_its_encoding_and_keeps_chinese_commas_and_lines() -> None:
    data = csv_bytes(one("瑶湖，一圈", 'a,"b"\nc', None))
    assert data.startswith(b"\xef\xbb\xbf")
    assert read_csv(data)[1] == ["瑶湖，一圈", 'a,"b"\nc', ""]


def test_sheets_have_titles_that_excel_takes() -> None:
    assert sheet_title("") == "-"
    book = read_xlsx(xlsx_bytes([Sheet("[a]:*?/\\'" + "长" * 40, ("h",), ()), Sheet("b", ("h",), ()), one("x")]))
    assert len(book.sheetnames) == 3
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in book.sheetnames)
    assert len({name.lower() for name in book.sheetnames}) == 3


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_zones_of_the_file_sum_to_the_extent_and_shares_to_one(plan: Plan, lang: str) -> None:
    for view in plan.views.values():
        rows = metrics_sheet(plan, view, lang).rows
        zones = set(view.zones)
        of_zones = [row for row in rows if row[0] in zones]
        area_m2 = math.fsum(float(row[3] or 0) for row in of_zones if row[4] == "m2" and row[2] in ("面积", "area"))
        assert area_m2 == pytest.approx(view.extent_area_m2, rel=1e-8)
        for name in (("占陆域", "share of land"), ("占范围", "share of extent")):
            assert math.fsum(float(row[3] or 0) for row in of_zones if row[2] in name) == pytest.approx(1, abs=1e-5)
        in_mu = math.fsum(float(row[3] or 0) for row in of_zones if row[4] == "mu")
        assert in_mu * 2000 / 3 == pytest.approx(view.extent_area_m2, rel=1e-6)


@pytest.mark.parametrize(("lang", "reviewed"), [("zh", "内部工作底图，未经审核"), ("en", "not reviewed")])
def test_every_sheet_says_source_frame_edition_review_and_that_it_is_not_legal(
    plan: Plan, lang: str, reviewed: str
) -> None:
    legal = "非法定规划图" if lang == "zh" else "Not a legal plan"
    for sheet in all_sheets(plan, plan.view(), lang):
        said = "\n".join(sheet.notes)
        for words in (reviewed, legal, "EPSG:4548", plan.catalogue.version, "S0", "2025"):
            assert words in said
    said = "\n".join(balance_sheet(plan, "water", plan.view(), lang, "赣S(2025)001号").notes)
    assert "赣S(2025)001号" in said
    assert reviewed not in said


def test_balance_sheet_gives_the_same_area_in_three_units(plan: Plan) -> None:
    rows = balance_sheet(plan, "places", plan.view(), "zh").rows
    status, code, name, count, m2, ha, mu, share, _note = rows[0]
    assert (status, code, name, count, share) == ("现状", "0804", "教育用地", 1, 1.0)
    assert isinstance(m2, float)
    assert ha == pytest.approx(m2 / 10_000, rel=1e-6)
    assert mu == pytest.approx(m2 * 15 / 10_000, rel=1e-6)


def test_characters_that_xlsx_cannot_hold_are_left_out() -> None:
    made = xlsx_bytes([Sheet("a", ("b",), (("甲\ufffe\uffff\x01乙",),))])
    assert openpyxl.load_workbook(io.BytesIO(made)).worksheets[0]["A2"].value == "甲乙"
