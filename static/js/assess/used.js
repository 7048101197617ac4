// The layers that the answer stands on, with their accuracy: each can be switched off on the map, none in the answer.

import { byId, el, replace } from "../base/dom.js";
import { number } from "../base/format.js";
import { swatch } from "../base/swatch.js";
import { named, t } from "../base/words.js";
import { get, isOn, isRing, listen, switches, turn } from "../map/state.js";

const FIRST = ["extent", "rings", "water"]; // what every answer stands on
const rankOf = ({ id }) => FIRST.findIndex((name) => id.startsWith(name));
const byRank = (a, b) => (rankOf(a) < 0) - (rankOf(b) < 0) || rankOf(a) - rankOf(b);
const rings = () => switches().filter(isRing);
const idsOf = ({ id }) => (id === "rings" ? rings() : [id]);

function bound(layer) {
  const known = layer.accuracy_m || [];
  if (!known.length) return layer.id === "rings" ? t("used_rings") : "";
  const [low, high] = [Math.min(...known), Math.max(...known)];
  return low === high ? `± ${number(low)} m` : `± ${number(low)}–${number(high)} m`;
}

function row(layer) {
  const ids = idsOf(layer);
  const on = ids.some(isOn);
  const name = named(layer, "title");
  return el("li", {}, el("label", {},
    el("input", { type: "checkbox", class: "cb", "data-switch": layer.id, checked: on, on: { change: ({ target }) => turn(ids, target.checked) } }),
    swatch(layer.id === "rings" ? ids[0] || "rings" : layer.id, { layer, current: layer.id === `extent_${get().extent}` }),
    el("span", { class: "used-name", text: name }), el("span", { class: "used-bound", text: bound(layer) })));
}

function draw() {
  const { plan, extent } = get();
  if (!plan) return;
  const held = document.activeElement?.dataset?.switch;
  const layers = plan.layers.filter(({ id }) => !id.startsWith("extent_") || id === `extent_${extent}`).reverse().sort(byRank);
  replace(byId("used-list"), layers.map(row));
  replace(byId("slots-list"), plan.slots.map((slot) => el("li", { text: named(slot, "title") })));
  byId("slots-part").hidden = !plan.slots.length;
  if (held) byId("used-list").querySelector(`[data-switch="${held}"]`)?.focus();
}

/** Keep the list true to the plan and its switches. */
export function startUsed() {
  listen((state, changed) => { if (["plan", "on", "extent"].some((key) => changed.has(key))) draw(); });
}
