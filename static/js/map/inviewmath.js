// Whether a shape lies in a view, both in degrees. A shape that only touches the edge of the view lies in it.

/** Return true if a stretch from `a` to `b` has a point in the view [west, south, east, north]. */
function crosses([ax, ay], [bx, by], [west, south, east, north]) {
  const cuts = [[ax - bx, ax - west], [bx - ax, east - ax], [ay - by, ay - south], [by - ay, north - ay]];
  let first = 0; // the part of the stretch that is not yet known to be outside (Liang and Barsky)
  let last = 1;
  for (const [run, room] of cuts) {
    if (run === 0 && room < 0) return false;
    if (run < 0) first = Math.max(first, room / run);
    if (run > 0) last = Math.min(last, room / run);
  }
  return first <= last;
}

const isLineIn = (line, view) => line.some((corner, i) => crosses(line[Math.max(0, i - 1)], corner, view));

function isWithin(rings, [x, y]) {
  let isInside = false; // turns at each edge that lies east of the point, those of holes too
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i += 1) {
      const [[ax, ay], [bx, by]] = [ring[i - 1], ring[i]];
      if ((ay > y) !== (by > y) && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) isInside = !isInside;
    }
  }
  return isInside;
}

/** Without an edge in the view a polygon holds all of it or nothing, so one corner of the view tells. */
const isAreaIn = (rings, view) => rings.some((ring) => isLineIn(ring, view)) || isWithin(rings, view);

const PARTS = {
  Point: (at, view) => isLineIn([at], view),
  MultiPoint: (at, view) => at.some((one) => isLineIn([one], view)),
  LineString: isLineIn,
  MultiLineString: (at, view) => at.some((one) => isLineIn(one, view)),
  Polygon: isAreaIn,
  MultiPolygon: (at, view) => at.some((one) => isAreaIn(one, view)),
};

/** Return true if a GeoJSON geometry of points, lines or areas lies in the view [west, south, east, north]. */
export const isInView = ({ type, coordinates }, view) => PARTS[type]?.(coordinates, view) ?? false;
