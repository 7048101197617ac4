// How much room a text takes: measured in the very face that map.css gives its class.

import { svg } from "../base/dom.js";

const pen = document.createElement("canvas").getContext("2d");
const faces = new Map(); // class -> {font(size), spacing in em}
const known = new Map(); // class, size and text -> measures
let probe = null;

/** Begin with the SVG group beside the names, in which each class is asked for its face. */
export function startMeasuring(root) {
  probe = svg("g", { class: "labels labels-probe" });
  root.append(probe);
  document.fonts?.addEventListener("loadingdone", () => known.clear());
}

function faceOf(cls) {
  if (!faces.has(cls)) {
    const text = probe.appendChild(svg("text", { class: cls }));
    const { fontStyle, fontWeight, fontFamily, fontSize, letterSpacing } = getComputedStyle(text);
    const spacing = (parseFloat(letterSpacing) || 0) / parseFloat(fontSize);
    faces.set(cls, { spacing, font: (size) => `${fontStyle} ${fontWeight} ${size}px ${fontFamily}` });
    text.remove();
  }
  return faces.get(cls);
}

/** Return {width, ascent, descent} in pixels of a text in the face of `cls` at `size`. */
export function measured(text, cls, size) {
  const key = `${cls}|${size}|${text}`;
  if (!known.has(key)) {
    const face = faceOf(cls);
    pen.font = face.font(size);
    const { width, fontBoundingBoxAscent: ascent, fontBoundingBoxDescent: descent } = pen.measureText(text);
    known.set(key, { width: width + face.spacing * size * [...text].length, ascent, descent });
  }
  return known.get(key);
}
