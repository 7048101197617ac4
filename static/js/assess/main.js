// Puts the page of a site together: the map of the plan, the pen, the fields, and the answer beside them.

/* global L */

import { layerList } from "../base/api.js";
import { startChips } from "../base/chips.js";
import { byId, el, replace } from "../base/dom.js";
import { startKeys } from "../base/keys.js";
import { startPrint, startTheme } from "../base/theme.js";
import { toast } from "../base/toast.js";
import { t } from "../base/words.js";
import { startLabels } from "../labels/labels.js";
import { read, record, write, writeView } from "../map/address.js";
import { startGrid } from "../map/grid.js";
import { startHover } from "../map/hits.js";
import { begin, refresh } from "../map/layers.js";
import { startNeatline } from "../map/neatline.js";
import { startSelection } from "../map/selection.js";
import { get, isChosen, listen, set, viewChanged, viewChosen } from "../map/state.js";
import { startStatus } from "../map/status.js";
import { startTitleBlock } from "../map/titleblock.js";
import { checkFirstView, isGiven, startView, startZoom } from "../map/view.js";
import { startSearch } from "../search/search.js";
import { askSoon, startAnswer } from "./answer.js";
import { drawCorners, startCorners } from "./corners.js";
import { pen, startPen } from "./drawing.js";
import { startEditing } from "./editing.js";
import { startFile } from "./filein.js";
import { startForm, writeFacts } from "./form.js";
import { startPaste } from "./paste.js";
import { startPick, takeById } from "./pick.js";
import { readShared, recordSite } from "./share.js";
import { facts, isEmpty, site, tellChange, watchSite } from "./site.js";
import { startSiteView } from "./siteview.js";
import { startSnap } from "./snap.js";
import { showTab, showTools, startTools } from "./tools.js";
import { startUsed } from "./used.js";

const CLOSEST = 17;
const FOUND_LEVEL = 14;
const map = window.atlasMap;
let view = null;
let edit = null;

function draw() {
  view.draw();
  edit.draw();
  if (pen.tool && pen.isByKeys) document.body.dataset.measureCross = "true"; else delete document.body.dataset.measureCross;
}

function showSite() {
  const bounds = view.bounds();
  if (bounds) map.fitBounds(bounds, { padding: [70, 70], maxZoom: CLOSEST, animate: false });
}

const lookAt = ([lon, lat]) => map.setView([lat, lon], Math.max(map.getZoom(), FOUND_LEVEL), { animate: false });

/** A new site stands: show it whole if it is out of sight, and its answer where both panels have no room. */
function shown() {
  const bounds = view.bounds();
  if (bounds && !map.getBounds().contains(bounds)) showSite();
}

function keepLinks() {
  const other = byId("lang-other");
  other?.setAttribute("href", location.pathname + write({ withLang: other.dataset.lang }) + location.hash);
  document.querySelectorAll("[data-keeps-view]").forEach((link) => link.setAttribute("href", new URL(link.href).pathname + writeView()));
}

function onSite(kind) {
  draw();
  showTools();
  if (kind === "moving") return;
  drawCorners();
  byId("site-state").textContent = isEmpty() ? "" : t(recordSite() ? "site_kept" : "site_not_kept");
  if (isEmpty()) recordSite();
  keepLinks();
  askSoon();
}

async function loadPlan() {
  const asked = viewChosen();
  const isWanted = () => isChosen(asked);
  try {
    const plan = await layerList(asked);
    if (!isWanted()) return;
    set({ plan }, "none");
    await refresh();
    if (isWanted()) document.body.dataset.ready = "true";
  } catch (error) {
    if (!isWanted()) return;
    document.body.dataset.ready = "failed";
    replace(byId("used-list"), el("li", { class: "failure", role: "alert" }, error.message,
      el("button", { type: "button", class: "btn", "data-plan-retry": true, text: t("retry"), on: { click: loadPlan } })));
  }
}

function react(state, changed, history) {
  if (history !== "none") record(history);
  keepLinks();
  for (const input of document.querySelectorAll("#extent-switch input")) input.checked = input.value === state.extent;
  if (viewChanged(changed)) {
    delete document.body.dataset.ready;
    loadPlan();
    askSoon();
  } else if (["on", "opacity"].some((key) => changed.has(key))) refresh();
}

/** Take the site that the address brings: drawn corners, or the id of something on the map. */
function takeShared() {
  const found = readShared(location.hash);
  const picked = new URLSearchParams(location.hash.slice(1)).get("pick");
  if (found) {
    Object.assign(facts, found.facts);
    Object.assign(site, found.outline);
    tellChange("outline");
    if (!isGiven()) showSite();
    showTab("answer");
  } else if (picked) takeById(picked, showSite);
}

function startMap() {
  L.SVG.mergeOptions({ padding: 0.5 });
  Object.assign(get(), read(location.search));
  map.invalidateSize({ pan: false });
  begin(map);
  startView(map);
  listen(react);
  startSelection(map);
  startGrid(map);
  startNeatline(map);
  startTitleBlock(map);
  startStatus(map, loadPlan);
  startHover(map);
  startLabels(map);
  map.getContainer().setAttribute("role", "application");
  map.getContainer().setAttribute("aria-label", t("map_keys"));
  startZoom(map);
  map.on("moveend", () => {
    const { lat, lng } = map.getCenter();
    set({ view: { lon: lng, lat, level: map.getZoom() } }, "replace");
  });
  map.on("zoomend", () => draw());
  new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(map.getContainer());
  byId("extent-switch").addEventListener("change", ({ target }) => set({ extent: target.value }));
}

async function start() {
  view = startSiteView(map);
  startTheme();
  startPrint();
  startChips();
  startMap();
  startPen(map, startSnap(map, () => byId("snap-on").checked), () => { draw(); showTools(); }, showTools);
  edit = startEditing(map, draw);
  startPick(map, shown);
  startForm();
  startCorners();
  startPaste({ asGeoJson: startFile(shown), shown });
  startUsed();
  startTools(showSite);
  startAnswer((part) => view.showPart(part));
  startKeys();
  startSearch({
    goToFeature: ({ centre, placed_in: area }) => { if (centre) lookAt(centre); else toast(t(area ? "pick_in_words" : "pick_no_outline")); },
    goToPosition: ({ lon, lat }) => lookAt([lon, lat]),
    example: () => map.getCenter(),
  });
  watchSite(onSite);
  window.addEventListener("hashchange", takeShared);
  await loadPlan();
  checkFirstView();
  writeFacts();
  takeShared();
  document.body.dataset.assess = "ready";
}

start();
