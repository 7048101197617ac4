// Lengths, bearings and areas of corners [lon, lat] on the ellipsoid of CGCS2000, and areas in the plane of EPSG:4548.
// Inverse problem: Vincenty 1975, good to 0.5 mm. Area: the authalic integral along each geodesic (Karney 2013, eq. 58).

import { toPlane } from "../map/geodesy.js";

const A = 6378137;
const F = 1 / 298.257222101;
const B = A * (1 - F);
const E2 = F * (2 - F);
const E = Math.sqrt(E2);
const RAD = Math.PI / 180;
const CLOSE_RAD = 1e-13; // below a micrometre on the ground
const MAX_STEPS = 100;
// Gauss-Legendre nodes and weights of order 8: exact to rounding for edges of a zone's size.
const NODES = [[0.1834346424956498, 0.362683783378362], [0.525532409916329, 0.3137066458778873],
  [0.7966664774136267, 0.2223810344533745], [0.9602898564975363, 0.1012285362903763]]
  .flatMap(([x, w]) => [[-x, w], [x, w]]);

/** Return sine and cosine of the reduced latitude of degrees. */
function reduced(lat) {
  const angle = Math.atan((1 - F) * Math.tan(lat * RAD));
  return [Math.sin(angle), Math.cos(angle)];
}

/** Return the arc on the auxiliary sphere between two corners; RangeError where the points lie nearly opposite. */
function arc([lon1, lat1], [lon2, lat2]) {
  const [s1, c1] = reduced(lat1);
  const [s2, c2] = reduced(lat2);
  const span = (lon2 - lon1) * RAD;
  let omega = span;
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const east = c2 * Math.sin(omega);
    const north = c1 * s2 - s1 * c2 * Math.cos(omega);
    const sine = Math.hypot(east, north);
    if (sine === 0) return { sigma: 0, alpha: 0, clairaut: 0, s1, c1, sine: 0, cosine: 1, mid: 0, square: 1 };
    const cosine = s1 * s2 + c1 * c2 * Math.cos(omega);
    const sigma = Math.atan2(sine, cosine);
    const clairaut = (c1 * east) / sine;
    const square = 1 - clairaut ** 2;
    const mid = square > 0 ? cosine - (2 * s1 * s2) / square : 0;
    const c = (F / 16) * square * (4 + F * (4 - 3 * square));
    const next = span + (1 - c) * F * clairaut * (sigma + c * sine * (mid + c * cosine * (2 * mid ** 2 - 1)));
    const isClose = Math.abs(next - omega) < CLOSE_RAD;
    omega = next;
    if (isClose) return { sigma, alpha: Math.atan2(east, north), clairaut, s1, c1, sine, cosine, mid, square };
  }
  throw new RangeError("points nearly opposite on the globe have no single shortest way");
}

function lengthOf({ sigma, sine, cosine, mid, square }) {
  const u = (square * (A ** 2 - B ** 2)) / B ** 2;
  const p = 1 + (u / 16384) * (4096 + u * (-768 + u * (320 - 175 * u)));
  const q = (u / 1024) * (256 + u * (-128 + u * (74 - 47 * u)));
  const far = (q / 6) * mid * (4 * sine ** 2 - 3) * (4 * mid ** 2 - 3);
  const part = q * sine * (mid + (q / 4) * (cosine * (2 * mid ** 2 - 1) - far));
  return B * p * (sigma - part);
}

/** Return {length_m, bearing_deg}: the geodesic between two corners; bearing at the first, 0 to 360 from true north. */
export function leg(from, to) {
  const way = arc(from, to);
  const bearing = (way.alpha / RAD + 360) % 360;
  return { length_m: lengthOf(way), bearing_deg: bearing };
}

/** Return m2 between the equator and the latitude of sine `s`, per radian of longitude. */
const zoneArea = (s) => (B ** 2 / 2) * (s / (1 - E2 * s ** 2) + Math.atanh(E * s) / E);

