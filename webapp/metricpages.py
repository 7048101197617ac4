"""The page of figures: zones, green, stated beside computed, land-use balances, and their files for spreadsheets."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, Response, request

from geo import units
from geo.output import exports, layers
from geo.output.balance import balanced_layers, balances
from geo.output.metrics import metrics
from geo.output.metricsheets import all_sheets, balance_sheet, metrics_sheet
from geo.output.sheets import Sheet, csv_bytes, xlsx_bytes
from geo.output.stated import compared_areas
from geo.plan import Plan
from geo.view import View
from webapp.errors import none_such
from webapp.exports import attachment
from webapp.language import mark_language, reader_language
from webapp.payloads import PayloadCache, answer
from webapp.queries import VIEW_WORDS, check_language, read_query, read_view, whole_view_words
from webapp.settings import Settings
from webapp.views import render_page

FILE_TYPES = {
    "csv": "text/csv; charset=utf-8; header=present",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_TRACE = 0.0005  # half of a tenth of a per cent
_KIND = "<any(csv, xlsx):kind>"


def make_metric_pages(plan: Plan, settings: Settings) -> Blueprint:
    """The routes of /metrics over one plan; the files are made once for each view and language."""
    pages = Blueprint("metrics", __name__)
    cache = PayloadCache()

    def send(name: str, view: View, kind: str, make: Callable[[str], tuple[Sheet, ...]]) -> Response:
        lang = reader_language()
        key = (plan.catalogue.version, name, kind, lang)
        write = (lambda: xlsx_bytes(make(lang))) if kind == "xlsx" else (lambda: csv_bytes(make(lang)[0]))
        response = answer(cache.get(key, write, view), FILE_TYPES[kind])
        plain = f"yaohu-atlas-{name}.{kind}"
        response.headers["Content-Disposition"] = attachment(_file_name(plan, name, view, kind), plain)
        return mark_language(response)

    @pages.get("/metrics")
    def metric_page() -> Response:
        words = request.args.to_dict()
        check_language(words)
        return _page(plan, settings, read_view(plan, words))

    @pages.get(f"/metrics.{_KIND}")
    def metric_file(kind: str) -> Response:
        view = read_view(plan, read_query(*VIEW_WORDS))
        number = settings.map_review_no
        if kind == "csv":
            return send("metrics", view, kind, lambda lang: (metrics_sheet(plan, view, lang, number),))
        return send("metrics", view, kind, lambda lang: all_sheets(plan, view, lang, number))

    @pages.get(f"/metrics/balance/<layer_id>.{_KIND}")
    def balance_file(layer_id: str, kind: str) -> Response:
        if layer_id not in balanced_layers(plan):
            raise none_such("layer", layer_id, balanced_layers(plan))
        view = read_view(plan, read_query(*VIEW_WORDS))
        number = settings.map_review_no
        name = f"balance-{layer_id}"
        return send(name, view, kind, lambda lang: (balance_sheet(plan, layer_id, view, lang, number),))

    return pages


@dataclass(frozen=True)
class ViewLink:
    """One choice of the switch above the figures: its word, where it leads, and whether it is the present one."""

    text: str
    address: str
    chosen: bool


def _page(plan: Plan, settings: Settings, view: View) -> Response:
    lang = reader_language()
    tables = [table for layer in balanced_layers(plan) for table in balances(plan, layer, view)]
    return render_page(
        "metrics.html",
        facts=layers.plan_facts(plan, view, settings.map_review_no),
        sources={source.id: source for source in plan.catalogue.sources.values()},
        found=metrics(plan, view),
        rings={shape.feature.id.split(":")[1]: shape for shape in view.computed["rings"]},
        compared=compared_areas(plan, view),
        balances=tables,
        features={key: shape.feature for key, shape in plan.shapes.items()},
        layer_of={layer.id: layer for layer in plan.catalogue.layers},
        extent_links=_extent_links(plan, view),
        reading_links=_reading_links(plan, view),
        address=lambda path: f"{path}?{_words(view)}",
        area=lambda value, unit, u_m2=None: units.format_area(value, unit, lang, u_m2=u_m2),
        axis=axis_of([geometry.area for geometry in view.zones.values()]),
        number=lambda value, decimals=0: units.format_number(value, decimals, lang),
        percent=percent,
        unit_name=lambda unit: units.unit_name(unit, lang),
        from_m2=units.from_m2,
        bound_decimals=units.bound_decimals,
    )


@dataclass(frozen=True)
class Axis:
    """The axis of a chart of areas in km2: where it ends, and its marks from 0 on."""

    top: float
    ticks: tuple[float, ...]


def axis_of(areas_m2: Sequence[float]) -> Axis:
    """An axis that ends at the largest area, with marks at round distances: three to five of them.

    >>> axis_of([150.17e6, 21.2e6])
    Axis(top=150.17, ticks=(0.0, 50.0, 100.0, 150.0))
    """
    top = units.from_m2(max(areas_m2), "km2")
    power = 10.0 ** math.floor(math.log10(top))
    step = next(size * power for size in (2.0, 1.0, 0.5) if top >= 2 * size * power)
    return Axis(top, tuple(round(step * number, 9) for number in range(int(top / step) + 1)))


def percent(share: float) -> str:
    """A share in tenths of a per cent; what is there, but less than that can show, reads "<0.1%".

    >>> percent(0.0004)
    '<0.1%'
    """
    if 0 < share < _TRACE:
        return "<0.1%"
    return f"{units.format_number(share * 100, 1, reader_language())}%"


def _extent_links(plan: Plan, view: View) -> list[ViewLink]:
    extents = dict.fromkeys(extent for extent, _reading in plan.views)
    return [ViewLink(e, f"/metrics?{_words(view, extent=e)}", e == view.extent) for e in extents]


def _reading_links(plan: Plan, view: View) -> list[ViewLink]:
    lang = reader_language()
    return [
        ViewLink(
            reading.name_zh if lang == "zh" else reading.name_en,
            f"/metrics?{_words(view, reading=reading.id)}",
            reading.id == view.reading,
        )
        for reading in plan.catalogue.rings.readings
    ]


def _words(view: View, **changed: str) -> str:
    return urlencode({**whole_view_words(view), **changed, "lang": reader_language()}, safe=",")


def _file_name(plan: Plan, name: str, view: View, kind: str) -> str:
    lang = reader_language()
    _, _, layer_id = name.partition("balance-")
    title = {"zh": "指标", "en": "metrics"}[lang]
    if layer_id:
        title = f"用地平衡_{plan.layer(layer_id).title_zh}" if lang == "zh" else name
    return f"{exports.stem(plan, view, title, None, lang)}.{kind}"
