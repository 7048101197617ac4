"""The search box's questions over HTTP."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize(
    ("text", "feature_id"),
    [("科学岛", "science_island:island"), ("yhkxd", "science_island:island"), ("Aixi Lake", "water:aixihu")],
)
def test_search_finds_by_name(client: FlaskClient, text: str, feature_id: str) -> None:
    answer = client.get("/api/search", query_string={"q": text})
    assert answer.status_code == 200
    assert answer.get_json()["features"][0]["id"] == feature_id


def test_search_reads_positions(client: FlaskClient) -> None:
    (found,) = client.get("/api/search", query_string={"q": "28.7, 116.05"}).get_json()["positions"]
    assert (found["lon"], found["lat"]) == (116.05, 28.7)


@pytest.mark.parametrize("text", ["%ff%fe", "%00", "{{7*191}}", "<script>", "'; drop", "%E7%91", "＝"])
def test_search_odd_text_finds_nothing_calmly(client: FlaskClient, text: str) -> None:
    answer = client.get(f"/api/search?q={text}")
    assert answer.status_code == 200
    assert "1337" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("query", ["", "q=", "q=%20", "q=" + "a" * 201, "q=a&q=b", "q=a&x=1"])
@pytest.mark.parametrize(("lang", "title"), [("zh", "请求无法识别"), ("en", "Request not understood")])
def test_search_bad_questions_are_problems(client: FlaskClient, query: str, lang: str, title: str) -> None:
    answer = client.get(f"/api/search?{query}&lang={lang}")
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"
    assert answer.get_json()["title"] == title
