"""Holds the ledger of data/facts against the texts it was read from: `make check-sources SOURCES=<folder>`.

The texts are not part of the project, so this is a maintainers' script and no test. It copies nothing out of them: the
committed result, data/facts/source_check.csv, holds the SHA-256 of each text and a line number for each row.
"""

from __future__ import annotations

import csv
import hashlib
import re
import sys
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from decimal import Decimal
from pathlib import Path

from tests.printed import is_cut, qualifier_fault, value_fault
from tests.running import ROOT

FACTS = ROOT / "data/facts"
RESULT = "source_check.csv"
# A printed number and its key words stand in one sentence or list: in letters, line breaks not counted.
WINDOW = 120
# How far, in letters, a word such as "about" may stand before and behind its number.
BEFORE, BEHIND = 16, 4
# A name made of words from several places is known by a piece of at least so many letters.
NAME_PIECE = 4
# Printed units of land, in mu.
MU = {"亩": 1, "公顷": 15, "平方公里": 1500}
LAND = re.compile(rf"(\d+(?:\.\d+)?)({'|'.join(MU)})")
MONEY = re.compile(r"\d+(?:\.\d+)?[万亿]+元")

Row = dict[str, str]


@dataclass(frozen=True)
class Text:
    """One source: its letters without white space, the line that each stands in, the lines, the SHA-256."""

    letters: str
    line_of: tuple[int, ...]
    lines: tuple[str, ...]
    sha256: str


@dataclass(frozen=True)
class Finding:
    """One row of the result; `line` is empty if nothing was found, `result` is ok, a checksum, or what is wrong."""

    id: str
    source: str
    line: str
    result: str

    @property
    def failed(self) -> bool:
        """Whether the row does not agree with its source."""
        return self.result != "ok" and not self.result.startswith("sha256 ")


def read_text(path: Path) -> Text:
    """A source text, ready to be searched across its line breaks."""
    data = path.read_bytes()
    lines = data.decode("utf-8").splitlines()
    placed = [(letter, number) for number, line in enumerate(lines, 1) for letter in "".join(line.split())]
    letters = "".join(letter for letter, _ in placed)
    return Text(letters, tuple(number for _, number in placed), tuple(lines), hashlib.sha256(data).hexdigest())


def read_texts(folder: Path) -> dict[str, Text]:
    """The sources S0, S1 ... of a folder, by the number that begins their file names."""
    return {f"S{int(path.name[:3])}": read_text(path) for path in sorted(folder.glob("[0-9][0-9][0-9]_*.txt"))}


