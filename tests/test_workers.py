"""The processes behind heavy questions: same answers, refusals when busy or too slow, nobody left behind."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from flask import Flask

from geo.assess import Answer, Question, answer
from geo.errors import GeometryError, LimitError, UnplacedError
from geo.plan import Plan
from tests.running import running_atlas
from webapp import create_app
from webapp.assess.workers import WorkerLimits, Workers
from webapp.errors import Problem
from webapp.server import make_server
from webapp.settings import Settings

ROOT = Path(__file__).parent.parent
LIMIT_S = 60  # a test that waits longer has failed; it is no promise
PAUSE_S = 0.05


def question(*rings: list[list[float]]) -> Question:
    """Every ring as a site of its own."""
    features = [
        {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [ring]}} for ring in rings
    ]
    data = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    return Question(data, None, None, "2025", "shore_belt", each=True)


def box(lon: float, lat: float, side: float = 0.001) -> list[list[float]]:
    return [[lon, lat], [lon + side, lat], [lon + side, lat + side], [lon, lat + side]]


LIGHT = question(box(116.03, 28.70))


def heavy(count: int) -> Question:
    """Some ten milliseconds of work a site."""
    return question(*(box(115.95 + (step % 50) * 0.003, 28.65 + (step // 50) * 0.003) for step in range(count)))


@contextmanager
def working(app: Flask, plan: Plan, limits: WorkerLimits) -> Iterator[Workers]:
    """Workers of these limits, in a request that gives their refusals a language."""
    workers = Workers(plan, limits)
    with app.test_request_context("/?lang=en"):
        try:
            yield workers
        finally:
            workers.stop()


def refusal(workers: Workers, asked: Question) -> Problem:
    with pytest.raises(Problem) as caught:
        workers.ask(asked)
    return caught.value


def asked_until_answered(workers: Workers, asked: Question) -> Answer:
    """The answer, asked for again as a reader would that is told to."""
    for _ in range(int(LIMIT_S / PAUSE_S)):
        try:
            return workers.ask(asked)
        except Problem as problem:
            if problem.code != "busy":
                raise
            time.sleep(PAUSE_S)
    raise AssertionError("the workers never came back")


def processes() -> set[int]:
    """The running processes that this one has started."""
    return {one.pid for one in multiprocessing.active_children() if one.pid is not None}


def test_workers_answer_as_this_process_does(app: Flask, plan: Plan) -> None:
    before = processes()
    with working(app, plan, WorkerLimits()) as workers:
        assert processes() == before  # nothing starts before the first question
        assert workers.ask(LIGHT) == answer(plan, LIGHT)
        assert len(processes() - before) == 2
    assert processes() <= before


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b'{"type":"Point","coordinates":[116,28.7]}', GeometryError),
        (b'{"type":"Polygon","coordinates":[[[406000,3176000],[406100,3176000],[406100,3176100]]]}', UnplacedError),
        (b'{"type":"FeatureCollection","features":[' + b"null," * 3000 + b"null]}", LimitError),
    ],
)
def test_workers_raise_what_the_plan_raises(app: Flask, plan: Plan, data: bytes, kind: type[Exception]) -> None:
    asked = Question(data, None, None, "2025", "shore_belt")
    with pytest.raises(kind) as here:
        answer(plan, asked)
    with pytest.raises(kind) as there:
        app.extensions["atlas_workers"].ask(asked)
    facts = vars(here.value)
    assert str(there.value) == str(here.value)
    assert {name: vars(there.value)[name] for name in facts} == facts


def test_workers_end_what_takes_too_long_and_go_on(app: Flask, plan: Plan) -> None:
    with working(app, plan, WorkerLimits(processes=1, waiting=0, seconds=2)) as workers:
        workers.ask(LIGHT)
        first = processes()
        problem = refusal(workers, heavy(2000))
        assert (problem.code, problem.members["limit"], problem.members["most"]) == ("too_slow", "seconds", 2)
        assert "2 seconds" in problem.detail
        assert asked_until_answered(workers, LIGHT) == answer(plan, LIGHT)
        assert processes() != first


def test_setting_of_the_time_reaches_the_answer(plan: Plan) -> None:
    app = create_app(Settings(answer_seconds=1), plan)
    try:
        asked = heavy(2000).data
        sent = {"data": asked, "content_type": "application/geo+json"}
        response = app.test_client().post("/api/assess?each=true&lang=zh", **sent)
    finally:
        app.extensions["atlas_workers"].stop()
    assert response.status_code == 422
    assert json.loads(response.get_data())["code"] == "too_slow"


def test_workers_refuse_more_than_run_and_wait(app: Flask, plan: Plan) -> None:
    with working(app, plan, WorkerLimits(processes=1, waiting=1)) as workers:
        workers.ask(LIGHT)
        together = threading.Barrier(5)

        def ask(_number: int) -> str:
            with app.test_request_context("/?lang=en"):
                together.wait(LIMIT_S)
                try:
                    return f"answered {len(workers.ask(heavy(120)).sites)}"
                except Problem as problem:
                    return f"{problem.code}, again after {problem.retry_after_s}"

        with ThreadPoolExecutor(5) as crowd:
            told = sorted(crowd.map(ask, range(5)))
        assert told == ["answered 120"] * 2 + ["busy, again after 5"] * 3
        assert workers.ask(LIGHT).sites


def test_worker_that_dies_is_a_refusal_and_the_next_question_works(app: Flask, plan: Plan) -> None:
    asked, is_refused = heavy(2000), threading.Event()
    before = processes()

    def kill() -> None:
        """Whichever process has the question, this ends it in the middle."""
        while not is_refused.wait(0.3):
            for own in processes() - before:
                with suppress(ProcessLookupError):
                    os.kill(own, signal.SIGKILL)

    with working(app, plan, WorkerLimits(processes=1, waiting=0)) as workers:
        workers.ask(LIGHT)
        killer = threading.Thread(target=kill)
        killer.start()
        problem = refusal(workers, asked)
        is_refused.set()
        killer.join()
        assert (problem.code, problem.retry_after_s) == ("busy", 5)
        assert asked_until_answered(workers, LIGHT).sites


def test_workers_that_died_idle_are_replaced(app: Flask, plan: Plan) -> None:
    before = processes()
    with working(app, plan, WorkerLimits()) as workers:
        workers.ask(LIGHT)
        for own in processes() - before:
            os.kill(own, signal.SIGKILL)
        assert asked_until_answered(workers, LIGHT).sites
    assert processes() <= before


def test_stopped_workers_refuse(app: Flask, plan: Plan) -> None:
    with working(app, plan, WorkerLimits()) as workers:
        workers.ask(LIGHT)
        workers.stop()
        assert refusal(workers, LIGHT).code == "busy"


def test_stop_refuses_whoever_waits(app: Flask, plan: Plan) -> None:
    with working(app, plan, WorkerLimits(processes=1)) as workers:
        workers.ask(LIGHT)
        stopper = threading.Timer(0.3, workers.stop)
        stopper.start()
        assert refusal(workers, heavy(2000)).code == "busy"
        stopper.join()


def test_start_waits_for_what_comes_first(app: Flask, plan: Plan) -> None:
    before = processes()
    with working(app, plan, WorkerLimits()) as workers:
        first: Future[None] = Future()
        workers.start(after=first)
        assert processes() == before
        first.set_result(None)
        assert len(processes() - before) == 2
    late = Workers(plan)
    late.stop()
    late.start(after=first)  # the server ended before its page was drawn
    assert processes() <= before


# The server


def listed() -> Iterator[tuple[int, int, str]]:
    """(process, parent, state) of every process: as Linux shows them, else as `ps` does, which POSIX asks for."""
    if not Path("/proc/self/stat").exists():
        table = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,stat="], capture_output=True, text=True, check=True)
        yield from ((int(own), int(parent), state) for own, parent, state in map(str.split, table.stdout.splitlines()))
        return
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(FileNotFoundError, ProcessLookupError):
            state, parent = path.read_text().rpartition(")")[2].split()[:2]
            yield int(path.parent.name), int(parent), state


def family(root: int) -> set[int]:
    """The processes that come from `root`, itself included; what has ended and waits to be collected does not count."""
    parents = {own: parent for own, parent, state in listed() if not state.startswith("Z")}
    found = {root} & parents.keys()
    while more := {one for one, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def alive(ids: set[int]) -> set[int]:
    return {one for one in ids if family(one)}


@pytest.mark.parametrize(("number", "sites"), [(signal.SIGTERM, 100), (signal.SIGKILL, 2000)])
def test_server_that_ends_leaves_no_process(tmp_path: Path, number: signal.Signals, sites: int) -> None:
    """Told to end, or killed in the middle of a long answer, which nobody gets then."""
    with running_atlas(ROOT / "data", tmp_path) as atlas:
        assert post(f"{atlas.url}/api/assess", LIGHT)[0] == 200
        members = family(atlas.process.pid)
        assert len(members) >= 3  # the server and two workers
        with ThreadPoolExecutor(1) as crowd:
            under_way = crowd.submit(post, f"{atlas.url}/api/assess?each=true", heavy(sites))
            time.sleep(0.5)
            atlas.process.send_signal(number)
            atlas.process.wait(LIMIT_S)
            if number is signal.SIGKILL:
                assert under_way.exception(LIMIT_S) is not None
        for _ in range(int(LIMIT_S / PAUSE_S)):
            if not alive(members):
                break
            time.sleep(PAUSE_S)
        assert alive(members) == set()
    assert "Traceback" not in (tmp_path / "server.log").read_text()


def many_parts(count: int) -> bytes:
    """A site of many squares: as a file some seconds of work."""
    squares = [box(115.95 + (step % 50) * 0.003, 28.65 + (step // 50) * 0.003) for step in range(count)]
    return json.dumps({"type": "MultiPolygon", "coordinates": [[[*ring, ring[0]]] for ring in squares]}).encode()


def test_reader_who_hangs_up_frees_the_worker(plan: Plan) -> None:
    """A real server and a real connection: the process that made the file is ended, and the next reader is served."""
    app = create_app(Settings(), plan)
    workers = app.extensions["atlas_workers"] = Workers(plan, WorkerLimits(processes=1, waiting=0, seconds=LIMIT_S))
    server = make_server(app, "127.0.0.1", 0)
    threading.Thread(target=server.run, daemon=True).start()
    url, before = f"http://127.0.0.1:{server.effective_port}", processes()
    try:
        assert status_of(f"{url}/export/water.kml") == 200  # the process has started
        first = processes() - before
        sent = many_parts(8000)
        with socket.create_connection(("127.0.0.1", server.effective_port), timeout=1) as reader:
            head = f"POST /export/site.gpkg HTTP/1.1\r\nHost: x\r\nContent-Length: {len(sent)}\r\n"
            reader.sendall(f"{head}Content-Type: application/geo+json\r\n\r\n".encode() + sent)
            with pytest.raises(TimeoutError):  # neither an answer nor a refusal: it is being worked on
                reader.recv(1)
            assert status_of(f"{url}/export/metro.kml") == 503
        assert until_served(url)
        assert len(first) == 1
        assert not first & processes()
    finally:
        workers.stop()
        server.close()


def status_of(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=LIMIT_S) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code


def until_served(url: str) -> bool:
    """Whether a file comes at last, asked for again and again."""
    for _ in range(int(LIMIT_S / PAUSE_S)):
        if status_of(f"{url}/export/roads.kml") == 200:
            return True
        time.sleep(PAUSE_S)
    return False


def test_light_pages_are_answered_while_heavy_questions_run(tmp_path: Path) -> None:
    """Eight at once, as many as the server has threads: four are taken, others refused, and health asked meanwhile."""
    with running_atlas(ROOT / "data", tmp_path) as atlas, ThreadPoolExecutor(8) as crowd:
        assert post(f"{atlas.url}/api/assess", LIGHT)[0] == 200
        asked = [crowd.submit(post, f"{atlas.url}/api/assess?each=true", heavy(110)) for _ in range(8)]
        deadline = time.monotonic() + LIMIT_S
        while not any(one.done() for one in asked) and time.monotonic() < deadline:
            time.sleep(PAUSE_S / 5)
        for _ in range(5):
            with urllib.request.urlopen(f"{atlas.url}/healthz", timeout=LIMIT_S) as response:
                assert json.load(response)["status"] == "ok"
        assert not all(one.done() for one in asked)
        wait(asked, LIMIT_S)
        told = [one.result() for one in asked]
        assert {status for status, _ in told} == {200, 503}
        assert [status for status, _ in told].count(200) >= 4
        assert {again for status, again in told if status == 503} == {"5"}
        assert post(f"{atlas.url}/api/assess", LIGHT)[0] == 200


def post(url: str, asked: Question) -> tuple[int, str | None]:
    """The status of an answer and its Retry-After."""
    sent = urllib.request.Request(url, asked.data, {"Content-Type": "application/geo+json"})
    try:
        with urllib.request.urlopen(sent, timeout=LIMIT_S) as response:
            response.read()
            return response.status, None
    except urllib.error.HTTPError as error:
        return error.code, error.headers["Retry-After"]
