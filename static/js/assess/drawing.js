// Drawing on the map: polygon, rectangle, circle, a point with a land area, a hole, a further part. Click, tap or Space at the cross.

import { byId } from "../base/dom.js";
import { toast } from "../base/toast.js";
import { t } from "../base/words.js";
import { rounded } from "../measure/measureedit.js";
import { apart, circle, isInside, radiusOf, rectangle } from "./shapes.js";
import { activeRing, change, site, startOver } from "./site.js";

const NEAR_PX = 10;
const FINGER_PX = 22;
const MANY = ["polygon", "hole", "part"]; // tools that take as many corners as one likes

/** `tool` is null while nothing is drawn. `corners` are those set, `ahead` where the pointer is, `bent` a side of the site
 * that is drawn out to a new corner: {index, corner}. */
export const pen = { tool: null, corners: [], ahead: null, bent: null, isByKeys: false, snapped: false };

let map = null;
let snap = null;
let show = null;
let ended = null;

const isMany = () => MANY.includes(pen.tool);
const pixel = ([lon, lat]) => map.latLngToContainerPoint([lat, lon]);
const isNear = (a, b, px) => Boolean(a && b) && pixel(a).distanceTo(pixel(b)) <= px;
const figure = (id) => Number(byId(id).value.replace(",", "."));
const typedRadius = () => (figure("site-radius") > 0 ? figure("site-radius") : null);
const typedMu = () => (figure("site-mu") > 0 ? figure("site-mu") : null);

/** Return where a corner goes that is put at a place of the map. */
export function placeOf({ lng, lat }) {
  const free = rounded([lng, lat]);
  const found = snap(free);
  pen.snapped = Boolean(found);
  return found ? found.at : free;
}

/** Return the outline as it would be if the pointer's place were taken. */
export function preview() {
  const { tool, corners, ahead } = pen;
  const ways = ahead ? [...corners, ahead] : corners;
  if (tool === "rectangle") return ways.length === 2 ? rectangle(...ways) : ways;
  if (tool === "circle") return ways.length === 2 ? circle(ways[0], apart(...ways)) : ways;
  if (tool === "point") return ahead && typedMu() ? circle(ahead, radiusOf(typedMu())) : ways;
  return ways;
}

function stop() {
  Object.assign(pen, { tool: null, corners: [], ahead: null, snapped: false });
  delete document.body.dataset.drawing;
  map.doubleClickZoom.enable();
  show();
  ended();
}

function take(corners, how) {
  const { tool } = pen;
  stop();
  if (tool === "hole") {
    const { part } = site.rings.find(({ corners: outline }) => isInside(corners[0], outline)) || activeRing();
    const after = site.rings.findLastIndex((ring) => ring.part === part) + 1;
    const rings = [...site.rings.slice(0, after), { part, corners }, ...site.rings.slice(after)];
    change({ rings, active: after, file: null });
  } else if (tool === "part") {
    const part = Math.max(...site.rings.map((ring) => ring.part)) + 1;
    change({ rings: [...site.rings, { part, corners }], active: site.rings.length, file: null });
  } else startOver(corners, how);
}

/** End a polygon, hole or part with the corners that are set. */
export function finish() {
  if (!pen.tool) return;
  if (!isMany() || pen.corners.length < 3) toast(t(isMany() ? "site_fewest" : "site_not_done"));
  else take(pen.corners, { origin: "drawn" });
}

function addCorner(corner, isTouch) {
  const { tool, corners } = pen;
  if (isMany()) {
    if (corners.length > 2 && isNear(corners[0], corner, isTouch ? FINGER_PX : NEAR_PX)) finish();
    else if (isNear(corners.at(-1), corner, 4)) { if (corners.length > 2) finish(); } else pen.corners = [...corners, corner];
  } else if (tool === "point") {
    if (!typedMu()) { byId("site-mu").focus(); toast(t("site_mu_first")); return; }
    const radius = radiusOf(typedMu());
    take(circle(corner, radius), { origin: "point", accuracy: radius, basis: "symbolic_footprint" });
  } else if (tool === "circle" && (typedRadius() || corners.length)) {
    take(circle(corners[0] || corner, corners.length ? apart(corners[0], corner) : typedRadius()), { origin: "circle" });
  } else if (corners.length) {
    if (!isNear(corners[0], corner, 4)) take(rectangle(corners[0], corner), { origin: "drawn" });
  } else pen.corners = [corner];
  if (pen.tool) show();
}

/** Begin to draw with a tool; the same tool again ends it. */
export function begin(tool, isByKeys = false) {
  const same = pen.tool === tool;
  if (pen.tool) stop();
  if (same) return;
  Object.assign(pen, { tool, corners: [], ahead: null, isByKeys });
  document.body.dataset.drawing = tool;
  map.doubleClickZoom.disable();
  show();
  ended();
  map.getContainer().focus({ preventScroll: true });
}

/** Take back the last corner, then the tool itself. Return true if there was something. */
export function back() {
  if (!pen.tool) return false;
  if (!pen.corners.length) stop();
  else {
    pen.corners = pen.corners.slice(0, -1);
    show();
  }
  return true;
}

export const cancel = () => { if (pen.tool) stop(); };

/** Set a corner at the middle of the map. */
export function centreCorner() {
  if (!pen.tool) return;
  pen.isByKeys = true;
  addCorner(placeOf(map.getCenter()), false);
}

/** Wire the pen: `redraw` shows it, `changed` runs when a tool begins or ends. */
export function startPen(theMap, theSnap, redraw, changed) {
  [map, snap, show, ended] = [theMap, theSnap, redraw, changed];
  map.on("click", ({ latlng, originalEvent }) => {
    if (!pen.tool || pen.tool === "pick") return;
    Object.assign(pen, { isByKeys: false, ahead: null });
    addCorner(placeOf(latlng), originalEvent.pointerType === "touch");
  });
  map.on("mousemove", ({ latlng }) => {
    if (!pen.tool || pen.tool === "pick" || matchMedia("(hover: none)").matches) return;
    Object.assign(pen, { isByKeys: false, ahead: placeOf(latlng) });
    show();
  });
  map.on("mouseout", () => {
    if (!pen.tool || pen.isByKeys) return;
    pen.ahead = null;
    show();
  });
  map.on("move", () => {
    if (!pen.tool || !pen.isByKeys) return;
    pen.ahead = placeOf(map.getCenter());
    show();
  });
}
