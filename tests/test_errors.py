"""Refusals: RFC 9457 for programs, one page for people, in the reader's language, with nothing of the inside."""

from __future__ import annotations

import ast
import json
import pickle
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from geo.errors import CrsError, DataError, Fault, GeoError, GeometryError, LimitError, UnplacedError
from geo.plan import Plan
from webapp import create_app
from webapp.errors import busy
from webapp.settings import Settings

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
WEBAPP = Path(__file__).parent.parent / "webapp"
SECRET = "/srv/secret/place.py"


@pytest.fixture(scope="module")
def app(plan: Plan) -> Flask:
    made = create_app(Settings(), plan)

    @made.get("/api/fault")
    @made.get("/fault")
    def fault() -> str:
        raise RuntimeError(f"in {SECRET}")

    @made.get("/api/unmeasurable")
    def unmeasurable() -> str:
        raise GeometryError("A ring is open.", "环未闭合。")

    @made.get("/api/too-much")
    def too_much() -> str:
        raise LimitError("Too many.", "过多。", limit="features", most=2000)

    @made.get("/api/unplaced")
    def unplaced() -> str:
        raise UnplacedError("Looks like metres.", "像是米。", choices=("EPSG:4548", "EPSG:4527"))

    @made.get("/api/datum")
    def datum() -> str:
        raise CrsError("Not taken.", "不接受。")

    @made.get("/api/busy")
    def too_busy() -> str:
        raise busy(7)

    @made.post("/api/read")
    def read() -> str:
        from flask import request

        return str(len(request.get_data()))

    return made


def problem_of(response: TestResponse) -> dict[str, object]:
    assert response.content_type == "application/problem+json"
    problem = json.loads(response.get_data(as_text=True))
    assert problem["status"] == response.status_code
    assert {"type", "title", "detail"} <= set(problem)
    assert problem["title"]
    assert problem["detail"]
    return dict(problem)


@pytest.mark.parametrize("path", ["/api/nothing", "/api/layers/nothing", "/export/nothing.geojson", "/api/"])
def test_errors_unknown_address_of_the_api_is_a_problem(client: FlaskClient, path: str) -> None:
    assert problem_of(client.get(path))["status"] == 404


def test_errors_api_answers_json_even_to_a_browser(client: FlaskClient) -> None:
    assert problem_of(client.get("/api/layers/nothing", headers=HTML))["status"] == 404


@pytest.mark.parametrize("path", ["/nothing", "/static/nothing.js", "/static/../webapp/__init__.py", "/about/more"])
def test_errors_browser_gets_the_page(client: FlaskClient, path: str) -> None:
    response = client.get(path, headers=HTML)
    assert response.status_code == 404
    assert response.content_type == "text/html; charset=utf-8"
    assert "<html" in response.get_data(as_text=True)


def test_errors_program_without_html_in_accept_gets_json(client: FlaskClient) -> None:
    assert problem_of(client.get("/nothing", headers={"Accept": "*/*"}))["status"] == 404


@pytest.mark.parametrize(
    ("accepted", "is_page"),
    [
        ("text/html", True),
        ("text/html;q=0.1", True),
        ("application/xhtml+xml", True),
        ("TEXT/HTML;level=1", True),
        ("text/html, application/json", True),
        ("text/html, */*;q=0.8", True),
        ("text/html;q=0", False),
        ("text/html;q=0, */*", False),
        ("text/html;q=0.1, application/json", False),
        ("text/html;q=0.5, application/problem+json;q=0.6", False),
        ("application/json", False),
        ("text/*", False),
        ("", False),
    ],
)
def test_errors_page_or_json_follows_the_weights_of_accept(client: FlaskClient, accepted: str, is_page: bool) -> None:
    response = client.get("/nothing", headers={"Accept": accepted})
    assert response.mimetype == ("text/html" if is_page else "application/problem+json")
    assert "Accept" in response.headers["Vary"].split(", ")


