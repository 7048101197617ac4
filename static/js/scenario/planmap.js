// One of the two maps: the layers of the plan for one side, its rings redrawn when they move. Same strokes as the map page.

/* global L */

import { el } from "../base/dom.js";
import { exact } from "../base/format.js";
import { page } from "../base/pagedata.js";
import { Sign } from "../base/symbols.js";
import { named, t } from "../base/words.js";
import { kindOf, passesOf } from "../map/passes.js";
import { asked, get } from "./state.js";

const SHOWN = ["rings", "water", "ring_lines", "roads", "metro", "science_island", "sites"];
const MOVES = ["rings", "ring_lines"];
const EAST_BAND = [0.18, 0.28]; // of the height of a line: the calm sides of a long lake
const WEST_BAND = [0.12, 0.22];
const TOP = ["extent_lines", "ghost", "names"];
const kept = new Map(); // address -> promise of features; the rings of a drag are not kept

async function featuresOf(side, id, signal) {
  const url = `/api/layers/${id}/features?${asked(side)}`;
  const ask = async () => {
    const response = await fetch(url, { headers: { Accept: "application/json" }, signal });
    if (!response.ok) throw new Error((await response.json().catch(() => ({}))).detail || `HTTP ${response.status}`);
    return (await response.json()).features.filter((feature) => feature.geometry);
  };
  if (MOVES.includes(id)) return ask();
  if (!kept.has(url)) kept.set(url, ask().catch((error) => { kept.delete(url); throw error; }));
  return kept.get(url);
}

function name(map, [lon, lat], cls, text) {
  const icon = L.divIcon({ className: cls, iconSize: [0, 0], html: el("span", { text }) });
  return L.marker([lat, lon], { pane: "names", icon, interactive: false, keyboard: false });
}

/** Return the place of a shape that lies furthest east (side 1) or west (side -1) in a band of latitude: 0 its south, 1 its north. */
function sidePlace({ geometry }, side, [low, high]) {
  const places = geometry.coordinates.flat(Infinity).reduce((pairs, value, i, all) => (i % 2 ? [...pairs, [all[i - 1], value]] : pairs), []);
  const [south, north] = [Math.min(...places.map(([, lat]) => lat)), Math.max(...places.map(([, lat]) => lat))];
  const band = places.filter(([, lat]) => lat >= south + (north - south) * low && lat <= south + (north - south) * high);
  return (band.length ? band : places).reduce((best, place) => ((place[0] - best[0]) * side > 0 ? place : best));
}

/** Return {show, ghost}: `show(side)` draws a side, `ghost(lines)` the edges of the other one as dotted lines. */
export function makePlanMap(map) {
  const drawn = new Map(); // layer id -> group
  const names = L.layerGroup();
  const ghosts = L.layerGroup();
  let running = null;
  const paneOf = (id) => {
    const order = [...SHOWN.slice(0, 1), "extent_2013", "extent_2025", ...SHOWN.slice(1), ...TOP];
    const pane = map.getPane(id) || map.createPane(id);
    pane.style.zIndex = String(402 + order.indexOf(id));
    return pane;
  };
  for (const id of [...SHOWN, ...TOP, "extent_2013", "extent_2025"]) paneOf(id);
  paneOf("extent_2013").style.zIndex = "401";
  paneOf("extent_2025").style.zIndex = "401";
  names.addTo(map);
  ghosts.addTo(map);

  function shape(feature, pass) {
    const cls = `${pass.cls(feature)} is-current`;
    const options = { pane: pass.pane, className: cls, interactive: false, smoothFactor: 0.4 };
    if (!pass.sign) return L.geoJSON(feature, { ...options, style: () => options });
    const [lon, lat] = kindOf(feature) === "point" ? feature.geometry.coordinates : feature.properties.centre;
    return new Sign([lat, lon], { ...options, shape: pass.sign, radius: pass.radius });
  }

  function put(id, features) {
    const group = L.layerGroup();
    for (const pass of passesOf({ id })) {
      if (pass.clip || pass.cls({ id: "", properties: { extra: {} } }) === "hit-line") continue;
      for (const feature of features) if (!pass.only || pass.only(feature)) group.addLayer(shape(feature, pass));
    }
    drawn.get(id)?.remove();
    drawn.set(id, group.addTo(map));
  }

  /** Write distances on the eastern side of the edges, numerals between them in the west, and the names of lakes and island. */
  function write(found) {
    names.clearLayers();
    const edges = (found.ring_lines || []).filter(({ properties }) => properties.extra.separates_zones)
      .sort((a, b) => a.properties.extra.distance_m - b.properties.extra.distance_m);
    for (const edge of edges) names.addLayer(name(map, sidePlace(edge, 1, EAST_BAND), "edge-name", exact(edge.properties.extra.distance_m)));
    const shore = (found.water || []).find(({ id }) => id === page.lake);
    const bounds = shore ? [shore, ...edges] : edges;
    const zones = (found.rings || []).map(({ id }) => id.split(":")[1]);
    zones.forEach((zone, i) => {
      if (!bounds[i] || !bounds[i + 1]) return; // the last ring has no outer edge
      const [[x1, y1], [x2, y2]] = [sidePlace(bounds[i], -1, WEST_BAND), sidePlace(bounds[i + 1], -1, WEST_BAND)];
      names.addLayer(name(map, [(x1 + x2) / 2, (y1 + y2) / 2], "ring-numeral", t(`numeral_${zone}`)));
    });
    if (shore) names.addLayer(name(map, shore.properties.centre, "lake-name", named(shore.properties)));
    for (const island of found.science_island || []) {
      if (island.properties.centre) names.addLayer(name(map, island.properties.centre, "place-name", named(island.properties)));
    }
  }

  async function show(side) {
    running?.abort();
    running = new AbortController();
    const { signal } = running;
    const ids = [`extent_${side.extent}`, ...SHOWN];
    const found = Object.fromEntries(await Promise.all(ids.map(async (id) => [id, await featuresOf(side, id, signal)])));
    if (signal.aborted) return null;
    for (const [id, features] of Object.entries(found)) {
      if (!drawn.has(id) || MOVES.includes(id) || drawn.get(id).reading !== get().reading) put(id, features);
    }
    for (const id of drawn.keys()) if (id.startsWith("extent_") && id !== ids[0]) { drawn.get(id).remove(); drawn.delete(id); }
    write(found);
    return found;
  }

  return {
    /** Draw a side; the last one asked for wins. Returns its features by layer, null if another came between. */
    show: (side) => show(side).catch((error) => {
      if (error.name === "AbortError") return null;
      throw error;
    }),
    ghost(lines) {
      ghosts.clearLayers();
      const options = { pane: "ghost", className: "ghost-line", interactive: false, smoothFactor: 0.4, fill: false };
      for (const line of lines) ghosts.addLayer(L.geoJSON(line, { ...options, style: () => options }));
    },
  };
}
