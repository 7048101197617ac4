"""The page of figures and its files, over HTTP and in a real browser."""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page

from geo.plan import Plan, load_plan
from tests import parcels, residents, toy
from tests.running import Atlas
from webapp import create_app
from webapp.metricpages import axis_of
from webapp.settings import Settings

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILES = ["/metrics.csv", "/metrics.xlsx", "/metrics/balance/water.csv", "/metrics/balance/places.xlsx"]
HOSTILE = '=HYPERLINK("http://x") <script>alert(1)</script>'


def rows_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "zh",
            [
                "用地平衡表",
                "这不是全区的用地平衡",
                "教育用地",
                "湖泊水面",
                "无数据",
                "没有已上图的公园轮廓",
                "常住人口",
            ],
        ),
        ("en", ["Land-use balance", "no balance of the zone", "education", "lakes", "no data", "residents", "assumed"]),
    ],
)
def test_page_speaks_both_languages(client: FlaskClient, lang: str, words: list[str]) -> None:
    response = client.get(f"/metrics?lang={lang}")
    text = response.get_data(as_text=True)
    assert response.status_code == 200
    assert response.headers["Content-Language"] == lang
    assert [word for word in words if word not in text] == []
    assert "%(" not in text


def test_page_follows_extent_and_reading_and_takes_words_of_the_map(client: FlaskClient) -> None:
    texts = {
        client.get(f"/metrics?extent={extent}&reading={reading}&sel=x").get_data(as_text=True).partition("<main")[2]
        for extent in ("2013", "2025")
        for reading in ("shore_belt", "annulus")
    }
    assert len(texts) == 4
    assert client.get("/metrics?extent=1999").status_code == 400


def test_every_link_of_the_page_answers(client: FlaskClient) -> None:
    text = client.get("/metrics?lang=en&extent=2013").get_data(as_text=True).partition("<main")[2]
    links = {link.replace("&amp;", "&") for link in re.findall(r'href="([^"#]+)"', text)}
    pages = {link for link in links if not link.startswith("/figures/")}
    assert len(pages) == 2 + 2 + 2 * 3 - 1  # two switches (the present address is in both), three pairs of files
    assert len(links - pages) == 2 + 1 + 1 + 1  # stated: two extents, a lake, the residents, the edge of ring 1
    assert {client.get(link).status_code for link in links} == {200}


