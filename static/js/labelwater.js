// Water names: Song or serif, slanted, spread inside the water where it is widest; twice in a long lake.

import { svg } from "./dom.js";
import { take, textWidth } from "./labelbox.js";
import { featuresOf, isShown } from "./layers.js";
import { lang, named } from "./words.js";

const TRIES = 26;
const APART_PX = 240;
const SLANT = lang === "zh" ? 12 : 0; // Song leans left; the Latin serif has an italic of its own
const SIZES = { 10: 13, 11: 15, 12: 19, 13: 24, 14: 28, 15: 32 };

function inside([x, y], rings) {
  let odd = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
      const [xi, yi] = ring[i];
      const [xj, yj] = ring[j];
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) odd = !odd;
    }
  }
  return odd;
}

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
      if (inside(point, rings)) found.push({ point, room: clearance(point, rings) });
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
  const half = textWidth(sign, size, lang === "zh" ? 0 : 0.16) / 2;
  return [x + dx - half, y + dy - size * 0.6, x + dx + half, y + dy + size * 0.6];
});

function fits(layout, point, size, rings) {
  return boxes(layout, point, size).every(([x0, y0, x1, y1]) => (
    [[x0, y0], [x1, y0], [x0, y1], [x1, y1]].every((corner) => inside(corner, rings))));
}

function write(context, layout, [x, y], size) {
  for (const { sign, dx, dy } of layout) {
    context.add(svg("text", {
      class: "name-water", "font-size": size, "text-anchor": "middle",
      transform: `translate(${(x + dx).toFixed(1)} ${(y + dy + size * 0.35).toFixed(1)}) skewX(${SLANT})`,
    }, sign));
  }
}

function nameLake(context, feature, polygon) {
  const rings = polygon.map((ring) => ring.map(context.at));
  const name = named(feature.properties);
  const done = [];
  const size = SIZES[Math.max(10, Math.min(15, context.level))];
  for (const part of [size, size * 0.8, size * 0.62]) {
    for (const { point } of spots(rings, context.sheet)) {
      if (done.length === 2 || done.some(([x, y]) => Math.hypot(x - point[0], y - point[1]) < APART_PX)) continue;
      const layout = layouts(name, part).find((item) => fits(item, point, part, rings));
      if (!layout || !take(context.sheet, boxes(layout, point, part))) continue;
      write(context, layout, point, part);
      done.push(point);
    }
    if (done.length) return;
  }
}

/** Name the lakes in view. */
export function waterNames(context) {
  if (!isShown("water")) return;
  for (const feature of featuresOf("water")) {
    const { type, coordinates } = feature.geometry || {};
    if (type === "Polygon") nameLake(context, feature, coordinates);
    if (type === "MultiPolygon") coordinates.forEach((polygon) => nameLake(context, feature, polygon));
  }
}
