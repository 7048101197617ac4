// Calm stretches of lines: where a name or a distance can run without bending much.

const RESAMPLE_PX = 8;

/** Return the points of a line at even steps, [[x, y]...]. */
export function resample(points, step = RESAMPLE_PX) {
  const out = [points[0]];
  let left = step;
  for (let i = 1; i < points.length; i += 1) {
    let [x, y] = points[i - 1];
    const [x1, y1] = points[i];
    let length = Math.hypot(x1 - x, y1 - y);
    while (length >= left && length > 0) {
      x += ((x1 - x) * left) / length;
      y += ((y1 - y) * left) / length;
      out.push([x, y]);
      length -= left;
      left = step;
    }
    left -= length;
  }
  return out;
}

const turnAt = (a, b, c) => {
  const one = Math.atan2(b[1] - a[1], b[0] - a[0]);
  const two = Math.atan2(c[1] - b[1], c[0] - b[0]);
  return Math.abs(Math.atan2(Math.sin(two - one), Math.cos(two - one)));
};

const REACH = 4; // neighbours on each side that decide a direction: letters turn softly

/** Return the length of a line in pixels. */
export const lengthOf = (points) => points.slice(1)
  .reduce((sum, [x, y], i) => sum + Math.hypot(x - points[i][0], y - points[i][1]), 0);

/** Return the line with each point drawn towards its `reach` neighbours on each side. */
export function soften(points, reach = 2) {
  return points.map((_, i) => {
    const here = Math.min(reach, i, points.length - 1 - i); // the ends stay
    const near = points.slice(i - here, i + here + 1);
    return [0, 1].map((k) => near.reduce((sum, point) => sum + point[k], 0) / near.length);
  });
}

/** Return the line moved sideways by `offset` pixels (left of its direction is negative). */
export function offsetLine(points, offset) {
  return points.map((point, i) => {
    const before = points[Math.max(0, i - REACH)];
    const after = points[Math.min(points.length - 1, i + REACH)];
    const length = Math.hypot(after[0] - before[0], after[1] - before[1]) || 1;
    return [point[0] - ((after[1] - before[1]) / length) * offset, point[1] + ((after[0] - before[0]) / length) * offset];
  });
}

/**
 * Return stretches of `length` pixels inside the sheet, calmest first, each with its points running
 * left to right (or top to bottom for steep ones) and its total turning in radians.
 */
export function calmStretches(lines, length, sheet, edge = 24) {
  const count = Math.max(3, Math.ceil(length / RESAMPLE_PX) + 1);
  const inside = ([x, y]) => x > edge && y > edge && x < sheet.width - edge && y < sheet.height - edge;
  const found = [];
  for (const line of lines) {
    const points = resample(line);
    for (let i = 0; i + count <= points.length; i += 3) {
      const part = points.slice(i, i + count);
      if (!part.every(inside)) continue;
      let turn = 0;
      for (let k = 1; k < part.length - 1; k += 1) turn += turnAt(part[k - 1], part[k], part[k + 1]);
      found.push({ points: part, turn: turn + awayFromMiddle(part, sheet) });
    }
  }
  return found.sort((a, b) => a.turn - b.turn).map(({ points, turn }) => ({ points: upright(points), turn }));
}

function awayFromMiddle(part, sheet) {
  const [x, y] = part[Math.floor(part.length / 2)];
  return 0.35 * Math.hypot(x / sheet.width - 0.5, y / sheet.height - 0.5);
}

function upright(points) {
  const [a, b] = [points[0], points.at(-1)];
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const backwards = Math.abs(dx) > 0.35 * Math.abs(dy) ? dx < 0 : dy > 0;
  return backwards ? [...points].reverse() : points;
}

export const pathText = (points) => `M${points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join("L")}`;

/** Return whether a point lies inside rings taken together (even-odd, so that holes count). */
export function isInside([x, y], rings) {
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
