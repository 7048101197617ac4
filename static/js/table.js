// A layer's table: sort by any column, filter by any cell, fold columns, copy as tab-separated text.

import { byId, el } from "./dom.js";
import { lang, t } from "./words.js";

const table = byId("layer-table");
const body = table.tBodies[0];
const rows = [...body.rows].filter((row) => row.dataset.feature);
const filter = byId("table-filter");
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

function sortBy(head) {
  const direction = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
  for (const other of table.tHead.rows[0].cells) if (other.dataset.column) other.setAttribute("aria-sort", "none");
  head.setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
  const key = (row) => row.cells[head.cellIndex].dataset.sort;
  const isNumber = head.dataset.kind === "number";
  const sorted = [...rows].sort((a, b) => compare(key(a), key(b), { isNumber, direction }));
  body.prepend(...sorted);
}

function startSorting() {
  for (const head of table.tHead.rows[0].cells) {
    if (!head.dataset.column) continue;
    const title = head.querySelector(".head");
    title.replaceWith(el("button", {
      type: "button", class: "sorter", text: title.textContent, on: { click: () => sortBy(head) },
    }));
    head.setAttribute("aria-sort", "none");
  }
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
  byId("table-count").textContent = t("table_rows", { shown, total: rows.length });
  const none = byId("no-row");
  none.hidden = shown > 0 || wanted === "";
  none.cells[0].textContent = none.hidden ? "" : t("table_none", { text: filter.value.trim() });
}

function startFilter() {
  filter.closest("label").hidden = false;
  filter.addEventListener("input", show);
  filter.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !filter.value) return;
    filter.value = "";
    show();
  });
  show(); // a browser may bring back what was typed before
}

function startFolding() {
  const button = byId("table-more");
  button.hidden = false;
  const fold = (folded) => {
    table.classList.toggle("folded", folded);
    button.setAttribute("aria-pressed", String(!folded));
  };
  fold(true);
  button.addEventListener("click", () => fold(!table.classList.contains("folded")));
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

function copyBySelection(text) {
  const box = byId("copy-field");
  box.hidden = false;
  box.value = text;
  box.select();
  const done = document.execCommand("copy");
  box.hidden = true;
  return done;
}

async function copyTable() {
  const text = asText();
  let done = true;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    done = copyBySelection(text);
    byId("table-copy").focus();
  }
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

startSorting();
startFilter();
startFolding();
startCopying();
arrive();
window.addEventListener("hashchange", arrive);
