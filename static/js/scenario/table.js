// The differences as a table: each zone at the left, at the right, and by how much; what changes its ring; the same in words.

import { byId, el, replace, svg } from "../base/dom.js";
import { number, signed } from "../base/format.js";
import { named, t } from "../base/words.js";
import { get } from "./state.js";

const KM2 = 1e6;
const HALF = 60; // units of the little bar on each side of nothing

const km2 = (m2) => number(m2 / KM2, 1);
const change = (m2) => signed(km2(m2), m2 > 0 && km2(m2) !== "0.0" ? 1 : -1);

function bar(zone, delta, most) {
  const length = most ? (Math.abs(delta) / most) * HALF : 0;
  return svg("svg", { class: "delta-bar", viewBox: "-64 0 128 14", width: 128, height: 14, "aria-hidden": "true" },
    svg("rect", { class: `ring-${zone} ring`, x: delta < 0 ? -length : 0, y: 2, width: length, height: 10 }),
    svg("path", { class: "delta-axis", d: "M0 0V14" }));
}

const zoneName = (zone) => (zone === "water" ? t("zone_water") : t(`ring_label_${zone}`));

function row({ id, left, right, places }, most, place) {
  const delta = right - left;
  const share = left ? `${signed(number((delta / left) * 100, 0), delta)}%` : "–";
  return el("tr", { "data-zone": id },
    el("th", { scope: "row" }, svg("svg", { class: "sw", viewBox: "0 0 24 14", "aria-hidden": "true" }, svg("rect", { class: id === "water" ? "water-fill" : `ring ring-${id}`, width: 24, height: 14 })), ` ${zoneName(id)}`),
    el("td", { class: "num", "data-left": left, text: km2(left) }), el("td", { class: "num", "data-right": right }, el("b", { text: km2(right) })),
    el("td", { class: "num", "data-delta": delta, text: change(delta) }), el("td", { class: "num", text: share }),
    el("td", {}, bar(id, delta, most)), el("td", { class: "num", "data-places": places.join(), text: places[0] === places[1] ? number(places[0]) : places.map((count) => number(count)).join(" → ") }),
    place && [el("td", { class: "num", text: perCent(place.base_shares[id]) }), el("td", { class: "num" }, el("b", { text: perCent(place.shares[id]) }))]);
}

/** Write the table of `rows` ({id, left, right in m2, places: [left, right]}), with the shares of one `place` before and after, if there is one. */
export function writeTable(rows, place = null) {
  const most = Math.max(...rows.map(({ left, right }) => Math.abs(right - left)));
  const land = rows.filter(({ id }) => id !== "water");
  const sum = (side) => land.reduce((total, one) => total + one[side], 0);
  const { left, right } = get();
  byId("delta-land").textContent = left.extent === right.extent ? left.extent : t("scenario_two_extents", { left: left.extent, right: right.extent });
  byId("delta-scale").textContent = most ? `± ${km2(most)} km²` : "";
  replace(byId("delta-rows"), rows.map((one) => row(one, most, place)),
    el("tr", { class: "total" }, el("th", { scope: "row", text: t("scenario_total") }), el("td", { class: "num", text: km2(sum("left")) }),
      el("td", { class: "num" }, el("b", { text: km2(sum("right")) })), el("td", { class: "num", text: change(sum("right") - sum("left")) }),
      el("td"), el("td", { class: "quiet", text: t("scenario_gapless") }), el("td"), place && [el("td"), el("td")]));
  for (const [id, key] of [["place-left", "scenario_place_left"], ["place-right", "scenario_place_right"]]) {
    byId(id).hidden = !place;
    byId(id).textContent = place ? t(key, { place: named(place) }) : "";
  }
}

const perCent = (share) => (share > 0 && share < 0.005 ? "<1%" : `${number((share || 0) * 100, 0)}%`);

/** Return a line on how firm a change is: the distance with its bound, or the shares of an area before and after. */
function firmness({ distance_to_lake_m: distance, bound_m: bound, ground, shares, base_shares: before, to }) {
  if (distance === null) return [el("span", { class: "quiet", text: `${zoneName(to)} ${perCent(before[to])} → ${perCent(shares[to])}` })];
  const mark = ground.length > 1 ? el("span", { class: "v cond", text: `▲ ${t("scenario_unsure")}` }) : el("span", { class: "v ok", text: `✓ ${t("scenario_certain")}` });
  return [el("span", { class: "quiet", text: `${t("scenario_shore", { metres: number(distance) })} ± ${number(bound)} m` }), mark];
}

const movedRow = (one) => el("li", { "data-moved": one.id },
  el("div", {}, el("span", { text: named(one) }), el("b", { text: t("scenario_from_to", { from: zoneName(one.from), to: zoneName(one.to) }) })),
  el("div", {}, firmness(one)));

/** Return the sentence on mapped green: how it changes in the rings that have it, or why there is none. */
function greenText(green) {
  const known = green.filter(({ scenario }) => scenario.value !== null);
  if (!known.length) return green.length ? `${named(green[0].scenario)}${t("colon")}${t("scenario_no_data")}${t("comma")}${named(green[0].scenario, "reason")}` : "";
  return known.map(({ zone, base, scenario }) => `${zoneName(zone)} ${perCent(base.value)} → ${perCent(scenario.value)}`).join(t("list_comma"));
}

/** Write what changes its ring, the sentences of the server, and the mapped green. */
export function writeMoved({ moved, sentences, green }) {
  byId("moved-count").textContent = moved.length ? t("scenario_moved_count", { count: moved.length }) : "";
  replace(byId("moved-list"), moved.length ? moved.map(movedRow) : el("li", { class: "quiet", text: t("scenario_moved_none") }));
  replace(byId("sentences"), [...sentences.map((one) => named({ text_zh: one.zh, text_en: one.en }, "text")), greenText(green)].filter(Boolean)
    .map((text) => el("li", { text })));
}

/** Write which drawn sites change their verdict, with the rules; `verdicts` is null while they are worked out. */
export function writeVerdicts(verdicts) {
  const box = byId("verdict-list");
  if (verdicts === null) box.setAttribute("aria-busy", "true");
  else {
    box.removeAttribute("aria-busy");
    replace(box, verdicts.length ? verdicts.map((one) => el("li", { text: named({ text_zh: one.zh, text_en: one.en }, "text") }))
      : el("li", { class: "quiet", text: t("scenario_verdicts_none") }));
  }
}
