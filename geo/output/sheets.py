"""Tables as files for spreadsheets: CSV that Excel reads as UTF-8, and XLSX.

Numbers stay numbers and text stays text: a land-use code keeps its leading zero, and no text becomes a formula.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

Cell = str | int | float | None

_FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet may run when it opens a file
_NOT_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")  # of what XLSX is made of
_NOT_IN_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f']")
_TITLE_LENGTH = 31  # of a sheet, by Excel
_WIDTHS = (8, 48)  # of a column, in characters
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first time that a zip file can say


@dataclass(frozen=True)
class Sheet:
    """One table: its title, column heads, rows, and the notes that every file carries below the rows.

    In a workbook `has_filter` gives each head a button to sort and filter the rows by.
    """

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    has_filter: bool = False


def defused(cell: Cell) -> Cell:
    """A cell that no spreadsheet runs: text that begins like a formula gets an apostrophe; numbers stay.

    >>> defused("=1+1"), defused("0804"), defused(-3.5), defused(None)
    ("'=1+1", '0804', -3.5, None)
    """
    if isinstance(cell, str):
        # Characters that XLSX cannot hold would break the file; in CSV nobody misses them either.
        text = _NOT_XML.sub("", ILLEGAL_CHARACTERS_RE.sub("", cell))
        return f"'{text}" if text.startswith(_FORMULA_MARKS) else text
    return cell


def csv_bytes(sheet: Sheet) -> bytes:
    """The table as CSV, UTF-8 with the mark that tells Excel so; after an empty line one note in each line."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([defused(cell) for cell in sheet.head])
    writer.writerows([defused(cell) for cell in row] for row in sheet.rows)
    writer.writerow([])
    writer.writerows([defused(note)] for note in sheet.notes)
    return text.getvalue().encode("utf-8-sig")


def xlsx_bytes(sheets: Sequence[Sheet], made_on: date | None = None) -> bytes:
    """The tables as an XLSX workbook, one sheet for each, the head bold and fixed; notes stand below the rows.

    Titles lose what Excel does not allow in them; equal ones get a number. With `made_on` the workbook says that day
    and no other time, so that the same tables give the same bytes.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _fill(book.create_sheet(sheet_title(sheet.title)), sheet)
    data = io.BytesIO()
    if made_on is None:
        book.save(data)
        return data.getvalue()
    book.properties.created = book.properties.modified = datetime.combine(made_on, time())
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).save()  # unlike book.save it does not look at the clock
    return _timeless(data)


def _timeless(data: io.BytesIO) -> bytes:
    """A zip file again, its members without the time at which they were written."""
    again = io.BytesIO()
    with zipfile.ZipFile(data) as old, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, _ZIP_EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(name))
    return again.getvalue()


def sheet_title(title: str) -> str:
    """A title that Excel takes: at most 31 characters, none of []:*?/\\ and apostrophes.

    >>> sheet_title("a/b: [c]")
    'a_b_ _c_'
    """
    return _NOT_IN_TITLE.sub("_", title)[:_TITLE_LENGTH] or "-"


def _fill(page: Worksheet, sheet: Sheet) -> None:
    lines: list[tuple[Cell, ...]] = [sheet.head, *sheet.rows, (), *((note,) for note in sheet.notes)]
    for number, line in enumerate(lines, start=1):
        for column, cell in enumerate(line, start=1):
            written = page.cell(number, column, defused(cell))
            if isinstance(cell, str):
                written.data_type = "s"
                written.number_format = "@"  # text, also after somebody edits it
            if number == 1:
                written.font = Font(bold=True)
    page.freeze_panes = "A2"
    if sheet.has_filter and sheet.rows:
        page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.head))}{len(sheet.rows) + 1}"
    for column, cells in enumerate(zip(sheet.head, *sheet.rows, strict=True), start=1):
        longest = max(len(str(cell)) * (2 if _is_wide(cell) else 1) for cell in cells if cell is not None)
        page.column_dimensions[get_column_letter(column)].width = min(max(longest + 2, _WIDTHS[0]), _WIDTHS[1])


def _is_wide(cell: Cell) -> bool:
    return isinstance(cell, str) and not cell.isascii()
