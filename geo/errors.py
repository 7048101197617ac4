"""What geo raises. Each message says what was found, what was expected and what to do, in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


class GeoError(Exception):
    """Base of everything that geo raises on purpose; `str()` gives the English text.

    >>> GeoError("No layer x.", "没有图层 x。").text("zh")
    '没有图层 x。'
    """

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.en = en
        self.zh = zh

    def text(self, lang: str) -> str:
        """The message in `lang`: Chinese for "zh", English for everything else."""
        return self.zh if lang == "zh" else self.en

    def __reduce__(self) -> tuple[Any, ...]:
        # Python would call the class with `args`, the English text alone; an error must come whole out of a worker.
        return _revived, (type(self), self.args, self.__dict__)


def _revived(kind: type[GeoError], args: tuple[Any, ...], facts: dict[str, Any]) -> GeoError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(facts)
    return error


class CrsError(GeoError):
    """A coordinate reference system that the atlas does not take, or coordinates outside its area of use."""


class GeometryError(GeoError):
    """A geometry that cannot be measured; the message names the place."""


class UnplacedError(GeometryError):
    """Coordinates that no system places, or two that contradict; `choices` are the systems to choose from."""

    def __init__(self, en: str, zh: str, choices: Sequence[str] = ()) -> None:
        super().__init__(en, zh)
        self.choices = tuple(choices)


class FormatError(GeoError):
    """What was handed over breaks the rules of its format and cannot be read at all."""


class LimitError(GeoError):
    """What was handed over is more than is taken: `limit` is the name of the limit, `most` its number."""

    def __init__(self, en: str, zh: str, *, limit: str, most: int) -> None:
        super().__init__(en, zh)
        self.limit = limit
        self.most = most


class QueryError(GeoError):
    """A question that the plan cannot answer: an unknown layer, extent, reading or unit."""


class ChoiceError(QueryError):
    """A word whose value cannot be had, or not together with the others; `possible` are the values that can."""

    def __init__(self, en: str, zh: str, *, word: str, possible: Sequence[str]) -> None:
        super().__init__(en, zh)
        self.word = word
        self.possible = tuple(possible)


class EmptyError(QueryError):
    """A selection that holds nothing; `possible` says what there is."""

    def __init__(self, en: str, zh: str, *, possible: Sequence[str] = ()) -> None:
        super().__init__(en, zh)
        self.possible = tuple(possible)


@dataclass(frozen=True)
class Fault:
    """One fault in a data file: where it is, what was found, what to do."""

    file: str
    where: str
    found_en: str
    found_zh: str
    remedy_en: str
    remedy_zh: str

    def text(self, lang: str) -> str:
        """One line for people: file, place, what was found, remedy."""
        if lang == "zh":
            return f"{self.file}：{self.where}：{self.found_zh} 处理：{self.remedy_zh}"
        return f"{self.file}: {self.where}: {self.found_en} Remedy: {self.remedy_en}"


class DataError(GeoError):
    """The data folder cannot be used; `faults` lists every fault that was found."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(
            "\n".join(fault.text("en") for fault in self.faults),
            "\n".join(fault.text("zh") for fault in self.faults),
        )
