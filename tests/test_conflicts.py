"""Every site against the rules: each once, each with a verdict or a reason, the same on page, in JSON and in tables."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import openpyxl
import pytest
from flask.testing import FlaskClient

from geo.assess import REASONS, Conflicts, check_sites, worst_first
from geo.output.conflicts import REASON_NAMES
from geo.plan import Plan, load_plan
from geo.rules import NOTE, SEVERITY, VERDICT_WORDS
from tests import sitedata, toy
from webapp import create_app
from webapp.settings import Settings

ROOT = Path(__file__).parent.parent
PAGE = {"Accept": "text/html"}
Json = dict[str, Any]


@pytest.fixture(scope="module")
def sites_plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return load_plan(sitedata.write_sites(tmp_path_factory.mktemp("sites") / "data"))


@pytest.fixture(scope="module")
def asked(sites_plan: Plan) -> FlaskClient:
    return create_app(Settings(), sites_plan).test_client()


class Answer(HTMLParser):
    """What the page says: the verdict of each card, the reason of each row, the counts of the head."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.cards: dict[str, str] = {}
        self.rows: dict[str, str] = {}
        self.rules: Counter[tuple[str, str]] = Counter()
        self.counts: dict[str, int] = {}
        self._card = self._counted = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if "data-site" in found:
            self._card = found["data-site"]
            self.cards[self._card] = found["data-worst"]
        elif "data-rule-verdict" in found:
            self.rules[self._card, found["data-rule-verdict"]] += 1
        elif "data-feature" in found:
            self.rows[found["data-feature"]] = found["data-why"]
        self._counted = found.get("data-count", self._counted)

    def handle_data(self, data: str) -> None:
        if self._counted and data.strip():
            self.counts[self._counted] = int(data)
            self._counted = ""


def read(client: FlaskClient, address: str) -> str:
    answer = client.get(address, headers=PAGE)
    assert answer.status_code == 200, address
    return str(answer.text)


def said(client: FlaskClient, words: str = "") -> Json:
    answer = client.get(f"/api/conflicts?{words}")
    assert answer.status_code == 200
    found: Json = answer.get_json()
    return found


def sheets(client: FlaskClient, words: str) -> tuple[list[list[str]], openpyxl.Workbook]:
    text = client.get(f"/conflicts.csv?{words}").data
    assert text.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig"), newline="")))
    return rows, openpyxl.load_workbook(io.BytesIO(client.get(f"/conflicts.xlsx?{words}").data))


def check_law(found: Conflicts) -> None:
    """Each site stands once, with a verdict or with a reason, and the counts add up to all."""
    ids = [site.id for site in found.sites]
    assert len(set(ids)) == len(ids)
    assert all((site.found is None) == bool(site.reason) for site in found.sites)
    assert sum(found.verdicts.values()) == len(found.checked)
    assert sum(found.reasons.values()) == len(found.unchecked)
    assert len(found.checked) + len(found.unchecked) == len(ids)


def test_sites_of_every_kind_have_their_verdict_or_reason(sites_plan: Plan) -> None:
    found = check_sites(sites_plan, sites_plan.view())
    check_law(found)
    assert {site.id: one.verdict for site, one in found.checked} == sitedata.VERDICTS
    assert {site.id: site.reason for site in found.unchecked} == sitedata.REASONS
    rows = {row.id for site in found.sites for row in site.projects}
    assert not rows & set(sitedata.LEFT_OUT)


def test_rows_of_the_ledger_with_one_feature_are_one_site(sites_plan: Plan) -> None:
    found = check_sites(sites_plan, sites_plan.view())
    (factory,) = (site for site in found.sites if site.id == "sites:factory")
    assert tuple(row.id for row in factory.projects) == sitedata.ROWS_OF_FACTORY


def test_checked_sites_and_their_rules_come_worst_first(sites_plan: Plan) -> None:
    found = check_sites(sites_plan, sites_plan.view())
    weights = [SEVERITY[one.verdict] for _site, one in found.checked]
    assert weights == sorted(weights, reverse=True)
    for _site, one in found.checked:
        ordered = worst_first(one.verdicts)
        weights = [-1 if rule.verdict == NOTE else SEVERITY[rule.verdict] for rule in ordered]
        assert weights == sorted(weights, reverse=True)
        assert sorted(rule.rule for rule in ordered) == sorted(rule.rule for rule in one.verdicts)