@pytest.mark.parametrize(
    ("words", "accepted", "lang"),
    [
        ("?lang=zh", "en", "zh"),
        ("?lang=en", "zh-CN", "en"),
        ("", "en-GB,en;q=0.9,zh;q=0.5", "en"),
        ("", "zh-CN,zh;q=0.9,en;q=0.5", "zh"),
        ("", "fr", "zh"),
        ("", "", "zh"),
        ("", "zh;q=0, *", "en"),
        ("", "*, zh;q=0", "en"),
        ("", "en;q=0, *", "zh"),
        ("", "zh;q=0", "en"),
        ("", "zh;q=0, en;q=0", "zh"),
        ("", "en;q=0.1, *;q=0.9", "zh"),
        ("", "*;q=0.9, en", "en"),
        ("", "zh-TW;q=0, zh;q=0.2, en;q=0.1", "zh"),
    ],
)
def test_errors_speak_the_readers_language(client: FlaskClient, words: str, accepted: str, lang: str) -> None:
    response = client.get(f"/api/nothing{words}", headers={"Accept-Language": accepted})
    problem = problem_of(response)
    assert response.headers["Content-Language"] == problem["lang"] == lang
    assert "Accept-Language" in response.headers["Vary"]
    has_chinese = re.search("[\u4e00-\u9fff]", f"{problem['title']}{problem['detail']}") is not None
    assert has_chinese == (lang == "zh")


@pytest.mark.parametrize("path", ["/api/fault", "/fault"])
@pytest.mark.parametrize("headers", [HTML, {}])
def test_errors_unforeseen_fault_shows_a_support_number_and_nothing_of_the_inside(
    client: FlaskClient, caplog: pytest.LogCaptureFixture, path: str, headers: dict[str, str]
) -> None:
    response = client.get(f"{path}?lang=en", headers=headers)
    text = response.get_data(as_text=True)
    assert response.status_code == 500
    for inside in (SECRET, "RuntimeError", "Traceback", ".py"):
        assert inside not in text
    number = re.search(r"support number ([0-9a-f]{8})", caplog.text)
    assert number is not None
    assert number.group(1) in text
    assert SECRET in caplog.text  # the log has what the answer hides


def test_errors_support_numbers_differ(client: FlaskClient) -> None:
    assert len({problem_of(client.get("/api/fault"))["support"] for _ in range(5)}) == 5


def test_errors_broken_page_falls_back_to_json(client: FlaskClient, app: Flask) -> None:
    kept = app.jinja_env.globals.pop("asset")
    try:
        response = client.get("/nothing", headers=HTML)
    finally:
        app.jinja_env.globals["asset"] = kept
    assert response.status_code == 404
    assert problem_of(response)["status"] == 404


def test_errors_geometry_is_unprocessable_and_says_why(client: FlaskClient) -> None:
    problem = problem_of(client.get("/api/unmeasurable?lang=zh"))
    assert (problem["status"], problem["detail"]) == (422, "环未闭合。")


def test_errors_other_geo_errors_are_bad_requests(client: FlaskClient) -> None:
    problem = problem_of(client.get("/api/datum?lang=en"))
    assert (problem["status"], problem["detail"]) == (400, "Not taken.")


@pytest.mark.parametrize("path", ["/api/layers", "/healthz", "/export/all.geojson"])
def test_errors_wrong_method_keeps_allow(client: FlaskClient, path: str) -> None:
    response = client.delete(path)
    assert problem_of(response)["status"] == 405
    assert {"GET", "HEAD"} <= {word.strip() for word in response.headers["Allow"].split(",")}


def test_errors_strange_method_is_shown_without_harm(client: FlaskClient) -> None:
    response = client.open("/api/layers?lang=en", method="<B>" + "X" * 500)
    assert len(str(problem_of(response)["detail"])) < 200


def test_errors_body_over_the_limit_is_too_large(client: FlaskClient) -> None:
    assert client.post("/api/read", data=b"x" * 16 * 1024).get_data() == b"16384"
    assert problem_of(client.post("/api/read", data=b"x" * (16 * 1024 + 1)))["status"] == 413


def test_errors_are_not_kept_by_caches(client: FlaskClient) -> None:
    assert client.get("/api/nothing").headers["Cache-Control"] == "no-store"


def test_errors_head_has_no_body(client: FlaskClient) -> None:
    response = client.head("/api/nothing")
    assert response.status_code == 404
    assert response.get_data() == b""


@pytest.mark.parametrize("path", ["/", "/nothing", "/api/layers"])
def test_errors_host_that_cannot_be_is_refused_with_the_usual_answer(client: FlaskClient, path: str) -> None:
    response = client.get(path, headers={**HTML, "Host": "a" * 3000})
    assert response.status_code == 400
    assert response.mimetype == ("application/problem+json" if path == "/api/layers" else "text/html")
    assert "Content-Security-Policy" in response.headers


