"""`python -m webapp` as the operator meets it: the address, the refusals, the end."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.running import free_port

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
