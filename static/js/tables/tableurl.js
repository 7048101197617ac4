// The addresses of the pages that say the same as the map: a layer's table, one row in it, the page of a place.

import { lang } from "../base/words.js";

const viewOf = (layer) => `${layer.export_url.split("?")[1]}&lang=${lang}`;

/** Return the address of the page of a feature of `layer`. */
export const placeUrl = (layer, featureId) => `/places/${encodeURIComponent(featureId).replace("%3A", ":")}?${viewOf(layer)}`;

/** Return the address of the page that lists the projects, at the row of one. */
export const projectUrl = (id) => `/projects?lang=${lang}#${encodeURIComponent(id)}`;

/** Return the address of the table of `layer`; with a feature id of its row. */
export function tableUrl(layer, featureId = "") {
  const slug = featureId.split(":")[1];
  return `/layers/${encodeURIComponent(layer.id)}?${viewOf(layer)}${slug ? `#${encodeURIComponent(slug)}` : ""}`;
}
