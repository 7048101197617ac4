"""What somebody wants to take along: of which layers, which part of them, in which format and system."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from geo.assess import Question
from geo.errors import ChoiceError, QueryError
from geo.output.exports.formats import Format, read_format

ALL, THEME = "all", "theme:"
FILTERS = ("ids", "zone", "basis", "status", "land_use", "source")  # words of a filter, values with commas between
_NUMBER = re.compile(r"[+-]?[0-9]{1,7}(\.[0-9]{1,15})?")

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class Wanted:
    """An export as it is asked for. What is None is the default of the plan or of the format.

    `what` is `all`, a theme as `theme:<id>`, or layers and rings by their ids with commas between. `bbox` is west,
    south, east, north in degrees (WGS 84, CGCS2000) whatever the system of the file: shapes that touch it come whole.
    `filters` are pairs of a word of FILTERS and its values. `rings` are the distances of a scenario in m. With a `site`
    the export is the answer about it, and `what` is not asked.
    """

    what: str = ALL
    ext: str = "gpkg"
    extent: str | None = None
    reading: str | None = None
    rings: tuple[float, ...] | None = None
    crs: str | None = None
    datum: str | None = None
    bbox: Bounds | None = None
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    options: tuple[tuple[str, str], ...] = ()  # of the format, see Format.options
    lang: str = "zh"
    review_no: str | None = None
    made_on: date | None = None
    site: Question | None = None
    site_name: str = ""

    @property
    def format(self) -> Format:
        """The format; ChoiceError if there is none of this extension."""
        return read_format(self.ext)

    def option(self, name: str) -> str:
        """The value of an option of the format, its default if it was not asked for."""
        values = dict(self.format.options)[name]
        return dict(self.options).get(name, values[0])


def read_options(ext: str, words: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The options of a format among `words`; ChoiceError for a value that an option does not have.

    >>> read_options("shp.zip", {"encoding": "gbk", "lang": "zh"})
    (('encoding', 'gbk'),)
    """
    found = []
    for name, values in read_format(ext).options:
        if name in words:
            if words[name] not in values:
                raise ChoiceError(
                    f"{name}={words[name][:40]} is not known. Use one of: {', '.join(values)}.",
                    f"{name}={words[name][:40]} 不认识。可用：{'、'.join(values)}。",
                    word=name,
                    possible=values,
                )
            found.append((name, words[name]))
    return tuple(found)


def read_bbox(text: str) -> Bounds:
    """West, south, east, north in degrees from four numbers with commas between.

    QueryError for what is no box of numbers; ChoiceError for one the wrong way round, which names the right one.

    >>> read_bbox("115.9,28.6,116.1,28.8")
    (115.9, 28.6, 116.1, 28.8)
    """
    parts = [part.strip() for part in text.split(",")]
    if len(parts) != 4 or not all(_NUMBER.fullmatch(part) for part in parts):
        raise QueryError(
            f"bbox={text[:60]!r} is no box. Give minlon,minlat,maxlon,maxlat in degrees: 115.9,28.6,116.1,28.8.",
            f"bbox={text[:60]!r} 不是范围框。请以度给出 最小经度,最小纬度,最大经度,最大纬度：115.9,28.6,116.1,28.8。",
        )
    west, south, east, north = map(float, parts)
    if not (max(abs(west), abs(east)) <= 180 and max(abs(south), abs(north)) <= 90):
        raise _wrong_way(text, (south, west, north, east))
    if west >= east or south >= north:
        raise _wrong_way(text, (min(west, east), min(south, north), max(west, east), max(south, north)))
    return west, south, east, north


def _wrong_way(text: str, better: Bounds) -> QueryError:
    west, south, east, north = better
    is_box = (
        west < east and south < north and max(map(abs, (west, east))) <= 180 and max(map(abs, (south, north))) <= 90
    )
    if not is_box or not all(map(math.isfinite, better)):
        return QueryError(
            f"bbox={text[:60]} holds no area on the globe. Give minlon,minlat,maxlon,maxlat in degrees.",
            f"bbox={text[:60]} 不是地球上的一块范围。请以度给出 最小经度,最小纬度,最大经度,最大纬度。",
        )
    meant = ",".join(f"{side:.12g}" for side in better)
    return ChoiceError(
        f"bbox={text[:60]} is the wrong way round: it runs minlon,minlat,maxlon,maxlat. Was {meant} meant?",
        f"bbox={text[:60]} 次序不对，应为 最小经度,最小纬度,最大经度,最大纬度。是否指 {meant}？",
        word="bbox",
        possible=(meant,),
    )
