"""`check`: whether the data folder is whole."""

from __future__ import annotations

import argparse
from typing import Any

from tabulate import tabulate

from geo.cli.terminal import print_json
from geo.plan import Plan
from geo.view import View


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    """Adds the command."""
    commands.add_parser("check", parents=[common], help="check the data folder").set_defaults(run=run)


def run(plan: Plan, view: View, options: argparse.Namespace) -> None:
    """Says that the data folder is whole (load_plan has named every fault if it is not)."""
    catalogue = plan.catalogue
    rows = [_features_in(plan, view, layer.id, layer.title_zh, layer.title_en) for layer in catalogue.layers]
    if options.json:
        print_json({"ok": True, "version": catalogue.version, "layers": rows})
        return
    columns = {"zh": ("图层", "名称", "画出", "仅有文字"), "en": ("layer", "title", "drawn", "in words only")}
    title = "title_zh" if options.lang == "zh" else "title_en"
    table = [(row["id"], row[title], row["drawn"], row["not_drawn"]) for row in rows]
    print(tabulate(table, columns[options.lang]))
    print("数据无误。" if options.lang == "zh" else "The data are whole: no fault found.")


def _features_in(plan: Plan, view: View, layer_id: str, title_zh: str, title_en: str) -> dict[str, Any]:
    """How many features of a layer are drawn and how many are known only in words."""
    shapes = plan.of_layer(layer_id, view)
    drawn = sum(shape.geometry is not None for shape in shapes)
    titles = {"title_zh": title_zh, "title_en": title_en}
    return {"id": layer_id, **titles, "drawn": drawn, "not_drawn": len(shapes) - drawn}
