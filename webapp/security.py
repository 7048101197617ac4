"""The headers that every answer carries, and the count of what browsers report against them."""

from __future__ import annotations

import secrets
import threading

from flask import Flask, Response, current_app, g, request

REPORT_PATH = "/csp-report"
MAX_BODY_BYTES = 16 * 1024  # reports of browsers have about 1 KB; nothing else sends a body
MAX_LOGGED_REPORTS = 100  # a page that reports in a loop must not fill the disk
_MAX_LOGGED_LENGTH = 400

_FIXED_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class CspReports:
    """The violations that browsers have reported to this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.count = 0

    def add(self) -> int:
        """The number of this report, from 1."""
        with self._lock:
            self.count += 1
            return self.count


def init_security(app: Flask) -> None:
    """Give every answer of `app` the headers, and take reports of violations at REPORT_PATH."""
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES
    app.extensions["atlas_csp_reports"] = CspReports()
    app.jinja_env.globals["csp_nonce"] = csp_nonce
    app.after_request(_add_headers)
    app.add_url_rule(REPORT_PATH, "csp_report", _take_report, methods=["POST"])


def csp_nonce() -> str:
    """The nonce of the present answer; a new one for each request."""
    if "csp_nonce" not in g:
        g.csp_nonce = new_nonce()
    return str(g.csp_nonce)


def security_headers(nonce: str) -> dict[str, str]:
    """The headers of an answer whose own scripts and styles carry `nonce`."""
    return {"Content-Security-Policy": _policy(nonce), **_FIXED_HEADERS}


def new_nonce() -> str:
    """A nonce that nobody can guess."""
    return secrets.token_urlsafe(16)


def _policy(nonce: str) -> str:
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'nonce-{nonce}'",
            f"style-src 'self' 'nonce-{nonce}'",
            "style-src-attr 'unsafe-inline'",  # Leaflet and folium place things by style attributes
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            f"report-uri {REPORT_PATH}",
        )
    )


def _add_headers(response: Response) -> Response:
    for name, value in security_headers(csp_nonce()).items():
        response.headers[name] = value
    return response


def _take_report() -> tuple[str, int]:
    body = request.get_data()  # larger than MAX_BODY_BYTES: Flask answers 413
    number = current_app.extensions["atlas_csp_reports"].add()
    if number <= MAX_LOGGED_REPORTS:
        # ascii() keeps the report on one line: the text comes from whoever sends it.
        text = ascii(body[:_MAX_LOGGED_LENGTH].decode("utf-8", "replace"))
        current_app.logger.warning("csp report %d: %s", number, text)
    return "", 204
