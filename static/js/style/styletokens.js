// Tokens as the style sheets hold them: each colour with its contrast, and the pairs that must be readable.

import { el, replace, svg } from "../base/dom.js";
import { number } from "../base/format.js";

const TEXT = 4.5; // WCAG 1.4.3
const SIGN = 3; // WCAG 1.4.11: borders of controls, marks, lines of the map
const PAIRS = [
  ["ink", "paper", TEXT], ["ink2", "paper", TEXT], ["ink3", "paper", TEXT], ["ink3", "paper2", TEXT],
  ["accent", "paper", TEXT], ["ink", "accentw", TEXT], ["onaccent", "accent", TEXT], ["paper", "ink", TEXT],
  ["paper", "ink2", TEXT], ["ok", "paper", TEXT], ["cond", "paper", TEXT], ["bad", "paper", TEXT], ["unk", "paper", TEXT],
  ["ok", "okw", TEXT], ["cond", "condw", TEXT], ["bad", "badw", TEXT], ["unk", "unkw", TEXT],
  ["ink", "r1", TEXT], ["ink", "r2", TEXT], ["ink", "r3", TEXT], ["ink", "r4", TEXT], ["ink", "strip", TEXT],
  ["waterink", "water", TEXT], ["line2", "paper", SIGN], ["shore", "water", SIGN], ["red", "r4", SIGN],
];

const root = document.documentElement;
const value = (name) => getComputedStyle(root).getPropertyValue(`--${name}`).trim();
const hex = (text) => (/^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(text)
  ? `#${text.slice(1).replace(/^(.)(.)(.)$/, "$1$1$2$2$3$3").toUpperCase()}` : null);

/** Return the relative luminance (WCAG 2.1) of "#RRGGBB". */
export function luminance(colour) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Return the contrast of two colours, from 1 to 21. */
export function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** Return the names of the colour tokens, in the order of the style sheet. */
function colourNames() {
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  const tokens = rules.find((rule) => rule.selectorText === ":root" && rule.style.getPropertyValue("--paper"));
  return [...tokens.style].filter((name) => name.startsWith("--")).map((name) => name.slice(2)).filter((name) => hex(value(name)));
}

const floor = (ratio) => number(Math.floor(ratio * 10) / 10, 1); // never rounded up over a limit

function colourRow(name) {
  const colour = hex(value(name));
  return el("li", { "data-token": name }, svg("svg", { viewBox: "0 0 34 18", "aria-hidden": "true" },
    svg("rect", { width: 34, height: 18, fill: `var(--${name})` })), el("b", { text: name }), el("code", { text: colour }),
  el("span", { class: "num", text: floor(contrast(colour, hex(value("paper")))) }));
}

function pairRow([front, back, least]) {
  const ratio = contrast(hex(value(front)), hex(value(back)));
  const sample = el("span", { class: "pair-sample", text: "瑶湖 Yaohu 1 500" });
  sample.style.color = `var(--${front})`;
  sample.style.background = `var(--${back})`;
  if (least === SIGN) sample.textContent = "━━━ ◆ ■";
  return el("tr", { "data-pair": `${front}/${back}`, "data-ratio": ratio.toFixed(3), "data-least": least },
    el("td", { "aria-hidden": "true" }, sample), el("th", { scope: "row", text: `${front} / ${back}` }),
    el("td", { class: "num", text: `${floor(ratio)}` }), el("td", { class: "num", text: number(least, 1) }));
}

function show() {
  replace(document.getElementById("style-colours"), colourNames().map(colourRow));
  replace(document.querySelector("#style-pairs tbody"), PAIRS.map(pairRow));
}

function measureType() {
  for (const sample of document.querySelectorAll("[data-type-of]")) {
    const { fontSize, lineHeight, fontWeight } = getComputedStyle(sample);
    sample.closest("tr").cells[1].textContent = `${parseFloat(fontSize)}/${parseFloat(lineHeight)} · ${fontWeight}`;
  }
}

show();
measureType();
window.addEventListener("resize", measureType);
new MutationObserver(show).observe(root, { attributes: true, attributeFilter: ["data-theme"] });
