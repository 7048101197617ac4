// The corners of the chosen ring as a table: X north and Y east of EPSG:4548, to be read, typed and taken out.

import { byId, el, icon, replace } from "../base/dom.js";
import { t } from "../base/words.js";
import { toLonLat, toPlane } from "../map/geodesy.js";
import { rounded, without, withAdded, withMoved, middle } from "../measure/measureedit.js";
import { chooseRing, removeRing } from "./editing.js";
import { activeRing, isEmpty, isHole, keep, setActive, site, tellChange } from "./site.js";

const MOST_ROWS = 200;
const RANGES = { x: [1e6, 6e6], y: [1e5, 9e5] }; // northing and easting without a zone number, metres

function put(corners) {
  keep();
  setActive(corners);
  tellChange("outline");
}

function typed(index, axis, text) {
  const value = Number(text.replace(/[\s,\u2009]/g, ""));
  const [low, high] = RANGES[axis];
  const isGood = text.trim() !== "" && value >= low && value <= high;
  byId("corners-said").textContent = isGood ? "" : t(`corner_bad_${axis}`);
  if (!isGood) return false;
  const { corners } = activeRing();
  const [east, north] = toPlane(...corners[index]);
  put(withMoved(corners, index, rounded(toLonLat(axis === "y" ? value : east, axis === "x" ? value : north))));
  return true;
}

function field(index, axis, value) {
  return el("input", {
    type: "text", inputmode: "decimal", autocomplete: "off", value: value.toFixed(2), "data-corner": `${axis}${index}`,
    "aria-label": t(`corner_${axis}`, { number: index + 1 }),
    on: { change: ({ target }) => target.setAttribute("aria-invalid", String(!typed(index, axis, target.value))) },
  });
}

function row(corner, index, count) {
  const [east, north] = toPlane(...corner);
  const act = (name, label, run, disabled = false) => el("button", {
    type: "button", class: "icon-button", "aria-label": label, title: label, disabled, on: { click: run },
  }, icon(name));
  return el("tr", {}, el("th", { scope: "row", text: String(index + 1) }),
    el("td", {}, field(index, "x", north)), el("td", {}, field(index, "y", east)),
    el("td", { class: "acts-cell" },
      act("plus", t("corner_add", { number: index + 1 }), () => put(withAdded(activeRing().corners, index + 1, middle(activeRing().corners, index)))),
      act("close", t("corner_remove", { number: index + 1 }), () => put(without(activeRing().corners, index)), count <= 3)));
}

function ringChoice() {
  if (site.rings.length < 2) return null;
  const select = el("select", { id: "corners-ring", "aria-label": t("corners_ring"), on: { change: ({ target }) => chooseRing(Number(target.value)) } },
    site.rings.map((_, i) => el("option", { value: String(i), selected: i === site.active, text: t(isHole(i) ? "ring_hole" : "ring_outline", { number: i + 1 }) })));
  return el("div", { class: "ring-choice" }, select, el("button", { type: "button", class: "btn", id: "ring-remove", text: t("ring_remove"), on: { click: removeRing } }));
}

/** Draw the table again and keep the focus in its field. */
export function drawCorners() {
  if (!byId("corners-part").open) return;
  const held = document.activeElement?.dataset?.corner;
  const ring = activeRing();
  if (isEmpty()) replace(byId("corners-body"), el("p", { class: "quiet", text: t("corners_none") }));
  else if (ring.corners.length > MOST_ROWS) replace(byId("corners-body"), ringChoice(), el("p", { class: "quiet", text: t("corners_many", { count: ring.corners.length, most: MOST_ROWS }) }));
  else {
    replace(byId("corners-body"), ringChoice(), el("table", { class: "corners-table" },
      el("thead", {}, el("tr", {}, el("th", { scope: "col", text: t("corner_number") }), el("th", { scope: "col", text: t("corner_north") }), el("th", { scope: "col", text: t("corner_east") }), el("th", { scope: "col" }, el("span", { class: "unseen", text: t("corner_acts") })))),
      el("tbody", {}, ring.corners.map((corner, i) => row(corner, i, ring.corners.length)))));
  }
  if (held) document.querySelector(`[data-corner="${held}"]`)?.focus();
}

/** Wire the table: it is made when it is opened. */
export function startCorners() {
  byId("corners-part").addEventListener("toggle", drawCorners);
}
