from pathlib import Path

import pytest
import shapely

from geo.output.search import search
from geo.plan import Plan, load_plan
from geo.search import NameIndex, build_index, plain
from tests import toy

HOSTILE = "{{ 7*191 }}<img src=x onerror=alert(1)>${1}{% "


@pytest.fixture(scope="module")
def index(plan: Plan) -> NameIndex:
    return build_index(plan)


@pytest.mark.parametrize(
    "text",
    [
        "瑶湖科学岛",
        "科学岛",
        "Yaohu Science Island",
        "science island",
        "yaohukexuedao",
        "yao hu ke xue dao",
        "YHKXD",
        "yhkx",
    ],
)
def test_one_thing_is_found_by_all_its_names(index: NameIndex, text: str) -> None:
    assert index.find(text)[0].feature.id == "science_island:island"


@pytest.mark.parametrize(
    ("text", "feature_id"),
    [
        ("瑶湖", "water:yaohu"),
        ("yaohu", "water:yaohu"),
        ("aixihu", "water:aixihu"),
        ("机场", "sites:yaohu_airport"),
        ("airport", "sites:yaohu_airport"),
        ("麻丘", "towns:maqiu"),
        ("ｚｉｙａｎｇ", "roads:ziyang"),
        ("water:yaohu", "water:yaohu"),
    ],
)
def test_shortest_drawn_name_stands_first(index: NameIndex, text: str, feature_id: str) -> None:
    assert feature_id in [shape.feature.id for shape in index.find(text)[:3]]


@pytest.mark.parametrize("text", ["", "   ", "…", "不存在的地名", "zzzz", "\ud800"])
def test_what_fits_nothing_finds_nothing(index: NameIndex, text: str) -> None:
    assert index.find(text) == ()


def test_rows_in_words_are_found_too_and_after_the_drawn(index: NameIndex) -> None:
    found = index.find("航空", most=50)
    drawn = [shape.geometry is not None for shape in found if plain(shape.feature.name_zh).startswith("航空")]
    assert drawn == sorted(drawn, reverse=True)
    assert any(shape.geometry is None for shape in found)


def test_every_feature_is_found_by_its_own_name(plan: Plan, index: NameIndex) -> None:
    for shape in plan.shapes.values():
        for name in (shape.feature.name_zh, shape.feature.name_en, shape.feature.id):
            assert shape in index.find(name, most=100), name


def test_hostile_name_is_found_as_text(tmp_path: Path) -> None:
    made = toy.toy_layers()
    made["places"][0]["properties"] |= {"name_zh": HOSTILE, "name_en": HOSTILE}
    found = build_index(load_plan(toy.write_toy(tmp_path / "toy", made))).find(HOSTILE)
    assert found[0].feature.name_zh == HOSTILE


@pytest.mark.parametrize("text", ["116.05, 28.70", "3176000, 406000", "28°42'N 116°3'E"])
def test_position_is_offered_with_how_it_was_read(plan: Plan, index: NameIndex, text: str) -> None:
    found = search(plan, index, text)["positions"][0]
    assert found["near_plan"]
    assert found["how_en"]
    assert found["how_zh"]


def test_pair_that_fits_nowhere_leaves_a_hint(plan: Plan, index: NameIndex) -> None:
    found = search(plan, index, "12345678 12345678")
    assert (found["positions"], found["features"]) == ([], [])
    assert "EPSG:4548" in found["hint_en"]
    assert "EPSG:4548" in found["hint_zh"]


def test_feature_comes_with_a_point_to_go_to(plan: Plan, index: NameIndex) -> None:
    found = {row["id"]: row["centre"] for row in search(plan, index, "yaohu")["features"]}
    lon, lat = found["water:yaohu"]
    assert plan.shapes["water:yaohu"].geometry.covers(shapely.Point(lon, lat))
