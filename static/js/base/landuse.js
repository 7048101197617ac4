// National classes of land and sea use: name and map colour by code. On the map only parcels wear these colours.

import { el } from "./dom.js";
import { get } from "../map/state.js";
import { named } from "./words.js";

export const PARCELS = "parcels";

/** Return {code, name_zh, name_en, colour} of a class that the plan uses, or null. */
function landUse(code) {
  return (get().plan?.land_use || []).find((entry) => entry.code === code) || null;
}

/** Return the national colour of a parcel, or null for every other feature. */
export function parcelColour(feature) {
  if (feature.properties.layer !== PARCELS) return null;
  return landUse(feature.properties.land_use)?.colour || null;
}

/** Return code, colour and name of a class, as the card and the legend write them. */
export function landUseText(code) {
  const entry = landUse(code);
  const patch = el("i", { class: "dot", "data-land-use": code });
  if (entry) patch.style.background = entry.colour;
  return [entry ? patch : null, `${code} ${entry ? named(entry) : ""}`];
}
