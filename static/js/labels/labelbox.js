// Which names find room: boxes on a plain list; a name that would touch another is left out.

/** Return an empty sheet of taken places. */
export function makeSheet(width, height) {
  return { width, height, taken: [] };
}

const touches = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

/** Return whether the boxes [x0, y0, x1, y1] are all free and inside. */
export function isFree(sheet, boxes, margin = 4) {
  const inside = boxes.every(([x0, y0, x1, y1]) => (
    x0 >= margin && y0 >= margin && x1 <= sheet.width - margin && y1 <= sheet.height - margin));
  return inside && !boxes.some((box) => sheet.taken.some((other) => touches(box, other)));
}

/** Take the boxes if all are free and inside; return whether it was done. */
export function take(sheet, boxes) {
  if (!isFree(sheet, boxes)) return false;
  sheet.taken.push(...boxes);
  return true;
}

/** Take boxes without asking: furniture that lies on the map, or a sign that stands there anyway. */
export function reserve(sheet, boxes) {
  sheet.taken.push(...boxes);
}

/** Return the boxes along a line of text: one square per piece, so that curved names stay slim. */
export function alongBoxes(points, size) {
  const half = size / 2 + 2;
  return points.map(([x, y]) => [x - half, y - half, x + half, y + half]);
}
