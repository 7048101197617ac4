"""The national classes of land and sea use: names and map colours by code, with the class above where one is absent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from geo.errors import QueryError


class LandUse(Protocol):
    """What a class must tell: code, parent, names, colour (0 to 255 each) and its role in the green space ratio."""

    @property
    def code(self) -> str: ...
    @property
    def parent(self) -> str: ...
    @property
    def name_zh(self) -> str: ...
    @property
    def name_en(self) -> str: ...
    @property
    def rgb(self) -> tuple[int, int, int]: ...
    @property
    def green(self) -> str: ...


@dataclass(frozen=True)
class LandUseTable:
    """The classes by code, in the order of the table."""

    classes: tuple[LandUse, ...]

    def find(self, code: str) -> LandUse:
        """The class of `code`, or the nearest class above it that the table lists (1203 airports: 12 transport).

        QueryError if neither the code nor any class above it is listed.
        """
        listed = {item.code: item for item in self.classes}
        for length in range(len(code), 1, -2):
            if code[:length] in listed:
                return listed[code[:length]]
        known = ", ".join(listed)
        raise QueryError(
            f"No land-use class {code!r} and none above it; the table lists: {known}.",
            f"没有用地分类 {code!r} 及其上级；代码表现有：{known}。",
        )

    def name(self, code: str, lang: str) -> str:
        """The name of the class that answers for `code`; QueryError as `find`."""
        found = self.find(code)
        return found.name_zh if lang == "zh" else found.name_en

    def colour(self, code: str) -> str:
        """The national map colour as "#rrggbb"; QueryError as `find`."""
        return "#{:02x}{:02x}{:02x}".format(*self.find(code).rgb)

    def counts_as_green(self, code: str) -> bool:
        """Whether the whole parcel counts in the green space ratio; QueryError as `find`.

        A square (1403) counts only with its planted part, which a land-use code does not tell, so it is False here.
        """
        return self.find(code).green == "counts"


def land_use_table(classes: Iterable[LandUse]) -> LandUseTable:
    """The table of the classes of a catalogue.

    >>> from types import SimpleNamespace
    >>> transport = SimpleNamespace(code="12", name_zh="交通运输用地", name_en="transport", rgb=(183, 183, 183))
    >>> table = land_use_table([transport])
    >>> table.name("1203", "en"), table.colour("1206")
    ('transport', '#b7b7b7')
    """
    return LandUseTable(tuple(classes))
