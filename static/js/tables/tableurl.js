// The address of a layer's table, or of one row in it, in the present view and language.

import { lang } from "../base/words.js";

/** Return the address of the table of `layer`; with a feature id of its row. */
export function tableUrl(layer, featureId = "") {
  const slug = featureId.split(":")[1];
  const view = layer.export_url.split("?")[1];
  return `/layers/${encodeURIComponent(layer.id)}?${view}&lang=${lang}${slug ? `#${encodeURIComponent(slug)}` : ""}`;
}
