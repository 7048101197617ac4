"""Tables of a data folder: CSV with a fixed head, each row as cells by column, with the line that it stands on."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from geo.catalogue.files import Reader
from geo.catalogue.wording import shown


def read_rows(reader: Reader, file: str, columns: Sequence[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """The rows of a table as ("line 7", cells); a missing file, a wrong head and rows of another width are noted.

    Empty lines are passed over. A row that spans lines is named by its last one.
    """
    text = reader.text(file)
    if text is None:
        return
    rows = csv.reader(io.StringIO(text, newline=""))
    try:
        head = next(rows, [])
        if head != list(columns):
            reader.fault(file, "line 1", "table_head", head=shown(",".join(head)), columns=",".join(columns))
            return
        for row in rows:
            where = f"line {rows.line_num}"
            if row and len(row) != len(columns):
                reader.fault(file, where, "table_cells", found=len(row), expected=len(columns))
            elif row:
                yield where, dict(zip(columns, row, strict=True))
    except csv.Error as error:  # a cell of more than 131,072 characters: a quote that never ends
        reader.fault(file, "file", "table_broken", reason=error)
