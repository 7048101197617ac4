// Names of points and areas: beside a sign, or in the middle of an area; a second line says how it was placed.

import { svg } from "./dom.js";
import { number, stated } from "./format.js";
import { reserve, take, textWidth } from "./labelbox.js";
import { PARCELS } from "./landuse.js";
import { featuresOf, find, isShown } from "./layers.js";
import { kindOf } from "./passes.js";
import { get } from "./state.js";
import { named, t } from "./words.js";

// layer: class of the name, size, gap from the sign, level from which every name shows
const POINTS = {
  sites: { cls: "name-site", size: 12, gap: 10, from: 12, sub: true },
  places: { cls: "name-place", size: 12, gap: 7, from: 13 },
  metro: { cls: "name-station", size: 11, gap: 8, from: 12 },
  towns: { cls: "name-town", size: 12, gap: 7, from: 12 },
  parks: { cls: "name-park", size: 11, gap: 9, from: 13, sub: true },
};
const AREAS = {
  science_island: { cls: "name-key", size: 16, spacing: 0.1, from: 11, sub: true },
  places: { cls: "name-area", size: 13, spacing: 0.06, from: 12, sub: true },
  forest_park: { cls: "name-area", size: 13, spacing: 0.06, from: 13, sub: true },
};

function subline(p) {
  if (p.geometry_basis === "symbolic_footprint") {
    return t("label_symbolic", { area: p.stated_area ? stated(p.stated_area) : "" });
  }
  if (p.geometry_basis === "inferred") return t("label_inferred", { metres: number(p.accuracy_m) });
  return "";
}

function text(x, y, anchor, { cls, name, sub, size }) {
  const group = svg("g", { class: "label" },
    svg("text", { class: cls, x, y: y + size * 0.36, "text-anchor": anchor }, name));
  if (sub) group.append(svg("text", { class: "name-sub", x, y: y + size * 0.36 + 14, "text-anchor": anchor }, sub));
  return group;
}

function boxOf(x, y, anchor, { name, sub, size, spacing = 0 }) {
  const width = Math.max(textWidth(name, size, spacing), sub ? textWidth(sub, 10.5) : 0) + 4;
  const left = anchor === "start" ? x - 2 : anchor === "end" ? x - width + 2 : x - width / 2;
  return [left, y - size * 0.62, left + width, y + size * 0.62 + (sub ? 14 : 0)];
}

function beside(context, [x, y], label, gap) {
  const tries = [
    [x + gap, y, "start"], [x - gap, y, "end"], [x, y + gap + label.size * 0.7, "middle"],
    [x, y - gap - label.size * 0.7 - (label.sub ? 14 : 0), "middle"],
  ];
  for (const [tx, ty, anchor] of tries) {
    if (take(context.sheet, [boxOf(tx, ty, anchor, label)])) {
      context.add(text(tx, ty, anchor, label));
      return true;
    }
  }
  return false;
}

const shown = (id, style, level) => isShown(id) && level >= style.from;
const anchorOf = (feature) => (kindOf(feature) === "point" ? feature.geometry.coordinates : feature.properties.centre);

const isSign = (feature) => kindOf(feature) === "point" || feature.properties.geometry_basis === "symbolic_footprint";

/** Keep names off the signs themselves. */
export function reserveSigns(context) {
  for (const id of Object.keys(POINTS)) {
    if (!isShown(id)) continue;
    for (const feature of featuresOf(id).filter((f) => f.geometry && isSign(f))) {
      const [x, y] = context.at(anchorOf(feature));
      reserve(context.sheet, [[x - 5, y - 5, x + 5, y + 5]]);
    }
  }
}

/** Name the chosen feature first, wherever it lies. */
export function chosenName(context) {
  context.chosen = null;
  const id = get().sel?.split("@")[0];
  const feature = id && find(id)?.feature;
  if (!feature?.geometry || kindOf(feature) === "line" || feature.properties.layer === "water") return;
  if (!feature.properties.centre || /^(extent_|rings)/.test(feature.properties.layer)) return;
  const layer = feature.properties.layer;
  const style = (isSign(feature) ? POINTS[layer] : AREAS[layer]) || POINTS.places;
  const label = { ...style, cls: `${style.cls} is-chosen`, name: named(feature.properties), sub: subline(feature.properties) };
  const spot = context.at(anchorOf(feature));
  const done = isSign(feature) ? beside(context, spot, label, Math.max(12, style.gap || 0)) : middle(context, spot, label);
  if (done) context.chosen = id;
}

function middle(context, [x, y], label) {
  if (!take(context.sheet, [boxOf(x, y, "middle", label)])) return false;
  context.add(text(x, y, "middle", label));
  return true;
}

/** Write the land-use code on each parcel that has room for it. */
export function parcelCodes(context) {
  if (context.level < 16 || !isShown(PARCELS)) return;
  for (const feature of featuresOf(PARCELS)) {
    if (!feature.properties.land_use || !feature.properties.centre) continue;
    middle(context, context.at(feature.properties.centre), { cls: "name-code", size: 11, name: feature.properties.land_use });
  }
}

/** Names in the middle of areas. */
export function areaNames(context) {
  for (const [id, style] of Object.entries(AREAS)) {
    if (!shown(id, style, context.level)) continue;
    for (const feature of featuresOf(id)) {
      if (!feature.geometry || isSign(feature) || feature.id === context.chosen) continue;
      const label = { ...style, name: named(feature.properties), sub: subline(feature.properties) };
      const spot = context.at(feature.properties.centre);
      if (middle(context, spot, label)) continue;
      middle(context, spot, { ...label, sub: "" });
    }
  }
}

/** Names beside signs. */
export function pointNames(context) {
  for (const [id, style] of Object.entries(POINTS)) {
    if (!shown(id, style, context.level)) continue;
    for (const feature of featuresOf(id)) {
      if (!feature.geometry || !isSign(feature) || feature.id === context.chosen) continue;
      const sub = style.sub ? subline(feature.properties) : "";
      const label = { ...style, name: named(feature.properties), sub };
      const spot = context.at(anchorOf(feature));
      if (!beside(context, spot, label, style.gap) && sub) beside(context, spot, { ...label, sub: "" }, style.gap);
    }
  }
}
