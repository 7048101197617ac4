"""Colours of files are those of the page in the light scheme."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from geo.output.symbology import HATCH, INK, TOKENS, TREES, Stroke, look_of

ROOT = Path(__file__).parent.parent


def light_tokens() -> dict[str, str]:
    """The colours of the first block of tokens.css, in six digits."""
    text = (ROOT / "static/css/tokens.css").read_text(encoding="utf-8")
    block = text[text.index(":root {") : text.index("}")]
    found = re.findall(r"--([a-z0-9]+): #([0-9a-f]{3}|[0-9a-f]{6});", block)
    return {name: f"#{value if len(value) == 6 else ''.join(2 * digit for digit in value)}" for name, value in found}


@pytest.mark.parametrize("name", sorted(TOKENS))
def test_token_is_that_of_the_page(name: str) -> None:
    assert TOKENS[name] == light_tokens()[name]


@pytest.mark.parametrize("ring", ["r1", "r2", "r3", "r4", "strip"])
def test_ring_is_filled_with_its_own_token(ring: str) -> None:
    ring_id = f"rings:ring_{ring[1]}" if ring != "strip" else "rings:strip"
    look = look_of("rings", "area", {"id": ring_id})
    assert look.fill == light_tokens()[ring]
    assert look.pattern == (TREES if ring == "r1" else None)


@pytest.mark.parametrize(("basis", "has_dashes"), [("digitised", False), ("inferred", True)])
def test_inferred_outline_alone_has_dashes(basis: str, has_dashes: bool) -> None:
    line = look_of("places", "area", {"geometry_basis": basis}).line
    assert line is not None
    assert bool(line.dash) == has_dashes


def test_symbol_of_a_size_has_no_fill_and_a_sign() -> None:
    look = look_of("sites", "area", {"geometry_basis": "symbolic_footprint"}, "#123456")
    assert look.fill is None
    assert [sign.form for sign in look.signs] == ["cross", "square"]


def test_parcel_wears_the_colour_of_its_class() -> None:
    assert look_of("parcels", "area", {"land_use": "0701"}, "#ffff00").fill == "#ffff00"
    assert look_of("parcels", "area", {}).fill is None


def test_parts_that_a_rule_is_about_are_hatched() -> None:
    assert look_of("rule_parts", "area", {}).pattern == HATCH


def test_only_the_extent_of_the_view_has_a_ground() -> None:
    assert look_of("extent_2025", "area", {"is_current": True}).fill == light_tokens()["zonebase"]
    assert look_of("extent_2013", "area", {"is_current": False}).fill is None


@pytest.mark.parametrize(("accuracy_m", "has_dashes"), [(50, False), (200, False), (201, True), (None, False)])
def test_station_of_a_vague_place_has_a_dashed_edge(accuracy_m: int | None, has_dashes: bool) -> None:
    (sign,) = look_of("metro", "point", {"accuracy_m": accuracy_m}).signs
    assert bool(sign.edge.dash) == has_dashes


def test_unknown_layer_is_drawn_plainly() -> None:
    assert look_of("anything", "line", {}).line == Stroke(light_tokens()["ink2"], 1.4)
    assert look_of("anything", "area", {}).colour == INK
    assert look_of("anything", "point", {}).signs[0].form == "circle"
