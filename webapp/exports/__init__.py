"""Downloads: files of layers and of assessed sites in every format, and the page on which one is chosen."""

from __future__ import annotations

from urllib.parse import quote

GEOJSON_TYPE = "application/geo+json"


def attachment(name: str, plain_name: str) -> str:
    """The header that saves an answer under `name`; `plain_name` (ASCII) is for readers that know no other.

    Everything but letters, digits and -._~ is written as %XX, so that no name can end the header or add one.

    >>> print(attachment("瑶湖.geojson", "yaohu.geojson"))
    attachment; filename="yaohu.geojson"; filename*=UTF-8''%E7%91%B6%E6%B9%96.geojson
    """
    return f"attachment; filename=\"{plain_name}\"; filename*=UTF-8''{quote(name, safe='')}"
