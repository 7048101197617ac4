"""The ring distances of a scenario as they are written: metres from the shore with commas, growing outwards."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from geo.errors import QueryError
from geo.plan import MOST_DISTANCE_M

_DISTANCE = re.compile(r"[0-9]{1,6}(?:\.[0-9])?")
_MOST_CHARACTERS = 200


def parse_rings(text: str) -> tuple[float, ...]:
    """The outer distances of the rings but the last, in metres, from "400,1200,2500".

    At most one decimal each, above 0, growing outwards, at most 20,000 m. QueryError says what is possible. How many
    distances there must be, and how near to the shore the first may lie, the plan knows: `Plan.view` checks that.

    >>> parse_rings("400,1200,2500.5")
    (400.0, 1200.0, 2500.5)
    """
    parts = [part.strip() for part in text[:_MOST_CHARACTERS].split(",")]
    if len(text) > _MOST_CHARACTERS or not all(map(_DISTANCE.fullmatch, parts)):
        raise _unreadable(text)
    return checked_rings([float(part) for part in parts])


def checked_rings(distances_m: Sequence[float]) -> tuple[float, ...]:
    """The distances in metres if they can be those of rings, with at most one decimal; QueryError if not.

    >>> checked_rings([400, 1200])
    (400.0, 1200.0)
    """
    found = tuple(float(distance) for distance in distances_m)
    grow = all(inner < outer for inner, outer in itertools.pairwise((0.0, *found)))
    if not found or not grow or found[-1] > MOST_DISTANCE_M or any(round(one, 1) != one for one in found):
        raise _unreadable(",".join(f"{one:.12g}" for one in found))
    return found


def rings_text(distances_m: Sequence[float]) -> str:
    """Ring distances as an address holds them.

    >>> rings_text((400.0, 1200.0, 2500.5))
    '400,1200,2500.5'
    """
    return ",".join(f"{distance:.1f}".removesuffix(".0") for distance in distances_m)


def _unreadable(text: str) -> QueryError:
    found = "".join(char if char.isprintable() else "?" for char in text[:60])
    return QueryError(
        f"The ring distances {found!r} cannot be used. Give metres from the shore with commas between, growing "
        f"outwards, with at most one decimal and at most {MOST_DISTANCE_M:,} each, such as 400,1200,2500.",
        f"圈层距离“{found}”无法使用。请给出距岸米数，以英文逗号分隔，自岸线向外递增，至多一位小数，"
        f"各不超过 {MOST_DISTANCE_M:,}，如 400,1200,2500。",
    )
