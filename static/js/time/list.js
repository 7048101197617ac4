// The projects under way at the moment: period as stated, place, investment, and the way to the card and to all of them.

import { el } from "../base/dom.js";
import { momentWords } from "./counts.js";
import { number } from "../base/format.js";
import { money } from "./money.js";
import { inZone } from "./tracks.js";
import { get, set } from "../map/state.js";
import { projectUrl } from "../tables/tableurl.js";
import { lang, named, t } from "../base/words.js";

/** Return the period of a project as its source states it. */
export function period({ start, end, source }) {
  if (start && end) return start === end ? start : `${start} – ${end}`;
  if (start) return t("time_from", { start });
  if (end) return t("time_until", { end });
  return t("time_told", { source });
}

function place(project, places) {
  const found = project.at && places.find((one) => one.at === project.at);
  if (found) {
    return el("button", { type: "button", class: "link", "data-place": project.at, text: named(found), on: { click: () => set({ sel: project.at }) } });
  }
  return el("span", { text: t(`time_place_${project.placement}`) });
}

function row(project, places) {
  return el("li", { "data-listed": project.id }, el("a", { class: "time-name", href: projectUrl(project.id), text: named(project) }),
    el("p", {}, el("span", { text: period(project) }), el("span", { text: money(project.investment_1e4_cny) }), place(project, places),
      el("span", { class: "quiet", text: project.part_of ? t("time_is_part", { source: project.source }) : project.source })));
}

const isUnderWay = (found) => found.length === 1 && found[0] === "under_way";

/** Return the list of a scope ("zone" or "all") at the chosen moment, or what to do if there is none. */
export function projectList({ projects }, moment, scope) {
  const { year } = get();
  if (!year || !moment) return [el("p", { class: "quiet", text: t("time_list_no_year") })];
  const listed = projects.filter((project) => scope === "all" || inZone(project));
  const found = listed.filter((project) => isUnderWay(moment.stages[project.id]));
  const { open, none } = moment.counts[scope];
  const link = el("a", { href: `/projects?${new URLSearchParams({ year, lang })}`, "data-projects-link": year, text: t("time_all_projects", { moment: momentWords(year) }) });
  return [
    el("p", { class: "time-list-head", "data-listed-count": found.length },
      t("time_list_count", { count: number(found.length), moment: momentWords(year) }), " ", t("time_list_more", { open: number(open), none: number(none) }), " ", link),
    el("ul", { class: "time-list" }, found.map((project) => row(project, moment.places))),
  ];
}
