// The address bar: extent, view, layers, selection, reading, language, in this order, defaults left out.

import { DEFAULTS, defaultOn, get, isOn, isRing, opacityOf, switches } from "./state.js";

const ID = /^[a-z0-9_]+$/;

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
  const numbers = (text || "").split(",").map(Number);
  if (numbers.length !== 3 || !numbers.every(Number.isFinite)) return null;
  const [lon, lat, level] = numbers;
  if (Math.abs(lon) > 180 || Math.abs(lat) > 85 || level < 1 || level > 20) return null;
  return { lon, lat, level };
}

/** Return the part of the state that an address holds. */
export function read(search) {
  const words = new URLSearchParams(search);
  return {
    extent: ["2013", "2025"].includes(words.get("extent")) ? words.get("extent") : DEFAULTS.extent,
    reading: ["shore_belt", "annulus"].includes(words.get("reading"))
      ? words.get("reading") : DEFAULTS.reading,
    view: readView(words.get("view")),
    sel: words.get("sel") || null,
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

/** Return the query text of the present state; `lang` stays if the address named it. */
export function write({ withLang = null } = {}) {
  const state = get();
  const parts = [];
  const add = (key, value) => parts.push(`${key}=${encodeURI(value).replace(/[&#+]/g, encodeURIComponent)}`);
  if (state.extent !== DEFAULTS.extent) add("extent", state.extent);
  if (state.view) {
    add("view", `${state.view.lon.toFixed(5)},${state.view.lat.toFixed(5)},${state.view.level}`);
  }
  const lists = state.plan ? writeSwitches() : { on: [], off: [] };
  if (lists.on.length) add("on", lists.on.join(","));
  if (lists.off.length) add("off", lists.off.join(","));
  if (state.sel) add("sel", state.sel);
  if (state.reading !== DEFAULTS.reading) add("reading", state.reading);
  const lang = withLang || new URLSearchParams(location.search).get("lang");
  if (lang) add("lang", lang);
  return parts.length ? `?${parts.join("&")}` : "";
}

/** Put the present state into the address bar as a new step or in place. */
export function record(history) {
  const url = location.pathname + write();
  if (url === location.pathname + location.search) return;
  if (history === "push") window.history.pushState(null, "", url);
  else window.history.replaceState(null, "", url);
}
