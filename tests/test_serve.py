"""`python -m webapp` as the operator meets it, and the commands around it."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.running import Atlas, free_port
from tests.test_security import assert_secure

ROOT = Path(__file__).parent.parent
LIMIT_S = 60  # a test that waits longer has failed; it is no promise


def start(**environment: str) -> subprocess.Popen[str]:
    settings = {"HOST": "127.0.0.1", "PORT": str(free_port()), "DATA": str(ROOT / "data"), **environment}
    return subprocess.Popen(
        [sys.executable, "-m", "webapp"],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
    )


@contextmanager
def started(**environment: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The process and the line that it prints once it listens."""
    process = start(**environment)
    assert process.stdout is not None
    try:
        yield process, process.stdout.readline().strip()
    finally:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=LIMIT_S)


def refused(**environment: str) -> tuple[int, str]:
    process = start(**environment)
    out, err = process.communicate(timeout=LIMIT_S)
    assert out == ""
    assert "Traceback" not in err
    return process.returncode, err


def test_serve_address_is_printed_once_it_answers() -> None:
    with started() as (_, line):
        address = re.fullmatch(r"瑶湖规划图集 Yaohu Planning Atlas: (http://127\.0\.0\.1:\d+/)", line)
        assert address is not None
        with urllib.request.urlopen(f"{address.group(1)}healthz", timeout=LIMIT_S) as response:
            assert json.load(response)["status"] == "ok"
            assert "Server" not in response.headers
        with urllib.request.urlopen(address.group(1), timeout=LIMIT_S) as response:
            assert 'id="atlas-map"' in response.read().decode()


def test_serve_port_zero_takes_a_free_port_and_names_it() -> None:
    with started(PORT="0") as (_, line):
        port = int(line.rstrip("/").rpartition(":")[2])
        assert port > 0
        with socket.create_connection(("127.0.0.1", port), timeout=LIMIT_S):
            pass


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_serve_ends_cleanly_on_a_signal(number: signal.Signals) -> None:
    with started() as (process, _):
        process.send_signal(number)
        _, err = process.communicate(timeout=LIMIT_S)
        assert process.returncode == 0
        assert err == ""


def test_serve_terminal_without_chinese_is_no_reason_not_to_start() -> None:
    with started(PYTHONIOENCODING="ascii") as (_, line):
        assert "Yaohu Planning Atlas: http://" in line


def test_serve_busy_port_is_named_with_a_remedy() -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = str(holder.getsockname()[1])
        code, err = refused(PORT=port)
    assert code == 3
    assert f"127.0.0.1:{port}" in err
    assert "PORT=" in err.partition("Remedy")[2]
    assert "端口被占用" in err


def test_serve_host_of_another_machine_is_refused() -> None:
    code, err = refused(HOST="192.0.2.1")  # an address for documentation: no machine has it
    assert code == 3
    assert "HOST" in err


def test_serve_bad_settings_are_all_named() -> None:
    code, err = refused(PORT="eighty", MAP_REVIEW_NO="x" * 100)
    assert code == 2
    assert "PORT" in err
    assert "MAP_REVIEW_NO" in err


def test_serve_missing_data_folder_is_refused(tmp_path: Path) -> None:
    code, err = refused(DATA=str(tmp_path / "nowhere"))
    assert code == 2
    assert "catalogue.json" in err


def test_serve_every_broken_file_is_named_with_a_remedy_in_both_languages(data_copy: Path) -> None:
    (data_copy / "layers" / "parks.geojson").write_text("{", encoding="utf-8")
    (data_copy / "layers" / "roads.geojson").unlink()
    code, err = refused(DATA=str(data_copy))
    assert code == 2
    for name in ("parks.geojson", "roads.geojson"):
        assert len([line for line in err.splitlines() if name in line]) >= 2
    assert "Remedy:" in err
    assert "处理：" in err


# What breaks the rules of HTTP: the server answers before the atlas sees it


