// The figures of the rings beside the map: opened from the layers, in the place of the card, true to extent and reading.

import { metrics } from "../base/api.js";
import { byId, el, replace } from "../base/dom.js";
import { isMeasuring } from "../measure/measure.js";
import { light, lit, startLight } from "./metricslight.js";
import { metricSections } from "./metricstable.js";
import { showLayers } from "../map/sheet.js";
import { get, listen, readingChosen, viewChanged, viewChosen } from "../map/state.js";
import { named, t } from "../base/words.js";

let turn = 0;

const panel = () => byId("figures");
const isOpen = () => !panel().hidden;
const viewWords = () => t("metrics_view", { extent: get().extent, reading: named(readingChosen()) });

function failure(error) {
  return el("div", { class: "sec failure", role: "alert" },
    el("b", { text: t("metrics_failed") }), el("p", { text: error.message }),
    el("button", { type: "button", class: "btn", id: "figures-retry", text: t("retry"), on: { click: fill } }));
}

/** Light a zone on the map, or put the light out if it is the one that is lit. */
function choose(zone) {
  light(lit() === zone ? null : zone);
  markLit();
}

function markLit() {
  for (const button of panel().querySelectorAll("[data-light]")) {
    const isLit = button.dataset.light === lit();
    button.setAttribute("aria-pressed", isLit ? "true" : "false");
    button.closest("tr").classList.toggle("on", isLit);
  }
}

/** Fill the panel with the figures of the chosen view; the old ones stay until the new ones are there. */
async function fill() {
  turn += 1;
  const mine = turn;
  const body = byId("figures-body");
  const held = document.activeElement?.dataset.light;
  if (!body.hasChildNodes()) replace(body, el("div", { class: "grey", "aria-hidden": "true" }, [1, 2, 3, 4, 5].map(() => el("i"))));
  try {
    const found = await metrics(viewChosen());
    if (mine !== turn || !isOpen()) return;
    replace(body, metricSections(found, choose));
    byId("figures-view").textContent = viewWords();
    if (!found.zones.some(({ id }) => id === lit())) light(null);
    markLit();
    if (held) (body.querySelector(`[data-light="${held}"]`) || byId("figures-name")).focus({ preventScroll: true });
  } catch (error) {
    if (mine === turn) replace(body, failure(error));
  }
}

function open() {
  if (!byId("card").hidden) byId("card-close").click();
  showLayers(false);
  panel().hidden = false;
  document.body.dataset.card = "open"; // it takes the room of the card
  byId("figures-open").setAttribute("aria-expanded", "true");
  byId("figures-view").textContent = viewWords();
  panel().querySelector(".card-scroll").scrollTop = 0;
  fill();
  byId("figures-name").focus({ preventScroll: true });
}

function close() {
  if (!isOpen()) return;
  panel().hidden = true;
  byId("figures-open").setAttribute("aria-expanded", "false");
  light(null);
  if (byId("card").hidden) delete document.body.dataset.card;
}

/** Close and give the focus back to the button, or to what leads to it where the layers are folded. */
function leave() {
  close();
  const ways = ["figures-open", "rail-open", "tab-layers"].map(byId);
  ways.find((way) => way.checkVisibility({ visibilityProperty: true }))?.focus({ preventScroll: true });
}

function onEscape(event) {
  const isElsewhere = event.defaultPrevented || isMeasuring() || event.target.closest?.("dialog, [role=combobox]");
  if (event.key === "Escape" && isOpen() && !isElsewhere) leave();
}

/** Wire the panel to its button, the card and the state. */
export function startMetrics(map) {
  startLight(map);
  byId("figures-open").addEventListener("click", () => (isOpen() ? leave() : open()));
  byId("figures-close").addEventListener("click", leave);
  byId("tab-map").addEventListener("click", close);
  document.addEventListener("keydown", onEscape);
  // Whoever opens the card or, where they are folded, the layers: this panel makes room.
  new MutationObserver(() => { if (!byId("card").hidden) close(); }).observe(byId("card"), { attributeFilter: ["hidden"] });
  new MutationObserver(() => { if (document.body.dataset.layers) close(); }).observe(document.body, { attributeFilter: ["data-layers"] });
  listen((state, changed) => {
    byId("composition-note").textContent = t("metrics_composition", { extent: state.extent });
    if (isOpen() && viewChanged(changed)) fill();
  });
}
