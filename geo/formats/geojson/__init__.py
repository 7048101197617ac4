"""The strict reader of GeoJSON that a person hands over as sites: nothing is guessed, mended in silence or run.

`json_text` turns bytes into values within limits, `features` finds the areas among them, `placing` brings them to
longitude and latitude, `polygons` says where an outline is at fault, and `read` makes the sites.
"""

from geo.formats.geojson.facts import DEFAULT, Limits, Note, ReadSites, Site, Skipped
from geo.formats.geojson.read import read_geojson

__all__ = ["DEFAULT", "Limits", "Note", "ReadSites", "Site", "Skipped", "read_geojson"]
