"""CAD: the DXF drawn to a picture by ezdxf's drawing add-on, with the rings in their colours and places."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from geo.plan import Plan
from tests.clients.checks import WINDOW, NotInstalled, check, look, made, ring_places

_INCHES, _DPI = (15.2, 10.16), 100
_CHINESE_FONT = "NotoSansCJK-Regular.ttc"


def run(plan: Plan, folder: Path) -> str:
    """Draws the whole plan."""
    if find_spec("ezdxf") is None or find_spec("matplotlib") is None:
        raise NotInstalled("ezdxf and matplotlib are not installed")
    path, picture = folder / "all.dxf", folder / "dxf.png"
    path.write_bytes(made(plan, "dxf"))
    return _drawn(plan, path, picture)


def _drawn(plan: Plan, path: Path, picture: Path) -> str:
    import ezdxf
    import matplotlib as mpl
    from ezdxf.addons.drawing import Frontend, RenderContext
    from ezdxf.addons.drawing.config import BackgroundPolicy, Configuration
    from ezdxf.addons.drawing.matplotlib import MatplotlibBackend
    from ezdxf.fonts import fonts

    mpl.use("Agg")
    from matplotlib import pyplot

    document = ezdxf.readfile(path)
    auditor = document.audit()
    check(not auditor.errors, f"ezdxf finds faults: {auditor.errors[:3]}")
    for style in document.styles:  # the fonts of Chinese Windows are not everywhere
        if fonts.font_manager.has_font(_CHINESE_FONT):
            style.dxf.font = _CHINESE_FONT
    figure = pyplot.figure(figsize=_INCHES, dpi=_DPI)
    axes = figure.add_axes((0, 0, 1, 1))
    white = Configuration(background_policy=BackgroundPolicy.WHITE)
    backend = MatplotlibBackend(axes, adjust_figure=False)
    Frontend(RenderContext(document), backend, config=white).draw_layout(document.modelspace(), finalize=True)
    west, south, east, north = WINDOW
    axes.set(xlim=(west, east), ylim=(south, north))
    figure.savefig(picture, dpi=_DPI)
    height = _INCHES[1] * _DPI

    def to_pixel(x: float, y: float) -> tuple[float, float]:
        column, row_from_below = axes.transData.transform((x, y))
        return float(column), float(height - row_from_below)

    fills = {round(1 - hatch.transparency, 2) for hatch in document.modelspace().query("HATCH") if hatch.rgb}
    check(len(fills) == 1, f"fills of different opacity: {fills}")
    shares = look(picture, ring_places(plan, plan.view()), to_pixel, opacity=fills.pop())
    pyplot.close(figure)
    return f"ezdxf {ezdxf.__version__}: the DXF is drawn; colours found at {shares}"
