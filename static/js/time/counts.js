// What the bar says: how many projects of the zone are at which stage, those of unknown place, and the extent of the moment.

import { byId, el, replace } from "../base/dom.js";
import { bracket } from "./moment.js";
import { number } from "../base/format.js";
import { STAGES, stageSign } from "./signs.js";
import { inZone } from "./tracks.js";
import { get } from "../map/state.js";
import { t } from "../base/words.js";

const BASES = ["stated", "partly", "told", "none"];

function stageCount(stage, count) {
  return el("li", { "data-stage": stage, "data-count": count, title: t(`time_stage_${stage}_title`) }, stageSign(stage),
    el("b", { text: number(count) }), el("span", { text: t(`time_stage_${stage}`) }));
}

/** Return how many projects of the zone have no other place than the zone, as {under_way, total}; null if there is none. */
function placeless(places) {
  const place = places.find((one) => one.at === null);
  return place ? { now: place.under_way, total: place.projects.length } : null;
}

function zoneBadge(places) {
  const found = placeless(places);
  return found && el("li", { class: "time-zone", "data-zone-only": `${found.now}/${found.total}`, title: t("time_zone_only_title") },
    el("span", { text: t("time_zone_only") }), el("b", { text: `${number(found.now)}/${number(found.total)}` }));
}

/** Show the counts of a moment. */
export function showCounts({ counts, places }) {
  replace(byId("time-counts"), STAGES.map((stage) => stageCount(stage, counts.zone[stage])), zoneBadge(places));
}

/** Show what is known of the time of all projects, where no year is chosen. */
export function showBases(projects) {
  const zone = projects.filter(inZone);
  const count = (basis) => zone.filter((project) => project.basis === basis).length;
  if (!zone.length) {
    replace(byId("time-counts"), el("li", { text: t("time_no_projects") }));
    return;
  }
  replace(byId("time-counts"), el("li", { "data-zone": zone.length }, el("b", { text: number(zone.length) }), el("span", { text: t("time_in_zone") })),
    BASES.map((basis) => el("li", { "data-basis": basis, "data-count": count(basis) },
      el("b", { text: number(count(basis)) }), el("span", { text: t(`time_basis_${basis}`) }))));
}

/** Return the sentence about the extent at a moment. */
export function extentWords(moment) {
  if (!moment) return t("time_extent_chosen", { extent: get().extent });
  const { before, after } = bracket(moment);
  if (before === after) return t("time_extent_stated", { year: before });
  if (!before) return t("time_extent_before", { year: after });
  if (!after) return t("time_extent_after", { year: before });
  return t("time_extent_between", { before, after });
}

/** Return a moment as people write it. */
export function momentWords(moment) {
  if (!moment) return t("time_all");
  const [year, month] = moment.split("-");
  return month ? t("time_month_year", { year, name: t(`time_month_${Number(month)}`) }) : t("time_year", { year });
}

/** Return the counts as one sentence, for those who hear the bar. */
export const countWords = ({ counts }) => STAGES.map((stage) => `${number(counts.zone[stage])} ${t(`time_stage_${stage}`)}`).join(t("time_comma"));
