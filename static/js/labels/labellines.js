// Text along lines: distances on the ring lines, road names, and what ring names share with them.

import { svg } from "../base/dom.js";
import { exact } from "../base/format.js";
import { alongBoxes, isFree, take } from "./labelbox.js";
import { costOf } from "./labelcost.js";
import { measured } from "./labelmeasure.js";
import { calmStretches, offsetLine, pathText } from "./labelpath.js";
import { featuresOf, isShown } from "../map/layers.js";
import { ringLines } from "../map/ringlines.js";
import { named } from "../base/words.js";

export const MOST_TURN = 2; // radians: a name that bends more is hard to read
const TRIES = 150; // stretches tried for one name
const COST_PER_TURN = 60; // hidden line weight that is as bad as a radian of bending
const HABIT = 0.8; // radians: what it is worth to stay where the last drawing had the name
const NEAR_PX = 30;
const APART_PX = 420; // between two figures of one line

let serial = 0;

export const middleOf = (points) => points[Math.floor(points.length / 2)];

/** Write a text along points. */
export function writeAlong(context, points, { text, cls, size }) {
  serial += 1;
  const id = `label-path-${serial % 10000}`;
  context.add(svg("g", { class: "label" }, svg("path", { id, d: pathText(points), class: "label-path" }),
    svg("text", { class: cls, "font-size": size, dy: size * 0.36 },
      svg("textPath", { href: `#${id}`, startOffset: "50%", "text-anchor": "middle" }, text))));
}

/** Return the stretches that are free, best first: little bending, few lines hidden, and where they stood before. */
export function bestStretches(context, key, stretches, { size, tries = TRIES }) {
  const before = context.memory.get(key)?.map(context.at) || [];
  const habit = ([x, y]) => Math.max(0, ...before.map(([bx, by]) => 1 - Math.hypot(bx - x, by - y) / NEAR_PX));
  return stretches.slice(0, tries).map(({ points, turn }) => ({ points, turn, boxes: alongBoxes(points, size) }))
    .filter(({ boxes }) => isFree(context.sheet, boxes))
    .map((item) => {
      const hidden = item.boxes.reduce((sum, box) => sum + costOf(context.costs, box), 0) / 2; // neighbours overlap by half
      return { ...item, rank: item.turn + hidden / COST_PER_TURN - HABIT * habit(middleOf(item.points)) };
    }).sort((a, b) => a.rank - b.rank);
}

/** Keep in mind where the pieces of `key` stand, as [lon, lat]. */
export const remember = (context, key, spots) => context.memory.set(key, spots.map(context.from));

/** Return those lines of [lon, lat] that come near the view, in pixels. */
export function inPixels(context, lines) {
  const near = ([x, y]) => x > -200 && y > -200 && x < context.sheet.width + 200 && y < context.sheet.height + 200;
  return lines.map((line) => line.map(context.at)).filter((line) => line.some(near));
}

/** Write each distance on its ring line, like a contour figure, at most twice. */
export function distanceLabels(context) {
  if (context.level < 12 || !isShown("ring_lines")) return;
  for (const line of ringLines()) {
    if (!line.separates && context.level < 14) continue;
    const text = `${exact(line.distance)} m`;
    const length = measured(text, "distance-text", 10.5).width + 14;
    const stretches = calmStretches(inPixels(context, line.lines), length, context.sheet, 40);
    const key = `distance ${line.distance}`;
    const placed = [];
    for (const { points, boxes } of bestStretches(context, key, stretches, { size: 15, tries: 400 })) {
      const [x, y] = middleOf(points);
      if (placed.some(([px, py]) => Math.hypot(px - x, py - y) < APART_PX) || !take(context.sheet, boxes)) continue;
      tag(context, points, text, length);
      placed.push([x, y]);
      if (placed.length === 2) break;
    }
    remember(context, key, placed);
  }
}

function tag(context, points, text, length) {
  const [a, b] = [points[0], points.at(-1)];
  const angle = Math.atan2(b[1] - a[1], b[0] - a[0]) * (180 / Math.PI);
  const [x, y] = middleOf(points);
  context.add(svg("g", { class: "distance", transform: `translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${angle.toFixed(1)})` },
    svg("rect", { class: "distance-ground", x: -length / 2 + 1, y: -7.5, width: length - 2, height: 15 }),
    svg("text", { class: "distance-text", y: 3.8, "text-anchor": "middle" }, text)));
}

/** Name the roads along their line; names that nobody confirmed say so. */
export function roadNames(context) {
  if (!isShown("roads") || context.level < 12) return;
  const size = 11;
  const offsets = context.level >= 16 ? [0] : context.level >= 14 ? [14, -14] : [12, -12]; // beside the casing, either side
  for (const feature of featuresOf("roads")) {
    if (feature.geometry?.type !== "LineString") continue;
    const text = named(feature.properties);
    const length = measured(text, "name-road", size).width * 1.06 + 12;
    const calm = calmStretches(inPixels(context, [feature.geometry.coordinates]), length, context.sheet)
      .filter(({ turn }) => turn < MOST_TURN);
    const stretches = calm.flatMap(({ points, turn }) => offsets.map((px) => ({ points: offsetLine(points, px), turn })));
    const [best] = bestStretches(context, feature.id, stretches, { size: size + 3 });
    if (!best || !take(context.sheet, best.boxes)) continue;
    writeAlong(context, best.points, { text, cls: "name-road", size });
    remember(context, feature.id, [middleOf(best.points)]);
  }
}
