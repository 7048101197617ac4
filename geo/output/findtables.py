"""Land for a wish as text for people: the ranked places, what each wish costs, the nearest miss."""

from __future__ import annotations

from tabulate import tabulate

from geo.find import Found, Place
from geo.output.metrics import zone_name
from geo.plan import Plan
from geo.rules import VERDICT_WORDS
from geo.units import M2_PER_MU, format_number
from geo.view import View


def find_tables(plan: Plan, view: View, found: Found, most: int, lang: str) -> str:
    """The best `most` places as a table, the land in mu that each wish costs, and what must be known of all of it."""
    zh = lang == "zh"
    parts = [notice[0 if zh else 1] for notice in found.notices]
    if found.candidates:
        columns = (
            ("名次", "经度, 纬度", "主圈层", "实地份额", "结论", "到地铁站 m", "到道路 m", "理由")
            if zh
            else ("rank", "lon, lat", "home zone", "on the ground", "verdict", "station m", "road m", "reason")
        )
        rows = [_row(view, one, lang) for one in found.candidates[:most]]
        parts.append(tabulate(rows, columns, disable_numparse=True))
    else:
        parts.append(_missed(view, found, lang))
    costs = [(one.wish, f"+{_mu(one.more_m2, lang)}") for one in found.relaxations]
    if costs:
        parts.append(tabulate(costs, ("去掉的条件", "增加用地（亩）") if zh else ("without", "more land, mu")))
    return "\n\n".join(parts)


def _row(view: View, one: Place, lang: str) -> tuple[str, ...]:
    ways = (format_number(way.distance_m, -1, lang) if way else "–" for way in (one.metro, one.road))
    lon, lat = one.found.centre
    return (
        str(one.rank),
        f"{lon:.4f}, {lat:.4f}",
        zone_name(view, one.home.zone)[0 if lang == "zh" else 1],
        f"{one.home.low:.0%}–{one.home.high:.0%}",
        VERDICT_WORDS[one.found.verdict][0 if lang == "zh" else 1],
        *ways,
        one.reason[0 if lang == "zh" else 1],
    )


def _missed(view: View, found: Found, lang: str) -> str:
    if found.miss is None:
        return "没有任何土地满足所有条件。" if lang == "zh" else "No land agrees with all wishes."
    largest, zone = _mu(found.miss.area_m2, lang), zone_name(view, found.miss.zone)[0 if lang == "zh" else 1]
    if lang == "zh":
        return f"没有用地同时满足所有条件。最接近的：{zone}放得下 {largest} 亩的圆。"
    return f"No land fits all of this. Nearest miss: a circle of {largest} mu in {zone}."


def _mu(area_m2: float, lang: str) -> str:
    return format_number(area_m2 / M2_PER_MU, 0, lang)
