// Draws the layers of the plan into the panes of the map, and knows which shape belongs to which feature.

/* global L */

import { layerFeatures } from "../base/api.js";
import { parcelColour } from "../base/landuse.js";
import { kindOf, passesOf } from "./passes.js";
import { get, isChosen, isOn, isRing, opacityOf, switches, viewChosen } from "./state.js";
import { Sign } from "../base/symbols.js";

const drawn = new Map(); // layer id -> {features, shapes: [{layer, pane, ring}], version}
const owners = new WeakMap(); // SVG path -> {feature, layerId}
const failed = new Map(); // layer id -> message
const watchers = new Set();
let map = null;

export const watchLayers = (watcher) => watchers.add(watcher);
export const failureOf = (id) => failed.get(id);
export const featuresOf = (id) => drawn.get(id)?.features || [];
export const ownerOf = (path) => owners.get(path);
export const pane = (name) => map.getPane(name) || map.createPane(name);

const isInRange = (layer) => !layer || map.getZoom() >= layer.min_zoom;
const layerOf = (id) => (get().plan?.layers || []).find((layer) => layer.id === (isRing(id) ? "rings" : id));

/** Return true if a switch is on and the map is at a level at which its layer is drawn. */
export const isShown = (id) => isOn(id) && isInRange(layerOf(id));

/** Return {feature, layerId} of a loaded feature, or null. */
export function find(id) {
  for (const [layerId, { features }] of drawn) {
    const feature = features.find((item) => item.id === id);
    if (feature) return { feature, layerId };
  }
  return null;
}

/** Return the features that stand on the map and can be clicked, wherever the map looks. */
export function shownFeatures() {
  const shown = [...drawn.values()].flatMap(({ shapes }) => shapes)
    .filter((item) => item.pass.hit && !item.background && map.hasLayer(item.layer));
  return [...new Set(shown.map((item) => item.feature))];
}

export function begin(theMap) {
  map = theMap;
  // Leaflet rounds every corner to a whole pixel, which frays the arcs of the rings: keep the fractions.
  let inRange = "";
  map.on("zoomend", () => {
    const now = (get().plan?.layers || []).filter(isInRange).map((layer) => layer.id).join();
    if (now !== inRange) refresh();
    inRange = now;
  });
  map.latLngToLayerPoint = (latlng) => map.project(L.latLng(latlng))._subtract(map.getPixelOrigin());
}

function place(feature, pass, cls) {
  const options = { pane: pass.pane, className: cls, interactive: false, smoothFactor: 0.4 };
  const colour = pass.land && parcelColour(feature);
  if (colour) options.fillColor = colour;
  if (!pass.sign) return L.geoJSON(feature, { ...options, style: () => options });
  const [lon, lat] = kindOf(feature) === "point" ? feature.geometry.coordinates : feature.properties.centre;
  return new Sign([lat, lon], { ...options, shape: pass.sign, radius: pass.radius });
}

function clipToItself(shape, name) {
  shape.eachLayer((part) => {
    const path = part.getElement();
    if (!path) return;
    path.id = `${name}-${L.stamp(part)}`;
    const root = path.ownerSVGElement;
    const clip = L.SVG.create("clipPath");
    clip.id = `clip-${path.id}`;
    const use = L.SVG.create("use");
    use.setAttribute("href", `#${path.id}`);
    clip.append(use);
    root.append(clip);
    path.setAttribute("clip-path", `url(#${clip.id})`);
    part.once("remove", () => clip.remove());
  });
}

function own(shape, owner, isHit) {
  const mark = (path) => {
    if (!path) return;
    path.dataset.feature = owner.feature.id;
    if (!isHit) return;
    path.classList.add("hit");
    owners.set(path, owner);
  };
  if (shape.eachLayer) shape.eachLayer((part) => mark(part.getElement()));
  else mark(shape.getElement());
}

function show(record) {
  for (const item of record.shapes) {
    const on = isShown(item.ring || item.layerId);
    if (on && !map.hasLayer(item.layer)) {
      item.layer.addTo(map);
      if (item.pass.clip) clipToItself(item.layer, item.layerId);
      own(item.layer, item, item.pass.hit && !item.background);
    } else if (!on && map.hasLayer(item.layer)) item.layer.remove();
  }
}

function fadeAll(layer, record) {
  const ownPane = !["rings"].includes(layer.id);
  if (ownPane) pane(layer.id).style.opacity = opacityOf(layer.id);
  for (const item of record.shapes) {
    if (item.pass.pane === layer.id && ownPane) continue;
    const apply = (part) => {
      const path = part.getElement?.();
      if (path) path.style.opacity = item.ring || item.pass.pane === "extent_lines"
        ? opacityOf(item.ring || layer.id) : "";
    };
    if (item.layer.eachLayer) item.layer.eachLayer(apply);
    else apply(item.layer);
  }
}

function build(layer, features) {
  const shapes = [];
  const current = layer.id === `extent_${get().extent}`;
  for (const pass of passesOf(layer)) {
    if (pass.current && !current) continue;
    pane(pass.pane);
    for (const feature of features) {
      if (!feature.geometry || (pass.only && !pass.only(feature))) continue;
      const slug = feature.id.split(":").pop();
      const extent = layer.id.startsWith("extent_") ? (current ? " is-current" : " is-other") : "";
      const shape = place(feature, pass, `${pass.cls(feature)}${extent}`);
      shapes.push({
        layer: shape, pass, feature, layerId: layer.id, background: layer.background,
        ring: layer.id === "rings" && isRing(slug) ? slug : null,
      });
    }
  }
  return shapes;
}

async function load(layer) {
  const view = viewChosen();
  const version = Object.values(view).join("/");
  if (drawn.get(layer.id)?.version === version) return;
  try {
    const { features } = await layerFeatures(view, layer.id);
    if (!isChosen(view)) return;
    drawn.get(layer.id)?.shapes.forEach((item) => item.layer.remove());
    const shapes = build(layer, features);
    drawn.set(layer.id, { features, shapes, version });
    failed.delete(layer.id);
  } catch (error) {
    if (isChosen(view)) failed.set(layer.id, error.message);
  }
}

const anyRing = () => switches().some((id) => isRing(id) && isShown(id));

/** Ring names follow the ring lines around the lake, so both are loaded with the rings even where they are not drawn. */
const isBesideRings = (id) => id === "ring_lines" || id === get().plan.plan.lake.split(":")[0];
const wanted = ({ id }) => (id === "rings" ? anyRing() : isShown(id) || (isBesideRings(id) && anyRing()));

/** Load what is needed and bring every drawn layer to the state of its switches. */
export async function refresh({ all = false, only = null } = {}) {
  const layers = (get().plan?.layers || []).filter((layer) => !only || layer.id === only);
  await Promise.all(layers.filter((layer) => all || only || wanted(layer)).map(load));
  for (const layer of layers) {
    const record = drawn.get(layer.id);
    if (!record) continue;
    show(record);
    fadeAll(layer, record);
  }
  watchers.forEach((watcher) => watcher());
}
