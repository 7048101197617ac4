// What the list under the search box says: rows of positions and features, and the notes where there are none.

import { layerFeatures } from "../base/api.js";
import { el, svg } from "../base/dom.js";
import { get, viewChosen } from "../map/state.js";
import { basisPicture } from "../base/swatch.js";
import { named, otherName, t } from "../base/words.js";

const DECIMALS = 6; // of a degree: a tenth of a metre

export const lonlat = (lon, lat, decimals = DECIMALS) => `${lon.toFixed(decimals)}, ${lat.toFixed(decimals)}`;

const layerOf = (id) => get().plan?.layers.find((layer) => layer.id === id);
const quiet = (...parts) => el("small", { class: "search-line" }, parts);

function option(index, target, ...children) {
  return el("li", { role: "option", id: `search-option-${index}`, class: "search-row", "aria-selected": "false", ...target }, children);
}

const cross = () => svg("svg", { class: "position-picture", viewBox: "0 0 34 24", "aria-hidden": "true" },
  svg("circle", { cx: 17, cy: 12, r: 4 }), svg("path", { d: "M17 3V8M17 16V21M8 12H13M21 12H26" }));

function positionRow(position, index, goToPosition) {
  const text = lonlat(position.lon, position.lat);
  const far = position.near_plan ? null
    : [" · ", el("span", { class: "search-far", text: t("search_far") })];
  const node = option(index, { "data-position": text }, cross(),
    el("span", {}, el("b", { text }), quiet(t("search_read_as", { how: named(position, "how") }), far)));
  return { node, go: () => goToPosition(position) };
}

function featureRow(found, index, { area, goToFeature }) {
  const layer = layerOf(found.layer);
  const said = [named(layer, "title"), t(`basis_${found.geometry_basis}`), area && t("search_in", { area })];
  const node = option(index, { "data-found": found.id },
    basisPicture(found.geometry_basis, layer?.geometry === "line" && found.centre ? "line" : "area"),
    el("span", {}, el("b", { text: named(found) }), el("small", { text: otherName(found) }),
      quiet(said.filter(Boolean).join(" · "))));
  return { node, text: named(found), go: () => goToFeature(found) };
}

/** Return the name of the area in which a row in words is placed; "" if there is none or it cannot be had. */
async function areaName({ centre, placed_in: id }) {
  if (centre || !id) return "";
  try {
    const { features } = await layerFeatures(viewChosen(), id.split(":")[0]);
    return named(features.find((feature) => feature.id === id)?.properties);
  } catch {
    return ""; // the row is good without it
  }
}

/** Return the rows of an answer as [{node, text?, go()}], positions first; a row goes by `goToFeature` or `goToPosition`. */
export async function rowsOf({ positions, features }, { goToFeature, goToPosition }) {
  const areas = await Promise.all(features.map(areaName));
  return [...positions.map((position, i) => positionRow(position, i, goToPosition)),
    ...features.map((found, i) => featureRow(found, positions.length + i, { area: areas[i], goToFeature }))];
}

/** Return the note of an answer: its hint, or what could be typed if there is nothing; null if neither. */
export function noteOf(answer, isEmpty, centre) {
  const hint = named(answer, "hint");
  const crs = get().plan?.plan.metric_crs || "";
  if (!isEmpty) return hint ? [el("p", { "data-note": "hint", text: hint })] : null;
  return [el("b", { "data-note": "nothing", text: t("search_nothing", { text: answer.q }) }),
    hint ? el("p", { "data-note": "hint", text: hint }) : null,
    el("p", { text: t("search_try_name") }),
    el("p", { text: t("search_try_position", { example: lonlat(centre.lng, centre.lat, 4), crs }) })];
}

export const loadingNote = () => [
  el("div", { class: "grey", "aria-hidden": "true" }, ["90%", "60%"].map((width) => {
    const line = el("i");
    line.style.width = width;
    return line;
  })), el("p", { "data-note": "loading", text: t("search_loading") })];

export const failureNote = (error) => [
  el("b", { "data-note": "failed", text: error.message }), el("p", { text: t("search_again") })];
