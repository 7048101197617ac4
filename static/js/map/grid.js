// The EPSG:4548 kilometre grid as map lines, and which easting or northing stands where.

/* global L */

import { toLonLat, toPlane } from "./geodesy.js";
import { pane } from "./layers.js";

const STEPS = [[10, 10000], [11, 5000], [12, 5000], [13, 2000], [14, 1000], [16, 500], [17, 100]];
const PIECES = 6;

/** Return the grid step in metres at a level. */
export function gridStep(level) {
  return STEPS.reduce((step, [from, metres]) => (level >= from ? metres : step), 10000);
}

/** Return {west, south, east, north} in metres that covers lon/lat bounds. */
function planeBounds(bounds) {
  const corners = [bounds.getSouthWest(), bounds.getSouthEast(), bounds.getNorthWest(), bounds.getNorthEast()]
    .map(({ lat, lng }) => toPlane(lng, lat));
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  return { west: Math.min(...xs), east: Math.max(...xs), south: Math.min(...ys), north: Math.max(...ys) };
}

/** Return the multiples of `step` from `low` to `high`. */
export function multiples(low, high, step) {
  const values = [];
  for (let value = Math.ceil(low / step) * step; value <= high; value += step) values.push(value);
  return values;
}

function gridLine(from, to) {
  const points = [];
  for (let i = 0; i <= PIECES; i += 1) {
    const share = i / PIECES;
    const [lon, lat] = toLonLat(from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share);
    points.push([lat, lon]);
  }
  return points;
}

/** Keep the grid lines true to the view. */
export function startGrid(map) {
  pane("grid");
  const shape = L.polyline([], { pane: "grid", className: "grid-line", interactive: false, fill: false, smoothFactor: 0 });
  shape.addTo(map);
  const draw = () => {
    const step = gridStep(Math.floor(map.getZoom()));
    const { west, south, east, north } = planeBounds(map.getBounds().pad(0.5));
    const lines = [
      ...multiples(west, east, step).map((x) => gridLine([x, south], [x, north])),
      ...multiples(south, north, step).map((y) => gridLine([west, y], [east, y])),
    ];
    shape.setLatLngs(lines);
  };
  map.on("moveend", draw);
  draw();
}
