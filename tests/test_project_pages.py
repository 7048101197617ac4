"""The page of projects, its files and its JSON: every word, every refusal, and the same rows in each of them."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import openpyxl
import pytest
from flask.testing import FlaskClient

from geo.output.layers import LEGAL_EN, LEGAL_ZH
from geo.plan import Plan, load_plan
from geo.projects import PLACEMENTS, SORTS
from tests.toy import project_row, write_ledger, write_toy
from webapp import create_app
from webapp.settings import Settings

ROOT = Path(__file__).parent.parent
PAGE = {"Accept": "text/html"}
HOSTILE = '=HYPERLINK("http://x","<script>alert(1)</script>")'


def table() -> list[dict[str, str]]:
    with (ROOT / "data/facts/projects.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def shown(client: FlaskClient, query: str) -> list[str]:
    answer = client.get(f"/projects?{query}", headers=PAGE)
    assert answer.status_code == 200, query
    return re.findall(r'<tr id="[^"]*" data-project="([^"]*)"', answer.text)


def listed(client: FlaskClient, query: str) -> list[str]:
    answer = client.get(f"/api/projects?{query}")
    assert answer.status_code == 200, query
    return [one["id"] for one in answer.get_json()["projects"]]


def counts(text: str, name: str) -> dict[str, int]:
    """The counts beside the boxes of a facet."""
    found = re.findall(rf'name="{name}" value="([^"]*)".*?<span class="num">([0-9 ,\u2009]+)</span>', text)
    return {value: int(re.sub(r"\D", "", count)) for value, count in found}


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Three rows, one of them hostile in every cell that takes free text."""
    folder = write_toy(tmp_path_factory.mktemp("toy") / "data")
    hostile = {"name_zh": HOSTILE, "name_en": HOSTILE, "theme": "a,b<i>", "district": "+1 / @cmd", "correction": "-2"}
    rows = [
        project_row("one", investment_1e4_cny=100, start="2021-03", end="2022-12", land_mu=5, land_kind="construction"),
        project_row("two", part_of="one", investment_1e4_cny=40, start="2020", end="2021", feature="sites:edge"),
        project_row("three", in_zone="unknown", place_words="湖边 / by the lake", **hostile),
    ]
    write_ledger(folder, projects=rows)
    return create_app(Settings(data=folder), load_plan(folder)).test_client()


CASES = {
    "theme=aviation,food": lambda one: one["theme"] in ("aviation", "food"),
    "district=none": lambda one: not one["district"],
    "district=nanchang_county,anyi_county": lambda one: one["district"].endswith(("Nanchang County", "Anyi County")),
    "in_zone=yes,partly": lambda one: one["in_zone"] in ("yes", "partly"),
    "source=S1": lambda one: one["source"] == "S1",
    "phase=done": lambda one: one["phase"] == "done",
    "phase=none": lambda one: not one["phase"],
    "placed_in=places:aviation_city": lambda one: one["placed_in"] == "places:aviation_city",
    "placement=elsewhere": lambda one: one["in_zone"] == "no",
    "invest_min=1000000": lambda one: float(one["investment_1e4_cny"] or -1) >= 1e6,
    "invest_max=10000.5": lambda one: 0 <= float(one["investment_1e4_cny"] or -1) <= 10000.5,
    "land_min=1000&land_max=2000": lambda one: 1000 <= float(one["land_mu"] or -1) <= 2000,
    "q=VR": lambda one: "vr" in f"{one['name_zh']} {one['name_en']} {one['place_words']}".casefold(),
    "theme=aviation&source=S2&in_zone=unknown": lambda one: (
        (one["theme"], one["source"], one["in_zone"]) == ("aviation", "S2", "unknown")
    ),
}


@pytest.mark.parametrize("query", CASES)
def test_filter_keeps_the_rows_of_the_table_on_page_and_in_json(client: FlaskClient, query: str) -> None:
    expected = [one["id"] for one in table() if CASES[query](one)]
    assert expected
    assert listed(client, query) == expected
    assert shown(client, query) == expected