def test_site_that_a_rule_keeps_is_in_no_conflict_with_itself(sites_plan: Plan) -> None:
    checks = {site.id: one for site, one in check_sites(sites_plan, sites_plan.view()).checked}
    lone = {rule.rule: rule.verdict for rule in checks["parks:lone"].verdicts}
    assert lone["parks_kept"] == "allowed"  # the other parks lie elsewhere
    planned = {rule.rule for rule in checks["parks:planned"].verdicts}
    assert "parks_planned" not in planned  # it keeps this one place alone
    assert "parks_kept" in planned


def test_accuracy_of_the_outline_is_asked_with_it(sites_plan: Plan) -> None:
    """The outline and the shore are known to 50 m each: the edge of a ring moves by the root of both squares."""
    checks = {site.id: one for site, one in check_sites(sites_plan, sites_plan.view()).checked}
    zones = {row.zone: row for row in checks["parks:planned"].zones}
    bound_m = (50**2 + 50**2) ** 0.5
    # 600 m wide, 100 to 700 m from the shore: 400 m of it by the line, and the edge at 500 m moves
    assert zones["ring_1"].share == pytest.approx(400 / 600, abs=1e-5)
    assert zones["ring_1"].low == pytest.approx((400 - bound_m) / 600, abs=1e-4)
    assert zones["ring_1"].high == pytest.approx((400 + bound_m) / 600, abs=1e-4)


@pytest.mark.parametrize(
    ("site", "ring", "ground"),
    [("sites:edge", "ring_1", {"ring_1", "ring_2"}), ("sites:symbol", "ring_3", {"ring_3"})],
)
def test_centre_stands_in_a_ring_certain_or_near(asked: FlaskClient, site: str, ring: str, ground: set[str]) -> None:
    (one,) = (row for row in said(asked)["sites"] if row["id"] == site)
    assert (one["home_zone"], set(one["ground"])) == (ring, ground)
    text = read(asked, "/conflicts?lang=en")
    row = text.split(f'id="{site}"')[1].split("</tr>")[0]
    assert ("certain: " in row) == (len(ground) == 1)
    assert ("near: " in row) == (len(ground) > 1)
    assert "±50 m" in row


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_page_says_what_the_json_says(asked: FlaskClient, lang: str) -> None:
    found, page = said(asked), Answer(read(asked, f"/conflicts?lang={lang}"))
    assert page.cards == sitedata.VERDICTS
    assert page.rows == sitedata.REASONS
    sites = {one["id"]: one for one in found["sites"]}
    assert {name: sites[name]["verdict"] for name in page.cards} == page.cards
    assert {name: sites[name]["reason"] for name in page.rows} == page.rows
    reasons = {name: count for name, count in found["counts"]["reasons"].items() if count}
    assert page.counts == {**found["counts"]["verdicts"], **reasons}
    for name, one in sites.items():
        told = Counter(rule["verdict"] for rule in one["assessment"]["rules"]) if one["checked"] else Counter()
        assert Counter({key: n for (site, key), n in page.rules.items() if site == name}) == told


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_tables_say_what_the_json_says(asked: FlaskClient, lang: str) -> None:
    found, (rows, book) = said(asked), sheets(asked, f"lang={lang}")
    at, total = (0 if lang == "zh" else 1), len(found["sites"])
    head, lines = rows[0], rows[1 : total + 1]
    assert rows[total + 1] == []
    for line, one in zip(lines, found["sites"], strict=True):
        cells = dict(zip(head, line, strict=True))
        verdict, why = (cells[head[n]] for n in (6, 7))
        assert line[0] == one["id"]
        assert verdict == (VERDICT_WORDS[one["verdict"]][at] if one["checked"] else "")
        assert why == (one[f"reason_{lang}"] or "")
        area = line[head.index("面积（平方米）" if lang == "zh" else "area (m2)")]
        assert (float(area) if area else None) == (one["assessment"]["area_m2"] if one["checked"] else None)
    first, second = book.worksheets
    assert [[str(cell.value or "") for cell in row][:8] for row in first.iter_rows(max_row=total + 1)] == [
        row[:8] for row in rows[: total + 1]
    ]
    rules = [(one["id"], rule["id"]) for one in found["sites"] if one["checked"] for rule in one["assessment"]["rules"]]
    written = [(row[0].value, row[2].value) for row in second.iter_rows(min_row=2, max_row=len(rules) + 1)]
    assert sorted(written) == sorted(rules)