def ask_raw(atlas: Atlas, request: bytes) -> http.client.HTTPResponse:
    """The answer to bytes that no HTTP library would send."""
    host, _, port = atlas.url.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=LIMIT_S) as line:
        line.sendall(request)
        response = http.client.HTTPResponse(line, method=request.split(b" ")[0].decode("latin-1"))
        response.begin()
        response.body = response.read()  # type: ignore[attr-defined]
        assert line.recv(1) == b"", "closed after a refusal"
    return response


BROKEN = {
    "no request line": (b"GARBAGE\r\n\r\n", 400),
    "small letters": (b"get / HTTP/1.1\r\n\r\n", 400),
    "no colon": (b"GET / HTTP/1.1\r\nBad Header\r\n\r\n", 400),
    "bare line end": (b"GET / HTTP/1.1\r\nA: b\nC: d\r\n\r\n", 400),
    "no length": (b"POST /csp-report HTTP/1.1\r\nContent-Length: x\r\n\r\n", 400),
    "endless length": (b"POST /csp-report HTTP/1.1\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n", 400),
    "half an address": (b"GET http://[::1 HTTP/1.1\r\n\r\n", 400),
    "bad chunk": (b"POST /csp-report HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n\r\n", 400),
    "body too large": (b"POST /csp-report HTTP/1.1\r\nContent-Length: 20000000\r\n\r\n", 413),
    "headers too large": (b"GET / HTTP/1.1\r\nA: ".ljust(256 * 1024, b"a"), 431),
    "unknown encoding": (b"POST /csp-report HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_serve_broken_request_is_refused_like_any_other(atlas: Atlas, kind: str) -> None:
    request, status = BROKEN[kind]
    response = ask_raw(atlas, request)
    assert response.status == status
    assert response.headers["Content-Type"] == "application/problem+json"
    assert_secure(response.headers)
    assert response.headers["Cache-Control"] == "no-store"
    assert "Server" not in response.headers
    problem = json.loads(response.body)  # type: ignore[attr-defined]
    assert (problem["type"], problem["status"]) == ("about:blank", status)
    assert re.search("[\u4e00-\u9fff]", problem["detail_zh"])
    assert problem["detail_en"].isascii()
    assert problem["detail"] == f"{problem['detail_zh']} {problem['detail_en']}"
    assert "waitress" not in str(problem)


def test_serve_refusal_of_head_has_no_body(atlas: Atlas) -> None:
    response = ask_raw(atlas, b"HEAD / HTTP/1.1\r\nContent-Length: 20000000\r\n\r\n")
    assert response.status == 413
    assert int(response.headers["Content-Length"]) > 0
    assert response.body == b""  # type: ignore[attr-defined]


def test_serve_answers_on_after_broken_requests(atlas: Atlas) -> None:
    for request, _ in BROKEN.values():
        ask_raw(atlas, request)
    with urllib.request.urlopen(f"{atlas.url}/healthz", timeout=LIMIT_S) as response:
        assert json.load(response)["status"] == "ok"


def test_serve_crowd_at_the_start_waits_without_a_word() -> None:
    with started() as (process, line):
        port = int(line.rstrip("/").rpartition(":")[2])
        crowd = [socket.create_connection(("127.0.0.1", port), timeout=LIMIT_S) for _ in range(40)]
        for one in crowd:
            one.sendall(b"GET / HTTP/1.0\r\n\r\n")
        for one in crowd:
            assert one.recv(12) == b"HTTP/1.0 200"
            one.close()
        process.terminate()
        assert process.communicate(timeout=LIMIT_S)[1] == ""


def test_serve_start_and_first_map_leave_pandas_alone() -> None:
    """Half of folium's import is pandas, which the server needs for nothing; whoever asks for it later gets it."""
    code = (
        "import sys\nfrom webapp import create_app\napp = create_app()\n"
        "assert app.test_client().get('/').status_code == 200\nassert 'folium' in sys.modules\n"
        "print('pandas' in sys.modules)\nimport pandas\nprint(pandas.DataFrame([[1]]).size)"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=LIMIT_S)
    assert ran.stdout.split() == ["False", "1"], ran.stderr


# The script that finds a browser


def run_browser_script(folder: Path, *tools: str, **stubs: str) -> subprocess.CompletedProcess[str]:
    """.ci/browser on a machine that has bash, `tools` and `stubs` (shell lines by name), and nothing else."""
    for name, lines in stubs.items():
        stub = folder / name.replace("_", "-")
        stub.write_text(f"#!{shutil.which('bash')}\n{lines}\n")
        stub.chmod(0o755)
    for name in ("bash", *tools):
        (folder / name).symlink_to(str(shutil.which(name)))
    return subprocess.run(
        [str(folder / "bash"), str(ROOT / ".ci/browser")],
        env={"PATH": str(folder)},
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
    )


ROOT_USER, OTHER_USER = "echo 0", "echo 1000"
BROKEN_APT = "echo 'E: Unable to locate package' >&2\nexit 100"
WHAT_TO_INSTALL = "sudo apt install chromium fonts-noto-cjk fontconfig"


@pytest.mark.parametrize(
    "stubs",
    [
        {"id": ROOT_USER, "apt_get": BROKEN_APT},
        {"id": ROOT_USER, "apt_get": "exit 0"},
        {"id": ROOT_USER},
        {"id": OTHER_USER, "apt_get": BROKEN_APT},
        {"id": OTHER_USER},
        {"id": ROOT_USER, "apt_get": BROKEN_APT, "chromium": "", "fc_list": "exit 1"},
    ],
)
def test_browser_script_without_a_browser_says_what_to_install(tmp_path: Path, stubs: dict[str, str]) -> None:
    ran = run_browser_script(tmp_path, "grep", **stubs)
    assert ran.returncode == 1
    assert WHAT_TO_INSTALL in ran.stderr


@pytest.mark.parametrize(("browser", "user"), [("chromium_headless_shell", ROOT_USER), ("chromium", OTHER_USER)])
def test_browser_script_with_a_browser_installs_nothing(tmp_path: Path, browser: str, user: str) -> None:
    stubs = {browser: "", "fc_list": "echo x", "id": user, "apt_get": f"echo > {tmp_path}/called"}
    ran = run_browser_script(tmp_path, "grep", **stubs)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    assert not (tmp_path / "called").exists()


def test_browser_script_prefers_the_shell_where_it_may_install(tmp_path: Path) -> None:
    stubs = {"chromium": "", "fc_list": "echo x", "id": ROOT_USER, "apt_get": f'echo "$@" >> {tmp_path}/called'}
    ran = run_browser_script(tmp_path, "grep", **stubs)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "chromium-headless-shell" in (tmp_path / "called").read_text(encoding="utf-8")


def test_browser_script_installs_where_it_can(tmp_path: Path) -> None:
    make = f'[ "$2" = install ] || exit 0\nfor name in chromium fc-list; do echo "echo x" > {tmp_path}/$name; done'
    apt = f"{make}\n{shutil.which('chmod')} +x {tmp_path}/chromium {tmp_path}/fc-list"
    ran = run_browser_script(tmp_path, "grep", id=ROOT_USER, apt_get=apt)
    assert ran.returncode == 0, ran.stderr
    assert WHAT_TO_INSTALL not in ran.stderr


@pytest.mark.parametrize("name", ["two words", 'a "quoted" name', "瑶湖", "a;b", "it's"])
def test_make_check_takes_a_folder_of_any_name(tmp_path: Path, name: str) -> None:
    """With a stub for Python: what counts is what make hands over."""
    (tmp_path / "bin").mkdir()
    stub = tmp_path / "bin/python"
    stub.write_text("#!/bin/sh\nprintf '%s\\n' \"$@\"\n")
    stub.chmod(0o755)
    (tmp_path / "run.stamp").touch()
    command = ["make", "-s", "check", f"VENV={tmp_path}", f"DATA={name}"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=LIMIT_S)
    assert ran.stdout.splitlines() == ["-m", "geo", "check", "--data", name], ran.stderr