@pytest.mark.parametrize("query", ["", "theme=aviation", "in_zone=unknown&source=S2", "year=2021-07", "q=lake"])
def test_count_beside_a_box_is_how_many_rows_the_box_brings(client: FlaskClient, query: str) -> None:
    text = client.get(f"/projects?{query}&lang=en", headers=PAGE).text
    asked = dict(part.split("=") for part in query.split("&") if part)
    for name in ("in_zone", "theme", "placement"):
        others = "&".join(f"{key}={value}" for key, value in asked.items() if key != name)
        held = counts(text, name)
        assert held
        for value in list(held)[:3]:
            assert len(listed(client, f"{others}&{name}={value}")) == held[value], (name, value)
    if "year" in asked:
        held = counts(text, "stage")
        assert sum(held.values()) == len(table())
        assert {key: len(listed(client, f"{query}&stage={key}")) for key in held} == held


def test_json_sums_and_tells_what_is_possible(client: FlaskClient) -> None:
    found = client.get("/api/projects?year=2021-07").get_json()
    assert found["count"] == len(found["projects"])
    assert {one["stage"] for one in found["projects"]} == {"under_way"}
    open_ones = client.get("/api/projects?year=2021-07&stage=open").get_json()["projects"]
    assert found["possible"] == sum("under_way" in one["stages"] for one in open_ones)
    assert found["without_parts_1e4_cny"] <= found["sum_of_rows_1e4_cny"]
    assert found["asked"] == {"year": "2021-07"}
    assert "possible" not in client.get("/api/projects").get_json()


def test_toy_sums_are_arithmetic(toy: FlaskClient) -> None:
    found = toy.get("/api/projects").get_json()
    assert (found["sum_of_rows_1e4_cny"], found["without_parts_1e4_cny"]) == (140, 100)
    assert found["without_investment"] == 1
    assert found["land"] == [{"kind": "construction", "rows": 1, "sum_of_rows_mu": 5, "without_parts_mu": 5}]
    # in 2020 the whole has not begun: the part stands for itself
    assert toy.get("/api/projects?year=2020").get_json()["without_parts_1e4_cny"] == 40
    places = {one["id"]: (one["placement"], one["at"], one["ring"]) for one in found["projects"]}
    assert places["two"] == ("drawn", "sites:edge", "ring_1")
    assert places["one"] == ("zone", None, None)


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("theme=astrology", "theme"),
        ("district=mars", "district"),
        ("in_zone=yes,perhaps", "in_zone"),
        ("ring=ring_9", "ring"),
        ("placement=here", "placement"),
        ("at=sites:nowhere", "at"),
        ("source=S9", "source"),
        ("phase=begun", "phase"),
        ("year=2021&stage=soon", "stage"),
        ("stage=done", "year"),
        ("invest_min=-1", "invest_min"),
        ("invest_min=5&invest_max=1", "invest_min"),
        ("land_max=1e999", "land_max"),
        ("land_min=NaN", "land_min"),
        ("q=" + "x" * 101, "q"),
        ("sort=weather", "sort"),
    ],
)
def test_bad_word_is_refused_on_page_files_and_json(client: FlaskClient, query: str, parameter: str) -> None:
    for path in ("/api/projects", "/projects.csv", "/projects.xlsx", "/projects.geojson"):
        answer = client.get(f"{path}?{query}")
        assert answer.status_code == 400, path
        assert answer.content_type.startswith("application/problem+json")
        assert answer.get_json()["parameter"] == parameter
    page = client.get(f"/projects?{query}", headers=PAGE)
    assert page.status_code == 400
    assert 'id="problem-detail"' in page.text


def test_year_that_is_none_is_refused(client: FlaskClient) -> None:
    for year in ("21", "2021-13", "soon"):
        assert client.get(f"/api/projects?year={year}").status_code == 400
        assert client.get(f"/projects?year={year}", headers=PAGE).status_code == 400


