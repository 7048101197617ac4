// The search box: a combobox. It asks a moment after the last key; only the answer to the last question is shown.

import { search } from "../base/api.js";
import { byId, replace } from "../base/dom.js";
import { bindKey } from "../base/keys.js";
import { failureNote, loadingNote, noteOf, rowsOf } from "./searchlist.js";
import { t } from "../base/words.js";

const PAUSE_MS = 150;
const SLOW_MS = 150;
const phone = matchMedia("(max-width: 760px)");

let place = null; // where the box stands: see startSearch
let rows = [];
let active = -1;
let answered = null; // the text that the rows answer
let question = 0;
let pause = 0;
let isEager = false; // Enter came before the answer: it opens the first row

const field = () => byId("search-field");
const text = () => field().value.trim();
const isOpen = () => !byId("search-pop").hidden;

function mark(index) {
  active = index;
  rows.forEach(({ node }, i) => node.setAttribute("aria-selected", i === index ? "true" : "false"));
  if (index < 0) {
    field().removeAttribute("aria-activedescendant");
    return;
  }
  field().setAttribute("aria-activedescendant", rows[index].node.id);
  rows[index].node.scrollIntoView({ block: "nearest" });
}

function open() {
  byId("search-pop").hidden = false;
  field().setAttribute("aria-expanded", rows.length ? "true" : "false");
}

/** Close the list and want no answer that is still on its way. */
function close() {
  question += 1;
  clearTimeout(pause);
  isEager = false;
  byId("search-pop").hidden = true;
  byId("search-live").textContent = "";
  field().setAttribute("aria-expanded", "false");
  mark(-1);
}

function show(newRows, note, said) {
  rows = newRows;
  replace(byId("search-list"), rows.map(({ node }) => node));
  byId("search-list").hidden = !rows.length;
  replace(byId("search-note"), note || []);
  byId("search-note").hidden = !note;
  byId("search-live").textContent = said;
  mark(-1);
  open();
}

function choose(row) {
  close();
  answered = null;
  if (row.text) field().value = row.text;
  showClear();
  if (phone.matches) field().blur(); // the keyboard goes, and does not come back with the closing of the card
  row.go();
}

function answer(asked, found, newRows) {
  const note = noteOf(found, !newRows.length, place.example());
  const wasEager = isEager;
  isEager = false;
  answered = asked;
  show(newRows, note, newRows.length ? t("search_count", { count: newRows.length }) : "");
  if (!newRows.length) byId("search-live").textContent = byId("search-note").innerText;
  else if (wasEager) choose(newRows[0]);
}

function fail(error) {
  answered = null;
  isEager = false;
  show([], failureNote(error), error.message);
}

async function ask() {
  question += 1;
  clearTimeout(pause);
  const mine = question;
  const slow = setTimeout(() => {
    if (mine === question) show([], loadingNote(), t("search_loading"));
  }, SLOW_MS);
  try {
    const asked = text();
    const found = await search(asked);
    await place.prepare?.();
    const newRows = await rowsOf(found, place);
    if (mine === question) answer(asked, found, newRows);
  } catch (error) {
    if (mine === question) fail(error);
  } finally {
    clearTimeout(slow);
  }
}

function showClear() {
  byId("search-clear").hidden = !field().value;
}

function typed(event) {
  showClear();
  if (event.isComposing) return; // a half-written character is no question yet
  question += 1;
  clearTimeout(pause);
  isEager = false;
  if (!text()) close();
  else if (text() === answered) open();
  else {
    mark(-1);
    pause = setTimeout(ask, PAUSE_MS);
  }
}

function clear() {
  field().value = "";
  showClear();
  close();
}

/** Open the list of the present text, asking anew if it is another one. */
function reopen() {
  if (text() && text() === answered) open(); else if (text()) ask();
}

function step(by) {
  if (!isOpen() || !rows.length) reopen();
  else mark(active < 0 ? (by > 0 ? 0 : rows.length - 1) : (active + by + rows.length) % rows.length);
}

function enter() {
  if (active >= 0) choose(rows[active]);
  else if (rows.length && text() === answered) choose(rows[0]);
  else if (text()) {
    ask();
    isEager = true;
  }
}

function escape(event) {
  if (!isOpen() && !field().value) return; // nothing of ours: the card may have it
  event.stopPropagation();
  if (isOpen()) close(); else clear();
}

const KEYS = { ArrowDown: () => step(1), ArrowUp: () => step(-1), Enter: enter, Escape: escape };

function pressed(event) {
  const act = KEYS[event.key];
  if (!act || event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  act(event);
}

function goToField() {
  field().focus();
  field().select();
}

/** Wire the search box. `where` says what choosing a row does (goToFeature, goToPosition), where an example of a
 * position lies (example), and what must be there before rows can be shown (prepare, if anything). */
export function startSearch(where) {
  place = where;
  field().addEventListener("input", typed);
  field().addEventListener("compositionend", typed);
  field().addEventListener("keydown", pressed);
  field().addEventListener("click", () => { if (!isOpen()) reopen(); });
  field().addEventListener("blur", close);
  byId("search-pop").addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays in the field
  byId("search-list").addEventListener("click", (event) => {
    const row = rows.find(({ node }) => node.contains(event.target));
    if (row) choose(row);
  });
  byId("search-clear").addEventListener("click", () => {
    clear();
    field().focus();
  });
  bindKey("/", goToField);
  showClear();
}
