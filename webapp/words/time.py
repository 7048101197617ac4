"""The words of the time bar on the map page, by the keys that static/js/time asks for."""

from __future__ import annotations

from flask_babel import get_locale
from flask_babel import gettext as _


def time_words() -> dict[str, str]:
    """The words of the bar, its charts and its list; `{name}` places are filled in the browser."""
    return {**_moments(), **_extents(), **_stages(), **_charts(), **_projects()}


def _moments() -> dict[str, str]:
    locale = get_locale()
    months = locale.months["format"]["abbreviated"] if locale is not None else {}
    return {
        "time_all": _("All years"),
        "time_year": _("{year}"),
        "time_month_year": _("{name} {year}"),
        # Chinese months come as 7月; beside a year, which has its space, they need theirs: 2021 年 7 月.
        **{f"time_month_{number}": str(months.get(number, number)).replace("月", " 月") for number in range(1, 13)},
        "time_play": _("Play"),
        "time_pause": _("Pause"),
        "key_space": _("Space"),
        "time_failed": _("The time bar could not be loaded."),
        "time_comma": _(", "),
        "time_colon": _(": "),
        "time_stop": _(". "),
    }


def _extents() -> dict[str, str]:
    return {
        "time_extent_chosen": _("No year chosen: all projects, extent of {extent}."),
        "time_extent_stated": _("Extent as stated for {year}."),
        "time_extent_before": _("No source states an extent before {year}; that of {year} is shown."),
        "time_extent_after": _("Extent of {year}, the last one stated."),
        "time_extent_between": _("Extent changed between {before} and {after}; no source names the year."),
    }


def _stages() -> dict[str, str]:
    return {
        "time_stage_under_way": _("in period"),
        "time_stage_planned": _("not begun"),
        "time_stage_done": _("over"),
        "time_stage_open": _("open"),
        "time_stage_none": _("no period"),
        "time_stage_under_way_title": _("Under way: the stated period touches this time."),
        "time_stage_planned_title": _("Not begun: the stated beginning lies later."),
        "time_stage_done_title": _("Over: the stated period has ended. That does not prove completion."),
        "time_stage_open_title": _("Open: what the sources say leaves more than one stage possible."),
        "time_stage_none_title": _("No source says when these projects begin, run or end."),
        "time_zone_only": _("zone"),
        "time_zone_only_title": _("In the zone, but nobody says where: under way / all of them."),
        "time_in_zone": _("projects in the zone:"),
        "time_basis_stated": _("with both ends stated"),
        "time_basis_partly": _("with one"),
        "time_basis_told": _("told of for one year"),
        "time_basis_none": _("without any"),
        "time_no_projects": _("No projects in these data; only the extent has years."),
        "time_badge_key": _("1/2: under way / all"),
        "time_badge": _("{name}: {now} of {total} projects under way"),
    }


def _charts() -> dict[str, str]:
    return {
        "time_chart_title": _("Projects and investment by year"),
        "time_chart_count": _("Number of projects under way"),
        "time_without_parts": _("Total investment of the projects under way, parts not counted twice"),
        "time_unit_projects": _("projects"),
        "time_unit_money": _("CNY billion"),
        "time_chart_told": _("{title}, {unit}, one bar for each year; the table says the same."),
        "time_tell_count": _("{year}: {now} under way, {possible} possibly"),
        "time_tell_money": _("{year}: CNY {value} billion; {silent} under way state no investment"),
        "time_key_sure": _("in period"),
        "time_key_maybe": _("possibly under way: the sources leave it open (in no sum)"),
        "time_not_spent": _("Total investment of whole projects, not the money spent in the year."),
        "time_sources": _("Sources: {sources}, as the ledger states them."),
        "time_col_year": _("Year"),
        "time_col_under_way": _("Under way"),
        "time_col_possible": _("Possibly"),
        "time_col_without_parts": _("Total investment, parts not counted twice, CNY billion"),
        "time_col_sum_of_rows": _("Sum of all rows, CNY billion"),
        "time_col_silent": _("Rows without investment"),
        "time_scope_zone": _("{count} projects in the zone, some in part."),
        "time_scope_all": _("All {count} rows of the ledger: mostly of the whole city."),
    }


def _projects() -> dict[str, str]:
    return {
        "time_list_no_year": _("Choose a year: the projects under way then are listed here."),
        "time_list_count": _("{moment}: {count} under way."),
        "time_list_more": _("Of {open} more the sources leave it open; {none} state no period."),
        "time_all_projects": _("All projects, {moment}"),
        "time_from": _("from {start}, end not stated"),
        "time_until": _("until {end}, beginning not stated"),
        "time_told": _("under way, says {source}; no period stated"),
        "time_money": _("CNY {value} billion"),
        "time_no_investment": _("no investment stated"),
        "time_is_part": _("{source}, part of another row"),
        "time_place_drawn": _("drawn on the map"),
        "time_place_area": _("counted at its area"),
        "time_place_zone": _("in the zone, place not stated"),
        "time_place_unknown": _("place not stated"),
        "time_place_elsewhere": _("outside of the zone"),
    }
