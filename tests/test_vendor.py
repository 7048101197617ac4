"""Vendored files are the bytes that their list names, with a licence; pages and styles name no other host."""

import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
VENDOR = ROOT / "static/vendor"
LISTED = dict(re.findall(r"^\| `([^`]+)` \| `([0-9a-f]{64})` \|$", (VENDOR / "README.md").read_text(), re.MULTILINE))
OWN = sorted(
    path
    for folder in ("static/js", "static/css", "webapp/templates")
    for path in (ROOT / folder).rglob("*.*")
    if path.suffix in (".js", ".css", ".html")
)
FOREIGN = re.compile(r"""(?:src|href|url\(|import|fetch\()\s*[=(]?\s*["']?(?:https?:)?//(?!www\.w3\.org/)""")


def test_every_vendored_file_is_listed_and_every_listed_file_is_there() -> None:
    found = {str(path.relative_to(VENDOR)) for path in VENDOR.rglob("*") if path.is_file()} - {"README.md"}
    assert found == set(LISTED)
    assert all((folder / "LICENSE").is_file() for folder in VENDOR.iterdir() if folder.is_dir())


@pytest.mark.parametrize("name", sorted(LISTED))
def test_vendored_bytes_have_the_listed_hash(name: str) -> None:
    assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == LISTED[name]


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_own_files_name_no_other_host(path: Path) -> None:
    assert FOREIGN.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "text", ['<script src="https://a.example/x.js">', "url(//b.example/c.png)", 'import "http://c.example/d.js"']
)
def test_other_host_is_found(text: str) -> None:
    assert FOREIGN.search(text)