def read_rows(path: Path) -> list[Row]:
    """The rows of a CSV file of the ledger."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def squeeze(text: str) -> str:
    """A text without white space and with plain brackets and commas: printed names differ in nothing else.

    >>> squeeze("人力资源 服务产业园 （二期）")
    '人力资源服务产业园(二期)'
    """
    return "".join(text.split()).translate(str.maketrans("（），：", "(),:"))


def find_printed(text: Text, key: Row) -> Iterator[int]:
    """Where the whole printed number of a key stands in a text with both its words near it."""
    printed = key["printed"]
    start = text.letters.find(printed)
    while start >= 0:
        end = start + len(printed)
        near = text.letters[max(0, start - WINDOW) : start] + " " + text.letters[end : end + WINDOW]
        whole = not is_cut(text.letters[max(0, start - 2) : start], printed)
        if whole and key["word_1"] in near and key["word_2"] in near:
            yield start
        start = text.letters.find(printed, start + 1)


def check_figure(text: Text, figure: Row, key: Row) -> Finding:
    """Whether a stated figure is printed in its source as its key says, with its value, unit and qualifier."""
    printed, line = key["printed"], ""
    fault = f"{printed} not found near {key['word_1']} and {key['word_2']}"
    for start in find_printed(text, key):
        end = start + len(printed)
        before, after = text.letters[max(0, start - BEFORE) : start], text.letters[end : end + BEHIND]
        line, fault = str(text.line_of[start]), qualifier_fault(figure["qualifier"], before, printed, after)
        if not fault:
            break
    fault = value_fault(figure["value"], figure["unit"], printed) or fault
    return Finding(figure["id"], figure["source"], line, fault or "ok")


def check_figures(texts: dict[str, Text], figures: list[Row], keys: list[Row]) -> list[Finding]:
    """One finding for each stated figure, and one for each key that belongs to no figure."""
    by_id = {key["id"]: key for key in keys}
    findings = []
    for figure in figures:
        key = by_id.pop(figure["id"], None)
        if key is None:
            findings.append(Finding(figure["id"], figure["source"], "", "no row in source_keys.csv"))
        else:
            findings.append(check_figure(texts[figure["source"]], figure, key))
    return [*findings, *(Finding(unused, "", "", "key of no figure") for unused in by_id)]


def find_annex(text: Text) -> dict[str, tuple[int, list[str]]]:
    """Line and squeezed cells (number, name, investment, period, contents) of the annex, by number."""
    annex = {}
    for line, printed in enumerate(text.lines, 1):
        cells = [squeeze(cell) for cell in printed.split("\t")]
        if len(cells) > 3 and cells[0].isdigit() and cells[2].isdigit():
            annex[cells[0]] = (line, [*cells, ""][:5])
    return annex


def parse_period(printed: str) -> list[str]:
    """First and last date of a printed period, in the ledger's form.

    >>> parse_period("2019.7-2020.12(一期)"), parse_period("2020-2022")
    (['2019-07', '2020-12'], ['2020', '2022'])
    """
    found = re.findall(r"(\d{4})(?:[.年](\d{1,2}))?", printed)
    return [f"{year}-{int(month):02}" if month else year for year, month in found][:2]


def lands_mu(contents: str) -> list[Decimal]:
    """Every land area in a text, in mu.

    >>> lands_mu("占地94亩,分三期;占地50平方公里") == [94, 75000]
    True
    """
    return [Decimal(value) * MU[unit] for value, unit in LAND.findall(contents)]


def land_fault(project: Row, contents: str) -> str:
    """Why the land of a project is not printed in a text; empty if it is, or if the row gives none."""
    land = project["land_mu"]
    return f"{land} mu is not printed" if land and Decimal(land) not in lands_mu(contents) else ""


def check_annex_project(annex: dict[str, tuple[int, list[str]]], project: Row) -> Finding:
    """Whether number, name, investment, period and land of a project are those of the annex.

    Where the row says that something was mended, its land may stand in the contents of any row.
    """
    line, (_, name, investment, period, contents) = annex.get(project["no"], (0, [""] * 5))
    faults = [] if line else [f"no row {project['no']}"]
    if line and squeeze(project["name_zh"]) != name:
        faults.append("another name is printed")
    if line and project["investment_1e4_cny"] != investment:
        faults.append(f"printed investment {investment}")
    if line and [date for date in (project["start"], project["end"]) if date] != parse_period(period):
        faults.append(f"printed period {period}")
    searched = "".join(cells[4] for _, cells in annex.values()) if project["correction"] else contents
    faults.append(land_fault(project, searched))
    return Finding(project["id"], project["source"], str(line or ""), "; ".join(filter(None, faults)) or "ok")


def find_name(text: Text, name: str) -> list[int]:
    """Everywhere that the longest printed piece of a name stands; empty if that piece is too short to be the name."""
    for length in range(len(name), min(NAME_PIECE, len(name)) - 1, -1):
        for piece in (name[start : start + length] for start in range(len(name) - length + 1)):
            if found := [match.start() for match in re.finditer(re.escape(piece), text.letters)]:
                return found
    return []


def check_named_project(text: Text, project: Row) -> Finding:
    """Whether the name of a project is printed, and near it the land and the investment if the row gives any."""
    starts = find_name(text, squeeze(project["name_zh"]))
    if not starts:
        return Finding(project["id"], project["source"], "", f"no {NAME_PIECE} letters of the name are printed")
    near = "\n".join(text.letters[max(0, start - WINDOW) : start + WINDOW] for start in starts)
    faults = [land_fault(project, near)]
    if investment := project["investment_1e4_cny"]:
        told = [value_fault(investment, "1e4_cny", printed) for printed in MONEY.findall(near)]
        faults.append("" if "" in told else f"{investment} x 10,000 CNY is not printed near the name")
    return Finding(
        project["id"], project["source"], str(text.line_of[starts[0]]), "; ".join(filter(None, faults)) or "ok"
    )


def check_projects(texts: dict[str, Text], projects: list[Row]) -> list[Finding]:
    """One finding for each project: by its row if it is of the annex, else by its name."""
    annex = find_annex(texts["S2"])
    return [
        check_annex_project(annex, row) if row["no"] else check_named_project(texts[row["source"]], row)
        for row in projects
    ]


def check_folder(facts: Path, sources: Path) -> list[Finding]:
    """The checksums of the texts and every finding about the ledger."""
    texts = read_texts(sources)
    sums = [Finding(name.lower(), name, "", f"sha256 {text.sha256}") for name, text in texts.items()]
    figures, keys = read_rows(facts / "stated_figures.csv"), read_rows(facts / "source_keys.csv")
    projects = read_rows(facts / "projects.csv")
    return [*sums, *check_figures(texts, figures, keys), *check_projects(texts, projects)]


def main(facts: Path, sources: Path) -> int:
    """Checks the ledger, writes the result beside it, prints what fails, and is 1 if anything does."""
    findings = check_folder(facts, sources)
    with (facts / RESULT).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("id", "source", "line", "result"))
        writer.writerows(astuple(finding) for finding in findings)
    failed = [finding for finding in findings if finding.failed]
    for finding in failed:
        print(f"{finding.id}: {finding.result}")
    print(f"{len(findings)} rows checked, {len(failed)} failed: {facts / RESULT}")
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        sys.exit("usage: python -m tests.check_sources <folder of the source texts>")
    sys.exit(main(FACTS, Path(sys.argv[1])))
