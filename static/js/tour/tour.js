// The guided tour: each step sets layers, extent, view and card, and says why; closing gives back what stood before.

import { byId } from "../base/dom.js";
import { t } from "../base/words.js";
import { foldLayers } from "../map/sheet.js";
import { get, listen, set } from "../map/state.js";
import { isGiven, keepFirstView, showBounds } from "../map/view.js";
import { isMeasuring } from "../measure/measure.js";
import { homeExtent, presetOf, steps } from "../themes/preset.js";
import { extentFor } from "../time/moment.js";

const KEPT = ["theme", "extent", "reading", "on", "opacity", "sel", "year"];
const phone = matchMedia("(max-width: 760px)");
const low = matchMedia("(max-width: 1000px)"); // there the panel stands at the foot of the map

let map = null;
let before = null; // what the map showed when the tour was opened
let opener = null;

const panel = () => byId("tour");
const isOpen = () => Boolean(get().tour);

/** Return the ways to keep what a step shows clear of the panel: above it; or beside it or below it. */
function ways() {
  const box = panel().getBoundingClientRect();
  const frame = map.getContainer().getBoundingClientRect();
  if (low.matches) return [{ bottom: Math.max(0, frame.bottom - box.top) }];
  return [{ left: box.right - frame.left }, { top: box.bottom - frame.top }];
}

/** Make room for the card before the map looks anywhere. */
function openCard(sel) {
  if (!sel || !byId("card").hidden) return;
  byId("card").hidden = false;
  document.body.dataset.card = "open";
}

function look() {
  const { bounds } = presetOf(get());
  if (bounds) showBounds(bounds, ways());
}

/** Return the card of a step; a phone has room for one panel, and the tour is in it. */
const selectOf = (step) => (phone.matches ? null : step.select || null);

function go(number) {
  const step = steps[number - 1];
  if (!step) return;
  keepFirstView();
  foldLayers();
  openCard(selectOf(step));
  const year = step.year ? String(step.year) : null;
  const extent = step.extent || extentFor(year, homeExtent({}));
  set({ theme: null, tour: number, extent, year, on: {}, opacity: {}, sel: selectOf(step) });
  look();
  byId(`tour-step-${number}`).focus({ preventScroll: true });
}

function open(event) {
  opener = event.currentTarget;
  const { lat, lng } = map.getCenter();
  before = { centre: [lat, lng], level: map.getZoom() };
  KEPT.forEach((key) => { before[key] = get()[key]; });
  go(1);
}

function giveFocusBack() {
  const ways = [opener, ...document.querySelectorAll("[data-tour-open]"), byId("atlas-map")];
  ways.find((way) => way?.checkVisibility({ visibilityProperty: true }))?.focus({ preventScroll: true });
}

function close() {
  const { centre, level, ...kept } = before || { theme: null, extent: homeExtent({}), year: null, on: {}, opacity: {}, sel: null };
  set({ ...kept, tour: null });
  map.invalidateSize({ pan: false });
  if (centre) map.setView(centre, level, { animate: false });
  before = null;
  giveFocusBack();
}

const next = () => (get().tour === steps.length ? close() : go(get().tour + 1));

function draw() {
  const { tour } = get();
  const isLeft = !tour && panel().contains(document.activeElement); // a theme or a step back takes the panel away
  panel().hidden = !tour;
  if (tour) document.body.dataset.tour = String(tour); else delete document.body.dataset.tour;
  document.querySelectorAll("[data-tour-open]").forEach((way) => way.setAttribute("aria-expanded", tour ? "true" : "false"));
  if (isLeft) giveFocusBack();
  if (!tour) return;
  panel().querySelectorAll("[data-step]").forEach((step) => { step.hidden = Number(step.dataset.step) !== tour; });
  byId("tour-body").scrollTop = 0;
  byId("tour-count").textContent = t("tour_count", { number: tour, count: steps.length });
  byId("tour-back").disabled = tour === 1;
  byId("tour-next").textContent = t(tour === steps.length ? "tour_end" : "tour_next");
}

function onKey(event) {
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!by || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(get().tour + by);
}

/** Esc closes the tour from within, and from elsewhere when nothing above it is open. */
function onEscape(event) {
  if (event.key !== "Escape" || !isOpen()) return;
  const isAbove = document.body.dataset.card || document.body.dataset.layers || isMeasuring()
    || document.querySelector("dialog[open], .told:popover-open") || event.target.closest?.("[role=combobox]");
  if (isAbove && !panel().contains(event.target)) return;
  event.stopPropagation();
  close();
}

/** Wire the tour, if the data have one; an address that names no view opens the step as it is meant. */
export function startTour(theMap) {
  if (!steps.length) return;
  map = theMap;
  document.querySelectorAll("[data-tour-open]").forEach((way) => {
    way.addEventListener("click", (event) => (isOpen() ? close() : open(event)));
  });
  byId("tour-close").addEventListener("click", close);
  byId("tour-next").addEventListener("click", next);
  byId("tour-back").addEventListener("click", () => go(get().tour - 1));
  panel().addEventListener("keydown", onKey);
  document.addEventListener("keydown", onEscape, true);
  listen((state, changed) => { if (changed.has("tour")) draw(); });
  draw();
  if (!isOpen() || isGiven()) return;
  const sel = get().sel || selectOf(presetOf(get()));
  openCard(sel);
  Object.assign(get(), { sel });
  look();
}
