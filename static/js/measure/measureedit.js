// Editing what is measured: corners moved, put in, taken out, and the way back.

import { toLonLat, toPlane } from "../map/geodesy.js";

const DECIMALS = 7; // of a degree: a centimetre

/** Return [lon, lat] to 7 decimals: figures, drawing and GeoJSON are of the same corners. */
export const rounded = ([lon, lat]) => [Number(lon.toFixed(DECIMALS)), Number(lat.toFixed(DECIMALS))];

/** Return the fewest corners that a line or an area has. */
export const fewest = (isArea) => (isArea ? 3 : 2);

export const withMoved = (corners, index, corner) => corners.map((one, i) => (i === index ? corner : one));
export const withAdded = (corners, index, corner) => [...corners.slice(0, index), corner, ...corners.slice(index)];
export const without = (corners, index) => corners.filter((_, i) => i !== index);

/** Return the corner moved by metres of the grid to the east and the north. */
export function shifted([lon, lat], east, north) {
  const [x, y] = toPlane(lon, lat);
  return rounded(toLonLat(x + east, y + north));
}

/** Return the middle of the side after corner `index`; the last side of an area leads to its first corner. */
export function middle(corners, index) {
  const [x1, y1] = toPlane(...corners[index]);
  const [x2, y2] = toPlane(...corners[(index + 1) % corners.length]);
  return rounded(toLonLat((x1 + x2) / 2, (y1 + y2) / 2));
}

/** Return a way back through states: `keep` one before it changes, `back` gives the last one kept. */
export function makeHistory() {
  let past = [];
  return {
    keep: (state) => { past.push(state); },
    back: () => past.pop() ?? null,
    clear: () => { past = []; },
    isEmpty: () => past.length === 0,
  };
}
