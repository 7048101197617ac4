// The table that says the same as the charts, and more: both sums by their exact names.

import { el } from "../base/dom.js";
import { number } from "../base/format.js";
import { amount } from "./money.js";
import { yearOf } from "./moment.js";
import { get } from "../map/state.js";
import { t } from "../base/words.js";

const COLUMNS = ["year", "under_way", "possible", "without_parts", "sum_of_rows", "silent"];

function cells(row) {
  return [number(row.under_way), number(row.possible), amount(row.without_parts_1e4_cny), amount(row.sum_of_rows_1e4_cny), number(row.silent)];
}

function line(row) {
  const isNow = get().year && yearOf(get().year) === row.year;
  return el("tr", { class: isNow ? "on" : null, "data-year": row.year, "aria-current": isNow ? "true" : null },
    el("th", { scope: "row", text: String(row.year) }), cells(row).map((text, i) => el("td", { class: "num", "data-cell": COLUMNS[i + 1], text })));
}

/** Return the table of a series. */
export function timeTable(rows, sources) {
  return [el("div", { class: "tt-box" }, el("table", { class: "time-table" },
    el("caption", { class: "unseen", text: t("time_chart_title") }),
    el("thead", {}, el("tr", {}, COLUMNS.map((name) => el("th", { scope: "col", class: name === "year" ? null : "num", text: t(`time_col_${name}`) })))),
    el("tbody", {}, rows.map(line)))),
  el("p", { class: "quiet", text: `${t("time_not_spent")} ${t("time_sources", { sources })}` })];
}
