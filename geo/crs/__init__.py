"""Coordinate systems, areas and shifted datums: the only user of pyproj, the only place where degrees become metres.

Coordinates are longitude before latitude and easting before northing, always.
"""

from geo.crs.areas import ellipsoidal_area_m2, plane_area_m2
from geo.crs.datums import (
    DATUM_NAMES,
    DATUMS,
    SHIFTED_WKT,
    bd09_from_gcj02,
    bd09_from_wgs84,
    from_datum,
    gcj02_from_bd09,
    gcj02_from_wgs84,
    to_datum,
    wgs84_from_bd09,
    wgs84_from_gcj02,
)
from geo.crs.systems import (
    ALLOWED,
    LONLAT,
    Floats,
    allowed_crs,
    crs_name,
    metric_crs,
    project,
    projjson,
    to_lonlat,
    to_metres,
    unproject,
)

__all__ = [
    "ALLOWED",
    "DATUMS",
    "DATUM_NAMES",
    "LONLAT",
    "SHIFTED_WKT",
    "Floats",
    "allowed_crs",
    "bd09_from_gcj02",
    "bd09_from_wgs84",
    "crs_name",
    "ellipsoidal_area_m2",
    "from_datum",
    "gcj02_from_bd09",
    "gcj02_from_wgs84",
    "metric_crs",
    "plane_area_m2",
    "project",
    "projjson",
    "to_datum",
    "to_lonlat",
    "to_metres",
    "unproject",
    "wgs84_from_bd09",
    "wgs84_from_gcj02",
]
