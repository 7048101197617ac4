// The panel above the bar: charts, the table that says the same, and the projects of the moment.

import { byId, replace } from "../base/dom.js";
import { charts } from "./chart.js";
import { projectList } from "./list.js";
import { timeTable } from "./timetable.js";
import { t } from "../base/words.js";

let all = null; // the whole run of years
let now = null; // the chosen moment
let opener = null;

const panel = () => byId("time-panel");
const chosen = (name) => document.querySelector(`input[name="${name}"]:checked`).value;
const isOpen = () => !panel().hidden;

function fill() {
  if (!isOpen() || !all) return;
  const [view, scope] = [chosen("time-view"), chosen("time-scope")];
  const sources = [...new Set(all.projects.map((project) => project.source))].sort().join(", ");
  const body = byId("time-panel-body");
  const held = document.activeElement?.dataset.place;
  const top = body.scrollTop;
  const rows = all.series[scope];
  replace(body, view === "list" ? projectList(all, now, scope) : view === "table" ? timeTable(rows, sources) : charts(rows, sources));
  body.dataset.view = view;
  body.scrollTop = top;
  byId("time-scope-note").textContent = t(`time_scope_${scope}`, { count: all.scopes[scope] });
  if (held) body.querySelector(`[data-place="${held}"]`)?.focus({ preventScroll: true });
}

function mark() {
  for (const button of document.querySelectorAll("[data-time-open]")) {
    const isShown = isOpen() && button.dataset.timeOpen === chosen("time-view");
    button.setAttribute("aria-expanded", isShown ? "true" : "false");
  }
}

function close({ giveBack = true } = {}) {
  if (!isOpen()) return;
  const isInside = panel().contains(document.activeElement);
  panel().hidden = true;
  mark();
  if (giveBack && isInside) opener?.focus();
}

function open(view, button) {
  if (isOpen() && chosen("time-view") === view) {
    close();
    return;
  }
  opener = button;
  panel().hidden = false;
  document.querySelector(`input[name="time-view"][value="${view}"]`).checked = true;
  byId("time-panel-body").scrollTop = 0;
  mark();
  fill();
  byId("time-panel-name").focus({ preventScroll: true });
}

export const closePanel = () => close({ giveBack: false });

/** Keep the panel true to the whole run of years and to the moment. */
export function showInPanel(wholeRun, moment) {
  all = wholeRun;
  now = moment;
  fill();
}

export function startTimePanel() {
  for (const button of document.querySelectorAll("[data-time-open]")) {
    button.addEventListener("click", () => open(button.dataset.timeOpen, button));
  }
  byId("time-panel-close").addEventListener("click", () => close());
  panel().addEventListener("change", () => {
    byId("time-panel-body").scrollTop = 0;
    mark();
    fill();
  });
  panel().addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault(); // the card behind it stays
    event.stopPropagation();
    close();
  });
}
