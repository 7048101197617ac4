"""Points as two arrays of one shape."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from geo.errors import GeometryError

Floats = npt.NDArray[np.float64]


def finite_points(x: npt.ArrayLike, y: npt.ArrayLike) -> tuple[Floats, Floats]:
    """`x` and `y` as float arrays of one shape; GeometryError with the position of the first that is not finite.

    >>> xs, ys = finite_points([1, 2], 3)
    >>> ys.tolist()
    [3.0, 3.0]
    """
    try:
        xs, ys = np.broadcast_arrays(np.asarray(x, float), np.asarray(y, float))
    except ValueError as fault:
        raise GeometryError(
            f"Points need one x for each y: {fault}. Give two arrays of the same length.",
            "点坐标的 x 与 y 数量或格式不一致。请给出长度相同的两组数字。",
        ) from None
    finite = np.isfinite(xs) & np.isfinite(ys)
    if not finite.all():
        at = int(np.flatnonzero(~finite.ravel())[0])
        raise GeometryError(
            f"Point {at} is ({xs.ravel()[at]}, {ys.ravel()[at]}): a coordinate is missing or not finite. "
            "Leave the point out or correct it.",
            f"第 {at} 个点（从 0 起）坐标为 ({xs.ravel()[at]}, {ys.ravel()[at]})，缺失或不是有限数。请删除或改正该点。",
        )
    return xs, ys
