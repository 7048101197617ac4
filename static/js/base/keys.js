// Single keys (letters and signs): one table, one listener, one switch that the reader keeps. Esc, Tab, Enter and
// arrows are none of them: they stay where they are wanted, and no switch turns them off.

import { openDialog, startDialog } from "./dialog.js";
import { byId } from "./dom.js";

const KEPT = "atlas-single-keys";
const NO_TEXT = new Set(["button", "checkbox", "radio", "range", "submit"]);
const actions = new Map();

/** Return true if what is typed into `node` is text of its own. */
export function isField(node) {
  if (node.tagName === "INPUT") return !NO_TEXT.has(node.type);
  return node.isContentEditable || ["TEXTAREA", "SELECT"].includes(node.tagName);
}

function kept() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

function turn(isOn) {
  document.documentElement.dataset.singleKeys = isOn ? "on" : "off";
  try {
    localStorage.setItem(KEPT, isOn ? "on" : "off");
  } catch {
    // storage may be switched off: the choice then lasts for this page
  }
}

const areOn = () => document.documentElement.dataset.singleKeys !== "off";

/** Let a single key do something, outside fields and dialogs, as long as single keys are on and `when(event)` is true. */
export function bindKey(key, act, when = () => true) {
  actions.set(key, { act, when });
}

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
  const bound = actions.get(event.key.toLowerCase());
  if (!bound || !areOn() || isField(event.target) || document.querySelector("dialog[open]") || !bound.when(event)) return;
  event.preventDefault();
  bound.act();
}

function startSwitch() {
  const box = byId("keys-on");
  document.documentElement.dataset.singleKeys = kept() === "off" ? "off" : "on";
  box.checked = areOn();
  box.addEventListener("change", () => turn(box.checked));
}

/** Wire the keys of every page: the list of keys and print. */
export function startKeys() {
  const list = byId("keys");
  const show = () => openDialog(list);
  startDialog(list);
  startSwitch();
  byId("keys-open").addEventListener("click", show);
  bindKey("?", show);
  bindKey("p", () => byId("print-page").click());
  document.addEventListener("keydown", pressed);
}
