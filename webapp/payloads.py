"""Answers that are worked out once: bytes, their gzip and their strong ETags, kept for the version they belong to."""

from __future__ import annotations

import gzip
import hashlib
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass

from flask import Response, request

JSON_TYPE = "application/json; charset=utf-8"
_SMALL_BYTES = 600  # below this gzip gains nothing


@dataclass(frozen=True)
class Payload:
    """The bytes of an answer, plain and packed; each form has an ETag of its own, for strong ETags name bytes."""

    plain: bytes
    packed: bytes | None
    etag: str


class PayloadCache:
    """Payloads by key. The keys come from tables (route, layer, extent, reading), so that they stay few."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[tuple[str, ...], Payload] = {}

    def get(self, key: tuple[str, ...], make: Callable[[], bytes]) -> Payload:
        """The payload of `key`, made if it is not there; two readers at once may both make it, with the same bytes."""
        with self._lock:
            kept = self._kept.get(key)
        if kept is None:
            kept = pack(make())
            with self._lock:
                self._kept[key] = kept
        return kept


def pack(plain: bytes) -> Payload:
    """The payload of `plain`; packed without a time stamp, so that the same bytes give the same ETag."""
    packed = gzip.compress(plain, 6, mtime=0) if len(plain) >= _SMALL_BYTES else None
    return Payload(plain, packed, hashlib.sha256(plain).hexdigest()[:20])


def to_json(content: object) -> bytes:
    """`content` as UTF-8 JSON, Chinese as it is. ValueError for NaN and Infinity, which JSON does not have.

    >>> to_json({"name": "瑶湖"}).decode()
    '{"name":"瑶湖"}'
    """
    return json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def answer(payload: Payload, content_type: str = JSON_TYPE) -> Response:
    """The answer to the present request: packed if it may be, 304 if the reader has these bytes already."""
    use_packed = payload.packed is not None and request.accept_encodings["gzip"] > 0
    body = payload.packed if use_packed and payload.packed is not None else payload.plain
    response = Response(body, content_type=content_type)
    response.set_etag(f"{payload.etag}-gz" if use_packed else payload.etag)
    response.headers["Cache-Control"] = "no-cache"  # kept by the browser, asked for each time: data may be replaced
    if payload.packed is not None:
        response.vary.add("Accept-Encoding")
    if use_packed:
        response.headers["Content-Encoding"] = "gzip"
    response.make_conditional(request)
    return response
