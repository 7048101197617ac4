// What opens below a chosen row: opacity, basis and accuracy, download, rows known only in words.

import { downloadUrl, layerFeatures } from "../base/api.js";
import { el, replace } from "../base/dom.js";
import { number } from "../base/format.js";
import { landUseText, PARCELS } from "../base/landuse.js";
import { featuresOf } from "./layers.js";
import { fade, get, opacityOf, set, viewChosen } from "./state.js";
import { tableUrl } from "../tables/tableurl.js";
import { named, t } from "../base/words.js";

function slider(id) {
  const value = Math.round(opacityOf(id) * 100);
  const output = el("output", { text: `${value}%` });
  const input = el("input", {
    type: "range", min: "0", max: "100", step: "5", value: String(value), "data-opacity": id, "aria-label": t("opacity"),
    on: {
      input: (event) => {
        output.textContent = `${event.target.value}%`;
        event.target.style.setProperty("--at", `${event.target.value}%`);
        fade(id, Number(event.target.value) / 100);
        event.target.closest(".row-item").querySelector(".sw > g")?.setAttribute("opacity", event.target.value / 100);
      },
    },
  });
  input.style.setProperty("--at", `${value}%`);
  return el("div", { class: "op" }, el("span", { text: t("opacity") }), input, output);
}

function basisLine(layer, ring) {
  const parts = Object.entries(layer.bases || {}).map(([basis, count]) => `${t(`basis_${basis}`)} ${number(count)}`);
  if (ring) parts.splice(0, parts.length, t(`edge_${ring.basis}`));
  if (layer.accuracy_m) {
    const [low, high] = layer.accuracy_m;
    parts.push(low === high ? `±${number(low)} m` : `±${number(low)}–${number(high)} m`);
  }
  return parts.length ? el("p", { class: "row-note", text: parts.join(" · ") }) : null;
}

function edgeReason(ring) {
  const edge = ring && (get().plan.plan.edges || []).find((item) => item.distance_m === ring.outer_m);
  const reason = edge && named(edge, "reason");
  return reason ? el("p", { class: "row-note", text: reason }) : null;
}

function classes(layer) {
  if (layer.id !== PARCELS) return null;
  const codes = new Set(featuresOf(PARCELS).map((feature) => feature.properties.land_use).filter(Boolean));
  return el("ul", { class: "land-use-list" }, [...codes].sort().map((code) => el("li", {}, landUseText(code))));
}

function wordsOnly(layer) {
  if (!layer.not_drawn) return null;
  const list = el("ul", { class: "words-list" });
  const fill = async () => {
    if (list.childElementCount) return;
    try {
      const { features } = await layerFeatures(viewChosen(), layer.id);
      replace(list, features.filter((feature) => !feature.geometry).map((feature) => el("li", {},
        el("button", {
          type: "button", class: "link", "data-feature-link": feature.id, text: named(feature.properties),
          on: { click: () => set({ sel: feature.id }) },
        }))));
    } catch (error) {
      replace(list, el("li", { text: error.message }));
    }
  };
  return el("details", { class: "words-only", "data-words-only": layer.id, on: { toggle: fill } },
    el("summary", { text: t("words_only_list", { count: layer.not_drawn }) }), list);
}

/** Return the block below the chosen row. */
export function rowDetails({ id, layer, ring }) {
  return el("div", { class: "row-more" }, slider(id), classes(layer), basisLine(layer, ring), edgeReason(ring),
    el("a", { class: "row-note", "data-table-link": layer.id, href: tableUrl(layer), text: t("table_of_layer") }),
    el("a", { class: "row-note", href: downloadUrl(layer), text: t("download_layer") }), wordsOnly(layer));
}
