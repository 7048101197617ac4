// Water names: Song or serif, slanted, spread inside the water where it is widest; twice in a long lake.

import { svg } from "../base/dom.js";
import { isFree, take } from "./labelbox.js";
import { costOf } from "./labelcost.js";
import { measured } from "./labelmeasure.js";
import { isInside } from "./labelpath.js";
import { featuresOf, isShown } from "../map/layers.js";
import { lang, named } from "../base/words.js";

const CLS = "name-water";
const TRIES = 26;
const APART_PX = 240;
const SECOND_SHARE = 0.8; // a second name of a lake is not written smaller than this
const CLEAR = 8; // weight of hidden lines that a name in water may bear if there is no better place
const SLANT = lang === "zh" ? 12 : 0; // Song leans left; the Latin serif has an italic of its own
const SIZES = { 10: 13, 11: 15, 12: 19, 13: 24, 14: 28, 15: 32 };

function clearance([x, y], rings) {
  let least = Infinity;
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i += 1) {
      const [ax, ay] = ring[i - 1];
      const [bx, by] = ring[i];
      const length2 = (bx - ax) ** 2 + (by - ay) ** 2 || 1;
      const share = Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length2));
      least = Math.min(least, Math.hypot(x - ax - share * (bx - ax), y - ay - share * (by - ay)));
    }
  }
  return least;
}

function spots(rings, sheet) {
  const xs = rings[0].map(([x]) => x);
  const ys = rings[0].map(([, y]) => y);
  const [x0, x1] = [Math.max(20, Math.min(...xs)), Math.min(sheet.width - 20, Math.max(...xs))];
  const [y0, y1] = [Math.max(20, Math.min(...ys)), Math.min(sheet.height - 20, Math.max(...ys))];
  const found = [];
  for (let i = 0; i < TRIES && x1 > x0 && y1 > y0; i += 1) {
    for (let j = 0; j < TRIES; j += 1) {
      const point = [x0 + ((i + 0.5) / TRIES) * (x1 - x0), y0 + ((j + 0.5) / TRIES) * (y1 - y0)];
      if (isInside(point, rings)) found.push({ point, room: clearance(point, rings) });
    }
  }
  return found.sort((a, b) => b.room - a.room);
}

/** Return the lines of a name: zh is spread or stacked, en breaks between words. */
function layouts(name, size) {
  if (lang === "zh" && name.length <= 4) {
    const across = [...name].map((sign, i, all) => ({ sign, dx: (i - (all.length - 1) / 2) * size * 2.2, dy: 0 }));
    const slope = across.map((item, i, all) => ({ ...item, dx: item.dx * 0.75, dy: (i - (all.length - 1) / 2) * size * 0.7 }));
    const down = [...name].map((sign, i, all) => ({ sign, dx: 0, dy: (i - (all.length - 1) / 2) * size * 1.9 }));
    return [across, slope, down];
  }
  const whole = [{ sign: name, dx: 0, dy: 0 }];
  const words = name.split(" ");
  const lines = words.map((sign, i) => ({ sign, dx: 0, dy: (i - (words.length - 1) / 2) * size * 1.15 }));
  return words.length > 1 ? [whole, lines] : [whole];
}

const boxes = (layout, [x, y], size) => layout.map(({ sign, dx, dy }) => {
  const { width, ascent, descent } = measured(sign, CLS, size);
  const base = y + dy + size * 0.35;
  const lean = Math.tan((SLANT * Math.PI) / 180) * ascent;
  return [x + dx - width / 2 - lean, base - ascent, x + dx + width / 2 + lean, base + descent];
});

function fits(layout, point, size, rings) {
  const half = size * 0.6; // ink, not the whole height of the line
  return boxes(layout, point, size).every(([x0, y0, x1, y1]) => {
    const y = (y0 + y1) / 2;
    return [[x0, y - half], [x1, y - half], [x0, y + half], [x1, y + half]].every((corner) => isInside(corner, rings));
  });
}

function write(context, layout, [x, y], size) {
  context.add(svg("g", { class: "label" }, layout.map(({ sign, dx, dy }) => svg("text", {
    class: CLS, "font-size": size, "text-anchor": "middle",
    transform: `translate(${(x + dx).toFixed(1)} ${(y + dy + size * 0.35).toFixed(1)}) skewX(${SLANT})`,
  }, sign))));
}

/** Return the places to try, the widest water first; places of the last drawing before all, lines of metro and roads last. */
function ranked(context, key, rings) {
  const before = (context.memory.get(key) || []).map(context.at).filter(([x, y]) => (
    x > 20 && y > 20 && x < context.sheet.width - 20 && y < context.sheet.height - 20 && isInside([x, y], rings)));
  return [...before, ...spots(rings, context.sheet).map(({ point }) => point)];
}

function place(context, { key, rings, name }, size, done) {
  const tried = ranked(context, key, rings).map((point) => ({
    point, layout: layouts(name, size).find((item) => fits(item, point, size, rings) && isFree(context.sheet, boxes(item, point, size))),
  })).filter(({ layout }) => layout);
  const hidden = ({ layout, point }) => boxes(layout, point, size).reduce((sum, box) => sum + costOf(context.costs, box), 0);
  const clear = tried.filter((item) => hidden(item) < CLEAR);
  for (const { point, layout } of [...clear, ...tried]) {
    if (done.length === 2 || done.some(([x, y]) => Math.hypot(x - point[0], y - point[1]) < APART_PX)) continue;
    if (!take(context.sheet, boxes(layout, point, size))) continue;
    write(context, layout, point, size);
    done.push(point);
  }
}

function nameLake(context, feature, part, polygon) {
  const key = `${feature.id} ${part}`;
  const rings = polygon.map((ring) => ring.map(context.at));
  const size = SIZES[Math.max(10, Math.min(15, context.level))];
  const lake = { key, rings, name: named(feature.properties) };
  const done = [];
  for (const share of [1, 0.8, 0.62]) {
    if (share >= SECOND_SHARE || !done.length) place(context, lake, size * share, done);
  }
  context.memory.set(key, done.map(context.from));
}

/** Name the lakes in view. */
export function waterNames(context) {
  if (!isShown("water")) return;
  for (const feature of featuresOf("water")) {
    const { type, coordinates } = feature.geometry || {};
    if (type === "Polygon") nameLake(context, feature, 0, coordinates);
    if (type === "MultiPolygon") coordinates.forEach((polygon, i) => nameLake(context, feature, i, polygon));
  }
}
