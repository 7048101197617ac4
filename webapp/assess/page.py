"""The page on which a site is drawn, pasted, picked or dropped, with its answer beside the map."""

from __future__ import annotations

from flask import Blueprint, Response

from geo.landuse import LandUseTable, land_use_table
from geo.output import layers
from geo.plan import Plan
from webapp.language import reader_language
from webapp.maps import ShellKeeper
from webapp.views import read_address, render_page
from webapp.words import assess_page_words


def make_assess_page(plan: Plan, keeper: ShellKeeper) -> Blueprint:
    """The route /assess over one plan; the site itself stands after # in the address and is the browser's."""
    pages = Blueprint("assess_page", __name__)
    facts = layers.plan_facts(plan, plan.view())

    @pages.get("/assess")
    def assess_page() -> Response:
        read_address(plan)
        shell = keeper.shell()
        lang = reader_language()
        data = {"lang": lang, "words": assess_page_words(), "defaults": facts["defaults"]}
        return render_page(
            "assess.html",
            shell_html=shell.html,
            shell_script=shell.script,
            page_data=data,
            facts=facts,
            uses=land_uses(plan, lang),
            metric_crs=plan.catalogue.metric_crs,
        )

    return pages


def land_uses(plan: Plan, lang: str) -> list[dict[str, str]]:
    """The classes of land use to choose from: those of the table, and subclasses that only the rules name."""
    table = land_use_table(plan.catalogue.land_use)
    book = plan.catalogue.rules
    named = {use.code for rule in book.rules for use in rule.uses} if book else set()
    known = {item.code for item in plan.catalogue.land_use}
    return [{"code": code, "name": _name(table, code, lang)} for code in sorted(known | named)]


def _name(table: LandUseTable, code: str, lang: str) -> str:
    """The name of a class; of one that the table does not list that of the class above it, with its code."""
    above = table.find(code).code
    name = table.name(code, lang)
    return name if above == code else f"({above} {name})"