@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_file_has_type_name_language_and_is_not_sent_twice(client: FlaskClient, path: str, lang: str) -> None:
    response = client.get(f"{path}?lang={lang}")
    assert response.status_code == 200
    assert response.mimetype == ("text/csv" if path.endswith("csv") else XLSX)
    name = unquote(response.headers["Content-Disposition"].split("UTF-8''")[1])
    assert name.endswith(path.rpartition(".")[2])
    assert name.isascii() == (lang == "en")
    assert "2025" in name
    assert response.headers["Content-Language"] == lang
    again = client.get(f"{path}?lang={lang}", headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304


def test_workbook_holds_the_figures_and_every_balance_with_codes_as_text(client: FlaskClient) -> None:
    book = openpyxl.load_workbook(io.BytesIO(client.get("/metrics.xlsx?lang=en").get_data()))
    assert book.sheetnames == ["metrics", "balance places", "balance water"]
    assert [book["balance places"]["B2"].value, book["balance water"]["B2"].value] == ["0804", "1702"]
    same = client.get("/metrics.csv?lang=en").get_data()
    first = [[None if cell == "" else cell for cell in row] for row in rows_of(same)[:40]]
    page = list(book["metrics"].iter_rows(max_row=40, values_only=True))
    assert [[None if cell is None else str(cell) for cell in row] for row in page] == first


@pytest.mark.parametrize(
    "path", ["/metrics/balance/nothing.csv", "/metrics/balance/towns.xlsx", "/metrics/balance/..%2fwater.csv"]
)
def test_layer_without_a_balance_is_not_found_and_the_problem_says_which_have_one(
    client: FlaskClient, path: str
) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert response.mimetype == "application/problem+json"
    if "%2f" not in path:
        assert json.loads(response.get_data())["possible"] == ["places", "water"]


@pytest.mark.parametrize("words", ["extent=1999", "reading=", "format=pdf", "extent=2013&extent=2025", "lang=fr"])
@pytest.mark.parametrize("path", ["/metrics.csv", "/metrics/balance/water.xlsx"])
def test_file_bad_words_are_refused(client: FlaskClient, path: str, words: str) -> None:
    assert client.get(f"{path}?{words}").status_code == 400
    assert client.get("/metrics.pdf").status_code == 404


def test_files_and_page_say_the_review_number_if_there_is_one(plan: Plan) -> None:
    client = create_app(Settings(map_review_no="赣S(2025)001号"), plan).test_client()
    for path in ("/metrics", "/metrics.csv", "/metrics/balance/water.csv"):
        text = client.get(f"{path}?lang=en").get_data(as_text=True)
        assert "赣S(2025)001号" in text
        assert "not reviewed" not in text


@pytest.fixture(scope="module")
def parcel_client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """The app over the toy with parcels, some of its names hostile."""
    layers = toy.toy_layers()
    layers["places"][0]["properties"] |= {"name_zh": HOSTILE, "name_en": HOSTILE}
    layers["sites"][0]["properties"] |= {"name_zh": HOSTILE, "name_en": HOSTILE}
    folder: Path = tmp_path_factory.mktemp("parcels") / "data"
    found = load_plan(parcels.write_parcels(folder, layers, title=HOSTILE))
    return create_app(Settings(), found).test_client()


def test_parcels_of_the_data_reach_the_file_with_their_shares(parcel_client: FlaskClient) -> None:
    rows = rows_of(parcel_client.get("/metrics/balance/parcels.csv?lang=en").get_data())
    shares = {row[1]: float(row[7]) for row in rows if row[:1] == ["existing"] and row[3]}
    assert shares == pytest.approx({"0701": 60 / 110, "1207": 20 / 110, "1401": 40 / 110}, abs=1e-5)
    overlaps = [row for row in rows if row[2:3] == ["overlap"]]
    assert [(row[1], round(float(row[4]), -1)) for row in overlaps] == [("0701 / 1401", 10_000)]


def test_page_shows_green_where_it_is_mapped(parcel_client: FlaskClient) -> None:
    text = parcel_client.get("/metrics?lang=en").get_data(as_text=True)
    assert "50.00 m² per person" in text  # 50,000 m2 of parks over 1,000 residents
    assert "&lt;0.1%" in text  # 40,000 m2 of green parcels in 400 km2 are not 0.0%
    assert "0701 / 1401" in text


@pytest.fixture(scope="module")
def peopled_client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """The app over the toy with residents of its rings."""
    folder: Path = tmp_path_factory.mktemp("peopled") / "data"
    return create_app(Settings(), load_plan(residents.write_residents(folder))).test_client()


def test_page_and_files_hold_park_green_per_head_of_each_ring_with_its_denominator(peopled_client: FlaskClient) -> None:
    text = peopled_client.get("/metrics?lang=en").get_data(as_text=True)
    rows = dict(re.findall(r'<tr data-green-zone="(\w+)">(.*?)</tr>', text, re.DOTALL))
    for zone, said in (("ring_1", "175.00 m²"), ("ring_2", "200.00 m²"), ("ring_3", "0.00 m²"), ("ring_4", "no data")):
        assert said in rows[zone]
    assert all(f">{persons} " in rows[zone] for zone, persons in residents.PERSONS.items())
    assert "S4, 2024" in rows["ring_1"]
    book = openpyxl.load_workbook(io.BytesIO(peopled_client.get("/metrics.xlsx?lang=en").get_data()))
    for lines in (rows_of(peopled_client.get("/metrics.csv?lang=en").get_data()), [*book["metrics"].values]):
        heads = {line[0]: line for line in lines if line[2:3] and line[2] == "park green per head"}
        told = {zone: (float(heads[zone][3]), int(heads[zone][7]), heads[zone][9]) for zone in residents.PERSONS}
        for zone, (value, persons, source) in told.items():
            assert (value, persons, source) == (
                pytest.approx(residents.PER_HEAD[zone], rel=1e-4),
                residents.PERSONS[zone],
                "S4",
            )
        assert [str(cell or "") for cell in heads["ring_4"][3:8]] == ["no data", "m2/person", "", "residents", ""]


def test_file_names_the_denominator_even_of_a_figure_without_data(client: FlaskClient) -> None:
    rows = rows_of(client.get("/metrics.csv?lang=en").get_data())
    area = next(float(row[3]) for row in rows if row[:1] == ["ring_1"] and row[2] == "area" and row[4] == "m2")
    green = next(row for row in rows if row[:1] == ["ring_1"] and row[2].startswith("mapped green share"))
    assert (green[3], green[6], float(green[7])) == ("no data", "area of the zone", area)
    whole = next(row for row in rows if row[:1] == ["extent_2025:zone"] and row[2] == "park green per head")
    assert (whole[3], whole[7], whole[9]) == ("no data", "498000", "S1")


@pytest.mark.parametrize("top", [1.0, 1.99, 2.0, 3.99, 5.0, 9.99, 150.17, 0.0131, 4000.0])
def test_axis_has_few_round_marks_from_0_and_none_beyond_the_longest_bar(top: float) -> None:
    axis = axis_of([top * 1e6, 0.0])
    steps = {round(b - a, 9) for a, b in itertools.pairwise(axis.ticks)}
    assert axis.ticks[0] == 0.0
    assert 3 <= len(axis.ticks) <= 5
    assert top - min(steps) < axis.ticks[-1] <= top == axis.top
    assert len(steps) == 1
    assert f"{min(steps):e}"[0] in "125"


def test_hostile_names_stay_text_on_the_page_and_in_files(parcel_client: FlaskClient) -> None:
    text = parcel_client.get("/metrics?lang=en").get_data(as_text=True)
    assert "<script>alert" not in text
    assert "=HYPERLINK" in text
    for row in rows_of(parcel_client.get("/metrics.csv?lang=en").get_data()):
        assert not any(cell.startswith(("=", "+", "@", "\t")) for cell in row)
    book = openpyxl.load_workbook(io.BytesIO(parcel_client.get("/metrics.xlsx?lang=zh").get_data()))
    assert {cell.data_type for page in book for row in page.iter_rows() for cell in row} <= {"s", "n"}


def test_bars_are_as_long_as_the_table_says(atlas: Atlas, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{atlas.url}/metrics?lang=en")
    widths = page.eval_on_selector_all(".bars rect", "all => all.map(bar => bar.getBoundingClientRect().width)")
    cells = page.locator("#zones tbody td:nth-child(3)").all_inner_texts()
    areas = [float(cell.replace(",", "")) for cell in cells]
    assert len(widths) == len(areas) == 5
    assert [width / max(widths) for width in widths] == pytest.approx([area / max(areas) for area in areas], abs=1e-3)
    fills = page.eval_on_selector_all(".bars rect", "all => all.map(bar => getComputedStyle(bar).fill)")
    assert len(set(fills)) == 5


def test_marks_of_the_axis_stand_where_bars_of_their_length_end(atlas: Atlas, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{atlas.url}/metrics?lang=en")
    bars = page.eval_on_selector_all(".bars rect", "all => all.map(bar => bar.getBoundingClientRect().toJSON())")
    areas = [float(text.replace(",", "")) for text in page.locator("#zones tbody td:nth-child(3)").all_inner_texts()]
    per_km2 = max(bar["width"] for bar in bars) / max(areas)
    marks = page.eval_on_selector_all(
        ".axis", "all => all.flatMap(axis => [...axis.querySelectorAll('text')].map((text, i) => [text.textContent,"
        " axis.querySelectorAll('line')[i].getBoundingClientRect().x]))"
    )  # fmt: skip
    assert [text for text, _ in marks] == ["0", "50", "100", "150"]
    for text, x in marks:
        assert x - bars[0]["x"] == pytest.approx(float(text) * per_km2, abs=2)  # half a line at either end
    assert "km²" in page.locator(".axis-name").inner_text()


def test_phone_tables_scroll_in_their_box_and_links_are_large(atlas: Atlas, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{atlas.url}/metrics?lang=zh", width=390, height=844)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    heights = page.eval_on_selector_all(
        "main a", "all => all.filter(link => link.checkVisibility()).map(link => link.getBoundingClientRect().height)"
    )
    assert min(heights) >= 44
    box = page.locator(".table-scroll").first
    box.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.querySelector('.table-scroll').scrollLeft > 0")


def test_switch_leads_to_the_other_extent_and_keeps_the_reading(atlas: Atlas, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{atlas.url}/metrics?lang=en&reading=annulus")
    page.locator(".view-switch a", has_text="2013").click()
    page.wait_for_url("**/metrics?extent=2013&reading=annulus&lang=en")
    assert page.locator(".view-switch [aria-current]").all_inner_texts()[0] == "2013"
    assert page.locator("[data-zone=strip]").count() == 1  # the annulus sets the shore strip apart
    with page.expect_download() as saved:
        page.locator("[data-file='/metrics.xlsx']").click()
    assert saved.value.suggested_filename.endswith(".xlsx")
