// The lines between rings: what two neighbouring ring outlines share, joined to long lines.

const key = ([lon, lat]) => `${lon.toFixed(6)},${lat.toFixed(6)}`;

function segments(geometry) {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const found = new Map();
  for (const ring of polygons.flat()) {
    for (let i = 1; i < ring.length; i += 1) {
      const [a, b] = [key(ring[i - 1]), key(ring[i])];
      found.set(a < b ? `${a} ${b}` : `${b} ${a}`, [ring[i - 1], ring[i]]);
    }
  }
  return found;
}

function join(pieces) {
  const ends = new Map();
  const touch = (name, piece) => ends.set(name, [...(ends.get(name) || []), piece]);
  pieces.forEach((piece) => piece.forEach((point) => touch(key(point), piece)));
  const free = new Set(pieces);
  const follow = (line) => {
    for (;;) {
      const tip = line.at(-1);
      const next = (ends.get(key(tip)) || []).find((piece) => free.has(piece));
      if (!next) return line;
      free.delete(next);
      line.push(key(next[0]) === key(tip) ? next[1] : next[0]);
    }
  };
  const lines = [];
  for (const piece of pieces) {
    if (!free.delete(piece)) continue;
    const forward = follow([piece[0], piece[1]]);
    const back = follow([piece[0]]);
    lines.push([...back.slice(1).reverse(), ...forward]);
  }
  return lines;
}

function shared(inner, outer) {
  const mine = segments(inner.geometry);
  const theirs = segments(outer.geometry);
  return join([...mine].filter(([name]) => theirs.has(name)).map(([, piece]) => piece));
}

/**
 * Return the 100 m line that lies within ring 1 when it is read as the shore belt: the edge that the other
 * reading draws between its strip and ring 1. `features` are the rings of that other reading.
 */
export function insideLine(features) {
  const ring = (id) => features.find((feature) => feature.id.endsWith(`:${id}`));
  const [strip, first] = [ring("strip"), ring("ring_1")];
  if (!strip?.geometry || !first?.geometry) return [];
  const distance = strip.properties.extra?.outer_m;
  return [{ distance, basis: "inside", inside: true, inner: "ring_1", lines: shared(strip, first) }];
}

/**
 * Return the ring lines as {distance, basis, inner, lines: [[lon, lat]...]}, from the shore outwards.
 * `rows` are the ring rows of the layer list (inner first), `features` the drawn rings.
 */
export function ringLines(rows, features) {
  const byRing = new Map(features.map((feature) => [feature.id.split(":").pop(), feature]));
  const found = [];
  rows.forEach((row, index) => {
    const next = rows[index + 1];
    const [inner, outer] = [byRing.get(row.id), next && byRing.get(next.id)];
    if (!inner?.geometry || !outer?.geometry) return;
    const distance = inner.properties.extra?.outer_m ?? row.outer_m;
    found.push({ distance, basis: row.basis, inner: row.id, lines: shared(inner, outer) });
  });
  return found;
}
