// Puts the page together: state from the address, data from the server, and every control on the map.

/* global L */

import { layerList } from "./base/api.js";
import { parseSelection, read, record, selectionOf, write, writeView } from "./map/address.js";
import { copyLink, showCard, startCard } from "./card/card.js";
import { startChips } from "./base/chips.js";
import { startExport } from "./export/dialog.js";
import { byId, el, replace } from "./base/dom.js";
import { startGrid } from "./map/grid.js";
import { hitsAt, startHover } from "./map/hits.js";
import { startLabels } from "./labels/labels.js";
import { startInView } from "./map/inview.js";
import { bindKey, startKeys } from "./base/keys.js";
import { startLayerFaults } from "./map/layerfaults.js";
import { begin, find, refresh } from "./map/layers.js";
import { isMeasuring, startMeasure } from "./measure/measure.js";
import { startMetrics } from "./metrics/metricspanel.js";
import { startNeatline } from "./map/neatline.js";
import { startOverview } from "./map/overview.js";
import { startPanel } from "./map/panel.js";
import { isSheet, startPrintSheet } from "./map/printsheet.js";
import { startSearch } from "./search/search.js";
import { goToFeature, goToPosition, hasOutline, showWhole, startGoing } from "./search/searchgo.js";
import { showSelection, startSelection } from "./map/selection.js";
import { goToLayers, startSheet } from "./map/sheet.js";
import { get, isChosen, listen, set, viewChanged, viewChosen } from "./map/state.js";
import { startStatus } from "./map/status.js";
import { startPrint, startTheme } from "./base/theme.js";
import { startTitleBlock } from "./map/titleblock.js";
import { startTime } from "./time/start.js";
import { startTree } from "./map/tree.js";
import { checkFirstView, isGiven, startView, startZoom, uncover, wholeZone } from "./map/view.js";
import { t } from "./base/words.js";
import { startGuides } from "./tour/guides.js";

const map = window.atlasMap;
let hits = [];
let restoring = false;

function keepView() {
  if (restoring || isSheet()) return;
  const { lat, lng } = map.getCenter();
  set({ view: { lon: lng, lat, level: map.getZoom() } }, "replace");
}

function click(latlng, x, y, touch) {
  if (isMeasuring()) return;
  const point = [latlng.lng, latlng.lat];
  hits = hitsAt(x, y, touch);
  const sel = selectionOf(hits.length === 1 ? hits[0].id : null, point);
  if (sel === get().sel) showCard(hits); else set({ sel });
}

function startClicks() {
  map.on("click", ({ latlng, originalEvent }) => {
    click(latlng, originalEvent.clientX, originalEvent.clientY, originalEvent.pointerType === "touch");
  });
  map.getContainer().setAttribute("role", "application");
  map.getContainer().setAttribute("aria-label", t("map_keys"));
  map.getContainer().addEventListener("keydown", (event) => {
    if (event.target !== map.getContainer()) return;
    if (event.key === "Home") wholeZone();
    if (event.key !== "Enter") return;
    const box = map.getContainer().getBoundingClientRect();
    const centre = map.getSize().divideBy(2);
    click(map.getCenter(), box.left + centre.x, box.top + centre.y, false);
  });
  startZoom(map);
}

async function showChosen({ focus = true, fresh = false, still = false } = {}) {
  const { id, point } = parseSelection(get().sel);
  const isComing = Boolean(id) && !find(id);
  if (isComing) {
    showCard([], { focus }); // the card waits in sight, and says it if nothing comes
    await refresh({ only: id.split(":")[0] });
    if (parseSelection(get().sel).id !== id) return;
  }
  if (!id && point && fresh) {
    const spot = map.latLngToContainerPoint([point[1], point[0]]);
    const box = map.getContainer().getBoundingClientRect();
    hits = hitsAt(box.left + spot.x, box.top + spot.y);
  }
  showSelection(id, point);
  if (!isComing) showCard(id ? [] : hits, { focus });
  const feature = id && find(id)?.feature;
  if (still || (fresh && isGiven())) return;
  if (!point && feature && hasOutline(feature)) showWhole(feature); else uncover(point || feature?.properties.centre);
}

function showNoPlan(error) {
  replace(byId("tree"), el("div", { class: "sec failure", role: "alert" },
    el("b", { text: t("plan_failed") }), el("p", { text: error.message }),
    el("button", { type: "button", class: "btn", "data-plan-retry": true, text: t("retry"), on: { click: loadPlan } })));
}

/** Load the plan of the chosen view; false if another one was chosen meanwhile. */
async function loadPlan() {
  const view = viewChosen();
  const isWanted = () => isChosen(view);
  try {
    const plan = await layerList(view);
    if (!isWanted()) return false;
    set({ plan }, "none");
    await refresh();
    if (isWanted()) document.body.dataset.ready = "true";
  } catch (error) {
    if (!isWanted()) return false;
    document.body.dataset.ready = "failed";
    showNoPlan(error);
  }
  return isWanted();
}

/** Let the links out of the map carry what was chosen. */
function keepLinks() {
  const other = byId("lang-other");
  other?.setAttribute("href", location.pathname + write({ withLang: other.dataset.lang }));
  document.querySelectorAll("[data-keeps-view]").forEach((link) => {
    link.setAttribute("href", new URL(link.href).pathname + writeView());
  });
}

async function react(state, changed, history) {
  if (history !== "none" && !restoring) record(history);
  keepLinks();
  if (viewChanged(changed)) {
    delete document.body.dataset.ready;
    if (await loadPlan() && (get().sel || changed.has("sel"))) showChosen({ focus: false, fresh: true });
    return;
  }
  if (changed.has("sel")) showChosen({ focus: !changed.has("tour"), still: changed.has("tour") }); // a step has its own view
  if (["on", "opacity", "year"].some((key) => changed.has(key))) refresh();
}

function back() {
  restoring = true;
  const next = read(location.search);
  const { view, ...rest } = next;
  set({ ...rest, view: view || get().view }, "none");
  map.invalidateSize({ pan: false }); // the card may have come or gone: first the room, then the view
  if (view) map.setView([view.lat, view.lon], view.level, { animate: false });
  restoring = false;
}

function startMapKeys() {
  startKeys();
  bindKey("l", goToLayers);
  bindKey("c", copyLink);
  bindKey("f", startInView(map));
}

async function start() {
  L.SVG.mergeOptions({ padding: 0.5 });
  Object.assign(get(), read(location.search));
  if (get().sel) {
    byId("card").hidden = false;
    document.body.dataset.card = "open";
  }
  map.invalidateSize({ pan: false });
  begin(map);
  startView(map);
  startTheme();
  startPrint();
  listen(react);
  startChips(); // before the card and the tools, which also answer Esc
  startSheet(() => setTimeout(() => map.invalidateSize({ pan: false }), 0));
  startSelection(map);
  startGrid(map);
  startNeatline(map);
  startTitleBlock(map);
  startPanel();
  startOverview(map);
  startTree(map);
  startStatus(map, loadPlan);
  startCard();
  startHover(map);
  startClicks();
  startMeasure(map);
  startMetrics(map);
  startGoing(map, () => showChosen({ fresh: true }));
  startSearch({ goToFeature, goToPosition, example: () => map.getCenter() });
  startMapKeys();
  startLayerFaults();
  startLabels(map);
  startTime(map);
  startPrintSheet(map);
  startGuides(map);
  startExport(map);
  map.on("moveend", keepView);
  new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(map.getContainer());
  window.addEventListener("popstate", back);
  await loadPlan();
  checkFirstView();
  if (get().sel) showChosen({ focus: false, fresh: true });
}

start();
