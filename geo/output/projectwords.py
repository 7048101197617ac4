"""What people read for the keys that projects are filtered by, in both languages: on pages, in sheets, in GeoJSON."""

from __future__ import annotations

from collections.abc import Mapping

from geo.catalogue import in_lang
from geo.plan import Plan
from geo.projects import Row, key_of
from geo.timeline import NONE
from geo.view import View

# Chinese, English
THEMES = {
    "aviation": ("航空", "Aviation"),
    "electronics": ("电子信息", "Electronics"),
    "software": ("软件与数字", "Software and data"),
    "research": ("研发与科教", "Research"),
    "commerce": ("商业与总部", "Commerce, headquarters"),
    "park_infrastructure": ("园区与基础设施", "Parks, infrastructure"),
    "automotive": ("汽车", "Automotive"),
    "equipment": ("装备制造", "Equipment"),
    "biomedicine": ("生物医药", "Biomedicine"),
    "new_materials": ("新材料", "New materials"),
    "ecology": ("生态", "Ecology"),
    "logistics": ("物流", "Logistics"),
    "food": ("食品", "Food"),
    "education": ("教育", "Education"),
    "finance": ("金融", "Finance"),
    "energy": ("能源", "Energy"),
    "textiles": ("纺织", "Textiles"),
    "other": ("其他", "Other"),
    NONE: ("未分类", "no theme given"),
}
IN_ZONE = {
    "yes": ("区内", "in the zone"),
    "partly": ("部分在区内", "partly in the zone"),
    "no": ("全市其他地方", "elsewhere in the city"),
    "unknown": ("未写明是否在区内", "not stated whether in the zone"),
}
PLACEMENTS = {
    "drawn": ("已上图", "drawn on the map"),
    "area": ("计入所在片区", "counted at an area"),
    "zone": ("区内，位置不详", "in the zone, place unknown"),
    "unknown": ("位置不详", "place unknown"),
    "elsewhere": ("在区外", "outside of the zone"),
}
STAGES = {
    "planned": ("未开始", "not begun"),
    "under_way": ("建设期内", "under way"),
    "done": ("建设期满", "period over"),
    "open": ("不能确定", "cannot be settled"),
    NONE: ("未写明时间", "no time stated"),
}
PHASES = {
    "planned": ("规划", "planned"),
    "under_way": ("在建", "under way"),
    "done": ("建成", "done"),
    NONE: ("未写明", "not stated"),
}
LAND_KINDS = {
    "construction": ("建设用地", "site"),
    "extent": ("规划范围或公园", "frame or park"),
    "phase": ("单期或部分", "one phase or part"),
    "building": ("建筑占地", "ground covered"),
    "": ("口径不明", "kind not stated"),
}
_STRIP_OR_WATER = {"water": ("水面", "water"), "outside": ("区外", "outside"), NONE: ("不在图上", "not drawn")}
NOT_STATED = ("未写明", "not stated")
PUBLIC = ("公开资料", "public text")


def said(words: Mapping[str, tuple[str, str]], key: str, lang: str) -> str:
    """The word for a key in `lang`; the key itself if the atlas has no word for it.

    >>> said(STAGES, "done", "en"), said(THEMES, "astrology", "zh")
    ('period over', 'astrology')
    """
    pair = words.get(key)
    return key if pair is None else pair[0 if lang == "zh" else 1]


def theme_word(text: str, lang: str) -> str:
    """A theme as people read it: the word of the atlas, else the text of the data.

    >>> theme_word("new_materials", "en"), theme_word("占星 / Astrology", "zh")
    ('New materials', '占星')
    """
    key = key_of(text)
    return said(THEMES, key, lang) if key in THEMES else in_lang(text, lang)


def ring_word(view: View, ring: str, lang: str) -> str:
    """The name of a zone as it is told of what is drawn there."""
    names = {info.id: (info.name_zh, info.name_en) for info in view.config.rings}
    return said({**names, **_STRIP_OR_WATER}, ring, lang)


def place_word(plan: Plan, place: str, lang: str) -> str:
    """The name of the feature that projects are shown at."""
    shape = plan.shapes.get(place)
    if shape is None:
        return said({NONE: ("不在任何片区", "at no area")}, place, lang)
    return shape.feature.name_zh if lang == "zh" else shape.feature.name_en


def where(plan: Plan, row: Row, lang: str) -> str:
    """Where the atlas shows a project, in words; for an area its name."""
    told = said(PLACEMENTS, row.entry.placement, lang)
    if row.entry.at is None:
        return told
    colon = "：" if lang == "zh" else ": "
    return f"{told}{colon}{place_word(plan, row.entry.at, lang)}"
