"""Data files as values: strict reading of JSON, each file once, with the faults and the version of what was read."""

from __future__ import annotations

import hashlib
import json
import math
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from geo.catalogue.wording import shown, word_fault
from geo.errors import Fault

_LICENCE = "LICENSE.md"
LAYERS = "layers/"  # the folder of the files that catalogue.json names; the others have fixed names

# A \\ud800 escape gives text that no file or page can hold; found cheaply before the exact check.
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


class _Refused(ValueError):
    """A value that JSON does not know: NaN, an infinity, a key given twice."""

    def __init__(self, name: str, value: str) -> None:
        super().__init__(name)
        self.name = name
        self.value = value


@dataclass
class Reader:
    """Reads the files of one data folder once each and gathers the faults of the whole load.

    It is the working memory of one load and leaves no trace: the catalogue that comes out is frozen.
    """

    folder: Path
    faults: list[Fault] = field(default_factory=list)
    _digests: dict[str, bytes] = field(default_factory=dict)

    def fault(self, file: str, where: str, name: str, **values: object) -> None:
        """Note the fault `name` (see wording) at a place of a file."""
        self.faults.append(word_fault(file, where, name, **values))

    def text(self, file: str) -> str | None:
        """The text of `file` (UTF-8, a byte order mark is dropped), or None after noting why not."""
        try:
            data = (self.folder / file).read_bytes()
        except FileNotFoundError:
            self.fault(file, "file", "missing_file" if file.startswith(LAYERS) else "missing_part")
            return None
        except OSError as error:
            self.fault(file, "file", "unreadable", reason=error.strerror or "unknown")
            return None
        self._digests[file] = hashlib.sha256(data).digest()
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            self.fault(file, f"byte {error.start}", "not_utf8")
            return None

    def json(self, file: str) -> dict[str, Any] | None:
        """The JSON object of `file`, or None after noting why not; NaN, infinities and repeated keys are refused.

        Every data file is one object. Anything else, `null` too, is a fault: None never comes without one.
        """
        text = self.text(file)
        if text is None:
            return None
        try:
            value = json.loads(
                text, parse_constant=_refuse_constant, parse_float=_finite, object_pairs_hook=_unique_keys
            )
            if _SURROGATE.search(text):
                json.dumps(value, ensure_ascii=False).encode("utf-8")
        except json.JSONDecodeError as error:
            self.fault(file, f"line {error.lineno}, column {error.colno}", "not_json", reason=error.msg)
        except _Refused as error:
            self.fault(file, "file", error.name, value=error.value)
        except UnicodeEncodeError:
            self.fault(file, "file", "half_character")
        except RecursionError:
            self.fault(file, "file", "too_deep")
        except ValueError as error:  # a whole number of thousands of digits
            self.fault(file, "file", "not_json", reason=error)
        else:
            if isinstance(value, dict):
                return value
            self.fault(file, "file", "wrong_type", value=shown(value), type_en="an object", type_zh="对象")
        return None

    def licence(self) -> str:
        """The licence of the folder, LICENSE.md; "" if it is not there or cannot be read: a folder may have none."""
        try:
            data = (self.folder / _LICENCE).read_bytes()
        except OSError:
            return ""
        self._digests[_LICENCE] = hashlib.sha256(data).digest()
        return data.decode("utf-8-sig", errors="replace")

    def version(self) -> str:
        """The first 12 hexadecimal digits of the SHA-256 over the sorted names and contents of the files read."""
        total = hashlib.sha256()
        for name in sorted(self._digests):
            total.update(name.encode("utf-8") + b"\0" + self._digests[name])
        return total.hexdigest()[:12]


def _refuse_constant(name: str) -> NoReturn:
    raise _Refused("not_a_number", name)


def _finite(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise _Refused("too_large", digits[:20])
    return value


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _Refused("key_twice", next(key for key in value if keys.count(key) > 1)[:40])
    return value
