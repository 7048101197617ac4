"""The form of the data files: JSON Schema (Draft 2020-12) checks, told as faults in both languages."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from geo.catalogue.files import Reader
from geo.catalogue.wording import shown

_TYPES = {
    "object": ("an object", "对象"),
    "array": ("a list", "列表"),
    "string": ("text", "文本"),
    "number": ("a number", "数值"),
    "integer": ("a whole number", "整数"),
    "boolean": ("true or false", "true 或 false"),
    "null": ("null", "null"),
}
_LIMITS = {
    "minimum": ("at least {}", "不小于 {}"),
    "maximum": ("at most {}", "不大于 {}"),
    "exclusiveMinimum": ("more than {}", "大于 {}"),
    "minLength": ("text that is not empty", "非空文本"),
    "maxLength": ("text of at most {} characters", "不超过 {} 个字符的文本"),
    "minItems": ("at least {} entries", "至少 {} 项"),
    "maxItems": ("at most {} entries", "至多 {} 项"),
}


@cache
def _validator(name: str) -> Draft202012Validator:
    """The validator of one schema file, built once in the life of the program."""
    text = files("geo.catalogue").joinpath("schemas", f"{name}.schema.json").read_text("utf-8")
    schema = json.loads(text)
    return Draft202012Validator(_inlined(schema, schema.get("$defs", {})))


def _inlined(part: Any, defs: dict[str, Any]) -> Any:
    """A schema with its own `$defs` written out: looking them up anew for each feature costs a third of the time."""
    if isinstance(part, list):
        return [_inlined(item, defs) for item in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        return _inlined(defs[part["$ref"].removeprefix("#/$defs/")], defs)
    return {key: _inlined(item, defs) for key, item in part.items() if key != "$defs"}


def read_object(reader: Reader, file: str, schema: str) -> dict[str, Any] | None:
    """The value of a file without the ill-formed items of its lists, for the rest to be checked; None if unreadable."""
    value = reader.json(file)
    if value is None:
        return None
    broken = check_form(reader, file, schema, value)
    if broken is None:
        return None
    return {
        key: [entry for number, entry in enumerate(item) if (key, number) not in broken]
        if isinstance(item, list)
        else item
        for key, item in value.items()
    }


def check_form(reader: Reader, file: str, schema: str, value: Any) -> set[tuple[str, int]] | None:
    """Note every fault of form of `value`; the ill-formed items of its lists as (key of the list, number from 0).

    `schema` is "catalogue", "rings" or "layer". None means that the file as a whole cannot be read further.
    """
    broken: set[tuple[str, int]] = set()
    whole = False
    for error in _validator(schema).iter_errors(value):
        path = list(error.absolute_path)
        name, values = _named(error)
        reader.fault(file, _where(path, value), name, **values)
        if len(path) > 1 and isinstance(path[0], str) and isinstance(path[1], int):
            broken.add((path[0], path[1]))
        else:
            whole = True
    return None if whole else broken


def feature_place(number: int, feature: Any) -> str:
    """How a fault names a feature: its number, counted from 1, and its id if it has one.

    >>> feature_place(0, {"properties": {"id": "water:yaohu"}}), feature_place(1, None)
    ('feature 1 (water:yaohu)', 'feature 2')
    """
    properties = feature.get("properties") if isinstance(feature, dict) else None
    name = properties.get("id") if isinstance(properties, dict) else None
    return f"feature {number + 1} ({shown(name)})" if isinstance(name, str) else f"feature {number + 1}"


def _where(path: list[str | int], value: Any) -> str:
    if len(path) > 1 and path[0] == "features" and isinstance(path[1], int):
        head = feature_place(path[1], value["features"][path[1]])
        rest = _joined(path[2:])
        return f"{head}, {rest}" if rest else head
    return _joined(path) or "file"


def _joined(path: list[str | int]) -> str:
    parts = [f"[{step + 1}]" if isinstance(step, int) else f".{shown(step)}" for step in path]
    return "".join(parts).removeprefix(".")


def _named(error: ValidationError) -> tuple[str, dict[str, object]]:
    """The name of the fault (see wording) for one error of form, with its values."""
    limit, quoted = error.validator_value, shown(error.instance)
    match error.validator:
        case "required":
            return "missing", {"key": error.message.split("'")[1]}  # one error per key; the message alone names it
        case "type" if error.schema.get("x-extra"):
            return "nested_extra", {"value": quoted}
        case "type":
            names = [_TYPES[name] for name in ([limit] if isinstance(limit, str) else limit)]
            en, zh = " or ".join(name[0] for name in names), "或".join(name[1] for name in names)
            return "wrong_type", {"value": quoted, "type_en": en, "type_zh": zh}
        case "enum" | "const":
            choices = ", ".join(shown(choice) for choice in (limit if error.validator == "enum" else [limit]))
            return "not_a_choice", {"value": quoted, "choices": choices}
        case "pattern":
            form = {"form_en": error.schema["x-form-en"], "form_zh": error.schema["x-form-zh"]}
            return "wrong_form", {"value": quoted, **form}
        case "additionalProperties":
            known = error.schema.get("properties", {})
            return "unknown_key", {"keys": ", ".join(shown(key) for key in error.instance if key not in known)}
        case None:  # the one member that is forbidden outright
            return "crs_member", {}
    en, zh = (text.format(shown(limit)) for text in _LIMITS[str(error.validator)])
    return "out_of_limits", {"value": quoted, "limit_en": en, "limit_zh": zh}
