"""The map's shell, the only thing that folium draws: an empty map, its panes in draw order, a scale bar.

folium and branca compile finished text again as templates, so no title, name or property ever comes near them:
all they get are numbers and layer ids of one narrow form. Leaflet wants (lat, lon), and only here.
"""

from __future__ import annotations

import re
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType
from typing import Any, ClassVar

from geo.plan import Plan
from webapp.notebookmap import NotebookMap, drawing, page_of

ELEMENT_ID = "atlas-map"
_VARIABLE = "atlas_map"  # folium uses one name for both; JavaScript takes no hyphen
MIN_ZOOM, MAX_ZOOM, START_ZOOM = 10, 18, 12
_LEEWAY_DEG = 1.5  # how far the map may be dragged beyond the plan
_FIRST_Z_INDEX = 401  # above Leaflet's own overlay pane

# Panes without a layer of their own, each above the layer that it is drawn over.
_EXTRA_PANES = {"water": ("grid", "accuracy"), "metro": ("extent_lines",)}
_TOP_PANES = ("selection", "labels")
_PANE_NAME = re.compile(r"[a-z0-9_]+")

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class Shell:
    """The map as two pieces of a page: an element, and the script that fills it and binds `window.atlasMap`."""

    html: str
    script: str


class ShellKeeper:
    """Draws the shell once in a process, in the background, because folium takes long to import."""

    def __init__(self, layer_ids: Sequence[str], bounds: Bounds) -> None:
        self._asked = (pane_names(layer_ids), bounds)
        self._lock = threading.Lock()
        self._drawn: Future[Shell] | None = None

    def start(self) -> Future[Shell]:
        """Begin to draw, if nobody has; the future of the shell."""
        with self._lock:
            if self._drawn is None:
                pool = ThreadPoolExecutor(1, thread_name_prefix="shell")
                self._drawn = pool.submit(draw_shell, *self._asked)
                pool.shutdown(wait=False)  # the thread ends with its one task
            return self._drawn

    def shell(self) -> Shell:
        """The shell; waits for it if it is still being drawn."""
        return self.start().result()


def pane_names(layer_ids: Sequence[str]) -> tuple[str, ...]:
    """The panes of a map in draw order, lowest first: one for each layer, and those for lines and names between them.

    ValueError for a layer id that is not of the form [a-z0-9_]+.

    >>> pane_names(["rings", "water", "towns"])
    ('rings', 'water', 'grid', 'accuracy', 'towns', 'extent_lines', 'selection', 'labels')
    """
    for layer_id in layer_ids:
        if not _PANE_NAME.fullmatch(layer_id):
            raise ValueError("a layer id that is not of the form [a-z0-9_]+ cannot name a pane")
    names: list[str] = []
    for layer_id in layer_ids:
        names += [layer_id, *_EXTRA_PANES.get(layer_id, ())]
    unplaced = [name for extras in _EXTRA_PANES.values() for name in extras if name not in names]
    return tuple(dict.fromkeys((*names, *unplaced, *_TOP_PANES)))


def draw_shell(panes: Sequence[str], bounds: Bounds) -> Shell:
    """The shell of a map with `panes` (lowest first) around `bounds` (west, south, east, north in degrees)."""
    folium = _import_folium()
    shell_map = _bare_map(folium, bounds)
    for position, name in enumerate(panes):
        if not _PANE_NAME.fullmatch(name):
            raise ValueError("a pane name is not of the form [a-z0-9_]+")
        folium.map.CustomPane(name, z_index=_FIRST_Z_INDEX + position).add_to(shell_map)
    # Without position=: folium 0.20 then gives all positions as arguments, and the options are lost.
    folium.features.Control("Scale", imperial=False, max_width=160).add_to(shell_map)
    figure = shell_map.get_root()
    figure.render()  # fills .html and .script; the head with its outside links is never asked for
    html, script = figure.html.render(), figure.script.render()
    return Shell(
        html=_name_element(html),
        script=f"{_name_element(script)}\nwindow.atlasMap = {_VARIABLE};",
    )


def notebook_map(plan: Plan, layers: Sequence[str] | None = None, lang: str = "zh") -> NotebookMap:
    """The map of a plan for a notebook, in "zh" or "en": the value of a cell, or `.save(path)` for a page.

    `layers` are ids of layers and rings, or one `theme:<id>`; without them everything, shown as the atlas begins. Rows
    known only in words are not drawn. Errors are those of `exports.export`.
    """
    asked = drawing(plan, layers, lang)
    return page_of(asked, draw_shell(pane_names(asked.layer_ids), asked.bounds))


def _name_element(text: str) -> str:
    """`text` with the element's id, which stands in quotes where the variable does not."""
    return text.replace(f'"{_VARIABLE}"', f'"{ELEMENT_ID}"').strip()


def _bare_map(folium: ModuleType, bounds: Bounds) -> Any:
    west, south, east, north = bounds

    class AtlasMap(folium.Map):  # type: ignore[misc, name-defined]
        """A map with one fixed name and without the links of folium's head."""

        default_js: ClassVar[list[tuple[str, str]]] = []
        default_css: ClassVar[list[tuple[str, str]]] = []

        def get_name(self) -> str:
            return _VARIABLE

    return AtlasMap(
        location=((south + north) / 2, (west + east) / 2),
        zoom_start=START_ZOOM,
        tiles=None,
        zoom_control=False,
        prefer_canvas=False,
        max_bounds=True,
        min_lat=south - _LEEWAY_DEG,
        max_lat=north + _LEEWAY_DEG,
        min_lon=west - _LEEWAY_DEG,
        max_lon=east + _LEEWAY_DEG,
        minZoom=MIN_ZOOM,  # folium keeps min_zoom for tiles
        maxZoom=MAX_ZOOM,
        zoomSnap=0.5,
        bounceAtZoomLimits=False,
        attributionControl=False,  # Leaflet's own line links to another host; the page About names it
    )


def _import_folium() -> ModuleType:
    """folium, with branca made literal: late, because the import takes long and nobody else needs it."""
    with _without_pandas():
        import branca.element
        import folium.features

    branca.element.Template = LiteralTemplate  # type: ignore[assignment, attr-defined]
    return folium


@contextmanager
def _without_pandas() -> Iterator[None]:
    """Let folium do without pandas, which is half of its import: it takes data frames if it can, and gets none here.

    None in sys.modules is Python's own sign for a module that is not to be found. Whoever imports pandas later gets it.
    """
    if "pandas" in sys.modules:
        yield
        return
    sys.modules["pandas"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules["pandas"]


class LiteralTemplate:
    """Stands in for jinja2.Template where branca compiles finished text again: gives the text back as it is.

    branca's own templates were compiled when it was imported; what reaches it afterwards is text, not a template.

    >>> LiteralTemplate("{{ 7*191 }}").render(this=None)
    '{{ 7*191 }}'
    """

    def __init__(self, text: str) -> None:
        self._text = text

    def render(self, **_values: object) -> str:
        """The text."""
        return self._text
