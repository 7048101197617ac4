// The rows of the reconciliation: a chosen row tells its grounds, in a pane beside the table or, where room is short, below it.

import { byId, el } from "../base/dom.js";

const WIDE = window.matchMedia("(min-width: 1181px)");
const table = byId("reconcile-table");
const rows = [...table.querySelectorAll("tr[data-row]")];
const pane = el("aside", { class: "detail-pane", "aria-live": "polite", hidden: true });
let chosen = null;

const detailOf = (row) => row.nextElementSibling;

function fillPane(row) {
  const head = el("h2", {}, row.cells[0].textContent.trim());
  head.append(row.querySelector(".v").cloneNode(true));
  const close = el("button", {
    type: "button", class: "icon-button end", "aria-label": table.dataset.close, text: "×", on: { click: () => choose(null) },
  });
  pane.replaceChildren(el("div", { class: "pane-inner" }, el("p", { class: "pane-top" }, row.cells[1].textContent, close), head,
    detailOf(row).querySelector(".detail-box").cloneNode(true)));
}

/** Show the chosen row where there is room for it. */
function draw() {
  for (const row of rows) {
    const isChosen = row === chosen;
    row.classList.toggle("chosen", isChosen);
    row.querySelector(".row-open").setAttribute("aria-expanded", String(isChosen));
    detailOf(row).hidden = !isChosen || WIDE.matches;
  }
  pane.hidden = !chosen || !WIDE.matches;
  if (!pane.hidden) fillPane(chosen);
}

function choose(row) {
  const back = chosen;
  chosen = row === chosen ? null : row;
  const hash = chosen ? `#${encodeURIComponent(chosen.id)}` : "";
  window.history.replaceState(null, "", location.pathname + location.search + hash);
  draw();
  if (!chosen) back?.querySelector(".row-open").focus();
}

function arrive() {
  chosen = rows.find((row) => `#${encodeURIComponent(row.id)}` === location.hash) || null;
  draw();
  chosen?.scrollIntoView({ block: "center" });
}

byId("main").querySelector(".reconcile-body").append(pane);
table.addEventListener("click", ({ target }) => {
  const row = !target.closest("a") && target.closest("tr[data-row]");
  if (row) choose(row);
});
document.addEventListener("keydown", (event) => { if (event.key === "Escape" && chosen) choose(null); });
WIDE.addEventListener("change", draw);
window.addEventListener("hashchange", arrive);
arrive();
