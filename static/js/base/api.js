// Questions to the server. Answers are kept per address; a lost server is announced once.

import { lang, t } from "./words.js";

const kept = new Map();
const watchers = new Set();

/** Call `watcher(lost: boolean)` when the server is lost or found again. */
export function watchServer(watcher) {
  watchers.add(watcher);
}

function announce(lost) {
  watchers.forEach((watcher) => watcher(lost));
}

async function ask(url) {
  let response;
  try {
    response = await fetch(url, { headers: { Accept: "application/json" } });
  } catch (reason) {
    announce(true);
    throw new Error(t("server_lost"), { cause: reason });
  }
  announce(false);
  const answer = await response.json().catch((reason) => {
    if (response.ok) throw new Error(t("answer_cut"), { cause: reason });
    return {}; // a failure without a body is told by its status
  });
  if (!response.ok) {
    const error = new Error(answer.detail || answer.title || `HTTP ${response.status}`);
    error.status = response.status;
    throw error;
  }
  return answer;
}

function once(url) {
  if (!kept.has(url)) {
    const answer = ask(url);
    kept.set(url, answer);
    answer.catch(() => kept.delete(url));
  }
  return kept.get(url);
}

function query(view, more = {}) {
  return new URLSearchParams({ extent: view.extent, ...(view.rings && { rings: view.rings }), reading: view.reading, ...more, lang }).toString();
}

export const layerList = (view) => once(`/api/layers?${query(view)}`);

export const layerFeatures = (view, id) =>
  once(`/api/layers/${encodeURIComponent(id)}/features?${query(view)}`);

export const membership = (view, lon, lat) =>
  once(`/api/membership?${query(view, { lon: lon.toFixed(6), lat: lat.toFixed(6) })}`);

/** Ask for the figures of a view: zones, green, residents. */
export const metrics = (view) => once(`/api/metrics?${query(view)}`);

/** Ask for the whole run of years of the time bar, or for one moment of it. */
export const timeline = (year = null) => once(`/api/timeline?${new URLSearchParams({ ...(year && { year }), lang })}`);

/** Ask for the stated figures that speak of a feature. */
export const figuresOf = (id) => once(`/api/figures?${new URLSearchParams({ feature: id, lang })}`);

/** Ask what a text may mean: positions and features. */
export const search = (text) => once(`/api/search?${new URLSearchParams({ q: text, lang })}`);

/** Return the address of a layer's download: of the view that its figures are of, in the reader's language. */
export const downloadUrl = (layer) => `${layer.export_url}&lang=${lang}`;

/** Return true when the server answers; used by the retry button of the strip. */
export const ping = () => ask("/healthz").then(() => true, () => false);
