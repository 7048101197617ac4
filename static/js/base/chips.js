// Chips that answer: a button, and beside it in the document a popover that says where the figure comes from.

import { el } from "./dom.js";

const EDGE_PX = 8;
const GAP_PX = 6;
const WIDTH_PX = 320; // as in chips.css
let count = 0;

const chipOf = (told) => document.querySelector(`[popovertarget="${CSS.escape(told.id)}"]`);
const openTold = () => document.querySelector(".told:popover-open");

/** Return the popover `id` that says `rows`: name, text, and where the text leads to; those without a text are left out. */
function makeTold(id, rows) {
  return el("div", { class: "told", id, popover: "auto" }, el("dl", {}, rows.filter(([, text]) => text)
    .map(([name, text, href]) => [el("dt", { text: name }), el("dd", {}, href ? el("a", { href, text }) : text)])));
}

/** Return [button, popover]: the chip of `kind` (stated, computed, assumed) that answers with `rows`. */
export function answeringChip(kind, rows, text) {
  count += 1;
  const id = `told-${count}`;
  return [el("button", { type: "button", class: `chip ${kind}`, "data-chip": kind, popovertarget: id, text }), makeTold(id, rows)];
}

/** Give a popover that is about to open a first place, so that it does not jump when its size is known. */
function hint(told) {
  const chip = chipOf(told)?.getBoundingClientRect();
  if (!chip) return;
  told.dataset.placed = "true";
  told.style.left = `${Math.max(EDGE_PX, Math.min(chip.left, innerWidth - EDGE_PX - WIDTH_PX))}px`;
  told.style.top = `${chip.bottom + GAP_PX}px`;
}

/** Put an open popover under its chip, or above it where there is no room below; never off the screen. */
function place(told) {
  const chip = chipOf(told)?.getBoundingClientRect();
  if (!chip) return;
  if (chip.bottom < 0 || chip.top > innerHeight) {
    told.hidePopover(); // its chip was scrolled away
    return;
  }
  const { offsetWidth: width, offsetHeight: height } = told;
  const below = chip.bottom + GAP_PX;
  const hasRoom = below + height <= innerHeight - EDGE_PX;
  const top = hasRoom ? below : Math.max(EDGE_PX, chip.top - GAP_PX - height);
  told.style.left = `${Math.max(EDGE_PX, Math.min(chip.left, innerWidth - EDGE_PX - width))}px`;
  told.style.top = `${top}px`;
}

function onEscape(event) {
  const told = event.key === "Escape" && openTold();
  if (!told) return;
  event.preventDefault();
  event.stopImmediatePropagation(); // one Esc closes one thing: the card stays, and so does the measuring
  told.hidePopover();
  chipOf(told)?.focus({ preventScroll: true });
}

/** Let the chips of the page, and those that come later, answer. To be called before other listeners for Esc. */
export function startChips() {
  for (const [event, put] of [["beforetoggle", hint], ["toggle", place]]) {
    document.addEventListener(event, ({ target, newState }) => {
      if (newState === "open" && target.classList?.contains("told")) put(target);
    }, { capture: true }); // these events do not bubble
  }
  document.addEventListener("scroll", ({ target }) => {
    const told = openTold();
    if (told && !told.contains(target)) place(told);
  }, { capture: true, passive: true });
  window.addEventListener("resize", () => {
    const told = openTold();
    if (told) place(told);
  });
  window.addEventListener("keydown", onEscape, { capture: true });
}
