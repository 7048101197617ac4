"""What the description of the JSON routes says of each route and of each word of a query."""

from __future__ import annotations


def N_(text: str) -> str:
    """`text` itself."""
    return text


SUMMARIES = {
    "layers": N_("The plan, its groups, layers, sources and empty slots"),
    "layer": N_("One layer in figures, with the properties of its features"),
    "features": N_("One layer as GeoJSON, 6 decimals; rows known only in words have no geometry"),
    "metrics": N_("Areas stated and computed, zones, green figures"),
    "membership": N_("The zone of a point, by the line and on the ground"),
    "search": N_("Features by name, pinyin or initials, and positions"),
    "scenario": N_("What follows if the rings lie elsewhere: areas, places, green, and verdicts with verdicts=true"),
    "scenario_posted": N_('The same, asked with a body: {"rings": [400, 1200, 2500]}'),
    "assess": N_("What the atlas says of a site: shares, rules, verdict; with each=true of every feature"),
    "coordinates": N_("Every way in which a pasted list of corners can be read, within 0.1 m"),
    "figures": N_("Stated figures with source and place, filtered"),
    "projects": N_("Projects and institutions of the sources, filtered"),
    "reconcile": N_("Stated figures beside what the map measures, with verdicts"),
    "find": N_("Where a wish for land fits by the mapped layers, ranked with reasons; what each wish costs"),
    "sensitivity": N_(
        "At which ring distance the ring of each feature changes; with feature= of one, with its verdicts"
    ),
    "sensitivity_posted": N_("The same of a site in the body, with the verdicts of the rules"),
    "conflicts": N_("Every site of the sources against the rules, and why some cannot be checked"),
    "trends": N_("Indicators over the years, with what is joined and why not"),
    "place": N_("One place: figures, shares, projects, neighbours, sources"),
    "timeline": N_("Projects by their construction period, year by year or at one year or month"),
    "export": N_("A layer, or `all`, as a GeoJSON file (RFC 7946, 7 decimals)"),
    "health": N_("Whether the server is well"),
}
WORDS = {
    "extent": "Extent of the zone",
    "rings": "Outer distances of the rings but the last, in metres; others than the data's make a scenario",
    "reading": "How ring 1 is read",
    "against": "Ring distances that the scenario is held against; without them those of the data",
    "against_extent": "Extent that the scenario is held against; without it its own",
    "against_reading": "Reading that the scenario is held against; without it its own",
    "verdicts": "Whether the drawn sites are held against the rules in both",
    "lang": "Language of errors and file names",
    "lon": "Longitude in degrees",
    "lat": "Latitude in degrees",
    "datum": "Datum of lon and lat",
    "crs": "System of the coordinates, EPSG:n; without it the file's own, else degrees",
    "each": "Whether every feature is a site of its own; else all are one",
    "parts": "Whether the answer has geometries: of the site, and of the part that each rule speaks of",
    "q": "A name or a position",
    "source": "Source of the row",
    "theme": "Theme of the figure or project",
    "metric": "What the figure measures",
    "feature": "Feature that the figure speaks of",
    "project": "Project whose row gives the figure",
    "in_zone": "Whether the project lies in the zone",
    "year": "A year or a month of it, 2021 or 2021-07",
    "placed_in": "Area that the project belongs to",
    "district": "District, as the English text in lower case with low lines; none: not stated",
    "ring": "Home ring of what is drawn; none: not drawn",
    "placement": "Where the atlas shows the project",
    "at": "Feature that the project is shown at; none: not on the map",
    "phase": "Phase that the source states; none: not stated",
    "stage": "Stage at the year or month of year; several by comma; under_way if left out",
    "invest_min": "Least total investment, 10,000 CNY",
    "invest_max": "Most total investment, 10,000 CNY",
    "land_min": "Least land, mu",
    "land_max": "Most land, mu",
    "mu": "Land wanted, mu",
    "land_use": "Class of land use, such as 0802",
    "zones": "Zones by comma, such as ring_2; all land if left out",
    "water_min": "Least distance from water, m, for all of the site",
    "metro_max": "Most distance to a metro station, m, for all of the site",
    "road_max": "Most distance to a main road, m, for all of the site",
    "clear": "Layers to keep clear of, by comma: parks,water,sites; all if left out, none for none",
    "limit": "How many places",
    "format": "json, or the places alone as geojson",
    "sort": "Column to sort by, with - before it downwards; rows without a value stand last",
}
