"""FlatGeobuf: all rows as one layer with a spatial index, the statements in the head of the file."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from geo.output.exports.content import Content, as_one
from geo.output.exports.fields import cleaned
from geo.output.exports.writers.gdal import Layer, columns_of, write_layer


def write(content: Content) -> bytes:
    """One layer of shapes of every kind.

    With an index the rows stand in its order, not in draw order. A row known only in words has no place in an index:
    a file that holds one goes without.
    """
    table = as_one(content)
    shapes = tuple(row.geometry for row in table.rows)
    name = cleaned(content.title(content.wanted.lang))
    layer = Layer(name, columns_of(table.fields, table.rows), shapes, content.target.srs)
    said = "\n".join((*content.said("zh"), *content.said("en")))
    options = {
        "SPATIAL_INDEX": "NO" if None in shapes else "YES",
        "TITLE": cleaned(f"{content.title_zh} / {content.title_en}"),
        "DESCRIPTION": cleaned(said),
    }
    fields = {column.name: column.field for column in layer.columns}
    dictionary = {
        name: f"{field.title('zh')} / {field.title('en')}: {field.meaning('zh')} / {field.meaning('en')}"
        for name, field in fields.items()
    }
    metadata = {"fields": cleaned(json.dumps(dictionary, ensure_ascii=False))}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "atlas.fgb"
        write_layer(path, "FlatGeobuf", layer, options=options, layer_metadata=metadata)
        return path.read_bytes()
