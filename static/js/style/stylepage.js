// Every component in its states, made by the modules of the product from the data of this server.

/* global L */

import { layerFeatures, layerList, membership, search } from "../base/api.js";
import { compareSection } from "../card/cardcompare.js";
import { featureSections, heading } from "../card/cardfeature.js";
import { chip } from "../card/cardparts.js";
import { listSection, pointSection } from "../card/cardpoint.js";
import { areaTold, edgeTold, statedTold } from "../base/chiptold.js";
import { openDialog } from "../base/dialog.js";
import { byId, el, replace } from "../base/dom.js";
import { number, squareKm } from "../base/format.js";
import { measured } from "../measure/measuremath.js";
import { showFigures } from "../measure/measurepanel.js";
import { failureNote, loadingNote, noteOf, rowsOf } from "../search/searchlist.js";
import { get, set, viewChosen } from "../map/state.js";
import { write as writeStatus } from "../map/status.js";
import { swatch } from "../base/swatch.js";
import { startTitleBlock } from "../map/titleblock.js";
import { groupHead, layerRow } from "../map/tree.js";
import { timeAndGuides } from "./styletime.js";
import { t } from "../base/words.js";

const nothing = () => {};
const nowhere = { goToFeature: nothing, goToPosition: nothing };
const FAR = [90, 30]; // no metric coordinates there: what is not known is said
let features = [];

const into = (slot, ...children) => {
  const box = document.querySelector(`[data-slot="${slot}"]`);
  replace(box, ...children);
  return box;
};

/** Take out the ids that programs look for on the map page: here they would stand twice. */
function nameless(node) {
  node.querySelectorAll("[id]:not(.told)").forEach((one) => one.removeAttribute("id"));
  return node;
}

function rows() {
  const layer = get().plan.layers.find((one) => one.area_m2 && one.geometry === "polygon" && one.id !== "rings");
  const item = { id: layer.id, layer };
  const draw = (slot, looks, shown) => {
    const list = el("ul", { class: "rows" }, layerRow(item, { on: true, open: false, failed: null, text: squareKm(layer.area_m2), ...looks }, nothing));
    if (shown) list.querySelector(shown === "focus" ? ".row-open" : ".row").dataset.show = shown;
    nameless(into(`row-${slot}`, list));
  };
  draw("on", {});
  draw("off", { on: false });
  draw("hover", {}, "hover");
  draw("focus", {}, "focus");
  draw("open", { open: true });
  draw("scale", { text: t("from_level", { level: Math.max(...get().plan.layers.map((one) => one.min_zoom)) }) });
  draw("failed", { failed: t("server_lost"), text: t("layer_failed") });
}

function groups() {
  const group = get().plan.groups[0];
  const count = get().plan.layers.filter((layer) => layer.group === group.id).length;
  const acts = { turnAll: nothing, fold: nothing };
  const draw = (slot, looks) => into(`group-${slot}`, groupHead(group, { on: true, part: false, isFolded: false, text: number(count), ...looks }, acts));
  draw("on", {});
  draw("part", { on: false, part: true });
  draw("off", { on: false, isFolded: true });
  const rings = get().plan.layers.find((layer) => layer.id === "rings")?.rings || [];
  const plain = get().plan.layers.filter((layer) => layer.id !== "rings");
  into("swatches", el("div", { class: "style-swatches" }, rings.map((ring) => swatch(ring.id)),
    plain.map((layer) => swatch(layer.id, { layer, current: layer.id === `extent_${get().extent}` }))));
}

const card = (...sections) => el("div", { class: "panel right" }, sections);

function place(feature, slot) {
  const layer = get().plan.layers.find((one) => one.id === feature.properties.layer);
  const [kind, name, other] = heading(feature, layer);
  const head = el("div", { class: "card-head" }, el("p", { class: "card-kind", text: kind }),
    el("div", { class: "card-title" }, el("b", { class: "type-title", text: name }), el("p", { class: "card-other", text: other })));
  into(slot, nameless(card(head, featureSections(feature))));
}