def test_refusal_lists_what_is_possible(client: FlaskClient) -> None:
    assert client.get("/api/projects?placement=here").get_json()["possible"] == list(PLACEMENTS)
    assert "nanchang_high_tech_zone" in client.get("/api/projects?district=mars").get_json()["possible"]
    assert client.get("/api/projects?elsewhere=1").status_code == 400
    assert client.get("/api/projects?theme=food&theme=energy").status_code == 400
    assert client.get("/projects?view=1&on=water", headers=PAGE).status_code == 200  # the words of the map's address


def test_form_without_scripts_is_led_to_the_one_address(client: FlaskClient) -> None:
    sent = "theme=food&theme=energy&q=&year=&stage=done&invest_min=&lang=en&extent=2013"
    answer = client.get(f"/projects?{sent}", headers=PAGE)
    assert answer.status_code == 302
    where = urlsplit(answer.headers["Location"])
    assert (where.netloc, where.path) == ("", "/projects")
    assert parse_qs(where.query) == {"theme": ["food,energy"], "extent": ["2013"], "lang": ["en"]}
    assert client.get(answer.headers["Location"], headers=PAGE).status_code == 200


@pytest.mark.parametrize("sort", [sign + name for name in SORTS for sign in ("", "-")])
def test_order_of_the_page_is_that_of_the_json(client: FlaskClient, sort: str) -> None:
    query = f"in_zone=yes,partly&sort={sort}&lang=en"
    assert shown(client, query) == listed(client, query)
    assert sorted(shown(client, query)) == sorted(listed(client, "in_zone=yes,partly"))
    text = client.get(f"/projects?{query}", headers=PAGE).text
    assert re.findall(r'aria-sort="(\w+)"', text) == ["descending" if sort[0] == "-" else "ascending"]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("query", ["", "year=2021-07&theme=aviation"])
def test_files_hold_the_rows_of_the_page(client: FlaskClient, plan: Plan, query: str, lang: str) -> None:
    expected = listed(client, query)
    written = {one["id"]: one for one in table()}
    raw = client.get(f"/projects.csv?{query}&lang={lang}").get_data()
    assert raw.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    rows = lines[1 : lines.index([])]
    assert [one[1] for one in rows] == expected
    money = lines[0].index("总投资（万元）" if lang == "zh" else "total investment (10,000 CNY)")
    for one in rows:
        assert float(one[money] or 0) == float(written[one[1]]["investment_1e4_cny"] or 0)
    assert (LEGAL_ZH if lang == "zh" else LEGAL_EN) in [line[0] for line in lines if line]
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/projects.xlsx?{query}&lang={lang}").get_data()))
    cells = list(book.worksheets[0].iter_rows(min_row=2, max_row=1 + len(rows), values_only=True))
    assert [one[1] for one in cells] == expected
    assert [one[money] for one in cells] == [
        float(written[name]["investment_1e4_cny"]) if written[name]["investment_1e4_cny"] else None for name in expected
    ]
    assert (len(lines[0]) == 25) == ("year" in query)  # the stage at the moment has a column


def test_geojson_draws_what_has_a_place_and_says_where_the_rest_is(client: FlaskClient, plan: Plan) -> None:
    answer = client.get("/projects.geojson?lang=zh")
    assert answer.content_type == "application/geo+json"
    found = json.loads(answer.get_data())
    assert [one["id"] for one in found["features"]] == listed(client, "")
    for one in found["features"]:
        properties = one["properties"]
        assert (one["geometry"] is None) == (properties["placement"] != "drawn")
        assert LEGAL_EN in properties["notice"]
        assert properties["note_zh"]
        assert not any(isinstance(value, dict | list) for value in properties.values())
        if one["geometry"] is not None:
            assert plan.shapes[properties["at"]].geometry.geom_type == one["geometry"]["type"]
    placed = {one["id"]: one["properties"] for one in found["features"]}
    for one in table():  # an area is that of the row, or of the feature that is known in words alone
        if placed[one["id"]]["placement"] == "area":
            feature = plan.shapes[one["feature"]].feature if one["feature"] else None
            assert placed[one["id"]]["at"] == (one["placed_in"] or (feature and feature.placed_in))
    assert {one["placement"] for one in placed.values()} == set(PLACEMENTS)
    name = unquote(answer.headers["Content-Disposition"].split("UTF-8''")[1])
    assert name == "瑶湖规划图集_项目.geojson"
    filtered = client.get("/projects.csv?theme=food&lang=zh").headers["Content-Disposition"]
    assert unquote(filtered).endswith("瑶湖规划图集_项目_筛选.csv")


