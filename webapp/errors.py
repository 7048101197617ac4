"""The only place of HTTP statuses: RFC 9457 problem details for programs, one error page for people.

No answer carries a path of the server or the name of a class; what nobody foresaw gets a support number, which
stands in the log beside the traceback.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable

from flask import Flask, Response, current_app, render_template, request
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException

from geo.errors import GeoError, GeometryError
from webapp.language import mark_language, reader_language

PROBLEM_TYPE = "application/problem+json"
_PROGRAM_PATHS = ("/api/", "/healthz", "/csp-report")
_MAX_QUOTED_LENGTH = 80
_KEPT_HEADERS = ("Allow", "Retry-After")


class Problem(Exception):
    """An answer that is refused: `detail` says what was found and what is possible, in the reader's language."""

    def __init__(self, status: int, code: str, detail: str, **members: object) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.members = members


def unreadable(code: str, detail: str, **members: object) -> Problem:
    """A request that cannot be read as it stands (400)."""
    return Problem(400, code, detail, **members)


def missing(code: str, detail: str, **members: object) -> Problem:
    """Something that is not here (404)."""
    return Problem(404, code, detail, **members)


def not_one_of(name: str, found: str, possible: Iterable[str], *, status: int = 400) -> Problem:
    """The value `found` of `name` is none of the `possible` ones."""
    known = list(possible)
    detail = _(
        "%(name)s=%(found)s is not known. Use one of: %(known)s.",
        name=name,
        found=quote_found(found),
        known=", ".join(known),
    )
    return Problem(status, f"unknown_{name}", detail, parameter=name, possible=known)


def quote_found(text: str) -> str:
    """What the reader sent, fit for a message: cut, without control characters; never a second line.

    >>> quote_found("a" * 100)[-3:], quote_found("a\\nb")
    ('aa…', 'a�b')
    """
    shown = "".join(c if c.isprintable() else "\ufffd" for c in text[:_MAX_QUOTED_LENGTH])
    return f"{shown}…" if len(text) > _MAX_QUOTED_LENGTH else shown


def init_errors(app: Flask) -> None:
    """Answer every failure of `app` in the reader's language."""
    app.register_error_handler(Problem, _answer_problem)
    app.register_error_handler(GeoError, _answer_geo)
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(Exception, _answer_unforeseen)


def _answer_problem(problem: Problem) -> Response:
    return _answer(problem.status, problem.code, problem.detail, **problem.members)


def _answer_geo(error: GeoError) -> Response:
    is_unmeasurable = isinstance(error, GeometryError)
    status, code = (422, "not_measurable") if is_unmeasurable else (400, "bad_question")
    return _answer(status, code, error.text(reader_language()))


def _answer_http(error: HTTPException) -> Response | HTTPException:
    if error.code is None or error.code < 400 or error.response is not None:
        return error  # a redirect or a finished answer
    answer = _answer(error.code, f"http_{error.code}", _detail(error.code))
    for name, value in error.get_headers():
        if name in _KEPT_HEADERS:
            answer.headers[name] = value
    return answer


def _answer_unforeseen(error: Exception) -> Response:
    support = secrets.token_hex(4)
    current_app.logger.error("support number %s", support, exc_info=error)
    return _answer(500, "server_fault", _detail(500), support=support)


def _answer(status: int, code: str, detail: str, **members: object) -> Response:
    # about:blank is the type of problems that the status says all about; `code` tells programs which one it is.
    problem = {"type": "about:blank", "title": _title(status), "status": status, "detail": detail, "code": code}
    problem |= {"lang": reader_language(), **members}
    answer = _page(problem) if _wants_page() else None
    if answer is None:
        text = json.dumps(problem, ensure_ascii=False, allow_nan=False)
        answer = Response(text.encode("utf-8", "replace"), content_type=PROBLEM_TYPE)
    answer.status_code = status
    answer.headers["Cache-Control"] = "no-store"
    answer.vary.add("Accept")
    return mark_language(answer)


def _page(problem: dict[str, object]) -> Response | None:
    """The error page; None if the fault is in the page itself, so that the answer falls back to JSON."""
    try:
        return Response(render_template("error.html", problem=problem), content_type="text/html; charset=utf-8")
    except Exception:  # part of the 500 handler: a broken template must not hide the first fault
        current_app.logger.exception("the error page failed")
        return None


def _wants_page() -> bool:
    if request.path.startswith(_PROGRAM_PATHS):
        return False
    # A bare */* is a program (curl, a script tag): only who names text/html gets the page.
    named = [value for value, _quality in request.accept_mimetypes]
    return "text/html" in named or "application/xhtml+xml" in named


def _title(status: int) -> str:
    titles = {
        400: _("Request not understood"),
        404: _("Not found"),
        405: _("Method not allowed"),
        413: _("Too large"),
        422: _("Cannot be worked out"),
        500: _("Fault of the server"),
    }
    return str(titles.get(status, _("Request refused")))


def _detail(status: int) -> str:
    details = {
        404: _("There is nothing at this address. Start from the map at / or from /api/layers."),
        405: _("This address does not take %(method)s. The header Allow lists what it takes.", method=_method()),
        413: _("What was sent is larger than this address takes."),
        500: _("The atlas made a mistake; nothing you sent is at fault. Try again, or tell support the number below."),
    }
    return str(details.get(status, _("The atlas cannot answer this request as it was sent.")))


def _method() -> str:
    return quote_found(request.method[:20])
