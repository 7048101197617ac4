"""What all tests share: the shipped plan, a copy of the data to spoil, the running app and a real browser."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from geo.plan import Plan, load_plan
from tests.contexts import Contexts
from tests.running import CHROMIUM_ARGUMENTS, Atlas, chromium_path, running_atlas
from webapp import create_app
from webapp.settings import Settings

ROOT = Path(__file__).parent.parent

settings.register_profile("atlas", deadline=None)  # a busy machine is no fault
settings.load_profile("atlas")


@pytest.fixture(scope="session")
def plan() -> Plan:
    """The plan of the shipped data."""
    return load_plan(ROOT / "data")


@pytest.fixture(scope="session")
def app(plan: Plan) -> Flask:
    """The application over the shipped plan, as it is without any setting."""
    return create_app(Settings(), plan)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Asks the application without a network."""
    return app.test_client()


@pytest.fixture
def data_copy(tmp_path: Path) -> Path:
    """A copy of the shipped data folder that a test may spoil."""
    return Path(shutil.copytree(ROOT / "data", tmp_path / "data"))


@pytest.fixture(scope="session")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Atlas]:
    """The app as people start it, on a free port, with the shipped data."""
    with running_atlas(ROOT / "data", tmp_path_factory.mktemp("store")) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium that can reach this machine alone."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Contexts:
    """The contexts that stay from test to test."""
    return Contexts(browser)


@pytest.fixture
def open_page(contexts: Contexts) -> Iterator[Callable[..., Page]]:
    """Opens pages that fail the test on a console error, a CSP report, or a request to another host.

    A test that cuts the line names the console text that it expects. The pages of a test are tabs of one browser where
    nothing is stored at first; `fresh=True` gives a page a browser of its own, with an empty cache.
    """
    faults: list[str] = []

    def watch(page: Page, expected: str | None) -> None:
        def heard(said: ConsoleMessage) -> None:
            if said.type in ("error", "warning") and not (expected and expected in said.text):
                faults.append(said.text)

        page.on("console", heard)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda asked: None if _is_local(asked.url) else faults.append(f"asked for {asked.url}"))

    def opened(
        url: str,
        *,
        width: int = 1440,
        height: int = 900,
        expected: str | None = None,
        fresh: bool = False,
        **options: object,
    ) -> Page:
        page = contexts.page(url, is_fresh=fresh, **options)
        page.set_viewport_size({"width": width, "height": height})
        watch(page, expected)
        page.goto(url)
        return page

    yield opened
    faults += contexts.empty()
    assert faults == []


def _is_local(url: str) -> bool:
    return url.startswith(("http://127.0.0.1:", "data:", "blob:"))
