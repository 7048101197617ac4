// The chosen thing on the map: outline over a paper casing, and stipple out to its accuracy.

/* global L */

import { find, pane } from "./layers.js";
import { kindOf } from "./passes.js";

const METRES_PER_DEGREE = 111320;
let map = null;
let group = null;
let hoverGroup = null;
let stipples = [];

function pixels(metres) {
  const lat = map.getCenter().lat;
  const origin = map.project([lat, 0], map.getZoom());
  const side = map.project([lat + metres / METRES_PER_DEGREE, 0], map.getZoom());
  return Math.abs(side.y - origin.y);
}

function widen() {
  for (const { shape, metres } of stipples) shape.setStyle({ weight: 2 * pixels(metres) });
}

function outline(feature, cls, more = {}) {
  const options = { pane: "selection", interactive: false, fill: false, className: cls, smoothFactor: 0.4, ...more };
  return L.geoJSON(feature, { ...options, style: () => options });
}

function bound(feature) {
  const { accuracy_m: metres, geometry_basis: basis, centre } = feature.properties;
  if (!metres) return;
  if (kindOf(feature) === "point" || basis === "symbolic_footprint") {
    const [lon, lat] = centre || feature.geometry.coordinates;
    L.circle([lat, lon], { radius: metres, pane: "accuracy", interactive: false, className: "stipple-disc" }).addTo(group);
    return;
  }
  const shape = outline(feature, "stipple-band", { pane: "accuracy", weight: 2 * pixels(metres) });
  stipples.push({ shape, metres });
  shape.addTo(group);
}

function pointMark([lon, lat], cls) {
  return L.circleMarker([lat, lon], { pane: "selection", radius: 10, interactive: false, fill: false, className: cls });
}

function drawFeature(feature) {
  bound(feature);
  if (kindOf(feature) === "point") {
    pointMark(feature.geometry.coordinates, "sel-casing").addTo(group);
    pointMark(feature.geometry.coordinates, "sel-line").addTo(group);
    return;
  }
  const dashed = feature.properties.geometry_basis === "digitised" ? "" : " sel-dashed";
  outline(feature, "sel-casing").addTo(group);
  outline(feature, `sel-line${dashed}`).addTo(group);
}

/** Show the chosen feature (by id, or null) and the chosen point ([lon, lat] or null). */
export function showSelection(id, point = null) {
  group.clearLayers();
  stipples = [];
  const found = id ? find(id) : null;
  if (found?.feature.geometry) drawFeature(found.feature);
  if (point) {
    const [lon, lat] = point;
    L.circleMarker([lat, lon], { pane: "selection", radius: 4, interactive: false, className: "point-mark" }).addTo(group);
  }
}

/** Outline what the pointer is on; null clears. */
export function showHover(feature) {
  hoverGroup.clearLayers();
  if (!feature) return;
  if (kindOf(feature) === "point") pointMark(feature.geometry.coordinates, "hover-line").addTo(hoverGroup);
  else outline(feature, "hover-line").addTo(hoverGroup);
}

export function startSelection(theMap) {
  map = theMap;
  pane("accuracy");
  pane("selection");
  hoverGroup = L.layerGroup().addTo(map);
  group = L.layerGroup().addTo(map);
  map.on("zoomend", widen);
}
