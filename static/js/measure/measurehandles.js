// What can be taken hold of: corners, and the middles of sides. By mouse, finger and keyboard, in the order of the line.

/* global L */

import { middle } from "./measureedit.js";
import { t } from "../base/words.js";

const FINGER_PX = 44;
const MOUSE_PX = 24;

const latLng = ([lon, lat]) => [lat, lon];

/** Return what stands where: a corner, then the middle of the side after it, and so on; while drawing corners alone. */
function wanted(corners, isArea, isDrawing) {
  const sides = isDrawing ? 0 : corners.length - (isArea ? 0 : 1);
  return corners.flatMap((corner, index) => [
    { kind: "corner", index, at: corner },
    ...(index < sides ? [{ kind: "middle", index, at: middle(corners, index) }] : []),
  ]);
}

function makeMark(kind, isDrawing) {
  const side = matchMedia("(pointer: coarse)").matches ? FINGER_PX : MOUSE_PX;
  const icon = L.divIcon({ className: `measure-${kind}`, iconSize: [side, side] });
  return L.marker([0, 0], { pane: "selection", icon, draggable: true, keyboard: !isDrawing, zIndexOffset: kind === "corner" ? 1000 : 0 });
}

/**
 * Return {draw, focus, of}: `draw` sets the handles, `focus(kind, index)` goes to one, `of(element)` tells which one it is.
 * `does` holds begin(), move(index, latlng) for corners, bend(index, latlng), bent() and add(index) for middles.
 */
export function startHandles(map, does) {
  const group = L.layerGroup().addTo(map);
  let held = []; // {kind, index, mark}
  let wasDrawing = null;

  function wire(handle) {
    const { kind, mark } = handle;
    const place = () => mark.getLatLng();
    if (kind === "corner") mark.on("dragstart", does.begin).on("drag", () => does.move(handle.index, place()));
    else mark.on("drag", () => does.bend(handle.index, place())).on("dragend", does.bent).on("dblclick", () => does.add(handle.index));
  }

  function put(item, position, isDrawing, count) {
    const handle = held[position] ||= { kind: item.kind, index: item.index, mark: makeMark(item.kind, isDrawing) };
    if (!group.hasLayer(handle.mark)) {
      wire(handle);
      group.addLayer(handle.mark.setLatLng(latLng(item.at)));
    }
    handle.mark.setLatLng(latLng(item.at));
    handle.mark.getElement().setAttribute("aria-label", t(`measure_of_${item.kind}`, { number: item.index + 1, count }));
  }

  return {
    draw({ corners, isArea, isDrawing }) {
      const items = wanted(corners, isArea, isDrawing);
      const kept = isDrawing === wasDrawing ? items.length : 0;
      held.splice(kept).forEach(({ mark }) => group.removeLayer(mark));
      wasDrawing = isDrawing;
      items.forEach((item, position) => put(item, position, isDrawing, corners.length));
    },
    focus(kind, index) {
      held.find((one) => one.kind === kind && one.index === index)?.mark.getElement().focus({ preventScroll: true });
    },
    of: (element) => held.find(({ mark }) => mark.getElement() === element) ?? null,
  };
}
