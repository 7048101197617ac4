// Two years compared: the projects of the zone by stage at the left and at the right, as the sources allow.

import { timeline } from "../base/api.js";
import { byId, el, replace } from "../base/dom.js";
import { number, signed } from "../base/format.js";
import { t } from "../base/words.js";
import { get } from "./state.js";

const STAGES = ["planned", "under_way", "done", "open", "none"];
const SIDES = ["left", "right"];
let asked = 0;

function row(stage, left, right) {
  const value = (counts) => (counts ? number(counts[stage]) : "–");
  const change = left && right ? signed(number(right[stage] - left[stage]), right[stage] - left[stage]) : "";
  return el("tr", { "data-stage": stage }, el("th", { scope: "row", text: t(`time_stage_${stage}`) }),
    el("td", { class: "num", text: value(left) }), el("td", { class: "num" }, el("b", { text: value(right) })), el("td", { class: "num", text: change }));
}

/** Write the counts of both years; nothing while no side has a year. */
export async function writeYears() {
  asked += 1;
  const mine = asked;
  const { left, right } = get();
  const isOn = Boolean(left.year || right.year);
  byId("year-rows").hidden = !isOn;
  if (!isOn) return;
  const counts = await Promise.all(SIDES.map(async (side) => (get()[side].year ? (await timeline(get()[side].year)).counts.zone : null)));
  if (mine !== asked) return;
  replace(byId("year-rows"), el("tr", { class: "total" }, el("th", { scope: "row", text: t("scenario_projects") }),
    SIDES.map((side) => el("td", { class: "num", text: get()[side].year || "–" })), el("td")), STAGES.map((stage) => row(stage, ...counts)));
}

/** Wire the two choices of a year; `change(side, year)` runs with "" for none. */
export function startYears(change) {
  for (const side of SIDES) byId(`${side}-year`).addEventListener("change", ({ target }) => change(side, target.value));
}
