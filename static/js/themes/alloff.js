// One button for all layers: off, and back to what was on.

import { byId } from "../base/dom.js";
import { t } from "../base/words.js";
import { get, isOn, listen, set, switches } from "../map/state.js";

let kept = {}; // the switches that differed from their defaults when all went off

const areOff = () => switches().length > 0 && !switches().some(isOn);

function press() {
  if (areOff()) {
    set({ on: kept }, "replace");
    if (areOff()) set({ on: {} }, "replace"); // nothing was on: back to what the page opens with
    return;
  }
  kept = get().on;
  set({ on: Object.fromEntries(switches().map((id) => [id, false])) }, "replace");
}

/** Wire the button and keep it true to the switches. */
export function startAllOff() {
  const button = byId("layers-all");
  const draw = () => { button.textContent = t(areOff() ? "layers_back_on" : "layers_all_off"); };
  button.addEventListener("click", press);
  listen(draw);
  draw();
}
