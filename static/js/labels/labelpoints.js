// Names of points and areas: on the side of a sign that hides least, or in an area; a second line says how it was placed.

import { svg } from "../base/dom.js";
import { number, stated } from "../base/format.js";
import { isFree, reserve, take } from "./labelbox.js";
import { costOf, linesOf } from "./labelcost.js";
import { measured } from "./labelmeasure.js";
import { isInside } from "./labelpath.js";
import { inLines } from "./labelsplit.js";
import { PARCELS } from "../base/landuse.js";
import { featuresOf, find, isShown } from "../map/layers.js";
import { kindOf } from "../map/passes.js";
import { get } from "../map/state.js";
import { named, t } from "../base/words.js";

// layer: class of the name, size, gap from the sign, level from which every name shows
const POINTS = {
  towns: { cls: "name-town", size: 12, gap: 7, from: 12 },
  places: { cls: "name-place", size: 12, gap: 7, from: 13 },
  sites: { cls: "name-site", size: 12, gap: 10, from: 12, sub: true },
  metro: { cls: "name-station", size: 11, gap: 8, from: 12 },
  parks: { cls: "name-park", size: 11, gap: 9, from: 13, sub: true },
};
const AREAS = {
  science_island: { cls: "name-key", size: 16, from: 11, sub: true },
  places: { cls: "name-area", size: 13, from: 12, sub: true },
  forest_park: { cls: "name-area", size: 13, from: 13, sub: true },
};
const SUB = { cls: "name-sub", size: 10.5, leading: 14 };
const LEADING = 1.25;
const BARE = 14; // what it costs to leave the second line out
const CHOSEN_BARE = 60;
const HABIT = 80; // what it is worth to stay on the side of the last drawing
const ALL_NAMES = 14; // below it, a name much wider than its area waits
const OVERHANG = 1.6;

// Side of the sign: shift in gaps across, where the block hangs, what the side costs.
const SIDES = {
  right: [1, "start", "middle", 0], left: [-1, "end", "middle", 4], over: [0, "middle", "over", 7], under: [0, "middle", "under", 8],
  upright: [0.7, "start", "over", 3], downright: [0.7, "start", "under", 4], upleft: [-0.7, "end", "over", 6], downleft: [-0.7, "end", "under", 7],
};
const SHIFTS = [[0, 0], [0, -18], [0, 18], [-24, 0], [24, 0], [0, -36], [0, 36], [-40, -24], [40, 24], [-40, 24], [40, -24]];

function subline(p) {
  if (p.geometry_basis === "symbolic_footprint") {
    return t("label_symbolic", { area: p.stated_area ? stated(p.stated_area) : "" });
  }
  if (p.geometry_basis === "inferred") return t("label_inferred", { metres: number(p.accuracy_m) });
  return "";
}

/** Return a block of text: its lines with their baselines from the first one, and its extent about that. */
function blockOf({ cls, size }, names, sub) {
  const lines = names.map((text, i) => ({ text, cls, size, y: i * size * LEADING }));
  if (sub) lines.push({ ...SUB, text: sub, y: (names.length - 1) * size * LEADING + SUB.leading });
  const measures = lines.map((line) => measured(line.text, line.cls, line.size));
  return {
    lines, width: Math.max(...measures.map(({ width }) => width)) + 2,
    top: -measures[0].ascent, bottom: lines.at(-1).y + measures.at(-1).descent,
    bare: !sub, broken: names.length - 1,
  };
}

/** Return the blocks to try: name in one line or in two, with and without its second line. */
function blocksOf(label) {
  const layouts = inLines(label.name, measured(label.name, label.cls, label.size).width);
  const subs = label.sub ? [label.sub, ""] : [""];
  return subs.flatMap((sub) => layouts.map((names) => blockOf(label, names, sub)));
}

function boxOf({ x, y, anchor, block }) {
  const left = anchor === "start" ? x - 1 : anchor === "end" ? x - block.width + 1 : x - block.width / 2;
  return [left, y + block.top, left + block.width, y + block.bottom];
}

function write(context, { x, y, anchor, block }) {
  context.add(svg("g", { class: "label" }, block.lines.map((line) => (
    svg("text", { class: line.cls, x: x.toFixed(1), y: (y + line.y).toFixed(1), "text-anchor": anchor }, line.text)))));
}

