// One of the two maps: the layers of the plan for one side, its rings redrawn when they move. Same strokes as the map page.

/* global L */

import { el } from "../base/dom.js";
import { exact } from "../base/format.js";
import { page } from "../base/pagedata.js";
import { Sign } from "../base/symbols.js";
import { named, t } from "../base/words.js";
import { kindOf, passesOf } from "../map/passes.js";
import { asked } from "./state.js";

const SHOWN = ["rings", "water", "ring_lines", "roads", "metro", "science_island", "sites"];
const MOVES = ["rings", "ring_lines"];
const EAST_SHARE = 0.2; // of the height of the lake, from its south: the calm sides of a long lake
const WEST_SHARE = 0.14;
const BEYOND_DEG = 0.006;
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

/** Return every line of a geometry: rings of areas too. */
const linesOf = ({ type, coordinates }) => ({
  LineString: [coordinates], MultiLineString: coordinates, Polygon: coordinates, MultiPolygon: coordinates.flat(),
}[type] || []);

/** Return the latitude at a share of the height of a shape, from its south. */
function latitudeAt({ geometry }, share) {
  const lats = linesOf(geometry).flat().map(([, lat]) => lat);
  const [south, north] = [Math.min(...lats), Math.max(...lats)];
  return south + (north - south) * share;
}

/** Return where a shape crosses a latitude furthest east (side 1) or west (side -1); null if it does not. */
function crossing({ geometry }, side, lat) {
  let best = null;
  for (const line of linesOf(geometry)) {
    for (let i = 1; i < line.length; i += 1) {
      const [[x1, y1], [x2, y2]] = [line[i - 1], line[i]];
      if ((y1 > lat) === (y2 > lat)) continue;
      const lon = x1 + ((x2 - x1) * (lat - y1)) / (y2 - y1);
      if (best === null || (lon - best) * side > 0) best = lon;
    }
  }
  return best === null ? null : [best, lat];
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
    const shore = (found.water || []).find(({ id }) => id === page.lake);
    const measure = shore || edges[0];
    if (!measure) return;
    const [east, west] = [EAST_SHARE, WEST_SHARE].map((share) => latitudeAt(measure, share));
    for (const edge of edges) {
      const at = crossing(edge, 1, east);
      if (at) names.addLayer(name(map, at, "edge-name", exact(edge.properties.extra.distance_m)));
    }
    const bounds = shore ? [shore, ...edges] : edges;
    const zones = (found.rings || []).map(({ id }) => id.split(":")[1]);
    zones.forEach((zone, i) => {
      const inner = bounds[i] && crossing(bounds[i], -1, west);
      const outer = bounds[i + 1] && crossing(bounds[i + 1], -1, west);
      if (inner && outer) names.addLayer(name(map, [(inner[0] + outer[0]) / 2, (inner[1] + outer[1]) / 2], "ring-numeral", t(`numeral_${zone}`)));
      else if (inner && bounds[i + 1]) names.addLayer(name(map, [inner[0] - BEYOND_DEG, inner[1]], "ring-numeral", t(`numeral_${zone}`))); // the zone ends before the edge
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
      if (!drawn.has(id) || MOVES.includes(id)) put(id, features);
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
