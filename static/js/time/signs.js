// The sign of a stage: empty = not begun, half = within the period, full = period over, dashed = the sources leave it open.

import { el, svg } from "../base/dom.js";
import { t } from "../base/words.js";

export const STAGES = ["under_way", "planned", "done", "open", "none"];

const BOX = "M1 1H11V11H1Z";

/** Return the sign of a stage as a picture of 12 px. */
export function stageSign(stage) {
  const dashed = stage === "open" || stage === "none";
  return svg("svg", { class: `stage-sign stage-${stage}`, viewBox: "0 0 12 12", width: 12, height: 12, "aria-hidden": "true" },
    svg("path", { class: `stage-box${dashed ? " is-dashed" : ""}`, d: BOX }),
    stage === "under_way" && svg("path", { class: "stage-fill", d: "M1 1H11L1 11Z" }),
    stage === "done" && svg("path", { class: "stage-fill", d: BOX }));
}

/** Return the key of the signs for the sheet. */
export const stageKey = () => el("li", { class: "stage-key" },
  STAGES.map((stage) => el("span", {}, stageSign(stage), t(`time_stage_${stage}`))), el("span", { text: t("time_badge_key") }));
