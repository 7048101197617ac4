import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from geo.__main__ import main

ROOT = Path(__file__).parent.parent


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main([*arguments, "--data", str(ROOT / "data")]) == 0
    return capsys.readouterr().out


def test_metrics_json_gives_computed_beside_stated(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(run(capsys, "metrics", "--json"))
    extent, waters = found["extents"]["2025"], {water["id"]: water for water in found["waters"]}
    assert extent["area_m2"] / 1e6 == pytest.approx(265, abs=3)
    assert (extent["stated_area"]["value"], extent["stated_area"]["unit"]) == (286, "km2")
    assert waters["water:yaohu"]["area_m2"] / 1e6 == pytest.approx(17.7, abs=0.3)
    assert sum(zone["area_m2"] for zone in found["zones"]) == pytest.approx(extent["area_m2"], rel=1e-6)
    assert found["closure"]["relative"] < 1e-6
    assert [zone["id"] for zone in found["zones"]] == ["ring_1", "ring_2", "ring_3", "ring_4", "water"]


def test_metrics_follow_extent_and_reading(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(run(capsys, "metrics", "--json", "--extent", "2013", "--reading", "annulus"))
    assert found["zones"][0]["id"] == "strip"
    assert sum(zone["area_m2"] for zone in found["zones"]) == pytest.approx(found["extents"]["2013"]["area_m2"])


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("command", ["check", "metrics"])
def test_tables_are_for_people(capsys: pytest.CaptureFixture[str], command: str, lang: str) -> None:
    text = run(capsys, command, "--lang", lang)
    assert ("瑶湖" in text) == (lang == "zh")


def test_membership_answers_points_and_areas_in_file_order(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    table = tmp_path / "points.csv"
    table.write_text("name,lon,lat\n湖心,116.06,28.70\nfar,100,30\n", encoding="utf-8-sig")
    rows = json.loads(run(capsys, "membership", str(table), "--json"))
    assert [(row["name"], row["zone"]) for row in rows] == [("湖心", "water"), ("far", "outside")]
    rows = json.loads(run(capsys, "membership", str(ROOT / "data/layers/science_island.geojson"), "--json"))
    assert sum(rows[0]["shares"].values()) == pytest.approx(1, abs=1e-5)
    assert rows[0]["zone"] == max(rows[0]["shares"], key=rows[0]["shares"].get)
    assert "瑶湖科学岛" in run(capsys, "membership", str(ROOT / "data/layers/science_island.geojson"))


def test_export_writes_a_file_or_the_stream(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    target = tmp_path / "water.geojson"
    run(capsys, "export", "water", "--out", str(target))
    assert len(json.loads(target.read_text(encoding="utf-8"))["features"]) == 2
    streamed = subprocess.run(
        [sys.executable, "-m", "geo", "export", "water"], cwd=ROOT, capture_output=True, check=True
    ).stdout
    assert json.loads(streamed) == json.loads(target.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("lang", "says"), [("en", "Use one of"), ("zh", "没有图层")])
def test_unknown_layer_ends_with_2_and_what_is_there(capsys: pytest.CaptureFixture[str], lang: str, says: str) -> None:
    assert main(["export", "nowhere", "--lang", lang, "--data", str(ROOT / "data")]) == 2
    assert says in capsys.readouterr().err


def test_check_names_file_feature_and_remedy(capsys: pytest.CaptureFixture[str], data_copy: Path) -> None:
    path = data_copy / "layers/parks.geojson"
    path.write_text(path.read_text(encoding="utf-8").replace('"source": "S1"', '"source": "S9"', 1), encoding="utf-8")
    assert main(["check", "--data", str(data_copy), "--lang", "en"]) == 2
    said = capsys.readouterr().err
    assert "parks.geojson" in said
    assert "S9" in said
    assert "Remedy" in said


def test_out_folder_that_is_not_there_ends_with_2(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["export", "water", "--out", str(tmp_path / "no/where.geojson"), "--data", str(ROOT / "data")]) == 2
    assert "where.geojson" in capsys.readouterr().err


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "utf-8"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_terminal_of_any_encoding_gets_its_tables(encoding: str, lang: str) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    done = subprocess.run(
        [sys.executable, "-m", "geo", "metrics", "--lang", lang], cwd=ROOT, env=environment, capture_output=True
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"286" in done.stdout


def test_reader_that_stops_early_is_no_error() -> None:
    command = f"{sys.executable} -m geo export all | head -c 10; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True)
    assert (done.returncode, done.stderr, len(done.stdout)) == (0, b"", 10)


def test_full_disk_is_said() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "geo", "export", "all"], cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert done.returncode == 2
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_faults_are_json_for_programs(capsys: pytest.CaptureFixture[str], data_copy: Path) -> None:
    (data_copy / "layers/parks.geojson").write_text("{", encoding="utf-8")
    assert main(["check", "--json", "--data", str(data_copy)]) == 2
    found = json.loads(capsys.readouterr().out)
    assert found["ok"] is False
    assert found["faults"][0]["file"] == "layers/parks.geojson"
    assert found["faults"][0]["remedy_zh"]


def test_names_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    table = tmp_path / "points.csv"
    table.write_text("name,lon,lat\n\x1b[2Jgone,116.06,28.70\n", encoding="utf-8")
    assert "\x1b" not in run(capsys, "membership", str(table))


def test_area_beyond_the_metric_crs_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "far.geojson"
    path.write_text('{"type":"Polygon","coordinates":[[[80,30],[81,30],[81,31],[80,30]]]}', encoding="utf-8")
    assert main(["membership", str(path), "--lang", "en", "--data", str(ROOT / "data")]) == 2
    assert "feature 1" in capsys.readouterr().err


def box_file(folder: Path, **properties: object) -> Path:
    """A site of 0.001 degrees in ring 2, west of the lake, and a point that is no area."""
    ring = [[116.03, 28.70], [116.031, 28.70], [116.031, 28.701], [116.03, 28.701], [116.03, 28.70]]
    area = {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [ring]}, "properties": properties}
    point = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [116.03, 28.7]}, "properties": {}}
    path = folder / "site.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [area, point]}), encoding="utf-8")
    return path


def test_assess_judges_each_area_and_tells_what_it_left_out(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = box_file(tmp_path, land_use="0802")
    assert main(["assess", str(path), "--json", "--lang", "en", "--data", str(ROOT / "data")]) == 0
    told = capsys.readouterr()
    answer = json.loads(told.out)
    assert [one["feature"] for one in answer["skipped"]] == [2]
    assert "Feature 2" in told.err or "feature 2" in told.err
    (site,) = answer["sites"]
    # 0.001 degrees are 97.7 m from west to east at 28.7 N and 110.8 m from south to north
    assert site["area_m2"] == pytest.approx(97.7 * 110.8, rel=0.005)
    assert site["area_mu"] == pytest.approx(site["area_m2"] * 3 / 2000, abs=1e-4)
    assert sum(zone["share"] for zone in site["zones"]) == pytest.approx(1, abs=1e-5)
    assert (site["home_zone"], site["verdict"]) == ("ring_3", "unknown")
    assert {rule["id"] for rule in site["rules"]} >= {"permanent_farmland_checked", "environmental_veto"}


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", ("未知", "永久基本农田")), ("en", ("unknown", "Permanent basic farmland"))]
)
def test_assess_has_a_table_for_people(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, lang: str, words: tuple[str, str]
) -> None:
    text = run(capsys, "assess", str(box_file(tmp_path)), "--lang", lang)
    assert all(word in text for word in words)


@pytest.mark.parametrize(
    ("content", "arguments", "says"),
    [
        (b"{", (), "JSON"),
        (
            b'{"type":"Polygon","coordinates":[[[406000,3176000],[406100,3176000],[406100,3176100],[406000,3176000]]]}',
            (),
            "EPSG:4548",
        ),
        (
            b'{"type":"Polygon","coordinates":[[[116,28.7],[116.1,28.7],[116.1,28.8],[116,28.7]]]}',
            ("--crs", "EPSG:2327"),
            "EPSG:2327",
        ),
    ],
)
def test_assess_ends_with_2_and_says_what_to_do(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes, arguments: tuple[str, ...], says: str
) -> None:
    path = tmp_path / "bad.geojson"
    path.write_bytes(content)
    assert main(["assess", str(path), *arguments, "--lang", "en", "--data", str(ROOT / "data")]) == 2
    assert says in capsys.readouterr().err
    assert main(["assess", str(tmp_path / "none.geojson"), "--lang", "zh", "--data", str(ROOT / "data")]) == 2
    assert "无法读取" in capsys.readouterr().err
