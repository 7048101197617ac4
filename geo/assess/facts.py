"""What is asked of a site and what is answered: frozen, in metres and shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from shapely.geometry.base import BaseGeometry

from geo.catalogue import Scalar
from geo.errors import QueryError
from geo.rules import RuleVerdict
from geo.view import ZoneShare

INDICATORS = ("far", "building_coefficient", "green_ratio", "investment_per_mu", "output_per_mu", "tax_per_mu")
LAND_USE = "land_use"

Words = tuple[str, str]  # Chinese, English


@dataclass(frozen=True)
class Candidate:
    """A site to be assessed: polygons in lon/lat, the 95 % bound of its outline in metres, and what is said of it.

    Of `properties` those named by INDICATORS (ratios 0 to 1, or 10,000 CNY per mu) and `land_use` (a class of the
    2023 guide) are read; a value that cannot be one is a QueryError when it is asked for.
    """

    geometry: BaseGeometry
    properties: Mapping[str, Scalar] = field(default_factory=dict)
    accuracy_m: float = 0.0

    @property
    def land_use(self) -> str | None:
        """The class of land use, None if none is given."""
        value = self.properties.get(LAND_USE)
        if value is None or value == "":
            return None
        if isinstance(value, str) and value.isascii() and value.isdigit():
            return value
        raise _no_value(LAND_USE, value, 'a code as text, such as "1001"', '文本形式的代码，如 "1001"')

    @property
    def indicators(self) -> dict[str, float]:
        """The indicators that are given, by property."""
        found = {}
        for name in INDICATORS:
            value = self.properties.get(name)
            if value is None:
                continue
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise _no_value(name, value, "a number, such as 1.2", "数字，如 1.2")
            found[name] = float(value)
        return found


@dataclass(frozen=True)
class Meeting:
    """A feature that the site meets: its share of the site by the atlas's line and the interval of the accuracies.

    `is_drawn` is False for a feature without an outline (a point, a symbolic footprint, known only in words), which
    may touch the site or not: its shares are None.
    """

    feature: str
    is_drawn: bool
    share: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Distance:
    """How far the nearest feature of a layer lies, in metres, and the interval that both accuracies allow."""

    layer: str
    feature: str
    distance_m: float
    low_m: float
    high_m: float


@dataclass(frozen=True)
class Assessment:
    """What the atlas says of a site.

    Areas are m2: plane in the plan's metric CRS, and on the ellipsoid. `home_zone` has the largest share; `zones` sum
    to 1 by the atlas's line, with the interval that shore, extent and the site's own accuracy allow. `verdict` is the
    worst of `verdicts`. `sources` are ids of the catalogue. `geometry` is the site in lon/lat and `accuracy_m` the
    95 % bound of its outline; `land_use` and `indicators` are those that were judged. `parts` are, by rule id and in
    lon/lat, what the rules about places speak of, by the atlas's line; a rule without such a part is left out.
    """

    area_m2: float
    area_ellipsoidal_m2: float
    centre: tuple[float, float]
    home_zone: str
    zones: tuple[ZoneShare, ...]
    layers: tuple[Meeting, ...]
    distances: tuple[Distance, ...]
    existing_park_share: float | None
    verdicts: tuple[RuleVerdict, ...]
    verdict: str
    notices: tuple[Words, ...]
    sources: tuple[str, ...]
    geometry: BaseGeometry
    accuracy_m: float
    land_use: str | None
    indicators: Mapping[str, float]
    parts: tuple[tuple[str, BaseGeometry], ...]


def _no_value(name: str, value: object, en: str, zh: str) -> QueryError:
    found = repr(value)[:40]
    return QueryError(f"{name} is {found}; give {en}.", f"{name} 为 {found}；应为{zh}。")
