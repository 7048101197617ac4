// A site out of the layers: an area of the map, with its accuracy and its basis, becomes the site.

import { byId, el, replace } from "../base/dom.js";
import { toast } from "../base/toast.js";
import { named, t } from "../base/words.js";
import { find, refresh } from "../map/layers.js";
import { hitsAt } from "../map/hits.js";
import { cancel, pen } from "./drawing.js";
import { change, ringsFrom, say } from "./site.js";

const isArea = ({ geometry }) => geometry?.type === "Polygon" || geometry?.type === "MultiPolygon";

function take(feature, shown) {
  const { geometry_basis: basis, accuracy_m: accuracy, land_use: use } = feature.properties;
  cancel();
  replace(byId("pick-list"));
  change({
    rings: ringsFrom(feature.geometry), active: 0, origin: "picked", file: null,
    accuracy: accuracy || 0, basis: basis === "symbolic_footprint" ? basis : null,
  });
  say("name", named(feature.properties).slice(0, 60));
  if (use && byId("fact-land_use").querySelector(`option[value="${CSS.escape(use)}"]`)) say("land_use", use);
  shown();
}

function offer(areas, shown) {
  replace(byId("pick-list"), el("p", { text: t("pick_which") }), el("div", { class: "choices" },
    areas.map((feature) => el("button", { type: "button", class: "btn", "data-pick": feature.id, text: named(feature.properties), on: { click: () => take(feature, shown) } }))));
  byId("pick-list").querySelector("button").focus();
}

function pickAt(x, y, isTouch, shown) {
  const areas = hitsAt(x, y, isTouch).filter(isArea);
  if (!areas.length) toast(t("pick_none"));
  else if (areas.length === 1) take(areas[0], shown);
  else offer(areas, shown);
}

/** Take the feature of an id as the site, if it has an outline. */
export async function takeById(id, shown) {
  await refresh({ only: id.split(":")[0] });
  const found = find(id)?.feature;
  if (found && isArea(found)) take(found, shown);
  else toast(t(found ? "pick_no_outline" : "not_found"));
}

/** Wire picking by click, tap, and Space or Enter at the cross. */
export function startPick(map, shown) {
  map.on("click", ({ originalEvent: { clientX, clientY, pointerType } }) => {
    if (pen.tool === "pick") pickAt(clientX, clientY, pointerType === "touch", shown);
  });
  window.addEventListener("keydown", (event) => {
    if (pen.tool !== "pick" || event.target !== map.getContainer() || ![" ", "Enter"].includes(event.key)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const frame = map.getContainer().getBoundingClientRect();
    pickAt(frame.left + frame.width / 2, frame.top + frame.height / 2, false, shown);
  }, { capture: true });
}
