// What the reader chose: theme or step of the tour, extent, rings, reading, selection, and every switch that differs from its default.

import { page } from "../base/pagedata.js";
import { isInPreset, presetOf } from "../themes/preset.js";
import { extentsAt } from "../time/moment.js";

/** What an address means that names no extent or no reading: the data say so. Without ring distances it is the base plan. */
export const DEFAULTS = { extent: null, rings: "", reading: null, ...page.defaults };
const VIEW = ["extent", "rings", "reading"];
const RING_IDS = ["ring_1", "ring_2", "ring_3", "ring_4", "strip"];

const state = { ...DEFAULTS, theme: null, tour: null, sel: null, year: null, on: {}, opacity: {}, view: null, plan: null };
const listeners = new Set();

export const get = () => state;

/** Change the state and tell the listeners `(state, changed: Set<string>, history)`. */
export function set(patch, history = "push") {
  const changed = new Set(Object.keys(patch).filter((key) => state[key] !== patch[key]));
  if (!changed.size) return;
  Object.assign(state, patch);
  listeners.forEach((listener) => listener(state, changed, history));
}

/** Return the view that is chosen, as questions to the server take it: {extent, rings, reading}. */
export const viewChosen = () => ({ extent: state.extent, rings: state.rings, reading: state.reading });

/** Return true while `view` is still the one that is chosen. */
export const isChosen = (view) => VIEW.every((key) => state[key] === view[key]);

/** Return true if a change of the state was one of the view. */
export const viewChanged = (changed) => VIEW.some((key) => changed.has(key));

export function listen(listener) {
  listeners.add(listener);
}

export const isRing = (id) => RING_IDS.includes(id);

/** Return true if a switch (layer id or ring id) is on when nobody touched it. */
export function defaultOn(id) {
  if (extentsAt(state.year).includes(id)) return true;
  if (presetOf(state)) return isInPreset(state, id, isRing(id));
  if (id.startsWith("extent_")) return id === `extent_${state.extent}`;
  const layers = state.plan?.layers || [];
  return Boolean(layers.find((layer) => layer.id === (isRing(id) ? "rings" : id))?.visible);
}

const own = (table, id) => table[id] ?? (isRing(id) ? table.rings : undefined);

export const isOn = (id) => own(state.on, id) ?? defaultOn(id);
export const opacityOf = (id) => own(state.opacity, id) ?? 1;

export function turn(ids, on) {
  const next = { ...state.on };
  ids.forEach((id) => { next[id] = on; });
  set({ on: next }, "replace");
}

export function fade(id, opacity) {
  set({ opacity: { ...state.opacity, [id]: opacity } }, "replace");
}

/** Return the reading of ring 1 that is chosen, {name_zh, note_zh...}, as the plan names it; undefined without a plan. */
export const readingChosen = () => state.plan?.plan.readings.find(({ id }) => id === state.reading);

/** Return every switch: layer ids, with the layer of rings replaced by its rings. */
export function switches() {
  return (state.plan?.layers || []).flatMap((layer) => (
    layer.id === "rings" ? (layer.rings || []).map((ring) => ring.id) : [layer.id]));
}
