// The key F: what can be clicked in the present view, as a list in the card. It follows the map while it is open.

import { isCardList, showList } from "../card/card.js";
import { listSection } from "../card/cardpoint.js";
import { byId, el } from "../base/dom.js";
import { isInView } from "./inviewmath.js";
import { shownFeatures } from "./layers.js";
import { covered, foldLayers } from "./sheet.js";
import { get, set } from "./state.js";
import { t } from "../base/words.js";

let map = null;

/** Return the part of the map that neither card nor sheet covers, as [west, south, east, north]. */
function view() {
  const { right, bottom } = covered();
  const { x, y } = map.getSize();
  const { lng: west, lat: north } = map.containerPointToLatLng([0, 0]);
  const { lng: east, lat: south } = map.containerPointToLatLng([x - right, y - bottom]);
  return [west, south, east, north];
}

function found() {
  const order = get().plan.layers.map((layer) => layer.id).reverse();
  const box = view();
  return shownFeatures().filter((feature) => isInView(feature.geometry, box))
    .sort((a, b) => order.indexOf(a.properties.layer) - order.indexOf(b.properties.layer));
}

function step(event) {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by) return;
  event.preventDefault();
  const rows = [...byId("card-body").querySelectorAll(".hit-row")];
  const next = rows.indexOf(document.activeElement) + by;
  rows[Math.max(0, Math.min(rows.length - 1, next))].focus();
}

function show(focus) {
  const features = found();
  const name = t(features.length === 1 ? "in_view_one" : features.length ? "in_view_count" : "in_view_none", { count: features.length });
  const list = features.length ? listSection(features, null) : el("p", { class: "sec", text: t("in_view_none_note") });
  list.addEventListener("keydown", step);
  showList(t("in_view"), name, list, focus);
}

function follow() {
  if (!isCardList()) return;
  const held = document.activeElement?.dataset.hit;
  show(false);
  if (held) (document.querySelector(`[data-hit="${held}"]`) || byId("card-name")).focus({ preventScroll: true });
}

/** Open the list; the card comes first, so that the view is the one beside it. */
function open() {
  if (!get().plan) return;
  if (get().sel) set({ sel: null });
  foldLayers();
  showList(t("in_view"), "", []);
  setTimeout(() => {
    map.invalidateSize({ pan: false });
    show(true);
  }, 0);
}

/** Wire the list to the map; return what opens it. */
export function startInView(theMap) {
  map = theMap;
  map.on("moveend", follow);
  map.on("resize", follow);
  return open;
}
