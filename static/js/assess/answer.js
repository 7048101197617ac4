// The answer beside the map: asked a moment after the last change; the last question wins, the old answer stays until then.

import { byId, el, replace } from "../base/dom.js";
import { t } from "../base/words.js";
import { writeView } from "../map/address.js";
import { answerOf, Refusal } from "./ask.js";
import { feature, isEmpty, site } from "./site.js";

const PAUSE_MS = 200;
const SLOW_MS = 150;
const DRAWN = { crs: "EPSG:4326", datum: "wgs84" }; // what the map itself draws in
let running = null;
let timer = 0;
let chosen = null; // the key of the rule whose part is hatched
let mark = () => {};

const box = () => byId("answer-body");
const MARKS = { conflict: "✕", conditional: "▲", allowed: "✓", unknown: "?" };

function state(name) {
  document.body.dataset.answer = name;
  const verdict = box().querySelector("[data-answer]")?.dataset.verdict;
  document.querySelector(".tab-mark").textContent = { failed: "!", shown: MARKS[verdict] || "" }[name] || "";
}


function showEmpty() {
  state("empty");
  replace(box(), el("div", { class: "answer-empty" }, el("h2", { text: t("answer_none") }), el("p", { text: t("answer_none_note") }),
    el("ul", {}, ["answer_can_verdict", "answer_can_shares", "answer_can_sources"].map((key) => el("li", { text: t(key) }))),
    el("p", {}, el("a", { class: "link", href: `/conflicts${writeView()}`, "data-keeps-view": true, text: t("answer_conflicts") }))));
  byId("answer-acts").hidden = true;
}

function showFailure(error) {
  state("failed");
  const isBusy = error instanceof Refusal && error.status === 503;
  replace(box(), el("div", { class: "sec failure", role: "alert" },
    el("h2", { text: t(isBusy ? "answer_busy" : "answer_failed") }), el("p", { text: error.message }),
    el("button", { type: "button", class: "btn", "data-answer-retry": true, text: t("retry"), on: { click: () => ask() } })));
  byId("answer-acts").hidden = true;
  mark(null);
}

const rowsOf = () => [...box().querySelectorAll("[data-rule]")];

function partOf(row) {
  const parts = JSON.parse(row.closest("[data-parts]")?.dataset.parts || "{}");
  const geometry = parts[row.dataset.rule];
  return geometry ? { geometry, title: row.dataset.title || "", note: row.dataset.note || "", verdict: row.dataset.verdict || "" } : null;
}

/** Return what tells a row from all others: each of several sites has the same rules. */
const keyOf = (row) => `${row.closest("[data-site]")?.dataset.site}/${row.dataset.rule}`;

/** Choose a rule by its key: its row takes its tint, the map shows the part concerned; null lets it go. */
function choose(key) {
  chosen = key;
  let part = null;
  for (const row of rowsOf()) {
    const isChosen = keyOf(row) === key;
    row.setAttribute("aria-pressed", String(isChosen));
    if (isChosen) part = partOf(row);
  }
  mark(part);
}

function show(page) {
  const focused = box().contains(document.activeElement) ? document.activeElement : null;
  const held = focused?.dataset.rule && keyOf(focused);
  const opened = [...box().querySelectorAll("details[open][id]")].map(({ id }) => id);
  const { scrollTop } = box();
  replace(box(), [...page.body.childNodes]);
  opened.forEach((id) => byId(id)?.setAttribute("open", ""));
  box().scrollTop = scrollTop;
  byId("answer-acts").hidden = false;
  state("shown");
  const still = rowsOf().find((row) => keyOf(row) === chosen);
  const worst = rowsOf().find((row) => row.dataset.verdict === "conflict" && partOf(row));
  const first = still || worst;
  choose(first ? keyOf(first) : null);
  if (held) rowsOf().find((row) => keyOf(row) === held)?.focus({ preventScroll: true });
  byId("said").textContent = box().querySelector("h2")?.textContent || "";
}

async function ask() {
  clearTimeout(timer);
  running?.abort();
  if (isEmpty()) { showEmpty(); mark(null); return; }
  running = new AbortController();
  const { signal } = running;
  const slow = setTimeout(() => { box().setAttribute("aria-busy", "true"); }, SLOW_MS);
  try {
    const page = site.file
      ? await answerOf(site.file.body, { ...site.file.words, each: "true" }, signal)
      : await answerOf(JSON.stringify(feature()), DRAWN, signal);
    if (!signal.aborted) show(page);
  } catch (error) {
    if (error.name !== "AbortError" && !signal.aborted) showFailure(error);
  }
  clearTimeout(slow);
  if (!signal.aborted) box().removeAttribute("aria-busy");
}

/** Ask again a moment from now. */
export function askSoon() {
  clearTimeout(timer);
  timer = setTimeout(ask, PAUSE_MS);
}

/** Wire the panel; `hatch(part)` shows the part of a rule on the map. */
export function startAnswer(hatch) {
  mark = hatch;
  box().addEventListener("click", ({ target }) => {
    const row = target.closest("[data-rule]");
    if (row) choose(keyOf(row) === chosen ? null : keyOf(row));
  });
  showEmpty();
}

