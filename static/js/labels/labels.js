// Names on the map: by priority, each only where it touches nothing else.

/* global L */

import { svg } from "../base/dom.js";
import { makeSheet, reserve } from "./labelbox.js";
import { makeCosts } from "./labelcost.js";
import { distanceLabels, roadNames } from "./labellines.js";
import { startMeasuring } from "./labelmeasure.js";
import { areaNames, chosenName, parcelCodes, pointNames, reserveSigns } from "./labelpoints.js";
import { ringNames } from "./labelrings.js";
import { waterNames } from "./labelwater.js";
import { pane, watchLayers } from "../map/layers.js";
import { listen } from "../map/state.js";

// What lies on the map: tools, title block, notices; card and layers where room is short.
const FURNITURE = "#map-region .float, #map-region .map-notice, #card, #layers";
const MARKS = "#atlas-map :is(.time-badge, .site-name div, .site-callout div, .measure-length span)"; // counts of a year, a site: they come and go
const FRAME_PX = 16; // the grid figures stand inside the upper and the left edge, on paper inside all four
const STEPS = [
  chosenName, reserveSigns, waterNames, areaNames, pointNames(["towns", "places", "sites"]),
  ringNames, distanceLabels, pointNames(["metro", "parks"]), parcelCodes, roadNames,
];

const memory = new Map(); // where each name stood last, so that it stays there while the map is moved

function furniture(map) {
  const home = map.getContainer().getBoundingClientRect();
  return [...document.querySelectorAll(`${FURNITURE}, ${MARKS}`)]
    .filter((node) => node.offsetWidth && getComputedStyle(node).visibility === "visible")
    .map((node) => node.getBoundingClientRect())
    .map((box) => [box.left - home.left - 4, box.top - home.top - 4, box.right - home.left + 4, box.bottom - home.top + 4]);
}

function frameFigures({ x, y }) {
  const screen = [[0, 0, x, FRAME_PX], [0, 0, FRAME_PX, y]];
  const isSheet = document.body.classList.contains("is-sheet");
  return isSheet ? [...screen, [0, y - FRAME_PX, x, y], [x - FRAME_PX, 0, x, y]] : screen;
}

/** Return what every kind of name needs: the sheet, the level and the way from lon/lat to pixels and back. */
function makeContext(map, group) {
  const size = map.getSize();
  const sheet = makeSheet(size.x, size.y);
  reserve(sheet, [...furniture(map), ...frameFigures(size)]);
  const at = ([lon, lat]) => {
    const { x, y } = map.latLngToContainerPoint([lat, lon]);
    return [x, y];
  };
  return {
    sheet, at, memory,
    costs: makeCosts(size.x, size.y, at),
    level: Math.floor(map.getZoom()),
    from: ([x, y]) => {
      const { lat, lng } = map.containerPointToLatLng([x, y]);
      return [lng, lat];
    },
    metre: (metres) => {
      const { lat, lng } = map.getCenter();
      return map.latLngToContainerPoint([lat + metres / 110800, lng]).subtract(map.latLngToContainerPoint([lat, lng]));
    },
    add: (...nodes) => group.append(...nodes),
  };
}

/** Draw again when what lies on the map comes, goes or grows. */
function watchFurniture(soon) {
  const watcher = new ResizeObserver(soon);
  document.querySelectorAll(FURNITURE).forEach((node) => watcher.observe(node));
  new MutationObserver(soon).observe(document.body, { attributeFilter: ["data-layers", "data-card", "data-stop"] });
  document.querySelectorAll("#card, #layers").forEach((node) => node.addEventListener("transitionend", soon));
}

/** Keep the names true to view, layers and selection. */
export function startLabels(map) {
  pane("labels");
  const renderer = L.svg({ pane: "labels" }).addTo(map);
  const group = svg("g", { class: "labels" });
  renderer._rootGroup.append(group); // the renderer moves and scales the group with the map
  startMeasuring(renderer._rootGroup);
  const draw = () => {
    const begun = performance.now();
    const origin = map.containerPointToLayerPoint([0, 0]);
    group.replaceChildren();
    group.setAttribute("transform", `translate(${origin.x} ${origin.y})`);
    const context = makeContext(map, group);
    STEPS.forEach((step) => step(context));
    group.dataset.ms = (performance.now() - begun).toFixed(1);
  };
  let asked = 0;
  const soon = () => {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(draw);
  };
  map.on("moveend zoomend resize marks", soon);
  map.on("sheet", draw); // a sheet is set for print: there is no next frame
  watchLayers(soon);
  watchFurniture(soon);
  listen((state, changed) => { if (changed.has("sel")) soon(); });
  document.fonts?.ready.then(soon);
}
