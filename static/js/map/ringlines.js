// The lines at fixed distances from the shore, as the server draws them.

import { featuresOf } from "./layers.js";

/** Return the loaded ring lines as {distance, separates, lines: [[lon, lat]...]}, from the shore outwards. */
export function ringLines() {
  return featuresOf("ring_lines").filter((feature) => feature.geometry).map(({ geometry, properties }) => ({
    distance: properties.extra.distance_m,
    separates: properties.extra.separates_zones,
    lines: geometry.type === "LineString" ? [geometry.coordinates] : geometry.coordinates,
  }));
}
