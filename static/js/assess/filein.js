// A GeoJSON file, chosen or dropped anywhere: its system and outline are shown, and what was done to it, before any verdict.

import { byId, el, replace } from "../base/dom.js";
import { number } from "../base/format.js";
import { named, t } from "../base/words.js";
import { assessed } from "./ask.js";
import { change, facts, ringsFrom, say } from "./site.js";

const MOST_BYTES = 10_000_000;
const KNOWN = ["land_use", "far", "building_coefficient", "green_ratio", "investment_per_mu", "output_per_mu", "tax_per_mu"];
const DATUMS = ["wgs84", "gcj02", "bd09"];
let turn = 0;

const box = () => byId("file-said");
const told = (...content) => replace(box(), ...content);
const choice = (text, value, act) => el("button", { type: "button", class: "btn", "data-choice": value, text, on: { click: act } });

/** Fill the fields with what a file of one feature says of its site. */
function fillFacts(text) {
  const value = JSON.parse(text);
  const features = value.features || [value];
  const said = features.length === 1 ? features[0].properties || {} : {};
  for (const name of ["name", ...KNOWN]) {
    const given = said[name];
    const isRatio = ["building_coefficient", "green_ratio"].includes(name);
    const isGood = typeof given === "string" || (typeof given === "number" && Number.isFinite(given));
    if (isGood) say(name, String(isRatio ? Math.round(given * 1e6) / 1e4 : given).slice(0, 60));
  }
}

const countOf = (text) => JSON.parse(text).features?.length || 1;

/** Return the datum of degrees; metres have that of their system. */
const datumName = ({ crs_read: crs, datum_read: datum }) => t(crs === "EPSG:4326" || datum !== "wgs84" ? `datum_${datum}` : "datum_of_crs");

/** Return a choice of the datum of degrees; GeoJSON is WGS 84 by its standard, but not every file keeps to it. */
function datumChoice(asked, { crs_read: crs, datum_read: datum }, shown) {
  if (crs !== "EPSG:4326" && crs !== "EPSG:4490") return null;
  const again = ({ target }) => read({ ...asked, words: { ...asked.words, datum: target.value } }, shown);
  return el("label", { class: "fact wide" }, el("span", { text: t("file_datum") }), el("select", { id: "file-datum", on: { change: again } },
    DATUMS.map((one) => el("option", { value: one, selected: one === datum || (one === "wgs84" && datum === "cgcs2000"), text: t(one === "wgs84" ? "datum_cgcs2000" : `datum_${one}`) }))));
}

/** Show the system, the notices and what may be done with a file that was read; nothing is assessed yet. */
function offer(asked, found, shown) {
  const { body, text, words, name } = asked;
  const count = countOf(text);
  const use = (each) => {
    change({
      rings: ringsFrom(found.geometry), active: 0, origin: "file", basis: null,
      accuracy: found.accuracy_m || 0, file: each ? { body, words } : null,
    });
    if (!each) fillFacts(text);
    told(el("p", { text: t(each ? "file_used_each" : "file_used", { name, count: number(count) }) }));
    shown();
  };
  told(
    el("p", {}, el("b", { text: name }), ` ${t("file_read", { count: number(count), crs: found.crs_read, datum: datumName(found) })}`),
    el("ul", { class: "notes" }, [...found.notices.filter((note) => note.name), ...found.skipped].map((note) => el("li", { text: named({ text_zh: note.zh, text_en: note.en }, "text") }))),
    datumChoice(asked, found, shown),
    el("div", { class: "choices" }, choice(t(count > 1 ? "file_as_one" : "file_assess"), "one", () => use(false)),
      count > 1 ? choice(t("file_each"), "each", () => use(true)) : null, choice(t("file_drop"), "none", () => told())),
  );
  box().querySelector("button").focus();
}

function refused(asked, error, shown) {
  const possible = error.problem?.code === "not_placed" ? error.problem.possible || [] : [];
  told(el("p", { class: "bad", text: error.message }), possible.length
    ? el("div", { class: "choices" }, possible.map((one) => choice(one, one, () => read({ ...asked, words: { ...asked.words, ...wordsOf(one) } }, shown)))) : null);
  box().querySelector("button")?.focus();
}

/** Return the query words of a choice: a system, or the datum of degrees. */
const wordsOf = (one) => (one.startsWith("EPSG:") ? { crs: one } : { datum: one });

async function read(asked, shown) {
  turn += 1;
  const mine = turn;
  told(el("p", { text: t("file_reading", { name: asked.name }) }));
  byId("site-file-part").scrollIntoView({ block: "nearest" });
  try {
    const found = await assessed(asked.body, asked.words);
    if (mine === turn) offer(asked, found, shown);
  } catch (error) {
    if (mine === turn) refused(asked, error, shown);
  }
}

async function take(file, shown) {
  if (file.size > MOST_BYTES) {
    told(el("p", { class: "bad", text: t("file_large", { name: file.name, most: number(MOST_BYTES / 1e6) }) }));
    return;
  }
  // the bytes themselves are sent: what is no UTF-8 is for the reader to refuse
  read({ body: file, text: await file.text(), words: {}, name: file.name }, shown);
}

function startDrop(shown) {
  const isFile = ({ dataTransfer }) => [...(dataTransfer?.types || [])].includes("Files");
  let depth = 0;
  const mark = (on) => { document.body.toggleAttribute("data-drop", on); };
  document.addEventListener("dragenter", (event) => { if (isFile(event)) { depth += 1; mark(true); } });
  document.addEventListener("dragleave", (event) => { if (isFile(event)) { depth -= 1; mark(depth > 0); } });
  document.addEventListener("dragover", (event) => { if (isFile(event)) event.preventDefault(); });
  document.addEventListener("drop", (event) => {
    if (!isFile(event)) return;
    event.preventDefault();
    depth = 0;
    mark(false);
    take(event.dataTransfer.files[0], shown);
  });
}

/** Wire the field and the drop; return `read(text)` for GeoJSON that was pasted. `shown` runs when a site stands. */
export function startFile(shown) {
  byId("site-file").addEventListener("change", (event) => {
    const [file] = event.target.files;
    if (file) take(file, shown);
    event.target.value = "";
  });
  startDrop(shown);
  return (text) => read({ body: text, text, words: {}, name: facts.name || t("file_pasted") }, shown);
}
