// Says once which layers could not be loaded; the strip of the lost server says it for all of them.

import { byId } from "../base/dom.js";
import { failureOf, watchLayers } from "./layers.js";
import { get } from "./state.js";
import { toast } from "../base/toast.js";
import { named, t } from "../base/words.js";

/** Toast the layers that fail, each time that another one does. */
export function startLayerFaults() {
  let told = new Set();
  watchLayers(() => {
    const failed = (get().plan?.layers || []).filter((layer) => failureOf(layer.id));
    const isNew = failed.some((layer) => !told.has(layer.id));
    told = new Set(failed.map((layer) => layer.id));
    if (!isNew || !byId("lost").hidden) return;
    toast(t("layers_failed", { names: failed.map((layer) => named(layer, "title")).join(t("list_comma")) }));
  });
}
