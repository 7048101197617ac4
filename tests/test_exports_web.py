"""Downloads over HTTP: type, name, notice, and what they refuse."""

from __future__ import annotations

import gzip
import html
import json
import math
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlencode

import pytest
import shapely
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo import crs
from geo.output.exports import FORMATS, Exported, Wanted
from geo.plan import Plan, load_plan
from tests import toy
from webapp import create_app
from webapp.exports import attachment
from webapp.exports.files import FileCache, file_of
from webapp.exports.query import WORDS
from webapp.settings import Settings

ROOT = Path(__file__).parent.parent


def layer_ids(plan: Plan) -> list[str]:
    return [layer.id for layer in plan.catalogue.layers]


def test_export_every_layer_and_all_is_geojson(client: FlaskClient, plan: Plan) -> None:
    counts = {}
    for name in (*layer_ids(plan), "all"):
        response = client.get(f"/export/{name}.geojson")
        assert response.status_code == 200
        assert response.content_type == "application/geo+json"
        collection = json.loads(response.get_data())
        assert collection["type"] == "FeatureCollection"
        counts[name] = len(collection["features"])
    assert counts.pop("all") == sum(counts.values())


def test_export_name_is_chinese_with_an_ascii_fallback(client: FlaskClient) -> None:
    header = client.get("/export/water.geojson?lang=zh").headers["Content-Disposition"]
    header.encode("ascii")
    kind, plain, full = header.split("; ")
    assert (kind, plain) == ("attachment", 'filename="yaohu-atlas-water.geojson"')
    name = unquote(full.removeprefix("filename*=UTF-8''"), errors="strict")
    assert name.endswith(".geojson")
    assert "瑶湖" in name


def test_export_name_follows_the_language_of_the_browser(client: FlaskClient) -> None:
    response = client.get("/export/water.geojson", headers={"Accept-Language": "en"})
    name = unquote(response.headers["Content-Disposition"].split("UTF-8''")[1])
    assert name.isascii()
    assert {"Accept-Language", "Accept-Encoding"} <= set(response.headers["Vary"].split(", "))


@pytest.mark.parametrize(
    "name", ["a\r\nX-Bad: 1.geojson", 'a"; filename="b', "a;b/../c", "\N{RIGHT-TO-LEFT OVERRIDE}", "名'*%"]
)
def test_attachment_no_name_ends_the_header(name: str) -> None:
    header = attachment(name, "plain.geojson")
    head, _, encoded = header.partition("UTF-8''")
    assert head == 'attachment; filename="plain.geojson"; filename*='
    assert not set(encoded) & set("\r\n\"';/\\ ")
    assert encoded.isascii()
    assert unquote(encoded) == name


def test_export_says_that_it_is_not_reviewed(client: FlaskClient) -> None:
    collection = json.loads(client.get("/export/parks.geojson").get_data())
    assert "internal working map, not reviewed" in collection["metadata"]["review_en"]
    assert all("内部工作底图，未经审核" in feature["properties"]["notice"] for feature in collection["features"])


def test_export_says_the_review_number_if_there_is_one(plan: Plan) -> None:
    client = create_app(Settings(map_review_no="赣S(2025)001号"), plan).test_client()
    text = client.get("/export/parks.geojson").get_data(as_text=True)
    assert "赣S(2025)001号" in text
    assert "not reviewed" not in text


def test_export_follows_extent_and_reading(client: FlaskClient) -> None:
    answers = {
        client.get(f"/export/rings.geojson?extent={extent}&reading={reading}").headers["ETag"]
        for extent in ("2013", "2025")
        for reading in ("shore_belt", "annulus")
    }
    assert len(answers) == 4


