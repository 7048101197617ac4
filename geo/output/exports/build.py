"""From what is wanted to what a writer is handed: features picked, placed in the system of the file, and described."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from geo.catalogue import Layer
from geo.errors import EmptyError
from geo.output.exports import naming
from geo.output.exports.content import Content, Group, Row, Table
from geo.output.exports.fields import fields_of
from geo.output.exports.formats import AREA, KIND_WORDS, Format
from geo.output.exports.order import Order
from geo.output.exports.properties import flat_properties
from geo.output.exports.selection import Selection, select
from geo.output.exports.statements import statements
from geo.output.exports.wanted import Wanted
from geo.output.features import Json, view_json
from geo.output.layers import land_use_rows, notice_text
from geo.plan import Plan
from geo.scenario import rings_text
from geo.view import SYMBOLIC, Shape

_CENTRE = ("centre_lon", "centre_lat")  # degrees of WGS 84: wrong beside coordinates of another system
_BOUNDARY = "txt"  # corners of boundaries: the picture of a size has none


def contents_of_layers(order: Order) -> Content:
    """The features of the plan that are asked for; ChoiceError and EmptyError as `select`."""
    found = select(order.plan, order.view, order.wanted)
    tables = [_table(order, layer, shapes) for layer, shapes in found.picked]
    return contents(order, tables, (found.title_zh, found.title_en, _name(found, order.wanted)))


def contents(order: Order, tables: Sequence[Table], titles: tuple[str, str, str]) -> Content:
    """Everything of a file from its tables: rows that the format cannot hold are left out, and said so.

    EmptyError if it can hold none of them. `titles` are Chinese, English, and that of the file name.
    """
    plan, wanted = order.plan, order.wanted
    kept = [_held(table, wanted.format) for table in tables]
    left_out = sum(len(table.rows) for table in tables) - sum(len(table.rows) for table in kept)
    kept = [table for table in kept if table.rows]
    if not kept:
        raise _no_place(wanted, tables)
    return Content(
        wanted=wanted,
        title_zh=titles[0],
        title_en=titles[1],
        stem=naming.stem(plan, order.view, titles[2], order.target, wanted.lang),
        tables=tuple(kept),
        target=order.target,
        metric_crs=plan.catalogue.metric_crs,
        statements=statements(order, titles[:2], left_out),
        extent=order.view.extent,
        groups=_groups(plan, kept),
        classes={row["code"]: (row["name_zh"], row["name_en"], row["colour"]) for row in land_use_rows(plan)},
        licence=plan.catalogue.licence,
        view=view_json(order.view),
    )


def table_of(names: Sequence[str], title: tuple[str, str], table_id: str, rows: Sequence[Row]) -> Table:
    """A table that is no layer of the plan; `names` are those of its columns in order."""
    return Table(table_id, *title, fields_of(names, [row.values for row in rows]), tuple(rows))


def said_of_rows(order: Order) -> Json:
    """What every row repeats, because a GIS drops what stands beside the rows."""
    made_on = order.wanted.made_on or date.today()
    notice = notice_text(order.view, order.wanted.review_no)
    return {"view": _address(order), "exported": made_on.isoformat(), "notice": notice}


def _address(order: Order) -> str:
    """The view and the part of the plan in the words of an address, so that a row says what it was read with."""
    view, wanted = order.view, order.wanted
    words = [("extent", view.extent), ("reading", view.reading)]
    words += [] if view.is_base else [("rings", rings_text(view.distances_m))]
    words += [] if wanted.bbox is None else [("bbox", ",".join(f"{side:.12g}" for side in wanted.bbox))]
    words += [(word, ",".join(values)) for word, values in wanted.filters]
    return "&".join(f"{word}={value}" for word, value in words)


def _name(found: Selection, wanted: Wanted) -> str:
    """The title in a file name, with a word for a part."""
    name = found.title_zh if wanted.lang == "zh" else found.name_en
    is_part = wanted.bbox is not None or wanted.filters
    return f"{name}{'（部分）' if wanted.lang == 'zh' else '-part'}" if is_part else name


def _table(order: Order, layer: Layer, shapes: Iterable[Shape]) -> Table:
    said = said_of_rows(order)
    rows = [_row(order, shape, said) for shape in shapes]
    names = tuple(dict.fromkeys(name for row in rows for name in row.values if name not in said))
    fields = fields_of((*names, *said), [row.values for row in rows])
    return Table(layer.id, layer.title_zh, layer.title_en, fields, tuple(rows), layer)


def _row(order: Order, shape: Shape, said: Json) -> Row:
    target = order.target
    values = flat_properties(order.plan, shape, order.view) | said
    if target.is_shifted or not target.is_geographic:
        for name in _CENTRE:
            del values[name]
    return Row(shape.feature.id, values, None if shape.geometry is None else target.placed(shape.geometry))


def _held(table: Table, format: Format) -> Table:
    rows = tuple(row for row in table.rows if row.kind in format.holds and not _is_symbol(row, format))
    return Table(table.id, table.title_zh, table.title_en, table.fields, rows, table.layer)


def _is_symbol(row: Row, format: Format) -> bool:
    return format.ext == _BOUNDARY and row.kind == AREA and row.values.get("geometry_basis") == SYMBOLIC


def _no_place(wanted: Wanted, tables: Sequence[Table]) -> EmptyError:
    title, holds = wanted.format.title, wanted.format.holds
    rows = [row for table in tables for row in table.rows]
    found = [kind for kind in KIND_WORDS if any(row.kind == kind for row in rows)]
    return EmptyError(
        f"{title} holds {_said(holds, 'en')}; what was picked is {_said(found, 'en')}, without an outline of its own. "
        "Pick other layers or another format.",
        f"{title} 只能容纳{_said(holds, 'zh')}；所选为{_said(found, 'zh')}，没有自己的轮廓。请改选图层或格式。",
        possible=holds,
    )


def _said(kinds: Iterable[str], lang: str) -> str:
    words = [KIND_WORDS[kind] for kind in kinds]
    return "、".join(zh for zh, _ in words) if lang == "zh" else ", ".join(en for _, en in words)


def _groups(plan: Plan, tables: Sequence[Table]) -> tuple[Group, ...]:
    """The groups of the layer list that hold something, with their layers in draw order."""
    found = []
    for group in plan.catalogue.groups:
        layers = tuple(table.id for table in tables if table.layer is not None and table.layer.group == group.id)
        if layers:
            found.append(Group(group.name_zh, group.name_en, layers))
    return tuple(found)
