// The measured line or area on the map: casing, line, fill, and the length written along each side that has room for it.

/* global L */

import { el } from "../base/dom.js";
import { metres } from "./measurepanel.js";

const SIGN_PX = 6.4; // the width of a figure of 11 px
const ENDS_PX = 26; // what the corners at both ends take

const latLng = ([lon, lat]) => [lat, lon];

function shape(kind, cls) {
  return kind([], { pane: "selection", interactive: false, className: cls, smoothFactor: 0, fill: cls === "measure-fill" });
}

/** Return the label of a side on the map, null where it does not fit. It reads from the left and stands above the side. */
function sideLabel(map, from, to, text) {
  const [a, b] = [from, to].map((corner) => map.latLngToContainerPoint(latLng(corner)));
  if (a.distanceTo(b) < text.length * SIGN_PX + ENDS_PX) return null;
  const turn = Math.atan2(b.y - a.y, b.x - a.x) * (180 / Math.PI);
  const upright = turn > 90 || turn <= -90 ? turn + 180 : turn;
  const label = el("span", { text });
  label.style.transform = `translate(-50%, -50%) rotate(${upright.toFixed(1)}deg) translateY(-15px)`;
  const icon = L.divIcon({ className: "measure-length", iconSize: [0, 0], html: label });
  return L.marker(map.containerPointToLatLng(a.add(b).divideBy(2)), { pane: "selection", icon, interactive: false, keyboard: false, zIndexOffset: -1000 });
}

/** Return `write(ways, legs)`: the length along each side; `ways` are the corners that the `legs` are measured of. */
export function startLengths(map) {
  const lengths = L.layerGroup().addTo(map);
  return function write(ways, legs) {
    lengths.clearLayers();
    legs.forEach(({ length_m: length }, i) => {
      const label = sideLabel(map, ways[i], ways[(i + 1) % ways.length], metres(length));
      if (label) lengths.addLayer(label);
    });
  };
}

/** Return `draw({corners, ahead, isArea, ways, legs})`: `ways` are the corners that the `legs` are measured of. */
export function startMeasureDrawing(map) {
  const fill = shape(L.polygon, "measure-fill");
  const casing = shape(L.polyline, "measure-casing");
  const line = shape(L.polyline, "measure-line");
  const lead = shape(L.polyline, "measure-lead");
  L.layerGroup([fill, casing, line, lead]).addTo(map);
  const writeLengths = startLengths(map);

  return function draw({ corners, ahead, isArea, ways, legs }) {
    const points = corners.map(latLng);
    const ring = isArea ? [...points, points[0]] : points;
    casing.setLatLngs(ring);
    line.setLatLngs(ring);
    fill.setLatLngs(isArea ? points : []);
    lead.setLatLngs(ahead && corners.length ? [points.at(-1), latLng(ahead)] : []);
    writeLengths(ways, legs);
  };
}