def test_export_is_not_sent_twice(client: FlaskClient) -> None:
    tag = client.get("/export/all.geojson").headers["ETag"]
    again = client.get("/export/all.geojson", headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.get_data() == b""


@pytest.mark.parametrize(
    "path",
    [
        "/export/nothing.geojson",
        "/export/water",
        "/export/../data/catalogue.json",
        "/export/..%2f..%2fdata%2flayers%2fwater.geojson",
        "/export/water%0d%0aX-Bad:1.geojson",
        "/export/WATER.geojson",
    ],
)
def test_export_unknown_names_are_not_found(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert "X-Bad" not in response.headers


def test_export_unknown_layer_says_what_there_is(client: FlaskClient, plan: Plan) -> None:
    problem = json.loads(client.get("/export/nothing.geojson").get_data())
    rings = [ring.id for ring in plan.catalogue.rings.rings]
    themes = [f"theme:{theme.id}" for theme in plan.catalogue.guides.themes]
    assert problem["code"] == "unknown_layer"
    assert problem["possible"] == ["all", *layer_ids(plan), *rings, *themes]


# What is wanted


def features(client: FlaskClient, address: str) -> dict[str, dict[str, Any]]:
    """The features of a GeoJSON download by id."""
    response = client.get(address)
    assert response.status_code == 200, response.get_data(as_text=True)
    found = {one["id"]: one for one in json.loads(response.get_data())["features"]}
    assert response.headers["Export-Count"] == str(len(found))
    return found


def test_export_of_several_of_a_theme_and_of_everything_are_their_layers(client: FlaskClient, plan: Plan) -> None:
    whole = features(client, "/export/all.geojson")
    several = features(client, "/export/water,ring_1.geojson")
    assert set(several) == {key for key in whole if key.startswith("water:")} | {"rings:ring_1"}
    theme = plan.catalogue.guides.themes[0]
    found = features(client, f"/export/theme:{theme.id}.geojson")
    assert set(found) == {key for key, one in whole.items() if one["properties"]["layer"] in theme.layers}


def test_export_parts_put_together_are_the_whole(client: FlaskClient) -> None:
    whole = features(client, "/export/all.geojson")
    for word, column in (("basis", "geometry_basis"), ("source", "source"), ("status", "status")):
        values = {one["properties"].get(column) for one in whole.values()} - {None, ""}
        parts = [features(client, f"/export/all.geojson?{word}={value}") for value in values]
        stated = {key for key, one in whole.items() if one["properties"].get(column)}
        assert set().union(*parts) == stated
        assert sum(map(len, parts)) == len(stated)
    pair = ",".join(sorted(whole)[:2])
    assert set(features(client, f"/export/all.geojson?ids={pair}")) == set(pair.split(","))


def test_export_of_a_box_holds_what_touches_it_and_nothing_else(client: FlaskClient) -> None:
    drawn = {key: one for key, one in features(client, "/export/all.geojson").items() if one["geometry"]}
    box = shapely.box(115.9, 28.6, 116.02, 28.7)
    touching = {key for key, one in drawn.items() if shapely.from_geojson(json.dumps(one["geometry"])).intersects(box)}
    assert 0 < len(touching) < len(drawn)
    assert set(features(client, "/export/all.geojson?bbox=115.9,28.6,116.02,28.7")) == touching


def test_export_in_another_system_says_so_in_its_name(client: FlaskClient) -> None:
    plain = features(client, "/export/towns.geojson")
    address = "/export/towns.geojson?datum=gcj02"
    shifted = features(client, address)
    assert "GCJ-02" in unquote(client.get(address).headers["Content-Disposition"])
    drawn = {key: one for key, one in plain.items() if one["geometry"]}
    assert drawn
    for key, one in drawn.items():
        lon, lat = one["geometry"]["coordinates"]
        moved = shifted[key]["geometry"]["coordinates"]
        metres = math.hypot((moved[0] - lon) * math.cos(math.radians(lat)), moved[1] - lat) * 111_320
        assert 200 < metres < 800


@pytest.mark.parametrize("ext", list(FORMATS))
def test_export_every_format_has_its_type_size_and_the_same_bytes_again(client: FlaskClient, ext: str) -> None:
    address = f"/export/water.{ext}?lang=zh"
    first, again = client.get(address), client.get(address, headers={"Accept-Encoding": "gzip"})
    assert first.status_code == 200, first.get_data(as_text=True)
    assert first.content_type == FORMATS[ext].media_type
    assert first.headers["Export-Bytes"] == str(len(first.get_data()))
    assert first.headers["Export-Count"] == "2"
    _kind, plain, full = first.headers["Content-Disposition"].split("; ")
    assert plain == f'filename="yaohu-atlas-water.{ext}"'
    assert unquote(full).endswith(f".{ext}")
    packed = again.get_data()
    assert (gzip.decompress(packed) if "Content-Encoding" in again.headers else packed) == first.get_data()
    is_packed_inside = ext in ("gpkg", "zip", "shp.zip", "xlsx", "parquet")
    assert is_packed_inside <= ("Content-Encoding" not in again.headers)
    head = client.head(address)
    assert head.headers["Content-Length"] == first.headers["Export-Bytes"]
    assert head.get_data() == b""
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_export_encodings_hold_the_same_text(client: FlaskClient) -> None:
    files = {code: client.get(f"/export/water.txt?encoding={code}&lang=zh").get_data() for code in ("gbk", "utf-8")}
    texts = {code: files[code].decode(code) for code in files}
    assert texts["gbk"] == texts["utf-8"].removeprefix("\ufeff").replace("m²", "m2")  # GBK has no raised two
    assert "瑶湖".encode("gbk") in files["gbk"]


# What is refused


@pytest.mark.parametrize(
    ("address", "status", "code", "possible"),
    [
        ("/export/all.json", 400, "unknown_format", list(FORMATS)),
        ("/export/all.geojson?extent=1999", 400, "unknown_extent", ["2013", "2025"]),
        ("/export/all.geojson?reading=", 400, "unknown_reading", None),
        ("/export/all.geojson?format=kml", 400, "unknown_parameter", None),
        ("/export/all.geojson?extent=2013&extent=2025", 400, "repeated_parameter", None),
        ("/export/all.kml?encoding=gbk", 400, "unknown_parameter", None),
        ("/export/all.shp.zip?encoding=big5", 400, "unknown_encoding", ["utf-8", "gbk"]),
        ("/export/all.csv?geometry=wkb", 400, "unknown_geometry", ["wkt", "point"]),
        ("/export/all.gpkg?crs=EPSG:2381", 400, "unknown_crs", list(FORMATS["gpkg"].systems)),
        ("/export/all.gpkg?crs=EPSG:4548&datum=gcj02", 400, "contradiction", list(FORMATS["gpkg"].systems)),
        ("/export/all.gpkg?datum=xian80", 400, "unknown_datum", ["wgs84", "cgcs2000", "gcj02", "bd09"]),
        ("/export/all.dxf?crs=EPSG:4326", 422, "not_possible", list(FORMATS["dxf"].systems)),
        ("/export/all.kml?datum=bd09&bbox=1,2,3,4", 422, "empty_selection", None),
        ("/export/all.geojson?bbox=here", 400, "bad_bbox", None),
        ("/export/all.geojson?bbox=116.2,28.8,116.0,28.6", 422, "not_possible", ["116,28.6,116.2,28.8"]),
        ("/export/all.geojson?bbox=28.6,116,28.8,116.2", 422, "not_possible", ["116,28.6,116.2,28.8"]),
        ("/export/water.geojson?bbox=1,2,3,4", 422, "empty_selection", ["water (2)"]),
        ("/export/water.geojson?zone=ring_4", 422, "empty_selection", ["water (2)"]),
        (
            "/export/water.geojson?zone=moon,water",
            422,
            "not_possible",
            ["outside", "ring_1", "ring_2", "ring_3", "ring_4", "water"],
        ),
        ("/export/all.gpkg?bbox=", 400, "bad_bbox", None),
        ("/export/water.geojson?ids=,", 400, "no_value", None),
        ("/export/metro.txt", 422, "empty_selection", ["area"]),
        ("/export/all,water.geojson", 404, "unknown_layer", None),
        ("/export/water,.geojson", 404, "unknown_layer", None),
        ("/export/site.gpkg", 404, "unknown_layer", None),
    ],
)
def test_export_refusals_list_what_is_possible(
    client: FlaskClient, address: str, status: int, code: str, possible: list[str] | None
) -> None:
    details = []
    for lang in ("zh", "en"):
        response = client.get(f"{address}{'&' if '?' in address else '?'}lang={lang}")
        problem = json.loads(response.get_data())
        assert (response.status_code, problem["code"]) == (status, code), problem
        assert possible is None or problem["possible"] == possible
        details.append(problem["detail"])
    assert details[0] != details[1]
    assert max(details[1]) < "\u4e00"


_ANY = st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=12)
_LIKELY = st.sampled_from(
    ["all", "water", "ring_1", "theme:rings", "", ",", "1,2,3,4", "nan,0,1e9,1", "EPSG:4548", "gcj02"]
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    what=_ANY | _LIKELY,
    ext=_ANY | st.just("geojson"),
    words=st.dictionaries(st.sampled_from([*WORDS, "encoding", "lang"]) | _ANY, _ANY | _LIKELY, max_size=4),
)
def test_export_no_words_are_a_fault_of_the_server(
    client: FlaskClient, what: str, ext: str, words: dict[str, str]
) -> None:
    name = quote(f"{what}.{ext if ext not in FORMATS else 'geojson'}", safe="")  # the others wait for a process
    assert client.get(f"/export/{name}?{urlencode(words)}").status_code < 500
    assert client.get(f"/export?{urlencode({**words, 'layer': what, 'ext': ext, 'go': 'file'})}").status_code < 500


# A site


def corners(side: float = 0.004) -> dict[str, Any]:
    west, south = 116.03, 28.70
    ring = [[west, south], [west + side, south], [west + side, south + side], [west, south + side], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def test_site_is_a_file_from_a_body_and_from_a_form(client: FlaskClient) -> None:
    text = json.dumps(corners())
    named = client.post("/export/site.geojson?lang=zh&name=甲地块", data=text, content_type="application/geo+json")
    posted = client.post("/export/site.geojson?lang=zh", data={"site": text, "name": "甲地块", "as": "geojson"})
    assert named.get_data() == posted.get_data()
    assert posted.headers["Cache-Control"] == "no-store"
    assert "甲地块" in unquote(posted.headers["Content-Disposition"])
    found = json.loads(posted.get_data())["features"]
    sites = [one for one in found if one["properties"]["layer"] == "site"]
    assert len(sites) == 1
    asked = client.post("/api/assess", data=text, content_type="application/geo+json").get_json()
    assert sites[0]["properties"]["verdict"] == asked["verdict"]
    assert sites[0]["properties"]["area_m2"] == pytest.approx(asked["area_m2"], abs=0.01)
    assert sum(one["properties"]["layer"] == "corners" for one in found) == 4


def test_site_has_a_system_of_its_own_beside_that_of_the_file(client: FlaskClient) -> None:
    """The same square in metres and in degrees; the file is in metres both times."""
    ring = corners()["coordinates"][0]
    east, north = crs.project(*zip(*ring, strict=True), "EPSG:4548")
    metres = {"type": "Polygon", "coordinates": [[[float(x), float(y)] for x, y in zip(east, north, strict=True)]]}
    answers = []
    for site, words in ((corners(), ""), (metres, "&site_crs=EPSG:4548")):
        sent = {"data": json.dumps(site), "content_type": "application/geo+json"}
        response = client.post(f"/export/site.geojson?crs=EPSG:4548{words}", **sent)
        found = json.loads(response.get_data())["features"][0]["geometry"]["coordinates"]
        answers.append(sorted(found[0] if isinstance(found[0][0][0], float) else found[0][0]))
    assert len(answers[0]) == 5
    for one, other in zip(*answers, strict=True):
        assert one == pytest.approx(other, abs=0.01)


@pytest.mark.parametrize(
    ("address", "sent", "status"),
    [
        ("/export/site.gpkg", {"data": {"name": "x"}}, 400),
        ("/export/site.gpkg", {"data": "x", "content_type": "text/plain"}, 415),
        ("/export/site.gpkg?site_datum=mars", {"data": {"site": "{}"}}, 400),
        ("/export/site.gpkg?bbox=1,2,3,4", {"data": {"site": "{}"}}, 400),
        ("/export/site.doc", {"data": {"site": "{}"}}, 400),
        ("/export/site.kml?crs=EPSG:4548", {"data": {"site": "{}"}}, 422),
        ("/export/site.geojson", {"data": {"site": "{}"}}, 400),
        ("/export/water.gpkg", {"data": {"site": "{}"}}, 405),
    ],
)
def test_site_that_cannot_be_a_file_is_refused(
    client: FlaskClient, address: str, sent: dict[str, Any], status: int
) -> None:
    response = client.post(address, **sent)
    assert response.status_code == status, response.get_data(as_text=True)
    assert response.content_type == "application/problem+json"


# The page, and what is kept


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("", "/export/all.gpkg"),
        ("layer=water&ext=shp.zip&system=bd09&encoding=gbk", "/export/water.shp.zip?datum=bd09&encoding=gbk"),
        ("layer=water&ext=dxf&system=EPSG:4527&encoding=gbk", "/export/water.dxf?crs=EPSG:4527"),
        ("ext=csv&geometry=point&encoding=&bbox=&area=box", "/export/all.csv?bbox=&geometry=point"),
        ("ext=kml&area=box&bbox=1,2,3,4&lang=en", "/export/all.kml?bbox=1,2,3,4&lang=en"),
        ("ext=kml&area=all&bbox=1,2,3,4", "/export/all.kml"),
        ("rings=400,1200,2500&zone=ring_1&ext=fgb", "/export/all.fgb?rings=400,1200,2500&zone=ring_1"),
    ],
)
def test_form_leads_to_the_stable_address(client: FlaskClient, words: str, address: str) -> None:
    response = client.get(f"/export?go=file&{words}")
    assert (response.status_code, response.headers["Location"]) == (303, address)


