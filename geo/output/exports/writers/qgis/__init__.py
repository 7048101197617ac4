"""QGIS: styles of layers (QML) and the project file, for QGIS 3.22 and newer."""
