// The page of projects: a change of the filter brings table, chart, map and facets together, and stands in the address.

import { byId } from "../base/dom.js";
import { startLights } from "./lights.js";
import { bring } from "./swap.js";

const WAIT_MS = 400; // after the last key in a text field
const results = byId("results");
let waiting = 0;

const filters = () => byId("filters");

/** Return the address that the form asks for; the server brings it into its one form. */
function formUrl() {
  return `/projects?${new URLSearchParams(new FormData(filters()))}`;
}

function askForm() {
  clearTimeout(waiting);
  if (filters().reportValidity()) bring(formUrl());
}

function onInput({ target }) {
  if (target.type === "checkbox") return; // it also reports a change
  clearTimeout(waiting);
  waiting = setTimeout(() => { if (filters().checkValidity()) bring(formUrl()); }, WAIT_MS);
}

function onChange({ target }) {
  if (target.type === "checkbox") askForm();
}

/** Return true for a click that opens a link here, and not in a window of its own. */
const isPlain = (event) => !(event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);

function onClick(event) {
  const link = event.target.closest?.("a[data-go]");
  if (!link || !isPlain(event)) return;
  event.preventDefault();
  clearTimeout(waiting);
  bring(link.getAttribute("href"));
}

function start() {
  const main = byId("main");
  main.addEventListener("click", onClick);
  main.addEventListener("input", onInput);
  main.addEventListener("change", onChange);
  main.addEventListener("submit", (event) => {
    event.preventDefault();
    askForm();
  });
  let shown = location.pathname + location.search;
  window.addEventListener("popstate", () => {
    const wanted = location.pathname + location.search;
    if (wanted !== shown) bring(wanted, { isStep: false }); // a step to a row of the table is the browser's own
    shown = wanted;
  });
  document.addEventListener("projects:shown", () => { shown = location.pathname + location.search; });
  startLights(main);
}

if (results) start();
document.body.dataset.ready = "true";
