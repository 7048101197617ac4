// The title block of the sheet: scale, coordinate system, extent, notices; it takes in Leaflet's own scale bar.

import { byId } from "../base/dom.js";
import { exact, number } from "../base/format.js";
import { GRID_CRS, GRID_NAME } from "./geodesy.js";
import { get, listen, readingChosen } from "./state.js";
import { themes, themeShown } from "../themes/preset.js";
import { named, t } from "../base/words.js";

export const PIXEL_M = 0.0254 / 96; // a CSS pixel on paper
const EQUATOR_M = 40075016.686;

/** Return the metres on the ground of one pixel at a latitude and a level. */
export const metresPerPixel = (lat, level) => (EQUATOR_M * Math.cos((lat * Math.PI) / 180)) / (256 * 2 ** level);

/** Return the level, mostly a fraction, at which the map at a latitude has the scale 1:`scale`. */
export const levelOf = (lat, scale) => Math.log2(metresPerPixel(lat, 0) / (scale * PIXEL_M));

/** Return a scale as text with two figures that count. */
export function ratioOf(scale) {
  const step = 10 ** (Math.floor(Math.log10(scale)) - 1);
  return `1:${number(Math.round(scale / step) * step)}`;
}

const ratio = (map) => ratioOf(metresPerPixel(map.getCenter().lat, map.getZoom()) / PIXEL_M);

function note(plan) {
  const assumed = plan.plan.edges.filter((edge) => edge.basis === "assumed").map((edge) => exact(edge.distance_m));
  return assumed.length ? t("assumed_note", { distances: assumed.join(t("and")) }) : "";
}

/** Return the ring distances of a scenario, which are not those of the plan. */
const ringsText = (rings) => t("tb_scenario", { distances: rings.map((distance) => exact(distance)).join(" / ") });

/** Write datum and code, with the whole name at hand: a name such as "CGCS2000 / 3-degree ..." begins with its datum. */
function writeSystem(box, name, code) {
  box.textContent = `${name.split(" / ")[0]} / ${code}`;
  box.title = name;
}

/** Keep the title block true to the map and the plan. */
export function startTitleBlock(map) {
  const scale = map.getContainer().querySelector(".leaflet-control-scale");
  if (scale) byId("scale-slot").append(scale);
  const own = byId("tb-title").textContent;
  const measure = () => { byId("tb-scale").textContent = t("about_scale", { ratio: ratio(map) }); };
  map.on("moveend", measure);
  measure();
  listen((state) => {
    byId("tb-title").textContent = themes.find(({ id }) => id === themeShown(state))?.title || own;
    if (!state.plan) return;
    const { plan } = state.plan;
    writeSystem(byId("tb-crs"), plan.crs_name, plan.metric_crs);
    writeSystem(byId("tb-grid"), GRID_NAME, GRID_CRS);
    byId("tb-grid").closest("tr").hidden = plan.metric_crs === GRID_CRS;
    byId("tb-extent").textContent = get().extent;
    byId("tb-reading").textContent = named(readingChosen());
    byId("tb-rings").textContent = plan.scenario ? ringsText(plan.rings) : "";
    byId("tb-rings").closest("tr").hidden = !plan.scenario;
    byId("tb-note").textContent = note(state.plan);
    byId("tb-review").textContent = named(plan.review, "notice");
  });
}
