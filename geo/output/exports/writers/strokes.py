"""The one stroke of a look for formats that draw a line once."""

from __future__ import annotations

from geo.output.symbology import Look, Stroke


def main_stroke(look: Look) -> Stroke | None:
    """The darkest stroke, the topmost of equals; None for a look without strokes.

    The one on top may be the white middle of a road, which white paper swallows; the one below the casing of a line.

    >>> main_stroke(Look(strokes=(Stroke("#8c9499", 5), Stroke("#ffffff", 3)))).width
    5
    """
    return max(reversed(look.strokes), key=lambda stroke: -luminance(stroke.colour), default=None)


def luminance(colour: str) -> float:
    """How bright #rrggbb is, 0 to 1, by the weights of sRGB without its gamma.

    >>> luminance("#ffffff"), luminance("#000000")
    (1.0, 0.0)
    """
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return round(0.2126 * red + 0.7152 * green + 0.0722 * blue, 6)
