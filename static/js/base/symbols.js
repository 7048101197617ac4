// Point signs as one SVG path each, drawn by Leaflet's own renderer so that they hide, fade and move with it.

/* global L */

const circle = (x, y, r) => `M${x - r},${y}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0Z`;
const square = (x, y, r) => `M${x - r},${y - r}H${x + r}V${y + r}H${x - r}Z`;
const ticks = (x, y, r) => (
  `M${x - r},${y}H${x - 4}M${x + 4},${y}H${x + r}M${x},${y - r}V${y - 4}M${x},${y + 4}V${y + r}`);

const SIGNS = { circle, square, ticks };

/** A point sign: options `shape` and `radius` in pixels. */
export const Sign = L.CircleMarker.extend({
  _updatePath() {
    const { x, y } = this._point;
    this._renderer._setPath(this, SIGNS[this.options.shape](x, y, this._radius));
  },
});
