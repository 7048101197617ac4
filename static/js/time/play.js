// Playing: one year after the other until the end, or until a press on anything else. With reduced motion it is a step.

import { choose, step } from "./choice.js";
import { FIRST, LAST, momentOf, monthOf, yearOf } from "./moment.js";
import { get } from "../map/state.js";

export const YEAR_MS = 800;
const still = matchMedia("(prefers-reduced-motion: reduce)");
const isAtEnd = () => Boolean(get().year) && yearOf(get().year) >= LAST;
let timer = 0;
let told = () => {};

export const isPlaying = () => timer !== 0;

export function pause() {
  if (!timer) return;
  clearTimeout(timer);
  timer = 0;
  told(false);
}

function tick() {
  step(1);
  if (isAtEnd()) pause(); else timer = setTimeout(tick, YEAR_MS);
}

/** Play from the chosen year, from the first one if there is none or the end is reached; pause if it plays. */
export function toggle() {
  if (timer) {
    pause();
    return;
  }
  const isFresh = !get().year || isAtEnd();
  if (isFresh) choose(momentOf(FIRST, monthOf(get().year)));
  if (still.matches) {
    if (!isFresh) step(1);
    return;
  }
  timer = setTimeout(tick, YEAR_MS);
  told(true);
}

/** Tell `watcher(isPlaying)` and pause on a press on anything but `button`, and on any key that is not for playing. */
export function startPlay(button, watcher) {
  told = watcher;
  button.addEventListener("click", toggle);
  document.addEventListener("pointerdown", (event) => { if (!button.contains(event.target)) pause(); }, true);
  document.addEventListener("keydown", (event) => {
    const isOwn = event.key === " " || (event.key === "Enter" && event.target === button);
    if (!isOwn && !["Tab", "Shift", "Control", "Alt", "Meta"].includes(event.key)) pause();
  }, true);
}