def test_tables_run_no_formula(asked: FlaskClient) -> None:
    for lang in ("zh", "en"):
        rows, book = sheets(asked, f"lang={lang}")
        assert any(sitedata.HOSTILE in cell for row in rows for cell in row)
        assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
        assert all(cell.data_type != "f" for page in book for row in page.iter_rows() for cell in row)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_hostile_names_stay_text(asked: FlaskClient, lang: str) -> None:
    text = read(asked, f"/conflicts?lang={lang}")
    assert "<script>alert" not in text
    assert "1337" not in text
    assert text.count("{{ 7*191 }}") >= 2


def test_question_why_shows_the_rows_of_one_reason(asked: FlaskClient) -> None:
    for reason in REASONS:
        rows = Answer(read(asked, f"/conflicts?why={reason}")).rows
        assert rows == {name: why for name, why in sitedata.REASONS.items() if why == reason}
    refused = asked.get("/conflicts?why=weather", headers=PAGE)
    assert refused.status_code == 400
    assert all(reason in refused.text for reason in REASONS)
    assert asked.get("/api/conflicts?why=words").status_code == 400


def test_each_link_of_a_row_leads_somewhere(asked: FlaskClient) -> None:
    text = read(asked, "/conflicts?lang=en").split('<main class="article')[1].split("</main>")[0]
    links = {link.replace("&amp;", "&") for link in re.findall(r'href="(/[^"]+)"', text) if "/static/" not in link}
    places = {link for link in links if link.startswith(("/places/", "/projects", "/?", "/conflicts", "/api"))}
    assert len(places) > 15
    answers = {address: asked.get(address, headers=PAGE) for address in {link.partition("#")[0] for link in places}}
    assert {answer.status_code for answer in answers.values()} == {200}
    for link in places:
        address, _, anchor = link.partition("#")
        assert not anchor or f'id="{unquote(anchor)}"' in answers[address].text, link


def test_view_of_the_address_is_the_view_that_is_checked(asked: FlaskClient) -> None:
    """By 2013 the zone ends 5,000 m from the shore: the silent site at 6,000 m of the middle lies half outside."""
    shares = {}
    for extent in ("2013", "2025"):
        found = said(asked, f"extent={extent}")
        assert found["extent"] == extent
        (one,) = (row for row in found["sites"] if row["id"] == "sites:silent")
        shares[extent] = {zone["id"]: zone["share"] for zone in one["assessment"]["zones"]}["outside"]
    assert shares == {"2013": pytest.approx(0.5, abs=1e-5), "2025": 0}
    assert "extent=2013" in read(asked, "/conflicts?extent=2013").split('id="files"')[1].split("</span>")[0]