/** Return m2 between a geodesic edge and the parallel on which zoneArea is `base`; east is positive. */
function edgeArea(from, to, base) {
  const { sigma, alpha, clairaut, s1, c1 } = arc(from, to);
  const half = sigma / 2;
  let sum = 0;
  for (const [x, weight] of NODES) {
    const at = half * (1 + x);
    const s = s1 * Math.cos(at) + c1 * Math.cos(alpha) * Math.sin(at);
    const square = 1 - s ** 2;
    const geographic = s / Math.sqrt(s ** 2 + (1 - F) ** 2 * square);
    const turn = (clairaut / square) * Math.sqrt(1 - E2 * square); // longitude for each radian of arc
    sum += weight * (zoneArea(geographic) - base) * turn;
  }
  return sum * half;
}

const edges = (ring) => ring.map((corner, i) => [corner, ring[(i + 1) % ring.length]]);

/** Return m2 on the ellipsoid of an open ring of corners, whichever way it runs. */
export function ellipsoidArea(ring) {
  if (ring.length < 3) return 0;
  const base = zoneArea(Math.sin(ring[0][1] * RAD)); // near the ring, so that little is lost in the sum
  return Math.abs(edges(ring).reduce((sum, [from, to]) => sum + edgeArea(from, to, base), 0));
}

function shoelace(points) {
  const [x0, y0] = points[0];
  return edges(points).reduce((sum, [[x1, y1], [x2, y2]]) => (
    sum + (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)), 0) / 2;
}

const planeRing = (ring) => ring.map(([lon, lat]) => toPlane(lon, lat));

/** Return m2 in the plane of EPSG:4548 of an open ring of corners, whichever way it runs. */
export function planeArea(ring) {
  return ring.length < 3 ? 0 : Math.abs(shoelace(planeRing(ring)));
}

/** Return true if the ring runs with the clock. */
export const isClockwise = (ring) => shoelace(planeRing(ring)) < 0;

const side = ([ax, ay], [bx, by], [px, py]) => Math.sign((bx - ax) * (py - ay) - (by - ay) * (px - ax));
const within = ([ax, ay], [bx, by], [px, py]) => (
  px >= Math.min(ax, bx) && px <= Math.max(ax, bx) && py >= Math.min(ay, by) && py <= Math.max(ay, by));

function meet([a, b], [c, d]) {
  const [c1, d1, a2, b2] = [side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)];
  if (c1 !== d1 && a2 !== b2) return true;
  return (c1 === 0 && within(a, b, c)) || (d1 === 0 && within(a, b, d))
    || (a2 === 0 && within(c, d, a)) || (b2 === 0 && within(c, d, b));
}

/** Return true if two edges of a ring meet that are not neighbours: then it bounds no single area. */
export function crosses(ring) {
  const all = edges(planeRing(ring));
  return all.some((one, i) => all.some((other, j) => {
    const isNeighbour = j === i + 1 || (i === 0 && j === all.length - 1);
    return j > i && !isNeighbour && meet(one, other);
  }));
}

/** Return what is measured of corners: {legs, length_m, isCrossed, ellipsoid_m2, plane_m2}; areas null if open or crossed. */
export function measured(corners, isArea) {
  const ways = isArea ? edges(corners) : edges(corners).slice(0, -1);
  const legs = ways.map(([from, to]) => leg(from, to));
  const isCrossed = isArea && crosses(corners);
  const hasArea = isArea && !isCrossed;
  return {
    legs,
    length_m: legs.reduce((sum, { length_m: length }) => sum + length, 0),
    isCrossed,
    ellipsoid_m2: hasArea ? ellipsoidArea(corners) : null,
    plane_m2: hasArea ? planeArea(corners) : null,
  };
}

/** Return the corners as an RFC 7946 feature with its figures: a line, or a polygon against the clock. */
export function asGeoJson(corners, isArea) {
  const { length_m: length, ellipsoid_m2: ellipsoid, plane_m2: plane } = measured(corners, isArea);
  const ring = isArea && isClockwise(corners) ? [corners[0], ...corners.slice(1).reverse()] : corners;
  const geometry = isArea ? { type: "Polygon", coordinates: [[...ring, ring[0]]] } : { type: "LineString", coordinates: ring };
  const areas = ellipsoid === null ? {} : { area_ellipsoidal_m2: tenths(ellipsoid), area_plane_m2: tenths(plane), plane_crs: "EPSG:4548" };
  return { type: "Feature", properties: { [isArea ? "perimeter_m" : "length_m"]: tenths(length * 100) / 100, ...areas }, geometry };
}

const tenths = (value) => Math.round(value * 10) / 10;
