"""DXF of AutoCAD 2004 (AC1018) in GBK, in metres: a CAD layer for each class, its fill and its labels beside it."""

from geo.output.exports.writers.dxf.drawing import write

__all__ = ["write"]
