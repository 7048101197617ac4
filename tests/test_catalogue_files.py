"""Files that are no object as a whole, and folders that are none: one fault each, never a silent gap."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.catalogue import check_catalogue, load_catalogue
from geo.catalogue.files import Reader
from geo.errors import DataError

ROOT = Path(__file__).parent.parent
DATA = ROOT / "data"
BOM = b"\xef\xbb\xbf"
FIXED = ("catalogue.json", "rings.json", "standards/land_use.csv")
JSON_FILES = sorted(str(path.relative_to(DATA)) for path in DATA.rglob("*.*json"))
NO_OBJECT = "found {}, expected an object."
NO_JSON = "not JSON: Expecting value."

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(), lambda inner: st.lists(inner), max_leaves=5
)


@pytest.fixture(scope="module")
def one_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The path of a single file to write and read again."""
    return tmp_path_factory.mktemp("one") / "rings.json"


def test_json_files_are_all_of_the_folder() -> None:
    catalogue = json.loads((DATA / "catalogue.json").read_text("utf-8"))
    listed = [layer["file"] for layer in catalogue["layers"]]
    beside = {name for name in catalogue.values() if isinstance(name, str) and name.endswith(".json")}
    assert set(JSON_FILES) == {"catalogue.json", "rings.json"} | beside | {f"layers/{file}" for file in listed if file}


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"null", NO_OBJECT.format("null")),
        (b" null\n", NO_OBJECT.format("null")),
        (BOM + b"null", NO_OBJECT.format("null")),
        (b"[]", NO_OBJECT.format("[]")),
        (b"1", NO_OBJECT.format("1")),
        (b'"x"', NO_OBJECT.format("x")),
        (b"true", NO_OBJECT.format("true")),
        (b"", NO_JSON),
        (b" \r\n\t ", NO_JSON),
        (BOM, NO_JSON),
    ],
    ids=["null", "spaced-null", "marked-null", "list", "number", "text", "true", "empty", "blank", "mark-alone"],
)
def test_json_file_without_an_object_is_one_fault(data_copy: Path, content: bytes, found: str) -> None:
    for file in JSON_FILES:
        whole = (data_copy / file).read_bytes()
        (data_copy / file).write_bytes(content)
        assert [(fault.file, fault.found_en) for fault in check_catalogue(data_copy)] == [(file, found)]
        (data_copy / file).write_bytes(whole)
    assert check_catalogue(data_copy) == ()


def test_json_file_of_null_stops_the_start_in_both_languages(data_copy: Path) -> None:
    (data_copy / "catalogue.json").write_text("null", "utf-8")
    with pytest.raises(DataError) as caught:
        load_catalogue(data_copy)
    assert caught.value.text("en") == "catalogue.json: file: found null, expected an object. Remedy: write an object."
    assert caught.value.text("zh") == "catalogue.json：file：值为 null，应为对象。 处理：改为对象。"


def test_json_files_with_a_byte_order_mark_say_the_same(data_copy: Path) -> None:
    for file in JSON_FILES:
        (data_copy / file).write_bytes(BOM + (DATA / file).read_bytes())
    plain, marked = load_catalogue(DATA), load_catalogue(data_copy)
    assert (marked.layers, marked.rings, marked.sources) == (plain.layers, plain.rings, plain.sources)


@settings(max_examples=50)
@given(st.text() | JSON_VALUES.map(json.dumps))
def test_json_is_an_object_or_exactly_one_fault(one_file: Path, content: str) -> None:
    one_file.write_bytes(content.encode("utf-8", "surrogatepass"))
    reader = Reader(one_file.parent)
    value = reader.json(one_file.name)
    assert isinstance(value, dict) == (reader.faults == [])
    assert value is None or isinstance(value, dict)
    assert len(reader.faults) <= 1


@settings(max_examples=50)
@given(st.dictionaries(st.text(st.characters(codec="utf-8")), st.integers(-(10**9), 10**9) | st.booleans()))
def test_json_object_comes_back_without_a_fault(one_file: Path, value: dict[str, int]) -> None:
    one_file.write_text(json.dumps(value), "utf-8")
    reader = Reader(one_file.parent)
    assert reader.json(one_file.name) == value
    assert reader.faults == []


@pytest.mark.parametrize("name", ["none", "none/deeper", "file", "file/deeper", "n" * 300])
def test_folder_that_is_none_is_one_fault(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("{}", "utf-8")
    (fault,) = check_catalogue(tmp_path / name)
    assert fault.file == str(tmp_path / name)
    assert fault.text("en").startswith(f"{tmp_path / name}: folder: there is no such folder. Remedy: ")
    assert "没有这个文件夹" in fault.found_zh
    assert all("DATA=" in remedy for remedy in (fault.remedy_en, fault.remedy_zh))
    with pytest.raises(DataError):
        load_catalogue(tmp_path / name)


def test_folder_without_files_names_those_that_it_needs(tmp_path: Path) -> None:
    faults = check_catalogue(tmp_path)
    assert tuple(fault.file for fault in faults) == FIXED
    for fault in faults:
        assert "catalogue.json" not in fault.remedy_en + fault.remedy_zh
        assert "DATA=" in fault.remedy_en
        assert "DATA=" in fault.remedy_zh


def test_folder_that_lacks_a_layer_names_its_entry_in_the_catalogue(data_copy: Path) -> None:
    os.remove(data_copy / "layers/towns.geojson")
    (fault,) = check_catalogue(data_copy)
    assert fault.file == "layers/towns.geojson"
    assert "out of catalogue.json" in fault.remedy_en
