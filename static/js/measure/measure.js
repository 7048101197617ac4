// Measuring: corners by click, tap, Space or coordinates; Enter ends, Esc cancels, Backspace takes back.

import { copyText } from "../base/clipboard.js";
import { byId } from "../base/dom.js";
import { bindKey } from "../base/keys.js";
import { startChanges } from "./measurechanges.js";
import { startMeasureDrawing } from "./measuredraw.js";
import { fewest, makeHistory, rounded, withAdded } from "./measureedit.js";
import { startMeasureKeys } from "./measurekeys.js";
import { asGeoJson, measured } from "./measuremath.js";
import { sentence, showFigures, tell } from "./measurepanel.js";
import { startTyped } from "./measuretyped.js";
import { toast } from "../base/toast.js";
import { t } from "../base/words.js";

const NEAR_PX = 10;
const FINGER_PX = 22;
const SAME_PX = 6; // the second click of a double click is no corner of its own
const SAME_FINGER_PX = 15;

// `bend` is {index, corner} while a side is drawn out to a new corner.
const tool = { isOn: false, isDrawing: false, isArea: false, isByKeys: false, isTwice: false, corners: [], ahead: null, bend: null };
const past = makeHistory();
let map = null;
let draw = null;
let edit = null;
let held = null; // what had the focus before

/** Return true while clicks on the map set corners instead of opening cards. */
export const isMeasuring = () => tool.isOn;

const cornerAt = ({ lng, lat }) => rounded([lng, lat]);
const pixel = ([lon, lat]) => map.latLngToContainerPoint([lat, lon]);
const isNear = (corner, other, px) => Boolean(corner && other) && pixel(corner).distanceTo(pixel(other)) <= px;
const wouldClose = (corner, px = NEAR_PX) => tool.corners.length > 2 && isNear(tool.corners[0], corner, px);

/** Remember what is there before it changes. */
const keep = () => past.keep({ corners: tool.corners, isArea: tool.isArea, isDrawing: tool.isDrawing });

function show() {
  const { isDrawing, isArea, bend } = tool;
  const corners = bend ? withAdded(tool.corners, bend.index + 1, bend.corner) : tool.corners;
  const ahead = isDrawing && corners.length && !isNear(corners.at(-1), tool.ahead, 1) ? tool.ahead : null;
  const isPreview = Boolean(ahead) && wouldClose(ahead);
  const ways = ahead && !isPreview ? [...corners, ahead] : corners;
  const figures = measured(ways, isArea || isPreview);
  draw({ corners, ahead, isArea, ways, legs: figures.legs });
  if (!bend) edit.drawHandles({ corners, isArea, isDrawing });
  showFigures(figures, { corners: corners.length, isDrawing, isArea, canUndo: !past.isEmpty() }, isPreview);
  if (tool.isOn) document.body.dataset.measuring = isDrawing ? "drawing" : "done";
  else delete document.body.dataset.measuring;
  if (tool.isOn && isDrawing && tool.isByKeys) document.body.dataset.measureCross = "true";
  else delete document.body.dataset.measureCross;
}

const toMap = () => map.getContainer().focus({ preventScroll: true });

function finish(isArea = tool.isArea) {
  if (!tool.isDrawing && isArea === tool.isArea) return;
  if (tool.corners.length < fewest(isArea)) return;
  keep();
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
  keep();
  tool.corners = [...tool.corners, corner];
  show();
  tell(t("measure_corner", { count: tool.corners.length }));
}

/** Take back the last change: a corner set, moved, put in or taken out, or the end of drawing. */
function undo() {
  const before = past.back();
  if (!before) return;
  const hadHandle = Boolean(edit.handleOf(document.activeElement));
  Object.assign(tool, before, { ahead: null });
  show();
  if (hadHandle && !edit.handleOf(document.activeElement)) toMap();
  tell(t("measure_taken_back", { count: tool.corners.length }));
}

function begin() {
  if (tool.corners.length) keep();
  Object.assign(tool, { isDrawing: true, isArea: false, corners: [], ahead: null });
  show();
  toMap();
  tell(t("measure_begin"));
}

function turnOn(isByKeys) {
  held = document.activeElement;
  past.clear();
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
  const buttons = { tool: (event) => toggle(event.detail === 0), done: () => finish(), ring: () => finish(true), back: undo, copy, new: begin, close: turnOff };
  for (const [name, action] of Object.entries(buttons)) byId(`measure-${name}`).addEventListener("click", action);
}

/** Wire the tool: its button, its keys, and clicks on the map while it is on. */
export function startMeasure(theMap) {
  map = theMap;
  draw = startMeasureDrawing(map);
  const told = () => sentence(measured(tool.corners, tool.isArea), tool.isArea);
  edit = startChanges(map, tool, { keep, show, tell, told });
  startTyped(map, edit.addTyped);
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
  map.on("zoomend", () => { if (tool.isOn) show(); }); // other sides have room for their lengths
  startMeasureKeys(tool, { cancel, undo, finish: () => finish(), centreCorner, toMap, ...edit });
  bindKey("m", () => toggle(true));
  startButtons();
}
