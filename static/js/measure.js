// Measuring: corners by click, tap or Space; Enter ends, Esc cancels, Backspace takes the last corner back.

import { copyText } from "./clipboard.js";
import { byId, toast } from "./dom.js";
import { startMeasureDrawing } from "./measuredraw.js";
import { asGeoJson, measured } from "./measuremath.js";
import { sentence, showFigures, tell } from "./measurepanel.js";
import { t } from "./words.js";

const NEAR_PX = 10;
const FINGER_PX = 22;
const SAME_PX = 6; // the second click of a double click is no corner of its own
const SAME_FINGER_PX = 15;
const FIELDS = "input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]";

const tool = { isOn: false, isDrawing: false, isArea: false, isByKeys: false, isTwice: false, corners: [], ahead: null };
let map = null;
let draw = null;
let held = null; // what had the focus before

/** Return true while clicks on the map set corners instead of opening cards. */
export const isMeasuring = () => tool.isOn;

/** Return [lon, lat] to 7 decimals, a centimetre: figures and GeoJSON are of the same corners. */
const cornerAt = ({ lng, lat }) => [Number(lng.toFixed(7)), Number(lat.toFixed(7))];
const pixel = ([lon, lat]) => map.latLngToContainerPoint([lat, lon]);
const isNear = (corner, other, px) => Boolean(corner && other) && pixel(corner).distanceTo(pixel(other)) <= px;
const wouldClose = (corner, px = NEAR_PX) => tool.corners.length > 2 && isNear(tool.corners[0], corner, px);

function show() {
  const { corners, isDrawing, isArea } = tool;
  const ahead = isDrawing && corners.length && !isNear(corners.at(-1), tool.ahead, 1) ? tool.ahead : null;
  const isPreview = Boolean(ahead) && wouldClose(ahead);
  const ways = ahead && !isPreview ? [...corners, ahead] : corners;
  draw({ corners, ahead, isArea });
  showFigures(measured(ways, isArea || isPreview), { corners: corners.length, isDrawing, isArea }, isPreview);
  if (tool.isOn) document.body.dataset.measuring = isDrawing ? "drawing" : "done";
  else delete document.body.dataset.measuring;
  if (tool.isOn && isDrawing && tool.isByKeys) document.body.dataset.measureCross = "true";
  else delete document.body.dataset.measureCross;
}

const toMap = () => map.getContainer().focus({ preventScroll: true });

function finish(isArea = tool.isArea) {
  if (!tool.isDrawing && isArea === tool.isArea) return;
  if (tool.corners.length < (isArea ? 3 : 2)) return;
  Object.assign(tool, { isDrawing: false, isArea, ahead: null });
  show();
  toMap();
  tell(sentence(measured(tool.corners, isArea), isArea));
}

function addCorner(corner, isTouch = false) {
  if (!tool.isDrawing) return;
  if (wouldClose(corner, isTouch ? FINGER_PX : NEAR_PX)) {
    finish(true);
    return;
  }
  tool.isTwice = isNear(tool.corners.at(-1), corner, isTouch ? SAME_FINGER_PX : SAME_PX);
  if (tool.isTwice) return;
  tool.corners = [...tool.corners, corner];
  show();
  tell(t("measure_corner", { count: tool.corners.length }));
}

/** Take back the closing of an area, else the last corner; then drawing goes on. */
function undo() {
  if (tool.isArea) tool.isArea = false;
  else tool.corners = tool.corners.slice(0, -1);
  tool.isDrawing = true;
  show();
  tell(t("measure_corner", { count: tool.corners.length }));
}

function begin() {
  Object.assign(tool, { isDrawing: true, isArea: false, corners: [], ahead: null });
  show();
  toMap();
  tell(t("measure_begin"));
}

function turnOn(isByKeys) {
  held = document.activeElement;
  Object.assign(tool, { isOn: true, isByKeys });
  byId("measure").hidden = false;
  byId("measure-tool").setAttribute("aria-pressed", "true");
  map.doubleClickZoom.disable();
  begin();
}