def test_page_offers_every_format_and_system_and_what_the_address_names(client: FlaskClient, plan: Plan) -> None:
    text = client.get("/export?layer=roads&ext=dxf&rings=400,1200,2500&lang=en").get_data(as_text=True)
    assert re.findall(r'name="ext" value="([^"]+)"', text) == list(FORMATS)
    assert re.findall(r'name="ext" value="([^"]+)"[^>]* checked', text) == ["dxf"]
    assert re.findall(r'<option value="([^"]+)" selected', text) == ["roads"]
    assert '<input type="hidden" name="rings" value="400,1200,2500">' in text
    for form in FORMATS.values():
        assert form.whom_en in html.unescape(text)
    for name in ("nothing", "all,water"):
        assert client.get(f"/export?layer={name}").status_code == 404
    assert client.get("/export?ext=doc").status_code == 400


def test_other_data_folder_without_themes_or_rules_has_its_downloads(tmp_path: Path) -> None:
    plan = load_plan(toy.write_toy(tmp_path))
    client = create_app(Settings(), plan).test_client()
    assert client.get("/export").status_code == 200
    assert client.get("/").status_code == 200
    assert features(client, "/export/all.geojson")


def test_heavy_libraries_stay_out_of_the_server() -> None:
    """A file of GDAL, made by a server of its own: what writes it is loaded in the worker alone."""
    script = """
import sys
from pathlib import Path
from webapp import create_app
from webapp.settings import Settings
app = create_app(Settings(data=Path("data")))
print([app.test_client().get(f"/export/water.{ext}").status_code for ext in ("geojson", "gpkg", "dxf", "parquet")])
app.extensions["atlas_workers"].stop()
print(sorted({"ezdxf", "geopandas", "pandas", "pyarrow", "pyogrio"} & set(sys.modules)))
"""
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.stdout.splitlines() == ["[200, 200, 200, 200]", "[]"], ran.stderr


def test_files_kept_have_a_bound_and_the_last_one_stays() -> None:
    kept = FileCache(most_bytes=2500)
    keys = [("1", Wanted(what=name)) for name in "abcd"]
    for key in keys[:3]:
        kept.keep(key, file_of(Exported(b"\0" * 1000, "x", 1), "application/zip"))
    assert [kept.find(key) is not None for key in keys[:3]] == [False, True, True]
    kept.find(keys[1])  # asked for again: the other one is the oldest now
    kept.keep(keys[3], file_of(Exported(b"\0" * 1400, "x", 1), "application/zip"))
    assert [kept.find(key) is not None for key in keys] == [False, True, False, True]
    kept.keep(keys[0], file_of(Exported(b"\0" * 9000, "x", 1), "application/zip"))
    assert [kept.find(key) is not None for key in keys] == [True, False, False, False]
