// Puts the page of moved rings together: sliders, two maps at one view, differences. The last drag wins.

import { copyText } from "../base/clipboard.js";
import { startChips } from "../base/chips.js";
import { byId } from "../base/dom.js";
import { exact } from "../base/format.js";
import { bindKey, startKeys } from "../base/keys.js";
import { startPrint, startTheme } from "../base/theme.js";
import { toast } from "../base/toast.js";
import { lang, t } from "../base/words.js";
import { startZoom } from "../map/view.js";
import { startSearch } from "../search/search.js";
import { makePlanMap } from "./planmap.js";
import { asked, BASE, get, isBase, isSame, readAddress, set, sideWords, watch, written, writtenRight } from "./state.js";
import { startSliders, writeSliders } from "./sliders.js";
import { startSwipe, startSync } from "./sync.js";
import { writeMoved, writeTable, writeVerdicts } from "./table.js";
import { startYears, writeYears } from "./years.js";

const HOME = [116.043, 28.705, 12]; // the lake with its rings; the button shows the whole zone
const REST_MS = 300;
const first = window.atlasMap;
const maps = {};
let layout = null;
let bounds = null;
let running = null;

const ringsText = (rings) => `${rings.map((distance) => exact(distance)).join(" / ")} m`;

function writeHeads() {
  const { left, right } = get();
  byId("left-name").textContent = isBase(left.rings) ? t("scenario_base") : t("scenario_own");
  byId("left-rings").textContent = `${ringsText(left.rings)} · ${left.extent}`;
  byId("right-name").textContent = isBase(right.rings) ? t("scenario_base") : t("scenario_own");
  byId("right-rings").textContent = `${ringsText(right.rings)} · ${right.extent}${isSame() ? "" : ` · ${t("scenario_dotted")}`}`;
  byId("scenario-state").textContent = isBase(right.rings) ? t("scenario_base") : t("scenario_own");
  byId("left-what").value = isBase(left.rings) ? "base" : "own";
  byId("left-what").querySelector("[value=own]").disabled = isBase(left.rings);
  byId("left-extent").value = left.extent;
  byId("right-extent").value = right.extent;
  byId("left-year").value = left.year;
  byId("right-year").value = right.year;
  for (const input of document.querySelectorAll("#reading-choice input")) input.checked = input.value === get().reading;
  for (const input of document.querySelectorAll("#mode-choice input")) input.checked = input.value === get().mode;
  byId("open-map").href = `/${writtenRight()}`;
  byId("open-export").href = `/export${writtenRight()}`;
  byId("lang-other").href = location.pathname + written(byId("lang-other").dataset.lang);
}

async function difference(signal, more = {}) {
  const { left, right } = get();
  const words = asked(right);
  for (const [name, value] of Object.entries(more)) words.set(name, value);
  const against = sideWords(left);
  if (against.rings) words.set("against", against.rings);
  if (left.extent !== right.extent) words.set("against_extent", left.extent);
  const response = await fetch(`/api/scenario?${words}`, { headers: { Accept: "application/json" }, signal });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.detail || `HTTP ${response.status}`);
  return answer;
}

/** Ask for the verdicts once the rings rest: they cost more than areas and rings. */
function judgeSoon(signal) {
  setTimeout(async () => {
    if (signal.aborted) return;
    try {
      const { verdicts } = await difference(signal, { verdicts: "true" });
      if (!signal.aborted) writeVerdicts(verdicts);
    } catch (error) {
      if (error.name !== "AbortError") toast(`${t("scenario_failed")} ${error.message}`);
    }
  }, REST_MS);
}

