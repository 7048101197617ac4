// The first look on a phone: area, the same in mu, and what the text says, side by side.

import { el } from "../base/dom.js";
import { bounded, decimalsOf, number, stated, UNITS } from "../base/format.js";
import { lang, t } from "../base/words.js";

const TEN_THOUSAND_MU = 1e4;

function inMu(p) {
  const mu = p.area_m2 / UNITS.mu;
  if (lang !== "zh" || mu < TEN_THOUSAND_MU || !p.area_u_m2) {
    const { value, bound } = bounded(p.area_m2, p.area_u_m2, "mu");
    return [value, bound ? ` ± ${bound} ${t("unit_mu")}` : ` ${t("unit_mu")}`];
  }
  const bound = p.area_u_m2 / UNITS.mu / TEN_THOUSAND_MU;
  const decimals = decimalsOf(bound);
  return [number(mu / TEN_THOUSAND_MU, decimals), ` ± ${number(bound, decimals)} ${t("unit_10k_mu")}`];
}

const part = (label, strong, rest = "") => el("div", {}, el("span", { text: label }), el("p", {}, el("b", { text: strong }), rest));

/** Return the strip of figures; null where there is no area. Shown only on a phone. */
export function summary(p) {
  const parts = [];
  if (p.area_m2) {
    const { value, bound } = bounded(p.area_m2, p.area_u_m2, "km2");
    parts.push(part(t("area_computed"), value, bound ? ` ± ${bound} km²` : " km²"), part(t("same_in"), ...inMu(p)));
  }
  if (p.stated_area) parts.push(part(t("chip_stated"), stated(p.stated_area)));
  return parts.length ? el("div", { class: "summary" }, parts) : null;
}
