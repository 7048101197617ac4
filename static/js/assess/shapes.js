// Outlines from a few figures, in the plane of EPSG:4548: rectangle, circle by radius, circle of a land area.

import { toLonLat, toPlane } from "../map/geodesy.js";
import { rounded } from "../measure/measureedit.js";
import { planeArea } from "../measure/measuremath.js";

const SIDES = 72; // of a circle; its corners lie a little outside, so that the polygon has the area of the circle
const M2_PER_MU = 2000 / 3;
const LATTICE = 16;

/** Return the four corners of the upright rectangle between two opposite corners [lon, lat]. */
export function rectangle(from, to) {
  const [[x1, y1], [x2, y2]] = [toPlane(...from), toPlane(...to)];
  return [[x1, y1], [x2, y1], [x2, y2], [x1, y2]].map(([x, y]) => rounded(toLonLat(x, y)));
}

/** Return a ring around `centre` with the area of a circle of `radius` metres. */
export function circle(centre, radius) {
  const [x, y] = toPlane(...centre);
  const step = (2 * Math.PI) / SIDES;
  const reach = radius * Math.sqrt(step / Math.sin(step));
  return Array.from({ length: SIDES }, (_, i) => rounded(toLonLat(
    x + reach * Math.cos(i * step), y + reach * Math.sin(i * step))));
}

/** Return the radius in metres of a circle of `mu`. */
export const radiusOf = (mu) => Math.sqrt((mu * M2_PER_MU) / Math.PI);
export const muOf = (radius) => (Math.PI * radius ** 2) / M2_PER_MU;

/** Return {middle, radius} of a ring that `circle` made: the mean of its corners, and the radius of its area. */
export function roundOf(ring) {
  const plane = ring.map((corner) => toPlane(...corner));
  const mean = [0, 1].map((axis) => plane.reduce((sum, place) => sum + place[axis], 0) / plane.length);
  return { middle: toLonLat(...mean), radius: Math.sqrt(planeArea(ring) / Math.PI) };
}

/** Return the distance of two places in the plane, metres. */
export function apart(from, to) {
  const [[x1, y1], [x2, y2]] = [toPlane(...from), toPlane(...to)];
  return Math.hypot(x2 - x1, y2 - y1);
}

/** Return true if a place lies in a ring (even-odd rule). */
export function isInside([x, y], ring) {
  return ring.reduce((inside, [x1, y1], i) => {
    const [x2, y2] = ring[(i + 1) % ring.length];
    return (y1 > y) !== (y2 > y) && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1 ? !inside : inside;
  }, false);
}

/** Return how far a place lies from the nearest side of the rings, negative outside of them (holes are outside). */
function depth(place, rings) {
  const inside = rings.filter((ring) => isInside(place, ring)).length === 1;
  const gaps = rings.flatMap((ring) => ring.map(([x1, y1], i) => {
    const [x2, y2] = ring[(i + 1) % ring.length];
    const [dx, dy] = [x2 - x1, y2 - y1];
    const share = Math.max(0, Math.min(1, ((place[0] - x1) * dx + (place[1] - y1) * dy) / (dx * dx + dy * dy || 1)));
    return Math.hypot(x1 + share * dx - place[0], y1 + share * dy - place[1]);
  }));
  return inside ? Math.min(...gaps) : -1;
}

/** Return a place well inside an outline and out of its holes, where a name can stand: the deepest of a lattice. */
export function heart(rings) {
  const [xs, ys] = [0, 1].map((axis) => rings[0].map((corner) => corner[axis]));
  const [west, east, south, north] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const steps = rings[0].length > 1000 ? 6 : LATTICE;
  let best = { deep: -1, at: rings[0][0] };
  for (let i = 1; i < steps; i += 1) {
    for (let j = 1; j < steps; j += 1) {
      const at = [west + ((east - west) * i) / steps, south + ((north - south) * j) / steps];
      const deep = depth(at, rings);
      if (deep > best.deep) best = { deep, at };
    }
  }
  return best.at;
}
