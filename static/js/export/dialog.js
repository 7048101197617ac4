// The dialog of downloads on the map: opens with what is seen, that is layers switched on, box and view.

import { openDialog, startDialog } from "../base/dialog.js";
import { byId } from "../base/dom.js";
import { isOn, isRing, switches, viewChosen } from "../map/state.js";
import { settle, showSeen } from "./form.js";
import { rest, sizeSoon, startForm, stop } from "./panel.js";

const DECIMALS = 6; // 0.1 m, finer than a pixel at any level

/** Return the ids that are switched on; all rings together are their layer. */
function seenLayers() {
  const on = switches().filter(isOn);
  const rings = switches().filter(isRing);
  if (!rings.length || !rings.every((id) => on.includes(id))) return on;
  return [...on.filter((id) => !isRing(id)), "rings"];
}

function seenBox(map) {
  const bounds = map.getBounds();
  const within = (value, most) => Math.min(most, Math.max(-most, value)).toFixed(DECIMALS);
  return [[bounds.getWest(), 180], [bounds.getSouth(), 90], [bounds.getEast(), 180], [bounds.getNorth(), 90]]
    .map(([value, most]) => within(value, most)).join(",");
}

/** Let the button open the dialog; the link that it is leads to the page of downloads without this script. */
export function startExport(map) {
  const dialog = byId("export-dialog");
  startDialog(dialog);
  startForm();
  byId("export-open").addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a window of its own is wanted
    event.preventDefault();
    showSeen({ words: viewChosen(), layers: seenLayers(), box: seenBox(map) });
    settle();
    openDialog(dialog);
    sizeSoon();
  });
  dialog.addEventListener("close", () => {
    rest();
    stop();
  });
}
