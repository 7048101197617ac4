"""What is wished of land and what is found: frozen, in metres, m2 and shares."""

from __future__ import annotations

from dataclasses import dataclass, replace

from shapely.geometry.base import BaseGeometry

from geo.assess import Assessment, Distance
from geo.units import M2_PER_MU
from geo.view import ZoneShare

CLEAR = ("parks", "water", "sites")  # layers that a wish may keep clear of
MOST_DISTANCE_M = 20_000.0
# mu: a tenth of a mu is 67 m2, a house; 100,000 mu are 67 km2, more than any ring but the last.
LANDS = (0.1, 100_000.0)
KEEPS = "clear_"  # before a layer: the name of that wish

Words = tuple[str, str]  # Chinese, English


@dataclass(frozen=True)
class Wish:
    """What is wished: land in mu, a class of land use, zones, distances in metres, layers to keep clear of.

    Without a class nothing is asked of the use; without zones all land of the extent is meant. Distances of None ask
    nothing. `metro_max_m` goes by stations, `road_max_m` by main roads: the whole site lies within that distance.
    """

    mu: float
    land_use: str | None = None
    zones: tuple[str, ...] = ()
    water_min_m: float | None = None
    metro_max_m: float | None = None
    road_max_m: float | None = None
    clear: tuple[str, ...] = CLEAR

    @property
    def area_m2(self) -> float:
        """The wanted land in square metres."""
        return self.mu * M2_PER_MU

    @property
    def given(self) -> tuple[str, ...]:
        """The names of the wishes beside the land itself; each of them can be left out.

        >>> Wish(200, zones=("ring_2",), water_min_m=0, clear=("parks",)).given
        ('zones', 'clear_parks')
        """
        names = ("land_use", "zones", "water_min_m", "metro_max_m", "road_max_m")
        asked = [name for name in names if getattr(self, name) not in (None, ())]
        if self.water_min_m == 0:  # no metres at least is no wish; no metres at most is one
            asked.remove("water_min_m")
        return (*asked, *(KEEPS + layer for layer in self.clear))

    def without(self, name: str) -> Wish:
        """The same without one of its wishes.

        >>> Wish(200, "0802", clear=("parks", "water")).without("clear_parks").clear
        ('water',)
        """
        if name.startswith(KEEPS):
            return replace(self, clear=tuple(layer for layer in self.clear if KEEPS + layer != name))
        if name == "zones":
            return replace(self, zones=())
        return replace(self, **{name: None})  # type: ignore[arg-type]


@dataclass(frozen=True)
class Place:
    """A candidate: a circle of exactly the wanted land in the plan's metric CRS, and what the plan says of it.

    `place_verdict` is the worst of the rules about rings and named areas; `home` the home zone with its interval.
    `metro` and `road` are the nearest station and main road, None where none is mapped. `room_m` is how much wider the
    circle could grow on all sides. `reason` says why it stands where it stands in the ranking.
    """

    rank: int
    site_m: BaseGeometry
    found: Assessment
    place_verdict: str
    home: ZoneShare
    metro: Distance | None
    road: Distance | None
    room_m: float
    reason: Words


@dataclass(frozen=True)
class Relaxation:
    """What leaving one wish out would open: land in m2 that can hold the site, and how much more that is."""

    wish: str
    open_m2: float
    more_m2: float


@dataclass(frozen=True)
class Miss:
    """The nearest miss: the largest circle that fits within the land that agrees with all wishes."""

    site_m: BaseGeometry
    area_m2: float
    zone: str


@dataclass(frozen=True)
class Found:
    """What the mapped layers leave for a wish.

    `ground_m2` is the land that agrees with all wishes, `open_m` (metres) and `open_m2` the part of it that a circle
    of the wanted land can cover; `count` the places that were compared. `candidates` are the best of them, ranked.
    `miss` is there if no place was found and some land agrees. `notices` are what a reader must know of all of it.
    """

    wish: Wish
    ground_m2: float
    open_m: BaseGeometry
    open_m2: float
    count: int
    candidates: tuple[Place, ...]
    relaxations: tuple[Relaxation, ...]
    miss: Miss | None
    notices: tuple[Words, ...]
