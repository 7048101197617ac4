"""The reader of corner lists as people paste them: every way in which all rows can be read alike, and no guess."""

from geo.formats.corners.facts import MAX_BYTES, MAX_ROWS, ORDERS, CornerReading
from geo.formats.corners.read import read_corners

__all__ = ["MAX_BYTES", "MAX_ROWS", "ORDERS", "CornerReading", "read_corners"]
