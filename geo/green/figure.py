"""One green figure: the value, what it is made of, and why there is none if there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import GeometryError

Shapes = npt.NDArray[Any]

# What the numerator of each metric counts, in both languages.
_COUNTS = {
    "green_coverage_rate": ("vegetation seen from above", "植被垂直投影"),
    "green_space_ratio": ("land parcels of green classes, water left out", "绿地类用地，不含水域"),
    "park_green_per_head": ("parks of class G1", "G1 类公园绿地"),
    "mapped_green_share": ("mapped parks: a lower bound of green", "已上图公园：绿地的下限"),
}
NO_CANOPY = ("No layer of vegetation is loaded.", "未载入植被覆盖图层。")
NO_PARCELS = ("No layer of land use parcels is loaded.", "未载入用地地块图层。")
NO_PARKS = ("No outline of a park is mapped.", "没有已上图的公园轮廓。")
NO_ZONE = ("The zone has no area.", "该分区没有面积。")
NOT_SEEN = ("No data reaches into the zone.", "该分区内没有数据。")
NO_RESIDENTS = ("The number of residents is not known.", "常住人口数未知。")
NO_CLASS = ("No park is known to be of class G1.", "没有已知属于 G1 类的公园。")


@dataclass(frozen=True)
class GreenFigure:
    """One figure of one metric: the value, what it is made of, and why there is none if there is none.

    `value` is a share from 0 to 1, or square metres for each person. `denominator` is in square metres, or persons;
    `denominator_of` is "zone" (its area), "seen" (the part of it with data) or "residents". `seen_share` is the part
    of the zone with data where that is known. A `lower_bound` may be more in truth and never less.

    >>> GreenFigure("green_coverage_rate", 0.25, 50.0, 200.0, "zone").counts_en
    'vegetation seen from above'
    """

    metric: str
    value: float | None
    numerator_m2: float | None
    denominator: float | None
    denominator_of: str
    reason_en: str = ""
    reason_zh: str = ""
    seen_share: float | None = None
    lower_bound: bool = False

    @property
    def counts_en(self) -> str:
        """What the numerator counts, in English."""
        return _COUNTS[self.metric][0]

    @property
    def counts_zh(self) -> str:
        """What the numerator counts, in Chinese."""
        return _COUNTS[self.metric][1]


def figure(metric: str, green_m2: float, denominator: float, of: str, **more: Any) -> GreenFigure:
    """A measured figure.

    >>> figure("mapped_green_share", 1.0, 4.0, "zone").value
    0.25
    """
    return GreenFigure(metric, float(green_m2 / denominator), float(green_m2), float(denominator), of, **more)


def missing(metric: str, of: str, reason: tuple[str, str], **more: Any) -> GreenFigure:
    """A figure without a value, with its reason in both languages.

    >>> missing("mapped_green_share", "zone", NO_PARKS).reason_en
    'No outline of a park is mapped.'
    """
    return GreenFigure(metric, None, None, None, of, *reason, **more)


def valid_areas(shapes: Sequence[BaseGeometry], what_en: str, what_zh: str) -> Shapes:
    """The shapes as an array; GeometryError names the first that is no valid polygon. Empty ones may pass.

    >>> valid_areas([shapely.box(0, 0, 2, 1)], "Zone", "分区")[0].area
    2.0
    """
    array = np.empty(len(shapes), dtype=object)
    array[:] = list(shapes)
    polygonal = np.isin(shapely.get_type_id(array), (3, 6)) | shapely.is_empty(array)
    bad = np.flatnonzero(~(polygonal & shapely.is_valid(array)))
    if bad.size:
        raise GeometryError(
            f"{what_en} {bad[0]} is not a valid polygon. Correct its outline.",
            f"第 {bad[0]} 个{what_zh}（从 0 起）不是有效的多边形。请改正其边界。",
        )
    return array