/** Ask anew for both sides and the differences; what is asked later takes the place of what is under way. */
async function update() {
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  const { left, right } = get();
  delete document.body.dataset.ready;
  writeSliders();
  writeHeads();
  try {
    const [at, , answer] = await Promise.all([maps.left.show(left), maps.right.show(right), difference(signal)]);
    if (signal.aborted) return;
    if (at) maps.right.ghost(isSame() ? [] : at.ring_lines.filter(({ properties }) => properties.extra.separates_zones));
    const place = [...answer.moved, ...answer.stayed].find(({ id }) => id.startsWith("science_island:"));
    writeTable(answer.zones.map((zone) => ({ id: zone.id, left: zone.base_area_m2, right: zone.area_m2, places: [zone.base_places, zone.places] })), place);
    writeMoved(answer);
    await writeYears();
    writeVerdicts(null);
    judgeSoon(signal);
    byId("said").textContent = byId("sentences").firstElementChild?.textContent || "";
    document.body.dataset.ready = "true";
  } catch (error) {
    if (error.name === "AbortError" || signal.aborted) return;
    document.body.dataset.ready = "failed";
    toast(`${t("scenario_failed")} ${error.message}`);
  }
}

const setRight = (patch) => set({ right: { ...get().right, ...patch } }, { isStep: true });
const setLeft = (patch) => set({ left: { ...get().left, ...patch } }, { isStep: true });

async function copyLink() {
  toast(t(await copyText(location.origin + location.pathname + written(lang)) ? "link_copied" : "link_select"));
}

function startChoices() {
  byId("reading-choice").addEventListener("change", ({ target }) => set({ reading: target.value }, { isStep: true }));
  byId("mode-choice").addEventListener("change", ({ target }) => set({ mode: target.value }, { isStep: true }));
  byId("left-extent").addEventListener("change", ({ target }) => setLeft({ extent: target.value }));
  byId("right-extent").addEventListener("change", ({ target }) => setRight({ extent: target.value }));
  startYears((side, year) => (side === "left" ? setLeft : setRight)({ year }));
  byId("left-what").addEventListener("change", () => setLeft({ rings: BASE }));
  byId("keep-left").addEventListener("click", () => { setLeft({ rings: get().right.rings }); toast(t("scenario_kept")); });
  byId("reset").addEventListener("click", () => setRight({ rings: BASE }));
  byId("copy-page").addEventListener("click", copyLink);
  bindKey("c", copyLink);
}

function startView(second) {
  const home = () => first.fitBounds([[bounds[1], bounds[0]], [bounds[3], bounds[2]]], { padding: [8, 8], animate: false });
  startZoom(first, home);
  new ResizeObserver(() => [first, second].forEach((map) => map.invalidateSize({ animate: false }))).observe(byId("maps"));
  for (const map of [first, second]) {
    map.getContainer().dataset.level = "12";
    map.getContainer().dataset.band = "a";
  }
  const band = () => [first, second].forEach((map) => { map.getContainer().dataset.band = map.getZoom() >= 14 ? "c" : map.getZoom() >= 12 ? "b" : "a"; });
  first.on("zoomend", band);
  band();
}

async function start() {
  readAddress(location.search);
  startTheme();
  startPrint();
  startChips();
  startKeys();
  first.invalidateSize({ pan: false });
  const [lon, lat, level] = get().view || HOME;
  first.setView([lat, lon], level, { animate: false });
  const listed = await (await fetch(`/api/layers?lang=${lang}`)).json();
  bounds = listed.plan.bounds;
  const second = startSync(first, (view) => set({ view }));
  Object.assign(maps, { left: makePlanMap(first), right: makePlanMap(second) });
  layout = startSwipe([first, second]);
  layout(get().mode);
  startView(second);
  startSliders((rings) => setRight({ rings }));
  startChoices();
  startSearch({
    goToFeature: ({ centre }) => { if (centre) first.setView([centre[1], centre[0]], 14, { animate: false }); },
    goToPosition: ({ lon: x, lat: y }) => first.setView([y, x], 14, { animate: false }),
    example: () => first.getCenter(),
  });
  watch((patch) => {
    if ("mode" in patch) layout(patch.mode);
    if ("view" in patch) writeHeads(); else update();
  });
  window.addEventListener("popstate", () => { readAddress(location.search); layout(get().mode); update(); });
  update();
}

start();
