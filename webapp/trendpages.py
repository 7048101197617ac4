"""Indicators over the years: the page with its charts and tables, its files for spreadsheets, and the same as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from flask import Blueprint, Response, request
from flask_babel import gettext as _

from geo.catalogue import Figure, StatedArea, in_lang
from geo.catalogue.figures import THEMES
from geo.output import exports
from geo.output.ledger import figure_text, qualified
from geo.output.metricsheets import notes
from geo.output.sheets import csv_bytes, xlsx_bytes
from geo.output.trends import trends_json, trends_sheet
from geo.plan import Plan
from geo.trends import Growth, Trend, TrendLine, extent_of, extents, trends
from geo.units import MEASURES, format_number, format_value
from webapp.errors import not_one_of
from webapp.exports import attachment
from webapp.language import mark_language, reader_language
from webapp.ledgerwords import theme_names
from webapp.metricpages import FILE_TYPES
from webapp.payloads import PayloadCache, answer, to_json
from webapp.queries import VIEW_WORDS, read_query
from webapp.settings import Settings
from webapp.trendchart import SHAPES, chart_of, year_axis
from webapp.views import read_address, render_page

_MINUS = "−"


@dataclass(frozen=True)
class _Row:
    """One figure in the table of an indicator."""

    figure: Figure
    shape: str
    line: str
    value: str
    source: str
    place: str
    note: str
    extent: str | None


def make_trend_pages(plan: Plan, settings: Settings) -> Blueprint:
    """The routes /trends, its files and /api/trends over one plan."""
    pages = Blueprint("trends", __name__)
    cache = PayloadCache()

    @pages.get("/api/trends")
    def as_json() -> Response:
        theme = _theme(read_query("theme").get("theme"))
        key = (plan.catalogue.version, "json", theme or "")
        return answer(cache.get(key, lambda: to_json(trends_json(plan, theme))))

    @pages.get("/trends")
    def page() -> Response:
        read_address(plan)
        return _page(plan, _theme(request.args.get("theme")))

    @pages.get("/trends.<any(csv, xlsx):kind>")
    def file(kind: str) -> Response:
        asked = read_query("theme", *VIEW_WORDS)  # the links of the page keep the view; it changes no row
        return _file(plan, settings, cache, kind, _theme(asked.get("theme")))

    return pages


def _theme(asked: str | None) -> str | None:
    """The theme that an address asks for, None for all; Problem 400 that lists the themes for an unknown one."""
    if asked and asked not in THEMES:
        raise not_one_of("theme", asked, THEMES)
    return asked or None


def _file(plan: Plan, settings: Settings, cache: PayloadCache, kind: str, theme: str | None) -> Response:
    lang = reader_language()

    def made() -> bytes:
        said = notes(plan, plan.view(), lang, settings.map_review_no)
        sheet = trends_sheet(plan, lang, said, theme)
        return xlsx_bytes((sheet,)) if kind == "xlsx" else csv_bytes(sheet)

    response = answer(cache.get((plan.catalogue.version, kind, lang, theme or ""), made), FILE_TYPES[kind])
    zone = exports.ATLAS_ZH if lang == "zh" else exports.ATLAS_EN
    title = {"zh": "历年指标", "en": "trends"}[lang] + (f"_{theme}" if theme else "")
    plain = f"yaohu-atlas-trends{f'-{theme}' if theme else ''}.{kind}"
    response.headers["Content-Disposition"] = attachment(f"{zone}_{title}.{kind}", plain)
    return mark_language(response)


def _page(plan: Plan, theme: str | None) -> Response:
    lang, names = reader_language(), theme_names()
    found = trends(plan)
    axis = year_axis(found)
    counts = Counter(trend.indicator.theme for trend in found)
    groups = [
        {"id": one, "name": name, "trends": [_told(t, axis, lang) for t in found if t.indicator.theme == one]}
        for one, name in names.items()
        if counts[one] and theme in (None, one)
    ]
    return render_page(
        "trends.html",
        groups=groups,
        themes=[(one, name, counts[one]) for one, name in names.items() if counts[one]],
        total=len(found),
        asked=theme,
        asked_name=names.get(theme or "", ""),
        extents=[(name, _area(stated, lang)) for name, stated in extents(plan).items()],
    )


def _area(stated: StatedArea | None, lang: str) -> dict[str, str | None] | None:
    if stated is None:
        return None
    text = qualified(format_value(stated.value, stated.unit, lang), stated.qualifier, lang)
    return {"text": text, "figure": stated.figure, "source": _source(stated.source)}


def _told(trend: Trend, axis: tuple[int, int, int], lang: str) -> dict[str, object]:
    """An indicator as the template shows it: its chart, the rows of its table, and what is said below them."""
    zh, one = lang == "zh", trend.indicator
    lines = list(zip(trend.lines, SHAPES, strict=False))
    return {
        "id": one.id,
        "name": one.name_zh if zh else one.name_en,
        "why": one.why_zh if zh else one.why_en,
        "extents_differ": trend.extents_differ,
        "chart": chart_of(trend, axis, lang),
        "rows": [_row(figure, line, shape, lang) for line, shape in lines for figure in (*line.points, *line.undated)],
        "legend": [(shape, _name(line, lang)) for line, shape in lines if line.points],
        "empty": [_name(line, lang) for line in trend.lines if not (line.points or line.undated)],
        "breaks": [
            f"{join.first.year}–{join.last.year}{_(': ')}{join.reason[0 if zh else 1]}"
            for line in trend.lines
            for join in line.joins
            if join.reason
        ],
        "growths": [_growth(g, line, lang) for line in trend.lines for g in line.growths if g.absolute is not None],
        "unknown": [row for line in trend.lines for row in _unknown(line, lang)],
    }


def _name(line: TrendLine, lang: str) -> str:
    return line.line.name_zh if lang == "zh" else line.line.name_en


def _row(figure: Figure, line: TrendLine, shape: str, lang: str) -> _Row:
    return _Row(
        figure=figure,
        shape=shape,
        line=_name(line, lang),
        value=figure_text(figure, lang),
        source=_source(figure.source),
        place=in_lang(figure.place, lang),
        note=in_lang(figure.note, lang),
        extent=extent_of(figure),
    )


def _source(source: str) -> str:
    return _("public text") if source == "public" else source


def _growth(growth: Growth, line: TrendLine, lang: str) -> dict[str, object]:
    return {
        "years": _years(growth),
        "text": qualified(_change(growth, lang), growth.qualifier, lang),
        "yearly": "" if growth.yearly is None else _signed(growth.yearly * 100, 1, lang) + "%",
        "reason": growth.reason[0 if lang == "zh" else 1] if growth.reason else "",
        "extents_differ": growth.extents_differ,
        "is_money": growth.first.measure in ("cny", "usd"),
        "line": _name(line, lang),
    }


def _unknown(line: TrendLine, lang: str) -> Iterator[dict[str, str]]:
    """The changes of a line that cannot be worked out, one row for all with the same reason."""
    at, found = (0 if lang == "zh" else 1), [growth for growth in line.growths if growth.absolute is None]
    for reason in dict.fromkeys(growth.reason[at] for growth in found if growth.reason):
        years = _(", ").join(_years(growth) for growth in found if growth.reason and growth.reason[at] == reason)
        yield {"line": _name(line, lang), "years": years, "reason": reason}


def _years(growth: Growth) -> str:
    return f"{growth.first.year}–{growth.last.year}"


def _change(growth: Growth, lang: str) -> str:
    """The change in the unit of the later figure, signed; of shares in percentage points."""
    first, last = growth.first, growth.last
    if first.unit == last.unit:
        change = float(Decimal(str(last.value)) - Decimal(str(first.value)))  # no digits that nobody stated
    else:
        change = round((last.base - first.base) / MEASURES[last.unit][1], 6)
    sign = _MINUS if change < 0 else "+"
    if last.unit == "%":
        points = format_value(abs(change), "count", lang)
        return sign + str(_("%(points)s percentage points", points=points))
    return sign + format_value(abs(change), last.unit, lang)


def _signed(value: float, decimals: int, lang: str) -> str:
    text = format_number(value, decimals, lang)
    return text if text.startswith(_MINUS) else f"+{text}"
