// The panel of the measuring tool: length, bearings and areas of what is drawn, and what may be done next.

import { byId, el, replace } from "../base/dom.js";
import { number, UNITS } from "../base/format.js";
import { t } from "../base/words.js";

const AREA_DECIMALS = { m2: 0, ha: 2, mu: 1, km2: 3 };
const MOST_DECIMALS = 6;

/** Return the decimals that leave a small area four digits. */
function decimals(value, unit) {
  const wanted = value > 0 ? 3 - Math.floor(Math.log10(value)) : 0;
  return Math.min(MOST_DECIMALS, Math.max(AREA_DECIMALS[unit], wanted));
}

/** Return a length as it is written: tenths of a metre below one kilometre. */
export const metres = (length) => `${number(length, length < 1000 ? 1 : 0)} ${t("measure_m")}`;
const kilometres = (length) => `${number(length / 1000, 3)} ${t("measure_km")}`;
const bearing = (degrees) => `${(degrees % 360).toFixed(1)}°`.replace("360.0", "0.0");
const area = (m2, unit) => {
  const value = m2 / UNITS[unit];
  return `${number(value, decimals(value, unit))} ${t(`unit_${unit}`)}`;
};

function write(id, text, value = "") {
  const box = byId(id);
  box.textContent = text;
  box.dataset.value = value;
}

/** Write both areas, dashes where there is none: the panel keeps its height and does not grow over what is drawn. */
function writeAreas({ ellipsoid_m2: ellipsoid, plane_m2: plane }) {
  byId("measure-areas").dataset.empty = ellipsoid === null ? "true" : "false";
  const cell = (of, m2, unit) => el("td", {
    class: "num", "data-of": of, "data-value": m2 === null ? "" : String(m2 / UNITS[unit]),
    text: m2 === null ? `– ${t(`unit_${unit}`)}` : area(m2, unit),
  });
  replace(byId("measure-area-rows"), Object.keys(AREA_DECIMALS).map((unit) => el("tr", { "data-unit": unit },
    cell("ellipsoid", ellipsoid, unit), cell("plane", plane, unit))));
}

function writeLegs(legs) {
  byId("measure-legs-count").textContent = number(legs.length);
  replace(byId("measure-legs-rows"), legs.map(({ length_m: length, bearing_deg: degrees }, i) => el("tr", {},
    el("th", { scope: "row", text: String(i + 1) }),
    el("td", { class: "num", "data-value": length.toFixed(4), text: metres(length) }),
    el("td", { class: "num", "data-value": degrees.toFixed(5), text: bearing(degrees) }))));
}

function offer({ corners, isDrawing, isArea, canUndo }) {
  byId("measure-done").hidden = !isDrawing;
  byId("measure-done").disabled = corners < 2;
  byId("measure-ring").hidden = isArea || corners < 3;
  byId("measure-back").disabled = !canUndo;
  byId("measure-copy").disabled = corners < 2;
}

/** Show figures of measuremath; `tool` says {corners: how many, isDrawing, isArea, canUndo}, `isPreview` that an area would close here. */
export function showFigures(figures, tool, isPreview) {
  const last = figures.legs.at(-1);
  const hint = tool.isDrawing ? "measure_hint" : "measure_hint_done";
  byId("measure-hint").textContent = t(matchMedia("(pointer: coarse)").matches ? `${hint}_touch` : hint);
  byId("measure-length-name").textContent = t(tool.isArea || isPreview ? "measure_perimeter" : "length");
  write("measure-m", last ? metres(figures.length_m) : "–", last ? figures.length_m.toFixed(4) : "");
  write("measure-km", last ? kilometres(figures.length_m) : "");
  write("measure-bearing", last ? bearing(last.bearing_deg) : "–", last ? last.bearing_deg.toFixed(5) : "");
  byId("measure-crossed").hidden = !figures.isCrossed;
  byId("measure-plane-note").hidden = figures.isCrossed;
  writeAreas(figures);
  writeLegs(figures.legs);
  offer(tool);
}

/** Tell a screen reader the figures at the end, or `text` alone. */
export function tell(text) {
  byId("measure-said").textContent = text;
}

/** Return the figures as one sentence. */
export function sentence(figures, isArea) {
  const length = `${metres(figures.length_m)}${t("comma")}${kilometres(figures.length_m)}`;
  const turn = bearing(figures.legs.at(-1).bearing_deg);
  if (!isArea) return t("measure_said_line", { length, bearing: turn });
  if (figures.isCrossed) return t("measure_said_crossed", { length });
  const both = (m2) => `${area(m2, "ha")}${t("comma")}${area(m2, "mu")}`;
  return t("measure_said_area", { length, ellipsoid: both(figures.ellipsoid_m2), plane: both(figures.plane_m2), bearing: turn });
}
