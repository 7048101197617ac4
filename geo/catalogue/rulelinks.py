"""What must agree between the rules and the rest of a catalogue: sources, classes, layers, features, slots, rings."""

from __future__ import annotations

from collections.abc import Iterator

from geo.catalogue.config import CATALOGUE, LAND_USE
from geo.catalogue.facts import Catalogue
from geo.catalogue.files import LAYERS, Reader
from geo.catalogue.links import RING_ZONES
from geo.catalogue.rules import Rule, RuleBook, rule_place
from geo.catalogue.wording import shown

# Water is no zone to build in: a constraint speaks of it, not a use.
ZONES_WITH_USES = tuple(zone for zone in RING_ZONES if zone != "water")

Found = tuple[str, dict[str, object]]  # the name of a fault, and its values


def check_rules(reader: Reader, catalogue: Catalogue) -> None:
    """Note every rule that names what is not there, and every zone and empty slot of which no rule speaks.

    A zone without a rule would let a site pass unasked. What a faulty file may lack is not told a second time.
    """
    book = catalogue.rules
    if book is None:
        return
    faulty = frozenset(fault.file for fault in reader.faults)
    for rule in book.rules:
        for name, values in (*_catalogue_faults(rule, catalogue, faulty), *_code_faults(rule, catalogue, faulty)):
            reader.fault(book.file, rule_place(rule.id), name, **values)
    if book.file not in faulty:
        for key in _unspoken(book, catalogue, faulty):
            reader.fault(book.file, "rules", "rule_missing", key=key)


def _catalogue_faults(rule: Rule, catalogue: Catalogue, faulty: frozenset[str]) -> Iterator[Found]:
    if CATALOGUE in faulty:
        return
    layers = {layer.id for layer in catalogue.layers}
    slots = {slot.id for slot in catalogue.slots}
    if rule.source is not None and rule.source not in catalogue.sources:
        yield "unknown_source", {"source": shown(rule.source), "known": ", ".join(catalogue.sources)}
    if rule.layer and rule.layer not in layers:
        yield "guide_layer", {"layer": shown(rule.layer), "known": ", ".join(sorted(layers))}
    if rule.slot and rule.slot not in slots | layers:
        yield "rule_slot", {"slot": shown(rule.slot), "known": ", ".join(sorted(slots))}
    is_drawn_whole = not any(file.startswith(LAYERS) for file in faulty)
    features = {feature.id for layer in catalogue.layers for feature in layer.features}
    if rule.feature and is_drawn_whole and rule.feature not in features:
        yield "guide_feature", {"feature": shown(rule.feature)}


def _code_faults(rule: Rule, catalogue: Catalogue, faulty: frozenset[str]) -> Iterator[Found]:
    if LAND_USE in faulty:
        return
    listed = {item.code for item in catalogue.land_use}
    for code in (*(use.code for use in rule.uses), *rule.classes):
        if not any(code[:length] in listed for length in range(2, len(code) + 1, 2)):
            yield "unknown_land_use", {"code": shown(code)}


def _unspoken(book: RuleBook, catalogue: Catalogue, faulty: frozenset[str]) -> Iterator[str]:
    rings = {rule.ring for rule in book.rules}
    yield from (zone for zone in ZONES_WITH_USES if zone not in rings)
    if CATALOGUE not in faulty:
        slots = {rule.slot for rule in book.rules}
        yield from (slot.id for slot in catalogue.slots if slot.id not in slots)
