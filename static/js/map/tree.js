// The layer list, which is the legend: groups, switches, swatches, figures, opacity.

import { byId, el, icon, replace } from "../base/dom.js";
import { exact, number, squareKm } from "../base/format.js";
import { failureOf, refresh, watchLayers } from "./layers.js";
import { get, isOn, listen, turn } from "./state.js";
import { swatch } from "../base/swatch.js";
import { rowDetails } from "./treedetails.js";
import { named, t } from "../base/words.js";

const folded = new Set();
let chosen = null;
let level = 0;

const rowsOf = (layer) => (layer.id === "rings"
  ? (layer.rings || []).map((ring) => ({ id: ring.id, layer, ring })) : [{ id: layer.id, layer }]);

function figure({ layer, ring }) {
  if (failureOf(layer.id)) return t("layer_failed");
  if (level && level < layer.min_zoom) return t("from_level", { level: layer.min_zoom });
  if (ring) return squareKm(ring.area_m2);
  if (layer.area_m2 && layer.geometry === "polygon") return squareKm(layer.area_m2);
  return t("count_places", { count: number(layer.count) });
}

function title({ layer, ring }) {
  if (!ring) return el("span", { class: "row-name", text: named(layer, "title") });
  const numeral = t(`numeral_${ring.id}`);
  const text = ring.id === "strip" ? named(ring) : named(ring, "use") || named(ring);
  return el("span", { class: "row-name" }, el("b", { class: "numeral", text: numeral }), ` ${text}`);
}

const retry = (layer) => el("button", {
  type: "button", class: "link", "data-retry": layer.id, text: t("retry"), on: { click: () => refresh({ only: layer.id }) },
});

const wordsCount = (layer) => el("span", {
  class: "row-words", title: t("words_only_title"), text: t("words_only", { count: layer.not_drawn }),
});

/** Return a row of a layer or ring that looks `{on, open, failed, text}`; `choose` runs when it is opened or closed. */
export function layerRow(item, { on, open, failed, text }, choose) {
  const { id, layer, ring } = item;
  const label = ring ? `${named(ring)} ${named(ring, "use")}` : named(layer, "title");
  const box = el("input", {
    type: "checkbox", class: "cb", id: `switch-${id}`, "data-switch": id, checked: on, "aria-label": label,
    on: { change: (event) => turn([id], event.target.checked) },
  });
  const button = el("button", {
    type: "button", class: "row-open", "data-row": id, "aria-expanded": open ? "true" : "false",
    title: label, on: { click: choose },
  }, swatch(id, { layer, current: id === `extent_${get().extent}` }), title(item),
  layer.not_drawn && !ring ? wordsCount(layer) : null,
  el("span", { class: "m", text }));
  return el("li", { class: "row-item", "data-layer": layer.id, "data-failed": failed ? "true" : null },
    el("div", { class: `row${on ? "" : " off"}${open ? " on" : ""}` }, el("label", { class: "hit-box" }, box), button,
      failed ? retry(layer) : null),
    open ? rowDetails(item) : null);
}

function row(item) {
  const { id, layer } = item;
  const open = chosen === id;
  const choose = () => {
    chosen = open ? null : id;
    draw(`[data-row="${id}"]`);
  };
  return layerRow(item, { on: isOn(id), open, failed: failureOf(layer.id), text: figure(item) }, choose);
}

/** Return the distances that part the ring zones of the present reading, from the shore outwards. */
function partingDistances(items) {
  const edges = items.filter(({ ring }) => ring).flatMap(({ ring }) => [ring.inner_m, ring.outer_m]);
  return [...new Set(edges)].filter((distance) => distance > 0).sort((a, b) => a - b);
}

function groupFigure(group, items) {
  const distances = partingDistances(items);
  return distances.length ? t("from_shore", { distances: distances.map(exact).join(" / ") }) : number(items.length);
}

/** Return the head of a group: its switch (`part` on shows a bar), name, figure and fold. */
export function groupHead(group, { on, part, isFolded, text }, { turnAll, fold }) {
  const box = el("input", {
    type: "checkbox", class: "cb", "data-group": group.id, checked: on, "aria-label": named(group), on: { change: turnAll },
  });
  box.indeterminate = part;
  return el("div", { class: "grp" }, el("label", { class: "hit-box" }, box),
    el("button", { type: "button", class: "grp-open", "data-fold": group.id, "aria-expanded": isFolded ? "false" : "true", on: { click: fold } },
      el("h3", { text: named(group) }), el("span", { class: "n", text }), icon("down")));
}

function section(group) {
  const items = get().plan.layers.filter((layer) => layer.group === group.id).reverse().flatMap(rowsOf)
    .sort((a, b) => Boolean(b.ring) - Boolean(a.ring)); // rings before their edges
  if (!items.length) return null;
  const on = items.filter((item) => isOn(item.id)).length;
  const turnAll = (event) => turn(items.map((item) => item.id), event.target.checked);
  const isFolded = folded.has(group.id);
  const fold = () => {
    if (isFolded) folded.delete(group.id); else folded.add(group.id);
    draw(`[data-fold="${group.id}"]`);
  };
  return el("section", { class: "grp-section", "data-group-section": group.id },
    groupHead(group, {
      on: on === items.length, part: on > 0 && on < items.length, isFolded, text: groupFigure(group, items),
    }, { turnAll, fold }),
    isFolded ? null : el("ul", { class: "rows" }, items.map(row)));
}

/** Draw the list again and keep the focus where it was, or put it on `focus`. */
function draw(focus = null) {
  const root = byId("tree");
  if (!get().plan) return;
  const held = root.contains(document.activeElement) ? document.activeElement : null;
  const again = focus || (held?.dataset.switch && `[data-switch="${held.dataset.switch}"]`)
    || (held?.dataset.group && `[data-group="${held.dataset.group}"]`)
    || (held?.dataset.opacity && `[data-opacity="${held.dataset.opacity}"]`)
    || (held?.dataset.row && `[data-row="${held.dataset.row}"]`);
  replace(root, get().plan.groups.map(section));
  if (again && (held || focus)) root.querySelector(again)?.focus();
}

/** Bring the row of a switch into sight and focus it; a folded group opens. */
export function showRow(id) {
  const layer = get().plan.layers.find((one) => rowsOf(one).some((row) => row.id === id));
  if (!layer) return;
  folded.delete(layer.group);
  draw(`[data-row="${id}"]`);
  byId("tree").querySelector(`[data-row="${id}"]`).scrollIntoView({ block: "center" });
}

/** Keep the list true to the state, the level of the map and the failures of layers. */
export function startTree(map) {
  const sense = () => {
    level = Math.floor(map.getZoom());
    draw();
  };
  map.on("zoomend", sense);
  listen((state, changed) => {
    if (changed.has("opacity") && changed.size === 1) return;
    if (["plan", "on", "extent", "reading", "year"].some((key) => changed.has(key))) draw();
  });
  let faults = "";
  watchLayers(() => {
    const now = (get().plan?.layers || []).filter((layer) => failureOf(layer.id)).map((layer) => layer.id).join();
    if (now !== faults) draw();
    faults = now;
  });
  sense();
}
