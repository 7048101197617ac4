// One answer of the server takes the place of the other: parts of the page change together, focus and scroll stay.

import { byId, el } from "../base/dom.js";
import { t } from "../base/words.js";

const PARTS = ["filters", "results", "filter-count", "files"];
const TYPED = ["search", "text"];
let running = null;

async function ask(url, signal) {
  const response = await fetch(url, { headers: { Accept: "text/html" }, signal });
  const found = new DOMParser().parseFromString(await response.text(), "text/html");
  if (response.ok && found.getElementById("results")) return found;
  const why = found.getElementById("problem-detail")?.textContent || `HTTP ${response.status}`;
  throw new Error(t("projects_refused", { why }));
}

/** Keep in the new parts what the reader did to the old ones: what is folded open, how far the parts are scrolled. */
function carryOver(found, isStep) {
  for (const details of document.querySelectorAll("main details[id]")) {
    found.getElementById(details.id)?.toggleAttribute("open", details.open);
  }
  const scrolled = ["filters", "rows-box"].map((id) => [id, byId(id)?.scrollTop, byId(id)?.scrollLeft]);
  const focused = document.activeElement;
  return () => {
    for (const [id, top, left] of scrolled) {
      if (!byId(id)) continue;
      byId(id).scrollTop = id === "rows-box" ? 0 : top; // other rows begin at the first
      byId(id).scrollLeft = left;
    }
    if (focused && focused !== document.body && !focused.isConnected) giveFocus(focused, isStep);
  };
}

function giveFocus(old, isStep) {
  const same = old.id && byId(old.id);
  (same || byId("summary")).focus({ preventScroll: true });
  if (same && isStep && same.tagName === "INPUT" && TYPED.includes(same.type)) {
    same.value = old.value; // what was typed while the answer was on its way; a step back brings its own
    same.setSelectionRange(old.selectionStart, old.selectionEnd);
  }
}

function show(found, isStep) {
  const settle = carryOver(found, isStep);
  for (const id of PARTS) {
    const [old, fresh] = [byId(id), found.getElementById(id)];
    // The regions stay the elements that they are, so that listeners and the reading position hold.
    if (id === "results") old.replaceChildren(...fresh.childNodes);
    else old.replaceWith(fresh);
  }
  byId("lang-other").setAttribute("href", found.getElementById("lang-other").getAttribute("href"));
  settle();
  byId("projects-said").textContent = byId("summary").querySelector(".lead-figure").textContent.replace(/\s+/g, " ").trim();
}

function refuse(error) {
  const told = error instanceof TypeError ? t("projects_lost") : error.message;
  byId("refusal")?.remove();
  byId("results").prepend(el("p", { class: "refusal", id: "refusal", text: told }));
  byId("projects-said").textContent = told;
}

/** Show what `url` asks; with `isStep` it becomes a step of history. The last question wins; a failure keeps the view. */
export async function bring(url, { isStep = true } = {}) {
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  byId("results").setAttribute("aria-busy", "true");
  try {
    const found = await ask(url, signal);
    if (signal.aborted) return;
    show(found, isStep);
    const address = byId("filters").dataset.address;
    if (isStep && address !== location.pathname + location.search) history.pushState(null, "", address);
    document.dispatchEvent(new Event("projects:shown"));
  } catch (error) {
    if (error.name !== "AbortError") refuse(error);
  }
  if (!signal.aborted) byId("results").removeAttribute("aria-busy");
}
