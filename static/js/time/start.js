// The time bar: asks for the whole run of years once and for each chosen moment; the last question wins.

import { timeline } from "../base/api.js";
import { startBadges, showPlaces } from "./badges.js";
import { goToTime, showMoment, startBar } from "./bar.js";
import { startChoice, step } from "./choice.js";
import { countWords, momentWords, showBases, showCounts } from "./counts.js";
import { byId, el, replace } from "../base/dom.js";
import { bindKey } from "../base/keys.js";
import { showInPanel, startTimePanel } from "./panel.js";
import { isPlaying, toggle } from "./play.js";
import { isMeasuring } from "../measure/measure.js";
import { get, listen } from "../map/state.js";
import { say } from "../base/toast.js";
import { drawTracks, markTracks } from "./tracks.js";
import { t } from "../base/words.js";

let run = null; // the whole run of years
let turn = 0;

function showAnswer(answer, year) {
  if (answer) showCounts(answer); else showBases(run.projects);
  markTracks(answer?.stages);
  showPlaces(answer?.places || []);
  showInPanel(run, answer);
  byId("timebar").dataset.moment = year || "";
}

function showFailure(error) {
  replace(byId("time-counts"), el("li", { role: "alert" }, el("b", { text: t("time_failed") }), el("span", { text: error.message }),
    el("button", { type: "button", class: "link", "data-time-retry": true, text: t("retry"), on: { click: ask } })));
}

/** Ask for what the bar lacks and show it, unless another moment was chosen meanwhile. */
async function ask() {
  turn += 1;
  const mine = turn;
  const { year } = get();
  try {
    if (!run) {
      run = await timeline();
      drawTracks(run.projects);
    }
    const answer = year ? await timeline(year) : null;
    if (mine !== turn) return;
    showAnswer(answer, year);
    if (answer && !isPlaying()) say(`${momentWords(year)}${t("time_colon")}${countWords(answer)}`);
  } catch (error) {
    if (mine === turn) showFailure(error);
  }
}

function startTimeKeys() {
  bindKey("t", goToTime);
  bindKey("[", () => step(-1));
  bindKey("]", () => step(1));
  // Space is also the key of buttons, and of corners while measuring.
  bindKey(" ", toggle, ({ target }) => !isMeasuring() && target.matches("body, #atlas-map, #time-range"));
}

/** Wire the bar to the map, the state and the keys. */
export function startTime(map) {
  startBadges(map);
  startChoice();
  startTimePanel();
  startBar();
  startTimeKeys();
  listen((state, changed) => {
    if (changed.has("year") || changed.has("extent")) showMoment();
    if (changed.has("year")) ask();
  });
  ask();
}
