// Lights one zone on the map: its outline, as a selection has it, while its row of figures is pressed.

/* global L */

import { featuresOf, find, pane, refresh, watchLayers } from "../map/layers.js";

let group = null;
let zone = null;

/** Return the zone that is lit, or null. */
export const lit = () => zone;

const shapesOf = (id) => (id === "water" ? featuresOf("water") : [find(`rings:${id}`)?.feature].filter(Boolean));

function outline(feature, cls) {
  const options = { pane: "selection", interactive: false, fill: false, className: cls, smoothFactor: 0.4 };
  return L.geoJSON(feature, { ...options, style: () => options });
}

function draw() {
  group.clearLayers();
  if (!zone) return;
  const shapes = shapesOf(zone);
  for (const cls of ["sel-casing", "sel-line lit-zone"]) shapes.forEach((feature) => outline(feature, cls).addTo(group));
}

/** Light a zone by its id; null puts the light out. Its layer is loaded if it is switched off. */
export function light(id) {
  zone = id;
  draw();
  if (id && !shapesOf(id).length) refresh({ only: id === "water" ? "water" : "rings" });
}

/** Keep the light true to the layers, which change with extent and reading. */
export function startLight(map) {
  pane("selection");
  group = L.layerGroup().addTo(map);
  watchLayers(() => { if (zone) draw(); });
}
