// The fixed parts of the layers panel: extent, reading of ring 1, ring areas, layers that are not loaded.

import { byId, el, replace } from "../base/dom.js";
import { number, percents, squareKm, stated } from "../base/format.js";
import { featuresOf, watchLayers } from "./layers.js";
import { get, listen, readingChosen, set } from "./state.js";
import { named, t } from "../base/words.js";

function choose(name, key) {
  const box = byId(name);
  box.addEventListener("change", (event) => set({ [key]: event.target.value }));
}

function sync() {
  const state = get();
  for (const input of document.querySelectorAll("#extent-switch input, #reading-switch input")) {
    input.checked = input.value === (input.name === "extent" ? state.extent : state.reading);
  }
  byId("reading-note").textContent = state.plan?.plan.scenario ? "" : named(readingChosen(), "note"); // it speaks of the distances of the data
}

function extentNote() {
  const { plan } = get();
  const area = plan?.plan.extent_area_m2;
  const said = featuresOf(`extent_${get().extent}`)[0]?.properties.stated_area;
  const parts = [said && t("extent_stated", { area: stated(said) }), area && t("extent_note", { area: number(area / 1e6, 0) })];
  byId("extent-note").textContent = parts.filter(Boolean).join(" / ");
}

function composition() {
  const { plan } = get();
  const rings = plan?.layers.find((layer) => layer.id === "rings")?.rings || [];
  const shares = percents(rings.map((ring) => ring.share_of_land));
  byId("land-area").textContent = plan ? t("land_area", { area: squareKm(plan.plan.land_area_m2) }) : "";
  replace(byId("composition-bar"), rings.map((ring) => {
    const part = el("i", { class: `bar-${ring.id}`, title: `${named(ring)} ${squareKm(ring.area_m2)} km²` });
    part.style.flexGrow = ring.share_of_land;
    return part;
  }));
  replace(byId("composition-list"), rings.map((ring, i) => el("li", { "data-composition": ring.id },
    el("span", { text: t(`numeral_${ring.id}`) }), el("b", { text: shares[i] }))));
}

function slots() {
  const { plan } = get();
  replace(byId("slots-list"), (plan?.slots || []).map((slot) => el("li", { "data-slot": slot.id },
    el("div", {}, el("span", { text: named(slot, "title") }), el("span", { class: "chip none", text: t("not_loaded") })),
    el("p", { text: named(slot, "why") }))));
}

/** Keep the panel true to the state. */
export function startPanel() {
  choose("extent-switch", "extent");
  choose("reading-switch", "reading");
  listen(() => {
    sync();
    extentNote();
    composition();
    slots();
  });
  watchLayers(extentNote);
  sync();
}
