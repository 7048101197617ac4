// One thin line for each project of the zone whose source states when it begins or ends.

import { byId, replace, svg } from "../base/dom.js";
import { spanOf, YEARS } from "./moment.js";
import { named } from "../base/words.js";

const OPEN_END = 1.5; // years: how far a dashed end is drawn; how long it lasts nobody says
const GAP = 0.4;
const LEAST_ROWS = 5;
const CLASSES = { under_way: "is-now", done: "is-over", planned: "is-before" };

/** Return true if a source has a project in the zone, wholly or in part. */
export const inZone = (project) => ["yes", "partly"].includes(project.in_zone);
const clip = (value) => Math.min(YEARS.length, Math.max(0, value));

/** Return the projects that have a line, those that begin first on top. */
export function tracked(projects) {
  const begins = (project) => project.start || project.end;
  return projects.filter((project) => inZone(project) && begins(project))
    .sort((a, b) => begins(a).localeCompare(begins(b)) || (a.end || "9").localeCompare(b.end || "9"));
}

const stroke = (cls, from, to, y) => (
  to > from && svg("path", { class: cls, d: `M${from.toFixed(3)} ${y}H${to.toFixed(3)}` }));

/** Return {from, to} of what is stated and {left, right} with the open ends. */
function span({ start, end }) {
  const from = clip(spanOf(start || end)[0]);
  const to = clip(spanOf(end || start)[1]);
  return { from, to, left: start ? from : clip(from - OPEN_END), right: end ? to : clip(to + OPEN_END) };
}

/** Return the strokes of a project: firm over what is stated, a dashed end where an end is not. */
function line(project, { from, to, left, right }, row) {
  const y = row + 0.5;
  return svg("g", { class: "track", "data-project": project.id }, svg("title", { text: named(project) }),
    stroke("track-open", left, from, y), stroke("track-firm", from, to, y), stroke("track-open", to, right, y));
}

/** Return [project, span, row] of each, in as few rows as hold them side by side. */
function inRows(projects) {
  const ends = [];
  return projects.map((project) => {
    const own = span(project);
    const free = ends.findIndex((end) => end + GAP <= own.left);
    const row = free < 0 ? ends.length : free;
    ends[row] = own.right;
    return [project, own, row];
  });
}

export function drawTracks(projects) {
  const placed = inRows(tracked(projects));
  const count = Math.max(LEAST_ROWS, ...placed.map(([, , row]) => row + 1));
  const root = byId("time-tracks");
  root.setAttribute("viewBox", `0 0 ${YEARS.length} ${count}`);
  replace(root, placed.map((one) => line(...one)));
}

/** Mark each line by what its project is at the moment; `stages` null takes the marks away. */
export function markTracks(stages) {
  for (const track of byId("time-tracks").children) {
    const found = stages?.[track.dataset.project] || [];
    track.setAttribute("class", `track ${found.length === 1 ? CLASSES[found[0]] : stages ? "is-open" : ""}`);
  }
}
