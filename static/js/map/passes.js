// Which strokes make up the drawing of each layer, from below. All looks stand in map.css.
// A pass: pane, cls (CSS classes), points (sign) or not, clip (to its own outline), only(feature).

import { PARCELS } from "../base/landuse.js";

const BASIS = { digitised: "digitised", inferred: "inferred", symbolic_footprint: "symbolic" };

export const kindOf = (feature) => {
  const type = feature.geometry?.type || "";
  if (type.endsWith("Point")) return "point";
  return type.endsWith("LineString") ? "line" : "area";
};

const areas = (feature) => kindOf(feature) === "area";
const lines = (feature) => kindOf(feature) === "line";
const points = (feature) => kindOf(feature) === "point";
const symbolic = (feature) => feature.properties.geometry_basis === "symbolic_footprint";
const inferred = (feature) => feature.properties.geometry_basis === "inferred";
const basis = (feature) => `basis-${BASIS[feature.properties.geometry_basis] || "other"}`;

function areaPasses(pane, kind) {
  const firm = (feature) => areas(feature) && !symbolic(feature);
  const vague = (feature) => areas(feature) && symbolic(feature);
  return [
    { pane, cls: (f) => `${pane === PARCELS ? "parcel" : "area-fill"} ${kind} ${basis(f)}`, only: firm, hit: true, land: true },
    { pane, cls: () => "area-casing", only: firm },
    { pane, cls: (f) => `area-line ${kind} ${basis(f)}`, only: firm },
    { pane, cls: () => `area-line ${kind} basis-symbolic`, only: vague, hit: true },
  ];
}

function pointPasses(pane, kind, sign, radius) {
  const any = (feature) => points(feature) || symbolic(feature);
  return [
    { pane, cls: () => `sign-cross ${kind}`, only: symbolic, sign: "ticks", radius: radius + 5 },
    { pane, cls: () => `sign ${kind}`, only: any, sign, radius, hit: true },
  ];
}

function extentPasses(id) {
  return [
    { pane: id, cls: () => "zone-base", current: true },
    { pane: "extent_lines", cls: () => "zone-band", clip: true, current: true },
    { pane: "extent_lines", cls: () => "zone-casing" },
    { pane: "extent_lines", cls: () => "zone-line" },
  ];
}

const RINGS = [
  { pane: "rings", cls: (f) => `ring ring-${f.id.split(":").pop()}` },
  { pane: "rings", cls: () => "ring-trees", only: (f) => f.id.endsWith("ring_1") },
];

const ringLine = ({ separates_zones: edge, distance_basis: told }) => `ring-line ring-line-${edge ? told : "inside"}`;
const RING_LINES = [{ pane: "ring_lines", cls: (f) => ringLine(f.properties.extra) }];

const WATER = [
  { pane: "water", cls: () => "water-fill", only: areas, hit: true },
  { pane: "water", cls: () => "waterline", only: areas, clip: true },
  { pane: "water", cls: () => "waterline-in", only: areas, clip: true },
  { pane: "water", cls: () => "shore", only: areas },
];

const ROADS = [
  { pane: "roads", cls: () => "road-casing", only: lines },
  { pane: "roads", cls: () => "road-fill", only: lines },
  { pane: "roads", cls: () => "hit-line", only: lines, hit: true },
];

const METRO = [
  { pane: "metro", cls: () => "metro-casing", only: (f) => lines(f) && !inferred(f) },
  { pane: "metro", cls: () => "metro-dash", only: (f) => lines(f) && !inferred(f) },
  { pane: "metro", cls: () => "metro-about-casing", only: (f) => lines(f) && inferred(f) },
  { pane: "metro", cls: () => "metro-about", only: (f) => lines(f) && inferred(f) },
  { pane: "metro", cls: () => "hit-line", only: lines, hit: true },
  { pane: "metro", sign: "circle", radius: 4, only: points, hit: true,
    cls: (f) => `station${f.properties.accuracy_m > 200 ? " station-about" : ""}` },
];

const FIXED = { rings: RINGS, ring_lines: RING_LINES, water: WATER, roads: ROADS, metro: METRO };
const SIGNS = {
  parks: ["park", "square", 5], sites: ["site", "square", 5], towns: ["town", "circle", 3.5],
  places: ["place", "circle", 3],
};

/** Return the passes of a layer, in draw order. Unknown layers get the plain form of their geometry. */
export function passesOf(layer) {
  if (layer.id.startsWith("extent_")) return extentPasses(layer.id);
  if (FIXED[layer.id]) return FIXED[layer.id];
  const [kind, sign, radius] = SIGNS[layer.id] || [layer.id.replaceAll("_", "-"), "circle", 4];
  return [
    ...areaPasses(layer.id, kind),
    { pane: layer.id, cls: () => "plain-line", only: lines },
    { pane: layer.id, cls: () => "hit-line", only: lines, hit: true },
    ...pointPasses(layer.id, kind, sign, radius),
  ];
}
