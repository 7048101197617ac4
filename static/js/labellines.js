// Text along lines: ring names inside their ring, distances on the ring lines, road names.

import { svg } from "./dom.js";
import { exact } from "./format.js";
import { alongBoxes, take, textWidth } from "./labelbox.js";
import { calmStretches, lengthOf, offsetLine, pathText, resample, soften } from "./labelpath.js";
import { featuresOf, find, isShown } from "./layers.js";
import { ringLines } from "./ringlines.js";
import { get } from "./state.js";
import { named, t } from "./words.js";

const MOST_TURN = 1.7; // radians: a name that bends more is hard to read
const SUBTLE = 150; // stretches tried for one name

let serial = 0;

function along(context, points, { text, cls, size }) {
  serial += 1;
  const id = `label-path-${serial % 10000}`;
  context.add(svg("g", { class: "label" }, svg("path", { id, d: pathText(points), class: "label-path" }),
    svg("text", { class: cls, "font-size": size, dy: size * 0.36 },
      svg("textPath", { href: `#${id}`, startOffset: "50%", "text-anchor": "middle" }, text))));
}

function tryAlong(context, lines, label, offset = 0) {
  const length = textWidth(label.text, label.size, label.spacing) + 12;
  for (const stretch of calmStretches(lines, length, context.sheet).slice(0, SUBTLE)) {
    if (stretch.turn > MOST_TURN) return false;
    const points = offset ? offsetLine(stretch.points, offset) : stretch.points;
    if (!take(context.sheet, alongBoxes(points, label.size))) continue;
    along(context, points, label);
    return true;
  }
  return false;
}

function inPixels(context, lines) {
  const near = ([x, y]) => x > -200 && y > -200 && x < context.sheet.width + 200 && y < context.sheet.height + 200;
  return lines.map((line) => line.map(context.at)).filter((line) => line.some(near));
}

/** Write each distance on its ring line, like a contour figure, at most twice. */
export function distanceLabels(context) {
  if (context.level < 11 || !isShown("ring_lines")) return;
  for (const line of ringLines()) {
    if (!line.separates && context.level < 14) continue;
    const text = `${exact(line.distance)} m`;
    const size = 10.5;
    const length = textWidth(text, size) + 12;
    const stretches = calmStretches(inPixels(context, line.lines), length, context.sheet, 40);
    const placed = [];
    for (const { points } of stretches.slice(0, 400)) {
      const [x, y] = points[Math.floor(points.length / 2)];
      if (placed.some(([px, py]) => Math.hypot(px - x, py - y) < 420)) continue;
      if (!take(context.sheet, alongBoxes(points, size + 4))) continue;
      tag(context, points, text, length);
      placed.push([x, y]);
      if (placed.length === 2) break;
    }
  }
}

function tag(context, points, text, length) {
  const [a, b] = [points[0], points.at(-1)];
  const angle = Math.atan2(b[1] - a[1], b[0] - a[0]) * (180 / Math.PI);
  const [x, y] = points[Math.floor(points.length / 2)];
  context.add(svg("g", { class: "distance", transform: `translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${angle.toFixed(1)})` },
    svg("rect", { class: "distance-ground", x: -length / 2 + 1, y: -7.5, width: length - 2, height: 15 }),
    svg("text", { class: "distance-text", y: 3.8, "text-anchor": "middle" }, text)));
}

function ringWidths(context, edges) {
  const [x0, y0] = context.at([116, 28.7]);
  const [x1, y1] = context.at([116, 28.71]);
  const pixelsPerMetre = Math.hypot(x1 - x0, y1 - y0) / (0.01 * 110800);
  return edges.map((edge) => edge * pixelsPerMetre);
}

/** Which side of a line lies nearer to the lake: measured to the middle of the view of the innermost line. */
function shift(points, target, amount) {
  const probe = (sign) => {
    const [x, y] = offsetLine(points, sign * 4)[Math.floor(points.length / 2)];
    return Math.min(...target.map(([tx, ty]) => Math.hypot(tx - x, ty - y)));
  };
  return probe(1) < probe(-1) ? amount : -amount;
}

function nameRing(context, text, line, { lake, width, inwards }) {
  const size = Math.max(11, Math.min(13, width * 0.5));
  const label = { text, cls: "ring-name", size, spacing: 0.14 };
  const need = textWidth(text, size, 0.14);
  for (const { points, turn } of calmStretches(inPixels(context, line), need * 1.12 + 12, context.sheet, 30).slice(0, SUBTLE)) {
    if (turn > MOST_TURN) return false;
    const moved = soften(offsetLine(points, shift(points, lake, inwards ? width / 2 : -Math.min(width / 2, 26))));
    if (lengthOf(moved) < need + 4) continue;
    if (!take(context.sheet, alongBoxes(moved, size + 2))) continue;
    along(context, moved, label);
    return true;
  }
  return false;
}

/** Return the texts to try, longest first: numeral and use, numeral and the first clause of it, numeral. */
function ringTexts(row) {
  const name = t(`ring_label_${row.id}`);
  const use = named(row, "use").split(/[（(；;：:]/)[0].trim();
  const clauses = use.split(/[、，,]/).map((part) => part.trim());
  const shorter = [clauses.slice(0, 2).join(t("list_comma")), clauses[0]];
  return [...new Set([use, ...shorter])].filter(Boolean).map((part) => `${name}\u2002${part}`).concat(name);
}

/** Return the shores of the lake that the rings go round, as lines of [lon, lat]. */
function shoreOfLake() {
  const { type, coordinates } = find(get().plan?.plan.lake)?.feature.geometry || {};
  if (type === "Polygon") return [coordinates[0]];
  return type === "MultiPolygon" ? coordinates.map(([outer]) => outer) : [];
}

/** Name each ring along its middle, on its calmest side; the outer one just outside the last line. */
export function ringNames(context) {
  const rows = (get().plan?.layers.find((layer) => layer.id === "rings")?.rings || []).filter((row) => isShown(row.id));
  const lines = ringLines().filter((line) => line.separates);
  const lake = shoreOfLake().flatMap((line) => resample(line.map(context.at), 20));
  if (!lake.length || context.level < 12) return;
  for (const row of rows) {
    const index = lines.findIndex((line) => line.distance === row.outer_m);
    const line = index >= 0 ? lines[index] : lines.at(-1);
    if (!line) continue;
    const inner = index > 0 ? lines[index - 1].distance : 0;
    const [width] = ringWidths(context, [index >= 0 ? line.distance - inner : 900]);
    if (width < 15) continue;
    const how = { lake, width, inwards: index >= 0 };
    ringTexts(row).some((text) => nameRing(context, text, line.lines, how));
  }
}

/** Name the roads along their line; names that nobody confirmed say so. */
export function roadNames(context) {
  if (!isShown("roads") || context.level < 12) return;
  for (const feature of featuresOf("roads")) {
    if (feature.geometry?.type !== "LineString") continue;
    const lines = inPixels(context, [feature.geometry.coordinates]);
    const offset = context.level >= 14 ? 0 : 11;
    tryAlong(context, lines, { text: named(feature.properties), cls: "name-road", size: 11, spacing: 0.18 }, offset);
  }
}

