// Changing what is measured: a corner moved, put in or taken out, by mouse, key or coordinates, and told politely.

import { fewest, middle, rounded, shifted, withAdded, without, withMoved } from "./measureedit.js";
import { startHandles } from "./measurehandles.js";
import { t } from "../base/words.js";

const SAY_MS = 400; // a held key is told once
const ROOM_PX = [40, 40];

const cornerAt = ({ lng, lat }) => rounded([lng, lat]);

/**
 * Wire the handles of `tool`; return what keys and fields may do. `keep` remembers what is there, `show` draws anew,
 * `tell` says a sentence, `told` gives the figures as one, `at` is where a corner goes that is put at a place of the map.
 */
export function startChanges(map, tool, { keep, show, tell, told, at = cornerAt }) {
  let saying = 0;
  let handles = null;

  const sayFigures = (done) => {
    clearTimeout(saying);
    saying = setTimeout(() => {
      if (tool.isOn && !tool.isDrawing) tell(`${done} ${told()}`);
    }, SAY_MS);
  };

  const seen = ([lon, lat]) => map.panInside([lat, lon], { padding: ROOM_PX, animate: false });

  const move = (index, corner) => {
    tool.corners = withMoved(tool.corners, index, corner);
    show();
    sayFigures(t("measure_moved", { number: index + 1 }));
  };

  const shift = (index, east, north, isRepeat) => {
    if (!isRepeat) keep();
    move(index, shifted(tool.corners[index], east, north));
    seen(tool.corners[index]);
  };

  const remove = (index) => {
    if (tool.corners.length <= fewest(tool.isArea)) {
      tell(t(tool.isArea ? "measure_fewest_area" : "measure_fewest_line"));
      return;
    }
    keep();
    tool.corners = without(tool.corners, index);
    show();
    handles.focus("corner", Math.min(index, tool.corners.length - 1));
    sayFigures(t("measure_removed", { number: index + 1 }));
  };

  /** Put a corner into the side after corner `index`, at its middle if no place is given. */
  const add = (index, corner = middle(tool.corners, index)) => {
    keep();
    tool.corners = withAdded(tool.corners, index + 1, corner);
    show();
    handles.focus("corner", index + 1);
    sayFigures(t("measure_added", { number: index + 2 }));
  };

  /** Add a corner at the end by its coordinates; of a closed area into its last side. */
  const addTyped = (position) => {
    keep();
    Object.assign(tool, { corners: [...tool.corners, rounded(position)], ahead: null });
    show();
    seen(position);
    tell(t("measure_corner", { count: tool.corners.length }));
  };

  handles = startHandles(map, {
    begin: keep,
    move: (index, latlng) => move(index, at(latlng)),
    bend: (index, latlng) => {
      tool.bend = { index, corner: at(latlng) };
      show();
    },
    bent: () => {
      const { index, corner } = tool.bend;
      tool.bend = null;
      add(index, corner);
    },
    add: (index) => add(index),
  });
  return { shift, remove, add, addTyped, drawHandles: handles.draw, handleOf: handles.of };
}
