// The time bar at a year, the signs of its stages, the choice of themes and a step of the tour, as the map page shows them.

import { timeline } from "../base/api.js";
import { byId, el, replace } from "../base/dom.js";
import { t } from "../base/words.js";
import { get } from "../map/state.js";
import { showMoment } from "../time/bar.js";
import { showCounts } from "../time/counts.js";
import { STAGES, stageSign } from "../time/signs.js";
import { drawTracks, markTracks } from "../time/tracks.js";

const YEAR = "2021";

async function timeBar() {
  const [run, moment] = await Promise.all([timeline(), timeline(YEAR)]);
  get().year = YEAR;
  showMoment();
  drawTracks(run.projects);
  markTracks(moment.stages);
  showCounts(moment);
}

function signs() {
  replace(document.querySelector("[data-slot=stage-signs]"), el("ul", { class: "style-chips" },
    STAGES.map((stage) => el("li", {}, stageSign(stage), " ", t(`time_stage_${stage}`)))));
}

/** The first theme chosen and the first step open; a folder may have neither. */
function guides() {
  const [theme] = document.querySelectorAll("[data-choose]");
  theme?.setAttribute("aria-pressed", "true");
  document.querySelector("[data-told]")?.removeAttribute("hidden");
  const [step, ...others] = document.querySelectorAll("[data-step]");
  if (!step) return;
  byId("tour").hidden = false;
  step.hidden = false;
  byId("tour-count").textContent = t("tour_count", { number: 1, count: others.length + 1 });
  byId("tour-next").textContent = t("tour_next");
  byId("tour-back").disabled = true;
}

/** Fill the specimens of time, themes and tour. */
export async function timeAndGuides() {
  signs();
  guides();
  await timeBar();
}
