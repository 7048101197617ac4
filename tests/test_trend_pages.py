"""The page of indicators, its files and its answers, over HTTP; and its charts, where places are arithmetic."""

from __future__ import annotations

import csv
import html
import io
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from flask.testing import FlaskClient

from geo.catalogue import Figure, Indicator, IndicatorLine
from geo.plan import Plan, load_plan
from geo.trends import Trend, trend_of, trends
from tests import toy
from tests.test_figure_pages import Links
from webapp import create_app
from webapp.settings import Settings
from webapp.trendchart import LOW_BOTTOM, TOP, Chart, chart_of, value_axis, year_axis
from webapp.trendlabels import Label, Spot, aside, label_box, place_labels

LANGUAGES = ("zh", "en")
WIDTHS = (184, 220, 300, 380, 520, 640)
LINK = re.compile(r"/figures/([a-z0-9_]+)")


def page(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_page_shows_every_figure_with_its_value_and_source(client: FlaskClient, lang: str) -> None:
    text = page(client, f"/trends?lang={lang}")
    links = {found[1]: words for href, words in Links(text).links if (found := LINK.search(href))}
    for row in client.get("/api/trends").get_json()["indicators"]:
        assert row[f"name_{lang}"] in html.unescape(text)
        for one in (one for told in row["lines"] for one in (*told["points"], *told["undated"])):
            assert links[one["id"]].split() == one[f"text_{lang}"].split()  # thin spaces count as spaces


def test_every_link_to_a_figure_leads_somewhere(client: FlaskClient) -> None:
    found = set(LINK.findall(page(client, "/trends?lang=en")))
    assert len(found) > 50
    assert [one for one in found if client.get(f"/figures/{one}").status_code != 200] == []


def test_page_says_why_and_names_both_extents(client: FlaskClient) -> None:
    text = page(client, "/trends?lang=en&theme=enterprises")
    assert "Four ways of counting" in text
    assert "/figures/s0_extent_area" in text
    assert "/figures/s1_extent_area" in text


def test_ids_of_the_page_stand_once(client: FlaskClient) -> None:
    ids = re.findall(r'\sid="([^"]+)"', page(client, "/trends?lang=en"))
    assert [one for one in ids if ids.count(one) > 1] == []


def test_theme_of_the_address_chooses_indicators(client: FlaskClient) -> None:
    rows = client.get("/api/trends").get_json()["indicators"]
    for theme in {row["theme"] for row in rows}:
        shown = re.findall(r'<article class="trend" id="trend-([^"]+)"', page(client, f"/trends?theme={theme}"))
        assert shown == [row["id"] for row in rows if row["theme"] == theme]
        chosen = client.get(f"/api/trends?theme={theme}").get_json()
        assert [row["id"] for row in chosen["indicators"]] == shown
        assert chosen["count"] == len(shown)


def test_words_that_nobody_knows_are_refused_or_passed_by(client: FlaskClient) -> None:
    for address in ("/trends?theme=weather", "/api/trends?theme=weather", "/trends.csv?theme=weather"):
        problem = client.get(address, headers={"Accept": "application/json"})
        assert problem.status_code == 400
        assert "extent" in problem.get_data(as_text=True)
    assert client.get("/api/trends?verdict=agrees").status_code == 400
    assert client.get("/trends.csv?colour=red").status_code == 400
    assert client.get("/trends?colour=red").status_code == 200
    assert "/trends" in page(client, "/trends?theme=rings&lang=en")  # a theme without an indicator: a way back


@pytest.mark.parametrize("lang", LANGUAGES)
def test_files_hold_a_row_for_each_figure(client: FlaskClient, lang: str) -> None:
    rows = client.get("/api/trends").get_json()["indicators"]
    ids = [
        one["id"] for row in rows for told in row["lines"] for one in (*told["points"], *told["undated"])
    ]  # fmt: skip
    table = list(csv.reader(io.StringIO(client.get(f"/trends.csv?lang={lang}").get_data().decode("utf-8-sig"))))
    assert [row[3] for row in table[1 : len(ids) + 1]] == ids
    assert table[len(ids) + 1] == []
    answer = client.get(f"/trends.xlsx?lang={lang}")
    (sheet,) = openpyxl.load_workbook(io.BytesIO(answer.get_data())).worksheets
    assert [cell.value for cell in sheet["D"]][1 : len(ids) + 1] == ids
    assert "trends" in answer.headers["Content-Disposition"]
    part = client.get(f"/trends.csv?lang={lang}&theme=extent").get_data(as_text=True)
    assert "s0_extent_area" in part
    assert "s0_gdp" not in part


def test_folder_without_indicators_says_so(tmp_path: Path) -> None:
    client = create_app(Settings(), load_plan(toy.write_toy(tmp_path / "data"))).test_client()
    assert "data/README.md" in page(client, "/trends?lang=en")
    assert page(client, "/trends?lang=en&theme=land")
    assert client.get("/api/trends").get_json()["count"] == 0
    for kind in ("csv", "xlsx"):
        assert client.get(f"/trends.{kind}").status_code == 200


def figure(year: int, value: float, **cells: Any) -> Figure:
    facts: dict[str, Any] = {"metric": "gdp", "unit": "1e8_cny", "qualifier": "", "feature": None} | cells
    return Figure(id=f"f{year}", source="S0", place="p", subject="s", value=value, year=year, note="", **facts)


def trend(*figures: Figure) -> Trend:
    line = IndicatorLine("线", "line", tuple({one.metric for one in figures}))
    return trend_of(Indicator("i", "industries", "指标", "indicator", "", "", (line,)), figures)


def drawn(*figures: Figure, axis: tuple[int, int, int] = (2010, 2030, 5), lang: str = "en") -> Chart:
    found = chart_of(trend(*figures), axis, lang)
    assert found is not None
    return found


def test_chart_stands_by_year_and_value() -> None:
    chart = drawn(figure(2015, 50), figure(2025, 200))  # 5 and 20 CNY billion on an axis from 0 to 20
    assert (chart.unit, [tick.text for tick in chart.values]) == ("CNY billion", ["0", "5", "10", "15", "20"])
    assert [(mark.x, mark.aside) for mark in chart.marks] == [(25, 0), (75, 0)]
    assert chart.marks[1].y == TOP
    assert chart.marks[0].y == pytest.approx(chart.bottom - (chart.bottom - TOP) / 4)
    assert chart.zero == chart.bottom
    (stroke,) = chart.strokes
    assert list(stroke) == [25, chart.marks[0].y, 75, TOP]
    assert [(tick.at, tick.text) for tick in chart.years] == [
        (0, "2010"), (25, "2015"), (50, "2020"), (75, "2025"), (100, "2030"),
    ]  # fmt: skip


def test_chart_of_one_point_is_low_and_of_none_is_none() -> None:
    assert drawn(figure(2015, 50)).bottom == LOW_BOTTOM
    line = IndicatorLine("线", "line", ("gdp",))
    assert chart_of(trend_of(Indicator("i", "industries", "", "", "", "", (line,)), ()), (2010, 2030, 5), "en") is None


@pytest.mark.parametrize(
    ("one", "lang", "unit", "label"),
    [
        (figure(2015, 348.5), "zh", "亿元", "348.5"),
        (figure(2015, 348.5), "en", "CNY billion", "34.85"),
        (figure(2015, 60, qualifier="nearly"), "en", "CNY billion", "nearly 6"),
        (figure(2015, 2600, unit="mu"), "en", "km²", "2,600 mu"),
        (figure(2015, 60, unit="ha"), "en", "km²", "0.6"),
        (figure(2015, 42, unit="%"), "zh", "%", "42%"),
        (figure(2015, 500_000, unit="persons"), "zh", "万人", "50"),
        (figure(2015, 144, unit="count", qualifier="more_than"), "zh", "数量", "144以上"),
        (figure(2015, 3000, unit="1e4_cny_per_mu"), "en", "10,000 CNY per mu", "3,000"),
    ],
)
def test_label_says_the_value_in_the_unit_of_its_axis(one: Figure, lang: str, unit: str, label: str) -> None:
    chart = drawn(one, lang=lang)
    assert chart.unit == unit
    assert chart.marks[0].label is not None
    assert chart.marks[0].label.text == label


@pytest.mark.parametrize(("low", "high"), [(0, 0.003), (1, 7), (12, 98), (100, 100), (-4, 9), (-7, -2), (0, 67_000)])
def test_value_axis_holds_zero_and_every_value_in_few_steps(low: float, high: float) -> None:
    marks = value_axis(low, high)
    assert 0 in marks
    assert marks[0] <= low
    assert high <= marks[-1]
    assert 2 <= len(marks) <= 6
    assert {round(b - a, 9) for a, b in pairwise(marks)} == {round(marks[1] - marks[0], 9)}


def test_year_axis_is_common_and_leaves_room(plan: Plan) -> None:
    assert year_axis(trends(plan)) == (2010, 2030, 5)
    assert year_axis([trend(figure(2010, 1), figure(2019, 1))]) == (2005, 2020, 5)
    assert year_axis([trend(figure(1950, 1), figure(2025, 1))]) == (1940, 2040, 20)
    assert year_axis([]) == (2005, 2025, 5)


def overlaps(spots: list[Spot], labels: list[Label | None], width: float) -> int:
    boxes = [label_box(spot, label, width) for spot, label in zip(spots, labels, strict=True) if label]
    boxes += [spot.box(width) for spot in spots]
    pairs = [(one, other) for number, one in enumerate(boxes) for other in boxes[:number]]
    labelled = len(boxes) - len(spots)
    touching = [
        (one, other)
        for one, other in pairs
        if one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
        and (one in boxes[:labelled] or other in boxes[:labelled])
    ]  # fmt: skip
    return len(touching)


def test_labels_cover_neither_each_other_nor_points() -> None:
    places = ((75, 100, "1,492"), (75, 112, "1,192"), (70, 104, "近 60"), (20, 150, "more than 1,000"))
    spots = [Spot(x, 0, y, text) for x, y, text in places]
    labels = place_labels(spots, [(20, 150, 70, 104)], 184)
    assert None not in labels
    assert [overlaps(spots, labels, width) for width in WIDTHS] == [0] * len(WIDTHS)
    naive: list[Label | None] = [Label(spot.text, "start", 11, 4) for spot in spots]
    assert overlaps(spots, naive, 300) > 0  # the check can fail


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_shipped_point_has_its_label_and_a_place_of_its_own(plan: Plan, lang: str) -> None:
    found = trends(plan)
    axis = year_axis(found)
    for one in found:
        chart = chart_of(one, axis, lang)
        if chart is None:
            continue
        assert [mark.figure.id for mark in chart.marks if mark.label is None] == [], one.indicator.id
        labels = [mark.label for mark in chart.marks]
        spots = [Spot(mark.x, mark.aside, mark.y, mark.label.text) for mark in chart.marks if mark.label]
        assert [overlaps(spots, labels, width) for width in WIDTHS] == [0] * len(WIDTHS), one.indicator.id


def test_marks_on_one_spot_move_aside() -> None:
    assert aside([(50, 100), (50, 101), (50, 99), (50, 130), (60, 100)]) == [0, 7, -7, 0, 0]
