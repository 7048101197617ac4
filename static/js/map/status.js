// The status bar: pointer in lon/lat and EPSG:4548, level; on touch the centre of the map.

import { watchServer, ping } from "../base/api.js";
import { byId } from "../base/dom.js";
import { degrees, number, plane } from "../base/format.js";
import { toPlane } from "./geodesy.js";
import { refresh } from "./layers.js";
import { listen } from "./state.js";
import { t } from "../base/words.js";

/** Write a position: of the pointer, or of the centre of the map. */
export function write(lon, lat, centre) {
  const [x, y] = toPlane(lon, lat);
  byId("status-lonlat").textContent = degrees(lon, lat);
  const box = byId("status-plane");
  box.textContent = plane(x, y);
  box.dataset.easting = x.toFixed(3);
  box.dataset.northing = y.toFixed(3);
  byId("status-what").textContent = t(centre ? "map_centre" : "pointer");
}

function startLost(retry) {
  const strip = byId("lost");
  watchServer((lost) => { strip.hidden = !lost; });
  byId("lost-retry").addEventListener("click", async () => {
    if (await ping()) retry();
  });
}

/** Keep the status bar true; `retry` runs when a lost server answers again. */
export function startStatus(map, retry) {
  let resting = true; // no pointer on the map: the centre stands for it
  const centre = () => {
    resting = true;
    const { lat, lng } = map.getCenter();
    write(lng, lat, true);
  };
  const level = () => { byId("status-level").textContent = number(map.getZoom(), map.getZoom() % 1 ? 1 : 0); };
  map.on("mousemove", ({ latlng }) => {
    resting = false;
    write(latlng.lng, latlng.lat, false);
  });
  map.on("mouseout", centre);
  map.on("move", () => { if (resting || matchMedia("(hover: none)").matches) centre(); });
  map.on("zoomend", level);
  listen((state) => {
    if (state.plan) byId("status-version").textContent = t("version", { version: state.plan.plan.version });
  });
  startLost(() => { refresh(); retry(); });
  centre();
  level();
}
