// The site on the map: fill, casing and line, the pen's next side, lengths of the chosen ring, name and area, the part of a rule.

/* global L */

import { number } from "../base/format.js";
import { el } from "../base/dom.js";
import { t } from "../base/words.js";
import { startLengths } from "../measure/measuredraw.js";
import { leg, planeArea } from "../measure/measuremath.js";
import { pen, preview } from "./drawing.js";
import { withAdded } from "../measure/measureedit.js";
import { heart } from "./shapes.js";
import { facts, isEmpty, parts, ringsOf, site } from "./site.js";

const MOST_LENGTHS = 60;
const CALLOUT_PX = 180; // where there is less room at the left, the callout stands over the site
const HA_M2 = 1e4;
const MU_M2 = 2000 / 3;

const latLng = ([lon, lat]) => [lat, lon];
const edges = (ring) => ring.map((corner, i) => [corner, ring[(i + 1) % ring.length]]);

function shape(kind, cls, more = {}) {
  return kind([], { pane: "selection", interactive: false, className: cls, smoothFactor: 0, fill: cls.includes("fill"), ...more });
}

/** Return the plane area of the site in m2: outlines without their holes. */
export const areaOf = () => parts().reduce((sum, part) => {
  const [outline, ...holes] = ringsOf(part).map(planeArea);
  return sum + outline - holes.reduce((a, b) => a + b, 0);
}, 0);

/** Return the corners of the chosen ring as they stand now, with the corner that is drawn out of a side. */
function chosenRing() {
  const corners = site.rings[site.active]?.corners || [];
  return pen.bent ? withAdded(corners, pen.bent.index + 1, pen.bent.corner) : corners;
}

/** Return the area as people read it: "56.9 ha · 853 mu". */
export function areaText(m2) {
  const sized = (value) => number(value, value < 1 ? 3 : value < 100 ? 1 : 0);
  return `${sized(m2 / HA_M2)} ${t("unit_ha")} · ${sized(m2 / MU_M2)} ${t("unit_mu")}`;
}

function marker(point, cls, ...children) {
  const icon = L.divIcon({ className: cls, iconSize: [0, 0], html: el("div", {}, ...children) });
  return L.marker(point, { pane: "selection", icon, interactive: false, keyboard: false });
}

/** Return {draw, showPart, showReading, bounds}. */
export function startSiteView(map) {
  const fill = shape(L.polygon, "site-fill");
  const hatch = shape(L.geoJSON, "");
  const casing = shape(L.polygon, "site-casing");
  const line = shape(L.polygon, "site-line");
  const next = shape(L.polygon, "site-next-fill");
  const nextLine = shape(L.polyline, "site-next");
  const spots = L.layerGroup();
  const named = L.layerGroup();
  const callout = L.layerGroup();
  L.layerGroup([fill, hatch, casing, line, next, nextLine, spots, named, callout]).addTo(map);
  const writeLengths = startLengths(map);

  function drawSite() {
    const chosen = chosenRing();
    const rings = site.rings.map((ring, i) => (i === site.active ? { ...ring, corners: chosen } : ring));
    const polygons = parts().map((part) => rings.filter((ring) => ring.part === part).map(({ corners }) => corners.map(latLng)));
    for (const one of [fill, casing, line]) one.setLatLngs(polygons);
    line.getElement()?.classList.toggle("is-assumed", Boolean(site.basis));
    const ways = chosen.length <= MOST_LENGTHS && !site.basis && !pen.tool ? edges(chosen) : [];
    writeLengths(chosen, ways.map(([a, b]) => leg(a, b)));
    named.clearLayers();
    if (isEmpty() || pen.tool) return;
    const middle = latLng(heart(polygons[0].map((ring) => ring.map(([lat, lon]) => [lon, lat]))));
    const size = map.latLngToContainerPoint(fill.getBounds().getNorthEast()).subtract(map.latLngToContainerPoint(fill.getBounds().getSouthWest()));
    if (Math.abs(size.x) < 130 || Math.abs(size.y) < 70) return;
    named.addLayer(marker(middle, "site-name", el("b", { text: facts.name || t("site_draft") }), el("span", { text: areaText(areaOf()) })));
  }

  function drawPen() {
    const outline = pen.tool ? preview() : [];
    const isClosed = outline.length > 2;
    next.setLatLngs(isClosed ? [outline.map(latLng)] : []);
    nextLine.setLatLngs((isClosed ? [...outline, outline[0]] : outline).map(latLng));
    spots.clearLayers();
    const dots = [...pen.corners, ...(pen.snapped && pen.ahead ? [pen.ahead] : [])];
    dots.forEach((corner, i) => spots.addLayer(L.circleMarker(latLng(corner), {
      pane: "selection", interactive: false, radius: 4.5, className: i >= pen.corners.length ? "site-snap" : "site-dot",
    })));
  }

  return {
    draw() {
      drawSite();
      drawPen();
      if (!pen.tool) map.fire("marks"); // names keep clear of the site's
    },
    /** Hatch a part of the site ({geometry, title, note, verdict}); null takes the hatch away. */
    showPart(part) {
      hatch.clearLayers();
      callout.clearLayers();
      if (!part?.geometry) return;
      const style = { pane: "selection", interactive: false, className: `site-part ${part.verdict}`, smoothFactor: 0 };
      hatch.addLayer(L.geoJSON(part.geometry, { ...style, style: () => style }));
      if (pen.tool) return;
      const corner = hatch.getBounds().getNorthWest();
      const side = map.latLngToContainerPoint(corner).x < CALLOUT_PX ? " inwards" : "";
      callout.addLayer(marker(corner, `site-callout ${part.verdict}${side}`, el("b", { text: part.title }), el("span", { text: part.note })));
      map.fire("marks");
    },
    bounds: () => (isEmpty() ? null : fill.getBounds()),
  };
}
