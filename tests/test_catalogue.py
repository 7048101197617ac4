"""The data folder as a catalogue: what it carries over unchanged, and that it is all or nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any

import pytest

from geo.catalogue import Catalogue, Feature, StatedArea, load_catalogue
from geo.errors import DataError

ROOT = Path(__file__).parent.parent
HOSTILE = "{{ 7*191 }}<img src=x onerror=alert(1)>${1}{% "
SQUARE = [[[116.0, 28.6], [116.01, 28.6], [116.01, 28.61], [116.0, 28.61], [116.0, 28.6]]]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(ROOT / "data")


def change(path: Path, edit: Any) -> None:
    value = json.loads(path.read_text("utf-8"))
    edit(value)
    path.write_text(json.dumps(value, ensure_ascii=False), "utf-8")


def feature_of(catalogue: Catalogue, feature_id: str) -> Feature:
    return next(f for layer in catalogue.layers for f in layer.features if f.id == feature_id)


def test_catalogue_takes_a_path_or_its_text(catalogue: Catalogue) -> None:
    assert load_catalogue(str(ROOT / "data")) == catalogue


def test_catalogue_keeps_the_draw_order_of_the_file(catalogue: Catalogue) -> None:
    listed = json.loads((ROOT / "data/catalogue.json").read_text("utf-8"))["layers"]
    assert [layer.id for layer in catalogue.layers] == [row["id"] for row in listed]


def test_catalogue_keeps_every_property_of_every_feature(catalogue: Catalogue) -> None:
    own = set(Feature.__dataclass_fields__)
    for layer in (layer for layer in catalogue.layers if layer.file):
        rows = json.loads((ROOT / "data/layers" / str(layer.file)).read_text("utf-8"))["features"]
        for row, feature in zip(rows, layer.features, strict=True):
            for key, value in row["properties"].items():
                if key == "stated_figure":
                    assert (feature.stated_area.figure if feature.stated_area else None) == value
                else:
                    assert (getattr(feature, key) if key in own else feature.extra[key]) == value


def test_catalogue_is_frozen(catalogue: Catalogue) -> None:
    with pytest.raises(FrozenInstanceError):
        catalogue.layers[0].features[0].id = "x"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("value", "unit", "area_m2"), [(231, "km2", 231e6), (60, "ha", 6e5), (3, "mu", 2000.0), (5, "m2", 5.0)]
)
def test_catalogue_stated_area_in_square_metres(value: float, unit: str, area_m2: float) -> None:
    assert StatedArea(value, unit, "", "S0", "x").area_m2 == pytest.approx(area_m2, rel=1e-12)


def test_catalogue_hostile_text_stays_as_it_is(data_copy: Path) -> None:
    def spoil(value: Any) -> None:
        value["features"][0]["properties"].update({"name_zh": HOSTILE, "name_en": HOSTILE, HOSTILE: HOSTILE})

    change(data_copy / "layers/parks.geojson", spoil)
    change(data_copy / "catalogue.json", lambda value: value["layers"][5].update(title_zh=HOSTILE))
    loaded = load_catalogue(data_copy)
    parks = next(layer for layer in loaded.layers if layer.id == "parks")
    assert parks.title_zh == HOSTILE
    assert parks.features[0].name_zh == parks.features[0].name_en == HOSTILE
    assert parks.features[0].extra[HOSTILE] == HOSTILE


@pytest.mark.parametrize("value", ["text", "", 0, 1.5, True, False, None, "__proto__", "=1+1"])
def test_catalogue_own_properties_are_kept_unchanged(data_copy: Path, value: Any) -> None:
    change(data_copy / "layers/parks.geojson", lambda file: file["features"][0]["properties"].update(mine=value))
    kept = feature_of(load_catalogue(data_copy), "parks:aixihu_wetland").extra["mine"]
    assert kept == value
    assert type(kept) is type(value)


@pytest.mark.parametrize(("written", "read"), [("null", None), ("2020", 2020), ("2020.0", 2020)])
def test_catalogue_year_may_be_unknown(data_copy: Path, written: str, read: int | None) -> None:
    path = data_copy / "layers/parks.geojson"
    change(path, lambda file: file["features"][0]["properties"].update(data_year="here"))
    path.write_text(path.read_text("utf-8").replace('"here"', written), "utf-8")
    kept = feature_of(load_catalogue(data_copy), "parks:aixihu_wetland").data_year
    assert (kept, type(kept)) == (read, type(read))


@pytest.mark.parametrize(
    ("layer", "more"), [("canopy", {}), ("parcels", {"land_use": "1401"}), ("permanent_farmland", {"land_use": "01"})]
)
def test_catalogue_takes_a_further_layer(data_copy: Path, layer: str, more: dict[str, str]) -> None:
    row: dict[str, Any] = {
        "id": f"{layer}:1",
        "name_zh": "一",
        "name_en": "one",
        "source": "survey",
        "place": "x",
        "data_year": 2026,
    }
    row |= {"geometry_basis": "digitised", "accuracy_m": 1, "status": "existing"} | more
    feature = {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": SQUARE}, "properties": row}
    file = {"type": "FeatureCollection", "features": [feature]}
    (data_copy / f"layers/{layer}.geojson").write_text(json.dumps(file), "utf-8")
    entry: dict[str, Any] = {
        "id": layer,
        "group": "water_green",
        "title_zh": "一",
        "title_en": "one",
        "geometry": "polygon",
    }
    entry |= {"visible": True, "min_zoom": 0, "background": False, "file": f"{layer}.geojson"}
    source = {"id": "survey", "title_zh": "调查", "title_en": "survey", "year": 2026}
    change(data_copy / "catalogue.json", lambda value: (value["layers"].append(entry), value["sources"].append(source)))
    added = feature_of(load_catalogue(data_copy), f"{layer}:1")
    assert added.geometry is not None
    assert (added.land_use, added.note_en, added.placed_in) == (more.get("land_use"), "", None)


def test_catalogue_without_an_optional_layer_loads(data_copy: Path) -> None:
    change(data_copy / "catalogue.json", lambda value: value["layers"].pop())
    assert "towns" not in [layer.id for layer in load_catalogue(data_copy).layers]


def test_catalogue_takes_a_byte_order_mark_and_line_ends_of_windows(data_copy: Path) -> None:
    for name in ("catalogue.json", "layers/parks.geojson", "standards/land_use.csv"):
        path = data_copy / name
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    before, after = load_catalogue(ROOT / "data"), load_catalogue(data_copy)
    assert (after.layers, after.land_use) == (before.layers, before.land_use)


def test_catalogue_tells_all_faults_at_once(data_copy: Path) -> None:
    change(data_copy / "catalogue.json", lambda value: value["layers"][11].update(file="../x.geojson"))
    change(data_copy / "rings.json", lambda value: value["edges"][3].update(distance_m=1))
    change(data_copy / "layers/water.geojson", lambda value: value["features"][1]["properties"].pop("status"))
    change(data_copy / "layers/parks.geojson", lambda value: value["features"][2].update(geometry=None))
    (data_copy / "layers/roads.geojson").write_text("{", "utf-8")
    (data_copy / "standards/land_use.csv").unlink()
    with pytest.raises(DataError) as caught:
        load_catalogue(data_copy)
    assert {fault.file for fault in caught.value.faults} == {
        "catalogue.json",
        "rings.json",
        "layers/water.geojson",
        "layers/parks.geojson",
        "layers/roads.geojson",
        "standards/land_use.csv",
    }
    assert len(caught.value.faults) == 6
    assert caught.value.text("zh").count("处理：") == 6
    assert caught.value.text("en").count("Remedy: ") == 6


def test_catalogue_version_follows_the_bytes(data_copy: Path, catalogue: Catalogue) -> None:
    assert load_catalogue(data_copy).version == catalogue.version
    path = data_copy / "layers/towns.geojson"
    path.write_bytes(path.read_bytes() + b"\n")
    changed = load_catalogue(data_copy).version
    assert changed != catalogue.version
    assert len(changed) == 12
    assert int(changed, 16) >= 0


def test_catalogue_loads_without_the_heavy_libraries() -> None:
    code = (
        "import sys; from geo.catalogue import load_catalogue; load_catalogue('data');"
        "print(sorted({'geopandas', 'pandas', 'flask', 'folium'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
