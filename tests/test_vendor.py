"""Vendored files are the bytes that their list names, with a licence; pages and styles name no other host."""

import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
VENDORS = [ROOT / "static/vendor", ROOT / "tests/vendor"]
ROW = re.compile(r"^\| `([^`]+)` \| `([0-9a-f]{64})` \|$", re.MULTILINE)
LISTED = {vendor: dict(ROW.findall((vendor / "README.md").read_text())) for vendor in VENDORS}
OWN = sorted(
    path
    for folder in ("static/js", "static/css", "webapp/templates")
    for path in (ROOT / folder).rglob("*.*")
    if path.suffix in (".js", ".css", ".html")
)
FOREIGN = re.compile(r"""(?:src|href|url\(|import|fetch\()\s*[=(]?\s*["']?(?:https?:)?//(?!www\.w3\.org/)""")


@pytest.mark.parametrize("vendor", VENDORS, ids=lambda vendor: vendor.parent.name)
def test_every_vendored_file_is_listed_and_every_listed_file_is_there(vendor: Path) -> None:
    found = {str(path.relative_to(vendor)) for path in vendor.rglob("*") if path.is_file()} - {"README.md"}
    assert found == set(LISTED[vendor])
    assert all((folder / "LICENSE").is_file() for folder in vendor.iterdir() if folder.is_dir())


@pytest.mark.parametrize(("vendor", "name"), [(vendor, name) for vendor in VENDORS for name in sorted(LISTED[vendor])])
def test_vendored_bytes_have_the_listed_hash(vendor: Path, name: str) -> None:
    assert hashlib.sha256((vendor / name).read_bytes()).hexdigest() == LISTED[vendor][name]


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_own_files_name_no_other_host(path: Path) -> None:
    assert FOREIGN.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "text", ['<script src="https://a.example/x.js">', "url(//b.example/c.png)", 'import "http://c.example/d.js"']
)
def test_other_host_is_found(text: str) -> None:
    assert FOREIGN.search(text)
