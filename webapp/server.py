"""The production server, waitress: its threads and limits, and its own refusals in the form that the atlas gives.

What breaks the rules of HTTP never reaches Flask; waitress answers it, here with the security headers and RFC 9457.
"""

from __future__ import annotations

import logging
from typing import Any

import waitress.server
from flask import Flask
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.task import ErrorTask

from geo.formats.geojson import DEFAULT
from webapp.errors import PROBLEM_TYPE, server_problem
from webapp.security import new_nonce, security_headers

_THREADS = 8
_LOOKAHEAD = 1  # requests read while one is worked on: only then is it noticed that the reader has hung up
# No address takes more; larger bodies end before they are read. A little above the largest, so that the atlas itself
# names the limit of whoever is just beyond it.
_MAX_REQUEST_BYTES = DEFAULT.bytes + 1024 * 1024


def make_server(app: Flask, host: str, port: int) -> Any:
    """A server that listens on `host` and `port` (0 takes a free one) and serves `app` once it is run.

    OSError if the address is taken or not of this machine, ValueError if there is no such host.
    """
    # More requests than threads is no fault: they wait, mostly for the map's shell just after the start.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    sockets: dict[int, Any] = {}
    server = waitress.server.create_server(
        app,
        map=sockets,
        host=host,
        port=port,
        threads=_THREADS,
        channel_request_lookahead=_LOOKAHEAD,
        ident=None,
        max_request_body_size=_MAX_REQUEST_BYTES,
    )
    for listener in sockets.values():  # a host name may stand for several addresses
        if isinstance(listener, waitress.server.BaseWSGIServer):
            listener.channel_class = _Channel
    return server


class _RefusalTask(ErrorTask):  # type: ignore[misc]
    """Answers a request that waitress refuses."""

    def execute(self) -> None:
        error = self.request.error
        body = server_problem(error.code)
        self.status = f"{error.code} {error.reason}"
        self.response_headers += [
            ("Content-Type", PROBLEM_TYPE),
            ("Content-Language", "zh, en"),
            ("Cache-Control", "no-store"),
            *security_headers(new_nonce()).items(),
        ]
        self.set_close_on_finish()
        self.content_length = len(body)
        is_head = getattr(self.request, "command", None) == "HEAD"
        self.write(b"" if is_head else body)


class _Parser(HTTPRequestParser):  # type: ignore[misc]
    """Refuses what waitress trips over: a Content-Length of thousands of digits, an address like http://[::1."""

    def parse_header(self, header_plus: bytes) -> None:
        try:
            super().parse_header(header_plus)
        except ValueError as error:
            raise ParsingError("a header or the address cannot be read") from error


class _Channel(HTTPChannel):  # type: ignore[misc]
    """A connection that reads and refuses in the atlas's way."""

    error_task_class = _RefusalTask
    parser_class = _Parser
