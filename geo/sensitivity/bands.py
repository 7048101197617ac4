"""The answers along one moved distance, as stretches of it that say the same."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

STEP_M = 0.1  # how near to a step the answer comes: far below what any outline is known to

State = TypeVar("State", bound=Hashable)


@dataclass(frozen=True)
class Band:
    """What holds while the distance is at least `from_m` and below `to_m`, metres from the shore."""

    from_m: float
    to_m: float
    value: str


@dataclass(frozen=True)
class Change:
    """The step that is nearest to the base distance on one side of it: `delta_m` is below 0 for a smaller distance.

    Going down, the answer is `value` below `at_m`; going up, from `at_m` on.
    """

    ring: str
    at_m: float
    delta_m: float
    value: str


@dataclass(frozen=True)
class RuleBands:
    """What one rule about rings says along the way; "" where it says nothing."""

    rule: str
    name: tuple[str, str]  # Chinese, English
    bands: tuple[Band, ...]


@dataclass(frozen=True)
class Moved:
    """One distance, moved: `ring` is the zone that it bounds, `low_m` and `high_m` are those of its neighbours.

    The first cannot reach the line within ring 1, the last goes as far as a plan takes it.
    `homes` are the home zones along the way, `verdicts` the overall verdicts, `rules` those of the rules about rings;
    the last two are empty where nothing was judged.
    """

    ring: str
    base_m: float
    basis: str
    low_m: float
    high_m: float
    homes: tuple[Band, ...]
    verdicts: tuple[Band, ...] = ()
    rules: tuple[RuleBands, ...] = ()

    def nearest(self, bands: tuple[Band, ...]) -> tuple[Change, ...]:
        """The next step below the base distance and the next above it, as far as there are any; none of no bands."""
        if not bands:
            return ()
        here = max(number for number, band in enumerate(bands) if number == 0 or band.from_m <= self.base_m)
        found = [(bands[here].from_m, bands[here - 1].value)] if here else []
        found += [(band.from_m, band.value) for band in bands[here + 1 : here + 2]]
        return tuple(Change(self.ring, at_m, at_m - self.base_m, value) for at_m, value in found)


@dataclass(frozen=True)
class Sensitivity:
    """How firm an answer is: what each movable distance would change.

    `distance_m` is the distance of a point to the lake, None for an area; `bound_m` the 95 % bound of shore and outline
    together; `verdict` the overall one by the base distances, "" where nothing was judged.
    """

    home_zone: str
    distance_m: float | None
    bound_m: float
    distances: tuple[Moved, ...]
    verdict: str = ""

    @property
    def ring_steps(self) -> tuple[Change, ...]:
        """The nearest changes of the home ring, the smallest move first."""
        found = [step for moved in self.distances for step in moved.nearest(moved.homes)]
        return tuple(sorted(found, key=lambda step: abs(step.delta_m)))

    @property
    def verdict_steps(self) -> tuple[Change, ...]:
        """The nearest changes of the overall verdict, the smallest move first."""
        found = [step for moved in self.distances for step in moved.nearest(moved.verdicts)]
        return tuple(sorted(found, key=lambda step: abs(step.delta_m)))

    @property
    def margin_m(self) -> float | None:
        """The smallest move of one distance that changes the home ring; None if none does."""
        return abs(self.ring_steps[0].delta_m) if self.ring_steps else None


def steps(state: Callable[[float], State], knots: Iterable[float]) -> list[tuple[float, State]]:
    """[(distance, the state from there on)], beginning at the first knot; a step is found to STEP_M.

    Each state must hold along one stretch at most: then equal states at two distances leave nothing between them.

    >>> steps(lambda x: "far" if x > 3 else "near", [0, 8])[0]
    (0, 'near')
    """
    first, *more = knots
    found = [(first, state(first))]

    def search(low_m: float, high_m: float, end: State) -> None:
        begin = found[-1][1]
        if begin == end:
            return
        if high_m - low_m <= STEP_M:
            found.append((high_m, end))
            return
        middle_m = (low_m + high_m) / 2
        search(low_m, middle_m, state(middle_m))
        search(middle_m, high_m, end)

    for knot in more:
        search(first, knot, state(knot))
        first = knot
    return found


def bands_of(steps: Iterable[tuple[float, str]], high_m: float) -> tuple[Band, ...]:
    """Steps as bands; neighbours that say the same are one.

    >>> bands_of([(0, "a"), (2, "a"), (3, "b")], 5)
    (Band(from_m=0, to_m=3, value='a'), Band(from_m=3, to_m=5, value='b'))
    """
    bands: list[Band] = []
    for at_m, value in steps:
        if bands:
            bands[-1] = replace(bands[-1], to_m=at_m)
        if not bands or bands[-1].value != value:
            bands.append(Band(at_m, high_m, value))
    bands[-1] = replace(bands[-1], to_m=high_m)
    return tuple(bands)
