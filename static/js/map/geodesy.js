// EPSG:4548 for display: CGCS2000, Gauss-Kruger, central meridian 117 E, false easting 500 km.
// Krueger's series to n^4 (Karney 2011, eq. 35): good to 0.01 mm in the zone of 3 degrees.

/** The system of the screen's own figures: grid, neatline, status bar. What is measured is in the plan's system. */
export const GRID_CRS = "EPSG:4548";
export const GRID_NAME = "CGCS2000 / 3-degree Gauss-Kruger CM 117E";

const A = 6378137;
const F = 1 / 298.257222101;
const N = F / (2 - F);
const E = Math.sqrt(F * (2 - F));
const CENTRAL_MERIDIAN = 117;
const FALSE_EASTING = 500000;
const RADIUS = (A / (1 + N)) * (1 + N ** 2 / 4 + N ** 4 / 64);
const ALPHA = [
  N / 2 - (2 / 3) * N ** 2 + (5 / 16) * N ** 3 + (41 / 180) * N ** 4,
  (13 / 48) * N ** 2 - (3 / 5) * N ** 3 + (557 / 1440) * N ** 4,
  (61 / 240) * N ** 3 - (103 / 140) * N ** 4,
  (49561 / 161280) * N ** 4,
];
const RAD = Math.PI / 180;

/** Return [easting, northing] in metres of EPSG:4548 for degrees of longitude and latitude. */
export function toPlane(lon, lat) {
  const lambda = (lon - CENTRAL_MERIDIAN) * RAD;
  const sine = Math.sin(lat * RAD);
  const t = Math.sinh(Math.atanh(sine) - E * Math.atanh(E * sine));
  const xi = Math.atan2(t, Math.cos(lambda));
  const eta = Math.asinh(Math.sin(lambda) / Math.hypot(t, Math.cos(lambda)));
  let north = xi;
  let east = eta;
  ALPHA.forEach((alpha, index) => {
    const k = 2 * (index + 1);
    north += alpha * Math.sin(k * xi) * Math.cosh(k * eta);
    east += alpha * Math.cos(k * xi) * Math.sinh(k * eta);
  });
  return [FALSE_EASTING + RADIUS * east, RADIUS * north];
}

/** Return [lon, lat] for metres of EPSG:4548; corrected against `toPlane` until it closes. */
export function toLonLat(easting, northing) {
  let lat = northing / RADIUS / RAD;
  let lon = CENTRAL_MERIDIAN + (easting - FALSE_EASTING) / (A * RAD * Math.cos(lat * RAD));
  for (let step = 0; step < 12; step += 1) {
    const [x, y] = toPlane(lon, lat);
    const dx = easting - x;
    const dy = northing - y;
    if (Math.hypot(dx, dy) < 1e-5) break;
    const w = 1 - (E * Math.sin(lat * RAD)) ** 2;
    lat += dy / ((A * (1 - E * E)) / w ** 1.5) / RAD;
    lon += dx / ((A / Math.sqrt(w)) * Math.cos(lat * RAD)) / RAD;
  }
  return [lon, lat];
}
