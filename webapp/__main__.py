"""`python -m webapp`: read settings and data, listen, print the address; a production server, never a debug one.

Exit codes: 0 ended by a signal, 2 bad settings or data (every fault is named), 3 the address cannot be used.
"""

from __future__ import annotations

import errno
import io
import logging
import signal
import sys
from collections.abc import Iterable
from typing import Any

from geo.errors import DataError, Fault, GeoError
from webapp import create_app
from webapp.server import make_server
from webapp.settings import BadSetting, Settings, SettingsError

NAME = "瑶湖规划图集 Yaohu Planning Atlas"
BAD_INPUT, BAD_ADDRESS = 2, 3
_ANY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}


def main() -> int:
    """Serve until SIGTERM or Ctrl-C; the exit code."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal without Chinese is no reason not to start
    try:
        settings = Settings.from_environment()
        app = create_app(settings)
    except SettingsError as error:
        return _refuse("设置有误，未启动。 The settings cannot be used; not started.", error.faults)
    except DataError as error:
        return _refuse("数据有误，未启动。 The data cannot be used; not started.", error.faults)
    except GeoError as error:
        print(f"数据有误，未启动。{error.zh}\nThe data cannot be used; not started. {error.en}", file=sys.stderr)
        return BAD_INPUT
    # Drawn while the browser is on its way. Not sooner: imports hold the interpreter's lock, and beside each other
    # they take longer than one after the other.
    shell = app.extensions["atlas_shell"].start()
    try:
        server = make_server(app, settings.host, settings.port)
    except (OSError, ValueError) as error:  # ValueError: waitress found no such host
        return _refuse_address(settings, error)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _end)
    print(f"{NAME}: {_address(settings, server)}", flush=True)
    workers = app.extensions["atlas_workers"]
    workers.start(after=shell)
    try:
        server.run()  # ends on SystemExit, after the answers under way
    finally:
        workers.stop()
    return 0


def _end(_number: int, _frame: object) -> None:
    raise SystemExit(0)


def _address(settings: Settings, server: Any) -> str:
    port = getattr(server, "effective_port", None) or settings.port
    host = _ANY_ADDRESS.get(settings.host, settings.host)
    return f"http://{f'[{host}]' if ':' in host and host[0] != '[' else host}:{port}/"


def _refuse(headline: str, faults: Iterable[BadSetting | Fault]) -> int:
    print(headline, file=sys.stderr)
    for fault in faults:
        for lang in ("zh", "en"):
            print(f"  {_one_line(fault.text(lang))}", file=sys.stderr)
    return BAD_INPUT


def _one_line(text: str) -> str:
    """`text` without line ends and terminal controls, which an id in a data file might hold."""
    return "".join(character if character.isprintable() else "\ufffd" for character in text)


def _refuse_address(settings: Settings, error: OSError | ValueError) -> int:
    where, other = f"{settings.host}:{settings.port}", settings.port % 65535 + 1
    if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
        zh = f"端口被占用：{where}。处理：停用占用它的程序，或换一个端口，例如 PORT={other}。"
        en = f"The port is in use: {where}. Remedy: end what uses it, or take another, such as PORT={other}."
    else:
        zh = f"无法在 {where} 上监听。处理：检查 HOST 与 PORT；HOST=127.0.0.1 只供本机使用。"
        en = f"Cannot listen on {where}. Remedy: check HOST and PORT; HOST=127.0.0.1 is this machine alone."
    print(f"{zh}\n{en}", file=sys.stderr)
    return BAD_ADDRESS


if __name__ == "__main__":
    sys.exit(main())
