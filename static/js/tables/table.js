// A layer's table: sort by any column, filter by any cell, fold columns, copy as tab-separated text.
// How it is sorted, filtered and folded stands in the address.

import { copyText } from "../base/clipboard.js";
import { byId, el } from "../base/dom.js";
import { keepView, readAddress } from "./tableaddress.js";
import { lang, t } from "../base/words.js";

const table = byId("layer-table");
const body = table.tBodies[0];
const rows = [...body.rows].filter((row) => row.dataset.feature);
const filter = byId("table-filter");
const heads = [...table.tHead.rows[0].cells].filter((head) => head.dataset.column);
const view = readAddress(location.search, heads.map((head) => head.dataset.column));
const collator = new Intl.Collator(lang === "zh" ? "zh-CN" : "en", { numeric: true });

/** Return a text as the filter compares it: without case, wide forms and the marks that group thousands. */
export function plain(text) {
  return text.normalize("NFKC").toLowerCase().replace(/(\d)[\s,](?=\d{3})/g, "$1").replace(/\s+/g, " ").trim();
}

/** Compare two sort keys; what is not known ("") stands last either way. */
export function compare(a, b, { isNumber, direction }) {
  if (a === "" || b === "") return (a === "") - (b === "");
  const order = isNumber ? Number(a) - Number(b) : collator.compare(a, b);
  return direction * order;
}

/** Sort as `view` says; without a column the rows keep the order of the data. */
function sortRows() {
  const { column, direction } = view;
  const head = heads.find((one) => one.dataset.column === column);
  for (const one of heads) one.removeAttribute("aria-sort"); // at most one head says how the table is sorted
  if (!head) return;
  head.setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
  const key = (row) => row.cells[head.cellIndex].dataset.sort;
  const isNumber = head.dataset.kind === "number";
  body.prepend(...[...rows].sort((a, b) => compare(key(a), key(b), { isNumber, direction })));
}

function sortBy(column) {
  Object.assign(view, { column, direction: column === view.column ? -view.direction : 1 });
  sortRows();
  show();
}

function startSorting() {
  for (const head of heads) {
    const title = head.querySelector(".head");
    title.replaceWith(el("button", {
      type: "button", class: "sorter", text: title.textContent, on: { click: () => sortBy(head.dataset.column) },
    }));
  }
  sortRows();
}

/** Return how many rows are shown and how they are sorted, in words. */
function told(shown) {
  const count = t("table_rows", { shown, total: rows.length });
  const head = heads.find((one) => one.dataset.column === view.column);
  if (!head) return count;
  const column = head.querySelector(".sorter").textContent;
  return t(view.direction > 0 ? "table_sorted_up" : "table_sorted_down", { count, column });
}

const cellsOf = (row) => [...row.cells].filter((cell) => !cell.classList.contains("to-map"));
const searched = new Map(rows.map((row) => [row, cellsOf(row).map((cell) => plain(cell.textContent))]));

function show() {
  const wanted = plain(filter.value);
  let shown = 0;
  for (const row of rows) {
    row.hidden = wanted !== "" && !searched.get(row).some((text) => text.includes(wanted));
    shown += row.hidden ? 0 : 1;
  }
  byId("table-count").textContent = told(shown);
  view.filter = filter.value.trim();
  keepView(view);
  const none = byId("no-row");
  none.hidden = shown > 0 || wanted === "";
  none.cells[0].textContent = none.hidden ? "" : t("table_none", { text: filter.value.trim() });
}

function startFilter() {
  filter.closest("label").hidden = false;
  filter.value = view.filter;
  filter.addEventListener("input", show);
  filter.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !filter.value) return;
    filter.value = "";
    show();
  });
  show();
}

function startFolding() {
  const button = byId("table-more");
  button.hidden = false;
  const fold = (folded) => {
    table.classList.toggle("folded", folded);
    button.setAttribute("aria-pressed", String(!folded));
  };
  const isFolded = (column) => heads.find((head) => head.dataset.column === column)?.classList.contains("more");
  view.isWhole ||= Boolean(isFolded(view.column)); // what the rows are sorted by can be seen
  fold(!view.isWhole);
  button.addEventListener("click", () => {
    view.isWhole = !view.isWhole;
    fold(!view.isWhole);
    keepView(view);
  });
}

/** Return a cell as one field: on one line, and with a mark before what a spreadsheet would take for a formula. */
export function field(text) {
  const line = text.replace(/\s+/g, " ").trim();
  return /^[=+@-]/.test(line) ? `'${line}` : line;
}

function asText() {
  const shown = [...table.tHead.rows, ...body.rows].filter((row) => !row.hidden && row.id !== "no-row");
  return shown.map((row) => cellsOf(row).filter((cell) => cell.offsetParent !== null)
    .map((cell) => field((cell.querySelector(".sorter") || cell).textContent)).join("\t")).join("\n");
}

async function copyTable() {
  const done = await copyText(asText());
  const count = rows.filter((row) => !row.hidden).length;
  byId("table-count").textContent = done ? t("table_copied", { count }) : t("table_not_copied");
}

function startCopying() {
  byId("table-copy").hidden = false;
  byId("table-copy").addEventListener("click", copyTable);
}

/** Show the row that the address names, even if the filter hides it. */
function arrive() {
  const row = rows.find((one) => `#${encodeURIComponent(one.id)}` === location.hash);
  if (!row) return;
  if (row.hidden) {
    filter.value = "";
    show();
  }
  row.scrollIntoView({ block: "center", inline: "nearest" });
}

/** Let the way back from the map lead to the row that it began at. */
function startLeaving() {
  body.addEventListener("click", ({ target }) => {
    const row = target.closest(".to-map a") && target.closest("tr");
    if (row) keepView(view, `#${encodeURIComponent(row.id)}`);
  });
}

startFolding();
startSorting();
startFilter();
startCopying();
startLeaving();
arrive();
window.addEventListener("hashchange", () => {
  arrive();
  keepView(view);
});
window.addEventListener("pageshow", ({ persisted }) => { if (persisted) arrive(); });
