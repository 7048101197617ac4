"""What the reader of GeoJSON is told and what it tells: limits, sites, what was left out, what was changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from shapely.geometry import MultiPolygon, Polygon

from geo.errors import LimitError

Floats = npt.NDArray[np.float64]
Scalar = str | int | float | bool | None


@dataclass(frozen=True)
class Limits:
    """The most that is read: of `bytes`, of features, of positions in the file, of columns in a feature.

    `depth` counts brackets inside brackets; `digits` are those of one number. `encounters` are pairs of edges that
    share ground in their bounding boxes: the time of every test of an outline grows with them, not with its positions.
    """

    bytes: int = 10_000_000
    features: int = 2_000
    vertices: int = 50_000
    columns: int = 500
    depth: int = 32
    digits: int = 100
    encounters: int = 2_000_000  # about 0.2 s of work; an even line of 50,000 positions has 150,000


DEFAULT = Limits()


@dataclass(frozen=True)
class Note:
    """Something that the reader did or took for granted, in both languages; `name` tells programs what."""

    name: str
    en: str
    zh: str

    def text(self, lang: str) -> str:
        """The note in `lang`: Chinese for "zh", English for everything else."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True)
class Skipped:
    """A feature, or a part of one, that is no area: its number in the file and why it was left out."""

    feature: int
    en: str
    zh: str

    def text(self, lang: str) -> str:
        """The reason in `lang`: Chinese for "zh", English for everything else."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True)
class Site:
    """An area in lon/lat (WGS 84, to the atlas one with CGCS2000), numbered from 1 by the reader.

    Ids of the file are not kept. `feature` is its number in the file; `properties` are the scalars given, unchanged.
    """

    number: int
    feature: int
    geometry: Polygon | MultiPolygon
    properties: dict[str, Scalar]
    notices: tuple[Note, ...]


@dataclass(frozen=True)
class ReadSites:
    """The sites of a file, what was left out, and what holds for all of it; `crs` and `datum` are those read."""

    sites: tuple[Site, ...]
    skipped: tuple[Skipped, ...]
    notices: tuple[Note, ...]
    crs: str
    datum: str


@dataclass(frozen=True)
class RingPlace:
    """Which ring of a file: feature, part and ring, counted from 1; `part` 0 if the feature has one part only."""

    feature: int
    part: int
    ring: int

    def words(self, position: int = 0) -> tuple[str, str]:
        """The place in English and Chinese, with the number of a position if it is not 0.

        >>> RingPlace(3, 0, 1).words(5)
        ('Feature 3, ring 1, position 5', '第 3 个要素第 1 环第 5 个位置')
        """
        en, zh = f"Feature {self.feature}", f"第 {self.feature} 个要素"
        if self.part:
            en, zh = f"{en}, part {self.part}", f"{zh}第 {self.part} 部分"
        en, zh = f"{en}, ring {self.ring}", f"{zh}第 {self.ring} 环"
        return (f"{en}, position {position}", f"{zh}第 {position} 个位置") if position else (en, zh)


@dataclass(frozen=True)
class Ring:
    """The positions of a ring as the file gives them, two columns, not yet closed."""

    place: RingPlace
    positions: Floats


@dataclass(frozen=True)
class Area:
    """A feature with polygons: the rings of each part, outline first; `has_z` if a position had more numbers."""

    feature: int
    parts: tuple[tuple[Ring, ...], ...]
    properties: dict[str, Any]
    has_z: bool


def over_limit(limits: Limits, limit: str, en: str, zh: str) -> LimitError:
    """The error of more than the limit named `limit`; `en` and `zh` name what is counted."""
    most = int(getattr(limits, limit))
    return LimitError(
        f"The file has more than {most:,} {en} (limit: {limit}). Cut it into smaller files or simplify it.",
        f"文件超过 {most:,} {zh}（上限：{limit}）。请分成较小的文件或先简化。",
        limit=limit,
        most=most,
    )
