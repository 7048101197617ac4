"""The nouns of a pasted list of corners: a row of it, a value in a row, what its head says, and a way to read it."""

from __future__ import annotations

from dataclasses import dataclass

from geo.errors import QueryError

Position = tuple[float, float]
ORDERS = ("lon_lat", "lat_lon", "north_east", "east_north")
MAX_BYTES = 200 * 1024
MAX_ROWS = 5_000
_SHOWN = 60


@dataclass(frozen=True)
class CornerReading:
    """One way to read every row of a pasted list alike.

    `rings` hold (lon, lat) in degrees of WGS 84, to the atlas one with CGCS2000: the outline, then its holes, none of
    them closed; a single position is a point. `crs` ("EPSG:n") and `datum` are what the numbers were taken for;
    `datum` is None while nobody has said it, and then `needs_datum` is true: the positions stand as in WGS 84, and may
    be hundreds of metres off if they come from a Chinese web map. `order` is one of ORDERS.
    """

    rings: tuple[tuple[Position, ...], ...]
    crs: str
    datum: str | None
    order: str
    how_en: str
    how_zh: str
    needs_datum: bool

    @property
    def corners(self) -> int:
        """The number of corners of all rings."""
        return sum(map(len, self.rings))


@dataclass(frozen=True)
class Row:
    """The text of one corner with plain signs and as it was pasted, the number of its line, the ring of its format."""

    number: int
    text: str
    pasted: str
    ring: int | None = None

    def words(self) -> tuple[str, str]:
        """The row as people find it, in English and Chinese."""
        shown = "".join(letter if letter.isprintable() else " " for letter in self.pasted[:_SHOWN]).strip()
        shown += "…" if len(self.pasted) > _SHOWN else ""
        return f"Row {self.number} ({shown})", f"第 {self.number} 行（{shown}）"


@dataclass(frozen=True)
class Head:
    """What the head row says: the order, and whether cells stand before and after the two coordinates."""

    order: str = ""
    is_lonlat: bool = False
    has_names: bool = True
    has_more: bool = True


@dataclass(frozen=True)
class Pasted:
    """The rows of a pasted text, its head, and the system that the text itself names (WKT with an SRID)."""

    rows: tuple[Row, ...]
    head: Head
    crs: str | None = None


@dataclass(frozen=True)
class Value:
    """A number in a row: `is_whole` without a decimal point, `is_angle` with a degree sign, `label` E, N, X, Y or H."""

    number: float
    is_whole: bool
    is_angle: bool
    label: str


@dataclass(frozen=True)
class Cells:
    """The values of a row; after which of them (from 0) words stand, and after which such as spoil the value."""

    values: tuple[Value, ...]
    words_after: frozenset[int]
    spoilt: frozenset[int]


def refuse(row: Row, en: str, zh: str) -> QueryError:
    """The error that names a row and says what is wrong with it and what to do."""
    where_en, where_zh = row.words()
    return QueryError(f"{where_en} {en}", f"{where_zh}{zh}")
