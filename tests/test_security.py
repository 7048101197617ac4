"""The security headers of every answer, and the reports that browsers send against them."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping

import pytest
from flask import Flask
from flask.testing import FlaskClient

from geo.plan import Plan
from webapp import create_app
from webapp.settings import Settings

DATA_PATHS = ("/api/layers", "/api/layers/water", "/api/layers/rings/features", "/api/metrics", "/export/all.geojson")
EVERY_KIND = (
    *DATA_PATHS,
    *("/", "/about", "/healthz", "/nothing", "/api/nothing", "/api/layers?x=1"),
    *("/static/nothing.css", "/static/vendor/leaflet-1.9.4/leaflet.js"),
)


def assert_secure(headers: Mapping[str, str]) -> None:
    """The headers hold all that every answer owes, and nothing looser."""
    policy = dict(part.partition(" ")[::2] for part in headers["Content-Security-Policy"].split("; "))
    nonce = re.search(r"'nonce-([\w-]{20,})'", policy["script-src"])
    assert nonce is not None
    assert policy == {
        "default-src": "'none'",
        "script-src": f"'self' {nonce.group(0)}",
        "style-src": f"'self' {nonce.group(0)}",
        "style-src-attr": "'unsafe-inline'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "report-uri": "/csp-report",
    }
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("path", EVERY_KIND)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS"])
def test_every_answer_has_the_security_headers(client: FlaskClient, path: str, method: str) -> None:
    headers = client.open(path, method=method, headers={"Accept": "text/html"}, buffered=True).headers
    assert_secure(headers)


def test_csp_reports_are_counted_and_logged_on_one_line(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    client = app.test_client()
    before = app.extensions["atlas_csp_reports"].count
    with caplog.at_level(logging.WARNING):
        response = client.post("/csp-report", data=b'{"csp-report": "\nforged line"}')
    assert (response.status_code, response.get_data()) == (204, b"")
    assert app.extensions["atlas_csp_reports"].count == before + 1
    assert len(caplog.records) == 1
    assert "\n" not in caplog.records[0].getMessage()


def test_csp_reports_too_large_or_too_many_do_no_harm(plan: Plan, caplog: pytest.LogCaptureFixture) -> None:
    app = create_app(Settings(), plan)
    client = app.test_client()
    assert client.post("/csp-report", data=b"x" * 20_000).status_code == 413
    for _ in range(150):
        client.post("/csp-report", data=b"{}")
    assert app.extensions["atlas_csp_reports"].count == 150
    assert len(caplog.records) == 100
    assert client.get("/csp-report").status_code == 405
