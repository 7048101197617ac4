// What a name would hide: the lines drawn on the map, counted in small cells, so that any box is summed at once.

import { featuresOf, isShown } from "../map/layers.js";
import { kindOf } from "../map/passes.js";
import { get } from "../map/state.js";

const CELL_PX = 4;
const WEIGHTS = { roads: 3, metro: 3, ring_lines: 2, extent_2013: 2, extent_2025: 2 }; // other outlines weigh 1
const CHOSEN_WEIGHT = 3;

/** Return the coordinate lines of a geometry: lines as they are, polygons as their rings. */
export function linesOf({ type, coordinates }) {
  if (type === "LineString") return [coordinates];
  return type === "MultiPolygon" ? coordinates.flat() : coordinates;
}

function mark(grid, [x0, y0], [x1, y1], weight) {
  const [right, bottom] = [grid.columns * CELL_PX, grid.rows * CELL_PX];
  if (Math.max(x0, x1) < 0 || Math.max(y0, y1) < 0 || Math.min(x0, x1) >= right || Math.min(y0, y1) >= bottom) return;
  const steps = Math.min(4000, Math.ceil(Math.hypot(x1 - x0, y1 - y0) / CELL_PX)) || 1;
  for (let i = 0; i <= steps; i += 1) {
    const column = Math.floor((x0 + ((x1 - x0) * i) / steps) / CELL_PX);
    const row = Math.floor((y0 + ((y1 - y0) * i) / steps) / CELL_PX);
    if (column < 0 || row < 0 || column >= grid.columns || row >= grid.rows) continue;
    const cell = row * grid.columns + column;
    grid.cells[cell] = Math.max(grid.cells[cell], weight);
  }
}

/** Return the sums from the upper left corner, with an empty row and column before the first. */
function summed({ columns, rows, cells }) {
  const width = columns + 1;
  const sums = new Int32Array(width * (rows + 1));
  for (let row = 0; row < rows; row += 1) {
    let line = 0;
    for (let column = 0; column < columns; column += 1) {
      line += cells[row * columns + column];
      sums[(row + 1) * width + column + 1] = sums[row * width + column + 1] + line;
    }
  }
  return { columns, rows, sums };
}

/** Return the costs of the view: every line of the layers that are shown. */
export function makeCosts(width, height, at) {
  const grid = { columns: Math.ceil(width / CELL_PX), rows: Math.ceil(height / CELL_PX) };
  grid.cells = new Uint8Array(grid.columns * grid.rows);
  const chosen = get().sel?.split("@")[0];
  for (const { id } of get().plan?.layers || []) {
    if (id === "rings" || !isShown(id)) continue;
    for (const feature of featuresOf(id)) {
      if (!feature.geometry || kindOf(feature) === "point") continue;
      const weight = feature.id === chosen ? CHOSEN_WEIGHT : WEIGHTS[id] || 1;
      for (const line of linesOf(feature.geometry)) {
        const points = line.map(at);
        for (let i = 1; i < points.length; i += 1) mark(grid, points[i - 1], points[i], weight);
      }
    }
  }
  return summed(grid);
}

/** Return the weight of all lines under a box [x0, y0, x1, y1]. */
export function costOf({ columns, rows, sums }, [x0, y0, x1, y1]) {
  const clip = (value, most) => Math.max(0, Math.min(most, value));
  const [left, right] = [clip(Math.floor(x0 / CELL_PX), columns), clip(Math.ceil(x1 / CELL_PX), columns)];
  const [top, bottom] = [clip(Math.floor(y0 / CELL_PX), rows), clip(Math.ceil(y1 / CELL_PX), rows)];
  const sum = (row, column) => sums[row * (columns + 1) + column];
  return sum(bottom, right) - sum(top, right) - sum(bottom, left) + sum(top, left);
}
