// Ring names along the middle of their ring: the whole name or the ring alone, never a part that says something else.

import { svg } from "../base/dom.js";
import { isFree, take } from "./labelbox.js";
import { costOf, linesOf } from "./labelcost.js";
import { bestStretches, inPixels, middleOf, MOST_TURN, remember, writeAlong } from "./labellines.js";
import { measured } from "./labelmeasure.js";
import { calmStretches, isInside, lengthOf, offsetLine, resample, soften } from "./labelpath.js";
import { featuresOf, find, isShown } from "../map/layers.js";
import { ringLines } from "../map/ringlines.js";
import { get } from "../map/state.js";
import { named, t } from "../base/words.js";

const CLS = "ring-name";
const NAMES_FROM = 12; // below it the numeral alone
const LEAST_PX = 15; // a narrower ring has no room for letters
const LEAST_NUMERAL_PX = 10;
const OUTER_M = 900; // the open ring is named this near to its line, as if it were so wide
const PROBE_M = 1000;
const OUTSIDE_PX = 26;
const ROUND = 6; // points of each side that round the corners of a line before a name runs along it
const NUMERAL_PX = 24;
const ROOMY_PX = 45; // a ring so wide has room beside its middle

/** Return the texts to try: the ring with its whole use, then the ring alone. */
function ringTexts(row) {
  const name = t(`ring_label_${row.id}`);
  const use = named(row, "use").trim();
  return use ? [`${name} · ${use}`, name] : [name];
}

/** Return the shores of the lake that the rings go round, as points in pixels. */
function shorePoints(context) {
  const { geometry } = find(get().plan?.plan.lake)?.feature || {};
  return geometry ? linesOf(geometry).flatMap((line) => resample(line.map(context.at), 20)) : [];
}

function pixelsPerMetre(context) {
  const { x, y } = context.metre(PROBE_M);
  return Math.hypot(x, y) / PROBE_M;
}

/** Which side of a line lies nearer to the lake. */
function shift(points, target, amount) {
  const probe = (sign) => {
    const [x, y] = middleOf(offsetLine(points, sign * 4));
    return Math.min(...target.map(([tx, ty]) => Math.hypot(tx - x, ty - y)));
  };
  return probe(1) < probe(-1) ? amount : -amount;
}

/** Return the outline of a ring in pixels, so that no name leaves its ring. */
function outlineOf(context, row) {
  const feature = featuresOf("rings").find(({ id }) => id.endsWith(`:${row.id}`));
  return feature?.geometry ? linesOf(feature.geometry).map((line) => line.map(context.at)) : [];
}

/** Return the lines to run beside, each with its distance towards the lake: the outer edge, else the inner one. */
function guides({ outer, inner, width }) {
  const shares = width > ROOMY_PX ? [0.5, 0.36, 0.64] : [0.5];
  return [
    ...(outer ? shares.map((share) => ({ line: outer, offset: share * width })) : []),
    ...(inner ? shares.map((share) => ({ line: inner, offset: -(outer ? share * width : Math.min(width * share, OUTSIDE_PX * 2 * share)) })) : []),
  ];
}

/** Return the best of free stretches, best first, that stays in the ring and passes `test`. */
const bestInside = (ring, stretches, test = () => true) => stretches.find((item) => (
  test(item) && item.points.every((point, i) => i % 3 || isInside(point, ring.outline))));

/** Return the free stretches for a text of `length` along a ring, best first. */
function stretchesIn(context, ring, length, size) {
  const moved = guides(ring).flatMap(({ line, offset }) => (
    calmStretches(line, length * 1.12 + 12, context.sheet, 30).filter(({ turn }) => turn < MOST_TURN).slice(0, 60)
      .map(({ points, turn }) => ({ points: soften(offsetLine(points, shift(points, ring.lake, offset))), turn }))
      .filter(({ points }) => lengthOf(points) >= length)));
  return bestStretches(context, ring.row.id, moved, { size: size + 2, tries: 400 });
}

function nameRing(context, ring, text) {
  const size = Math.max(11, Math.min(13, ring.width * 0.5));
  const best = bestInside(ring, stretchesIn(context, ring, measured(text, CLS, size).width, size));
  if (!best || !take(context.sheet, best.boxes)) return false;
  writeAlong(context, best.points, { text, cls: CLS, size });
  remember(context, ring.row.id, [middleOf(best.points)]);
  return true;
}

/** Write the numeral of a ring upright: from afar there is no room for more. */
function numberRing(context, ring) {
  const text = t(`numeral_${ring.row.id}`);
  const size = 11;
  const { width, ascent, descent } = measured(text, CLS, size);
  const y = size * 0.36;
  const boxes = ([x, at]) => [[x - width / 2 - 1, at + y - ascent, x + width / 2 + 1, at + y + descent]];
  const hidden = ({ points }) => costOf(context.costs, boxes(middleOf(points))[0]);
  const spots = stretchesIn(context, ring, NUMERAL_PX, size).map((item) => ({ ...item, rank: item.rank + hidden(item) / 60 }));
  const best = bestInside(ring, spots.sort((a, b) => a.rank - b.rank), ({ points }) => isFree(context.sheet, boxes(middleOf(points))));
  if (!best || !take(context.sheet, boxes(middleOf(best.points)))) return;
  const [x, at] = middleOf(best.points);
  context.add(svg("g", { class: "label" }, svg("text", { class: CLS, "font-size": size, x, y: at + y, "text-anchor": "middle" }, text)));
  remember(context, ring.row.id, [[x, at]]);
}

/** Name each ring along its middle, on its calmest side; the open one just outside the last line. */
export function ringNames(context) {
  const rows = (get().plan?.layers.find((layer) => layer.id === "rings")?.rings || []).filter((row) => isShown(row.id));
  const lines = ringLines().filter((line) => line.separates);
  const lake = shorePoints(context);
  if (!lake.length || !lines.length || context.level < 10) return;
  const scale = pixelsPerMetre(context);
  const rounded = lines.map((line) => inPixels(context, line.lines).map((points) => soften(resample(points), ROUND)));
  for (const row of rows) {
    const index = lines.findIndex((line) => line.distance === row.outer_m);
    const last = index >= 0 ? index : lines.length;
    const width = (index >= 0 ? lines[index].distance - (lines[index - 1]?.distance || 0) : OUTER_M) * scale;
    const ring = { row, lake, width, outer: rounded[index], inner: rounded[last - 1], outline: outlineOf(context, row) };
    if (context.level < NAMES_FROM) {
      if (width >= LEAST_NUMERAL_PX) numberRing(context, ring);
    } else if (width >= LEAST_PX) ringTexts(row).some((text) => nameRing(context, ring, text));
  }
}
