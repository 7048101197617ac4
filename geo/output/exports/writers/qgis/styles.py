"""The style of one part for QGIS 3.22 and newer, as QML: what is drawn and written, and what the columns are called."""

from __future__ import annotations

from dataclasses import replace
from xml.etree.ElementTree import Element, tostring

from geo.output.exports.content import Content, Part
from geo.output.exports.formats import AREA, LINE, POINT, WORDS
from geo.output.exports.writers.qgis.labels import add_labels, scale_of
from geo.output.exports.writers.qgis.rules import Rule, rules_of
from geo.output.exports.writers.qgis.symbols import add_symbol
from geo.output.exports.writers.qgis.words import key_of
from geo.output.exports.writers.qgis.xml import add
from geo.output.symbology import Look

VERSION = "3.22.0"
ALL, GROUND, LINES = "all", "ground", "lines"  # of what is drawn: everything, the fills alone, the strokes alone
_GEOMETRY_TYPES = {POINT: 0, LINE: 1, AREA: 2, WORDS: 4}


def qml(content: Content, part: Part) -> str:
    """The style of a part. The same part gives the same text."""
    root = Element(
        "qgis", {"version": VERSION, "styleCategories": "Symbology|Labeling|Fields|Rendering|GeometryOptions"}
    )
    add_style(root, content, part)
    add(root, "layerGeometryType", _GEOMETRY_TYPES[part.kind])
    return tostring(root, encoding="unicode")


def add_style(element: Element, content: Content, part: Part, drawn: str = ALL) -> None:
    """Renderer, labels and aliases of a part in the root of a QML or in a layer of a project.

    `drawn` is ALL, GROUND or LINES; GROUND has no labels.
    """
    level = part.table.layer.min_zoom if part.table.layer is not None else 0
    element.set("hasScaleBasedVisibilityFlag", str(int(level > 0)))
    element.set("minScale", str(scale_of(level) if level > 0 else 100_000_000))
    element.set("maxScale", "0")
    element.set("readOnly", "0")
    element.set("labelsEnabled", "0")
    if part.kind != WORDS:
        _add_renderer(element, part, [_drawn(rule, drawn) for rule in rules_of(content, part)])
        if drawn != GROUND and add_labels(element, content, part):
            element.set("labelsEnabled", "1")
    _add_fields(element, part, content.wanted.lang)


def _drawn(rule: Rule, drawn: str) -> Rule:
    look = rule.look
    if drawn == GROUND:
        look = Look(look.fill, look.fill_opacity, look.pattern)
    if drawn == LINES:
        look = replace(look, fill=None, pattern=None)
    return replace(rule, look=look)


def _add_renderer(element: Element, part: Part, rules: list[Rule]) -> None:
    """One symbol for a part whose rows all look alike, else rules. Casings of all rows lie under their lines."""
    is_single = len(rules) == 1
    kind = "singleSymbol" if is_single else "RuleRenderer"
    renderer = add(element, "renderer-v2", type=kind, symbollevels="1", forceraster="0", enableorderby="0")
    if not is_single:
        root = add(renderer, "rules", key=key_of(part, "rules"))
        for number, rule in enumerate(rules):
            attributes = {"filter": rule.filter or "ELSE", "label": rule.label, "symbol": number}
            add(root, "rule", key=key_of(part, f"rule {number}"), **attributes)
    symbols = add(renderer, "symbols")
    for number, rule in enumerate(rules):
        add_symbol(symbols, str(number), part.kind, rule.look)


def _add_fields(element: Element, part: Part, lang: str) -> None:
    aliases = add(element, "aliases")
    for index, field in enumerate(part.table.fields):
        add(aliases, "alias", field=field.name, index=index, name=field.title(lang))
