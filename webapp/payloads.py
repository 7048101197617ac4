"""Answers that are worked out once: bytes, their gzip and their strong ETags, kept for the version they belong to.

Pages are new each time, for each has a nonce of its own; they are packed on their way out.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, Response, request

from geo.view import View
from webapp.errors import PROBLEM_TYPE, outdated

JSON_TYPE = "application/json; charset=utf-8"
_SMALL_BYTES = 600  # below this gzip gains nothing
_GZIP_LEVEL = 6
MOST_SCENARIOS = 48  # payloads of one cache
_BYTE_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})", re.IGNORECASE)
_MADE_EACH_TIME = ("text/html", PROBLEM_TYPE)
# Formats that are packed inside, or that readers open where they lie.
_PACKED_TYPES = (
    "application/geopackage+sqlite3",
    "application/vnd.apache.parquet",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/zip",
)


@dataclass(frozen=True)
class Payload:
    """The bytes of an answer, plain and packed; each form has an ETag of its own, for strong ETags name bytes."""

    plain: bytes
    packed: bytes | None
    etag: str


class PayloadCache:
    """Payloads by key and view. The keys come from tables (route, layer, extent, reading), so that they stay few.

    Scenarios are as many as readers think of: of these the last `MOST_SCENARIOS` payloads are kept.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[tuple[str, ...], Payload] = {}
        self._scenarios: dict[tuple[str, ...], Payload] = {}

    def __len__(self) -> int:
        return len(self._kept) + len(self._scenarios)

    def get(self, key: tuple[str, ...], make: Callable[[], bytes], view: View | None = None) -> Payload:
        """The payload of `key` in `view`, made if it is not there; two readers at once may both make the same bytes."""
        kept = self._kept if view is None or view.is_base else self._scenarios
        named = key if view is None else (*key, view.extent, view.reading, *map(str, view.distances_m))
        with self._lock:
            payload = kept.pop(named, None)
            if payload is not None:
                kept[named] = payload  # the last one again
        if payload is None:
            payload = pack(make())
            with self._lock:
                kept[named] = payload
                while len(self._scenarios) > MOST_SCENARIOS:
                    del self._scenarios[next(iter(self._scenarios))]
        return payload


def pack(plain: bytes, media_type: str = "") -> Payload:
    """The payload of `plain`; packed without a time stamp, so that the same bytes give the same ETag.

    Bytes that gzip cannot make smaller, such as pictures, stay plain, and those of a type that is packed already.
    """
    is_worth_it = len(plain) >= _SMALL_BYTES and media_type not in _PACKED_TYPES
    packed = gzip.compress(plain, _GZIP_LEVEL, mtime=0) if is_worth_it else None
    if packed is not None and len(packed) >= len(plain):
        packed = None
    return Payload(plain, packed, hashlib.sha256(plain).hexdigest()[:20])


def to_json(content: object) -> bytes:
    """`content` as UTF-8 JSON, Chinese as it is. ValueError for NaN and Infinity, which JSON does not have.

    >>> to_json({"name": "瑶湖"}).decode()
    '{"name":"瑶湖"}'
    """
    return json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def answer(payload: Payload, content_type: str = JSON_TYPE, *, takes_ranges: bool = False) -> Response:
    """The answer to the present request: packed if the reader likes that, 304 if the reader has these bytes already.

    With `takes_ranges` a part of the plain bytes, if that is asked for. Problem 412 for an If-Match of other bytes.
    """
    is_part = takes_ranges and _asks_for_bytes()
    use_packed = payload.packed is not None and not is_part and _prefers_gzip()
    body = payload.packed if use_packed and payload.packed is not None else payload.plain
    response = Response(body, content_type=content_type)
    response.set_etag(f"{payload.etag}-gz" if use_packed else payload.etag)
    response.headers["Cache-Control"] = "no-cache"  # kept by the browser, asked for each time: data may be replaced
    if payload.packed is not None:
        response.vary.add("Accept-Encoding")
    if use_packed:
        response.headers["Content-Encoding"] = "gzip"
    if request.if_match and not request.if_match.contains(response.get_etag()[0] or ""):
        raise outdated()
    # werkzeug takes "If-Match: *" for a mismatch, and refuses a Range that it does not know: both are settled above.
    settled = {"HTTP_IF_MATCH"} if is_part else {"HTTP_IF_MATCH", "HTTP_RANGE"}
    conditions = {name: value for name, value in request.environ.items() if name not in settled}
    response.make_conditional(conditions, accept_ranges=takes_ranges, complete_length=len(body))
    return response


def init_packing(app: Flask) -> None:
    """Pack the pages, problems and other answers of `app` that no cache keeps."""
    app.after_request(_pack_page)


def _pack_page(response: Response) -> Response:
    is_kept = response.mimetype not in _MADE_EACH_TIME and not response.cache_control.no_store
    if is_kept or response.mimetype in _PACKED_TYPES or "Content-Encoding" in response.headers:
        return response
    plain = response.get_data()
    if len(plain) >= _SMALL_BYTES:
        response.vary.add("Accept-Encoding")
        # The length of a page tells nothing of its nonce: no two answers have the same one.
        if _prefers_gzip():
            response.set_data(gzip.compress(plain, _GZIP_LEVEL, mtime=0))
            response.headers["Content-Encoding"] = "gzip"
    return response


def _prefers_gzip() -> bool:
    """Whether the reader takes gzip, and likes plain bytes no better."""
    accepted = request.accept_encodings
    return 0 < accepted["gzip"] >= accepted["identity"]


def _asks_for_bytes() -> bool:
    """Whether one part in bytes is asked for; other units, several parts and what makes no sense count as no Range.

    RFC 9110, 14.2: an unknown unit must be ignored, the others may be.
    """
    asked = _BYTE_RANGE.fullmatch(request.headers.get("Range", ""))
    if request.method != "GET" or asked is None:
        return False
    first, last = asked.groups()
    return bool(last) if not first else not last or int(first) <= int(last)