@pytest.mark.parametrize("host", ["evil.example", "evil.example:99999", "[::1", "evil.example/<script>"])
@pytest.mark.parametrize(
    "path", ["/", "//about", "/about/", "/api/layers/", "/nothing", "//evil.example/about", "/\\evil.example"]
)
def test_errors_host_of_the_reader_enters_no_answer(client: FlaskClient, host: str, path: str) -> None:
    headers = {**HTML, "Host": host, "X-Forwarded-Host": "evil.example"}
    response = client.get("/", headers=headers, environ_overrides={"PATH_INFO": path})
    assert "Location" not in response.headers
    assert "evil.example" not in str(response.headers)
    text = response.get_data(as_text=True)
    assert "evil.example" not in text.replace("/evil.example?", "").replace(
        "/evil.example/about?", ""
    )  # a path of ours
    assert re.findall(r"""(?:src|href|action)=["']?(?:https?:)?[/\\]{2}""", text) == []


def is_refusal(node: ast.AST | None) -> bool:
    """Whether a node is a number that is an error status."""
    return isinstance(node, ast.Constant) and isinstance(node.value, int) and 400 <= node.value < 600


def refusals_in(source: str) -> Iterator[int]:
    """The lines of a module that make an error status, or look for one."""
    for node in ast.walk(ast.parse(source)):
        suspects: list[ast.AST | None] = []
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            suspects += node.args if called in ("Problem", "Response", "abort") else []
            suspects += [word.value for word in node.keywords if word.arg in ("status", "status_code", "code")]
        elif isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple):
            suspects += node.value.elts
        elif isinstance(node, ast.Compare) and "status" in ast.unparse(node):
            suspects += [part for each in (node.left, *node.comparators) for part in ast.walk(each)]
        elif isinstance(node, ast.Assign) and "status" in ast.unparse(node.targets[0]):
            suspects.append(node.value)
        if any(is_refusal(suspect) for suspect in suspects):
            yield node.lineno  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", sorted(WEBAPP.rglob("*.py")), ids=lambda path: path.stem)
def test_errors_statuses_of_refusals_stand_in_one_module(path: Path) -> None:
    lines = list(refusals_in(path.read_text(encoding="utf-8")))
    assert bool(lines) == (path.name == "errors.py")


@pytest.mark.parametrize(
    "source",
    [
        "raise Problem(404, 'x', 'y')",
        "flask.abort(403)",
        "answer = Response(b'', status=503)",
        "response.status_code = 412",
        "def f():\n    return '', 413",
        "if response.status_code in (416, 200): pass",
    ],
)
def test_errors_status_elsewhere_is_found(source: str) -> None:
    assert list(refusals_in(source))


def test_errors_of_a_file_name_the_limit_or_the_systems_to_choose_from(client: FlaskClient) -> None:
    over = problem_of(client.get("/api/too-much"))
    assert (over["status"], over["limit"], over["most"]) == (413, "features", 2000)
    lost = problem_of(client.get("/api/unplaced"))
    assert (lost["status"], lost["possible"]) == (422, ["EPSG:4548", "EPSG:4527"])


@pytest.mark.parametrize(
    "error",
    [
        CrsError("Not taken.", "不接受。"),
        UnplacedError("Metres?", "米？", ("EPSG:4548",)),
        LimitError("Too many.", "过多。", limit="features", most=2000),
        DataError([Fault("a.json", "key", "is 1.", "为 1。", "take it out.", "删去。")]),
    ],
)
def test_errors_come_whole_out_of_another_process(error: GeoError) -> None:
    back = pickle.loads(pickle.dumps(error))
    assert type(back) is type(error)
    assert (str(back), vars(back)) == (str(error), vars(error))


@pytest.mark.parametrize(("lang", "title"), [("en", "Busy"), ("zh", None)])
def test_errors_busy_server_tells_when_to_ask_again(client: FlaskClient, lang: str, title: str | None) -> None:
    response = client.get(f"/api/busy?lang={lang}")
    problem = problem_of(response)
    assert (problem["status"], problem["code"], response.headers["Retry-After"]) == (503, "busy", "7")
    assert title in (None, problem["title"])
