// Corners as text: what they may mean is read by the server; where two readings fit, or the datum is open, the reader is asked.

import { byId, el, replace } from "../base/dom.js";
import { number } from "../base/format.js";
import { named, t } from "../base/words.js";
import { cornersOf } from "./ask.js";
import { rounded } from "../measure/measureedit.js";
import { circle, radiusOf } from "./shapes.js";
import { change, startOver } from "./site.js";

const DATUMS = ["cgcs2000", "gcj02", "bd09"];
let asked = 0;

const box = () => byId("paste-said");

function say(isFault, ...content) {
  replace(box(), ...content);
  byId("paste-text").setAttribute("aria-invalid", String(isFault));
}

const button = (text, value, act) => el("button", { type: "button", class: "btn", "data-choice": value, text, on: { click: act } });

/** Take a reading as the site: three corners and more are an outline, one is the middle of a stated land area. */
function take(reading, shown) {
  const rings = reading.rings.map((ring) => ring.map(rounded));
  const [outline] = rings;
  const how = el("p", { text: t("paste_read_as", { how: named(reading, "how"), count: number(reading.corners) }) });
  if (reading.corners === 1) {
    const mu = Number(byId("site-mu").value);
    if (!(mu > 0)) {
      say(true, how, el("p", { text: t("paste_point_mu") }));
      byId("site-mu").focus();
      return;
    }
    const radius = radiusOf(mu);
    startOver(circle(outline[0], radius), { origin: "point", accuracy: radius, basis: "symbolic_footprint" });
  } else {
    change({
      rings: rings.map((corners) => ({ part: 0, corners })), active: 0, origin: "typed", accuracy: 0, basis: null, file: null,
    });
  }
  say(false, how, reading.in_area ? null : el("p", { class: "bad", text: t("paste_far") }));
  shown();
}

/** Ask which of the readings is meant; `choose` runs with the one. */
function askReading(readings, choose) {
  say(false, el("p", { text: t("paste_which") }), el("div", { class: "choices" },
    readings.map((reading, i) => button(named(reading, "how"), String(i), () => choose(reading)))));
  box().querySelector("button").focus();
}

function askDatum(choose) {
  say(false, el("p", { text: t("paste_datum") }), el("div", { class: "choices" },
    DATUMS.map((datum) => button(t(`datum_${datum}`), datum, () => choose(datum)))));
  box().querySelector("button").focus();
}

/** Read the text; `order` is the reading that was chosen before the datum was asked. */
async function read(text, words, shown, order = null) {
  asked += 1;
  const mine = asked;
  try {
    const { readings } = await cornersOf(text, words);
    if (mine !== asked) return;
    const choose = (reading) => {
      if (reading.needs_datum) askDatum((datum) => read(text, { datum, crs: reading.crs }, shown, reading.order));
      else take(reading, shown);
    };
    const meant = readings.filter((reading) => !order || reading.order === order);
    if (meant.length > 1) askReading(meant, choose); else choose(meant[0]);
  } catch (error) {
    if (mine === asked) say(true, el("p", { class: "bad", text: error.message }));
  }
}

/** Wire the field; `asGeoJson(text)` takes a text that is GeoJSON, `shown` runs when a site stands. */
export function startPaste({ asGeoJson, shown }) {
  byId("paste-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = byId("paste-text").value.trim();
    if (!text) say(true, el("p", { text: t("paste_empty") }));
    else if (text.startsWith("{")) asGeoJson(text);
    else read(text, {}, shown);
  });
  byId("paste-text").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) byId("paste-form").requestSubmit();
  });
}
