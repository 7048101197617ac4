"""Stated beside measured: the page, its table for spreadsheets, and the same as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from urllib.parse import urlencode

from flask import Blueprint, Response, request
from flask_babel import gettext as _

from geo.catalogue import in_lang
from geo.output import exports
from geo.output.ledger import figure_text
from geo.output.metricsheets import notes
from geo.output.reconcile import reconciliation, reconciliation_sheet
from geo.output.sheets import csv_bytes, xlsx_bytes
from geo.output.thumbnails import thumbnail
from geo.plan import Plan
from geo.reconcile import CHECK_VERDICTS, VERDICTS, Comparison, reconcile
from geo.view import Shape
from webapp import comparisontext
from webapp.errors import not_one_of
from webapp.exports import attachment
from webapp.language import mark_language, reader_language
from webapp.ledgerwords import theme_names
from webapp.metricpages import FILE_TYPES
from webapp.payloads import PayloadCache, answer, to_json
from webapp.queries import VIEW_WORDS, read_query
from webapp.settings import Settings
from webapp.views import read_address, render_page
from webapp.words import words

ALL_VERDICTS = (*VERDICTS, *CHECK_VERDICTS)


def make_reconcile_pages(plan: Plan, settings: Settings) -> Blueprint:
    """The routes /reconcile, its files and /api/reconcile over one plan; all comparisons are worked out once."""
    pages = Blueprint("reconcile", __name__)
    cache = PayloadCache()
    rows = reconcile(plan)

    @pages.get("/api/reconcile")
    def as_json() -> Response:
        read_query()
        return answer(cache.get((plan.catalogue.version, "json"), lambda: to_json(reconciliation(plan))))

    @pages.get("/reconcile")
    def page() -> Response:
        read_address(plan)
        asked = request.args.get("verdict", "")
        if asked and asked not in ALL_VERDICTS:
            raise not_one_of("verdict", asked, ALL_VERDICTS)
        return _page(plan, rows, asked)

    @pages.get("/reconcile.<any(csv, xlsx):kind>")
    def file(kind: str) -> Response:
        read_query(*VIEW_WORDS)  # the links of the page keep them; they change no row
        return _file(plan, settings, cache, kind)

    return pages


def _file(plan: Plan, settings: Settings, cache: PayloadCache, kind: str) -> Response:
    lang = reader_language()

    def made() -> bytes:
        sheet = reconciliation_sheet(plan, lang, notes(plan, plan.view(), lang, settings.map_review_no))
        return xlsx_bytes((sheet,)) if kind == "xlsx" else csv_bytes(sheet)

    response = answer(cache.get((plan.catalogue.version, kind, lang), made), FILE_TYPES[kind])
    zone = exports.ATLAS_ZH if lang == "zh" else exports.ATLAS_EN
    title = {"zh": "数据核对", "en": "reconciliation"}[lang]
    response.headers["Content-Disposition"] = attachment(f"{zone}_{title}.{kind}", f"yaohu-atlas-reconciliation.{kind}")
    return mark_language(response)


def _page(plan: Plan, rows: tuple[Comparison, ...], asked: str) -> Response:
    said, counts = words(), Counter(row.verdict for row in rows)
    shown = [row for row in rows if asked in ("", row.verdict)]
    on_map = [row for row in shown if row.verdict in VERDICTS]
    groups = [
        {"id": theme, "name": name, "rows": [_told(plan, row, said) for row in on_map if row.theme == theme]}
        for theme, name in theme_names().items()
    ]
    checks = [_told(plan, row, said) for row in shown if row.verdict in CHECK_VERDICTS]
    groups.append({"id": "checks", "name": _("Checks within the sources"), "rows": checks})
    return render_page(
        "reconcile.html",
        groups=[group for group in groups if group["rows"]],
        counts=[(verdict, counts[verdict]) for verdict in VERDICTS],
        checks=[(verdict, counts[verdict]) for verdict in CHECK_VERDICTS if counts[verdict]],
        total=sum(counts[verdict] for verdict in VERDICTS),
        asked=asked,
        crs=plan.catalogue.metric_crs,
    )


def _told(plan: Plan, row: Comparison, said: Mapping[str, str]) -> dict[str, object]:
    lang = reader_language()
    at = 0 if lang == "zh" else 1
    shapes = [plan.shapes[shape] for shape in row.shapes if shape in plan.shapes]
    return {
        "row": row,
        "subject": in_lang(row.subject, lang),
        "name": row.name[at],
        "year": row.figures[0].year if len(row.figures) == 1 else None,
        "reason": row.reason[at],
        "formula": row.formula[at],
        "stated": comparisontext.stated_text(row),
        "measured": comparisontext.measured_text(row),
        "difference": comparisontext.difference_text(row, said),
        "picture": comparisontext.picture(row),
        "sides": comparisontext.side_names(row),
        "method": f"{plan.catalogue.metric_crs}" if shapes and row.measured else "",
        "thumbnail": thumbnail(shapes),
        "sources": ", ".join(dict.fromkeys(_source(figure.source, said) for figure in row.figures)),
        "figures": [_figure(plan, row, number, said) for number in range(len(row.figures))],
        "links": [_link(shape, lang) for shape in shapes],
    }


def _figure(plan: Plan, row: Comparison, number: int, said: Mapping[str, str]) -> dict[str, object]:
    lang, figure = reader_language(), row.figures[number]
    metric = plan.catalogue.metrics[figure.metric]
    return {
        "id": figure.id,
        "metric": metric.name_zh if lang == "zh" else metric.name_en,
        "value": figure_text(figure, lang),
        "where": f"{_source(figure.source, said)}{said['comma']}{in_lang(figure.place, lang)}",
    }


def _source(source: str, said: Mapping[str, str]) -> str:
    return said["public_text"] if source == "public" else source


def _link(shape: Shape, lang: str) -> dict[str, str]:
    name = shape.feature.name_zh if lang == "zh" else shape.feature.name_en
    return {"name": name, "url": map_address(shape)}


def map_address(shape: Shape) -> str:
    """The map with the card of a feature, its layer switched on, in the language of the address."""
    asked = {"on": shape.feature.layer, "sel": shape.feature.id}
    asked |= {"lang": request.args["lang"]} if request.args.get("lang") else {}
    return f"/?{urlencode(asked, safe=':')}"