def test_answers_are_kept_and_named(asked: FlaskClient) -> None:
    first = asked.get("/api/conflicts")
    again = asked.get("/api/conflicts", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    for kind in ("csv", "xlsx"):
        header = asked.get(f"/conflicts.{kind}?lang=zh").headers["Content-Disposition"]
        assert f'filename="yaohu-atlas-conflicts.{kind}"' in header
        assert "冲突核查" in unquote(header)
    assert asked.get("/conflicts.pdf").status_code == 404


def test_folder_without_rules_judges_nothing_and_says_so(tmp_path: Path) -> None:
    plan = load_plan(sitedata.write_sites(tmp_path / "data", with_rules=False))
    client = create_app(Settings(), plan).test_client()
    found = said(client)
    assert found["has_rules"] is False
    assert found["counts"]["checked"] == 0
    assert found["counts"]["reasons"]["no_rules"] == len(sitedata.VERDICTS)
    for lang in ("zh", "en"):
        assert 'id="no-rules"' in read(client, f"/conflicts?lang={lang}")
        assert len(sheets(client, f"lang={lang}")[0]) > found["counts"]["all"]


def test_folder_without_sites_says_what_would_be_here(tmp_path: Path) -> None:
    layers = {name: rows for name, rows in toy.toy_layers().items() if name != "sites"}
    client = create_app(Settings(), load_plan(toy.write_toy(tmp_path / "data", layers))).test_client()
    assert said(client)["counts"]["all"] == 0
    assert said(client)["sites"] == []
    for lang in ("zh", "en"):
        text = read(client, f"/conflicts?lang={lang}")
        assert 'id="no-sites"' in text
        assert "layer-table" not in text
        assert sheets(client, f"lang={lang}")[0][1] == []


def shipped() -> tuple[dict[str, Json], list[dict[str, str]]]:
    """The features of the shipped files by id, and the rows of the ledger, read by nothing of the atlas."""
    files = sorted((ROOT / "data/layers").glob("*.geojson"))
    found = [one for path in files for one in json.loads(path.read_text("utf-8"))["features"]]
    with (ROOT / "data/facts/projects.csv").open(encoding="utf-8", newline="") as file:
        return {one["properties"]["id"]: one for one in found}, list(csv.DictReader(file))


def second_reading(feature: Json | None, rows: list[dict[str, str]]) -> str:
    """What becomes of a site by its raw files: "checked" or its reason."""
    geometry = feature["geometry"] if feature else None
    if geometry is None:
        named = [row["placed_in"] for row in rows] + [feature["properties"]["placed_in"] if feature else None]
        return "words" if any(named) else "nowhere"
    if geometry["type"] == "Point":
        assert feature is not None
        return "symbol" if feature["properties"]["geometry_basis"] == "symbolic_footprint" else "point"
    return "checked" if geometry["type"] in ("Polygon", "MultiPolygon") else "line"


def test_shipped_sites_by_a_second_reading_of_the_files(plan: Plan, client: FlaskClient) -> None:
    features, rows = shipped()
    groups: dict[str, list[dict[str, str]]] = {name: [] for name in features if name.startswith("sites:")}
    for row in rows:
        if row["feature"] in groups or row["in_zone"] in ("yes", "partly"):
            groups.setdefault(row["feature"] or row["id"], []).append(row)
    expected = {name: second_reading(features.get(name), listed) for name, listed in groups.items()}
    for view in plan.views.values():
        check_law(check_sites(plan, view))
    found = {one["id"]: "checked" if one["checked"] else one["reason"] for one in said(client)["sites"]}
    assert found == expected
    layer = {name: state for name, state in found.items() if name.startswith("sites:")}
    assert {name for name, state in layer.items() if state in ("symbol", "point", "checked")} == {"sites:yaohu_airport"}
    for one in said(client)["sites"]:
        assert sorted(one["projects"]) == sorted(row["id"] for row in groups[one["id"]])


def test_shipped_sites_are_never_better_than_the_layers_that_are_missing(client: FlaskClient) -> None:
    found = said(client)
    checked = [one for one in found["sites"] if one["checked"]]
    assert checked
    assert all(one["verdict"] in ("unknown", "conflict") for one in checked)
    assert set(found["counts"]["reasons"]) == set(REASONS) == set(REASON_NAMES)
    for lang in ("zh", "en"):
        assert read(client, f"/conflicts?lang={lang}").count('class="rule slots"') == len(checked)


def test_shipped_outlines_may_reach_into_more_rings_than_they_are_drawn_in(client: FlaskClient) -> None:
    checked = [one for one in said(client)["sites"] if one["checked"]]
    for one in checked:
        assert one["ground"] == [zone["id"] for zone in one["assessment"]["zones"] if zone["share_high"] > 0]
    drawn = [{zone["id"] for zone in one["assessment"]["zones"] if zone["share"] > 0} for one in checked]
    assert any(set(one["ground"]) > zones for one, zones in zip(checked, drawn, strict=True))


def test_shipped_areas_are_the_same_in_every_file(client: FlaskClient) -> None:
    rows, _book = sheets(client, "lang=en")
    at = [rows[0].index(name) for name in ("area (m2)", "area (mu)")]
    told = {row[0]: [float(row[n]) for n in at] for row in rows[1:] if len(row) > max(at) and row[at[0]]}
    found = {one["id"]: one["assessment"] for one in said(client)["sites"] if one["checked"]}
    assert told == {name: [one["area_m2"], one["area_mu"]] for name, one in found.items()}
