"""The addresses of files: layers by GET, an assessed site by POST. The work is done by the application's workers."""

from __future__ import annotations

import re
from collections.abc import Callable

from flask import Blueprint, Response, current_app, request

from geo.errors import CrsError
from geo.output.exports import Exported, Wanted, export
from geo.output.exports.worker import export_held
from geo.plan import Plan
from webapp.errors import not_assessable
from webapp.exports import attachment
from webapp.exports.files import File, FileCache, file_of
from webapp.exports.query import read_site_wanted, read_wanted
from webapp.language import mark_language, reader_language
from webapp.payloads import answer
from webapp.settings import Settings

BYTES_HEADER, COUNT_HEADER = "Export-Bytes", "Export-Count"  # the size before packing, the number of features
_IN_PLACE = ("geojson",)  # made without a library beyond the server's own, in less time than a process takes to hear it
_NOT_PLAIN = re.compile("[^A-Za-z0-9_-]+")


def make_exports(plan: Plan, settings: Settings) -> Blueprint:
    """The routes of files under /export over one plan."""
    blueprint = Blueprint("exports", __name__)
    kept = FileCache()

    @blueprint.get("/export/<layer>.<ext>")
    def layers_file(layer: str, ext: str) -> Response:
        what, _, ending = f"{layer}.{ext}".partition(".")  # an ending may have two dots, the name of a layer has none
        wanted = read_wanted(plan, what, ending, settings.map_review_no)
        key = (plan.catalogue.version, wanted)
        file = kept.find(key)
        if file is None:
            file = file_of(_make(plan, wanted), wanted.format.media_type)
            kept.keep(key, file)
        response = answer(file.payload, wanted.format.media_type)
        return _described(response, wanted, file, what)

    @blueprint.post("/export/site.<ext>")
    def site_file(ext: str) -> Response:
        wanted = read_site_wanted(plan, ext, settings.map_review_no)
        file = file_of(_make(plan, wanted), wanted.format.media_type)
        response = Response(file.payload.plain, content_type=wanted.format.media_type)
        response.headers["Cache-Control"] = "no-store"
        return _described(response, wanted, file, "site")

    return blueprint


def _make(plan: Plan, wanted: Wanted) -> Exported:
    """The file. GeoErrors of `export`; Problem 422 for a system in which the plan does not lie, 503 if busy."""
    try:
        if wanted.ext in _IN_PLACE and wanted.site is None:
            return export(plan, wanted)
        made: Exported = current_app.extensions["atlas_workers"].ask(wanted, export_held, gone=_reader_is_gone())
        return made
    except CrsError as error:
        systems = list(wanted.format.systems)
        raise not_assessable("crs_beyond", error.text(reader_language()), parameter="crs", possible=systems) from None


def _reader_is_gone() -> Callable[[], bool] | None:
    """What tells whether the reader has hung up; None where the server cannot know."""
    found: Callable[[], bool] | None = request.environ.get("waitress.client_disconnected")
    return found


def _described(response: Response, wanted: Wanted, file: File, what: str) -> Response:
    plain = f"yaohu-atlas-{_NOT_PLAIN.sub('-', what)[:60]}.{wanted.ext}"
    response.headers["Content-Disposition"] = attachment(file.name, plain)
    response.headers[BYTES_HEADER] = str(len(file.payload.plain))
    response.headers[COUNT_HEADER] = str(file.count)
    return mark_language(response)
