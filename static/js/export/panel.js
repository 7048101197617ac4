// The panel of a file: says what it will be a moment after the last change, fetches it with progress, stops when told.

import { byId } from "../base/dom.js";
import { number } from "../base/format.js";
import { t } from "../base/words.js";
import { facts, fetchFile, Refused } from "./ask.js";
import { address, form, recall, remember, settle, sizeText } from "./form.js";

const PAUSE_MS = 400;
let sizing = null;
let fetching = null;
let timer = 0;
let clock = 0;

function tell(text) {
  byId("export-size").textContent = text;
}

function fault(text) {
  byId("export-fault").textContent = text;
  byId("export-fault").hidden = !text;
}

function nameIs(text) {
  byId("export-name").textContent = text;
  byId("export-name").hidden = !text;
}

/** Ask what the file will be; the last question wins. */
async function size() {
  sizing?.abort();
  if (fetching) return;
  sizing = new AbortController();
  const { signal } = sizing;
  form().dataset.state = "sizing";
  nameIs("");
  fault("");
  tell(t("export_sizing"));
  try {
    const { name, bytes, count } = await facts(address(), signal);
    if (signal.aborted) return;
    nameIs(name);
    tell(t(count === 1 ? "export_of_one" : "export_of", { count: number(count), size: sizeText(bytes) }));
    form().dataset.state = "sized";
  } catch (error) {
    if (signal.aborted || error.name === "AbortError") return;
    if (!(error instanceof Refused)) throw error;
    tell("");
    fault(error.message);
    form().dataset.state = "refused";
  }
}

/** Ask again what the file will be, a moment from now. */
export function sizeSoon() {
  clearTimeout(timer);
  if (!fetching) timer = setTimeout(size, PAUSE_MS);
}

/** Stop asking what the file will be: nobody looks any more. */
export function rest() {
  clearTimeout(timer);
  sizing?.abort();
}

function showRunning(isRunning) {
  const progress = byId("export-progress");
  progress.removeAttribute("value"); // without a value it only says that something goes on
  progress.hidden = !isRunning;
  byId("export-stop").hidden = !isRunning;
  byId("export-go").disabled = isRunning;
  byId("export-count").textContent = "";
  clearInterval(clock);
  if (!isRunning) return;
  const began = performance.now();
  const seconds = () => { byId("export-count").textContent = t("export_seconds", { count: Math.round((performance.now() - began) / 1000) }); };
  clock = setInterval(seconds, 1000);
  seconds();
}

function came(got, bytes) {
  clearInterval(clock);
  Object.assign(byId("export-progress"), { max: bytes, value: got });
  byId("export-count").textContent = t("export_got", { got: sizeText(got), size: sizeText(bytes) });
}

function save({ blob, name }) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000); // a browser may ask its reader where to, first
}

async function download() {
  rest();
  fetching = new AbortController();
  const { signal } = fetching;
  form().dataset.state = "fetching";
  fault("");
  tell(t("export_making"));
  showRunning(true);
  byId("export-stop").focus();
  try {
    const file = await fetchFile(address(), { signal }, came);
    save(file);
    nameIs("");
    tell(t("export_done", { name: file.name, size: sizeText(file.bytes) }));
    form().dataset.state = "saved";
  } catch (error) {
    if (!signal.aborted && !(error instanceof Refused)) throw error;
    tell(signal.aborted ? t("export_stopped") : "");
    fault(signal.aborted ? "" : error.message);
    form().dataset.state = signal.aborted ? "stopped" : "refused";
  } finally {
    const isFocused = document.activeElement === byId("export-stop");
    fetching = null;
    showRunning(false);
    if (isFocused) byId("export-go").focus(); // the button that had the focus is gone
  }
}

/** Stop a download that runs. */
export const stop = () => fetching?.abort();

/** Wire the form of the page. */
export function startForm() {
  recall();
  settle();
  form().addEventListener("change", () => {
    settle();
    remember();
  });
  form().addEventListener("input", sizeSoon);
  form().addEventListener("submit", (event) => {
    event.preventDefault();
    if (!fetching) download();
  });
  byId("export-stop").addEventListener("click", stop);
  form().dataset.state = "ready";
}
