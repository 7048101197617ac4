"""The app as a process of its own, and the Chromium that looks at it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
START_TRIES, START_PAUSE_S = 300, 0.1
# A desktop Chromium keeps two pages of its address bar ready for each window, which nobody sees here; they cost more
# than most pages of the atlas. The last list of a command line counts alone, so that Playwright's own comes first.
_FEATURES_OFF = (
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "TcpPortRandomizationWin",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
)
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    # Fewer processes, less time: the pages of a context share the process that has the scripts already.
    "--process-per-site",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    f"--disable-features={','.join(_FEATURES_OFF)}",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


@dataclass(frozen=True)
class Atlas:
    """A running app: its address and its process."""

    url: str
    process: subprocess.Popen[str]


def free_port() -> int:
    """A port of 127.0.0.1 that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_atlas(data: Path, store: Path, **environment: str) -> Iterator[Atlas]:
    """Starts `python -m webapp` on a free port, waits until it answers, and ends it afterwards."""
    port = free_port()
    settings = {"HOST": "127.0.0.1", "PORT": str(port), "DATA": str(data), "STORE": str(store), **environment}
    with (store / "server.log").open("w") as log:
        command = [sys.executable, "-m", "webapp"]
        process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **settings}, stdout=log, stderr=log, text=True)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(f"{url}/healthz", process, store / "server.log")
        yield Atlas(url, process)
    finally:
        process.terminate()
        process.wait(timeout=20)


def chromium_path() -> str:
    """The Chromium of this machine; RuntimeError that says what to install if there is none.

    Debian's headless shell comes first: the same engine without a desktop's windows takes a third less of the time.
    """
    known = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    for name in (os.environ.get("CHROMIUM", known[0]), *known):
        found = shutil.which(name)
        if found:
            return found
    raise RuntimeError("No Chromium found. On Debian: apt install chromium; elsewhere set CHROMIUM to its path.")


def _wait(url: str, process: subprocess.Popen[str], log: Path) -> None:
    for _ in range(START_TRIES):
        if process.poll() is not None:
            raise RuntimeError(f"The app ended with {process.returncode}:\n{log.read_text()}")
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(START_PAUSE_S)
    raise RuntimeError(f"The app did not answer at {url}:\n{log.read_text()}")
