"""The page on which the rings are moved: two maps, one of the base plan and one of a scenario, and what follows."""

from __future__ import annotations

from flask import Blueprint, Response

from geo.output import layers
from geo.output.features import Json
from geo.plan import MOST_DISTANCE_M, Plan
from geo.timeline import FIRST_YEAR, LAST_YEAR
from webapp.language import reader_language
from webapp.maps import ShellKeeper
from webapp.views import read_address, render_page
from webapp.words import scenario_page_words

_STEP_M = 10


def make_scenario_page(plan: Plan, keeper: ShellKeeper) -> Blueprint:
    """The route /whatif over one plan; which rings are compared is the browser's to read."""
    pages = Blueprint("scenario_page", __name__)
    facts = layers.plan_facts(plan, plan.view())

    @pages.get("/whatif")
    def whatif_page() -> Response:
        read_address(plan)
        shell = keeper.shell()
        lang = reader_language()
        sliders = _sliders(plan, lang)
        data = {"lang": lang, "words": scenario_page_words(), "defaults": facts["defaults"], "sliders": sliders}
        data["lake"] = plan.catalogue.rings.lake
        return render_page(
            "whatif.html",
            shell_html=shell.html,
            shell_script=shell.script,
            page_data=data,
            facts=facts,
            sliders=sliders,
            years=range(FIRST_YEAR, LAST_YEAR + 1),
            metric_crs=plan.catalogue.metric_crs,
        )

    return pages


def _sliders(plan: Plan, lang: str) -> list[Json]:
    """One slider for each movable distance: its ring, its base value with basis and reason, and how far it goes."""
    strip, *edges = plan.catalogue.rings.edges
    distances = [edge.distance_m for edge in edges]
    rings = {ring.id: ring for ring in plan.catalogue.rings.rings}
    rows: list[Json] = []
    for number, edge in enumerate(edges, start=1):
        below = strip.distance_m if number == 1 else distances[number - 2]
        ring = rings[f"ring_{number}"]
        rows.append(
            {
                "ring": ring.id,
                "name": ring.name_zh if lang == "zh" else ring.name_en,
                "base": edge.distance_m,
                "low": strip.distance_m + _STEP_M * number if number == 1 else below,
                "high": min(2 * edge.distance_m, MOST_DISTANCE_M),
                "step": _STEP_M,
                "least": strip.distance_m,
                "basis": edge.basis,
                "source": edge.source,
                "reason": edge.reason_zh if lang == "zh" else edge.reason_en,
            }
        )
    return rows
