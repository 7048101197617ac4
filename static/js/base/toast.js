// Short notices, at most one of each kind, read out politely: a toast for all, a sentence for screen readers alone.

import { byId } from "./dom.js";

const SHOWN_MS = 4000;
let timer = 0;

/** Show a notice on the map for four seconds. Its box stays in the page: a region that comes with its text is not read. */
export function toast(text) {
  const box = byId("toast");
  box.textContent = text;
  clearTimeout(timer);
  timer = setTimeout(() => { box.textContent = ""; }, SHOWN_MS);
}

/** Say something to a screen reader. */
export function say(text) {
  byId("said").textContent = text;
}
