// The small picture in a row of the layer list: the same classes as on the map, so it looks the same.

import { svg } from "./dom.js";
import { opacityOf } from "../map/state.js";

const box = (cls) => svg("rect", { class: cls, x: 0.5, y: 0.5, width: 23, height: 13 });
const line = (cls) => svg("path", { class: cls, d: "M0 7H24" });
const sign = (cls) => svg("path", { class: cls, d: "M8 3H16V11H8Z" });
const dot = (cls, r = 3.5) => svg("circle", { class: cls, cx: 12, cy: 7, r });

const PICTURES = {
  extent: (on) => (on ? [svg("path", { class: "sw-band", d: "M0 9.5H24" }), line("zone-line is-current")]
    : [line("zone-line is-other")]),
  science_island: () => [svg("rect", { class: "area-line basis-inferred", x: 1.5, y: 1.5, width: 21, height: 11 })],
  forest_park: () => [box("area-fill forest-park basis-inferred"),
    svg("rect", { class: "area-line basis-inferred", x: 1.5, y: 1.5, width: 21, height: 11 })],
  places: () => [svg("rect", { class: "area-line place basis-digitised", x: 1.5, y: 1.5, width: 21, height: 11 })],
  ring_lines: () => [line("ring-line ring-line-stated")],
  water: () => [box("water-fill"), box("shore")],
  parks: () => [sign("sign park")],
  sites: () => [svg("path", { class: "sign-cross site", d: "M3 7H21M12 0V14" }), sign("sign site")],
  roads: () => [line("road-casing"), line("road-fill")],
  metro: () => [line("metro-casing"), line("metro-dash"), dot("station")],
  towns: () => [dot("sign town")],
};

function ringPicture(id) {
  const parts = [svg("rect", { class: `ring ring-${id}`, width: 24, height: 14 })];
  if (id === "ring_1") parts.push(svg("rect", { class: "ring-trees", width: 24, height: 14 }));
  return parts;
}

function plain(layer) {
  const basis = layer?.bases?.inferred ? "basis-inferred" : "basis-digitised";
  if (layer?.geometry === "line") return [line("plain-line")];
  if (layer?.geometry === "point") return [dot("sign")];
  return [box(`area-fill ${basis}`), box(`area-line ${basis}`)];
}

/** Return the swatch of a switch: a layer, or a ring by its id. */
export function swatch(id, { layer = null, current = false } = {}) {
  const picture = /^(ring_\d|strip)$/.test(id) ? ringPicture(id)
    : id.startsWith("extent_") ? PICTURES.extent(current)
      : PICTURES[id] ? PICTURES[id]() : plain(layer);
  return svg("svg", { class: "sw", viewBox: "0 0 24 14", "aria-hidden": "true" },
    svg("g", { opacity: opacityOf(id) }, picture));
}

/** Return the picture of a basis: digitised, inferred, symbolic, point, computed, none; lines as lines. */
export function basisPicture(basis, kind = "area") {
  const whole = { class: "basis-picture", viewBox: "0 0 34 24", "aria-hidden": "true" };
  const edge = svg("rect", { class: "stipple-box", x: 1, y: 1, width: 32, height: 22 });
  const inner = (cls) => svg("rect", { class: `area-line ${cls} basis-ground`, x: 7, y: 6, width: 20, height: 12 });
  if (kind === "line") {
    return svg("svg", whole, edge, svg("path", { class: `area-line basis-${basis}`, d: "M5 15 15 9 29 14" }));
  }
  if (basis === "inferred") return svg("svg", whole, edge, inner("basis-inferred"));
  if (basis === "symbolic_footprint") {
    return svg("svg", whole, svg("circle", { class: "area-line basis-symbolic", cx: 17, cy: 12, r: 10 }),
      svg("path", { class: "sign-cross", d: "M12 12H22M17 7V17" }));
  }
  if (basis === "point") return svg("svg", whole, edge, svg("circle", { class: "sign", cx: 17, cy: 12, r: 3.5 }));
  if (basis === "none") {
    return svg("svg", whole, svg("path", { class: "words-lines", d: "M5 7H29M5 12H29M5 17H20" }));
  }
  return svg("svg", whole, edge, inner("basis-digitised"));
}
