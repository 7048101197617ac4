"""The map as one page that stands alone, for notebooks: it brings Leaflet and its data along and asks no host.

Features never pass through folium or branca, which execute text: they are JSON in a script element that is no script,
and a fixed script draws them. The page allows only the scripts that it was made with, by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from shapely.geometry.base import BaseGeometry

from geo.output.exports.build import contents_of_layers
from geo.output.exports.content import Content, Row, Table
from geo.output.exports.formats import AREA
from geo.output.exports.order import settle
from geo.output.exports.wanted import Wanted
from geo.output.features import MAP_DECIMALS, Json, geometry_json
from geo.plan import Plan
from geo.units import format_area, format_number

if TYPE_CHECKING:
    from webapp.maps import Shell

_HERE = Path(__file__).parent
_LEAFLET = _HERE.parent.parent / "static/vendor/leaflet-1.9.4"
_HEIGHT_PX = 600
_SAMPLES = 6  # colours of a layer that the legend has room for
_WORDS = {
    "zh": {
        "area": "面积（计算）",
        "accuracy": "精度（95% 误差限）",
        "basis": "定位依据",
        "source": "来源",
        "unknown": "未知",
        "layers": "图层",
        "zoom_in": "放大",
        "zoom_out": "缩小",
        "exported": "制作日期",
        "version": "数据版本",
        "colon": "：",
        "stop": "。",
    },
    "en": {
        "area": "Area (computed)",
        "accuracy": "Accuracy (95 % bound)",
        "basis": "Placed by",
        "source": "Source",
        "unknown": "unknown",
        "layers": "Layers",
        "zoom_in": "Zoom in",
        "zoom_out": "Zoom out",
        "exported": "Made on",
        "version": "Version of the data",
        "colon": ": ",
        "stop": ". ",
    },
}
_BASES = {
    "digitised": ("数字化", "digitised"),
    "inferred": ("推定", "inferred"),
    "computed": ("计算", "computed"),
    "symbolic_footprint": ("示意：圆只表示面积，不是边界", "symbol of a size, not an outline"),
    "point": ("点位", "point"),
}
_PATTERNS = (
    '<svg width="0" height="0" aria-hidden="true" style="position:absolute"><defs>'
    '<pattern id="p-trees" width="9" height="9" patternUnits="userSpaceOnUse"><g fill="#5c9150">'
    '<circle cx="2.5" cy="3" r="1"/><circle cx="7" cy="7.2" r="1"/></g></pattern>'
    '<pattern id="p-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<path d="M0 0V6" stroke="#8c0a1c"/></pattern></defs></svg>'
)


@dataclass(frozen=True)
class NotebookMap:
    """A map to show as the last value of a cell, or to keep as a file; `page` is its whole HTML."""

    page: str = field(repr=False)
    title: str

    def _repr_html_(self) -> str:
        """What a notebook shows: the page in a frame that can reach neither the notebook nor a host."""
        return (
            f'<iframe srcdoc="{html.escape(self.page)}" sandbox="allow-scripts" title="{html.escape(self.title)}" '
            f'style="width:100%;height:{_HEIGHT_PX}px;border:0"></iframe>'
        )

    def save(self, path: Path | str) -> None:
        """Writes the page, UTF-8. OSError if that cannot be done."""
        Path(path).write_text(self.page, encoding="utf-8")


@dataclass(frozen=True)
class Drawing:
    """What a page shows: the plan's features that were asked for, in degrees, and the ids of their layers."""

    plan: Plan
    content: Content
    shows_all: bool  # also what is named; else the map begins with the layers that the atlas begins with

    @property
    def layer_ids(self) -> tuple[str, ...]:
        """The layers in draw order, lowest first."""
        return tuple(table.id for table in self.content.tables)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees of what is shown at first; of the whole plan if that is nothing."""
        boxes = [
            row.geometry.bounds
            for table in self.content.tables
            for row in table.rows
            if row.geometry is not None and _is_shown(self, table)
        ]
        boxes = boxes or [one.geometry.bounds for one in self.plan.shapes.values() if one.geometry is not None]
        west, south, east, north = zip(*boxes, strict=True)
        return min(west), min(south), max(east), max(north)


def drawing(plan: Plan, layers: Sequence[str] | None, lang: str) -> Drawing:
    """The layers, rings or themes that are named; all that the plan has for None. Errors as `exports.export`."""
    what = "all" if layers is None else layers if isinstance(layers, str) else ",".join(layers)
    order = settle(plan, Wanted(what, "geojson", lang=lang))
    return Drawing(plan, contents_of_layers(order), shows_all=layers is not None)


def page_of(asked: Drawing, shell: Shell) -> NotebookMap:
    """The page of a drawing on the empty map `shell`."""
    content = asked.content
    lang = content.wanted.lang
    words = _WORDS[lang]
    scripts = [(_LEAFLET / "leaflet.js").read_text(encoding="utf-8"), shell.script]
    scripts.append((_HERE / "map.js").read_text(encoding="utf-8"))
    styles = "\n".join(path.read_text(encoding="utf-8") for path in (_LEAFLET / "leaflet.css", _HERE / "map.css"))
    title, atlas = html.escape(content.text("title", lang)), html.escape(content.text("atlas", lang))
    made = html.escape(_join(words, "exported", content) + words["stop"] + _join(words, "version", content))
    return NotebookMap(
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(scripts)}">'
        f'<meta name="viewport" content="width=device-width"><title>{atlas}</title><style>{styles}</style></head>'
        f"<body><header><h1>{atlas}</h1><span>{title}</span></header>"
        f"<main>{shell.html}<details open><summary>{words['layers']}</summary>"
        f'<div id="legend"></div></details></main>'
        f"<footer>{html.escape(_notice(content))}<br>{made}</footer>{_PATTERNS}"
        f'<script type="application/json" id="atlas-data">{_json(_data(asked))}</script>'
        f"{''.join(f'<script>{script}</script>' for script in scripts)}</body></html>",
        content.text("atlas", lang),
    )


def _policy(scripts: Sequence[str]) -> str:
    """The scripts of the page and no others; pictures of the page itself; nothing from any host."""
    hashes = " ".join(f"'sha256-{_digest(script)}'" for script in scripts)
    return f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:"


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")


def _json(value: Json) -> str:
    """JSON that ends no element of a page."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).replace("<", "\\u003c")


