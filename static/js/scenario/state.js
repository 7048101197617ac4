// What the two maps show: ring distances and extent of each side, one reading, one view, two maps or a swipe; and the address of it.

import { page } from "../base/pagedata.js";
import { lang } from "../base/words.js";

export const sliders = page.sliders;
export const BASE = sliders.map(({ base }) => base);
const EXTENTS = ["2013", "2025"];
const NUMBER = /^\d{1,5}$/;

const state = { left: { rings: BASE, extent: null, year: "" }, right: { rings: BASE, extent: null, year: "" }, reading: null, mode: "two", view: null };
const watchers = new Set();
const STEP_MS = 1000;
let lastStep = -STEP_MS;

export const get = () => state;
export const watch = (watcher) => watchers.add(watcher);

export const isBase = (rings) => rings.every((distance, i) => distance === BASE[i]);
const sameRings = (a, b) => a.every((distance, i) => distance === b[i]);
export const isSame = () => sameRings(state.left.rings, state.right.rings) && state.left.extent === state.right.extent;

function ringsOf(text) {
  const parts = (text || "").split(",");
  const good = parts.length === BASE.length && parts.every((part) => NUMBER.test(part));
  const rings = good ? parts.map(Number) : BASE;
  return rings.every((distance, i) => distance > (i ? rings[i - 1] : sliders[0].least)) ? rings : BASE;
}

const yearOf = (text) => (/^20[12]\d$|^2030$/.test(text || "") ? text : "");
const extentOf = (text) => (EXTENTS.includes(text) ? text : page.defaults.extent);

function viewOf(text) {
  const parts = (text || "").split(",").map(Number);
  return parts.length === 3 && parts.every(Number.isFinite) && parts[2] >= 8 && parts[2] <= 18 ? parts : null;
}

/** Take what an address names; the right side has the words of every other page, the left its own. */
export function readAddress(search) {
  const words = new URLSearchParams(search);
  Object.assign(state, {
    right: { rings: ringsOf(words.get("rings")), extent: extentOf(words.get("extent")), year: yearOf(words.get("year")) },
    left: { rings: ringsOf(words.get("left")), extent: extentOf(words.get("left_extent") || words.get("extent")), year: yearOf(words.get("left_year")) },
    reading: ["shore_belt", "annulus"].includes(words.get("reading")) ? words.get("reading") : page.defaults.reading,
    mode: words.get("mode") === "swipe" ? "swipe" : "two",
    view: viewOf(words.get("view")),
  });
}

/** Return the words that another page keeps of the right side: {extent, rings, reading}, defaults left out. */
export function sideWords({ rings, extent }) {
  return {
    ...(extent !== page.defaults.extent && { extent }),
    ...(!isBase(rings) && { rings: rings.join(",") }),
    ...(state.reading !== page.defaults.reading && { reading: state.reading }),
  };
}

const query = (words) => {
  const text = Object.entries(words).map(([key, value]) => `${key}=${encodeURIComponent(value).replaceAll("%2C", ",")}`).join("&");
  return text ? `?${text}` : "";
};
const given = () => new URLSearchParams(location.search).get("lang");

/** Return the query text of the page in its present state; `withLang` puts another language in. */
export function written(withLang = given()) {
  const { left, right, mode, view } = state;
  return query({
    ...sideWords(right),
    ...(!isBase(left.rings) && { left: left.rings.join(",") }),
    ...(left.extent !== right.extent && { left_extent: left.extent }),
    ...(right.year && { year: right.year }),
    ...(left.year && { left_year: left.year }),
    ...(view && { view: view.join(",") }),
    ...(mode === "swipe" && { mode }),
    ...(withLang && { lang: withLang }),
  });
}

/** Return the query text for a page that shows the right side alone. */
export const writtenRight = () => query({ ...sideWords(state.right), ...(given() && { lang: given() }) });

/** Change the state and tell who watches. A step of history is what begins a second after the last one: a whole drag is one. */
export function set(patch, { isStep = false } = {}) {
  Object.assign(state, patch);
  const url = location.pathname + written();
  const isNew = isStep && performance.now() - lastStep > STEP_MS;
  if (isStep) lastStep = performance.now();
  if (url !== location.pathname + location.search) {
    if (isNew) history.pushState(null, "", url); else history.replaceState(null, "", url);
  }
  watchers.forEach((watcher) => watcher(patch));
}

/** Return the words of a question about one side. */
export const asked = ({ rings, extent }) => new URLSearchParams({
  extent, reading: state.reading, ...(!isBase(rings) && { rings: rings.join(",") }), lang,
});
