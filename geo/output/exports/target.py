"""The coordinate system of a file: one that the atlas takes, or by choice a shifted datum of Chinese web maps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo import crs
from geo.errors import ChoiceError, CrsError

LONLAT = "EPSG:4326"
SHIFTED = ("gcj02", "bd09")
_OF_DATUM = {"wgs84": "EPSG:4326", "cgcs2000": "EPSG:4490"}
_DEGREES = ("EPSG:4326", "EPSG:4490")


@dataclass(frozen=True)
class Target:
    """Where the coordinates of a file are given: `crs` is "EPSG:n", or None for the shifted datum `datum`."""

    crs: str | None
    datum: str | None = None

    @property
    def is_geographic(self) -> bool:
        """Whether coordinates are longitude and latitude in degrees; else easting and northing in metres."""
        return self.crs is None or self.crs in _DEGREES

    @property
    def is_shifted(self) -> bool:
        """Whether coordinates lie some hundred metres off, as on Chinese web maps."""
        return self.crs is None

    @property
    def tag(self) -> str:
        """What the name of a file says: EPSG4548, GCJ-02, BD-09."""
        return crs.DATUM_NAMES[self.datum] if self.datum else str(self.crs).replace(":", "")

    @property
    def srs(self) -> str:
        """The system as GDAL takes it: a code, or the WKT of a shifted datum."""
        return crs.SHIFTED_WKT[self.datum] if self.datum else str(self.crs)

    def words(self, lang: str) -> str:
        """The system in words, with a warning for a shifted datum."""
        if self.datum:
            name = crs.DATUM_NAMES[self.datum]
            if lang == "zh":
                return f"{name}（加偏坐标，度；不是 WGS 84，也不是 CGCS2000，约偏移数百米）"
            return f"{name} (shifted, degrees; neither WGS 84 nor CGCS2000, off by some hundred metres)"
        return f"{self.crs} {crs.crs_name(str(self.crs))}"

    def placed(self, geometry: BaseGeometry) -> BaseGeometry:
        """A geometry in longitude and latitude (WGS 84, CGCS2000) in this system; CrsError beyond its area of use."""

        def moved(lonlat: crs.Floats) -> crs.Floats:
            if self.datum:
                return np.column_stack(crs.to_datum(lonlat[:, 0], lonlat[:, 1], self.datum))
            return np.column_stack(crs.project(lonlat[:, 0], lonlat[:, 1], str(self.crs)))

        result: BaseGeometry = shapely.transform(shapely.force_2d(geometry), moved)
        return result


def read_target(code: str | None, datum: str | None, *, default: str) -> Target:
    """The system that the words `crs` and `datum` name, `default` if neither does.

    A datum names degrees: wgs84 and cgcs2000 are EPSG:4326 and EPSG:4490. CrsError for a system that the atlas does not
    take; ChoiceError for an unknown datum, and for two words that contradict each other.

    >>> read_target(None, None, default="EPSG:4548").tag, read_target(None, "gcj02", default="EPSG:4548").tag
    ('EPSG4548', 'GCJ-02')
    """
    system = None if code is None else crs.allowed_crs(code)
    if datum is None:
        return Target(system or default)
    if datum not in crs.DATUMS:
        known = ", ".join(crs.DATUMS)
        raise ChoiceError(
            f"datum={datum} is not known. Use one of: {known}.",
            f"datum={datum} 不认识。可用：{known}。",
            word="datum",
            possible=tuple(crs.DATUMS),
        )
    named = _OF_DATUM.get(datum)
    if system is not None and system != named:
        raise CrsError(
            f"crs={system} and datum={datum} contradict each other: {crs.DATUM_NAMES[datum]} is given in degrees. "
            "Name one of the two.",
            f"crs={system} 与 datum={datum} 相互矛盾：{crs.DATUM_NAMES[datum]} 以度为单位。请只给出其中一个。",
        )
    return Target(named) if named else Target(None, datum)
