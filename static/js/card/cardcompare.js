// Stated beside computed: never corrected, always judged by the accuracy of the outline.

import { chip, titled } from "./cardparts.js";
import { areaTold, figureUrl, statedTold } from "../base/chiptold.js";
import { el, svg } from "../base/dom.js";
import { bounded, decimalsOf, number, signed, signedPercent, stated, UNITS } from "../base/format.js";
import { ofBoth, t } from "../base/words.js";

const WIDTH = 140;

const MARKS = {
  agrees: ["ok", [["circle", { cx: 8, cy: 8, r: 7, fill: "currentColor" }],
    ["path", { d: "M4.6 8.3 7 10.7l4.4-5", class: "mark-in" }]]],
  doubtful: ["cond", [["path", { d: "M8 1.5 15 14.5H1Z", fill: "currentColor" }],
    ["path", { d: "M8 6V10.4M8 11.8V13", class: "mark-in" }]]],
  differs: ["bad", [["rect", { x: 1.5, y: 1.5, width: 13, height: 13, fill: "currentColor" }],
    ["path", { d: "M5 5l6 6M11 5l-6 6", class: "mark-in" }]]],
};

function mark(verdict) {
  const [cls, shapes] = MARKS[verdict];
  return el("span", { class: `v ${cls}`, "data-verdict": verdict },
    svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, shapes.map(([tag, more]) => svg(tag, more))),
    t(`verdict_${verdict}`));
}

function niceTop(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 1.5, 2, 3, 4, 5, 6, 8, 10].map((step) => step * power).find((top) => top >= value);
}

function picture(p, unit) {
  const value = p.area_m2 / UNITS[unit];
  const bound = (p.area_u_m2 || 0) / UNITS[unit];
  const said = p.stated_area.area_m2 / UNITS[unit];
  const top = niceTop(Math.max(value + bound, said) * 1.04);
  const x = (number_) => (Math.max(0, Math.min(top, number_)) / top) * WIDTH;
  return svg("svg", { class: "compare-bar", width: WIDTH, height: 34, viewBox: `0 0 ${WIDTH} 34`, "aria-hidden": "true" },
    svg("path", { class: "axis", d: `M0 17H${WIDTH}` }),
    svg("rect", { class: "bound", x: x(value - bound), y: 12, width: Math.max(1, x(value + bound) - x(value - bound)), height: 10 }),
    svg("path", { class: "computed", d: `M${x(value)} 9V25` }),
    svg("path", { class: "stated", d: `M${x(said)} 10l5 7-5 7-5-7z` }),
    svg("text", { x: 0, y: 33 }, "0"),
    svg("text", { x: WIDTH, y: 33, "text-anchor": "end" }, `${number(top, top < 1 ? 1 : 0)} ${t(`unit_${unit}`)}`));
}

function key() {
  const part = (cls, d, text) => el("span", {},
    svg("svg", { width: 10, height: 10, "aria-hidden": "true" }, svg("path", { class: cls, d })), text);
  return el("p", { class: "compare-key" }, part("stated", "M5 0l4 5-4 5-4-5z", t("chip_stated")),
    part("computed", "M5 0V10", t("computed_and_bound")));
}

function difference(p, unit) {
  const { difference_m2: off, ratio } = p.compared;
  const amount = number(off / UNITS[unit], p.area_u_m2 ? decimalsOf(p.area_u_m2 / UNITS[unit]) : 1);
  return t("difference_value", { amount: signed(amount, off), ratio: signedPercent(ratio) });
}

/** Return a stated area, as a link if it has a row in the ledger. */
const statedLink = (said) => (said.figure ? el("a", { href: figureUrl(said.figure), text: stated(said) }) : stated(said));

const row = (label, text, field) => el("tr", { "data-compare": field },
  el("td", {}, label), el("td", { class: "num" }, text));

/** Return the section that sets stated beside computed, or the stated figure alone; null without one. */
export function compareSection(feature) {
  const p = feature.properties;
  const said = p.stated_area;
  if (!said) return null;
  const where = [said.source === "public" ? t("public_text") : said.source, ofBoth(said.place)].filter(Boolean).join(t("comma"));
  if (!p.compared) {
    return el("div", { class: "sec" }, titled(t("stated_area")),
      el("table", { class: "fig" }, row(chip("stated", statedTold(said)), statedLink(said), "stated"),
        said.unit === "mu" ? null : row(t("unit_name_mu"), `${bounded(said.area_m2, 0, "mu").value} ${t("unit_mu")}`),
        said.unit === "ha" ? null : row(t("unit_name_ha"), `${bounded(said.area_m2, 0, "ha").value} ${t("unit_ha")}`)),
      el("p", { class: "quiet", text: where }),
      p.symbol_radius_m ? el("p", { class: "quiet", text: t("symbol_note", { radius: number(p.symbol_radius_m) }) }) : null);
  }
  return el("div", { class: "sec" },
    titled(t("stated_and_computed"), el("span", { class: "end" }, mark(p.compared.verdict))),
    el("div", { class: "compare" }, el("table", { class: "fig" },
      row(chip("stated", statedTold(said)), statedLink(said), "stated"),
      row(chip("computed", areaTold(p)), `${bounded(p.area_m2, p.area_u_m2, said.unit).value} ${t(`unit_${said.unit}`)}`, "computed"),
      row(t("difference"), difference(p, said.unit), "difference")),
    el("div", {}, picture(p, said.unit), key())), el("p", { class: "quiet", text: where }));
}
