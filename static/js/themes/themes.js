// Themes: one press sets layers, extent and view; a second press leaves. The sentence, sources and legend stand below.

import { el, replace } from "../base/dom.js";
import { bindKey } from "../base/keys.js";
import { swatch } from "../base/swatch.js";
import { say } from "../base/toast.js";
import { named, t } from "../base/words.js";
import { showLayers } from "../map/sheet.js";
import { get, isRing, listen, set } from "../map/state.js";
import { showRow } from "../map/tree.js";
import { isGiven, keepFirstView, showBounds } from "../map/view.js";
import { startAllOff } from "./alloff.js";
import { homeExtent, presetOf, themes, themeShown } from "./preset.js";

const phone = matchMedia("(max-width: 760px)");
let map = null;

/** Return the extent of a theme, or of no theme; where it names none, the reader's stays. */
function extentFor(theme) {
  const { extent } = presetOf({ theme }) || {};
  const wasLent = presetOf(get())?.extent === get().extent;
  return extent || (wasLent ? homeExtent({}) : get().extent);
}

/** Return what choosing a theme, or leaving it, sets: nothing that the reader turned before stays. */
function patchOf(theme) {
  const { year } = presetOf({ theme }) || {};
  return { theme, tour: null, extent: extentFor(theme), on: {}, opacity: {}, ...(year ? { year: String(year) } : {}) };
}

/** Choose a theme, or leave it if it is the one that is chosen. */
function choose(id) {
  const theme = themeShown(get()) === id ? null : id;
  const { name, bounds } = themes.find((one) => one.id === id);
  keepFirstView();
  set(patchOf(theme));
  say(theme ? t("theme_said", { name }) : t("theme_left"));
  if (theme && bounds) showBounds(bounds);
}

function nameOf(row) {
  if (!row.ring) return named(row.layer, "title");
  return [t(`ring_label_${row.id}`), named(row.ring, "use")].filter(Boolean).join(" ");
}

/** Return the rows that a legend names: a layer, a ring, or all rings of the plan for "rings". */
function rowsOf(id) {
  const { layers } = get().plan;
  const layer = layers.find((one) => one.id === (isRing(id) ? "rings" : id));
  const rings = layers.find((one) => one.id === "rings")?.rings || [];
  if (id === "rings") return rings.map((ring) => ({ id: ring.id, layer, ring }));
  const ring = isRing(id) ? rings.find((one) => one.id === id) : null;
  return layer && (ring || !isRing(id)) ? [{ id, layer, ring }] : [];
}

function legendRow(row) {
  const go = () => {
    if (phone.matches) showLayers(true);
    showRow(row.id);
  };
  return el("li", {}, el("button", { type: "button", "data-legend-row": row.id, on: { click: go } },
    swatch(row.id, { layer: row.layer, current: row.id === `extent_${get().extent}` }), el("span", { text: nameOf(row) }),
    el("span", { class: "legend-level", "data-from-level": row.layer.min_zoom, text: t("from_level", { level: row.layer.min_zoom }) })));
}

/** Say in the legend from which level a row is drawn, as long as the map is further away. */
function markLevels() {
  const level = Math.floor(map.getZoom());
  document.querySelectorAll("[data-from-level]").forEach((one) => { one.hidden = level >= Number(one.dataset.fromLevel); });
}

function draw() {
  const shown = themeShown(get());
  for (const button of document.querySelectorAll("[data-choose]")) {
    button.setAttribute("aria-pressed", button.dataset.choose === shown ? "true" : "false");
    if (button.dataset.choose === shown && phone.matches) button.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
  for (const told of document.querySelectorAll("[data-told]")) {
    told.hidden = told.dataset.told !== shown;
    const theme = themes.find(({ id }) => id === told.dataset.told);
    if (!told.hidden && get().plan) replace(told.querySelector("[data-legend]"), theme.legend.flatMap(rowsOf).map(legendRow));
  }
  markLevels();
}

/** Wire the choices, their keys and the switch of all layers; an address that names no view looks where the theme does. */
export function startThemes(theMap) {
  map = theMap;
  map.on("zoomend", markLevels);
  startAllOff();
  document.querySelectorAll("[data-choose]").forEach((button) => {
    button.addEventListener("click", () => choose(button.dataset.choose));
  });
  themes.forEach(({ id }, i) => bindKey(String(i + 1), () => choose(id)));
  listen((state, changed) => {
    if (["theme", "tour", "plan", "extent", "reading", "opacity"].some((key) => changed.has(key))) draw();
  });
  draw();
  const bounds = get().tour ? null : presetOf(get())?.bounds;
  if (bounds && !isGiven() && !get().sel) showBounds(bounds);
}
