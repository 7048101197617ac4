"""`python -m geo export`: every format by name, parts, sites, and what it says when it cannot."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from geo import crs
from geo.__main__ import main
from geo.output.exports import FORMATS
from tests.toy import write_toy

ROOT = Path(__file__).parent.parent
DATA = ("--data", str(ROOT / "data"))
SLOW = ("pandas", "geopandas", "pyarrow", "pyogrio", "ezdxf", "openpyxl")


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    """What `export ... --json` says of the file that it wrote."""
    assert main(["export", *arguments, "--json", *DATA]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The message of an export that ends with 2 and writes nothing to the output stream."""
    assert main(["export", *arguments, "--lang", "en", *DATA]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    return said.err


def collection(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    """An export as GeoJSON from the output stream."""
    assert main(["export", *arguments, *DATA]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def ids(found: dict[str, object]) -> list[str]:
    features = found["features"]
    assert isinstance(features, list)
    return [feature["id"] for feature in features]


@pytest.mark.parametrize("ext", FORMATS)
def test_name_of_the_file_picks_the_format(capsys: pytest.CaptureFixture[str], tmp_path: Path, ext: str) -> None:
    named = tmp_path / f"lakes.{ext.upper()}"
    said = told(capsys, "water", "--out", str(named))
    assert said == {"file": str(named), "bytes": named.stat().st_size, "count": 2}


def test_folder_that_is_named_as_one_is_made(tmp_path: Path) -> None:
    assert main(["export", "towns", "--format", "csv", "--out", f"{tmp_path}/new/"]) == 0
    assert [path.suffix for path in (tmp_path / "new").iterdir()] == [".csv"]


def test_file_in_a_folder_gets_a_name_of_its_own(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    given = Path(str(told(capsys, "water", "--format", "kml", "--out", f"{tmp_path}/", "--lang", "zh")["file"]))
    assert (given.parent, given.suffix) == (tmp_path, ".kml")
    assert "瑶湖规划图集" in given.name
    told(capsys, "water", "--lang", "zh", "--out", str(tmp_path / "x.kml"))
    assert given.read_bytes() == (tmp_path / "x.kml").read_bytes()


def test_zip_is_the_project_and_shp_zip_the_shapefile(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    kinds = {}
    for name in ("a.zip", "a.shp.zip"):
        told(capsys, "water", "--out", str(tmp_path / name))
        kinds[name] = {Path(inner).suffix for inner in zipfile.ZipFile(tmp_path / name).namelist()}
    assert ".shp" in kinds["a.shp.zip"]
    assert ".shp" not in kinds["a.zip"]
    assert ".qgs" in kinds["a.zip"] or ".qgz" in kinds["a.zip"]
    told(capsys, "water", "--format", "shp.zip", "--out", str(tmp_path / "b.zip"))
    assert (tmp_path / "b.zip").read_bytes() == (tmp_path / "a.shp.zip").read_bytes()


@pytest.mark.parametrize("name", ["lakes.json", "lakes.geojson"])
def test_json_is_geojson(capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str) -> None:
    told(capsys, "water", "--out", str(tmp_path / name))
    assert json.loads((tmp_path / name).read_text(encoding="utf-8")) == collection(capsys, "water")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("water", "--out", "lakes.abc"), "shp.zip"),
        (("water", "--format", "doc"), "gpkg"),
        (("water", "--format", "gpkg", "--out", "lakes.kml"), "contradict"),
        (("water", "--format", "zip", "--out", "lakes.shp.zip"), "contradict"),
        (("water", "--bbox", "116.2,28.8,115.9,28.6"), "115.9,28.6,116.2,28.8"),
        (("water", "--bbox", "100,20,101,21"), "water (2)"),
        (("water", "--crs", "EPSG:2327"), "EPSG:2327"),
        (("water", "--datum", "mars"), "gcj02"),
        (("water", "--encoding", "gbk"), "shp.zip, txt"),
        (("water", "--format", "txt", "--encoding", "latin1"), "gbk, utf-8"),
        (("water", "--rings", "1,2"), "3"),
        (("roads", "--format", "txt"), "line"),
        ((), "--site"),
        (("water", "--site", "x.geojson"), "either"),
        (("--site", "nowhere.geojson"), "nowhere.geojson"),
        (("--site", "nowhere.geojson", "--zone", "ring_1"), "--zone"),
        (("--site", "nowhere.geojson", "--land-use", "0802"), "--land-use"),
        (("water", "--out", "no/such/folder/"), "cannot be written"),
    ],
)
def test_what_cannot_be_had_is_said_with_what_can(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    says: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert says in refused(capsys, *arguments)
    assert list(tmp_path.iterdir()) == []


def test_parts_and_systems(capsys: pytest.CaptureFixture[str]) -> None:
    whole = collection(capsys, "parks,water")
    lakes = [one for one in ids(whole) if one.startswith("water:")]
    assert ids(collection(capsys, "parks,water", "--ids", ",".join(lakes))) == lakes
    planned = collection(capsys, "all", "--status", "planned")
    assert set(ids(planned)) < set(ids(collection(capsys, "all")))
    assert ids(collection(capsys, "rings", "--zone", "ring_2,ring_3")) == ["rings:ring_2", "rings:ring_3"]
    assert ids(collection(capsys, "ring_2")) == ["rings:ring_2"]
    metres = collection(capsys, "water", "--ids", "water:yaohu", "--crs", "epsg:4548")["features"]
    degrees = collection(capsys, "water", "--ids", "water:yaohu")["features"]
    assert isinstance(metres, list)
    assert isinstance(degrees, list)
    lon, lat = degrees[0]["geometry"]["coordinates"][0][0]
    # 4 decimals of a metre and 9 of a degree are both below a millimetre
    assert metres[0]["geometry"]["coordinates"][0][0] == pytest.approx(crs.project(lon, lat, "EPSG:4548"), abs=0.001)


def test_scenario_and_review_number_are_inside(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAP_REVIEW_NO", "赣S(2026)001号")
    text = json.dumps(collection(capsys, "ring_1", "--rings", "300,1000,2500"), ensure_ascii=False)
    assert "赣S(2026)001号" in text
    assert "300" in json.loads(text)["metadata"]["scenario_en"]
    assert "scenario_en" not in collection(capsys, "ring_1")["metadata"]  # type: ignore[operator]


def site_file(folder: Path) -> Path:
    """A site of 0.001 degrees west of the lake, and a point that is no area."""
    ring = [[116.03, 28.70], [116.031, 28.70], [116.031, 28.701], [116.03, 28.701], [116.03, 28.70]]
    area = {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [ring]}, "properties": {}}
    point = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [116.03, 28.7]}, "properties": {}}
    path = folder / "西岸地块.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [area, point]}), encoding="utf-8")
    return path


def test_site_comes_with_its_verdict_and_what_was_left_out(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = site_file(tmp_path)
    assert main(["export", "--site", str(path), "--lang", "en", *DATA]) == 0
    said = capsys.readouterr()
    found = json.loads(said.out)
    assert "feature 2" in said.err.lower()
    (site,) = (one for one in found["features"] if one["properties"]["layer"] == "site")
    assert site["properties"]["name_zh"] == "西岸地块"
    assert site["properties"]["verdict"] == "unknown"
    # 0.001 degrees are 97.7 m from west to east at 28.7 N and 110.8 m from south to north
    assert site["properties"]["area_m2"] == pytest.approx(97.7 * 110.8, rel=0.005)
    assert sum(one["properties"]["layer"] == "corners" for one in found["features"]) == 4


def test_binary_format_is_refused_by_a_terminal_alone() -> None:
    command = [sys.executable, "-m", "geo", "export", "water", "--format", "gpkg", "--lang", "en"]
    ours, theirs = os.openpty()
    try:
        done = subprocess.run(command, cwd=ROOT, stdout=theirs, stderr=subprocess.PIPE, text=True, timeout=60)
    finally:
        os.close(theirs)
        os.close(ours)
    assert done.returncode == 2
    assert "--out" in done.stderr
    piped = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, timeout=60)
    assert piped.stdout.startswith(b"SQLite format 3\0")


def test_data_folder_of_another_park(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    toy = write_toy(tmp_path / "toy")
    assert main(["export", "all", "--data", str(toy), "--out", str(tmp_path / "all.csv"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["count"] > 10


def test_help_says_whom_a_format_is_for(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["export", "--help"])
    assert ended.value.code == 0
    text = capsys.readouterr().out
    assert all(one.whom_en in text for one in FORMATS.values())


def imported_by(program: str) -> set[str]:
    """Which of the slow packages a fresh Python holds after `program`."""
    code = f"import sys\n{program}\nprint(*(name for name in {SLOW} if name in sys.modules), file=sys.stderr)"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, timeout=60)
    return set(io.TextIOWrapper(io.BytesIO(ran.stderr)).read().split())


@pytest.mark.parametrize("words", [["metrics", "--json"], ["export", "water"]])
def test_slow_libraries_wait_until_they_are_needed(words: list[str]) -> None:
    assert imported_by(f"from geo.__main__ import main\nassert main({words}) == 0") == set()


def test_twin_a_frame_needs_slow_libraries() -> None:
    assert "pandas" in imported_by("from geo import load_plan\nload_plan('data').frame('water')")
