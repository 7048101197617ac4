"""The rules of a data folder: the shipped ones say who says so, and every fault is named with its place."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from geo.catalogue import Catalogue, RuleBook, check_catalogue, load_catalogue
from geo.catalogue.rulelinks import ZONES_WITH_USES
from geo.catalogue.rules import KEYS_OF_KIND
from geo.catalogue.wording import sentences
from tests import toy

ROOT = Path(__file__).parent.parent
NAMES = {name for name in sentences() if name.startswith("rule_")}

Json = dict[str, Any]
WHO = {"source": "S0", "place": "toy", "basis": "stated"}
PAPER = {"standard_zh": "规范", "standard_en": "code", "edition": "2008"}


def rule(rule_id: str, kind: str, **facts: Any) -> Json:
    return {"id": rule_id, "kind": kind, "name_zh": "规则", "name_en": "rule", **WHO, **facts}


def toy_rules() -> list[Json]:
    """A rule for every zone and slot of the toy, and one of each other kind."""
    rings = [rule(f"{zone}_use", "ring_use", ring=zone, uses=[]) for zone in ZONES_WITH_USES]
    slots = ("permanent_farmland", "ecological_redline", "urban_growth_boundary")
    words = {"condition_zh": "条件", "condition_en": "condition"}
    return [
        *rings,
        *(rule(f"{slot}_checked", "slot", slot=slot, conflict_where="inside") for slot in slots),
        rule("area", "area_note", feature="places:across", **words),
        rule("kept", "constraint", layer="water", status="existing", effect="conflict"),
        rule("density", "indicator", indicator="far", unit="count", classes=["1001"], minimum=0.5, maximum=2),
        rule("veto", "veto", approval="environment", **words),
    ]


def write(folder: Path, rules: list[Json], **head: Any) -> Path:
    """The toy with these rules."""
    toy.write_toy(folder)
    path = folder / "catalogue.json"
    catalogue = {**json.loads(path.read_text("utf-8")), "rules": "rules.json"}
    path.write_text(json.dumps(catalogue, ensure_ascii=False), "utf-8")
    minor = {"share": 0.01, "reason_zh": "假定", "reason_en": "assumed"}
    book = {"version": "1", "minor_share": minor, "rules": rules, **head}
    (folder / "rules.json").write_text(json.dumps(book, ensure_ascii=False), "utf-8")
    return folder


def changed(rule_id: str, **facts: Any) -> Callable[[list[Json]], None]:
    """Gives a rule other facts; None takes a key out."""

    def change(rules: list[Json]) -> None:
        row = next(row for row in rules if row["id"] == rule_id)
        row |= facts
        for key in (key for key, value in facts.items() if value is None):
            del row[key]

    return change


def uses(*rows: Json) -> Callable[[list[Json]], None]:
    return changed("ring_2_use", uses=list(rows))


def without(rule_id: str) -> Callable[[list[Json]], None]:
    return lambda rules: rules.remove(next(row for row in rules if row["id"] == rule_id))


Change = Callable[[list[Json]], None]
USE = {"code": "1001", "verdict": "allowed"}
FAULTS: list[tuple[str, str, Change]] = [
    ("not_a_choice", "rules[1].ring", changed("ring_1_use", ring="ring_9")),
    ("not_a_choice", "rules[1].ring", changed("ring_1_use", ring="water")),
    ("not_a_choice", "rules[1].kind", changed("ring_1_use", kind="wish")),
    ("not_a_choice", "rules[1].basis", changed("ring_1_use", basis="guessed")),
    ("not_a_choice", "rules[12].indicator", changed("density", indicator="height")),
    ("wrong_form", "rules[2].uses[1].code", uses({**USE, "code": "100"})),
    ("not_a_choice", "rules[2].uses[1].verdict", uses({**USE, "verdict": "unknown"})),
    ("missing", "rules[2].uses[1]", uses({"code": "1001"})),
    ("unknown_key", "rules[13]", changed("veto", colour="red")),
    ("missing", "rules[13]", changed("veto", name_en=None)),
    ("missing", "rules (veto)", changed("veto", approval=None)),
    ("missing", "rules (kept)", changed("kept", effect=None)),
    ("rule_key", "rules (veto)", changed("veto", maximum=3)),
    ("unknown_land_use", "rules (ring_2_use)", uses({**USE, "code": "99"})),
    ("unknown_land_use", "rules (density)", changed("density", classes=["1001", "0702"])),
    ("guide_layer", "rules (kept)", changed("kept", layer="marshes")),
    ("guide_feature", "rules (area)", changed("area", feature="places:atlantis")),
    ("unknown_source", "rules (veto)", changed("veto", source="S9")),
    ("rule_slot", "rules (more)", lambda rules: rules.append(rules[6] | {"id": "more", "slot": "x"})),
    ("twice", "rules (veto)", lambda rules: rules.append(dict(rules[-1]))),
    ("twice", "rules (ring_2_use)", uses(USE, USE)),
    ("rule_reason", "rules (veto)", changed("veto", basis="assumed")),
    ("rule_reason", "rules (veto)", changed("veto", basis="assumed", reason_zh="理由", reason_en=" ")),
    ("rule_source", "rules (veto)", changed("veto", place=None)),
    ("rule_source", "rules (veto)", changed("veto", source=None, standard_zh="规范", standard_en="code")),
    ("rule_condition", "rules (ring_2_use)", uses({**USE, "verdict": "conditional", "condition_zh": "条件"})),
    ("rule_unit", "rules (density)", changed("density", unit="ratio")),
    ("out_of_limits", "rules (density)", changed("density", indicator="green_ratio", unit="ratio", maximum=20)),
    ("out_of_limits", "rules[12].minimum", changed("density", minimum=-1)),
    ("rule_no_limit", "rules (density)", changed("density", minimum=None, maximum=None)),
    ("rule_limits", "rules (density)", changed("density", minimum=3)),
    ("rule_missing", "rules", without("ring_3_use")),
    ("rule_missing", "rules", without("outside_use")),
    ("rule_missing", "rules", without("ecological_redline_checked")),
]


@pytest.mark.parametrize(("name", "where", "change"), FAULTS, ids=[f"{n}-{f[0]}" for n, f in enumerate(FAULTS)])
def test_fault_of_the_rules_is_named_with_its_place(tmp_path: Path, name: str, where: str, change: Change) -> None:
    rules = toy_rules()
    change(rules)
    faults = check_catalogue(write(tmp_path / "data", rules))
    assert [(fault.file, fault.where) for fault in faults] == [("rules.json", where)]
    for key, sentence in sentences()[name].items():
        pattern = re.sub(r"\\\{\w+\\\}", ".+", re.escape(sentence))
        assert re.fullmatch(pattern, getattr(faults[0], key), re.DOTALL)


def test_toy_rules_have_no_fault(tmp_path: Path) -> None:
    folder = write(tmp_path / "data", toy_rules())
    assert check_catalogue(folder) == ()
    book = load_catalogue(folder).rules
    assert book is not None
    assert (book.version, book.minor_share, len(book.rules)) == ("1", 0.01, 13)


def test_standard_with_edition_stands_for_a_source(tmp_path: Path) -> None:
    rules = toy_rules()
    changed("veto", source=None, place=None, **PAPER)(rules)
    assert check_catalogue(write(tmp_path / "data", rules)) == ()


def test_slot_that_a_layer_fills_keeps_its_rule(tmp_path: Path) -> None:
    """The layer takes the id of the slot, whose entry goes."""
    rules = toy_rules()
    changed("permanent_farmland_checked", slot="water")(rules)
    folder = write(tmp_path / "data", rules)
    path = folder / "catalogue.json"
    catalogue = json.loads(path.read_text("utf-8"))
    catalogue["slots"] = [slot for slot in catalogue["slots"] if slot["id"] != "permanent_farmland"]
    path.write_text(json.dumps(catalogue, ensure_ascii=False), "utf-8")
    assert check_catalogue(folder) == ()


def test_minor_share_needs_a_reason_and_stays_small(tmp_path: Path) -> None:
    bare = {"share": 0.01, "reason_zh": "", "reason_en": ""}
    (fault,) = check_catalogue(write(tmp_path / "bare", toy_rules(), minor_share=bare))
    assert (fault.file, fault.where) == ("rules.json", "minor_share")
    (fault,) = check_catalogue(write(tmp_path / "large", toy_rules(), minor_share=bare | {"share": 0.5}))
    assert fault.where == "minor_share.share"


def test_unreadable_rules_are_one_fault(tmp_path: Path) -> None:
    folder = write(tmp_path / "data", toy_rules())
    (folder / "rules.json").write_text("[", "utf-8")
    (fault,) = check_catalogue(folder)
    assert fault.file == "rules.json"
    (folder / "rules.json").unlink()
    (fault,) = check_catalogue(folder)
    assert fault.file == "rules.json"


def test_folder_without_rules_has_none(tmp_path: Path) -> None:
    assert load_catalogue(toy.write_toy(tmp_path / "data")).rules is None


def test_version_of_the_data_speaks_of_the_rules_too(tmp_path: Path) -> None:
    folder = write(tmp_path / "data", toy_rules())
    before = load_catalogue(folder).version
    path = folder / "rules.json"
    path.write_text(path.read_text("utf-8").replace('"maximum": 2', '"maximum": 3'), "utf-8")
    assert load_catalogue(folder).version != before


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return load_catalogue(ROOT / "data")


@pytest.fixture(scope="module")
def book(shipped: Catalogue) -> RuleBook:
    assert shipped.rules is not None
    return shipped.rules


def test_shipped_rules_each_say_who_says_so(shipped: Catalogue, book: RuleBook) -> None:
    for one in book.rules:
        assert (one.source in shipped.sources and one.place) or (one.standard_zh and one.standard_en and one.edition)
        assert one.basis == "stated" or (one.reason_zh and one.reason_en)
        assert one.name_zh
        assert one.name_en


def test_shipped_rules_are_of_every_kind_and_speak_of_every_zone_and_slot(shipped: Catalogue, book: RuleBook) -> None:
    assert {one.kind for one in book.rules} == set(KEYS_OF_KIND)
    assert {one.ring for one in book.rules} - {""} == set(ZONES_WITH_USES)
    assert {one.slot for one in book.rules} - {""} >= {slot.id for slot in shipped.slots}


def test_shipped_uses_put_to_codes_are_assumed(book: RuleBook) -> None:
    assert {one.basis for one in book.rules if one.kind == "ring_use"} == {"assumed"}


def test_shipped_uses_are_those_of_the_text(book: RuleBook) -> None:
    """What the profile names for each ring, by the classes of the 2023 guide; ring 2 as planning practice maps it."""
    named = {one.ring: {use.code: use.verdict for use in one.uses} for one in book.rules if one.ring}
    assert named["ring_1"]["1401"] == named["ring_3"]["0805"] == named["ring_4"]["1001"] == "allowed"
    assert named["ring_2"] == {"0802": "allowed", "0902": "allowed", "1001": "conditional"}
    assert named["ring_1"]["1001"] == named["ring_3"]["1001"] == "conflict"
    assert named["strip"] == named["outside"] == {}


def test_shipped_limits_are_those_of_the_notices(book: RuleBook) -> None:
    """Floor area ratio with both ends; green a ceiling for industry and a floor for housing; money in 10,000 CNY."""
    limits = {one.id: (one.minimum, one.maximum) for one in book.rules if one.kind == "indicator"}
    assert limits == {
        "industry_far": (0.7, 1.8),
        "industry_coverage": (0.30, None),
        "industry_green": (None, 0.20),
        "industry_investment": (250, None),
        "industry_output": (400, None),
        "industry_tax": (20, None),
        "housing_green": (0.30, None),
    }


def test_shipped_rules_never_make_a_plan_or_the_renewal_a_conflict(book: RuleBook) -> None:
    planned = [one for one in book.rules if one.kind == "constraint" and one.status == "planned"]
    assert {one.effect for one in planned} == {"note"}
    assert [one.feature for one in book.rules if one.kind == "area_note"] == ["places:renewal_area"]


def test_faults_of_the_rules_all_have_a_case() -> None:
    assert {name for name, _, _ in FAULTS if name.startswith("rule_")} == NAMES
