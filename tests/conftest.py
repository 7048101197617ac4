"""What all tests share: the shipped plan, a copy of the data to spoil, the running app and a real browser."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, sync_playwright

from geo.plan import Plan, load_plan
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


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens pages that fail the test on a console error, a CSP report, or a request to another host.

    A test that cuts the line names the console text that it expects.
    """
    faults: list[str] = []
    contexts = []

    def watch(page: Page, expected: str | None) -> None:
        def heard(said: ConsoleMessage) -> None:
            if said.type in ("error", "warning") and not (expected and expected in said.text):
                faults.append(said.text)

        page.on("console", heard)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda asked: None if _is_local(asked.url) else faults.append(f"asked for {asked.url}"))

    def opened(
        url: str, *, width: int = 1440, height: int = 900, expected: str | None = None, **context: object
    ) -> Page:
        made = browser.new_context(viewport={"width": width, "height": height}, **context)
        contexts.append(made)
        page = made.new_page()
        watch(page, expected)
        page.goto(url)
        return page

    yield opened
    for made in contexts:
        try:
            made.close()
        except Error as error:
            faults.append(str(error))
    assert faults == []


def _is_local(url: str) -> bool:
    return url.startswith(("http://127.0.0.1:", "data:", "blob:"))
