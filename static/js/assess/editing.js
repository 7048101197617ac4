// Changing the chosen ring by its corners: by mouse, finger and keyboard; another ring is chosen by a click on its line.

/* global L */

import { byId } from "../base/dom.js";
import { t } from "../base/words.js";
import { startChanges } from "../measure/measurechanges.js";
import { startMeasureKeys } from "../measure/measurekeys.js";
import { back, cancel, centreCorner, finish, pen, placeOf } from "./drawing.js";
import { circle, roundOf } from "./shapes.js";
import { activeRing, isEmpty, isHole, isRound, keep, redo, setActive, setRound, site, tellChange, undo, watchSite } from "./site.js";
import { areaOf, areaText } from "./siteview.js";

export const MOST_HANDLES = 200; // a ring with more corners cannot be taken hold of, but replaced

const tell = (text) => { byId("said").textContent = text; };
const canEdit = () => !pen.tool && !isEmpty() && activeRing().corners.length <= MOST_HANDLES;

// What the handles work on: the corners of the chosen ring, whatever ring that is.
const tool = {
  get bend() { return pen.bent; },
  set bend(bent) { pen.bent = bent; },
  isArea: true,
  isByKeys: false,
  get isOn() { return Boolean(pen.tool) || !isEmpty(); },
  get isDrawing() { return Boolean(pen.tool); },
  get corners() { return isRound() ? [roundOf(activeRing().corners).middle] : activeRing()?.corners || []; },
  set corners(corners) {
    if (isRound()) {
      const { radius } = roundOf(activeRing().corners);
      setRound(circle(corners[0], radius), radius);
    } else setActive(corners);
    tellChange("moving");
  },
};

/** Take back the last corner of what is being drawn, else the last change. */
export function takeBack() {
  if (back()) return;
  tell(t(undo() ? "site_undone" : "site_nothing_undone"));
}

export const doAgain = () => { if (!pen.tool) tell(t(redo() ? "site_redone" : "site_nothing_redone")); };

/** Choose another ring of the site to change. */
export function chooseRing(index) {
  if (index === site.active) return;
  site.active = index;
  tellChange("moving");
  tell(t(isHole(index) ? "site_ring_hole" : "site_ring_outline", { number: index + 1 }));
}

/** Take the chosen ring out: a hole is filled, an outline goes with its holes. */
export function removeRing() {
  keep();
  const { part } = activeRing();
  const rings = isHole(site.active) ? site.rings.filter((_, i) => i !== site.active) : site.rings.filter((ring) => ring.part !== part);
  Object.assign(site, { rings, active: 0, file: null, ...(!rings.length && { origin: null, accuracy: 0, basis: null }) });
  tellChange("outline");
}

/** Wire handles, keys and clicks on lines; `show` draws the site anew. */
export function startEditing(map, show) {
  const lines = L.layerGroup().addTo(map);
  const toMap = () => map.getContainer().focus({ preventScroll: true });
  const told = () => areaText(areaOf());
  const edit = startChanges(map, tool, { keep, show, tell, told, at: placeOf });

  function drawRings() {
    lines.clearLayers();
    if (pen.tool || site.rings.length < 2) return;
    site.rings.forEach(({ corners }, index) => {
      if (index === site.active) return;
      const ring = [...corners, corners[0]].map(([lon, lat]) => [lat, lon]);
      const line = L.polyline(ring, { pane: "selection", className: "site-other hit-line", bubblingMouseEvents: false, interactive: true });
      lines.addLayer(line.on("click", () => chooseRing(index)));
    });
  }

  startMeasureKeys(tool, {
    cancel, undo: takeBack, finish, centreCorner, toMap, ...edit,
    remove: (index) => (isRound() ? tell(t("site_of_middle")) : edit.remove(index)),
  });
  window.addEventListener("keydown", (event) => {
    const isAgain = (event.ctrlKey || event.metaKey) && (event.key.toLowerCase() === "y" || (event.shiftKey && event.key.toLowerCase() === "z"));
    if (!isAgain || event.target.closest?.("input, select, textarea")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    doAgain();
  }, { capture: true });
  let settled = 0;
  watchSite((kind) => { // what a hand or a key moves is taken as done once it rests
    clearTimeout(settled);
    if (kind === "moving") settled = setTimeout(() => tellChange("outline"), 300);
  });
  return {
    draw() {
      if (!pen.bent) edit.drawHandles(canEdit() ? { corners: tool.corners, isArea: !isRound(), isDrawing: false } : { corners: [], isArea: true, isDrawing: true });
      if (isRound()) document.querySelector(".measure-corner")?.setAttribute("aria-label", t("site_of_middle"));
      drawRings();
    },
  };
}