def test_hostile_cells_are_text_everywhere(toy: FlaskClient) -> None:
    lines = list(csv.reader(io.StringIO(toy.get("/projects.csv?lang=zh").get_data().decode("utf-8-sig"))))
    cells = [cell for line in lines for cell in line if cell]
    assert f"'{HOSTILE}" in cells
    assert not [
        cell for cell in cells if cell.startswith(("=", "+", "@")) or (cell[0] == "-" and not cell[1:2].isdigit())
    ]
    book = openpyxl.load_workbook(io.BytesIO(toy.get("/projects.xlsx?lang=en").get_data()))
    assert not [cell for one in book.worksheets[0].iter_rows() for cell in one if cell.data_type == "f"]
    for lang in ("zh", "en"):
        text = toy.get(f"/projects?lang={lang}&q=HYPERLINK", headers=PAGE).text
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(1)" in text
    assert listed(toy, "theme=a_b_i") == ["three"]
    assert listed(toy, "district=cmd") == ["three"]


def test_empty_result_offers_what_to_leave_out(client: FlaskClient) -> None:
    text = client.get("/projects?theme=food&q=airfield&in_zone=yes&lang=en", headers=PAGE).text
    ways = re.findall(r'id="loosen-\d" href="([^"]*)">[^<]*</a> <span class="quiet">\D*(\d+)', text)
    assert len(ways) == 3
    for url, count in ways:
        assert len(shown(client, urlsplit(url.replace("&amp;", "&")).query)) == int(count)
    assert "year-bars" not in text


def test_empty_result_offers_no_way_that_is_empty_too(client: FlaskClient) -> None:
    query = "in_zone=yes&q=a&invest_min=1&invest_max=2"
    text = client.get(f"/projects?{query}&lang=en", headers=PAGE).text
    assert re.findall(r'id="loosen-\d" href="([^"]*)"', text) == ["/projects?in_zone=yes&amp;q=a&amp;lang=en"]
    assert shown(client, "in_zone=yes&q=a")


def test_folder_without_projects_says_so(tmp_path: Path) -> None:
    folder = write_toy(tmp_path / "data")
    client = create_app(Settings(data=folder), load_plan(folder)).test_client()
    for lang in ("zh", "en"):
        text = client.get(f"/projects?lang={lang}", headers=PAGE).text
        assert 'class="notice"' in text
        assert 'id="filters"' not in text
    assert client.get("/api/projects").get_json()["count"] == 0
    assert client.get("/projects.xlsx").status_code == 200
    assert json.loads(client.get("/projects.geojson").get_data())["features"] == []


@pytest.mark.parametrize("extent", ["2013", "2025"])
def test_view_of_the_address_holds_for_rings_and_links(client: FlaskClient, plan: Plan, extent: str) -> None:
    view = plan.view(extent)
    for ring in ("ring_1", "ring_4"):
        expected = listed(client, f"ring={ring}&extent={extent}")
        homes = {
            one["id"]: view.standings[one["feature"]].home_zone
            for one in table()
            if one["feature"] in view.standings and plan.shapes[one["feature"]].geometry is not None
        }
        assert expected == [name for name, home in homes.items() if home == ring]
    text = client.get(f"/projects?extent={extent}&theme=food&lang=en", headers=PAGE).text
    links = [url for url in re.findall(r'data-go [^>]*href="([^"]*)"', text) if url.startswith("/projects")]
    assert len(links) > 30
    assert all(f"extent={extent}" in url and "lang=en" in url for url in links)
