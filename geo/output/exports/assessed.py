"""The answer about a site as tables: the site itself, the part that each rule speaks of, its corners."""

from __future__ import annotations

from collections.abc import Iterator

import shapely
from shapely.geometry.base import BaseGeometry

from geo.assess import INDICATORS, Assessment, answer
from geo.errors import QueryError
from geo.output.exports.build import contents, said_of_rows, table_of
from geo.output.exports.content import Content, Row, Table
from geo.output.exports.order import Order
from geo.output.features import Json
from geo.output.sitesheet import corners
from geo.rules import VERDICT_WORDS
from geo.scenario import rings_text

_SITE, _PARTS, _CORNERS = "site", "rule_parts", "corners"
_TITLES = {
    _SITE: ("地块", "Site"),
    _PARTS: ("规则所指部分", "Parts that rules speak of"),
    _CORNERS: ("界址点", "Corners"),
}
_BOUNDARY = "txt"  # a file of parcels: the part that a rule speaks of is none


def contents_of_site(order: Order) -> Content:
    """The site of the question with its verdict; GeoErrors as `answer`. A question about several sites is refused."""
    question = order.wanted.site
    if question is None or question.each:
        raise QueryError("An export holds one site. Ask without each=true.", "一次只导出一个地块，请勿使用 each=true。")
    found = answer(order.plan, question).sites[0].found
    tables = [_site(order, found)]
    if order.wanted.ext != _BOUNDARY:
        tables += [_parts(order, found), _corners(order, found)]
    title = order.wanted.site_name
    name = title or ("地块" if order.wanted.lang == "zh" else "site")
    return contents(order, [table for table in tables if table.rows], (title or "地块", title or "Site", name))


def _site(order: Order, found: Assessment) -> Table:
    """The site with what was given of it, its shares, and its verdict."""
    values: Json = {
        "id": "site:assessed",
        "name_zh": order.wanted.site_name,
        "name_en": order.wanted.site_name,
        "geometry_basis": "digitised",
        "accuracy_m": found.accuracy_m or None,
        "note_zh": "" if found.accuracy_m else "拐点按给出的坐标作准；其精度未给出。",
        "note_en": "" if found.accuracy_m else "Corners are taken as given; how accurate they are was not said.",
        "land_use": found.land_use,
        **{key: found.indicators.get(key) for key in INDICATORS},
        "area_m2": round(found.area_m2, 2),
        "verdict": found.verdict,
        "rings": rings_text(order.view.distances_m),
        **{f"share_{one.zone}": round(one.share, 6) for one in found.zones},
        **{f"share_low_{one.zone}": round(one.low, 6) for one in found.zones},
        **{f"share_high_{one.zone}": round(one.high, 6) for one in found.zones},
    }
    return _table(order, _SITE, [_row(order, values, found.geometry)])


def _parts(order: Order, found: Assessment) -> Table:
    """The part of the site that each rule speaks of, with the verdict of the rule."""
    verdicts = {one.rule: one.verdict for one in found.verdicts}
    rows = []
    for rule, part in found.parts:
        words = VERDICT_WORDS[verdicts[rule]] if rule in verdicts else ("", "")
        values = {"id": f"rule:{rule}", "rule": rule, "name_zh": words[0], "name_en": words[1]}
        values["verdict"] = verdicts.get(rule, "")
        rows.append(_row(order, values, part))
    return _table(order, _PARTS, rows)


def _corners(order: Order, found: Assessment) -> Table:
    return _table(order, _CORNERS, list(_corner_rows(order, found)))


def _corner_rows(order: Order, found: Assessment) -> Iterator[Row]:
    for one in corners(order.plan, found):
        values: Json = {"id": f"J{one.number}", "name_zh": f"J{one.number}", "name_en": f"J{one.number}"}
        values |= {"number": one.number, "part": one.part, "ring": one.ring}
        values |= {"x_north_m": round(one.x_m, 4), "y_east_m": round(one.y_m, 4)}
        yield _row(order, values, shapely.Point(one.lon, one.lat))


def _row(order: Order, values: Json, geometry: BaseGeometry) -> Row:
    return Row(values["id"], values | said_of_rows(order), order.target.placed(geometry))


def _table(order: Order, table_id: str, rows: list[Row]) -> Table:
    names = tuple(dict.fromkeys(name for row in rows for name in row.values))
    return table_of(names, _TITLES[table_id], table_id, rows)
