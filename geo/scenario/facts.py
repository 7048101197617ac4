"""What changes between two views of a plan: frozen facts in metres, square metres and shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from geo.green import GreenFigure

Words = tuple[str, str]  # Chinese, English


@dataclass(frozen=True)
class Reading:
    """Which view is meant: extent, reading of ring 1, ring distances in metres, and whether they are the data's."""

    extent: str
    reading: str
    distances_m: tuple[float, ...]
    is_base: bool


@dataclass(frozen=True)
class ZoneChange:
    """One zone in both views, areas in m2: 0 where a view has no such zone (the strip of the other reading).

    `is_touched` is True if one of its two edges lies elsewhere, whether or not its area changes by that.
    """

    zone: str
    base_area_m2: float
    area_m2: float
    is_touched: bool

    @property
    def delta_m2(self) -> float:
        """What the zone gains (positive) or loses, in m2."""
        return self.area_m2 - self.base_area_m2

    @property
    def ratio(self) -> float | None:
        """The gain as a share of the area in the base view; None where there was none."""
        return self.delta_m2 / self.base_area_m2 if self.base_area_m2 > 0 else None


@dataclass(frozen=True)
class PlaceChange:
    """A located feature in both views, by the atlas's line.

    Areas have their shares by zone (0 to 1, they sum to 1 in each view); points have none, but their distance to the
    lake, the 95 % bound of that distance, and the zones that are possible on the ground in the second view.
    """

    feature: str
    base_zone: str
    zone: str
    base_shares: Mapping[str, float]
    shares: Mapping[str, float]
    distance_to_lake_m: float | None = None
    bound_m: float | None = None
    ground: tuple[str, ...] = ()

    @property
    def is_moved(self) -> bool:
        """Whether the home zone is another one."""
        return self.base_zone != self.zone


@dataclass(frozen=True)
class GreenChange:
    """The mapped green share of a zone in both views; None where a view has no such zone."""

    zone: str
    base: GreenFigure | None
    figure: GreenFigure | None


@dataclass(frozen=True)
class Difference:
    """What follows if the plan is read by `other` and not by `base`.

    Zones stand from the shore outwards, water last; places are all located points and areas in the order of the data.
    `sentences` say the same in words.
    """

    base: Reading
    other: Reading
    zones: tuple[ZoneChange, ...]
    places: tuple[PlaceChange, ...]
    green: tuple[GreenChange, ...]
    sentences: tuple[Words, ...]

    @property
    def touched(self) -> tuple[str, ...]:
        """The zones of which an edge lies elsewhere."""
        return tuple(change.zone for change in self.zones if change.is_touched)

    @property
    def moved(self) -> tuple[PlaceChange, ...]:
        """The places whose home zone by the atlas's line is another one."""
        return tuple(place for place in self.places if place.is_moved)


@dataclass(frozen=True)
class RuleChange:
    """One rule that says something else of a site: both verdicts, its name, and why it says so now.

    A verdict is None where the rule has nothing to say: that of a ring which the site does not meet.
    """

    rule: str
    name: Words
    base_verdict: str | None
    verdict: str | None
    reason: Words


@dataclass(frozen=True)
class VerdictChange:
    """A drawn site of which a rule says something else in the second view; the overall verdict may stay."""

    site: str
    names: Words
    base_verdict: str
    verdict: str
    rules: tuple[RuleChange, ...]
    sentence: Words
