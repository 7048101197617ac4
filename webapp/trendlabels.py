"""Where the values of a chart stand beside their points, so that none covers another at any width of the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_WIDTHS = (184.0, 270.0, 380.0, 640.0)  # of the plot: printed, on a phone, beside a table, across a page
_MARK = 8.0  # half of the room that a mark takes, px
_LINE = 12.0  # height of a label, px
_WIDE, _NARROW = 11.5, 6.4  # a character of a label at 11 px: Chinese, other
_ASIDE = 7.0  # how far marks that would hide each other move, px
_THIN_SPACE = "\u2009"

_BESIDE_LINE, _ALONG_LINE = 2.0, 6.0  # room around a line, and how far apart it is probed, px

Box = tuple[float, float, float, float]  # left, top, right, bottom
Stroke = tuple[float, float, float, float]  # x (per cent) and y (px) of the first end, then of the last


@dataclass(frozen=True)
class Spot:
    """A point to be labelled: x in per cent of the width and px beside that, y in px down, and the text.

    `above` and `below` is the room that its mark takes, px: an arrow says that the value is a bound.
    """

    x: float
    aside: float
    y: float
    text: str
    above: float = _MARK
    below: float = _MARK

    def at(self, width: float) -> float:
        """Its x in px."""
        return self.x / 100 * width + self.aside

    def box(self, width: float) -> Box:
        """The room of its mark."""
        x = self.at(width)
        return x - _MARK, self.y - self.above, x + _MARK, self.y + self.below


@dataclass(frozen=True)
class Label:
    """The value beside a point: its text, the side that is anchored, and how far it stands from the point, px."""

    text: str
    anchor: str
    dx: float
    dy: float


def aside(places: Sequence[tuple[float, float]]) -> list[float]:
    """How far each of the points (x in per cent, y in px) moves sideways so that those on one spot are all seen, px.

    >>> aside([(50, 100), (75, 100), (50, 104), (50, 98)])
    [0.0, 0.0, 7.0, -7.0]
    """
    moved: list[float] = []
    for number, (x, y) in enumerate(places):
        before = sum(1 for ox, oy in places[:number] if ox == x and abs(oy - y) < _MARK)
        moved.append((before + 1) // 2 * _ASIDE * (1 if before % 2 else -1) if before else 0.0)
    return moved


def place_labels(spots: Sequence[Spot], strokes: Sequence[Stroke], floor: float) -> list[Label | None]:
    """A label for each spot, clear of marks and lines and above `floor`; None where no free place is near.

    The table beside the chart says the value all the same.
    """
    taken = [
        [spot.box(width) for spot in spots] + [box for line in strokes for box in _along(line, width)]
        for width in _WIDTHS
    ]
    found: list[Label | None] = []
    for spot in spots:
        label = next(_free(spot, floor, taken), None)
        found.append(label)
        if label is not None:
            for boxes, width in zip(taken, _WIDTHS, strict=True):
                boxes.append(label_box(spot, label, width))
    return found


def label_box(spot: Spot, label: Label, width: float) -> Box:
    """The room that a label takes at a width of the plot, px; measured generously."""
    length = sum(_NARROW if char.isascii() or char == _THIN_SPACE else _WIDE for char in label.text)
    left = spot.at(width) + label.dx - {"start": 0.0, "middle": length / 2, "end": length}[label.anchor]
    return left, spot.y + label.dy - _LINE + 2, left + length, spot.y + label.dy + 2


def _free(spot: Spot, floor: float, taken: Sequence[Sequence[Box]]) -> Iterator[Label]:
    sides = (("start", 11.0), ("end", -11.0))
    beside = [(anchor, dx, dy) for dy in (4.0, -8.0, 16.0) for anchor, dx in sides]
    above, below = (("middle", 0.0, dy) for dy in (-spot.above - 4, spot.below + 12))
    corners = [(anchor, dx, dy) for dy in (-10.0, 18.0) for anchor, dx in (("start", -4.0), ("end", 4.0))]
    for anchor, dx, dy in (*beside[:2], above, *beside[2:], *corners, below):
        label = Label(spot.text, anchor, dx, dy)
        boxes = [label_box(spot, label, width) for width in _WIDTHS]
        is_inside = all(box[0] >= 0 and box[2] <= width for box, width in zip(boxes, _WIDTHS, strict=True))
        pairs = zip(boxes, taken, strict=True)
        if is_inside and boxes[0][3] <= floor and not any(_touch(box, one) for box, ones in pairs for one in ones):
            yield label


def _along(line: Stroke, width: float) -> Iterator[Box]:
    x1, x2 = line[0] / 100 * width, line[2] / 100 * width
    count = max(1, round(max(abs(x2 - x1), abs(line[3] - line[1])) / _ALONG_LINE))
    for number in range(count + 1):
        share = number / count
        yield _around(x1 + (x2 - x1) * share, line[1] + (line[3] - line[1]) * share, _BESIDE_LINE)


def _around(x: float, y: float, room: float) -> Box:
    return x - room, y - room, x + room, y + room


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
