// The little map of the whole zone: solid 2025, dashed 2013, the lakes, and where the view is.

/* global L */

import { layerFeatures } from "../base/api.js";
import { byId, replace, svg } from "../base/dom.js";
import { watchLayers } from "./layers.js";
import { listen, viewChosen } from "./state.js";

const WIDTH = 140;
const HEIGHT = 98;
const PAD = 8;

function frameOf(features) {
  const points = features.flatMap(({ geometry }) => geometry.coordinates.flat(geometry.type === "Polygon" ? 1 : 2));
  const lons = points.map(([lon]) => lon);
  const lats = points.map(([, lat]) => lat);
  const [west, east, south, north] = [Math.min(...lons), Math.max(...lons), Math.min(...lats), Math.max(...lats)];
  const squeeze = Math.cos(((south + north) / 2) * (Math.PI / 180));
  const scale = Math.min((WIDTH - 2 * PAD) / ((east - west) * squeeze), (HEIGHT - 2 * PAD) / (north - south));
  const left = (WIDTH - (east - west) * squeeze * scale) / 2;
  const top = (HEIGHT - (north - south) * scale) / 2;
  return {
    to: ([lon, lat]) => [left + (lon - west) * squeeze * scale, top + (north - lat) * scale],
    from: (x, y) => L.latLng(north - (y - top) / scale, west + (x - left) / squeeze / scale),
  };
}

function outline(feature, frame, cls) {
  const { type, coordinates } = feature.geometry;
  const rings = type === "Polygon" ? coordinates : coordinates.flat();
  const d = rings.map((ring) => `M${ring.map((point) => frame.to(point).map((v) => v.toFixed(1)).join(",")).join("L")}Z`).join("");
  return svg("path", { class: cls, d });
}

async function fetchShapes() {
  const ids = ["extent_2025", "extent_2013", "water"];
  const answers = await Promise.all(ids.map((id) => layerFeatures(viewChosen(), id)));
  return answers.map(({ features }) => features.filter((f) => f.geometry && f.geometry.type.endsWith("Polygon")));
}

function drawView(map, frame, box) {
  const bounds = map.getBounds();
  const [x0, y0] = frame.to([bounds.getWest(), bounds.getNorth()]);
  const [x1, y1] = frame.to([bounds.getEast(), bounds.getSouth()]);
  const [left, top] = [Math.max(1, Math.min(x0, WIDTH - 5)), Math.max(1, Math.min(y0, HEIGHT - 5))];
  box.setAttribute("x", left);
  box.setAttribute("y", top);
  box.setAttribute("width", Math.max(4, Math.min(x1, WIDTH - 1) - left));
  box.setAttribute("height", Math.max(4, Math.min(y1, HEIGHT - 1) - top));
}

/** Draw the overview once the plan is there; a click moves the map. */
export function startOverview(map) {
  const root = byId("overview-map");
  let frame = null;
  const box = svg("rect", { class: "ov-view" });
  const draw = async () => {
    let shapes;
    try {
      shapes = await fetchShapes();
    } catch {
      return; // the strip above the status bar already says that the server is lost
    }
    const [now, before, water] = shapes;
    frame = frameOf([...now, ...before]);
    replace(root, now.map((f) => outline(f, frame, "ov-2025")), before.map((f) => outline(f, frame, "ov-2013")),
      water.map((f) => outline(f, frame, "ov-water")), box);
    drawView(map, frame, box);
  };
  map.on("moveend", () => frame && drawView(map, frame, box));
  root.addEventListener("click", (event) => {
    const rect = root.getBoundingClientRect();
    if (frame) map.panTo(frame.from(((event.clientX - rect.left) / rect.width) * WIDTH, ((event.clientY - rect.top) / rect.height) * HEIGHT));
  });
  listen((state, changed) => { if (changed.has("plan")) draw(); });
  watchLayers(() => { if (!frame) draw(); }); // what failed at first may be there now
}
