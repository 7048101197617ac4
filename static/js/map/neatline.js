// The frame of the sheet: neatline, one band per kilometre, grid figures where the lines meet the frame.

/* global L */

import { byId, replace, svg } from "../base/dom.js";
import { number } from "../base/format.js";
import { toPlane } from "./geodesy.js";
import { gridStep, multiples } from "./grid.js";

const BAND_PX = 5;
const LEAST_BAND_PX = 9;
const CORNER_PX = 26;

function edgeReader(map, along, at) {
  return (pixel) => {
    const { lat, lng } = map.containerPointToLatLng(along === "x" ? L.point(pixel, at) : L.point(at, pixel));
    return toPlane(lng, lat)[along === "x" ? 0 : 1];
  };
}

/** Return the pixel along an edge where the coordinate has `value`; the edge is nearly straight. */
function pixelOf(value, read, length) {
  let [low, high] = [0, length];
  const rising = read(length) > read(0);
  for (let i = 0; i < 24; i += 1) {
    const middle = (low + high) / 2;
    if ((read(middle) < value) === rising) low = middle; else high = middle;
  }
  return (low + high) / 2;
}

function edge(map, along, at, length) {
  const read = edgeReader(map, along, at);
  const [a, b] = [read(0), read(length)];
  const [low, high] = [Math.min(a, b), Math.max(a, b)];
  const step = gridStep(Math.floor(map.getZoom()));
  const scale = length / (high - low);
  const band = [1000, 5000, 10000].find((metres) => metres * scale >= LEAST_BAND_PX) || 10000;
  const spot = (value) => pixelOf(value, read, length);
  return {
    bands: multiples(low - band, high, band).filter((v) => Math.round(v / band) % 2 === 0)
      .map((v) => [v <= low ? spot(low) : spot(v), v + band >= high ? spot(high) : spot(v + band)]),
    figures: multiples(low, high, step).map((v) => [spot(v), v]),
    step,
  };
}

const figure = (value, step) => number(value / 1000, step < 1000 ? 1 : 0).replace(/[\u2009,]/g, "");

function bandPath(size) {
  return ([from, to], side) => {
    const [a, b] = [Math.min(from, to), Math.max(from, to)];
    const box = {
      top: [a, -BAND_PX, b - a, BAND_PX], bottom: [a, size.y, b - a, BAND_PX],
      left: [-BAND_PX, a, BAND_PX, b - a], right: [size.x, a, BAND_PX, b - a],
    }[side];
    return svg("rect", { class: "frame-band", x: box[0], y: box[1], width: box[2], height: box[3] });
  };
}

function figuresOf({ top, bottom, left, right }, size) {
  const across = top.figures.filter(([px]) => px > CORNER_PX && px < size.x - CORNER_PX)
    .map(([px, value]) => svg("text", { class: "grid-figure", x: px, y: 12, "text-anchor": "middle" }, figure(value, top.step)));
  const up = left.figures.filter(([px]) => px > CORNER_PX && px < size.y - CORNER_PX)
    .map(([px, value]) => svg("text", {
      class: "grid-figure", transform: `translate(11 ${px}) rotate(-90)`, "text-anchor": "middle",
    }, figure(value, left.step)));
  if (!document.body.classList.contains("is-sheet")) return [...across, ...up];
  // on paper the figures stand on all four sides
  const inside = (length) => ([px]) => px > CORNER_PX && px < length - CORNER_PX;
  return [...across, ...up,
    ...bottom.figures.filter(inside(size.x)).map(([px, value]) => (
      svg("text", { class: "grid-figure", x: px, y: size.y - 5, "text-anchor": "middle" }, figure(value, bottom.step)))),
    ...right.figures.filter(inside(size.y)).map(([px, value]) => svg("text", {
      class: "grid-figure", transform: `translate(${size.x - 4} ${px}) rotate(-90)`, "text-anchor": "middle",
    }, figure(value, right.step)))];
}

/** Keep the frame true to the view, also while the map is dragged. */
export function startNeatline(map) {
  const frame = byId("neatline");
  const draw = () => {
    const size = map.getSize();
    const sides = {
      top: edge(map, "x", 0, size.x), bottom: edge(map, "x", size.y, size.x),
      left: edge(map, "y", 0, size.y), right: edge(map, "y", size.x, size.y),
    };
    const box = bandPath(size);
    replace(frame,
      Object.entries(sides).flatMap(([side, { bands }]) => bands.map((band) => box(band, side))),
      svg("rect", { class: "frame-in", x: 0, y: 0, width: size.x, height: size.y }),
      svg("rect", { class: "frame-out", x: -BAND_PX, y: -BAND_PX, width: size.x + 2 * BAND_PX, height: size.y + 2 * BAND_PX }),
      figuresOf(sides, size));
  };
  let asked = 0;
  const soon = () => {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(draw);
  };
  map.on("move zoomend resize", soon);
  map.on("sheet", draw);
  draw();
}
