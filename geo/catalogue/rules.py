"""The rules that a site is held against, as data: what each says, where it applies, and who says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from geo.catalogue.files import Reader
from geo.catalogue.schema import read_object
from geo.catalogue.wording import shown

# What a rule of each kind says beside what all rules say: (needed, may be given).
KEYS_OF_KIND: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "ring_use": (("ring", "uses"), ()),
    "area_note": (("feature", "condition_zh", "condition_en"), ()),
    "constraint": (("layer", "status", "effect"), ()),
    "indicator": (("indicator", "unit", "classes"), ("minimum", "maximum")),
    "veto": (("approval", "condition_zh", "condition_en"), ()),
    "slot": (("slot", "conflict_where"), ()),
}
# Shares are written 0 to 1, money in 10,000 CNY per mu, a floor area ratio as a plain number.
UNIT_OF_INDICATOR: Mapping[str, str] = {
    "far": "count",
    "building_coefficient": "ratio",
    "green_ratio": "ratio",
    "investment_per_mu": "1e4_cny_per_mu",
    "output_per_mu": "1e4_cny_per_mu",
    "tax_per_mu": "1e4_cny_per_mu",
}

Spot = tuple[str, str]  # file, and the place in it


@dataclass(frozen=True)
class Use:
    """What a ring holds of a land-use class and the classes below it: "allowed", "conditional" or "conflict".

    The condition in words is "" unless there is one; beside an allowed class it says what the class cannot tell.
    """

    code: str
    verdict: str
    condition_zh: str = ""
    condition_en: str = ""


@dataclass(frozen=True)
class Rule:
    """One rule; of the fields from `ring` on only those of its kind are set (see KEYS_OF_KIND).

    `source` and `place` name a source of the catalogue, or `standard_*` and `edition` a standard. `basis` is "stated",
    or "assumed" with the reason. `minimum` and `maximum` are in `unit`, both ends allowed.
    """

    id: str
    kind: str
    name_zh: str
    name_en: str
    basis: str
    source: str | None = None
    place: str = ""
    standard_zh: str = ""
    standard_en: str = ""
    edition: str = ""
    reason_zh: str = ""
    reason_en: str = ""
    ring: str = ""
    uses: tuple[Use, ...] = ()
    feature: str = ""
    condition_zh: str = ""
    condition_en: str = ""
    layer: str = ""
    status: str = ""
    effect: str = ""
    indicator: str = ""
    unit: str = ""
    classes: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    approval: str = ""
    slot: str = ""
    conflict_where: str = ""


@dataclass(frozen=True)
class RuleBook:
    """The rules of a data folder, in file order.

    A part of a site below `minor_share` (0 to 1, assumed for the reason given) is noted and decides nothing.
    """

    version: str
    minor_share: float
    minor_reason_zh: str
    minor_reason_en: str
    rules: tuple[Rule, ...]
    file: str


def read_rules(reader: Reader, file: str) -> RuleBook | None:
    """The rules of a file without those that are ill-formed; None if the file cannot be read. Faults are noted."""
    value = read_object(reader, file, "rules")
    if value is None:
        return None
    found = []
    for row in value["rules"]:
        if _has_its_keys(reader, (file, rule_place(row["id"])), row):
            found.append(_rule(row))
            _check_rule(reader, (file, rule_place(row["id"])), found[-1])
    for rule_id, count in Counter(rule.id for rule in found).items():
        if count > 1:
            reader.fault(file, rule_place(rule_id), "twice", key=shown(rule_id))
    minor = value["minor_share"]
    _check_reason(reader, (file, "minor_share"), minor["reason_zh"], minor["reason_en"])
    return RuleBook(
        version=value["version"],
        minor_share=minor["share"],
        minor_reason_zh=minor["reason_zh"],
        minor_reason_en=minor["reason_en"],
        rules=tuple(found),
        file=file,
    )


def rule_place(rule_id: str) -> str:
    """How a fault names a rule.

    >>> rule_place("veto")
    'rules (veto)'
    """
    return f"rules ({shown(rule_id)})"


def _rule(row: Mapping[str, Any]) -> Rule:
    lists = {"uses": tuple(Use(**use) for use in row.get("uses", ())), "classes": tuple(row.get("classes", ()))}
    return Rule(**{**row, **{key: value for key, value in lists.items() if key in row}})


def _has_its_keys(reader: Reader, spot: Spot, row: Mapping[str, Any]) -> bool:
    needed, optional = KEYS_OF_KIND[row["kind"]]
    missing = [key for key in needed if key not in row]
    for key in missing:
        reader.fault(*spot, "missing", key=key)
    of_kinds = {key for keys in KEYS_OF_KIND.values() for part in keys for key in part}
    foreign = [key for key in row if key in of_kinds and key not in (*needed, *optional)]
    if foreign:
        reader.fault(*spot, "rule_key", keys=", ".join(foreign), kind=row["kind"])
    return not missing and not foreign


def _check_rule(reader: Reader, spot: Spot, rule: Rule) -> None:
    """What can be told of a rule by itself; what it names is checked by `rulelinks`."""
    if rule.basis == "assumed":
        _check_reason(reader, spot, rule.reason_zh, rule.reason_en)
    has_source = bool(rule.source and rule.place.strip())
    has_standard = all(text.strip() for text in (rule.standard_zh, rule.standard_en, rule.edition))
    if not has_source and not has_standard:
        reader.fault(*spot, "rule_source")
    if rule.kind == "indicator":
        _check_limits(reader, spot, rule)
    for use in rule.uses:
        if use.verdict == "conditional" and not (use.condition_zh.strip() and use.condition_en.strip()):
            reader.fault(*spot, "rule_condition", code=use.code)
    for codes in ([use.code for use in rule.uses], rule.classes):
        for code, count in Counter(codes).items():
            if count > 1:
                reader.fault(*spot, "twice", key=code)


def _check_reason(reader: Reader, spot: Spot, zh: str, en: str) -> None:
    if not (zh.strip() and en.strip()):
        reader.fault(*spot, "rule_reason")


def _check_limits(reader: Reader, spot: Spot, rule: Rule) -> None:
    unit = UNIT_OF_INDICATOR[rule.indicator]
    if rule.unit != unit:
        reader.fault(*spot, "rule_unit", indicator=rule.indicator, unit=rule.unit, expected=unit)
    limits = [limit for limit in (rule.minimum, rule.maximum) if limit is not None]
    if not limits:
        reader.fault(*spot, "rule_no_limit")
    if len(limits) == 2 and limits[0] > limits[1]:
        reader.fault(*spot, "rule_limits", minimum=limits[0], maximum=limits[1])
    for limit in limits:
        if rule.unit == unit == "ratio" and limit > 1:
            reader.fault(*spot, "out_of_limits", value=limit, limit_en="at most 1", limit_zh="不大于 1")
