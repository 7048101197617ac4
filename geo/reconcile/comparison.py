"""One stated value beside one measured value: difference, bound and verdict."""

from __future__ import annotations

from dataclasses import dataclass

from geo.catalogue import Figure
from geo.shapes import length_bound_m
from geo.view import Shape

AGREES, DOUBTFUL, DIFFERS, NOT_COMPARABLE = "agrees", "doubtful", "differs", "not_comparable"
VERDICTS = (DIFFERS, DOUBTFUL, AGREES, NOT_COMPARABLE)  # on a figure beside the map; what needs a look first
INCONSISTENT, UNUSUAL, CONSISTENT, USUAL = "inconsistent", "unusual", "consistent", "usual"
CHECK_VERDICTS = (INCONSISTENT, UNUSUAL, CONSISTENT, USUAL)  # on figures of the sources among themselves
NEAR_ENOUGH = 0.02  # of the stated value: within this two figures agree whatever the bound

Words = tuple[str, str]  # Chinese, English


@dataclass(frozen=True)
class Measured:
    """What the map measures, in m2 or m.

    `bound` is the 95 % bound for corners that err independently, `band` what an error of one sign along the whole
    line could do: perimeter times accuracy for an area, both ends for a length.
    """

    value: float
    bound: float
    band: float


@dataclass(frozen=True)
class Comparison:
    """A stated value and what stands beside it.

    `stated` and `measured` are in the base unit of `unit` (m2, m, CNY, ...); `figures` are what the stated value is
    made of (one, or the factors of a derived check), `shapes` the features measured. `reason` says why there is no
    verdict, or how the two are counted; `formula` how a derived value came about, empty for a plain figure.
    """

    id: str
    theme: str
    subject: str
    name: Words
    stated: float
    unit: str
    measured: Measured | None
    verdict: str
    reason: Words
    figures: tuple[Figure, ...]
    shapes: tuple[str, ...] = ()
    formula: Words = ("", "")
    sides: tuple[Words, Words] | None = None  # what stands on each side, where it is not stated and computed

    @property
    def difference(self) -> float | None:
        """Measured less stated, in the base unit; None without a measured value."""
        return None if self.measured is None else self.measured.value - self.stated

    @property
    def ratio(self) -> float | None:
        """The difference as a share of the stated value; None without a measured value or if nothing is stated."""
        off = self.difference
        return None if off is None or not self.stated else off / self.stated


def judge(stated: float, measured: Measured) -> str:
    """ "agrees" within the bound or 2 % of the stated value, "doubtful" within the band, beyond that "differs".

    >>> judge(100, Measured(98, 0, 0)), judge(100, Measured(90, 5, 20)), judge(100, Measured(90, 5, 9))
    ('agrees', 'doubtful', 'differs')
    """
    off = abs(measured.value - stated)
    if off <= max(measured.bound, NEAR_ENOUGH * abs(stated)):
        return AGREES
    return DOUBTFUL if off <= measured.band else DIFFERS


def measured_area(shape: Shape) -> Measured | None:
    """The area of a mapped outline in m2; None for what has none (points, symbols, rows in words)."""
    if shape.area_m2 is None:
        return None
    return Measured(shape.area_m2, shape.area_u_m2 or 0.0, float(shape.geometry_m.length) * shape.accuracy_m)


def measured_length(shape: Shape) -> Measured | None:
    """The length of a mapped line in m; None for what is no line."""
    if shape.length_m is None:
        return None
    return Measured(shape.length_m, length_bound_m(shape.geometry_m, shape.accuracy_m), 2 * shape.accuracy_m)
