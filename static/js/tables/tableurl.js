// The addresses of the pages that say the same as the map: a layer's table, one row in it, the page of a place.

import { writeView } from "../map/address.js";
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

/** Return the address at which an area of the map stands as the site that is assessed. */
export const assessAreaUrl = (id) => `/assess${writeView()}#pick=${encodeURIComponent(id).replace("%3A", ":")}`;

/** Return the address of the assessment with the map around a place, where a site may be drawn. */
export const assessHereUrl = ([lon, lat]) => `/assess${writeView() ? `${writeView()}&` : "?"}view=${lon.toFixed(5)},${lat.toFixed(5)},16`;