/** Write the spot that hides least of those that are free; return whether there was one. */
function settle(context, key, label, spots) {
  const habit = context.memory.get(key);
  const free = spots.map((spot) => ({ ...spot, box: boxOf(spot) })).filter(({ box }) => isFree(context.sheet, [box]));
  const cost = (spot) => spot.cost + costOf(context.costs, spot.box) + (spot.block.bare && label.sub ? label.bare || BARE : 0)
    + spot.block.broken * 3 - (spot.side === habit ? HABIT : 0);
  const [best] = free.map((spot) => ({ ...spot, cost: cost(spot) })).sort((a, b) => a.cost - b.cost);
  if (!best) return false;
  take(context.sheet, [best.box]);
  write(context, best);
  context.memory.set(key, best.side);
  return true;
}

function beside(context, key, [x, y], label) {
  const { gap, size } = label;
  const hang = (where, block, across) => {
    if (where === "middle") return y + size * 0.36 - (block.broken * size * LEADING) / 2;
    const room = across ? 2 : gap - 2;
    return where === "over" ? y - room - block.bottom : y + room - block.top;
  };
  const spots = blocksOf(label).flatMap((block) => Object.entries(SIDES).map(([side, [across, anchor, where, cost]]) => ({
    block, side, anchor, cost, x: x + across * gap, y: hang(where, block, across),
  })));
  return settle(context, key, label, spots);
}

function within(context, feature, [x, y], label) {
  const outline = linesOf(feature.geometry).map((line) => line.map(context.at));
  const spots = blocksOf(label).flatMap((block) => SHIFTS.map(([dx, dy], i) => ({
    block, side: `shift ${i}`, anchor: "middle", cost: i * 2, x: x + dx, y: y + dy + label.size * 0.36,
  }))).filter((spot) => spot.side === "shift 0" || isInside([spot.x, spot.y], outline));
  return settle(context, feature.id, label, spots);
}

const shown = (id, style, level) => isShown(id) && level >= style.from;
const anchorOf = (feature) => (kindOf(feature) === "point" ? feature.geometry.coordinates : feature.properties.centre);

const isSign = (feature) => kindOf(feature) === "point" || feature.properties.geometry_basis === "symbolic_footprint";

/** Keep names off the signs themselves. */
export function reserveSigns(context) {
  for (const id of Object.keys(POINTS)) {
    if (!isShown(id) || context.level < 12) continue;
    for (const feature of featuresOf(id).filter((f) => f.geometry && isSign(f))) {
      const [x, y] = context.at(anchorOf(feature));
      reserve(context.sheet, [[x - 5, y - 5, x + 5, y + 5]]);
    }
  }
}

function name(context, feature, label) {
  const spot = context.at(anchorOf(feature));
  return isSign(feature) ? beside(context, feature.id, spot, label) : within(context, feature, spot, label);
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
  const label = {
    ...style, bare: CHOSEN_BARE, gap: Math.max(12, style.gap || 0), cls: `${style.cls} is-chosen`,
    name: named(feature.properties), sub: subline(feature.properties),
  };
  if (name(context, feature, label)) context.chosen = id;
}

/** Write the land-use code on each parcel that has room for it. */
export function parcelCodes(context) {
  if (context.level < 16 || !isShown(PARCELS)) return;
  for (const feature of featuresOf(PARCELS)) {
    if (!feature.properties.land_use || !feature.properties.centre) continue;
    name(context, feature, { cls: "name-code", size: 11, name: feature.properties.land_use });
  }
}

/** Return whether a name is much wider than its area: such a name waits for a larger scale. */
function isOverhanging(context, feature, label) {
  if (context.level >= ALL_NAMES) return false;
  const xs = linesOf(feature.geometry).flat().map((point) => context.at(point)[0]);
  return measured(label.name, label.cls, label.size).width > OVERHANG * (Math.max(...xs) - Math.min(...xs));
}

/** Names in the middle of areas. */
export function areaNames(context) {
  for (const [id, style] of Object.entries(AREAS)) {
    if (!shown(id, style, context.level)) continue;
    for (const feature of featuresOf(id)) {
      if (!feature.geometry || kindOf(feature) !== "area" || isSign(feature) || feature.id === context.chosen) continue;
      const label = { ...style, name: named(feature.properties), sub: subline(feature.properties) };
      if (!isOverhanging(context, feature, label)) name(context, feature, label);
    }
  }
}

/** Names beside the signs of the layers `ids`, in that order. */
export const pointNames = (ids) => (context) => {
  for (const id of ids) {
    const style = POINTS[id];
    if (!shown(id, style, context.level)) continue;
    for (const feature of featuresOf(id)) {
      if (!feature.geometry || !isSign(feature) || feature.id === context.chosen) continue;
      name(context, feature, { ...style, name: named(feature.properties), sub: style.sub ? subline(feature.properties) : "" });
    }
  }
};