function turnOff() {
  Object.assign(tool, { isOn: false, isDrawing: false, isArea: false, isByKeys: false, corners: [], ahead: null });
  byId("measure").hidden = true;
  byId("measure-tool").setAttribute("aria-pressed", "false");
  map.doubleClickZoom.enable();
  show();
  tell("");
  const back = held?.isConnected && held !== document.body ? held : byId("measure-tool");
  back.focus({ preventScroll: true });
}

const toggle = (isByKeys) => (tool.isOn ? turnOff() : turnOn(isByKeys));
const cancel = () => (tool.isDrawing && tool.corners.length ? begin() : turnOff());

async function copy() {
  const text = JSON.stringify(asGeoJson(tool.corners, tool.isArea));
  toast(t(await copyText(text) ? "measure_copied" : "measure_not_copied"));
}

function centreCorner() {
  if (!tool.isDrawing) return;
  tool.isByKeys = true;
  tool.ahead = null;
  addCorner(cornerAt(map.getCenter()));
}

/** Return what a key does with the tool on; keys of a focused button stay its own. */
function actionOf(event) {
  const isButton = Boolean(event.target.closest("button, a, summary, input"));
  if (event.ctrlKey || event.metaKey) return event.key.toLowerCase() === "z" && !event.altKey ? undo : null;
  if (event.key === "Escape") return cancel;
  if (event.key === "Backspace") return undo;
  if (event.key === "Enter" && !isButton) return () => finish();
  if (event.key === " " && !isButton) return centreCorner;
  return null;
}

function onKey(event) {
  if (event.target.closest?.(FIELDS) || event.altKey) return;
  const isTurn = event.key.toLowerCase() === "m" && !event.ctrlKey && !event.metaKey && !event.repeat;
  const action = isTurn ? () => toggle(true) : tool.isOn && actionOf(event);
  if (!action) {
    if (tool.isDrawing && event.key.startsWith("Arrow")) tool.isByKeys = true;
    return;
  }
  event.preventDefault();
  event.stopPropagation(); // Esc would close the card as well, Enter ask about the centre
  action();
}

function onPointer({ latlng }) {
  if (!tool.isDrawing || matchMedia("(hover: none)").matches) return;
  Object.assign(tool, { isByKeys: false, ahead: cornerAt(latlng) });
  show();
}

function onMove() {
  if (!tool.isDrawing || !tool.isByKeys) return;
  tool.ahead = cornerAt(map.getCenter());
  show();
}

function startButtons() {
  const does = { tool: (event) => toggle(event.detail === 0), done: () => finish(), ring: () => finish(true), back: undo, copy, new: begin, close: turnOff };
  for (const [name, action] of Object.entries(does)) byId(`measure-${name}`).addEventListener("click", action);
}

/** Wire the tool: its button, the key M, and clicks on the map while it is on. */
export function startMeasure(theMap) {
  map = theMap;
  draw = startMeasureDrawing(map, (index, latlng) => {
    tool.corners = tool.corners.map((corner, i) => (i === index ? cornerAt(latlng) : corner));
    show();
  });
  map.on("click", ({ latlng, originalEvent }) => {
    if (!tool.isDrawing) return;
    tool.isByKeys = false;
    tool.ahead = null;
    addCorner(cornerAt(latlng), originalEvent.pointerType === "touch");
  });
  map.on("dblclick", () => { if (tool.isTwice) finish(); }); // Leaflet calls two quick taps a double one wherever they are
  map.on("mousemove", onPointer);
  map.on("mouseout", () => {
    if (!tool.isDrawing || tool.isByKeys) return;
    tool.ahead = null;
    show();
  });
  map.on("move", onMove);
  window.addEventListener("keydown", onKey, { capture: true });
  startButtons();
}
