// Long names in two lines: broken where a reader would, never shortened.

const LONG_PX = 120;

/** Return the index at which the second line begins, or 0: before a bracket, after a comma, at the middle space. */
function breakAt(name) {
  const bracket = name.search(/[（(]/);
  if (bracket > 0) return bracket;
  const comma = name.indexOf(", ");
  if (comma > 0) return comma + 2;
  const middle = name.length / 2;
  const spaces = [...name.matchAll(/ /g)].map(({ index }) => index + 1);
  return spaces.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0] || 0;
}

/** Return the ways to write a name of `width` pixels: [[whole], [first, second]]. */
export function inLines(name, width) {
  const at = width > LONG_PX ? breakAt(name) : 0;
  return at ? [[name], [name.slice(0, at).trim(), name.slice(at).trim()]] : [[name]];
}
