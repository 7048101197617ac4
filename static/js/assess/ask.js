// Questions that carry a body: corners as text, a site as GeoJSON. A refusal says what the server found.

import { lang, t } from "../base/words.js";
import { viewChosen } from "../map/state.js";

/** A refusal of the server: `problem` is its RFC 9457 answer. */
export class Refusal extends Error {
  constructor(status, problem) {
    super(problem.detail || problem.title || `HTTP ${status}`);
    this.status = status;
    this.problem = problem;
  }
}

const view = () => Object.fromEntries(Object.entries(viewChosen()).filter(([, value]) => value));

/** Post `body` to `path`; return the response, or throw a Refusal or an error that says that the server is lost. */
export async function post(path, body, { words = {}, kind = "application/geo+json", accept = "application/json", signal = null } = {}) {
  const query = new URLSearchParams({ ...words, lang });
  let response;
  try {
    response = await fetch(`${path}?${query}`, { method: "POST", body, signal, headers: { "Content-Type": kind, Accept: accept } });
  } catch (reason) {
    if (reason.name === "AbortError") throw reason;
    throw new Error(t("server_lost"), { cause: reason });
  }
  if (response.ok) return response;
  const problem = await response.json().catch(() => ({}));
  throw new Refusal(response.status, problem);
}

/** Ask for the assessment of GeoJSON (text or file) as an object, with the geometry that was read. */
export const assessed = async (body, words = {}) =>
  (await post("/api/assess", body, { words: { ...view(), ...words, parts: "true" } })).json();

/** Ask for the answer to GeoJSON (text or file) as a part of a page. */
export async function answerOf(body, words, signal) {
  const response = await post("/assess/answer", body, { words: { ...view(), ...words }, accept: "text/html;q=0.9, application/problem+json", signal });
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

/** Ask how a list of corners can be read. */
export const cornersOf = async (text, words = {}) =>
  (await post("/api/coordinates", text, { words, kind: "text/plain; charset=utf-8" })).json();
