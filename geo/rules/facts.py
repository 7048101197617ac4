"""What is known of a site, and what a rule must tell; nothing here is looked up or measured."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from geo.errors import QueryError

NO_SHARE = 1e-9  # of a site: what the rounding of clipped outlines leaves is nothing
WHOLE_SLACK = 0.001  # of a site: what the shares of its zones may leave open by rounding
RING_USE, AREA_NOTE = "ring_use", "area_note"
PLACE_RULES = (RING_USE, AREA_NOTE)  # the kinds of rules that speak of where a site lies
INSIDE = "inside"  # where a slot is in conflict; else beyond it
MOST = 1e9  # of an indicator: beyond it a slip of units is certain
_CODE = re.compile(r"[0-9]{2}(?:[0-9]{2}){0,2}", re.ASCII)


class Use(Protocol):
    """What a ring holds of a land-use class and those below it; the condition is "" where there is none."""

    @property
    def code(self) -> str: ...
    @property
    def verdict(self) -> str: ...
    @property
    def condition_zh(self) -> str: ...
    @property
    def condition_en(self) -> str: ...


class Rule(Protocol):
    """A rule: what all have, then what its kind needs; the rest is empty or None."""

    @property
    def id(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def name_zh(self) -> str: ...
    @property
    def name_en(self) -> str: ...
    @property
    def source(self) -> str | None: ...
    @property
    def place(self) -> str: ...
    @property
    def standard_zh(self) -> str: ...
    @property
    def standard_en(self) -> str: ...
    @property
    def edition(self) -> str: ...
    @property
    def basis(self) -> str: ...
    @property
    def ring(self) -> str: ...
    @property
    def uses(self) -> Sequence[Use]: ...
    @property
    def feature(self) -> str: ...
    @property
    def condition_zh(self) -> str: ...
    @property
    def condition_en(self) -> str: ...
    @property
    def layer(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def effect(self) -> str: ...
    @property
    def indicator(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def classes(self) -> Sequence[str]: ...
    @property
    def minimum(self) -> float | None: ...
    @property
    def maximum(self) -> float | None: ...
    @property
    def approval(self) -> str: ...
    @property
    def slot(self) -> str: ...
    @property
    def conflict_where(self) -> str: ...


class RuleBook(Protocol):
    """Rules, and the share of a site (0 to 1) below which a part of it in a zone is noted and decides nothing."""

    @property
    def version(self) -> str: ...
    @property
    def minor_share(self) -> float: ...
    @property
    def rules(self) -> Sequence[Rule]: ...


@dataclass(frozen=True)
class Share:
    """The share of a site (0 to 1) that certainly lies somewhere (`low`), and that may lie there (`high`).

    Less than 1e-9 is taken as 0. QueryError unless 0 <= low <= high <= 1.

    >>> Share(0.2, 0.5), Share(1e-12, 1e-12).high
    (Share(low=0.2, high=0.5), 0.0)
    """

    low: float
    high: float

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high <= 1:
            raise QueryError(
                f"A share from {self.low} to {self.high}: give 0 to 1, the lower bound first.",
                f"份额 {self.low} 至 {self.high} 有误：应在 0 与 1 之间，下界在前。",
            )
        for name in ("low", "high"):
            if getattr(self, name) < NO_SHARE:
                object.__setattr__(self, name, 0.0)


@dataclass(frozen=True)
class Overlap:
    """How much of a site overlaps the features of a layer with this status ("existing" or "planned").

    `undrawn` counts features that may touch the site and have no outline to measure: of them nothing is known.
    """

    layer: str
    status: str
    share: Share
    undrawn: int = 0


@dataclass(frozen=True)
class SiteFacts:
    """What is known of a site. What is missing (None, or not in a mapping) is unknown, and 0 is a measurement.

    `zones` are the shares by ring zone, `areas` those in named areas by feature id; `land_use` a class of the 2023
    guide; `indicators` by property: far, building_coefficient and green_ratio (0 to 1), investment_per_mu,
    output_per_mu, tax_per_mu (10,000 CNY per mu); `approvals` whether an authority agreed; `loaded` the slots
    (farmland, redline, growth boundary) whose layer is there, with the overlap as the others. Every layer and status
    that was looked at has its overlap, 0 where there is none: a layer without one was not looked at.
    QueryError for an ill-formed class, an indicator that is not from 0 to 1e9, and zones that leave a part of the site
    out or hold more than all of it.

    >>> SiteFacts(land_use="1001", indicators={"far": 1.2}).zones is None
    True
    """

    zones: Mapping[str, Share] | None = None
    land_use: str | None = None
    indicators: Mapping[str, float] = field(default_factory=dict)
    overlaps: tuple[Overlap, ...] = ()
    areas: Mapping[str, Share] = field(default_factory=dict)
    approvals: Mapping[str, bool] = field(default_factory=dict)
    loaded: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.land_use is not None and not _CODE.fullmatch(self.land_use):
            raise QueryError(
                f"The land-use class {self.land_use!r} is no code: give 2, 4 or 6 digits, such as 1001.",
                f"用地代码 {self.land_use!r} 有误：应为 2、4 或 6 位数字，例如 1001。",
            )
        if self.zones is not None:
            _check_whole(self.zones)
        for name, value in self.indicators.items():
            if not 0 <= value <= MOST:
                raise QueryError(
                    f"The indicator {name} is {value}: give a number from 0 to {MOST:,.0f}, or leave it out.",
                    f"指标 {name} 为 {value}：应为 0 至 {MOST:.0f} 的数，或不填。",
                )


def _check_whole(zones: Mapping[str, Share]) -> None:
    """A part that lies in no zone would be asked by no rule, and pass."""
    low, high = (sum(getattr(share, name) for share in zones.values()) for name in ("low", "high"))
    if high < 1 - WHOLE_SLACK or low > 1 + WHOLE_SLACK:
        raise QueryError(
            f"The shares of the zones make up {low:g} to {high:g} of the site: they must hold all of it, 1.",
            f"各分区份额合计为 {low:g} 至 {high:g}：必须覆盖整块用地，即合计为 1。",
        )


def overlap_of(site: SiteFacts, layer: str, status: str | None = None) -> Overlap | None:
    """All overlaps of a site with a layer as one; None if none was measured. Without a status every one is taken.

    Several shares may cover one another: at least the largest lower bound, at most the sum of the upper ones.

    >>> two = tuple(Overlap("water", "existing", Share(low, 0.3)) for low in (0.1, 0.2))
    >>> overlap_of(SiteFacts(overlaps=two), "water").share
    Share(low=0.2, high=0.6)
    """
    found = [one for one in site.overlaps if one.layer == layer and status in (None, one.status)]
    if not found:
        return None
    share = Share(max(one.share.low for one in found), min(1.0, sum(one.share.high for one in found)))
    return Overlap(layer, status or "", share, sum(one.undrawn for one in found))
