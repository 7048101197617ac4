// The card: what is known of the chosen feature or point. Loading, failure and empty each have a face.

import { downloadUrl, layerFeatures, membership } from "../base/api.js";
import { parseSelection, write } from "../map/address.js";
import { featureSections, heading, zoneName } from "./cardfeature.js";
import { listSection, pointSection } from "./cardpoint.js";
import { copyText } from "../base/clipboard.js";
import { byId, el, icon, replace } from "../base/dom.js";
import { find } from "../map/layers.js";
import { get, set, viewChosen } from "../map/state.js";
import { placeUrl, tableUrl } from "../tables/tableurl.js";
import { say, toast } from "../base/toast.js";
import { lang, named, t } from "../base/words.js";

let giveBack = null;
let turn = 0;
let isList = false; // the card holds a list that is no selection

async function featureById(id) {
  const loaded = find(id);
  if (loaded) return loaded.feature;
  const { plan } = get();
  const layerId = id.split(":")[0];
  if (!plan?.layers.some((layer) => layer.id === layerId)) return null;
  const { features } = await layerFeatures(viewChosen(), layerId);
  return features.find((feature) => feature.id === id) || null;
}

function grey() {
  return el("div", { class: "grey", "aria-hidden": "true" }, ...[90, 60, 75, 40].map((width) => {
    const line = el("i");
    line.style.width = `${width}%`;
    return line;
  }));
}

function failure(error, again) {
  return el("div", { class: "sec failure", role: "alert" },
    el("b", { text: t("card_failed") }), el("p", { text: error.message }),
    el("button", { type: "button", class: "btn", "data-card-retry": true, text: t("retry"), on: { click: again } }));
}

/** Copy the address of what is shown, in the reader's language. */
export async function copyLink() {
  const url = location.origin + location.pathname + write({ withLang: lang });
  toast(t(await copyText(url) ? "link_copied" : "link_select"));
}

function actions(layer, featureId = "") {
  return replace(byId("card-actions"),
    layer ? el("a", { class: "btn p", id: "card-page", href: placeUrl(layer, featureId), text: t("full_page") }) : null,
    layer ? el("a", { class: "btn", id: "card-download", href: downloadUrl(layer), download: true },
      icon("download"), t("download_geojson")) : null,
    layer ? el("a", { class: "btn", id: "card-table", href: tableUrl(layer, featureId), text: t("table") }) : null,
    el("button", { type: "button", class: "btn", id: "card-copy", on: { click: copyLink } }, icon("link"), t("copy_link")));
}

/** Tell a screen reader what was chosen and in which ring it lies. */
const tellRing = (name, zone) => say(zone ? t("card_said", { name, ring: zoneName(zone) }) : name);

async function fillPoint(box, point, mine) {
  const { sel } = get();
  const title = t(parseSelection(sel).id ? "this_point" : "where"); // the head of a card without a feature says "this point"
  replace(box, el("div", { class: "sec" }, el("h3", { text: title }), grey()));
  try {
    const answer = await membership(viewChosen(), ...point);
    if (mine !== turn) return;
    replace(box, pointSection(answer, title));
    if (!parseSelection(sel).id) tellRing(byId("card-name").textContent, answer.zone);
  } catch (error) {
    if (mine === turn) replace(box, failure(error, () => fillPoint(box, point, mine)));
  }
}

function reveal() {
  const card = byId("card");
  if (card.hidden) giveBack = document.activeElement;
  card.hidden = false;
  document.body.dataset.card = "open";
}

function head(kind, name, other = "") {
  byId("card-kind").textContent = kind;
  byId("card-name").textContent = name;
  byId("card-other").textContent = other;
  nameThePage(name);
}

function nameThePage(name) {
  const title = named(get().plan?.plan, "title");
  if (title) document.title = [name, title].filter(Boolean).join(" · ");
}

async function showFeature(id, mine) {
  const body = byId("card-body");
  head(t("loading"), "…");
  replace(body, grey());
  try {
    const feature = await featureById(id);
    if (mine !== turn) return;
    if (!feature) {
      head("", t("not_found"));
      replace(body, el("p", { class: "sec", text: t("not_found_note", { id }) }));
      actions(null);
      return;
    }
    const layer = get().plan.layers.find((item) => item.id === feature.properties.layer);
    head(...heading(feature, layer));
    replace(body, featureSections(feature));
    actions(layer, id);
    tellRing(named(feature.properties), feature.properties.home_zone);
  } catch (error) {
    if (mine === turn) replace(body, failure(error, () => showFeature(id, mine)));
  }
}

function showPoint(hits) {
  if (hits.length) {
    head(t("this_point"), t(hits.length === 1 ? "hits_one" : "hits", { count: hits.length }));
    replace(byId("card-body"), listSection(hits));
  } else {
    head(t("card_point"), t("this_point"));
    replace(byId("card-body"));
  }
  actions(null);
}

/** Show the selection of the state; `hits` are the features at a chosen point. */
export async function showCard(hits = [], { focus = true } = {}) {
  turn += 1;
  const mine = turn;
  const { id, point } = parseSelection(get().sel);
  if (!id && !point) return closeCard();
  isList = false;
  reveal();
  const card = byId("card");
  card.dataset.selection = get().sel;
  if (id) showFeature(id, mine); else showPoint(hits);
  if (point) fillPoint(byId("card-point"), point, mine); else replace(byId("card-point"));
  byId("card-scroll").scrollTop = 0;
  if (focus) byId("card-name").focus({ preventScroll: true });
  return undefined;
}

export const isCardList = () => isList;

/** Show a list that is no selection: `kind` and `name` as the head, `content` below. */
export function showList(kind, name, content, focus = false) {
  turn += 1;
  isList = true;
  reveal();
  head(kind, name);
  replace(byId("card-body"), content);
  replace(byId("card-point"));
  actions(null);
  if (focus) byId("card-name").focus({ preventScroll: true });
}

function closeCard() {
  const card = byId("card");
  if (card.hidden) return;
  const isInside = card.contains(document.activeElement);
  isList = false;
  card.hidden = true;
  say("");
  replace(byId("card-point"));
  delete card.dataset.selection;
  nameThePage("");
  delete document.body.dataset.card;
  const isThere = giveBack?.checkVisibility?.({ visibilityProperty: true }) && giveBack !== document.body;
  const back = isThere ? giveBack : isInside && byId("atlas-map");
  if (back) back.focus({ preventScroll: true });
  giveBack = null;
}

export function startCard() {
  const close = () => (get().sel ? set({ sel: null }) : closeCard());
  byId("card-close").addEventListener("click", close);
  byId("copy-page").addEventListener("click", copyLink);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && (get().sel || isList)) close();
  });
}
