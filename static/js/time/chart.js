// Two small charts on one axis of years: projects under way, and the total investment of these.

import { el } from "../base/dom.js";
import { chooseYear } from "./choice.js";
import { exact } from "../base/format.js";
import { amount, inUnit } from "./money.js";
import { yearOf } from "./moment.js";
import { get } from "../map/state.js";
import { t } from "../base/words.js";

const PARTS = 2; // of the axis of values
const NICE = [1, 2, 4, 5, 6, 8, 10];

/** Return the least round number that is not below `value` and can be halved. */
export function roundUp(value) {
  if (value <= 0) return PARTS;
  const power = 10 ** Math.floor(Math.log10(value));
  const found = NICE.find((one) => one * power >= value - 1e-9) * power;
  return Math.max(PARTS, found);
}

function bar(cls, value, top) {
  const part = el("i", { class: cls });
  part.style.height = `${(100 * value) / top}%`;
  return part;
}

function column(row, top, bars, told) {
  const isNow = get().year && yearOf(get().year) === row.year;
  return el("div", { class: `tc-year${isNow ? " is-now" : ""}`, "data-column": row.year, title: told, on: { click: () => chooseYear(row.year) } },
    bars.map(([cls, value]) => bar(cls, value, top)));
}

function values(top) {
  const steps = Array.from({ length: PARTS + 1 }, (_, i) => (top * (PARTS - i)) / PARTS);
  return el("div", { class: "tc-values", "aria-hidden": "true" }, steps.map((value) => el("span", {}, el("b", { text: exact(value) }))));
}

function chart({ id, title, unit, top, rows, bars, tell }) {
  return el("figure", { class: "time-chart", "data-chart": id, "data-top": top },
    el("figcaption", {}, el("b", { text: title }), el("span", { class: "quiet", text: unit })),
    el("div", { class: "tc-plot", role: "img", "aria-label": t("time_chart_told", { title, unit }) },
      values(top), el("div", { class: "tc-bars" }, rows.map((row) => column(row, top, bars(row), tell(row))))));
}

const counted = (rows) => chart({
  id: "count", title: t("time_chart_count"), unit: t("time_unit_projects"), rows,
  top: roundUp(Math.max(...rows.map((row) => row.under_way + row.possible))),
  bars: (row) => [["tc-maybe", row.possible], ["tc-sure", row.under_way]],
  tell: (row) => t("time_tell_count", { year: row.year, now: row.under_way, possible: row.possible }),
});

const invested = (rows) => chart({
  id: "money", title: t("time_without_parts"), unit: t("time_unit_money"), rows,
  top: roundUp(Math.max(...rows.map((row) => inUnit(row.without_parts_1e4_cny)))),
  bars: (row) => [["tc-money", inUnit(row.without_parts_1e4_cny)]],
  tell: (row) => t("time_tell_money", { year: row.year, value: amount(row.without_parts_1e4_cny), silent: row.silent }),
});

const axis = (rows) => el("div", { class: "tc-axis", "aria-hidden": "true" },
  rows.map(({ year }) => el("span", { class: year % 5 ? "" : "is-labelled", text: year % 5 ? "" : String(year) })));

/** Return the charts of a series with their key, axis, and where the figures come from. */
export function charts(rows, sources) {
  return [
    el("ul", { class: "tc-key" }, el("li", {}, el("i", { class: "tc-sure" }), t("time_key_sure")),
      el("li", {}, el("i", { class: "tc-maybe" }), t("time_key_maybe"))),
    counted(rows), invested(rows), axis(rows),
    el("p", { class: "quiet", text: `${t("time_not_spent")} ${t("time_sources", { sources })}` }),
  ];
}
