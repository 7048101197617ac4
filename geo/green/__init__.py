"""Green figures: three metrics that planning keeps apart, and the one that mapped parks alone can give.

Green coverage rate (vegetation seen from above), green space ratio (land set aside as green) and park green per head
(G1 parks for each resident) answer different questions; none stands in for another. Definitions: GB/T 50563, the 2023
land use guide, CJJ/T 85-2017. Geometries are in metres of one plane. Green that overlaps counts once. Zero is a
measurement; where nothing can be measured the value is None and the figure says why.
"""

from geo.green.figure import GreenFigure
from geo.green.polygons import (
    coverage_by_zone,
    green_coverage_rate,
    green_space_ratio,
    mapped_green_share,
    park_green_per_head,
)
from geo.green.raster import green_coverage_rate_raster

__all__ = [
    "GreenFigure",
    "coverage_by_zone",
    "green_coverage_rate",
    "green_coverage_rate_raster",
    "green_space_ratio",
    "mapped_green_share",
    "park_green_per_head",
]
