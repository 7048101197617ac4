// The site in the address, after #: corners, what is said of it, how sure its outline is. It never reaches the server.

import { cornerCount, facts, isEmpty, site } from "./site.js";

const MOST_CORNERS = 1000; // beyond it an address is too long to be handed on
const NUMBER = /^-?\d{1,3}(\.\d{1,9})?$/;
const FIELD = /^\d{1,9}(\.\d{1,6})?$/;
const SHORT = { name: "name", land_use: "use", far: "far", building_coefficient: "cover", green_ratio: "green", investment_per_mu: "invest", output_per_mu: "output", tax_per_mu: "tax" };
const ORIGINS = ["drawn", "typed", "picked", "circle", "point", "file"];

const place = ([lon, lat]) => `${Number(lon.toFixed(7))},${Number(lat.toFixed(7))}`;

/** Return the text after #, "" without a site, null if the site is too large for an address. */
export function written() {
  if (isEmpty()) return "";
  if (cornerCount() > MOST_CORNERS) return null;
  const rings = site.rings.map(({ part, corners }) => `${part}~${corners.map(place).join(";")}`).join("_");
  const words = new URLSearchParams({ from: site.origin });
  for (const [name, short] of Object.entries(SHORT)) if (facts[name]) words.set(short, facts[name]);
  if (site.accuracy) words.set("accuracy", String(Math.round(site.accuracy * 10) / 10));
  if (site.basis) words.set("basis", site.basis);
  return `site=${rings}&${words}`;
}

function readRing(text) {
  const [part, list] = text.split("~");
  const corners = (list || "").split(";").map((pair) => pair.split(","));
  const isGood = /^\d{1,4}$/.test(part) && corners.length >= 3
    && corners.every((pair) => pair.length === 2 && pair.every((side) => NUMBER.test(side)));
  return isGood ? { part: Number(part), corners: corners.map((pair) => pair.map(Number)) } : null;
}

/** Return {outline, facts} of the text after #; null if it holds no site that can be read. */
export function readShared(hash) {
  const words = new URLSearchParams(hash.replace(/^#/, ""));
  const rings = (words.get("site") || "").split("_").map(readRing);
  if (rings.includes(null)) return null;
  const said = {};
  for (const [name, short] of Object.entries(SHORT)) {
    const text = (words.get(short) || "").slice(0, 60);
    said[name] = name === "name" || FIELD.test(text) ? text : "";
  }
  const accuracy = Number(words.get("accuracy"));
  const basis = words.get("basis");
  return {
    facts: said,
    outline: {
      rings, active: 0, file: null,
      origin: ORIGINS.includes(words.get("from")) ? words.get("from") : "drawn",
      accuracy: accuracy > 0 && accuracy <= 10000 ? accuracy : 0,
      basis: /^[a-z_]{1,30}$/.test(basis || "") ? basis : null,
    },
  };
}

/** Keep the site in the address; return false if it is too large for that. */
export function recordSite() {
  const text = written();
  const hash = text ? `#${text}` : "";
  if (hash !== location.hash) history.replaceState(history.state, "", location.pathname + location.search + hash);
  return text !== null;
}
