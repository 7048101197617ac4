"""A feature as one row of a table: flat names and values, as attribute tables need them."""

from __future__ import annotations

from geo.output.exports.fields import is_share
from geo.output.features import Json, feature_properties
from geo.plan import Plan
from geo.view import Shape, View

OF_FILE = ("view", "exported", "notice")  # what each row says because a GIS drops what stands beside the rows


def flat_properties(plan: Plan, shape: Shape, view: View) -> Json:
    """A feature's properties without nesting.

    Stated area and zone shares become columns; lists become comma-separated text. A further property of the data
    whose name the atlas uses itself is kept as `extra_<name>`.
    """
    nested = feature_properties(plan, shape, view)
    stated, zones, members, extra = (nested.pop(key) for key in ("stated_area", "zones", "members", "extra"))
    compared, projects, in_words = (nested.pop(key) for key in ("compared", "projects", "projects_in_words"))
    ground, centre = nested.pop("ground"), nested.pop("centre")
    flat = dict(nested)
    for key in ("value", "unit", "qualifier", "source", "place", "figure"):
        flat[f"stated_area_{key}"] = stated[key] if stated else None
    flat["stated_area_m2"] = stated["area_m2"] if stated else None
    flat["verdict"] = compared["verdict"] if compared else None
    flat["projects"] = ",".join(one["id"] for one in (*projects, *in_words)) or None
    flat["ground"] = ",".join(ground) if ground else None
    flat["members"] = ",".join(member["id"] for member in members) or None
    flat["centre_lon"], flat["centre_lat"] = centre or (None, None)
    for zone in zones or ():
        for key in ("share", "share_low", "share_high"):
            flat[f"{key}_{zone['id']}"] = zone[key]
    own = {*flat, *OF_FILE}
    for key, value in extra.items():
        name = key
        while name in own or is_share(name) or (name != key and name in extra):
            name = f"extra_{name}"
        flat[name] = value
        own.add(name)
    return flat