def _join(words: dict[str, str], key: str, content: Content) -> str:
    return f"{words[key]}{words['colon']}{content.text(key, content.wanted.lang)}"


def _notice(content: Content) -> str:
    """Review state, and that it is no legal plan."""
    lang = content.wanted.lang
    return f"{content.text('review', lang)}{_WORDS[lang]['stop']}{content.text('legal', lang)}"


def _data(asked: Drawing) -> Json:
    lang = asked.content.wanted.lang
    layers = [_layer(asked, table) for table in asked.content.tables]
    return {"bounds": asked.bounds, "words": _WORDS[lang], "notice": _notice(asked.content), "layers": layers}


def _layer(asked: Drawing, table: Table) -> Json:
    features = [_feature(asked, table, row) for row in table.rows if row.geometry is not None]
    return {
        "id": table.id,
        "title": table.title(asked.content.wanted.lang),
        "visible": _is_shown(asked, table),
        "samples": _samples(features),
        "features": features,
    }


def _samples(features: Sequence[Json]) -> list[Json]:
    """How the legend shows a layer: by its areas of different colours with their names, else by one feature."""
    filled = {one["look"]["fill"]: one for one in reversed(features) if one["kind"] == AREA and one["look"]["fill"]}
    shown = list(reversed(filled.values())) if len(filled) <= _SAMPLES else []
    return [{"name": one["name"], "look": one["look"]} for one in shown or features[:1]]


def _is_shown(asked: Drawing, table: Table) -> bool:
    return asked.shows_all or (table.layer is not None and table.layer.visible)


def _feature(asked: Drawing, table: Table, row: Row) -> Json:
    assert row.geometry is not None
    lang = asked.content.wanted.lang
    return {
        "name": row.name(lang) or row.id,
        "kind": row.kind,
        "facts": _facts(asked.plan, row, lang),
        "geometry": geometry_json(row.geometry, MAP_DECIMALS),
        "at": _place(row.geometry),
        "look": asdict(asked.content.look(table, row)),
    }


def _place(geometry: BaseGeometry) -> tuple[float, float]:
    """Where a sign stands: the centre, as Leaflet wants it (lat, lon)."""
    centre = geometry.centroid
    return round(centre.y, MAP_DECIMALS), round(centre.x, MAP_DECIMALS)


def _facts(plan: Plan, row: Row, lang: str) -> list[tuple[str, str]]:
    """What the popup says of a feature, heading and text; what is not known is said so."""
    words, values = _WORDS[lang], row.values
    found = []
    if isinstance(values.get("area_m2"), int | float):
        bound = values.get("area_u_m2")
        u_m2 = float(bound) if isinstance(bound, int | float) else None
        found.append((words["area"], format_area(float(values["area_m2"] or 0), "km2", lang, u_m2=u_m2)))
    accuracy = values.get("accuracy_m")
    is_known = isinstance(accuracy, int | float)
    metres = f"± {format_number(float(accuracy or 0), 0, lang)} m" if is_known else words["unknown"]
    found.append((words["accuracy"], metres))
    basis = str(values.get("geometry_basis") or "")
    found.append((words["basis"], _BASES[basis][lang != "zh"] if basis in _BASES else basis or words["unknown"]))
    source = plan.catalogue.sources.get(str(values.get("source")))
    title = None if source is None else source.title_zh if lang == "zh" else source.title_en
    found.append((words["source"], str(values.get("source") or words["unknown"]) if title is None else title))
    return found
