// The buttons of the page: tools and what they want to know, undo and redo, tabs of a narrow page, files, sheet and link.

import { copyText } from "../base/clipboard.js";
import { byId } from "../base/dom.js";
import { bindKey } from "../base/keys.js";
import { toast } from "../base/toast.js";
import { lang, t } from "../base/words.js";
import { write } from "../map/address.js";
import { viewChosen } from "../map/state.js";
import { begin, cancel, centreCorner, finish, pen } from "./drawing.js";
import { doAgain, MOST_HANDLES, takeBack } from "./editing.js";
import { written } from "./share.js";
import { circle, muOf, radiusOf, roundOf } from "./shapes.js";
import { activeRing, canRedo, canUndo, clear, cornerCount, facts, feature, isEmpty, isRound, keep, parts, setRound, site, tellChange } from "./site.js";
import { startFormats } from "./formats.js";

const NEED_SITE = ["hole", "part"];
const WITH_FIGURE = { circle: "radius", point: "mu" };
const MANY = ["polygon", "hole", "part"];

function hint() {
  if (pen.tool) return t(`hint_${pen.tool}`);
  if (isEmpty()) return t("hint_none");
  if (isRound()) return t(`hint_done_${site.origin}`);
  return activeRing().corners.length > MOST_HANDLES ? t("site_too_many", { most: MOST_HANDLES }) : t("hint_site");
}

/** Show the size that a tool asks for, or that the circle on the map has. */
function showSizes() {
  const shown = pen.tool || (isRound() ? site.origin : null);
  for (const [name, figure] of Object.entries(WITH_FIGURE)) {
    byId(`${figure}-part`).hidden = shown !== name;
    const field = byId(`site-${figure}`);
    if (pen.tool || shown !== name || field === document.activeElement) continue;
    const { radius } = roundOf(activeRing().corners);
    field.value = String(Math.round((name === "circle" ? radius : muOf(radius)) * 10) / 10);
  }
}

/** Give the circle on the map another size. */
function resize(origin, radius) {
  if (pen.tool || !isRound() || site.origin !== origin || !(radius > 0)) return;
  keep();
  setRound(circle(roundOf(activeRing().corners).middle, radius), radius);
  tellChange("outline");
}

/** Bring every button and hint to what is drawn and what can be done. */
export function showTools() {
  const { tool, corners } = pen;
  for (const button of document.querySelectorAll("[data-tool]")) {
    button.setAttribute("aria-pressed", String(button.dataset.tool === tool));
    button.disabled = NEED_SITE.includes(button.dataset.tool) && isEmpty();
  }
  showSizes();
  byId("site-undo").disabled = !tool && !canUndo();
  byId("site-redo").disabled = Boolean(tool) || !canRedo();
  byId("site-clear").disabled = isEmpty();
  byId("zoom-site").disabled = isEmpty();
  byId("draw-hint").textContent = hint();
  byId("draw-bar").hidden = !tool;
  byId("draw-bar-text").textContent = tool ? (corners.length && MANY.includes(tool) ? t("bar_corner", { count: corners.length }) : t(`bar_${tool}`)) : "";
  byId("draw-done").hidden = !MANY.includes(tool);
  byId("draw-set").hidden = tool === "pick";
  byId("draw-done").disabled = corners.length < 3;
  const count = cornerCount();
  byId("outline-count").textContent = isEmpty() ? "" : parts().length > 1 ? t("site_parts", { parts: parts().length, count }) : t("site_corners", { count });
}

const tabs = () => document.querySelectorAll("button[data-tab]");

/** Show one of the two panels where there is no room for both. */
export function showTab(name) {
  document.body.dataset.tab = name;
  for (const tab of tabs()) tab.setAttribute("aria-pressed", String(tab.dataset.tab === name));
}

function save(name, text, kind) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: kind }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

const fileName = (ending) => `${(facts.name || t("site_draft")).replace(/[\\/:*?"<>|\s]+/g, "_")}.${ending}`;

/** Return the tables of the answer as CSV for Excel: cells that would run as a formula are defused. */
function csv() {
  const cell = (text) => {
    const plain = text.replace(/\s+/g, " ").trim();
    const isFormula = /^[=+@\t\r-]/.test(plain) && !/^[-+]?[\d.,\u2009]+%?$/.test(plain);
    return `"${(isFormula ? `'${plain}` : plain).replaceAll('"', '""')}"`;
  };
  const rows = [...byId("answer-body").querySelectorAll("[data-csv-row], table tr")].filter((row) => !row.closest("[data-no-csv]"));
  const lines = rows.map((row) => (row.matches("tr") ? [...row.cells] : [...row.querySelectorAll("[data-csv]")]).map((one) => cell(one.textContent)).join(","));
  return `\ufeff${lines.join("\r\n")}\r\n`;
}

/** Post the site to a page of its own: its sheet, or how firm its ring and verdict are. */
function openWith(path) {
  const form = byId("sheet-form");
  const { rings, ...view } = viewChosen();
  form.action = `${path}?${new URLSearchParams({ ...view, ...(rings && { rings }), crs: "EPSG:4326", datum: "wgs84", lang })}`;
  form.elements.site.value = JSON.stringify(feature());
  form.elements.name.value = facts.name;
  form.submit();
}

const openSheet = () => openWith("/assess/sheet");

async function copyLink() {
  const hash = written();
  if (hash === null) { toast(t("site_link_large")); return; }
  const url = `${location.origin}${location.pathname}${write({ withLang: lang })}${hash && `#${hash}`}`;
  toast(t(await copyText(url) ? (hash ? "site_link_copied" : "link_copied") : "link_select"));
}

function startActs() {
  startFormats(save);
  byId("site-sheet").addEventListener("click", openSheet);
  byId("site-firm").addEventListener("click", () => openWith("/sensitivity"));
  byId("site-geojson").addEventListener("click", () => save(fileName("geojson"), JSON.stringify({ type: "FeatureCollection", features: [feature()] }, null, 1), "application/geo+json"));
  byId("site-csv").addEventListener("click", () => save(fileName("csv"), csv(), "text/csv"));
  byId("site-copy").addEventListener("click", copyLink);
  byId("copy-page").addEventListener("click", copyLink);
  byId("print-page").addEventListener("click", (event) => { // the sheet of the site is what wants to be on paper
    if (isEmpty()) return;
    event.stopImmediatePropagation();
    openSheet();
  }, { capture: true });
}

/** Wire the buttons; `showSite` moves the map to the site. */
export function startTools(showSite) {
  for (const button of document.querySelectorAll("[data-tool]")) button.addEventListener("click", (event) => begin(button.dataset.tool, event.detail === 0));
  byId("site-undo").addEventListener("click", takeBack);
  byId("site-redo").addEventListener("click", doAgain);
  byId("site-clear").addEventListener("click", () => { cancel(); clear(); toast(t("site_cleared")); });
  byId("draw-set").addEventListener("click", centreCorner);
  byId("draw-done").addEventListener("click", finish);
  byId("draw-cancel").addEventListener("click", cancel);
  byId("zoom-site").addEventListener("click", showSite);
  for (const tab of tabs()) tab.addEventListener("click", () => showTab(tab.dataset.tab));
  const figure = ({ target }) => Number(target.value.replace(",", "."));
  byId("site-radius").addEventListener("change", (event) => resize("circle", figure(event)));
  byId("site-mu").addEventListener("change", (event) => resize("point", radiusOf(figure(event))));
  bindKey("d", () => begin("polygon", true));
  bindKey("c", copyLink);
  startActs();
  showTab("site");
  showTools();
}
