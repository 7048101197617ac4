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

from geo.errors import ChoiceError, EmptyError, GeoError, GeometryError, LimitError, UnplacedError
from webapp.language import mark_language, reader_language

PROBLEM_TYPE = "application/problem+json"
_PROGRAM_PATHS = ("/api/", "/healthz", "/csp-report")
_MAX_QUOTED_LENGTH = 80
_KEPT_HEADERS = ("Allow", "Content-Range", "Retry-After")
_PAGE_TYPES = ("text/html", "application/xhtml+xml")
# What the server itself refuses: title and detail in English and Chinese.
_SERVER_TEXTS = {
    400: (
        "Request not understood",
        "请求无法识别",
        "The request line, a header or the body's framing breaks the rules of HTTP/1.1.",
        "请求行、请求头或请求体的格式不符合 HTTP/1.1。",
    ),
    413: ("Too large", "内容过大", "What was sent is larger than any address takes.", "提交的内容超出上限。"),
    431: (
        "Too large",
        "内容过大",
        "The address and the headers together are too long. Send fewer or shorter ones.",
        "地址与请求头合计过长，请减少或缩短。",
    ),
    500: ("Fault of the server", "服务器出错", "The atlas made a mistake. Try again.", "图集出错，请重试。"),
    501: (
        "Request refused",
        "请求被拒绝",
        "Of the transfer encodings only chunked is taken; else send Content-Length.",
        "传输编码只接受 chunked，否则请给出 Content-Length。",
    ),
}


class Problem(Exception):
    """An answer that is refused: `detail` says what was found and what is possible, in the reader's language."""

    retry_after_s: int | None = None  # when to ask again; the header Retry-After says it

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


def nothing_here() -> Problem:
    """An address with nothing behind it (404)."""
    return missing("http_404", _detail(404))


def outdated() -> Problem:
    """What If-Match names is no longer what is here (412)."""
    return Problem(412, "outdated", _detail(412))


def not_assessable(code: str, detail: str, **members: object) -> Problem:
    """A request that is understood, but holds something that cannot be worked with (422)."""
    return Problem(422, code, detail, **members)


def not_taken(found: str, possible: Iterable[str]) -> Problem:
    """A body of a media type that is none of the `possible` ones (415)."""
    known = list(possible)
    detail = _(
        "A body of the type %(found)s is not taken here. Send one of: %(known)s.",
        found=quote_found(found) or "?",
        known=", ".join(known),
    )
    return Problem(415, "type_not_taken", detail, possible=known)


def busy(retry_after_s: int) -> Problem:
    """More work than the atlas takes at once; `retry_after_s` tells when to ask again (503)."""
    problem = Problem(503, "busy", _("The atlas is busy with other questions. Ask again in a few seconds."))
    problem.retry_after_s = retry_after_s
    return problem


def abandoned() -> Problem:
    """What is answered to a reader who has hung up: nobody reads it, but the log tells it from a fault (499)."""
    return Problem(499, "abandoned", _("The reader hung up before the answer was ready."))


def not_one_of(name: str, found: str, possible: Iterable[str]) -> Problem:
    """The value `found` of the query word `name` is none of the `possible` ones (400)."""
    return _unknown(400, name, found, list(possible))


def none_such(name: str, found: str, possible: Iterable[str]) -> Problem:
    """The `found` thing of the kind `name`, which an address names, is none of the `possible` ones (404)."""
    return _unknown(404, name, found, list(possible))


def none_listed(name: str, found: str, page: str) -> Problem:
    """The `found` thing of the kind `name` does not exist, and there are too many to name: `page` lists them (404)."""
    detail = _("%(name)s=%(found)s is not known. %(page)s lists all.", name=name, found=quote_found(found), page=page)
    return Problem(404, f"unknown_{name}", detail, parameter=name)


def _unknown(status: int, name: str, found: str, known: list[str]) -> Problem:
    detail = _(
        "%(name)s=%(found)s is not known. Use one of: %(known)s.",
        name=name,
        found=quote_found(found),
        known=", ".join(known),
    )
    return Problem(status, f"unknown_{name}", detail, parameter=name, possible=known)


def server_problem(status: int) -> bytes:
    """The problem of a request that the server refuses before the atlas sees it, as JSON in both languages.

    Nobody's language is known there: the header that would name it may be what cannot be read.
    """
    title_en, title_zh, en, zh = _SERVER_TEXTS.get(status, _SERVER_TEXTS[400])
    problem = {
        "type": "about:blank",
        "title": f"{title_zh} {title_en}",
        "status": status,
        "detail": f"{zh} {en}",
        "detail_zh": zh,
        "detail_en": en,
        "code": f"http_{status}",
    }
    return json.dumps(problem, ensure_ascii=False).encode()


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
    answer = _answer(problem.status, problem.code, problem.detail, **problem.members)
    if problem.retry_after_s is not None:
        answer.headers["Retry-After"] = str(problem.retry_after_s)
    return answer


def _answer_geo(error: GeoError) -> Response:
    text = error.text(reader_language())
    if isinstance(error, LimitError):
        return _answer(413, "over_limit", text, limit=error.limit, most=error.most)
    if isinstance(error, UnplacedError):
        return _answer(422, "not_placed", text, possible=list(error.choices))
    if isinstance(error, GeometryError):
        return _answer(422, "not_measurable", text)
    if isinstance(error, ChoiceError):
        return _answer(422, "not_possible", text, parameter=error.word, possible=list(error.possible))
    if isinstance(error, EmptyError):
        return _answer(422, "empty_selection", text, possible=list(error.possible))
    return _answer(400, "bad_question", text)


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
    # A bare */* is a program (curl, a script tag): only who names a page gets it, and only who likes JSON no better.
    named = {value.partition(";")[0].strip().lower(): quality for value, quality in reversed(request.accept_mimetypes)}
    page = max(named.get(kind, 0) for kind in _PAGE_TYPES)
    return 0 < page >= max(request.accept_mimetypes[kind] for kind in (PROBLEM_TYPE, "application/json"))


def _title(status: int) -> str:
    titles = {
        400: _("Request not understood"),
        404: _("Not found"),
        405: _("Method not allowed"),
        413: _("Too large"),
        415: _("Type not taken"),
        422: _("Cannot be worked out"),
        500: _("Fault of the server"),
        503: _("Busy"),
    }
    return str(titles.get(status, _("Request refused")))


def _detail(status: int) -> str:
    details = {
        404: _("There is nothing at this address. Start from the map at / or from /api/layers."),
        405: _("This address does not take %(method)s. The header Allow lists what it takes.", method=_method()),
        412: _("What is here has changed since the version that If-Match names. Ask again without If-Match."),
        413: _("What was sent is larger than this address takes."),
        416: _("The bytes asked for lie beyond the end of the file. Content-Range names its length."),
        500: _("The atlas made a mistake; nothing you sent is at fault. Try again, or tell support the number below."),
    }
    return str(details.get(status, _("The atlas cannot answer this request as it was sent.")))


def _method() -> str:
    return quote_found(request.method[:20])
