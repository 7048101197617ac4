// The bar itself: year, month, steps, the marker on the axis, and where it stands on a phone.

import { byId, el } from "../base/dom.js";
import { chooseMonth, chooseYear, clear, step } from "./choice.js";
import { extentWords, momentWords } from "./counts.js";
import { FIRST, LAST, monthOf, spanOf, YEARS, yearOf } from "./moment.js";
import { closePanel } from "./panel.js";
import { pause, startPlay } from "./play.js";
import { showLayers } from "../map/sheet.js";
import { get, set } from "../map/state.js";
import { t } from "../base/words.js";

const phone = matchMedia("(max-width: 760px)");
const range = () => byId("time-range");

/** Take away the figures on the axis that the flag would cut. */
function markYears(year) {
  const reach = year && monthOf(year) ? 2 : 1;
  [...byId("time-years").children].forEach((one, i) => {
    one.classList.toggle("is-covered", Boolean(year) && Math.abs(FIRST + i - yearOf(year)) <= reach);
  });
}

/** Write the chosen moment into the bar, the title block and the words that are read out. */
export function showMoment() {
  const { year } = get();
  const bar = byId("timebar");
  bar.classList.toggle("has-year", Boolean(year));
  byId("time-year").textContent = year ? String(yearOf(year)) : t("time_all");
  byId("time-month").value = monthOf(year);
  byId("time-month").disabled = !year;
  byId("time-clear").disabled = !year;
  const tab = byId("tab-year"); // on a phone the bar is out of sight, the year is not
  if (tab) tab.textContent = year || "";
  byId("time-note").textContent = extentWords(year);
  range().value = year ? yearOf(year) : FIRST;
  range().setAttribute("aria-valuetext", momentWords(year));
  byId("time-flag").hidden = !year;
  byId("tb-moment").textContent = year ? `${momentWords(year)}${t("time_stop")}${extentWords(year)}` : "";
  byId("tb-moment").closest("tr").hidden = !year;
  markYears(year);
  if (!year) return;
  const [from, to] = spanOf(year);
  byId("time-axis").style.setProperty("--at", `${(100 * (from + to)) / 2 / YEARS.length}%`);
  byId("time-flag-year").textContent = year;
}

/** From no year, a key or a press on the axis begins at an end of it or under the pointer. */
function startRange() {
  range().addEventListener("input", (event) => chooseYear(Number(event.target.value)));
  range().addEventListener("keydown", (event) => {
    const end = { ArrowRight: FIRST, ArrowUp: FIRST, PageUp: FIRST, Home: FIRST, ArrowLeft: LAST, ArrowDown: LAST, PageDown: LAST, End: LAST }[event.key];
    if (get().year || !end) return;
    event.preventDefault();
    chooseYear(end);
  });
  range().addEventListener("click", () => { if (!get().year) chooseYear(Number(range().value)); });
}

function showPlaying(isPlaying) {
  const button = byId("time-play");
  const word = t(isPlaying ? "time_pause" : "time_play");
  byId("timebar").classList.toggle("is-playing", isPlaying);
  button.setAttribute("aria-label", word);
  button.title = `${word} (${t("key_space")})`;
}

/** Open or close the bar on a phone, where it stands in the place of the sheet. */
function showBar(open) {
  if (open) document.body.dataset.time = "open"; else delete document.body.dataset.time;
  byId("tab-time").setAttribute("aria-expanded", open ? "true" : "false");
  if (!open) {
    pause();
    closePanel();
    return;
  }
  showLayers(false);
  if (!byId("figures").hidden) byId("figures-close").click();
  if (!byId("card").hidden) byId("card-close").click();
  if (get().sel) set({ sel: null });
}

const isInSight = () => byId("timebar").checkVisibility();

/** Go to the bar, which opens where it is not always on view. */
export function goToTime() {
  if (phone.matches && !isInSight()) showBar(true);
  range().focus();
}

const MONTHS = Array.from({ length: 12 }, (_, i) => i + 1);

export function startBar() {
  byId("time-month").append(...MONTHS.map((month) => el("option", { value: String(month).padStart(2, "0"), text: t(`time_month_${month}`) })));
  startRange();
  startPlay(byId("time-play"), showPlaying);
  byId("time-back").addEventListener("click", () => step(-1));
  byId("time-on").addEventListener("click", () => step(1));
  byId("time-month").addEventListener("change", (event) => chooseMonth(event.target.value));
  byId("time-clear").addEventListener("click", () => {
    clear();
    range().focus({ preventScroll: true }); // the button goes off, the focus does not
  });
  byId("tab-time").addEventListener("click", () => showBar(!(document.body.dataset.time && isInSight())));
  byId("tab-map").addEventListener("click", () => showBar(false));
  showMoment();
}

