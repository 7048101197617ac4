"""Files of static/: their addresses change with their content, so that browsers may keep them for good."""

from __future__ import annotations

import hashlib
import mimetypes
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, request
from werkzeug.security import safe_join

from webapp.errors import nothing_here
from webapp.payloads import PayloadCache, answer

_HASH_LENGTH = 12
_KEEP_FOREVER = "public, max-age=31536000, immutable"
_ASK_EACH_TIME = "no-cache"
# What a machine's own table says differs; a wrong type with nosniff is a script that does not run.
_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}


def init_assets(app: Flask, cache: PayloadCache) -> None:
    """Give templates `asset(path)`, and files of static/ packed bytes and the caching that their address allows."""
    folder = Path(str(app.static_folder))

    def send_file(filename: str) -> Response:
        path = safe_join(str(folder), filename)
        if path is None or not Path(path).is_file():
            raise nothing_here()
        payload = cache.get(("static", _file_hash(Path(path))), Path(path).read_bytes)
        return answer(payload, _type_of(filename), takes_ranges=True)

    def asset(path: str) -> str:
        """The address of a file of static/ with the hash of its content."""
        # Not url_for: it needs a valid Host, which the page that refuses a bad one does not have.
        return f"{app.static_url_path}/{path}?v={_file_hash(folder / path)}"

    modules = [path.relative_to(folder).as_posix() for path in sorted((folder / "js").rglob("*.js"))]

    def module_map() -> dict[str, dict[str, str]]:
        """The import map of the scripts: what one imports from another has a hash in its address too."""
        return {"imports": {f"{app.static_url_path}/{path}": asset(path) for path in modules}}

    def set_caching(response: Response) -> Response:
        if request.endpoint == "static" and response.status_code in (200, 206, 304):
            path = folder / str((request.view_args or {}).get("filename", ""))
            is_named = request.args.get("v") == _file_hash(path)
            response.headers["Cache-Control"] = _KEEP_FOREVER if is_named else _ASK_EACH_TIME
        return response

    app.view_functions["static"] = send_file
    app.jinja_env.globals["asset"] = asset
    app.jinja_env.globals["module_map"] = module_map
    app.after_request(set_caching)


def _type_of(filename: str) -> str:
    return _TYPES.get(Path(filename).suffix) or mimetypes.guess_type(filename)[0] or "application/octet-stream"


def _file_hash(path: Path) -> str:
    """A short hash of the file's content; empty for a file that is not there."""
    try:
        state = path.stat()
    except OSError:
        return ""
    return _content_hash(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=1024)
def _content_hash(path: Path, _mtime_ns: int, _size: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:_HASH_LENGTH]
