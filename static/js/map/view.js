// Where the map looks: the first view, the whole zone, and keeping what was chosen in sight.

/* global L */

import { byId } from "../base/dom.js";
import { covered } from "./sheet.js";
import { get, set } from "./state.js";

const HOME = { lon: 116.0437, lat: 28.7052, level: 13 }; // Yaohu with its rings
const PHONE_LEVEL = 12;
const CLOSEST = 16; // level of a point that is asked for
const GAP_PX = 20;
const BANDS = [[16, "d"], [14, "c"], [12, "b"], [0, "a"]]; // from level: the letter that map.css knows

let map = null;
let given = false; // an address that names a view is shown exactly so

function markLevel() {
  const box = map.getContainer();
  const level = Math.floor(map.getZoom());
  box.dataset.level = String(level);
  box.dataset.band = BANDS.find(([from]) => level >= from)[1];
}

function firstView() {
  const { view } = get();
  given = Boolean(view);
  const start = view || { ...HOME, level: window.innerWidth < 761 ? PHONE_LEVEL : HOME.level };
  map.setView([start.lat, start.lon], start.level, { animate: false });
  if (view) set({ view: { ...view } }, "none");
}

function calm() {
  if (!matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  Object.assign(map.options, { inertia: false, zoomAnimation: false, fadeAnimation: false });
  map._zoomAnimated = false; // Leaflet has read the option already
}

/** Show the whole zone. */
export function wholeZone() {
  const [west, south, east, north] = get().plan?.plan.bounds || [];
  if (west) map.fitBounds([[south, west], [north, east]], { padding: [12, 12], animate: false });
}

/** Wire the buttons: closer, further, home. */
export function startZoom(theMap, home = wholeZone) {
  byId("zoom-in").addEventListener("click", () => theMap.zoomIn(1));
  byId("zoom-out").addEventListener("click", () => theMap.zoomOut(1));
  byId("zoom-home").addEventListener("click", home);
}

/** Let the address name the present view, so that a step back returns to it. */
export function keepFirstView() {
  const { lat, lng } = map.getCenter();
  if (!get().view) set({ view: { lon: lng, lat, level: map.getZoom() } }, "replace");
}

/** Show [west, south, east, north] in the part of the map that nothing covers, and keep it: it was asked for.
 * `ways` are paddings {left, top, bottom} that clear a panel on the map: the one that leaves the larger scale counts. */
export function showBounds([west, south, east, north], ways = [{}]) {
  given = true;
  map.invalidateSize({ pan: false }); // the card may have come or gone
  const bounds = L.latLngBounds([[south, west], [north, east]]);
  const under = covered();
  const pads = ways.map(({ left = 0, top = 0, bottom = 0 }) => ({
    paddingTopLeft: [left + GAP_PX, top + GAP_PX],
    paddingBottomRight: [under.right + GAP_PX, Math.max(under.bottom, bottom) + GAP_PX],
  }));
  const level = ({ paddingTopLeft: a, paddingBottomRight: b }) => map.getBoundsZoom(bounds, false, L.point(a[0] + b[0], a[1] + b[1]));
  pads.sort((a, b) => level(b) - level(a));
  map.fitBounds(bounds, { ...pads[0], maxZoom: CLOSEST, animate: false });
}

function inPlan(lon, lat) {
  const [west, south, east, north] = get().plan?.plan.bounds || [];
  return lon >= west && lon <= east && lat >= south && lat <= north;
}

/** Show the whole plan if the first view misses it: another data folder may lie elsewhere. */
export function checkFirstView() {
  if (!given && !inPlan(HOME.lon, HOME.lat)) wholeZone();
}

/** Move the map so that a chosen point is not out of sight or under the card. */
export function uncover(point) {
  if (!point) return;
  const [lon, lat] = point;
  const spot = map.latLngToContainerPoint([lat, lon]);
  const size = map.getSize();
  const { right, bottom } = covered();
  if (spot.x < 0 || spot.y < 0 || spot.x > size.x + right || spot.y > size.y + bottom) {
    if (inPlan(lon, lat)) map.panTo([lat, lon], { animate: false });
    return;
  }
  const dx = Math.max(0, spot.x - (size.x - right - 24));
  const dy = Math.max(0, spot.y - (size.y - bottom - 24));
  if (dx || dy) map.panBy([dx ? dx + 40 : 0, dy ? dy + 40 : 0], { animate: false });
}

/** Return true if the address named a view. */
export const isGiven = () => given;

/** Begin with the view of the address, or the lake with its rings. */
export function startView(theMap) {
  map = theMap;
  calm();
  firstView();
  markLevel();
  map.on("zoomend", markLevel);
}
