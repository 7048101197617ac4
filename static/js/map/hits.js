// What stands under the pointer: hover label after 120 ms, and the list of hits of a click.

import { byId, el, replace } from "../base/dom.js";
import { ownerOf } from "./layers.js";
import { kindOf } from "./passes.js";
import { showHover } from "./selection.js";
import { named, t } from "../base/words.js";

const HOVER_MS = 120;
const FINGER_PX = 10;

function at(x, y) {
  const seen = new Map();
  for (const element of document.elementsFromPoint(x, y)) {
    const owner = element.classList.contains("hit") && ownerOf(element);
    if (owner && !seen.has(owner.feature.id)) seen.set(owner.feature.id, owner.feature);
  }
  return [...seen.values()];
}

/** Return the features at a place of the window, topmost first; a finger also takes what is near. */
export function hitsAt(x, y, touch = false) {
  const hits = at(x, y);
  if (hits.length || !touch) return hits;
  const around = [[-1, 0], [1, 0], [0, -1], [0, 1]];
  return around.map(([dx, dy]) => at(x + dx * FINGER_PX, y + dy * FINGER_PX))
    .flat().filter((feature) => kindOf(feature) !== "area").slice(0, 1);
}

function label(feature) {
  const { geometry_basis: basis, accuracy_m: accuracy } = feature.properties;
  const bound = accuracy ? ` ±${accuracy} m` : "";
  return [el("b", { text: named(feature.properties) }), el("span", { text: `${t(`basis_${basis}`)}${bound}` })];
}

function move(tag, event, box) {
  const x = Math.min(event.clientX - box.left + 14, box.width - tag.offsetWidth - 8);
  const y = Math.min(event.clientY - box.top + 16, box.height - tag.offsetHeight - 8);
  tag.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
}

/** Show name and basis of what the mouse rests on. */
export function startHover(map) {
  const tag = byId("hover-tag");
  let timer = 0;
  const clear = () => {
    clearTimeout(timer);
    tag.hidden = true;
    showHover(null);
  };
  map.getContainer().addEventListener("pointermove", (event) => {
    clear();
    if (event.pointerType !== "mouse" || event.buttons) return;
    timer = setTimeout(() => {
      const [feature] = hitsAt(event.clientX, event.clientY);
      if (!feature) return;
      replace(tag, label(feature));
      tag.hidden = false;
      move(tag, event, map.getContainer().getBoundingClientRect());
      showHover(feature);
    }, HOVER_MS);
  });
  map.getContainer().addEventListener("pointerleave", clear);
  map.on("movestart", clear);
}