async function cards() {
  const compared = features.filter((one) => one.geometry && one.properties.stated_area && one.properties.area_m2);
  const [chosen] = compared.filter((one) => one.properties.zones?.length && one.properties.geometry_basis === "inferred");
  if (chosen) place(chosen, "card-place");
  const inWords = features.find((one) => !one.geometry);
  if (inWords) place(inWords, "card-words");
  const lake = features.find((one) => one.id === get().plan.plan.lake);
  into("card-hits", nameless(card(listSection([lake, ...compared.slice(0, 2)].filter(Boolean), lake.properties.centre.join()))));
  const [here, far] = await Promise.all([lake.properties.centre, FAR].map((at) => membership(viewChosen(), ...at)));
  into("card-point", nameless(card(pointSection(here, t("this_point")))));
  into("card-nodata", nameless(card(pointSection(far, t("this_point")))));
  return compared;
}

/** Show the first real pair of figures for each verdict; one that no pair has is said to be missing. */
function verdicts(compared) {
  for (const verdict of ["agrees", "doubtful", "differs"]) {
    const found = compared.map((one) => ({ one, section: compareSection(one) }))
      .find(({ section }) => section.querySelector(`[data-verdict="${verdict}"]`));
    into(`compare-${verdict}`, found ? nameless(card(found.section)) : el("p", { class: "sec", text: t("style_none") }));
  }
  const [first] = compared;
  const assumed = get().plan.plan.edges.find((edge) => edge.basis === "assumed");
  into("chips", el("div", { class: "style-chips" }, chip("stated", statedTold(first.properties.stated_area)),
    chip("computed", areaTold(first.properties)), assumed ? chip("assumed", edgeTold(assumed.distance_m)) : null));
}

async function searches() {
  const draw = (slot, list, note) => into(`search-${slot}`, el("div", { class: "search-pop" },
    list ? el("ul", { class: "search-list", role: "listbox", "aria-label": t("style_found") }, list) : null,
    note ? el("div", { class: "search-note" }, note) : null));
  const [lng, lat] = features.find((one) => one.id === get().plan.plan.lake).properties.centre;
  const name = features.find((one) => one.id === get().plan.plan.lake).properties.name_zh;
  const [named, position] = await Promise.all([search(name), search(`${lng}, ${lat}`)]);
  for (const [slot, answer] of [["features", named], ["position", position]]) {
    const found = (await rowsOf(answer, nowhere)).slice(0, 3).map(({ node }) => node);
    found[0]?.setAttribute("aria-selected", "true");
    if (found[1]) found[1].dataset.show = "hover";
    nameless(draw(slot, found, noteOf(answer, !found.length, { lng, lat })));
  }
  draw("empty", null, noteOf({ q: "xyz" }, true, { lng, lat }));
  draw("loading", null, loadingNote());
  draw("error", null, failureNote(new Error(t("server_lost"))));
}

function onMap() {
  const [west, south, east, north] = get().plan.plan.bounds;
  const map = L.map("style-map", { zoomControl: false, attributionControl: false, keyboard: false })
    .fitBounds([[south, west], [north, east]], { animate: false });
  L.control.scale({ imperial: false, maxWidth: 140 }).addTo(map);
  startTitleBlock(map);
  const edge = (east - west) / 20;
  const [lng, lat] = [(west + east) / 2, (south + north) / 2];
  writeStatus(lng, lat, true);
  byId("status-level").textContent = number(map.getZoom());
  byId("status-version").textContent = t("version", { version: get().plan.plan.version });
  const corners = [[lng, lat], [lng + edge, lat], [lng + edge, lat + edge], [lng, lat + edge]];
  byId("measure").hidden = false;
  showFigures(measured(corners, true), { corners: corners.length, isDrawing: false, isArea: true }, false);
  byId("style-dialog").addEventListener("click", () => openDialog(byId("keys")));
}

async function start() {
  const plan = await layerList(viewChosen());
  get().plan = plan;
  features = (await Promise.all(plan.layers.map((layer) => layerFeatures(viewChosen(), layer.id)))).flatMap((one) => one.features);
  rows();
  groups();
  verdicts(await cards());
  await searches();
  onMap();
  await timeAndGuides();
  get().plan = null;
  set({ plan }, "none"); // the title block waits for it
  document.body.dataset.ready = "true";
}

start();
