"""What must agree between themes, tour and the rest of a catalogue: layers, features, sources, figures, ids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from geo.catalogue.config import CATALOGUE, RINGS
from geo.catalogue.facts import Catalogue
from geo.catalogue.files import LAYERS, Reader
from geo.catalogue.guides import WHOLE_ZONE, Step, Theme, text_parts
from geo.catalogue.references import LEDGER
from geo.catalogue.wording import shown

RING_SWITCHES = ("ring_1", "ring_2", "ring_3", "ring_4", "strip")  # each a row of its own in the list of layers
_RINGS_ID = "rings:"


@dataclass(frozen=True)
class _Known:
    """What themes and steps may name; None where a fault elsewhere leaves it open, so that nothing is told twice."""

    layers: frozenset[str] | None
    features: dict[str, bool] | None  # id: whether it is drawn
    sources: frozenset[str] | None
    figures: frozenset[str] | None
    themes: frozenset[str] | None


def check_guides(reader: Reader, catalogue: Catalogue) -> None:
    """Note every theme and step that names what is not there, or that says too little."""
    guides = catalogue.guides
    known = _known(reader, catalogue)
    for file, rows in ((guides.themes_file, guides.themes), (guides.tour_file, guides.tour)):
        for key, count in Counter(row.id for row in rows).items():
            if count > 1:
                reader.fault(file, "id", "twice", key=key)
    for theme in guides.themes:
        spot = (guides.themes_file, f"themes ({theme.id})")
        _check_shown(reader, spot, theme, known)
        _check_text(reader, spot, (theme.sentence_zh, theme.sentence_en), known)
        _check_legend(reader, spot, theme)
    for step in guides.tour:
        spot = (guides.tour_file, f"steps ({step.id})")
        _check_shown(reader, spot, step, known)
        _check_text(reader, spot, (step.text_zh, step.text_en), known)
        _check_step(reader, spot, step, known)


def _known(reader: Reader, catalogue: Catalogue) -> _Known:
    faulty = {fault.file for fault in reader.faults}
    is_whole = CATALOGUE not in faulty
    is_drawn = is_whole and RINGS not in faulty and not any(file.startswith(LAYERS) for file in faulty)
    is_counted = is_whole and not any(file.startswith(LEDGER) for file in faulty)
    rings = {f"{_RINGS_ID}{ring}": True for ring in RING_SWITCHES[:-1]}  # the strip is there in one reading alone
    drawn = {feature.id: feature.geometry is not None for layer in catalogue.layers for feature in layer.features}
    has_themes = catalogue.guides.themes_file not in faulty
    return _Known(
        layers=frozenset((*(layer.id for layer in catalogue.layers), *RING_SWITCHES)) if is_whole else None,
        features={**drawn, **rings} if is_drawn else None,
        sources=frozenset(catalogue.sources) if is_whole else None,
        figures=frozenset(figure.id for figure in catalogue.figures) if is_counted else None,
        themes=frozenset(theme.id for theme in catalogue.guides.themes) if has_themes else None,
    )


def _check_shown(reader: Reader, spot: tuple[str, str], row: Theme | Step, known: _Known) -> None:
    """Layers, sources, view: what themes and steps have in common."""
    file, where = spot
    for layer in _unknown(row.layers or (), known.layers):
        reader.fault(file, f"{where}.layers", "guide_layer", layer=shown(layer), known=_listed(known.layers))
    for source in _unknown(row.sources, known.sources):
        reader.fault(file, f"{where}.sources", "unknown_source", source=shown(source), known=_listed(known.sources))
    if isinstance(row.view, str) and row.view != WHOLE_ZONE and known.features is not None:
        if row.view not in known.features:
            reader.fault(file, f"{where}.view", "guide_feature", feature=shown(row.view))
        elif not known.features[row.view]:
            reader.fault(file, f"{where}.view", "guide_undrawn", feature=row.view)
    elif isinstance(row.view, tuple):
        west, south, east, north = row.view
        if not (west < east and -90 <= south < north <= 90):
            reader.fault(file, f"{where}.view", "guide_bounds", bounds=shown(list(row.view)))


def _check_text(reader: Reader, spot: tuple[str, str], texts: Iterable[str], known: _Known) -> None:
    file, where = spot
    parts = [part for text in texts for part in text_parts(text)]
    figures = dict.fromkeys(figure for _, figure in parts if figure is not None)
    for figure in _unknown(figures, known.figures):
        reader.fault(file, where, "no_such_figure", figure=shown(figure))
    for words, _ in parts:
        if "{" in words or "}" in words:
            reader.fault(file, where, "guide_brace", words=shown(words[max(0, words.find("{")) :]))


def _check_legend(reader: Reader, spot: tuple[str, str], theme: Theme) -> None:
    file, where = spot
    on = {*theme.layers, *(RING_SWITCHES if "rings" in theme.layers else ())}
    for layer in theme.legend:
        if layer not in on:
            reader.fault(file, f"{where}.legend", "guide_legend", layer=shown(layer))


def _check_step(reader: Reader, spot: tuple[str, str], step: Step, known: _Known) -> None:
    file, where = spot
    if (step.theme is None) == (step.layers is None):
        reader.fault(file, where, "guide_step")
    for theme in _unknown(() if step.theme is None else (step.theme,), known.themes):
        reader.fault(file, f"{where}.theme", "guide_theme", theme=shown(theme), known=_listed(known.themes))
    for feature in _unknown(() if step.select is None else (step.select,), known.features):
        reader.fault(file, f"{where}.select", "guide_feature", feature=shown(feature))


def _unknown(named: Iterable[str], known: Iterable[str] | None) -> list[str]:
    """What is named and not known, once each."""
    return [] if known is None else [name for name in dict.fromkeys(named) if name not in set(known)]


def _listed(names: Iterable[str] | None) -> str:
    return ", ".join(sorted(names or ()))
