// The distances: a slider and a number each. Rings may not cross: the knob stops at its neighbour and says why.

import { byId } from "../base/dom.js";
import { exact, number, signed } from "../base/format.js";
import { t } from "../base/words.js";
import { BASE, get, sliders } from "./state.js";

const GAP_M = 10;

const below = (index) => (index ? get().right.rings[index - 1] : sliders[0].least);
const above = (index) => get().right.rings[index + 1] ?? Infinity;

/** Return a distance that fits between its neighbours, and why it was stopped, if it was. */
function fitted(index, value) {
  const [low, high] = [below(index) + GAP_M, above(index) - GAP_M];
  if (value < low) return [low, t("scenario_cross_low", { metres: exact(below(index)) })];
  if (value > high) return [high, t("scenario_cross_high", { metres: exact(above(index)) })];
  return [value, ""];
}

const delta = (metres) => (metres ? `${signed(number(metres), metres)} m` : t("scenario_delta_none"));

/** Bring sliders, numbers and differences to the state. */
export function writeSliders() {
  get().right.rings.forEach((distance, index) => {
    const slider = byId(`rings-${index}`);
    slider.max = String(Math.max(sliders[index].high, distance));
    slider.min = String(Math.min(sliders[index].low, distance));
    slider.value = String(distance);
    const [low, high] = [Number(slider.min), Number(slider.max)];
    slider.parentElement.style.setProperty("--base-share", ((BASE[index] - low) / (high - low)).toFixed(4));
    if (document.activeElement !== byId(`number-${index}`)) byId(`number-${index}`).value = String(distance);
    byId(`delta-${index}`).textContent = delta(distance - BASE[index]);
  });
}

/** Wire them: `moved(rings)` runs with the new distances, while a knob moves too. */
export function startSliders(moved) {
  sliders.forEach((_, index) => {
    const slider = byId(`rings-${index}`);
    const field = byId(`number-${index}`);
    const take = (value) => {
      const [distance, why] = fitted(index, value);
      byId(`fault-${index}`).textContent = why;
      moved(get().right.rings.map((one, i) => (i === index ? distance : one)));
      slider.value = String(distance);
    };
    slider.addEventListener("input", () => take(Number(slider.value)));
    slider.addEventListener("keydown", (event) => {
      const by = { PageUp: 100, PageDown: -100 }[event.key];
      if (!by) return;
      event.preventDefault();
      take(get().right.rings[index] + by);
    });
    field.addEventListener("change", () => {
      const text = field.value.replace(/[\s,\u2009]/g, "");
      const isGood = /^\d{2,5}$/.test(text);
      field.setAttribute("aria-invalid", String(!isGood));
      if (isGood) take(Number(text));
      else byId(`fault-${index}`).textContent = t("scenario_no_number", { metres: exact(BASE[index]) });
      if (isGood) field.value = String(get().right.rings[index]);
    });
  });
}
