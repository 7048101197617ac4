// On a phone the card and the layers are one sheet over the map with three stops, above a tab bar.
// On a narrow screen the layers fold to a rail.

import { byId } from "../base/dom.js";
import { get, listen, set } from "./state.js";

const STOPS = [96, 346, 684];
const phone = matchMedia("(max-width: 760px)");
const narrow = matchMedia("(max-width: 1180px)");
let stop = 1;

function limit(height) {
  const room = window.innerHeight - 56 - 60;
  return Math.max(STOPS[0], Math.min(height, room));
}

function settle(height) {
  document.body.style.setProperty("--sheet", `${limit(height)}px`);
}

function go(index) {
  stop = Math.max(0, Math.min(STOPS.length - 1, index));
  document.body.dataset.stop = String(stop);
  settle(STOPS[stop]);
}

function nearest(height) {
  const gaps = STOPS.map((value) => Math.abs(limit(value) - height));
  return gaps.indexOf(Math.min(...gaps));
}

function startDrag(handle) {
  let from = null;
  handle.addEventListener("pointerdown", (event) => {
    from = { y: event.clientY, height: limit(STOPS[stop]), moved: false };
    handle.setPointerCapture(event.pointerId);
    document.body.dataset.dragging = "true";
  });
  handle.addEventListener("pointermove", (event) => {
    if (!from) return;
    from.moved = from.moved || Math.abs(event.clientY - from.y) > 4;
    settle(from.height + from.y - event.clientY);
  });
  handle.addEventListener("pointerup", (event) => {
    if (!from) return;
    delete document.body.dataset.dragging;
    go(from.moved ? nearest(from.height + from.y - event.clientY) : (stop + 1) % STOPS.length);
    from = null;
  });
  handle.addEventListener("keydown", (event) => {
    const by = { ArrowUp: 1, ArrowDown: -1, Enter: 1, " ": 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    go(event.key === "Enter" || event.key === " " ? (stop + 1) % STOPS.length : stop + by);
  });
}

/** Open or close the layers where they are not always on view. */
export function showLayers(open) {
  if (open) document.body.dataset.layers = "open"; else delete document.body.dataset.layers;
  byId("rail-open").setAttribute("aria-expanded", open ? "true" : "false");
  byId("tab-layers").setAttribute("aria-pressed", open ? "true" : "false");
  byId("tab-map").setAttribute("aria-pressed", open ? "false" : "true");
  if (open && phone.matches) {
    set({ sel: null });
    go(2);
  }
}

/** Go to the list of layers, which opens where it is not always on view. */
export function goToLayers() {
  if (narrow.matches) showLayers(true);
  (byId("tree").querySelector("input, button") || byId("layers-close")).focus();
}

/** Make room for the card where the layers are not always on view. */
export function foldLayers() {
  if (narrow.matches) showLayers(false);
}

/** Close the layers; the focus does not stay in what is gone. */
function closeLayers() {
  const isInside = byId("layers").contains(document.activeElement);
  showLayers(false);
  if (isInside) byId(phone.matches ? "tab-layers" : "rail-open").focus();
}

/** Wire the sheet, the tab bar and the rail; `resized` runs when the room of the map changes. */
export function startSheet(resized) {
  document.querySelectorAll(".sheet-handle").forEach(startDrag);
  const isOpen = () => document.body.dataset.layers === "open";
  byId("rail-open").addEventListener("click", () => showLayers(!isOpen()));
  byId("layers-close").addEventListener("click", closeLayers);
  byId("tab-layers").addEventListener("click", () => showLayers(!isOpen()));
  byId("tab-map").addEventListener("click", () => {
    showLayers(false);
    set({ sel: null });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isOpen() && narrow.matches && !document.body.dataset.card) closeLayers();
  });
  listen((state, changed) => {
    if (!changed.has("sel")) return;
    if (state.sel && narrow.matches) showLayers(false);
    if (state.sel && phone.matches) go(1);
    resized();
  });
  narrow.addEventListener("change", () => showLayers(false));
  go(1);
}

/** Return how many pixels of the map lie under card or sheet: {right, bottom}. */
export function covered() {
  if (!document.body.dataset.card) return { right: 0, bottom: 0 };
  if (phone.matches) return { right: 0, bottom: limit(STOPS[stop]) };
  return { right: narrow.matches ? 372 : 0, bottom: 0 };
}
