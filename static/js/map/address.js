// The address bar: theme or step of the tour, extent, view, layers, selection, year, rings, reading, language, in this order, defaults left out.

import { extentFor, readMoment } from "../time/moment.js";
import { presetOf, readPreset } from "../themes/preset.js";
import { DEFAULTS, defaultOn, get, isOn, isRing, opacityOf, switches, viewChosen } from "./state.js";

const ID = /^[a-z0-9_]+$/;
const RINGS = /^\d{1,6}(\.\d)?(,\d{1,6}(\.\d)?)*$/; // metres; whether they can be, the server says
const DECIMAL = /^-?\d+(\.\d+)?$/; // Number() would take "" for 0

/** Return `count` decimal numbers of a text with commas; null if a part is empty or none. */
function numbersOf(text, count) {
  const parts = (text || "").split(",");
  return parts.length === count && parts.every((part) => DECIMAL.test(part)) ? parts.map(Number) : null;
}

const onGlobe = ([lon, lat]) => Math.abs(lon) <= 180 && Math.abs(lat) <= 85;

/** Split a selection into {id, point}: "id", "@lon,lat" or "id@lon,lat". */
export function parseSelection(sel) {
  const [id, place] = (sel || "").split("@");
  const point = numbersOf(place, 2);
  return { id: id || null, point: point && onGlobe(point) ? point : null };
}

export function selectionOf(id, point) {
  const place = point ? `@${point[0].toFixed(6)},${point[1].toFixed(6)}` : "";
  return `${id || ""}${place}` || null;
}

/** Return a selection as it stands in the address, without a point that cannot be read. */
function readSelection(text) {
  const { id, point } = parseSelection(text);
  return point ? text : id;
}

function tokens(text) {
  return (text || "").split(",").map((token) => token.split("!")).filter(([id]) => ID.test(id));
}

function readSwitches(words) {
  const on = {};
  const opacity = {};
  for (const [key, value] of [["on", true], ["off", false]]) {
    for (const [id, percent] of tokens(words.get(key))) {
      on[id] = value;
      const number = Number(percent);
      if (percent !== undefined && number >= 0 && number <= 100) opacity[id] = number / 100;
    }
  }
  return { on, opacity };
}

function readView(text) {
  const [lon, lat, level] = numbersOf(text, 3) || [];
  return onGlobe([lon, lat]) && level >= 1 && level <= 20 ? { lon, lat, level } : null;
}

/** Return the extent that is meant if an address names none: of its theme or step, of its year, or of the data. */
const usualExtent = (state) => presetOf(state)?.extent || extentFor(state.year, DEFAULTS.extent);

/** Return the part of the state that an address holds. */
export function read(search) {
  const words = new URLSearchParams(search);
  const year = readMoment(words.get("year"));
  const preset = readPreset(words);
  return {
    ...preset,
    extent: ["2013", "2025"].includes(words.get("extent")) ? words.get("extent") : usualExtent({ ...preset, year }),
    rings: RINGS.test(words.get("rings")) ? words.get("rings") : DEFAULTS.rings,
    reading: ["shore_belt", "annulus"].includes(words.get("reading"))
      ? words.get("reading") : DEFAULTS.reading,
    view: readView(words.get("view")),
    sel: readSelection(words.get("sel")),
    year,
    ...readSwitches(words),
  };
}

function writeSwitches() {
  const lists = { on: [], off: [] };
  for (const id of switches()) {
    const on = isOn(id);
    const opacity = opacityOf(id);
    if (on === defaultOn(id) && opacity === 1) continue;
    lists[on ? "on" : "off"].push(opacity === 1 ? id : `${id}!${Math.round(opacity * 100)}`);
  }
  const rings = switches().filter(isRing);
  if (rings.length && rings.every((id) => lists.off.includes(id))) {
    lists.off = ["rings", ...lists.off.filter((id) => !rings.includes(id))];
  }
  return lists;
}

const word = (key, value) => `${key}=${encodeURI(value).replace(/[&#+]/g, encodeURIComponent)}`;
const query = (parts) => (parts.length ? `?${parts.join("&")}` : "");
const givenLang = () => new URLSearchParams(location.search).get("lang");

/** Return the query text for a page without a map: extent, rings, reading and language. */
export function writeView() {
  const named = viewChosen();
  const chosen = Object.entries(named).filter(([key, value]) => value !== DEFAULTS[key]);
  const lang = givenLang();
  return query([...chosen, ...(lang ? [["lang", lang]] : [])].map(([key, value]) => word(key, value)));
}

/** Return the query text of the present state; `lang` stays if the address named it. */
export function write({ withLang = null } = {}) {
  const state = get();
  const parts = [];
  const add = (key, value) => parts.push(word(key, value));
  if (state.tour) add("tour", state.tour); else if (state.theme) add("theme", state.theme);
  if (state.extent !== usualExtent(state)) add("extent", state.extent);
  if (state.view) {
    add("view", `${state.view.lon.toFixed(5)},${state.view.lat.toFixed(5)},${state.view.level}`);
  }
  const lists = state.plan ? writeSwitches() : { on: [], off: [] };
  if (lists.on.length) add("on", lists.on.join(","));
  if (lists.off.length) add("off", lists.off.join(","));
  if (state.sel) add("sel", state.sel);
  if (state.year) add("year", state.year);
  if (state.rings !== DEFAULTS.rings) add("rings", state.rings);
  if (state.reading !== DEFAULTS.reading) add("reading", state.reading);
  const lang = withLang || givenLang();
  if (lang) add("lang", lang);
  return query(parts);
}

/** Put the present state into the address bar as a new step or in place; what stands after # stays. */
export function record(history) {
  const url = location.pathname + write() + location.hash;
  if (url === location.pathname + location.search + location.hash) return;
  if (history === "push") window.history.pushState(null, "", url);
  else window.history.replaceState(null, "", url);
}
