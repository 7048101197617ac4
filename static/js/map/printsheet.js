// The sheet for print: the map in a frame of its own at a round scale, a legend of what is on it, and a foot.
// Browsers ask for it just before they print; afterwards all is as it was.

/* global L */

import { write } from "./address.js";
import { byId, el, replace } from "../base/dom.js";
import { number } from "../base/format.js";
import { featuresOf, isShown } from "./layers.js";
import { get } from "./state.js";
import { swatch } from "../base/swatch.js";
import { stageKey } from "../time/signs.js";
import { levelOf, metresPerPixel, PIXEL_M, ratioOf } from "./titleblock.js";
import { named, t } from "../base/words.js";

const SCALES = [2000, 5000, 10000, 25000, 50000, 100000, 200000, 500000];
const A3 = Math.SQRT2; // print.css enlarges the sheet by this on A3
const LOOSE = 1.1; // a tenth of the view may be cut if that keeps the larger scale

let before = null;

/** Return whether a sheet is set: what moves the map then is not the reader. */
export const isSheet = () => before !== null;

function boundsOf({ geometry }) {
  const points = geometry.type === "Point" ? [geometry.coordinates] : geometry.coordinates.flat(Infinity);
  const flat = points.flat();
  const pairs = flat.filter((_, i) => i % 2 === 0).map((lon, i) => [flat[2 * i + 1], lon]);
  return L.latLngBounds(pairs);
}

const rowsOf = (layer) => (layer.id === "rings" ? (layer.rings || []).map((ring) => ({ id: ring.id, layer, ring })) : [{ id: layer.id, layer }]);

function isOnSheet(map, { id, layer, ring }) {
  const features = featuresOf(layer.id).filter((feature) => feature.geometry && (!ring || feature.id.endsWith(`:${id}`)));
  return isShown(id) && features.some((feature) => map.getBounds().intersects(boundsOf(feature)));
}

function legendRow({ id, layer, ring }) {
  const name = ring ? `${t(`ring_label_${id}`)} ${named(ring, "use")}` : named(layer, "title");
  const assumed = ring?.basis === "assumed" ? el("span", { class: "chip assumed", text: t("edge_assumed_short") }) : null;
  return el("li", {}, swatch(id, { layer, current: id === `extent_${get().extent}` }), el("span", {}, name, assumed && " ", assumed));
}

/** Return the rows of what is on the sheet, in the order of the layer list. */
function rowsOnSheet(map) {
  const { groups, layers } = get().plan;
  return groups.flatMap((group) => layers.filter((layer) => layer.group === group.id).reverse().flatMap(rowsOf)
    .sort((a, b) => Boolean(b.ring) - Boolean(a.ring))).filter((row) => isOnSheet(map, row));
}

function accuracyOf(rows) {
  const known = rows.flatMap(({ layer }) => layer.accuracy_m || []);
  if (!known.length) return t("no_data");
  const [low, high] = [Math.min(...known), Math.max(...known)];
  return low === high ? `±${number(low)} m` : `±${number(low)}–${number(high)} m`;
}

function fill(map, address) {
  const rows = rowsOnSheet(map);
  replace(byId("legend-rows"), rows.map(legendRow), get().year && stageKey());
  byId("tb-accuracy").textContent = accuracyOf(rows);
  byId("tb-sources").textContent = get().plan.sources.map((source) => source.id).join(", ");
  byId("tb-version").textContent = get().plan.plan.version;
  byId("foot-address").textContent = address;
  byId("foot-date").textContent = t("sheet_printed", { date: new Date().toLocaleDateString("sv-SE") });
}

/** Show `bounds` at the largest round scale that holds them; write what the scale is on each paper. */
function setScale(map, bounds) {
  const size = map.getSize();
  const centre = bounds.getCenter();
  const [a, b] = [map.project(bounds.getNorthWest()), map.project(bounds.getSouthEast())];
  const needed = (metresPerPixel(centre.lat, map.getZoom()) * Math.max((b.x - a.x) / size.x, (b.y - a.y) / size.y)) / PIXEL_M;
  const scale = SCALES.find((round) => round * LOOSE >= needed) || SCALES.at(-1);
  map.setView(centre, levelOf(centre.lat, scale), { animate: false });
  byId("scale-a4").textContent = t("sheet_scale", { ratio: `1:${number(scale)}`, paper: "A4" });
  byId("scale-a3").textContent = t("sheet_scale", { ratio: t("about_scale", { ratio: ratioOf(scale / A3) }), paper: "A3" });
}

function open(map) {
  if (before || !get().plan) return;
  const address = `${location.origin}${location.pathname}${write()}`;
  before = { centre: map.getCenter(), level: map.getZoom(), zoomSnap: map.options.zoomSnap };
  const bounds = map.getBounds();
  document.body.classList.add("is-sheet");
  map.options.zoomSnap = 0; // a round scale lies between two levels
  map.invalidateSize({ pan: false });
  setScale(map, bounds);
  fill(map, address);
  map.fire("sheet");
}

function close(map) {
  if (!before) return;
  document.body.classList.remove("is-sheet");
  map.invalidateSize({ pan: false });
  map.options.zoomSnap = before.zoomSnap;
  map.setView(before.centre, before.level, { animate: false });
  before = null;
  map.fire("sheet");
}

/** Set the sheet whenever the page is printed. */
export function startPrintSheet(map) {
  window.addEventListener("beforeprint", () => open(map));
  window.addEventListener("afterprint", () => close(map));
}
