// Snapping: a corner close to a corner or a line of the map that is in sight lies exactly on it.

import { shownFeatures } from "../map/layers.js";
import { rounded } from "../measure/measureedit.js";

const REACH_PX = 9;

/** Return every line of a geometry as a list of [lon, lat]. */
function linesOf({ type, coordinates }) {
  if (type === "Point") return [[coordinates]];
  if (type === "LineString" || type === "MultiPoint") return [coordinates];
  if (type === "Polygon" || type === "MultiLineString") return coordinates;
  return type === "MultiPolygon" ? coordinates.flat() : [];
}

/** Return the place of the segment a-b that is nearest to p, all [x, y]. */
function nearestOn([ax, ay], [bx, by], [px, py]) {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const share = length ? Math.max(0, Math.min(1, ((px - ax) * dx + (py - ay) * dy) / length)) : 0;
  return [ax + share * dx, ay + share * dy];
}

/** Return `snap([lon, lat])`: the place it snaps to as {at, onCorner}, or null. Corners go before lines. */
export function startSnap(map, isOn) {
  const symbolic = ({ properties }) => properties.geometry_basis === "symbolic_footprint";
  return function snap(place) {
    if (!isOn()) return null;
    const pixel = map.latLngToContainerPoint([place[1], place[0]]);
    const near = map.containerPointToLatLng(pixel.add([REACH_PX, -REACH_PX]));
    const [wide, high] = [near.lng - place[0], near.lat - place[1]]; // the reach in degrees: both sides of one small box
    const flat = ([lon, lat]) => [(lon - place[0]) / wide, (lat - place[1]) / high];
    let best = null;
    const offer = (at, gap, onCorner) => {
      if (gap <= 1 && (!best || (onCorner && !best.onCorner) || (onCorner === best.onCorner && gap < best.gap))) best = { at, gap, onCorner };
    };
    for (const feature of shownFeatures()) {
      if (symbolic(feature)) continue;
      for (const line of linesOf(feature.geometry)) {
        for (let i = 0; i < line.length; i += 1) {
          const a = flat(line[i]);
          offer(line[i], Math.hypot(...a), true);
          if (i + 1 === line.length) break;
          const b = flat(line[i + 1]);
          if (Math.min(a[0], b[0]) > 1 || Math.max(a[0], b[0]) < -1 || Math.min(a[1], b[1]) > 1 || Math.max(a[1], b[1]) < -1) continue;
          const [x, y] = nearestOn(a, b, [0, 0]);
          offer([place[0] + x * wide, place[1] + y * high], Math.hypot(x, y), false);
        }
      }
    }
    return best && { at: rounded(best.at), onCorner: best.onCorner };
  };
}
