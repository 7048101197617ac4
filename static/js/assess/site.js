// The site: its rings, what is said of it, and the way back and forth through its changes.

const MOST_KEPT = 200;

/** A ring is {part, corners}: open, [lon, lat] each; the first ring of a part is its outline, the others are holes. */
const nothing = { rings: [], active: 0, origin: null, accuracy: 0, basis: null, file: null };

/** What is said of the site: strings as they stand in the fields. */
export const facts = { name: "", land_use: "", far: "", building_coefficient: "", green_ratio: "", investment_per_mu: "", output_per_mu: "", tax_per_mu: "" };
const ROUND = ["circle", "point"];
const PER_CENT = ["building_coefficient", "green_ratio"];

export const site = { ...nothing };
const watchers = new Set();
let past = [];
let ahead = [];

/** Call `watcher(kind)` after each change: "outline", "facts", or "moving" while a corner is under the pointer. */
export const watchSite = (watcher) => watchers.add(watcher);
export const tellChange = (kind) => watchers.forEach((watcher) => watcher(kind));

const shot = () => ({ ...site });

/** Remember the outline before it changes. */
export function keep() {
  past = [...past.slice(1 - MOST_KEPT), shot()];
  ahead = [];
}

function step(from, to) {
  const found = from.pop();
  if (!found) return false;
  to.push(shot());
  Object.assign(site, found);
  tellChange("outline");
  return true;
}

export const undo = () => step(past, ahead);
export const redo = () => step(ahead, past);
export const canUndo = () => past.length > 0;
export const canRedo = () => ahead.length > 0;

/** Put another outline in the place of the present one. */
export function change(patch) {
  keep();
  Object.assign(site, patch);
  tellChange("outline");
}

/** A site of one ring: {origin: drawn, typed, circle, point}, with the bound of its outline in metres. */
export const startOver = (corners, { origin, accuracy = 0, basis = null }) =>
  change({ ...nothing, rings: [{ part: 0, corners }], origin, accuracy, basis });

export const clear = () => change({ ...nothing });

/** Return true for a circle as it was made, by radius or by land area: it has a middle and a size, and no corners of its own. */
export const isRound = () => ROUND.includes(site.origin) && site.rings.length === 1;

/** Put new corners into the active ring; what was a circle is now drawn by hand. */
export function setActive(corners) {
  const rings = site.rings.map((ring, i) => (i === site.active ? { ...ring, corners } : ring));
  Object.assign(site, { rings, file: null, ...(isRound() && { basis: null, accuracy: 0, origin: "drawn" }) });
}

/** Put another circle in the place of the present one: moved, or of another size. */
export function setRound(corners, radius) {
  Object.assign(site, { rings: [{ part: 0, corners }], ...(site.origin === "point" && { accuracy: radius }) });
}

export const isEmpty = () => site.rings.length === 0;
export const cornerCount = () => site.rings.reduce((sum, { corners }) => sum + corners.length, 0);
export const activeRing = () => site.rings[site.active] || null;
export const parts = () => [...new Set(site.rings.map(({ part }) => part))];
export const ringsOf = (part) => site.rings.filter((ring) => ring.part === part).map(({ corners }) => corners);
export const isHole = (index) => site.rings.findIndex(({ part }) => part === site.rings[index].part) !== index;

const closed = (corners) => [...corners, corners[0]];

export function geometry() {
  const all = parts().map((part) => ringsOf(part).map(closed));
  return all.length === 1 ? { type: "Polygon", coordinates: all[0] } : { type: "MultiPolygon", coordinates: all };
}

/** Return what is said of the site as GeoJSON properties: numbers as numbers, per cent as ratios. */
export function properties() {
  const found = {};
  for (const [name, text] of Object.entries(facts)) {
    if (text === "") continue;
    if (name === "name" || name === "land_use") found[name] = text;
    else found[name] = Number(text) / (PER_CENT.includes(name) ? 100 : 1);
  }
  if (site.accuracy) found.accuracy_m = Math.round(site.accuracy * 10) / 10;
  if (site.basis) found.geometry_basis = site.basis;
  return found;
}

export const feature = () => ({ type: "Feature", properties: properties(), geometry: geometry() });

/** Return the rings of a GeoJSON Polygon or MultiPolygon, open. */
export function ringsFrom({ type, coordinates }) {
  const polygons = type === "Polygon" ? [coordinates] : coordinates;
  return polygons.flatMap((rings, part) => rings.map((ring) => ({ part, corners: ring.slice(0, -1).map(([lon, lat]) => [lon, lat]) })));
}

/** Say something else of the site. */
export function say(name, text) {
  if (facts[name] === text) return;
  facts[name] = text;
  tellChange("facts");
}
