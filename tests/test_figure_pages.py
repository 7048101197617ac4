"""The ledger on pages: every figure leads to its page, which says the same value, unit and source."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from functools import cache, partial
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from geo.plan import Plan, load_plan
from webapp import create_app
from webapp.settings import Settings

ROOT = Path(__file__).parent.parent
LANGUAGES = ("zh", "en")
PAGES = (
    *("/metrics", "/sources", "/about", "/figures", "/reconcile", "/figures?source=S2", "/figures?theme=land"),
    "/trends",
)


class Links(HTMLParser):
    """The links of a page with their texts, and the texts of elements with an id."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self.by_id: dict[str, dict[str, str | None]] = {}
        self._href: str | None = None
        self._words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.by_id[str(given["id"])] = given
        if tag == "a" and given.get("href") and "hreflang" not in given:  # the same page in the other language
            self._href, self._words = str(given["href"]), []

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._href is not None:
            self.links.append((self._href, " ".join("".join(self._words).split())))
            self._href = None


def figure_rows() -> Iterator[dict[str, str]]:
    for name in ("stated_figures", "public_figures"):
        with (ROOT / f"data/facts/{name}.csv").open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


def _read(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.get_data(as_text=True)


def page(client: FlaskClient, address: str) -> Links:
    return Links(_read(client, address))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_figure_pages_say_value_unit_and_source_of_their_row(client: FlaskClient, lang: str) -> None:
    for row in figure_rows():
        found = page(client, f"/figures/{row['id']}?lang={lang}").by_id
        value = found["figure-value"]
        assert float(str(value["data-value"])) == float(row["value"])
        assert value["data-unit"] == row["unit"]
        assert found["figure-source"]["data-source"] == row["source"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_figure_links_of_every_page_lead_to_the_same_value(client: FlaskClient, plan: Plan, lang: str) -> None:
    shown = {}  # figure to the words of its own page
    read = cache(partial(_read, client))  # the page that a link leads to is one of those walked through
    layers = [f"/layers/{layer.id}" for layer in plan.catalogue.layers]
    figures = [f"/figures/{figure.id}" for figure in plan.catalogue.figures]
    followed = 0
    for address in (*PAGES, *layers, *figures):
        mark = "&" if "?" in address else "?"
        for href, text in Links(read(f"{address}{mark}lang={lang}")).links:
            match = re.fullmatch(r"/figures/([a-z0-9_.]+)", urlsplit(href).path)
            if match is None:
                continue
            if match[1] not in shown:
                shown[match[1]] = _value_text(read(href), href)
            # A chip names the row of the ledger; every other link shows the value itself.
            assert text in (shown[match[1]], match[1]), f"{address} -> {href}"
            followed += 1
    assert set(shown) >= {row["id"] for row in figure_rows()}
    assert followed > 2 * len(shown)


def _value_text(text: str, address: str) -> str:
    found = re.search(r'<b id="figure-value"[^>]*>(.*?)</b>', text)
    assert found is not None, address
    return " ".join(found[1].split())


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """The app on a copy of the data in which the extent of 2025 is one square kilometre more."""
    import shutil

    folder = Path(shutil.copytree(ROOT / "data", tmp_path_factory.mktemp("changed") / "data"))
    path = folder / "facts/stated_figures.csv"
    text = path.read_text("utf-8")
    assert text.count(",area,286,km2,") == 1
    path.write_text(text.replace(",area,286,km2,", ",area,287,km2,"), "utf-8")
    return create_app(Settings(data=folder), load_plan(folder)).test_client()


@pytest.mark.parametrize(
    "address",
    ["/metrics", "/layers/extent_2025", "/reconcile", "/figures", "/figures/s1_extent_area", "/figures/s0_extent_area"],
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_figure_changed_by_one_changes_every_page_that_shows_it(
    client: FlaskClient, changed: FlaskClient, address: str, lang: str
) -> None:
    unit = {"zh": "平方公里", "en": "km²"}[lang]
    before, after = (one.get(f"{address}?lang={lang}").get_data(as_text=True) for one in (client, changed))
    assert f"286 {unit}" in before
    assert f"287 {unit}" not in before
    assert f"287 {unit}" in after
    assert f"286 {unit}" not in after


def test_figure_changed_by_one_changes_every_answer_that_holds_it(client: FlaskClient, changed: FlaskClient) -> None:
    for address in ("/api/figures", "/api/reconcile", "/api/metrics", "/api/layers/extent_2025"):
        before, after = (one.get(address).get_data(as_text=True) for one in (client, changed))
        assert '"value":286,"unit":"km2"' in before
        assert '"value":287,"unit":"km2"' in after
        assert '"value":286,"unit":"km2"' not in after
    rows = {row["id"]: row for row in changed.get("/api/reconcile").get_json()["rows"]}
    assert rows["s1_extent_area"]["stated"] == 287e6
    assert rows["extent_change"]["stated"] == (287 - 231) * 1e6


def test_figure_change_turns_the_verdict_where_it_should(data_copy: Path) -> None:
    # The Science Island measures 6.69 km2 with a bound of about 2.03: 4 km2 lies beyond it, 5 within.
    path = data_copy / "facts/public_figures.csv"
    text = path.read_text("utf-8")
    verdicts = {}
    for value in ("5", "4"):
        path.write_text(re.sub(r"(?m)^(p_science_island_area,.*,area,)6(,km2)", rf"\g<1>{value}\g<2>", text), "utf-8")
        client = create_app(Settings(data=data_copy), load_plan(data_copy)).test_client()
        rows = {row["id"]: row["verdict"] for row in client.get("/api/reconcile").get_json()["rows"]}
        verdicts[value] = rows["p_science_island_area"]
    assert verdicts == {"5": "agrees", "4": "doubtful"}


def test_figures_api_filters_and_refuses(client: FlaskClient) -> None:
    whole = client.get("/api/figures").get_json()
    of_s3 = client.get("/api/figures?source=S3").get_json()
    assert of_s3["count"] == len(of_s3["figures"]) == sum(row["source"] == "S3" for row in figure_rows())
    assert whole["count"] > of_s3["count"] > 0
    ecology = client.get("/api/figures?source=S1&theme=ecology").get_json()["figures"]
    assert {one["theme"] for one in ecology} == {"ecology"}
    assert client.get("/api/figures?feature=water:yaohu").get_json()["figures"][0]["value"] == 15.25
    for words in ("source=S9", "theme=luck", "metric=luck", "feature=water:x", "project=s2_999", "colour=red"):
        answer = client.get(f"/api/figures?{words}")
        assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")


def test_projects_api_counts_and_sums(client: FlaskClient) -> None:
    annex = [row for row in client.get("/api/projects?source=S2").get_json()["projects"] if row["no"]]
    assert len(annex) == 125
    assert sum(row["investment_1e4_cny"] for row in annex) == 58_681_501
    in_zone = client.get("/api/projects?in_zone=yes").get_json()
    assert {row["in_zone"] for row in in_zone["projects"]} == {"yes"}
    assert in_zone["sum_of_rows_1e4_cny"] >= in_zone["without_parts_1e4_cny"]
    assert client.get("/api/projects?in_zone=perhaps").status_code == 400


def test_figure_that_does_not_exist_is_a_clear_404(client: FlaskClient) -> None:
    answer = client.get("/figures/s9_nothing?lang=en", headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert "/figures" in json.dumps(answer.get_json())


def test_reconcile_page_lists_what_the_api_lists(client: FlaskClient) -> None:
    rows = client.get("/api/reconcile").get_json()
    text = client.get("/reconcile?lang=en").get_data(as_text=True)
    assert re.findall(r'<tr id="([^"]+)" data-row=', text).__len__() == len(rows["rows"])
    assert set(re.findall(r'<tr id="([^"]+)" data-row=', text)) == {row["id"] for row in rows["rows"]}
    for verdict, count in rows["counts"].items():
        shown = client.get(f"/reconcile?verdict={verdict}").get_data(as_text=True)
        assert len(re.findall(r'<tr id="[^"]+" data-row=', shown)) == count
    assert client.get("/reconcile?verdict=perhaps").status_code == 400
    assert client.get("/reconcile.csv?verdict=doubtful").status_code == 400  # the files hold every row


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_reconcile_files_hold_every_row(client: FlaskClient, kind: str) -> None:
    answer = client.get(f"/reconcile.{kind}?lang=zh")
    assert answer.status_code == 200
    rows = client.get("/api/reconcile").get_json()["rows"]
    if kind == "csv":
        cells = list(csv.reader(answer.get_data().decode("utf-8-sig").splitlines()))
        assert [row[0] for row in cells[1 : len(rows) + 1]] == [row["id"] for row in rows]
        assert float(cells[1][10]) == rows[0]["stated"]
    else:
        assert answer.get_data()[:2] == b"PK"
