// The signs of a moment on the map: the stage of what one project is drawn as, a count where an area holds several.

/* global L */

import { el } from "../base/dom.js";
import { kindOf } from "../map/passes.js";
import { find, isShown, watchLayers } from "../map/layers.js";
import { STAGES, stageSign } from "./signs.js";
import { get, set } from "../map/state.js";
import { named, t } from "../base/words.js";

const BELOW_PX = 30; // the name of an area stands at its centre
let group = null;
let map = null;
let shown = [];

/** Return the stage that the sign beside a count shows: under way if any is, else the one that all share. */
const stageOf = (place) => (place.under_way ? "under_way" : STAGES.find((stage) => place[stage] === place.projects.length) || "open");

function badge(place) {
  const { at, projects, under_way: now } = place;
  const figure = `${now}/${projects.length}`;
  const told = t("time_badge", { name: named(place), now, total: projects.length });
  const button = el("button", {
    type: "button", class: "time-badge", tabindex: "-1", "data-badge": at, title: told, "aria-label": `${figure} ${told}`,
    on: { click: () => set({ sel: at }) },
  }, stageSign(stageOf(place)), el("b", { text: figure }));
  L.DomEvent.disableClickPropagation(button);
  return button;
}

function sign(place) {
  const stage = STAGES.find((one) => place[one]);
  return el("span", { class: "time-sign", "data-sign": place.at, "data-stage": stage }, stageSign(stage));
}

function marker(place) {
  const feature = find(place.at)?.feature;
  if (!feature?.geometry || !isShown(feature.properties.layer)) return null;
  const isPoint = kindOf(feature) === "point";
  const centre = isPoint ? feature.geometry.coordinates : feature.properties.centre;
  if (!centre) return null;
  const isSingle = place.projects.length === 1;
  const lift = isPoint ? 14 : BELOW_PX; // a count does not hide the point's own sign
  const icon = L.divIcon({
    className: "time-mark", html: isSingle ? sign(place) : badge(place), iconSize: [0, 0], iconAnchor: [0, isSingle ? 0 : -lift],
  });
  return L.marker([centre[1], centre[0]], { icon, interactive: false, keyboard: false });
}

function draw() {
  group.clearLayers();
  if (get().year) shown.map(marker).filter(Boolean).forEach((one) => one.addTo(group));
  map.fire("marks"); // names keep clear of them
}

/** Show the places of a moment; none takes the signs away. */
export function showPlaces(places) {
  shown = places.filter((place) => place.at);
  draw();
}

export function startBadges(theMap) {
  map = theMap;
  group = L.layerGroup().addTo(map);
  watchLayers(draw);
}
