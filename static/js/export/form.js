// The form of a file: what is chosen in it, the address of that file, which choices go together, what is remembered.

import { byId, el } from "../base/dom.js";
import { lang, t } from "../base/words.js";

const KEPT = "atlas-export";
const REMEMBERED = ["ext", "system", "encoding", "geometry", "lang"]; // how, never what: that is asked each time
const OF_DATUM = /^[a-z]/; // a system is EPSG:n, a datum a word
let seen = null; // the words of a map's view; a page has them in hidden fields
const OPTIONS = { encoding: ["shp.zip", "txt"], geometry: ["csv"] };

export const form = () => byId("export-form");
const fields = () => form().elements;
const format = () => form().querySelector("[name=ext]:checked");
const readable = (text) => encodeURIComponent(text).replaceAll("%2C", ",").replaceAll("%3A", ":");

const hidden = () => [...form().querySelectorAll("input[type=hidden]")].map(({ name, value }) => [name, value]);

/** Return the address of the file that is chosen. */
export function address() {
  const { layer, system, area, bbox } = fields();
  const words = [];
  const add = (name, value) => { if (value) words.push(`${name}=${readable(value)}`); };
  add(OF_DATUM.test(system.value) ? "datum" : "crs", system.value);
  // An empty box is sent as well and refused: everything is not what was asked.
  if (area.value === "box") words.push(`bbox=${readable(bbox.value.replace(/\s+/g, ""))}`);
  for (const [name, formats] of Object.entries(OPTIONS)) if (formats.includes(format().value)) add(name, fields()[name].value);
  for (const [name, value] of seen || hidden()) add(name, value);
  add("lang", fields().lang.value);
  return `/export/${readable(layer.value)}.${format().value}?${words.join("&")}`;
}

/** Switch off the systems that the format cannot have; one that was chosen gives way to the usual one. */
export function settle() {
  const { systems, usual } = format().dataset;
  const possible = systems.split(" ");
  const { system } = fields();
  for (const option of system.options) option.disabled = option.value !== "" && !possible.includes(option.value);
  if (system.selectedOptions[0]?.disabled) system.value = "";
  system.options[0].textContent = usual ? t("export_usual", { system: usual === "EPSG:4326" ? `${usual}, ${t("export_degrees")}` : usual }) : system.options[0].textContent;
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) || {};
  } catch {
    return {}; // storage is off, or holds what this page did not write
  }
}

/** Remember how the file is wanted. */
export function remember() {
  try {
    localStorage.setItem(KEPT, JSON.stringify(Object.fromEntries(REMEMBERED.map((name) => [name, fields()[name].value]))));
  } catch {
    // without storage the choice lasts for this page
  }
}

/** Choose again what was remembered, but for the words that the address of the page names. */
export function recall() {
  const given = new URLSearchParams(form().dataset.here ? location.search : "");
  const named = (name) => given.has(name) || (name === "system" && (given.has("crs") || given.has("datum")));
  for (const [name, value] of Object.entries(read())) {
    if (!REMEMBERED.includes(name) || named(name)) continue;
    const choices = [...form().querySelectorAll(`[name="${name}"]`)].flatMap((one) => (one.options ? [...one.options] : [one]));
    const found = choices.find((one) => one.value === value);
    if (found instanceof HTMLOptionElement) found.selected = true; else if (found) found.checked = true;
  }
}

/** Put what is seen on a map into the form: the view as words, the switched-on layers, the box. */
export function showSeen({ words, layers, box }) {
  seen = Object.entries(words);
  const { layer } = fields();
  layer.querySelector("[data-seen]")?.remove();
  const text = layers.length ? t("export_on", { count: layers.length }) : t("export_on_none");
  layer.prepend(el("option", { "data-seen": true, value: layers.join(","), text, disabled: !layers.length }));
  layer.value = layers.length ? layers.join(",") : "all";
  fields().bbox.value = box;
  fields().area.value = "box";
}

/** Return a size for people: bytes, kilobytes, megabytes with one decimal. */
export function sizeText(bytes) {
  const units = ["B", "KB", "MB", "GB"];
  let power = 0;
  while (bytes >= 1000 && power < 3) {
    bytes /= 1000;
    power += 1;
  }
  return `${bytes.toLocaleString(lang === "zh" ? "zh-CN" : "en-GB", { maximumFractionDigits: power > 1 ? 1 : 0 })} ${units[power]}`;
}
