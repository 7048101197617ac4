// Names on the map: by priority, each only where it touches nothing else.

/* global L */

import { svg } from "./dom.js";
import { makeSheet, reserve } from "./labelbox.js";
import { distanceLabels, ringNames, roadNames } from "./labellines.js";
import { areaNames, chosenName, parcelCodes, pointNames, reserveSigns } from "./labelpoints.js";
import { waterNames } from "./labelwater.js";
import { pane, watchLayers } from "./layers.js";
import { listen } from "./state.js";

const FURNITURE = ["map-tools", "measure-tools", "measure", "title-block", "overview", "card"]; // the card lies on the map where room is short

function furniture(map) {
  const home = map.getContainer().getBoundingClientRect();
  return FURNITURE.map((id) => document.getElementById(id)).filter((node) => node?.offsetWidth && !node.hidden)
    .map((node) => node.getBoundingClientRect())
    .map((box) => [box.left - home.left - 4, box.top - home.top - 4, box.right - home.left + 4, box.bottom - home.top + 4]);
}

function frameFigures(size) {
  return [[0, 0, size.x, 16], [0, 0, 16, size.y]];
}

/** Return what every kind of name needs: the sheet, the level and the way from lon/lat to pixels. */
function makeContext(map, group) {
  const size = map.getSize();
  const sheet = makeSheet(size.x, size.y);
  reserve(sheet, [...furniture(map), ...frameFigures(size)]);
  return {
    sheet,
    level: Math.floor(map.getZoom()),
    at: ([lon, lat]) => {
      const { x, y } = map.latLngToContainerPoint([lat, lon]);
      return [x, y];
    },
    add: (...nodes) => group.append(...nodes),
  };
}

/** Keep the names true to view, layers and selection. */
export function startLabels(map) {
  pane("labels");
  const renderer = L.svg({ pane: "labels" }).addTo(map);
  const group = svg("g", { class: "labels" });
  renderer._rootGroup.append(group); // the renderer moves and scales the group with the map
  const draw = () => {
    const origin = map.containerPointToLayerPoint([0, 0]);
    group.replaceChildren();
    group.setAttribute("transform", `translate(${origin.x} ${origin.y})`);
    const context = makeContext(map, group);
    for (const step of [chosenName, reserveSigns, waterNames, areaNames, ringNames, distanceLabels, pointNames, parcelCodes, roadNames]) {
      step(context);
    }
  };
  let asked = 0;
  const soon = () => {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(draw);
  };
  map.on("moveend zoomend resize", soon);
  watchLayers(soon);
  listen((state, changed) => { if (changed.has("sel")) soon(); });
  document.fonts?.ready.then(soon);
}
