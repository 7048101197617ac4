"""Opens a project and its GeoPackage in QGIS without a window, draws the map, and prints what it found as JSON.

Run by the Python that QGIS brings along: python3 qgis_open.py <folder> <picture.png> [west south east north]
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from qgis.core import (  # type: ignore[import-not-found]
    Qgis,
    QgsApplication,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsLayerTreeLayer,
    QgsLayoutExporter,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsProject,
    QgsRectangle,
    QgsRenderContext,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize  # type: ignore[import-not-found]

WIDTH, HEIGHT, DPI, SHEET_DPI = 1400, 1000, 96, 100


def facts_of_layer(layer: Any) -> dict[str, Any]:
    renderer = layer.renderer()
    symbols = renderer.symbols(QgsRenderContext()) if renderer else []
    return {
        "name": layer.name(),
        "valid": layer.isValid(),
        "crs": layer.crs().authid(),
        "count": layer.featureCount(),
        "renderer": renderer.type() if renderer else None,
        "symbols": [[part.layerType() for part in symbol.symbolLayers()] for symbol in symbols],
        "colours": [part.color().name() for symbol in symbols for part in symbol.symbolLayers()],
        "labels": layer.labelsEnabled(),
        "aliases": [field.alias() for field in layer.fields()],
    }


def facts_of_tree(root: Any) -> dict[str, Any]:
    leaves = [node for node in root.findLayers() if isinstance(node, QgsLayerTreeLayer)]
    return {
        "groups": [group.name() for group in root.findGroups()],
        "shown": [leaf.layerId() for leaf in leaves if leaf.isVisible()],
        "order": [layer.id() for layer in root.customLayerOrder()] if root.hasCustomLayerOrder() else [],
    }


def expressions_of(layer: Any) -> set[str]:
    """What decides over rules and labels of a layer."""
    written = []
    if layer.renderer() and layer.renderer().type() == "RuleRenderer":
        written += [rule.filterExpression() for rule in layer.renderer().rootRule().children()]
    if layer.labeling():
        for rule in layer.labeling().rootRule().children():
            settings = rule.settings()
            written += [rule.filterExpression(), settings.fieldName]
            written += [settings.geometryGenerator] if settings.geometryGeneratorEnabled else []
    return set(written) - {"", "ELSE"}


def faults_of(layer: Any) -> list[str]:
    """Expressions of a layer that QGIS cannot read, or evaluate for one of its rows."""
    faults = []
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    for text in sorted(expressions_of(layer)):
        expression = QgsExpression(text)
        for feature in layer.getFeatures():
            context.setFeature(feature)
            expression.evaluate(context)
            if expression.hasParserError() or expression.hasEvalError():
                faults.append(f"{text}: {expression.parserErrorString()} {expression.evalErrorString()}")
                break
    return faults


def draw(project: Any, picture: Path, bounds: list[float]) -> dict[str, Any]:
    """Draws the layers that are shown; returns west, south, east, north of the picture, and the names on it."""
    root = project.layerTreeRoot()
    settings = QgsMapSettings()
    settings.setLayers([layer for layer in root.layerOrder() if root.findLayer(layer.id()).isVisible()])
    settings.setDestinationCrs(project.crs())
    settings.setTransformContext(project.transformContext())
    settings.setBackgroundColor(project.backgroundColor())
    settings.setOutputSize(QSize(WIDTH, HEIGHT))
    settings.setOutputDpi(DPI)
    settings.setLabelingEngineSettings(project.labelingEngineSettings())
    for flag in (QgsMapSettings.Antialiasing, QgsMapSettings.DrawLabeling, QgsMapSettings.UseAdvancedEffects):
        settings.setFlag(flag, True)
    full = project.viewSettings().defaultViewExtent()
    settings.setExtent(QgsRectangle(*bounds) if bounds else full)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    job.renderedImage().save(str(picture))
    seen = settings.visibleExtent()
    names = {label.labelText for label in job.takeLabelingResults().allLabels()}
    sides = [seen.xMinimum(), seen.yMinimum(), seen.xMaximum(), seen.yMaximum()]
    return {"bounds": sides, "names": sorted(names), "scale": settings.scale()}


def print_sheet(project: Any, picture: Path) -> list[str]:
    """Prints the first sheet of the project; the names of all its sheets."""
    sheets = project.layoutManager().layouts()
    for sheet in sheets[:1]:
        settings = QgsLayoutExporter.ImageExportSettings()
        settings.dpi = SHEET_DPI
        QgsLayoutExporter(sheet).exportToImage(str(picture), settings)
    return [sheet.name() for sheet in sheets]


def facts_of_data(path: Path, names: list[str]) -> dict[str, Any]:
    """The layers of a GeoPackage as they look when it is added by itself."""
    return {name: facts_of_layer(QgsVectorLayer(f"{path}|layername={name}", name, "ogr")) for name in names}


def main() -> None:
    folder, picture = Path(sys.argv[1]), Path(sys.argv[2])
    application = QgsApplication([], False)
    application.initQgis()
    project = QgsProject.instance()
    was_read = project.read(str(folder / "atlas.qgs"))
    layers = project.mapLayers()
    full = project.viewSettings().defaultViewExtent()
    tables = {layer.source().rpartition("layername=")[2] for layer in layers.values() if layer.isSpatial()}
    found = {
        "version": Qgis.QGIS_VERSION,
        "read": was_read,
        "title": project.title(),
        "crs": project.crs().authid(),
        "abstract": project.metadata().abstract(),
        "view": [full.xMinimum(), full.yMinimum(), full.xMaximum(), full.yMaximum()],
        "layers": {layer_id: facts_of_layer(layer) for layer_id, layer in layers.items()},
        "sources": {layer_id: layer.source() for layer_id, layer in layers.items()},
        "faults": [fault for layer in layers.values() for fault in faults_of(layer)],
        "tree": facts_of_tree(project.layerTreeRoot()),
        "drawn": draw(project, picture, [float(word) for word in sys.argv[3:7]]),
        "sheets": print_sheet(project, picture.with_name(f"{picture.stem}-sheet.png")),
        "data": facts_of_data(folder / "atlas.gpkg", sorted(tables)),
    }
    print(json.dumps(found, ensure_ascii=False))
    project.clear()
    application.exitQgis()


if __name__ == "__main__":
    main()
