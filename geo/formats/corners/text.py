"""From a pasted text to its rows: the head of a table or of a boundary-point file is told from its corners.

The boundary-point text files (界址点) of the natural-resources authorities begin with [属性描述] and key=value lines,
then [地块坐标], a line of the plot with an @, and rows of point, ring number, X, Y.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from geo.errors import FormatError, LimitError, QueryError
from geo.formats.corners.cells import THIN, count_values, plain_row
from geo.formats.corners.facts import MAX_BYTES, MAX_ROWS, Head, Pasted, Row, refuse

_WIDTHS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # full-width forms
_NOTHING = dict.fromkeys((0xFEFF, *range(0x200B, 0x2010), 0x2060))
_SIGNS = {"\u3000": " ", "\u00a0": " ", "\u202f": THIN, "\u2212": "-", "、": ",", "。": ";", "【": "[", "】": "]"}
_PLAIN = {**_WIDTHS, **_NOTHING, **{ord(sign): plain for sign, plain in _SIGNS.items()}}

_LONGEST = 400  # characters of one corner

_WKT = re.compile(r"(?:SRID=(\d{1,6});)?[ ]{0,9}([A-Z]{4,20})[ ]{0,9}(?:Z|M|ZM)?[ ]{0,9}\(", re.IGNORECASE)
_KEY = re.compile(r"\s*([\u4e00-\u9fff]{2,12})\s*=\s*(.{0,80})")
_COORDINATE_KEY = re.compile(r"经度|纬度|东经|北纬|坐标$|高程")
_OLD = re.compile(
    r"西安\s?(?:19)?80|西安坐标|xi'?an|80国家|80坐标|1980|北京\s?(?:19)?54|54北京|54坐标|1954|beijing", re.I
)
_ZONES = {("3", "39"), ("6", "20")}  # both of the meridian 117 E
_CORNER = re.compile(r"\d\.\d|\d{5}|^\W*[A-Z]{1,3}[-_]?\d+\W*$", re.IGNORECASE)  # or what is left of one
_CHUNK = re.compile(r"[+-]?\d{1,12}(?:\.\d{1,40})?,[+-]?\d{1,12}(?:\.\d{1,40})?(?:,[+-]?\d{1,9}(?:\.\d{1,40})?)?")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,40})?")
_ROLES = (
    ("lon", re.compile(r"经度|东经|^(?:lon|lng|long|longitude)(?![a-z])", re.I)),
    ("lat", re.compile(r"纬度|北纬|^(?:lat|latitude)(?![a-z])", re.I)),
    ("east", re.compile(r"东坐标|^(?:e|east|easting)(?![a-z])", re.I)),
    ("north", re.compile(r"北坐标|^(?:n|north|northing)(?![a-z])", re.I)),
    ("x", re.compile(r"^(?:x|point_x)(?![a-z])|纵坐标", re.I)),
    ("y", re.compile(r"^(?:y|point_y)(?![a-z])|横坐标", re.I)),
)
_ORDERS = {
    ("lon", "lat"): "lon_lat",
    ("lat", "lon"): "lat_lon",
    ("east", "north"): "east_north",
    ("north", "east"): "north_east",
    ("x", "y"): "",  # X is the northing of a survey and the easting of a drawing: the ranges decide
    ("y", "x"): "",
}


def split_text(text: str) -> Pasted:
    """The rows of a pasted text, with plain signs.

    LimitError above MAX_BYTES or MAX_ROWS; FormatError for a file that has a reader of its own; QueryError for a text
    without a corner, of several plots, or of a coordinate system that has no public transformation.
    """
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        raise LimitError(
            f"The text has {size:,} bytes; at most {MAX_BYTES:,} are read. Paste one site at a time.",
            f"文本有 {size} 字节，至多读取 {MAX_BYTES} 字节。请一次粘贴一个地块。",
            limit="bytes",
            most=MAX_BYTES,
        )
    plain = text.translate(_PLAIN)
    if plain.lstrip()[:1] in ("{", "<"):
        raise FormatError(
            "This is the text of a file (GeoJSON, KML or the like), not a list of corners. Give it as a file.",
            "这是文件（GeoJSON、KML 等）的内容，不是拐点坐标。请以文件方式提交。",
        )
    stripped = plain.strip()
    match = _WKT.match(stripped)
    if match:
        return _read_wkt(stripped, match)
    head, rows = _part(plain.splitlines())
    if not rows:
        raise QueryError(
            "No coordinates are found. Paste one corner a line, such as 116.05, 28.70.",
            "未找到坐标。请每行粘贴一个拐点，例如 116.05, 28.70。",
        )
    _check_count(rows)
    return Pasted(tuple(rows), head)


def _check_count(rows: Sequence[object]) -> None:
    if len(rows) > MAX_ROWS:
        raise LimitError(
            f"The text has {len(rows):,} corners; at most {MAX_ROWS:,} are read. Paste one site at a time.",
            f"文本有 {len(rows)} 个拐点，至多读取 {MAX_ROWS} 个。请一次粘贴一个地块。",
            limit="rows",
            most=MAX_ROWS,
        )


def _read_wkt(text: str, match: re.Match[str]) -> Pasted:
    kind, body = match[2].upper(), text[match.end() - 1 :].strip().rstrip(";").rstrip()
    depth = {"POINT": 1, "POLYGON": 2}.get(kind, 0)
    inner = body[depth:-depth] if depth else ""
    if not depth or not body.startswith("(" * depth) or not body.endswith(")" * depth):
        raise FormatError(
            f"WKT of the kind {kind} is not read, or its brackets are not whole: give one POLYGON((...)) or "
            "POINT(...).",
            f"无法读取 {kind} 类型的 WKT，或括号不完整：请给出一个 POLYGON((...)) 或 POINT(...)。",
        )
    rows = []
    for ring, part in enumerate(re.split(r"\)\s{0,9},\s{0,9}\(", inner), start=1):
        if "(" in part or ")" in part:
            raise FormatError("The brackets of the WKT do not match. Copy it again.", "WKT 的括号不匹配。请重新复制。")
        rows += [(ring, corner.strip()) for corner in part.split(",")]
    _check_count(rows)
    found = [_make_row(number, corner, ring) for number, (ring, corner) in enumerate(rows, start=1)]
    return Pasted(tuple(found), Head(has_names=False), match[1] and f"EPSG:{match[1]}")


def _make_row(number: int, text: str, ring: int | None = None) -> Row:
    if len(text) > _LONGEST:
        raise refuse(
            Row(number, text, text),
            f"has {len(text):,} characters. Paste one corner a line.",
            f"有 {len(text)} 个字符。请每行粘贴一个拐点。",
        )
    return Row(number, plain_row(text), text, ring)


def _part(lines: Sequence[str]) -> tuple[Head, list[Row]]:
    """The head and the rows: what has fewer than two numbers before the first corner is head."""
    rows: list[Row] = []
    facts: dict[str, str] = {}
    head, plots = Head(), 0
    is_list = _parts_corners(lines)
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        is_plot = line.strip().startswith("@") or line.strip().endswith("@")
        if is_plot and rows:
            raise refuse(
                Row(number, line, line),
                "begins another plot. Paste one plot at a time.",
                "是另一个地块的开始。请一次粘贴一个地块。",
            )
        plots += is_plot
        if is_plot or (not rows and _is_head(line, facts)):
            head = head if is_plot else _read_head(line) or head
            continue
        rows += [_make_row(number, corner) for corner in islice(_corners(line, is_list), MAX_ROWS + 1)]
        if len(rows) > MAX_ROWS:
            break
    _check_zone(facts)
    return head, rows


def _is_head(line: str, facts: dict[str, str]) -> bool:
    """Whether a line before the first corner is none itself; what it says of the system goes into `facts`."""
    if len(line) > _LONGEST:
        return False
    key = _KEY.match(line)
    is_key = bool(key and not _COORDINATE_KEY.search(key[1]))
    values = count_values(plain_row(line))
    if not is_key and (values > 1 or not any(map(str.isalpha, line)) or _CORNER.search(line)):
        return False
    if key and is_key:
        facts[key[1]] = key[2].strip()
    if _OLD.search(line):
        raise QueryError(
            f"The head says {line.strip()[:80]!r}: Xi'an 80 and Beijing 54 have no public transformation to CGCS2000. "
            "Convert the corners with the official parameters first.",
            f"表头注明“{line.strip()[:80]}”：西安 80、北京 54 到 CGCS2000 没有公开的转换参数。请先按官方参数转换。",
        )
    return True


def _check_zone(facts: dict[str, str]) -> None:
    width, zone, meridian = facts.get("几度分带", "3"), facts.get("带号", ""), facts.get("中央子午线", "")
    if (zone and (width, zone) not in _ZONES) or (meridian and not meridian.startswith("117")):
        named = f"{width}° / {zone or meridian}"
        raise QueryError(
            f"The head names the zone {named}; of these the atlas takes zone 39 (117° E) alone. Convert the corners.",
            f"文件头注明分带 {named}；图集只接受 3 度带 39 带（东经 117 度）。请先转换。",
        )


def _read_head(line: str) -> Head | None:
    """The order that a head row names; None for a title."""
    bare = re.sub(r"\([^()]{0,20}\)", "", line)
    cells = [cell for cell in re.split(r"[\s,;|/]+", bare) if cell]
    roles = [next((role for role, pattern in _ROLES if pattern.search(cell)), "") for cell in cells]
    named = [at for at, role in enumerate(roles) if role]
    if len(named) != 2 or (roles[named[0]], roles[named[1]]) not in _ORDERS:
        return None
    order = _ORDERS[roles[named[0]], roles[named[1]]]
    return Head(order, order in ("lon_lat", "lat_lon"), named[0] > 0, named[1] < len(cells) - 1)


def _parts_corners(lines: Sequence[str]) -> bool:
    """Whether semicolons part corners: somewhere two numbers stand between them; if not, they part the numbers."""
    pieces = (piece for line in lines if ";" in line for piece in line.split(";"))
    # Beyond that many the list is too long in either way.
    return any(count_values(plain_row(piece[:_LONGEST])) > 1 for piece in islice(pieces, 3 * MAX_ROWS))


def _corners(line: str, is_list: bool) -> Iterator[str]:
    if re.match(r"\s*[\[(][\[( ]{0,9}[+-]?\d", line):
        line, is_list = re.sub(r"[\])]", ";", line), True
    for piece in line.split(";") if is_list else (line,):
        chunks = piece.split()
        if len(chunks) > 1 and all(_CHUNK.fullmatch(chunk) and not _THOUSANDS.fullmatch(chunk) for chunk in chunks):
            yield from chunks
        elif any(map(str.isalnum, piece)):
            yield piece
